from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from pactwatch.errors import DossierError
from pactwatch.store import Database, open_database
from pactwatch.store.tables import metadata


def test_new_dossier_is_one_file_and_opens_again(tmp_path: Path) -> None:
    path = tmp_path / "dossier.db"
    for _ in range(2):
        open_database(path).close()
    assert [file.name for file in tmp_path.iterdir()] == ["dossier.db"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [(b"Norland and Sudland have signed a memorandum. " * 40, "is not a dossier")],
)
def test_file_of_another_kind_is_refused(tmp_path: Path, content: bytes, fault: str) -> None:
    path = tmp_path / "dossier.db"
    path.write_bytes(content)
    with pytest.raises(DossierError, match=fault):
        open_database(path)
    assert path.read_bytes() == content


def test_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE other (number INTEGER)")
    content = path.read_bytes()
    with pytest.raises(DossierError, match="no dossier"):
        open_database(path)
    assert path.read_bytes() == content


def test_dossier_of_another_version_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "dossier.db"
    open_database(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(DossierError, match="version 99"):
        open_database(path)


def test_empty_file_becomes_a_dossier_only_when_asked_to(tmp_path: Path) -> None:
    path = tmp_path / "dossier.db"
    path.touch()
    with pytest.raises(DossierError, match="empty file"):
        open_database(path, create=False)
    open_database(path).close()
    open_database(path, create=False).close()


@pytest.mark.parametrize("place", [".", "no/such/folder/dossier.db"])
def test_place_where_no_file_can_be_is_refused(tmp_path: Path, place: str) -> None:
    with pytest.raises(DossierError, match="folder"):
        open_database(tmp_path / place)


def test_file_that_can_not_be_opened_is_reported(tmp_path: Path) -> None:
    folder = tmp_path / "dossier.db"
    folder.symlink_to(tmp_path / "nowhere" / "dossier.db")
    with pytest.raises(DossierError, match="can't be opened"):
        open_database(folder)


def test_dossier_that_another_process_writes_is_reported_as_in_use(tmp_path: Path) -> None:
    path = tmp_path / "dossier.db"
    open_database(path).close()
    script = (
        "import sqlite3, sys\n"
        f"connection = sqlite3.connect({str(path)!r}, isolation_level=None)\n"
        "connection.execute('BEGIN IMMEDIATE')\n"
        "print('locked', flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"locked\n"
        database = open_database(path, patience=0.05)  # reading is possible meanwhile
        with pytest.raises(DossierError, match="another process is writing"), database.writing():
            pass
        database.close()
        other.kill()


def test_transaction_that_fails_leaves_nothing(database: Database) -> None:

    def fail() -> None:
        with database.writing() as connection:
            connection.execute(text("INSERT INTO state VALUES ('a', 'b')"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.reading() as connection:
        assert connection.execute(text("SELECT * FROM state")).all() == []


def test_all_tables_are_strict_and_all_have_a_key(database: Database) -> None:
    with database.reading() as connection:
        listed = connection.execute(text("PRAGMA table_list")).all()
    strict = {row.name for row in listed if row.strict}
    assert strict == set(metadata.tables)
    assert all(table.primary_key.columns for table in metadata.tables.values())


def test_every_view_can_be_read(database: Database) -> None:
    with database.reading() as connection:
        views = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'view'"))
        names = set(views.scalars())
        for name in sorted(names):
            assert connection.execute(text(f"SELECT * FROM {name}")).all() == []
    assert {"agreements", "measures", "contested", "statements", "timeline", "evidence"} <= names
