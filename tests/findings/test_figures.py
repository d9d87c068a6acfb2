"""Which quantities are figures of the world, and which are not."""

from __future__ import annotations

import pytest

from pactwatch.codebook import load_codebook
from pactwatch.findings.context import Context
from pactwatch.findings.figures import find_figures
from pactwatch.findings.phrases import Phrases
from pactwatch.language import read
from pactwatch.model import Document, Finding, Rejected


def results(text: str, *spent: str) -> list[Finding | Rejected]:
    document = Document(id="d", name="d.txt", text=text)
    reading, codebook = read(document), load_codebook()
    context = Context(reading=reading, codebook=codebook, phrases=Phrases(reading, codebook))
    context.spent |= {(text.index(s), text.index(s) + len(s)) for s in spent}
    return list(find_figures(context))


def figures(text: str, *spent: str) -> list[dict[str, str]]:
    return [
        {role: fillers[0].text for role, fillers in finding.roles.items()}
        for finding in results(text, *spent)
        if isinstance(finding, Finding)
    ]


def test_a_share_keeps_its_denominator():
    (figure,) = figures("Over 1% of its population has left for Spain since September 2018.")
    assert figure["quantity"] == "Over 1% of its population"
    assert figure["of"].startswith("left for Spain")


def test_a_count_of_people_has_its_unit_place_and_what_is_said_of_them():
    (figure,) = figures("There are 612 people in reception centres in Malta.")
    assert figure["quantity"] == "612 people"
    assert figure["of"].startswith("people in")
    assert figure["place"] == "Malta"


def test_a_period_is_read_beside_the_quantity():
    (figure,) = figures("Some 1,300 refugees have settled in Malta in the past five years.")
    assert figure["period"] == "past five years"


def test_the_same_number_of_the_same_thing_is_one_figure():
    found = results("There are 900 refugees in Malta. Later on, 900 refugees were in camps.")
    (figure,) = [f for f in found if isinstance(f, Finding)]
    assert len(figure.evidence) == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Peru will take in 500 refugees next year.", "not a fact"),
        ("Are there 500 refugees in Malta?", "question"),
        ("The 500 refugees live in Malta.", "already known"),
        ("The two countries have signed three agreements.", "not counted"),
        ("Peru put a tariff of 25% on steel.", "rate of a levy"),
        ("Peru gave Chile $20 million.", "sum of money"),
    ],
)
def test_what_is_no_figure_is_refused_with_a_reason(text, reason):
    found = results(text)
    assert not [f for f in found if isinstance(f, Finding)]
    assert reason in [r.reason for r in found if isinstance(r, Rejected)]


def test_amounts_of_measures_are_no_figures():
    text = "Police in Malta arrested 900 people in May."
    assert figures(text)
    assert not figures(text, "900")


def test_a_share_is_of_the_subject_that_rose_to_it() -> None:
    (found,) = figures("Inflation in Kenya rose to 24% in May 2019.")
    assert found["of"] == "Inflation"


def test_the_day_of_saying_is_no_period_of_what_is_said() -> None:
    (found,) = figures("The minister told parliament on Tuesday that the road cost $4 million.")
    assert "period" not in found


@pytest.mark.parametrize(
    "text",
    [
        "The delivery of more than 20,000 helmets ended in January.",
        "Peru and Chile are fielding more than 1,000 participants each.",
    ],
)
def test_what_is_handed_over_or_sent_is_an_amount_and_no_figure(text):
    assert figures(text) == []
