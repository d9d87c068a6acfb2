"""Sources into a dossier.

Comes in: files, folders, addresses, documents. Goes out: a report of what was stored. Every
document is stored as soon as it is read, so that a killed intake goes on from there; a source that
can't be read is a problem, and no end. Nothing is ever removed here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pactwatch.engine import Progress
from pactwatch.model import Document, Problem
from pactwatch.store import Database
from pactwatch.store.documents import add_document, has_page, keep_original, origins
from pactwatch.store.history import forget_problems, note_begun, note_problems
from pactwatch.store.retrievals import note_retrievals, retrievals

if TYPE_CHECKING:
    from pactwatch.documents import Options, Source, Validators

__all__ = ["AddReport", "add_sources", "stems_from"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddReport:
    """What `Dossier.add` did with the sources.

    Attributes:
        added: Documents new to the dossier.
        replaced: Documents that supersede an older version of the same source.
        mended: Known texts of which more, or other, is known now (a date, a publisher).
        unchanged: Documents that were there already.
        problems: Sources that could not be read, by name.
    """

    added: int
    replaced: int
    mended: int
    unchanged: int
    problems: tuple[Problem, ...]


def add_sources(
    database: Database,
    sources: Iterable[str | Path | Document],
    options: Options,
    progress: Progress,
    *,
    originals: bool = True,
    workers: int | None = None,
) -> AddReport:
    """Read sources and store their documents.

    Args:
        originals: Keep the bytes that documents are read from.
        workers: Processes that parse complex forms.

    Raises:
        UsageError: there is no such file or folder, or an option makes no sense.
        DossierError: the dossier can't be written.
    """
    from pactwatch.documents import Read, Validators, Workers, list_sources, read_sources
    from pactwatch.documents.fetching import Fetcher

    sources = list(sources)
    given = [source for source in sources if isinstance(source, Document)]
    todo = [
        one
        for source in sources
        if not isinstance(source, Document)
        for one in list_sources(source)
        if not _is_dossier(one, database.path)
    ]
    total = len(given) + len(todo)
    progress("Adding", 0, total)
    with database.writing() as connection:
        note_begun(connection)
    tally = _Tally(database)
    for done, document in enumerate(given, 1):
        tally.take_document(document)
        progress("Adding", done, total)
    with database.reading() as connection:
        known = {
            address: Validators(etag=etag, last_modified=last_modified)
            for address, (etag, last_modified) in retrievals(connection).items()
        }
    if options.published:
        known = {}  # what is known of a page is to be mended, even if the page is as it was
    fetcher = Fetcher(allow_private=options.allow_private, known=known)
    done, current = len(given), None
    with fetcher, Workers(workers or _worth(len(todo))) as pool:
        for source, outcome in read_sources(todo, options, fetcher=fetcher, workers=pool):
            if source is not current:
                current = source
                tally.begin(source.name)
            if outcome is None:
                done += 1
                progress("Adding", done, total)
            elif isinstance(outcome, Read):
                origin = outcome.address or outcome.stands_for or _origin(source, database.path)
                tally.take(
                    outcome.document,
                    origin,
                    original=outcome.original if originals else None,
                    learnt=fetcher.learnt.get(outcome.document.name),
                    stands_in=outcome.stands_for is not None,
                )
            elif isinstance(outcome, Problem):
                tally.fail(source.name, outcome)
            else:
                tally.counts["unchanged"] += 1
    return tally.report()


def stems_from(database: Database, sources: Iterable[str | Path]) -> bool:
    """Whether a dossier holds a document of one of some sources, or none at all.

    Of an address any page of the web will do: a feed leads to pages of other sites.
    """
    with database.reading() as connection:
        known = origins(connection)
    return not known or any(_is_of(source, known, database.path) for source in sources)


def _is_of(source: str | Path, known: Sequence[str], dossier: Path) -> bool:
    if str(source).startswith(("http://", "https://")):
        return any("://" in origin for origin in known)
    files = [origin for origin in known if "://" not in origin]
    place = _place(Path(source).expanduser(), dossier)
    if place == os.curdir:
        return any(not os.path.isabs(o) and o.split(os.sep)[0] != os.pardir for o in files)
    return any(origin == place or origin.startswith(place + os.sep) for origin in files)


class _Tally:
    """Stores what is read, a transaction each, and counts it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.counts = dict.fromkeys(("added", "replaced", "mended", "unchanged"), 0)
        self.problems: list[Problem] = []

    def begin(self, source: str) -> None:
        with self.database.writing() as connection:
            forget_problems(connection, "add", source=source)

    def take(
        self,
        document: Document,
        origin: str,
        *,
        original: bytes | None = None,
        learnt: tuple[str, Validators] | None = None,
        stands_in: bool = False,
    ) -> None:
        with self.database.writing() as connection:
            if stands_in and has_page(connection, origin):
                self.counts["unchanged"] += 1
                return
            outcome = add_document(connection, document, origin)
            if original is not None:
                keep_original(connection, original, of=document.id)
            if learnt:
                address, told = learnt
                note_retrievals(connection, {address: (told.etag, told.last_modified)})
        self.counts[outcome] += 1

    def take_document(self, document: Document) -> None:
        """A document made by a program may hold what no file can: then it is a problem."""
        try:
            msgspec.json.encode(document)
        except UnicodeEncodeError:
            fault, next_step = "holds lone surrogates, which are no text", "Decode it again"
            name = ascii(document.name)
            self.fail(name, Problem(name=name, fault=fault, next_step=next_step))
        else:
            self.begin(document.name)
            self.take(document, document.address or "")

    def fail(self, source: str, problem: Problem) -> None:
        with self.database.writing() as connection:
            note_problems(connection, "add", [problem], source=source)
        self.problems.append(problem)

    def report(self) -> AddReport:
        return AddReport(**self.counts, problems=tuple(self.problems))


def _worth(sources: int) -> int:
    """Processes that are worth their start."""
    return max(1, min(os.cpu_count() or 1, sources // 8))


def _is_dossier(source: Source, dossier: Path) -> bool:
    """Whether a source is the dossier's own file, which may lie in the folder of the reports."""
    if source.path is None:
        return False
    own = os.path.abspath(dossier)
    return os.path.abspath(source.path) in (own, f"{own}-journal")


def _origin(source: Source, dossier: Path) -> str:
    """The file a document comes from, relative to the dossier, so that both can be moved
    together."""
    if source.path is None:
        return source.address or ""
    return _place(source.path, dossier)


def _place(file: Path, dossier: Path) -> str:
    path = os.path.abspath(file)
    if os.path.splitdrive(path)[0] == os.path.splitdrive(os.path.abspath(dossier))[0]:
        path = os.path.relpath(path, os.path.dirname(os.path.abspath(dossier)))
    return os.fsencode(path).decode("utf-8", "replace")
