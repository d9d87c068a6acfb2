"""The same reading on one or several processes of one machine.

Comes in: documents, and a function that reads one. Goes out: what it made of each, in no certain
order, or a `Problem` for a document on which it failed or a process died; the others go on. Each
process loads its model once. At most a few documents for each process are in memory at a time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from pactwatch.errors import CodebookError, DossierError, PactwatchError, UsageError
from pactwatch.model import Document, Problem
from pactwatch.processes import FreshContext, begin

__all__ = ["choose_workers", "read_all"]

Result = TypeVar("Result")
Outcomes = Generator[tuple[str, "Result | Problem"], None, None]

WORTH_A_WORKER = 64
"""Documents that make a process worth its start. On two cores, two processes take some 2 seconds
longer to come up than one (each loads the model), and win some 15 milliseconds a report of a page;
so two are worth it from about 130 reports on. Measure again when reading becomes slower or
faster."""

AHEAD = 3
"""Documents handed out for each process, so that none waits for the next."""


def choose_workers(wanted: int | None, documents: int) -> int:
    """Decide on the number of processes; 1 means to read in this one.

    Args:
        wanted: What the user asked for; None leaves it to the number of documents and processors.
        documents: How many there are to read.

    Raises:
        UsageError: fewer than one was asked for.
    """
    if wanted is not None and wanted < 1:
        raise UsageError(f"{wanted} workers", "there must be at least one", "Leave the option out")
    most = wanted or min(os.cpu_count() or 1, documents // WORTH_A_WORKER)
    return max(1, min(most, documents))


def read_all(
    documents: Iterable[Document], read: Callable[[Document], Result], *, workers: int
) -> Outcomes[Result]:
    """Read documents on `workers` processes, or in this one if that is 1.

    Yields:
        The id of each document with what `read` returned, or with the problem that it met.

    Raises:
        UsageError, CodebookError, DossierError: what was asked for can't be done for any document.
    """
    if workers > 1:
        return _on_processes(documents, read, workers)
    return ((document.id, _attempt(read, document)) for document in documents)


def _attempt(read: Callable[[Document], Result], document: Document) -> Result | Problem:
    """Read a document; what fails for this one alone is a problem, and not an end."""
    try:
        return read(document)
    except (CodebookError, DossierError, UsageError):
        raise
    except PactwatchError as error:
        return Problem(name=document.name, fault=error.fault, next_step=error.next_step)
    except Exception as error:  # whatever a document provokes must not cost the others
        return Problem(
            name=document.name,
            fault=f"reading it failed ({type(error).__name__}: {error})",
            next_step="Report this as a bug",
        )


def _on_processes(
    documents: Iterable[Document], read: Callable[[Document], Result], workers: int
) -> Outcomes[Result]:
    """Read until all is done. After a process has died, the documents then under way are read one
    by one, to learn which of them it was."""
    waiting = iter(documents)
    while lost := (yield from _until_one_dies(waiting, read, workers)):
        for document in lost:
            if (yield from _until_one_dies(iter([document]), read, 1)):
                yield (
                    document.id,
                    Problem(
                        name=document.name,
                        fault="the process that read it died (out of memory, or a crash)",
                        next_step="Free some memory and build again, or report this as a bug",
                    ),
                )


def _until_one_dies(
    waiting: Iterator[Document], read: Callable[[Document], Result], workers: int
) -> Generator[tuple[str, Result | Problem], None, list[Document]]:
    """Read from `waiting`; return the documents under way when a process died, none when all is
    done."""
    under_way: dict[Future[Result | Problem], Document] = {}
    pool = _start(workers)
    try:
        for document in waiting:
            try:
                under_way[pool.submit(_attempt, read, document)] = document
            except BrokenProcessPool:
                return [*under_way.values(), document]
            if len(under_way) >= workers * AHEAD:
                yield from _finished(under_way)
        while under_way:
            yield from _finished(under_way)
    except BrokenProcessPool:
        return list(under_way.values())
    finally:
        pool.shutdown(cancel_futures=True)
    return []


def _finished(under_way: dict[Future[Result | Problem], Document]) -> Outcomes[Result]:
    done, _ = wait(under_way, return_when=FIRST_COMPLETED)
    for future in done:
        outcome = future.result()
        yield under_way.pop(future).id, outcome


def _start(workers: int) -> ProcessPoolExecutor:
    pool = ProcessPoolExecutor(workers, mp_context=FreshContext(), initializer=begin)
    try:
        for future in [pool.submit(os.getpid) for _ in range(workers)]:
            future.result()
    except BrokenProcessPool as error:
        raise UsageError(
            f"{workers} workers",
            "worker processes can't start",
            "Free some memory, or build with one worker",
        ) from error
    return pool
