"""Decisions as files: what reviewers hand on, and join.

Comes in: a dossier, and a file of decisions or another dossier. Goes out: lines of JSON; or the
decisions of both in one log, and a report. None of the file is taken where a line of it is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pactwatch.engine import Engine
from pactwatch.errors import DossierError, UsageError
from pactwatch.review import read_lines, write_lines
from pactwatch.settling import renew
from pactwatch.store import Database
from pactwatch.store.decisions import (
    add_decisions,
    decisions,
    read_decisions_of,
    read_standings,
)

__all__ = ["ImportReport", "export_decisions", "import_decisions"]

LARGEST = 256_000_000
"""Bytes of a file of decisions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import brought.

    Attributes:
        decisions: Decisions of the file.
        added: Those that were not here.
        dormant: Of the added ones, those about documents or findings that are not here.
        disputed: Of all decisions here, those over which reviewers disagree.
    """

    decisions: int
    added: int
    dormant: int
    disputed: int


def export_decisions(database: Database) -> str:
    """All decisions as JSON Lines."""
    with database.reading() as connection:
        return write_lines(decisions(connection))


def import_decisions(
    database: Database, engine: Engine, version: str, path: Path, *, renew_now: bool = True
) -> ImportReport:
    """Join the decisions of a file, or of another dossier, with those that are here.

    Raises:
        UsageError: a line is no decision; then none of the file is taken.
        DossierError: there is no such file, or it can't be read.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(16)
            if size > LARGEST:
                raise DossierError(str(path), "is too large for a file of decisions")
            text = "" if head == b"SQLite format 3\0" else (head + file.read()).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise DossierError(str(path), f"can't be read ({error})", "Name another file") from error
    if head == b"SQLite format 3\0":
        text = "\n".join(read_decisions_of(path))
    given = {decision.id: decision for decision in read_lines(path.name, text)}
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat(timespec="microseconds")
    for decision in given.values():
        if decision.when > tomorrow:  # it would outlast all that is decided until then
            raise UsageError(
                path.name, f"a decision is of {decision.when}, which is yet to come",
                "Set the clock of the machine on which it was made",
            )  # fmt: skip
    with database.reading() as connection:
        before = {decision.id for decision in decisions(connection)}
    with database.writing() as connection:
        added = add_decisions(connection, given.values())
    if renew_now:
        renew(database, engine, version)
    with database.reading() as connection:
        standings = read_standings(connection)
    return ImportReport(
        decisions=len(given),
        added=added,
        dormant=sum(
            s.state == "dormant" and s.decision.id in given and s.decision.id not in before
            for s in standings
        ),
        disputed=sum(s.state == "disputed" for s in standings),
    )
