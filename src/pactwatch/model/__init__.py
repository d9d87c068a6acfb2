"""The values that flow through the stages: documents, findings, records.

Comes in: nothing. Goes out: frozen values without behaviour of their own, apart from constructors
that refuse what must not exist (a quotation that is not in its document). Nothing here reads a
file, parses or prints.

All offsets are half-open, in Unicode code points of ``Document.text``.
"""

from __future__ import annotations

from pactwatch.model.documents import Document, Problem, Section, Span, stable_id
from pactwatch.model.findings import Filler, Finding, Quantity, Quote, Rejected, Value
from pactwatch.model.ledger import (
    Account,
    Actor,
    Claim,
    Contest,
    ContestSide,
    Delivery,
    DeliveryStep,
    Ledger,
    Record,
    StageStep,
    Support,
)

__all__ = [
    "Account",
    "Actor",
    "Claim",
    "Contest",
    "ContestSide",
    "Delivery",
    "DeliveryStep",
    "Document",
    "Filler",
    "Finding",
    "Ledger",
    "Problem",
    "Quantity",
    "Quote",
    "Record",
    "Rejected",
    "Section",
    "Span",
    "StageStep",
    "Support",
    "Value",
    "stable_id",
]
