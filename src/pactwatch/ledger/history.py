"""The way of a record from promise to delivery: its stages in the order of time.

Comes in: the stage claims of a record. Goes out: `StageStep`s, and the stage reached. Events that
have happened bear their own date where told; plans are dated by the report that tells them, unless
their date is past: "in March he promised".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from pactwatch.ledger.claims import Told
from pactwatch.ledger.compare import interval
from pactwatch.ledger.exclusions import BUDGET
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.likeness import PLANS
from pactwatch.ledger.wording import is_to_come
from pactwatch.model import Contest, Filler, StageStep

__all__ = [
    "disputed_days",
    "is_aimed_at",
    "last_day",
    "make_history",
    "rank",
    "record_date",
    "stage_reached",
    "when",
]

_RANK = (
    *("refused", "proposed", "threatened", "negotiating", "planned", "promised", "agreed"),
    *("signed", "in force", "under way", "held", "done", "suspended", "cancelled", "rejected"),
    "ended",
)
_HAPPENED = frozenset({"signed", "held", "done", "suspended", "ended", "cancelled", "rejected"})
_DATE_FIELD = {"agreement": "signed"}
_DATE_FIELDS = ("signed", "date", "period")


def when(stage: str, facts: Facts) -> tuple[str | None, str]:
    """The date of a step, and where it comes from."""
    role = _DATE_FIELD.get(facts.finding.kind, "date")
    own = [
        f.value
        for f in facts.fillers(role)
        if isinstance(f.value, str) and interval(f.value) and not BUDGET.search(f.text)
        if not (stage in PLANS and is_aimed_at(facts, f))
    ]
    if stage in _HAPPENED and own and not (role == "signed" and stage != "signed"):
        return min(own), "event"
    past = [day for day in own if role == "date" and _is_over(day, facts.published)]
    if past:
        return min(past), "event"
    return facts.published, "publication"


_AIMED = re.compile(
    r"\b(?:by|until|till|before|from|starting|beginning|effective|not? later than|as of|within"
    r"|end of|next|coming|due|(?:planned|scheduled|set|slated) for)\b",
    re.IGNORECASE,
)


def is_aimed_at(facts: Facts, date: Filler) -> bool:
    """Whether a plan is to be carried out at a date, by the words in it or before it: "by the end
    of August", "from 10 June"."""
    if _AIMED.search(date.text):
        return True
    return any(
        _AIMED.search(quote.text[max(0, date.start - quote.start - 14) : date.start - quote.start])
        for quote in facts.finding.evidence
        if quote.start <= date.start and date.end <= quote.end
    )


def last_day(value: str | None) -> str:
    """The last day that a date allows, as ISO 8601; what has none comes after all that has.

    By it a month stands behind the days in it: a promise of 30 March comes before what was done
    in March.
    """
    days = interval(value)
    return (days[1] - timedelta(days=1)).isoformat() if days else "9999"


def _is_over(day: str, published: str | None) -> bool:
    """Whether a date lies before the report: then it is that of the promise, and no deadline."""
    told, report = interval(day), interval(published)
    return told is not None and report is not None and told[1] <= report[0]


def make_history(told: Sequence[Told], contests: Sequence[Contest] = ()) -> tuple[StageStep, ...]:
    """Order the stages: one step a stage and date, repetitions of a stage folded into the first.

    Where the reports contest the day of a stage, its step bears the best-backed one. What only a
    headline tells as done, against the report under it, is no step: the contest shows it.
    """
    disputed = disputed_days(told, contests)
    doubted = {id_ for c in contests if c.kind == "stage" for id_ in c.claim_ids}
    found: dict[tuple[str, str, str], _Draft] = {}
    for item in told:
        if item.claim.field != "stage" or not isinstance(item.claim.value, str):
            continue
        believed = [f for f in item.facts if not (f.headline and item.claim.id in doubted)]
        for facts in believed:
            date, source = when(item.claim.value, facts)
            contested = source == "event" and date in disputed
            date = disputed.get(date or "", date) if contested else date
            key = (date or "9999", item.claim.value, source)
            draft = found.setdefault(key, _Draft(item, date, source))
            draft.documents.add(facts.document_id)
            draft.contested |= contested
            draft.ahead |= is_to_come(facts)
    drafts: list[_Draft] = []
    for _, draft in sorted(
        found.items(), key=lambda e: (last_day(e[1].date), rank(e[0][1]), e[0][2], e[0][0])
    ):
        same = _told_before(draft, drafts)
        if same is None:
            drafts.append(draft)
        else:
            same.documents |= draft.documents
    return tuple(
        StageStep(
            stage=draft.stage,
            date=draft.date,
            date_from=draft.source,
            claim_id=draft.item.claim.id,
            document_ids=tuple(sorted(draft.documents)),
            contested=draft.contested,
        )
        for draft in drafts
    )


@dataclass(slots=True)
class _Draft:
    """A step in the making: a stage on a day, with the documents that tell it."""

    item: Told
    date: str | None
    source: str
    documents: set[str] = field(default_factory=set)
    contested: bool = False
    ahead: bool = False

    @property
    def stage(self) -> str:
        """The stage that it tells."""
        return str(self.item.claim.value)


def _told_before(draft: _Draft, drafts: Sequence[_Draft]) -> _Draft | None:
    """The step of which this is a repetition: the last one, or an earlier plan that a later report
    only looks back on."""
    if drafts and drafts[-1].stage == draft.stage:
        return drafts[-1]
    if draft.source == "event" or draft.stage not in PLANS or draft.ahead:
        return None
    return next((d for d in reversed(drafts) if d.stage == draft.stage), None)


def disputed_days(told: Sequence[Told], contests: Sequence[Contest]) -> dict[str, str]:
    """Each contested date of an event → the best-backed of those that it is contested with."""
    claims = {t.claim.id: t for t in told}
    found: dict[str, str] = {}
    for contest in contests:
        if contest.kind == "date":
            rivals = [claims[id_] for id_ in contest.claim_ids if id_ in claims]
            best = _best_day(rivals)
            found |= {str(t.claim.value): best for t in rivals if best}
    return found


def _best_day(told: Sequence[Told]) -> str | None:
    """The best-backed, most exact date, the earliest where several are."""
    dated = [t.claim for t in told if isinstance(t.claim.value, str)]
    best = min(dated, key=lambda c: (-c.accounts, -len(str(c.value)), str(c.value)), default=None)
    return str(best.value) if best else None


def record_date(
    kind: str, told: Sequence[Told], history: Sequence[StageStep], reached: str | None
) -> str | None:
    """The record's own date: the best-backed one.

    Of a measure that of the stage reached, where the documents date it: a deadline is none.
    """
    if kind == "measure":
        dated = [s.date for s in history if s.stage == reached and s.date_from == "event"]
        return dated[-1] if dated else None
    return _best_day([t for t in told if t.claim.field in _DATE_FIELDS])


def rank(stage: str) -> int:
    """Place of a stage on the way to delivery."""
    return _RANK.index(stage) if stage in _RANK else -1


def stage_reached(history: Sequence[StageStep], denied: frozenset[str] = frozenset()) -> str | None:
    """The stage told last; where no date is known, the furthest.

    Args:
        denied: Claims of stages that were denied after they were told: reached only where no other
            stage is told.
    """
    history = [step for step in history if step.claim_id not in denied] or history
    dated = [step for step in history if step.date]
    if dated:
        last = dated[-1].date
        return max((s for s in dated if s.date == last), key=lambda s: rank(s.stage)).stage
    return max((s.stage for s in history), key=rank, default=None)
