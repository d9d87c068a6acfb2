"""What several commands take: the dossier, the codebook, the pipeline, `--json`.

Comes in: what the user typed. Goes out: paths and open dossiers. A missing `--dossier` means the
one dossier of the working directory, and nothing is guessed where there are several.
"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pactwatch.errors import UsageError

if TYPE_CHECKING:
    from pactwatch.dossier import Dossier

__all__ = [
    "AsJson",
    "Codebooks",
    "DossierArgument",
    "DossierOption",
    "Pipeline",
    "Published",
    "choose_dossier",
    "command_line",
    "open_existing",
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
