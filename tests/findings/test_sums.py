"""Money told without a verb that pays it."""

from __future__ import annotations

import pytest

from pactwatch.findings import find
from pactwatch.language import read
from pactwatch.model import Document


def sums(text: str) -> list[tuple[str, str, str]]:
    """Amount, recipient and object of the measures that are a bare sum."""
    document = Document(id="d", name="d.txt", text=text)
    found = [f for f in find(read(document)).findings if f.trigger == "measure.funding.sum"]
    return [
        (
            f.roles["amount"][0].text,
            " ".join(r.text for r in f.roles.get("recipient", ())),
            " ".join(r.text for r in f.roles.get("object", ())),
        )
        for f in found
    ]


def test_each_line_of_a_budget_is_a_measure() -> None:
    text = "The plan: $4 million for the police of Tonga and $2 million for roads in Fiji."
    assert sums(text) == [("$4 million", "police of Tonga", ""), ("$2 million", "", "roads")]


@pytest.mark.parametrize(
    "text",
    [
        "The house cost $4 million.",
        "The company made a profit of $4 million.",
        "Thieves took $4 million from the bank.",
    ],
)
def test_a_sum_that_is_only_mentioned_is_no_measure(text: str) -> None:
    assert sums(text) == []


def test_a_sum_that_a_measure_has_is_not_told_again() -> None:
    assert sums("Sweden gave $4 million to Ghana for roads.") == []
