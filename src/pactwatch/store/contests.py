"""Contests with their sides as rows.

Comes in: a record. Goes out: rows, or the same contests by record.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, select

from pactwatch.model import Contest, ContestSide, Record
from pactwatch.store import tables as t
from pactwatch.store.rows import Rows, fields, grouped, lists, members

__all__ = ["contest_rows", "read_contests"]

_MEMBERS = ("claim", "account", "document")


def contest_rows(rows: dict[str, Rows], record: Record) -> None:
    """Add the rows of a record's contests."""
    for i, contest in enumerate(record.contests):
        record_id: dict[str, Any] = {"record_id": record.id}
        own = record_id | {"contest_position": i}
        values = fields(contest, "field", "kind", "severity", "explanation")
        rows["contest"].append(record_id | values | {"position": i})
        rows["contest_claim"] += members(own, "claim_id", contest.claim_ids)
        rows["contest_decision"] += members(own, "decision_id", contest.decision_ids)
        rows["contest_chosen"] += members(own, "claim_id", contest.chosen)
        for j, side in enumerate(contest.sides):
            rows["contest_side"].append(own | {"position": j, "text": side.text})
            for member in _MEMBERS:
                rows[f"contest_side_{member}"] += members(
                    own | {"side_position": j}, f"{member}_id", getattr(side, f"{member}_ids")
                )


def read_contests(
    connection: Connection, chosen: Select[tuple[str]]
) -> dict[str, tuple[Contest, ...]]:
    """Contests of the chosen records, by record."""
    found = grouped(
        connection, select(t.contest).where(t.contest.c.record_id.in_(chosen)), "record_id"
    )
    sides = grouped(
        connection,
        select(t.contest_side).where(t.contest_side.c.record_id.in_(chosen)),
        "record_id",
    )
    where = t.contest_claim.c.record_id.in_(chosen)
    claims = lists(connection, t.contest_claim, t.contest_claim.c.claim_id, where)
    decided, chose = (
        lists(connection, table, table.c[member], table.c.record_id.in_(chosen))
        for table, member in ((t.contest_decision, "decision_id"), (t.contest_chosen, "claim_id"))
    )
    of_side = {
        member: lists(connection, table, table.c[f"{member}_id"], table.c.record_id.in_(chosen))
        for member in _MEMBERS
        for table in (t.metadata.tables[f"contest_side_{member}"],)
    }

    def side(row: Any) -> ContestSide:
        key = (row.record_id, row.contest_position, row.position)
        ids = {f"{member}_ids": of_side[member].get(key, ()) for member in _MEMBERS}
        return ContestSide(text=row.text, **ids)

    return {
        record_id: tuple(
            Contest(
                field=row.field,
                kind=row.kind,
                severity=row.severity,
                claim_ids=claims.get((record_id, row.position), ()),
                explanation=row.explanation,
                sides=tuple(
                    side(s) for s in sides.get(record_id, ()) if s.contest_position == row.position
                ),
                decision_ids=decided.get((record_id, row.position), ()),
                chosen=chose.get((record_id, row.position), ()),
            )
            for row in own
        )
        for record_id, own in found.items()
    }
