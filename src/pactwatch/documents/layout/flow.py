"""Pages put one after the other: the text, and where in it each page is.

Comes in: sheets. Goes out: one text, in which a paragraph that runs over columns and pages is
whole, notes stand after the paragraph that runs over their page's end, and tables have a line for
each row; and its sections, in order and without overlap, so that each character leads to its page.
A page may have several sections, where its note stands after the next page's first lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from pactwatch.documents.layout.columns import find_columns
from pactwatch.documents.layout.hyphens import CUT, Spelling, join_lines
from pactwatch.documents.layout.paragraphs import (
    Block,
    Usual,
    is_unfinished,
    make_blocks,
    runs_on,
    usual_of,
)
from pactwatch.documents.layout.rows import Row, make_rows
from pactwatch.documents.layout.running import drop_running
from pactwatch.documents.layout.words import Sheet, gather_lines
from pactwatch.model import Section

__all__ = ["Laid", "lay_out"]

_RAISED = re.compile(r"[⁰¹²³⁴-⁹]+")
_FIGURES = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_NUMBER = re.compile(r"\d{1,3}")
_LEADERS = re.compile(r"\s*(?:\.\s?){4,}\s*")
_LONGEST_HEADLINE = 250  # characters
_LOOKED_BACK = 8  # blocks that may stand in a margin or picture between a paragraph and its rest
_LOOKED_AT = 3  # blocks on the next page that a heading or picture may push before the rest


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A text laid out.

    Attributes:
        sections: Pages, covering the whole text.
        headline: The words in the largest type of the first page, if larger than the text's.
    """

    text: str
    sections: tuple[Section, ...]
    headline: str | None


@dataclass(slots=True, eq=False)
class _Part:
    """A block that is being put together of blocks on one or more sheets."""

    blocks: list[tuple[int, Block]]

    @property
    def last(self) -> Block:
        return self.blocks[-1][1]


def lay_out(sheets: Sequence[Sheet]) -> Laid:
    """Lay out a document."""
    pages = drop_running(sheets, [gather_lines(sheet.words) for sheet in sheets])
    columns = [[make_rows(column) for column in find_columns(lines)] for lines in pages]
    usual = usual_of(column for page in columns for column in page)
    parts = _flow(
        [make_blocks(column, usual, height=sheet.height) for column in page]
        for sheet, page in zip(sheets, columns, strict=True)
    )
    spelling = Spelling(line for part in parts for _, block in part.blocks for line in block.lines)
    marks = _note_marks(parts)
    pieces = list(_pieces(parts, spelling, marks, sheets))
    return Laid(
        text="".join(words for _, words in pieces).rstrip(),
        sections=_sections(pieces, sheets),
        headline=_headline(columns[0], usual) if columns else None,
    )


def _flow(pages: Iterable[list[list[Block]]]) -> list[_Part]:
    """Blocks in reading order; those that run on are one part, and notes wait until it ends."""
    parts: list[_Part] = []
    waiting: list[_Part] = []  # notes of the pages over which the last part runs
    held: list[_Part] = []  # unfinished, with something else after them
    for at, columns in enumerate(pages):
        for blocks in columns:
            text = [block for block in blocks if block.kind != "note"]
            if text and parts:
                held = [part for part in held if part in parts[-_LOOKED_BACK:]]
                for part in (parts[-1], *reversed(held)):
                    first = _rest_of(part, text, beside=part is not parts[-1])
                    if first is not None:
                        part.blocks.append((at, text.pop(first)))
                        break
                else:
                    held += [parts[-1]] if is_unfinished(parts[-1].last) else []
            if text:
                parts += waiting
                waiting = []
                parts += [_Part([(at, block)]) for block in text]
            for block in blocks:
                if block.kind == "note":
                    if waiting and runs_on(waiting[-1].last, block):
                        waiting[-1].blocks.append((at, block))
                    else:
                        waiting.append(_Part([(at, block)]))
    return parts + waiting


def _rest_of(part: _Part, blocks: Sequence[Block], *, beside: bool) -> int | None:
    """The place of the block with which a part runs on: the first, or one in lower case soon
    after, behind a table or a picture's words.

    Args:
        beside: Something else stands between them, so that only lower case counts.
    """
    for at, block in enumerate(blocks[:_LOOKED_AT]):
        lower = block.lines[0][0].islower()
        if runs_on(part.last, block) and (lower or not (at or beside)):
            return at
    return None


def _note_marks(parts: Iterable[_Part]) -> set[str]:
    """Raised numbers that lead to notes: those that some note begins with, or, for notes at the
    end, all if they count from one."""
    noted: set[str] = set()
    raised: set[str] = set()
    for part in parts:
        for _, block in part.blocks:
            for line in block.lines:
                marks = [mark.translate(_FIGURES) for mark in _RAISED.findall(line)]
                raised.update(marks)
            if block.kind == "note":
                first = _NUMBER.match(block.lines[0].translate(_FIGURES))
                noted.update([first[0]] if first else [])
    return raised if {"1", "2", "3"} <= raised else noted & raised


def _pieces(
    parts: Iterable[_Part], spelling: Spelling, marks: set[str], sheets: Sequence[Sheet]
) -> Iterator[tuple[int, str]]:
    """The text piece by piece, each with its sheet. Turned words end their sheet's first part."""

    def unmarked(match: re.Match[str]) -> str:
        return "" if match[0].translate(_FIGURES) in marks else match[0]

    counts = Counter(sheet.turned for sheet in sheets)
    turned = {at: s.turned for at, s in enumerate(sheets) if s.turned and counts[s.turned] == 1}
    for part in parts:
        lines = [(at, line) for at, block in part.blocks for line in block.lines]
        kind = part.last.kind
        if kind == "note":
            lines = [(at, line.translate(_FIGURES)) for at, line in lines]
        else:
            lines = [(at, _RAISED.sub(unmarked, line)) for at, line in lines]
        if kind == "table":
            ends = [f"{line}\n".replace(CUT, "-") for _, line in lines]
        else:
            ends = join_lines([line for _, line in lines], spelling)
        for (at, _), words in zip(lines, ends, strict=True):
            yield at, _LEADERS.sub("\t", words)
        yield lines[-1][0], "\n" if kind == "table" else "\n\n"
        for at in [at for at in turned if at <= lines[-1][0]]:
            yield at, f"{turned.pop(at)}\n\n"
    for at, words in turned.items():
        yield at, f"{words}\n\n"


def _sections(pieces: Sequence[tuple[int, str]], sheets: Sequence[Sheet]) -> tuple[Section, ...]:
    length = len("".join(words for _, words in pieces).rstrip())
    sections: list[Section] = []
    at = start = 0
    for place, (sheet, words) in enumerate(pieces):
        at += len(words)
        if place + 1 < len(pieces) and pieces[place + 1][0] == sheet:
            continue
        end = min(at, length)
        if end > start:
            label = sheets[sheet].label
            sections.append(Section(start=start, end=end, kind="page", label=label))
        start = at
    return tuple(sections)


def _headline(columns: Sequence[Sequence[Row]], usual: Usual) -> str | None:
    """The words in the largest type, if they are few and stand together."""
    rows = [row for column in columns for row in column if any(c.isalpha() for c in row.text)]
    largest = max((row.size for row in rows), default=0.0)
    if largest < 1.15 * usual.size:
        return None
    large = dropwhile(lambda row: row.size < 0.96 * largest, rows)
    lines = [row.text for row in takewhile(lambda row: row.size > 0.96 * largest, large)]
    words = "".join(join_lines(lines, Spelling(())))
    return words if len(words) <= _LONGEST_HEADLINE and " " in words and "\t" not in words else None
