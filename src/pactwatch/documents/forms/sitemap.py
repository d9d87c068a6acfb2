"""A sitemap, or an index of sitemaps: the addresses it names.

Comes in: the file. Goes out: a `Link` for each address, with what a sitemap of news says of it; the
sitemaps that an index names are links like any other. Nothing is fetched here.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from lxml import etree

from pactwatch.documents.decoding import storable
from pactwatch.documents.forms.values import as_date, as_language, is_address
from pactwatch.documents.given import Given, Hints, Item, Link
from pactwatch.documents.limits import MOST_LINKS
from pactwatch.errors import DocumentError

__all__ = ["read"]

_STEP = "Name the pages themselves"


def read(given: Given) -> Iterator[Item]:
    """Read a sitemap.

    Raises:
        DocumentError: it is broken, or names nothing.
    """
    source = io.BytesIO(given.read())
    found = 0
    try:
        for _, node in etree.iterparse(
            source,
            events=("end",),
            tag=("{*}url", "{*}sitemap"),
            recover=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        ):
            link = _link(node)
            node.clear()
            while node.getprevious() is not None:
                del node.getparent()[0]
            if link is not None:
                found += 1
                yield link
            if found > MOST_LINKS:
                return  # one too many, which the walk tells of
    except etree.XMLSyntaxError as error:
        fault = "a broken sitemap"
        if found:
            fault += f": only its first {found:,} addresses could be read"
        raise DocumentError(given.name, fault, _STEP) from error
    if not found:
        raise DocumentError(given.name, "a sitemap without addresses", _STEP)


def _link(node: Any) -> Link | None:
    told: dict[str, str] = {}
    for inner in node.iter():
        if isinstance(inner.tag, str) and inner.text and inner.text.strip():
            name = etree.QName(inner).localname.lower()
            told.setdefault(name, " ".join(storable(inner.text).split()))
    address = told.get("loc", "")
    if not is_address(address):
        return None
    news = "publication_date" in told
    return Link(
        address=address,
        hints=Hints(
            place="sitemap",
            address=address,
            title=told.get("title") if news else None,
            publisher=told.get("name") if news else None,
            published=as_date(told["publication_date"]) if news else None,
            modified=as_date(told.get("lastmod", "")),
            language=as_language(told["language"]) if news and "language" in told else None,
        ),
    )
