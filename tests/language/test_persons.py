"""Who is named, publicly or not, and under which forms of the name."""

from __future__ import annotations

import pytest

from pactwatch.language import Person, read
from pactwatch.model import Document


def persons(text: str) -> list[Person]:
    return list(read(Document(id="d", name="d.txt", text=text)).persons)


SPOKE = "President Juan M. Ruiz signed the treaty. "

NAMED = [
    ("a title before", "Interior Minister Ana Ruiz sent officers.", "Ana Ruiz"),
    ("a title with its subject", "The Minister for Home Affairs Ana Ruiz left.", "Ana Ruiz"),
    ("a title after, set off", "Ana Ruiz, the interior minister, sent officers.", "Ana Ruiz"),
    ("a title before, set off", "The interior minister, Ana Ruiz, sent officers.", "Ana Ruiz"),
    ("an honorific", "Mr Smith said the plan failed.", "Smith"),
    ("a word of saying", "Ana Ruiz said the talks failed.", "Ana Ruiz"),
    ("a member of a legislature", "Ana Ruiz MP sent a letter to the minister.", "Ana Ruiz"),
    ("a government of hers", "Officers of Ana Ruiz's government left.", "Ana Ruiz"),
    ("a title with its state", "He met the Deputy Minister of Kenya Ana Ruiz.", "Ana Ruiz"),
    ("an address in capitals", "The Minister for Trade HE Ana Ruiz left.", "Ana Ruiz"),
    ("particles", "Senator Ana de la Cruz said so.", "Ana de la Cruz"),
]


@pytest.mark.parametrize(("text", "name"), [n[1:] for n in NAMED], ids=[n[0] for n in NAMED])
def test_the_text_shows_that_a_name_is_a_public_persons(text: str, name: str) -> None:
    (person,) = persons(text)
    assert (person.name, text[person.start : person.end], person.private) == (name, name, False)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz walked to the minister.",
        "Officers closed Market Street.",
        "The Justice Department sent officers.",
        "Kenya sent officers to Haiti.",
    ],
)
def test_other_capitalised_words_are_nobody(text: str) -> None:
    assert persons(text) == []


def test_a_private_person_is_described_and_never_named() -> None:
    text = "Police arrested alleged smuggler Juan Roe. Officers sent Roe to prison."
    (person,) = persons(text)
    assert person.private
    assert text[person.start : person.end] == "alleged smuggler"
    assert [text[a:b] for a, b in person.mentions] == ["Juan Roe", "Roe"]


FORMS = [
    ("the surname alone", "Officers met Ruiz.", "Ruiz"),
    ("given name without initial", "Officers met Juan Ruiz.", "Juan Ruiz"),
    ("an initial", "Officers met J. Ruiz.", "J. Ruiz"),
]


@pytest.mark.parametrize(("text", "form"), [f[1:] for f in FORMS], ids=[f[0] for f in FORMS])
def test_forms_of_one_name_are_one_person(text: str, form: str) -> None:
    (person,) = persons(SPOKE + text)
    assert person.name == "Juan M. Ruiz"
    assert [(SPOKE + text)[a:b] for a, b in person.mentions] == ["Juan M. Ruiz", form]


def test_other_given_names_are_other_persons() -> None:
    found = persons("President Ana Ruiz met Luis Ruiz, the interior minister, and sent officers.")
    assert [p.name for p in found] == ["Ana Ruiz", "Luis Ruiz"]


def test_a_slip_of_spelling_in_a_long_surname_is_no_other_person() -> None:
    (person,) = persons("President Ana Gonzalez spoke. Gonzales said no.")
    assert len(person.mentions) == 2


def test_short_surnames_that_differ_are_two_persons() -> None:
    assert len(persons("President Ana Ruiz spoke. Minister Ana Roiz said no.")) == 2


def test_a_surname_that_comes_first_names_the_same_person() -> None:
    (person,) = persons("Commerce Minister Wang Wentao left. Mr Wang said the talks failed.")
    assert person.name == "Wang Wentao"
    assert len(person.mentions) == 2
