from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from pactwatch.errors import DossierError
from pactwatch.model import Document, Span
from pactwatch.store import Database
from pactwatch.store.documents import add_document, documents, heads

REPORT = Document(
    id="document-1",
    name="report.txt",
    text="Norland sends 40 guards.",
    authors=("Ada Lind", "B. Öst"),
    furniture=(Span(start=0, end=7),),
)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE document SET text = 'other'",
        "UPDATE document SET id = 'document-2'",
        "DELETE FROM document",
        "CREATE TEMP TABLE copy AS SELECT * FROM document; UPDATE copy SET text = 'other'; "
        "INSERT OR REPLACE INTO document SELECT * FROM copy",
    ],
)
def test_text_can_not_be_changed_or_removed(database: Database, change: str) -> None:
    with database.writing() as connection:
        add_document(connection, REPORT, "report.txt")
    *before, forbidden = change.split("; ")
    with database.writing() as connection:
        for statement in before:
            connection.execute(text(statement))
        with pytest.raises(IntegrityError, match="evidence is final"):
            connection.execute(text(forbidden))
    with database.reading() as connection:
        assert list(documents(connection)) == [REPORT]


def test_two_texts_under_one_id_are_refused(database: Database) -> None:
    other = Document(id="document-1", name="report.txt", text="Another text.")
    with database.writing() as connection:
        add_document(connection, REPORT, "report.txt")
        with pytest.raises(DossierError, match="same id"):
            add_document(connection, other, "report.txt")


def test_fingerprint_moves_with_what_is_known_of_a_text(database: Database) -> None:
    with database.writing() as connection:
        add_document(connection, REPORT, "report.txt")
        [before] = heads(connection)
        dated = Document(id="document-1", name="report.txt", text=REPORT.text, published="2020")
        assert add_document(connection, dated, "report.txt") == "mended"
        [after] = heads(connection)
    assert before.fingerprint != after.fingerprint
