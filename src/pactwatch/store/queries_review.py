"""What awaits a decision, in the order of its worth.

Comes in: a connection. Goes out: short rows. What reviewers have decided on, or have decided since
the ledger was settled, is left out. No record is read whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, text

__all__ = ["Waiting", "count_waiting", "waiting"]

WHYS = ("contested", "disagreement", "low support", "uncertain")
"""Why something waits: its claims can't all be true; reviewers differ; one account alone tells an
agreement, or a measure with money or people sent; a number looks garbled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A field of a record, or a record as a whole, that awaits a decision.

    Attributes:
        why: One of `WHYS`.
        worth: The higher, the sooner it should be decided; 0 to 100.
        contest: Place of the contest among those of its record, or None.
        claim_id: The claim that is uncertain, or None.
        decision_id: A decision that others contradict, or None.
        explanation: One sentence for people, or "".
    """

    record_id: str
    why: str
    worth: int
    field: str | None
    contest: int | None
    claim_id: str | None
    decision_id: str | None
    severity: str | None
    explanation: str


_DECIDED = """EXISTS (
    SELECT 1 FROM {table}_decision x JOIN ruling y ON y.decision_id = x.decision_id
    WHERE x.{table}_id = {key} AND y.state = 'in force')"""

_ALL = f"""
    SELECT c.record_id, 'contested' AS why,
        CASE c.severity WHEN 'high' THEN 100 WHEN 'medium' THEN 80 ELSE 30 END AS worth,
        c.field, c.position AS contest, NULL AS claim_id, NULL AS decision_id, c.severity,
        c.explanation
    FROM contest c
    WHERE NOT EXISTS (SELECT 1 FROM contest_chosen h
        WHERE h.record_id = c.record_id AND h.contest_position = c.position)
    UNION ALL
    SELECT x.record_id, 'disagreement', 95, d.field, NULL, NULL, min(d.id), NULL,
        'Reviewers disagree: ' || group_concat(d.who || ' (' || d.action || ')', ', ')
    FROM record_decision x JOIN ruling y ON y.decision_id = x.decision_id
        JOIN decision d ON d.id = x.decision_id
    WHERE y.state = 'disputed' GROUP BY x.record_id, d.field
    UNION ALL
    SELECT r.id, 'low support', CASE r.kind WHEN 'agreement' THEN 70 ELSE 60 END, NULL, NULL, NULL,
        NULL, NULL, 'One account alone tells it.'
    FROM record r
    WHERE r.accounts = 1 AND NOT {_DECIDED.format(table="record", key="r.id")}
        AND (r.kind = 'agreement' OR (r.kind = 'measure' AND EXISTS (
            SELECT 1 FROM claim c WHERE c.record_id = r.id AND c.field = 'amount'
            AND c.quantity IS NOT NULL AND json_extract(c.quantity, '$.number') IS NOT NULL
            AND (json_extract(c.quantity, '$.currency') IS NOT NULL OR r.type = 'deployment'))))
    UNION ALL
    SELECT c.record_id, 'uncertain', 50, c.field, NULL, c.id, NULL, NULL,
        'The number looks garbled.'
    FROM claim c
    WHERE c.quantity IS NOT NULL AND json_extract(c.quantity, '$.suspect')
        AND NOT EXISTS (SELECT 1 FROM contest k WHERE k.record_id = c.record_id
            AND k.field = c.field)
        AND NOT {_DECIDED.format(table="claim", key="c.id")}
"""

_PENDING = """
    w.record_id NOT IN (SELECT record_id FROM record_finding WHERE finding_id IN :pending)
"""

_QUERY = text(
    f"""
    SELECT w.* FROM ({_ALL}) w JOIN record r ON r.id = w.record_id
    WHERE {_PENDING} AND (:why IS NULL OR w.why = :why) AND (:kind IS NULL OR r.kind = :kind)
    ORDER BY w.worth DESC, r.accounts DESC, r.position, w.field, w.contest, w.claim_id
    LIMIT :limit OFFSET :offset
    """
).bindparams(bindparam("pending", expanding=True))

_COUNT = text(
    f"""
    SELECT w.why, count(*) FROM ({_ALL}) w WHERE {_PENDING} GROUP BY w.why
    """
).bindparams(bindparam("pending", expanding=True))


def waiting(
    connection: Connection,
    *,
    limit: int,
    offset: int = 0,
    why: str | None = None,
    kind: str | None = None,
    pending: Iterable[str] = (),
) -> list[Waiting]:
    """What awaits a decision, of the most worth first.

    Args:
        why: Only what waits for this reason.
        kind: Only records of this kind.
        pending: Findings on which was decided since the ledger was settled.
    """
    values = {"limit": limit, "offset": offset, "why": why, "kind": kind}
    rows = connection.execute(_QUERY, {**values, "pending": sorted(pending)})
    return [Waiting(**{**row._mapping, "explanation": row.explanation or ""}) for row in rows]


def count_waiting(connection: Connection, *, pending: Iterable[str] = ()) -> dict[str, int]:
    """How much awaits a decision, by reason."""
    rows = connection.execute(_COUNT, {"pending": sorted(pending)})
    found = {row[0]: row[1] for row in rows}
    return {why: found[why] for why in WHYS if why in found}
