"""A ledger brought to another where the two differ, record by record.

Comes in: the records that are new or other than they were, and the numbers of all. Goes out:
nothing; the tables hold the ledger as if all of it had been written. Of records that stand as they
were nothing is read or written but their numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    Text,
    cast,
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

Place = tuple[int, str]
"""Place of a record in the order of the ledger, and its number."""

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
    wanted = {id_: (place, number) for place, (id_, number) in enumerate(numbers.items())}
    for row in rows["record"]:
        row["position"] = wanted[row["id"]][0]
    other = (there.keys() - numbers.keys()) | {record.id for record in ledger.records}
    chunks = list(_chunks(sorted(other)))
    for some in chunks:  # their places and numbers are free for others
        r = t.record.c
        aside = {"position": -1 - r.position, "number": literal("~").concat(r.id)}
        connection.execute(update(t.record).where(r.id.in_(some)).values(aside))
    _renumber(connection, {id_: at for id_, at in there.items() if id_ not in other}, wanted)
    replace_rows(connection, _WHOLE, rows, kept=frozenset({"actor", "account"}))
    # Claims and records that stay are changed in place: for each that goes, all that can refer to
    # it is looked through.
    replace_rows(
        connection,
        _OF_RECORDS,
        rows,
        kept=frozenset({"record", "claim"}),
        only=lambda table: [_belongs(table, some) for some in chunks],
    )
    d = t.delivery
    connection.execute(update(d).where(d.c.latest.is_distinct_from(latest)).values(latest=latest))
    note_written(connection, key)


def _places(connection: Connection) -> dict[str, Place]:
    """Place and number of each record."""
    r = t.record.c
    return {
        row[0]: (row[1], row[2]) for row in connection.execute(select(r.id, r.position, r.number))
    }


def _belongs(table: Table, ids: Sequence[str]) -> ColumnElement[bool]:
    """Whether a row belongs to one of these records."""
    if table is t.record:
        return table.c.id.in_(ids)
    if "record_id" in table.c:
        return table.c.record_id.in_(ids)
    return table.c.claim_id.in_(select(t.claim.c.id).where(t.claim.c.record_id.in_(ids)))


def _renumber(
    connection: Connection, there: Mapping[str, Place], wanted: Mapping[str, Place]
) -> None:
    """Give standing records the places and numbers that they have now: they follow each other as
    before, so that it is done for all that move by as much at once."""
    r = t.record.c
    runs = _runs(there, wanted)
    for run in runs:
        if run.other_number:  # a number is free before another record takes it
            connection.execute(
                update(t.record).where(run.where).values(number=literal("~").concat(r.id))
            )
    down = [run for run in runs if run.step < 0]
    up = [run for run in runs if run.step > 0]
    for run in (*down, *reversed(up)):  # in this order none moves to where another still is
        connection.execute(update(t.record).where(run.where).values(position=r.position + run.step))
    for run in runs:
        if run.other_number:
            number = r.kind.concat("-").concat(cast(r.position - run.before, Text))
            moved = r.position.between(run.first + run.step, run.last + run.step)
            connection.execute(
                update(t.record).where(moved, r.number.startswith("~")).values(number=number)
            )


@dataclass(slots=True, kw_only=True)
class _Run:
    """Records in a row that move together.

    Attributes:
        first, last: Places from which they come.
        step: How far they move.
        before: Place from which their new numbers count.
        other_number: Whether their numbers change.
    """

    first: int
    last: int
    step: int
    before: int
    other_number: bool

    @property
    def where(self) -> ColumnElement[bool]:
        """Whether a record comes from these places."""
        return t.record.c.position.between(self.first, self.last)


def _runs(there: Mapping[str, Place], wanted: Mapping[str, Place]) -> list[_Run]:
    runs: list[_Run] = []
    for id_, (old, number) in sorted(there.items(), key=lambda item: item[1][0]):
        place, other = wanted[id_]
        step, before = place - old, place - int(other.rpartition("-")[2])
        last = runs[-1] if runs else None
        if last and (last.step, last.before, last.other_number) == (step, before, other != number):
            last.last = old
        else:
            runs.append(
                _Run(first=old, last=old, step=step, before=before, other_number=other != number)
            )
    return runs


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
