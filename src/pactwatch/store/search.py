"""Full-text search over the documents.

Comes in: words as a person types them. Goes out: passages of documents that hold them, the best
documents first, with exact offsets, and the findings and records that stand on these passages.
Words are matched by their stems and without accents; signs that the index takes for operators are
plain words here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, text

from pactwatch.model import Span
from pactwatch.store import tables as t

__all__ = ["Hit", "match_words", "search"]

OPEN, CLOSE = "\ufdd0", "\ufdd1"
"""Mark a match in the index's answer: code points that Unicode keeps out of all text."""

REACH = 300
"""Characters that one passage may span between its first and last match: some three sentences."""

MARGIN = 160
"""Characters shown before and after the matches, if their line is so long."""

PASSAGES = 3
"""The most passages shown of one document."""

_CHOSEN = (
    "SELECT d.number FROM document_fts f JOIN document d ON d.number = f.rowid "
    "WHERE f.document_fts MATCH :words AND d.superseded_by IS NULL ORDER BY {order} LIMIT :limit"
)

_MARKED = text(
    "SELECT d.number, d.id, d.name, d.text, highlight(document_fts, 1, :open, :close) AS marked "
    "FROM document_fts JOIN document d ON d.number = document_fts.rowid "
    "WHERE document_fts MATCH :words AND document_fts.rowid IN :chosen"
).bindparams(bindparam("chosen", expanding=True))
# The best are chosen first: marking every text that matches takes seconds in a large dossier.

COMMON = 5_000
"""Documents that match from which words are too common to be ranked ("the"): the newest come
first."""

_MANY = text(
    "SELECT count(*) FROM (SELECT 1 FROM document_fts WHERE document_fts MATCH :words LIMIT :most)"
)
_RANKED = text(_CHOSEN.format(order="f.rank, d.name, d.id"))
_NEWEST = text(_CHOSEN.format(order="d.published IS NULL, d.published DESC, d.name, d.id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that holds words searched for.

    Attributes:
        start, end: Its place in the document, in code points.
        text: The passage, to the letter.
        marks: The words that match, with offsets in the document.
        finding_ids: Findings whose evidence overlaps the passage.
        record_numbers: Records that these findings went into.
    """

    document_id: str
    document_name: str
    start: int
    end: int
    text: str
    marks: tuple[Span, ...]
    finding_ids: tuple[str, ...]
    record_numbers: tuple[str, ...]


def search(connection: Connection, words: str, *, limit: int = 20) -> list[Hit]:
    """Find passages of current documents that hold all the words; "words in quotation marks" stand
    together. Of words that thousands of documents hold the newest come first, else the best."""
    query = match_words(words)
    if not query or limit < 1:
        return []
    many = connection.execute(_MANY, {"words": query, "most": COMMON}).scalar_one()
    best = _NEWEST if many >= COMMON else _RANKED
    chosen = connection.execute(best, {"words": query, "limit": limit}).scalars().all()
    values = {"open": OPEN, "close": CLOSE, "words": query, "chosen": list(chosen)}
    marked = {row.number: row for row in connection.execute(_MARKED, values)}
    hits: list[Hit] = []
    for row in (marked[number] for number in chosen):
        for start, end, marks in _passages(row.text, _marks(row.text, row.marked)):
            findings, records = _there(connection, row.id, start, end)
            hit = Hit(
                document_id=row.id,
                document_name=row.name,
                start=start,
                end=end,
                text=row.text[start:end],
                marks=tuple(marks),
                finding_ids=findings,
                record_numbers=records,
            )
            hits.append(hit)
    return hits[:limit]


def match_words(words: str) -> str:
    """Write what a person typed as a query of FTS5 in which nothing is an operator; "" when no word
    is in it."""
    plain = words.encode("utf-8", "replace").decode().replace("\0", " ")
    pieces = (m[1] or m[2] for m in re.finditer(r'["“”]([^"“”]+)["“”]|([^\s"“”]+)', plain))
    return " ".join(f'"{piece}"' for piece in pieces if any(map(str.isalnum, piece)))


def _marks(body: str, marked: str) -> list[Span]:
    """Turn the index's marks into offsets of the document."""
    pieces = re.split(f"([{OPEN}{CLOSE}])", marked)
    if "".join(pieces[::2]) != body:
        return []  # the text itself holds code points that no text should: show its beginning
    spans: list[Span] = []
    place = start = 0
    for piece in pieces:
        if piece == OPEN:
            start = place
        elif piece == CLOSE:
            spans.append(Span(start=start, end=place))
        else:
            place += len(piece)
    return spans


def _passages(body: str, marks: list[Span]) -> Iterator[tuple[int, int, list[Span]]]:
    """Yield the passages with the most different words, in the order of the text."""
    groups: list[list[Span]] = []
    for mark in marks:
        if groups and mark.end - groups[-1][0].start <= REACH:
            groups[-1].append(mark)
        else:
            groups.append([mark])

    def different(group: list[Span]) -> int:
        return len({body[mark.start : mark.end].casefold() for mark in group})

    best = sorted(groups, key=lambda group: (-different(group), group[0].start))[:PASSAGES]
    previous = 0
    for group in sorted(best, key=lambda group: group[0].start) or [[Span(start=0, end=0)]]:
        start = max(previous, _before(body, group[0].start))
        end = _after(body, group[-1].end)
        previous = end
        yield start, end, [mark for mark in group if mark.end > mark.start]


def _before(body: str, place: int) -> int:
    line = body.rfind("\n", 0, place) + 1
    if place - line <= MARGIN:
        return line
    blank = body.find(" ", place - MARGIN, place)
    return blank + 1 if blank >= 0 else place - MARGIN


def _after(body: str, place: int) -> int:
    line = body.find("\n", place)
    line = len(body) if line < 0 else line
    if line - place <= MARGIN:
        return line
    blank = body.rfind(" ", place, place + MARGIN)
    return blank if blank >= place else place + MARGIN


def _there(
    connection: Connection, document_id: str, start: int, end: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Findings and records that stand on a passage, in their order."""
    e, f = t.finding_evidence.c, t.finding.c
    findings = (
        select(f.id)
        .join(t.finding_evidence, e.finding_id == f.id)
        .where(f.document_id == document_id, e.start < end, e.end > start)
        .group_by(f.id)
        .order_by(f.position)
    )
    ids = tuple(connection.execute(findings).scalars())
    records = (
        select(t.record.c.number)
        .join(t.record_finding, t.record_finding.c.record_id == t.record.c.id)
        .where(t.record_finding.c.finding_id.in_(ids))
        .group_by(t.record.c.number)
        .order_by(t.record.c.position)
    )
    return ids, tuple(connection.execute(records).scalars())
