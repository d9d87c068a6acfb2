"""A Markdown text with or without front matter.

Comes in: the bytes of the file. Goes out: the body to the letter, and what the front matter says of
it; without any, what the named lines at its head say, as of a plain text.
"""

from __future__ import annotations

from collections.abc import Iterator

from pactwatch.documents.dates import parse_date
from pactwatch.documents.decoding import decode
from pactwatch.documents.forms.text import told_of
from pactwatch.documents.frontmatter import all_of, first_of, split_front_matter
from pactwatch.documents.furniture import find_furniture
from pactwatch.documents.given import Given, Item, Told

__all__ = ["read"]


def read(given: Given) -> Iterator[Item]:
    """Read a Markdown text.

    Raises:
        DocumentError: it is empty, no text, or in no known encoding.
    """
    values, body = split_front_matter(decode(given.name, given.read(), declared=given.charset))
    if not values:
        yield told_of(body, "text/markdown")
        return
    published = first_of(values, "published", "date")
    modified = first_of(values, "modified", "updated", "lastmod")
    yield Told(
        text=body,
        media_type="text/markdown",
        title=first_of(values, "title"),
        publisher=first_of(values, "publisher"),
        authors=all_of(values, "authors", "author"),
        published=parse_date(published) if published else None,
        modified=parse_date(modified) if modified else None,
        address=first_of(values, "address", "url"),
        language=first_of(values, "language", "lang"),
        licence=first_of(values, "licence", "license", "rights"),
        note=first_of(values, "note", "notice"),
        place="front matter",
        furniture=find_furniture(body),
    )
