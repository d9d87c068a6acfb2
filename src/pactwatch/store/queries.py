"""Rows of records for pages: filtered, counted by facet, fifty at a time.

Comes in: what a reader asks for. Goes out: short rows in the order of the ledger, and for each
facet how many records each of its values would leave. Nothing is read that a page does not show:
long words are cut in the database already, and no record is read whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Select, func, or_, select, text
from sqlalchemy.sql.elements import ColumnElement

from pactwatch.store import tables as t
from pactwatch.store.search import match_words

__all__ = [
    "PAGE",
    "Facet",
    "RecordFilter",
    "RecordRow",
    "column_facets",
    "conditions",
    "count_matching",
    "matching_evidence",
    "record_identity",
    "record_rows",
    "rows_at",
]

PAGE = 50
"""Rows of one page of a table."""

VALUES = 12
"""Values shown of one facet: the most frequent ones."""

LABEL = 400
"""Characters read of a label, title or name: more than any page shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFilter:
    """What records must be like; what is None does not matter.

    Attributes:
        actor: Id of an actor that a field names.
        role: The field that names the actor; any if None.
        country: ISO 3166-1 alpha-2: a field says it, or names an actor of it.
        area: An area of the codebook.
        place: Words of a field `place`.
        since, until: ISO 8601 dates: the record, or a stage of it, is dated between them, or may be
            at the precision known.
        accounts: The least number of independent accounts.
        words: Words that its quotations hold.
    """

    kind: str | None = None
    type: str | None = None
    stage: str | None = None
    actor: str | None = None
    role: str | None = None
    country: str | None = None
    area: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    accounts: int | None = None
    contested: bool | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """A record in one row of a table.

    Attributes:
        told: Publication date of the earliest report that tells its latest stage, where no date of
            its own is known.
        amount: The best-backed amount, in its words.
    """

    id: str
    number: str
    kind: str
    type: str | None
    label: str
    stage: str | None
    date: str | None
    told: str | None
    amount: str | None
    accounts: int
    documents: int
    contests: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """Values of one field of the filter with the number of records that each would leave."""

    name: str
    values: tuple[tuple[str, str, int], ...]


Wanted = TypeVar("Wanted")


def column_facets(
    connection: Connection,
    columns: Mapping[str, ColumnElement[Any]],
    wanted: Wanted,
    conditions_of: Callable[[Wanted], Sequence[ColumnElement[bool]]],
) -> list[Facet]:
    """Facets over columns of one table; each counts what its values would leave beside all other
    conditions.

    Args:
        columns: By the name of the filter's field.
        wanted: The filter, a dataclass with these fields.
        conditions_of: A filter as conditions on the table.
    """
    found = []
    for name, column in columns.items():
        others = replace(wanted, **{name: None})  # type: ignore[type-var]
        query = (
            select(column, func.count())
            .where(column.is_not(None), func.length(column) < LABEL, *conditions_of(others))
            .group_by(column)
            .order_by(func.count().desc(), column)
            .limit(VALUES)
        )
        values = tuple((value, value, n) for value, n in connection.execute(query))
        if values:
            found.append(Facet(name=name, values=values))
    return found


_R = t.record.c
_C = t.claim.c


def conditions(wanted: RecordFilter) -> list[ColumnElement[bool]]:
    """A filter as conditions on the table `record`."""
    found: list[ColumnElement[bool]] = []
    for column, value in ((_R.kind, wanted.kind), (_R.type, wanted.type), (_R.stage, wanted.stage)):
        if value is not None:
            found.append(column == value)
    if wanted.actor is not None:
        named = select(_C.record_id).where(_C.actor_id == wanted.actor)
        if wanted.role is not None:
            named = named.where(_C.field == wanted.role)
        found.append(_R.id.in_(named))
    if wanted.country is not None:
        found.append(_R.id.in_(_of_country(wanted.country)))
    for field, column, value in (
        ("area", _C.value, wanted.area),
        ("place", _C.text, wanted.place),
    ):
        if value is not None:
            found.append(_R.id.in_(select(_C.record_id).where(_C.field == field, column == value)))
    if wanted.since or wanted.until:
        s = t.stage_step.c
        own = _between(_R.date, wanted)
        told = select(s.record_id).where(_between(s.date, wanted))
        found.append(or_(own, _R.id.in_(told)))
    if wanted.accounts is not None:
        found.append(_R.accounts >= wanted.accounts)
    if wanted.contested is not None:
        contested = _R.id.in_(select(t.contest.c.record_id))
        found.append(contested if wanted.contested else ~contested)
    if wanted.words is not None and (query := match_words(wanted.words)):
        found.append(_R.id.in_(_told_in(query)))
    return found


def _of_country(country: str) -> Select[tuple[str]]:
    belongs = select(t.actor.c.id).where(t.actor.c.country == country)
    return select(_C.record_id).where(or_(_C.value == country, _C.actor_id.in_(belongs)))


def _between(date: ColumnElement[str], wanted: RecordFilter) -> ColumnElement[bool]:
    """Whether a date may lie between two, at its precision: "2019-05" may be after 2019-05-20."""
    slash = func.instr(date, "/")
    last = func.substr(date, slash + 1)  # the whole date where there is no slash: it counts from 0
    found: ColumnElement[bool] = date.is_not(None)
    if wanted.since:
        found = found & (last.concat("-99") >= wanted.since)
    if wanted.until:
        found = found & (date <= wanted.until + "-99")
    return found


_MATCHING = "SELECT rowid AS number FROM finding_evidence_fts WHERE finding_evidence_fts MATCH :q"


def matching_evidence(connection: Connection, words: str) -> list[int]:
    """Numbers of the evidence that holds all the words; of none, where no word is in them."""
    query = match_words(words)
    if not query:
        return []
    told = text(f"SELECT json_group_array(number) FROM ({_MATCHING})")  # many rows take longer
    return msgspec.json.decode(connection.execute(told, {"q": query}).scalar_one(), type=list[int])


def _told_in(query: str) -> Select[tuple[str]]:
    e, f = t.finding_evidence.c, t.record_finding.c
    matching = text(_MATCHING).bindparams(q=query).columns(e.number).subquery()
    return (
        select(f.record_id)
        .join(t.finding_evidence, e.finding_id == f.finding_id)
        .where(e.number.in_(select(matching)))
    )


def count_matching(connection: Connection, wanted: RecordFilter) -> int:
    """The number of records that a filter leaves."""
    query = select(func.count()).select_from(t.record).where(*conditions(wanted))
    return connection.execute(query).scalar_one()


_ORDERS: dict[str, tuple[ColumnElement[Any], ...]] = {
    "ledger": (_R.position,),
    "accounts": (_R.accounts.desc(), _R.position),
    "date": (_R.date.is_(None), _R.date.desc(), _R.position),
    "label": (_R.label, _R.position),
}


def record_rows(
    connection: Connection,
    wanted: RecordFilter,
    *,
    order: str = "ledger",
    offset: int = 0,
    limit: int | None = PAGE,
) -> list[RecordRow]:
    """Records that a filter leaves.

    Args:
        order: "ledger", "accounts" (most first), "date" (latest first) or "label".
        limit: None for all.
    """
    chosen = (
        select(_R.position)
        .where(*conditions(wanted))
        .order_by(*_ORDERS.get(order, _ORDERS["ledger"]))
        .limit(limit)
        .offset(offset)
    )
    return rows_at(connection, list(connection.execute(chosen).scalars()))


def rows_at(connection: Connection, places: Sequence[int]) -> list[RecordRow]:
    """Records at places of the ledger, in the order of the places given."""
    s, d, k = t.stage_step.c, t.record_document.c, t.contest.c
    told = (
        select(func.min(s.date))
        .where(s.record_id == _R.id, s.stage == _R.stage, s.date_from == "publication")
        .scalar_subquery()
    )
    amount = (
        select(func.substr(_C.text, 1, LABEL))
        .where(_C.record_id == _R.id, _C.field.in_(("amount", "quantity")))
        .order_by(_C.accounts.desc(), _C.position)
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(
            _R.position, _R.id, _R.number, _R.kind, _R.type,
            func.substr(_R.label, 1, LABEL).label("label"),
            _R.stage, _R.date, _R.accounts, told.label("told"), amount.label("amount"),
            select(func.count()).where(d.record_id == _R.id).scalar_subquery().label("documents"),
            select(func.count()).where(k.record_id == _R.id).scalar_subquery().label("contests"),
        )
    )  # fmt: skip
    found: dict[int, RecordRow] = {}
    for at in range(0, len(places), 500):
        some = query.where(_R.position.in_(places[at : at + 500]))
        for row in connection.execute(some):
            values = dict(row._mapping)
            place = values.pop("position")
            found[place] = RecordRow(**values)
    return [found[place] for place in places]


def record_identity(connection: Connection, id_or_number: str) -> tuple[str, str] | None:
    """Id and kind of a record, by its id or its number; None where there is none."""
    query = select(_R.id, _R.kind).where(or_(_R.id == id_or_number, _R.number == id_or_number))
    row = connection.execute(query).first()
    return (row.id, row.kind) if row else None
