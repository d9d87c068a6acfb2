from __future__ import annotations

from pactwatch.model import Document, Finding
from pactwatch.store import Database
from pactwatch.store.documents import add_document
from pactwatch.store.findings import findings, publish, reading_keys, stage

REPORT = Document(id="document-1", name="a.txt", text="Norland sends 40 guards to Sudland.")
OTHER = Document(id="document-2", name="b.txt", text="Ostia sends 3 boats to Norland.")
ORIGIN = {"codebook_version": "1", "engine_version": "1", "pipeline": "1"}


def cut(document: Document, trigger: str = "") -> Finding:
    roles = {"actor": [(0, 5, None)]}
    return Finding.cut(document, "measure", roles=roles, evidence=[(0, 9)], trigger=trigger)


def test_findings_show_only_when_they_are_published(database: Database) -> None:
    with database.writing() as connection:
        add_document(connection, REPORT, "a.txt")
        stage(connection, REPORT.id, "key", [cut(REPORT)], [])
        assert findings(connection) == []
        publish(connection, {REPORT.id: "key"}, ORIGIN)
        assert findings(connection) == [cut(REPORT)]
        assert reading_keys(connection) == ({REPORT.id: "key"}, {})


def test_publishing_replaces_what_was_read_under_another_key(database: Database) -> None:
    with database.writing() as connection:
        for document in (REPORT, OTHER):
            add_document(connection, document, document.name)
            stage(connection, document.id, "old", [cut(document)], [])
        publish(connection, {REPORT.id: "old", OTHER.id: "old"}, ORIGIN)
        stage(connection, REPORT.id, "new", [], [])
        publish(connection, {REPORT.id: "new", OTHER.id: "old"}, ORIGIN)
        assert findings(connection) == [cut(OTHER)]


def test_publishing_leaves_what_another_build_has_staged(database: Database) -> None:
    with database.writing() as connection:
        for document in (REPORT, OTHER):
            add_document(connection, document, document.name)
            stage(connection, document.id, document.id, [cut(document)], [])
        publish(connection, {REPORT.id: REPORT.id, OTHER.id: "another"}, ORIGIN)
        assert reading_keys(connection) == ({REPORT.id: REPORT.id}, {OTHER.id: OTHER.id})


def test_finding_told_twice_is_kept_once(database: Database) -> None:
    with database.writing() as connection:
        add_document(connection, REPORT, "a.txt")
        stage(connection, REPORT.id, "key", [cut(REPORT, "first"), cut(REPORT, "second")], [])
        publish(connection, {REPORT.id: "key"}, ORIGIN)
        assert [finding.trigger for finding in findings(connection)] == ["first"]
