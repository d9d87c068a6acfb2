"""An index of records for tables: which records a filter leaves, how many each value of a facet
would leave, and the page of rows in any order, whatever the size of the ledger.

Comes in: a connection. Goes out: a `FacetIndex` of plain arrays, some 30 bytes a record and value,
read once for a ledger; and answers from it. A condition of a filter is a mask over the records,
found once; filters are masks joined. Counting in the database instead takes seconds where a filter
leaves tens of thousands of records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from pactwatch.store import tables as t
from pactwatch.store.queries import (
    LABEL,
    PAGE,
    VALUES,
    Facet,
    RecordFilter,
    RecordRow,
    conditions,
    matching_evidence,
    rows_at,
)
from pactwatch.store.search import match_words

__all__ = ["FacetIndex", "Masks", "facet_index", "facets", "mask_of", "page_of"]

Integers = NDArray[np.int32]
Mask = NDArray[np.bool_]
Masks = Callable[[RecordFilter, Callable[[], Mask]], Mask]
"""Remembers the mask of a condition, or makes it."""

LONGEST = 300  # characters of a value that can be asked for
_TOGETHER = (("actor", "role"), ("since", "until"))  # fields that are one condition
LEAST_ACCOUNTS = (2, 3, 5, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Values of one facet: `values[codes[i]]` belongs to the record at `records[i]`."""

    values: tuple[str, ...]
    labels: tuple[str, ...]
    records: Integers
    codes: Integers


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The record at `records[i]` stands on the evidence numbered `numbers[i]`; `most` is the
    highest number."""

    numbers: Integers
    records: Integers
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetIndex:
    """Records by their place in the ledger.

    Attributes:
        size: Number of records.
        columns: Facets by name.
        dates: Dates of each record and of its stages.
        evidence: Numbers of the evidence on which each record stands; no facet.
        accounts: Of each record.
        contested: Of each record, whether a field is.
        orders: Places in the order of each name that `record_rows` knows.
    """

    size: int
    columns: Mapping[str, Column]
    dates: Column
    evidence: Evidence
    accounts: Integers
    contested: Mask
    orders: Mapping[str, Integers]


def facet_index(connection: Connection) -> FacetIndex:
    """Read the index of the ledger that stands."""

    def rows(query: str) -> list[tuple[str, ...]]:
        return [tuple(row) for row in connection.exec_driver_sql(query)]

    head = connection.exec_driver_sql(
        "SELECT id, kind, type, stage, accounts, date FROM record ORDER BY position"
    ).all()
    place = {row[0]: n for n, row in enumerate(head)}
    actors = {
        row[0]: (row[1], row[2])
        for row in connection.exec_driver_sql(
            f"SELECT id, substr(name, 1, {LABEL}), country FROM actor"
        )
    }
    named = rows("SELECT record_id, actor_id FROM claim WHERE actor_id IS NOT NULL")
    said = rows(
        "SELECT record_id, value FROM claim WHERE value >= 'AA' AND value < '[' "
        "AND length(value) = 2"
    )
    of_country = [(r, c) for r, a in named if (c := actors[a][1]) is not None]
    columns = {
        name: _column(((n, row[at]) for n, row in enumerate(head) if row[at] is not None), {})
        for at, name in ((1, "kind"), (2, "type"), (3, "stage"))
    }
    for name, pairs, labels in (
        ("actor", named, {id_: words for id_, (words, _) in actors.items()}),
        ("area", rows("SELECT record_id, value FROM claim WHERE field = 'area' "
                      "AND value IS NOT NULL"), {}),
        ("place", rows("SELECT record_id, text FROM claim WHERE field = 'place' "
                       "AND length(text) < 80"), {}),
        ("country", [*of_country, *said], {}),
    ):  # fmt: skip
        columns[name] = _column(((place[record], value) for record, value in pairs), labels)
    steps = rows("SELECT record_id, date FROM stage_step WHERE date IS NOT NULL")
    dated = [*((row[0], row[5]) for row in head if row[5] is not None), *steps]
    contested = np.zeros(len(head), dtype=np.bool_)
    for (record,) in rows("SELECT DISTINCT record_id FROM contest"):
        contested[place[record]] = True
    accounts = np.array([row[4] for row in head], dtype=np.int32)
    return FacetIndex(
        size=len(head),
        columns=columns,
        dates=_column(((place[record], date) for record, date in dated), {}),
        evidence=_evidence(connection),
        accounts=accounts,
        contested=contested,
        orders={
            "ledger": np.arange(len(head), dtype=np.int32),
            "accounts": np.argsort(-accounts, kind="stable").astype(np.int32),
            "date": _order(connection, "date IS NULL, date DESC"),
            "label": _order(connection, "label"),
        },
    )


def _evidence(connection: Connection) -> Evidence:
    found = connection.exec_driver_sql(
        "SELECT e.number, r.position FROM finding_evidence e "
        "JOIN record_finding f ON f.finding_id = e.finding_id JOIN record r ON r.id = f.record_id"
    ).all()
    pairs = np.array([tuple(row) for row in found], dtype=np.int32).reshape(-1, 2)
    return Evidence(numbers=pairs[:, 0], records=pairs[:, 1], most=int(pairs[:, 0].max(initial=0)))


def _order(connection: Connection, by: str) -> Integers:
    query = f"SELECT position FROM record ORDER BY {by}, position"
    return np.array([row[0] for row in connection.exec_driver_sql(query)], dtype=np.int32)


def _column(pairs: Iterable[tuple[int, str]], labels: Mapping[str, str]) -> Column:
    codes: dict[str, int] = {}
    found = {(n, codes.setdefault(value, len(codes))) for n, value in pairs}
    ordered = np.array(sorted(found), dtype=np.int32).reshape(-1, 2)
    return Column(
        values=tuple(codes),
        labels=tuple(labels.get(value, value) for value in codes),
        records=ordered[:, 0],
        codes=ordered[:, 1],
    )


def _parts(wanted: RecordFilter) -> dict[str, RecordFilter]:
    """The conditions of a filter, each as a filter of its own, by the name of its first field."""
    parts: dict[str, RecordFilter] = {}
    joined = {name: pair for pair in _TOGETHER for name in pair}
    for field in fields(wanted):
        names = joined.get(field.name, (field.name,))
        given = {name: getattr(wanted, name) for name in names}
        if any(value is not None for value in given.values()):
            parts.setdefault(names[0], RecordFilter(**given))
    return parts


def _mask(connection: Connection, index: FacetIndex, name: str, part: RecordFilter) -> Mask:
    mask = np.zeros(index.size, dtype=np.bool_)
    column = index.columns.get(name)
    value = getattr(part, name)
    if name == "accounts":
        mask = index.accounts >= value
    elif name == "contested":
        mask = index.contested if value else ~index.contested
    elif name == "since":
        chosen = np.array([_within(date, part) for date in index.dates.values], dtype=np.bool_)
        mask[index.dates.records[chosen[index.dates.codes]]] = True
    elif name == "words" and match_words(value):
        mask[_told_in(connection, index.evidence, value)] = True
    elif column is not None and part.role is None and value in column.values:
        mask[column.records[column.codes == column.values.index(value)]] = True
    else:
        query = select(t.record.c.position).where(*conditions(part))
        places = [row[0] for row in connection.execute(query)]
        mask[places] = True
    return mask


def _within(date: str, wanted: RecordFilter) -> bool:
    """Whether a date may lie between two, at its precision: as `queries.conditions` has it."""
    last = date.rpartition("/")[2]
    return (wanted.since is None or f"{last}-99" >= wanted.since) and (
        wanted.until is None or date <= f"{wanted.until}-99"
    )


def _told_in(connection: Connection, evidence: Evidence, words: str) -> Integers:
    """Places of the records on whose evidence the words stand."""
    found = np.array(matching_evidence(connection, words), dtype=np.int64)
    holds = np.zeros(evidence.most + 1, dtype=np.bool_)
    holds[found[found <= evidence.most]] = True
    return evidence.records[holds[evidence.numbers]]


def mask_of(
    connection: Connection,
    index: FacetIndex,
    wanted: RecordFilter,
    remember: Masks,
    *,
    but: str | None = None,
) -> Mask:
    """Which records a filter leaves.

    Args:
        but: Leave out the condition on this field.
    """
    whole = np.ones(index.size, dtype=np.bool_)
    for name, part in _parts(wanted).items():
        if name != but:
            whole &= remember(part, lambda n=name, p=part: _mask(connection, index, n, p))  # type: ignore[misc]
    return whole


def facets(
    connection: Connection, index: FacetIndex, wanted: RecordFilter, remember: Masks
) -> list[Facet]:
    """Facets of a filter; each counts what its values would leave beside all other conditions."""
    asked = _parts(wanted)
    whole = mask_of(connection, index, wanted, remember)
    found = []
    for name, column in index.columns.items():
        mask = mask_of(connection, index, wanted, remember, but=name) if name in asked else whole
        counts = np.bincount(column.codes[mask[column.records]], minlength=len(column.values))
        most = sorted(np.flatnonzero(counts), key=lambda c: (-counts[c], column.values[c]))
        values = tuple(
            (column.values[c], column.labels[c], int(counts[c]))
            for c in most[:VALUES]
            if len(column.values[c]) <= LONGEST
        )
        found.append(Facet(name=name, values=values))
    mask = mask_of(connection, index, wanted, remember, but="accounts")
    steps = [(least, int((index.accounts[mask] >= least).sum())) for least in LEAST_ACCOUNTS]
    values = tuple((str(least), f"{least} and more", n) for least, n in steps if n)
    found.append(Facet(name="accounts", values=values))
    mask = mask_of(connection, index, replace(wanted, contested=None), remember)
    contested = int(index.contested[mask].sum())
    values = (("1", "contested", contested),) if contested else ()
    found.append(Facet(name="contested", values=values))
    return [facet for facet in found if facet.values]


def page_of(
    connection: Connection,
    index: FacetIndex,
    mask: Mask,
    *,
    order: str = "ledger",
    offset: int = 0,
    limit: int = PAGE,
) -> list[RecordRow]:
    """A page of the records that a mask leaves, in an order."""
    ordered = index.orders.get(order, index.orders["ledger"])
    places = ordered[mask[ordered]][offset : offset + limit]
    return rows_at(connection, [int(place) for place in places])
