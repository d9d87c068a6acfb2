"""What a dossier holds: documents with their originals, findings, lineage, and what was not read.

Comes in: ids and names. Goes out: values of the model as they are stored. Nothing is changed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.model import Document, Finding, Problem, Rejected
from pactwatch.origins import Lineage, Passage
from pactwatch.reviewing import Reviewable
from pactwatch.store.audit import AuditReport, audit
from pactwatch.store.documents import (
    Standing,
    document_named,
    documents,
    original_of,
    standings,
)
from pactwatch.store.findings import findings, rejections
from pactwatch.store.history import problems
from pactwatch.store.lineage import read_lineage
from pactwatch.store.search import Hit, search

if TYPE_CHECKING:
    from pactwatch.lineage import Comparison

__all__ = ["Holding"]


class Holding(Reviewable):
    """A dossier, as to its documents."""

    def documents(self, *, superseded: bool = False) -> list[Document]:
        """The documents, by name; superseded versions only if asked for."""
        with self._database.reading() as connection:
            return list(documents(connection, superseded=superseded))

    def standings(self) -> dict[str, Standing]:
        """Which version of its source each document is, and which others have the same text, by
        id."""
        with self._database.reading() as connection:
            return standings(connection)

    def original(self, id_or_name: str) -> bytes | None:
        """The bytes that a document was read from; None if they were not kept.

        Raises:
            DossierError: there is no such document, or several bear the name.
        """
        with self._database.reading() as connection:
            return original_of(connection, document_named(connection, id_or_name))

    def document(self, id_or_name: str) -> Document:
        """One document; by its id also a superseded one.

        Raises:
            DossierError: there is none, or several bear the name.
        """
        with self._database.reading() as connection:
            return document_named(connection, id_or_name)

    def findings(self, *, document_id: str | None = None, kind: str | None = None) -> list[Finding]:
        """Findings, by document and in order of its text."""
        with self._database.reading() as connection:
            return findings(connection, document_id=document_id, kind=kind)

    def rejected(
        self, *, document_id: str | None = None, kind: str | None = None
    ) -> list[Rejected]:
        """Candidates that were considered and refused, by document and in order of its text."""
        with self._database.reading() as connection:
            return rejections(connection, document_id=document_id, kind=kind)

    def problems(self) -> list[Problem]:
        """Sources and documents that could not be read when last tried."""
        with self._database.reading() as connection:
            return problems(connection)

    def lineage(self, id_or_name: str | None = None) -> Lineage:
        """What the documents share, who has it from whom, and whom they credit, as last built; or
        the part of it that one document has a share in.

        Raises:
            DossierError: there is no such document, or several bear the name.
        """
        with self._database.reading() as connection:
            if id_or_name is None:
                return read_lineage(connection)
            return read_lineage(connection, document_named(connection, id_or_name).id)

    def compare(self, passage: Passage) -> Comparison:
        """The two wordings of a passage side by side, with every difference."""
        from pactwatch.lineage import compare

        with self._database.reading() as connection:
            first, second = documents(connection, [passage.first_id, passage.second_id])
        return compare(passage, first, second)

    def search(self, words: str, *, limit: int = 20) -> list[Hit]:
        """Find passages of the documents; "words in quotation marks" stand together."""
        with self._database.reading() as connection:
            return search(connection, words, limit=limit)

    def audit(self) -> AuditReport:
        """Prove that every text is as stored, and that every quotation stands in its document."""
        with self._database.reading() as connection:
            return audit(connection)
