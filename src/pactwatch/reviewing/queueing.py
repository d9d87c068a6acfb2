"""The queue of a reviewer: what awaits a decision, with the words that it stands on.

Comes in: a dossier's file. Goes out: items, of the most worth first, each with its quotations in
context and what can be decided of it. Nothing is read that the items don't show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from pactwatch.model import Claim, Record, Support, stable_id
from pactwatch.review import undone
from pactwatch.store import tables as t
from pactwatch.store.decisions import pending_decisions
from pactwatch.store.ledger import read_records
from pactwatch.store.queries_review import Waiting, awaiting, candidates, counted

__all__ = [
    "Context",
    "QueueItem",
    "contexts_of",
    "items_of",
    "queue",
    "queue_counts",
    "waiting_now",
]

MARGIN = 400
"""Characters of a document shown before and after a quotation."""

QUOTES = 12
"""The most quotations of one item; it tells how many there are in all."""

_FIRST = ("name", "actor", "object", "amount", "recipient", "party", "signed", "stage", "date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """A quotation in its document.

    Attributes:
        start: Offset of `text` in the document.
        text: The sentence with what stands around it.
        evidence: ``(start, end)`` of the sentence, offsets in the document.
        words: ``(start, end)`` of the words that fill the field.
    """

    claim_id: str
    field: str
    value: str
    finding_id: str
    account_id: str
    document_id: str
    document: str
    title: str | None
    publisher: str | None
    published: str | None
    start: int
    text: str
    evidence: tuple[int, int]
    words: tuple[int, int]
    attributed_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueItem:
    """One thing to decide.

    Attributes:
        id: Stable as long as it is the same question.
        why: "contested", "disagreement", "low support" or "uncertain".
        worth: 0 to 100.
        field: The field in question, None for the record as a whole.
        claim_ids: The claims in question.
        quotations: How many there are; `contexts` has the first of them.
        decision_ids: Decisions on it, where reviewers disagree.
        actions: What can be decided of it, the likeliest first.
    """

    id: str
    why: str
    worth: int
    record_id: str
    number: str
    kind: str
    label: str
    accounts: int
    field: str | None
    severity: str | None
    explanation: str
    claim_ids: tuple[str, ...]
    quotations: int
    contexts: tuple[Context, ...]
    decision_ids: tuple[str, ...]
    actions: tuple[str, ...]


def queue(
    connection: Connection,
    *,
    limit: int = 20,
    offset: int = 0,
    why: str | None = None,
    kind: str | None = None,
) -> list[QueueItem]:
    """The next things to decide."""
    rows = waiting_now(connection, candidates(connection), why=why, kind=kind)
    return items_of(connection, rows[offset : offset + limit])


def queue_counts(connection: Connection) -> dict[str, int]:
    """How much there is to decide, by the reason."""
    return counted(waiting_now(connection, candidates(connection)))


def waiting_now(
    connection: Connection,
    found: Sequence[Waiting],
    *,
    why: str | None = None,
    kind: str | None = None,
) -> list[Waiting]:
    """What of the candidates awaits a decision now, in the order of worth."""
    return awaiting(connection, found, why=why, kind=kind, pending=_pending(connection))


def items_of(connection: Connection, rows: Sequence[Waiting]) -> list[QueueItem]:
    """Rows with the words that they stand on."""
    ids = sorted({row.record_id for row in rows})
    records = {r.id: r for r in read_records(connection, t.record.c.id.in_(ids))} if ids else {}
    return [_item(connection, row, records[row.record_id]) for row in rows]


def _pending(connection: Connection) -> set[str]:
    """Findings on which was decided since the ledger was settled, and not taken back since."""
    pending = pending_decisions(connection)
    gone = undone(pending)
    return {
        anchor.finding_id
        for decision in pending
        if decision.id not in gone
        for anchor in (*decision.about, *decision.other)
        if anchor.finding_id is not None
    }


def _item(connection: Connection, row: Waiting, record: Record) -> QueueItem:
    claims = _claims(row, record)
    support = [(claim, item) for claim in claims for item in claim.support]
    once = list({(c.id, s.words, s.evidence): (c, s) for c, s in support}.values())
    disputed = row.why == "disagreement"
    return QueueItem(
        id=stable_id("item", record.id, row.why, row.field or "", row.claim_id or ""),
        why=row.why,
        worth=row.worth,
        record_id=record.id,
        number=record.number,
        kind=record.kind,
        label=record.label,
        accounts=record.accounts,
        field=row.field,
        severity=row.severity,
        explanation=row.explanation,
        claim_ids=tuple(claim.id for claim in claims),
        quotations=len(once),
        contexts=tuple(contexts_of(connection, once)),
        decision_ids=record.decision_ids if disputed else (),
        actions=_actions(row),
    )


def _claims(row: Waiting, record: Record) -> Sequence[Claim]:
    if row.contest is not None:
        contest = record.contests[row.contest]
        ids = [*contest.claim_ids, *(id_ for side in contest.sides for id_ in side.claim_ids)]
        return [claim for claim in record.claims if claim.id in ids]
    if row.claim_id is not None:
        return [claim for claim in record.claims if claim.id == row.claim_id]
    if row.field is not None:
        return [claim for claim in record.claims if claim.field == row.field]
    return sorted(
        (claim for claim in record.claims if claim.field in _FIRST),
        key=lambda claim: _FIRST.index(claim.field),
    )


def _actions(row: Waiting) -> tuple[str, ...]:
    if row.why == "disagreement":
        return ("accept", "reject", "correct", "undo")
    if row.why == "contested":
        return ("accept", "correct", "reject", "different", "set aside")
    return ("accept", "reject", "correct", "same", "set aside")


def contexts_of(connection: Connection, told: Sequence[tuple[Claim, Support]]) -> Iterator[Context]:
    """The first quotations behind claims, in their documents."""
    d = t.document.c
    for claim, support in told[:QUOTES]:
        start = max(0, min(support.evidence.start, support.words.start) - MARGIN)
        end = max(support.evidence.end, support.words.end) + MARGIN
        query = select(
            d.name, d.title, d.publisher, d.published,
            func.substr(d.text, start + 1, end - start).label("shown"),
        ).where(d.id == support.document_id)  # fmt: skip
        row = connection.execute(query).one()
        yield Context(
            claim_id=claim.id,
            field=claim.field,
            value=claim.text,
            finding_id=support.finding_id,
            account_id=support.account_id,
            document_id=support.document_id,
            document=row.name,
            title=row.title,
            publisher=row.publisher,
            published=row.published,
            start=start,
            text=row.shown,
            evidence=(support.evidence.start, support.evidence.end),
            words=(support.words.start, support.words.end),
            attributed_to=support.attributed_to,
        )
