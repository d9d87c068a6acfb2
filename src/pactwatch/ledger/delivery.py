"""From promise to delivery: the stages and amounts of one measure over time, and what is missing.

Comes in: the claims of a measure with the facts behind them, and the date of the latest document.
Goes out: a `Delivery`. Each step stands on claims; days between steps are counted at the precision
of their dates, and an absence is stated only for the documents at hand. Amounts are added up only
where the words make one come beside another ("two more"): else two deliveries may be one total that
has grown, and it says that this is unclear.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from pactwatch.ledger.claims import Told
from pactwatch.ledger.compare import days_apart, interval, is_lost
from pactwatch.ledger.exclusions import BUDGET
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.history import disputed_days, is_aimed_at, last_day, rank, when
from pactwatch.ledger.likeness import PLANS, stage_class
from pactwatch.ledger.numbers import rivals
from pactwatch.ledger.parts import completes, is_more, is_part
from pactwatch.model import Claim, Contest, Delivery, DeliveryStep, Filler, Quantity

__all__ = ["count_days", "make_delivery"]

_STOPPED = frozenset({"suspended", "ended", "refused"})
_ONE_DAY = 3  # days that reports of one delivery may be off
_Pairs = frozenset[frozenset[str]]


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


_Way = tuple[_Draft, DeliveryStep]


def make_delivery(
    told: Sequence[Told],
    doubted: frozenset[str],
    latest: str | None,
    contests: Sequence[Contest] = (),
    denied: frozenset[str] = frozenset(),
) -> Delivery | None:
    """The way of a measure to delivery, None where no stage is told.

    Args:
        told: The claims of one measure.
        doubted: Ids of findings whose stage the report under them contradicts: headlines.
        latest: Publication date of the latest document of the dossier.
        contests: Those of the measure, with the sides that reviewers chose.
        denied: Claims of stages that were denied after they were told.
    """
    drafts = _drafts(told, doubted, disputed_days(told, contests))
    if not drafts:
        return None
    drafts = _in_time(_fold(drafts))
    steps = count_days([_step(draft) for draft in drafts])
    amounts = [t for t in told if t.claim.field == "amount"]
    overruled = {state: _overruled(amounts, state, contests) for state in ("plan", "fact")}
    ways = [
        way
        for way in zip(drafts, steps, strict=True)
        if way[0].stage.id not in denied and not _is_overruled(way[0], overruled)
    ]
    gone = {id_ for found in overruled.values() for id_, _ in found}
    outcome, short = _outcome(ways, *(_open(amounts, s, gone) for s in ("plan", "fact")))
    return Delivery(steps=tuple(steps), outcome=outcome, due=_due(told), latest=latest, short=short)


def _overruled(
    amounts: Sequence[Told], state: str, contests: Sequence[Contest]
) -> frozenset[tuple[str, str]]:
    """Claims of amounts against which reviewers chose another, each with a document that tells it:
    what they rule of a plan, they don't rule of what has come."""
    pairs = rivals(amounts, state)
    return frozenset(
        (id_, document_id)
        for contest in contests
        if contest.field == "amount" and contest.chosen
        for side in contest.sides
        for id_ in side.claim_ids
        if any(frozenset({id_, chosen}) in pairs for chosen in contest.chosen)
        for document_id in side.document_ids
    )


def _is_overruled(draft: _Draft, overruled: Mapping[str, frozenset[tuple[str, str]]]) -> bool:
    found = overruled.get(stage_class(str(draft.stage.value)) or "", frozenset())
    return draft.amount is not None and all(
        (draft.amount.id, facts.document_id) in found for _, _, facts in draft.told
    )


def _open(amounts: Sequence[Told], state: str, gone: set[str]) -> _Pairs:
    """Pairs of claims of amounts that exclude each other, and of which reviewers chose none."""
    return frozenset(pair for pair in rivals(amounts, state) if not pair & gone)


def _drafts(told: Sequence[Told], doubted: frozenset[str], best: Mapping[str, str]) -> list[_Draft]:
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
                date, source = when(stage, facts)
                date = best.get(date or "", date) if source == "event" else date
                draft.told.append((date, source, facts))
    return [part for draft in drafts.values() for part in _by_day(draft)]


def _by_day(draft: _Draft) -> list[_Draft]:
    """A draft for each day on which it came: two boats in August and two in February are four.

    Reports that tell no day belong to the last delivery before them.
    """
    if draft.stage.value != "done":
        return [draft]
    parts: list[_Draft] = []
    for told in sorted(draft.told, key=lambda t: (t[0] or "9999", t[1], t[2].finding.id)):
        fitting = [p for p in parts if told[1] != "event" or not _other_day(p, told[0])]
        if not fitting:
            fitting = [replace(draft, told=[])]
            parts += fitting
        fitting[-1].told.append(told)
    return parts


def _other_day(draft: _Draft, date: str | None) -> bool:
    """Whether all that tells the day of a delivery tells another than this; a report may be off by
    a few days."""
    days = [days_apart(d, date) for d, source, _ in draft.told if source == "event"]
    return bool(days) and all(apart is not None and apart > _ONE_DAY for apart in days)


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
    ways: Sequence[_Way], plans_open: _Pairs, facts_open: _Pairs
) -> tuple[str, Quantity | None]:
    """How far it has come, and what the largest amount that has come lacks to the last planned;
    where it is open which amount is planned, only what holds for each."""
    done = [way for way in ways if way[1].stage == "done"]
    if not done:
        courses = [s.stage for _, s in ways if s.stage in {*_STOPPED, "under way"}]
        if not courses:
            return "none", None
        return ("stopped" if courses[-1] in _STOPPED else "under way"), None
    disputed = frozenset(id_ for pair in facts_open for id_ in pair)
    plans: Sequence[Quantity | None] = _planned(ways, plans_open) or [None]
    found = [_against(planned, done, disputed) for planned in plans]
    rest = found[0][0] == "part" and any(completes(f) for d, _ in done for _, _, f in d.told)
    if rest or any(outcome != found[0][0] for outcome, _ in found):
        return "unclear", None
    return found[0] if all(way == found[0] for way in found) else (found[0][0], None)


def _against(
    planned: Quantity | None, done: Sequence[_Way], disputed: frozenset[str]
) -> tuple[str, Quantity | None]:
    """What has come, set against one amount planned."""
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


def _planned(ways: Sequence[_Way], plans_open: _Pairs) -> list[Quantity]:
    """The exact amount planned last, and those which the reports contest with it."""
    exact = [
        (draft.amount.id, s.value)
        for draft, s in ways
        if s.stage in PLANS and s.value is not None and _is_exact(s.value) and draft.amount
    ]
    if not exact:
        return []
    last, value = exact[-1]
    return [value, *(v for id_, v in exact if frozenset({id_, last}) in plans_open)]


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
