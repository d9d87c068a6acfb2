from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pactwatch.report.differences import around_marks, mark_differences
from pactwatch.report.words import one_line

LONG = (
    "The harbour will be held open for the fishing boats of both coasts through the winter at {}."
)


def _marked(wordings: list[str]) -> list[list[str]]:
    return [[w.text for w in pieces if w.marked] for pieces in mark_differences(wordings)]


def test_words_that_the_nearest_wording_lacks_are_marked() -> None:
    other = "Nobody has spoken of harbours here, and no minister has seen the paper."
    marked = _marked([LONG.format("our cost"), other, LONG.format("or cost")])
    assert marked == [["our"], [], ["or"]]


def test_capitals_and_quotation_marks_are_no_difference() -> None:
    assert _marked([LONG.format("'noon'"), LONG.format("‘Noon’").replace("The", "“the")]) == [
        [],
        [],
    ]


def test_short_values_differ_for_all_to_see() -> None:
    assert _marked(["27 May 2019", "28 May 2019"]) == [[], []]


def test_a_cut_wording_keeps_what_differs() -> None:
    ours, theirs = mark_differences([LONG.format("our cost"), LONG.format("or cost")])
    assert "".join(w.text for w in around_marks(ours, 50)) == "… through the winter at our cost."
    assert "".join(w.text for w in around_marks(theirs, 50)) == "… through the winter at or cost."


@given(st.lists(st.text(max_size=80), max_size=4))
def test_pieces_joined_are_the_wording(wordings: list[str]) -> None:
    pieces = mark_differences(wordings)
    assert ["".join(w.text for w in words) for words in pieces] == [one_line(w) for w in wordings]


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=8, max_size=30), min_size=2))
def test_every_mark_outlives_the_cut(wordings: list[list[str]]) -> None:
    for pieces in mark_differences([" ".join(words) for words in wordings]):
        cut = around_marks(pieces, 20)
        assert [w.text for w in cut if w.marked] == [w.text for w in pieces if w.marked]
