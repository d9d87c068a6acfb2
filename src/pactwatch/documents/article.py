"""Which blocks of a page are its article, which go with it, and which are furniture.

Comes in: the blocks of a page with their elements, what was extracted of it, and its titles. Goes
out: a verdict for each block. Paragraphs that were extracted are the article, with the prose that
stands among them. Elements that are furniture by name (nav, aside, footer) or by class ("share-
buttons", "comments") overrule both for what they hold, but never where they hold most of the
article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal

from pactwatch.documents.elements import (
    HEADLINES,
    PARTS,
    SUBHEADS,
    is_embed,
    is_named_caption,
    is_named_head,
    kind_of,
    lineage,
)
from pactwatch.documents.lines import is_prose
from pactwatch.documents.survey import LINKED, Survey, survey
from pactwatch.documents.visible import Block

__all__ = ["Verdict", "judge_blocks"]

Verdict = Literal["text", "note", "furniture"]
"""A block is running text of the article, goes with it (headline, byline, date line, standfirst,
caption), or is furniture."""

_NOTE = re.compile(
    r"(?:by|from)\s+[A-Z]|.*\b(?:19|20)\d\d\b|.*\b\d{1,2}:\d\d\b|.*\b(?:reporter|correspondent|minister)\b",
    re.I,
)
_STOP = re.compile(r"[.!?…][\"'”’»)]*$")
_HEAD_BLOCKS = 8
_LONGEST_NOTE = 120  # characters
_FEWEST_REPEATED = 40  # letters of a block that is not there twice by chance


def judge_blocks(
    blocks: Sequence[Block], extracted: Sequence[str], *, titles: Sequence[str]
) -> list[Verdict]:
    """Tell for each block what it is.

    Args:
        extracted: The lines of the article, as `extract_lines` gives them.
        titles: What the page's metadata and its title element call it; the headline is found by it.
    """
    page = survey(blocks, extracted, titles)
    verdicts: list[Verdict] = []
    looks: dict[str, str] = {}
    noted: set[str] = set()
    for at, block in enumerate(blocks):
        words = page.squeezed[at]
        verdict = _judge(page, at, block)
        if verdict != "furniture" and len(words) >= _FEWEST_REPEATED:
            look = f"{block.element.tag} {block.element.get('class', '')}"
            if looks.setdefault(words, look) != look or (verdict == "note" and words in noted):
                verdict = "furniture"  # the same again: for another screen, or a pulled quotation
            elif verdict == "note":
                noted.add(words)
        verdicts.append(verdict)
    return verdicts


def _judge(page: Survey, at: int, block: Block) -> Verdict:
    believed = page.aligned[at] and is_prose(block.words)
    if page.is_furniture(block.element, weak=not believed):
        return "furniture"
    if at == page.headline or block.element.tag in HEADLINES:
        return "note"
    is_link = block.linked >= LINKED * len(block.words) and not is_prose(block.words)
    if is_link or page.is_teaser(block.element):
        return "furniture"
    if not page.total:
        return "furniture" if 2 * block.linked > len(block.words) else "text"
    if page.first < at < page.last and _is_embedded(block.element):
        return "text"
    if page.aligned[at]:
        return "note" if _goes_with(page, at, block) else "text"
    if 2 * block.linked > len(block.words):
        return "furniture"
    if page.headline is not None and at < page.headline:
        return "furniture" if at < page.headline - 3 else _note(block)
    if page.first < at < page.last or _looks_like_text(block.element, page):
        if _is_caption(block.element, page):
            return "note"
        if _is_part(page, at, block):
            return "note" if _goes_with(page, at, block) else "text"
    elif page.first - _HEAD_BLOCKS <= at < page.first:
        return _note(block)
    return "furniture"


def _note(block: Block) -> Verdict:
    return "note" if _NOTE.match(block.words) or is_prose(block.words) else "furniture"


def _goes_with(page: Survey, at: int, block: Block) -> bool:
    """Tell whether a block of the article is a byline, date line, standfirst or caption."""
    element = block.element
    if _is_caption(element, page):
        return True
    above = element.getparent()
    is_small = 2 * page.weight.get(above, 0) <= page.total
    if at < page.body:
        named = is_named_head(element) or (above is not None and is_small and is_named_head(above))
        short = len(block.words) < _LONGEST_NOTE
        apart = above is not None and above not in page.parents
        is_line = short and (_NOTE.match(block.words) or (apart and not is_prose(block.words)))
        return bool(element.tag in SUBHEADS or named or is_line or block.words.isupper())
    return len(block.words) < _LONGEST_NOTE and is_small and is_named_head(element)


def _is_part(page: Survey, at: int, block: Block) -> bool:
    """Tell whether a block that was not extracted belongs to the paragraphs around it."""
    if is_prose(block.words):
        return True
    inside = page.first < at < page.last
    if block.element.tag in SUBHEADS:
        return inside and page.aligned[at + 1]
    beside = _looks_like_text(block.element, page) or block.element in page.weight
    is_sentence = bool(_STOP.search(block.words))
    return beside and block.element.tag in PARTS and (inside or is_sentence)


def _looks_like_text(element: Any, page: Survey) -> bool:
    """Tell whether an element stands where paragraphs of the article stand."""
    parent = element.getparent()
    return parent in page.parents or kind_of(parent) in page.kinds


def _is_embedded(element: Any) -> bool:
    return any(is_embed(node) for node in lineage(element)[:2])


def _is_caption(element: Any, page: Survey) -> bool:
    for node in lineage(element):
        if 4 * page.weight.get(node, 0) > page.total:
            return False
        if is_named_caption(node):
            return True
    return False
