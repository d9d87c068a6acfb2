"""An HTML page as a document: its visible text, what of it is furniture, and what it says of
itself.

Comes in: the bytes of a page and where it comes from. Goes out: a `Told` with text, furniture and
metadata; JSON-LD is trusted before meta elements, these before what trafilatura and
htmldate infer. A page on which no sentence is left beside its furniture is refused.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import htmldate
import trafilatura
from lxml import etree

from pactwatch.documents.article import judge_blocks
from pactwatch.documents.dates import parse_date
from pactwatch.documents.decoding import declared_charset, decode, storable
from pactwatch.documents.frontmatter import all_of, first_of
from pactwatch.documents.furniture import find_furniture, merge_spans
from pactwatch.documents.given import Given, Item, Told
from pactwatch.documents.lines import is_prose
from pactwatch.documents.visible import Block, parse_page, visible_blocks
from pactwatch.errors import DocumentError
from pactwatch.model import Span

__all__ = ["read", "read_page"]

_ARTICLES = ("article", "posting", "report", "webpage")
for _noisy in ("trafilatura", "htmldate"):
    logging.getLogger(_noisy).addHandler(logging.NullHandler())  # what they refuse, we report
_FIRST_DAY, _LAST_DAY = (
    "1985-01-01",
    "2099-12-31",
)  # fixed, so that a page reads the same on any day


def read(given: Given) -> Iterator[Item]:
    """Read a page.

    Raises:
        DocumentError: there is no text, or no article in it.
    """
    data = given.read()
    markup = decode(given.name, data, declared=given.charset or declared_charset(data))
    yield read_page(given.name, markup, address=given.hints.address)


def read_page(name: str, markup: str, *, address: str | None) -> Told:
    """Read a page.

    Args:
        name: The file or address, for messages.
        address: Where it was fetched from; None for a file, which may name its address itself.

    Raises:
        DocumentError: there is no article in it.
    """
    root = parse_page(name, markup)
    linked = _linked_data(root)
    inferred = trafilatura.extract_metadata(
        etree.tostring(root, encoding="unicode", method="html"),
        default_url=address,
        extensive=False,
        date_config={"extensive_search": False, "max_date": _LAST_DAY},
    )
    title = (
        _meta(root, "og:title") or first_of(linked, "headline") or inferred.title or _title(root)
    )
    text, blocks = visible_blocks(root)
    text = storable(text)
    furniture = _furniture(root, text, blocks, title)
    if not _has_article(blocks, furniture):
        raise DocumentError(
            name, "a page without an article", "Save the text of the article as a .txt file"
        )
    published, published_from = _published(root, linked)
    own = address or _address(root)
    return Told(
        text=text,
        media_type="text/html",
        title=_clean(title),
        publisher=_clean(
            first_of(linked, "publisher") or _meta(root, "og:site_name") or inferred.sitename
        ),
        authors=_authors(root, linked, inferred.author),
        published=published,
        metadata_from={"published": published_from} if published_from else {},
        place="meta",
        address=own,
        language=root.get("lang") or first_of(linked, "inlanguage"),
        furniture=furniture,
    )


def _furniture(root: Any, text: str, blocks: list[Block], title: str | None) -> tuple[Span, ...]:
    verdicts = judge_blocks(root, blocks, title=title)
    spans = [
        Span(start=block.start, end=block.end)
        for block, is_one in zip(blocks, verdicts, strict=True)
        if is_one
    ]
    return merge_spans(text, [*spans, *find_furniture(text)])


def _has_article(blocks: list[Block], furniture: tuple[Span, ...]) -> bool:
    return any(
        is_prose(block.words)
        and not any(span.start <= block.start and block.end <= span.end for span in furniture)
        for block in blocks
    )


def _published(root: Any, linked: Mapping[str, object]) -> tuple[str | None, str | None]:
    told = first_of(linked, "datepublished") or first_of(linked, "datecreated")
    found = parse_date(told) if told else None
    if found:
        return found, "json-ld"
    for key in (
        "article:published_time",
        "og:published_time",
        "datePublished",
        "dc.date.issued",
        "pubdate",
    ):
        told = _meta(root, key)
        found = parse_date(told) if told else None
        if found:
            return found, "meta"
    inferred = htmldate.find_date(
        root, extensive_search=False, original_date=True, min_date=_FIRST_DAY, max_date=_LAST_DAY
    )
    return (inferred, "meta") if inferred else (None, None)


def _linked_data(root: Any) -> dict[str, object]:
    """The JSON-LD of the page's article, by lower-case key; what is malformed is left out."""
    nodes = [
        node
        for script in root.iter("script")
        if "ld+json" in script.get("type", "")
        for node in _nodes(_loads(script.text or ""))
    ]
    for wanted in _ARTICLES:
        for node in nodes:
            kinds = node.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(kind, str) and kind.lower().endswith(wanted) for kind in kinds):
                return {key.lower(): value for key, value in node.items()}
    return {}


def _loads(words: str) -> object:
    try:
        return json.loads(words, strict=False)
    except (ValueError, RecursionError):
        return (
            None  # many sites publish broken JSON-LD; the page has other sources of the same facts
        )


def _nodes(value: object) -> Iterator[dict[str, Any]]:
    waiting = [value]
    while waiting:
        here = waiting.pop(0)
        if isinstance(here, list):
            waiting[:0] = here
        elif isinstance(here, dict):
            yield here
            waiting.append(here.get("@graph"))


def _meta(root: Any, key: str) -> str | None:
    wanted = key.lower()
    for node in root.iter("meta"):
        names = (node.get("property"), node.get("name"), node.get("itemprop"))
        if (
            any(name and name.lower() == wanted for name in names)
            and (node.get("content") or "").strip()
        ):
            return str(node.get("content")).strip()
    return None


def _title(root: Any) -> str | None:
    node = next(root.iter("title"), None)
    return node.text_content() if node is not None else None


def _authors(root: Any, linked: Mapping[str, object], inferred: str | None) -> tuple[str, ...]:
    told = all_of(linked, "author", "creator")
    if not told:
        named = _meta(root, "author") or _meta(root, "article:author") or inferred or ""
        told = tuple(named.replace(" and ", ";").split(";"))
    names = [storable(" ".join(name.split())).removeprefix("By ") for name in told]
    return tuple(dict.fromkeys(name for name in names if name and "://" not in name))


def _address(root: Any) -> str | None:
    linked = [
        n.get("href") for n in root.iter("link") if (n.get("rel") or "").lower() == "canonical"
    ]
    for address in (*linked, _meta(root, "og:url")):
        try:
            if address and urlsplit(address).scheme in ("http", "https"):
                return storable(str(address))
        except ValueError:
            continue  # not an address at all
    return None


def _clean(words: str | None) -> str | None:
    return storable(" ".join(words.split())) or None if words else None
