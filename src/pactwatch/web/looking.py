"""What a view is given: a connection, what was asked for, and a memory for counts.

Comes in: a request's query. Goes out: checked and bounded words and numbers. What can't be
understood counts as not asked for.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Connection

from pactwatch.errors import PactwatchError
from pactwatch.store.queries import PAGE
from pactwatch.store.queries_overview import ledger_stamp

__all__ = ["DATE", "Look", "Memory", "Missing", "Moved", "Pages"]

T = TypeVar("T")

LONGEST = 300  # characters of a word in a query
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
"""A date as forms take it: ISO 8601, to the day, month or year."""


class Missing(PactwatchError):
    """There is no such page."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The page has a stable address: its path."""

    path: str


class Memory:
    """Keeps what was counted over the whole ledger, as long as the ledger stays the same.

    What several ask for at once is counted once: the others wait for it.
    """

    def __init__(self, *, most: int = 256) -> None:
        self._kept: OrderedDict[object, object] = OrderedDict()
        self._making: dict[object, threading.RLock] = {}
        self._most = most
        self._lock = threading.Lock()

    def recall(self, connection: Connection, key: object, make: Callable[[], T]) -> T:
        """What was made under this key of the ledger that now stands, or make it."""
        whole = (ledger_stamp(connection), key)
        with self._lock:
            if whole in self._kept:
                self._kept.move_to_end(whole)
                return self._kept[whole]  # type: ignore[return-value]
            making = self._making.setdefault(whole, threading.RLock())
        with making:
            with self._lock:
                if whole in self._kept:
                    return self._kept[whole]  # type: ignore[return-value]
            try:
                made = make()
                with self._lock:
                    self._kept[whole] = made
                    while len(self._kept) > self._most:
                        self._kept.popitem(last=False)
                return made
            finally:
                with self._lock:
                    self._making.pop(whole, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Where in a list of pages one is."""

    page: int
    pages: int
    total: int

    @property
    def offset(self) -> int:
        """Rows before the page."""
        return (self.page - 1) * PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A request to a view.

    Attributes:
        ask: The query, one value a name.
        static: The page becomes a file: what needs a server is left out.
        who: Name of whoever asks, where it is known.
        withheld: Whether a document's text may not be shown, only quotations of it.
        unnamed: Names of reviewers that are not shown.
    """

    connection: Connection
    ask: Mapping[str, str] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)
    static: bool = False
    who: str | None = None
    withheld: Callable[[str, str | None], bool] = lambda name, publisher: False
    unnamed: tuple[str, ...] = ()

    def words(self, name: str) -> str | None:
        """Words asked for, or None."""
        given = self.ask.get(name, "").strip()[:LONGEST]
        return given or None

    def date(self, name: str) -> str | None:
        """A date at any precision, or None."""
        given = self.words(name)
        return given if given and DATE.fullmatch(given) else None

    def number(self, name: str, *, least: int = 0, most: int = 10**9) -> int | None:
        """A whole number within bounds, or None."""
        given = self.words(name)
        if given is None or not re.fullmatch(r"\d{1,9}", given, re.ASCII):
            return None
        return min(max(int(given), least), most)

    def pages(self, total: int) -> Pages:
        """Which page of a list of so many rows is asked for."""
        pages = max(1, -(-total // PAGE))
        return Pages(page=self.number("page", least=1, most=pages) or 1, pages=pages, total=total)
