"""Words cut out of a sentence, and whom they mean, on made-up sentences."""

from __future__ import annotations

from typing import Any

import pytest
from spacy.tokens import Token

from pactwatch.codebook import load_codebook
from pactwatch.findings.phrases import Phrases
from pactwatch.language import Sentence, read
from pactwatch.model import Document

MANY_STATES = "Peru, Chile and Bolivia signed an agreement. The three countries will send officers."
LONG_NAME = "The International Organization for Migration (IOM) sent doctors. IOM will send tents."


def phrases_at(text: str, word: str) -> tuple[Phrases, Sentence, Token]:
    """The phrases of a text, with the last token that is a word."""
    reading = read(Document(id="d", name="d.txt", text=text))
    found = [(s, t) for s, doc in reading.parsed() for t in doc if t.text == word]
    return (Phrases(reading, load_codebook()), *found[-1])


PARTIES = [
    ("Peru sent officers.", "Peru", ["Peru PE state"]),
    ("Interior Minister Ana Ruiz met reporters. He sent officers.", "He", ["Ana Ruiz - person"]),
    (
        "Minister Ana Ruiz was received by Minister Li Roe. He sent officers.",
        "He",
        ["Ana Ruiz - person"],
    ),
    ("Interior Minister Ana Ruiz sent officers.", "Ruiz", ["Ana Ruiz - person"]),
    ("The Minister for Health, Ann Bell, sent doctors.", "Minister", ["Ann Bell - person"]),
    ("Peru has ten ships. It sent officers.", "It", ["Peru PE state"]),
    ("They sent officers.", "They", []),
    (
        "The Department of Works opened an office. The department sent officers.",
        "department",
        ["Department of Works - agency"],
    ),
    (
        "Peru and Chile signed an agreement. The two countries sent officers.",
        "countries",
        ["Peru PE state", "Chile CL state"],
    ),
    (MANY_STATES, "countries", ["Peru PE state", "Chile CL state", "Bolivia BO state"]),
    ("Both countries sent officers.", "countries", ["countries - officials"]),
    (
        "The government of Peru announced a plan. We will send officers.",
        "We",
        ["government of Peru PE state"],
    ),
    (LONG_NAME, "IOM", ["International Organization for Migration - organisation"]),
    ("Beijing imposed tariffs.", "Beijing", ["Beijing CN state"]),
    ("Officers were sent to Beijing.", "Beijing", ["Beijing - thing"]),
    ("The Sahel sent officers. The region sent officers.", "region", ["Sahel - region"]),
    ("Police arrested alleged smuggler Juan Roe.", "Roe", ["alleged smuggler - people"]),
    ("Peruvian officers arrested smugglers.", "officers", ["Peruvian officers - officials"]),
    ("The Peruvian navy sent a ship.", "navy", ["Peruvian navy - agency"]),
    ("Peruvians sent money.", "Peruvians", ["Peruvians - people"]),
    ("The refugees sent money.", "refugees", ["refugees - people"]),
    ("The storm stopped the patrols.", "storm", ["storm - thing"]),
]


@pytest.mark.parametrize(("text", "word", "meant"), PARTIES, ids=[p[0] for p in PARTIES])
def test_a_word_means_its_parties(text: str, word: str, meant: list[str]) -> None:
    phrases, sentence, token = phrases_at(text, word)
    found = phrases.parties(sentence, token)
    assert [f"{text[p.start : p.end]} {p.value or '-'} {p.kind}" for p in found] == meant


PHRASES: list[tuple[str, str, dict[str, Any], str]] = [
    (
        "The police of Peru sent forty new patrol boats from Spain to Chile.",
        "boats",
        {},
        "forty new patrol boats",
    ),
    ("Its two ships returned.", "ships", {}, "two ships"),
    ("The minister, who was ill, sent officers.", "minister", {}, "minister"),
    (
        "The security of the southern border improved after talks.",
        "security",
        {},
        "security of the southern border",
    ),
    (
        "Customs agents and investigators of the agency arrived.",
        "agents",
        {"joined": True},
        "Customs agents and investigators of the agency",
    ),
    ("Customs agents and investigators arrived.", "agents", {}, "Customs agents"),
    (
        "Tariffs on steel were imposed.",
        "Tariffs",
        {"after": ("of", "on")},
        "Tariffs on steel",
    ),
    (
        "People arriving by boat were returned.",
        "People",
        {"clauses": True},
        "People arriving by boat",
    ),
    (
        "People who arrive by boat are returned.",
        "People",
        {"clauses": True},
        "People who arrive by boat",
    ),
    ("Kenya’s “safe harbour” plan failed.", "plan", {}, "Kenya’s “safe harbour” plan"),
]


@pytest.mark.parametrize(
    ("text", "word", "options", "words"), PHRASES, ids=[f"{p[1]}: {p[3]}" for p in PHRASES]
)
def test_noun_phrase_is_cut_short_but_full(
    text: str, word: str, options: dict[str, Any], words: str
) -> None:
    phrases, sentence, token = phrases_at(text, word)
    start, end = phrases.noun_phrase(sentence, token, **options)
    assert text[start:end] == words


def test_a_clause_ends_before_the_next_one() -> None:
    text = "Kenya sent officers to arrest smugglers, while Uganda closed its border."
    phrases, sentence, token = phrases_at(text, "arrest")
    start, end = phrases.clause(sentence, token)
    assert text[start:end] == "arrest smugglers"
