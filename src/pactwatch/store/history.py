"""What happened to a dossier: problems of sources, and builds with their time.

Comes in: problems and counts. Goes out: the problems that still stand, and whether what was begun
has ended. This is the one place of a
dossier that holds a time of day; records never depend on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version

from sqlalchemy import Connection, delete, exists, select

from pactwatch.model import Problem
from pactwatch.store import tables as t

__all__ = [
    "forget_problems",
    "is_unfinished",
    "note_begun",
    "note_build",
    "note_problems",
    "problems",
]

_BEGUN = "begun"
"""State: when sources were last begun to be added; gone when a build has ended after it."""


def note_problems(
    connection: Connection, stage: str, found: Iterable[Problem], *, source: str | None = None
) -> None:
    """Add problems of a stage ("add" or "build"); those of the same name are replaced.

    Args:
        source: The source in which they lie; each its own if None.
    """
    rows = {
        problem.name: {
            "stage": stage,
            "name": problem.name,
            "source": source if source is not None else problem.name,
            "fault": problem.fault,
            "next_step": problem.next_step,
        }
        for problem in found
    }
    if rows:
        p = t.problem.c
        connection.execute(delete(t.problem).where(p.stage == stage, p.name.in_(sorted(rows))))
        connection.execute(t.problem.insert(), list(rows.values()))


def forget_problems(connection: Connection, stage: str, *, source: str | None = None) -> None:
    """Forget the problems of a stage: of one source that is tried again, or all."""
    where = [t.problem.c.stage == stage]
    if source is not None:
        where.append(t.problem.c.source == source)
    connection.execute(delete(t.problem).where(*where))


def problems(connection: Connection) -> list[Problem]:
    """The problems that stand: of reading sources first, then of building."""
    query = select(t.problem).order_by(t.problem.c.stage, t.problem.c.name)
    return [
        Problem(name=row.name, fault=row.fault, next_step=row.next_step)
        for row in connection.execute(query)
    ]


def note_begun(connection: Connection) -> None:
    """Note that there is something to build from now on."""
    connection.execute(delete(t.state).where(t.state.c.name == _BEGUN))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(t.state.insert().values(name=_BEGUN, value=now))


def is_unfinished(connection: Connection) -> bool:
    """Whether sources were begun to be added, or documents read, and no build has ended since."""
    begun = select(t.state.c.name).where(t.state.c.name == _BEGUN)
    either = select(exists(begun) | exists(select(t.staged_reading.c.document_id)))
    return bool(connection.execute(either).scalar_one())


def note_build(
    connection: Connection,
    *,
    documents_read: int,
    documents_cached: int,
    findings: int,
    problems: int,
) -> None:
    """Add a line to the history of builds: nothing is unfinished any more."""
    connection.execute(delete(t.state).where(t.state.c.name == _BEGUN))
    values = {
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": version("pactwatch"),
        "documents_read": documents_read,
        "documents_cached": documents_cached,
        "findings": findings,
        "problems": problems,
    }
    connection.execute(t.build.insert().values(values))
