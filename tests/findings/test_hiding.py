"""What a document tells of a private person once holds for every mention of the name."""

from __future__ import annotations

import pytest

from pactwatch.findings import find
from pactwatch.language import read
from pactwatch.model import Document, Finding


def found(text: str) -> tuple[Finding, ...]:
    document = Document(id="d", name="d.txt", text=text, published="2019-06-26")
    return find(read(document)).findings


def fillers(text: str) -> set[str]:
    """Words of all roles but the content of statements, and of who is reported."""
    told = found(text)
    own = {f.text for x in told for role, fs in x.roles.items() if role != "content" for f in fs}
    return own | {x.attributed_to.text for x in told if x.attributed_to is not None}


@pytest.mark.parametrize(
    ("text", "name", "description"),
    [
        ("Kofi Boateng, a fisherman from Lome, said he saw it. “They talk,” he said. “They go,” "
         "Kofi Boateng said. Boateng said that Ghana sent 40 boats to Togo.",
         "Boateng", "fisherman from Lome"),
        ("Ana Roe said Togo sent police. “We stay,” Roe said. The mother of three, Ana Roe, fled.",
         "Roe", "mother of three"),
        ("Togo promised aid. Villager Kofi Boateng saw it. Boateng said that Ghana sent 40 boats.",
         "Boateng", "Villager"),
        ("Ana Roe said that Togo sent police. Later Ana Roe, who lost her house, left the camp.",
         "Roe", "who lost her house"),
        ("Ana Roe said the police came. Ana Roe is a farmer in the hills.",
         "Roe", "farmer in the hills"),
        ("Ghana paid 500 dollars to Kofi Boateng in May, Togo said. A driver named Kofi Boateng "
         "was hurt.", "Boateng", None),
    ],
)  # fmt: skip
def test_a_person_told_as_private_once_is_hidden_everywhere(text, name, description):
    words = fillers(text)
    assert not [w for w in words if name in w]
    assert description is None or description in words


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # an office is public, whatever else is told of its holder
        ("The chairwoman of Lomo district, Ana Roe, said the boats had come. Ana Roe, a mother of "
         "two, is known there.", "Ana Roe"),
        ("Tomas Bell, the chairman of a fishing company, said that Togo sent boats. Bell, a father "
         "of two, left.", "Tomas Bell"),
        # somebody else of the same surname
        ("President Ruiz said Togo will send police. Migrant Juan Ruiz said he had fled.", "Ruiz"),
        # whom the speaker speaks of
        ("The police arrested a farmer, Ana Ruiz said. Togo sent police to Ghana, Ruiz said.",
         "Ana Ruiz"),
        ("The bus hit a driver who met Ana Ruiz. Togo sent police to Ghana, Ana Ruiz said.",
         "Ana Ruiz"),
    ],
)  # fmt: skip
def test_who_holds_an_office_or_is_only_near_a_private_person_is_named(text, name):
    assert name in fillers(text)


def test_the_words_of_a_statement_stay_to_the_letter():
    text = "Ana Roe, a mother of two, fled. “They took Ana Roe away,” Minister Bell said."
    (statement,) = [f for f in found(text) if f.kind == "statement"]
    assert statement.roles["content"][0].text == "They took Ana Roe away"
