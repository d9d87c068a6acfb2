"""Where a text stands in quotation marks, and where its sentences end, seen from letters alone.

Comes in: a text. Goes out: spans. It is quick and knows no grammar: it serves to compare wordings
over thousands of documents, not to find who speaks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from pactwatch.model import Span

__all__ = ["quotations", "sentence_ends", "sentences_around"]

_CURLY = re.compile(r"“([^“”]*?)(?:”|\"(?!\w)|\n\s*\n(?!\s*“)|\Z)")
_PARAGRAPH = re.compile(r"(?:(?!\n\s*\n).)+", re.DOTALL)
_STRAIGHT = re.compile(r'(?<!\w)"(?=[\w\'‘$£€\[(.…])([^"]*?)(?:"(?!\w)|\Z)')
_END = re.compile(r"(?:[.!?…][\"”’')\]]*(?=\s+[\"“‘'(\[]*[A-Z0-9])|\s*\n\s*\n|\n(?=\s*[•*–-]\s))")
_OPEN = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Prof|Rev|Hon|Jr|Sr|No|vs|etc|Inc|Co|"
    r"Corp|Ltd|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.|(?:\b[A-Za-z]\.){2,}|\.{3}|…)$"
)
_LONGEST_ABBREVIATION = 12


def quotations(text: str) -> tuple[Span, ...]:
    """Spans between quotation marks, the marks left out, in order of the text."""
    spans = [Span(start=m.start(1), end=m.end(1)) for m in _CURLY.finditer(text) if m[1].strip()]
    for paragraph in _PARAGRAPH.finditer(text):
        if '"' in paragraph[0]:
            spans += [
                Span(start=paragraph.start() + m.start(1), end=paragraph.start() + m.end(1))
                for m in _STRAIGHT.finditer(paragraph[0])
                if m[1].strip()
            ]
    return tuple(sorted(spans))


def sentence_ends(text: str) -> list[int]:
    """Offsets at which sentences (or lines that stand alone) end, in order; the last is the end."""
    ends = []
    for match in _END.finditer(text):
        before = text[max(0, match.end() - _LONGEST_ABBREVIATION) : match.end()]
        if not _OPEN.search(before) or text[match.end() : match.end() + 1] == "\n":
            ends.append(match.end())
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    return ends


def sentences_around(text: str, ends: Sequence[int], span: Span) -> Span:
    """The whole sentences that a span touches, without the space around them."""
    place = bisect_right(ends, span.start)
    start = ends[place - 1] if place else 0
    place = bisect_right(ends, max(span.start, span.end - 1))
    end = ends[min(place, len(ends) - 1)]
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start=min(start, span.start), end=max(end, span.end))
