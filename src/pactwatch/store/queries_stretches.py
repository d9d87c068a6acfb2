"""One document in parts: stretches of its text, its findings and refused candidates within them.

Comes in: a document's id and offsets. Goes out: text cut in the database, so that a text of any
length costs a page no more than the stretch it shows, and short rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, func, select

from pactwatch.store import tables as t
from pactwatch.store.queries import LABEL, PAGE
from pactwatch.store.queries_ruled_out import is_ruled_out

__all__ = [
    "FindingRow",
    "RejectedRow",
    "Stretch",
    "finding_counts",
    "finding_rows",
    "rejected_count",
    "rejected_rows",
    "stretch",
]

_D = t.document.c


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """A finding within a document, with the record it went into.

    Attributes:
        start, end: Of its first evidence.
    """

    id: str
    kind: str
    type: str | None
    stage: str | None
    trigger: str
    start: int
    end: int
    text: str
    record_id: str | None
    label: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedRow:
    """A refused candidate within a document."""

    kind: str
    trigger: str
    reason: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Characters of a document from `start`, with the spans of its furniture."""

    start: int
    text: str
    furniture: tuple[tuple[int, int], ...]


def stretch(connection: Connection, document_id: str, start: int, end: int) -> Stretch:
    """Characters of a document's text, cut in the database."""
    null = func.instr(_D.text, func.char(0))
    cut = func.substr(_D.text, start + 1, end - start)
    own = _D.id == document_id
    words, furniture, cuts = connection.execute(select(cut, _D.furniture, null).where(own)).one()
    if cuts:  # SQLite's substr ends at a null character
        words = connection.execute(select(_D.text).where(own)).scalar_one()[start:end]
    spans = msgspec.json.decode(furniture, type=list[tuple[int, int]])
    inside = tuple((a, b) for a, b in spans if a < end and b > start)
    return Stretch(start=start, text=words, furniture=inside)


def finding_counts(
    connection: Connection, document_id: str, *, ruled_out: bool = True
) -> dict[str, int]:
    """Findings of a document by kind; also those that people took out of the ledger, if asked."""
    f = t.finding.c
    query = select(f.kind, func.count()).where(f.document_id == document_id).group_by(f.kind)
    if not ruled_out:
        query = query.where(~is_ruled_out(f.id, f.document_id))
    return {row[0]: row[1] for row in connection.execute(query.order_by(f.kind))}


def finding_rows(
    connection: Connection,
    document_id: str,
    *,
    start: int = 0,
    end: int | None = None,
    kinds: Sequence[str] = (),
    ruled_out: bool = True,
    limit: int | None = PAGE,
) -> list[FindingRow]:
    """Findings whose first evidence begins within a stretch, in the order of the text.

    Args:
        ruled_out: Also those that people took out of the ledger.
    """
    f, e, rf, r = t.finding.c, t.finding_evidence.c, t.record_finding.c, t.record.c
    query = (
        select(
            f.id, f.kind, f.type, f.stage, f.trigger, e.start, e.end,
            func.substr(e.text, 1, LABEL).label("text"), func.min(r.id).label("record_id"),
            func.substr(r.label, 1, LABEL).label("label"),
        )
        .join(t.finding_evidence, (e.finding_id == f.id) & (e.position == 0))
        .outerjoin(t.record_finding, rf.finding_id == f.id)
        .outerjoin(t.record, r.id == rf.record_id)
        .where(f.document_id == document_id, e.start >= start)
        .group_by(f.id)
        .order_by(e.start, e.end, f.position)
        .limit(limit)
    )  # fmt: skip
    if end is not None:
        query = query.where(e.start < end)
    if not ruled_out:
        query = query.where(~is_ruled_out(f.id, f.document_id))
    if kinds:
        query = query.where(f.kind.in_(list(kinds)))
    return [FindingRow(**row._mapping) for row in connection.execute(query)]


def rejected_count(connection: Connection, document_id: str) -> int:
    """The number of a document's refused candidates."""
    r = t.rejected.c
    query = select(func.count()).where(r.document_id == document_id)
    return connection.execute(query).scalar_one()


def rejected_rows(
    connection: Connection,
    document_id: str,
    *,
    start: int = 0,
    end: int | None = None,
    limit: int | None = PAGE,
) -> list[RejectedRow]:
    """Refused candidates that begin within a stretch, in the order of the text."""
    r = t.rejected.c
    query = (
        select(
            r.kind, r.trigger, r.reason, r.start, r.end, func.substr(r.text, 1, LABEL).label("text")
        )
        .where(r.document_id == document_id, r.start >= start)
        .order_by(r.start, r.position)
        .limit(limit)
    )
    if end is not None:
        query = query.where(r.start < end)
    return [RejectedRow(**row._mapping) for row in connection.execute(query)]
