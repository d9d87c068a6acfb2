"""A feed (RSS, Atom, JSON Feed): the addresses it names.

Comes in: the file. Goes out: a `Link` for each entry, with what the feed says of it and with the
text that it carries, be it the whole or a teaser, which stands for a page that can't be had. An
entry without an address is its text. Nothing is fetched here.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pactwatch.documents.decoding import storable
from pactwatch.documents.forms.mail import page_text
from pactwatch.documents.forms.values import as_date, as_language, is_address, is_html
from pactwatch.documents.furniture import find_furniture
from pactwatch.documents.given import Given, Hints, Item, Link, Told
from pactwatch.documents.limits import MOST_LINKS
from pactwatch.errors import DocumentError
from pactwatch.model import Problem

__all__ = ["read"]

_OF_FEED = "the text that the feed carries; the page itself was not read"
_NOTHING = ("a feed without entries", "Name the pages themselves")


def read(given: Given) -> Iterator[Item]:
    """Read a feed.

    Raises:
        DocumentError: it is broken, or names nothing.
    """
    data = given.read()
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        told, entries = _json_feed(given, data)
    else:
        told, entries = _feed(given, data)
    found = 0
    for number, entry in enumerate(entries, start=1):
        if found > MOST_LINKS:
            return  # one too many, which the walk tells of
        item = _item(given, told, entry, number)
        found += 1
        yield item
    if not found:
        raise DocumentError(given.name, *_NOTHING)


def _feed(given: Given, data: bytes) -> tuple[Hints, Iterator[Mapping[str, Any]]]:
    import feedparser

    # A stream, never the bytes themselves: those it would take for a file's name or an address.
    parsed = feedparser.parse(
        io.BytesIO(data), response_headers={"content-type": "application/xml"}
    )
    if parsed.bozo and not parsed.entries:
        raise DocumentError(given.name, "a broken feed", "Name the pages themselves")
    whole = parsed.feed
    return (
        Hints(
            place="feed",
            publisher=_line(whole.get("title")),
            language=_language(whole.get("language")),
            licence=_line(whole.get("license") or whole.get("rights")),
        ),
        (_entry(entry, is_rss=parsed.version.startswith("rss")) for entry in parsed.entries),
    )


def _entry(entry: Mapping[str, Any], *, is_rss: bool) -> Mapping[str, Any]:
    """An entry as `_item` reads it."""
    updated = dict(entry).get("updated")  # feedparser itself would give "published" for it
    published = entry.get("published") or (updated if is_rss else None)  # its dc:date
    contents = [piece.get("value", "") for piece in entry.get("content") or ()]
    people = [person.get("name") for person in entry.get("authors") or ()]
    source = entry.get("source") or {}
    return {
        "address": next(
            (a for a in (entry.get("feedburner_origlink"), entry.get("link"), entry.get("id"))
             if isinstance(a, str) and is_address(a)), None),
        "title": entry.get("title"),
        "published": published,
        "modified": updated if updated != published else None,
        "authors": people or [entry.get("author")],
        "publisher": source.get("title"),
        "licence": entry.get("license") or entry.get("rights"),
        "language": next((piece.get("language") for piece in entry.get("content") or ()), None)
        or (entry.get("title_detail") or {}).get("language"),
        "text": max([*contents, entry.get("summary") or ""], key=len),
    }  # fmt: skip


def _json_feed(given: Given, data: bytes) -> tuple[Hints, Iterator[Mapping[str, Any]]]:
    try:
        whole = json.loads(data, strict=False)
    except (ValueError, RecursionError):
        raise DocumentError(given.name, "a broken feed", "Name the pages themselves") from None
    items = whole.get("items") if isinstance(whole, dict) else None
    entries = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    hints = Hints(
        place="feed",
        publisher=_line(whole.get("title")) if entries else None,
        language=_language(whole.get("language")) if entries else None,
    )
    return hints, map(_json_entry, entries)


def _json_entry(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    people = entry.get("authors") or [entry.get("author")]
    names = [person.get("name") for person in people if isinstance(person, dict)]
    named = (entry.get("url"), entry.get("external_url"), entry.get("id"))
    return {
        "address": next((a for a in named if isinstance(a, str) and is_address(a)), None),
        "title": entry.get("title"),
        "published": entry.get("date_published"),
        "modified": entry.get("date_modified"),
        "authors": names,
        "language": entry.get("language"),
        "text": entry.get("content_html") or entry.get("content_text") or "",
    }


def _item(given: Given, feed: Hints, entry: Mapping[str, Any], number: int) -> Item:
    address = entry["address"]
    hints = Hints(
        place="feed",
        title=_text(_line(entry.get("title"))),
        publisher=_line(entry.get("publisher")) or feed.publisher,
        authors=tuple(filter(None, map(_name, entry.get("authors") or ()))),
        published=_date(entry.get("published")),
        modified=_date(entry.get("modified")),
        address=address,
        language=_language(entry.get("language")) or feed.language,
        licence=_line(entry.get("licence")) or feed.licence,
    )
    text = storable(str(entry.get("text") or "")).replace("\x00", "\ufffd")
    if not text.strip():
        if address:
            return Link(address=address, hints=hints)
        fault, step = "an entry without text or address", "Name the page itself"
        return Problem(name=f"{given.name}/{number}", fault=fault, next_step=step)
    words = page_text(given.name, text) if is_html(text) else text
    told = Told(
        text=words,
        media_type="text/html" if words is not text else "text/plain",
        title=hints.title,
        publisher=hints.publisher,
        authors=hints.authors,
        published=hints.published,
        modified=hints.modified,
        address=address,
        language=hints.language,
        licence=hints.licence,
        note=_OF_FEED if address else None,
        place="feed",
        furniture=find_furniture(words),
        part=address.partition("://")[2] if address else str(number),
        original=text.encode("utf-8"),
    )
    return Link(address=address, hints=hints, instead=told) if address else told


def _line(value: object) -> str | None:
    words = " ".join(storable(value).replace("\x00", "").split()) if isinstance(value, str) else ""
    return words[:1000] or None


def _text(words: str | None) -> str | None:
    """A title without the tags and entities that some feeds put into it."""
    if not words or not re.search("[<&]", words):
        return words
    try:
        return _line(page_text("", words))
    except DocumentError:
        return words


def _name(value: object) -> str | None:
    """A person's name; of "jane@example.org (Jane Doe)" the name alone."""
    words = _line(value) or ""
    inside = words.partition("(")[2].rpartition(")")[0].strip() if "@" in words else words
    return inside if inside and "@" not in inside else None


def _date(value: object) -> str | None:
    return as_date(value) if isinstance(value, str) and value.strip() else None


def _language(value: object) -> str | None:
    return as_language(value) if isinstance(value, str) and value.strip() else None
