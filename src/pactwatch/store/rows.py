"""Rows for lists and parts of values: how the ledger's tables are filled and read.

Comes in: values with members in order, or a connection. Goes out: rows, or members by their owner.
It knows no table by name, and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, select

__all__ = ["Rows", "fields", "grouped", "lists", "members"]

Rows = list[dict[str, Any]]


def fields(value: object, *names: str) -> dict[str, Any]:
    """Attributes of a value as columns of the same names."""
    return {name: getattr(value, name) for name in names}


def members(owner: dict[str, Any], column: str, ids: Iterable[str]) -> Rows:
    """A row for each member of a list, under the key of its owner."""
    return [owner | {"position": place, column: id_} for place, id_ in enumerate(ids)]


def lists(
    connection: Connection, table: Table, member: Column[Any], *where: Any
) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Members of a list table in their order, by the columns of its key but the last."""
    owner = list(table.primary_key.columns)[:-1]
    query = select(*owner, member).where(*where).order_by(*table.primary_key.columns)
    rows = [tuple(row) for row in connection.execute(query)]
    return {key: tuple(row[-1] for row in group) for key, group in groupby(rows, lambda r: r[:-1])}


def grouped(
    connection: Connection, query: Select[Any], owner: str, place: str = "position"
) -> dict[str, list[Any]]:
    """Rows in the order of their place, by the column that names their owner."""
    rows = sorted(
        connection.execute(query), key=lambda row: (getattr(row, owner), getattr(row, place))
    )
    return {key: list(group) for key, group in groupby(rows, key=lambda row: getattr(row, owner))}
