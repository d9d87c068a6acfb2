from __future__ import annotations

import pytest

from pactwatch.codebook import load_codebook
from pactwatch.findings.agreements import find_agreements, find_instruments
from pactwatch.findings.areas import area_named
from pactwatch.findings.context import Context
from pactwatch.findings.phrases import Phrases
from pactwatch.findings.statements import find_statements
from pactwatch.language import read
from pactwatch.model import Document, Finding

SIGNED = "Kenya and Uganda signed a memorandum of understanding in Busia on Tuesday. "


def areas(text: str) -> list[tuple[str, object]]:
    document = Document(id="d", name="d.txt", text=text, published="2019-05-31")
    codebook = load_codebook()
    reading = read(document, codebook=codebook)
    context = Context(reading=reading, codebook=codebook, phrases=Phrases(reading, codebook))
    context.statements = [f for f in find_statements(context) if isinstance(f, Finding)]
    context.instruments = find_instruments(context)
    found = [f for f in find_agreements(context) if isinstance(f, Finding)]
    return [(a.text, a.value) for f in found[:1] for a in f.roles.get("area", ())]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The memorandum aims at stopping human and drug trafficking.",
            ["human-trafficking", "drug-trafficking"],
        ),
        (
            "The aim of the memorandum is to deepen ties in three areas: human trafficking and "
            "smuggling, the exchange of data, and organised crime.",
            ["human-trafficking", "migrant-smuggling", "information-sharing", "organised-crime"],
        ),
        (
            "The memorandum is for combating money laundering and addressing the root causes of "
            "migration.",
            ["illicit-trade-finance", "root-causes-development"],
        ),
        (
            "Other areas of cooperation include the security of the Kenyan border.",
            ["border-security"],
        ),
        (
            "It will target the smuggling of illegal goods, though nothing was said of drugs.",
            ["illicit-trade-finance"],
        ),
        (
            "Under the memorandum, officers will be sent to Busia. They will help train local "
            "police, to break the hold that gangs have on the town.",
            ["law-enforcement-training", "organised-crime"],
        ),
        (
            '"Kenya and Uganda are committing to better the health and safety of our people by '
            'fighting human trafficking," minister Ana Ruiz said.',
            ["human-trafficking"],
        ),
    ],
)
def test_areas_are_read_where_the_content_is_told(sentence: str, expected: list[str]) -> None:
    assert [value for _, value in areas(SIGNED + sentence)] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The memorandum does not cover migration.",
        "The memorandum fails to address the problems of poverty.",
        "The memorandum was signed without a word on drug trafficking.",
        "Police in Busia seized drugs on Monday.",
        "Uganda is committing to fight human trafficking.",
    ],
)
def test_what_is_denied_or_told_of_others_is_no_area(sentence: str) -> None:
    assert areas(SIGNED + sentence) == []


def test_lines_of_a_list_name_areas() -> None:
    text = (
        f"{SIGNED}The memorandum provides for cooperation in the following areas:\n\n"
        "- border security;\n- action against human trafficking and illicit trade.\n\n"
        "The ministers left on Monday.\n"
    )
    assert areas(text) == [
        ("border security", "border-security"),
        ("human trafficking", "human-trafficking"),
        ("illicit trade", "illicit-trade-finance"),
    ]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("root causes of the migrant surge", "root-causes-development"),
        ("security of the northern border", "border-security"),
        ("'push' factors", "root-causes-development"),
        ("free trade", "trade"),
        ("illegal trade in timber", "illicit-trade-finance"),
        ("the weather", None),
    ],
)
def test_the_term_of_most_words_gives_the_area(words: str, value: str | None) -> None:
    assert area_named(words, load_codebook().areas) == value
