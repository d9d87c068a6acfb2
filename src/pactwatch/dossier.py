"""A dossier: add sources, build the ledger, ask it.

Comes in: sources, and questions. Goes out: reports of what was done, and values of the model. This
is the one place that knows the order of the stages; it reads no text and decides nothing itself. A
build is incremental (by content, codebook, engine and pipeline), goes on where a killed one
stopped, and gives the same ledger to the byte on any number of processes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sqlalchemy import Column, ColumnElement, or_, select

from pactwatch.building import BuildReport, build_ledger
from pactwatch.engine import ENGINE, Engine, Job, Progress, read_and_find, silent
from pactwatch.errors import DocumentError, DossierError
from pactwatch.intake import AddReport, add_sources, stems_from
from pactwatch.model import Actor, Document, Finding, Ledger, Problem, Record, Rejected, stable_id
from pactwatch.notebook import Actors, Records, show_in_notebooks
from pactwatch.origins import Lineage, Passage
from pactwatch.reviewing import Decided, ImportReport, QueueItem, Request, Reviewable
from pactwatch.store import Database, open_database, tables
from pactwatch.store.audit import AuditReport, audit
from pactwatch.store.documents import (
    Standing,
    document_named,
    documents,
    original_of,
    standings,
)
from pactwatch.store.findings import findings, rejections
from pactwatch.store.history import is_unfinished, problems
from pactwatch.store.ledger import read_accounts, read_actors, read_records
from pactwatch.store.lineage import read_lineage
from pactwatch.store.search import Hit, search

if TYPE_CHECKING:
    from pactwatch.lineage import Comparison

__all__ = [
    "AddReport",
    "AuditReport",
    "BuildReport",
    "Decided",
    "Dossier",
    "Hit",
    "ImportReport",
    "Moment",
    "QueueItem",
    "Request",
    "Standing",
    "find",
    "open_dossier",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One dated thing of the ledger: a step of a record's stage, or the record itself.

    Attributes:
        date: ISO 8601, at the precision that is known.
        date_from: "event", or "publication" when only the day of the report is known.
        stage: The stage reached, or None.
        number: Of the record.
        document_ids: Documents that tell it.
    """

    date: str
    date_from: str
    stage: str | None
    number: str
    kind: str
    label: str
    document_ids: tuple[str, ...]


def open_dossier(path: str | Path, *, create: bool = True) -> Dossier:
    """Open a dossier, or make one.

    Raises:
        DossierError: there is none (and `create` is false), the file is no dossier, or of another
            version.
    """
    show_in_notebooks()
    return Dossier(open_database(Path(path).expanduser(), create=create))


def find(
    source: Document | str | Path,
    *,
    published: str | None = None,
    codebook: Sequence[str | Path] = (),
    pipeline: str | None = None,
) -> tuple[Finding, ...]:
    """Find what a report says, without a dossier.

    Args:
        source: A document, a file, folder or address, or the text itself.
        published: ISO 8601 date of publication, against which words like "on Monday" are
            understood.
        codebook: Files that add to the codebook.
        pipeline: Name or path of a spaCy pipeline.

    Raises:
        DocumentError: the source can't be read.
    """
    job = _job(codebook, pipeline)
    return tuple(
        finding
        for document in _given(source, published)
        for finding in read_and_find(job, document).findings
    )


class Dossier(Reviewable):
    """A working set of documents with the ledger made of them. Made by `open_dossier`; close it, or
    use `with`."""

    def __init__(self, database: Database, *, engine: Engine = ENGINE) -> None:
        super().__init__(database, engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.path

    # What comes in

    def add(
        self,
        *sources: str | Path | Document,
        published: str | None = None,
        columns: Mapping[str, str] | None = None,
        ocr: bool = False,
        follow: bool = True,
        allow_private: bool = False,
        originals: bool = True,
        progress: Progress | None = None,
    ) -> AddReport:
        """Read sources and store their documents, each as soon as it is read.

        What is no longer there in a folder stays in the dossier. A file or page that has changed
        becomes a new version; the old one is kept, and no longer counts in the ledger.

        Args:
            sources: Files, folders, addresses, or documents.
            published: ISO 8601 date of publication of all of them; overrides what they say.
            columns: Field of a document → column or key that holds it, for tables and JSON of
                unusual form ("text" → "body").
            ocr: Read scanned pages and pictures by optical character recognition.
            follow: Fetch the addresses that feeds, sitemaps and tables name.
            allow_private: Fetch from the local machine and network too.
            originals: Keep the bytes that documents are read from, compressed.

        Raises:
            UsageError: there is no such file or folder, or an option makes no sense.
            DossierError: the dossier can't be written.
        """
        from pactwatch.documents import Options

        options = Options(
            published=published,
            columns=columns or {},
            ocr=ocr,
            follow=follow,
            allow_private=allow_private,
        )
        return add_sources(
            self._database, sources, options, progress or silent, originals=originals
        )

    def build(
        self,
        *,
        workers: int | None = None,
        codebook: Sequence[str | Path] = (),
        pipeline: str | None = None,
        progress: Progress | None = None,
    ) -> BuildReport:
        """Read the documents that are new, or read otherwise than now asked for, and settle the
        ledger.

        Killed at any moment, it loses the documents just under way; the next build goes on from
        there.

        Args:
            workers: Processes to read on; as many as are worth it if None. The result does not
                depend on it.
            codebook: Files that add to the codebook.
            pipeline: Name or path of a spaCy pipeline; the one that comes with Pactwatch if None.

        Raises:
            CodebookError: a codebook file is wrong.
            UsageError: the pipeline is not installed, or worker processes can't start.
            DossierError: the dossier can't be written.
        """
        job = _job(codebook, pipeline)
        return build_ledger(self._database, self._engine, job, workers, progress or silent)

    def stems_from(self, *sources: str | Path) -> bool:
        """Whether it holds a document of one of these sources, or none at all: so that no other
        dossier is added to by mistake."""
        return stems_from(self._database, sources)

    @property
    def is_unfinished(self) -> bool:
        """Whether sources were begun to be added, or documents read, and no build has ended since:
        it was stopped, or is under way."""
        with self._database.reading() as connection:
            return is_unfinished(connection)

    # What it holds

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

    # What it says

    def ledger(self) -> Ledger:
        """All records, actors and accounts, as last built."""
        with self._database.reading() as connection:
            return Ledger(
                records=read_records(connection),
                actors=read_actors(connection),
                accounts=read_accounts(connection),
            )

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

    def record(self, id_or_number: str) -> Record:
        """One record, by its id or its number ("agreement-1").

        Raises:
            DossierError: there is none.
        """
        columns = tables.record.c
        for record in self._records(_either(columns.id, columns.number, id_or_number)):
            return record
        raise DossierError(id_or_number, "no such record", "List them: pactwatch show agreements")

    def records_in(self, document_id: str) -> Records:
        """The records for which a document says something."""
        c, s = tables.claim.c, tables.claim_support.c
        holds = select(c.record_id).join(tables.claim_support, s.claim_id == c.id)
        return self._records(tables.record.c.id.in_(holds.where(s.document_id == document_id)))

    def actor(self, id_or_number: str) -> Actor:
        """One actor, by its id or its number ("actor-1").

        Raises:
            DossierError: there is none.
        """
        columns = tables.actor.c
        with self._database.reading() as connection:
            where = _either(columns.id, columns.number, id_or_number)
            for actor in read_actors(connection, where):
                return actor
        raise DossierError(id_or_number, "no such actor", "List them: pactwatch show actors")

    def agreements(self) -> Records:
        """Instruments between governments, agencies and international organisations."""
        return self._of_kind("agreement")

    def measures(self) -> Records:
        """What governments and their bodies do, undertake, threaten or stop."""
        return self._of_kind("measure")

    def meetings(self) -> Records:
        """Talks, summits, visits and signing ceremonies."""
        return self._of_kind("meeting")

    def incidents(self) -> Records:
        """Harms, breaches and misuses reported as having happened."""
        return self._of_kind("incident")

    def statements(self) -> Records:
        """Words of speakers, quoted or paraphrased."""
        return self._of_kind("statement")

    def figures(self) -> Records:
        """Quantities asserted of the world."""
        return self._of_kind("figure")

    def offices(self) -> Records:
        """Persons holding, or having held, an office."""
        return self._of_kind("office")

    def contested(self) -> Records:
        """Records of which claims can't all be true."""
        return self._records(tables.record.c.id.in_(select(tables.contest.c.record_id)))

    def actors(self) -> Actors:
        """States, agencies, organisations, publications, persons and groups."""
        with self._database.reading() as connection:
            return Actors(read_actors(connection))

    def timeline(self) -> list[Moment]:
        """Steps of stages, and dated records without such a step, in order of their dates."""
        moments: list[Moment] = []
        for record in self._records():
            dates = {step.date for step in record.history}
            steps: list[tuple[str | None, str, str | None, tuple[str, ...]]] = [
                (step.date, step.date_from, step.stage, step.document_ids)
                for step in record.history
            ]
            if record.date not in dates:
                steps.append((record.date, "event", None, record.document_ids))
            moments += [
                Moment(
                    date=date,
                    date_from=date_from,
                    stage=stage,
                    number=record.number,
                    kind=record.kind,
                    label=record.label,
                    document_ids=document_ids,
                )
                for date, date_from, stage, document_ids in steps
                if date is not None
            ]
        return sorted(moments, key=lambda moment: moment.date)

    def search(self, words: str, *, limit: int = 20) -> list[Hit]:
        """Find passages of the documents; "words in quotation marks" stand together."""
        with self._database.reading() as connection:
            return search(connection, words, limit=limit)

    def audit(self) -> AuditReport:
        """Prove that every text is as stored, and that every quotation stands in its document."""
        with self._database.reading() as connection:
            return audit(connection)

    # How

    def _of_kind(self, kind: str) -> Records:
        return self._records(tables.record.c.kind == kind)

    def _records(self, *where: ColumnElement[bool]) -> Records:
        with self._database.reading() as connection:
            return Records(read_records(connection, *where))


def _job(codebook: Sequence[str | Path], pipeline: str | None) -> Job:
    return Job(codebook=tuple(Path(path).absolute() for path in codebook), pipeline=pipeline)


def _either(identity: Column[str], number: Column[str], wanted: str) -> ColumnElement[bool]:
    return or_(identity == wanted, number == wanted)


def _given(source: Document | str | Path, published: str | None) -> Iterator[Document]:
    """The documents that are meant: a string is a file or address if it can be one, else a text."""
    from pactwatch.documents import read_documents

    if isinstance(source, Document):
        yield source
    elif isinstance(source, Path) or _names_source(source):
        for document in read_documents(source, published=published):
            if isinstance(document, Problem):
                raise DocumentError(document.name, document.fault, document.next_step)
            yield document
    else:
        identity = stable_id("document", "text", source)
        yield Document(id=identity, name="text", text=source, published=published)


def _names_source(words: str) -> bool:
    if words.startswith(("https://", "http://")) and not any(map(str.isspace, words)):
        return True
    return len(words) < 4096 and "\n" not in words and "\0" not in words and Path(words).exists()
