"""An OpenDocument text as a document, packed or flat.

Comes in: an ODT or FODT. Goes out: a `Told` with its paragraphs, tables a line for each row, notes
and boxes after the paragraph that holds them, and what its meta part says. What tracked changes
deleted is left out, and so are comments, heads and feet.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pactwatch.documents.dates import parse_date
from pactwatch.documents.decoding import storable
from pactwatch.documents.forms.docx_numbers import as_letters, as_roman
from pactwatch.documents.forms.package import Package, children, local, parse_xml
from pactwatch.documents.forms.properties import Properties, tidy_author
from pactwatch.documents.forms.writing import Writing, told_of
from pactwatch.documents.given import Given, Item
from pactwatch.errors import DocumentError

__all__ = ["read"]

_MEDIA = "application/vnd.oasis.opendocument.text"
_LEFT_OUT = frozenset(
    ["tracked-changes", "annotation", "sequence-decls", "variable-decls", "forms", "hidden-text",
     "user-field-decls", "ruby-text", "change", "change-start", "change-end", "binary-data"]
)  # fmt: skip
_MOST_BLANKS = 1000


def read(given: Given) -> Iterator[Item]:
    """Read an OpenDocument text.

    Raises:
        DocumentError: it is broken, locked, or holds no text.
    """
    if given.head(2) == b"PK":
        with Package(given) as package:
            if _is_locked(package):
                raise DocumentError(
                    given.name, "locked with a password", "Save it without one, in its own program"
                )
            content, styles = package.xml("content.xml"), package.xml("styles.xml")
            meta = package.xml("meta.xml")
    else:
        content = parse_xml(given.name, given.read())
        styles = meta = content
    if content is None:
        raise DocumentError(given.name, "no OpenDocument text", "Save it again in its own program")
    walk = _Walk(_list_styles(styles) | _list_styles(content))
    for body in children(content, "body"):
        for text in children(body, "text"):
            walk.blocks(text)
    yield told_of(walk.writing.text, _MEDIA, given.name, _properties(meta), heading=walk.heading)


def _is_locked(package: Package) -> bool:
    manifest = package.read("META-INF/manifest.xml") or b""
    return b"encryption-data" in manifest


def _properties(root: Any) -> Properties:
    told: dict[str, str] = {}
    for meta in root.iter("{*}meta") if root is not None else ():
        for node in meta:
            told.setdefault(local(node), node.text or "")
    return Properties(
        title=told.get("title"),
        authors=tidy_author(told.get("initial-creator") or told.get("creator")),
        created=parse_date(told.get("creation-date", "")),
        modified=parse_date(told.get("date", "")),
        language=told.get("language"),
    )


def _list_styles(root: Any) -> dict[str, dict[int, tuple[str, str, str]]]:
    """For each style of lists and each depth: the form of its numbers ("" for bullets), and what
    stands around them."""
    styles: dict[str, dict[int, tuple[str, str, str]]] = {}
    for node in root.iter("{*}list-style") if root is not None else ():
        levels = styles.setdefault(_attribute(node, "name"), {})
        for level in node:
            depth = _attribute(level, "level")
            if depth.isdecimal():
                form = _attribute(level, "num-format") if "number" in local(level) else ""
                around = _attribute(level, "num-prefix"), _attribute(level, "num-suffix")
                levels[int(depth)] = (form, *around)
    return styles


class _Walk:
    """One pass over the body."""

    def __init__(self, styles: dict[str, dict[int, tuple[str, str, str]]]) -> None:
        self.writing = Writing()
        self.heading: str | None = None
        self._styles = styles
        self._waiting: list[Any] = []  # notes and boxes of the block being read

    def blocks(self, node: Any, mark: str = "", lists: tuple[str, ...] = ()) -> None:
        """Write the blocks in an element.

        Args:
            mark: What stands before the first paragraph of a list's item.
            lists: Names of the styles of the lists around it.
        """
        for child in node:
            name = local(child)
            if name in ("p", "h"):
                self.paragraph(child, mark)
                mark = ""
            elif name == "list":
                self.items(child, (*lists, _attribute(child, "style-name")))
            elif name == "table":
                self.table(child)
            elif name and name not in _LEFT_OUT:
                self.blocks(child, mark, lists)
            self.follow()

    def items(self, node: Any, lists: tuple[str, ...]) -> None:
        style = next((name for name in reversed(lists) if name), "")
        form, before, after = self._styles.get(style, {}).get(len(lists), ("", "", ""))
        count = 0
        for item in node:
            if local(item) == "list-header":
                self.blocks(item, "", lists)
            elif local(item) == "list-item":
                start = _attribute(item, "start-value")
                count = int(start) if start.isdecimal() and len(start) < 7 else count + 1
                mark = f"{before}{_formed(count, form)}{after}" if form else "•"
                self.blocks(item, mark, lists)

    def follow(self) -> None:
        """Write the notes and boxes that the last block had."""
        while self._waiting:
            node = self._waiting.pop(0)
            if local(node) != "note":
                self.blocks(node)
                continue
            label = " ".join(self.words(n).strip() for n in children(node, "note-citation"))
            words = " ".join(
                self.words(p).strip() for body in children(node, "note-body") for p in body
            )
            self.writing.paragraph(f"{label} {words}")

    def paragraph(self, node: Any, mark: str) -> None:
        words = self.words(node)
        if not words.strip():
            return
        if self.heading is None and (
            local(node) == "h" or _attribute(node, "style-name").casefold() == "title"
        ):
            self.heading = " ".join(words.split())
        self.writing.paragraph(f"{mark} {words.strip()}" if mark else words)

    def words(self, node: Any) -> str:
        """The words of a paragraph; its notes and boxes wait."""
        parts: list[str] = [_folded(node.text)]
        waiting = [iter(node)]
        ends: list[Any] = [None]
        while waiting:
            child = next(waiting[-1], None)
            if child is None:
                waiting.pop()
                ended = ends.pop()
                parts.append("" if ended is None else _folded(ended.tail))
                continue
            name = local(child)
            if name in ("note", "text-box"):
                self._waiting.append(child)
            elif name == "s":
                count = _attribute(child, "c")
                parts.append(" " * min(int(count) if count.isdecimal() else 1, _MOST_BLANKS))
            elif name in ("tab", "line-break"):
                parts.append("\t" if name == "tab" else "\n")
            elif name and name not in _LEFT_OUT:
                parts.append(_folded(child.text))
                waiting.append(iter(child))
                ends.append(child)
                continue
            parts.append(_folded(child.tail))
        return storable("".join(parts))

    def table(self, node: Any) -> None:
        rows = [row for row in node.iter("{*}table-row") if _table_of(row) is node]
        cells = [[cell for cell in row if local(cell) == "table-cell"] for row in rows]
        if all(len(row) <= 1 for row in cells) or any(_is_page(c) for row in cells for c in row):
            for row in cells:  # it only lays out the page
                for cell in row:
                    self.blocks(cell)
            return
        self.writing.table(
            [" ".join(self.words(p) for p in cell.iter("{*}p", "{*}h")) for cell in row]
            for row in cells
        )


def _is_page(cell: Any) -> bool:
    """A cell that holds paragraphs of text rather than a value."""
    return sum(len("".join(p.itertext())) > 120 for p in children(cell, "p")) > 1


def _table_of(row: Any) -> Any:
    return next(row.iterancestors("{*}table"), None)


def _folded(words: str | None) -> str:
    """Blanks and line ends of the XML count as one blank."""
    if not words:
        return ""
    folded = " ".join(words.split())
    return f"{' ' * words[0].isspace()}{folded}{' ' * (words[-1].isspace() and bool(folded))}"


def _formed(count: int, form: str) -> str:
    if form in ("a", "A"):
        return as_letters(count).upper() if form == "A" else as_letters(count)
    if form in ("i", "I"):
        return as_roman(count).upper() if form == "I" else as_roman(count)
    return str(count)


def _attribute(node: Any, name: str) -> str:
    return next((str(v) for key, v in node.items() if key.rpartition("}")[2] == name), "")
