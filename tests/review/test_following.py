"""A new version of a document: decisions on the old one hold where their words still stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_reports import ENGINE, document, find, open_reports

from pactwatch.dossier import Dossier, Request
from pactwatch.model import Finding
from pactwatch.review import Decision, Former, anchor_of
from pactwatch.review.following import follow
from pactwatch.settling import read_inputs, settle_inputs
from pactwatch.store.decisions import read_standings

SENT = "Mexico sends 40 guards to Guatemala on 3 May 2031."
BOATS = "Panama sends 7 boats to Honduras."
TEXT = f"The weather was fine. {SENT} {BOATS}"
NEW = f"The weather was fine, they say. It rained later. {SENT} {BOATS}"
WHEN = "2031-05-21T12:00:00.000000+00:00"


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[Dossier]:
    with open_reports(tmp_path / "dossier.db") as opened:
        opened.add(document("a.txt", TEXT))
        opened.build(workers=1)
        yield opened


def told(dossier: Dossier) -> set[str]:
    return {record.label.casefold() for record in dossier.measures()}


def reject(dossier: Dossier, word: str) -> str:
    [gone] = [r for r in dossier.measures() if word in r.label]
    return dossier.decide(Request(action="reject", about=gone.id), who="Ann").decision.id


def states(dossier: Dossier) -> list[str]:
    return [standing.state for standing in dossier.decisions()]


def is_as_settled_anew(dossier: Dossier) -> bool:
    with dossier._database.reading() as connection:
        anew = settle_inputs(ENGINE, read_inputs(connection, "1"))
        stand = [replace(s, records=(), actors=()) for s in read_standings(connection)]
    return dossier.ledger() == anew.ledger and tuple(stand) == anew.standings


def replaced(dossier: Dossier, text: str) -> None:
    report = dossier.add(document("a.txt", text))
    assert report.replaced == 1
    dossier.build(workers=1)


def test_a_rejection_holds_in_the_new_version_of_its_document(dossier: Dossier) -> None:
    reject(dossier, "guards")
    replaced(dossier, NEW)
    assert not [label for label in told(dossier) if "guards" in label]
    assert [label for label in told(dossier) if "boats" in label]
    [standing] = dossier.decisions()
    assert standing.state == "in force"
    [now] = dossier.documents()
    assert standing.document_ids == (now.id,)
    assert is_as_settled_anew(dossier)


def test_a_rejection_sleeps_where_its_sentence_has_changed(dossier: Dossier) -> None:
    reject(dossier, "guards")
    replaced(dossier, TEXT.replace("40 guards", "60 guards"))
    assert [label for label in told(dossier) if "guards" in label]
    assert states(dossier) == ["dormant"]


@pytest.mark.parametrize(
    "changed",
    ["Nobody believes that Mexico sends 40 guards to Guatemala on 3 May 2031.",
     SENT.replace(".", ", the minister denied.")],
)  # fmt: skip
def test_words_within_another_sentence_are_not_what_was_decided(
    dossier: Dossier, changed: str
) -> None:
    reject(dossier, "guards")
    replaced(dossier, TEXT.replace(SENT, changed))
    assert states(dossier) == ["dormant"]


def test_decisions_follow_over_several_versions_and_back(dossier: Dossier) -> None:
    reject(dossier, "guards")
    for text in (NEW, f"{BOATS} {SENT} Then it snowed.", TEXT):
        replaced(dossier, text)
        assert states(dossier) == ["in force"]
        assert not [label for label in told(dossier) if "guards" in label]
        assert is_as_settled_anew(dossier)


def test_a_document_set_aside_stays_so_in_its_new_version(dossier: Dossier) -> None:
    dossier.decide(Request(action="set aside", about=dossier.documents()[0].id), who="Ann")
    replaced(dossier, NEW)
    assert dossier.measures() == []
    assert states(dossier) == ["in force"]


def test_corrected_words_and_added_findings_follow(dossier: Dossier) -> None:
    [boats] = [r for r in dossier.measures() if "boats" in r.label]
    start = TEXT.index("7 boats")
    dossier.decide(
        Request(action="correct", about=boats.id, field="object", words=(start, start + 7)),
        who="Ann",
    )
    start = TEXT.index(SENT)
    guards = TEXT.index("guards")
    draft = Finding.cut(
        dossier.documents()[0],
        "incident",
        roles={"what": [(guards, guards + 6, None)]},
        evidence=[(start, start + len(SENT))],
    )
    dossier.decide(Request(action="add", finding=draft), who="Ann")
    replaced(dossier, NEW)
    assert states(dossier) == ["in force", "in force"]
    [boats] = [r for r in dossier.measures() if "boats" in r.label]
    assert "7 boats" in {claim.text for claim in boats.claims if claim.field == "object"}
    assert len(dossier.incidents()) == 1
    assert is_as_settled_anew(dossier)


def test_what_only_marks_follows_too(dossier: Dossier) -> None:
    reject(dossier, "guards")
    replaced(dossier, NEW)
    [boats] = dossier.measures()
    dossier.decide(Request(action="accept", about=boats.id), who="Ann")
    assert is_as_settled_anew(dossier)
    assert states(dossier) == ["in force", "in force"]


def test_decisions_of_another_dossier_hold_in_a_version_of_the_same_name(
    dossier: Dossier, tmp_path: Path
) -> None:
    reject(dossier, "guards")
    (tmp_path / "ann.jsonl").write_text(dossier.export_decisions())
    with open_reports(tmp_path / "other.db") as other:
        other.add(document("a.txt", NEW), document("b.txt", TEXT))
        other.build(workers=1)
        other.import_decisions(tmp_path / "ann.jsonl")
        assert states(other) == ["in force"]
        [standing] = other.decisions()
        [one] = [d for d in other.documents() if d.name == "a.txt"]
        assert standing.document_ids == (one.id,)
        assert is_as_settled_anew(other)


def test_decisions_of_another_dossier_sleep_where_several_bear_the_name() -> None:
    old = document("a.txt", SENT)
    anchor = replace(anchor_of(find(old)[0]), name="a.txt")
    decision = Decision.make(action="reject", about=(anchor,), who="Ann", when=WHEN)
    both = [document("a.txt", NEW), document("a.txt", TEXT)]
    assert follow([decision], {d.id: d for d in both}, {}) == [decision]
    assert follow([decision], {d.id: d for d in both[:1]}, {}) != [decision]


def test_a_build_says_how_many_decisions_have_become_dormant(dossier: Dossier) -> None:
    reject(dossier, "guards")
    assert dossier.build(workers=1).dormant == 0
    dossier.add(document("a.txt", BOATS))
    assert dossier.build(workers=1).dormant == 1
    assert dossier.build(workers=1).dormant == 0


SENTENCES = st.tuples(
    st.sampled_from(["Mexico", "Panama"]), st.integers(1, 9), st.sampled_from(["guards", "boats"])
).map(lambda s: f"{s[0]} sends {s[1]} {s[2]} to Honduras.")


@given(st.lists(SENTENCES, max_size=6), st.lists(SENTENCES, max_size=6))
def test_whatever_follows_stands_on_the_very_same_words(old: list[str], new: list[str]) -> None:
    before, now = document("a.txt", " ".join(old)), document("a.txt", "New. " + "  ".join(new))
    log = [
        Decision.make(action="reject", about=(anchor_of(finding),), who="Ann", when=WHEN)
        for finding in find(before)
    ]
    former = {before.id: Former(text=before.text, successor=now.id)}
    for made, led in zip(log, follow(log, {now.id: now}, former), strict=True):
        [was], [anchor] = made.about, led.about
        assert led.id == made.id
        if anchor.document_id == now.id:
            assert now.text[anchor.start : anchor.end] == was.text
            assert [now.text[a:b] for _, a, b in anchor.roles] == [
                before.text[a:b] for _, a, b in was.roles
            ]
        else:
            assert led == made
