"""What people have taken out of the ledger: documents set aside, and rejected findings.

Comes in: a connection. Goes out: parts of queries, and who rejected what. A ruling that reviewers
disagree on, or that the ledger has not been settled for, takes nothing out.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, or_, select, text

from pactwatch.store import tables as t

__all__ = ["is_rejected", "is_ruled_out", "is_set_aside", "rejected_by"]

_ASIDE = text(
    "SELECT x.value AS document_id FROM ruling r JOIN decision d ON d.id = r.decision_id, "
    "json_each(r.document_ids) x WHERE d.action = 'set aside' AND r.state = 'in force'"
)


def is_set_aside(document_id: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a document is set aside."""
    aside = _ASIDE.columns(t.document.c.id.label("document_id")).subquery()
    return document_id.in_(select(aside.c[0]))


def _rejections(*columns: Any) -> Select[Any]:
    """Rejections of whole findings. Of a disputed one on several findings a part may still rule:
    that no record has the finding shows it."""
    d, r, x, rf = t.decision.c, t.ruling.c, t.ruling_finding.c, t.record_finding.c
    return (
        select(*columns)
        .select_from(t.ruling_finding)
        .join(t.decision, d.id == x.decision_id)
        .join(t.ruling, r.decision_id == d.id)
        .where(
            d.action == "reject",
            d.field.is_(None),
            r.state.in_(("in force", "disputed")),
            ~select(rf.record_id).where(rf.finding_id == x.finding_id).exists(),
        )
    )


def is_rejected(finding_id: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a person has rejected a finding."""
    return finding_id.in_(_rejections(t.ruling_finding.c.finding_id))


def is_ruled_out(
    finding_id: ColumnElement[str], document_id: ColumnElement[str]
) -> ColumnElement[bool]:
    """Whether a finding is rejected, or of a document set aside."""
    return or_(is_rejected(finding_id), is_set_aside(document_id))


def rejected_by(connection: Connection, document_id: str) -> dict[str, str]:
    """Who has rejected which finding of a document, by its id; the last of several."""
    d, x, f = t.decision.c, t.ruling_finding.c, t.finding.c
    query = (
        _rejections(x.finding_id, d.who)
        .join(t.finding, f.id == x.finding_id)
        .where(f.document_id == document_id)
        .order_by(d.made, d.id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}
