"""Columns of a page in the order in which they are read.

Comes in: the lines of a page. Goes out: lists of lines, each from top to bottom, to be read one
after the other. A gutter is a strip that no line of a band of the page crosses, with running text
on both sides; cells of a table are no columns, however well they line up. What crosses the gutter
(a headline, a wide table) ends the band.

The search runs from each left edge that lines share, like the gutter search in Breuel 2002, "Two
geometric algorithms for layout analysis", without its general rectangles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pactwatch.documents.layout.words import Line

__all__ = ["find_columns"]

_FEWEST = 3  # lines on each side of a gutter
_NARROWEST = 0.6  # gutter, in heights of type
_FEWEST_WORDS = 3  # in the middle line of a column; cells of tables have less
_FULL = 0.55  # of a column's width that its middle line fills
_DEEPEST = 6  # columns within columns
_MOST_EDGES = 24


@dataclass(frozen=True, slots=True)
class _Band:
    left: list[Line]
    right: list[Line]

    def size(self) -> int:
        return len(self.left) + len(self.right)


def find_columns(lines: Sequence[Line]) -> list[list[Line]]:
    """Put the lines of a page into columns, and these into reading order."""
    ordered = sorted(lines, key=lambda line: (line.y, line.x0))
    return [column for column in _split(ordered, _DEEPEST) if column]


def _split(lines: list[Line], depth: int) -> list[list[Line]]:
    band = _best_band(lines) if depth and len(lines) >= 2 * _FEWEST else None
    if band is None:
        return [lines]
    inside = {id(line) for line in (*band.left, *band.right)}
    top = min(band.left[0].y, band.right[0].y)
    above = [line for line in lines if id(line) not in inside and line.y <= top]
    below = [line for line in lines if id(line) not in inside and line.y > top]
    return [
        column
        for part in (above, band.left, band.right, below)
        for column in _split(part, depth - 1)
    ]


def _best_band(lines: list[Line]) -> _Band | None:
    left = min(line.x0 for line in lines)
    width = max(line.x1 for line in lines) - left
    bands = (
        band
        for edge in _edges(lines)
        if 0.12 * width < edge - left < 0.9 * width
        for band in _bands(lines, edge)
    )
    return max(bands, key=_Band.size, default=None)


def _edges(lines: list[Line]) -> list[float]:
    """Left edges that lines share, the commonest first."""
    counts = Counter(round(line.x0 / 3) for line in lines)
    shared = [
        (counts[key] + counts[key - 1] + counts[key + 1], -key)
        for key in counts
        if counts[key] >= counts[key - 1] and counts[key] > counts[key + 1]
    ]
    best = sorted((pair for pair in shared if pair[0] >= _FEWEST), reverse=True)[:_MOST_EDGES]
    return [3.0 * -key - 4.5 for _, key in best]


def _bands(lines: list[Line], edge: float) -> list[_Band]:
    """Runs of lines that leave a strip at the left of an edge free, where both sides are text."""
    found: list[_Band] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        if line.x0 >= edge:
            right.append(line)
        elif line.x1 < edge + 4.5 - _NARROWEST * line.size:
            left.append(line)
        else:
            found.append(_Band(left, right))
            left, right = [], []
    found.append(_Band(left, right))
    return [band for band in found if _is_set_in_columns(band)]


def _is_set_in_columns(band: _Band) -> bool:
    if min(len(band.left), len(band.right)) < _FEWEST:
        return False
    top = max(band.left[0].y, band.right[0].y)
    bottom = min(band.left[-1].y, band.right[-1].y)
    shorter = min(band.left[-1].y - band.left[0].y, band.right[-1].y - band.right[0].y)
    if bottom - top < 0.5 * shorter:
        return False  # one stands below the other
    if _is_text(band.left) and _is_text(band.right):
        return True
    return _is_margin(band.left, band.right) or _is_margin(band.right, band.left)


def _is_text(lines: list[Line]) -> bool:
    if median(len(line.words) for line in lines) < _FEWEST_WORDS:
        return False
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    return median(_beside(lines)) >= _FULL * width


def _is_margin(side: list[Line], main: list[Line]) -> bool:
    """Notes in the margin of a text: short lines that don't stand on its baselines."""
    if len(main) < 2 * _FEWEST or not _is_text(main) or len(side) > len(main):
        return False
    baselines = [line.y for line in main]
    beside = sum(any(abs(line.y - y) < 0.1 * line.size for y in baselines) for line in side)
    return 2 * beside < len(side)


def _beside(lines: list[Line]) -> list[float]:
    """For each line the width that it covers with the lines at its side, which in columns within
    columns may stand up to half a line higher or lower."""
    widths = []
    first = 0
    for line in lines:
        reach = 0.62 * line.size
        while lines[first].y < line.y - reach:
            first += 1
        near = []
        for other in lines[first:]:
            if other.y > line.y + reach:
                break
            near.append((other.x0, other.x1))
        widths.append(_united(sorted(near)))
    return widths


def _united(spans: list[tuple[float, float]]) -> float:
    total, reached = 0.0, float("-inf")
    for start, end in spans:
        total += max(end - max(start, reached), 0.0)
        reached = max(reached, end)
    return total
