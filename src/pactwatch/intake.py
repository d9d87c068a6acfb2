"""Sources into a dossier.

Comes in: files, folders, addresses, documents. Goes out: a report of what was stored. Every
document is stored as soon as it is read, so that a killed intake goes on from there; a source that
can't be read is a problem, and no end. Nothing is ever removed here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pactwatch.engine import Progress
from pactwatch.model import Document, Problem
from pactwatch.store import Database
from pactwatch.store.documents import add_document
from pactwatch.store.history import note_problems

if TYPE_CHECKING:
    from pactwatch.documents import Source

__all__ = ["AddReport", "add_sources"]


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
    published: str | None,
    progress: Progress,
) -> AddReport:
    """Read sources and store their documents.

    Raises:
        UsageError: there is no such file or folder, or `published` is no date.
        DossierError: the dossier can't be written.
    """
    from pactwatch.documents import list_sources, read_source

    todo: list[Document | Source] = []
    for given in sources:
        todo += [given] if isinstance(given, Document) else list_sources(given)
    todo = [source for source in todo if not _is_dossier(source, database.path)]
    counts = dict.fromkeys(("added", "replaced", "mended", "unchanged"), 0)
    problems: list[Problem] = []
    progress("Adding", 0, len(todo))
    for done, source in enumerate(todo, 1):
        if isinstance(source, Document):
            read: Document | Problem = _storable(source)
        else:
            read = read_source(source, published=published)
        with database.writing() as connection:
            if isinstance(read, Problem):
                problems.append(read)
                note_problems(connection, "add", [read], of=[read.name])
            else:
                counts[add_document(connection, read, _origin(source, database.path))] += 1
                note_problems(connection, "add", (), of=[read.name])
        progress("Adding", done, len(todo))
    return AddReport(**counts, problems=tuple(problems))


def _is_dossier(source: Document | Source, dossier: Path) -> bool:
    """Whether a source is the dossier's own file, which may lie in the folder of the reports."""
    if isinstance(source, Document) or source.path is None:
        return False
    own = os.path.abspath(dossier)
    return os.path.abspath(source.path) in (own, f"{own}-journal")


def _origin(source: Document | Source, dossier: Path) -> str:
    """Where a document comes from, relative to the dossier, so that both can be moved together."""
    if isinstance(source, Document) or source.path is None:
        return source.address or ""
    path = os.path.abspath(source.path)
    if os.path.splitdrive(path)[0] == os.path.splitdrive(os.path.abspath(dossier))[0]:
        path = os.path.relpath(path, os.path.dirname(os.path.abspath(dossier)))
    return os.fsencode(path).decode("utf-8", "replace")


def _storable(document: Document) -> Document | Problem:
    """A document made by a program may hold what no file can: then it is a problem."""
    try:
        msgspec.json.encode(document)
    except UnicodeEncodeError:
        fault, next_step = "holds lone surrogates, which are no text", "Decode it again"
        return Problem(name=ascii(document.name), fault=fault, next_step=next_step)
    return document
