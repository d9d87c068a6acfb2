"""The contests of annotated reports: of the examples, and of the corpus beside the checkout.

Settled from the annotation, so that nothing but the ledger is judged.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pactwatch.documents import read_documents
from pactwatch.evaluation import read_gold
from pactwatch.fileform import FiledFiller, FiledFinding
from pactwatch.ledger import settle
from pactwatch.lineage import trace
from pactwatch.model import Document, Finding, Ledger, Value

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"


def cut(filed: FiledFinding, document: Document) -> Finding:
    """The finding that an annotation describes, with its words looked up in the document."""
    evidence = []
    for quote in filed.evidence:
        start = document.text.index(quote.text)
        evidence.append((start, start + len(quote.text)))

    def spot(words: str) -> tuple[int, int]:
        inside = [document.text.find(words, start, end) for start, end in evidence]
        start = next((at for at in inside if at >= 0), document.text.find(words))
        return start, start + len(words)

    def fill(filler: FiledFiller) -> tuple[int, int, Value | None]:
        value = None if isinstance(filler.value, tuple) else filler.value
        return (*spot(filler.text), value)

    told_by = filed.attributed_to
    return Finding.cut(
        document,
        filed.kind,
        roles={role: [fill(f) for f in fillers] for role, fillers in filed.roles.items()},
        evidence=evidence,
        type=filed.type,
        stage=filed.stage,
        form=filed.form,
        binding=filed.binding,
        attributed_to=(*spot(told_by), None) if told_by and told_by in document.text else None,
    )


def settled(gold: Path, texts: Path) -> tuple[Ledger, dict[str, Document]]:
    read = [d for d in read_documents(texts) if isinstance(d, Document)]
    documents = {d.name: d for d in read}
    findings = [cut(filed, documents[filed.document]) for filed in read_gold(gold)[0]]
    accounts = trace(read, findings)
    return settle(findings, read, accounts.accounts, accounts.of_finding), documents


@pytest.fixture(scope="module")
def examples() -> Ledger:
    return settled(ROOT / "eval" / "examples.jsonl", ROOT / "examples" / "northern-triangle")[0]


WRITTEN = {
    ("signed", "date", "high", ("27 March 2019", "28 March")),
    ("signed", "date", "high", ("May 27", "Tuesday the 28th", "31 May 2019")),
    ("date", "date", "medium", ("since 2013", "between 2017 and 2018")),
    ("date", "date", "medium", ("2016", "December 2015")),
    ("amount", "number", "high", ("$650 million", "$655 million")),
    ("recipient", "identity", "low", ("members of a drug-smuggling organization",
                                      "people suspected of smuggling migrants")),
    ("stage", "denial", "high", ("promised",
                                 "they will be advisers without law-enforcement powers")),
    ("title", "identity", "low", ("Minister of Government", "Interior Minister")),
}  # fmt: skip


def test_contested_values_written_into_the_examples_are_shown_and_no_others(examples):
    found = {
        (c.field, c.kind, c.severity, tuple(side.text for side in c.sides))
        for r in examples.records
        for c in r.contests
    }
    quoted = {item for item in found if item[0] == "content"}
    assert found - quoted == WRITTEN
    ((_, kind, severity, words),) = quoted
    assert (kind, severity, len(words)) == ("wording", "medium", 3)
    assert {w[-13:] for w in words} >= {"at our border", " at or border"}


def test_the_mission_of_the_examples_narrows_and_is_never_delivered(examples):
    (mission,) = [
        r
        for r in examples.records
        if r.delivery and {"dozens", "Up to 89"} <= {s.amount for s in r.delivery.steps}
    ]
    amounts = [s.amount for s in mission.delivery.steps]
    assert amounts == [None, "dozens", "between dozens and 100", "Up to 89"]
    assert [s.days for s in mission.delivery.steps] == [None, (2, 2), (25, 25), (0, 0)]
    assert (mission.delivery.outcome, mission.delivery.due) == ("none", "2019-08")
    assert mission.delivery.latest == "2022-11-03"
    assert not mission.contests


def spans(ledger: Ledger, documents: dict[str, Document]) -> list[list[tuple[str, int, int]]]:
    """For each contest where the words and sentences of its sides stand."""
    names = {d.id: d.name for d in documents.values()}
    claims = {c.id: c for r in ledger.records for c in r.claims}
    return [
        [
            (names[quote.document_id], quote.start, quote.end)
            for side in contest.sides
            for id_ in side.claim_ids
            for support in claims[id_].support
            for quote in (support.words, support.evidence)
        ]
        for record in ledger.records
        for contest in record.contests
    ]


def shows(contest: list[tuple[str, int, int]], conflict: dict[str, Any]) -> bool:
    """Whether a contest stands on the words of two versions of an annotated conflict; of a
    conflict within one document on one of them, because its sentences say more than one thing."""
    met = [
        any(
            name == version["document"] and start < version["end"] and version["start"] < end
            for name, start, end in contest
        )
        for version in conflict["versions"]
    ]
    return sum(met) >= min(2, len(conflict["documents"]))


@pytest.mark.skipif(not SHARED.exists(), reason="no annotated corpus beside this checkout")
def test_conflicts_of_the_corpus_are_shown_and_hardly_any_other():
    gold = SHARED / "gold" / "northern-triangle.dossier.json"
    conflicts = {c["id"]: c for c in json.loads(gold.read_text(encoding="utf-8"))["conflicts"]}
    ledger, documents = settled(
        SHARED / "gold" / "northern-triangle.jsonl", SHARED / "reports" / "northern-triangle"
    )
    contests = spans(ledger, documents)
    shown = {id_ for id_, c in conflicts.items() if any(shows(found, c) for found in contests)}
    grave = {id_ for id_, c in conflicts.items() if c["severity"] != "low"}
    # Silence of one report, grammar and sources are no values that could be compared.
    incomparable = {"C19", "C20", "C21", "C32"}
    assert grave - shown <= incomparable
    false = [c for c in contests if not any(shows(c, conflict) for conflict in conflicts.values())]
    assert len(false) <= 2
