"""Which documents may share a passage: those that bear a common mark, met by sorting.

Comes in: the fingerprints of all documents, with date and publisher. Goes out: `Candidates`: pairs
worth comparing, and the marks that are formulas. Work and memory grow with the number of marks. It
never looks at a text.

A mark that comes back again and again is a formula (a letterhead, a slogan, a closing paragraph),
and proposes no pair: see `DAYS`, `UNDATED` and `SAME_PUBLISHER`. A statement that many print within
days is none, nor one that all have in quotation marks. Documents that share half of all their marks
are compared whatever the marks are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from pactwatch.lineage.fingerprints import QUOTED, Fingerprint
from pactwatch.lineage.words import Hashes
from pactwatch.model import Document

__all__ = [
    "DAYS",
    "SAME_PUBLISHER",
    "SPAN",
    "UNDATED",
    "Candidates",
    "Formulas",
    "candidates",
    "in_order",
]

DAYS = 5
SPAN = 31
"""Words that documents of so many days say in their own voice, more than `SPAN` days from the first
to the last, are a formula. Of 2,500 releases of eleven years those are slogans, contact lines, and
the sentences of forms filled in anew."""

UNDATED = 24
"""Words that more undated documents than this say in their own voice are a formula."""

SAME_PUBLISHER = 4
"""Words that so many documents of one publisher say, and those of no other, are its formula."""

_COPY = 0.5  # share of the smaller fingerprint's marks that makes a pair, formulas included

_MONTH = len("2019-05")

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Formulas:
    """Marks that come back again and again.

    Attributes:
        everywhere: By `DAYS` or `UNDATED`.
        of_publisher: By `SAME_PUBLISHER`.
    """

    everywhere: frozenset[int] = frozenset()
    of_publisher: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Pairs of documents worth comparing.

    Attributes:
        pairs: Places of two documents in the given order, the earlier first; sorted.
        formulas: Marks that make no link.
    """

    pairs: tuple[tuple[int, int], ...]
    formulas: Formulas


def in_order(documents: Sequence[Document]) -> list[Document]:
    """Documents by date of publication, those without a date last, then by id."""
    return sorted(documents, key=lambda d: (d.published or "9999", d.id))


def candidates(
    documents: Sequence[Document], fingerprints: Mapping[str, Fingerprint]
) -> Candidates:
    """Find the pairs among documents, which must come as `in_order` gives them.

    Each mark joins every bearer with the first one, so that a text printed by a thousand makes a
    thousand pairs, not half a million; what a copy adds has the copy as its first bearer.
    """
    own = [fingerprints[document.id].values for document in documents]
    counts = np.array([len(marks) for marks in own], dtype=np.int64)
    same = _same_words([fingerprints[document.id] for document in documents])
    nothing = Candidates(pairs=tuple(sorted(same)), formulas=Formulas())
    if not counts.sum():
        return nothing
    values = np.concatenate(own)
    bearers = np.repeat(np.arange(len(documents), dtype=np.int32), counts)
    places = _shared(values & ~QUOTED)
    if not len(places):
        return nothing
    bare = values[places] & QUOTED == 0
    marks, holders = values[places] & ~QUOTED, bearers[places].astype(np.int64)
    begins = np.flatnonzero(np.concatenate([[True], marks[1:] != marks[:-1]]))
    sizes = np.diff(np.concatenate([begins, [len(marks)]]))
    group = np.repeat(np.arange(len(begins), dtype=np.int64), sizes)
    everywhere, of_publisher = _formulas(documents, holders[bare], group[bare], len(begins))
    formula = everywhere | of_publisher
    later = np.ones(len(marks), dtype=np.bool_)
    later[begins] = False
    first, mine, dull = holders[begins][group][later], holders[later], formula[group][later]
    found, which, times = np.unique(
        first * len(documents) + mine, return_inverse=True, return_counts=True
    )
    rare = np.bincount(which, weights=~dull)
    one, other = np.divmod(found, len(documents))
    least = np.maximum(1, _COPY * np.minimum(counts[one], counts[other]))
    kept = ((rare > 0) | (times >= least)) & (one != other)
    same |= set(zip(one[kept].tolist(), other[kept].tolist(), strict=True))
    formulas = Formulas(
        everywhere=frozenset(marks[begins][everywhere].tolist()),
        of_publisher=frozenset(marks[begins][of_publisher].tolist()),
    )
    return Candidates(pairs=tuple(sorted(same)), formulas=formulas)


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
    documents: Sequence[Document], holders: Integers, group: Integers, groups: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """For each group of bearers of one mark, whether the mark is a formula everywhere, and whether
    it is one of a publisher.

    Args:
        holders, group: Each bearer that has the mark in its own voice, and the group it is in.
    """
    days = np.array([_day(d.published) for d in documents], dtype=np.int64)[holders]
    publishers = _numbered([d.publisher or "" for d in documents])[holders]
    dated = days > 0
    # Bearers come by date, so each day stands together, and those without a date last.
    fresh = dated.copy()
    fresh[1:] &= (days[1:] != days[:-1]) | (group[1:] != group[:-1])
    many = np.bincount(group[fresh], minlength=groups) >= DAYS
    first = np.zeros(groups, dtype=np.int64)
    last = np.zeros(groups, dtype=np.int64)
    first[group[dated][::-1]] = days[dated][::-1]
    last[group[dated]] = days[dated]
    undated = np.bincount(group[~dated], minlength=groups)
    sizes = np.bincount(group, minlength=groups)
    told = publishers > 0
    houses = _distinct(group[told], publishers[told], groups)
    of_one = (houses == 1) & (np.bincount(group[told], minlength=groups) == sizes)
    everywhere = (many & (last - first > SPAN)) | (undated > UNDATED)
    return everywhere, of_one & (sizes >= SAME_PUBLISHER)


def _day(published: str | None) -> int:
    """The number of a day, the first of a month of which no day is told; 0 where none is known."""
    told = published or ""
    try:
        return date.fromisoformat(f"{told}-01" if len(told) == _MONTH else told).toordinal()
    except ValueError:
        return 0


def _numbered(names: Sequence[str]) -> Integers:
    """Equal numbers for equal names; 0 for none."""
    numbers = {name: number for number, name in enumerate(sorted({"", *names}))}
    return np.array([numbers[name] for name in names], dtype=np.int64)


def _distinct(group: Integers, values: Integers, groups: int) -> Integers:
    """How many different values each group holds."""
    keys = group * (int(values.max(initial=0)) + 1) + values
    keys.sort()
    fresh = np.ones(len(keys), dtype=np.bool_)
    fresh[1:] = keys[1:] != keys[:-1]
    return np.bincount(keys[fresh] // (int(values.max(initial=0)) + 1), minlength=groups)
