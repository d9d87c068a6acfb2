from __future__ import annotations

from typing import Any

import pytest

from pactwatch.codebook import load_codebook
from pactwatch.codebook.vocabularies import load_table
from pactwatch.findings import find
from pactwatch.findings.agreements import find_instruments
from pactwatch.findings.context import Context
from pactwatch.findings.meetings import find_meetings
from pactwatch.findings.phrases import Phrases
from pactwatch.findings.statements import find_statements
from pactwatch.language import read
from pactwatch.model import Document, Finding

TABLE = load_table("meetings.toml")


def meetings(text: str) -> list[Finding]:
    document = Document(id="d", name="d.txt", text=text, published="2019-05-31")
    codebook = load_codebook()
    reading = read(document, codebook=codebook)
    context = Context(reading=reading, codebook=codebook, phrases=Phrases(reading, codebook))
    context.statements = [f for f in find_statements(context) if isinstance(f, Finding)]
    context.instruments = find_instruments(context)
    return [f for f in find_meetings(context) if isinstance(f, Finding)]


def words(finding: Finding, role: str) -> list[str]:
    return [f.text for f in finding.roles.get(role, ())]


@pytest.mark.parametrize("example", TABLE["examples"], ids=lambda e: e["text"][:40])
def test_codebook_example_is_found(example: dict[str, Any]) -> None:
    (found,) = meetings(example["text"])
    assert found.stage == example["stage"]
    assert words(found, "participant") == example["participants"]
    for role in ("place", "topic"):
        if role in example:
            assert words(found, role) == [example[role]]


@pytest.mark.parametrize("miss", TABLE["near_misses"], ids=lambda m: m["why"])
def test_codebook_near_miss_is_not_found(miss: dict[str, str]) -> None:
    assert meetings(miss["text"]) == [], miss["why"]


def test_one_meeting_is_found_once() -> None:
    text = (
        "Foreign Minister Ana Ruiz met President Luis Mora in Lisbon on Tuesday. "
        "The meeting lasted two hours. The talks were held behind closed doors in Portugal."
    )
    (found,) = meetings(text)
    assert len(found.evidence) > 1


def test_a_signing_ceremony_has_the_signatories_as_participants() -> None:
    text = (
        "Foreign Minister Ana Ruiz and President Luis Mora signed an agreement between Peru "
        "and Chile at a ceremony in Lima on Monday."
    )
    (found,) = meetings(text)
    assert words(found, "participant") == ["Ana Ruiz", "Luis Mora"]
    assert words(found, "place") == ["Lima"]


def test_a_signing_without_an_occasion_is_no_meeting() -> None:
    assert meetings("Foreign Minister Ana Ruiz signed an agreement with Chile on Monday.") == []


def test_an_official_who_calls_on_another_meets_them() -> None:
    (found,) = meetings(
        "Kenyan Foreign Minister Ana Ruiz called on Ugandan Prime Minister Li Roe in Kampala."
    )
    assert words(found, "participant") == ["Ana Ruiz", "Li Roe"]
    assert meetings("Minister Ana Ruiz of Kenya called on Uganda to sign the treaty.") == []


def test_what_a_meeting_is_for_is_no_second_one() -> None:
    (found,) = meetings("Officials from Peru and Chile met in Lima on Monday to discuss fisheries.")
    assert [t.text for t in found.roles["topic"]] == ["fisheries"]


def test_delegations_named_later_take_part() -> None:
    (found,) = meetings(
        "Officials from Peru and Chile met in Lima on Monday. Foreign Minister Ana Ruiz led the "
        "Peruvian side. Chile sent Interior Minister Li Roe."
    )
    assert words(found, "participant") == ["Officials from Peru and Chile", "Ana Ruiz", "Li Roe"]
    assert len(found.evidence) == 3


def test_the_talks_hosted_by_a_side_are_the_meeting_before() -> None:
    (found,) = meetings(
        "Officials from Peru and Chile met in Lima on Monday. The talks were hosted by Peru."
    )
    assert words(found, "participant") == ["Officials from Peru and Chile"]


def test_later_sentences_tell_the_topic() -> None:
    (found,) = meetings(
        "Foreign Minister Ana Ruiz of Peru met Chilean minister Li Roe in Lima. The issue of "
        "cattle theft was raised during the meeting."
    )
    assert [t.text for t in found.roles["topic"]] == ["cattle theft"]


def test_those_who_chair_a_conference_take_part() -> None:
    (found,) = meetings(
        "The conference, held on 15 and 16 June in Lima under the joint chairmanship of Peru and "
        "Chile, ended well."
    )
    assert words(found, "participant") == ["Peru", "Chile"]


def test_talks_during_a_visit_are_where_the_visit_is() -> None:
    found = meetings(
        "Kenyan Foreign Minister Ana Ruiz visited Uganda on 12 May 2019. Ms Ruiz also met Ugandan "
        "Prime Minister Li Roe."
    )
    assert [[p.text for p in f.roles["place"]] for f in found] == [["Uganda"], ["Uganda"]]


def test_a_journey_to_two_states_is_two_visits() -> None:
    found = meetings("President Ana Ruiz will visit Peru and Chile next week.")
    assert sorted(words(f, "place")[0] for f in found) == ["Chile", "Peru"]


def test_a_visit_during_which_two_speak_is_their_meeting() -> None:
    (found,) = meetings(
        "President Ana Ruiz met Peruvian ministers during a visit to Lima. "
        "President Ruiz met Minister Luis Mora."
    )
    assert set(words(found, "participant")) == {"Ana Ruiz", "Peruvian ministers", "Luis Mora"}
    assert words(found, "place") == ["Lima"]


def test_his_visit_is_that_of_whom_the_sentence_names_next() -> None:
    text = (
        "President Luis Mora spoke in Quito. During his visit to Hanoi, Minister Ana Ruiz said so."
    )
    (found,) = meetings(text)
    assert words(found, "participant") == ["Ana Ruiz"]


def test_whom_one_was_pleased_to_meet_one_met() -> None:
    text = "Minister Ana Ruiz of Chile was pleased to meet Minister Luis Mora of Peru."
    (found,) = meetings(text)
    assert found.stage == "held"


def test_what_is_signed_during_the_meeting_is_no_second_meeting() -> None:
    text = (
        "Minister Ana Ruiz of Chile met Minister Luis Mora of Peru in Quito. During the meeting, "
        "the ministers signed a memorandum of understanding between Chile and Peru."
    )
    (found,) = meetings(text)
    assert words(found, "participant") == ["Ana Ruiz", "Luis Mora"]


def test_his_counterpart_is_who_is_named_next() -> None:
    (found,) = meetings("Minister Ana Ruiz of Chile met her counterpart Mr. Luis Mora, of Peru.")
    assert words(found, "participant") == ["Ana Ruiz", "Luis Mora"]


def test_two_persons_who_convene_meet() -> None:
    (found,) = meetings(
        "President Ana Ruiz and President Luis Mora of Peru convened in Quito to discuss fish."
    )
    assert words(found, "participant") == ["Ana Ruiz", "Luis Mora"]
    assert found.stage == "held"


def test_who_takes_part_tells_of_his_own_doing_and_is_not_reported() -> None:
    text = (
        "Minister Ana Ruiz of Chile said: “I will meet President Luis Mora of Peru on Friday.” "
        "An envoy said Ms Bell will meet him in Quito."
    )
    document = Document(id="d", name="d.txt", text=text, published="2019-05-31")
    found = [f for f in find(read(document)).findings if f.kind == "meeting"]
    assert found
    assert found[0].attributed_to is None


@pytest.mark.parametrize(
    "text", ["Norway flew in 40 tents to Kenya.", "The minister flew 40 families to Kenya."]
)
def test_who_flies_something_somewhere_is_not_visiting(text: str) -> None:
    assert meetings(text) == []
