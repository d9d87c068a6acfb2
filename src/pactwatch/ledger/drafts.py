"""The stages of one measure with what is told of each, in the order of time: steps in the making.

Comes in: the claims of a measure with the facts behind them. Goes out: a `Draft` for each stage
with one amount, and for each day on which something came. It weighs nothing and drops nothing but
headlines that the report under them contradicts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pactwatch.ledger.claims import Told
from pactwatch.ledger.compare import days_apart, is_lost
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.history import last_day, rank, when
from pactwatch.ledger.parts import is_more, is_part
from pactwatch.model import Claim, Filler, Quantity

__all__ = ["Draft", "make_drafts"]

_ONE_DAY = 3  # days that reports of one delivery may be off


@dataclass(slots=True)
class Draft:
    """A step in the making: everything that tells one stage with one amount."""

    stage: Claim
    amount: Claim | None
    part: bool
    more: bool
    told: list[tuple[str | None, str, Facts]] = field(default_factory=list)

    @property
    def first(self) -> tuple[str | None, str]:
        """Date of the earliest telling, and where it is from; the event's own date before all."""
        dates = [(d, s) for d, s, _ in self.told if d]
        events = [item for item in dates if item[1] == "event"]
        return min(events or dates, default=(None, "publication"))


def make_drafts(
    told: Sequence[Told], doubted: frozenset[str], best: Mapping[str, str]
) -> list[Draft]:
    """The drafts of a measure in the order of time.

    Args:
        told: The claims of the measure.
        doubted: Ids of findings whose stage the report under them contradicts: headlines.
        best: Each contested date of an event, and the best-backed of those it is contested with.
    """
    return sorted(_fold(_draft_all(told, doubted, best)), key=_when_told)


def _draft_all(
    told: Sequence[Told], doubted: frozenset[str], best: Mapping[str, str]
) -> list[Draft]:
    amounts = {
        (f.finding.id, t.claim.id): t
        for t in told
        if t.claim.field == "amount" and not is_lost(t.claim.value)
        for f in t.facts
    }
    of_finding: dict[str, list[Told]] = {}
    for (finding_id, _), t in amounts.items():
        of_finding.setdefault(finding_id, []).append(t)
    drafts: dict[tuple[str, str, bool, bool], Draft] = {}
    for item in told:
        stage = item.claim.value
        if item.claim.field != "stage" or not isinstance(stage, str):
            continue
        for facts in item.facts:
            if facts.finding.id in doubted or facts.finding.stage != stage:
                continue
            told_with: list[Told | None] = [*of_finding.get(facts.finding.id, [])]
            for amount in told_with or [None]:
                part = amount is not None and _told_as(is_part, facts, amount)
                more = amount is not None and _told_as(is_more, facts, amount)
                key = (stage, amount.claim.id if amount else "", part, more)
                draft = drafts.setdefault(
                    key, Draft(item.claim, amount.claim if amount else None, part, more)
                )
                date, source = when(stage, facts)
                date = best.get(date or "", date) if source == "event" else date
                draft.told.append((date, source, facts))
    return [part for draft in drafts.values() for part in _by_day(draft)]


def _by_day(draft: Draft) -> list[Draft]:
    """A draft for each day on which it came: two boats in August and two in February are four.

    Reports that tell no day belong to the last delivery before them.
    """
    if draft.stage.value != "done":
        return [draft]
    parts: list[Draft] = []
    for told in sorted(draft.told, key=lambda t: (t[0] or "9999", t[1], t[2].finding.id)):
        fitting = [p for p in parts if told[1] != "event" or not _other_day(p, told[0])]
        if not fitting:
            fitting = [replace(draft, told=[])]
            parts += fitting
        fitting[-1].told.append(told)
    return parts


def _other_day(draft: Draft, date: str | None) -> bool:
    """Whether all that tells the day of a delivery tells another than this; a report may be off by
    a few days."""
    days = [days_apart(d, date) for d, source, _ in draft.told if source == "event"]
    return bool(days) and all(apart is not None and apart > _ONE_DAY for apart in days)


def _told_as(sort: Callable[[Facts, Filler], bool], facts: Facts, amount: Told) -> bool:
    """Whether all words of a finding for an amount tell it as a part, or as more."""
    spots = {(s.words.start, s.words.end) for s in amount.claim.support}
    own = [f for f in facts.fillers("amount") if (f.start, f.end) in spots]
    return bool(own) and all(sort(facts, filler) for filler in own)


def _fold(drafts: list[Draft]) -> list[Draft]:
    """A stage told without an amount adds no step where it was told no later with one."""
    kept = [d for d in drafts if d.amount is not None]
    for draft in drafts:
        if draft.amount is not None:
            continue
        same = [d for d in kept if d.stage.value == draft.stage.value and d.amount is not None]
        earlier = [d for d in same if last_day(d.first[0]) <= last_day(draft.first[0])]
        if earlier:
            min(earlier, key=_when_told).told.extend(draft.told)
        else:
            kept.append(draft)
    return kept


def _when_told(draft: Draft) -> tuple[str, int, Decimal, str]:
    """Order in time; of one day the earlier stage first, then the amount that allows more."""
    stage = str(draft.stage.value)
    return (last_day(draft.first[0]), rank(stage), -_most(draft.amount), _words(draft))


def _words(draft: Draft) -> str:
    return draft.amount.text if draft.amount else ""


def _most(amount: Claim | None) -> Decimal:
    """The most that an amount allows; where it names no bound, more than any that does."""
    value = amount.value if amount else None
    if not isinstance(value, Quantity):
        return Decimal(0)
    known = value.maximum if value.maximum is not None else value.number
    return Decimal(10**15) if known is None or value.approximate else known
