"""Sides of a contest with the accounts that tell them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pactwatch.model import Account, Contest, ContestSide
from pactwatch.origins import Direction
from pactwatch.report.book import open_book, sources_of
from pactwatch.report.versions import claims_by_id, told_by, versions_of


@pytest.fixture
def book(dossier):
    return open_book(dossier, "made up")


def contested(book):
    """A record with a contest, and the contest."""
    return next((r, c) for r in book.records for c in r.contests)


def test_claims_of_one_side_are_one_version(book):
    _, contest = contested(book)
    ids = contest.claim_ids
    sided = replace(contest, sides=(
        ContestSide(text="x", claim_ids=ids[:1], account_ids=(), document_ids=()),
        ContestSide(text="y", claim_ids=ids[1:], account_ids=(), document_ids=()),
    ))  # fmt: skip
    claims = claims_by_id(book)
    assert [v.claims for v in versions_of(sided, claims)] == [
        tuple(claims[i] for i in ids[:1]),
        tuple(claims[i] for i in ids[1:]),
    ]


def test_a_version_is_told_only_by_those_on_its_side(book):
    claims = claims_by_id(book)
    claim = max(claims.values(), key=lambda c: len({s.document_id for s in c.support}))
    first = claim.support[0]
    side = ContestSide(text=claim.text, claim_ids=(claim.id,), account_ids=(first.account_id,),
                       document_ids=(first.document_id,))  # fmt: skip
    contest = Contest(field=claim.field, kind="number", severity="high", claim_ids=(claim.id,),
                      explanation="", sides=(side,))  # fmt: skip
    (version,) = versions_of(contest, claims)
    assert (version.accounts, version.documents) == (1, 1)
    assert {s.document_id for s in version.claims[0].support} == {first.document_id}


def test_without_sides_every_claim_is_a_version(book):
    _, contest = contested(book)
    versions = versions_of(contest, claims_by_id(book))
    assert [v.claims[0].id for v in versions] == list(contest.claim_ids)


def test_a_side_may_stand_on_a_claim_of_another_record(book):
    record, contest = contested(book)
    other = next(c for r in book.records if r.id != record.id for c in r.claims)
    side = ContestSide(text="x", claim_ids=(other.id,), account_ids=(), document_ids=())
    far = Contest(field=contest.field, kind="identity", severity="low", claim_ids=(),
                  explanation="", sides=(side,))  # fmt: skip
    (version,) = versions_of(far, claims_by_id(book))
    assert version.claims == (other,)


def test_reprints_and_statements_are_told_as_one_account(book):
    claims = claims_by_id(book)
    claim = max(claims.values(), key=lambda c: len({s.document_id for s in c.support}))
    assert len({s.document_id for s in claim.support}) > 1
    one = replace(claim, support=tuple(replace(s, account_id="one") for s in claim.support))
    contest = Contest(field=claim.field, kind="wording", severity="low", claim_ids=(one.id,),
                      explanation="")  # fmt: skip
    (version,) = versions_of(contest, {one.id: one})
    assert (version.accounts, version.documents) == (1, len({s.document_id for s in claim.support}))
    copies = version.documents - 1
    first, *others = (d.id for d in sources_of(book, one.support))
    undirected = replace(book.lineage, directions=())
    directed = replace(book.lineage, directions=tuple(
        Direction(first_id=other, second_id=first, source_id=first, common=False, reasons=())
        for other in others
    ))  # fmt: skip
    words = told_by(replace(book, lineage=directed), version)
    assert words.endswith(f" and {copies} reprint{'s' if copies > 1 else ''}")
    words = told_by(replace(book, lineage=undirected), version)
    assert words.endswith(f" and {copies} cop{'ies' if copies > 1 else 'y'}, undirected")
    statement = Account(id="one", label="statement of Ada Obrecht", reason="same quoted statement",
                        document_ids=())  # fmt: skip
    quoted = replace(book, accounts={"one": statement})
    told = told_by(quoted, version)
    assert told == f"statement of Ada Obrecht in {version.documents} documents"
