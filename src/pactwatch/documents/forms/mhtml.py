"""A web page saved with all its parts (MHTML).

Comes in: the file. Goes out: what the page itself tells, as if it had been fetched from the address
it was saved from; pictures, style sheets and frames are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from email.message import Message
from email.utils import parsedate_to_datetime

from pactwatch.documents.forms import html
from pactwatch.documents.forms.mail import header, parse_message, payload
from pactwatch.documents.given import Given, Hints, Item, Told
from pactwatch.errors import DocumentError

__all__ = ["read"]

_PAGES = ("text/html", "application/xhtml+xml")


def read(given: Given) -> Iterator[Item]:
    """Read a saved page.

    Raises:
        DocumentError: there is no page in it, or no article on the page.
    """
    message = parse_message(given.name, given.read())
    page = _page(message)
    if page is None:
        raise DocumentError(
            given.name, "a saved page without a page", "Save the page again, as HTML"
        )
    address = _address(page) or _address(message, "Snapshot-Content-Location")
    retrieved = _time(header(message, "Date"))
    inner = Given(
        name=given.name,
        data=payload(page),
        media_type=page.get_content_type(),
        charset=page.get_content_charset(),
        hints=replace(
            given.hints if given.hints != Hints() else Hints(place="saved page"),
            address=address or given.hints.address,
            retrieved=retrieved or given.hints.retrieved,
        ),
        options=given.options,
    )
    for item in html.read(inner):
        if isinstance(item, Told):
            saved = {"address": "saved page"} if item.address == address else {}
            item = replace(
                item,
                media_type="multipart/related",
                retrieved=item.retrieved or retrieved,
                metadata_from={"retrieved": "saved page", **saved, **item.metadata_from},
            )
        yield item


def _page(message: Message) -> Message | None:
    """The part that the message names as its start, else its first page."""
    pages = [part for part in message.walk() if part.get_content_type() in _PAGES]
    start = str(message.get_param("start", "") or "")
    named = [part for part in pages if start and part.get("Content-ID") == start]
    full = [part for part in pages if payload(part).strip()]
    return next(iter([*named, *full]), None)


def _address(message: Message, name: str = "Content-Location") -> str | None:
    found = re.match(r"https?://\S+$", header(message, name) or "")
    return found[0] if found else None


def _time(words: str | None) -> str | None:
    """A time of a mail header as ISO 8601 (UTC)."""
    if not words:
        return None
    try:
        moment = parsedate_to_datetime(words)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.isoformat(timespec="seconds")
