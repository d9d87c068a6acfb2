"""Which blocks of a page are its article.

Comes in: the blocks of a page with their elements, and the page itself. Goes out: the blocks that
are furniture. trafilatura says what the article is; its paragraphs are found again among the
visible blocks. Elements that are furniture by name (nav, aside, footer) or by class ("share-
buttons", "comments") overrule it for what they hold, but never where they hold most of the
article, as sites that wrap a whole page in <form> do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import trafilatura
from lxml import etree

from pactwatch.documents.lines import is_prose
from pactwatch.documents.visible import Block

__all__ = ["judge_blocks"]

_TAGS = frozenset(["nav", "aside", "footer", "button", "dialog", "menu", "form", "search", "label"])
_ROLES = frozenset(
    """navigation complementary contentinfo banner search dialog alertdialog menu menubar toolbar
    form""".split()  # noqa: SIM905
)
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|share|sharing|sharebar|social|socials|addthis|sharethis"
    r"|comments?|commentlist|respond|disqus|related|recommend(?:ed|ations?)?|cookies?|consent|gdpr|newsletter|signup"
    r"|subscribe|subscription|sidebar|side-bar|widgets?|promos?|promotion|adverts?|advertisement|ads|sponsored"
    r"|outbrain|taboola|popular|trending|mostread|most-read|tags|taglist|pagination|pager|skip|skiplink|footer"
    r"|masthead|paywall|login|toolbar|byline-social|readmore|read-more|more-stories|follow)(?:$|[\s_-])",
    re.IGNORECASE,
)
_TITLES = frozenset(("h1", "title"))
_ROOTS = frozenset(("html", "body", "main", "article"))
_NOTE = re.compile(
    r"(?:by|from)\s+[A-Z]|.*\b(?:19|20)\d\d\b|.*\b\d{1,2}:\d\d\b|.*\b(?:reporter|correspondent|minister)\b",
    re.I,
)
_FEWEST_LETTERS = 40  # an extraction shorter than this says nothing about where the article is


def judge_blocks(root: Any, blocks: Sequence[Block], *, title: str | None) -> list[bool]:
    """Tell for each block whether it is furniture.

    Args:
        title: The headline where the page's metadata name it; a block with these words is kept.
    """
    wanted = _squeeze(title or "")
    squeezed = [_squeeze(block.words) for block in blocks]
    extracted = _extract(root)
    aligned = _align(squeezed, extracted)
    weight = _weights(blocks, aligned)
    total = sum(len(s) for s, is_one in zip(squeezed, aligned, strict=True) if is_one)
    inside = [at for at, is_one in enumerate(aligned) if is_one]
    first, last = (inside[0], inside[-1]) if inside else (0, len(blocks) - 1)
    verdicts = []
    for at, block in enumerate(blocks):
        named = _named_furniture(block.element, weight, total)
        is_title = block.element.tag in _TITLES or bool(wanted and squeezed[at] == wanted)
        if named:
            verdicts.append(True)
        elif is_title or aligned[at] or not inside:
            verdicts.append(False)
        elif first <= at <= last or _in_article(block.element, weight, total):
            verdicts.append(not (is_prose(block.words) or _is_part(block)))
        else:
            verdicts.append(not (at >= first - 6 and at < first and _NOTE.match(block.words)))
    return verdicts


def _extract(root: Any) -> list[str]:
    """The paragraphs that trafilatura takes for the article, squeezed; none if it finds none."""
    found = trafilatura.bare_extraction(
        etree.tostring(root, encoding="unicode", method="html"),
        include_comments=False,
        include_tables=True,
        with_metadata=False,
    )
    text = getattr(found, "text", None) or ""
    lines = [_squeeze(line).lstrip("-•") for line in text.split("\n")]
    return [line for line in lines if line] if len(text) >= _FEWEST_LETTERS else []


def _align(squeezed: Sequence[str], extracted: Sequence[str]) -> list[bool]:
    """Find the extracted paragraphs again: a block is one, part of one, or holds one."""
    exact = frozenset(extracted)
    whole = "\n".join(extracted)
    aligned = []
    for words in squeezed:
        is_one = words in exact or (len(words) >= 20 and words in whole)
        if not is_one and len(words) >= 60:
            is_one = any(len(line) >= 40 and line in words for line in extracted)
        aligned.append(is_one)
    return aligned


def _weights(blocks: Sequence[Block], aligned: Sequence[bool]) -> Mapping[Any, int]:
    """Letters of the article under each element."""
    weight: dict[Any, int] = {}
    for block, is_one in zip(blocks, aligned, strict=True):
        if is_one:
            size = len(_squeeze(block.words))
            for element in (block.element, *block.element.iterancestors()):
                weight[element] = weight.get(element, 0) + size
    return weight


def _named_furniture(element: Any, weight: Mapping[Any, int], total: int) -> bool:
    """Tell whether an element around a block is furniture by its name, role or class."""
    in_article = False
    for node in (element, *element.iterancestors()):
        in_article = in_article or node.tag in ("article", "main")
        if node.tag in _ROOTS or (total and 2 * weight.get(node, 0) > total):
            continue
        if node.tag in _TAGS or node.get("role", "").lower() in _ROLES:
            return True
        if (
            node.tag == "header"
            and not in_article
            and not _inside_article(node)
            and not _holds_title(node)
        ):
            return True
        if _CLASS.search(f"{node.get('class', '')} {node.get('id', '')}"):
            return True
    return False


def _in_article(element: Any, weight: Mapping[Any, int], total: int) -> bool:
    """Tell whether a block stands in the <article> that holds most of the article."""
    return any(
        node.tag == "article" and 2 * weight.get(node, 0) > total
        for node in (element, *element.iterancestors())
    )


def _inside_article(node: Any) -> bool:
    return any(above.tag in ("article", "main") for above in node.iterancestors())


def _holds_title(node: Any) -> bool:
    return next(node.iter("h1"), None) is not None


def _is_part(block: Block) -> bool:
    """A short block inside the article that belongs to it: subheading, caption, cell, byline …"""
    tag = block.element.tag
    return tag in {
        "h2",
        "h3",
        "h4",
        "p",
        "figcaption",
        "blockquote",
        "td",
        "tr",
        "li",
        "dd",
        "dt",
        "time",
    } or bool(_NOTE.match(block.words))


def _squeeze(words: str) -> str:
    return "".join(words.replace("|", " ").split()).casefold()
