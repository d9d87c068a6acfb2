"""Actors for pages: rows, and what one actor takes part in.

Comes in: what a reader asks for. Goes out: rows with counts; a part taken is a field that names the
actor: party, giver, recipient, participant, speaker.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, or_, select

from pactwatch.store import tables as t
from pactwatch.store.queries import LABEL, PAGE, Facet, column_facets

__all__ = [
    "ActorFilter",
    "ActorRow",
    "Part",
    "actor_facets",
    "actor_identity",
    "actor_names",
    "actor_parts",
    "actor_rows",
    "count_actors",
]

_A = t.actor.c


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorFilter:
    """What actors must be like; `words` is a part of one of their names."""

    kind: str | None = None
    country: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow:
    """An actor in one row; `records` name it in any field."""

    id: str
    number: str
    name: str
    kind: str
    country: str | None
    records: int
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Records of one kind in which one field names the actor."""

    kind: str
    field: str
    records: int


def _conditions(wanted: ActorFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.kind is not None:
        found.append(_A.kind == wanted.kind)
    if wanted.country is not None:
        found.append(_A.country == wanted.country)
    if wanted.words:
        n = t.actor_name.c
        named = select(n.actor_id).where(n.name.icontains(wanted.words, autoescape=True))
        found.append(or_(_A.name.icontains(wanted.words, autoescape=True), _A.id.in_(named)))
    return found


def actor_rows(
    connection: Connection,
    wanted: ActorFilter,
    *,
    order: str = "ledger",
    offset: int = 0,
    limit: int | None = PAGE,
) -> list[ActorRow]:
    """Actors that a filter leaves, in the order of the ledger or by name."""
    c, d = t.claim.c, t.actor_document.c
    records = select(func.count(c.record_id.distinct())).where(c.actor_id == _A.id)
    documents = select(func.count()).where(d.actor_id == _A.id)
    by = (_A.name, _A.position) if order == "name" else (_A.position,)
    query = (
        select(
            _A.id, _A.number, func.substr(_A.name, 1, LABEL).label("name"), _A.kind, _A.country,
            records.scalar_subquery().label("records"),
            documents.scalar_subquery().label("documents"),
        )
        .where(*_conditions(wanted))
        .order_by(*by)
        .limit(limit)
        .offset(offset)
    )  # fmt: skip
    return [ActorRow(**row._mapping) for row in connection.execute(query)]


def count_actors(connection: Connection, wanted: ActorFilter) -> int:
    """The number of actors that a filter leaves."""
    query = select(func.count()).select_from(t.actor).where(*_conditions(wanted))
    return connection.execute(query).scalar_one()


def actor_facets(connection: Connection, wanted: ActorFilter) -> list[Facet]:
    """Kinds and countries of the actors that the rest of the filter leaves."""
    columns = {"kind": _A.kind, "country": _A.country}
    return column_facets(connection, columns, wanted, _conditions)


def actor_identity(connection: Connection, id_or_number: str) -> ActorRow | None:
    """An actor by its id or number; None where there is none."""
    query = select(_A.id).where(or_(_A.id == id_or_number, _A.number == id_or_number))
    found = connection.execute(query).scalars().first()
    if found is None:
        return None
    c, d = t.claim.c, t.actor_document.c
    records = select(func.count(c.record_id.distinct())).where(c.actor_id == found)
    documents = select(func.count()).where(d.actor_id == found)
    row = connection.execute(
        select(
            _A.id, _A.number, func.substr(_A.name, 1, LABEL).label("name"), _A.kind, _A.country,
            records.scalar_subquery().label("records"),
            documents.scalar_subquery().label("documents"),
        ).where(_A.id == found)
    ).one()  # fmt: skip
    return ActorRow(**row._mapping)


def actor_names(connection: Connection, actor_id: str, *, limit: int = 30) -> list[str]:
    """Forms of its name, the fullest first."""
    n = t.actor_name.c
    query = select(func.substr(n.name, 1, LABEL)).where(n.actor_id == actor_id)
    return list(connection.execute(query.order_by(n.position).limit(limit)).scalars())


def actor_parts(connection: Connection, actor_id: str) -> list[Part]:
    """In how many records which field names the actor."""
    c, r = t.claim.c, t.record.c
    query = (
        select(r.kind, c.field, func.count(r.id.distinct()))
        .join(t.claim, c.record_id == r.id)
        .where(c.actor_id == actor_id)
        .group_by(r.kind, c.field)
        .order_by(r.kind, c.field)
    )
    return [Part(kind=kind, field=field, records=n) for kind, field, n in connection.execute(query)]
