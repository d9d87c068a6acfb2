"""The visible text of a page, block by block, each block with the element it stands in.

Comes in: the HTML of a page, decoded. Goes out: the text a reader sees, paragraphs and other
blocks set apart by blank lines, cells by tabs, and the blocks with their offsets in it. Scripts,
styles and hidden elements are no text. Nothing is judged here: menus are text like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree, html

from pactwatch.errors import DocumentError

__all__ = ["Block", "parse_page", "visible_blocks"]

_UNSEEN = frozenset(
    """script style template noscript head iframe object embed canvas svg math audio video map
    datalist select textarea input""".split()  # noqa: SIM905
)
_BLOCKS = frozenset(
    """address article aside blockquote body button caption center dd details dialog dir div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html label legend li
    main menu nav ol option p pre search section summary table tbody tfoot thead title tr
    ul""".split()  # noqa: SIM905
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A run of visible text, ``text[start:end]``, under one element of the tree."""

    start: int
    end: int
    words: str
    element: Any  # lxml ships no types


def parse_page(name: str, markup: str) -> Any:
    """Parse a page, however broken its markup.

    Raises:
        DocumentError: there is nothing in it.
    """
    clean = _DECLARATION.sub("", markup).replace("\x00", "\ufffd")
    try:
        return html.document_fromstring(
            clean.encode("utf-8", "replace"),
            parser=html.HTMLParser(encoding="utf-8", huge_tree=False),
        )
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise DocumentError(
            name, "a page without content", "Save the text of the article as a .txt file"
        ) from error


def visible_blocks(root: Any) -> tuple[str, list[Block]]:
    """Lay out the visible text of a page.

    Returns:
        The text, and its blocks in order; between two blocks the text holds blanks only.
    """
    walk = _Walk()
    walk.element(root)
    walk.close_block(None)
    return "".join(walk.text), walk.blocks


class _Walk:
    """One pass over the tree, with the block being filled."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.blocks: list[Block] = []
        self.length = 0
        self.run: list[str] = []
        self.owner: Any = None

    def element(self, node: Any) -> None:
        """Walk a node without its tail; depth is bounded by the parser (256)."""
        if not isinstance(node.tag, str) or node.tag in _UNSEEN or _is_hidden(node):
            return
        is_block, outer = node.tag in _BLOCKS, self.owner
        if is_block:
            self.close_block(node)
        elif node.tag == "br":
            self.run.append("\x00")
        elif node.tag in ("td", "th") and "".join(self.run).strip():
            self.run.append("\x01")
        keep = node.tag == "pre"
        self.add(node.text, keep)
        for child in node:
            self.element(child)
            self.add(child.tail, keep)
        if is_block:
            self.close_block(outer)

    def add(self, words: str | None, keep: bool) -> None:
        if words:
            clean = words.replace("\x00", "\ufffd").replace("\x01", "\ufffd")
            self.run.append(clean.replace("\n", "\x00") if keep else clean)

    def close_block(self, owner: Any) -> None:
        """End the run of text, and let what follows belong to another element."""
        pieces = _BLANKS.sub(" ", "".join(self.run))
        pieces = re.sub(" *\x00 *", "\n", pieces)
        words = re.sub(" *\x01 *", "\t", pieces).strip()
        if words:
            gap = "\n\n" if self.blocks else ""
            start = self.length + len(gap)
            self.text += (gap, words)
            self.length = start + len(words)
            self.blocks.append(Block(start=start, end=self.length, words=words, element=self.owner))
        self.run.clear()
        self.owner = owner


def _is_hidden(node: Any) -> bool:
    return "hidden" in node.attrib or bool(_HIDDEN.search(node.get("style", "")))
