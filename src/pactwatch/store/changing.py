"""A ledger brought to another where the two differ, record by record.

Comes in: the records that are new or other than they were, and the numbers of all. Goes out:
nothing; the tables hold the ledger as if all of it had been written. Of records that stand as they
were nothing is read or written but their numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    bindparam,
    delete,
    literal,
    select,
    union,
    update,
)

from pactwatch.model import Ledger
from pactwatch.review import Standing
from pactwatch.store import tables as t
from pactwatch.store.ledger import ledger_rows, note_written
from pactwatch.store.replacing import CHUNK, replace_rows

__all__ = ["change_ledger", "marked_records"]

_WHOLE = (
    t.ruling_finding,
    t.ruling,
    t.actor_decision,
    t.actor_document,
    t.actor_office,
    t.actor_name,
    t.actor,
    t.account_document,
    t.account,
)
"""Tables whose rows all come anew."""

_OF_RECORDS = tuple(table for table in t.LEDGER if table not in _WHOLE)
"""Tables whose rows belong to one record each, dependants first."""


def marked_records(connection: Connection) -> frozenset[str]:
    """Ids of the records on which decisions stand, or stand on a part of them."""
    found = union(
        select(t.record_decision.c.record_id),
        select(t.claim.c.record_id).join(
            t.claim_decision, t.claim_decision.c.claim_id == t.claim.c.id
        ),
        select(t.contest_decision.c.record_id),
        select(t.contest_chosen.c.record_id),
    )
    return frozenset(connection.execute(found).scalars())


def change_ledger(
    connection: Connection,
    ledger: Ledger,
    numbers: Mapping[str, str],
    latest: str | None,
    key: str,
    standings: Sequence[Standing],
) -> None:
    """Bring the ledger to another one.

    Args:
        ledger: All actors and accounts, and the records that differ from those in the tables.
        numbers: Of all records that there shall be, by id, in their order.
        latest: Publication date of the latest document, which all ways to delivery show.
    """
    there = _places(connection)
    rows = ledger_rows(ledger, standings)
    replace_rows(connection, _WHOLE, rows, kept=frozenset({"actor", "account"}))
    changed = {record.id for record in ledger.records}
    _delete(connection, sorted((there.keys() - numbers.keys()) | (there.keys() & changed)))
    wanted = {id_: (place, number) for place, (id_, number) in enumerate(numbers.items())}
    _renumber(
        connection,
        {
            id_: wanted[id_]
            for id_, place in there.items()
            if id_ in wanted and id_ not in changed and wanted[id_] != place
        },
    )
    for row in rows["record"]:
        row["position"] = wanted[row["id"]][0]
    for table in reversed(_OF_RECORDS):
        if rows[table.name]:
            connection.execute(table.insert(), rows[table.name])
    d = t.delivery
    connection.execute(update(d).where(d.c.latest.is_distinct_from(latest)).values(latest=latest))
    note_written(connection, key)


def _places(connection: Connection) -> dict[str, tuple[int, str]]:
    """Place and number of each record."""
    r = t.record.c
    return {
        row[0]: (row[1], row[2]) for row in connection.execute(select(r.id, r.position, r.number))
    }


def _delete(connection: Connection, ids: Sequence[str]) -> None:
    """Delete records with all that belongs to them."""
    for some in _chunks(ids):
        claims = select(t.claim.c.id).where(t.claim.c.record_id.in_(some))
        for table in _OF_RECORDS:
            connection.execute(delete(table).where(_belongs(table, some, claims)))


def _belongs(table: Table, ids: Collection[str], claims: Any) -> ColumnElement[bool]:
    if table is t.record:
        return table.c.id.in_(ids)
    return table.c.record_id.in_(ids) if "record_id" in table.c else table.c.claim_id.in_(claims)


def _renumber(connection: Connection, wanted: Mapping[str, tuple[int, str]]) -> None:
    """Give records other places and numbers; a number is free before another record takes it."""
    if not wanted:
        return
    r = t.record
    for some in _chunks(sorted(wanted)):
        aside = update(r).where(r.c.id.in_(some)).values(number=literal("~").concat(r.c.id))
        connection.execute(aside)
    statement = (
        update(r)
        .where(r.c.id == bindparam("this"))
        .values(position=bindparam("place"), number=bindparam("name"))
    )
    connection.execute(
        statement,
        [
            {"this": id_, "place": place, "name": number}
            for id_, (place, number) in sorted(wanted.items())
        ],
    )


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
