"""Quotations of a thing to decide, in their documents.

Comes in: contexts as `reviewing` cuts them. Goes out: pieces that a page shows, each sentence once
with the other places that print it; the pieces, joined, are the document's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from pactwatch.report.marks import Words
from pactwatch.report.sentences import letters_of
from pactwatch.report.words import date_words, one_line, shorten
from pactwatch.reviewing import Context

__all__ = ["ContextPiece", "context_pieces", "told_by"]

MARGIN = 200  # characters shown before and after a quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextPiece:
    """A quotation with what stands around it; the pieces, joined, are the document's text.

    Attributes:
        start: Offset of the first piece in the document.
        quote: Offset of the quotation.
        goes_on: The document has more behind it.
        also: Other places that print the same sentence: document, offset, source.
    """

    finding_id: str
    claim_id: str
    document_id: str
    source: str
    field: str
    value: str
    start: int
    quote: int
    before: str
    evidence: tuple[Words, ...]
    after: str
    goes_on: bool
    attributed_to: str | None
    also: tuple[tuple[str, int, str], ...] = ()


def told_by(item: Context) -> str:
    """Who printed it, and when."""
    who = one_line((item.publisher or item.document)[:300])[:80]
    return f"{who}, {date_words(item.published) or 'undated'}"


def context_pieces(found: Iterable[Context]) -> Iterator[ContextPiece]:
    """Each sentence once for a claim, with the other places that print it."""
    alike: dict[tuple[object, ...], list[Context]] = {}
    for item in found:
        start, end = (place - item.start for place in item.evidence)
        alike.setdefault((item.claim_id, letters_of(item.text[start:end])), []).append(item)
    for first, *copies in alike.values():
        also = tuple((copy.document_id, copy.evidence[0], told_by(copy)) for copy in copies)
        yield replace(_context(first), also=also)


def _context(item: Context) -> ContextPiece:
    (start, end), (first, last) = item.evidence, item.words
    inside = start <= first and last <= end
    whole = (start, end) == (first, last)
    borders = [start, first, last, end] if inside and not whole else [start, end]
    pieces = [
        Words(text=item.text[a - item.start : b - item.start], marked=(a, b) == (first, last))
        for a, b in pairwise(borders)
        if a < b
    ]
    before, after = item.text[: start - item.start], item.text[end - item.start :]
    shown = _ending(before)
    return ContextPiece(
        finding_id=item.finding_id,
        claim_id=item.claim_id,
        document_id=item.document_id,
        source=told_by(item),
        field=item.field,
        value=shorten(item.value[:600], 120),
        start=start - len(shown),
        quote=start,
        before=shown,
        evidence=tuple(pieces),
        after=_beginning(after),
        goes_on=len(after) >= MARGIN,
        attributed_to=(item.attributed_to or "")[:200] or None,
    )


def _ending(text: str) -> str:
    """The last words of a text, from the beginning of a paragraph or a word."""
    if len(text) <= MARGIN:
        return text
    cut = text[-MARGIN:]
    line = cut.rfind("\n\n", 0, MARGIN // 2)
    return cut[line + 2 :] if line >= 0 else cut[cut.find(" ") + 1 :]


def _beginning(text: str) -> str:
    """The first words of a text, up to the end of a word."""
    if len(text) <= MARGIN:
        return text
    cut = text[:MARGIN]
    return cut[: cut.rfind(" ")] if " " in cut else cut
