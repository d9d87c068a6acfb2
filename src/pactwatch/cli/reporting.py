"""`pactwatch report`: a dossier as one page to keep, send and print."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pactwatch.cli.options import AsJson, DossierArgument, open_existing
from pactwatch.cli.printing import Screen, print_json

__all__ = ["report"]


def report(
    dossier: DossierArgument,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="The page; beside the dossier if left out."
        ),
    ] = None,
    reviewers: Annotated[
        bool,
        typer.Option("--reviewers", help="Name those who decided; else each is “a reviewer”."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write the report page: one HTML file with everything in it, to be read offline."""
    from pactwatch.report import write_report

    path = output or dossier.with_suffix(".html")
    with open_existing(dossier) as opened:
        size = write_report(opened, path, name=dossier.stem, reviewers=reviewers)
    if as_json:
        print_json([{"page": str(path), "bytes": size}])
    else:
        Screen().line(f"Report page: {path} ({max(1, size // 1000):,} kB). Open it in a browser.")
