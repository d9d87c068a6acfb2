"""Paragraphs of a column, rebuilt from its rows.

Comes in: the rows of a column, and what is usual in the whole document. Goes out: blocks:
paragraphs, headings, tables, and the notes at the page's foot, each with its lines. A new paragraph
begins where a line is indented, set apart, marked as an item, in other type, or where the line
before had room for its first word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from pactwatch.documents.layout.hyphens import CUT
from pactwatch.documents.layout.rows import MARK, Row

__all__ = ["ENDS", "Block", "Usual", "is_unfinished", "make_blocks", "runs_on", "usual_of"]

ENDS = re.compile(r"[.!?:;…][\"'”’»)\]]*[\d⁰¹²³⁴-⁹*†‡]{0,3}$")
"""How a finished sentence ends, with the mark of a note or without."""
_LEADS_ON = re.compile(
    r"(?:,|\b(?:of|and|the|for|to|in|on|with|between|by|on behalf|from|or|as|at|an?))$", re.I
)
_NOTE = re.compile(r"(?:[⁰¹²³⁴-⁹]{1,3}|\d{1,3}[.)]?\s|[*†‡§]{1,3})\s*\S")
_DATE_OR_NUMBER = re.compile(r"\W*\d|.*\b(?:19|20)\d\d\W*$")
_ABBREVIATED = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Capt|Sgt|Sen|Rep|Gov|Prof|Hon|Messrs|No|Nos|Art|Sec|Ed|St|vs|cf"
    r"|pp?|v)\.$"
)
_RAGGED = 0.25  # of a column's width that a line within a paragraph may leave free
_SMALL = 0.93  # of the text's size: the type of notes
_STEPS = 0.05  # of leading, as measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What is usual in a document: the height of its type, and the leading as a multiple of it."""

    size: float
    leading: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Block:
    """A paragraph, heading, table or note.

    Attributes:
        lines: The words of its rows.
        full: Its last line has no room for another word.
        left, right: The column's borders.
    """

    kind: Literal["text", "table", "note"]
    rows: Sequence[Row]
    lines: Sequence[str]
    left: float
    right: float


def usual_of(columns: Iterable[Sequence[Row]]) -> Usual:
    """Measure what is usual, over all columns."""
    sizes: Counter[float] = Counter()
    leadings: Counter[int] = Counter()
    for rows in columns:
        for row in rows:
            sizes[round(row.size * 4) / 4] += len(row.text)
        leadings.update(_leadings(rows))
    size = max(sizes, key=lambda key: (sizes[key], key), default=12.0)
    step = max(leadings, key=lambda key: (leadings[key], -key), default=round(1.2 / _STEPS))
    return Usual(size=size, leading=step * _STEPS)


def _leadings(rows: Sequence[Row]) -> list[int]:
    """Steps between lines of which the upper reaches the column's edge, so that the lower goes on
    with it."""
    if not rows:
        return []
    right = _right(rows)
    return [
        round((below.y - above.y) / above.size / _STEPS)
        for above, below in pairwise(rows)
        if right - above.x1 < 2 * above.size
        and _same_size(above, below)
        and below.y - above.y < 4 * above.size
    ]


def make_blocks(rows: Sequence[Row], usual: Usual, *, height: float) -> list[Block]:
    """Cut a column into blocks.

    Args:
        height: Of the page.
    """
    if not rows:
        return []
    own = Counter(_leadings(rows))
    leading = usual.leading
    if own.total() >= 6:
        leading = max(own, key=lambda key: (own[key], -key)) * _STEPS
    notes = _notes_begin(rows, usual, leading, height)
    blocks = _blocks(rows[:notes], leading, usual)
    return [*blocks, *_note_blocks(rows[notes:], leading, usual)]


def _blocks(rows: Sequence[Row], leading: float, usual: Usual) -> list[Block]:
    if not rows:
        return []
    left, right = _left(rows), _right(rows)
    groups: list[list[Row]] = [[rows[0]]]
    for row in rows[1:]:
        if _begins(groups[-1], row, left, right, leading, usual):
            groups.append([row])
        else:
            groups[-1].append(row)
    return [_block(group, left, right) for group in groups]


def _block(rows: list[Row], left: float, right: float) -> Block:
    if any(len(row.cells) > 1 for row in rows):
        return Block(kind="table", rows=rows, lines=_table(rows), left=left, right=right)
    lines = [row.text for row in rows]
    return Block(kind="text", rows=rows, lines=lines, left=left, right=right)


def _begins(
    group: list[Row], row: Row, left: float, right: float, leading: float, usual: Usual
) -> bool:
    """Tell whether a row begins a new block."""
    last = group[-1]
    step = (row.y - last.y) / max(last.size, row.size)
    if len(last.cells) > 1 or len(row.cells) > 1:
        return not _in_table(group, row, step, leading)
    goes_on = row.text[0].islower() and not _is_finished(last)
    if not _same_size(last, row) or last.bold != row.bold:
        return not _same_heading(last, row, step, usual)
    if step > (1.24 if not goes_on else 1.7) * leading:
        return not _same_heading(last, row, step, usual)
    if _is_item(row, last, right) or (_opens_bold(row) and ENDS.search(last.text)):
        return True
    if goes_on:
        return False
    if _is_indented(group, row, right):
        return True
    if last.text[-1] in f"-{CUT}" and last.text[-2:-1].isalnum():
        return False
    room = right - last.x1
    if room < _first_width(row) + 0.8 * row.size:
        return False
    if not _is_finished(last) and room < _RAGGED * (right - left):
        return False  # an odd line within a sentence
    return not _same_heading(last, row, step, usual)


def _is_finished(row: Row) -> bool:
    return bool(ENDS.search(row.text)) and not _ABBREVIATED.search(row.text)


def _same_size(one: Row, other: Row) -> bool:
    """In type of one size, small capitals and large initials aside."""
    return _near(one.size, other.size) or _near(one.largest, other.largest)


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= 0.08 * max(one, other)


def _same_heading(last: Row, row: Row, step: float, usual: Usual) -> bool:
    """Two lines of one heading: both large, or the first leads on ("Agreement between")."""
    if not _same_size(last, row) or last.bold != row.bold or step > 1.6:
        return False
    large = min(last.size, row.size) > 1.15 * usual.size
    heading = large or last.bold or (last.text.isupper() and row.text.isupper())
    if not heading or ENDS.search(last.text) or _DATE_OR_NUMBER.match(row.text):
        return False
    return large or row.text[0].islower() or bool(_LEADS_ON.search(last.text))


def _opens_bold(row: Row) -> bool:
    """Its first word is a heading that runs into the text."""
    return row.cells[0].words[0].bold and not row.bold


def _is_item(row: Row, last: Row, right: float) -> bool:
    """An item of a list; a number may also be the rest of "Article / 5."."""
    mark = row.text.partition(" ")[0]
    if not MARK.fullmatch(mark) or " " not in row.text:
        return False
    sure = not mark[0].isalnum() and mark[0] not in "–—-*"
    return sure or bool(ENDS.search(last.text)) or right - last.x1 > 3 * row.size


def _is_indented(group: list[Row], row: Row, right: float) -> bool:
    """The first line of a paragraph stands right of the lines before; the line after a block of
    indented ones stands left of them."""
    last, shift = group[-1], row.x0 - group[-1].x0
    if shift > 0.7 * row.size:
        return not (len(group) == 1 and (MARK.match(last.text) or _hangs(last, right)))
    return shift < -0.7 * row.size and len(group) > 1


def _hangs(last: Row, right: float) -> bool:
    """The first line of a paragraph whose other lines are indented reaches the edge, unfinished."""
    return right - last.x1 < last.size and not ENDS.search(last.text)


def _in_table(group: list[Row], row: Row, step: float, leading: float) -> bool:
    """Tell whether a row goes on with a table: more cells, or the rest of a cell."""
    last = group[-1]
    if step > 3.5:
        return False
    if len(row.cells) > 1 and len(last.cells) > 1:
        return True
    whole = next((one for one in reversed(group) if len(one.cells) > 1), None)
    if whole is None:
        return False
    beside = any(abs(row.x0 - cell.x0) < 3 for cell in whole.cells[1:])
    narrow = row.x1 < whole.cells[1].x0
    return (beside or narrow) and step <= 1.24 * leading


def _table(rows: Sequence[Row]) -> list[str]:
    """The lines of a table; what a cell has more of below itself goes into it."""
    lines: list[list[str]] = []
    columns: list[list[float]] = []
    for row in rows:
        rest = bool(columns) and all(
            any(abs(cell.x0 - x0) < 3 for x0 in columns[-1][1:]) for cell in row.cells
        )
        if not rest:
            lines.append([cell.text for cell in row.cells])
            columns.append([cell.x0 for cell in row.cells])
            continue
        for cell in row.cells:
            at = next(n for n, x0 in enumerate(columns[-1]) if n and abs(cell.x0 - x0) < 3)
            lines[-1][at] += f" {cell.text}"
    return ["\t".join(cells) for cells in lines]


def _left(rows: Sequence[Row]) -> float:
    edges = Counter(round(row.x0 / 2) for row in rows)
    return 2.0 * max(edges, key=lambda key: (edges[key], -key))


def _right(rows: Sequence[Row]) -> float:
    """The right edge of text: of a twentieth of the lines that reach farthest, the nearest."""
    edges = sorted((row.x1 for row in rows), reverse=True)
    return edges[len(edges) // 20]


def _first_width(row: Row) -> float:
    word = row.cells[0].words[0]
    return word.x1 - word.x0


def _notes_begin(rows: Sequence[Row], usual: Usual, leading: float, height: float) -> int:
    """The place of the first note among rows: small type from there to the column's foot, that
    begins with a mark, or stands apart under an unfinished sentence."""
    small = len(rows)
    while small and rows[small - 1].size < _SMALL * usual.size:
        small -= 1
    for at in range(small, len(rows)):
        if rows[at].y > 0.4 * height and _NOTE.match(rows[at].text):
            return at
    if 0 < small < len(rows):
        last, first = rows[small - 1], rows[small]
        apart = first.y - last.y > 1.24 * leading * last.size
        if apart and first.y > 0.5 * height and not ENDS.search(last.text):
            return small
    return len(rows)


def _note_blocks(rows: Sequence[Row], leading: float, usual: Usual) -> list[Block]:
    """Notes: paragraphs in their own right, that their marks set apart too."""
    groups: list[list[Row]] = []
    for row in rows:
        if groups and not _NOTE.match(row.text):
            groups[-1].append(row)
        else:
            groups.append([row])
    return [
        replace(block, kind="note", lines=[line.replace("\t", " ") for line in block.lines])
        for group in groups
        for block in _blocks(group, leading, usual)
    ]


def is_unfinished(block: Block) -> bool:
    """Tell whether a block ends within a sentence."""
    return block.kind == "text" and not ENDS.search(block.lines[-1])


def runs_on(block: Block, after: Block) -> bool:
    """Tell whether a block at the end of a column or page goes on in the next."""
    if (block.kind, after.kind) not in (("text", "text"), ("note", "note")):
        return False
    last, first = block.rows[-1], after.rows[0]
    if not _same_size(last, first) or last.bold != first.bold or ENDS.search(last.text):
        return False
    if first.text[0].islower():
        return True
    if MARK.fullmatch(first.text.partition(" ")[0]):
        return False
    room = block.right - last.x1
    return room <= _first_width(first) + 0.8 * first.size and first.x0 - after.left < first.size
