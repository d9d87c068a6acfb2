"""What is contested, and what only looks so."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pactwatch.ledger.quotation import compare_quotations
from pactwatch.model import Quantity

KENYA, UGANDA, RWANDA = ("Kenya", "KE"), ("Uganda", "UG"), ("Rwanda", "RW")
PARTIES = [KENYA, UGANDA]
FRAME = "The Lake Patrol Accord of Kenya and Uganda, with Rwanda and Ada Obrecht: {}."


def agreements(world, field, *fills, days=("2031-05-20", "2031-05-20"), **more):
    """Reports that fill one field of the same accord differently."""
    for at, fill in enumerate(fills):
        text = FRAME.format(fill[0] if isinstance(fill, tuple) else fill)
        roles = {"party": PARTIES, field: fill}
        world.tell(f"report {at}", text, "agreement", name="Lake Patrol Accord", published=days[at],
                   **roles, **more)  # fmt: skip
    return world.one("agreement")


@pytest.mark.parametrize(
    ("one", "other", "contested"),
    [
        (("27 May", "2031-05-27"), ("28 May", "2031-05-28"), True),
        (("27 May", "2031-05-27"), ("May", "2031-05"), False),
        (("27 May", "2031-05-27"), ("27 May 2031", "2031-05-27"), False),
        (("27 May", "2031-05-27"), ("Tuesday", None), False),
    ],
)
def test_days_of_signing(world, contests, one, other, contested):
    record = agreements(world, "signed", one, other)
    assert contests(record) == ({("signed", "date", "high")} if contested else set())


def test_a_contested_day_of_signing_is_one_day_everywhere(world):
    fills = [("27 May", "2031-05-27"), ("28 May", "2031-05-28"), ("28 May", "2031-05-28")]
    record = agreements(world, "signed", *fills, days=["2031-05-30"] * 3, stage="signed")
    (step,) = record.history
    assert (record.date, step.date, step.contested) == ("2031-05-28", "2031-05-28", True)
    assert {side.text: len(side.account_ids) for side in record.contests[0].sides} == {
        "28 May": 2,
        "27 May": 1,
    }


def test_a_deadline_is_no_date_of_a_stage(world):
    world.tell("a", "By August 2031 Kenya will send Uganda harbour pilots.", "measure",
               type="deployment", stage="promised", actor=KENYA, recipient=UGANDA,
               object="harbour pilots", date=("August 2031", "2031-08"),
               published="2031-09-20")  # fmt: skip
    record = world.one("measure")
    (step,) = record.history
    assert (record.date, step.date, step.date_from) == (None, "2031-09-20", "publication")
    assert record.delivery.due == "2031-08"


def measure(world, name, words, value, stage="done", published="2031-05-20", **more):
    tells = "will send" if stage in {"promised", "agreed"} else "sent"
    text = f"The United States {tells} Kenya {words} for harbour police training."
    world.tell(name, text, "measure", type="deployment", stage=stage, recipient=KENYA,
               actor=("United States", "US"), object="harbour police training",
               amount=[(words, value)], published=published, **more)  # fmt: skip


def count(number, **more):
    return Quantity(number=Decimal(number), **more)


def test_numbers_that_exclude_each_other_are_contested(world, contests):
    measure(world, "a", "6,000", count(6000))
    measure(world, "b", "15,000", count(15000))
    assert contests(world.one("measure")) == {("amount", "number", "high")}


def test_numbers_that_narrow_in_time_are_not(world, contests):
    measure(world, "a", "dozens", count(24, approximate=True))
    measure(world, "b", "between dozens and 100",
            count(24, minimum=Decimal(24), maximum=Decimal(100)))  # fmt: skip
    measure(world, "c", "up to 89", count(89, maximum=Decimal(89)))
    record = world.one("measure")
    assert len([c for c in record.claims if c.field == "amount"]) == 3
    assert contests(record) == set()


def test_a_promise_of_one_number_and_delivery_of_another_are_history(world, contests):
    measure(world, "a", "6,000", count(6000), stage="promised")
    measure(world, "b", "5,000", count(5000), published="2031-07-20")
    record = world.one("measure")
    assert contests(record) == set()
    assert [step.stage for step in record.history] == ["promised", "done"]
    assert record.stage == "done"


def test_a_promise_of_the_past_is_dated_by_itself(world):
    def steps(record):
        return [(step.stage, step.date, step.date_from) for step in record.history]

    measure(world, "a", "89", count(89), stage="promised", published="2031-06-25",
            date=[("harbour", "2031-03")])  # fmt: skip
    assert steps(world.one("measure")) == [("promised", "2031-03", "event")]
    measure(world, "b", "89", count(89), stage="suspended", published="2031-05-30")
    assert world.one("measure").stage == "suspended"


def test_a_promise_with_a_deadline_is_dated_by_its_report(world):
    measure(world, "a", "89", count(89), stage="promised", date=[("harbour", "2031-08")])
    (step,) = world.one("measure").history
    assert (step.date, step.date_from) == ("2031-05-20", "publication")


def test_a_lost_scale_is_a_likely_slip(world, contests):
    measure(world, "a", "US$40", count(40, currency="USD", suspect=True))
    measure(world, "b", "$40 million", count(40_000_000, currency="USD"))
    assert contests(world.one("measure")) == {("amount", "likely slip", "high")}


def test_done_and_promised_on_one_day_is_contested(world, contests):
    measure(world, "a", "89", count(89), stage="promised")
    measure(world, "b", "89", count(89), stage="done")
    assert contests(world.one("measure")) == {("stage", "stage", "medium")}


def test_a_document_that_tells_one_thing_as_done_and_as_planned(world, contests):
    headline, body = "Kenya sends harbour agents", "89 harbour agents will be sent to Uganda."
    world.report("a", f"{headline}\n{body}")
    world.say("a", "measure", type="deployment", stage="promised", actor=KENYA,
              object="harbour agents", recipient=UGANDA, evidence=[body, headline])  # fmt: skip
    record = world.one("measure")
    assert contests(record) == {("stage", "stage", "medium")}
    (contest,) = record.contests
    texts = {c.text for c in record.claims if c.id in contest.claim_ids}
    assert texts == {"promised", "sends"}


@pytest.mark.parametrize(
    ("plan", "contested"),
    [
        ("89 harbour agents will be sent to Uganda.", True),
        ("89 more harbour agents will be sent to Uganda.", False),
    ],
)
def test_what_is_told_as_done_may_be_planned_by_the_same_document(world, contests, plan, contested):
    world.report("a", f"Kenya sent harbour agents\n{plan}")
    world.say("a", "measure", type="deployment", stage="done", actor=KENYA, recipient=UGANDA,
              object="harbour agents", evidence=["Kenya sent harbour agents", plan])  # fmt: skip
    record = world.one("measure")
    assert contests(record) == ({("stage", "stage", "medium")} if contested else set())


@pytest.mark.parametrize(
    "headline",
    [
        "Kenya to send harbour agents",
        "The harbour agents sent home were tired",
        "Kenya could have sent harbour agents",
        "Harbour agents will be sent",
        "Kenya sends jeeps",
    ],
)
def test_other_tenses_and_things_in_one_document_are_no_contest(world, contests, headline):
    body = "89 harbour agents will be deployed to Uganda."
    world.report("a", f"Kenya. {headline}.\n{body}")
    world.say("a", "measure", type="deployment", stage="promised", actor=KENYA,
              object="harbour agents", evidence=[body, headline])  # fmt: skip
    assert contests(world.one("measure")) == set()


def test_lists_of_states_of_which_neither_holds_the_other(world, contests):
    frame = "The Lake Patrol Accord of Kenya, Japan and Uganda, with Rwanda."
    for name, third in (("a", UGANDA), ("b", RWANDA)):
        world.tell(name, frame, "agreement", name="Lake Patrol Accord",
                   party=[KENYA, ("Japan", "JP"), third])  # fmt: skip
    assert contests(world.one("agreement")) == {("party", "party", "medium")}


def test_agreements_of_one_name_with_other_partners_are_two(world):
    for name, parties in (("a", [KENYA, UGANDA]), ("b", [KENYA, RWANDA])):
        world.tell(name, FRAME.format("signed"), "agreement", name="Lake Patrol Accord",
                   party=parties)  # fmt: skip
    assert [r.contests for r in world.records("agreement")] == [(), ()]


def test_a_shorter_list_of_states_is_no_contest(world, contests):
    for name, parties in (("a", [KENYA, UGANDA, RWANDA]), ("b", [KENYA])):
        world.tell(name, FRAME.format("signed"), "agreement", name="Lake Patrol Accord",
                   party=parties)  # fmt: skip
    assert contests(world.one("agreement")) == set()


def test_the_form_of_an_instrument_can_be_contested_but_a_deal_is_any(world, contests):
    forms = ("Memorandum of Understanding", "Memorandum of Cooperation", "deal")
    for at, form in enumerate(forms):
        text = f"{form} of Kenya and Uganda on fish, by Ada Obrecht on 27 May."
        world.tell(f"r{at}", text, "agreement", type="agreement", name=form, party=PARTIES,
                   signatory="Ada Obrecht", signed=("27 May", "2031-05-27"),
                   area=[("fish", "trade")])  # fmt: skip
    record = world.one("agreement")
    assert contests(record) == {("name", "wording", "high")}
    assert len(record.contests[0].claim_ids) == 2


def test_programme_against_agreement_is_a_contest_of_type(world, contests):
    for name, kind in (("a", "programme"), ("b", "agreement"), ("c", "agreement")):
        world.tell(name, FRAME.format(kind), "agreement", type=kind, name="Lake Patrol Accord")
    assert contests(world.one("agreement")) == {("type", "identity", "medium")}


def test_memorandum_against_agreement_is_only_less_exact(world, contests):
    for name, kind in (("a", "memorandum"), ("b", "agreement")):
        world.tell(name, FRAME.format(kind), "agreement", type=kind, name="Lake Patrol Accord")
    assert contests(world.one("agreement")) == set()


def test_a_named_signatory_beside_a_description(world, contests):
    world.report("a", FRAME.format("signed by Kenyan officials"))
    world.say("a", "agreement", name="Lake Patrol Accord", signatory="Kenyan officials")
    world.report("b", FRAME.format("Kenyan minister"))
    world.say("b", "agreement", name="Lake Patrol Accord", signatory="Ada Obrecht")
    world.say("b", "office", person="Ada Obrecht", title="minister", body=KENYA)
    assert contests(world.one("agreement")) == {("signatory", "identity", "medium")}


def test_a_described_signatory_of_another_country_is_no_contest(world, contests):
    world.report("a", FRAME.format("signed by Ugandan officials"))
    world.say("a", "agreement", name="Lake Patrol Accord", signatory="Ugandan officials")
    world.report("b", FRAME.format("Kenyan minister"))
    world.say("b", "agreement", name="Lake Patrol Accord", signatory="Ada Obrecht")
    world.say("b", "office", person="Ada Obrecht", title="minister", body=KENYA)
    assert contests(world.one("agreement")) == set()


LONG = (
    "Through our long work, the two states are building a safer lake for all who fish there, "
    "and the boats leave in June. We are proud"
)


@pytest.mark.parametrize(
    ("short", "verdict"),
    [
        ("The two states are building a safer lake for all who fish there", "shortened"),
        ("… the two states are building a safer lake for all who fish there", None),
        ("[The] two states are building a safer lake for all who fish there", None),
        ("two states are building a safer lake for all who fish there", None),
        ("the two states are building a safer lake for all who fish there.", "shortened"),
        (LONG.removesuffix(". We are proud"), None),
        (LONG.replace("safer", "better"), "reworded"),
        (LONG.replace("’", "'").upper(), None),
        ("Nothing of the kind was ever said by anybody at all today", None),
    ],
)
def test_quotations_cut_without_a_mark(short, verdict):
    assert compare_quotations(short, LONG) == verdict
    assert compare_quotations(LONG, short) == verdict


def test_a_shortened_quotation_is_a_contest_of_wording(world, contests):
    short = "The two states are building a safer lake for all who fish there"
    for name, words in (("a", LONG), ("b", short)):
        world.tell(name, f"“{words},” Ada Obrecht said.", "statement", form="direct",
                   speaker="Ada Obrecht", cue="said", content=words)  # fmt: skip
    assert contests(world.one("statement")) == {("content", "wording", "medium")}


def test_stretches_of_time_that_begin_apart_are_contested(world, contests):
    measure(world, "a", "148", count(148), date=[("harbour", "2029/..")])
    measure(world, "b", "148", count(148), date=[("Kenya", "2030/2031")])
    assert contests(world.one("measure")) == {("date", "date", "medium")}


def test_the_same_words_for_a_day_are_copied_whatever_day_each_report_makes_of_them(
    world, contests
):
    measure(world, "a", "148", count(148), date=[("Kenya", "2031-05-13")])
    measure(world, "b", "148", count(148), date=[("Kenya", "2031-05-20")])
    assert contests(world.one("measure")) == set()


def test_the_year_of_a_grant_is_contested_and_its_budget_year_is_not(world, contests):
    def grant(name, words, value):
        text = f"The United States granted Kenya $750 million in harbour aid in {words}."
        world.tell(name, text, "measure", type="funding", stage="agreed", recipient=KENYA,
                   actor=("United States", "US"), object="harbour aid", date=[(words, value)],
                   amount=[("$750 million", count(750_000_000, currency="USD"))])  # fmt: skip

    grant("a", "December 2030", "2030-12")
    grant("b", "fiscal year 2031", "2031")
    assert contests(world.one("measure")) == set()
    grant("c", "2031", "2031")
    assert contests(world.one("measure")) == {("date", "date", "medium")}


def test_people_described_differently_are_shown_side_by_side(world, contests):
    for name, who in (("a", "members of a drug gang"), ("b", "suspected smugglers of migrants")):
        world.tell(name, f"Kenya's police arrested nine {who}.", "measure", type="operation",
                   stage="done", actor="Kenya's police", recipient=who, place=[KENYA],
                   object="police", date=[("nine", "2031-05-11")],
                   amount=[("nine", count(9))])  # fmt: skip
    assert contests(world.one("measure")) == {("recipient", "identity", "low")}


def test_reports_on_a_treaty_name_only_the_states_they_write_about(world, contests):
    for name, parties in (("a", [KENYA, UGANDA]), ("b", [KENYA, RWANDA])):
        text = "The Lake Patrol Treaty binds Kenya, Uganda, Rwanda."
        world.tell(name, text, "agreement", type="treaty", name="Lake Patrol Treaty",
                   party=parties, stage="in force")  # fmt: skip
    assert contests(world.one("agreement")) == set()


@pytest.mark.parametrize(
    ("called", "contested"),
    [("a historic regional compact", True), ("a part of the Lake Treaty", False)],
)
def test_what_a_minister_calls_a_memorandum(world, contests, called, contested):
    world.report("a", f"Kenya signed a memorandum of cooperation. Ada Obrecht described the "
                 f"memorandum as {called}.")  # fmt: skip
    world.say("a", "agreement", type="memorandum", name="memorandum of cooperation", party=[KENYA])
    world.say("a", "statement", form="indirect", speaker="Ada Obrecht", cue="described",
              content=f"the memorandum as {called}")  # fmt: skip
    record = world.one("agreement")
    assert contests(record) == ({("name", "wording", "medium")} if contested else set())


# What looked contested in real releases, and was not


def test_one_state_rejects_a_treaty_that_is_in_force_for_others(world, contests):
    for name, stage, parties in (("a", "in force", PARTIES), ("b", "rejected", [RWANDA])):
        text = "Kenya, Uganda and Rwanda speak of the Lake Patrol Treaty."
        world.tell(name, text, "agreement", type="treaty", name="Lake Patrol Treaty", stage=stage,
                   party=parties)  # fmt: skip
    assert all(not r.contests for r in world.records("agreement"))


def test_what_is_not_yet_signed_is_no_denial_of_the_signing(world, contests):
    for name, stage, text in (
        ("a", "signed", "Kenya and Uganda signed the Lake Patrol Accord."),
        ("b", "rejected", "Kenya may scrap the Lake Patrol Accord with Uganda, not yet signed."),
    ):
        world.tell(name, text, "agreement", type="agreement", name="Lake Patrol Accord",
                   stage=stage, party=PARTIES)  # fmt: skip
    assert contests(world.one("agreement")) == set()


@pytest.mark.parametrize(
    ("words", "day", "contested"),
    [
        ("$450 million", "2031-05-22", True),
        ("$450 million", "2031-08-22", False),
        ("$400 million", "2031-05-22", False),
    ],
)
def test_a_lost_scale_is_seen_in_reports_near_each_other_of_a_telling_number(
    world, contests, words, day, contested
):
    number = int(words[1:4])
    measure(world, "a", words, count(number * 1_000_000, currency="USD"))
    measure(world, "b", words.replace("m", "b"), count(number * 1_000_000_000, currency="USD"),
            published=day)  # fmt: skip
    found = {c for r in world.records("measure") for c in contests(r)}
    assert found == ({("amount", "likely slip", "high")} if contested else set())


def test_an_amount_read_without_the_scale_behind_it_is_no_slip_of_the_press(world, contests):
    for name, words, number in (("a", "$45", 45), ("b", "$45 million", 45_000_000)):
        text = "Japan paid Kenya $45 million for harbours."
        world.tell(name, text, "measure", type="funding", stage="done", actor=("Japan", "JP"),
                   recipient=KENYA, object="harbours",
                   amount=(words, count(number, currency="USD")))  # fmt: skip
    assert {c for r in world.records("measure") for c in contests(r)} == set()


@pytest.mark.parametrize("words", ["over the last 3 years", "in the past year"])
def test_a_stretch_of_time_that_ends_with_the_report_is_another_in_each(world, contests, words):
    for name, other, value in (("a", words, "2028-05/2031-05"), ("b", "since 2027", "2027/..")):
        text = f"Japan sent Kenya 148 nets for lake fishers {words}, or since 2027."
        world.tell(name, text, "measure", type="equipment", stage="done", actor=("Japan", "JP"),
                   recipient=KENYA, object="nets for lake fishers", amount=("148", count(148)),
                   date=(other, value))  # fmt: skip
    assert contests(world.one("measure")) == set()


def test_marks_decoded_wrongly_are_no_other_wording():
    one = "they are not to be feared - they use their right to ask for our help here"
    other = "they are not to be feared Ã¢Â\x80Â\x93 they use their right to ask for our help here"
    assert compare_quotations(one, other) is None


def test_who_proposes_what_is_done_means_more_of_it(world, contests):
    measure(world, "a", "148", count(148))
    measure(world, "b", "148", count(148), stage="proposed", published="2031-05-22")
    assert all(c[1] != "stage" for r in world.records("measure") for c in contests(r))
