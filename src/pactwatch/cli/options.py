"""What several commands take: the dossier, the codebook, the pipeline, `--json`.

Comes in: what the user typed. Goes out: paths and open dossiers. A missing `--dossier` means the
one dossier of the working directory, and nothing is guessed where there are several.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pactwatch.errors import UsageError

if TYPE_CHECKING:
    from pactwatch.dossier import Dossier

__all__ = [
    "AllowPrivate",
    "AsJson",
    "Codebooks",
    "Columns",
    "DossierArgument",
    "DossierOption",
    "NoFollow",
    "Ocr",
    "Pipeline",
    "Published",
    "choose_dossier",
    "command_line",
    "open_existing",
    "parse_columns",
]

DossierOption = Annotated[
    Path | None,
    typer.Option(
        "--dossier",
        "-d",
        metavar="FILE",
        help="The dossier; may be left out where the working directory holds just one.",
    ),
]
DossierArgument = Annotated[Path, typer.Argument(metavar="DOSSIER", help="The dossier's file.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON, one object a line.")]
Codebooks = Annotated[
    list[Path] | None,
    typer.Option(
        "--codebook", metavar="FILE", help="A file that adds to the codebook; may be given again."
    ),
]
Pipeline = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="A spaCy pipeline, by name or path, instead of our own."),
]
Published = Annotated[
    str | None,
    typer.Option(
        metavar="DATE", help="When the documents were published, as 2019-05-31; overrides theirs."
    ),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="FIELD=NAME",
        help="Column or key of tables and JSON that holds a field, as text=body; may be given "
        "again. Fields: text, title, published, address, publisher, authors, language.",
    ),
]
Ocr = Annotated[
    bool, typer.Option("--ocr", help="Read scanned pages and pictures (needs tesseract).")
]
NoFollow = Annotated[
    bool,
    typer.Option("--no-follow", help="Don't fetch what feeds, sitemaps and tables link to."),
]
AllowPrivate = Annotated[
    bool,
    typer.Option("--allow-private", help="Fetch from the local machine and network too."),
]

_FIELDS = ("text", "title", "published", "modified", "address", "publisher", "authors", "language",
           "licence")  # fmt: skip


def parse_columns(given: Sequence[str] | None) -> dict[str, str]:
    """What `--column` says: field → column.

    Raises:
        UsageError: it is not of the form FIELD=NAME, or there is no such field.
    """
    columns = {}
    for words in given or ():
        field, _, name = words.partition("=")
        if field.strip() not in _FIELDS or not name.strip():
            raise UsageError(
                f"--column {words}", "is not understood",
                f"Write it as text=body; fields are {', '.join(_FIELDS)}",
            )  # fmt: skip
        columns[field.strip()] = name.strip()
    return columns


def choose_dossier(given: Path | None) -> Path:
    """The dossier that is meant.

    Raises:
        UsageError: none is named, and the working directory holds none or several.
    """
    if given is not None:
        return given
    found = sorted(Path().glob("*.db"))
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(path.name for path in found[:8])
        raise UsageError("--dossier", f"which one? Here are {names}", "Name it: --dossier FILE")
    raise UsageError(
        "--dossier",
        "no dossier is named, and the working directory holds none",
        "Name one with --dossier FILE, or make one: pactwatch build reports/",
    )


def open_existing(path: Path) -> Dossier:
    """Open a dossier that is there.

    Raises:
        DossierError: there is none, or it is something else.
    """
    from pactwatch.dossier import open_dossier

    return open_dossier(path, create=False)


def command_line(command: str, *words: str, dossier: Path | None = None) -> str:
    """A command as the user can type it; `--dossier` is left out where it needs not be said."""
    parts = ["pactwatch", command, *words]
    if dossier is not None and [dossier] != list(Path().glob("*.db")):
        parts += ["--dossier", str(dossier)]
    return shlex.join(parts)
