"""Small made-up dossiers, read by the whole engine: what is contested, and what only looks so."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pactwatch.engine import Job, Kept, read_and_find, settle, trace
from pactwatch.model import Document, Finding, Ledger, stable_id
from pactwatch.review import judge

READ = {"agreement", "measure", "meeting", "statement"}
CASES = tomllib.loads(Path(__file__).with_name("dossiers.toml").read_text(encoding="utf-8"))
BY_NAME = {case["name"]: case for case in CASES["dossier"]}


@functools.cache
def reports(name: str) -> tuple[list[Document], list[Finding]]:
    """The reports of a dossier, each of which says who published it and when, and what they say."""
    documents = [
        Document(
            id=stable_id("document", str(at), report["text"]),
            name=f"report-{at}.txt",
            text=report["text"],
            publisher=report["from"],
            published=report["day"],
        )
        for at, report in enumerate(BY_NAME[name]["report"], 1)
    ]
    return documents, [f for d in documents for f in read_and_find(Job(), d).findings]


def ledger_of(documents: Sequence[Document], findings: Sequence[Finding]) -> Ledger:
    rulings = judge(findings, documents, [])
    return settle(findings, documents, trace(findings, documents, Kept()), rulings)


def test_every_dossier_has_a_name_of_its_own():
    assert len(BY_NAME) == len(CASES["dossier"])


@pytest.mark.parametrize("name", BY_NAME)
def test_a_small_dossier(name: str) -> None:
    case: dict[str, Any] = BY_NAME[name]
    ledger = ledger_of(*reports(name))
    found = [(r, c) for r in ledger.records for c in r.contests]
    assert sorted(f"{c.field} {c.kind}" for _, c in found) == sorted(case["contested"])
    read = {id_ for r in ledger.records if r.kind in READ for id_ in r.document_ids}
    assert len(read) == len(case["report"]), "a report was not understood"
    wanted = set(case.get("told", ()))
    assert any(wanted <= {c.text for c in r.claims} for r in ledger.records), "nothing was found"
    if "sides" in case:
        ((_, contest),) = found
        assert {side.text for side in contest.sides} == set(case["sides"])
    if "accounts" in case:
        (record,) = [r for r in ledger.records if wanted <= {c.text for c in r.claims}]
        assert record.accounts == case["accounts"]
    if "delivery" in case:
        outcomes = [r.delivery.outcome for r in ledger.records if r.delivery]
        assert outcomes == case["delivery"].split(", ")
    if "stage" in case:
        assert [r.stage for r in ledger.records if r.contests] == [case["stage"]]


@pytest.mark.parametrize("name", BY_NAME)
def test_the_order_of_reports_changes_nothing(name: str) -> None:
    documents, findings = reports(name)
    assert ledger_of(documents[::-1], findings[::-1]) == ledger_of(documents, findings)
