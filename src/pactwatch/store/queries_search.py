"""Search for pages: quotations that hold words, with the records they stand behind.

Comes in: words as a person types them. Goes out: evidence with its document and record, the best
first. Passages of documents are found by `search`.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text

from pactwatch.store.queries import PAGE
from pactwatch.store.search import match_words

__all__ = ["QuotationHit", "count_quotations", "search_quotations"]

ENOUGH = 1000
"""Matches counted; more are told as "more than"."""

COMMON = 10_000
"""Matches from which words are too common to be ranked ("the"): the first are as good as any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationHit:
    """A sentence of evidence that holds the words searched for."""

    document_id: str
    publisher: str | None
    name: str
    published: str | None
    start: int
    end: int
    text: str
    kind: str
    record_id: str | None
    label: str | None


_SEARCH = """
    SELECT f.document_id, substr(d.publisher, 1, 200) AS publisher, substr(d.name, 1, 200) AS name,
        d.published, e.start, e."end", substr(e.text, 1, 600) AS text, f.kind,
        min(r.id) AS record_id, substr(r.label, 1, 400) AS label
    FROM (
        SELECT rowid AS number, {worth} AS worth FROM finding_evidence_fts
        WHERE finding_evidence_fts MATCH :words ORDER BY {worth}, rowid LIMIT :reach
    ) hit
    JOIN finding_evidence e ON e.number = hit.number
    JOIN finding f ON f.id = e.finding_id
    JOIN document d ON d.id = f.document_id
    LEFT JOIN record_finding rf ON rf.finding_id = f.id
    LEFT JOIN record r ON r.id = rf.record_id
    GROUP BY f.document_id, e.start, e."end", f.kind
    ORDER BY min(hit.worth), d.name, e.start, f.kind LIMIT :limit OFFSET :offset
"""
_RANKED, _UNRANKED = text(_SEARCH.format(worth="rank")), text(_SEARCH.format(worth="rowid"))

_COUNT = text(
    """
    SELECT count(*) FROM (SELECT 1 FROM finding_evidence_fts
    WHERE finding_evidence_fts MATCH :words LIMIT :enough)
    """
)


def search_quotations(
    connection: Connection, words: str, *, offset: int = 0, limit: int = PAGE
) -> list[QuotationHit]:
    """Evidence that holds all the words; "words in quotation marks" stand together."""
    query = match_words(words)
    if not query:
        return []
    values = {"words": query, "limit": limit, "offset": offset, "reach": (offset + limit) * 4}
    many = connection.execute(_COUNT, {"words": query, "enough": COMMON}).scalar_one()
    chosen = _UNRANKED if many >= COMMON else _RANKED
    return [QuotationHit(**row._mapping) for row in connection.execute(chosen, values)]


def count_quotations(connection: Connection, words: str) -> int:
    """How many pieces of evidence hold all the words, up to `ENOUGH`."""
    query = match_words(words)
    if not query:
        return 0
    return int(connection.execute(_COUNT, {"words": query, "enough": ENOUGH}).scalar_one())
