"""What several readers of a page's tree need: its meta elements, microdata, words and names.

Comes in: the tree of a page, or an element. Goes out: strings, with entities resolved and blanks
closed up. Nothing is judged here.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from pactwatch.documents.decoding import storable

__all__ = [
    "Metas",
    "absolute",
    "line_of",
    "names_around",
    "names_of",
    "properties",
    "read_metas",
    "words_of",
]


class Metas:
    """The meta elements of a page by lower-case name."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self.values: dict[str, list[str]] = {}
        for key, content in pairs:
            self.values.setdefault(key, []).append(content)

    def all(self, key: str) -> Sequence[str]:
        """Every value under a name."""
        return self.values.get(key, [])

    def get(self, key: str) -> str | None:
        """The first value under a name."""
        return next(iter(self.all(key)), None)


def read_metas(root: Any) -> Metas:
    """The meta elements of a page."""
    pairs = []
    for node in root.iter("meta"):
        content = " ".join((node.get("content") or "").split())
        if content:
            for name in (
                node.get("property"),
                node.get("name"),
                node.get("itemprop"),
                node.get("http-equiv"),
            ):
                if name:
                    pairs.append((name.strip().lower(), content))
    return Metas(pairs)


def properties(root: Any, name: str) -> list[str]:
    """The values of a microdata property; of one that is a thing, its name."""
    found = []
    for node in root.iterfind(".//*[@itemprop]"):
        if name not in (node.get("itemprop") or "").split() or node.tag == "meta":
            continue
        inner = node.find(".//*[@itemprop='name']") if node.get("itemscope") is not None else None
        source = inner if inner is not None else node
        found.append(source.get("content") or source.get("datetime") or words_of(source) or "")
    return [words for words in found if words.strip()]


def absolute(href: str | None, base: str | None) -> str | None:
    """The whole address that a link names; None if that is none of the web."""
    try:
        address = urljoin(base or "", (href or "").strip())
        whole = (
            href and urlsplit(address).scheme in ("http", "https") and urlsplit(address).hostname
        )
    except ValueError:
        return None  # not an address at all
    return storable(address) if whole else None


def names_around(node: Any) -> str:
    """What an element and the one around it are called."""
    above = node.getparent()
    return names_of(node) + (" " + names_of(above) if above is not None else "")


def names_of(node: Any) -> str:
    """Class, id and microdata property of an element."""
    return f"{node.get('class', '')} {node.get('id', '')} {node.get('itemprop', '')}"


def words_of(node: Any) -> str | None:
    """The words in an element."""
    return None if node is None else " ".join(" ".join(node.itertext()).split())


def line_of(words: str | None) -> str | None:
    """Words as one line, fit to be stored."""
    return storable(html.unescape(" ".join(words.split()))) or None if words else None
