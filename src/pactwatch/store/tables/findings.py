"""Findings with the words they stand on, and candidates that were refused."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, UniqueConstraint

from pactwatch.store.tables.columns import integer, key, maybe, position, span, table, text

__all__ = [
    "finding",
    "finding_evidence",
    "finding_role",
    "rejected",
]

finding = table(
    "finding",
    key("id"),
    text("document_id", ForeignKey("document.id")),
    integer("position"),
    text("kind"),
    maybe("type"),
    maybe("stage"),
    maybe("form"),
    maybe("binding"),
    text("trigger"),
    UniqueConstraint("document_id", "position"),
    Index("finding_by_kind", "kind"),
)

finding_role = table(
    "finding_role",
    key("finding_id", ForeignKey("finding.id", ondelete="CASCADE")),
    position(),
    text("role"),
    *span(),
    maybe("value"),
    maybe("quantity"),
)

finding_evidence = table(
    "finding_evidence",
    integer("number", primary_key=True),
    text("finding_id", ForeignKey("finding.id", ondelete="CASCADE")),
    integer("position"),
    *span(),
    UniqueConstraint("finding_id", "position"),
)

rejected = table(
    "rejected",
    key("document_id", ForeignKey("document.id")),
    position(),
    text("kind"),
    text("trigger"),
    text("reason"),
    *span(),
)
