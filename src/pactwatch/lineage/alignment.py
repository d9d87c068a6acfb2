"""Two texts laid beside each other: the stretches of words that both have, place by place.

Comes in: the words of two texts. Goes out: `Stretch`es with the offsets of their first and last
word in each. Exact runs are found through shared shingles, joined across short differences, and
led on over small changes at their ends. Nothing but the two texts decides, so the outcome can be
kept. It never says who copied whom.

Source: seed, chain and extend, as in BLAST (Altschul, Gish, Miller, Myers, Lipman 1990).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from pactwatch.lineage.fingerprints import SHINGLE, shingles
from pactwatch.lineage.words import NAME, TELLING, Hashes, Words

__all__ = ["Laid", "Stretch", "align", "lay"]

LEAST_WORDS = 8
"""Words in a row that a stretch needs: what fingerprints find for certain."""

LEAST_TELLING = 4
"""Telling words that a stretch needs; names and common words are shared without copying."""

_GAP = 40  # words between two runs of one stretch: a sentence or two dropped or put in
_GAP_PER_RUN = 2  # … but no more than this many times the shorter run beside it
_REACH = 24  # words looked at beyond each end
_OFTEN = 16  # places of one shingle in both texts, multiplied: above this it is a refrain

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A text made ready for comparing: its words and its shingles in order of their hashes."""

    words: Words
    runs: Hashes
    sorted_runs: Hashes
    order: Integers
    telling: Integers
    names: Integers

    def told_in(self, start: int, end: int) -> tuple[int, int]:
        """Telling words among the words `start` to `end`; names and numbers among them."""
        return (
            int(self.telling[end] - self.telling[start]),
            int(self.names[end] - self.names[start]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Words that two texts share, as half-open ranges of words of the one and the other.

    Attributes:
        equal: Words that are equal in both, in order.
        longest: The longest exact run.
        telling: Telling words among the exact runs.
        names: Names and numbers among them.
    """

    first_start: int
    first_end: int
    second_start: int
    second_end: int
    equal: int
    longest: int
    telling: int
    names: int

    @property
    def similarity(self) -> float:
        """Equal words as a share of the longer side, above 0.0 to 1.0 (the same words)."""
        sides = (self.first_end - self.first_start, self.second_end - self.second_start)
        return self.equal / max(sides)


Run = tuple[int, int, int]  # first word in the one, in the other, number of words


def lay(words: Words) -> Laid:
    """Make a text ready for comparing."""
    runs = shingles(words.hashes)
    order = np.argsort(runs)
    nothing = np.zeros(1, dtype=np.int64)
    return Laid(
        words=words,
        runs=runs,
        sorted_runs=runs[order],
        order=order,
        telling=np.concatenate([nothing, np.cumsum(words.kinds == TELLING)]),
        names=np.concatenate([nothing, np.cumsum(words.kinds >= NAME)]),
    )


def align(one: Laid, other: Laid) -> tuple[Stretch, ...]:
    """Find all stretches that two texts share, in order of the second."""
    if len(one.words) == len(other.words) and np.array_equal(one.words.hashes, other.words.hashes):
        count = len(one.words)
        return (_stretch(one, other, [(0, 0, count)]),) if count else ()
    runs = _each_word_once(_exact_runs(one, other))
    stretches = []
    for chain in _chains(runs):
        longer = _led_on(one, other, chain)
        stretch = _stretch(one, other, longer)
        if stretch.longest >= LEAST_WORDS and stretch.telling >= LEAST_TELLING:
            stretches.append(stretch)
    return tuple(stretches)


def _exact_runs(one: Laid, other: Laid) -> list[Run]:
    """All longest runs of equal words of at least a shingle."""
    if not len(one.runs) or not len(other.runs):
        return []
    low = np.searchsorted(one.sorted_runs, other.sorted_runs)
    met = one.sorted_runs[np.minimum(low, len(one.runs) - 1)] == other.sorted_runs
    runs, low, second = other.sorted_runs[met], low[met], other.order[met]
    if not len(runs):
        return []
    repeats = np.searchsorted(one.sorted_runs, runs, "right") - low
    here = np.searchsorted(runs, runs, "right") - np.searchsorted(runs, runs, "left")
    rare = repeats * here <= _OFTEN
    low, second, repeats = low[rare], second[rare], repeats[rare]
    if not len(second):
        return []
    within = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    first = one.order[np.repeat(low, repeats) + within]
    second = np.repeat(second, repeats)
    slant = second - first
    by_slant = np.lexsort((second, slant))
    first, second, slant = first[by_slant], second[by_slant], slant[by_slant]
    begins = np.flatnonzero(
        np.concatenate([[True], (np.diff(slant) != 0) | (np.diff(second) != 1)])
    )
    lengths = np.diff(np.concatenate([begins, [len(first)]])) + SHINGLE - 1
    return list(zip(first[begins].tolist(), second[begins].tolist(), lengths.tolist(), strict=True))


def _each_word_once(runs: list[Run]) -> list[Run]:
    """Runs in order of the second text, of which each word belongs to the longest run only."""
    if len(runs) < 2:
        return runs
    taken: list[tuple[int, int]] = []
    kept: list[Run] = []
    for first, second, length in sorted(runs, key=lambda r: (-r[2], r[1], r[0])):
        start, end = second, second + length
        for low, high in taken:
            if low < end and start < high:
                if low <= start:
                    start = high
                else:
                    end = low
        if end - start >= SHINGLE:
            kept.append((first + start - second, start, end - start))
            taken.append((start, end))
    return sorted(kept, key=lambda r: (r[1], r[0]))


def _chains(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs that follow each other in both texts with little between them."""
    chains: list[list[Run]] = []
    for first, second, length in runs:
        if chains:
            before = chains[-1][-1]
            inset = max(0, before[0] + before[2] - first)
            between = (
                first + inset - before[0] - before[2],
                second + inset - before[1] - before[2],
            )
            most = min(_GAP, _GAP_PER_RUN * min(length, before[2]))
            if first > before[0] and inset < SHINGLE and max(between) <= most:
                chains[-1].append((first + inset, second + inset, length - inset))
                continue
        chains.append([(first, second, length)])
    return chains


def _led_on(one: Laid, other: Laid, chain: list[Run]) -> list[Run]:
    """The chain with what is still alike beyond its ends."""
    first, second, length = chain[-1]
    ours = one.words.hashes[first + length : first + length + _REACH]
    theirs = other.words.hashes[second + length : second + length + _REACH]
    after = [(first + length + a, second + length + b, n) for a, b, n in _still_alike(ours, theirs)]
    first, second, _ = chain[0]
    ours = one.words.hashes[max(0, first - _REACH) : first][::-1]
    theirs = other.words.hashes[max(0, second - _REACH) : second][::-1]
    before = [(first - a - n, second - b - n, n) for a, b, n in _still_alike(ours, theirs)]
    return [*before[::-1], *chain, *after]


def _still_alike(ours: Hashes, theirs: Hashes) -> list[Run]:
    """Runs of equal words from the beginning of two lists on, while more is alike than not."""
    if len(ours) < 2 or len(theirs) < 2:
        return []
    one, other = ours.tolist(), theirs.tolist()
    if len(set(one) & set(other)) < 2:
        return []
    runs: list[Run] = []
    best, score, at_one, at_other = 0, 0, 0, 0
    kept = 0
    for step in LCSseq.opcodes(one, other):
        if step.tag != "equal":
            continue
        length = step.src_end - step.src_start
        score += length - max(step.src_start - at_one, step.dest_start - at_other)
        at_one, at_other = step.src_end, step.dest_end
        runs.append((step.src_start, step.dest_start, length))
        if score > best:
            best, kept = score, len(runs)
    return runs[:kept]


def _stretch(one: Laid, other: Laid, chain: Sequence[Run]) -> Stretch:
    equal = sum(length for _, _, length in chain)
    for (first, second, length), (next_first, next_second, _) in pairwise(chain):
        between = one.words.hashes[first + length : next_first]
        others = other.words.hashes[second + length : next_second]
        if len(between) and len(others):
            equal += LCSseq.similarity(between.tolist(), others.tolist())
    # The side with more small letters tells the kinds of words: the other may be a heading.
    told = [
        max(one.told_in(a, a + n), other.told_in(b, b + n), key=lambda t: (t[0], -t[1]))
        for a, b, n in chain
    ]
    return Stretch(
        first_start=chain[0][0],
        first_end=chain[-1][0] + chain[-1][2],
        second_start=chain[0][1],
        second_end=chain[-1][1] + chain[-1][2],
        equal=equal,
        longest=max(length for _, _, length in chain),
        telling=sum(telling for telling, _ in told),
        names=sum(names for _, names in told),
    )
