"""A Word file as a document.

Comes in: a DOCX. Goes out: a `Told` with its paragraphs, tables a line for each row, notes after
the paragraph that they belong to, and its core properties. Tracked insertions are text and tracked
deletions are not; comments, heads, feet and hidden words are left out. The XML is read here and not
by python-docx, which knows neither notes, text boxes nor tracked changes, and opens any part of any
size.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pactwatch.documents.dates import parse_date
from pactwatch.documents.decoding import storable
from pactwatch.documents.forms.docx_numbers import Numbers
from pactwatch.documents.forms.package import Package, children, local
from pactwatch.documents.forms.properties import Properties, tidy_author
from pactwatch.documents.forms.writing import Writing, told_of
from pactwatch.documents.given import Given, Item
from pactwatch.errors import DocumentError

__all__ = ["read"]

_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LEFT_OUT = frozenset(
    ["del", "moveFrom", "rPr", "pPr", "delText", "instrText", "Fallback", "rt", "sdtPr", "sdtEndPr"]
)
_PLAIN = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


def read(given: Given) -> Iterator[Item]:
    """Read a Word file.

    Raises:
        DocumentError: it is broken, locked, or holds no text.
    """
    with Package(given) as package:
        main = _main_part(package)
        root = package.xml(main)
        if root is None:
            raise DocumentError(given.name, "a Word file without a text", "Save it again in Word")
        folder = main.rpartition("/")[0]

        def beside(name: str) -> Any:
            return package.xml(f"{folder}/{name}.xml")

        notes = {
            f"{kind} {_attribute(note, 'id')}": note
            for kind in ("footnote", "endnote")
            for note in children(beside(f"{kind}s"), kind)
            if _attribute(note, "type") in ("", "normal")
        }
        walk = _Walk(Numbers(beside("numbering"), beside("styles")), notes)
        for body in children(root, "body"):
            walk.blocks(body)
        yield told_of(
            walk.writing.text, _MEDIA, given.name, _properties(package), heading=walk.heading
        )


def _main_part(package: Package) -> str:
    relations = package.xml("_rels/.rels")
    for relation in relations if relations is not None else ():
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            return package.linked("", str(relation.get("Target", "")))
    return "word/document.xml"


def _properties(package: Package) -> Properties:
    root = package.xml("docProps/core.xml")
    told = {local(node): (node.text or "") for node in root} if root is not None else {}
    return Properties(
        title=told.get("title"),
        authors=tidy_author(told.get("creator")),
        created=parse_date(told.get("created", "")),
        modified=parse_date(told.get("modified", "")),
        language=told.get("language"),
    )


class _Walk:
    """One pass over the body."""

    def __init__(self, numbers: Numbers, notes: dict[str, Any]) -> None:
        self.writing = Writing()
        self.heading: str | None = None
        self._numbers, self._notes = numbers, notes
        self._noted: list[str] = []  # in the order in which they are referred to
        self._waiting: list[Any] = []  # notes and boxes of the block being read
        self._open = ""  # the words of a paragraph whose end is deleted

    def blocks(self, node: Any) -> None:
        for child in node:
            name = local(child)
            if name == "p":
                self.paragraph(child)
            elif name == "tbl":
                self.table(child)
            elif name not in _LEFT_OUT:
                self.blocks(child)  # a content control, a tracked insertion, a section
            self.follow()

    def follow(self) -> None:
        """Write the notes and boxes that the last block had."""
        while self._waiting:
            node = self._waiting.pop(0)
            if local(node) == "txbxContent":
                self.blocks(node)
                continue
            words = " ".join(self.words(p).strip() for p in node.iter("{*}p"))
            self.writing.paragraph(f"{_attribute(node, 'number')} {words.strip()}")

    def paragraph(self, node: Any) -> None:
        words = self._open + self.words(node)
        properties = _only(node, "pPr")
        self._open = ""
        if _only(_only(properties, "rPr"), "del") is not None:
            self._open = words
            return
        if not words.strip():
            return
        style = _attribute(_only(properties, "pStyle"), "val").casefold()
        if self.heading is None and style in ("title", "heading1"):
            self.heading = " ".join(words.split())
        mark = self._numbers.before(properties)
        self.writing.paragraph(f"{mark} {words.strip()}" if mark else words)

    def words(self, node: Any) -> str:
        """The words of a paragraph; its notes and boxes wait."""
        parts: list[str] = []
        waiting = [iter(node)]
        while waiting:
            child = next(waiting[-1], None)
            if child is None:
                waiting.pop()
                continue
            name = local(child)
            if name in _LEFT_OUT or (name == "r" and _is_hidden(child)):
                continue
            if name == "t":
                parts.append(child.text or "")
            elif name in _PLAIN:
                parts.append(_PLAIN[name])
            elif name in _NOTES:
                self.refer(f"{_NOTES[name]} {_attribute(child, 'id')}")
            elif name == "txbxContent":
                self._waiting.append(child)
            else:
                waiting.append(iter(child))
        return storable("".join(parts))

    def refer(self, key: str) -> None:
        note = self._notes.get(key)
        if note is not None and key not in self._noted:
            self._noted.append(key)
            note.set("number", str(len(self._noted)))
            self._waiting.append(note)

    def table(self, node: Any) -> None:
        rows = [
            [cell for cell in row.iter("{*}tc") if _row_of(cell) is row]
            for row in node.iter("{*}tr")
            if _table_of(row) is node and _only(_only(row, "trPr"), "del") is None
        ]
        cells = [cell for row in rows for cell in row]
        if all(len(row) <= 1 for row in rows) or any(map(_is_page, cells)):
            for cell in cells:
                self.blocks(cell)
            return
        self.writing.table(
            [" ".join(self.words(p) for p in _paragraphs(cell)) for cell in row] for row in rows
        )


def _paragraphs(cell: Any) -> list[Any]:
    return [p for p in cell.iter("{*}p") if not _in_box(p)]


def _is_page(cell: Any) -> bool:
    """The table only lays out the page: a cell holds paragraphs of text, not a value."""
    paragraphs = _paragraphs(cell)
    long = [p for p in paragraphs if sum(len(t.text or "") for t in p.iter("{*}t")) > 120]
    return len(long) > 1


def _row_of(cell: Any) -> Any:
    return next(cell.iterancestors("{*}tr"), None)


def _table_of(row: Any) -> Any:
    return next(row.iterancestors("{*}tbl"), None)


def _in_box(paragraph: Any) -> bool:
    around = next(paragraph.iterancestors("{*}txbxContent", "{*}tc"), None)
    return around is not None and local(around) == "txbxContent"


def _is_hidden(run: Any) -> bool:
    hidden = _only(_only(run, "rPr"), "vanish")
    return hidden is not None and _attribute(hidden, "val") not in ("0", "false", "off")


def _only(node: Any, name: str) -> Any:
    found = children(node, name)
    return found[0] if found else None


def _attribute(node: Any, name: str) -> str:
    if node is None:
        return ""
    return next((str(v) for key, v in node.items() if key.rpartition("}")[2] == name), "")
