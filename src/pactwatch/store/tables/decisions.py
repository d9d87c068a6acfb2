"""What people ruled, and where their rulings stand in the ledger."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Table

from pactwatch.store.tables.columns import integer, key, maybe, position, table, text

__all__ = [
    "actor_decision",
    "claim_decision",
    "contest_chosen",
    "contest_decision",
    "decision",
    "record_decision",
    "ruling",
    "ruling_finding",
]

decision = table(
    "decision",
    integer("number", primary_key=True),
    text("id", unique=True),
    text("action"),
    maybe("field"),
    text("who"),
    text("made", comment="UTC, ISO 8601"),
    text("reason"),
    maybe("undoes"),
    text("content", comment="JSON: all of it, as pactwatch decisions export writes it"),
    Index("decision_by_time", "made", "id"),
)

ruling = table(
    "ruling",
    key("decision_id", ForeignKey("decision.id")),
    text("state"),
    text("rivals", comment="JSON array of ids: decisions of others that say otherwise"),
    text("document_ids", comment="JSON array of ids: documents here that it is about"),
)

ruling_finding = table(
    "ruling_finding",
    key("decision_id", ForeignKey("decision.id")),
    position(),
    text("finding_id", ForeignKey("finding.id")),
    Index("ruling_finding_by_finding", "finding_id"),
)


def _decided(owner: str) -> Table:
    """Decisions that stand on a part of the ledger."""
    return table(
        f"{owner}_decision",
        key(f"{owner}_id", ForeignKey(f"{owner}.id")),
        position(),
        text("decision_id", ForeignKey("decision.id")),
        Index(f"{owner}_decision_by_decision", "decision_id"),
    )


record_decision = _decided("record")
claim_decision = _decided("claim")
actor_decision = _decided("actor")

contest_decision = table(
    "contest_decision",
    key("record_id", ForeignKey("record.id")),
    integer("contest_position", primary_key=True, autoincrement=False),
    position(),
    text("decision_id", ForeignKey("decision.id")),
)

contest_chosen = table(
    "contest_chosen",
    key("record_id", ForeignKey("record.id")),
    integer("contest_position", primary_key=True, autoincrement=False),
    position(),
    text("claim_id", ForeignKey("claim.id"), comment="of the side that people decided for"),
)
