"""The way of a record in steps: the history of its stages, and from promise to delivery.

Comes in: steps of the model and heads of documents. Goes out: pieces for templates, and in words
how far a measure has come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pactwatch.model import DeliveryStep, Record, StageStep
from pactwatch.report.words import count, date_words
from pactwatch.store.queries_documents import DocumentHead
from pactwatch.web.views.pieces import source

__all__ = ["StepPiece", "delivery_piece", "outcome_words", "sources_of", "stage_piece"]

SOURCES = 4  # named beside a step or a side


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPiece:
    """A stage on the way.

    Attributes:
        told: The date is that of the report.
        since: Days since the step before, in words.
    """

    stage: str
    date: str
    told: bool
    contested: bool
    amount: str | None
    part: bool
    accounts: int | None
    since: str
    sources: tuple[tuple[str, str], ...]


def sources_of(
    ids: Sequence[str], heads: Mapping[str, DocumentHead]
) -> tuple[tuple[str, str], ...]:
    """Ids and sources of the first documents, the earliest first."""
    there = [heads[id_] for id_ in ids if id_ in heads]
    there.sort(key=lambda head: (head.published is None, head.published or "", head.name))
    return tuple((head.id, source(head)) for head in there[:SOURCES])


def stage_piece(step: StageStep, heads: Mapping[str, DocumentHead]) -> StepPiece:
    """A stage in the history of a record."""
    return StepPiece(
        stage=step.stage,
        date=date_words(step.date),
        told=step.date_from != "event",
        contested=step.contested,
        amount=None,
        part=False,
        accounts=None,
        since="",
        sources=sources_of(step.document_ids, heads),
    )


def delivery_piece(step: DeliveryStep, heads: Mapping[str, DocumentHead]) -> StepPiece:
    """A step from promise to delivery."""
    since = ""
    if step.days is not None:
        least, most = step.days
        since = count(least, "day") if least == most else f"{least:,} to {count(most, 'day')}"
    return StepPiece(
        stage=step.stage,
        date=date_words(step.date),
        told=step.date_from != "event",
        contested=False,
        amount=(step.amount or "")[:300] or None,
        part=step.part,
        accounts=step.accounts,
        since=since,
        sources=sources_of(step.document_ids, heads),
    )


_OUTCOMES = {
    "done": "Reported as done.",
    "part": "Reported as done in part.",
    "unclear": "The reports leave open how much has come.",
    "under way": "Reported as under way.",
    "stopped": "Reported as stopped.",
    "none": "No document reports delivery",
}


def outcome_words(value: Record) -> str | None:
    """How far a measure has come; None for what is no measure."""
    delivery = value.delivery
    if delivery is None:
        return None
    words = _OUTCOMES.get(delivery.outcome, delivery.outcome)
    if delivery.outcome == "none":
        until = date_words(delivery.latest)
        words += f" (documents up to {until})." if until else "."
    if delivery.due:
        words += f" Due {date_words(delivery.due)}."
    if delivery.short is not None and delivery.short.number is not None:
        unit = delivery.short.currency or delivery.short.unit or ""
        words += f" Short of what was planned by {delivery.short.number:,} {unit}".rstrip() + "."
    return words
