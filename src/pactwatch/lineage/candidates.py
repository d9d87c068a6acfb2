"""Which documents may share a passage: those that bear a common mark, met by sorting.

Comes in: the fingerprints of all documents, with date and publisher. Goes out: `Candidates`: pairs
worth comparing, and the marks that are formulas. Work and memory grow with the number of marks. It
never looks at a text.

A mark that comes back again and again is a formula (a letterhead, a slogan, a closing paragraph),
and proposes no pair: see `MONTHS`, `UNDATED` and `SAME_PUBLISHER`. A statement that many print
within days is none. Documents that share half of all their marks are a pair whatever the marks are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pactwatch.lineage.fingerprints import Fingerprint
from pactwatch.lineage.words import Hashes
from pactwatch.model import Document

__all__ = ["MONTHS", "SAME_PUBLISHER", "UNDATED", "Candidates", "candidates", "in_order"]

MONTHS = 4
"""A mark that stands in documents of more months than this is a formula. Of the marks that 2,500
releases of eleven years share, 99.6 % stand in at most 3 months; those in 5 and more are contact
lines, slogans and closing paragraphs."""

UNDATED = 24
"""A mark in more undated documents than this is a formula."""

SAME_PUBLISHER = 4
"""A mark in so many documents of one publisher, and in those of no other, is a formula of its."""

_COPY = 0.5  # share of the smaller fingerprint's marks that makes a pair, formulas included

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Pairs of documents worth comparing.

    Attributes:
        pairs: Places of two documents in the given order, the earlier first; sorted.
        formulas: Marks that make no link, sorted.
    """

    pairs: tuple[tuple[int, int], ...]
    formulas: Hashes


def in_order(documents: Sequence[Document]) -> list[Document]:
    """Documents by date of publication, those without a date last, then by id."""
    return sorted(documents, key=lambda d: (d.published or "9999", d.id))


def candidates(
    documents: Sequence[Document], fingerprints: Mapping[str, Fingerprint]
) -> Candidates:
    """Find the pairs among documents, which must come as `in_order` gives them.

    Each mark joins every bearer with the first one and with the one before it, so that a text
    printed by a thousand makes two thousand pairs, not a million.
    """
    own = [fingerprints[document.id].marks for document in documents]
    counts = np.array([len(marks) for marks in own], dtype=np.int64)
    same = _same_words([fingerprints[document.id] for document in documents])
    nothing = Candidates(pairs=tuple(sorted(same)), formulas=np.zeros(0, dtype=np.uint64))
    if not counts.sum():
        return nothing
    marks = np.concatenate(own)
    bearers = np.repeat(np.arange(len(documents), dtype=np.int32), counts)
    places = _shared(marks)
    if not len(places):
        return nothing
    marks, holders = marks[places], bearers[places].astype(np.int64)
    begins = np.flatnonzero(np.concatenate([[True], marks[1:] != marks[:-1]]))
    sizes = np.diff(np.concatenate([begins, [len(marks)]]))
    group = np.repeat(np.arange(len(begins), dtype=np.int64), sizes)
    formula = _formulas(documents, holders, group, begins, sizes)
    later = np.ones(len(marks), dtype=np.bool_)
    later[begins] = False
    first, before = holders[begins][group][later], holders[np.flatnonzero(later) - 1]
    mine, dull = holders[later], formula[group][later]
    distinct = before != first
    pairs = np.concatenate(
        [first * len(documents) + mine, (before * len(documents) + mine)[distinct]]
    )
    found, which, times = np.unique(pairs, return_inverse=True, return_counts=True)
    rare = np.bincount(which, weights=~np.concatenate([dull, dull[distinct]]))
    one, other = np.divmod(found, len(documents))
    least = np.maximum(1, _COPY * np.minimum(counts[one], counts[other]))
    kept = ((rare > 0) | (times >= least)) & (one != other)
    same |= set(zip(one[kept].tolist(), other[kept].tolist(), strict=True))
    return Candidates(pairs=tuple(sorted(same)), formulas=np.unique(marks[begins][formula]))


def _same_words(fingerprints: Sequence[Fingerprint]) -> set[tuple[int, int]]:
    """Pairs of texts with the same words, however few; each with the first of its kind."""
    first: dict[tuple[int, int], int] = {}
    pairs: set[tuple[int, int]] = set()
    for place, fingerprint in enumerate(fingerprints):
        known = first.setdefault((fingerprint.text, fingerprint.words), place)
        if known != place and fingerprint.words:
            pairs.add((known, place))
    return pairs


def _shared(marks: Hashes) -> Integers:
    """Places of the marks that stand more than once, equal marks together, each in its order.

    Each mark is sorted with its place in its low bits: one plain sort instead of an indirect one,
    which takes several times as long. Different marks that agree in all high bits may come mixed;
    the caller compares them in full.
    """
    bits = np.uint64(max(1, (len(marks) - 1).bit_length()))
    keys = marks >> bits << bits
    keys |= np.arange(len(marks), dtype=np.uint64)
    keys.sort()
    same = (keys[1:] ^ keys[:-1]) >> bits == 0
    shared = np.concatenate([[False], same]) | np.concatenate([same, [False]])
    places: Integers = (keys[shared] & np.uint64((1 << int(bits)) - 1)).astype(np.int64)
    return places


def _formulas(
    documents: Sequence[Document],
    holders: Integers,
    group: Integers,
    begins: Integers,
    sizes: Integers,
) -> NDArray[np.bool_]:
    """For each group of bearers of one mark, whether the mark is a formula."""
    months = _numbered([(d.published or "")[:7] for d in documents])
    publishers = _numbered([d.publisher or "" for d in documents])
    dated = _distinct(group, months[holders], len(begins))
    undated = np.bincount(group, weights=months[holders] == 0, minlength=len(begins))
    houses = _distinct(group, publishers[holders], len(begins))
    told = np.bincount(group, weights=publishers[holders] > 0, minlength=len(begins))
    of_one = (houses == 1) & (told == sizes) & (sizes >= SAME_PUBLISHER)
    formula: NDArray[np.bool_] = (dated > MONTHS) | (undated > UNDATED) | of_one
    return formula


def _numbered(names: Sequence[str]) -> Integers:
    """Equal numbers for equal names; 0 for none."""
    numbers = {name: number for number, name in enumerate(sorted({"", *names}))}
    return np.array([numbers[name] for name in names], dtype=np.int64)


def _distinct(group: Integers, values: Integers, groups: int) -> Integers:
    """How many different values above 0 each group holds."""
    several = np.unique(group[values > 0] * (int(values.max(initial=0)) + 1) + values[values > 0])
    return np.bincount(several // (int(values.max(initial=0)) + 1), minlength=groups)
