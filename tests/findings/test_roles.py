"""What fills the roles of a measure, on made-up sentences read by the whole engine."""

from __future__ import annotations

import pytest

from pactwatch.findings import find
from pactwatch.language import read
from pactwatch.model import Document, Finding, Quantity


def measures(text: str) -> list[Finding]:
    document = Document(id="d", name="d.txt", text=text, published="2024-05-10")
    return [f for f in find(read(document)).findings if f.kind == "measure"]


def roles(finding: Finding) -> dict[str, str]:
    return {r: " | ".join(f.text for f in fillers) for r, fillers in finding.roles.items()}


FILLED: list[tuple[str, str, dict[str, str]]] = [
    (
        "a number in front",
        "Kenya sent twenty doctors to Malawi to treat the wounded.",
        {
            "actor": "Kenya",
            "object": "doctors",
            "amount": "twenty",
            "place": "Malawi",
            "purpose": "treat the wounded",
        },
    ),
    (
        "a number inside a partitive",
        "Kenya sent a group of forty officers to Haiti.",
        {"actor": "Kenya", "object": "officers", "amount": "forty", "place": "Haiti"},
    ),
    (
        "a number before a partitive of persons",
        "Kenya returned 150 of those aboard the ship to Somalia.",
        {
            "actor": "Kenya",
            "recipient": "those aboard the ship",
            "amount": "150",
            "place": "Somalia",
        },
    ),
    (
        "a particle is no qualifier of the number",
        "Kenya handed over three boats to Somalia.",
        {"actor": "Kenya", "recipient": "Somalia", "object": "boats", "amount": "three"},
    ),
    (
        "to whom, without a preposition",
        "Germany agreed to pay Namibia €1.1 billion over 30 years.",
        {
            "actor": "Germany",
            "recipient": "Namibia",
            "amount": "€1.1 billion",
            "date": "over 30 years",
        },
    ),
    (
        "with whom, behind whose it is",
        "Panama shared fingerprints of migrants with Chile.",
        {"actor": "Panama", "recipient": "Chile", "object": "fingerprints of migrants"},
    ),
    (
        "how long it lasts",
        "Sweden will give Ghana $60 million over three years.",
        {
            "actor": "Sweden",
            "recipient": "Ghana",
            "amount": "$60 million",
            "date": "over three years",
        },
    ),
    (
        "where they are taken from",
        "Kenya withdrew its soldiers from Somalia.",
        {"actor": "Kenya", "object": "soldiers", "place": "Somalia"},
    ),
    (
        "a border with somebody",
        "Kenya sent soldiers to the border with Somalia.",
        {"actor": "Kenya", "object": "soldiers", "place": "border with Somalia"},
    ),
    (
        "whom a sanction is on",
        "Canada imposed sanctions on Belarus.",
        {"actor": "Canada", "recipient": "Belarus", "object": "sanctions on Belarus"},
    ),
    (
        "whose ports they are",
        "Canada equipped Senegal's ports with scanners.",
        {"actor": "Canada", "recipient": "Senegal", "object": "scanners"},
    ),
    (
        "money in something",
        "Sweden will give $60 million in technical aid to Ghana.",
        {
            "actor": "Sweden",
            "recipient": "Ghana",
            "object": "technical aid",
            "amount": "$60 million",
        },
    ),
    (
        "money worth something",
        "Sweden gave Ghana a grant worth $4 million.",
        {"actor": "Sweden", "recipient": "Ghana", "object": "grant", "amount": "$4 million"},
    ),
    (
        "a place for what moves",
        "Kenya deployed officers to Haiti on 3 May 2024.",
        {"actor": "Kenya", "object": "officers", "place": "Haiti", "date": "3 May 2024"},
    ),
    (
        "a recipient for what is given",
        "Kenya gave boats to Haiti.",
        {"actor": "Kenya", "recipient": "Haiti", "object": "boats"},
    ),
    (
        "a topic stays with its noun",
        "Canada imposed tariffs on steel from Chile.",
        {"actor": "Canada", "object": "tariffs on steel"},
    ),
    (
        "goods bear the name of the country that is hit",
        "Canada imposed tariffs on Mexican imports.",
        {"actor": "Canada", "recipient": "Mexican", "object": "tariffs on Mexican imports"},
    ),
    (
        "withheld from somebody",
        "Germany withheld aid from Burundi.",
        {"actor": "Germany", "recipient": "Burundi", "object": "aid"},
    ),
    (
        "received from somebody",
        "Jordan received $40 million from Norway.",
        {"actor": "Norway", "recipient": "Jordan", "amount": "$40 million"},
    ),
    (
        "who is asked is the recipient",
        "Norway urged Jordan to accept refugees.",
        {"actor": "Norway", "recipient": "Jordan", "object": "accept refugees"},
    ),
    (
        "a purpose names who profits",
        "Kenya plans to send officers to help Haiti fight gangs.",
        {"actor": "Kenya", "recipient": "Haiti", "object": "officers", "purpose": "fight gangs"},
    ),
    (
        "a purpose behind for",
        "Canada will provide three helicopters to the Haitian police for patrolling the coast.",
        {
            "actor": "Canada",
            "recipient": "Haitian police",
            "object": "helicopters",
            "amount": "three",
            "purpose": "patrolling the coast",
        },
    ),
    (
        "who helps acts too",
        "Agents of Canada helped police arrest nine smugglers.",
        {"actor": "Agents of Canada | police", "recipient": "smugglers", "amount": "nine"},
    ),
    (
        "who ensures acts",
        "Fiji will ensure that the passengers receive medical care.",
        {"actor": "Fiji", "recipient": "passengers", "object": "medical care"},
    ),
    (
        "the possessor that is acted on is no actor",
        "His extradition to Peru was approved in May 2023.",
        {"object": "extradition", "place": "Peru", "date": "May 2023"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), [f[1:] for f in FILLED], ids=[f[0] for f in FILLED])
def test_roles_are_filled(text: str, expected: dict[str, str]) -> None:
    (found,) = measures(text)
    assert roles(found) == expected


def test_a_bare_number_counts_what_was_named_before() -> None:
    text = "Kenya returned forty refugees to Somalia. Another 38 were handed over on Monday."
    first, second = measures(text)
    assert roles(second) == {"recipient": "refugees", "amount": "38", "date": "Monday"}
    assert roles(first)["amount"] == "forty"


def test_values_stand_beside_the_words() -> None:
    (found,) = measures("Kenya deployed up to 89 officers to Haiti on 3 May 2024.")
    assert found.roles["actor"][0].value == "KE"
    assert found.roles["date"][0].value == "2024-05-03"
    amount = found.roles["amount"][0].value
    assert isinstance(amount, Quantity)
    assert (amount.number, amount.maximum) == (89, 89)
