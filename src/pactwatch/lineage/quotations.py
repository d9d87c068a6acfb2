"""Where a text stands in quotation marks, and where its sentences end, seen from letters alone.

Comes in: a text. Goes out: spans. It is quick and knows no grammar: it serves to compare wordings
over thousands of documents, not to find who speaks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from pactwatch.model import Span

__all__ = ["quotations", "quoted_edges", "sentence_ends", "sentences_around"]

_MARK = re.compile('[“”"]')
_BREAK = re.compile(r"\n\s*\n")
_OPENS = "'‘“$£€[(.…"  # beside letters and digits, what a quotation begins with
_END = re.compile(r"(?:[.!?…][\"”’')\]]*(?=\s+[\"“‘'(\[]*[A-Z0-9])|\s*\n\s*\n|\n(?=\s*[•*–-]\s))")
_OPEN = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Prof|Rev|Hon|Jr|Sr|No|vs|etc|Inc|Co|"
    r"Corp|Ltd|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.|(?:\b[A-Za-z]\.){2,}|\.{3}|…)$"
)
_LONGEST_ABBREVIATION = 12


def quotations(text: str) -> tuple[Span, ...]:
    """Spans between quotation marks, the marks left out, in order of the text.

    A quotation that goes on over several paragraphs, each with an opening mark, is several spans.
    """
    return tuple(Span(start=start, end=end) for start, end in quoted_edges(text))


def quoted_edges(text: str) -> list[tuple[int, int]]:
    """The same as pairs of offsets."""
    edges: list[tuple[int, int]] = []
    start = -1
    for mark in _MARK.finditer(text):
        at, after = mark.start(), mark.end()
        if start >= 0:
            pause = _BREAK.search(text, start, at)
            if pause:
                _close(edges, text, start, pause.start())
                start = -1
        follows = text[after : after + 1]
        if mark[0] == "“":
            start = after
        elif start >= 0:
            # A straight mark before a letter opens rather than closes: the one before was lost.
            if mark[0] == '"' and follows.isalnum():
                start = after
            else:
                _close(edges, text, start, at)
                start = -1
        elif (
            mark[0] == '"'
            and not text[max(0, at - 1) : at].isalnum()
            and (follows.isalnum() or (follows and follows in _OPENS))
        ):
            start = after
    if start >= 0:
        pause = _BREAK.search(text, start)
        _close(edges, text, start, pause.start() if pause else len(text))
    return edges


def _close(edges: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    if text[start:end].strip():
        edges.append((start, end))


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
