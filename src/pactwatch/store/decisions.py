"""The log of decisions, and how each stands in the ledger.

Comes in: decisions. Goes out: the same decisions, in the order of time, and their standing. A
decision once written is never changed and never deleted; the file itself refuses it. Added findings
of people lie among the findings, so that all that the ledger stands on is found in one place.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import Column, ColumnElement, Connection, Table, delete, func, select

from pactwatch.errors import DossierError
from pactwatch.model import Finding
from pactwatch.review import ADDED, Decision, Standing, decode, encode
from pactwatch.store import tables as t
from pactwatch.store.findings import write_findings
from pactwatch.store.rows import Rows, lists, members

__all__ = [
    "add_decisions",
    "decision_named",
    "decision_stamp",
    "decision_states",
    "decisions",
    "last_moment",
    "pending_decisions",
    "read_decisions_of",
    "read_standing",
    "read_standings",
    "standing_rows",
    "write_added",
]

_D = t.decision.c
_FIRST_ADDED = 1_000_000_000
"""Place of the first added finding of a document: behind all that the engine finds."""


def add_decisions(connection: Connection, made: Iterable[Decision]) -> int:
    """Append decisions that are not there yet; say how many."""
    wanted = {decision.id: decision for decision in made}
    known = set(connection.execute(select(_D.id)).scalars()) if wanted else set()
    rows = [
        {
            "id": decision.id,
            "action": decision.action,
            "field": decision.field,
            "who": decision.who,
            "made": decision.when,
            "reason": decision.reason,
            "undoes": decision.undoes,
            "content": encode(decision),
        }
        for decision in wanted.values()
        if decision.id not in known
    ]
    if rows:
        connection.execute(t.decision.insert(), rows)
    return len(rows)


def decisions(connection: Connection) -> list[Decision]:
    """All decisions, in the order of time."""
    query = select(_D.content).order_by(_D.made, _D.id)
    return [decode(content) for content in connection.execute(query).scalars()]


def decision_named(connection: Connection, wanted: str) -> Decision:
    """One decision, by its id or the beginning of it.

    Raises:
        DossierError: there is none, or several begin so.
    """
    found = [
        id_
        for id_ in connection.execute(select(_D.id).order_by(_D.id)).scalars()
        if id_.startswith((wanted, f"decision-{wanted}"))
    ]
    if len(found) == 1 and wanted:
        query = select(_D.content).where(_D.id == found[0])
        return decode(connection.execute(query).scalar_one())
    fault = "several decisions begin so" if found and wanted else "no such decision"
    raise DossierError(wanted or "decision", fault, "List them: pactwatch decisions")


def decision_stamp(connection: Connection) -> list[str]:
    """Ids of all decisions, sorted: a part of what the ledger depends on."""
    return list(connection.execute(select(_D.id).order_by(_D.id)).scalars())


def decision_states(connection: Connection) -> dict[str, str]:
    """How each decision stood when the ledger was settled, by its id."""
    query = select(t.ruling.c.decision_id, t.ruling.c.state)
    return {row[0]: row[1] for row in connection.execute(query)}


def last_moment(connection: Connection) -> str:
    """The time of the latest decision; "" where there is none."""
    return connection.execute(select(func.max(_D.made))).scalar_one() or ""


def read_standings(connection: Connection) -> list[Standing]:
    """How each decision stands, in the order of time; those made since the ledger was settled are
    pending."""
    return _standings(connection, decisions(connection))


def read_standing(connection: Connection, decision: Decision) -> Standing:
    """How one decision stands."""
    return _standings(connection, [decision], only=decision.id)[0]


def _standings(
    connection: Connection, wanted: Iterable[Decision], *, only: str | None = None
) -> list[Standing]:
    def where(table: Table) -> list[ColumnElement[bool]]:
        return [] if only is None else [table.c.decision_id == only]

    def numbers(table: Table, owner: Table, key: Column[str]) -> dict[str, tuple[str, ...]]:
        """Numbers of records or actors by the decisions on them."""
        query = select(table.c.decision_id, owner.c.number).join(owner, owner.c.id == key)
        rows = connection.execute(query.where(*where(table)).order_by(owner.c.position))
        by_decision: dict[str, tuple[str, ...]] = {}
        for decision_id, number in rows:
            by_decision[decision_id] = (*by_decision.get(decision_id, ()), number)
        return by_decision

    query = select(t.ruling).where(*where(t.ruling))
    rulings = {row.decision_id: row for row in connection.execute(query)}
    member = t.ruling_finding.c.finding_id
    found = lists(connection, t.ruling_finding, member, *where(t.ruling_finding))
    records = numbers(t.record_decision, t.record, t.record_decision.c.record_id)
    actors = numbers(t.actor_decision, t.actor, t.actor_decision.c.actor_id)
    return [
        Standing(
            decision=decision,
            state=rulings[decision.id].state,
            rivals=tuple(json.loads(rulings[decision.id].rivals)),
            finding_ids=found.get((decision.id,), ()),
            document_ids=tuple(json.loads(rulings[decision.id].document_ids)),
            records=records.get(decision.id, ()),
            actors=actors.get(decision.id, ()),
        )
        if decision.id in rulings
        else Standing(decision=decision, state="pending")
        for decision in wanted
    ]


def pending_decisions(connection: Connection) -> list[Decision]:
    """Decisions made since the ledger was settled."""
    query = select(_D.content).where(_D.id.not_in(select(t.ruling.c.decision_id)))
    return [decode(content) for content in connection.execute(query.order_by(_D.id)).scalars()]


def standing_rows(rows: dict[str, Rows], standings: Sequence[Standing]) -> None:
    """Add the rows of standings."""
    for standing in standings:
        owner = {"decision_id": standing.decision.id}
        rows["ruling"].append(
            {
                **owner,
                "state": standing.state,
                "rivals": json.dumps(standing.rivals),
                "document_ids": json.dumps(standing.document_ids),
            }
        )
        rows["ruling_finding"] += members(owner, "finding_id", standing.finding_ids)


def write_added(connection: Connection, added: Iterable[Finding]) -> None:
    """Replace the findings of people by others; one that the engine finds itself is left out."""
    f = t.finding.c
    connection.execute(delete(t.finding).where(f.trigger == ADDED))
    wanted = {finding.id: finding for finding in added}
    if not wanted:
        return
    known = set(connection.execute(select(f.id).where(f.id.in_(sorted(wanted)))).scalars())
    write_findings(
        connection,
        [wanted[id_] for id_ in sorted(wanted.keys() - known)],
        first=_FIRST_ADDED,
    )


def read_decisions_of(path: Path) -> Iterator[str]:
    """Lines of the log of any dossier, also of one that another Pactwatch has made.

    Raises:
        DossierError: it is no dossier, or is of a version without decisions.
    """
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            query = "SELECT content FROM decision ORDER BY made, id"
            yield from [row[0] for row in connection.execute(query)]
    except sqlite3.Error as error:
        raise DossierError(
            str(path), f"has no decisions that can be read ({error})", "Name another file"
        ) from error
