"""What a dossier offers to reviewers: the queue, deciding, undoing, and joining the work of two.

Comes in: a dossier's file and the engine that settles it. Goes out: the methods that `Dossier` has
of it. It only calls its neighbours in this room.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from pactwatch.engine import Engine, Job
from pactwatch.review import Standing
from pactwatch.reviewing.deciding import Decided, decide, undo
from pactwatch.reviewing.exchanging import ImportReport, export_decisions, import_decisions
from pactwatch.reviewing.queueing import QueueItem, queue, queue_counts
from pactwatch.reviewing.requests import Request
from pactwatch.settling import is_current, renew
from pactwatch.store import Database
from pactwatch.store.decisions import read_standings

__all__ = ["Reviewable"]


class Reviewable:
    """A dossier, as reviewers see it."""

    def __init__(self, database: Database, engine: Engine) -> None:
        self._database = database
        self._engine = engine

    def queue(
        self, *, limit: int = 20, offset: int = 0, why: str | None = None, kind: str | None = None
    ) -> list[QueueItem]:
        """What awaits a decision, of the most worth first; what is decided drops out.

        Args:
            why: Only "contested", "disagreement", "low support" or "uncertain".
            kind: Only records of this kind.
        """
        with self._database.reading() as connection:
            return queue(connection, limit=limit, offset=offset, why=why, kind=kind)

    def queue_counts(self) -> dict[str, int]:
        """How much awaits a decision, by the reason."""
        with self._database.reading() as connection:
            return queue_counts(connection)

    def decide(
        self, request: Request, *, who: str, when: str | None = None, renew: bool = True
    ) -> Decided:
        """Keep a decision for good, and settle the ledger; no document is read again.

        Args:
            who: Name of the reviewer.
            renew: If not, the ledger stays as it is, and the decision pending, until `renew`.

        Raises:
            UsageError: what is said is incomplete, or it is not clear what is meant.
            DossierError: there is nothing of this name, or the dossier can't be written.
        """
        return decide(
            self._database, self._engine, self._settling, request,
            who=who, when=when, renew_now=renew,
        )  # fmt: skip

    def undo(self, decision_id: str, *, who: str, reason: str = "", renew: bool = True) -> Decided:
        """Take a decision back, which is a decision too.

        Raises:
            DossierError: there is no such decision.
        """
        return undo(
            self._database, self._engine, self._settling, decision_id,
            who=who, reason=reason, renew_now=renew,
        )  # fmt: skip

    def decisions(self) -> list[Standing]:
        """All decisions in the order of time, each with how it stands."""
        with self._database.reading() as connection:
            return read_standings(connection)

    def export_decisions(self) -> str:
        """All decisions as JSON Lines."""
        return export_decisions(self._database)

    def import_decisions(self, path: str | Path, *, renew: bool = True) -> ImportReport:
        """Join the decisions of a file, or of another dossier, with those that are here.

        Raises:
            UsageError: a line is no decision; then none is taken.
        """
        return import_decisions(
            self._database, self._engine, self._settling, Path(path), renew_now=renew
        )

    def renew(self) -> bool:
        """Settle what was decided since the ledger was; say whether there was anything."""
        return renew(self._database, self._engine, self._settling)

    @property
    def is_current(self) -> bool:
        """Whether the ledger is made of all documents that are read, and of all decisions."""
        with self._database.reading() as connection:
            return is_current(connection, self._settling)

    @cached_property
    def _settling(self) -> str:
        return self._engine.versions(Job()).settling
