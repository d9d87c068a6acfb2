"""A record: its fields with claims, contested values side by side, the history of its stages, its
way to delivery, and its wordings as differences.

Comes in: a `Look` and an id or number. Goes out: one page for every kind of record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pactwatch.model import Claim, Contest, DeliveryStep, Record, StageStep
from pactwatch.report.differences import mark_differences
from pactwatch.report.marks import Words
from pactwatch.report.words import count, date_words, value_words
from pactwatch.review import vocabulary
from pactwatch.store import tables as t
from pactwatch.store.ledger import read_records
from pactwatch.store.queries import record_identity
from pactwatch.store.queries_documents import DocumentHead, document_heads
from pactwatch.web.looking import Look, Missing, Moved
from pactwatch.web.views.pieces import ClaimPiece, QuotationPiece, claim_piece, quotations, source
from pactwatch.web.views.rulings import RulingPiece, rulings_of

__all__ = ["ContestPiece", "FieldPiece", "RecordPage", "SidePiece", "StepPiece", "record"]

CLAIMS = 12  # values of a field shown at first
FIELDS = 40
STEPS = 40
SOURCES = 4  # named beside a step or a side
SHOWN = 120  # values on a page altogether, so that it stays below 150 kB
_HIDDEN = ("cue",)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPiece:
    """A field with its values; `more` are not shown."""

    name: str
    contested: bool
    claims: tuple[ClaimPiece, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SidePiece:
    """One version in a contest: its words, those marked that the version nearest to it lacks."""

    pieces: tuple[Words, ...]
    accounts: int
    documents: int
    sources: tuple[tuple[str, str], ...]
    quotations: tuple[QuotationPiece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestPiece:
    """Versions of one field that can't all be true."""

    field: str
    kind: str
    severity: str
    explanation: str
    sides: tuple[SidePiece, ...]
    rulings: tuple[RulingPiece, ...] = ()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    """All that the page of a record shows.

    Attributes:
        wordings: Of a statement told in several wordings: each, with what the others lack marked.
        outcome: How far a measure has come, in words.
        rulings: What people decided of it or of any part of it.
        roles, words: The fields that it can have; of word fields, the words allowed.
    """

    id: str
    number: str
    kind: str
    type: str | None
    label: str
    stage: str | None
    date: str
    accounts: int
    documents: int
    findings: int
    fields: tuple[FieldPiece, ...]
    contests: tuple[ContestPiece, ...]
    history: tuple[StepPiece, ...]
    delivery: tuple[StepPiece, ...]
    outcome: str | None
    wordings: tuple[tuple[Words, ...], ...]
    rulings: tuple[RulingPiece, ...]
    roles: tuple[str, ...]
    words: dict[str, tuple[str, ...]]


def record(look: Look, id_or_number: str) -> RecordPage | Moved:
    """The page of a record; asked for by its number, which a rebuild may give to another, where it
    has moved.

    Raises:
        Missing: there is none.
    """
    found = record_identity(look.connection, id_or_number)
    if found is None:
        raise Missing(id_or_number[:80], "is not in this dossier")
    if found[0] != id_or_number:
        return Moved(f"record/{found[0]}")
    (value,) = read_records(look.connection, t.record.c.id == found[0])
    heads = document_heads(look.connection, value.document_ids)
    owners = {claim.id: claim.decision_ids for claim in value.claims}
    owners |= {_key(contest): contest.decision_ids for contest in value.contests}
    owners[value.id] = value.decision_ids
    decided = {k: ids for k, ids in owners.items() if ids}
    ruled = rulings_of(look.connection, decided, hide=look.unnamed)
    return _page(value, heads, ruled)


Ruled = Mapping[str, tuple[RulingPiece, ...]]


def _key(contest: Contest) -> str:
    return f"contest {contest.field} {contest.claim_ids}"


def _page(value: Record, heads: Mapping[str, DocumentHead], ruled: Ruled) -> RecordPage:
    contests = tuple(
        replace(_contest(value, contest, heads), rulings=ruled.get(_key(contest), ()))
        for contest in value.contests[:12]
    )
    known = vocabulary().get(value.kind)
    delivery = value.delivery
    return RecordPage(
        id=value.id,
        number=value.number,
        kind=value.kind,
        type=value.type,
        label=value.label[:600],
        stage=value.stage,
        date=date_words(value.date),
        accounts=value.accounts,
        documents=len(value.document_ids),
        findings=len(value.finding_ids),
        fields=_fields(value, heads, ruled),
        contests=contests,
        history=tuple(_step(step, heads) for step in value.history[:STEPS]),
        delivery=tuple(
            _delivery_step(s, heads) for s in (delivery.steps[:STEPS] if delivery else ())
        ),
        outcome=_outcome(value),
        wordings=_wordings(value),
        rulings=ruled.get(value.id, ()),
        roles=(*known.roles, *known.words) if known else (),
        words=dict(known.words) if known else {},
    )


def _fields(
    value: Record, heads: Mapping[str, DocumentHead], ruled: Ruled
) -> tuple[FieldPiece, ...]:
    contested = {contest.field for contest in value.contests}
    rivals = {id_ for contest in value.contests for id_ in contest.claim_ids}
    found: list[FieldPiece] = []
    left = SHOWN
    for name, group in groupby(value.claims, key=lambda claim: claim.field):
        claims = list(group)
        if name in _HIDDEN or len(found) == FIELDS:
            continue
        shown = claims[: max(1, min(CLAIMS, left))]
        left -= len(shown)
        found.append(
            FieldPiece(
                name=name,
                contested=name in contested,
                claims=tuple(
                    claim_piece(c, heads, contested=c.id in rivals, rulings=ruled.get(c.id, ()))
                    for c in shown
                ),
                more=len(claims) - len(shown),
            )
        )
    return tuple(found)


def _contest(value: Record, contest: Contest, heads: Mapping[str, DocumentHead]) -> ContestPiece:
    claims = {claim.id: claim for claim in value.claims}
    sides: list[tuple[str, Sequence[Claim], int, Sequence[str]]] = []
    for side in contest.sides[:6]:
        own = [claims[id_] for id_ in side.claim_ids if id_ in claims]
        said = next((c.value for c in own if c.text == side.text), None)
        words = value_words(side.text[:1200], said)
        sides.append((words, own, len(side.account_ids), side.document_ids))
    if not sides:
        for id_ in contest.claim_ids[:6]:
            if claim := claims.get(id_):
                documents = tuple(dict.fromkeys(s.document_id for s in claim.support))
                words = value_words(claim.text[:1200], claim.value)
                sides.append((words, [claim], claim.accounts, documents))
    marked = mark_differences([words for words, _, _, _ in sides])
    return ContestPiece(
        field=contest.field,
        kind=contest.kind,
        severity=contest.severity,
        explanation=contest.explanation[:600],
        sides=tuple(
            SidePiece(
                pieces=pieces,
                accounts=accounts,
                documents=len(documents),
                sources=_sources(documents, heads),
                quotations=quotations(
                    [s for c in own for s in c.support if s.document_id in documents][:3], heads
                ),
            )
            for pieces, (_, own, accounts, documents) in zip(marked, sides, strict=True)
        ),
    )


def _sources(ids: Sequence[str], heads: Mapping[str, DocumentHead]) -> tuple[tuple[str, str], ...]:
    there = [heads[id_] for id_ in ids if id_ in heads]
    there.sort(key=lambda head: (head.published is None, head.published or "", head.name))
    return tuple((head.id, source(head)) for head in there[:SOURCES])


def _step(step: StageStep, heads: Mapping[str, DocumentHead]) -> StepPiece:
    return StepPiece(
        stage=step.stage,
        date=date_words(step.date),
        told=step.date_from != "event",
        contested=step.contested,
        amount=None,
        part=False,
        accounts=None,
        since="",
        sources=_sources(step.document_ids, heads),
    )


def _delivery_step(step: DeliveryStep, heads: Mapping[str, DocumentHead]) -> StepPiece:
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
        sources=_sources(step.document_ids, heads),
    )


_OUTCOMES = {
    "done": "Reported as done.",
    "part": "Reported as done in part.",
    "unclear": "The reports leave open how much has come.",
    "under way": "Reported as under way.",
    "stopped": "Reported as stopped.",
    "none": "No document reports delivery",
}


def _outcome(value: Record) -> str | None:
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


def _wordings(value: Record) -> tuple[tuple[Words, ...], ...]:
    texts = [claim.text[:1500] for claim in value.claims if claim.field == "content"][:8]
    if value.kind != "statement" or len(texts) < 2:
        return ()
    return tuple(mark_differences(texts))
