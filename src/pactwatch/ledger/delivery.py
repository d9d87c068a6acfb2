"""From promise to delivery: the stages and amounts of one measure over time, and what is missing.

Comes in: the claims of a measure with the facts behind them, and the date of the latest document.
Goes out: a `Delivery`. Each step stands on claims; days between steps are counted at the precision
of their dates, and an absence is stated only for the documents at hand. Amounts are added up only
where the words make one come beside another ("two more"): else two deliveries may be one total that
has grown, and it says that this is unclear.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from pactwatch.ledger.claims import Told
from pactwatch.ledger.compare import days_apart, interval, is_lost
from pactwatch.ledger.exclusions import BUDGET
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.history import is_aimed_at, last_day, rank, when
from pactwatch.ledger.likeness import PLANS
from pactwatch.ledger.numbers import rivals
from pactwatch.ledger.parts import is_more, is_part
from pactwatch.model import Claim, Delivery, DeliveryStep, Filler, Quantity

__all__ = ["count_days", "make_delivery"]

_STOPPED = frozenset({"suspended", "ended", "refused"})


@dataclass(slots=True)
class _Draft:
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


def make_delivery(
    told: Sequence[Told], doubted: frozenset[str], latest: str | None
) -> Delivery | None:
    """The way of a measure to delivery, None where no stage is told.

    Args:
        told: The claims of one measure.
        doubted: Ids of findings whose stage the report under them contradicts: headlines.
        latest: Publication date of the latest document of the dossier.
    """
    drafts = _drafts(told, doubted)
    if not drafts:
        return None
    drafts = _in_time(_fold(drafts))
    steps = count_days([_step(draft) for draft in drafts])
    outcome, short = _outcome(drafts, steps, _disputed(told))
    return Delivery(steps=tuple(steps), outcome=outcome, due=_due(told), latest=latest, short=short)


def _disputed(told: Sequence[Told]) -> frozenset[str]:
    """Claims of amounts of which the reports tell differently how much has come."""
    pairs = rivals([t for t in told if t.claim.field == "amount"], "fact")
    return frozenset(id_ for pair in pairs for id_ in pair)


def _drafts(told: Sequence[Told], doubted: frozenset[str]) -> list[_Draft]:
    amounts = {
        (f.finding.id, t.claim.id): t
        for t in told
        if t.claim.field == "amount" and not is_lost(t.claim.value)
        for f in t.facts
    }
    of_finding: dict[str, list[Told]] = {}
    for (finding_id, _), t in amounts.items():
        of_finding.setdefault(finding_id, []).append(t)
    drafts: dict[tuple[str, str, bool, bool], _Draft] = {}
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
                    key, _Draft(item.claim, amount.claim if amount else None, part, more)
                )
                draft.told.append((*when(stage, facts), facts))
    return list(drafts.values())


def _told_as(sort: Callable[[Facts, Filler], bool], facts: Facts, amount: Told) -> bool:
    """Whether all words of a finding for an amount tell it as a part, or as more."""
    spots = {(s.words.start, s.words.end) for s in amount.claim.support}
    own = [f for f in facts.fillers("amount") if (f.start, f.end) in spots]
    return bool(own) and all(sort(facts, filler) for filler in own)


def _fold(drafts: list[_Draft]) -> list[_Draft]:
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


def _when_told(draft: _Draft) -> tuple[str, int, Decimal, str]:
    """Order in time; of one day the earlier stage first, then the amount that allows more."""
    stage = str(draft.stage.value)
    return (last_day(draft.first[0]), rank(stage), -_most(draft.amount), _words(draft))


def _words(draft: _Draft) -> str:
    return draft.amount.text if draft.amount else ""


def _most(amount: Claim | None) -> Decimal:
    """The most that an amount allows; where it names no bound, more than any that does."""
    value = amount.value if amount else None
    if not isinstance(value, Quantity):
        return Decimal(0)
    known = value.maximum if value.maximum is not None else value.number
    return Decimal(10**15) if known is None or value.approximate else known


def _in_time(drafts: list[_Draft]) -> list[_Draft]:
    return sorted(drafts, key=_when_told)


def _step(draft: _Draft) -> DeliveryStep:
    date, source = draft.first
    facts = [f for _, _, f in draft.told]
    value = draft.amount.value if draft.amount else None
    return DeliveryStep(
        stage=str(draft.stage.value),
        date=date,
        date_from=source,
        amount=draft.amount.text if draft.amount else None,
        value=value if isinstance(value, Quantity) else None,
        part=draft.part,
        claim_ids=(draft.stage.id, *((draft.amount.id,) if draft.amount else ())),
        document_ids=tuple(sorted({f.document_id for f in facts})),
        accounts=len({f.account for f in facts}),
    )


def count_days(steps: list[DeliveryStep]) -> list[DeliveryStep]:
    """Days from the dated step before; a month against a day gives a range."""
    counted: list[DeliveryStep] = []
    before: tuple[int, int] | None = None
    for step in steps:
        bounds = interval(step.date)
        here = (bounds[0].toordinal(), bounds[1].toordinal() - 1) if bounds else None
        days = (max(0, here[0] - before[1]), here[1] - before[0]) if here and before else None
        counted.append(replace(step, days=days))
        before = here or before
    return counted


def _outcome(
    drafts: Sequence[_Draft], steps: Sequence[DeliveryStep], disputed: frozenset[str]
) -> tuple[str, Quantity | None]:
    """How far it has come, and what the largest amount that has come lacks to the last planned."""
    done = [(draft, s) for draft, s in zip(drafts, steps, strict=True) if s.stage == "done"]
    if not done:
        courses = [s.stage for s in steps if s.stage in {*_STOPPED, "under way"}]
        if not courses:
            return "none", None
        return ("stopped" if courses[-1] in _STOPPED else "under way"), None
    planned = _planned(steps)
    told = [(draft, s.value) for draft, s in done if _comparable(s.value, planned)]
    if planned is None or planned.number is None or not told:
        return ("done" if any(not s.part for _, s in done) else "part"), None
    come = [(draft, value.number) for draft, value in told if value and value.number is not None]
    whole = [number >= planned.number for _, number in come]
    at_odds = {draft.amount.id for draft, _ in come if draft.amount} & disputed
    if any(whole):
        return ("unclear" if at_odds and not all(whole) else "done"), None
    first = max((number for draft, number in come if not draft.more), default=Decimal(0))
    added = [number for draft, number in come if draft.more]
    if added and first + sum(added) >= planned.number:
        return "done", None
    if _days_of(come) > 1 and not at_odds:  # two deliveries, or one total that has grown
        open_ = sum((number for _, number in come), Decimal(0)) >= planned.number
        return ("unclear" if open_ else "part"), None
    largest = max(number for _, number in come)
    rest = None if at_odds else planned.number - largest
    short = rest and Quantity(number=rest, currency=planned.currency, unit=planned.unit)
    return "part", short or None


def _days_of(come: Sequence[tuple[_Draft, Decimal]]) -> int:
    """On how many days it came, as far as the reports tell days that exclude each other."""
    days = sorted({draft.first[0] for draft, _ in come if draft.first[0]})
    return 1 + sum(bool(days_apart(x, y)) for x, y in pairwise(days))


def _planned(steps: Sequence[DeliveryStep]) -> Quantity | None:
    """The exact amount planned last."""
    exact = [s.value for s in steps if s.stage in PLANS and _is_exact(s.value)]
    return exact[-1] if exact else None


def _is_exact(value: Quantity | None) -> bool:
    if value is None or value.number is None or value.unit == "percent":
        return False
    vague = value.approximate or value.suspect or value.per
    return not vague and value.minimum is None and value.maximum is None


def _comparable(value: Quantity | None, planned: Quantity | None) -> bool:
    """Whether both are exact amounts in one currency; a unit may be left out."""
    if value is None or planned is None or not _is_exact(value):
        return False
    units = {u for u in (value.unit, planned.unit) if u}
    return value.currency == planned.currency and len(units) < 2


def _due(told: Sequence[Told]) -> str | None:
    """The latest day planned for: a deadline, or a date not over when it was told."""
    found: list[tuple[int, str]] = []
    for item in told:
        for facts in item.facts:
            finding = facts.finding
            if item.claim.field != "date" or finding.stage not in PLANS:
                continue
            for date in facts.fillers("date"):
                ends, report = interval(date.value), interval(facts.published)
                if not ends or not isinstance(date.value, str) or BUDGET.search(date.text):
                    continue
                ahead = report is not None and ends[1] > report[0]
                if ahead or is_aimed_at(facts, date):
                    found.append((ends[1].toordinal(), date.value))
    return max(found)[1] if found else None
