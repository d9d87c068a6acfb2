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

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pactwatch.lineage.quotations import quotations
from pactwatch.lineage.words import TELLING, Chunk, Hashes, Words, chunks, mixed
from pactwatch.model import Document, Span

__all__ = [
    "LEAST_TELLING",
    "SHINGLE",
    "WINDOW",
    "Fingerprint",
    "among",
    "distinct",
    "fingerprint",
    "fingerprints",
    "fingerprints_of",
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
    return next(fingerprints([document]))


def fingerprints(documents: Iterable[Document]) -> Iterator[Fingerprint]:
    """Take the fingerprints of documents, in their order."""
    for chunk in chunks(documents):
        yield from fingerprints_of(chunk)


def fingerprints_of(chunk: Chunk) -> Iterator[Fingerprint]:
    """Take the fingerprints of documents whose words are read."""
    words, bounds = chunk.words, np.array(chunk.bounds)
    counts = np.diff(bounds)
    runs, usable = _runs(words, bounds)
    windows = usable.copy()  # of each word, the smallest run of the window that ends there
    for back in range(1, WINDOW):
        np.minimum(windows[back:], usable[: len(usable) - back], out=windows[back:])
    order = np.arange(1, len(words) + 1, dtype=np.uint64)
    order -= np.repeat(bounds[:-1], counts).astype(np.uint64)
    sums = np.zeros(len(words) + 1, dtype=np.uint64)
    np.cumsum(mixed(order * _STEP) * words.hashes, out=sums[1:])
    wholes = sums[bounds[1:]] - sums[bounds[:-1]]
    for place, document in enumerate(chunk.documents):
        low, high = chunk.bounds[place], chunk.bounds[place + 1]
        # The first windows of a document would reach into the one before.
        edge = np.minimum.accumulate(usable[low : min(high, low + WINDOW - 1)])
        marks = distinct(np.concatenate([edge, windows[low + WINDOW - 1 : high]]))
        quoted = np.zeros(len(marks), dtype=np.bool_)
        spans = quotations(document.text) if len(marks) else ()
        if spans:
            own = slice(low, high - SHINGLE + 1)
            inside = _quoted_runs(words, low, high, chunk.origins[place], spans)
            bare = np.sort(runs[own][~inside])
            quoted = ~among(marks, bare)
        yield Fingerprint(words=high - low, text=int(wholes[place]), marks=marks, quoted=quoted)


def _runs(words: Words, bounds: NDArray[np.int64]) -> tuple[Hashes, Hashes]:
    """Hashes of the runs that begin at each word, and those of them that may be marks; runs that go
    over the end of a document are none."""
    runs = np.full(len(words), _NONE, dtype=np.uint64)
    count = max(0, len(words) - SHINGLE + 1)
    runs[:count] = shingles(words.hashes)
    telling = np.zeros(len(words) + 1, dtype=np.int32)
    np.cumsum(words.kinds == TELLING, out=telling[1:])
    dull = np.ones(len(words), dtype=np.bool_)
    dull[:count] = telling[SHINGLE:] - telling[:count] < LEAST_TELLING if count else True
    for back in range(1, SHINGLE):
        dull[np.maximum(bounds[1:] - back, 0)[bounds[1:] >= back]] = True
    return runs, np.where(dull, _NONE, runs)


def distinct(hashes: Hashes) -> Hashes:
    """Hashes in order, each once, without those that stand for none."""
    ordered = np.sort(hashes)
    fresh = np.ones(len(ordered), dtype=np.bool_)
    fresh[1:] = ordered[1:] != ordered[:-1]
    fresh &= ordered != _NONE
    return ordered[fresh]


def among(marks: Hashes, others: Hashes) -> NDArray[np.bool_]:
    """Which marks stand among others, which are sorted."""
    if not len(others):
        return np.zeros(len(marks), dtype=np.bool_)
    among: NDArray[np.bool_] = (
        others[np.minimum(np.searchsorted(others, marks), len(others) - 1)] == marks
    )
    return among


def _quoted_runs(
    words: Words, low: int, high: int, origin: int, spans: Sequence[Span]
) -> NDArray[np.bool_]:
    """Whether each run of a document's words, `low` to `high`, stands in one quotation."""
    quotation = np.full(high - low, -1, dtype=np.int64)
    edges = np.array([(s.start, s.end) for s in spans]) + origin
    first = np.searchsorted(words.starts[low:high], edges[:, 0])
    last = np.searchsorted(words.ends[low:high], edges[:, 1], "right")
    for number, (start, end) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
        quotation[start:end] = number
    quoted: NDArray[np.bool_] = quotation[: 1 - SHINGLE] == quotation[SHINGLE - 1 :]
    return quoted & (quotation[: 1 - SHINGLE] >= 0)


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
