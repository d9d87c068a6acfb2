"""Every predicate of the codebook proves itself: examples are found, near misses are not."""

from __future__ import annotations

import pytest

from pactwatch.codebook import Example, NearMiss, Predicate, load_codebook
from pactwatch.findings import find
from pactwatch.language import read
from pactwatch.model import Document, Finding, stable_id

CODEBOOK = load_codebook()
EXAMPLES = [(p, e) for p in CODEBOOK.predicates for e in p.examples]
NEAR_MISSES = [(p, m) for p in CODEBOOK.predicates for m in p.near_misses]


def found(text: str) -> list[Finding]:
    document = Document(id=stable_id("document", text), name="example.txt", text=text)
    return [f for f in find(read(document), CODEBOOK).findings if f.kind == "measure"]


def case_id(case: tuple[Predicate, Example | NearMiss]) -> str:
    return f"{case[0].id}: {case[1].text[:40]}"


@pytest.mark.parametrize("case", EXAMPLES, ids=case_id)
def test_predicate_finds_its_example(case: tuple[Predicate, Example]) -> None:
    predicate, example = case
    measures = [f for f in found(example.text) if f.trigger == predicate.id]
    assert measures, f"{predicate.id} finds nothing in {example.text!r}"
    told = {role: tuple(f.text for f in fillers) for role, fillers in measures[0].roles.items()}
    assert {role: told.get(role) for role in example.roles} == dict(example.roles)
    assert measures[0].stage == example.stage


@pytest.mark.parametrize("case", NEAR_MISSES, ids=case_id)
def test_predicate_leaves_its_near_miss_alone(case: tuple[Predicate, NearMiss]) -> None:
    _, miss = case
    assert [f.trigger for f in found(miss.text)] == [], miss.why


def test_every_predicate_has_a_near_miss_or_shares_its_type_with_one_that_has() -> None:
    with_miss = {p.type for p in CODEBOOK.predicates if p.near_misses}
    assert {p.type for p in CODEBOOK.predicates} <= with_miss
