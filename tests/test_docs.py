"""What the prose says is so: commands and code run, links lead, made pages are up to date."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import re
import shlex
import shutil
import sqlite3
from pathlib import Path
from types import ModuleType

import pytest
import typer
from typer.testing import CliRunner

import pactwatch
from pactwatch.cli import app
from pactwatch.codebook import load_codebook
from pactwatch.store.tables import metadata
from pactwatch.store.views import FIELDS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    ROOT / "eval/README.md",
]
PAGES += sorted(DOCS.rglob("*.md"))


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path, language: str) -> list[str]:
    """The code blocks of a page in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text_of(page), re.MULTILINE | re.DOTALL)


def run(folder: Path, command: str) -> str:
    """Run a command in a folder, in this process: starting one for each would take long."""
    name, *words = shlex.split(command)
    assert name == "pactwatch"
    with contextlib.chdir(folder):
        done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, f"{command}: {done.output}"
    return done.stdout


def script(name: str) -> ModuleType:
    """A script of docs/, which is no package."""
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a reader of the how-to stands: a folder of reports, its dossier, a codebook, gold."""
    place = tmp_path_factory.mktemp("reader")
    shutil.copytree(ROOT / "examples/northern-triangle", place / "clippings")
    shutil.copy(ROOT / "eval/examples.jsonl", place / "gold.jsonl")
    (place / "mine.toml").write_text(blocks(DOCS / "how-to.md", "toml")[0], encoding="utf-8")
    run(place, "pactwatch build clippings/ --dossier clippings.db")
    return place


def test_page_of_the_codebook_is_up_to_date() -> None:
    made = script("make_codebook").codebook_page()
    assert text_of(DOCS / "codebook.md") == made, "the codebook has changed: make docs"


def test_excerpts_of_the_readme_are_what_the_demo_prints() -> None:
    readme = text_of(ROOT / "README.md")
    assert readme == script("make_excerpt").renewed(readme), "the output has changed: make docs"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", text_of(page)):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        there = page.parent / name if name else page
        assert there.exists(), target
        if anchor:
            heads = re.findall(r"^#+ (.+)$", text_of(there), re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
            assert anchor in slugs, target


def test_every_command_is_told_and_every_told_command_is_there() -> None:
    group = typer.main.get_command(app)
    assert hasattr(group, "commands")
    told = set()
    for page in PAGES:
        told |= set(
            re.findall(r"\bpactwatch ([a-z]+)\b", " ".join(re.findall(r"`[^`]+`", text_of(page))))
        )
    how_to = {
        line.split()[2]
        for block in blocks(DOCS / "how-to.md", "console")
        for line in block.splitlines()
    }
    assert how_to == set(group.commands)
    assert told <= set(group.commands)


def test_commands_of_the_how_to_work(folder: Path) -> None:
    lines = [line for block in blocks(DOCS / "how-to.md", "console") for line in block.splitlines()]
    assert len(lines) > 20
    for line in lines:
        assert line.startswith("$ pactwatch ")
        if line.startswith("$ pactwatch serve "):
            continue  # runs until it is stopped; tests/web and tests/browser drive it
        # A dossier built with another codebook would no longer be that of the other commands.
        run(folder, line[2:].replace("clippings.db --codebook", "other.db --codebook"))


def test_python_of_the_how_to_works(folder: Path) -> None:
    names: dict[str, object] = {}
    printed = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(printed):
        for block in blocks(DOCS / "how-to.md", "python"):
            exec(compile(block, "how-to.md", "exec"), names)
    assert "deployment done {'actor': 'Norway'" in printed.getvalue()


def test_queries_of_the_how_to_find_something(folder: Path) -> None:
    with contextlib.closing(sqlite3.connect(folder / "clippings.db")) as connection:
        for query in blocks(DOCS / "how-to.md", "sql"):
            assert connection.execute(query).fetchall(), query


def test_formats_name_every_table_view_and_column(folder: Path) -> None:
    page = text_of(DOCS / "formats.md")
    assert set(metadata.tables) <= set(re.findall(r"`([a-z_]+)`", page))
    rows = dict(re.findall(r"^\| `([a-z_]+)` \| [^|]+ \| ([^|]+) \|$", page, re.MULTILINE))
    with contextlib.closing(sqlite3.connect(folder / "clippings.db")) as connection:
        views = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'")
        ]
        assert {f"{kind}s" for kind in FIELDS} <= set(views)
        for view in set(views) - {"broken_quote"}:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({view})")]
            assert rows[view].strip() == ", ".join(columns)


def test_finding_of_the_formats_is_what_find_prints(tmp_path: Path) -> None:
    wanted = json.loads(blocks(DOCS / "formats.md", "json")[0])
    (tmp_path / wanted["document"]).write_text(wanted["evidence"][0]["text"], encoding="utf-8")
    printed = run(tmp_path, f"pactwatch find {wanted['document']}").splitlines()
    assert wanted in [json.loads(line) for line in printed]


def test_predicate_of_the_contributing_page_proves_itself(tmp_path: Path) -> None:
    codebook = tmp_path / "demining.toml"
    codebook.write_text(blocks(ROOT / "CONTRIBUTING.md", "toml")[0], encoding="utf-8")
    (predicate,) = [p for p in load_codebook(codebook).predicates if "demine" in p.id]
    for example in predicate.examples:
        (found,) = pactwatch.find(example.text, codebook=[codebook])
        told = {role: tuple(f.text for f in fillers) for role, fillers in found.roles.items()}
        assert (found.trigger, found.stage, told) == (predicate.id, example.stage, example.roles)
    for miss in predicate.near_misses:
        assert pactwatch.find(miss.text, codebook=[codebook]) == (), miss.why
    (sent,) = pactwatch.find("Japan will send 20 deminers to Cambodia.", codebook=[codebook])
    assert sent.trigger == "measure.deployment.send"
