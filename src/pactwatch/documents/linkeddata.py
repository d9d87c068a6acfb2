"""The JSON-LD of a page: the node that describes its article, with what it refers to filled in.

Comes in: the tree of a page. Goes out: the properties of its article by lower-case key, or nothing.
Of JSON that is broken, as many sites print it, the plain properties are still read. Nothing is
judged here: whether a property is true of the article is for the caller.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pactwatch.documents.frontmatter import all_of

__all__ = ["find_article", "names_in"]

_KINDS = ("newsarticle", "pressrelease", "article", "blogposting", "posting", "report", "review",
          "governmentservice", "webpage", "creativework", "creativeworkseries")  # fmt: skip
_MOST = 2_000  # nodes looked at
_WRAPPED = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.*?\*/)+|(?:-->|//\s*\]\]>|\]\]>|;)+\s*$", re.S
)
_TRAILING = re.compile(r",(?=\s*[}\]])")
_PLAIN = re.compile(
    r'"(headline|datePublished|dateModified|dateCreated|inLanguage|license)"\s*:\s*'
    r'"((?:[^"\\]|\\.){1,500})"'
)
_NESTED = re.compile(
    r'"(publisher|author)"\s*:\s*\[?\s*\{[^{}]{0,600}?"name"\s*:\s*"((?:[^"\\]|\\.){1,200})"'
)


def find_article(root: Any, *, title: str | None = None) -> Mapping[str, object]:
    """The properties of the page's article; of several the one with the title, else the first.

    Under "website" stands the name of the site, where a node of its own tells it.
    """
    nodes = [node for script in _scripts(root) for node in _nodes(_load(script))]
    by_id = {
        node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1
    }
    found = _choose(nodes, title)
    if not found:
        found = next(filter(None, map(_salvage, _scripts(root))), {})
    article = {key.lower(): _resolved(value, by_id) for key, value in found.items()}
    site = next((n for n in nodes if "website" in _kinds(n)), None)
    if site and isinstance(site.get("name"), str):
        article.setdefault("website", site["name"])
    return article


def names_in(article: Mapping[str, object], *keys: str) -> tuple[str, ...]:
    """The words or names under the first of some keys that has any, entities resolved."""
    return tuple(html.unescape(words) for words in all_of(article, *keys))


def _choose(nodes: list[dict[str, Any]], title: str | None) -> dict[str, Any]:
    for wanted in _KINDS:
        fitting = [node for node in nodes if any(k.endswith(wanted) for k in _kinds(node))]
        if fitting:
            told = [node for node in fitting if title and _same(node.get("headline"), title)]
            return (told or fitting)[0]
    return {}


def _same(headline: object, title: str) -> bool:
    return isinstance(headline, str) and _bare(html.unescape(headline)) in _bare(title)


def _bare(words: str) -> str:
    return "".join(re.findall(r"\w+", words)).casefold() or "\0"


def _kinds(node: Mapping[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [
        k.lower() for k in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(k, str)
    ]


def _scripts(root: Any) -> Iterator[str]:
    for script in root.iter("script"):
        if "ld+json" in script.get("type", "").lower() and script.text:
            yield script.text


def _load(words: str) -> object:
    clean = _WRAPPED.sub("", words)
    for attempt in (words, clean, _TRAILING.sub("", clean), html.unescape(clean)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue  # many sites publish broken JSON-LD: mended where that is plain, else salvaged
    return None


def _salvage(words: str) -> dict[str, Any]:
    """Single properties out of JSON that can't be read as a whole."""
    if not re.search(r'"@type"\s*:\s*\[?\s*"[A-Za-z]*(?:Article|Posting|Report)"', words):
        return {}
    found: dict[str, Any] = {}
    for key, value in [*_PLAIN.findall(words), *_NESTED.findall(words)]:
        try:
            found.setdefault(key, json.loads(f'"{value}"', strict=False))
        except ValueError:
            continue  # a broken escape in this very value
    return found


def _nodes(value: object) -> Iterator[dict[str, Any]]:
    waiting, left = [value], _MOST
    while waiting and left:
        here, left = waiting.pop(0), left - 1
        if isinstance(here, list):
            waiting[:0] = here[:_MOST]
        elif isinstance(here, dict):
            yield here
            waiting += [here.get("@graph"), here.get("mainEntity"), here.get("mainEntityOfPage")]


def _resolved(value: object, by_id: Mapping[str, Any]) -> object:
    """A property with its references ({"@id": …}) replaced by what they name."""
    if isinstance(value, list):
        return [_resolved(one, by_id) for one in value]
    if isinstance(value, dict):
        target = by_id.get(value["@id"]) if isinstance(value.get("@id"), str) else None
        value = value if "name" in value or target is None else target
        name = value.get("name")
        return {**value, "name": name[0]} if isinstance(name, list) and name else value
    return value
