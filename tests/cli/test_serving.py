"""The commands that open the desk and write the site: what they refuse, and what they write."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pactwatch.store import open_database

Run = Callable[..., Any]


@pytest.fixture
def empty(run_real: Run, tmp_path: Path) -> Path:
    """A dossier without documents, in the working directory."""
    open_database(tmp_path / "ports.db").close()
    return tmp_path


def test_publish_writes_a_site_and_says_how_large_it_is(run_real: Run, empty: Path) -> None:
    done = run_real("publish", "ports.db", "site", "--json")
    assert done.exit_code == 0, done.output
    report = json.loads(done.stdout)
    assert report["pages"] == len(list((empty / "site").rglob("*.html")))
    assert (empty / "site" / "index.html").exists()
    assert run_real("publish", "ports.db", "site").exit_code == 0  # over its own site again


def test_publish_leaves_a_folder_of_something_else_alone(run_real: Run, empty: Path) -> None:
    (empty / "mine").mkdir()
    (empty / "mine" / "letter.txt").write_text("mine")
    done = run_real("publish", "ports.db", "mine")
    assert done.exit_code == 2
    assert "holds something else" in done.output


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["--host", "192.0.2.1"], "nothing keeps them out"),
        (["--host", "192.0.2.1", "--token", "short"], "too short"),
        (["--host", "0.0.0.0", "--token", "a token of twenty signs"], "under which name"),
    ],
)
def test_serve_lets_nobody_in_unasked(
    run_real: Run, empty: Path, words: list[str], fault: str
) -> None:
    done = run_real("serve", "ports.db", *words)
    assert done.exit_code == 2
    assert fault in done.output


def test_serve_makes_no_dossier(run_real: Run, tmp_path: Path) -> None:
    done = run_real("serve", "none.db", "--port", "0")
    assert done.exit_code == 2
    assert not (tmp_path / "none.db").exists()
