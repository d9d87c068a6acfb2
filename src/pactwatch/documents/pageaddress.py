"""The address of a page: where it was fetched from or saved, and what it calls canonical.

Comes in: the tree of a page with its meta elements and JSON-LD. Goes out: an address and the place
where it was found. Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from pactwatch.documents.linkeddata import names_in
from pactwatch.documents.metadata import site_of
from pactwatch.documents.pagetree import Metas, absolute

__all__ = ["find_page_address", "saved_from"]

_HEAD = 8_000  # characters
_COMMENT = re.compile(r"<!--(.{0,2000}?)-->", re.DOTALL)
_SAVED = re.compile(
    r"saved from url=\(\d{1,5}\)(\S+)|Page saved with SingleFile\s+url:\s*(\S+)"
    r"|^\s*url:\s*(https?://\S+)"
)


def find_page_address(
    root: Any,
    metas: Metas,
    linked: Mapping[str, object],
    *,
    given: str | None,
    saved: str | None,
) -> tuple[str | None, str]:
    """The canonical address; one of another site, or of its front page only, is not believed.

    Args:
        given: Where it was fetched from.
        saved: What `saved_from` found.
    """
    own, own_place = (given, "address") if given else (saved, "saved page")
    links = [
        node.get("href")
        for node in root.iter("link")
        if "canonical" in (node.get("rel") or "").lower().split()
    ]
    base = next((node.get("href") for node in root.iter("base") if node.get("href")), None)
    candidates = [(link, "canonical link") for link in links]
    candidates += [(metas.get("og:url"), "meta")]
    candidates += [(words, "json-ld") for words in names_in(linked, "url")[:1]]
    for href, place in candidates:
        address = absolute(href, own or base)
        if address and _is_page_of(address, own):
            return address, place
    return own, own_place if own else ""


def _is_page_of(address: str, own: str | None) -> bool:
    path = urlsplit(address).path.strip("/")
    if own is None:
        return True
    same_site = _domain(address) == _domain(own)
    return same_site and bool(path or not urlsplit(own).path.strip("/"))


def _domain(address: str) -> str:
    """The last two names of a host: enough to tell "www." and "amp." from another site."""
    return ".".join((site_of(address) or "").split(".")[-2:])


def saved_from(markup: str) -> str | None:
    """The address that a browser wrote into a comment at the head of a page as it saved it."""
    for comment in _COMMENT.findall(markup[:_HEAD]):
        match = _SAVED.search(comment)
        if match:
            address = absolute(next(filter(None, match.groups())), None)
            if address:
                return address
    return None
