"""Which sentences are worth a parse."""

from __future__ import annotations

import pytest

from pactwatch.codebook import Predicate, load_codebook
from pactwatch.language.gate import Gate

GATE = Gate.of(load_codebook())


@pytest.mark.parametrize(
    "sentence",
    [
        "Kenya sent officers.",
        "Norway has withheld it.",
        "They denied it.",
        "“Quite so.”",
        "'Quite so.'",
        "It cost €4.",
        "Output fell by 3 per cent.",
        "Ana Ruiz spoke.",
        "The minister was ill.",
        "THE TREATY LAPSED.",
        "It will then:",
    ],
)
def test_a_word_of_the_codebook_or_a_mark_lets_a_sentence_through(sentence: str) -> None:
    assert GATE.lets_through(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["It was over.", "The sun rose over the bay.", "It rained all day.", "Trees are green.", ""],
)
def test_a_sentence_without_any_is_left(sentence: str) -> None:
    assert not GATE.lets_through(sentence)


@pytest.mark.parametrize("predicate", load_codebook().predicates, ids=lambda p: p.id)
def test_every_example_of_the_codebook_gets_through(predicate: Predicate) -> None:
    assert all(GATE.lets_through(example.text) for example in predicate.examples)


def test_a_codebook_has_one_gate() -> None:
    assert Gate.of(load_codebook()) is GATE
