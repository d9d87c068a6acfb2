"""The words of a page and the lines they stand in.

Comes in: words with their places, in the order in which they were drawn. Goes out: lines, each a
run of words on one baseline without a wide gap; a row of a table is several. Spaced letters are put
together, and numbers of lines in the margin are taken out. Nothing is put into reading order yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

__all__ = ["WIDE_GAP", "Line", "Sheet", "Word", "gather_lines", "make_line"]

WIDE_GAP = 1.1
"""Gap between words, in heights of type, from which they may be in different columns or cells.
Justified text rarely leaves more than 0.8; the narrowest gutters of columns are 1.2."""
_SAME_BASELINE = 0.3  # of the height of type; a raised figure is off by up to twice as much
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_FEWEST_NUMBERED = 8  # lines with numbers in a row, for them to be numbers of lines


class Word(NamedTuple):
    """A word and its place in points from the page's upper left corner, as it is to be read.

    A tuple, since a page has hundreds, and a document hundreds of pages.

    Attributes:
        text: Without blanks; a hyphen at a line's end that the form knows as one is U+FFFE.
        y: Of the baseline, growing downward.
        size: Height of the type.
        bold: The type is heavy.
        raised: A note's mark: smaller and above the line.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    raised: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page.

    Attributes:
        label: As printed on it or counted from 1.
        width, height: In points.
        words: In the order in which they were drawn.
        turned: Words that stand at another angle than most, in order.
    """

    label: str
    width: float
    height: float
    words: Sequence[Word]
    turned: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Line:
    """A run of words on one baseline. `y` and `size` are those of most of its letters; `largest` is
    the size of its largest word."""

    words: Sequence[Word]
    x0: float
    x1: float
    y: float
    size: float
    largest: float
    bold: bool
    text: str


def make_line(words: Sequence[Word]) -> Line:
    """A line of these words, which stand from left to right."""
    first = words[0]
    y, size, largest = first.y, first.size, first.size
    if any(word.size != size or word.y != y for word in words):
        letters: dict[tuple[float, float], int] = {}
        for word in words:
            key = (round(word.size, 1), word.y)
            letters[key] = letters.get(key, 0) + len(word.text)
        size, y = max(letters, key=lambda key: (letters[key], key))
        largest = max(word.size for word in words)
    return Line(
        words=words,
        x0=min(word.x0 for word in words),
        x1=max(word.x1 for word in words),
        y=y,
        size=size,
        largest=largest,
        bold=all(word.bold for word in words),
        text=_text(words),
    )


def _text(words: Sequence[Word]) -> str:
    parts: list[str] = []
    for word in words:
        if parts and not word.raised:
            parts.append(" ")
        parts.append(word.text)
    return "".join(parts)


def gather_lines(words: Iterable[Word]) -> list[Line]:
    """Gather words into lines, in the order of their first words."""
    runs: list[list[Word]] = []
    run: list[Word] = []
    for word in words:
        if run and _is_mark(run[-1], word):
            run.append(word._replace(text=word.text.translate(_RAISED), raised=True))
        elif run and _goes_on(run[-1], word):
            run.append(word)
        else:
            run = [word]
            runs.append(run)
    lines = [make_line(_close_up(run)) for run in runs]
    return _without_numbers(lines)


def _goes_on(last: Word, word: Word) -> bool:
    height = max(last.size, word.size)
    if word.x0 - last.x1 > WIDE_GAP * height or word.x1 < last.x0:
        return _goes_left(last, word, height)
    off = abs(word.y - last.y)
    if off <= _SAME_BASELINE * height:
        return word.x0 > last.x0 - 0.3 * height
    smaller = min(last.size, word.size) < 0.85 * height
    return smaller and off < 0.6 * height and -0.3 * height < word.x0 - last.x1 < 0.4 * height


def _is_mark(last: Word, word: Word) -> bool:
    """A small number that stands above the line, right after a word."""
    return (
        word.size < 0.8 * last.size
        and word.text.isdecimal()
        and len(word.text) < 4
        and 0.1 * last.size < last.y - word.y < 0.6 * last.size
        and -0.3 * last.size < word.x0 - last.x1 < 0.3 * last.size
    )


def _goes_left(last: Word, word: Word, height: float) -> bool:
    """Scripts written from right to left go on at the left."""
    return (
        "\u0590" <= word.text[0] <= "\u08ff"
        and 0 <= last.x0 - word.x1 < WIDE_GAP * height
        and abs(word.y - last.y) <= _SAME_BASELINE * height
    )


def _close_up(run: list[Word]) -> list[Word]:
    """Put letters that stand apart for show together: "M E D I A" is one word."""
    if len(run) < 4 or sum(len(word.text) == 1 for word in run) < 0.8 * len(run):
        return run
    if not all(word.text.isupper() or not word.text.isalnum() for word in run):
        return run
    usual = median(after.x0 - before.x1 for before, after in pairwise(run))
    closed = [run[0]]
    for before, after in pairwise(run):
        if after.x0 - before.x1 > 1.6 * usual + 0.5:
            closed.append(after)
        else:
            last = closed[-1]
            closed[-1] = last._replace(text=last.text + after.text, x1=after.x1)
    return closed


def _without_numbers(lines: list[Line]) -> list[Line]:
    """Take out the numbers that transcripts and bills print before each line."""
    numbered = sorted(
        (line for line in lines if line.words[0].text.isdecimal() and len(line.words[0].text) < 4),
        key=lambda line: line.y,
    )
    if len(numbered) < _FEWEST_NUMBERED:
        return lines
    numbers = [line.words[0] for line in numbered]
    steps = sum(int(b.text) - int(a.text) == 1 for a, b in pairwise(numbers))
    left = min(line.x0 for line in lines)
    aligned = sum(word.x0 - left < 2.5 * word.size for word in numbers)
    if min(steps, aligned) < 0.8 * (len(numbers) - 1):
        return lines
    out = {id(line) for line in numbered}
    kept = []
    for line in lines:
        if id(line) not in out:
            kept.append(line)
        elif len(line.words) > 1:
            kept.append(make_line(line.words[1:]))
    return kept
