"""The visible text of a page, block by block, each block with the element it stands in.

Comes in: the HTML of a page, decoded. Goes out: the text a reader sees, paragraphs and other
blocks set apart by blank lines, cells by tabs, and the blocks with their offsets in it. Scripts,
styles and hidden elements are no text. Nothing is judged here: menus are text like any other.
Trees of any depth are walked without recursion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree, html

from pactwatch.documents.limits import MOST_ELEMENTS
from pactwatch.errors import DocumentError

__all__ = ["Block", "parse_page", "visible_blocks"]

_UNSEEN = frozenset(
    """script style template noscript head iframe object embed canvas svg math audio video map
    datalist select textarea input noframes""".split()  # noqa: SIM905
)
_BLOCKS = frozenset(
    """address article aside blockquote body button caption center dd details dialog dir div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html label legend li
    main menu nav ol option p pre search section summary table tbody tfoot thead title tr
    ul""".split()  # noqa: SIM905
)
_SCRIPTED = frozenset(("noscript", "template"))
_WRAPPERS = frozenset(["body", "main", "section", "article", "div", "header", "footer", "aside"])
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_BREAK, _CELL, _LINK, _UNLINK = "\x00", "\x01", "\x02", "\x03"  # controls, taken out of the page
_CONTROLS = re.compile("[\x00-\x03]")
_PARAGRAPH = re.compile(r"\n{2,}")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_LONG_TAG = re.compile(r"<([a-zA-Z][\w:-]{0,40})[\s/][^<>]{20000,}>")
_MOST_ATTRIBUTES = 1_000  # of one element; the parser takes time by their square
_TOO_DEEP = "Excessive depth"
_FLAT = re.compile(
    r"</?(?!(?:p|br|h[1-6]|li|td|th|tr|title|head|meta|link|script|style|body|html|time|pre|a|nav"
    r"|footer|aside)\b)[a-zA-Z][^<>]*>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A run of visible text, ``text[start:end]``, under one element of the tree.

    Attributes:
        linked: How many of its characters are words of links.
    """

    start: int
    end: int
    words: str
    element: Any  # lxml ships no types
    linked: int = 0


def parse_page(name: str, markup: str) -> Any:
    """Parse a page, however broken its markup.

    What is nested deeper than the parser goes (2,000 elements) would be lost; such a page is read
    again with its containers taken out.

    Raises:
        DocumentError: there is nothing in it, or more elements than any page has.
    """
    clean = _DECLARATION.sub("", markup).replace("\x00", "")  # as browsers do
    clean = _LONG_TAG.sub(_shortened, clean)
    if clean.count("<") > 2 * MOST_ELEMENTS:
        fault = f"a page of more than {MOST_ELEMENTS:,} elements"
        raise DocumentError(name, fault, "Save the text of the article as a .txt file")
    root, too_deep = _parse(name, clean)
    if too_deep:
        root, _ = _parse(name, _FLAT.sub("\n", clean))
    return root


def _shortened(tag: re.Match[str]) -> str:
    return tag[0] if tag[0].count("=") <= _MOST_ATTRIBUTES else f"<{tag[1]}>"


def _parse(name: str, markup: str) -> tuple[Any, bool]:
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise DocumentError(
            name, "a page without content", "Save the text of the article as a .txt file"
        ) from error
    return root, any(_TOO_DEEP in entry.message for entry in parser.error_log)


def visible_blocks(root: Any, *, hidden: bool = False) -> tuple[str, list[Block]]:
    """Lay out the visible text of a page.

    Args:
        hidden: Show what styles and attributes hide too, as scripts do on some pages.

    Returns:
        The text, and its blocks in order; between two blocks the text holds blanks only.
    """
    layout = _Layout()
    waiting = [_steps(root, layout, hidden)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        else:
            waiting.append(_steps(child, layout, hidden))
    layout.close_block(None)
    return "".join(layout.text), layout.blocks


def _steps(node: Any, layout: _Layout, hidden: bool) -> Iterator[Any]:
    """Lay out a node without its tail; yields each child at the moment it is to be laid out."""
    tag = node.tag
    if not isinstance(tag, str) or (tag in _UNSEEN and not (hidden and tag in _SCRIPTED)):
        return
    if not hidden and _is_hidden(node):
        return
    is_block, outer = _is_block(node, tag), layout.owner
    if is_block:
        layout.close_block(node)
    elif tag == "br":
        layout.run.append(_BREAK)
    elif tag in ("td", "th") and any(piece.strip() for piece in layout.run):
        layout.run.append(_CELL)
    elif tag == "a":
        layout.run.append(_LINK)
    keep = tag == "pre"
    layout.add(node.text, keep)
    for child in node:
        yield child
        layout.add(child.tail, keep)
    if is_block:
        layout.close_block(outer)
    elif tag == "a":
        layout.run.append(_UNLINK)


class _Layout:
    """The text so far, with the block being filled."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.blocks: list[Block] = []
        self.length = 0
        self.run: list[str] = []
        self.owner: Any = None
        self.in_link = False

    def add(self, words: str | None, keep: bool) -> None:
        if words:
            clean = _CONTROLS.sub("\ufffd", words)
            self.run.append(clean.replace("\n", _BREAK) if keep else clean)

    def close_block(self, owner: Any) -> None:
        """End the run of text, and let what follows belong to another element."""
        if not self.run:
            self.owner = owner
            return
        run = _BLANKS.sub(" ", "".join(self.run))
        run = re.sub(f" *{_BREAK}[ {_BREAK}]*", self.newlines, run)
        for paragraph in _PARAGRAPH.split(run):
            self.add_block(paragraph)
        self.run.clear()
        self.owner = owner

    @staticmethod
    def newlines(match: re.Match[str]) -> str:
        return "\n" * match[0].count(_BREAK)

    def add_block(self, run: str) -> None:
        linked, plain = 0, []
        for piece in re.split(f"([{_LINK}{_UNLINK}])", run):
            if piece in (_LINK, _UNLINK):
                self.in_link = piece == _LINK
                continue
            linked += len(piece.strip()) if self.in_link else 0
            plain.append(piece)
        words = _BLANKS_BUT_LINES.sub(" ", "".join(plain))
        words = re.sub(f" *{_CELL} *", "\t", words).strip()
        if words:
            gap = "\n\n" if self.blocks else ""
            start = self.length + len(gap)
            self.text += (gap, words)
            self.length = start + len(words)
            self.blocks.append(
                Block(start=start, end=self.length, words=words, element=self.owner, linked=linked)
            )


_BLANKS_BUT_LINES = re.compile(r" {2,}")


def _is_block(node: Any, tag: str) -> bool:
    if tag in _BLOCKS:
        return True
    if "-" not in tag:
        return False
    above = node.getparent()  # elements of a site's own wrap blocks where they stand among blocks
    return above is not None and (above.tag in _WRAPPERS or "-" in str(above.tag))


def _is_hidden(node: Any) -> bool:
    if node.tag in ("html", "body"):
        return False  # hidden until a script has run
    return "hidden" in node.attrib or bool(_HIDDEN.search(node.get("style", "")))
