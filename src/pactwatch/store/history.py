"""What happened to a dossier: problems of sources, and builds with their time.

Comes in: problems and counts. Goes out: the problems that still stand. This is the one place of a
dossier that holds a time of day; records never depend on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version

from sqlalchemy import Connection, delete, select

from pactwatch.model import Problem
from pactwatch.store import tables as t

__all__ = ["note_build", "note_problems", "problems"]


def note_problems(
    connection: Connection, stage: str, found: Iterable[Problem], *, of: Iterable[str] | None = None
) -> None:
    """Replace the problems of a stage ("add" or "build").

    Args:
        of: Names of the sources that were tried; problems of others stand. All were tried if None.
    """
    where = [t.problem.c.stage == stage]
    if of is not None:
        where.append(t.problem.c.name.in_(sorted(of)))
    connection.execute(delete(t.problem).where(*where))
    rows = {
        problem.name: {
            "stage": stage,
            "name": problem.name,
            "fault": problem.fault,
            "next_step": problem.next_step,
        }
        for problem in found
    }
    if rows:
        connection.execute(t.problem.insert(), list(rows.values()))


def problems(connection: Connection) -> list[Problem]:
    """The problems that stand: of reading sources first, then of building."""
    query = select(t.problem).order_by(t.problem.c.stage, t.problem.c.name)
    return [
        Problem(name=row.name, fault=row.fault, next_step=row.next_step)
        for row in connection.execute(query)
    ]


def note_build(
    connection: Connection,
    *,
    documents_read: int,
    documents_cached: int,
    findings: int,
    problems: int,
) -> None:
    """Add a line to the history of builds."""
    values = {
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": version("pactwatch"),
        "documents_read": documents_read,
        "documents_cached": documents_cached,
        "findings": findings,
        "problems": problems,
    }
    connection.execute(t.build.insert().values(values))
