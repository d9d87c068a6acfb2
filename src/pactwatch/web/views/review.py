"""Review: one thing to decide at a time, with its quotations in context; and the same form for
whatever a reader points at.

Comes in: a `Look`, or an id. Goes out: what can be chosen and what can be decided of it. Nothing is
decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from pactwatch.model import Claim, Record
from pactwatch.report.words import shorten, value_words
from pactwatch.review import vocabulary
from pactwatch.reviewing import Context, QueueItem, contexts_of, items_of, waiting_now
from pactwatch.store import tables as t
from pactwatch.store.decisions import pending_decisions, read_standing
from pactwatch.store.ledger import ledger_key, read_records
from pactwatch.store.queries_decisions import latest_of
from pactwatch.store.queries_review import Waiting, candidates, counted
from pactwatch.web.looking import Look, Missing
from pactwatch.web.views.contexts import ContextPiece, context_pieces, told_by
from pactwatch.web.views.rulings import RulingPiece, rulings, rulings_of

__all__ = [
    "Choice",
    "ContextPiece",
    "DecidePage",
    "ItemPiece",
    "ReviewPage",
    "decide",
    "review",
    "waiting",
]

CHOICES = 12  # values of an item to choose among


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a decision can be about.

    Attributes:
        id: Of the record or the claim.
        field: None for the record as a whole.
        held_by: Id and words of the record whose findings say it, where this record has none that
            does: there it is decided on.
    """

    id: str
    field: str | None
    words: str
    accounts: int
    rulings: tuple[RulingPiece, ...] = ()
    held_by: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPiece:
    """A thing to decide.

    Attributes:
        first: The choice that is made unless another is; it can be decided.
        fields: All fields that something of this kind can have.
        words: Of word fields, the words allowed.
        told: Findings of the record among the quotations: what can be corrected.
    """

    record_id: str
    number: str
    kind: str
    label: str
    why: str | None
    severity: str | None
    explanation: str
    choices: tuple[Choice, ...]
    first: str
    fields: tuple[str, ...]
    words: dict[str, tuple[str, ...]]
    contexts: tuple[ContextPiece, ...]
    more: int
    documents: tuple[tuple[str, str], ...]
    rulings: tuple[RulingPiece, ...]
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """One thing of the queue.

    Attributes:
        at: Its place, from 0.
        counts: How much there is, by the reason.
        pending: Decisions that are kept, but not settled into the ledger yet.
        latest: The reviewer's latest decision, which undoing takes back.
    """

    query: dict[str, str]
    at: int
    total: int
    counts: dict[str, int]
    kinds: tuple[str, ...]
    pending: int
    item: ItemPiece | None
    latest: RulingPiece | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidePage:
    """A record, with one of its values chosen."""

    item: ItemPiece
    latest: RulingPiece | None


def waiting(look: Look, *, why: str | None = None, kind: str | None = None) -> list[Waiting]:
    """What awaits a decision, in the order of worth, counted once for a ledger and its decisions.

    Args:
        why: Only what waits for this reason.
        kind: Only records of this kind.
    """
    connection, memory = look.connection, look.memory
    pending = tuple(decision.id for decision in pending_decisions(connection))
    found = memory.recall(connection, "to review", lambda: candidates(connection))
    return memory.recall(
        connection,
        ("to review", ledger_key(connection), pending, why, kind),
        lambda: waiting_now(connection, found, why=why, kind=kind),
    )


def review(look: Look) -> ReviewPage:
    """The next thing to decide, or that at the place asked for."""
    connection = look.connection
    counts = counted(waiting(look))
    why = look.words("why") if look.words("why") in counts else None
    kind = look.words("kind") if look.words("kind") in vocabulary() else None
    rows = waiting(look, why=why, kind=kind)
    at = look.number("at", most=max(0, len(rows) - 1)) or 0
    found = items_of(connection, rows[at : at + 1])
    item = _of_queue(look, found[0]) if found else None
    return ReviewPage(
        query={k: v for k, v in (("why", why), ("kind", kind)) if v},
        at=at,
        total=len(rows),
        counts=counts,
        kinds=tuple(vocabulary()),
        pending=len(pending_decisions(connection)),
        item=item,
        latest=_latest(look),
    )


def _latest(look: Look) -> RulingPiece | None:
    found = latest_of(look.connection, look.who) if look.who else None
    return rulings([read_standing(look.connection, found)])[0] if found is not None else None


def _of_queue(look: Look, item: QueueItem) -> ItemPiece:
    record = _record(look, item.record_id)
    claims = {claim.id: claim for claim in record.claims}
    chosen = [claims[id_] for id_ in item.claim_ids if id_ in claims]
    whole = item.field is None
    return _item(
        look,
        record,
        chosen,
        item.contexts,
        first=record.id if whole or not chosen else chosen[0].id,
        why=item.why,
        severity=item.severity,
        explanation=item.explanation,
        quotations=item.quotations,
    )


def decide(look: Look, wanted: str) -> DecidePage:
    """The form for a record, or for one claim of a record.

    Raises:
        Missing: there is none.
    """
    record = _record(look, wanted)
    claims = [claim for claim in record.claims if claim.id == wanted]
    shown = claims or [claim for claim in record.claims if claim.field != "cue"][:CHOICES]
    told = [(claim, support) for claim in shown for support in claim.support]
    once = list({(s.words, s.evidence): (c, s) for c, s in told}.values())
    found = tuple(contexts_of(look.connection, once))
    item = _item(
        look, record, shown, found, first=claims[0].id if claims else record.id,
        quotations=len(once),
    )  # fmt: skip
    return DecidePage(item=item, latest=_latest(look))


def _record(look: Look, wanted: str) -> Record:
    r, c = t.record.c, t.claim.c
    where = r.id == wanted
    if wanted.startswith("claim-"):
        where = r.id.in_(select(c.record_id).where(c.id == wanted))
    for record in read_records(look.connection, where):
        return record
    raise Missing(wanted[:80], "is not in this dossier")


def _item(
    look: Look,
    record: Record,
    claims: Sequence[Claim],
    contexts: Sequence[Context],
    *,
    first: str,
    quotations: int,
    why: str | None = None,
    severity: str | None = None,
    explanation: str = "",
) -> ItemPiece:
    known = vocabulary().get(record.kind)
    shown = claims[:CHOICES]
    held = _held_elsewhere(look, record, shown)
    if first in held:
        first = next((claim.id for claim in shown if claim.id not in held), record.id)
    owners = {claim.id: claim.decision_ids for claim in shown} | {record.id: record.decision_ids}
    ruled = rulings_of(look.connection, owners)
    whole = Choice(
        id=record.id, field=None, words=f"the whole {record.kind}", accounts=record.accounts
    )
    values = [
        Choice(
            id=claim.id,
            field=claim.field,
            words=shorten(value_words(claim.text[:600], claim.value), 200),
            accounts=claim.accounts,
            rulings=ruled[claim.id],
            held_by=held.get(claim.id),
        )
        for claim in shown
    ]
    own = set(record.finding_ids)
    names = {item.document_id: told_by(item) for item in contexts}
    return ItemPiece(
        record_id=record.id,
        number=record.number,
        kind=record.kind,
        label=record.label[:600],
        why=why,
        severity=severity,
        explanation=explanation,
        choices=(whole, *values) if first == record.id else (*values, whole),
        first=first,
        fields=(*known.roles, *known.words) if known else (),
        words=dict(known.words) if known else {},
        contexts=tuple(context_pieces(contexts)),
        more=max(0, quotations - len(contexts)),
        documents=tuple(names.items()),
        rulings=ruled[record.id],
        told=tuple(dict.fromkeys(c.finding_id for c in contexts if c.finding_id in own)),
    )


def _held_elsewhere(
    look: Look, record: Record, claims: Sequence[Claim]
) -> dict[str, tuple[str, str]]:
    """Claims that findings of other records alone say, with the record that holds the first."""
    own = set(record.finding_ids)
    foreign = {
        claim.id: claim.support[0].finding_id
        for claim in claims
        if claim.support and not any(s.finding_id in own for s in claim.support)
    }
    r, f = t.record.c, t.record_finding.c
    query = (
        select(f.finding_id, r.id, r.number, r.label)
        .join(t.record, r.id == f.record_id)
        .where(f.finding_id.in_(sorted(set(foreign.values()))))
    )
    rows = {row.finding_id: row for row in look.connection.execute(query)} if foreign else {}
    return {
        claim: (rows[id_].id, f"{rows[id_].number}: {shorten(rows[id_].label[:600], 120)}")
        for claim, id_ in foreign.items()
        if id_ in rows
    }
