"""A dossier as programs use it: opened, added to, built, closed.

Comes in: the path of a file, and sources. Goes out: the dossier, and reports of what was done. A
build is incremental (by content, codebook, engine and pipeline), goes on where a killed one
stopped, and gives the same ledger to the byte on any number of processes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from pactwatch.building import BuildReport, build_ledger
from pactwatch.dossier.finding import job_of
from pactwatch.dossier.recording import Recorded
from pactwatch.engine import ENGINE, Engine, Progress, silent
from pactwatch.intake import AddReport, add_sources, stems_from
from pactwatch.model import Document
from pactwatch.notebook import show_in_notebooks
from pactwatch.store import Database, open_database
from pactwatch.store.history import is_unfinished

__all__ = ["Dossier", "open_dossier"]


def open_dossier(path: str | Path, *, create: bool = True) -> Dossier:
    """Open a dossier, or make one.

    Raises:
        DossierError: there is none (and `create` is false), the file is no dossier, or of another
            version.
    """
    show_in_notebooks()
    return Dossier(open_database(Path(path).expanduser(), create=create))


class Dossier(Recorded):
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
        job = job_of(codebook, pipeline)
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
