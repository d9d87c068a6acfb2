"""Measures told by the items of a list, with what its introduction says of them."""

from __future__ import annotations

from pactwatch.findings import find
from pactwatch.language import read
from pactwatch.model import Document, Finding

SIGNED = "The transfer agreement between Peru and Chile was signed on Monday.\n\n"
GIVEN = "Canada announced a package for Kenya on Monday. Canada will provide:\n\n"


def measures(text: str) -> list[Finding]:
    document = Document(id="d", name="d.txt", text=text, published="2024-05-10")
    return [f for f in find(read(document)).findings if f.kind == "measure"]


def words(finding: Finding) -> dict[str, list[str]]:
    return {role: [f.text for f in fillers] for role, fillers in finding.roles.items()}


def test_items_stand_under_the_instrument_of_their_introduction() -> None:
    text = (
        SIGNED + "Under the agreement, officials said:\n\n"
        "- migrants will be given shelter in Lima;\n"
        "- forty officers will be sent to Arica."
    )
    found = measures(text)
    assert [(f.type, f.stage) for f in found] == [("border", "agreed"), ("deployment", "agreed")]
    assert all("agreement" in f.roles for f in found)


def test_items_without_a_verb_tell_what_their_introduction_gives() -> None:
    text = GIVEN + "• $4 million for the coast guard;\n• training for border guards;"
    money, training = measures(text)
    assert (money.type, money.stage) == ("funding", "promised")
    assert words(money)["actor"] == ["Canada"]
    assert (training.type, training.stage) == ("training", "promised")
    assert words(training) == {
        "actor": ["Canada"],
        "object": ["training"],
        "recipient": ["border guards"],
    }


def test_what_is_needed_is_given_by_nobody() -> None:
    assert measures("The camp needs:\n\n• food for refugees;\n• training for guards.") == []


def test_a_paragraph_behind_a_list_is_no_item() -> None:
    text = GIVEN + "• training for border guards.\n\nThe weather was fine.\n\nAid for farmers grew."
    assert [f.type for f in measures(text)] == ["training"]


def test_items_stand_under_any_verb_of_their_introduction() -> None:
    text = "The following were deployed by Peru to Chad on Monday:\n\n• 4 coast guard vessels"
    [vessels] = measures(text)
    assert (vessels.type, vessels.stage) == ("deployment", "done")
    assert words(vessels) == {
        "actor": ["Peru"],
        "recipient": ["Chad"],
        "object": ["coast guard vessels"],
        "amount": ["4"],
    }


def test_sums_in_one_line_between_bullets_are_items_too() -> None:
    text = (
        "Norway gave money to Ghana in the following areas:\n\n"
        "$4 million for schools in the north of the country ● $1 million for wells in its south."
    )
    found = [f for f in measures(text) if "amount" in f.roles]
    assert [f.stage for f in found] == ["done", "done"]
    assert [words(f)["amount"] for f in found] == [["$4 million"], ["$1 million"]]
    assert all(words(f)["recipient"] == ["Ghana"] for f in found)


def test_items_that_are_bare_verbs_are_done_by_whom_the_introduction_names() -> None:
    text = (
        "Peru announced a package for Chad on Monday. As part of it, Peru will:\n\n"
        "• train 300 border guards;\n• deploy two liaison officers to Abéché."
    )
    training, officers = measures(text)
    assert (training.type, training.stage) == ("training", "promised")
    assert words(training)["actor"] == ["Peru"]
    assert (officers.type, words(officers)["actor"]) == ("deployment", ["Peru"])


def test_gerunds_in_a_list_have_come_as_far_as_its_introduction_says() -> None:
    text = (
        "The Government of Peru has agreed to measures, including:\n\n"
        "- Introducing a visa requirement for tourists;\n- Training 300 border guards."
    )
    assert [(f.type, f.stage) for f in measures(text)] == [
        ("border", "agreed"),
        ("training", "agreed"),
    ]
