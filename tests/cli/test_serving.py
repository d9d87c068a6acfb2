"""The commands that open the desk and write the site: what they refuse, and what they write."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "review"))
from small_reports import REPORTS, open_reports

from pactwatch.errors import UsageError
from pactwatch.store import open_database
from pactwatch.web.secrets import secret_matches
from pactwatch.web.users import read_users

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
    (empty / "site" / "record").mkdir()
    (empty / "site" / "record" / "old.html").write_text("old")
    with (empty / "site" / ".pactwatch-site").open("a") as mark:
        mark.write("record/old.html\n")
    again = run_real("publish", "ports.db", "site", "--reviewers")  # over its own site again
    assert again.exit_code == 0
    assert "Removed 1 file of an earlier publish" in again.stdout


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


def test_a_user_is_added_with_a_secret_that_is_shown_once(run_real: Run, empty: Path) -> None:
    done = run_real(
        "serve", "ports.db", "--users", "team.json", "--add-user", "Ann Reyes", "editor"
    )
    assert done.exit_code == 0, done.output
    secret = done.stdout.strip()
    file = empty / "team.json"
    assert len(secret) >= 20
    assert secret not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0
    (user,) = read_users(file)
    assert (user.name, user.role) == ("Ann Reyes", "editor")
    assert secret_matches(secret, user.secret)


def test_a_user_of_the_same_name_is_replaced_only_if_that_is_asked_for(
    run_real: Run, empty: Path
) -> None:
    words = ["serve", "ports.db", "--users", "team.json", "--add-user"]
    secret = run_real(*words, "Ann Reyes", "editor").stdout.strip()
    before = (empty / "team.json").read_bytes()
    refused = run_real(*words, "ann reyes", "reader")
    assert refused.exit_code == 2
    told = " ".join(refused.output.split())
    assert "Ann Reyes" in told
    assert "is a user already, as editor" in told
    assert "--replace" in told
    assert (empty / "team.json").read_bytes() == before
    done = run_real(*words, "ann reyes", "reader", "--replace")
    assert done.exit_code == 0, done.output
    told = " ".join(done.stderr.split())
    assert "Ann Reyes was a user already" in told
    assert "the role was editor and is reader" in told
    (user,) = read_users(empty / "team.json")
    assert (user.name, user.role) == ("ann reyes", "reader")
    assert not secret_matches(secret, user.secret)
    assert secret_matches(done.stdout.strip(), user.secret)


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["--add-user", "Ann", "reader"], "needs the file of users"),
        (["--users", "team.json", "--add-user", "Ann", "king"], "is no role"),
        (["--users", "team.json", "--add-user", "A\x1bnn", "reader"], "one line of plain text"),
        (["--users", "none.json"], "is no file of users"),
        (["--as", ""], "one line of plain text"),
    ],
)
def test_users_that_make_no_sense_are_refused(
    run_real: Run, empty: Path, words: list[str], fault: str
) -> None:
    done = run_real("serve", "ports.db", *words)
    assert done.exit_code == 2
    assert fault in done.output


@pytest.mark.parametrize(
    "text",
    ["{}", "[1]", '[{"name": "Ann", "role": "editor", "secret": "plain"}]', "not json", "\xff",
     '[{"name": "Ann", "role": "king", "secret": "00$00"}]'],
)  # fmt: skip
def test_a_file_of_users_is_checked(tmp_path: Path, text: str) -> None:
    (tmp_path / "team.json").write_text(text)
    with pytest.raises(UsageError):
        read_users(tmp_path / "team.json")


def test_publish_refuses_a_name_to_keep_back_that_is_not_there(
    run_real: Run, tmp_path: Path
) -> None:
    with open_reports(tmp_path / "ports.db") as dossier:
        dossier.add(replace(REPORTS[0], publisher="Harbour Blog"))
        dossier.build(workers=1)
    done = run_real("publish", "ports.db", "site", "--quotes-only", "Harbor Blog")
    assert done.exit_code == 2
    assert "Near to it: Harbour Blog" in " ".join(done.output.split())
    assert not (tmp_path / "site").exists()
    assert run_real("publish", "ports.db", "site", "--quotes-only", "harbour blog").exit_code == 0
