"""The way from promise to delivery in plain words, the same in the terminal and on the page.

Comes in: the `Delivery` of a measure. Goes out: short strings. A gap is told at the precision of
its dates, and an absence only for the documents of the dossier; nothing here is computed anew.
"""

from __future__ import annotations

from pactwatch.model import Delivery, DeliveryStep, Quantity, Record
from pactwatch.report.words import count, date_words, one_line

__all__ = ["absence_words", "chain_words", "gap_words", "is_open", "progress_words", "step_words"]

_PLANS = frozenset({"proposed", "promised", "agreed"})
_SENT = frozenset({"deployment", "equipment", "funding", "training"})


def step_words(step: DeliveryStep) -> str:
    """ "promised up to 89, told 25 June 2019", "50 done (a part), June 2019"."""
    amount = f" {_within(one_line(step.amount))}" if step.amount else ""
    part = " (a part)" if step.part else ""
    return f"{step.stage}{amount}{part}{_when(step)}"


def _within(words: str) -> str:
    """Words that begin a sentence elsewhere, within one: "Up to 89" is "up to 89"."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _when(step: DeliveryStep) -> str:
    if not step.date:
        return ", undated"
    return f", {'' if step.date_from == 'event' else 'told '}{date_words(step.date)}"


def gap_words(step: DeliveryStep) -> str:
    """ "25 days later", "61 to 91 days later", "up to 30 days later"; "" for the first step."""
    if step.days is None:
        return ""
    least, most = step.days
    if least == most:
        return "the same day" if not most else f"{count(most, 'day')} later"
    return f"{least} to {count(most, 'day')} later" if least else f"up to {most} days later"


def chain_words(delivery: Delivery) -> str:
    """ "agreed 29 May 2019 → promised dozens, told 31 May 2019 (2 days later) → none reported"."""
    links = [
        step_words(step) + (f" ({gap})" if (gap := gap_words(step)) else "")
        for step in delivery.steps
    ]
    reached = progress_words(delivery)
    ends = {
        "none": ["none reported"],
        "part": [f"{reached}, the rest not reported" if reached else "the rest not reported"],
        "unclear": ["how much has come is open"],
    }
    return " → ".join([*links, *ends.get(delivery.outcome, [])])


def progress_words(delivery: Delivery) -> str:
    """ "two of four": the largest amount that has come, and the last one planned; "" where they are
    not told as numbers that can be set against each other."""
    if delivery.short is None or delivery.short.number is None:
        return ""
    numbers = [
        (s.stage, s.value.number, _within(one_line(s.amount or "")))
        for s in delivery.steps
        if s.value is not None and s.value.number is not None
    ]
    for stage, planned, whole in reversed(numbers):
        for reached, come, part in numbers if stage in _PLANS else ():
            if reached == "done" and come + delivery.short.number == planned:
                return f"{part} of {whole}"
    return ""


def is_open(record: Record) -> bool:
    """Whether something was planned that no document reports as done."""
    delivery = record.delivery
    if delivery is None or delivery.outcome not in {"none", "part", "under way"}:
        return False
    return delivery.outcome != "under way" or any(s.stage in _PLANS for s in delivery.steps)


def absence_words(record: Record) -> str:
    """ "No document in this dossier, the latest of 28 October 2019, reports delivery."; "" where it
    is reported, or stopped. Where the reports leave open how much has come, that."""
    delivery = record.delivery
    if delivery is not None and delivery.outcome == "unclear":
        return "The documents leave open how much has come."
    if delivery is None or not is_open(record):
        return ""
    latest = f", the latest of {date_words(delivery.latest)}," if delivery.latest else ""
    what = "delivery" if record.type in _SENT else "that it was done"
    if delivery.outcome == "part":
        what = "the rest" + (f" ({_amount(delivery.short)})" if delivery.short else "")
    if delivery.outcome == "under way":
        what = "its end"
    due = f" It was planned for {date_words(delivery.due)}." if _is_past(delivery) else ""
    return f"No document in this dossier{latest} reports {what}.{due}"


def _is_past(delivery: Delivery) -> bool:
    """Whether the day planned for lies before the latest document."""
    if not delivery.due or not delivery.latest:
        return False
    end = delivery.due.rpartition("/")[2]
    return end < delivery.latest[: len(end)]


def _amount(quantity: Quantity) -> str:
    number = f"{quantity.number:,f}" if quantity.number is not None else ""
    return " ".join(filter(None, [number, quantity.currency]))
