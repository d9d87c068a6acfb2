"""What the project promises of itself: form of its modules, its errors, its lock, its package."""

from __future__ import annotations

import ast
import importlib
import inspect
import pickle
import pkgutil
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import pactwatch
from pactwatch.errors import PactwatchError

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "pactwatch"
MODULES = sorted(SOURCE.rglob("*.py"))
MOST_LINES = 500
VAGUE = {
    "base",
    "common",
    "core",
    "helper",
    "helpers",
    "lib",
    "misc",
    "shared",
    "tools",
    "util",
    "utils",
}
HEAVY = {
    "httpx",
    "lxml",
    "numpy",
    "polars",
    "spacy",
    "sqlalchemy",
    "starlette",
    "trafilatura",
    "uvicorn",
}


def test_modules_are_of_a_size_to_be_read_in_a_sitting() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    too_long = {path.name: count for path, count in lines.items() if count > MOST_LINES}
    assert not too_long, "each wants to be two modules"


def test_modules_begin_with_what_they_are_for() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in MODULES}
    assert [path for path, text in texts.items() if not ast.get_docstring(ast.parse(text))] == []


def test_modules_bear_nouns_of_the_domain() -> None:
    names = {part for path in MODULES for part in path.relative_to(SOURCE).with_suffix("").parts}
    assert not names & VAGUE


def _own_errors() -> list[type[BaseException]]:
    found = set()
    for module in pkgutil.walk_packages(pactwatch.__path__, "pactwatch."):
        for value in vars(importlib.import_module(module.name)).values():
            if inspect.isclass(value) and issubclass(value, BaseException):
                found.add(value)
    return sorted(
        (error for error in found if error.__module__.split(".")[0] == "pactwatch"),
        key=lambda error: error.__name__,
    )


def test_every_error_derives_from_one_and_comes_back_from_another_process() -> None:
    errors = _own_errors()
    assert PactwatchError in errors
    for error in errors:
        assert issubclass(error, PactwatchError), error
        raised = error("report.md", "is empty", "Write something")
        back = pickle.loads(pickle.dumps(raised))
        assert (type(back), str(back), back.args) == (error, str(raised), raised.args)
        assert str(raised) == "report.md: is empty. Write something"


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["build", "--help"]], ids=" ".join)
def test_help_is_there_at_once(words: list[str]) -> None:
    script = (
        "import sys\nfrom pactwatch.cli import main\n"
        f"sys.argv = ['pactwatch', *{words!r}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        "print('loaded', *{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert not HEAVY & set(done.stdout.splitlines()[-1].split())


def test_lock_holds_every_dependency_with_hashes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[<>=!~ ;\[]", line)[0].lower() for line in wanted}
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([a-z0-9.-]+)==.*?((?:\\\n.*)*)$", lock, re.MULTILINE))
    assert names <= set(locked)
    assert all("--hash=sha256:" in hashes for hashes in locked.values())


def test_wheel_holds_everything_that_the_source_holds(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        packed = {name for name in opened.namelist() if ".dist-info/" not in name}
        licences = [name for name in opened.namelist() if name.endswith("/LICENSE")]
    there = {
        path.relative_to(SOURCE.parent).as_posix()
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert packed == there
    assert licences
    assert {Path(name).suffix for name in packed} >= {".j2", ".py", ".toml", ".tsv", ".typed"}
