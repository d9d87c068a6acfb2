"""From the words of a text to its marks: the few hashes by which it meets texts that share words.

Comes in: a document, or its words. Goes out: `Fingerprint`, small enough to be kept for every
document of a dossier, as bytes. It depends on nothing but the document itself. It never compares.

Source: winnowing; Schleimer, Wilkerson, Aiken 2003, "Winnowing: local algorithms for document
fingerprinting". Of the hashes of all runs of `SHINGLE` words, the smallest of each `WINDOW`
neighbours is kept, so that two texts which share `SHINGLE + WINDOW - 1` words in a row share a mark
for certain. Runs of names and common words ("the president of the united states") are no marks: one
needs `TELLING_WORDS`. Where a text is so plain that no run has as many for a while, `FEWER` do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pactwatch.lineage.words import TELLING, Chunk, Hashes, Words, chunks, mixed
from pactwatch.model import Document

__all__ = [
    "QUOTED",
    "SHINGLE",
    "Fingerprint",
    "fingerprint",
    "fingerprints",
    "fingerprints_of",
    "shingles",
]

SHINGLE = 7
"""Words of a mark. Shorter ones meet by chance in texts on one subject: among 2,500 releases of one
decade, marks of 5 words propose five times as many pairs."""

WINDOW = 2
TELLING_WORDS = 3
"""Of so many neighbours one is kept, and so many telling words it must have: any 8 words in a row
that are shared, 4 of them telling, share a mark."""

WIDE_WINDOW = 16
FEWER = 2
"""The same where there are fewer telling words: any 22 words in a row share a mark, if 2 telling
ones stand near each other. People who are quoted speak plainly."""

QUOTED = np.uint64(1)
"""The bit of a mark whose words stand in quotation marks."""

_NONE = np.uint32(0xFFFFFFFF)
_SECOND = np.uint32(1 << 31)  # makes a run of few telling words larger than any other
_STEP = np.uint64(0xD6E8FEB86659FD93)  # odd: each place in the run weighs differently
_FORM = b"pactwatch-marks-3\n"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fingerprint:
    """What a dossier keeps of a document to find those that share words with it.

    Attributes:
        words: Number of words, page furniture left out.
        text: Hash of all words in order: equal for texts with the same words.
        values: Distinct marks, sorted; the lowest bit tells whether their words stand in quotation
            marks, wherever they do.
    """

    words: int
    text: int
    values: Hashes

    @property
    def marks(self) -> Hashes:
        """Distinct marks, even numbers, sorted."""
        return self.values & ~QUOTED

    @property
    def quoted(self) -> NDArray[np.bool_]:
        """For each mark whether its words stand in quotation marks."""
        return (self.values & QUOTED).astype(np.bool_)

    def to_bytes(self) -> bytes:
        """The bytes that `from_bytes` reads, the same on every machine."""
        head = np.array([self.words, self.text], dtype="<u8").tobytes()
        return _FORM + head + self.values.astype("<u8").tobytes()

    @classmethod
    def from_bytes(cls, kept: bytes) -> Fingerprint:
        """Read what `to_bytes` wrote.

        Raises:
            ValueError: these are no bytes of a fingerprint of this version.
        """
        if not kept.startswith(_FORM):
            raise ValueError("not a fingerprint of this version; it must be made again")
        values = np.frombuffer(kept, dtype="<u8", offset=len(_FORM)).astype(np.uint64, copy=False)
        return cls(words=int(values[0]), text=int(values[1]), values=values[2:])


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
    runs = np.zeros(len(words), dtype=np.uint64)
    whole = max(0, len(words) - SHINGLE + 1)
    runs[:whole] = shingles(words.hashes)
    places = np.flatnonzero(_kept(runs, words, bounds))
    values = runs[places] & ~QUOTED
    values |= _quoted_runs(chunk)[places]
    cuts = np.searchsorted(places, bounds)
    for number in range(len(chunk.documents)):
        own = np.sort(values[cuts[number] : cuts[number + 1]])
        fresh = np.ones(len(own), dtype=np.bool_)
        fresh[1:] = (own[1:] ^ own[:-1]) > QUOTED
        hashes = words.hashes[chunk.bounds[number] : chunk.bounds[number + 1]]
        yield Fingerprint(words=len(hashes), text=_text(hashes), values=own[fresh])


def _text(hashes: Hashes) -> int:
    """A hash of all words of a document, in their order."""
    weights = _weights(1 << len(hashes).bit_length())
    return int(np.dot(weights[: len(hashes)], hashes))


@cache
def _weights(count: int) -> Hashes:
    return mixed(np.arange(1, count + 1, dtype=np.uint64) * _STEP)


def _kept(runs: Hashes, words: Words, bounds: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which words begin a run that is the smallest of one of its windows."""
    telling = np.zeros(len(words) + 1, dtype=np.int32)
    np.cumsum(words.kinds == TELLING, out=telling[1:])
    ends = np.minimum(np.arange(len(words)) + SHINGLE, len(words))
    told = telling[ends] - telling[:-1]
    for back in range(1, SHINGLE):  # runs that go over the end of a document are none
        told[bounds[1:][bounds[1:] - bounds[:-1] >= back] - back] = 0
    ranks = (runs >> np.uint64(33)).astype(np.uint32)
    ranks += (told < TELLING_WORDS) * _SECOND
    ranks[told < FEWER] = _NONE
    # Room between documents, so that no window reaches from one into the next.
    spread = np.arange(len(words)) + WIDE_WINDOW * np.repeat(
        np.arange(1, len(bounds)), np.diff(bounds)
    )
    room = np.full(len(words) + WIDE_WINDOW * (len(bounds) + 1), _NONE, dtype=np.uint32)
    room[spread] = ranks
    wide = _smallest(room, WIDE_WINDOW)[spread] == ranks
    room[room >= _SECOND] = _NONE
    narrow = _smallest(room, WINDOW)[spread] == ranks
    kept: NDArray[np.bool_] = (wide | narrow) & (ranks != _NONE)
    return kept


def _smallest(ranks: NDArray[np.uint32], window: int) -> NDArray[np.uint32]:
    """For each place the largest of the minima of all windows over it: its own value where it is
    the smallest of one of them. `window` is a power of two."""
    minima = ranks.copy()
    step = 1
    while step < window:
        np.minimum(minima[:-step], minima[step:], out=minima[:-step])
        step *= 2
    step = 1
    while step < window:
        minima[step:] = np.maximum(minima[step:], minima[:-step])
        step *= 2
    return minima


def _quoted_runs(chunk: Chunk) -> NDArray[np.bool_]:
    """For each word whether the run that begins there stands in one quotation."""
    words = chunk.words
    edges = [
        (origin + start, origin + end)
        for origin, quoted in zip(chunk.origins, chunk.quotations, strict=True)
        for start, end in quoted
    ]
    quoted = np.zeros(len(words), dtype=np.bool_)
    if not edges:
        return quoted
    first = np.searchsorted(words.starts, [start for start, _ in edges])
    last = np.searchsorted(words.ends, [end for _, end in edges], "right")
    for start, end in zip(first.tolist(), (last - SHINGLE + 1).tolist(), strict=True):
        quoted[start : max(start, end)] = True
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
