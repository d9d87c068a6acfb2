"""Untrusted forms are parsed in worker processes, bounded in time and memory, so that a crash or a
hang costs one document.

Comes in: bytes with the name of their form. Goes out: the items that the form made of them, or a
problem. Workers start when the first is needed, are kept for the next, and are replaced when they
die. Nothing is fetched or stored here.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from concurrent.futures import Future, TimeoutError
from types import TracebackType
from typing import Any, Self

from pactwatch.documents.given import Given, Item
from pactwatch.documents.limits import MOST_MEMORY, MOST_OCR_SECONDS, MOST_SECONDS
from pactwatch.model import Problem
from pactwatch.processes import FreshContext, begin

__all__ = ["Workers"]


class Workers:
    """Processes that read; use it with `with`.

    Args:
        most: Processes at most; the number of processors if None.
        seconds: Bound for one document.
    """

    def __init__(self, most: int | None = None, *, seconds: float = MOST_SECONDS) -> None:
        self.most = most or os.cpu_count() or 1
        self._seconds = seconds
        self._pool: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()

    def start(self, read: Callable[[Given], list[Item]], given: Given) -> Future[list[Item]]:
        """Begin to read; `read` must pickle."""
        if self._pool is None:
            from pebble import ProcessPool

            self._pool = ProcessPool(
                max_workers=self.most, initializer=_prepare, context=FreshContext()
            )
        seconds = self._seconds_for(given)
        future: Future[list[Item]] = self._pool.schedule(read, args=(given,), timeout=seconds)
        return future

    def _seconds_for(self, given: Given) -> float:
        return max(self._seconds, MOST_OCR_SECONDS) if given.options.ocr else self._seconds

    def finish(self, given: Given, future: Future[list[Item]]) -> list[Item]:
        """Wait for what was begun; a worker that died or hung gives a problem."""
        try:
            return future.result()
        except (KeyboardInterrupt, GeneratorExit):
            raise
        except TimeoutError:
            fault = f"not read within {self._seconds_for(given):.0f} seconds"
            step = "Save it as plain text"
        except BaseException as error:  # panics of native parsers are no `Exception`
            fault = f"the process that read it died ({_told(error)})"
            step = "Save it as plain text, or report this as a bug"
        return [Problem(name=given.name, fault=fault, next_step=step)]


def _told(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "out of memory"
    code = getattr(error, "exitcode", None)
    return f"exit code {code}" if code is not None else type(error).__name__


def _prepare() -> None:
    """Bound what a worker may take. Where the system has no such bounds, time alone is bounded."""
    begin()
    sys.stderr = sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - kept for the process's life
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
