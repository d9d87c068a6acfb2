"""Who holds which office, in prose, head lines and signatures."""

from __future__ import annotations

import pytest

from pactwatch.codebook import load_codebook
from pactwatch.findings.context import Context
from pactwatch.findings.offices import find_offices
from pactwatch.findings.phrases import Phrases
from pactwatch.language import read
from pactwatch.model import Document, Finding, Rejected


def results(text: str) -> list[Finding | Rejected]:
    document = Document(id="d", name="d.txt", text=text)
    reading, codebook = read(document), load_codebook()
    context = Context(reading=reading, codebook=codebook, phrases=Phrases(reading, codebook))
    return list(find_offices(context))


def offices(text: str) -> list[tuple[str, str, str | None]]:
    """Offices of a text as ``(person, title, body)``."""
    found = []
    for finding in results(text):
        if isinstance(finding, Finding):
            words = {r: " ".join(fs[0].text.split()) for r, fs in finding.roles.items()}
            found.append((words["person"], words["title"], words.get("body")))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("President Ruiz signed the treaty on Monday.", ("Ruiz", "President", None)),
        ("Mexico's Foreign Minister Ana Ruiz left.", ("Ana Ruiz", "Foreign Minister", "Mexico")),
        ("Acting DHS Secretary Tomas Bell left.", ("Tomas Bell", "Acting DHS Secretary", "DHS")),
        ("Ana Ruiz, the minister for trade, said it was signed.",
         ("Ana Ruiz", "minister for trade", None)),
        ("The Minister for Home Affairs and Justice, Senator Ana Ruiz, signed it.",
         ("Ana Ruiz", "Minister for Home Affairs and Justice", None)),
        ("The President of Nauru, Ana Ruiz, signed it.", ("Ana Ruiz", "President", "Nauru")),
        ("Former President Tomas Bell signed it.", ("Tomas Bell", "Former President", None)),
    ],
)  # fmt: skip
def test_a_title_beside_a_name_is_an_office(text, expected):
    assert expected in offices(text)


def test_a_demonym_gives_the_country_by_its_name_where_the_text_has_it():
    found = offices("Guatemalan Minister Ana Ruiz signed it. Guatemala will pay.")
    assert found == [("Ana Ruiz", "Minister", "Guatemala")]


def test_head_lines_give_the_office_of_the_name_beside_them():
    text = "Tomas Bell MP\n\nMinister for Trade and Investment\n\nPort to open in June\n\n"
    text += "The Government will open the port in June. It has been closed for a long time now."
    assert offices(text) == [("Tomas Bell", "Minister for Trade and Investment", None)]


def test_two_titles_of_one_person_are_two_offices_and_a_repeated_one_is_one():
    found = results(
        "Senator Ana Ruiz said it. Foreign Minister Ana Ruiz signed it. "
        "Later Foreign Minister Ruiz left."
    )
    findings = [f for f in found if isinstance(f, Finding)]
    assert [f.roles["title"][0].text for f in findings] == ["Senator", "Foreign Minister"]
    assert [len(f.evidence) for f in findings] == [1, 2]


def test_joined_titles_have_the_same_holder():
    found = offices("Ana Ruiz, Member for Ashby and Shadow Minister for Trade, said so.")
    assert [title for _, title, _ in found] == ["Member for Ashby", "Shadow Minister for Trade"]


def test_a_seat_in_parliament_counts_where_no_fuller_office_is_told():
    assert offices("Tomas Bell MP said the port was closed.") == [("Tomas Bell", "MP", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Mr Tomas Bell said the port was closed.",
        "Dr Ana Ruiz, an economist, said the port was closed.",
        "Media contact: Ana Ruiz, Press Secretary 0412 345 678",
    ],
)
def test_honorifics_callings_and_press_contacts_are_no_offices(text):
    assert offices(text) == []


def test_a_title_without_a_name_is_refused_with_a_reason():
    (refused,) = results("The Foreign Minister said the port was closed.")
    assert isinstance(refused, Rejected)
    assert refused.reason == "no name beside it"


def test_in_a_row_of_head_lines_each_name_keeps_the_title_of_its_own_line():
    text = "HON TOMAS BELL MP MINISTER FOR TRADE\n\nHON ANA RUIZ MP MINISTER FOR HEALTH\n\n"
    text += "The Government will open the port in June. It has been closed for a long time now."
    assert [(person, title) for person, title, _ in offices(text)] == [
        ("TOMAS BELL", "MINISTER FOR TRADE"),
        ("ANA RUIZ", "MINISTER FOR HEALTH"),
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The chairman of Lomo province, Ana Ruiz, said it was late.", "chairman of Lomo province"),
        ("Ana Ruiz, the chairwoman of Lomo district, said it was late.",
         "chairwoman of Lomo district"),
        ("Ana Ruiz, chairman of the Arden company, said it was late.",
         "chairman of the Arden company"),
    ],
)  # fmt: skip
def test_an_office_over_a_province_a_district_or_a_company_is_one(text, title):
    assert [(person, told) for person, told, _ in offices(text)] == [("Ana Ruiz", title)]
