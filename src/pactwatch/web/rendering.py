"""A page as HTML or as its JSON twin; rows as CSV.

Comes in: a page as values, the links of its place, what the visitor may do. Goes out: text. Every
string is cleaned of control characters and escaped by the template; JSON is what the template gets,
and CSV never holds a cell that a spreadsheet would run.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pactwatch.report.rulings import amount_words
from pactwatch.report.words import (
    clean,
    count,
    date_words,
    field_words,
    shorten,
    value_words,
)
from pactwatch.web.links import Links

__all__ = ["Site", "as_csv", "as_html", "as_json", "bound"]

NAVIGATION = (
    ("", "Overview"),
    ("records", "Records"),
    ("contested", "Contested"),
    ("actors", "Actors"),
    ("documents", "Documents"),
    ("time", "Time"),
    ("flows", "Flows"),
    ("network", "Network"),
    ("map", "Map"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What every page shows besides its own.

    Attributes:
        name: Title of the dossier.
        policy: Content-Security-Policy to state in the page itself (static sites have no headers).
        who: The name under which the visitor decides.
        signed_in: They have signed in, and can sign out.
        by_name: People sign in with a name and a secret of their own.
        told: What the page tells the visitor, once.
        draft: The fields of a form that was refused.
        token: Of the forms on this page.
        stamp: Of the ledger that the page is made of: forms say it with numbers of records.
        links_more: Further entries of the navigation, (path, words), from rooms beside the views.
    """

    name: str
    policy: str | None = None
    who: str | None = None
    signed_in: bool = False
    by_name: bool = False
    told: str | None = None
    draft: Mapping[str, str] = field(default_factory=dict)
    token: str = ""
    stamp: str = ""
    role: str | None = None
    links_more: tuple[tuple[str, str], ...] = ()


def _final(value: object) -> object:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def environment() -> Environment:
    """Jinja with what templates may use: words for counts, dates and fields, and `shorten`."""
    made = Environment(
        loader=PackageLoader("pactwatch.web"),
        autoescape=True,
        finalize=_final,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        count=count, dated=date_words, field=field_words, short=bound, country=country_words
    )
    made.filters["amount"] = amount_words
    made.globals["read_as"] = value_words
    made.globals["navigation"] = NAVIGATION
    return made


def bound(text: str | None, width: int = 160) -> str:
    """One line of at most `width` characters; a text of any length costs the same."""
    return shorten((text or "")[: 4 * width], width)


@cache
def country_words(code: str | None) -> str:
    """The usual name of a country, or its code where it has none; "" for None."""
    import pycountry

    found = pycountry.countries.get(alpha_2=code) if code else None
    return str(getattr(found, "common_name", found.name)) if found else (code or "")


def as_html(template: str, page: object, *, links: Links, site: Site, path: str) -> str:
    """A page as HTML.

    Args:
        path: Of the page, without the suffix: marks its place in the navigation.
    """
    made = environment().get_template(template)
    return made.render(page=page, links=links, site=site, path=path)


def as_json(page: object) -> bytes:
    """A page as JSON, UTF-8."""
    return msgspec.json.format(msgspec.json.encode(page, order="deterministic"), indent=1)


_RUN = ("=", "+", "-", "@", "\t", "\r")


def as_csv(names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV (RFC 4180), with a byte order mark so that spreadsheets read it as UTF-8.

    A cell of text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return "\ufeff" + out.getvalue()


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return "" if value is None else value
    words = clean(value)
    return f"'{words}" if words.startswith(_RUN) else words
