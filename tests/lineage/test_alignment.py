"""Stretches of words that two texts share are found where they stand, to the word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from made_prose import words as prose

from pactwatch.lineage.alignment import align, lay
from pactwatch.lineage.words import words_in
from pactwatch.model import Document


def laid(words: list[str]):
    return lay(words_in(Document(id="d", name="d", text=" ".join(words))))


@given(
    seed=st.integers(min_value=0, max_value=999),
    length=st.integers(min_value=8, max_value=60),
    before=st.integers(min_value=0, max_value=40),
    there=st.integers(min_value=0, max_value=40),
)
def test_a_planted_run_is_found_at_its_place(seed: int, length: int, before: int, there: int):
    shared = prose(seed, length)
    one = [*prose(seed + 1, before), *shared, *prose(seed + 2, 20)]
    other = [*prose(seed + 3, there), *shared, *prose(seed + 4, 20)]
    (stretch,) = (s for s in align(laid(one), laid(other)) if s.equal >= length)
    assert stretch.first_start <= before
    assert stretch.first_end >= before + length
    assert stretch.second_start <= there
    assert stretch.second_end >= there + length


def test_small_changes_and_a_dropped_sentence_leave_one_stretch():
    shared = prose(1, 80)
    changed = [*shared[:20], "other", "words", *shared[22:40], *shared[60:]]
    (stretch,) = align(laid(shared), laid(changed))
    assert (stretch.first_start, stretch.first_end) == (0, 80)
    assert (stretch.second_start, stretch.second_end) == (0, 60)
    assert stretch.equal == 58
    assert stretch.longest == 20
    assert stretch.similarity == 58 / 80


def test_moved_passages_are_stretches_of_their_own():
    one, other = prose(1, 40), prose(2, 40)
    found = align(laid([*one, *other]), laid([*other, *one]))
    assert [(s.first_start, s.second_start, s.equal) for s in found] == [(40, 0, 40), (0, 40, 40)]


def test_a_passage_printed_twice_is_found_twice():
    shared = prose(1, 20)
    found = align(laid([*shared, *prose(2, 50)]), laid([*shared, *prose(3, 50), *shared]))
    assert [(s.first_start, s.second_start, s.equal) for s in found] == [(0, 0, 20), (0, 70, 20)]


def test_words_around_a_stretch_join_it_while_more_is_alike_than_not():
    shared = prose(1, 30)
    changed = [*shared[:12], "new", *shared[13:17], "other", *shared[18:20], *prose(9, 10)]
    (stretch,) = align(laid(shared), laid(changed))
    assert stretch.second_end == 20


def test_texts_of_other_words_share_nothing():
    assert align(laid(prose(1, 100)), laid(prose(2, 100))) == ()


def test_the_same_words_are_one_stretch_however_few():
    (stretch,) = align(laid(["Kenya", "signs"]), laid(["kenya", "SIGNS"]))
    assert (stretch.equal, stretch.similarity) == (2, 1.0)
    assert align(laid([]), laid([])) == ()
