"""Settling the ledger after decisions, behind the pages.

Comes in: word that something was decided. Goes out: a ledger that follows from it, soon. A decision
is kept before anybody asks here, so a desk that is stopped in between loses nothing; the next
renewal settles it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from pactwatch.errors import PactwatchError
from pactwatch.reviewing import Reviewable

__all__ = ["Renewer"]


class Renewer:
    """Renews a ledger on a thread of its own, once for all decisions made in the meantime.

    Attributes:
        renewed: Is called after it, on the same thread.
        fault: Why the last renewal failed, or None.
    """

    def __init__(self, dossier: Reviewable) -> None:
        self._dossier = dossier
        self.renewed: Callable[[], None] = lambda: None
        self._changed = threading.Condition()
        self._asked = self._done = 0
        self._thread: threading.Thread | None = None
        self.fault: str | None = None

    def ask(self, *, wait: float) -> bool:
        """Have the ledger renewed; say whether it was within so many seconds."""
        with self._changed:
            self._asked += 1
            mine = self._asked
            if self._thread is None:
                self._thread = threading.Thread(target=self._renew, daemon=True)
                self._thread.start()
            return self._changed.wait_for(lambda: self._done >= mine, wait)

    @property
    def busy(self) -> bool:
        """Whether decisions are still to be settled."""
        with self._changed:
            return self._done < self._asked

    def close(self, *, wait: float = 30.0) -> None:
        """Wait until nothing is to be settled."""
        with self._changed:
            self._changed.wait_for(lambda: self._thread is None, wait)

    def _renew(self) -> None:
        while True:
            with self._changed:
                if self._done == self._asked:
                    self._thread = None
                    self._changed.notify_all()
                    return
                asked = self._asked
            try:
                self._dossier.renew()
                fault = None
            except PactwatchError as error:  # the decision is kept; the next one tries again
                fault = str(error)
            with self._changed:
                self.fault, self._done = fault, asked
                self._changed.notify_all()
            if fault is None:
                try:
                    self.renewed()
                except PactwatchError as error:  # the ledger is settled all the same
                    self.fault = str(error)
