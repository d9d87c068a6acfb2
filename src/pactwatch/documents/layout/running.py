"""Running heads, running feet and page numbers, which stand on every page and are no part of the
text.

Comes in: the lines of all pages. Goes out: the same without them. A line runs if its words, figures
aside, stand at the same height of several pages, near the edge; the head of the first page stays,
as its letterhead. A lone number at the edge is a page number if it counts the pages.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from math import floor

from pactwatch.documents.layout.words import Line, Sheet

__all__ = ["drop_running"]

_ZONE = 0.13  # of the page's height, at either edge, in which heads and feet stand
_NUMBERS = 0.25  # of the page's height, at either edge, in which page numbers stand
_FEWEST = 3  # pages on which a line stands, for it to run; two of a shorter document
_MOST_MARGINAL = 3  # lines of a page that run in its side margin; a form repeats more
_LONGEST_MARGINAL = 60  # characters of what runs in the side margin
_FIGURES = re.compile(r"\d+|\b[ivxlc]+\b")
_NUMBER = re.compile(
    r"[-–—\[(|\s]*(?:page|p\.)?\s*(?P<number>\d{1,5}|[ivxlc]{1,6})"
    r"(?P<all>\s*(?:of|/|\|)\s*\d{1,4})?[-–—\])|.\s]*(?:page)?[|\s]*",
    re.IGNORECASE,
)
_SPELT = re.compile(r"^\W*(?:page|p\.)\s|[-–—]\s*\w+\s*[-–—]|\bof\b|\d\s*/\s*\d", re.IGNORECASE)


def drop_running(sheets: Sequence[Sheet], pages: Sequence[list[Line]]) -> list[list[Line]]:
    """Take heads, feet and page numbers out of the lines of each page."""
    counts: Counter[tuple[str, int, int]] = Counter()
    for sheet, lines in zip(sheets, pages, strict=True):
        counts.update({key for line in lines for key in _keys(sheet, line)})
    enough = _FEWEST if len(pages) > _FEWEST else 2
    running = {key for key, count in counts.items() if count >= enough}
    left = []
    for at, (sheet, lines) in enumerate(zip(sheets, pages, strict=True)):
        runs = [line for line in lines if any(key in running for key in _keys(sheet, line))]
        marginal = [line for line in runs if not _is_at_edge(sheet, line)]
        stays = {id(line) for line in marginal if len(marginal) > _MOST_MARGINAL}
        if at == 0:
            stays |= {id(line) for line in runs if line.y < _ZONE * sheet.height}
        out = {id(line) for line in runs} - stays
        left.append([line for line in lines if id(line) not in out])
    return _drop_numbers(sheets, left)


def _is_at_edge(sheet: Sheet, line: Line) -> bool:
    return not _ZONE < line.y / sheet.height < 1 - _ZONE


def _is_number(line: Line) -> bool:
    return bool(_NUMBER.fullmatch(line.text))


def _keys(sheet: Sheet, line: Line) -> list[tuple[str, int, int]]:
    """The line's words and where they stand: near an edge at what height, elsewhere (in the margin)
    exactly where. Two of each, so that neighbours share one."""
    if _is_number(line):
        return []
    words = "".join(line.text.casefold().split())
    if not _is_at_edge(sheet, line):
        if len(words) > _LONGEST_MARGINAL:
            return []
        x, y = line.x0 / 4, line.y / 4
        return [(words, floor(x + shift), floor(y + shift)) for shift in (0, 0.5)]
    height = (line.y if 2 * line.y < sheet.height else line.y - sheet.height) / 6
    words = _FIGURES.sub("0", words)
    return [(words, -1 - at, floor(height + shift)) for at, shift in enumerate((0, 0.5))]


def _drop_numbers(sheets: Sequence[Sheet], pages: list[list[Line]]) -> list[list[Line]]:
    """Take out lone numbers that grow with the pages, and those at the edge that are spelt as page
    numbers or bear the page's label."""
    found: list[list[tuple[Line, int]]] = []
    steps: defaultdict[int, int] = defaultdict(int)
    for at, lines in enumerate(pages):
        own = [(line, _value(line)) for line in lines if _is_number(line)]
        found.append(own)
        for step in {value - at for _, value in own}:
            steps[step] += 1
    most = max(steps.values(), default=0)
    left = []
    for at, (sheet, lines) in enumerate(zip(sheets, pages, strict=True)):
        edge = {id(line) for line in _outermost(sheet, lines)}
        out = set()
        for line, value in found[at]:
            pages_counted = steps[value - at]
            if id(line) in edge:
                labelled = line.text.strip(" -–—[]().|") == sheet.label
                counts = pages_counted > 1 or labelled or bool(_SPELT.search(line.text))
            else:
                counts = pages_counted >= max(_FEWEST, most, len(pages) // 2)
            if counts:
                out.add(id(line))
        left.append([line for line in lines if id(line) not in out])
    return left


def _outermost(sheet: Sheet, lines: Sequence[Line]) -> list[Line]:
    """The lines nearest to the upper and lower edge, if they stand near enough."""
    if not lines:
        return []
    top, bottom = min(line.y for line in lines), max(line.y for line in lines)
    return [
        line
        for line in lines
        if (line.y - top < 4 and line.y < _NUMBERS * sheet.height)
        or (bottom - line.y < 4 and line.y > (1 - _NUMBERS) * sheet.height)
    ]


def _value(line: Line) -> int:
    match = _NUMBER.fullmatch(line.text)
    number = match["number"].lower() if match else ""
    if number.isdecimal():
        return int(number)
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in number]
    signed = [-v if v < max(values[at:]) else v for at, v in enumerate(values)]
    return sum(signed)
