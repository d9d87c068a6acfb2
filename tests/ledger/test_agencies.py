"""Acronyms are found where a text defines them, however it is cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pactwatch.ledger.agencies import _DEFINED, _definitions

PARTS = ("Lake", "Office", "of", "the", "for", "(LO)", "(LOA)", "(", ")", " ", ", ", "\n", ".")
PARTS += ("“", "and", "É", "x", "(A)", "Dept’s", "-")


@given(st.lists(st.sampled_from(PARTS), max_size=40))
def test_definitions_are_those_of_the_whole_text(parts: list[str]) -> None:
    text = "".join(parts)
    whole = [match.span() for match in _DEFINED.finditer(text)]
    assert [match.span() for match in _definitions(text)] == whole


def test_a_definition_is_found_behind_another() -> None:
    text = "The Lake Patrol Office (LPO) and the Harbour Trade Board (HTB) met."
    assert [match[2] for match in _definitions(text)] == ["LPO", "HTB"]
