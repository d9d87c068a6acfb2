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
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from pactwatch.lineage.fingerprints import SHINGLE, shingles
from pactwatch.lineage.words import NAME, TELLING, Hashes, Words

__all__ = ["Laid", "Stretch", "align", "is_prose", "lay"]

LEAST_WORDS = 8
"""Words in a row that a stretch needs: what fingerprints find for certain."""

LEAST_TELLING = 4
"""Telling words that a stretch needs; names and common words are shared without copying."""

PROSE = 0.38
"""Telling words as a share of these and names: titles, contacts and headings have less."""

_DENSE_PROSE = 0.3
"""The same share for news of agreements, which is dense with names: there long runs are prose that
have as many small words between them as sentences have."""

_SENTENCES = 24  # words of a run that can hold sentences
_SMALL_WORDS = 0.38  # of all words of such a run
_GAP = 40  # words between two runs of one stretch: a sentence or two dropped or put in
_GAP_PER_RUN = 2  # … but no more than this many times the shorter run beside it
_REACH = 24  # words looked at beyond each end
_ALIKE = 4  # words that must be the same there, in any order, before it is looked at closely
_OFTEN = 16  # places of one shingle in both texts, multiplied: above this it is a refrain

_BITS = 31  # of a place in a text
_FAR = 1 << _BITS

Integers = NDArray[np.signedinteger[Any]]


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
        longest: The longest exact run of prose.
        telling: Telling words among them, by the share that is equal.
        names: Names and numbers among them, likewise.
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
    order = runs.argsort()
    telling = np.zeros(len(words) + 1, dtype=np.int32)
    names = telling.copy()
    (words.kinds == TELLING).cumsum(out=telling[1:])
    (words.kinds >= NAME).cumsum(out=names[1:])
    return Laid(
        words=words,
        runs=runs,
        sorted_runs=runs[order],
        order=order,
        telling=telling,
        names=names,
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
    low = one.sorted_runs.searchsorted(other.sorted_runs)
    met = (one.sorted_runs.take(low, mode="clip") == other.sorted_runs).nonzero()[0]
    if not len(met):
        return []
    runs, low, second = other.sorted_runs[met], low[met], other.order[met]
    repeats = one.sorted_runs.searchsorted(runs, "right") - low
    alone = runs[1:] != runs[:-1]
    if repeats.max() > 1 or not alone.all():
        here = runs.searchsorted(runs, "right") - runs.searchsorted(runs)
        rare = repeats * here <= _OFTEN
        low, second, repeats = low[rare], second[rare], repeats[rare]
        within = np.arange(repeats.sum()) - (repeats.cumsum() - repeats).repeat(repeats)
        low, second = low.repeat(repeats) + within, second.repeat(repeats)
        if not len(second):
            return []
    return _on_one_slant(one.order[low], second)


def _on_one_slant(first: Integers, second: Integers) -> list[Run]:
    """Shingles that begin at these places in both, joined where they follow each other in both."""
    keys = (second - first + _FAR << _BITS) + second
    keys.sort()
    begins = np.concatenate([[0], (keys[1:] - keys[:-1] != 1).nonzero()[0] + 1, [len(keys)]])
    lengths = (begins[1:] - begins[:-1] + SHINGLE - 1).tolist()
    keys = keys[begins[:-1]]
    seconds = keys & (1 << _BITS) - 1
    firsts = seconds + _FAR - (keys >> _BITS)
    return list(zip(firsts.tolist(), seconds.tolist(), lengths, strict=True))


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


def is_prose(telling: int, names: int, words: int, run: int) -> bool:
    """Whether words are sentences, by the telling words, the names and all words among them:
    letterheads and contact lines have more names and fewer small words.

    Args:
        run: The longest run of them that is the same in both texts.
    """
    told = telling + names
    if telling >= PROSE * told:
        return True
    small = words - told
    return run >= _SENTENCES and telling >= _DENSE_PROSE * told and small >= _SMALL_WORDS * words


def _still_alike(ours: Hashes, theirs: Hashes) -> list[Run]:
    """Runs of equal words from the beginning of two lists on, while more is alike than not."""
    if len(ours) < _ALIKE or len(theirs) < _ALIKE:
        return []
    one, other = ours.tolist(), theirs.tolist()
    if len(set(one).intersection(other)) < _ALIKE:
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
    ours = (chain[0][0], chain[-1][0] + chain[-1][2])
    theirs = (chain[0][1], chain[-1][1] + chain[-1][2])
    # The side with more small letters tells the kinds of words: the other may be a heading.
    telling, names = max(one.told_in(*ours), other.told_in(*theirs), key=lambda t: (t[0], -t[1]))
    share = equal / max(ours[1] - ours[0], theirs[1] - theirs[0])
    return Stretch(
        first_start=ours[0],
        first_end=ours[1],
        second_start=theirs[0],
        second_end=theirs[1],
        equal=equal,
        longest=max(
            (
                n
                for a, b, n in chain
                if is_prose(*max(one.told_in(a, a + n), other.told_in(b, b + n)), n, n)
            ),
            default=0,
        ),
        telling=round(telling * share),
        names=round(names * share),
    )
