"""Remembered attributes are those of the pipeline's own attribute ruler."""

from __future__ import annotations

import importlib

import pytest
from spacy.tokens import Doc, Token

from pactwatch.language.pipeline import DEFAULT_PIPELINE, parse

SENTENCES = [
    "Kenya's government has agreed to send forty officers to Haiti by the end of May 2024.",
    "“We're not going to pay,” she said; it'd been expected.",
    "Under the memorandum, both countries will share data and train 120 agents (up to 89 now).",
    "Who was that? None of them were ours, nor any that he'd seen before.",
    "The U.S. and the EU halted $4.5 million in aid, which hadn't yet been disbursed.",
    "Boats, planes and helicopters: all of those were theirs to give away, to be sure.",
]


@pytest.fixture(scope="module")
def own() -> object:
    return importlib.import_module(DEFAULT_PIPELINE).load(exclude=["ner", "senter"])


def told(token: Token) -> tuple[str, str, str, str, str]:
    return token.text, token.tag_, token.pos_, token.lemma_, str(token.morph)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_they_say_what_the_ruler_says(sentence: str, own: object) -> None:
    assert callable(own)
    parsed = next(parse([sentence]))
    assert parsed is not None
    expected = own(parsed[0].text)
    assert isinstance(expected, Doc)
    assert [told(t) for t in parsed[0]] == [told(t) for t in expected]
