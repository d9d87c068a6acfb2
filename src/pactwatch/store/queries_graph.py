"""Who is tied to whom, and what happens where: rows for the network and the map.

Comes in: a connection. Goes out: counted pairs of actors and counted places, the most frequent
ones. It places nothing on paper.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text

__all__ = ["Place", "Tie", "places", "ties"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Two actors with the number of records that tie them.

    Attributes:
        kind: "agreement" (both are parties; without direction) or "measure" (the first acts, the
            second receives).
    """

    kind: str
    first_id: str
    first: str
    first_kind: str
    second_id: str
    second: str
    second_kind: str
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place with the number of records that name it.

    Attributes:
        country: ISO 3166-1 alpha-2, where known.
    """

    name: str
    country: str | None
    records: int


_TIES = text(
    """
    SELECT p.kind AS kind, p.first AS first_id, substr(a.name, 1, 120) AS first,
        a.kind AS first_kind,
        p.second AS second_id, substr(b.name, 1, 120) AS second, b.kind AS second_kind, records
    FROM (
        SELECT 'measure' AS kind, x.actor_id AS first, y.actor_id AS second,
            count(DISTINCT x.record_id) AS records
        FROM claim x JOIN claim y ON y.record_id = x.record_id
        WHERE x.field = 'actor' AND y.field = 'recipient'
            AND x.actor_id IS NOT NULL AND y.actor_id IS NOT NULL AND x.actor_id <> y.actor_id
        GROUP BY x.actor_id, y.actor_id
        UNION ALL
        SELECT 'agreement', x.actor_id, y.actor_id, count(DISTINCT x.record_id)
        FROM claim x JOIN claim y ON y.record_id = x.record_id
        WHERE x.field = 'party' AND y.field = 'party' AND x.actor_id < y.actor_id
        GROUP BY x.actor_id, y.actor_id
    ) p JOIN actor a ON a.id = p.first JOIN actor b ON b.id = p.second
    ORDER BY records DESC, a.position, b.position, p.kind LIMIT :limit
    """
)

_PLACES = text(
    """
    SELECT substr(text, 1, 120) AS name,
        CASE WHEN length(value) = 2 THEN value END AS country,
        count(DISTINCT record_id) AS records
    FROM claim WHERE field = 'place' GROUP BY text, value
    ORDER BY records DESC, text LIMIT :limit
    """
)


def ties(connection: Connection, *, limit: int = 120) -> list[Tie]:
    """Pairs of actors, those tied by most records first."""
    return [Tie(**row._mapping) for row in connection.execute(_TIES, {"limit": limit})]


def places(connection: Connection, *, limit: int = 400) -> list[Place]:
    """Places, those named by most records first."""
    return [Place(**row._mapping) for row in connection.execute(_PLACES, {"limit": limit})]
