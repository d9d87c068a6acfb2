"""Pairs that share a block are found at once, and what is kept of joining is taken again."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.ledger.joining import Joins, linked_sets, pairs_in_blocks

BLOCKS = st.lists(st.frozensets(st.integers(0, 3), max_size=3), max_size=60)


def keys(blocks: list[frozenset[int]]) -> list[np.ndarray]:
    return [np.array(sorted(own), dtype=np.uint64) for own in blocks]


@settings(deadline=None)
@given(BLOCKS)
def test_pairs_are_all_of_small_blocks_and_neighbours_in_large_ones(
    blocks: list[frozenset[int]],
) -> None:
    expected: set[tuple[int, int]] = set()
    for block in range(4):
        members = [place for place, own in enumerate(blocks) if block in own]
        near = len(members) if len(members) <= 40 else 8
        expected |= {
            (members[i], members[j])
            for i, j in combinations(range(len(members)), 2)
            if j - i <= near
        }
    one, other = pairs_in_blocks(keys(blocks))
    assert list(zip(one.tolist(), other.tolist(), strict=True)) == sorted(expected)


def test_large_blocks_give_neighbours_only() -> None:
    one, other = pairs_in_blocks(keys([frozenset({1})] * 50))
    assert int((other - one).max()) == 8


def test_linked_things_come_in_sets_with_their_links() -> None:
    links = [(-5.0, 0, 3), (-4.0, 1, 2), (-3.0, 3, 4)]
    assert linked_sets(links) == [
        ([0, 3, 4], [(-5.0, 0, 3), (-3.0, 3, 4)]),
        ([1, 2], [(-4.0, 1, 2)]),
    ]


def never(*places: int) -> float:
    pytest.fail(f"compared again: {places}")


def test_kept_scores_and_groups_are_not_made_again() -> None:
    numbers = np.array([11, 12, 13], dtype=np.uint64)
    one, other = np.array([0, 1]), np.array([1, 2])
    first = Joins()
    scores = first.scored(numbers, one, other, lambda i, j: 10.0 * i + j)
    links = [(-2.0, 0, 1), (-1.0, 1, 2)]
    groups = first.groups_of(numbers, [0, 1, 2], links, lambda: [[0, 2], [1]])
    again = Joins.from_bytes(first.to_bytes())
    assert again.scored(numbers, one, other, never).tolist() == scores.tolist() == [1.0, 12.0]
    assert again.groups_of(numbers, [0, 1, 2], links, never) == groups == [[0, 2], [1]]  # type: ignore[arg-type]
    assert again.to_bytes() == first.to_bytes()


def test_what_stands_for_something_else_is_compared_again() -> None:
    one, other = np.array([0]), np.array([1])
    first = Joins()
    first.scored(np.array([11, 12], dtype=np.uint64), one, other, lambda i, j: 1.0)
    again = Joins.from_bytes(first.to_bytes())
    changed = again.scored(np.array([11, 99], dtype=np.uint64), one, other, lambda i, j: 7.0)
    assert changed.tolist() == [7.0]
    turned = again.scored(np.array([12, 11], dtype=np.uint64), one, other, lambda i, j: 8.0)
    assert turned.tolist() == [8.0]
