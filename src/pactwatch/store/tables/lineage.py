"""What texts share, who has it from whom, whom they credit."""

from __future__ import annotations

from sqlalchemy import REAL, Column, ForeignKey, Index, LargeBinary

from pactwatch.store.tables.columns import integer, key, maybe, position, table, text

__all__ = [
    "credit",
    "direction",
    "family",
    "family_member",
    "fingerprint",
    "passage",
    "sharing",
]

fingerprint = table(
    "fingerprint",
    key("document_id", ForeignKey("document.id")),
    Column("kept", LargeBinary, nullable=False, comment="as `lineage.Fingerprint.to_bytes` says"),
)

sharing = table(
    "sharing",
    key("first_id", ForeignKey("document.id")),
    key("second_id", ForeignKey("document.id")),
    Column("kept", LargeBinary, nullable=False, comment="as `lineage.to_bytes` says"),
)

passage = table(
    "passage",
    key("id"),
    integer("position"),
    text("kind"),
    text("first_id", ForeignKey("document.id")),
    text("second_id", ForeignKey("document.id")),
    integer("first_start"),
    integer("first_end"),
    integer("second_start"),
    integer("second_end"),
    integer("words"),
    Column("similarity", REAL, nullable=False),
    text("quoted"),
    maybe("account_id", ForeignKey("account.id")),
    Index("passage_by_second", "second_id"),
    Index("passage_by_first", "first_id"),
)

direction = table(
    "direction",
    key("first_id", ForeignKey("document.id")),
    key("second_id", ForeignKey("document.id")),
    maybe("source_id", ForeignKey("document.id")),
    integer("common", comment="1 where both have the words from a third"),
    text("reasons", comment="JSON array of [kind, source_id, text]"),
    Index("direction_by_second", "second_id"),
)

family = table(
    "family",
    key("id"),
    integer("position"),
    text("origin_id", ForeignKey("document.id")),
)

family_member = table(
    "family_member",
    key("family_id", ForeignKey("family.id")),
    position(),
    text("document_id", ForeignKey("document.id"), unique=True),
    text("relation"),
    maybe("source_id", ForeignKey("document.id")),
    Column("share", REAL, nullable=False),
)

credit = table(
    "credit",
    key("id"),
    integer("position"),
    text("document_id", ForeignKey("document.id")),
    text("kind"),
    text("place"),
    text("source"),
    text("quote", comment="the words that credit"),
    integer("start"),
    integer("end"),
    maybe("publisher"),
    maybe("finding_id", ForeignKey("finding.id")),
    maybe("resolved_document_id", ForeignKey("document.id")),
    text("credit", comment="JSON: all of it"),
    Index("credit_by_document", "document_id"),
)
