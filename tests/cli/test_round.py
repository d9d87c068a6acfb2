"""One way through all commands on real files."""

from __future__ import annotations

import contextlib
import json
import shlex
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

STORY = """---
title: "Ports deal [red]signed[/red]"
publisher: Ledger Daily
date: 2019-05-29
note: A sample written for this test; the outlet is invented.
---
Kenya and Tanzania signed a memorandum of understanding on port security in Mombasa on 27 May 2019.

Kenya will send 40 police officers to Tanzania under the memorandum, the foreign ministry said.
"""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "ports.md").write_text(STORY, encoding="utf-8")
    (folder / "empty.txt").touch()
    return folder


def test_build_then_every_command(run_real: Run, reports: Path, tmp_path: Path) -> None:
    built = run_real("build", "reports/", "--workers", "1")
    assert built.exit_code == 0, built.output
    assert "Dossier: reports.db (named after reports/" in built.stderr
    assert "1 warning" in built.stderr
    assert "empty.txt" in built.stderr
    assert "AGREEMENTS" in built.stdout
    for command in built.stdout[built.stdout.index("Next:") :].splitlines()[1:]:
        result = run_real(*shlex.split(command)[1:])
        assert result.exit_code == 0, (command, result.output)
    assert (tmp_path / "reports.html").exists()
    assert run_real("audit", "reports.db").exit_code == 0
    assert "ports.md" in run_real("search", "police officers").stdout
    assert "empty.txt" in run_real("show", "problems").stdout


def test_strict_fails_on_a_warning(run_real: Run, reports: Path) -> None:
    assert run_real("build", str(reports), "--workers", "1", "--strict", "-q").exit_code == 1


def test_a_build_that_was_stopped_is_told_until_it_has_ended(
    run_real: Run, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("pactwatch.dossier.opening.build_ledger", stop)
        assert run_real("build", "reports", "--workers", "1").exit_code == 130
    told = run_real("show", "documents").stderr
    assert told.count("\n") == 1
    assert (
        "Run it again, it goes on where it was: pactwatch build SOURCE --dossier reports.db" in told
    )
    assert run_real("build", "reports", "--workers", "1", "-q").exit_code == 0
    assert run_real("show", "documents").stderr == ""


def test_a_dossier_of_other_sources_is_added_to_only_by_its_name(
    run_real: Run, reports: Path, tmp_path: Path
) -> None:
    assert run_real("build", "reports", "--workers", "1", "-q").exit_code == 0
    before = (tmp_path / "reports.db").read_bytes()
    other = tmp_path / "other" / "reports"
    other.mkdir(parents=True)
    (other / "accord.txt").write_text("Kenya and Tanzania signed an accord.", encoding="utf-8")
    refused = run_real("build", str(other), "--workers", "1", "-q")
    assert refused.exit_code == 2
    assert "reports.db: is there already, and holds nothing of " in refused.stderr
    assert "--dossier reports.db" in refused.stderr
    assert (tmp_path / "reports.db").read_bytes() == before
    named = run_real("build", str(other), "--dossier", "reports.db", "--workers", "1", "-q")
    assert named.exit_code == 0
    for folder in (str(other), "reports", "reports/"):  # it holds documents of both now
        assert run_real("build", folder, "--workers", "1", "-q").exit_code == 0


def test_the_dossier_of_the_working_directory_is_known_again(
    run_real: Run, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(reports)
    for _ in range(2):
        assert run_real("build", ".", "--workers", "1", "-q").exit_code == 0
    assert (reports / "reports.db").exists()


def test_a_database_of_something_else_is_left_alone(
    run_real: Run, reports: Path, tmp_path: Path
) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "reports.db")) as other:
        other.execute("CREATE TABLE stock (name TEXT)")
        other.commit()
    before = (tmp_path / "reports.db").read_bytes()
    assert run_real("build", "reports", "--workers", "1", "-q").exit_code != 0
    assert (tmp_path / "reports.db").read_bytes() == before


def test_a_misspelt_source_leaves_no_dossier(run_real: Run, tmp_path: Path) -> None:
    result = run_real("build", "reprots")
    assert result.exit_code == 2
    assert "no such file" in result.stderr
    assert not list(tmp_path.glob("*.db"))


def test_build_as_json_tells_what_was_done(run_real: Run, reports: Path) -> None:
    result = run_real("build", str(reports), "--workers", "1", "--json")
    told = json.loads(result.stdout)
    assert told["added"]["added"] == 1
    assert [problem["name"] for problem in told["problems"]] == ["empty.txt"]


def test_find_writes_the_file_form_that_evaluate_scores(run_real: Run, reports: Path) -> None:
    found = run_real("find", "reports/ports.md", "--rejected", "-o", "found.jsonl")
    assert found.exit_code == 0, found.output
    lines = [json.loads(line) for line in Path("found.jsonl").read_text().splitlines()]
    findings = [line for line in lines if "rejected" not in line]
    assert {"document", "kind", "roles", "evidence"} <= set(findings[0])
    gold = "".join(json.dumps(line) + "\n" for line in findings)
    Path("gold.jsonl").write_text(gold, encoding="utf-8")
    scored = run_real("evaluate", "gold.jsonl", "--texts", "reports", "--json")
    assert scored.exit_code == 0, scored.output
    told = [json.loads(line) for line in scored.stdout.splitlines()]
    assert told[0]["findings"]["f1"] == 1
    assert told[-1] == {"evidence_to_the_letter": 1, "role_words_in_text": 1}
    tables = run_real("evaluate", "gold.jsonl", "--texts", "reports", "--predicted", "gold.jsonl")
    assert "evidence to the letter 100 %" in tables.stdout


def test_find_reports_what_it_cannot_read(run_real: Run, reports: Path) -> None:
    result = run_real("find", "reports/empty.txt")
    assert result.exit_code == 1
    assert "empty.txt" in result.stderr


def test_lineage_of_a_publisher_shows_with_whom_it_quotes(run_real: Run, reports: Path) -> None:
    said = "“We will send forty officers to the port of Mombasa before the end of the summer,”"
    rest = (
        "Dock workers at the harbour wall cheered when the cranes were switched on again after "
        "three years of rust, and a brass band played until the rain came.",
        "Opposition deputies walked out of the chamber before the vote on the budget, and called "
        "for a debate about the price of maize in the lake provinces.",
    )
    told = (
        "Foreign Minister Ana Lund said in a statement on Monday.",
        "Ana Lund, the foreign minister, told reporters in the harbour town.",
    )
    outlets = ("a.md", "Coast Gazette"), ("b.md", "Lake Herald")
    for (name, outlet), words, speaker in zip(outlets, rest, told, strict=True):
        (reports / name).write_text(
            f"---\npublisher: {outlet}\ndate: 2019-05-30\n---\n{words}\n\n{said} "
            f"{speaker}\n\n{words}\n",
            encoding="utf-8",
        )
    run_real("build", "reports", "--workers", "1", "-q")
    shown = run_real("lineage", "coast gazette").stdout
    assert "STATEMENTS THAT OTHERS QUOTE TOO" in shown
    assert "with Lake Herald, 30 May 2019" in shown
    assert "“We will send forty officers" in shown
    assert run_real("lineage", "a.md").stdout == shown
    several = run_real("lineage", "a")  # of "Coast Gazette" and "Lake Herald" and "Ledger Daily"
    assert several.exit_code == 2
    assert "Name one:\n  a.md" in several.stderr
    assert "no such document" in run_real("lineage", "Nobody").stderr


def test_what_was_rejected_stays_so_when_the_report_is_edited_elsewhere(
    run_real: Run, reports: Path
) -> None:
    assert run_real("build", "reports/", "--workers", "1", "-q").exit_code == 0
    records = run_real("show", "measures", "--json").stdout.splitlines()
    officers = next(record for record in map(json.loads, records) if "officers" in record["label"])
    assert run_real("decide", officers["number"], "reject", "--who", "Ann").exit_code == 0
    story = STORY.replace("on 27 May 2019.", "on 27 May 2019. It rained all day.")
    (reports / "ports.md").write_text(story, encoding="utf-8")
    built = run_real("build", "reports/", "--workers", "1")
    assert "1 document changed" in " ".join(built.stderr.split())
    assert "dormant" not in built.stderr
    assert "officers" not in run_real("show", "measures").stdout
    (reports / "ports.md").write_text(story.replace("40 police", "60 police"), encoding="utf-8")
    built = run_real("build", "reports/", "--workers", "1")
    assert "1 decision became dormant" in " ".join(built.stderr.split())
    assert "officers" in run_real("show", "measures").stdout


def test_the_overview_does_not_count_a_document_set_aside(run_real: Run, reports: Path) -> None:
    (reports / "joke.md").write_text(STORY.replace("Kenya", "Ghana"), encoding="utf-8")
    assert run_real("build", "reports/", "--workers", "1", "-q").exit_code == 0
    assert run_real("decide", "joke.md", "set-aside", "--who", "Ann").exit_code == 0
    told = run_real("build", "reports/", "--workers", "1").stdout
    assert "1 document, 1 set aside, 1 publisher" in " ".join(told.split())
