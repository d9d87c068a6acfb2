"""A dossier: add sources, build the ledger, ask it.

Comes in: sources, and questions. Goes out: reports of what was done, and values of the model. This
is the one room that knows the order of the stages; it reads no text and decides nothing itself.
"""

from __future__ import annotations

from pactwatch.building import BuildReport
from pactwatch.dossier.finding import find
from pactwatch.dossier.opening import Dossier, open_dossier
from pactwatch.dossier.recording import Moment
from pactwatch.intake import AddReport
from pactwatch.reviewing import Decided, ImportReport, QueueItem, Request
from pactwatch.store.audit import AuditReport
from pactwatch.store.documents import Standing
from pactwatch.store.search import Hit

__all__ = [
    "AddReport",
    "AuditReport",
    "BuildReport",
    "Decided",
    "Dossier",
    "Hit",
    "ImportReport",
    "Moment",
    "QueueItem",
    "Request",
    "Standing",
    "find",
    "open_dossier",
]
