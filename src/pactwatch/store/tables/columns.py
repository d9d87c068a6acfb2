"""What all tables are made of: strict tables, and columns of few kinds.

Comes in: nothing. Goes out: the `MetaData` to which every table belongs, and functions that make
tables and columns.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Column, Integer, MetaData, Table, Text
from sqlalchemy.schema import SchemaItem

__all__ = ["integer", "key", "maybe", "metadata", "position", "span", "table", "text"]

metadata = MetaData()


def table(name: str, *items: SchemaItem) -> Table:
    return Table(name, metadata, *items, sqlite_strict=True)


def text(name: str, *items: SchemaItem, **options: Any) -> Column[str]:
    return Column(name, Text, *items, **{"nullable": False, **options})


def maybe(name: str, *items: SchemaItem) -> Column[str]:
    return Column(name, Text, *items, nullable=True)


def integer(name: str, **options: Any) -> Column[int]:
    return Column(name, Integer, **{"nullable": False, **options})


def key(name: str, *items: SchemaItem) -> Column[str]:
    return text(name, *items, primary_key=True)


def position() -> Column[int]:
    return integer("position", primary_key=True, autoincrement=False)


def span(prefix: str = "") -> tuple[SchemaItem, ...]:
    """Three columns of a quotation, and what must hold between them."""
    start, end, words = f"{prefix}start", f"{prefix}end", f"{prefix}text"
    inside = CheckConstraint(f'{start} >= 0 AND "{end}" > {start}', name=f"{prefix}span")
    return integer(start), integer(end), text(words), inside
