"""Lineage for pages: what one document shares with which others, and whom it credits.

Comes in: ids. Goes out: short rows, and the passages of a pair. Nothing is compared here.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, and_, func, or_, select, text

from pactwatch.model import Span
from pactwatch.origins import Passage
from pactwatch.store import tables as t
from pactwatch.store.queries import LABEL

__all__ = ["CreditRow", "Share", "credit_rows", "passages_between", "shares"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a document shares with another.

    Attributes:
        relation: "source" (the words come from the other), "copy" (the other has them from here),
            "common" (both have them from a third) or "undecided".
        reasons: One sentence for each piece of evidence.
        member: How they stand as one text ("same words", "edited copy", "excerpt"), or None.
        words: Equal words in all passages.
    """

    other_id: str
    relation: str
    reasons: tuple[str, ...]
    member: str | None
    passages: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRow:
    """Whom a document names as its source, with the words that do."""

    kind: str
    source: str
    quote: str
    start: int
    resolved_id: str | None


_SHARES = text(
    """
    SELECT other, count(*) AS passages, sum(words) AS words FROM (
        SELECT second_id AS other, words FROM passage WHERE first_id = :id
        UNION ALL SELECT first_id, words FROM passage WHERE second_id = :id
    ) GROUP BY other ORDER BY words DESC, other LIMIT :limit
    """
)


def shares(connection: Connection, document_id: str, *, limit: int = 20) -> list[Share]:
    """The documents that share most words with this one."""
    d, m = t.direction.c, t.family_member.c
    rows = connection.execute(_SHARES, {"id": document_id, "limit": limit}).all()
    others = [row.other for row in rows]
    pairs = {}
    mine = or_(
        and_(d.first_id == document_id, d.second_id.in_(others)),
        and_(d.second_id == document_id, d.first_id.in_(others)),
    )
    for row in connection.execute(select(t.direction).where(mine)):
        pairs[row.second_id if row.first_id == document_id else row.first_id] = row
    own = select(m.family_id).where(m.document_id == document_id)
    relatives = select(m.document_id, m.relation).where(
        m.family_id.in_(own), m.document_id.in_([*others, document_id])
    )
    members = {row.document_id: row.relation for row in connection.execute(relatives)}
    found = []
    for row in rows:
        pair = pairs.get(row.other)
        relation = "undecided"
        reasons: tuple[str, ...] = ()
        if pair is not None:
            given = msgspec.json.decode(pair.reasons, type=list[tuple[str, str | None, str]])
            reasons = tuple(words[:LABEL] for _, _, words in given[:6])
            if pair.source_id is not None:
                relation = "source" if pair.source_id == row.other else "copy"
            elif pair.common:
                relation = "common"
        member = members.get(row.other)
        if member == "origin":  # then this one is its copy
            member = members.get(document_id)
        found.append(
            Share(
                other_id=row.other, relation=relation, reasons=reasons, member=member,
                passages=row.passages, words=row.words,
            )
        )  # fmt: skip
    return found


def passages_between(
    connection: Connection, one_id: str, other_id: str, *, limit: int = 20
) -> list[Passage]:
    """Passages that two documents share, the longest first."""
    p = t.passage.c
    pair = or_(
        and_(p.first_id == one_id, p.second_id == other_id),
        and_(p.first_id == other_id, p.second_id == one_id),
    )
    query = select(t.passage).where(pair).order_by(p.words.desc(), p.position).limit(limit)
    return [
        Passage(
            id=row.id, kind=row.kind, first_id=row.first_id, second_id=row.second_id,
            first=Span(start=row.first_start, end=row.first_end),
            second=Span(start=row.second_start, end=row.second_end),
            words=row.words, similarity=row.similarity, quoted=row.quoted,
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def credit_rows(connection: Connection, document_id: str, *, limit: int = 20) -> list[CreditRow]:
    """Whom a document credits, in the order of its text."""
    c = t.credit.c
    query = (
        select(
            c.kind, func.substr(c.source, 1, LABEL).label("source"),
            func.substr(c.quote, 1, LABEL).label("quote"), c.start,
            c.resolved_document_id.label("resolved_id"),
        )
        .where(c.document_id == document_id)
        .order_by(c.start, c.position)
        .limit(limit)
    )  # fmt: skip
    return [CreditRow(**row._mapping) for row in connection.execute(query)]
