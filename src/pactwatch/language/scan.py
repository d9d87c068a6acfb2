"""Finding thousands of fixed names in one pass, however the text breaks its lines.

Comes in: a text, and entries that were compiled once. Goes out: whole-word matches, longest first,
disjoint, and the way back to offsets of the text as it stands. It knows nothing of what the names
mean, and never matches over a blank line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick

__all__ = ["Folded", "Gazetteer", "fold"]

T = TypeVar("T")

_SAME_LENGTH = str.maketrans({"’": "'", "ʼ": "'", "\u00a0": " ", "\t": " ", "\u202f": " "})
_GAPS = re.compile(r"\s{2,}")
_LINE_BREAK = re.compile(r"(?<=\S)[\r\n](?=\S)(?!\d{1,2}[.)]\s)")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text with single spaces and straight apostrophes, and the way back to its own offsets.

    Attributes:
        text: Runs of white space are one blank, or one line break where the text has a blank line.
        cuts: Offsets in `text` after which characters were left out, sorted.
        shifts: How many characters were left out up to each cut.
    """

    text: str
    cuts: tuple[int, ...]
    shifts: tuple[int, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Give the span of the original text for a non-empty span of `text`."""
        return self._at(start), self._at(end - 1) + 1

    def _at(self, offset: int) -> int:
        index = bisect_right(self.cuts, offset) - 1
        return offset + (self.shifts[index] if index >= 0 else 0)


def fold(text: str) -> Folded:
    """Fold white space and apostrophes, so that names match over line ends and double blanks."""
    text = _LINE_BREAK.sub(" ", text.translate(_SAME_LENGTH))
    parts: list[str] = []
    cuts: list[int] = []
    shifts: list[int] = []
    last = left_out = 0
    for gap in _GAPS.finditer(text):
        parts += text[last : gap.start()], "\n" if gap[0].count("\n") > 1 else " "
        left_out += len(gap[0]) - 1
        cuts.append(gap.end() - left_out)
        shifts.append(left_out)
        last = gap.end()
    parts.append(text[last:])
    return Folded("".join(parts), tuple(cuts), tuple(shifts))


class Gazetteer(Generic[T]):
    """Names compiled to one automaton that finds the longest whole-word matches."""

    def __init__(self, entries: Mapping[str, T]) -> None:
        self._names = tuple(entries)
        self._values = tuple(entries.values())
        self._automaton = AhoCorasick(self._names)

    def find(self, text: str) -> list[tuple[int, int, T]]:
        """Find all names in a folded text as ``(start, end, value)``, disjoint and sorted."""
        size = len(text)
        whole = [
            (start, -end, index)
            for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if (start == 0 or not (text[start - 1].isalnum() or text[start - 1] in "_@"))
            and (end == size or not (text[end].isalnum() or text[end] == "_"))
        ]
        whole.sort()
        found: list[tuple[int, int, T]] = []
        reached = 0
        for start, negative_end, index in whole:
            if start >= reached:
                reached = -negative_end
                found.append((start, reached, self._values[index]))
        return found
