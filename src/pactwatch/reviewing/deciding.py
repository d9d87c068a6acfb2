"""Deciding: from what a reviewer says to an entry of the log, and the ledger that follows from it.

Comes in: a dossier's file, and what a reviewer says of what. Goes out: the decision as it is kept,
and the records that it rules on afterwards. One decision is one transaction; the ledger is renewed
after it, or later by whoever asks for it. It judges nothing: whether a decision rules is for
`review` to say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from pactwatch.engine import Engine
from pactwatch.errors import UsageError
from pactwatch.review import Decision, Standing, check, clean_name
from pactwatch.reviewing.requests import Request, content_of
from pactwatch.reviewing.targets import Target, find_target
from pactwatch.settling import renew
from pactwatch.store import Database
from pactwatch.store import tables as t
from pactwatch.store.decisions import add_decisions, decision_named, last_moment, read_standing

__all__ = ["Decided", "Ruled", "decide", "undo"]

PATIENCE = 120.0
"""Seconds that a decision waits for a build that writes, before it is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """A record, or an actor, by its names: numbers are counted anew with every ledger, ids stay as
    long as its findings do."""

    id: str
    number: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision as it is kept, and what it did.

    Attributes:
        standing: How it stands; "pending" until the ledger is renewed.
        records: Numbers of the records that it stands on now.
        renewed: Whether the ledger was made anew.
        about: The record or actor that was named, as it was called before; None for a document, for
            findings, and for an undoing.
        other: The second of two, likewise.
        now: The records that it stands on now.
    """

    decision: Decision
    standing: Standing
    records: tuple[str, ...]
    renewed: bool
    about: Ruled | None = None
    other: Ruled | None = None
    now: tuple[Ruled, ...] = ()


def decide(
    database: Database,
    engine: Engine,
    version: str,
    request: Request,
    *,
    who: str,
    when: str | None = None,
    renew_now: bool = True,
) -> Decided:
    """Keep a decision, and settle the ledger.

    Args:
        version: Under which the ledger is settled.
        when: ISO 8601 time in UTC; now if None, and always after the latest decision.
        renew_now: If not, the ledger stays as it is until `renew`.

    Raises:
        UsageError: what is said is incomplete, or it is not clear what is meant.
        DossierError: there is nothing of this name, or the file can't be written.
    """
    name = clean_name(who)
    if name is None:
        raise UsageError("who", "a reviewer's name is one line of plain text", "Give one: --who")
    with database.reading() as connection:
        content, target = content_of(connection, request)
        about = _called(connection, target) if target is not None else None
        second = find_target(connection, request.other) if request.other is not None else None
        other = _called(connection, second) if second is not None else None
    made = _keep(database, name, when, lambda _: content)
    return _outcome(database, engine, version, made, renew_now, about, other)


def _called(connection: Connection, target: Target) -> Ruled | None:
    """How a record or an actor is called in the ledger as it is."""
    if target.record is not None:
        record = target.record
        return Ruled(id=record.id, number=record.number, label=record.label)
    if target.actor_id is None:
        return None
    a = t.actor.c
    row = connection.execute(select(a.number, a.name).where(a.id == target.actor_id)).one()
    return Ruled(id=target.actor_id, number=row.number, label=row.name)


def undo(
    database: Database,
    engine: Engine,
    version: str,
    decision_id: str,
    *,
    who: str,
    reason: str = "",
    when: str | None = None,
    renew_now: bool = True,
) -> Decided:
    """Take a decision back; an undoing too can be undone.

    Raises:
        DossierError: there is no such decision.
        UsageError: the name is none.
    """
    name = clean_name(who)
    if name is None:
        raise UsageError("who", "a reviewer's name is one line of plain text", "Give one: --who")

    def content(connection: Connection) -> dict[str, Any]:
        wanted = decision_named(connection, decision_id)
        return {"action": "undo", "undoes": wanted.id, "reason": reason.strip()}

    made = _keep(database, name, when, content)
    return _outcome(database, engine, version, made, renew_now)


def _keep(
    database: Database,
    who: str,
    when: str | None,
    content: Callable[[Connection], dict[str, Any]],
) -> Decision:
    """Write a decision, in one transaction that waits for others who write."""
    with database.writing(patience=PATIENCE) as connection:
        moment = _moment(when) if when else _now(last_moment(connection))
        made = Decision.make(who=who, when=moment, **content(connection))
        check(made)
        add_decisions(connection, [made])
    return made


def _now(latest: str) -> str:
    """Now, but never before what was decided already, whatever the clock says."""
    now = datetime.now(UTC)
    if latest:
        now = max(now, datetime.fromisoformat(latest) + timedelta(microseconds=1))
    return now.isoformat(timespec="microseconds")


def _moment(when: str) -> str:
    """A time in the form in which the log keeps it."""
    try:
        moment = datetime.fromisoformat(when)
    except ValueError as error:
        raise UsageError("when", f"{when!r} is no time", "As 2031-05-20T12:00:00Z") from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _outcome(
    database: Database,
    engine: Engine,
    version: str,
    made: Decision,
    renew_now: bool,
    called: Ruled | None = None,
    other: Ruled | None = None,
) -> Decided:
    renewed = renew_now and renew(database, engine, version)
    with database.reading() as connection:
        standing = read_standing(connection, made)
        r, x = t.record.c, t.record_decision.c
        ids = [made.id, *([made.undoes] if made.undoes else [])]
        f = t.record_finding.c
        ruled = select(x.record_id).where(x.decision_id.in_(ids))
        about = select(f.record_id).where(f.finding_id.in_(standing.finding_ids))
        query = select(r.id, r.number, r.label).where(r.id.in_(ruled) | r.id.in_(about))
        now = tuple(
            Ruled(id=row.id, number=row.number, label=row.label)
            for row in connection.execute(query.order_by(r.position))
        )
    return Decided(
        decision=made,
        standing=standing,
        records=tuple(record.number for record in now),
        renewed=renewed,
        about=called,
        other=other,
        now=now,
    )
