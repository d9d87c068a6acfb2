from __future__ import annotations

from typing import Any

import pytest

from pactwatch.codebook import load_codebook
from pactwatch.codebook.vocabularies import load_table
from pactwatch.findings.context import Context
from pactwatch.findings.incidents import find_incidents
from pactwatch.findings.phrases import Phrases
from pactwatch.language import read
from pactwatch.model import Document, Finding

TABLE = load_table("incidents.toml")


def incidents(text: str) -> list[Finding]:
    document = Document(id="d", name="d.txt", text=text, published="2019-05-31")
    codebook = load_codebook()
    reading = read(document, codebook=codebook)
    context = Context(reading=reading, codebook=codebook, phrases=Phrases(reading, codebook))
    return [f for f in find_incidents(context) if isinstance(f, Finding)]


def words(finding: Finding, role: str) -> list[str]:
    return [f.text for f in finding.roles.get(role, ())]


@pytest.mark.parametrize("example", TABLE["examples"], ids=lambda e: e["text"][:40])
def test_codebook_example_is_found(example: dict[str, Any]) -> None:
    (found,) = incidents(example["text"])
    assert words(found, "what") == [example["what"]]
    assert words(found, "actor") == example.get("actors", [])
    if "targets" in example:
        assert words(found, "target")[0].endswith(example["targets"][0])


@pytest.mark.parametrize("miss", TABLE["near_misses"], ids=lambda m: m["why"])
def test_codebook_near_miss_is_not_found(miss: dict[str, str]) -> None:
    assert incidents(miss["text"]) == [], miss["why"]


def test_two_mentions_of_one_attack_are_one_incident() -> None:
    text = (
        "Gunmen attacked a bus near Garissa on Monday. "
        "Soldiers said the attack on the bus near Garissa was planned."
    )
    assert len(incidents(text)) == 1


def test_a_private_person_is_not_named() -> None:
    (found,) = incidents("Gunmen killed shopkeeper Omar Haddad and two farmers in Garissa.")
    assert not any("Haddad" in f.text for fs in found.roles.values() for f in fs)


def test_things_given_before_are_misused() -> None:
    (found,) = incidents(
        "Peru donated trucks to the Kenyan army in May 2018. The trucks had been paraded in front "
        "of the embassy in Nairobi."
    )
    assert words(found, "place") == ["Nairobi"]
    assert words(found, "what")[0].startswith("paraded in front of the embassy")


def test_things_nobody_gave_are_not_misused() -> None:
    assert incidents("The trucks had been paraded in front of the embassy in Nairobi.") == []


def test_a_camp_that_has_seen_riots_is_where_they_were() -> None:
    (found,) = incidents("The camp at Ruma in Kenya has seen riots this year.")
    assert words(found, "what") == ["riots"]


@pytest.mark.parametrize(
    ("text", "count"), [("Gunmen killed 12 farmers in Kenya.", 1), ("War kills people.", 0)]
)
def test_counted_victims_of_somebody_make_an_event(text: str, count: int) -> None:
    assert len(incidents(text)) == count


def test_what_was_earlier_has_not_the_date_of_what_followed() -> None:
    (found,) = incidents(
        "In March the ministry stopped the deliveries because the jeeps it had given to Norland "
        "had paraded in front of the embassies."
    )
    assert words(found, "date") == []


def test_clash_and_whom_it_killed_are_one_incident() -> None:
    (found,) = incidents("A clash took place on 30 January in Camar province, killing six farmers.")
    assert words(found, "what") == ["clash"]
    assert words(found, "target") == ["six farmers"]
    assert words(found, "place") == ["Camar province"]


def test_a_dateline_is_no_part_of_who_did_it() -> None:
    (found,) = incidents("Kampala - Chadian rebels killed 41 soldiers near Tine on Sunday.")
    assert words(found, "actor") == ["Chadian rebels"]


def test_what_another_deed_led_to_is_not_joined_to_it() -> None:
    found = incidents(
        "The army said it had killed a man suspected of involvement in a bombing in Tine in March."
    )
    assert all("bombing" not in words(f, "what") or "man" not in words(f, "target") for f in found)


def test_who_is_accused_did_it() -> None:
    (found,) = incidents("Manila accused Chad of territorial incursions in the Sulu Sea.")
    assert words(found, "actor") == ["Chad"]
    assert words(found, "what") == ["territorial incursions"]


def test_clashes_that_erupt_between_two_sides_are_done_by_both() -> None:
    (found,) = incidents("Clashes erupted between soldiers and herders in Zamfara on Friday.")
    assert words(found, "actor") == ["soldiers", "herders"]
