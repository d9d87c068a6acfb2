"""The lines of a text with their offsets, and the two questions asked of a line all over this room.

Comes in: a text. Goes out: `Line` values, whose words are stripped of blanks but whose offsets
count in the whole text. Nothing is changed or dropped but blank lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Line", "is_prose", "split_lines"]

_LINE = re.compile(r"[^\r\n]+")
_STOP = re.compile(r"[.!?…:;][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: ``text[start:end] == words``; `gap` when a blank line comes before it."""

    start: int
    end: int
    words: str
    gap: bool


def split_lines(text: str) -> Iterator[Line]:
    """Yield the lines of a text that are not blank, stripped, in order."""
    last = 0
    for match in _LINE.finditer(text):
        words = match[0].strip()
        if words:
            start = match.start() + match[0].index(words)
            between = text[last : match.start()].replace("\r\n", "\n")
            yield Line(
                start=start,
                end=start + len(words),
                words=words,
                gap=between.count("\n") + between.count("\r") > 1,
            )
            last = start + len(words)


def is_prose(words: str) -> bool:
    """Tell whether a line reads as prose: eight words with a final stop, or thirty without."""
    count = words.count(" ") + 1
    return count >= 30 or (count >= 8 and bool(_STOP.search(words)))
