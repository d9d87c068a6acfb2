"""From promise to delivery: the stages and amounts of one measure over time, and what is missing.

Comes in: the claims of a measure with the facts behind them, and the date of the latest document.
Goes out: a `Delivery`. Each step stands on claims; days between steps are counted at the precision
of their dates, and an absence is stated only for the documents at hand. It never adds amounts up:
two deliveries are two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pactwatch.ledger.claims import Told
from pactwatch.ledger.compare import interval, is_lost
from pactwatch.ledger.exclusions import BUDGET
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.history import is_aimed_at, last_day, rank, when
from pactwatch.ledger.likeness import PLANS
from pactwatch.ledger.parts import is_part
from pactwatch.model import Claim, Delivery, DeliveryStep, Quantity

__all__ = ["count_days", "make_delivery"]

_STOPPED = frozenset({"suspended", "ended", "refused"})


@dataclass(slots=True)
class _Draft:
    """A step in the making: everything that tells one stage with one amount."""

    stage: Claim
    amount: Claim | None
    part: bool
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
    steps = count_days([_step(draft) for draft in _in_time(_fold(drafts))])
    return Delivery(
        steps=tuple(steps),
        outcome=_outcome(steps),
        due=_due(told),
        latest=latest,
        short=_short(steps),
    )


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
    drafts: dict[tuple[str, str, bool], _Draft] = {}
    for item in told:
        stage = item.claim.value
        if item.claim.field != "stage" or not isinstance(stage, str):
            continue
        for facts in item.facts:
            if facts.finding.id in doubted or facts.finding.stage != stage:
                continue
            told_with: list[Told | None] = [*of_finding.get(facts.finding.id, [])]
            for amount in told_with or [None]:
                part = amount is not None and _is_part(facts, amount)
                key = (stage, amount.claim.id if amount else "", part)
                draft = drafts.setdefault(
                    key, _Draft(item.claim, amount.claim if amount else None, part)
                )
                draft.told.append((*when(stage, facts), facts))
    return list(drafts.values())


def _is_part(facts: Facts, amount: Told) -> bool:
    spots = {(s.words.start, s.words.end) for s in amount.claim.support}
    own = [f for f in facts.fillers("amount") if (f.start, f.end) in spots]
    return bool(own) and all(is_part(facts, filler) for filler in own)


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


def _outcome(steps: Sequence[DeliveryStep]) -> str:
    done = [s for s in steps if s.stage == "done"]
    if done:
        whole = [s for s in done if not s.part]
        planned, come = _exact(steps, PLANS, last=True), _exact(steps, frozenset({"done"}))
        less = planned is not None and come is not None and come < planned
        return "part" if not whole or less else "done"
    if any(s.stage in _STOPPED for s in steps):
        return "stopped"
    return "under way" if any(s.stage == "under way" for s in steps) else "none"


def _exact(
    steps: Sequence[DeliveryStep], stages: frozenset[str], last: bool = False
) -> Decimal | None:
    """The exact amount of these stages: the one told last, or the largest; None where the amounts
    are of several units, or none is exact."""
    values = [s.value for s in steps if s.stage in stages and s.value is not None]
    exact = [
        v
        for v in values
        if v.number is not None
        and not (v.approximate or v.suspect or v.per)
        and v.minimum is None
        and v.maximum is None
    ]
    units = {(v.currency, v.unit if not v.currency else None) for v in exact}
    if (
        not exact
        or len({currency for currency, _ in units}) > 1
        or "percent" in {unit for _, unit in units}
    ):
        return None
    numbers = [v.number for v in exact if v.number is not None]
    return numbers[-1] if last else max(numbers)


def _short(steps: Sequence[DeliveryStep]) -> Quantity | None:
    """What the largest amount that has come lacks to the last one planned."""
    planned, come = _exact(steps, PLANS, last=True), _exact(steps, frozenset({"done"}))
    if planned is None or come is None or come >= planned:
        return None
    values = [s.value for s in steps if s.value is not None and s.value.number == planned]
    currencies = {s.value.currency for s in steps if s.value is not None and s.value.number}
    if len(currencies) > 1:
        return None
    return Quantity(number=planned - come, currency=values[0].currency, unit=values[0].unit)


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
