"""From the words of a text to its marks: the few hashes by which it meets texts that share words.

Comes in: a document, or its words. Goes out: `Fingerprint`, small enough to be kept for every
document of a dossier, as bytes. It depends on nothing but the document itself. It never compares.

Source: winnowing; Schleimer, Wilkerson, Aiken 2003, "Winnowing: local algorithms for document
fingerprinting". Of the hashes of all runs of `SHINGLE` words, the smallest of each `WINDOW`
neighbours is kept, so that two texts which share `SHINGLE + WINDOW - 1` words in a row share a
mark for certain. Runs of names and common words ("the president of the united states") are no
marks: one needs `LEAST_TELLING` words that
tell something.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from pactwatch.lineage.quotations import quotations
from pactwatch.lineage.words import TELLING, Hashes, Words, mixed, words_in
from pactwatch.model import Document

__all__ = [
    "LEAST_TELLING",
    "SHINGLE",
    "WINDOW",
    "Fingerprint",
    "fingerprint",
    "marks_of",
    "shingles",
]

SHINGLE = 7
"""Words of a mark. Shorter ones meet by chance in texts on one subject: among 2,500 releases of one
decade, marks of 5 words propose five times as many pairs (benchmarks/lineage.py)."""

WINDOW = 2
"""Neighbours of which one is kept: any 8 words in a row that are shared are found."""

LEAST_TELLING = 3
"""Telling words that a mark needs. Any 8 words that hold 4 of them hold such a mark."""

_NONE = np.uint64(0xFFFFFFFFFFFFFFFF)
_STEP = np.uint64(0xD6E8FEB86659FD93)  # odd: each place in the run weighs differently
_FORM = b"pactwatch-marks-2\n"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fingerprint:
    """What a dossier keeps of a document to find those that share words with it.

    Attributes:
        words: Number of words, page furniture left out.
        text: Hash of all words in order: equal for texts with the same words.
        marks: Distinct marks, sorted.
        quoted: For each mark whether its words stand in quotation marks wherever the text has them.
    """

    words: int
    text: int
    marks: Hashes
    quoted: NDArray[np.bool_]

    def to_bytes(self) -> bytes:
        """The bytes that `from_bytes` reads, the same on every machine."""
        head = np.array([self.words, self.text, len(self.marks)], dtype="<u8").tobytes()
        return (
            _FORM + head + self.marks.astype("<u8").tobytes() + np.packbits(self.quoted).tobytes()
        )

    @classmethod
    def from_bytes(cls, kept: bytes) -> Fingerprint:
        """Read what `to_bytes` wrote.

        Raises:
            ValueError: these are no bytes of a fingerprint of this version.
        """
        if not kept.startswith(_FORM):
            raise ValueError("not a fingerprint of this version; it must be made again")
        words, text, count = np.frombuffer(kept, dtype="<u8", count=3, offset=len(_FORM)).tolist()
        begin = len(_FORM) + 3 * 8
        marks = np.frombuffer(kept, dtype="<u8", count=count, offset=begin)
        flags = np.frombuffer(kept, dtype=np.uint8, offset=begin + 8 * count)
        return cls(
            words=words,
            text=text,
            marks=marks.astype(np.uint64, copy=False),
            quoted=np.unpackbits(flags, count=count).astype(np.bool_),
        )


def fingerprint(document: Document) -> Fingerprint:
    """Take the fingerprint of a document."""
    return marks_of(words_in(document), document.text)


def marks_of(words: Words, text: str) -> Fingerprint:
    """Take the fingerprint of a text from its words."""
    order = np.arange(1, len(words) + 1, dtype=np.uint64)
    whole = int((mixed(order * _STEP) * words.hashes).sum(dtype=np.uint64))
    runs = shingles(words.hashes)
    telling = _sums((words.kinds == TELLING).astype(np.int64))
    usable = np.where(telling >= LEAST_TELLING, runs, _NONE)
    if not len(usable):
        nothing = np.zeros(0, dtype=np.uint64)
        return Fingerprint(words=len(words), text=whole, marks=nothing, quoted=nothing > 0)
    edge = np.full(WINDOW - 1, _NONE, dtype=np.uint64)
    windows = sliding_window_view(np.concatenate([edge, usable, edge]), WINDOW).min(axis=1)
    marks = np.unique(windows)
    if marks[-1] == _NONE:
        marks = marks[:-1]
    quoted = np.ones(len(marks), dtype=np.bool_)
    bare = np.sort(usable[~_quoted_runs(words, text)])
    if len(bare) and len(marks):
        quoted = bare[np.minimum(np.searchsorted(bare, marks), len(bare) - 1)] != marks
    return Fingerprint(words=len(words), text=whole, marks=marks, quoted=quoted)


def _quoted_runs(words: Words, text: str) -> NDArray[np.bool_]:
    """Whether each run of `SHINGLE` words stands in one quotation."""
    count = len(words) - SHINGLE + 1
    spans = quotations(text)
    if not spans:
        return np.zeros(count, dtype=np.bool_)
    starts = np.array([span.start for span in spans])
    ends = np.array([span.end for span in spans])
    place = np.searchsorted(starts, words.starts, "right") - 1
    inside = (place >= 0) & (words.ends <= ends[np.maximum(place, 0)])
    quotation = np.where(inside, place, -1)
    first, last = quotation[:count], quotation[SHINGLE - 1 :]
    quoted: NDArray[np.bool_] = (first == last) & (first >= 0)
    return quoted


def shingles(hashes: Hashes) -> Hashes:
    """Hashes of all runs of `SHINGLE` words, by the place of their first word."""
    count = len(hashes) - SHINGLE + 1
    if count < 1:
        return np.zeros(0, dtype=np.uint64)
    runs = hashes[:count].copy()
    for place in range(1, SHINGLE):
        runs *= _STEP
        runs += hashes[place : place + count]
    return mixed(runs)


def _sums(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sums of `values` over all runs of `SHINGLE`."""
    if len(values) < SHINGLE:
        return values[:0]
    total = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(values)])
    sums: NDArray[np.int64] = total[SHINGLE:] - total[:-SHINGLE]
    return sums
