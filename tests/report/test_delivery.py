"""The way to delivery in plain words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pactwatch.model import Delivery, DeliveryStep, Quantity, Record
from pactwatch.report.delivery import absence_words, chain_words, gap_words, is_open, step_words


def step(stage: str, date: str | None, amount: str | None = None, **more) -> DeliveryStep:
    values = {"date_from": "event", "value": None, "part": False, "claim_ids": ("c",)}
    values |= {"document_ids": ("d",), "accounts": 1} | more
    return DeliveryStep(stage=stage, date=date, amount=amount, **values)


def measure(delivery: Delivery | None, type_: str = "equipment") -> Record:
    return Record(
        id="m", number="measure-1", kind="measure", type=type_, label="Boats", stage=None,
        date=None,
        claims=(), contests=(), history=(), finding_ids=(), document_ids=(), accounts=1,
        delivery=delivery,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (None, ""),
        ((0, 0), "the same day"),
        ((1, 1), "1 day later"),
        ((25, 25), "25 days later"),
        ((0, 30), "up to 30 days later"),
        ((61, 91), "61 to 91 days later"),
    ],
)
def test_a_gap_is_told_at_the_precision_of_its_dates(days, words):
    assert gap_words(step("done", "2031-05", days=days)) == words


def test_a_chain_tells_amounts_and_that_nothing_is_reported():
    steps = (
        step("promised", "2031-05-31", "Dozens", date_from="publication"),
        step("promised", "2031-06-25", "up to 89", days=(25, 25)),
    )
    assert chain_words(Delivery(steps=steps, outcome="none")) == (
        "promised dozens, told 31 May 2031 → promised up to 89, 25 June 2031 (25 days later)"
        " → none reported"
    )


def test_a_chain_tells_how_much_of_what_was_planned_has_come():
    def boats(stage, words, number, day):
        return step(stage, day, words, value=Quantity(number=Decimal(number)))

    steps = (boats("promised", "Four", 4, "2031-03-14"), boats("done", "two", 2, "2031-10-04"))
    part = Delivery(steps=steps, outcome="part", short=Quantity(number=Decimal(2)))
    assert chain_words(part).endswith(
        "done two, 4 October 2031 → two of four, the rest not reported"
    )
    unclear = Delivery(steps=steps, outcome="unclear")
    assert chain_words(unclear).endswith("→ how much has come is open")
    assert absence_words(measure(unclear)) == "The documents leave open how much has come."
    assert not is_open(measure(unclear))


def test_an_undated_part_is_told_as_such():
    assert step_words(step("done", None, "50", part=True)) == "done 50 (a part), undated"


@pytest.mark.parametrize(
    ("type_", "changes", "words"),
    [
        ("equipment", {}, "No document in this dossier, the latest of 3 June 2032, reports "
         "delivery."),
        ("trade", {}, "No document in this dossier, the latest of 3 June 2032, reports that it was "
         "done."),
        ("equipment", {"latest": None}, "No document in this dossier reports delivery."),
        ("equipment", {"due": "2032-05"}, "No document in this dossier, the latest of 3 June 2032, "
         "reports delivery. It was planned for May 2032."),
        ("equipment", {"due": "2032-06"}, "No document in this dossier, the latest of 3 June 2032, "
         "reports delivery."),
        ("equipment", {"outcome": "part", "short": Quantity(number=Decimal(50), unit="boat")},
         "No document in this dossier, the latest of 3 June 2032, reports the rest (50)."),
        ("equipment", {"outcome": "done"}, ""),
        ("equipment", {"outcome": "stopped"}, ""),
    ],
)  # fmt: skip
def test_an_absence_is_stated_for_the_documents_at_hand(type_, changes, words):
    delivery = Delivery(
        steps=(step("promised", "2031-05-31"),), outcome="none", latest="2032-06-03"
    )
    assert absence_words(measure(replace(delivery, **changes), type_)) == words


def test_a_record_without_a_way_to_delivery_lacks_nothing():
    assert absence_words(measure(None)) == ""
    assert not is_open(measure(None))
