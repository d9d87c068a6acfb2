"""Documents and quotations cut into pieces: what is quoted, what is furniture, what is plain.

Comes in: a document's text and the spans that stand behind claims. Goes out: pieces that, joined,
are the text to the letter. Nothing is escaped here and nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pactwatch.model import Document, Quote

__all__ = ["Piece", "Words", "cut_document", "cut_evidence"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a document's text.

    Attributes:
        text: The characters, to the letter.
        quoted: It is evidence of a claim.
        furniture: It is navigation or the like, from which no finding is made.
        anchors: Offsets of the pieces of evidence that begin here, to which claims link.
    """

    text: str
    quoted: bool
    furniture: bool
    anchors: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A stretch of an evidence sentence; `marked` words are those that fill the field."""

    text: str
    marked: bool


def cut_document(document: Document, evidence: Iterable[Quote]) -> list[Piece]:
    """Cut a text at every border of evidence and furniture. The pieces, joined, are the text."""
    quotes = [(q.start, q.end) for q in evidence if 0 <= q.start < q.end <= len(document.text)]
    furniture = [(span.start, span.end) for span in document.furniture]
    starts = {start for start, _ in quotes}
    # Evidence inside other evidence only needs its anchor; a run of marks has no inner border.
    borders = {0, len(document.text), *starts}
    for start, end in [*_merge(quotes), *_merge(furniture)]:
        borders |= {start, end}
    cuts = sorted(border for border in borders if 0 <= border <= len(document.text))
    inside_quotes, inside_furniture = _Cover(_merge(quotes)), _Cover(_merge(furniture))
    return [
        Piece(
            text=document.text[start:end],
            quoted=inside_quotes.holds(start),
            furniture=inside_furniture.holds(start),
            anchors=(start,) if start in starts else (),
        )
        for start, end in pairwise(cuts)
    ]


def cut_evidence(evidence: Quote, words: Sequence[Quote]) -> list[Words]:
    """Cut an evidence sentence so that the words inside it that fill fields can be marked."""
    inside = [
        (w.start - evidence.start, w.end - evidence.start)
        for w in words
        if w.document_id == evidence.document_id
        and evidence.start <= w.start
        and w.end <= evidence.end
    ]
    pieces, at = [], 0
    for start, end in _merge(inside):
        pieces.append(Words(text=evidence.text[at:start], marked=False))
        pieces.append(Words(text=evidence.text[start:end], marked=True))
        at = end
    pieces.append(Words(text=evidence.text[at:], marked=False))
    return [piece for piece in pieces if piece.text]


def _merge(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join spans that overlap; sorted."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


class _Cover:
    """Sorted, separate spans that are asked for ascending places, each in passing."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._spans, self._next = spans, 0

    def holds(self, place: int) -> bool:
        while self._next < len(self._spans) and self._spans[self._next][1] <= place:
            self._next += 1
        return self._next < len(self._spans) and self._spans[self._next][0] <= place
