"""Where sentences end, told by their marks alone, for stages that don't parse.

Comes in: a text and a span of it. Goes out: the span of the sentences it stands in. It makes no
findings and knows no language but its full stops.
"""

from __future__ import annotations

import re

__all__ = ["sentence_around"]

_FAR = 600  # characters: a sentence longer than this is cut
_END = re.compile(
    r"(?<![A-Z])(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSen)(?<!\bGen)(?<!\bGov)(?<!\bRep)(?<!\bSt)"
    r"(?<!\bNo)(?<!\bU\.S)[.!?][\"”’')\]]*(?=\s)|\n\s*\n"
)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentences that hold a span, without white space around them."""
    low = max(0, start - _FAR)
    for match in _END.finditer(text, low, start):
        low = match.end()
    close = _END.search(text, end, min(len(text), end + _FAR))
    high = close.end() if close else min(len(text), end + _FAR)
    while low < start and text[low].isspace():
        low += 1
    while high > end and text[high - 1].isspace():
        high -= 1
    return low, high
