"""The rooms of the desk beside reading: review, and building.

Comes in: a dossier. Goes out: their routes, for `app.make_app`. It decides nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from starlette.routing import BaseRoute

from pactwatch.engine import ENGINE, Engine
from pactwatch.reviewing import Reviewable
from pactwatch.store import Database
from pactwatch.web.adding import adding
from pactwatch.web.app import Desk, warm
from pactwatch.web.deciding import deciding
from pactwatch.web.jobs import Builder
from pactwatch.web.renewing import Renewer

__all__ = ["LINKS", "Rooms"]

LINKS = (("review", "Review", "reader"), ("build", "Build", "editor"))
"""Entries of the navigation: (path, words, least role)."""


class Rooms:
    """Review and building, on one dossier."""

    def __init__(
        self, database: Database, *, engine: Engine = ENGINE, builder: Builder | None = None
    ) -> None:
        self.dossier = Reviewable(database, engine)
        self.renewer = Renewer(self.dossier)
        self.builder = builder or Builder()

    @property
    def routes(self) -> Callable[[Desk], Sequence[BaseRoute]]:
        """Makes the routes, of the desk that they belong to."""

        def make(desk: Desk) -> list[BaseRoute]:
            # What pages count over the whole ledger is counted before somebody asks for it.
            self.renewer.renewed = self.builder.ended = lambda: warm(desk)
            return [*deciding(desk, self.dossier, self.renewer), *adding(desk, self.builder)]

        return make

    def close(self) -> None:
        """Let decisions be settled, and stop a build."""
        self.builder.close()
        self.renewer.close()
