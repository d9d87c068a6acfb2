"""Decisions as a log: any order, joined copies, undoing, writers at once, killed ones."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_reports import REPORTS, find, ledger_bytes, open_reports

from pactwatch import engine
from pactwatch.dossier import Dossier, Request
from pactwatch.engine import Kept
from pactwatch.errors import DossierError, UsageError
from pactwatch.model import Finding
from pactwatch.review import Decision, anchor_of, anchor_of_document, judge, read_lines, write_lines

FINDINGS = [finding for report in REPORTS for finding in find(report)]
MOMENTS = [f"2031-05-20T12:00:{n:02}.000000+00:00" for n in range(60)]
PEOPLE = st.sampled_from(["Ann", "Ben", "Cleo"])
PLACES = st.integers(0, len(FINDINGS) - 1)


@st.composite
def rulings(draw: st.DrawFn, moment: str) -> Decision:
    """A decision of any kind on these findings."""
    who, at = draw(PEOPLE), draw(PLACES)
    finding = FINDINGS[at]
    role = draw(st.sampled_from(sorted(finding.roles)))
    filler = finding.roles[role][0]
    common = {"who": who, "when": moment}
    action = draw(
        st.sampled_from(["accept", "reject", "field", "stage", "words", "pair", "aside", "actor"])
    )
    if action in {"accept", "reject"}:
        return Decision.make(action=action, about=(anchor_of(finding),), **common)
    if action == "field":
        verb = draw(st.sampled_from(["accept", "reject"]))
        return Decision.make(action=verb, about=(anchor_of(finding, filler),), field=role, **common)
    if action == "stage":
        stage = draw(st.sampled_from(["done", "promised", "agreed"]))
        return Decision.make(
            action="correct", about=(anchor_of(finding),), field="stage", value=stage,
            reason="so it is", **common,
        )  # fmt: skip
    if action == "words":
        words = draw(st.sampled_from([f for fs in finding.roles.values() for f in fs]))
        words = replace(words, value=None)
        verb = draw(st.sampled_from(["correct", "add"]))
        anchor = anchor_of(finding, filler if verb == "correct" else None)
        return Decision.make(action=verb, about=(anchor,), field=role, words=words, **common)
    if action == "pair":
        other = FINDINGS[draw(PLACES.filter(lambda n: n != at))]
        verb = draw(st.sampled_from(["same", "different"]))
        return Decision.make(
            action=verb, about=(anchor_of(finding),), other=(anchor_of(other),), **common
        )
    if action == "aside":
        report = draw(st.sampled_from(REPORTS))
        return Decision.make(action="set aside", about=(anchor_of_document(report),), **common)
    return Decision.make(action="accept", about=(anchor_of(finding),), field="type", **common)


@st.composite
def logs(draw: st.DrawFn) -> list[Decision]:
    made: list[Decision] = []
    for moment in MOMENTS[: draw(st.integers(1, 8))]:
        if made and draw(st.integers(0, 3)) == 0:
            undone = draw(st.sampled_from(made))
            made.append(
                Decision.make(action="undo", undoes=undone.id, who=draw(PEOPLE), when=moment)
            )
        else:
            made.append(draw(rulings(moment)))
    return made


def settled(decisions: list[Decision], findings: list[Finding] = FINDINGS) -> bytes:
    """The ledger of these decisions and how each stands, to the byte."""
    ruled = judge(findings, REPORTS, decisions)
    traced = engine.trace(ruled.findings, ruled.documents, Kept())
    ledger = engine.settle(ruled.findings, ruled.documents, traced, ruled)
    states = [(s.decision.id, s.state, s.rivals) for s in ruled.standings]
    return msgspec.json.encode(ledger) + json.dumps(states).encode()


def ledger_of(decisions: list[Decision]) -> bytes:
    return settled(decisions).rpartition(b"}")[0]


@settings(max_examples=60)
@given(logs(), st.randoms(use_true_random=False))
def test_ledger_is_the_same_in_any_order_of_decisions(
    log: list[Decision], chance: random.Random
) -> None:
    mixed = [*log, *log[:2]]
    chance.shuffle(mixed)
    findings = list(FINDINGS)
    chance.shuffle(findings)
    assert settled(mixed, findings) == settled(log)


@settings(max_examples=60)
@given(logs(), st.data())
def test_undoing_restores_the_ledger_before_to_the_byte(
    log: list[Decision], data: st.DataObject
) -> None:
    last = data.draw(rulings(MOMENTS[20]))
    undo = Decision.make(action="undo", undoes=last.id, who="Ann", when=MOMENTS[21])
    again = Decision.make(action="undo", undoes=undo.id, who="Ben", when=MOMENTS[22])
    assert ledger_of([*log, last, undo]) == ledger_of(log)
    assert ledger_of([*log, last, undo, again]) == ledger_of([*log, last])


@settings(max_examples=60)
@given(logs())
def test_every_decision_is_told_of_and_none_is_dropped(log: list[Decision]) -> None:
    standings = judge(FINDINGS, REPORTS, log).standings
    assert {s.decision.id for s in standings} == {d.id for d in log}
    for standing in standings:
        if standing.state == "disputed":
            rivals = [s.decision for s in standings if s.decision.id in standing.rivals]
            assert rivals


@settings(max_examples=60)
@given(logs())
def test_lines_bring_back_the_same_decisions(log: list[Decision]) -> None:
    text = write_lines(log)
    assert sorted(read_lines("x", text), key=lambda d: (d.when, d.id)) == sorted(
        {d.id: d for d in log}.values(), key=lambda d: (d.when, d.id)
    )
    assert write_lines(read_lines("x", text)) == text


def test_line_changed_by_hand_is_refused_and_nothing_is_taken(dossier: Dossier) -> None:
    dossier.decide(Request(action="accept", about="measure-1"), who="Ann")
    dossier.decide(Request(action="reject", about="measure-1"), who="Ann")
    path = dossier.path.with_suffix(".jsonl")
    for text, fault in (
        (dossier.export_decisions().replace('"Ann"', '"Eve"', 1), "line 1: was changed"),
        ("{}\n", "line 1: is no decision"),
        ("\n" + "[" * 100_000, "line 2: is no decision"),
        (dossier.export_decisions() + '{"id":1}\n', "line 3: is no decision"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(UsageError, match=fault):
            dossier.import_decisions(path)
    assert len(dossier.decisions()) == 2


def test_decision_from_the_future_is_refused(dossier: Dossier) -> None:
    made = Decision.make(
        action="accept", about=(anchor_of(FINDINGS[0]),), who="Ann",
        when="9999-12-31T23:59:59.999999+00:00",
    )  # fmt: skip
    path = dossier.path.with_suffix(".jsonl")
    path.write_text(write_lines([made]), encoding="utf-8")
    with pytest.raises(UsageError, match="yet to come"):
        dossier.import_decisions(path)
    with pytest.raises(DossierError, match="can't be read"):
        dossier.import_decisions(path.with_name("none"))


def test_two_people_work_on_copies_and_join_them(make: Callable[..., Dossier]) -> None:
    one, other = make("one"), make("other")
    one.decide(Request(action="accept", about="measure-1", field="amount", claim="50"), who="Ann")
    one.decide(Request(action="reject", about="measure-2"), who="Ann")
    other.decide(Request(action="accept", about="measure-2"), who="Ben")
    file = one.path.with_suffix(".jsonl")
    file.write_text(one.export_decisions(), encoding="utf-8")
    report = other.import_decisions(file)
    assert (report.decisions, report.added, report.disputed) == (2, 2, 2)
    assert one.import_decisions(other.path).added == 1, "a dossier is a file of decisions too"
    assert ledger_bytes(one) == ledger_bytes(other)
    assert one.export_decisions() == other.export_decisions()
    before = other.path.read_bytes()
    assert other.import_decisions(file).added == 0
    assert other.path.read_bytes() == before
    assert len(one.measures()) == 3, "reviewers disagree on measure-2, so it stays"


def test_log_can_neither_be_changed_nor_deleted(dossier: Dossier) -> None:
    dossier.decide(Request(action="accept", about="measure-1"), who="Ann")
    with closing(sqlite3.connect(dossier.path, isolation_level=None)) as connection:
        for statement in (
            "UPDATE decision SET who = 'Eve'",
            "DELETE FROM decision",
            "INSERT OR REPLACE INTO decision SELECT * FROM decision",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="evidence is final"):
                connection.execute(statement)
        connection.execute("DROP TRIGGER decision_is_final")
        connection.execute("UPDATE decision SET content = replace(content, 'Ann', 'Eve')")
    faults = [fault.fault for fault in dossier.audit().faults]
    assert "the protection decision_is_final is missing" in faults
    assert "the decision is not the one that was made" in faults


def test_undo_needs_a_decision_that_is_there(dossier: Dossier) -> None:
    done = dossier.decide(Request(action="accept", about="measure-1"), who="Ann")
    with pytest.raises(DossierError, match="no such decision"):
        dossier.undo("decision-0000", who="Ann")
    assert dossier.undo(done.decision.id[:14], who="Ben").decision.undoes == done.decision.id


WRITER = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from small_reports import open_reports
from pactwatch.dossier import Request
with open_reports(Path(sys.argv[2])) as dossier:
    for number in range(int(sys.argv[4])):
        done = dossier.decide(
            Request(action="accept", about="measure-1", reason=str(number)),
            who=sys.argv[3], renew=number % 40 == 39,
        )
        print(done.decision.id, flush=True)
"""


def writer(path: Path, who: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(Path(__file__).parent), str(path), who, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_two_sessions_at_once_lose_no_decision(dossier: Dossier) -> None:
    both = [writer(dossier.path, who, 200) for who in ("Ann", "Ben")]
    told = [one.communicate(timeout=120)[0].split() for one in both]
    assert [one.returncode for one in both] == [0, 0]
    kept = dossier.decisions()
    assert {s.decision.id for s in kept} == {*told[0], *told[1]}
    assert len(kept) == 400
    dossier.renew()
    assert dossier.audit().sound


@pytest.mark.parametrize("delay", [0.0, 0.05, 0.13])
def test_killed_session_loses_at_most_the_decision_under_way(
    dossier: Dossier, delay: float
) -> None:
    victim = writer(dossier.path, "Ann", 10_000)
    assert victim.stdout is not None
    told = [victim.stdout.readline().strip() for _ in range(20)]
    time.sleep(delay)
    victim.send_signal(signal.SIGKILL)
    told += victim.communicate(timeout=60)[0].split()
    with open_reports(dossier.path) as opened:
        kept = [s.decision.id for s in opened.decisions()]
        whole = [id_ for id_ in told if len(id_) == len(told[0])]
        assert set(whole) <= set(kept)
        assert len(kept) - len(whole) <= 1
        opened.decide(Request(action="accept", about="measure-1"), who="Ben")
        assert opened.is_current
        assert opened.audit().sound
