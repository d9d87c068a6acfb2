"""Who is who over several reports."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pactwatch.ledger.countries import countries_in, names_country
from pactwatch.ledger.names import kind_of_name


def actor_of(ledger, name):
    found = [a for a in ledger.actors if name in a.names]
    assert len(found) == 1, f"{name}: {[a.names for a in ledger.actors]}"
    return found[0]


def same(ledger, *names):
    return len({actor_of(ledger, name).id for name in names}) == 1


def test_an_acronym_is_the_agency_that_its_initials_spell(world):
    world.tell(
        "a", "The Department of Border Affairs sent boats.", "measure",
        actor="Department of Border Affairs", object="boats",
    )  # fmt: skip
    world.tell("b", "DBA sent buses.", "measure", actor="DBA", object="buses")
    world.tell(
        "c", "The U.S. Department of Border Affairs sent tents.", "measure",
        actor="U.S. Department of Border Affairs", object="tents",
    )  # fmt: skip
    world.tell("d", "Border Affairs sent maps.", "measure", actor="Border Affairs", object="maps")
    ledger = world.settle()
    assert same(
        ledger,
        "DBA",
        "Department of Border Affairs",
        "U.S. Department of Border Affairs",
        "Border Affairs",
    )
    assert actor_of(ledger, "DBA").country == "US"
    assert actor_of(ledger, "DBA").kind == "agency"


def test_an_acronym_means_what_its_document_says_it_means(world):
    world.report("a", "The National Fish Council (NFC) met. NFC gave nets.")
    world.say("a", "measure", actor="NFC", object="nets")
    world.report("b", "The Northern Free Coast (NFC) met. NFC gave ropes.")
    world.say("b", "measure", actor="NFC", object="ropes")
    assert len([a for a in world.settle().actors if "NFC" in a.names]) == 2


def test_ministries_of_two_countries_are_two(world):
    for name, country in (("a", "Kenyan"), ("b", "Ugandan")):
        text = f"The {country} Ministry of Roads built a bridge."
        world.tell(
            name, text, "measure", actor=f"{country} Ministry of Roads", object="bridge"
        )  # fmt: skip
    ledger = world.settle()
    assert not same(ledger, "Kenyan Ministry of Roads", "Ugandan Ministry of Roads")
    assert actor_of(ledger, "Kenyan Ministry of Roads").country == "KE"


def test_a_parliament_without_a_country_is_that_of_its_document(world):
    world.tell("a", "Parliament voted for it.", "measure", actor="Parliament", object="it")
    world.tell("b", "Parliament voted against it.", "measure", actor="Parliament", object="it")
    assert len([a for a in world.settle().actors if a.name == "Parliament"]) == 2


def test_middle_names_titles_and_surnames_alone_are_one_person(world):
    world.report("a", "Anna Q. Orlova, the trade minister, spoke. Orlova left.")
    world.say("a", "office", person="Anna Q. Orlova", title="trade minister")
    world.say("a", "statement", speaker="Orlova", cue="spoke", content="left")
    world.tell("b", "Anna Orlova stayed.", "meeting", participant="Anna Orlova")
    world.tell("c", "Minister Orlova won.", "measure", actor="Minister Orlova", object="won")
    ledger = world.settle()
    assert same(ledger, "Anna Q. Orlova", "Anna Orlova", "Orlova")
    assert actor_of(ledger, "Orlova").office_ids


def test_different_given_names_are_different_persons_and_a_bare_surname_is_neither(world):
    world.tell("a", "Juan Velmar signed.", "office", person="Juan Velmar", title="signed")
    world.tell("b", "Maria Velmar signed.", "office", person="Maria Velmar", title="signed")
    world.tell("c", "Velmar, a judge, signed.", "office", person="Velmar", title="judge")
    ledger = world.settle()
    ids = {actor_of(ledger, n).id for n in ("Juan Velmar", "Maria Velmar", "Velmar")}
    assert len(ids) == 3


def test_a_misspelt_surname_in_the_same_document_is_one_person(world):
    world.report("a", "Kirsa Tolsen, secretary of ports, spoke. Tolson had described it as good.")
    world.say("a", "office", person="Kirsa Tolsen", title="secretary of ports")
    world.say("a", "statement", speaker="Tolson", cue="described", content="good")
    world.say("a", "office", person="Tolson", title="secretary of ports")
    assert same(world.settle(), "Kirsa Tolsen", "Tolson")


def test_a_short_or_other_surname_is_no_misspelling(world):
    world.report("a", "Ana Reyes met Luis Reyna and Bo Li met Al Lu.")
    for person in ("Ana Reyes", "Luis Reyna", "Bo Li", "Al Lu"):
        world.say("a", "office", person=person, title="met")
    assert len([x for x in world.settle().actors if x.kind == "person"]) == 4


def test_a_ruler_is_not_the_state_and_an_administration_is_not_the_person(world):
    world.report("a", "President Ada Obrecht spoke. The Obrecht administration and Kenya agreed.")
    world.say("a", "office", person="Ada Obrecht", title="President")
    world.say("a", "measure", actor=["Obrecht administration", ("Kenya", "KE")], object="agreed")
    ledger = world.settle()
    ids = {actor_of(ledger, n).id for n in ("Ada Obrecht", "Obrecht administration", "Kenya")}
    assert len(ids) == 3


def test_a_state_is_one_under_all_names_of_its_government(world):
    world.report("a", "Kenya, the Kenyan government and the Government of Kenya agreed.")
    for words in ("Kenya", "Kenyan government", "Government of Kenya"):
        world.say("a", "meeting", participant=words, topic="agreed")
    ledger = world.settle()
    assert same(ledger, "Kenya", "Kenyan government", "Government of Kenya")
    assert actor_of(ledger, "Kenya").name == "Kenya"
    assert actor_of(ledger, "Kenya").kind == "state"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Guatemalan officials", "group"),
        ("asylum seekers", "group"),
        ("Foreign Minister of Malaysia", "group"),
        ("Council on Coastal Affairs", "agency"),
        ("Harbour Post", "publication"),
        ("Ada Obrecht", "person"),
        ("Fund for Rivers", "organisation"),
    ],
)
def test_kind_by_the_form_of_the_name(words, kind):
    assert kind_of_name(words) == kind


@pytest.mark.parametrize(
    ("words", "codes", "whole"),
    [
        ("U.S.", {"US"}, "US"),
        ("please help us", set(), None),
        ("Central America", set(), None),
        ("Mexican and U.S. officials", {"MX", "US"}, None),
        ("Nigerian army", {"NG"}, None),
        ("Guatemalans", {"GT"}, None),
        ("Papua New Guinea", {"PG"}, "PG"),
        ("East\xa0Timor", {"TL"}, "TL"),
    ],
)
def test_countries_that_words_name(words, codes, whole):
    assert countries_in(words) == codes
    assert names_country(words) == whole


def test_an_outlet_that_is_told_something_is_no_person(world):
    world.tell(
        "a", "Two officers told Harbour Lens that boats had left.", "statement", form="indirect",
        speaker="Two officers", cue="told", addressee="Harbour Lens", content="boats had left",
    )  # fmt: skip
    world.tell(
        "b", "The mayor told Ana Ruiz that boats had left.", "statement", form="indirect",
        speaker="The mayor", cue="told", addressee="Ana Ruiz", content="boats had left",
    )  # fmt: skip
    world.documents["a"] = replace(world.documents["a"], publisher="Harbour Lens")
    ledger = world.settle()
    assert actor_of(ledger, "Harbour Lens").kind == "publication"
    assert actor_of(ledger, "Ana Ruiz").kind == "person"


def test_a_speaker_tells_only_the_sentence_that_is_the_evidence(world):
    text = "Peru, Chile seal pact. Peru and Chile signed a pact, the mayor said."
    world.report("a", text)
    world.say(
        "a", "agreement", type="agreement", stage="signed", name="a pact", party=["Peru", "Chile"],
        attributed_to="mayor", evidence=["Peru and Chile signed a pact, the mayor said."],
    )  # fmt: skip
    told = {
        support.words.start: support.attributed_to
        for claim in world.one("agreement").claims
        for support in claim.support
    }
    assert told[0] is None
    assert told[text.find("a pact")] == "mayor"
