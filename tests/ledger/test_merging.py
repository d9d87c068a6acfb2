"""What becomes one record, and the near misses that must not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pactwatch.model import Quantity

KENYA, UGANDA, US, MEXICO = (
    ("Kenya", "KE"),
    ("Uganda", "UG"),
    ("United States", "US"),
    ("Mexico", "MX"),
)


def money(amount: int, currency: str = "USD", **more) -> Quantity:
    return Quantity(number=Decimal(amount), currency=currency, **more)


def apart(*names):
    return {frozenset({name}) for name in names}


def together(*names):
    return {frozenset(names)}


# Agreements


def test_an_instrument_of_one_name_is_one_record(world, values):
    text = "Kenya and Uganda signed the Lake Patrol Accord."
    world.tell("a", text, "agreement", name="Lake Patrol Accord", party=[KENYA, UGANDA])
    world.tell("b", "Kenya joined the Lake Patrol Accord.", "agreement",
               name="Lake Patrol Accord", party=KENYA)  # fmt: skip
    assert world.names("agreement") == together("a", "b")
    assert values(world.one("agreement"), "party") == {"Kenya": 2, "Uganda": 1}


def test_an_acronym_is_its_long_name(world):
    world.tell("a", "The East African Rail Pact holds.", "agreement", name="East African Rail Pact")
    world.tell("b", "They left EARP.", "agreement", name="EARP")
    assert world.names("agreement") == together("a", "b")


def test_a_nameless_deal_needs_parties_and_more(world):
    signed = {"signatory": "Ada Obrecht", "area": [("border police", "border-security")]}
    text = "Kenya and Uganda, by Ada Obrecht, signed a {} on border police."
    world.tell("a", text.format("deal"), "agreement", name="deal", party=[KENYA, UGANDA], **signed)
    world.tell("b", text.format("memorandum of understanding"), "agreement", type="memorandum",
               name="memorandum of understanding", party=[KENYA, UGANDA], **signed)  # fmt: skip
    world.tell("c", "Kenya and Uganda have an agreement.", "agreement",
               name="agreement", party=[KENYA, UGANDA], published="2033-01-01")  # fmt: skip
    assert world.names("agreement") == {frozenset({"a", "b"}), frozenset({"c"})}


def test_a_bilateral_memorandum_is_not_the_regional_one(world):
    four = [KENYA, UGANDA, ("Rwanda", "RW"), ("Burundi", "BI")]
    area = [("smuggling", "migrant-smuggling")]
    text = "Kenya, Uganda, Rwanda, Burundi: memorandum of cooperation on smuggling."
    for name, parties in (("a", four[:2]), ("b", four)):
        world.tell(name, text, "agreement", type="memorandum", name="memorandum of cooperation",
                   party=parties, area=area)  # fmt: skip
    assert world.names("agreement") == apart("a", "b")


def test_signings_far_apart_are_two_agreements(world):
    text = "Kenya and Uganda signed a memorandum of understanding on fish on {}."
    for name, day in (("a", "2031-05-20"), ("b", "2031-09-01")):
        world.tell(name, text.format(day), "agreement", type="memorandum", published=None,
                   name="memorandum of understanding", party=[KENYA, UGANDA], signed=(day, day),
                   area=[("fish", "other")])  # fmt: skip
    assert world.names("agreement") == apart("a", "b")


def test_instruments_on_other_subjects_stay_apart(world):
    text = "Kenya and Uganda signed a Memorandum of Understanding on {}."
    for name, subject in (("a", "Fisheries Control"), ("b", "Labour Migration")):
        world.tell(name, text.format(subject), "agreement", type="memorandum",
                   name=f"Memorandum of Understanding on {subject}", party=[KENYA, UGANDA],
                   area=[("Understanding", "other")])  # fmt: skip
    assert world.names("agreement") == apart("a", "b")


def test_a_successor_is_another_agreement_and_successors_of_one_base_are_one(world):
    text = "The Compact for Harbours stands. A {} is planned."
    for name, planned in (
        ("a", "reshaped compact for harbours"),
        ("b", "revamped harbours compact"),
    ):
        world.report(name, text.format(planned))
        world.say(name, "agreement", name="Compact for Harbours", stage="in force",
                  evidence=["The Compact for Harbours stands."])  # fmt: skip
        world.say(name, "agreement", name=planned, stage="proposed",
                  evidence=[f"A {planned} is planned."])  # fmt: skip
    records = world.records("agreement")
    assert {r.stage for r in records} == {"in force", "proposed"}
    assert [len(r.document_ids) for r in records] == [2, 2]


def test_findings_that_a_document_keeps_apart_stay_apart(world):
    world.report("a", "Kenya and Uganda signed a deal on fish and a deal on rail.")
    for area in ("fish", "rail"):
        world.say("a", "agreement", name="deal", party=[KENYA, UGANDA], area=[(area, "trade")])
    assert len(world.records("agreement")) == 2


def test_agreements_of_one_name_with_other_partners_are_several(world):
    names = {"Kenya": KENYA, "Uganda": UGANDA}
    world.report("a", "Border arrangements: Kenya, signed 2 May 2031. Uganda, signed 9 May 2031.")
    for at, (name, state) in enumerate(names.items()):
        day = 2 + 7 * at
        world.say("a", "agreement", name="Border arrangements", party=[state],
                  signed=(f"{day} May 2031", f"2031-05-0{day}"),
                  evidence=[f"{name}, signed {day} May 2031"])  # fmt: skip
    assert len(world.records("agreement")) == 2


def test_what_a_document_says_of_one_agreement_in_two_places_is_one_record(world, values):
    world.report("a", "The memorandum of cooperation was signed on 2 May 2031. The ministry dates "
                 "the memorandum of cooperation to 3 May 2031.")  # fmt: skip
    world.say("a", "agreement", type="memorandum", name="memorandum of cooperation",
              signed=("2 May 2031", "2031-05-02"))  # fmt: skip
    world.say("a", "agreement", type="memorandum", name="memorandum of cooperation",
              signed=("3 May 2031", "2031-05-03"), attributed_to="ministry")  # fmt: skip
    assert set(values(world.one("agreement"), "signed")) == {"2 May 2031", "3 May 2031"}


def test_a_compact_that_one_report_lists_without_a_signatory_s_state_is_the_same(world):
    text = "{} signed a compact on {}."
    for name, parties, day in (
        ("a", [KENYA, UGANDA], "2031-05-02"),
        ("b", [KENYA, UGANDA, US], "2031-05-03"),
    ):
        states = " and ".join(state for state, _ in parties)
        world.tell(name, text.format(states, day), "agreement", type="compact", stage="signed",
                   name="compact", party=parties, signed=(day, day))  # fmt: skip
    assert world.names("agreement") == together("a", "b")


def signed_memorandum(world, later, published="2031-11-25", parties=(KENYA, UGANDA)):
    world.tell("a", "Kenya and Uganda signed a memorandum of cooperation on fish on 27 May 2031.",
               "agreement", type="memorandum", name="memorandum of cooperation", stage="signed",
               party=[KENYA, UGANDA], signed=("27 May 2031", "2031-05-27"),
               published="2031-05-28")  # fmt: skip
    world.tell("b", f"{later} a memorandum, boats of Kenya, Uganda and Rwanda met.", "agreement",
               type="memorandum", name="memorandum", party=list(parties), stage="signed",
               published=published)  # fmt: skip


def test_a_later_report_that_tells_how_long_ago_it_was_signed(world):
    signed_memorandum(world, "Six months after the two countries signed")
    assert world.names("agreement") == together("a", "b")


@pytest.mark.parametrize(
    "later",
    ["Two years after the two countries signed", "A week after the two countries signed",
     "After the two countries signed"],
)  # fmt: skip
def test_another_distance_or_none_is_no_sign_of_the_same_agreement(world, later):
    signed_memorandum(world, later)
    assert world.names("agreement") == apart("a", "b")


def test_the_same_distance_and_other_parties_is_another_agreement(world):
    signed_memorandum(world, "Six months after the two countries signed",
                      parties=(KENYA, ("Rwanda", "RW")))  # fmt: skip
    assert world.names("agreement") == apart("a", "b")


# Measures


def test_one_sum_for_one_thing_is_one_measure(world, values):
    text = "The United States gave Kenya {} in harbour aid."
    for name, words in (("a", "$40 million"), ("b", "40 million dollars")):
        world.tell(name, text.format(words), "measure", type="funding", stage="done",
                   actor=US, recipient=KENYA, object="harbour aid",
                   amount=[(words, money(40_000_000))])  # fmt: skip
    assert world.names("measure") == together("a", "b")
    assert list(values(world.one("measure"), "amount").values()) == [2]


def test_near_misses_of_a_measure_stay_apart(world):
    def fund(name, recipient, amount, day="2031-05-20", stage="done", kind="funding"):
        text = f"The United States gave {recipient[0]} {amount} in harbour aid on {day}."
        world.tell(name, text, "measure", type=kind, stage=stage, actor=US, recipient=recipient,
                   object="harbour aid", amount=[(str(amount), money(amount))], date=[(day, day)],
                   published=day)  # fmt: skip

    fund("given", KENYA, 40_000_000)
    fund("to another", UGANDA, 40_000_000)
    fund("much more", KENYA, 700_000_000)
    fund("next year", KENYA, 40_000_000, day="2032-05-20")
    fund("refused", KENYA, 40_000_000, day="2031-07-10", stage="refused")
    fund("other type", KENYA, 40_000_000, kind="trade")
    assert all(len(r.document_ids) == 1 for r in world.records("measure"))


def boats(world, name, number, recipient=None, stage="promised", agreement=None, **more):
    to = f" {recipient[0]}" if recipient else ""
    under = f" under the {agreement}" if agreement else ""
    text = f"Japan gives{to} {number} patrol boats{under}."
    roles = {"recipient": recipient} if recipient else {}
    if agreement:
        roles["agreement"] = agreement
        world.report(name, text, more.get("published", "2031-05-20"))
        world.say(name, "agreement", name=agreement, party=[("Japan", "JP")])
        world.say(name, "measure", type="equipment", stage=stage, actor=("Japan", "JP"),
                  object="patrol boats", amount=[(str(number), Quantity(number=Decimal(number)))],
                  **roles)  # fmt: skip
        return
    world.tell(name, text, "measure", type="equipment", stage=stage, actor=("Japan", "JP"),
               object="patrol boats", amount=[(str(number), Quantity(number=Decimal(number)))],
               **roles, **more)  # fmt: skip


def test_a_recipient_that_one_report_leaves_out_is_no_agreement(world):
    boats(world, "a", 4, ("Kenya", "KE"))
    boats(world, "b", 6)
    boats(world, "c", 6, ("Uganda", "UG"))
    assert all(len(r.document_ids) == 1 for r in world.records("measure"))
    assert all(r.contests == () for r in world.records("measure"))


def test_promises_under_two_agreements_stay_apart(world):
    boats(world, "a", 4, KENYA, agreement="Lake Patrol Accord")
    boats(world, "b", 6, KENYA, agreement="Coast Guard Treaty")
    boats(world, "c", 6)
    assert all(len(r.document_ids) == 1 for r in world.records("measure"))


def test_two_sums_for_one_thing_are_one_measure(world, contests):
    for name, million, thing in (("a", 18, "coastal radar"), ("b", 15, "coastal radar stations")):
        world.tell(name, f"Japan will give Kenya ${million} million for {thing}.", "measure",
                   type="funding", stage="promised", actor=("Japan", "JP"), recipient=KENYA,
                   object=thing, published=f"2031-05-{million}",
                   amount=[(f"${million} million", money(million * 10**6))])  # fmt: skip
    assert contests(world.one("measure")) == {("amount", "number", "high")}


def test_the_one_funding_under_an_agreement_is_one_whatever_its_sum(world, contests):
    for name, million in (("a", 18), ("b", 15)):
        text = f"Under the Lake Patrol Accord Japan gives ${million} million to fishers of Kenya."
        world.report(name, text)
        world.say(name, "agreement", name="Lake Patrol Accord", party=[("Japan", "JP"), KENYA])
        world.say(name, "measure", type="funding", stage="promised", actor=("Japan", "JP"),
                  agreement="Lake Patrol Accord",
                  amount=[(f"${million} million", money(million * 10**6))])  # fmt: skip
    assert contests(world.one("measure")) == {("amount", "number", "high")}


def test_a_part_that_has_come_is_no_rival_of_the_whole(world, contests):
    whole = "Japan gave Kenya 100 patrol boats."
    world.tell("a", whole, "measure", type="equipment", stage="done", actor=("Japan", "JP"),
               recipient=KENYA, object="patrol boats",
               amount=[("100", Quantity(number=Decimal(100)))])  # fmt: skip
    for name, words, number in (
        ("b", "50 of the 100 patrol boats have come to Kenya from Japan.", "50"),
        ("c", "The first 10 patrol boats came to Kenya from Japan.", "10"),
    ):
        world.tell(name, words, "measure", type="equipment", stage="done", actor=("Japan", "JP"),
                   recipient=KENYA, object="patrol boats",
                   amount=[(number, Quantity(number=Decimal(number)))])  # fmt: skip
    assert contests(world.one("measure")) == set()


def test_what_a_document_promises_and_the_part_that_has_come_are_one_measure(world):
    sentences = "Japan promised Kenya 100 boats.", "50 of the 100 boats have come to Kenya."
    world.report("a", " ".join(sentences))
    for sentence, stage, number in zip(sentences, ("promised", "done"), ("100", "50"), strict=True):
        world.say("a", "measure", type="equipment", stage=stage, recipient=KENYA, object="boats",
                  amount=[(number, Quantity(number=Decimal(number)))],
                  evidence=[sentence])  # fmt: skip
    assert [step.stage for step in world.one("measure").history] == ["promised", "done"]


def test_more_of_the_same_is_another_measure(world):
    sentences = "Japan sent Kenya 40 boats.", "Japan will send Kenya 60 more boats."
    world.report("a", " ".join(sentences))
    for sentence, stage, number in zip(sentences, ("done", "promised"), ("40", "60"), strict=True):
        world.say("a", "measure", type="equipment", stage=stage, recipient=KENYA, object="boats",
                  actor=("Japan", "JP"), amount=[(number, Quantity(number=Decimal(number)))],
                  evidence=[sentence])  # fmt: skip
    assert len(world.records("measure")) == 2


def test_an_agency_that_stops_ends_nothing_that_another_begins(world):
    for name, who, stage in (("a", "Coast Agency", "ended"), ("b", "Border Agency", "agreed")):
        world.tell(name, f"The Kenyan {who}: training for lake police of Uganda.", "measure",
                   type="training", stage=stage, actor=f"Kenyan {who}", object="training",
                   recipient=[("Uganda", "UG")])  # fmt: skip
    assert world.names("measure") == apart("a", "b")


def test_the_same_training_under_one_agreement_is_one_measure(world, values):
    text = "Under the Lake Patrol Accord, Kenya will {}."
    for name, words in (("a", "train local police"), ("b", "give law enforcement training")):
        world.report(name, text.format(words))
        world.say(name, "agreement", name="Lake Patrol Accord", party=[KENYA, UGANDA][:1])
        world.say(name, "measure", type="training", stage="agreed", actor=KENYA, object=words,
                  agreement="Lake Patrol Accord")  # fmt: skip
    assert world.names("measure") == together("a", "b")


def test_an_agreement_gathers_the_names_that_measures_call_it_by(world, values):
    world.report("a", "The “Memorandum of Cooperation” of Kenya and Uganda. "
                 "By the memorandum of understanding, Kenya sends boats.")  # fmt: skip
    world.say("a", "agreement", type="memorandum", name="Memorandum of Cooperation",
              party=[KENYA, UGANDA])  # fmt: skip
    world.say("a", "measure", type="equipment", actor=KENYA, object="boats",
              agreement="memorandum of understanding")  # fmt: skip
    assert set(values(world.one("agreement"), "name")) == {
        "Memorandum of Cooperation",
        "memorandum of understanding",
    }


def mission(world, name, who, amount=None, to=KENYA, day="2031-05-20"):
    text = f"The United States will send {who} to {to[0]}."
    world.tell(name, text, "measure", type="deployment", stage="promised", published=day,
               actor=US, object=who, place=[to],
               **({"amount": [amount]} if amount else {}))  # fmt: skip


def test_one_mission_in_the_words_of_several_reports(world):
    dozens = Quantity(number=Decimal(24), approximate=True)
    mission(world, "a", "dozens of border agents", ("dozens", dozens))
    mission(world, "b", "up to 89 officers", ("up to 89", Quantity(maximum=Decimal(89))),
            day="2031-06-20")  # fmt: skip
    assert world.names("measure") == together("a", "b")


def test_missions_of_other_people_to_other_places_or_later_are_others(world):
    mission(world, "agents", "border agents")
    mission(world, "soldiers", "soldiers")
    mission(world, "elsewhere", "officers", to=UGANDA)
    mission(world, "later", "officers", day="2032-03-01")
    assert all(len(r.document_ids) == 1 for r in world.records("measure"))


def test_what_two_speakers_of_one_document_say_of_a_mission_is_one_record(world, values):
    world.report("a", "The United States will send up to 89 agents to Kenya, a paper says. A "
                 "spokesman speaks of between dozens and 100 officers.")  # fmt: skip
    bounds = Quantity(minimum=Decimal(24), maximum=Decimal(100))
    told = {"stage": "promised", "type": "deployment", "actor": US, "place": [KENYA]}
    world.say("a", "measure", object="agents", attributed_to="paper", **told,
              amount=[("up to 89", Quantity(maximum=Decimal(89)))])  # fmt: skip
    world.say("a", "measure", object="officers", attributed_to="spokesman", **told,
              amount=[("between dozens and 100", bounds)])  # fmt: skip
    assert len(values(world.one("measure"), "amount")) == 2


def test_one_word_in_common_is_too_little(world):
    for name, thing in (("a", "detention facilities"), ("b", "facilities")):
        world.tell(name, f"Kenya builds {thing}.", "measure", type="border", actor=KENYA,
                   object=thing)  # fmt: skip
    assert world.names("measure") == apart("a", "b")


def test_an_uncommon_count_on_one_day_says_much(world):
    text = "On 11 May 2031 Kenya was given 38 {}."
    for name, thing in (("a", "J8s"), ("b", "Jeep J8 vehicles")):
        world.tell(name, text.format(thing), "measure", type="equipment", stage="done",
                   recipient=KENYA, object=thing, date=("11 May 2031", "2031-05-11"),
                   amount=[("38", Quantity(number=Decimal(38)))])  # fmt: skip
    assert world.names("measure") == together("a", "b")


def test_training_needs_no_object_where_trainer_trained_and_month_are_one(world):
    for name, who in (("a", "Pentagon"), ("b", "U.S. Department of Defense")):
        world.tell(name, f"In March 2031 the {who} stopped training the lake task forces.",
                   "measure", type="training", stage="ended", actor=who,
                   recipient="lake task forces", date=("March 2031", "2031-03"))  # fmt: skip
    assert world.names("measure") == together("a", "b")


def test_equal_initials_are_no_likeness_of_names(world):
    text = "Kenya and Uganda keep the Memorandum of Understanding on {}."
    for name, subject in (("a", "Fisheries"), ("b", "Forests")):
        world.tell(name, text.format(subject), "agreement", party=[KENYA, UGANDA],
                   name=f"Memorandum of Understanding on {subject}")  # fmt: skip
    assert world.names("agreement") == apart("a", "b")


def test_an_acronym_and_its_long_name_in_one_document_are_one(world):
    world.report("a", "The East African Rail Pact (EARP) holds. Kenya may leave EARP.")
    world.say("a", "agreement", name="East African Rail Pact")
    world.say("a", "agreement", name="EARP", party=KENYA)
    assert len(world.records("agreement")) == 1


def test_unlike_objects_are_unlike_measures(world):
    for name, thing in (("a", "patrol boats"), ("b", "school books")):
        world.tell(name, f"The United States gave Kenya {thing}.", "measure", type="equipment",
                   actor=US, recipient=KENYA, object=thing)  # fmt: skip
    assert world.names("measure") == apart("a", "b")


# Meetings, incidents, figures, offices, statements


def test_one_meeting_by_who_when_and_where(world):
    text = "Ada Obrecht met Bo Tarn in Mombasa on {}."
    for name, day in (("a", "2031-05-19"), ("b", "2031-05-19"), ("c", "2031-07-19")):
        world.tell(name, text.format(day), "meeting", stage="held", place="Mombasa",
                   participant=["Ada Obrecht", "Bo Tarn"], date=[(day, day)])  # fmt: skip
    assert world.names("meeting") == {frozenset({"a", "b"}), frozenset({"c"})}


def test_a_meeting_of_one_shared_person_is_not_the_same(world):
    for name, other in (("a", "Bo Tarn"), ("b", "Cy Ulm")):
        world.tell(name, f"Ada Obrecht met {other} in Mombasa.", "meeting", place="Mombasa",
                   participant=["Ada Obrecht", other])  # fmt: skip
    assert world.names("meeting") == apart("a", "b")


def test_one_incident_by_what_and_where(world):
    text = "The misuse of donated jeeps in {} was reported."
    for name, place in (("a", "Mombasa"), ("b", "Mombasa"), ("c", "Kampala")):
        world.tell(name, text.format(place), "incident", what="misuse of donated jeeps",
                   place=place)  # fmt: skip
    assert world.names("incident") == {frozenset({"a", "b"}), frozenset({"c"})}


def test_one_figure_by_what_is_counted_where(world):
    count = Quantity(number=Decimal(1200))
    for name, place in (("a", KENYA), ("b", KENYA), ("c", UGANDA)):
        world.tell(name, f"1,200 people held in camps in {place[0]}.", "figure", place=[place],
                   quantity=[("1,200 people", count)], of="people held in camps")  # fmt: skip
    assert world.names("figure") == {frozenset({"a", "b"}), frozenset({"c"})}


def test_a_small_count_of_people_somewhere_is_no_figure_known_again(world):
    for name in "ab":
        world.tell(name, f"Report {name}: three children.", "figure", of="children",
                   quantity=("three", Quantity(number=Decimal(3), unit="child")))  # fmt: skip
    assert world.names("figure") == apart("a", "b")


def test_an_office_is_one_in_all_its_wordings(world):
    body = "Department of Border Affairs"
    world.tell("a", f"Ada Obrecht, Secretary, {body}.", "office", person="Ada Obrecht",
               title="Secretary", body=body)  # fmt: skip
    world.tell("b", "Acting DBA Secretary Ada Obrecht.", "office", person="Ada Obrecht",
               title="Acting DBA Secretary", body="DBA")  # fmt: skip
    world.tell("c", f"Ada Obrecht, Secretary of Border Affairs ({body}).", "office",
               person="Ada Obrecht", title="Secretary of Border Affairs", body=body)  # fmt: skip
    world.tell("d", "Ada Obrecht, senator.", "office", person="Ada Obrecht", title="senator")
    assert world.names("office") == {frozenset({"a", "b", "c"}), frozenset({"d"})}


QUOTE = "we will patrol the lake together from the first of June until the fish return"


def test_a_statement_is_one_with_its_shortened_variant(world, values):
    world.tell("a", f"“{QUOTE}”, Ada Obrecht said.", "statement", form="direct",
               speaker="Ada Obrecht", cue="said", content=QUOTE)  # fmt: skip
    short = QUOTE.removesuffix(" until the fish return")
    world.tell("b", f"Ada Obrecht said: “{short}.”", "statement", form="direct",
               speaker="Ada Obrecht", cue="said", content=short)  # fmt: skip
    world.tell("c", f"“{QUOTE}”, Bo Tarn said.", "statement", form="direct",
               speaker="Bo Tarn", cue="said", content=QUOTE)  # fmt: skip
    assert world.names("statement") == {frozenset({"a", "b"}), frozenset({"c"})}


def test_a_paraphrase_in_other_words_is_a_statement_of_its_own(world):
    for name, words in (("a", "boats will guard the lake"), ("b", "fishing must resume soon")):
        world.tell(name, f"Ada Obrecht said {words}.", "statement", form="indirect",
                   speaker="Ada Obrecht", cue="said", content=words)  # fmt: skip
    assert world.names("statement") == apart("a", "b")


def test_a_paraphrase_by_the_same_speaker_that_says_nearly_the_same_joins(world):
    texts = {
        "a": "the government is pressing its neighbours to guard the lake and to stop the boats "
        "for fishing that leave the northern harbours at night",
        "b": "the government wants its neighbours to guard the northern lake, where fishing boats "
        "leave their harbours by night, and to stop them",
        "c": "the government wants a new railway",
    }
    for name, words in texts.items():
        world.tell(name, f"Ada Obrecht said {words}.", "statement", form="indirect",
                   speaker="Ada Obrecht", cue="said", content=words)  # fmt: skip
    assert world.names("statement") == {frozenset({"a", "b"}), frozenset({"c"})}


def test_words_used_again_with_other_numbers_are_other_statements(world):
    for name, count in (("a", "53"), ("b", "56")):
        words = f"there are {count} passengers and four crew on board of the boat that came today"
        world.tell(name, f"Ada Obrecht said {words}.", "statement", form="indirect",
                   speaker="Ada Obrecht", cue="said", content=words)  # fmt: skip
    assert world.names("statement") == apart("a", "b")


def test_releases_in_the_same_words_tell_of_other_days(world):
    for name, day in (("a", "2031-05-20"), ("b", "2031-09-20")):
        world.tell(name, "The Kenyan Coast Agency stopped a vessel on its way to the north.",
                   "measure", type="border", stage="done", actor="Kenyan Coast Agency",
                   object="vessel", published=day)  # fmt: skip
    assert world.names("measure") == apart("a", "b")


def test_two_versions_of_the_sum_of_one_year_are_one_measure(world, contests):
    for name, words, number, who in (
        ("a", "$650 million", 650, ("United States", "US")), ("b", "$655 million", 655, "Congress"),
    ):  # fmt: skip
        world.tell(name, f"The United States, U.S. Congress: Congress made {words} available in "
                   "fiscal year 2031.", "measure", type="funding", actor=who,
                   stage="agreed" if name == "b" else "under way",
                   amount=[(words, money(number * 10**6))],
                   date=("fiscal year 2031", "2031"))  # fmt: skip
    world.say("b", "measure", type="other", stage="done", actor="U.S. Congress", object="available")
    funding = next(r for r in world.records("measure") if r.type == "funding")
    assert contests(funding) == {("amount", "number", "high")}


def test_near_sums_of_one_year_for_other_things_are_two_measures(world):
    for name, number, thing in (("a", 650, "harbours"), ("b", 655, "schools")):
        world.tell(name, f"The United States gave ${number} million for {thing} in 2031.",
                   "measure", type="funding", stage="done", actor=US, object=thing,
                   amount=[(f"${number} million", money(number * 10**6))],
                   date=("2031", "2031"))  # fmt: skip
    assert world.names("measure") == apart("a", "b")
