"""A record: its fields with claims, contested values side by side, the history of its stages, its
way to delivery, and its wordings as differences.

Comes in: a `Look` and an id or number. Goes out: one page for every kind of record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from pactwatch.model import Claim, Contest, Record
from pactwatch.report.differences import mark_differences
from pactwatch.report.marks import Words
from pactwatch.report.words import date_words, value_words
from pactwatch.review import vocabulary
from pactwatch.store import tables as t
from pactwatch.store.ledger import read_records
from pactwatch.store.queries import record_identity
from pactwatch.store.queries_documents import DocumentHead, document_heads
from pactwatch.web.looking import Look, Missing, Moved
from pactwatch.web.views.pieces import ClaimPiece, QuotationPiece, claim_piece, quotations
from pactwatch.web.views.rulings import RulingPiece, rulings_of
from pactwatch.web.views.steps import (
    StepPiece,
    delivery_piece,
    outcome_words,
    sources_of,
    stage_piece,
)

__all__ = [
    "ContestPiece",
    "FieldPiece",
    "RecordPage",
    "SidePiece",
    "record",
    "record_pages",
]

CLAIMS = 12  # values of a field shown at first
FIELDS = 40
STEPS = 40
SHOWN = 120  # values on a page altogether, so that it stays below 150 kB
_HIDDEN = ("cue",)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPiece:
    """A field with its values; `more` are not shown."""

    name: str
    contested: bool
    claims: tuple[ClaimPiece, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SidePiece:
    """One version in a contest: its words, those marked that the version nearest to it lacks."""

    pieces: tuple[Words, ...]
    accounts: int
    documents: int
    sources: tuple[tuple[str, str], ...]
    quotations: tuple[QuotationPiece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestPiece:
    """Versions of one field that can't all be true."""

    field: str
    kind: str
    severity: str
    explanation: str
    sides: tuple[SidePiece, ...]
    rulings: tuple[RulingPiece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    """All that the page of a record shows.

    Attributes:
        wordings: Of a statement told in several wordings: each, with what the others lack marked.
        outcome: How far a measure has come, in words.
        rulings: What people decided of it or of any part of it.
        roles, words: The fields that it can have; of word fields, the words allowed.
    """

    id: str
    number: str
    kind: str
    type: str | None
    label: str
    stage: str | None
    date: str
    accounts: int
    documents: int
    findings: int
    fields: tuple[FieldPiece, ...]
    contests: tuple[ContestPiece, ...]
    history: tuple[StepPiece, ...]
    delivery: tuple[StepPiece, ...]
    outcome: str | None
    wordings: tuple[tuple[Words, ...], ...]
    rulings: tuple[RulingPiece, ...]
    roles: tuple[str, ...]
    words: dict[str, tuple[str, ...]]


def record(look: Look, id_or_number: str) -> RecordPage | Moved:
    """The page of a record; asked for by its number, which a rebuild may give to another, where it
    has moved.

    Raises:
        Missing: there is none.
    """
    found = record_identity(look.connection, id_or_number)
    if found is None:
        raise Missing(id_or_number[:80], "is not in this dossier")
    if found[0] != id_or_number:
        return Moved(f"record/{found[0]}")
    (page,) = _pages(look, t.record.c.id == found[0])
    return page


def record_pages(look: Look, first: int, last: int) -> Iterator[RecordPage]:
    """Yield the pages of the records between two places in the ledger, which are read together:
    of many, that takes a fraction of the time."""
    return _pages(look, t.record.c.position.between(first, last))


def _pages(look: Look, *where: Any) -> Iterator[RecordPage]:
    """Yield the pages of the records that meet conditions on the table `record`."""
    values = read_records(look.connection, *where)
    heads = document_heads(look.connection, {id_ for value in values for id_ in _documents(value)})
    owners: dict[str, tuple[str, ...]] = {}
    for value in values:
        owners |= {claim.id: claim.decision_ids for claim in value.claims}
        owners |= {_key(contest): contest.decision_ids for contest in value.contests}
        owners[value.id] = value.decision_ids
    decided = {k: ids for k, ids in owners.items() if ids}
    ruled = rulings_of(look.connection, decided, hide=look.unnamed)
    return (_page(value, heads, ruled) for value in values)


def _documents(value: Record) -> set[str]:
    """Documents that the page of a record names: its own, and others that deny or deliver it."""
    found = {*value.document_ids}
    for claim in value.claims:
        found.update(support.document_id for support in claim.support)
    for contest in value.contests:
        found.update(id_ for side in contest.sides for id_ in side.document_ids)
    for step in value.history:
        found.update(step.document_ids)
    for delivered in value.delivery.steps if value.delivery else ():
        found.update(delivered.document_ids)
    return found


Ruled = Mapping[str, tuple[RulingPiece, ...]]


def _key(contest: Contest) -> str:
    return f"contest {contest.field} {contest.claim_ids}"


def _page(value: Record, heads: Mapping[str, DocumentHead], ruled: Ruled) -> RecordPage:
    contests = tuple(
        replace(_contest(value, contest, heads), rulings=ruled.get(_key(contest), ()))
        for contest in value.contests[:12]
    )
    known = vocabulary().get(value.kind)
    delivery = value.delivery
    return RecordPage(
        id=value.id,
        number=value.number,
        kind=value.kind,
        type=value.type,
        label=value.label[:600],
        stage=value.stage,
        date=date_words(value.date),
        accounts=value.accounts,
        documents=len(value.document_ids),
        findings=len(value.finding_ids),
        fields=_fields(value, heads, ruled),
        contests=contests,
        history=tuple(stage_piece(step, heads) for step in value.history[:STEPS]),
        delivery=tuple(
            delivery_piece(s, heads) for s in (delivery.steps[:STEPS] if delivery else ())
        ),
        outcome=outcome_words(value),
        wordings=_wordings(value),
        rulings=ruled.get(value.id, ()),
        roles=(*known.roles, *known.words) if known else (),
        words=dict(known.words) if known else {},
    )


def _fields(
    value: Record, heads: Mapping[str, DocumentHead], ruled: Ruled
) -> tuple[FieldPiece, ...]:
    contested = {contest.field for contest in value.contests}
    rivals = {id_ for contest in value.contests for id_ in contest.claim_ids}
    found: list[FieldPiece] = []
    left = SHOWN
    for name, group in groupby(value.claims, key=lambda claim: claim.field):
        claims = list(group)
        if name in _HIDDEN or len(found) == FIELDS:
            continue
        shown = claims[: max(1, min(CLAIMS, left))]
        left -= len(shown)
        found.append(
            FieldPiece(
                name=name,
                contested=name in contested,
                claims=tuple(
                    claim_piece(c, heads, contested=c.id in rivals, rulings=ruled.get(c.id, ()))
                    for c in shown
                ),
                more=len(claims) - len(shown),
            )
        )
    return tuple(found)


def _contest(value: Record, contest: Contest, heads: Mapping[str, DocumentHead]) -> ContestPiece:
    claims = {claim.id: claim for claim in value.claims}
    sides: list[tuple[str, Sequence[Claim], int, Sequence[str]]] = []
    for side in contest.sides[:6]:
        own = [claims[id_] for id_ in side.claim_ids if id_ in claims]
        said = next((c.value for c in own if c.text == side.text), None)
        words = value_words(side.text[:1200], said)
        sides.append((words, own, len(side.account_ids), side.document_ids))
    if not sides:
        for id_ in contest.claim_ids[:6]:
            if claim := claims.get(id_):
                documents = tuple(dict.fromkeys(s.document_id for s in claim.support))
                words = value_words(claim.text[:1200], claim.value)
                sides.append((words, [claim], claim.accounts, documents))
    marked = mark_differences([words for words, _, _, _ in sides])
    return ContestPiece(
        field=contest.field,
        kind=contest.kind,
        severity=contest.severity,
        explanation=contest.explanation[:600],
        sides=tuple(
            SidePiece(
                pieces=pieces,
                accounts=accounts,
                documents=len(documents),
                sources=sources_of(documents, heads),
                quotations=quotations(
                    [s for c in own for s in c.support if s.document_id in documents][:3], heads
                ),
            )
            for pieces, (_, own, accounts, documents) in zip(marked, sides, strict=True)
        ),
    )


def _wordings(value: Record) -> tuple[tuple[Words, ...], ...]:
    texts = [claim.text[:1500] for claim in value.claims if claim.field == "content"][:8]
    if value.kind != "statement" or len(texts) < 2:
        return ()
    return tuple(mark_differences(texts))
