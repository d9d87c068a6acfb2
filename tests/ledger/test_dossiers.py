"""Small made-up dossiers, read by the whole engine: what is contested, and what only looks so."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pactwatch.engine import Job, Kept, read_and_find, settle, trace
from pactwatch.model import Document, Ledger, stable_id
from pactwatch.review import judge

READ = {"agreement", "measure", "meeting", "statement"}
CASES = tomllib.loads(Path(__file__).with_name("dossiers.toml").read_text(encoding="utf-8"))


def ledger_of(reports: list[dict[str, str]]) -> Ledger:
    """The ledger of some reports, each of which says who published it and when."""
    documents = [
        Document(
            id=stable_id("document", str(at), report["text"]),
            name=f"report-{at}.txt",
            text=report["text"],
            publisher=report["from"],
            published=report["day"],
        )
        for at, report in enumerate(reports, 1)
    ]
    findings = [f for d in documents for f in read_and_find(Job(), d).findings]
    rulings = judge(findings, documents, [])
    return settle(findings, documents, trace(findings, documents, Kept()), rulings)


@pytest.mark.parametrize("case", CASES["dossier"], ids=lambda case: case["name"])
def test_a_small_dossier(case: dict[str, Any]) -> None:
    ledger = ledger_of(case["report"])
    found = [(r, c) for r in ledger.records for c in r.contests]
    assert sorted(f"{c.field} {c.kind}" for _, c in found) == sorted(case["contested"])
    read = {id_ for r in ledger.records if r.kind in READ for id_ in r.document_ids}
    assert len(read) == len(case["report"]), "a report was not understood"
    wanted = set(case.get("told", ()))
    assert any(wanted <= {c.text for c in r.claims} for r in ledger.records), "nothing was found"
    if "sides" in case:
        ((_, contest),) = found
        assert {side.text for side in contest.sides} == set(case["sides"])
    if "delivery" in case:
        outcomes = [r.delivery.outcome for r in ledger.records if r.delivery]
        assert outcomes == [case["delivery"]]
