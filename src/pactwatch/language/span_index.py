"""Which of many spans lie around a place, without looking at all of them.

Comes in: spans of one text, in any order. Goes out: those around a span, and those that overlap it,
in the order in which they were given. It knows nothing of what they are. A long text holds
thousands of sentences, quotations and mentions, each of which asks for those around it: looking
through all of them each time would take a time that grows with the square of the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

__all__ = ["SpanIndex"]


class SpanIndex:
    """Spans by their place.

    Args:
        spans: ``(start, end)`` each; they may overlap, and lie inside one another.
    """

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted((start, end, place) for place, (start, end) in enumerate(spans))
        self._starts = [start for start, _, _ in ordered]
        self._ends = [end for _, end, _ in ordered]
        self._places = [place for _, _, place in ordered]
        self._reach = list(accumulate(self._ends, max))  # the farthest end up to each

    def around(self, start: int, end: int) -> list[int]:
        """Places of the spans that hold all of ``start:end``."""
        return self._back(bisect_right(self._starts, start), end)

    def overlapping(self, start: int, end: int) -> list[int]:
        """Places of the spans that share a character with ``start:end``."""
        return self._back(bisect_left(self._starts, end), start + 1)

    def _back(self, below: int, least: int) -> list[int]:
        """Of the first so many by their starts, those that end at `least` or after it."""
        found = []
        while below and self._reach[below - 1] >= least:
            below -= 1
            if self._ends[below] >= least:
                found.append(self._places[below])
        return sorted(found)
