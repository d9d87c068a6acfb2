"""Who copies whom: what a page shows of the lineage of its documents.

Comes in: a `Book`, and the anchors of its documents on the page. Goes out: `Copying`: families of
copies, pairs with their passages side by side, and the places of a picture in which each document
is a line in the order of publication and each arc leads from a source to a copy. Nothing here knows
HTML.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pactwatch.lineage import Comparison, compare
from pactwatch.model import Document, Span
from pactwatch.origins import Direction, Passage
from pactwatch.report.book import Book
from pactwatch.report.marks import Words
from pactwatch.report.words import count, date_words, document_words, shorten, source_words

__all__ = ["Arc", "Beside", "Copying", "Group", "Line", "Pair", "make_copying", "mark_spans"]

_LINE = 26  # height of a document's line in the picture
_DRAWN = 40  # documents in the picture at most: more can't be read
_BESIDE = 100  # passages side by side at most; `pactwatch lineage DOCUMENT` shows all
_LABEL = 54  # characters of a document's label in the picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Copies of one text: for each member its anchor, its label, what it is, and its share."""

    members: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One passage in both wordings; `marked` words differ."""

    facts: str
    first: tuple[Words, ...]
    second: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two documents that share passages.

    Attributes:
        arrow: "→" from the first to the second as shown, "—" where nothing decides.
    """

    first: str
    second: str
    first_anchor: str
    second_anchor: str
    arrow: str
    reasons: tuple[str, ...]
    passages: tuple[Beside, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A document in the picture: its height, its label and its anchor."""

    y: int
    label: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """An arc of the picture between two heights, from a source to a copy where that is known."""

    start: int
    end: int
    bend: int
    known: bool
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Copying:
    """All that is shown of lineage."""

    summary: str
    groups: tuple[Group, ...]
    pairs: tuple[Pair, ...]
    lines: tuple[Line, ...]
    arcs: tuple[Arc, ...]
    height: int
    left_out: int


def make_copying(book: Book, anchors: Mapping[str, str]) -> Copying | None:
    """What is to be shown; None where no two documents share a passage."""
    lineage = book.lineage
    directions = [d for d in lineage.directions if {d.first_id, d.second_id} <= anchors.keys()]
    if not directions:
        return None
    groups = tuple(
        Group(
            members=tuple(
                (
                    anchors[m.document_id],
                    source_words(book.documents[m.document_id]),
                    m.relation,
                    "" if m.source_id is None else f"{m.share:.0%} of its words",
                )
                for m in family.members
                if m.document_id in anchors
            )
        )
        for family in lineage.families
    )
    lines, arcs, left_out = _picture(book, anchors, directions)
    copied = [p for p in lineage.passages if p.kind == "copied"]
    return Copying(
        summary=f"{count(len(copied), 'shared passage')} in {count(len(directions), 'pair')}",
        groups=groups,
        pairs=tuple(_pairs(book, anchors, directions)),
        lines=lines,
        arcs=arcs,
        height=_LINE * (len(lines) + 1),
        left_out=left_out,
    )


def mark_spans(text: str, span: Span, marks: Sequence[Span]) -> tuple[Words, ...]:
    """The words of a span, those of `marks` marked; line breaks folded."""
    pieces: list[Words] = []
    at = span.start
    for mark in sorted(m for m in marks if m.start < m.end):
        if mark.start < at or mark.end > span.end:
            continue
        pieces.append(Words(text=_fold(text[at : mark.start]), marked=False))
        pieces.append(Words(text=_fold(text[mark.start : mark.end]), marked=True))
        at = mark.end
    pieces.append(Words(text=_fold(text[at : span.end]), marked=False))
    return tuple(piece for piece in pieces if piece.text)


def _fold(words: str) -> str:
    return " ".join(f"|{words}|".split())[1:-1]


def _picture(
    book: Book, anchors: Mapping[str, str], directions: Sequence[Direction]
) -> tuple[tuple[Line, ...], tuple[Arc, ...], int]:
    """Documents as lines in the order of publication; those with most partners, if all are too
    many."""
    partners: dict[str, int] = {}
    for direction in directions:
        for id_ in (direction.first_id, direction.second_id):
            partners[id_] = partners.get(id_, 0) + 1
    drawn = sorted(partners, key=lambda id_: (-partners[id_], id_))[:_DRAWN]
    documents = sorted(
        (book.documents[id_] for id_ in drawn),
        key=lambda d: (d.published is None, d.published or "", d.name),
    )
    heights = {d.id: _LINE * place for place, d in enumerate(documents, 1)}
    lines = tuple(
        Line(y=heights[d.id], label=shorten(_label(d), _LABEL), anchor=anchors[d.id])
        for d in documents
    )
    arcs = []
    for direction in directions:
        first, second = direction.first_id, direction.second_id
        if first in heights and second in heights:
            start, end = (second, first) if direction.source_id == second else (first, second)
            gap = abs(heights[end] - heights[start])
            title = f"{_label(book.documents[start])} → {_label(book.documents[end])}"
            arcs.append(
                Arc(
                    start=heights[start],
                    end=heights[end],
                    bend=min(150, 18 + gap // 2),
                    known=direction.source_id is not None,
                    title=title if direction.source_id else f"{title} (undecided)",
                )
            )
    return lines, tuple(arcs), len(partners) - len(drawn)


def _label(document: Document) -> str:
    name = document.publisher or document_words(document)
    return f"{date_words(document.published) or 'undated'}  {name}"


def _pairs(book: Book, anchors: Mapping[str, str], directions: Sequence[Direction]) -> list[Pair]:
    passages: dict[tuple[str, str], list[Passage]] = {}
    for passage in book.lineage.passages:
        passages.setdefault((passage.first_id, passage.second_id), []).append(passage)
    left, pairs = _BESIDE, []
    for direction in directions:
        own = passages.get((direction.first_id, direction.second_id), [])
        shown = own[:left]
        left -= len(shown)
        swap = direction.source_id == direction.second_id
        ids = [direction.first_id, direction.second_id]
        first, second = (book.documents[id_] for id_ in (reversed(ids) if swap else ids))
        besides = [_beside(book, passage, swap) for passage in shown]
        pairs.append(
            Pair(
                first=source_words(first),
                second=source_words(second),
                first_anchor=anchors[first.id],
                second_anchor=anchors[second.id],
                arrow="→" if direction.source_id else "—",
                reasons=tuple(reason.text for reason in direction.reasons),
                passages=tuple(besides),
                more=len(own) - len(shown),
            )
        )
    return pairs


def _beside(book: Book, passage: Passage, swap: bool) -> Beside:
    first, second = book.documents[passage.first_id], book.documents[passage.second_id]
    found: Comparison = compare(passage, first, second)
    sides = (
        mark_spans(first.text, found.first, [d.first for d in found.differences]),
        mark_spans(second.text, found.second, [d.second for d in found.differences]),
    )
    account = book.accounts.get(book.lineage.account_of.get(passage.id, ""))
    same = "same words" if passage.kind == "copied" else "words of the same stem"
    facts = f"{passage.words:,} {same}, {passage.similarity:.0%} alike"
    return Beside(
        facts=f"{facts} · account: {account.label}" if account else facts,
        first=sides[1] if swap else sides[0],
        second=sides[0] if swap else sides[1],
    )
