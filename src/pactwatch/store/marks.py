"""Marks of decisions on records that are otherwise as they were.

Comes in: records whose marks have changed. Goes out: nothing; their rows are brought up to date,
and no other rows are touched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, or_, select

from pactwatch.model import Record
from pactwatch.review import Standing
from pactwatch.store import tables as t
from pactwatch.store.decisions import standing_rows
from pactwatch.store.replacing import replace_rows
from pactwatch.store.rows import Rows, members

__all__ = [
    "disputes_in_contests",
    "records_beside",
    "records_on",
    "settled_decisions",
    "write_marks",
    "write_standings",
]

_MARKS = (t.record_decision, t.claim_decision, t.contest_decision, t.contest_chosen)


def settled_decisions(connection: Connection) -> set[str]:
    """Ids of the decisions that the ledger takes into account."""
    return set(connection.execute(select(t.ruling.c.decision_id)).scalars())


def records_on(connection: Connection, finding_ids: Iterable[str]) -> set[str]:
    """Ids of the records that stand on findings."""
    f = t.record_finding.c
    query = select(f.record_id).where(f.finding_id.in_(sorted(finding_ids)))
    return set(connection.execute(query).scalars())


def records_beside(connection: Connection, record_ids: Iterable[str]) -> set[str]:
    """Ids of the records in whose contests claims of these records stand, and the other way."""
    side, c = t.contest_side_claim.c, t.claim.c
    ids = sorted(record_ids)
    query = (
        select(side.record_id, c.record_id)
        .join(t.claim, c.id == side.claim_id)
        .where(side.record_id != c.record_id)
        .where(or_(side.record_id.in_(ids), c.record_id.in_(ids)))
    )
    return {id_ for row in connection.execute(query) for id_ in row} - set(ids)


def write_marks(connection: Connection, records: Sequence[Record]) -> None:
    """Replace the marks of these records."""
    ids = [record.id for record in records]
    claims = select(t.claim.c.id).where(t.claim.c.record_id.in_(ids))
    rows: dict[str, Rows] = {table.name: [] for table in _MARKS}
    for record in records:
        owner: dict[str, Any] = {"record_id": record.id}
        rows["record_decision"] += members(owner, "decision_id", record.decision_ids)
        for claim in record.claims:
            rows["claim_decision"] += members(
                {"claim_id": claim.id}, "decision_id", claim.decision_ids
            )
        for place, contest in enumerate(record.contests):
            own = owner | {"contest_position": place}
            rows["contest_decision"] += members(own, "decision_id", contest.decision_ids)
            rows["contest_chosen"] += members(own, "claim_id", contest.chosen)
    for table in _MARKS:
        mine = (
            table.c.claim_id.in_(claims)
            if table is t.claim_decision
            else table.c.record_id.in_(ids)
        )
        connection.execute(delete(table).where(mine))
        if rows[table.name]:
            connection.execute(table.insert(), rows[table.name])


def disputes_in_contests(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Decisions for different sides of one contest: id → ids of those for other sides."""
    d, h = t.contest_decision.c, t.contest_chosen.c
    chosen = (
        select(h.record_id)
        .where(h.record_id == d.record_id, h.contest_position == d.contest_position)
        .exists()
    )
    by_contest: dict[tuple[str, int], list[str]] = defaultdict(list)
    query = select(d.record_id, d.contest_position, d.decision_id).where(~chosen)
    for record_id, place, decision_id in connection.execute(query):
        by_contest[record_id, place].append(decision_id)
    rivals: dict[str, set[str]] = defaultdict(set)
    for ids in by_contest.values():
        for id_ in ids:
            rivals[id_] |= set(ids) - {id_}
    return {id_: tuple(sorted(own)) for id_, own in rivals.items()}


def write_standings(connection: Connection, standings: Sequence[Standing]) -> None:
    """Replace the standings of all decisions."""
    tables = (t.ruling_finding, t.ruling)
    rows: dict[str, Rows] = {table.name: [] for table in tables}
    standing_rows(rows, standings)
    replace_rows(connection, tables, rows)
