"""Pairs that share a block, and what their joining came to: kept, so that only what has changed is
compared and joined anew.

Comes in: for each thing to be joined a number that stands for all that comparing it looks at, and
the hashes of its blocks. Goes out: pairs worth comparing, scores and groups; and the bytes of
`Joins`, from which the next ledger takes them. Things joined by no pair that speaks for it never
touch each other, so that each set of linked things is joined by itself. It compares nothing itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import msgspec
import numpy as np
from numpy.typing import NDArray

from pactwatch.ledger.digests import Hashes, digest

__all__ = ["Joins", "Link", "linked_sets", "pairs_in_blocks"]

# A block with more members says little; there each is compared with its neighbours only.
_SMALL_BLOCK = 40
_NEIGHBOURS = 8
_STEP = np.uint64(0x9E3779B97F4A7C15)
_TURN = np.uint64(0xD6E8FEB86659FD93)

Places = NDArray[np.int64]
Link = tuple[float, int, int]
"""Minus the score of a pair, and the places of both."""


class _Kept(msgspec.Struct, array_like=True):
    pairs: bytes
    scores: bytes
    joined: dict[bytes, bytes]


@dataclass(slots=True)
class Joins:
    """Scores of pairs, and for sets of linked things the groups that they make, of the last time;
    and what is asked for this time, to be kept for the next.

    Attributes:
        known, scores: Sorted codes of pairs, and their scores.
        joined: By digest of a set of linked things and their scores, for each thing its group.
    """

    known: Hashes = field(default_factory=lambda: np.zeros(0, dtype=np.uint64))
    scores: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    joined: dict[bytes, bytes] = field(default_factory=dict)
    _pairs: tuple[Hashes, NDArray[np.float64]] | None = None
    _used: dict[bytes, bytes] = field(default_factory=dict)

    @classmethod
    def from_bytes(cls, kept: bytes) -> Joins:
        """Read what `to_bytes` wrote.

        Raises:
            msgspec.DecodeError: these are no bytes of `Joins`.
        """
        found = msgspec.msgpack.decode(kept, type=_Kept)
        return cls(
            known=np.frombuffer(found.pairs, dtype="<u8").astype(np.uint64, copy=False),
            scores=np.frombuffer(found.scores, dtype="<f8").astype(np.float64, copy=False),
            joined=found.joined,
        )

    def to_bytes(self) -> bytes:
        """What was asked for since it was made, as the bytes that `from_bytes` reads."""
        codes, scores = self._pairs or (self.known[:0], self.scores[:0])
        kept = _Kept(
            codes.astype("<u8").tobytes(),
            scores.astype("<f8").tobytes(),
            {key: self._used[key] for key in sorted(self._used)},
        )
        return msgspec.msgpack.encode(kept)

    def scored(
        self, numbers: Hashes, one: Places, other: Places, score: Callable[[int, int], float]
    ) -> NDArray[np.float64]:
        """The scores of pairs, kept or made.

        Args:
            numbers: By place, what stands for all that scoring looks at.
            one, other: The places of each pair.
        """
        codes = _codes(numbers[one], numbers[other])
        found = np.zeros(len(codes))
        missing = np.ones(len(codes), dtype=np.bool_)
        if len(self.known):
            at = np.minimum(np.searchsorted(self.known, codes), len(self.known) - 1)
            missing = self.known[at] != codes
            found[~missing] = self.scores[at][~missing]
        for place in np.flatnonzero(missing).tolist():
            found[place] = score(int(one[place]), int(other[place]))
        order = np.argsort(codes, kind="stable")
        self._pairs = (codes[order], found[order])
        return found

    def groups_of(
        self,
        numbers: Hashes,
        members: Sequence[int],
        links: Sequence[Link],
        join: Callable[[], Sequence[Sequence[int]]],
    ) -> list[list[int]]:
        """The groups that linked things make, kept or made; each of places, the least first."""
        at = {place: n for n, place in enumerate(members)}
        about = [(score, at[i], at[j]) for score, i, j in links]
        key = digest(numbers[list(members)].astype("<u8").tobytes(), about)
        labels = self.joined.get(key)
        if labels is None:
            label = np.zeros(len(members), dtype="<u4")
            for n, group in enumerate(join()):
                label[[at[place] for place in group]] = n
            labels = label.tobytes()
        self._used[key] = labels
        groups: dict[int, list[int]] = defaultdict(list)
        for place, group_number in zip(members, np.frombuffer(labels, dtype="<u4"), strict=True):
            groups[int(group_number)].append(place)
        return list(groups.values())


def _codes(one: Hashes, other: Hashes) -> Hashes:
    """A number for each pair of numbers, in this order."""
    codes = one * _STEP
    codes ^= codes >> np.uint64(29)
    codes += other
    codes *= _TURN
    codes ^= codes >> np.uint64(32)
    return codes


def pairs_in_blocks(keys: Sequence[Hashes]) -> tuple[Places, Places]:
    """Pairs of places that share a block, the lower one first, sorted, each once.

    Args:
        keys: By place, the hashes of its blocks, each once.
    """
    nothing: Places = np.zeros(0, dtype=np.int64)
    counts = np.array([len(own) for own in keys], dtype=np.int64)
    if not counts.sum():
        return nothing, nothing
    blocks = np.concatenate(keys)
    places = np.repeat(np.arange(len(keys), dtype=np.int64), counts)
    order = np.argsort(blocks, kind="stable")  # places come sorted, and stay so in each block
    blocks, places = blocks[order], places[order]
    begins = np.flatnonzero(np.concatenate([[True], blocks[1:] != blocks[:-1]]))
    sizes = np.diff(np.concatenate([begins, [len(blocks)]]))
    small = np.repeat(sizes <= _SMALL_BLOCK, sizes)
    found = []
    for step in range(1, min(_SMALL_BLOCK, int(sizes.max()))):
        near = blocks[step:] == blocks[:-step]
        if step > _NEIGHBOURS:
            near &= small[step:]
        found.append(places[:-step][near] * len(keys) + places[step:][near])
    codes = np.unique(np.concatenate(found)) if found else nothing
    one, other = np.divmod(codes, len(keys))
    return one, other


def linked_sets(links: Sequence[Link]) -> list[tuple[list[int], list[Link]]]:
    """Places linked with each other, each set sorted, with the links among them in their order."""
    root: dict[int, int] = {}

    def find(place: int) -> int:
        while (above := root.setdefault(place, place)) != place:
            root[place] = root[above]
            place = above
        return place

    for _, i, j in links:
        root[find(j)] = find(i)
    members: dict[int, list[int]] = defaultdict(list)
    own: dict[int, list[Link]] = defaultdict(list)
    for place in sorted(root):
        members[find(place)].append(place)
    for link in links:
        own[find(link[1])].append(link)
    return [(members[key], own[key]) for key in members]
