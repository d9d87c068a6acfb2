from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small_reports import document, ledger_bytes, open_reports
from typer.testing import CliRunner

from pactwatch.cli import app
from pactwatch.dossier import Dossier

Run = Callable[..., Any]


@pytest.fixture
def run(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command where the dossier lies."""
    monkeypatch.chdir(dossier.path.parent)
    monkeypatch.setenv("PACTWATCH_WHO", "Ann Reyes")
    return lambda *words: CliRunner().invoke(app, list(words))


def test_queue_lists_what_to_decide_with_a_command_that_works(run: Run) -> None:
    output = run("queue").stdout
    assert "1 contested, 2 low support" in output
    assert "“The council met.”" not in output
    assert "“Mexico sends 50 guards to Guatemala on 3 May 2031”" in output
    command = re.search(r"Next: pactwatch (decide .*)$", output, re.MULTILINE)
    assert command is not None
    assert run(*command[1].split()).exit_code == 0
    assert "contested" not in run("queue").stdout.splitlines()[0]
    items = [
        json.loads(line) for line in run("queue", "--json", "--limit", "1").stdout.splitlines()
    ]
    assert [item["why"] for item in items] == ["low support"]


def test_decision_is_made_listed_undone_and_the_ledger_is_as_before(
    run: Run, dossier: Dossier
) -> None:
    assert run("decide", "measure-1", "accept").exit_code == 0  # settles with today's engine
    run("decisions", "undo")
    before = ledger_bytes(dossier)
    made = run("decide", "measure-1", "reject", "--reason", "a joke")
    assert made.exit_code == 0
    assert "in force" in made.stdout
    assert re.search(r"Ann Reyes: reject measure-1 \S.*  measure-\w{16}\.  in force", made.stdout)
    listed = run("decisions", "--state", "in force").stdout
    assert "Ann Reyes reject" in listed
    assert "because: a joke" in listed
    run("decide", "measure-2", "accept", "--reason", "seen")
    assert "✓ accepted by Ann Reyes" in run("why", "measure-2").stdout
    run("decisions", "undo")
    command = re.search(r"pactwatch (decisions undo \w+)", made.stdout)
    assert command is not None
    assert run(*command[1].split()).exit_code == 0
    assert ledger_bytes(dossier) == before
    states = [json.loads(line)["state"] for line in run("decisions", "--json").stdout.splitlines()]
    assert sorted(states) == ["in force"] * 3 + ["undone"] * 3


def test_decisions_go_to_a_file_and_come_back(run: Run, tmp_path: Path) -> None:
    run("decide", "b.txt", "set-aside", "--reason", "satire")
    written = run("decisions", "export", "ann.jsonl")
    assert "1 decision written" in written.stderr
    with open_reports(tmp_path / "other.db") as other:
        other.add(document("z.txt", "Panama sends 3 boats to Mexico."))
        other.build(workers=1)
    told = run("decisions", "import", "ann.jsonl", "--dossier", "other.db")
    assert "1 new, 1 of them about what is not here" in told.stdout
    assert run("decisions", "export", "--dossier", "other.db").stdout == (
        tmp_path / "ann.jsonl"
    ).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("decide measure-1 correct --field amount --value lots --claim 50 --reason x",
         "'lots' is no quantity"),
        ("decide measure-1 accept --field amount", "2 values fit. Name one, with --claim: 40 · 50"),
        ("decide nothing accept", "no such record, claim, finding, actor or document"),
        ("decide measure-1 correct --field stage --value done", "needs a reason"),
        ("decisions import", "needs a file"),
        ("decisions undo 000", "no such decision"),
        ("decisions undo --who Nobody", "has decided nothing"),
    ],
)  # fmt: skip
def test_what_can_not_be_done_is_told_with_the_next_step(words: str, fault: str, run: Run) -> None:
    done = run(*words.split())
    assert done.exit_code == 2
    assert fault in done.stderr


def test_a_record_can_be_named_by_its_id_however_numbers_shift(run: Run, dossier: Dossier) -> None:
    run("decide", "measure-2", "accept")  # settles with today's engine
    second = dossier.record("measure-2")
    run("decide", "measure-1", "reject", "--reason", "a joke")
    made = run("decide", second.id, "accept")
    assert made.exit_code == 0
    assert f"{second.label}  {second.id}" in made.stdout
    (told,) = map(json.loads, run("decide", second.id, "accept", "--json").stdout.splitlines())
    assert (told["about"]["id"], told["about"]["label"]) == (second.id, second.label)
