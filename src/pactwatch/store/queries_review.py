"""What awaits a decision, in the order of its worth.

Comes in: a connection. Goes out: short rows. What could ever await one depends on the ledger alone
and takes longest to find: `candidates`. What reviewers have decided on since, and where they
differ, changes with every decision and is quickly told: `awaiting`. No record is read whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, text

__all__ = ["WHYS", "Waiting", "awaiting", "candidates", "counted"]

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
        accounts, position: Of the record.
    """

    record_id: str
    kind: str
    why: str
    worth: int
    field: str | None
    contest: int | None
    claim_id: str | None
    decision_id: str | None
    severity: str | None
    explanation: str
    accounts: int
    position: int


_CANDIDATES = text(
    """
    WITH found AS (
    SELECT c.record_id, 'contested' AS why,
        CASE c.severity WHEN 'high' THEN 100 WHEN 'medium' THEN 80 ELSE 30 END AS worth,
        c.field, c.position AS contest, NULL AS claim_id, c.severity, c.explanation
    FROM contest c
    UNION ALL
    SELECT r.id, 'low support', CASE r.kind WHEN 'agreement' THEN 70 ELSE 60 END, NULL, NULL, NULL,
        NULL, 'One account alone tells this ' || r.kind || '.'
    FROM record r
    WHERE r.accounts = 1
        AND (r.kind = 'agreement' OR (r.kind = 'measure' AND EXISTS (
            SELECT 1 FROM claim c WHERE c.record_id = r.id AND c.field = 'amount'
            AND c.quantity IS NOT NULL AND json_extract(c.quantity, '$.number') IS NOT NULL
            AND (json_extract(c.quantity, '$.currency') IS NOT NULL OR r.type = 'deployment'))))
    UNION ALL
    SELECT c.record_id, 'uncertain', 50, c.field, NULL, c.id, NULL, 'The number looks garbled.'
    FROM claim c
    WHERE c.quantity IS NOT NULL AND json_extract(c.quantity, '$.suspect')
        AND NOT EXISTS (SELECT 1 FROM contest k WHERE k.record_id = c.record_id
            AND k.field = c.field)
    )
    SELECT w.*, NULL AS decision_id, r.kind, r.accounts, r.position
    FROM found w JOIN record r ON r.id = w.record_id
    """
)

_DISAGREEMENTS = text(
    """
    SELECT r.id AS record_id, 'disagreement' AS why, 95 AS worth, d.field, NULL AS contest,
        NULL AS claim_id, min(d.id) AS decision_id, NULL AS severity,
        'Reviewers disagree: ' || group_concat(d.who || ' (' || d.action || ')', ', ')
            AS explanation, r.kind, r.accounts, r.position
    FROM ruling y JOIN record_decision x ON x.decision_id = y.decision_id
        JOIN record r ON r.id = x.record_id JOIN decision d ON d.id = x.decision_id
    WHERE y.state = 'disputed' GROUP BY r.id, d.field
    """
)

_DECIDED = {
    table: text(
        f"SELECT x.{table}_id FROM ruling y JOIN {table}_decision x "
        "ON x.decision_id = y.decision_id WHERE y.state = 'in force'"
    )
    for table in ("record", "claim")
}
_CHOSEN = text("SELECT DISTINCT record_id, contest_position FROM contest_chosen")
_PENDING = text("SELECT record_id FROM record_finding WHERE finding_id IN :pending").bindparams(
    bindparam("pending", expanding=True)
)


def candidates(connection: Connection) -> list[Waiting]:
    """What awaits a decision where nobody has decided anything; the same as long as the records
    are."""
    return [_waiting(row) for row in connection.execute(_CANDIDATES)]


def awaiting(
    connection: Connection,
    found: Iterable[Waiting],
    *,
    why: str | None = None,
    kind: str | None = None,
    pending: Iterable[str] = (),
) -> list[Waiting]:
    """What awaits a decision, of the most worth first.

    Args:
        found: What `candidates` gave for the ledger that stands.
        why: Only what waits for this reason.
        kind: Only records of this kind.
        pending: Findings on which was decided since the ledger was settled.
    """
    records, claims = (set(connection.execute(query).scalars()) for query in _DECIDED.values())
    chosen = {(row[0], row[1]) for row in connection.execute(_CHOSEN)}
    awaits_settling = set(connection.execute(_PENDING, {"pending": sorted(pending)}).scalars())

    def left(item: Waiting) -> bool:
        if item.contest is not None:
            return (item.record_id, item.contest) not in chosen
        if item.claim_id is not None:
            return item.claim_id not in claims
        return item.record_id not in records

    rest = [item for item in found if left(item)]
    rest += [_waiting(row) for row in connection.execute(_DISAGREEMENTS)]
    return sorted(
        (
            item
            for item in rest
            if item.record_id not in awaits_settling
            and (why is None or item.why == why)
            and (kind is None or item.kind == kind)
        ),
        key=_order,
    )


def counted(found: Sequence[Waiting]) -> dict[str, int]:
    """How much of it awaits a decision, by reason."""
    counts = Counter(item.why for item in found)
    return {why: counts[why] for why in WHYS if why in counts}


def _order(item: Waiting) -> tuple[object, ...]:
    return (
        -item.worth,
        -item.accounts,
        item.position,
        item.field or "",
        -1 if item.contest is None else item.contest,
        item.claim_id or "",
    )


def _waiting(row: object) -> Waiting:
    values = row._mapping  # type: ignore[attr-defined]
    return Waiting(**{**values, "explanation": values["explanation"] or ""})
