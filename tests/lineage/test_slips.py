"""Mistakes that two texts have in common."""

from __future__ import annotations

import pytest

from pactwatch.lineage.slips import shared_slips, slips_in, spelling


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("guarding the the lake together", [("doubled word", "the the")]),
        ("the crisis at or lake is over", [("garbled words", "at or lake")]),
        ("they agreed on the of boats", [("garbled words", "the of")]),
        ("He said that that was all they had had.", []),
        ("at or near the lake, to or from it, of or relating to it", []),
        ("an on-going and a by-product", []),
    ],
)
def test_garbled_words(text: str, expected: list[tuple[str, str]]):
    assert [(slip.kind, slip.text) for slip in slips_in(text)] == expected


def test_a_letter_lost_beside_the_right_form_is_a_misspelling():
    text = "The goverment sent boats. Boats of the government came, and the government paid."
    (slip,) = slips_in("The goverment sent boats.", (spelling(text),))
    assert (slip.kind, slip.text) == ("misspelling", "goverment")


def test_forms_of_a_word_are_no_misspellings():
    text = "agreement, agreements, agreements; protected, protecting, protection"
    assert slips_in(text, (spelling(text),)) == ()


def test_only_what_both_have_is_shared():
    one, other = "the crisis at or lake; a a boat", "the crisis at or lake; a boat"
    assert [slip.text for slip in shared_slips(one, other)] == ["at or lake"]
