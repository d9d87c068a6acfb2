"""Quotations of a text: which words stand between quotation marks, over paragraphs too.

Comes in: a text and its blocks. Goes out: quotations in reading order, the outermost only, as spans
of the words without their marks. Double, single and angle marks are understood, straight and curly,
and apostrophes are told apart from them. It never decides who speaks, nor whether words are a
statement or a mere scare quote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Literal

from pactwatch.language.blocks import Block
from pactwatch.model import Span

__all__ = ["Quotation", "find_quotations"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words between quotation marks.

    Attributes:
        pieces: The words without outer marks and surrounding whitespace, one span a paragraph, at
            least one.
        opened: The first opening mark.
        closed: Whether a closing mark was found; without one it ends with its paragraph.
    """

    pieces: tuple[Span, ...]
    opened: Span
    closed: bool


_Family = Literal["double", "single", "angle"]
_MARK = re.compile(r"‘‘|’’|''|``|[“”„‟\"«»‘’‛']")
_FAMILY: dict[str, _Family] = {
    "‘": "single",
    "’": "single",
    "‛": "single",
    "'": "single",
    "«": "angle",
    "»": "angle",
}
_OPENING = frozenset(["“", "„", "‟", "‘‘", "``", "«", "‘", "‛"])
_CLOSING = frozenset(["”", "’’", "»", "’"])
_STOPS = ".?!…:;’'"
_ELISION = re.compile(r"(?:\d0s|em|til|tis|twas|n|bout)\b", re.IGNORECASE)
_WORD_NEXT = re.compile(r"\s\s?\s?\w")
_SHORT = 12  # characters: a longer quotation does not end with what may be a plural possessive


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark in its block.

    Attributes:
        left: Whether it touches what stands before it; brackets and dashes don't count.
        right: Whether it touches a word that follows.
        stopped: Whether the words before it end with a stop, or it begins the block.
    """

    shape: str
    start: int
    end: int
    family: _Family
    left: bool
    right: bool
    stopped: bool


@dataclass(slots=True)
class _Open:
    """A quotation whose end was not met yet."""

    mark: _Mark
    start: int  # of the current piece
    pieces: list[Span] = field(default_factory=list)

    def cut(self, text: str, end: int) -> None:
        """End the current piece."""
        words = text[self.start : end]
        start = self.start + len(words) - len(words.lstrip())
        end = self.start + len(words.rstrip())
        if start < end:
            self.pieces.append(Span(start=start, end=end))


def find_quotations(text: str, blocks: Sequence[Block]) -> list[Quotation]:
    """Find the outermost quotations of a text, in reading order, in time linear in the text."""
    found: list[Quotation] = []
    current: _Open | None = None

    def finish(quotation: _Open, end: int, *, closed: bool) -> None:
        quotation.cut(text, end)
        if quotation.pieces:
            opened = Span(start=quotation.mark.start, end=quotation.mark.end)
            found.append(Quotation(pieces=tuple(quotation.pieces), opened=opened, closed=closed))

    for block, following in zip_longest(blocks, blocks[1:]):
        marks = _marks(text, block)
        goes_on = _family_at_start(text, following) if following else None
        ends = _single_ends(text, marks, goes_on=goes_on == "single")
        last = -1  # the mark that ends the current single quotation
        for index, mark in enumerate(marks):
            if current is None:
                if _opens(text, mark, end=ends.get(index)):
                    current, last = _Open(mark, mark.end), ends.get(index, -1)
            elif mark.family != current.mark.family:
                continue
            elif mark.start == block.start:  # the next paragraph of the same quotation
                current.start, last = mark.end, ends.get(index, -1)
            elif _closes(mark) if mark.family != "single" else index == last:
                finish(current, mark.start, closed=True)
                current = None
            elif mark.family == "single" and not (index in ends and mark.stopped):
                continue
            elif mark.stopped:  # a new paragraph of it, though no break is left
                current.cut(text, mark.start)
                current.start, last = mark.end, ends.get(index, last)
            else:
                finish(current, mark.start, closed=False)
                current = _Open(mark, mark.end)
        if current is not None and current.mark.family == goes_on:
            current.cut(text, block.end)
        elif current is not None:
            finish(current, block.end, closed=False)
            current = None
    return found


def _marks(text: str, block: Block) -> list[_Mark]:
    marks = []
    for match in _MARK.finditer(text, block.start, block.end):
        start, end = match.span()
        before = text[start - 1] if start > block.start else " "
        after = text[end] if end < block.end else " "
        place = start - 1
        while place > block.start and text[place].isspace():
            place -= 1
        marks.append(
            _Mark(
                shape=match.group(),
                start=start,
                end=end,
                family=_FAMILY.get(match.group(), "double"),
                left=not (before.isspace() or before in "([{<–—-/"),
                right=after.isalnum() or after in "$€£#@‘'“\"([{<…",
                stopped=start == block.start or text[place] in _STOPS,
            )
        )
    return marks


def _family_at_start(text: str, block: Block) -> _Family | None:
    """The family of the opening mark with which a block begins."""
    match = _MARK.match(text, block.start, block.end)
    if match is None or match.group() in _CLOSING:
        return None
    return _FAMILY.get(match.group(), "double")


def _opens(text: str, mark: _Mark, *, end: int | None) -> bool:
    """Tell whether a mark outside all quotations opens one."""
    if mark.family == "single":
        return end is not None and (end >= 0 or mark.stopped)
    if mark.shape in _OPENING:
        return mark.right or not mark.left
    if mark.shape in _CLOSING:
        return mark.right and not mark.left
    return not mark.left or (mark.right and not text[mark.start - 1].isdigit())


def _closes(mark: _Mark) -> bool:
    """Tell whether a double or angle mark closes a quotation of its family, or opens anew."""
    if mark.shape in _OPENING:
        return mark.left and not mark.right
    return mark.shape in _CLOSING or mark.left or not mark.right


def _single_ends(text: str, marks: Sequence[_Mark], *, goes_on: bool) -> dict[int, int]:
    """Map each single mark that may open a quotation to the mark that ends it, or to -1.

    A mark after a final s and before a word may be a plural possessive ("the ministers’ meeting").
    It is taken as an end only where no clear one follows before another quotation opens.
    """
    ends: dict[int, int] = {}
    clear = doubtful = opening = len(marks)
    for index in range(len(marks) - 1, -1, -1):
        mark = marks[index]
        if mark.family != "single":
            continue
        if _may_open(text, mark):
            end = clear
            if doubtful < clear and (clear == len(marks) or doubtful < opening < clear):
                short = marks[doubtful].start - mark.end <= _SHORT
                end = doubtful if short or not goes_on else clear
            ends[index] = end if end < len(marks) else -1
            opening = index
        elif mark.shape in "’'" and not text[mark.end : mark.end + 1].isalnum():
            if text[mark.start - 1 : mark.start] in ("s", "S") and _WORD_NEXT.match(text, mark.end):
                doubtful = index
            else:
                clear = index
    return ends


def _may_open(text: str, mark: _Mark) -> bool:
    if _ELISION.match(text, mark.end):
        return False
    if mark.shape in _OPENING:
        return not mark.left or text[mark.start - 1] in '"“'
    before = text[mark.start - 1 : mark.start]
    return mark.right and (not mark.left or before in '"“') and (mark.shape == "'" or mark.stopped)
