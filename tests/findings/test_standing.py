from __future__ import annotations

import pytest

from pactwatch.codebook import load_codebook
from pactwatch.findings.agreements import find_instruments
from pactwatch.findings.context import Context
from pactwatch.findings.phrases import Phrases
from pactwatch.language import read
from pactwatch.model import Document


def states(text: str) -> list[list[str]]:
    document = Document(id="d", name="d.txt", text=text, published="2019-05-31")
    codebook = load_codebook()
    reading = read(document, codebook=codebook)
    context = Context(reading=reading, codebook=codebook, phrases=Phrases(reading, codebook))
    return [
        sorted(str(v) for _, _, v in instrument.parties if v)
        for instrument in find_instruments(context)
    ]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        # between, with, of
        ("A trade agreement between Kenya and Uganda was signed in Lima.", ["KE", "UG"]),
        ("Peru signed a trade agreement with Chile while Kenya voted.", ["CL", "PE"]),
        # who signs, and the counterpart in the signing
        (
            "Kenyan Foreign Minister Peter Otieno signed the memorandum of understanding with his "
            "Ugandan counterpart in Lima.",
            ["KE", "UG"],
        ),
        # by reference
        (
            "Talks between Kenya and Uganda ended. The two countries signed a memorandum of "
            "understanding on cattle.",
            ["KE", "UG"],
        ),
        # who joins, puts forward, takes part
        ("The Pact for Rivers joined Kenya and Uganda.", ["KE", "UG"]),
        (
            "The Alliance for Rivers was launched by the governments of Kenya and Uganda, "
            "together with Rwanda.",
            ["KE", "RW", "UG"],
        ),
        ("Kenya and Uganda take part in the Alliance for Rivers.", ["KE", "UG"]),
        # whose role in it is told, who acts under it
        (
            "At a meeting between Kenyan and Ugandan officials, where Rwanda's role in a "
            "revamped alliance will be discussed, nobody spoke of fish.",
            ["KE", "RW", "UG"],
        ),
        (
            "The care is provided by Kenya in accordance with its Memorandum of Understanding "
            "with Uganda.",
            ["KE", "UG"],
        ),
        # a name of its own, and two states in relation
        (
            "Kenya is grateful to Uganda for help that shows the strength of the Taipa Treaty.",
            ["KE", "UG"],
        ),
    ],
)
def test_grammar_tells_who_stands_in_an_instrument(text: str, parties: list[str]) -> None:
    assert parties in states(text)


@pytest.mark.parametrize(
    ("text", "outsider"),
    [
        ("Kenya signed the agreement with Uganda at the border with Rwanda.", "RW"),
        ("Kenya signed an agreement with Uganda, and Rwanda closed a road.", "RW"),
        ("Kenya and Uganda signed a treaty. The treaty worries Rwanda.", "RW"),
        ("Rwanda criticised the treaty that Kenya and Uganda had signed.", "RW"),
        ("The Taipa Treaty was praised in Rwanda, Kenya and Uganda.", "RW"),
        ("Kenya and Uganda signed a treaty. Trucks from Rwanda still wait.", "RW"),
    ],
)
def test_who_only_stands_near_is_no_party(text: str, outsider: str) -> None:
    assert all(outsider not in parties for parties in states(text))


def test_an_accord_that_another_builds_on_has_its_parties() -> None:
    text = (
        "Kenya and Uganda signed the Busia Memorandum on Monday, which builds on an earlier "
        "agreement of 3 May 2014."
    )
    assert states(text) == [["KE", "UG"], ["KE", "UG"]]
