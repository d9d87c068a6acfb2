"""The report page: a dossier as one self-contained HTML file, and the words that all faces share.

Comes in: a dossier. Goes out: HTML, or the file it was written to. The page asks no other host for
anything, runs no script, and holds nothing that the ledger and its documents do not hold.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pactwatch.errors import UsageError

if TYPE_CHECKING:
    from pactwatch.dossier import Dossier
    from pactwatch.report.parts import Page

__all__ = ["render_page", "render_report", "write_report"]


def write_report(dossier: Dossier, path: Path, *, name: str, reviewers: bool = False) -> int:
    """Write the report page of a dossier to `path`.

    Args:
        name: Title of the page.
        reviewers: Name those who decided; else each is "a reviewer".

    Returns:
        Size of the file in bytes.

    Raises:
        UsageError: the file can't be written.
    """
    html = render_report(dossier, name=name, reviewers=reviewers).encode("utf-8")
    try:
        path.write_bytes(html)
    except OSError as error:
        fault = f"can't be written ({error.strerror or error})"
        raise UsageError(str(path), fault, "Name another file with -o") from error
    return len(html)


def render_report(dossier: Dossier, *, name: str, reviewers: bool = False) -> str:
    """The report page of a dossier as HTML; arguments as of `write_report`."""
    from pactwatch.report.book import open_book
    from pactwatch.report.page import make_page

    book = open_book(dossier, name)
    people = sorted({standing.decision.who for standing in book.decisions.values()})
    return render_page(make_page(book, hide=() if reviewers else people))


def render_page(page: Page) -> str:
    """A page as HTML. Every string is cleaned of control characters and escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    from pactwatch.report.words import clean

    def finalize(value: object) -> object:
        return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    environment = Environment(
        loader=PackageLoader("pactwatch.report"),
        autoescape=True,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2").render(page=page)
