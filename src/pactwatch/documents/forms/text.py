"""A plain text: stored to the letter.

Comes in: the bytes of a text in any encoding. Goes out: the text, with what the named lines at its
head say of it ("Publisher: …"); these lines and what stood around the article are marked as
furniture.
"""

from __future__ import annotations

from collections.abc import Iterator

from pactwatch.documents.decoding import declared_charset, decode
from pactwatch.documents.furniture import find_furniture, merge_spans
from pactwatch.documents.given import Given, Item, Told
from pactwatch.documents.headblock import find_head_block
from pactwatch.documents.metadata import find_headline

__all__ = ["read", "told_of"]


def read(given: Given) -> Iterator[Item]:
    """Read a text.

    Raises:
        DocumentError: it is empty, no text, or in no known encoding.
    """
    data = given.read()
    text = decode(given.name, data, declared=given.charset or declared_charset(data))
    yield told_of(text, "text/plain")


def told_of(text: str, media_type: str) -> Told:
    """A text with what the named lines at its head say of it, which stay in it."""
    furniture = find_furniture(text)
    block = find_head_block(text)
    if block is None:
        return Told(text=text, media_type=media_type, furniture=furniture)
    return Told(
        text=text,
        media_type=media_type,
        title=block.title or find_headline(text[block.span.end :]),
        publisher=block.publisher,
        authors=block.authors,
        published=block.published,
        modified=block.modified,
        address=block.address,
        language=block.language,
        licence=block.licence,
        place="head lines",
        metadata_from={} if block.title else {"title": "text"},
        furniture=merge_spans(text, (block.span, *furniture)),
    )
