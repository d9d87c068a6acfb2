"""Rows replaced by others, with only those written that differ.

Comes in: tables with all the rows that they shall hold. Goes out: nothing; the tables hold them. A
decision changes a few rows of hundreds of thousands: comparing is many times faster than writing,
and the file is held for others the shorter. Where most rows differ, all are written anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    bindparam,
    delete,
    func,
    literal,
    select,
    true,
    tuple_,
    update,
)

from pactwatch.store.rows import Rows

__all__ = ["replace_rows"]

FEW = 0.2
"""Share of rows up to which only those are written that differ."""

CHUNK = 400
"""Keys in one statement."""

Only = Callable[[Table], Iterable[ColumnElement[bool]]]
Key = tuple[Any, ...]
Values = tuple[Any, ...]


@dataclass(slots=True)
class _Change:
    """How a table must change."""

    table: Table
    gone: list[Key] = field(default_factory=list)
    changed: list[Key] = field(default_factory=list)
    wanted: dict[Key, Values] = field(default_factory=dict)
    new: list[Key] = field(default_factory=list)


def replace_rows(
    connection: Connection,
    tables: Sequence[Table],
    rows: Mapping[str, Rows],
    *,
    kept: frozenset[str] = frozenset(),
    few: float = FEW,
    only: Only | None = None,
) -> None:
    """Make tables hold these rows and no others.

    Args:
        tables: Dependants first.
        rows: By name of the table; columns that are left out are NULL.
        kept: Tables on whose rows others depend: what differs there is changed in place.
        few: Share of rows up to which only those are written that differ.
        only: Conditions for the rows of a table that are replaced, of which each row meets one at
            most; all rows are if None.
    """
    if only is not None:
        _write_changes(
            connection, [_compare(connection, t, rows[t.name], only(t)) for t in tables], kept
        )
        return
    total = sum(map(len, rows.values()))
    there = sum(
        connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables
    )
    if not there or abs(total - there) > few * max(total, there):
        _write_all(connection, tables, rows)
        return
    changes = [_compare(connection, table, rows[table.name]) for table in tables]
    differing = sum(len(c.gone) + len(c.changed) + len(c.new) for c in changes)
    if differing > few * (total + there):
        _write_all(connection, tables, rows)
        return
    _write_changes(connection, changes, kept)


def _write_changes(
    connection: Connection, changes: Sequence[_Change], kept: frozenset[str]
) -> None:
    for change in changes:
        anew = [] if change.table.name in kept else change.changed
        _delete(connection, change.table, [*change.gone, *anew])
    for change in reversed(changes):
        in_place = change.table.name in kept
        if in_place:
            _update(connection, change)
        _insert(connection, change, change.new if in_place else [*change.new, *change.changed])


def _write_all(connection: Connection, tables: Sequence[Table], rows: Mapping[str, Rows]) -> None:
    for table in tables:
        connection.execute(delete(table))
    for table in reversed(tables):
        if rows[table.name]:
            connection.execute(table.insert(), rows[table.name])


def _compare(
    connection: Connection,
    table: Table,
    rows: Rows,
    only: Iterable[ColumnElement[bool]] = (true(),),
) -> _Change:
    key = list(table.primary_key.columns)
    names = [column.name for column in key]
    others = [column.name for column in table.columns if column.name not in names]
    width = len(names)
    query = select(*key, *(table.c[name] for name in others))
    there = {
        tuple(row[:width]): tuple(row[width:])
        for condition in only
        for row in connection.execute(query.where(condition))
    }
    change = _Change(table)
    for row in rows:
        id_ = tuple(row[name] for name in names)
        change.wanted[id_] = tuple(row.get(name) for name in others)
    change.gone = [id_ for id_ in there if id_ not in change.wanted]
    for id_, values in change.wanted.items():
        if id_ not in there:
            change.new.append(id_)
        elif there[id_] != values:
            change.changed.append(id_)
    return change


def _delete(connection: Connection, table: Table, keys: Sequence[Key]) -> None:
    columns = list(table.primary_key.columns)
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        where = (
            columns[0].in_([key[0] for key in some])
            if len(columns) == 1
            else tuple_(*columns).in_(some)
        )
        connection.execute(delete(table).where(where))


def _insert(connection: Connection, change: _Change, keys: Sequence[Key]) -> None:
    names = _names(change.table)
    if keys:
        values = [dict(zip(names, (*key, *change.wanted[key]), strict=True)) for key in keys]
        connection.execute(change.table.insert(), values)


def _update(connection: Connection, change: _Change) -> None:
    """Change rows in place; what must be unique is first set to what nothing else is."""
    table, keys = change.table, change.changed
    if not keys:
        return
    (key,) = table.primary_key.columns
    same = key == bindparam("this")
    aside: dict[Column[Any], Any] = {}
    if "number" in table.c:
        aside[table.c.number] = literal("~").concat(key)
    if "position" in table.c:
        aside[table.c.position] = -1 - table.c.position
    if aside:
        statement = update(table).where(same).values({c.name: v for c, v in aside.items()})
        connection.execute(statement, [{"this": id_} for (id_,) in keys])
    names = _names(table)[1:]
    statement = update(table).where(same).values({name: bindparam(f"new_{name}") for name in names})
    connection.execute(
        statement,
        [
            {
                "this": id_,
                **{f"new_{n}": v for n, v in zip(names, change.wanted[id_,], strict=True)},
            }
            for (id_,) in keys
        ],
    )


def _names(table: Table) -> list[str]:
    """Columns with those of the key first."""
    key = [column.name for column in table.primary_key.columns]
    return [*key, *(column.name for column in table.columns if column.name not in key)]
