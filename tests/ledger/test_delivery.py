"""The way from promise to delivery."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.model import Quantity
from pactwatch.review import Mark, Rulings

KENYA = ("Kenya", "KE")


def boats(world, name, stage, words=None, value=None, *, published, day=None, text=None):
    """A report that Japan's boats for Kenya are at a stage."""
    number = f"{words} " if words else ""
    told = text or {"done": f"Japan has sent Kenya {number}patrol boats",
                    "suspended": f"Japan stopped sending Kenya {number}patrol boats"}.get(
                        stage, f"Japan will send Kenya {number}patrol boats")  # fmt: skip
    told += f" {day[0]}." if day else "."
    roles = {"amount": (words, value)} if words else {}
    roles |= {"date": day} if day else {}
    world.tell(name, told, "measure", type="equipment", stage=stage, actor=("Japan", "JP"),
               recipient=KENYA, object="patrol boats", published=published, **roles)  # fmt: skip


def exactly(number: int) -> Quantity:
    return Quantity(number=Decimal(number))


def chain(world):
    delivery = world.one("measure").delivery
    return [(s.stage, s.amount, s.date, s.date_from, s.days) for s in delivery.steps], delivery


def test_a_chain_of_narrowing_promises_and_no_delivery(world):
    bounds = Quantity(minimum=Decimal(24), maximum=Decimal(100))
    boats(world, "a", "promised", "dozens of", Quantity(number=Decimal(24), approximate=True),
          published="2031-05-31")  # fmt: skip
    boats(world, "b", "promised", "between dozens and 100", bounds, published="2031-06-10")
    boats(world, "c", "promised", "up to 89", Quantity(maximum=Decimal(89)),
          published="2031-06-25", day=("by the end of August", "2031-08"))  # fmt: skip
    boats(world, "d", "promised", "up to 89", Quantity(maximum=Decimal(89)),
          published="2031-06-26")  # fmt: skip
    world.report("e", "Nothing new.", "2031-10-28")
    steps, delivery = chain(world)
    assert steps == [
        ("promised", "dozens of", "2031-05-31", "publication", None),
        ("promised", "between dozens and 100", "2031-06-10", "publication", (10, 10)),
        ("promised", "up to 89", "2031-06-25", "publication", (15, 15)),
    ]
    assert (delivery.outcome, delivery.due, delivery.latest) == ("none", "2031-08", "2031-10-28")
    assert delivery.short is None
    assert world.one("measure").contests == ()


def test_what_has_come_is_set_against_what_was_promised(world):
    boats(world, "a", "promised", "100", exactly(100), published="2031-05-31")
    boats(world, "b", "done", "60", exactly(60), published="2031-09-05",
          day=("in August 2031", "2031-08"))  # fmt: skip
    steps, delivery = chain(world)
    assert [step[-1] for step in steps] == [None, (62, 92)]
    assert (delivery.outcome, delivery.short) == ("part", exactly(40))


def test_a_part_does_not_make_it_done(world):
    boats(world, "a", "promised", "100", exactly(100), published="2031-05-31")
    boats(world, "b", "done", "50", exactly(50), published="2031-06-30",
          text="50 of the 100 patrol boats have come to Kenya from Japan")  # fmt: skip
    _, delivery = chain(world)
    assert [s.part for s in delivery.steps] == [False, True]
    assert (delivery.outcome, delivery.short) == ("part", exactly(50))
    assert world.one("measure").contests == ()


@pytest.mark.parametrize(
    ("stage", "outcome"),
    [("done", "done"), ("suspended", "stopped"), ("under way", "under way"), ("promised", "none")],
)
def test_the_outcome_is_what_documents_report(world, stage, outcome):
    boats(world, "a", "promised", published="2031-05-31")
    boats(world, "b", stage, published="2031-07-31")
    _, delivery = chain(world)
    assert delivery.outcome == outcome


def test_steps_stand_on_claims_of_the_record(world):
    boats(world, "a", "promised", "100", exactly(100), published="2031-05-31")
    boats(world, "b", "done", "60", exactly(60), published="2031-07-31")
    record = world.one("measure")
    claims = {c.id: c for c in record.claims}
    for step in record.delivery.steps:
        stage, amount = (claims[id_] for id_ in step.claim_ids)
        assert (stage.value, amount.text) == (step.stage, step.amount)


def test_amounts_of_two_currencies_are_not_subtracted(world):
    for name, stage, words, currency in (
        ("a", "promised", "$40 million", "USD"), ("b", "done", "€20 million", "EUR"),
    ):  # fmt: skip
        value = Quantity(number=Decimal(words[1:3]) * 10**6, currency=currency)
        world.tell(name, f"Japan funds Kenya's lake harbours with {words}.", "measure",
                   type="funding", stage=stage, actor=("Japan", "JP"), recipient=KENYA,
                   object="lake harbours", amount=(words, value),
                   published=f"2031-0{5 + (stage == 'done')}-20")  # fmt: skip
    assert [r.delivery.short for r in world.records("measure")] in ([None], [None, None])


def test_a_headline_that_runs_ahead_of_its_report_is_no_delivery(world):
    headline, body = "Japan sends Kenya patrol boats", "Japan will send Kenya 40 patrol boats."
    world.report("a", f"{headline}\n{body}", "2031-05-31")
    for words, stage, roles in (
        (headline, "done", {}), (body, "promised", {"amount": ("40", exactly(40))}),
    ):  # fmt: skip
        world.say("a", "measure", type="equipment", stage=stage, actor=("Japan", "JP"),
                  recipient=KENYA, object="patrol boats", evidence=[words], **roles)  # fmt: skip
    record = world.one("measure")
    assert {(c.field, c.kind, c.severity) for c in record.contests} == {
        ("stage", "stage", "medium")
    }
    assert record.stage == "promised"
    assert record.delivery.outcome == "none"


def test_a_report_that_looks_back_takes_nothing_back(world):
    boats(world, "a", "promised", published="2031-05-01")
    boats(world, "b", "done", published="2031-06-01")
    boats(world, "c", "promised", published="2031-07-01",
          text="Japan promised Kenya patrol boats")  # fmt: skip
    record = world.one("measure")
    assert [step.stage for step in record.history] == ["promised", "done"]
    assert (record.stage, record.contests) == ("done", ())


def test_still_to_come_after_it_was_done_is_contested(world, contests):
    boats(world, "a", "done", published="2031-06-01")
    boats(world, "b", "promised", published="2031-06-11")
    assert contests(world.one("measure")) == {("stage", "stage", "medium")}


@given(
    first=st.dates(date(2001, 1, 1), date(2050, 12, 31)),
    then=st.dates(date(2001, 1, 1), date(2050, 12, 31)),
    cut=st.tuples(st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10])),
)
def test_days_between_steps_hold_the_true_number(first, then, cut):
    from pactwatch.ledger.delivery import count_days
    from pactwatch.model import DeliveryStep

    steps = [
        DeliveryStep(stage="done", date=day.isoformat()[:size], date_from="event", amount=None,
                     value=None, part=False, claim_ids=(), document_ids=(), accounts=1)
        for day, size in zip(sorted([first, then]), cut, strict=True)
    ]  # fmt: skip
    least, most = count_days(steps)[1].days
    assert least <= abs((then - first).days) <= most


def test_a_promise_that_another_record_may_keep_is_not_told_as_unkept(world):
    def nets(name, stage, published, **more):
        world.tell(name, f"Japan {stage} Kenya Uganda lake nets.", "measure", type="equipment",
                   stage=stage, actor=("Japan", "JP"), object="lake nets",
                   published=published, **more)  # fmt: skip

    nets("a", "promised", "2031-03-01")
    nets("b", "done", "2032-12-01", recipient=KENYA)
    outcomes = {r.stage: r.delivery.outcome for r in world.records("measure")}
    assert outcomes == {"promised": "unclear", "done": "done"}
    nets("c", "promised", "2033-03-01", recipient=("Uganda", "UG"))
    outcomes = [r.delivery.outcome for r in world.records("measure") if r.stage == "promised"]
    assert sorted(outcomes) == ["none", "unclear"]


@pytest.mark.parametrize(
    ("words", "number", "outcome"),
    [("two more", 2, "done"), ("one more", 1, "part")],
)
def test_what_comes_on_top_is_added_up(world, words, number, outcome):
    boats(world, "a", "promised", "four", exactly(4), published="2031-05-31")
    boats(world, "b", "done", "two", exactly(2), published="2031-08-05")
    boats(world, "c", "done", words, exactly(number), published="2031-09-05")
    (record,) = [r for r in world.records("measure") if r.stage == "done" and r.accounts == 3]
    assert (record.delivery.outcome, record.contests) == (outcome, ())


def test_two_deliveries_or_one_total_that_has_grown(world):
    boats(world, "a", "promised", "five", exactly(5), published="2031-05-31")
    boats(world, "b", "done", "two", exactly(2), published="2031-08-05")
    boats(world, "c", "done", "three", exactly(3), published="2031-09-05")
    delivery = world.one("measure").delivery
    assert (delivery.outcome, delivery.short) == ("unclear", None)


def accepted(finding) -> dict[str, tuple[Mark, ...]]:
    """Marks of a decision that takes a finding's amount for the right one."""
    (filler,) = finding.roles["amount"]
    return {
        finding.id: (
            Mark(decision_id="decision-1", action="accept", who="Ann", when="2032-01-01",
                 field="amount", start=filler.start, end=filler.end),
        )
    }  # fmt: skip


@pytest.mark.parametrize(
    ("chosen", "outcome", "short"),
    [(None, "part", None), (0, "part", 2), (1, "part", 4)],
)
def test_the_amount_that_a_reviewer_chose_rules_the_plan(world, chosen, outcome, short):
    boats(world, "a", "promised", "four", exactly(4), published="2031-05-31")
    boats(world, "b", "promised", "six", exactly(6), published="2031-06-02")
    boats(world, "c", "done", "two", exactly(2), published="2031-08-05")
    marks = accepted(world.findings[chosen]) if chosen is not None else {}
    (record,) = world.settle(rulings=Rulings(marks=marks)).records
    assert [c.kind for c in record.contests] == ["number"]
    assert record.delivery.outcome == outcome
    assert record.delivery.short == (exactly(short) if short else None)


def test_what_has_come_lies_between_two_promises_that_are_contested(world):
    boats(world, "a", "promised", "four", exactly(4), published="2031-05-31")
    boats(world, "b", "promised", "six", exactly(6), published="2031-06-02")
    boats(world, "c", "done", "four", exactly(4), published="2031-08-05")
    (record,) = world.settle().records
    assert (record.delivery.outcome, record.delivery.short) == ("unclear", None)
    (record,) = world.settle(rulings=Rulings(marks=accepted(world.findings[0]))).records
    assert record.delivery.outcome == "done"


def test_two_deliveries_that_people_rule_to_be_of_one_measure_are_two_steps(world):
    boats(world, "a", "promised", "four", exactly(4), published="2031-05-31")
    boats(world, "b", "done", "two", exactly(2), published="2031-08-31",
          day=("on 30 August 2031", "2031-08-30"))  # fmt: skip
    boats(world, "c", "done", "two", exactly(2), published="2032-02-10",
          day=("on 8 February 2032", "2032-02-08"))  # fmt: skip
    one, two, three = (f.id for f in world.findings)
    rulings = Rulings(together=((one, two), (one, three)))
    (record,) = world.settle(rulings=rulings).records
    told = [(s.stage, s.amount, s.date, s.accounts) for s in record.delivery.steps]
    assert told == [
        ("promised", "four", "2031-05-31", 1),
        ("done", "two", "2031-08-30", 1),
        ("done", "two", "2032-02-08", 1),
    ]
    assert (record.delivery.outcome, record.contests) == ("unclear", ())


def test_what_was_suspended_and_came_later_went_on(world):
    boats(world, "a", "suspended", published="2031-05-31")
    boats(world, "b", "done", published="2033-08-31", text="Japan has sent Kenya fast patrol boats")
    outcomes = {r.stage: r.delivery.outcome for r in world.records("measure")}
    assert outcomes == {"suspended": "unclear", "done": "done"}
