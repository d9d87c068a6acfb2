"""Records with claims, contests, histories and deliveries; actors and accounts."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Table, UniqueConstraint

from pactwatch.store.tables.columns import integer, key, maybe, position, span, table, text

__all__ = [
    "account",
    "account_document",
    "actor",
    "actor_document",
    "actor_name",
    "actor_office",
    "claim",
    "claim_support",
    "contest",
    "contest_claim",
    "contest_side",
    "contest_side_account",
    "contest_side_claim",
    "contest_side_document",
    "delivery",
    "delivery_step",
    "delivery_step_claim",
    "delivery_step_document",
    "record",
    "record_document",
    "record_finding",
    "stage_step",
    "stage_step_document",
]

account = table(
    "account",
    key("id"),
    integer("position"),
    text("label"),
    text("reason"),
)

account_document = table(
    "account_document",
    key("account_id", ForeignKey("account.id")),
    position(),
    text("document_id", ForeignKey("document.id")),
    Index("account_document_by_document", "document_id"),
)

actor = table(
    "actor",
    key("id"),
    integer("position"),
    text("number", unique=True),
    text("name"),
    text("kind"),
    maybe("country"),
    Index("actor_by_country", "country"),
)

actor_name = table(
    "actor_name",
    key("actor_id", ForeignKey("actor.id")),
    position(),
    text("name"),
)

actor_office = table(
    "actor_office",
    key("actor_id", ForeignKey("actor.id")),
    position(),
    text("record_id", ForeignKey("record.id")),
)

actor_document = table(
    "actor_document",
    key("actor_id", ForeignKey("actor.id")),
    position(),
    text("document_id", ForeignKey("document.id")),
)

record = table(
    "record",
    key("id"),
    integer("position"),
    text("number", unique=True),
    text("kind"),
    maybe("type"),
    text("label"),
    maybe("stage"),
    maybe("date"),
    integer("accounts"),
    Index("record_by_kind", "kind", "type", "stage"),
    Index("record_by_accounts", "accounts", "position"),
    Index("record_by_position", "position"),
)

record_finding = table(
    "record_finding",
    key("record_id", ForeignKey("record.id")),
    position(),
    text("finding_id", ForeignKey("finding.id")),
    Index("record_finding_by_finding", "finding_id"),
)

record_document = table(
    "record_document",
    key("record_id", ForeignKey("record.id")),
    position(),
    text("document_id", ForeignKey("document.id")),
)

claim = table(
    "claim",
    key("id"),
    text("record_id", ForeignKey("record.id")),
    integer("position"),
    text("field"),
    text("text"),
    maybe("value"),
    maybe("quantity"),
    maybe("actor_id", ForeignKey("actor.id")),
    integer("accounts"),
    UniqueConstraint("record_id", "position"),
    Index("claim_by_actor", "actor_id", "field", "record_id"),
    Index("claim_by_value", "field", "value", "record_id"),
    Index("claim_by_plain_value", "value", "record_id"),
    Index("claim_of_record", "record_id", "field", "actor_id", "value"),
)

claim_support = table(
    "claim_support",
    key("claim_id", ForeignKey("claim.id")),
    position(),
    text("finding_id", ForeignKey("finding.id")),
    text("document_id", ForeignKey("document.id")),
    text("account_id", ForeignKey("account.id")),
    *span("words_"),
    *span("evidence_"),
    maybe("attributed_to"),
    Index("claim_support_by_finding", "finding_id"),
    Index("claim_support_by_document", "document_id"),
)

contest = table(
    "contest",
    key("record_id", ForeignKey("record.id")),
    position(),
    text("field"),
    text("kind"),
    text("severity"),
    text("explanation"),
    Index("contest_by_severity", "severity"),
)

contest_claim = table(
    "contest_claim",
    key("record_id", ForeignKey("record.id")),
    integer("contest_position", primary_key=True, autoincrement=False),
    position(),
    text("claim_id", ForeignKey("claim.id")),
)

contest_side = table(
    "contest_side",
    key("record_id", ForeignKey("record.id")),
    integer("contest_position", primary_key=True, autoincrement=False),
    position(),
    text("text"),
)


def _of_side(member: str) -> Table:
    """A list of ids that belongs to a side of a contest."""
    return table(
        f"contest_side_{member}",
        key("record_id", ForeignKey("record.id")),
        integer("contest_position", primary_key=True, autoincrement=False),
        integer("side_position", primary_key=True, autoincrement=False),
        position(),
        text(f"{member}_id", ForeignKey(f"{member}.id")),
    )


contest_side_claim = _of_side("claim")
contest_side_account = _of_side("account")
contest_side_document = _of_side("document")

stage_step = table(
    "stage_step",
    key("record_id", ForeignKey("record.id")),
    position(),
    text("stage"),
    maybe("date"),
    text("date_from"),
    text("claim_id", ForeignKey("claim.id")),
    integer("contested", comment="1 where the reports give days that exclude each other"),
    Index("stage_step_by_date", "date", "record_id"),
)

stage_step_document = table(
    "stage_step_document",
    key("record_id", ForeignKey("record.id")),
    integer("step_position", primary_key=True, autoincrement=False),
    position(),
    text("document_id", ForeignKey("document.id")),
)

delivery = table(
    "delivery",
    key("record_id", ForeignKey("record.id")),
    text("outcome"),
    maybe("due"),
    maybe("latest"),
    text("short", comment="JSON of a quantity", nullable=True),
)

delivery_step = table(
    "delivery_step",
    key("record_id", ForeignKey("record.id")),
    position(),
    text("stage"),
    maybe("date"),
    text("date_from"),
    maybe("amount"),
    maybe("quantity"),
    integer("part"),
    integer("accounts"),
    integer("days_least", nullable=True),
    integer("days_most", nullable=True),
)


def _of_delivery_step(member: str) -> Table:
    """A list of ids that belongs to a step to delivery."""
    return table(
        f"delivery_step_{member}",
        key("record_id", ForeignKey("record.id")),
        integer("step_position", primary_key=True, autoincrement=False),
        position(),
        text(f"{member}_id", ForeignKey(f"{member}.id")),
    )


delivery_step_claim = _of_delivery_step("claim")
delivery_step_document = _of_delivery_step("document")
