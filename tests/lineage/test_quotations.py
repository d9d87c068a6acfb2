"""Quotation marks and ends of sentences, seen from letters alone."""

from __future__ import annotations

import pytest

from pactwatch.lineage.quotations import quotations, sentence_ends, sentences_around
from pactwatch.model import Span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said, “We sign today.” Then left.", ["We sign today."]),
        ('She said, "We sign," and "we stay."', ["We sign,", "we stay."]),
        ('The plan would see “more talks." It went on.', ["more talks."]),
        ("“One paragraph.\n\n“The next one,” she said.", ["One paragraph.", "The next one,"]),
        ('"Lost mark.\n\nHe said: "We stay."', ["Lost mark.", "We stay."]),
        ('A 6" pipe and a 4" pipe.', []),
        ("No marks at all.", []),
    ],
)
def test_words_between_quotation_marks(text: str, expected: list[str]):
    assert [text[s.start : s.end] for s in quotations(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The U.S. and Kenya agreed. “We sign.” She left.",
            ["The U.S. and Kenya agreed.", "“We sign.”", "She left."],
        ),
        ("Mr. Obrecht met Gen. Otieno. It rained.", ["Mr. Obrecht met Gen. Otieno.", "It rained."]),
        ("It went to the U.S.\nThen it rained.", ["It went to the U.S.", "Then it rained."]),
        ("A heading\n\nA sentence", ["A heading", "A sentence"]),
        ("It cost 3.5 million.", ["It cost 3.5 million."]),
    ],
)
def test_sentences_end_at_their_marks(text: str, expected: list[str]):
    ends = sentence_ends(text)
    pieces = [text[a:b].strip() for a, b in zip([0, *ends], ends, strict=False)]
    assert [p for p in pieces if p] == expected


def test_sentences_around_a_span_are_whole():
    text = "One is here. Two is there. Three is away."
    span = Span(start=text.index("Two"), end=text.index("Three") + 3)
    whole = sentences_around(text, sentence_ends(text), span)
    assert text[whole.start : whole.end] == "Two is there. Three is away."
