"""From promise to delivery: the stages and amounts of one measure over time, and what is missing.

Comes in: the claims of a measure with the facts behind them, and the date of the latest document.
Goes out: a `Delivery`. Each step stands on claims; days between steps are counted at the precision
of their dates, and an absence is stated only for the documents at hand. Amounts are added up only
where the words make one come beside another ("two more"): else two deliveries may be one total that
has grown, and it says that this is unclear.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from pactwatch.ledger.claims import Told
from pactwatch.ledger.compare import days_apart, interval
from pactwatch.ledger.drafts import Draft, make_drafts
from pactwatch.ledger.exclusions import BUDGET
from pactwatch.ledger.history import disputed_days, is_aimed_at
from pactwatch.ledger.likeness import PLANS, stage_class
from pactwatch.ledger.numbers import rivals
from pactwatch.ledger.parts import completes
from pactwatch.model import Contest, Delivery, DeliveryStep, Quantity

__all__ = ["count_days", "make_delivery"]

_STOPPED = frozenset({"suspended", "ended", "refused"})
_Pairs = frozenset[frozenset[str]]


_Way = tuple[Draft, DeliveryStep]


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
    drafts = make_drafts(told, doubted, disputed_days(told, contests))
    if not drafts:
        return None
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


def _is_overruled(draft: Draft, overruled: Mapping[str, frozenset[tuple[str, str]]]) -> bool:
    found = overruled.get(stage_class(str(draft.stage.value)) or "", frozenset())
    return draft.amount is not None and all(
        (draft.amount.id, facts.document_id) in found for _, _, facts in draft.told
    )


def _open(amounts: Sequence[Told], state: str, gone: set[str]) -> _Pairs:
    """Pairs of claims of amounts that exclude each other, and of which reviewers chose none."""
    return frozenset(pair for pair in rivals(amounts, state) if not pair & gone)


def _step(draft: Draft) -> DeliveryStep:
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


def _days_of(come: Sequence[tuple[Draft, Decimal]]) -> int:
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
