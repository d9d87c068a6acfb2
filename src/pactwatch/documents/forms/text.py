"""A plain text: stored to the letter.

Comes in: the bytes of a text in any encoding. Goes out: the text, with what stood around the
article marked as furniture.
"""

from __future__ import annotations

from collections.abc import Iterator

from pactwatch.documents.decoding import declared_charset, decode
from pactwatch.documents.furniture import find_furniture
from pactwatch.documents.given import Given, Item, Told

__all__ = ["read"]


def read(given: Given) -> Iterator[Item]:
    """Read a text.

    Raises:
        DocumentError: it is empty, no text, or in no known encoding.
    """
    data = given.read()
    text = decode(given.name, data, declared=given.charset or declared_charset(data))
    yield Told(text=text, media_type="text/plain", furniture=find_furniture(text))
