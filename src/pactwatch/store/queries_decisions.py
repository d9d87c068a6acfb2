"""Decisions for pages: the log in parts, those that stand on a thing, and a reviewer's latest.

Comes in: what a reader asks for. Goes out: decisions with how they stand, the newest first. Only
those that are shown are decoded, so that a long log costs a page no more than a short one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select, text

from pactwatch.review import Decision, Standing, decode
from pactwatch.store import tables as t
from pactwatch.store.decisions import read_standing

__all__ = [
    "DecisionFilter",
    "count_decisions",
    "decision_rows",
    "decisions_on_document",
    "latest_of",
    "people",
    "standings_of",
]

_D, _R = t.decision.c, t.ruling.c
PENDING = "pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFilter:
    """What decisions must be like; what is None does not matter."""

    who: str | None = None
    action: str | None = None
    state: str | None = None
    words: str | None = None


def _state() -> ColumnElement[str]:
    return func.coalesce(_R.state, PENDING)


def _joined(*columns: Any) -> Select[Any]:
    return select(*columns).select_from(t.decision.outerjoin(t.ruling, _R.decision_id == _D.id))


def _conditions(wanted: DecisionFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.who is not None:
        found.append(_D.who == wanted.who)
    if wanted.action is not None:
        found.append(_D.action == wanted.action)
    if wanted.state is not None:
        found.append(_state() == wanted.state)
    if wanted.words is not None:
        found.append(_D.content.icontains(wanted.words, autoescape=True))
    return found


def count_decisions(connection: Connection, wanted: DecisionFilter) -> int:
    """How many decisions a filter leaves."""
    query = _joined(func.count()).where(*_conditions(wanted))
    return int(connection.execute(query).scalar_one())


def decision_rows(
    connection: Connection, wanted: DecisionFilter, *, limit: int = 50, offset: int = 0
) -> list[Standing]:
    """Decisions that a filter leaves, the newest first."""
    query = (
        _joined(_D.content).where(*_conditions(wanted))
        .order_by(_D.made.desc(), _D.id.desc()).limit(limit).offset(offset)
    )  # fmt: skip
    return [
        read_standing(connection, decode(content))
        for content in connection.execute(query).scalars().all()
    ]


def people(connection: Connection) -> list[str]:
    """Who has decided, by name."""
    return list(connection.execute(select(_D.who).distinct().order_by(_D.who)).scalars())


def standings_of(connection: Connection, ids: Iterable[str]) -> dict[str, Standing]:
    """Decisions by their ids, with whether they rule; what they are about is left out."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    query = _joined(_D.id, _D.content, _state().label("state")).where(_D.id.in_(wanted))
    return {
        row.id: Standing(decision=decode(row.content), state=row.state)
        for row in connection.execute(query)
    }


def decisions_on_document(
    connection: Connection, document_id: str, *, limit: int = 30
) -> list[Standing]:
    """Decisions about a document or what is found in it, the newest first."""
    query = text(
        "SELECT d.id FROM ruling r JOIN decision d ON d.id = r.decision_id, "
        "json_each(r.document_ids) x WHERE x.value = :document_id "
        "ORDER BY d.made DESC, d.id DESC LIMIT :limit"
    )
    values = {"document_id": document_id, "limit": limit}
    ids = list(connection.execute(query, values).scalars())
    found = standings_of(connection, ids)
    return [found[id_] for id_ in ids]


def latest_of(connection: Connection, who: str) -> Decision | None:
    """The latest decision of a person that nobody has undone."""
    query = (
        _joined(_D.content)
        .where(_D.who == who, _D.action != "undo", _state() != "undone", ~_waiting_undo())
        .order_by(_D.made.desc(), _D.id.desc())
        .limit(1)
    )
    content = connection.execute(query).scalar_one_or_none()
    return decode(content) if content is not None else None


def _waiting_undo() -> ColumnElement[bool]:
    """An undoing that the ledger does not know yet."""
    other, known = t.decision.alias(), t.ruling.alias()
    return (
        select(other.c.id)
        .where(other.c.undoes == _D.id)
        .where(~select(known.c.decision_id).where(known.c.decision_id == other.c.id).exists())
        .exists()
    )
