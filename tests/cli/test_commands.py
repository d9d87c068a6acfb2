from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_up import HOSTILE_WORDS

from pactwatch.cli.asking import Kind
from pactwatch.cli.commands import COMMANDS, load_command

Run = Callable[..., Any]
KINDS = [kind.value for kind in Kind]
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_with_an_example_of_itself(name: str, run: Run) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    command = load_command(name)
    assert command.epilog == f"Example: {COMMANDS[name].example}"
    assert command.epilog.startswith(f"Example: pactwatch {name} ")
    command.make_context(name, shlex.split(command.epilog)[3:])  # its arguments are accepted
    missing = [p.name for p in command.params if p.name != "help" and not p.help]
    assert not missing


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_list_says_of_a_command_what_the_command_says_of_itself(name: str) -> None:
    first = str(load_command(name).help).split("\n\n")[0]
    assert " ".join(first.split()) == COMMANDS[name].words


def test_all_commands_of_the_manual_are_there() -> None:
    assert list(COMMANDS) == [
        "build",
        "report",
        "show",
        "why",
        "lineage",
        "search",
        "serve",
        "publish",
        "queue",
        "decide",
        "decisions",
        "read",
        "find",
        "evaluate",
        "audit",
    ]


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from pactwatch.cli import main\n"
        "sys.argv = ['pactwatch', '--help']\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        "heavy = {'spacy', 'sqlalchemy', 'polars', 'trafilatura', 'jinja2', 'lxml', 'httpx'}\n"
        "rooms = {name for name in sys.modules if name.startswith('pactwatch.')}\n"
        "rooms -= {'pactwatch.cli', 'pactwatch.cli.app', 'pactwatch.cli.commands'}\n"
        "rooms -= {'pactwatch.errors'}\n"
        "sys.exit(' '.join(rooms | heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_show_prints_every_kind_harmlessly_and_as_json(kind: str, run: Run) -> None:
    result = run("show", kind)
    assert result.exit_code == 0, result.output
    assert not CONTROLS.search(result.output)
    lines = run("show", kind, "--json").stdout
    assert not CONTROLS.search(lines)
    assert all(isinstance(json.loads(line), dict) for line in lines.splitlines())


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("measures", ["measure-1", "measure-2"]),
        ("measures --type funding", ["measure-1"]),
        ("measures --stage promised", ["measure-1"]),
        ("measures --since 2019-08", ["measure-1", "measure-2"]),
        ("measures --until 2019-06", ["measure-1"]),
        ("measures --words 'coast guards'", ["measure-1"]),
        ("agreements --country bk", ["agreement-1"]),
        ("agreements --country XX", []),
        ("agreements --accounts 3", ["agreement-1"]),
        ("agreements --accounts 4", []),
        ("measures --contested", []),
        ("contested", ["agreement-1"]),
        ("measures --limit 1", ["measure-1"]),
    ],
)
def test_filters_keep_what_is_asked_for(words: str, numbers: list[str], run: Run) -> None:
    result = run("show", *shlex.split(words), "--json")
    assert [json.loads(line)["number"] for line in result.stdout.splitlines()] == numbers


@pytest.mark.parametrize(
    "words", ["documents --stage done", "measures --since spring", "actors --accounts 2"]
)
def test_a_filter_that_says_nothing_is_refused(words: str, run: Run) -> None:
    result = run("show", *shlex.split(words))
    assert result.exit_code == 2
    assert "--" in result.stderr


def test_overview_names_accounts_contests_and_commands_that_work(run: Run) -> None:
    output = run("show").stdout
    assert "3 independent accounts" in output
    assert "1 contested value" in output
    assert "28 May 2019" in output
    commands = output[output.index("Next:") :].splitlines()[1:]
    for command in commands:
        assert run(*shlex.split(command)[1:]).exit_code == 0, command


def test_why_shows_quotations_sources_speakers_and_accounts(run: Run) -> None:
    output = run("why", "agreement-1", "signed").stdout
    assert "⚑ contested" in output
    assert (
        "“Arvonia and Belmark signed a Memorandum of Ports in Quayhaven on 27 May 2019.”" in output
    )
    assert "Belmark Wire, September 2019 · belmark-wire.txt · said by a spokesman" in output
    assert output.count("1 account") == 2


def test_why_finds_a_record_by_words_and_lists_several(run: Run) -> None:
    assert "advisers" in run("why", "up to 12 advisers").stdout
    several = run("why", "arvon")
    assert several.exit_code == 2
    assert re.findall(r"^  (\S+)  ", several.stderr, re.M) == [
        "agreement-1",
        "measure-1",
        "measure-2",
        "statement-1",
        "actor-1",
    ]
    assert run("why", "arvonia").stdout.startswith("Arvonia   actor-1\n")
    nothing = run("why", "agreement-1", "amount")
    assert nothing.exit_code == 2
    assert "It has: name, party, signed" in nothing.stderr


def test_why_of_an_actor_lists_its_parts(run: Run) -> None:
    actors = [json.loads(line) for line in run("show", "actors", "--json").stdout.splitlines()]
    state = next(actor for actor in actors if actor["kind"] == "state")
    output = run("why", state["number"]).stdout
    assert state["name"] in output
    assert "agreement-1" in output
    assert "NAMED BY" in output
    parts = [json.loads(li) for li in run("why", state["number"], "--json").stdout.splitlines()]
    assert {"agreement-1"} <= {part["record"] for part in parts}
    assert {part["actor"] for part in parts} == {state["name"]}
    assert run("why", state["number"], "party").exit_code == 0
    nothing = run("why", state["number"], "colour")
    assert nothing.exit_code == 2
    assert "It has: " in nothing.stderr


def test_a_misspelt_stage_or_type_is_told_what_there_is(run: Run) -> None:
    result = run("show", "measures", "--type", "fundng")
    assert result.exit_code == 0
    assert "No measures fit." in result.stdout
    assert "there are: " in result.stderr
    assert "funding" in result.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("measures --country Arvonja", "No --country Arvonja here; near: Arvonia (AV)"),
        ("measures --actor Arvonja", "No --actor Arvonja here; near: Arvonia"),
        ("measures --stage promissed", "near: promised"),
        ("measures --words guardz", "No --words guardz here; near: guards"),
        ("measures --accounts 99", "No --accounts 99 here; at most "),
        ("measures --since 2050", "No --since 2050 here; their dates run from "),
        ("measures --contested", "None of the measures is contested."),
        ("actors --type statte", "near: state"),
        ("actors --country Arvonja", "near: Arvonia (AV)"),
        ("documents --publisher 'Leger Daily'", "near: Ledger Daily"),
        ("documents --language qq", "there are: en"),
        ("documents --type pdf", "there are: "),
        ("documents --versions", "No document has more than one version."),
        ("documents --copies", "No document has the same text as another."),
        ("timeline --country Arvonja", "near: Arvonia (AV)"),
        ("problems --words full", "No --words full here"),
    ],
)
def test_a_filter_that_fits_nothing_says_so_with_what_is_near(
    words: str, told: str, run: Run
) -> None:
    result = run("show", *shlex.split(words))
    assert result.exit_code == 0
    assert told in result.stderr
    assert not CONTROLS.search(result.stderr)
    assert told in run("show", *shlex.split(words), "--json").stderr


def test_filters_that_fit_only_apart_are_not_blamed(run: Run) -> None:
    result = run("show", "measures", "--type", "funding", "--words", "advisers")
    assert "No measures fit." in result.stdout
    assert result.stderr == ""


def test_why_as_json_marks_contested_claims(run: Run) -> None:
    claims = [json.loads(line) for line in run("why", "agreement-1", "--json").stdout.splitlines()]
    assert {c["text"] for c in claims if c["contested"]} == {"27 May 2019", "28 May 2019"}
    assert claims[0]["support"][0]["publisher"] == "Ledger Daily"


def test_hostile_words_are_printed_without_their_power(run: Run) -> None:
    output = run("why", "meeting-1").output + run("search", "officials").output
    assert "[bold]" in output  # rich markup is text
    assert not CONTROLS.search(output)
    told = json.loads(run("why", "meeting-1", "--json").stdout)
    assert told["text"] == HOSTILE_WORDS  # JSON keeps it to the letter


def test_a_pipe_gets_whole_lines_without_colours(run: Run) -> None:
    output = run("show", "measures").output
    assert "\x1b" not in output
    assert "Arvonia gives $40 million for coast guards" in output


def test_a_dossier_is_chosen_only_where_there_is_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "other.db").touch()
    result = run("show")
    assert result.exit_code == 2
    assert "other.db, ports.db" in result.stderr
    for path in tmp_path.glob("*.db"):
        path.unlink()
    assert "pactwatch build" in run("show").stderr


def test_audit_fails_where_something_is_broken(run: Run) -> None:
    result = run("audit", "ports.db")
    assert result.exit_code == 1
    assert "belmark-wire.txt" in result.output


def test_report_writes_the_page_beside_the_dossier(run: Run, tmp_path: Path) -> None:
    assert run("report", "ports.db").exit_code == 0
    assert (tmp_path / "ports.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_ctrl_c_ends_in_words(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pactwatch.cli.asking.open_book", stop)
    result = run("show")
    assert result.exit_code == 130
    assert "Stopped." in result.stderr


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    text = "Arvonia sent 12 advisers to Belmark in August 2019, the ministry said.\n" * 40
    (tmp_path / "a.txt").write_text(text)
    command = f"{shlex.quote(sys.executable)} -c 'from pactwatch.cli import main; main()'"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"{command} find a.txt --rejected | true"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""
