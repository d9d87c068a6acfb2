"""One source becomes one document, or one problem.

Comes in: a `Source`. Goes out: its `Document`, or a `Problem` that says what is wrong and what to
do; a broken source never raises. Text is stored as it is; what the form does not say is read from
address, name and text, in this order.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from pactwatch.documents.dates import date_in_address, date_in_name, date_in_text, parse_date
from pactwatch.documents.decoding import MOST_BYTES, decode
from pactwatch.documents.frontmatter import all_of, first_of, split_front_matter
from pactwatch.documents.furniture import find_furniture
from pactwatch.documents.languages import detect_language
from pactwatch.documents.metadata import find_address, find_byline, find_headline, site_of
from pactwatch.documents.sources import Source, leads_inside, list_sources
from pactwatch.documents.told import Told
from pactwatch.errors import DocumentError, UsageError
from pactwatch.model import Document, Problem, stable_id

__all__ = ["read_documents", "read_source"]

_LATER = {
    ".csv": "a table",
    ".tsv": "a table",
    ".json": "a data file",
    ".jsonl": "a data file",
    ".xml": "a data file",
    ".eml": "a mail",
    ".mbox": "a mailbox",
}
_MARKUP = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset=[\"' ]*([\w-]+)|<\?xml[^>]{0,100}encoding=[\"']([\w-]+)", re.I
)
_PAGES = ("text/html", "application/xhtml+xml")


def read_documents(
    source: str | Path, *, published: str | None = None
) -> Iterator[Document | Problem]:
    """Read a file, a folder or an address: its documents in the order of their names.

    Args:
        published: ISO 8601 date of publication of all of it; overrides what the documents say.

    Raises:
        UsageError: there is no such file or folder, it is no address of the web, or the date is
            none.
    """
    _check_date(published)
    sources = list_sources(source)
    return (read_source(one, published=published) for one in sources)


def read_source(source: Source, *, published: str | None = None) -> Document | Problem:
    """Read one source; a pure function of what lies there, fit for a worker process.

    Raises:
        UsageError: `published` is no ISO 8601 date.
    """
    _check_date(published)
    try:
        told = _read_address(source.address) if source.address else _read_file(source)
    except DocumentError as error:
        return Problem(name=source.name, fault=error.fault, next_step=error.next_step)
    except OSError as error:
        fault = error.strerror or type(error).__name__
        return Problem(
            name=source.name, fault=fault, next_step="Check the file and who may read it"
        )
    if not told.text.strip():
        return Problem(
            name=source.name,
            fault="no words in it",
            next_step="Fetch or copy it again, or remove it",
        )
    return _make_document(source.name, told, published)


def _check_date(published: str | None) -> None:
    if published is not None and parse_date(published) != published:
        raise UsageError(published, "not a date", "Write it as 2019-05-28, 2019-05 or 2019")


def _read_file(source: Source) -> Told:
    path = source.path
    if path is None:
        raise DocumentError(source.name, "neither a file nor an address", "Name one of them")
    if path.is_symlink():
        if source.folder and not leads_inside(path, source.folder):
            raise DocumentError(
                source.name, "a link that leads outside the folder", "Copy the file into it"
            )
        if not path.exists():
            raise DocumentError(source.name, "a link that leads nowhere", "Mend or remove the link")
    state = path.stat()
    if stat.S_ISDIR(state.st_mode):
        raise DocumentError(source.name, "a folder that can't be listed", "Check who may read it")
    if not stat.S_ISREG(state.st_mode):
        raise DocumentError(source.name, "not a regular file", "Copy its content into a file")
    if state.st_size > MOST_BYTES:
        size = f"{state.st_size / 1_000_000:.0f} MB"
        raise DocumentError(
            source.name, f"too large ({size}; at most 20 MB)", "Split it into documents"
        )
    suffix = path.suffix.lower()
    if suffix in _LATER:
        raise DocumentError(
            source.name,
            f"{_LATER[suffix]} ({suffix}), not a text",
            "Save the reports in it as text or HTML",
        )
    return _read_bytes(source.name, path.read_bytes(), suffix=suffix)


def _read_address(address: str) -> Told:
    from pactwatch.documents.fetching import fetch

    page = fetch(address)
    suffix = (
        ".html"
        if page.media_type in _PAGES
        else ".md"
        if page.media_type == "text/markdown"
        else ""
    )
    told = _read_bytes(
        address, page.data, suffix=suffix, address=page.address, charset=page.charset
    )
    return replace(told, address=page.address)


def _read_bytes(
    name: str, data: bytes, *, suffix: str, address: str | None = None, charset: str | None = None
) -> Told:
    text = decode(name, data, declared=charset or _declared_charset(data))
    if suffix in (".html", ".htm", ".xhtml") or (suffix != ".txt" and _MARKUP.match(text[:2000])):
        from pactwatch.documents.pages import read_page

        return read_page(name, text, address=address)
    if suffix in (".md", ".markdown"):
        return _read_markdown(text)
    return Told(text=text, media_type="text/plain", furniture=find_furniture(text))


def _declared_charset(data: bytes) -> str | None:
    match = _CHARSET.search(data[:4000])
    return (match[1] or match[2]).decode("ascii") if match else None


def _read_markdown(text: str) -> Told:
    values, body = split_front_matter(text)
    told = first_of(values, "published", "date")
    published = parse_date(told) if told else None
    return Told(
        text=body,
        media_type="text/markdown",
        title=first_of(values, "title"),
        publisher=first_of(values, "publisher"),
        authors=all_of(values, "authors", "author"),
        published=published,
        published_from="front matter" if published else None,
        address=first_of(values, "address", "url"),
        language=first_of(values, "language", "lang"),
        note=first_of(values, "note", "notice"),
        furniture=find_furniture(body),
    )


def _make_document(name: str, told: Told, option: str | None) -> Document:
    in_text = find_address(told.text) if told.media_type != "text/html" else None
    address = told.address or in_text
    published, published_from = _date_of(name, told, option, in_text)
    return Document(
        id=stable_id("document", name, sha256(told.text.encode("utf-8")).hexdigest()),
        name=name,
        text=told.text,
        title=told.title or find_headline(told.text),
        publisher=told.publisher or (site_of(address) if address else None),
        authors=told.authors or find_byline(told.text),
        published=published,
        published_from=published_from,
        address=address,
        language=detect_language(told.text, declared=told.language),
        media_type=told.media_type,
        note=told.note,
        furniture=told.furniture,
    )


def _date_of(
    name: str, told: Told, option: str | None, in_text: str | None
) -> tuple[str | None, str | None]:
    """The publication date and where it was found, the most deliberate statement first."""
    if option:
        return option, "option"
    if told.published:
        return told.published, told.published_from
    candidates = (
        (date_in_address(told.address) if told.address else None, "address"),
        (date_in_name(name) if "://" not in name else None, "file name"),
        (date_in_address(in_text) if in_text else None, "address"),
        (date_in_text(told.text), "dateline"),
    )
    return next(((found, place) for found, place in candidates if found), (None, None))
