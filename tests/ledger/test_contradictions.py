"""Denials, slips, people under two words, contents and firsts, each with its near misses."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pactwatch.ledger.exclusive import calls_all
from pactwatch.ledger.quotation import compare_quotations
from pactwatch.ledger.slips import lost_letter
from pactwatch.model import Quantity

KENYA, UGANDA, RWANDA = ("Kenya", "KE"), ("Uganda", "UG"), ("Rwanda", "RW")
JAPAN = ("Japan", "JP")


def kinds(record):
    return {(c.field, c.kind, c.severity) for c in record.contests}


# Denials


def accord(world, name="a", day="2031-05-20"):
    world.tell(name, "Kenya and Uganda signed the Lake Patrol Accord.", "agreement",
               name="Lake Patrol Accord", type="agreement", stage="signed",
               party=[KENYA, UGANDA], published=day)  # fmt: skip


def says(world, words, cue="said", day="2031-05-22", name="b"):
    text = f"The Kenyan foreign ministry {cue} {words}, Kenya and Uganda report."
    world.tell(name, text, "statement", form="indirect", speaker="Kenyan foreign ministry",
               cue=cue, content=words, published=day)  # fmt: skip


@pytest.mark.parametrize(
    ("words", "cue", "denied"),
    [
        ("there is no agreement with Uganda", "said", True),
        ("no deal has been signed with Uganda", "said", True),
        ("that it had signed the Lake Patrol Accord with Uganda", "denied", True),
        ("the accord with Uganda does not bind courts", "said", False),
        ("there is no agreement with Rwanda on fish", "said", True),
        ("any wrongdoing", "denied", False),
    ],
)
def test_an_agreement_denied_by_a_party(world, words, cue, denied):
    accord(world)
    says(world, words, cue)
    record = world.one("agreement")
    assert (("stage", "denial", "high") in kinds(record)) is denied


def test_a_denial_long_after_or_of_other_states_denies_nothing(world):
    accord(world)
    says(world, "there is no agreement with Uganda", day="2032-05-22")
    world.tell("c", "The Rwandan ministry said there is no agreement with Burundi.", "statement",
               form="indirect", speaker="Rwandan ministry", cue="said",
               content="there is no agreement with Burundi")  # fmt: skip
    assert world.one("agreement").contests == ()


def powers(world, content, day="2031-05-25"):
    world.tell("a", "Agents of Japan will join in police raids in Kenya.", "measure",
               type="operation", stage="promised", actor=JAPAN, object="police raids",
               place=[KENYA])  # fmt: skip
    world.tell("b", f"An official of Japan said {content}.", "statement", form="indirect",
               speaker="official of Japan", cue="said", content=content,
               published=day)  # fmt: skip
    return world.one("measure")


def test_a_measure_denied_by_what_it_is_said_to_be_without(world):
    record = powers(world, "they will be advisers and take no part in police raids")
    (contest,) = record.contests
    assert (contest.field, contest.kind, contest.severity) == ("stage", "denial", "high")
    assert [side.text for side in contest.sides] == [
        "promised",
        "they will be advisers and take no part in police raids",
    ]


@pytest.mark.parametrize(
    ("content", "day"),
    [
        ("they will join in police raids", "2031-05-25"),
        ("they will not fish, and police raids go on", "2031-05-25"),
        ("no police in raids will stay overnight", "2031-05-25"),
        ("can they be without police raids", "2031-05-25"),
        ("without police raids they would be lost", "2031-05-25"),
        ("you get more done without police raids", "2031-05-25"),
        ("they take no part in police raids", "2031-12-25"),
    ],
)
def test_what_denies_nothing(world, content, day):
    assert powers(world, content, day).contests == ()


def test_refused_by_one_report_and_promised_by_another_is_denied(world):
    for name, stage in (("a", "promised"), ("b", "refused")):
        world.tell(name, "Japan, Kenya: harbour police boats.", "measure", type="equipment",
                   stage=stage, actor=JAPAN, recipient=KENYA,
                   object="harbour police boats")  # fmt: skip
    assert kinds(world.one("measure")) == {("stage", "denial", "high")}


# Slips


def mission(world, amount=None, words="Approximately"):
    lost, told = f"{words} officers will be sent to Kenya.", "Japan sends dozens of officers."
    world.report("a", f"{lost} {told}")
    roles = {"type": "deployment", "stage": "promised", "actor": JAPAN, "object": "officers"}
    world.say("a", "measure", evidence=[lost], place=[KENYA], **roles,
              **({"amount": (words, amount)} if amount else {}))  # fmt: skip
    world.say("a", "measure", evidence=[told], **roles,
              amount=("dozens", Quantity(number=Decimal(24), approximate=True)))  # fmt: skip
    return world.records("measure")


def test_a_number_lost_beside_one_that_is_told(world):
    (record,) = mission(world, Quantity(approximate=True, suspect=True, unit="officer"))
    assert kinds(record) == {("amount", "likely slip", "high")}
    assert {side.text for c in record.contests for side in c.sides} == {"Approximately", "dozens"}


def test_a_number_lost_that_no_finding_holds_is_seen_in_its_sentence(world):
    records = mission(world)
    slips = [c for r in records for c in r.contests]
    assert [(c.field, c.kind) for c in slips] == [("amount", "likely slip")]


def test_an_approximation_that_stands_is_no_slip(world):
    assert all(r.contests == () for r in mission(world, words="Approximately 40"))


@pytest.mark.parametrize(
    ("one", "other", "lost"),
    [
        ("county", "country", True),
        ("country", "county", False),
        ("ties", "tie", False),
        ("boat", "boats", False),
        ("oat", "boat", False),
        ("fishing", "finishing", False),
    ],
)
def test_an_inner_letter_lost(one, other, lost):
    assert lost_letter(one, other) is lost


@pytest.mark.parametrize(
    ("place", "slip"), [("3% of one county", True), ("3% of one village", False)]
)
def test_a_word_of_a_figure_that_lacks_a_letter(world, place, slip):
    world.report(
        "a", f"{place} has left for Japan. Over 1% of all have left the country for Japan."
    )
    percent = {"number": Decimal(3), "unit": "percent"}
    world.say("a", "figure", quantity=(place, Quantity(**percent)), of="left for Japan")
    world.say("a", "figure", of="left the country for Japan",
              quantity=("1% of all", Quantity(number=Decimal(1), unit="percent")))  # fmt: skip
    found = {c for r in world.records("figure") for c in kinds(r)}
    assert found == ({("quantity", "likely slip", "medium")} if slip else set())


def test_quotations_that_differ_by_a_letter_lost():
    words = "we shall keep the peace of the lake and of our border for all who live here"
    assert compare_quotations(words, words.replace("our", "or")) == "slip"
    assert compare_quotations(words, words.replace("our", "their")) == "reworded"


def test_a_wording_cut_and_one_with_a_letter_lost_are_one_contest(world):
    whole = ("Through long work we shall keep the peace of the lake and of our border for all "
             "who live here")  # fmt: skip
    for name, words in (
        ("a", whole),
        ("b", whole.replace("our", "or")),
        ("c", "We shall keep the peace of the lake and of our border for all who live here"),
    ):
        world.tell(name, f"“{words},” Ada Obrecht said.", "statement", form="direct",
                   speaker="Ada Obrecht", cue="said", content=words)  # fmt: skip
    (contest,) = world.one("statement").contests
    assert (contest.kind, contest.severity, len(contest.sides)) == ("wording", "medium", 3)


# Who is sent


def sent(world, other, stage="promised", actor="Japanese troops"):
    plan = "Japan will send agents to Kenya."
    world.report("a", f"{plan} {other}")
    world.say("a", "measure", type="deployment", stage="promised", actor=JAPAN, object="agents",
              place=[KENYA], evidence=[plan])  # fmt: skip
    world.say("a", "measure", type="other", stage=stage, actor=actor, object="weapons",
              evidence=[other])  # fmt: skip
    return next(r for r in world.records("measure") if r.type == "deployment")


def test_agents_here_and_troops_there_for_one_deployment(world):
    record = sent(world, "Japanese troops will carry weapons.")
    assert kinds(record) == {("object", "identity", "high")}
    assert {s.text for c in record.contests for s in c.sides} == {"agents", "Japanese troops"}


def test_troops_of_another_state_or_stage_are_others(world):
    assert sent(world, "Ugandan troops will carry weapons.", actor="Ugandan troops").contests == ()


def test_troops_that_are_there_already_are_others(world):
    assert sent(world, "Japanese troops carried weapons.", stage="done").contests == ()


# Contents


def test_what_an_agreement_provides_is_told_by_the_measures_under_it(world, values):
    world.report("a", "The Lake Patrol Accord of Kenya: Japan sends officers and trains police.")
    world.say("a", "agreement", name="Lake Patrol Accord", party=[JAPAN, KENYA])
    for kind, thing in (("deployment", "officers"), ("training", "trains police")):
        world.say("a", "measure", type=kind, stage="agreed", actor=JAPAN, object=thing,
                  agreement="Lake Patrol Accord")  # fmt: skip
    assert values(world.one("agreement"), "provides") == {"officers": 1, "trains police": 1}


def listed(world, other):
    texts = {"a": "Under the Lake Patrol Accord Japan sends officers to Kenya.", "b": other}
    for name, text in texts.items():
        world.report(name, text)
        world.say(name, "agreement", name="Lake Patrol Accord", party=[JAPAN])
    world.say("a", "measure", type="deployment", stage="agreed", actor=JAPAN, object="officers",
              agreement="Lake Patrol Accord")  # fmt: skip
    world.say("b", "measure", type="training", stage="agreed", actor=JAPAN, object="training",
              agreement="Lake Patrol Accord")  # fmt: skip
    return world.one("agreement")


@pytest.mark.parametrize(
    ("other", "contested"),
    [
        ("The Lake Patrol Accord with Japan includes training and surveys.", True),
        ("The Lake Patrol Accord with Japan includes training by officers.", False),
        ("Japan began the training of the Lake Patrol Accord.", False),
    ],
)
def test_an_undertaking_that_a_list_of_contents_lacks(world, other, contested):
    record = listed(world, other)
    assert kinds(record) == ({("provides", "content", "medium")} if contested else set())


@pytest.mark.parametrize("word", ["only", "main"])
def test_areas_called_the_only_ones_beside_others(world, word):
    first, second = "The Lake Patrol Accord is on fish.", f"Its {word} purpose is rescue."
    world.report("a", f"{first} {second}")
    world.say("a", "agreement", name="Lake Patrol Accord", evidence=[first, second],
              area=[("fish", "trade"), ("rescue", "other")])  # fmt: skip
    found = kinds(world.one("agreement"))
    assert found == ({("area", "content", "medium")} if word == "only" else set())


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("The sole aim of the new lake accord is rescue at sea.", True),
        ("Its only purpose is rescue.", True),
        ("The agreement covers only fish.", True),
        ("The pact is limited to rescue.", True),
        ("The agreement's single objective is rescue.", True),
        ("The memorandum deals exclusively with fish.", True),
        ("The accord is not only about fish.", False),
        ("The agreement is not limited to fish.", False),
        ("The only aim of the visit was to sign the accord on fish.", False),
        ("Fish is one of the only areas of the agreement that work.", False),
        ("The accord covers fish, and only Kenya pays.", False),
        ("The main aim of the accord is rescue.", False),
    ],
)
def test_a_sentence_that_calls_what_it_tells_all_there_is(sentence, told):
    assert calls_all(sentence) is told


def test_one_sum_for_a_programme_here_and_for_a_grant_there(world):
    for name, text, thing, stage in (
        ("a", "Japan's $40-million initiative for Kenya pays harbours.", "harbours", "done"),
        ("b", "In 2030 Japan approved $40 million in harbour aid to Kenya.", "harbour aid",
         "agreed"),
    ):  # fmt: skip
        words = "$40-million" if name == "a" else "$40 million"
        value = Quantity(number=Decimal(40_000_000), currency="USD")
        world.tell(name, text, "measure", type="funding", stage=stage, actor=JAPAN,
                   recipient=KENYA, object=thing, amount=(words, value))  # fmt: skip
    assert kinds(world.one("measure")) == {("object", "identity", "medium")}


# Between records


def compact(world, name, day="2031-05-20", parties=(KENYA, UGANDA)):
    world.tell("new", f"Kenya, Uganda and Rwanda signed the {name}.", "agreement", name=name,
               type="compact", stage="signed", party=list(parties), published=day)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "day", "parties", "contested"),
    [
        ("first-ever regional compact", "2031-05-20", (KENYA, UGANDA), True),
        ("first-ever border compact", "2031-05-20", (KENYA, UGANDA), True),
        ("first border pact of its kind", "2031-05-20", (KENYA, UGANDA), True),
        ("first-ever extradition treaty", "2031-05-20", (KENYA, UGANDA), False),
        ("first-ever lake compact", "2031-05-20", (KENYA, UGANDA), False),
        ("unprecedented regional compact", "2031-05-20", (KENYA, UGANDA), False),
        ("regional compact", "2031-05-20", (KENYA, UGANDA), False),
        ("first-ever regional compact", "2028-05-20", (KENYA, UGANDA), False),
        ("first-ever regional compact", "2031-05-20", (KENYA, RWANDA), False),
    ],
)
def test_the_first_of_its_kind_after_another_of_the_same_states(
    world, name, day, parties, contested
):
    world.tell("old", "Kenya and Uganda keep the Border Fish Treaty.", "agreement", type="treaty",
               name="Border Fish Treaty", party=[KENYA, UGANDA], stage="in force",
               published="2030-01-01")  # fmt: skip
    compact(world, name, day, parties)
    found = {c for r in world.records("agreement") for c in kinds(r)}
    assert found == ({("name", "identity", "medium")} if contested else set())


def office(world, name, title, day):
    world.tell(name, f"Ada Obrecht, {title} of Kenya.", "office", person="Ada Obrecht",
               title=title, body=KENYA, published=day)  # fmt: skip


@pytest.mark.parametrize(("last", "contested"), [("2031-06-20", True), ("2031-05-24", False)])
def test_one_minister_under_two_portfolios_at_one_time(world, last, contested):
    office(world, "a", "Interior Minister", "2031-05-20")
    office(world, "b", "Interior Minister", last)
    office(world, "c", "Minister for Police", "2031-05-25")
    found = {c for r in world.records("office") for c in kinds(r)}
    assert found == ({("title", "identity", "low")} if contested else set())


# Sides


def test_claims_that_fit_each_other_stand_on_one_side(world):
    for name, words, number in (("a", "6,000", 6000), ("b", "15,000", 15000), ("c", "at least", 0)):
        value = Quantity(
            number=Decimal(number or 14000), minimum=None if number else Decimal(14000)
        )
        world.tell(name, f"Japan sent Kenya {words} nets for lake fishers.", "measure",
                   type="equipment", stage="done", actor=JAPAN, recipient=KENYA,
                   object="nets for lake fishers",
                   amount=(words, value))  # fmt: skip
    (contest,) = world.one("measure").contests
    assert sorted(len(s.claim_ids) for s in contest.sides) == [1, 2]
    for side in contest.sides:
        assert len(side.account_ids) == len(side.document_ids) == len(side.claim_ids)
    assert sorted(i for s in contest.sides for i in s.claim_ids) == sorted(contest.claim_ids)
