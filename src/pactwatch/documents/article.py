"""Which blocks of a page are its article, which go with it, and which are furniture.

Comes in: the blocks of a page with their elements, and the page itself. Goes out: a verdict for each
block. trafilatura says what the article is; its paragraphs are found again among the visible blocks.
Prose that stands among them and that it left out is added. Elements that are furniture by name (nav,
aside, footer) or by class ("share-buttons", "comments") overrule both for what they hold, but never
where they hold most of the article, as sites that wrap a whole page in <form> do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Literal

from pactwatch.documents.lines import is_prose
from pactwatch.documents.visible import Block

__all__ = ["Verdict", "extract_lines", "judge_blocks", "shown_share"]

Verdict = Literal["text", "note", "furniture"]
"""A block is running text of the article, goes with it (headline, byline, date line, standfirst,
caption), or is furniture."""

_TAGS = frozenset(["nav", "aside", "footer", "button", "dialog", "menu", "form", "search", "label"])
_ROLES = frozenset(
    """navigation complementary contentinfo banner search dialog alertdialog menu menubar toolbar
    form""".split()  # noqa: SIM905
)
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|share|sharing|sharebar|socials?|addthis|sharethis"
    r"|comments?|commentlist|respond|disqus|related|recommend(?:ed|ations?)?|recirc(?:ulation)?|cookies?|consent|gdpr"
    r"|newsletter|signup|subscribe|subscription|sidebar|side-bar|promos?|promotion|adverts?|advertisement"
    r"|sponsored|outbrain|taboola|popular|trending|mostread|most-read|taglist|pagination"
    r"|pager|skip|skiplink|footer|masthead|login|toolbar|byline-social|more-stories"
    r"|biography|author-?(?:bio|box|info|description)|about-?author|sr-only|visually-hidden"
    r"|screen-reader-text|d-print-block|print-only)(?:$|[\s_-])",
    re.IGNORECASE,
)
_WEAK = re.compile(  # names that paragraphs of an article bear too, on some sites
    r"(?:^|[\s_-])(?:(?<!elementor-)widgets?|ads|latest|breaking|tags|paywall|readmore|read-more|follow|bio)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_EMBED = re.compile(r"twitter-tweet|instagram-media|social-media-embed|embed", re.IGNORECASE)
_CAPTION = re.compile(r"caption|credit|photograph|wp-image|gallery|slideshow", re.IGNORECASE)
_HEAD = re.compile(
    r"(?:^|[\s_-])(?:by-?line|authors?|date(?:line|time)?|time(?:stamp)?|meta|posted|published|updated|pub-?date|dek"
    r"|standfirst|summary|sub-?head(?:line)?|sub-?line|subtitle|deck|intro|excerpt|credits?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HEADLINES = frozenset(("h1", "title"))
_SUBHEADS = frozenset(("h2", "h3", "h4", "h5", "h6", "dt", "caption"))
_PARTS = frozenset(("p", "blockquote", "li", "td", "tr", "dd", "pre", "div", "th"))
_ROOTS = frozenset(("html", "body", "main", "article"))
_NOTE = re.compile(
    r"(?:by|from)\s+[A-Z]|.*\b(?:19|20)\d\d\b|.*\b\d{1,2}:\d\d\b|.*\b(?:reporter|correspondent|minister)\b",
    re.I,
)
_HEAD_BLOCKS = 8
_LINKED = 0.9  # share of links from which a block is a link and nothing else
_LONGEST_TEASER = 700  # letters
_FEWEST_LETTERS = 40  # an extraction shorter than this says nothing about where the article is


@dataclass(frozen=True, slots=True)
class _Page:
    """What is known of the page as a whole."""

    aligned: list[bool]
    weight: Mapping[Any, int]  # letters of the article under each element
    total: int
    parents: frozenset[Any]  # elements that have a paragraph of the article for a child
    kinds: frozenset[tuple[str, ...]]  # what these look like, by tag and class
    teasers: frozenset[Any]  # elements that announce another page
    first: int
    last: int
    body: int  # first block of running text


def judge_blocks(
    blocks: Sequence[Block], extracted: Sequence[str], *, title: str | None
) -> list[Verdict]:
    """Tell for each block what it is.

    Args:
        extracted: The lines of the article, as `extract_lines` gives them.
        title: The headline where the page's metadata name it; a block with these words is kept.
    """
    wanted = _squeeze(title or "")
    squeezed = [_squeeze(block.words) for block in blocks]
    page = _survey(blocks, squeezed, _align(squeezed, extracted))
    verdicts: list[Verdict] = []
    seen: dict[str, str] = {}
    noted: set[str] = set()
    for at, block in enumerate(blocks):
        is_title = block.element.tag in _HEADLINES or bool(wanted and squeezed[at] == wanted)
        verdict = _judge(page, at, block, is_title=is_title)
        if verdict != "furniture" and len(squeezed[at]) >= _FEWEST_LETTERS:
            look = f"{block.element.tag} {block.element.get('class', '')}"
            if seen.setdefault(squeezed[at], look) != look or (
                verdict == "note" and squeezed[at] in noted
            ):
                verdict = "furniture"  # the same again: for another screen, or a pulled quotation
            elif verdict == "note":
                noted.add(squeezed[at])
        verdicts.append(verdict)
    return verdicts


def _judge(page: _Page, at: int, block: Block, *, is_title: bool) -> Verdict:
    if _named_furniture(block.element, page, weak=not (page.aligned[at] and is_prose(block.words))):
        return "furniture"
    if is_title:
        return "note"
    if not page.total:
        return "text"
    is_link = block.linked >= _LINKED * len(block.words) and not is_prose(block.words)
    if _is_teaser(block.element, page) or is_link:
        return "furniture"
    if page.first < at < page.last and _is_embed(block.element):
        return "text"
    if page.aligned[at]:
        return "note" if _goes_with(page, at, block) else "text"
    if 2 * block.linked > len(block.words):
        return "furniture"
    if page.first < at < page.last or _looks_like_text(block.element, page):
        if _is_caption(block.element, page):
            return "note"
        if _is_part(page, at, block):
            return "note" if _goes_with(page, at, block) else "text"
    elif page.first - _HEAD_BLOCKS <= at < page.first and (
        _NOTE.match(block.words) or is_prose(block.words)
    ):
        return "note"
    return "furniture"


def _goes_with(page: _Page, at: int, block: Block) -> bool:
    """Tell whether a block of the article is a byline, date line, standfirst or caption."""
    if _is_caption(block.element, page):
        return True
    above = block.element.getparent()
    names = _names(block.element) + " " + ("" if above is None else _names(above))
    small = page.weight.get(above, 0) * 2 <= page.total
    if at < page.body:
        return bool(
            block.element.tag in _SUBHEADS
            or (small and _HEAD.search(names))
            or (len(block.words) < 120 and _NOTE.match(block.words))
        )
    return len(block.words) < 120 and small and bool(_HEAD.search(_names(block.element)))


def _is_part(page: _Page, at: int, block: Block) -> bool:
    """Tell whether a block that was not extracted belongs to the paragraphs around it."""
    if is_prose(block.words):
        return True
    parent = block.element.getparent()
    beside = parent in page.parents or block.element in page.weight
    if block.element.tag in _SUBHEADS:
        return beside and at + 1 < len(page.aligned) and page.aligned[at + 1]
    return beside and block.element.tag in _PARTS and page.first < at < page.last


def _looks_like_text(element: Any, page: _Page) -> bool:
    """Tell whether an element stands where paragraphs of the article stand."""
    parent = element.getparent()
    return parent in page.parents or _kind(parent) in page.kinds


def _is_embed(element: Any) -> bool:
    return any(
        _EMBED.search(_names(node)) for node in (element, element.getparent()) if node is not None
    )


def _is_teaser(element: Any, page: _Page) -> bool:
    return any(node in page.teasers for node in (element, *element.iterancestors()))


def _kind(element: Any) -> tuple[str, ...]:
    """What an element looks like; nothing for one without a class, which looks like any other."""
    if element is None or not element.get("class"):
        return ()
    above = element.getparent()
    around = (above.tag, above.get("class", "")) if above is not None else ()
    return (element.tag, element.get("class"), *around)


def _is_caption(element: Any, page: _Page) -> bool:
    for node in (element, *element.iterancestors()):
        if 4 * page.weight.get(node, 0) > page.total:
            return False
        if node.tag in ("figcaption", "figure") or _CAPTION.search(_names(node)):
            return True
    return False


def _survey(blocks: Sequence[Block], squeezed: Sequence[str], aligned: list[bool]) -> _Page:
    weight: dict[Any, int] = {}
    parents = set()
    for block, words, is_one in zip(blocks, squeezed, aligned, strict=True):
        if is_one:
            parents.add(block.element.getparent())
            for element in (block.element, *block.element.iterancestors()):
                weight[element] = weight.get(element, 0) + len(words)
    inside = [at for at, is_one in enumerate(aligned) if is_one]
    first, last = (inside[0], inside[-1]) if inside else (0, len(blocks) - 1)
    total = sum(len(words) for words, is_one in zip(squeezed, aligned, strict=True) if is_one)
    body = next((at for at in inside if _is_running(blocks[at])), first)
    kinds = frozenset(_kind(parent) for parent in parents) - {()}
    teasers = frozenset(
        above
        for block in blocks
        if block.element.tag in _SUBHEADS and block.linked >= _LINKED * len(block.words)
        for above in [_card(block.element)]
        if above is not None and weight.get(above, 0) < min(_LONGEST_TEASER, total / 4)
    )
    return _Page(aligned, weight, total, frozenset(parents), kinds, teasers, first, last, body)


def _card(heading: Any) -> Any:
    """The element that a linked heading heads: its parent, or the link around it and its parent."""
    above = heading.getparent()
    if above is not None and (above.tag == "a" or len(above) == 1):
        above = above.getparent()
    return above


def _is_running(block: Block) -> bool:
    return (
        block.element.tag not in _SUBHEADS
        and is_prose(block.words)
        and not _HEAD.search(_names(block.element))
        and not _CAPTION.search(_names(block.element))
    )


def extract_lines(root: Any) -> list[str]:
    """The paragraphs that trafilatura takes for the article, without blanks and in lower case; none
    if it finds no article.
    """
    import trafilatura

    found = trafilatura.bare_extraction(
        deepcopy(root), include_comments=False, include_tables=True, with_metadata=False
    )
    text = getattr(found, "text", None) or ""
    lines = [_squeeze(line).lstrip("-•") for line in text.split("\n")]
    return [line for line in lines if line] if len(text) >= _FEWEST_LETTERS else []


def shown_share(blocks: Sequence[Block], extracted: Sequence[str]) -> float:
    """The share of the extracted letters that stand in these blocks, 1.0 where none are extracted."""
    shown = "\n".join(_squeeze(block.words) for block in blocks)
    total = sum(map(len, extracted))
    return sum(len(line) for line in extracted if line in shown) / total if total else 1.0


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


def _named_furniture(element: Any, page: _Page, *, weak: bool) -> bool:
    """Tell whether an element around a block is furniture by its name, role or class."""
    in_article = False
    for node in (element, *element.iterancestors()):
        in_article = in_article or node.tag in ("article", "main")
        if node.tag in _ROOTS or (page.total and 2 * page.weight.get(node, 0) > page.total):
            continue
        names = _names(node)
        if _EMBED.search(names):
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
        most = page.total and 4 * page.weight.get(node, 0) > page.total
        if not most and (_CLASS.search(names) or (weak and _WEAK.search(names))):
            return True
    return False


def _names(node: Any) -> str:
    """Class and id of an element, with the parts of names set apart."""
    return _CAMEL.sub("-", f"{node.get('class', '')} {node.get('id', '')}")


def _inside_article(node: Any) -> bool:
    return any(above.tag in ("article", "main") for above in node.iterancestors())


def _holds_title(node: Any) -> bool:
    return next(node.iter("h1"), None) is not None


def _squeeze(words: str) -> str:
    return "".join(words.replace("|", " ").split()).casefold()
