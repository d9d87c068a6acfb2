"""What is not in the text is never found: whole texts that tempt an extractor."""

from __future__ import annotations

import pytest

from pactwatch.findings import find
from pactwatch.language import read
from pactwatch.model import Document, Finding


def findings(text: str, kind: str) -> list[Finding]:
    document = Document(id="d", name="d.txt", text=text, published="2021-06-15")
    return [f for f in find(read(document)).findings if f.kind == kind]


def words(finding: Finding, role: str) -> list[str]:
    return [f.text for f in finding.roles.get(role, ())]


def values(finding: Finding, role: str) -> list[object]:
    return [f.value for f in finding.roles.get(role, ())]


NOTHING = [
    ("agreement", "Ghana denied that any agreement had been signed with Togo on fishing."),
    ("agreement", "Did Malta sign a secret agreement with Libya on migrants? Nobody will say."),
    ("agreement", "The two sides failed to reach an agreement on quotas, Norway's minister said."),
    ("agreement", "An agreement between Chad and Libya on gold mining remains unlikely."),
    ("agreement", "We are in full agreement with Germany on Ukraine, said President Luc Martin."),
    ("agreement", "The bank and the union reached an agreement on wages in Kenya on Monday."),
    ("agreement", "The football federation of Turkey signed an agreement with a Japanese club."),
    ("agreement", "It would be wrong to say that Egypt and Israel concluded a pact in Cairo."),
    (
        "agreement",
        "Ambassador John Price of Spain signed an agreement with the University of Lima.",
    ),
    ("agreement", 'An official dismissed as "fantasy" a report that Peru had agreed to a deal.'),
    ("meeting", "Had the presidents of Peru and Chile met in Lima in May, war would have ended."),
    ("meeting", "A drama about talks between France and Algeria is a film shown in Cannes."),
    ("meeting", "The wife of President Pedro Salas visited a school in Ecuador on Tuesday."),
    ("incident", "The army denied that its soldiers had killed civilians in Kano on Sunday."),
    (
        "incident",
        "Inspectors found no evidence that guards had tortured prisoners in Kabul in 2019.",
    ),
    ("incident", "It is not true that rebels killed 30 civilians in Goma on Monday."),
    ("incident", "In a drill, gunmen killed 40 hostages in Nairobi on Saturday."),
    ("incident", "The heat killed 200 people in Pakistan in June."),
    ("incident", "The team killed the game in Lagos on Sunday."),
    ("incident", "Donated ambulances were used to carry patients in Kampala in January."),
    ("incident", "A bus was parked outside the embassy in Lima on Sunday."),
    ("figure", "The government denied that 400 refugees had drowned off Malta in May."),
    ("figure", "Is it true that 40,000 migrants died? asked the senator."),
    ("office", "Would-be prime minister Tom Hale said the talks had failed."),
    ("office", "Actor Martin Bell, who played President Bartlet, came to Dublin."),
]


@pytest.mark.parametrize(("kind", "text"), NOTHING, ids=lambda v: v[:40])
def test_nothing_is_found_where_nothing_is_asserted(kind: str, text: str) -> None:
    assert findings(text, kind) == []


STAGES = [
    ("If Norway and Iceland sign the fisheries agreement next week, quotas fall.", "proposed"),
    ("Had Georgia signed the association agreement with Moldova, all were well.", "proposed"),
    ("Kenya is close to signing a health agreement with Cuba.", "negotiating"),
    ("The president asked officials to finalise a memorandum with Turkey.", "negotiating"),
    ("Vanuatu's parliament rejected the security treaty with Australia.", "rejected"),
    ("Vietnam will sign a trade agreement with Israel on 25 July in Hanoi.", "proposed"),
]


@pytest.mark.parametrize(("text", "stage"), STAGES, ids=lambda v: v[:40])
def test_nothing_is_signed_before_it_is(text: str, stage: str) -> None:
    (found,) = findings(text, "agreement")
    assert found.stage == stage
    assert not any(words(found, role) for role in ("signed", "signatory", "place"))


PARTIES = [
    (
        "Honduras signed the memorandum in 2019, the year in which Guatemala held elections.",
        ["HN"],
    ),
    (
        "Mali, Niger and Chad, but not Mauritania, signed a joint declaration in Bamako.",
        ["ML", "NE", "TD"],
    ),
    (
        "Kenya has signed the agreement, but Tanzania refused to sign it.",
        ["KE"],
    ),
    (
        "After the signing of the peace agreement between Colombia and the rebels in 2016, "
        "Norway opened an office in Bogota.",
        ["CO"],
    ),
]


@pytest.mark.parametrize(("text", "states"), PARTIES, ids=lambda v: v[:40])
def test_who_stands_aside_is_no_party(text: str, states: list[str]) -> None:
    (found,) = findings(text, "agreement")
    assert sorted(map(str, values(found, "party"))) == states


def test_the_day_of_the_dateline_is_not_the_day_of_signing() -> None:
    text = "LIMA, June 14 (Andes Wire) - Peru and Bolivia signed an agreement in La Paz on Sunday."
    (found,) = findings(text, "agreement")
    assert values(found, "signed") == ["2021-06-13"]
    assert words(found, "place") == ["La Paz"]


def test_a_deal_that_was_signed_stays_signed_under_a_condition() -> None:
    text = "The deal with Brazil signed last month would be cancelled by Peru if prices fell."
    (found,) = findings(text, "agreement")
    assert found.stage == "signed"


def test_what_a_court_strikes_down_is_ended() -> None:
    text = (
        "The Norwegian pact was struck down by the Supreme Court of Kenya in June. It was a "
        "first pact with Norway."
    )
    (found,) = findings(text, "agreement")
    assert found.stage == "ended"
    assert values(found, "party") == ["NO"]


def test_a_minister_signs_for_the_country_of_the_title() -> None:
    text = (
        "Chad's Foreign Minister, Ali Namo, said that he has reached agreement with Australia on "
        "gold. Iraq is far away. Iraq is large."
    )
    (found,) = findings(text, "agreement")
    assert values(found, "party") == ["AU", "TD"]


def test_an_accord_that_is_no_treaty_is_none() -> None:
    (found,) = findings("The accord between Iran and Oman is not a treaty.", "agreement")
    assert found.type == "agreement"


def test_a_meeting_planned_and_put_off_is_cancelled() -> None:
    text = (
        "The summit between President Milan Petrovic of Serbia and Prime Minister Arben Hoxha of "
        "Kosovo, planned for 20 June in Vienna, has been postponed."
    )
    assert [f.stage for f in findings(text, "meeting")] == ["cancelled"]


def test_a_weekday_of_a_plan_lies_ahead_and_of_a_deed_behind() -> None:
    (planned,) = findings("Ministers from Spain and Peru will meet in Lima on Friday.", "meeting")
    assert values(planned, "date") == ["2021-06-18"]
    (done,) = findings("Ministers from Spain and Peru met in Lima on 31 August.", "meeting")
    assert values(done, "date") == ["2020-08-31"]


SPEAKERS = [
    ('"They beat us," said Ahmed Yusuf, a 24-year-old migrant from Sudan.', "migrant from Sudan"),
    ('"I lost everything," said Fatima Diallo, who fled Mali last year.', "who fled Mali"),
    ("Refugee Hassan Ali said Kenya had promised him papers.", "Refugee"),
    ("Carlos Mejia, a taxi driver in Lima, said the police had left.", "taxi driver in Lima"),
    ("A spokesperson for Foreign Minister Ana Costa said Peru agreed.", "spokesperson for"),
    ("The Government said it would help Tuvalu. Fiji said it would too.", "Government"),
]


@pytest.mark.parametrize(("text", "speaker"), SPEAKERS, ids=lambda v: v[:40])
def test_nobody_else_and_no_private_name_speaks(text: str, speaker: str) -> None:
    said = findings(text, "statement")[0]
    assert speaker in words(said, "speaker")[0]
    assert not any(
        name in words(said, "speaker")[0] for name in ("Yusuf", "Diallo", "Mejia", "Ali")
    )


def test_a_son_speaks_and_not_his_father() -> None:
    text = "Nana Addo, son of President Kwame Addo, said the family would leave Ghana."
    (said,) = findings(text, "statement")
    assert words(said, "speaker") == ["Nana Addo"]


def test_a_call_on_somebody_is_a_visit_and_no_words() -> None:
    text = "Mr Downer called on the Prime Minister of Fiji and held talks with his ministers."
    assert findings(text, "statement") == []
    (said,) = findings("Mr Downer called on Fiji to hold elections.", "statement")
    assert words(said, "content") == ["hold elections"]


def test_hearsay_has_no_speaker() -> None:
    assert findings("Many argue that the pact with Peru never lived.", "statement") == []


def test_a_preface_is_not_what_states_have_claimed() -> None:
    text = "Since the Treaty of Westphalia in 1648, states have claimed sovereignty."
    assert findings(text, "statement") == []


def test_a_victim_is_told_by_description() -> None:
    text = "Gunmen killed Daniel Osei, a farmer, near Tamale in Ghana on Sunday."
    (found,) = findings(text, "incident")
    assert words(found, "target") == ["farmer"]


def test_misuse_is_found_without_its_noun() -> None:
    text = (
        "The trucks, donated by Spain for border patrols, were used outside the "
        "seat of the commission in Lima on 31 August to intimidate its staff."
    )
    (found,) = findings(text, "incident")
    assert words(found, "target") == ["staff"]
    assert values(found, "date") == ["2020-08-31"]


def test_a_bomb_is_no_actor() -> None:
    (found,) = findings("A roadside bomb wounded three soldiers in Garissa on Monday.", "incident")
    assert words(found, "actor") == []
