"""A bound of time for what is read in the user's own process.

Comes in: a name and seconds. Goes out: a context in which longer work ends with an error. Complex
forms are read in worker processes, which are ended when they take too long; plain texts are not
worth such a process, but no text may hold up all others either. An alarm of the operating system
interrupts what runs in Python, patterns included. Where there is none (on Windows, and outside of
the main thread), or where the user's program has set one, nothing is bounded here.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from pactwatch.errors import DocumentError

__all__ = ["bounded", "each_bounded"]

T = TypeVar("T")

_AGAIN = 1.0  # seconds after which an alarm that was caught on its way rings once more


@contextmanager
def bounded(name: str, seconds: float) -> Iterator[None]:
    """Bound the work of a block.

    Raises:
        DocumentError: it took longer.
    """
    if not _can_ring():
        yield
        return

    armed = True

    def ring(number: int, frame: FrameType | None) -> None:
        if armed:
            fault = f"not read within {seconds:.0f} seconds"
            raise DocumentError(name, fault, "Look into it, or split it")

    before = signal.signal(signal.SIGALRM, ring)
    try:
        try:
            signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
            yield
        finally:
            armed = False  # an alarm that rings from here on must not break off what follows
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def each_bounded(name: str, items: Iterable[T], seconds: float) -> Iterator[T]:
    """Yield items, of which each may take so long; the time between them is not counted.

    Raises:
        DocumentError: one took longer; there are no others then.
    """
    waiting = iter(items)
    while True:
        with bounded(name, seconds):
            try:
                item = next(waiting)
            except StopIteration:
                return
        yield item


def _can_ring() -> bool:
    """Whether an alarm can be set here, and no other is set."""
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        return False
    return signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0) and signal.getsignal(
        signal.SIGALRM
    ) in (signal.SIG_DFL, signal.SIG_IGN)
