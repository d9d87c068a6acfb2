"""Reviewing: what awaits a decision, and deciding it.

Comes in: a dossier's file, and what a reviewer says. Goes out: the queue, and decisions as they are
kept. `review` says what a decision is and does; this room finds what is meant, and keeps it.
"""

from __future__ import annotations

from pactwatch.reviewing.deciding import Decided, Ruled, decide, undo
from pactwatch.reviewing.exchanging import ImportReport, export_decisions, import_decisions
from pactwatch.reviewing.offering import Reviewable
from pactwatch.reviewing.queueing import (
    Context,
    QueueItem,
    contexts_of,
    items_of,
    queue,
    queue_counts,
    waiting_now,
)
from pactwatch.reviewing.requests import Request
from pactwatch.reviewing.targets import Holders, holders_of
from pactwatch.store.decisions import read_decisions_of

__all__ = [
    "Context",
    "Decided",
    "Holders",
    "ImportReport",
    "QueueItem",
    "Request",
    "Reviewable",
    "Ruled",
    "contexts_of",
    "decide",
    "export_decisions",
    "holders_of",
    "import_decisions",
    "items_of",
    "queue",
    "queue_counts",
    "read_decisions_of",
    "undo",
    "waiting_now",
]
