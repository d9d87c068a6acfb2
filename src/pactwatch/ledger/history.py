"""The way of a record from promise to delivery: its stages in the order of time.

Comes in: the stage claims of a record. Goes out: `StageStep`s, and the stage reached. Events that
have happened bear their own date where told; plans are dated by the report that tells them, unless
their date is past: "in March he promised".
"""

from __future__ import annotations

from collections.abc import Sequence

from pactwatch.ledger.claims import Told
from pactwatch.ledger.compare import interval
from pactwatch.ledger.facts import Facts
from pactwatch.model import StageStep

__all__ = ["make_history", "stage_reached"]

_RANK = (
    *("refused", "proposed", "threatened", "negotiating", "planned", "promised", "agreed"),
    *("signed", "in force", "under way", "held", "done", "suspended", "cancelled", "rejected"),
    "ended",
)
_HAPPENED = frozenset({"signed", "held", "done", "suspended", "ended", "cancelled", "rejected"})
_DATE_FIELD = {"agreement": "signed"}


def _when(stage: str, facts: Facts) -> tuple[str | None, str]:
    """The date of a step, and where it comes from."""
    field = _DATE_FIELD.get(facts.finding.kind, "date")
    own = [d for d in facts.dates(field) if interval(d)]
    if stage in _HAPPENED and own and not (field == "signed" and stage != "signed"):
        return min(own), "event"
    past = [day for day in own if field == "date" and _is_over(day, facts.published)]
    if past:
        return min(past), "event"
    return facts.published, "publication"


def _is_over(day: str, published: str | None) -> bool:
    """Whether a date lies before the report: then it is that of the promise, and no deadline."""
    told, report = interval(day), interval(published)
    return told is not None and report is not None and told[1] <= report[0]


def make_history(told: Sequence[Told]) -> tuple[StageStep, ...]:
    """Order the stages: one step a stage and date, repetitions of a stage folded into the first."""
    found: dict[tuple[str, str, str], tuple[Told, str | None, set[str]]] = {}
    for item in told:
        if item.claim.field != "stage" or not isinstance(item.claim.value, str):
            continue
        for facts in item.facts:
            date, source = _when(item.claim.value, facts)
            key = (date or "9999", item.claim.value, source)
            found.setdefault(key, (item, date, set()))[2].add(facts.document_id)
    steps: list[StageStep] = []
    for (_, stage, source), (item, date, documents) in sorted(
        found.items(), key=lambda entry: (entry[0][0], _rank(entry[0][1]), entry[0][2])
    ):
        if steps and steps[-1].stage == stage:
            documents |= set(steps[-1].document_ids)
            date, source = steps[-1].date, steps[-1].date_from
            steps.pop()
        steps.append(
            StageStep(
                stage=stage,
                date=date,
                date_from=source,
                claim_id=item.claim.id,
                document_ids=tuple(sorted(documents)),
            )
        )
    return tuple(steps)


def _rank(stage: str) -> int:
    return _RANK.index(stage) if stage in _RANK else -1


def stage_reached(history: Sequence[StageStep]) -> str | None:
    """The stage told last; where no date is known, the furthest."""
    dated = [step for step in history if step.date]
    if dated:
        last = dated[-1].date
        return max((s for s in dated if s.date == last), key=lambda s: _rank(s.stage)).stage
    return max((s.stage for s in history), key=_rank, default=None)
