"""The file of a dossier: opening and making it, its version, transactions, and faults in plain
words.

Comes in: a path. Goes out: a `Database` that lends connections. One file is the whole dossier, so
that copying it copies everything: SQLite's rollback journal is used, not its write-ahead log, and a
process that is killed leaves at most a journal that the next one rolls back. Nothing here knows
what is stored.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from pactwatch.errors import DossierError
from pactwatch.store.tables import metadata
from pactwatch.store.views import statements

__all__ = ["APPLICATION", "VERSION", "Database", "open_database"]

APPLICATION = int.from_bytes(b"Pact")
"""Marks an SQLite file as a dossier (``PRAGMA application_id``)."""

VERSION = 3
"""Of the tables (``PRAGMA user_version``). Raise it with every change to `tables` or `views`."""

PATIENCE = 10.0
"""Seconds to wait for another process that writes, before saying that the dossier is in use."""


class Database:
    """An open dossier file. Use `reading` and `writing`; `close` when done."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend a connection that sees one state of the dossier throughout."""
        with faults(self.path), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self, *, patience: float | None = None) -> Iterator[Connection]:
        """Lend a connection whose changes are kept all together, or not at all.

        Args:
            patience: Seconds to wait for another process that writes; as for all else if None.

        Raises:
            DossierError: another process is writing, or the file can't be written.
        """
        with faults(self.path), self._engine.connect() as connection:
            connection = connection.execution_options(pactwatch_writes=True)
            with _waiting(connection, patience), connection.begin():
                # Replacing records and findings leaves foreign keys open until the end.
                connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
                yield connection

    def close(self) -> None:
        """Close all connections; the file can be moved or deleted then."""
        self._engine.dispose()


@contextmanager
def _waiting(connection: Connection, patience: float | None) -> Iterator[None]:
    """Let a connection wait longer than others do, as long as it is lent."""
    driver = connection.connection.driver_connection
    if patience is None or driver is None:
        yield
        return
    (usual,) = driver.execute("PRAGMA busy_timeout").fetchone()
    driver.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA busy_timeout = {int(usual)}")


def open_database(path: Path, *, create: bool = True, patience: float = PATIENCE) -> Database:
    """Open a dossier file, or make one.

    Raises:
        DossierError: there is none (and `create` is false), its folder is missing, it is another
            kind of file, or of another version.
    """
    if path.is_dir():
        raise DossierError(str(path), "is a folder", "Name a file, for example dossier.db")
    if not path.exists():
        if not create:
            raise DossierError(
                str(path), "no such dossier", f"Make one: pactwatch build SOURCE --dossier {path}"
            )
        if not path.parent.is_dir():
            raise DossierError(str(path), f"there is no folder {path.parent}", "Make it first")
    elif not create and not path.stat().st_size:
        raise DossierError(str(path), "is an empty file, and no dossier", "Name another file")
    database = Database(path, _engine(path, patience))
    try:
        _prepare(database)
    except BaseException:
        database.close()
        raise
    return database


def _engine(path: Path, patience: float) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path.absolute())), connect_args={"timeout": patience}
    )

    @event.listens_for(engine, "connect")
    def connect(connection: sqlite3.Connection, record: object) -> None:
        connection.isolation_level = None  # sqlite3 begins no transaction of its own
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("pactwatch_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _prepare(database: Database) -> None:
    """Check that the file is a dossier of this version; fill it if it is empty."""
    with database.reading() as connection:
        fresh = _is_empty(connection)
    if fresh:
        with database.writing() as connection:
            if _is_empty(connection):  # nobody else has filled it in the meantime
                metadata.create_all(connection)
                for statement in statements():
                    connection.exec_driver_sql(statement)
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
                connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")
    with database.reading() as connection:
        application = _pragma(connection, "application_id")
        version = _pragma(connection, "user_version")
    if application != APPLICATION:
        raise DossierError(
            str(database.path), "is an SQLite file, but no dossier", "Name another file"
        )
    if version != VERSION:
        raise DossierError(
            str(database.path),
            f"is a dossier of version {version}; this Pactwatch reads version {VERSION}",
            "Build a new dossier from the same sources, or use the Pactwatch that made it",
        )


def _is_empty(connection: Connection) -> bool:
    return bool(_pragma(connection, "schema_version") == 0)


def _pragma(connection: Connection, name: str) -> Any:
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """Say in plain words what SQLite reports about the file; other errors pass as they are."""
    try:
        yield
    except DatabaseError as error:
        words = str(error.orig)
        for sign, fault, next_step in FAULTS:
            if sign in words:
                raise DossierError(str(path), fault, next_step) from error
        raise


FAULTS = (
    ("locked", "another process is writing to it", "Wait until it is done, and try again"),
    ("not a database", "is not a dossier", "Name another file"),
    ("malformed", "is damaged", "Restore a copy, or build it anew from the sources"),
    ("readonly", "can't be written", "Check the permissions of the file and its folder"),
    ("unable to open", "can't be opened", "Check the permissions of the file and its folder"),
    ("full", "the disk is full", "Make room, and run the same command again"),
    ("disk I/O", "the disk reports an error", "Check the disk, and run the same command again"),
)
"""What a message of SQLite holds, what is wrong, and what to do."""
