from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from pactwatch.model import Document, Finding
from pactwatch.store import Database, open_database
from pactwatch.store.audit import AuditReport, audit
from pactwatch.store.documents import add_document, keep_original
from pactwatch.store.findings import publish, stage
from pactwatch.store.views import FINAL

WORDS = "🙂 Norland sends 40 guards to Sudland."
REPORT = Document(
    id="document-1",
    name="report.txt",
    text=WORDS,
    original_sha256=sha256(WORDS.encode()).hexdigest(),
)


@pytest.fixture
def held(database: Database) -> Database:
    finding = Finding.cut(
        REPORT, "measure", roles={"actor": [(2, 9, "XN")]}, evidence=[(2, len(REPORT.text))]
    )
    with database.writing() as connection:
        add_document(connection, REPORT, "report.txt")
        keep_original(connection, WORDS.encode(), of=REPORT.id)
        stage(connection, REPORT.id, "key", [finding], [])
        origin = {"codebook_version": "1", "engine_version": "1", "pipeline": "1"}
        publish(connection, {REPORT.id: "key"}, origin)
    return database


def run(path: Path) -> AuditReport:
    database = open_database(path)
    with database.reading() as connection:
        report = audit(connection)
    database.close()
    return report


def tamper(path: Path, change: str) -> None:
    """Change the file as somebody would who takes its protection away first, and puts it back."""
    with closing(sqlite3.connect(path)) as connection, connection:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = connection.execute(query).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(change)
        for _, sql in triggers:
            connection.execute(sql)


def test_sound_dossier_has_no_fault(held: Database) -> None:
    report = run(held.path)
    assert (report.documents, report.quotes, report.originals) == (1, 2, 1)
    assert report.sound


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE finding_evidence SET text = 'Norland sends 90 guards'", "finding_evidence.text"),
        ("UPDATE finding_evidence SET start = start + 1", "finding_evidence.text"),
        ("UPDATE finding_role SET text = 'Ostland'", "finding_role.text"),
        ("UPDATE document SET text = replace(text, '40', '90')", "not the one that was stored"),
        ("UPDATE original SET compressed = x'00'", "the original is not the one"),
        ("UPDATE finding SET document_id = 'document-9'", "missing row of document"),
    ],
)
def test_tampering_is_found(held: Database, change: str, fault: str) -> None:
    tamper(held.path, change)
    report = run(held.path)
    assert not report.sound
    assert any(fault in problem.fault for problem in report.faults)


def test_missing_protection_is_found(held: Database) -> None:
    with closing(sqlite3.connect(held.path)) as connection, connection:
        connection.execute("DROP TRIGGER finding_evidence_is_final")
    assert [problem.fault for problem in run(held.path).faults] == [
        "the protection finding_evidence_is_final is missing"
    ]


@pytest.mark.parametrize("table", ["finding_evidence", "finding_role"])
def test_quotation_can_not_be_changed(held: Database, table: str) -> None:
    for column in FINAL[table]:
        statement = f'UPDATE {table} SET "{column}" = "{column}"'
        with pytest.raises(IntegrityError, match="final"), held.writing() as connection:
            connection.exec_driver_sql(statement)


def test_view_and_audit_agree_on_code_points(held: Database) -> None:
    with held.reading() as connection:
        assert connection.exec_driver_sql("SELECT * FROM broken_quote").all() == []
        assert connection.exec_driver_sql("SELECT count(*) FROM quote").scalar_one() == 2
