"""Rows of a column: what stands side by side is one line again, or the cells of a table.

Comes in: the lines of a column. Goes out: rows from top to bottom, each with its cells. A list's
mark and the words after it are one cell; so are words that were drawn out of order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pactwatch.documents.layout.words import WIDE_GAP, Line, make_line

__all__ = ["MARK", "Row", "make_rows"]

MARK = re.compile(
    r"(?:[•·▪■●◦○‣∙*–—-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{2,5})[.)]|\d{1,2}(?:\.\d{1,2}){1,3})"
)
"""What stands before an item of a list."""
_ALIGNED = 3.0  # points by which the edges of cells of one column may differ
_APART = 3.0  # heights of type between words that are cells whatever stands around them


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Row:
    """What stands on one baseline of a column.

    Attributes:
        cells: From left to right; more than one for a row of a table.
    """

    cells: Sequence[Line]
    x0: float
    x1: float
    y: float
    size: float
    largest: float
    bold: bool

    @property
    def text(self) -> str:
        """Its words, cells set apart by tabs."""
        return "\t".join(cell.text for cell in self.cells)


def make_rows(lines: Sequence[Line]) -> list[Row]:
    """Put the lines of a column into rows."""
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.y, line.x0)):
        last = groups[-1][0] if groups else None
        if last and line.y - last.y < 0.4 * min(last.size, line.size):
            groups[-1].append(line)
        else:
            groups.append([line])
    rows = [_together(sorted(group, key=lambda line: line.x0)) for group in groups]
    return [
        _row(_cells(cells, rows[at - 1] if at else (), rows[at + 1] if at + 1 < len(rows) else ()))
        for at, cells in enumerate(rows)
    ]


def _together(lines: list[Line]) -> list[Line]:
    """Join what no wide gap divides, and a list's mark with what follows it."""
    joined = [lines[0]]
    for line in lines[1:]:
        last = joined[-1]
        near = line.x0 - last.x1 <= WIDE_GAP * max(last.size, line.size)
        if near or (len(joined) == 1 and MARK.fullmatch(last.text) and len(lines) == 2):
            joined[-1] = make_line([*last.words, *line.words])
        else:
            joined.append(line)
    return joined


def _cells(cells: list[Line], above: Sequence[Line], below: Sequence[Line]) -> list[Line]:
    """The cells of a row; one, if what divides them is only the wide blank of justified text."""
    kept = [cells[0]]
    for cell in cells[1:]:
        last = kept[-1]
        gap = (cell.x0 - last.x1) / max(last.size, cell.size)
        if gap > _APART or any(_lines_up(cell, other) for other in (*above[1:], *below[1:])):
            kept.append(cell)
        else:
            kept[-1] = make_line([*last.words, *cell.words])
    return kept


def _lines_up(cell: Line, other: Line) -> bool:
    middle = abs(cell.x0 + cell.x1 - other.x0 - other.x1) / 2
    return min(abs(cell.x0 - other.x0), abs(cell.x1 - other.x1), middle) < _ALIGNED


def _row(cells: Sequence[Line]) -> Row:
    main = max(cells, key=lambda cell: len(cell.text))
    return Row(
        cells=cells,
        x0=cells[0].x0,
        x1=max(cell.x1 for cell in cells),
        y=main.y,
        size=main.size,
        largest=max(cell.largest for cell in cells),
        bold=all(cell.bold for cell in cells),
    )
