"""A document made ready for comparing with others.

Comes in: a document with its words and marks. Goes out: `Ready`, which finds what comparing needs
of the one document when it is first asked for. It never sees a second one.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pactwatch.lineage.alignment import Laid, lay
from pactwatch.lineage.fingerprints import QUOTED, SHINGLE, Fingerprint
from pactwatch.lineage.quotations import quoted_edges, sentence_ends
from pactwatch.lineage.retelling import Outline, outline
from pactwatch.lineage.slips import Spelling, spelling
from pactwatch.lineage.words import Hashes, Words
from pactwatch.model import Document, Span

__all__ = ["Ready", "make_ready"]

_QUOTED = 0.8  # share of a passage's letters between quotation marks
_MARKS = 64  # marks kept of a passage

Integers = NDArray[np.int64]


@dataclass(slots=True, kw_only=True)
class Ready:
    """A document with what comparing needs, the costly parts made when first asked for."""

    document: Document
    laid: Laid
    fingerprint: Fingerprint
    quotations: list[tuple[int, int]]
    _marks: tuple[Integers, Hashes] | None = field(default=None)
    _outline: Outline | None = field(default=None)
    _spelling: Spelling | None = field(default=None)

    def marks_in(self, start: int, end: int) -> tuple[int, ...]:
        """The first marks of the runs that lie within a range of words, in their order."""
        if self._marks is None:
            kept, runs = self.fingerprint.marks, self.laid.runs & ~QUOTED
            places = np.zeros(0, dtype=np.int64)
            if len(kept):
                places = (kept.take(kept.searchsorted(runs), mode="clip") == runs).nonzero()[0]
            self._marks = (places, runs[places])
        places, marks = self._marks
        low, high = places.searchsorted((start, max(start, end - SHINGLE + 1))).tolist()
        return tuple(marks[low : min(high, low + _MARKS)].tolist())

    @property
    def outline(self) -> Outline:
        """Its stems by sentence."""
        if self._outline is None:
            ends = sentence_ends(self.document.text)
            self._outline = outline(self.document, self.laid.words, ends)
        return self._outline

    @property
    def spelling(self) -> Spelling:
        """How it spells its long words."""
        if self._spelling is None:
            self._spelling = spelling(self.document.text)
        return self._spelling

    def span(self, start: int, end: int) -> Span:
        """Characters from the beginning of one word to the end of the last."""
        words = self.laid.words
        return Span(start=int(words.starts[start]), end=int(words.ends[end - 1]))

    def places(self, span: Span) -> tuple[int, int]:
        """The words of a span, as a half-open range."""
        low, high = self.laid.words.starts.searchsorted((span.start, span.end)).tolist()
        return low, high

    def is_quoted(self, span: Span) -> bool:
        """Whether a span stands in quotation marks for the most part."""
        spans = self.quotations
        if not spans:
            return False
        place = max(0, bisect_right(spans, (span.start, span.end)) - 1)
        inside = 0
        while place < len(spans) and spans[place][0] < span.end:
            inside += max(0, min(span.end, spans[place][1]) - max(span.start, spans[place][0]))
            place += 1
        return inside >= _QUOTED * (span.end - span.start)


def make_ready(
    document: Document,
    words: Words,
    marks: Fingerprint,
    quoted: list[tuple[int, int]] | None = None,
) -> Ready:
    """Make a document ready for comparing; `quoted` is found where it isn't given."""
    if quoted is None:
        quoted = quoted_edges(document.text)
    return Ready(document=document, laid=lay(words), fingerprint=marks, quotations=quoted)
