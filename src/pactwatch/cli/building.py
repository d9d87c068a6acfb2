"""`pactwatch build`: sources into a dossier, then the overview.

Comes in: sources. Goes out: a dossier's file, the overview, and what could not be read, file by
file at the end.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from pactwatch.cli.options import (
    AllowPrivate,
    AsJson,
    Codebooks,
    Columns,
    NoFollow,
    Ocr,
    Pipeline,
    Published,
    command_line,
    parse_columns,
)
from pactwatch.cli.overview import print_overview
from pactwatch.cli.printing import Screen, note, print_json
from pactwatch.errors import UsageError
from pactwatch.model import Problem
from pactwatch.report.book import open_book
from pactwatch.report.words import count, join_words

if TYPE_CHECKING:
    from pactwatch.engine import Progress

__all__ = ["build"]


def build(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE", help="Folders, files or addresses (https://…)."),
    ],
    dossier: Annotated[
        Path | None,
        typer.Option(
            "--dossier",
            "-d",
            metavar="FILE",
            help="Where to keep it; named after the first source if left out. It may exist, and is "
            "then added to.",
        ),
    ] = None,
    published: Published = None,
    columns: Columns = None,
    ocr: Ocr = False,
    no_follow: NoFollow = False,
    allow_private: AllowPrivate = False,
    no_originals: Annotated[
        bool,
        typer.Option("--no-originals", help="Don't keep the bytes that documents are read from."),
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Processes to read on; as many as are worth it."),
    ] = None,
    codebook: Codebooks = None,
    pipeline: Pipeline = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 if anything could not be read.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress, no overview; only problems.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Read reports, find what they say, and settle it into a ledger.

    Sources are texts, web pages, PDFs, office files, e-books, mails, tables, JSON, archives, web
    archives, feeds, sitemaps, and lists of addresses; `pactwatch read` shows what one becomes.

    A build can be stopped and run again: only what is new or has changed is read.
    """
    from pactwatch.dossier import open_dossier

    path = dossier or _named_after(sources[0])
    if dossier is None and not quiet:
        note(f"Dossier: {path} (named after {sources[0]}; choose another with --dossier)")
    _check(sources)
    with open_dossier(path) as opened:
        if dossier is None and not opened.stems_from(*sources):
            raise UsageError(
                str(path), f"is there already, and holds nothing of {sources[0]}",
                f"Name another file with --dossier, or add to it: --dossier {path}",
            )  # fmt: skip
        with _progress(shown=not (quiet or as_json)) as progress:
            added = opened.add(
                *sources,
                published=published,
                columns=parse_columns(columns),
                ocr=ocr,
                follow=not no_follow,
                allow_private=allow_private,
                originals=not no_originals,
                progress=progress,
            )
            built = opened.build(
                workers=workers, codebook=codebook or (), pipeline=pipeline, progress=progress
            )
        problems = opened.problems()
        if as_json:
            # One object: what was done, and where it is kept.
            print_json(
                [{"dossier": str(path), "added": added, "built": built, "problems": problems}]
            )
        elif not quiet:
            print_overview(open_book(opened, path.stem), path)
    if built.not_read and not as_json:
        number, names = len(built.not_read), join_words(built.not_read[:5])
        note(f"{count(number, 'document')} kept, but not read, for not being in English: {names}")
    if added.replaced and not as_json:
        words = count(added.replaced, "document")
        note(f"{words} changed since last read; the older versions are kept:"
             f" {command_line('show', 'documents', '--versions', dossier=path)}")  # fmt: skip
    if built.dormant and not as_json:
        words = count(built.dormant, "decision")
        note(f"{words} became dormant, for what was decided on has changed or is gone:"
             f" {command_line('decisions', '--state', 'dormant', dossier=path)}")  # fmt: skip
    if problems:
        _print_problems(problems)
    raise typer.Exit(1 if strict and problems else 0)


def _print_problems(problems: Sequence[Problem]) -> None:
    screen = Screen(error=True)
    screen.head(f"{count(len(problems), 'warning')}: could not be read, or only in part")
    for problem in problems:
        step = f" {problem.next_step}." if problem.next_step else ""
        screen.line((problem.name, "bold"), f": {problem.fault.rstrip('.')}.{step}", indent=2)


def _check(sources: Sequence[str]) -> None:
    """Refuse a misspelt path before a dossier is made for nothing."""
    for source in sources:
        if (
            not source.startswith(("http://", "https://"))
            and not Path(source).expanduser().exists()
        ):
            raise UsageError(source, "no such file or folder", "Check the spelling of the path")


def _named_after(source: str) -> Path:
    """ "reports/" is kept in "reports.db" in the working directory."""
    if source.startswith(("http://", "https://")):
        return Path(f"{urlsplit(source).hostname or 'web'}.db")
    path = Path(source).expanduser().resolve()
    name = path.name if path.is_dir() else path.stem
    return Path(f"{name or 'reports'}.db")


@contextmanager
def _progress(*, shown: bool) -> Iterator[Progress | None]:
    """Progress bars on standard error, if that is a terminal."""
    if not (shown and sys.stderr.isatty()):
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bars

    units = {"Adding": "sources", "Reading": "documents", "Settling": "findings"}
    columns = TextColumn("{task.description:<8}"), BarColumn(), MofNCompleteColumn()
    with Bars(
        *columns, TextColumn("{task.fields[unit]}"), console=Screen(error=True).console
    ) as bars:
        tasks = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total, unit=units.get(stage, ""))
            bars.update(tasks[stage], completed=done, total=total)

        yield tell
