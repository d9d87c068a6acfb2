"""An e-book as a document, its chapters as sections.

Comes in: an EPUB. Goes out: a `Told` whose text is that of the book's spine in order, with a
section for each of its files, named as in the table of contents, and the metadata of its package.
Nothing that the book names outside itself is opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pactwatch.documents.dates import parse_date
from pactwatch.documents.decoding import declared_charset, decode, storable
from pactwatch.documents.forms.package import Package, children, local
from pactwatch.documents.given import Given, Item, Told
from pactwatch.documents.limits import MOST_CHARACTERS
from pactwatch.documents.visible import parse_page, visible_blocks
from pactwatch.errors import DocumentError
from pactwatch.model import Problem, Section

__all__ = ["read"]

_MOST_CHAPTERS = 5_000
_STEP = "Open it in its own program, and save it again or as plain text"


def read(given: Given) -> Iterator[Item]:
    """Read an e-book.

    Raises:
        DocumentError: it is broken, locked, or holds no text.
    """
    with Package(given) as package:
        book = _book(package)
        root = package.xml(book)
        if root is None:
            raise DocumentError(given.name, "an e-book without a package file", _STEP)
        titles = _titles(package, book, root)
        locked = _locked(package)
        text: list[str] = []
        sections: list[Section] = []
        problems: list[Problem] = []
        at = 0
        for number, part in enumerate(_spine(package, book, root)[:_MOST_CHAPTERS], 1):
            label = titles.get(part) or str(number)
            try:
                if part in locked:
                    raise DocumentError(given.name, f"chapter {label} is locked", "Unlock it")
                words = _words(package, part)
            except DocumentError as error:
                problems.append(
                    Problem(name=error.place, fault=error.fault, next_step=error.next_step)
                )
                continue
            if not words:
                continue
            gap = "\n\n" if text else ""
            text.append(gap + words)
            start, at = at, at + len(gap) + len(words)
            if at > MOST_CHARACTERS:
                raise DocumentError(given.name, "too much text", "Split it into documents")
            sections.append(Section(start=start, end=at, kind="chapter", label=label))
        if text or not problems:
            yield _told("".join(text), root, tuple(sections))
        yield from problems


def _book(package: Package) -> str:
    root = package.xml("META-INF/container.xml")
    for node in root.iter("{*}rootfile") if root is not None else ():
        return package.linked("", str(node.get("full-path", "")))
    raise DocumentError(package.name, "an e-book that does not say where it begins", _STEP)


def _manifest(package: Package, book: str, root: Any) -> dict[str, tuple[str, Any]]:
    return {
        str(item.get("id")): (package.linked(book, str(item.get("href", ""))), item)
        for item in root.iter("{*}item")
    }


def _spine(package: Package, book: str, root: Any) -> list[str]:
    """The files of the book in the order in which they are read, each once."""
    parts = _manifest(package, book, root)
    named = [str(node.get("idref")) for node in root.iter("{*}itemref")]
    return list(dict.fromkeys(parts[name][0] for name in named if name in parts))


def _words(package: Package, part: str) -> str:
    data = package.read(part)
    if not data:
        return ""
    markup = decode(package.name, data, declared=declared_charset(data))
    text, _ = visible_blocks(parse_page(package.name, markup))
    return storable(text)


def _titles(package: Package, book: str, root: Any) -> dict[str, str]:
    """What the table of contents calls each file: the first entry that leads to it."""
    titles: dict[str, str] = {}
    for part, item in _manifest(package, book, root).values():
        is_nav = "nav" in str(item.get("properties", "")).split()
        if not is_nav and item.get("media-type") != "application/x-dtbncx+xml":
            continue
        try:
            contents = package.xml(part)
        except DocumentError:
            continue  # the chapters are numbered then
        if contents is None:
            continue
        for target, words in _entries(contents):
            label = storable(" ".join(words.split()))[:200]
            if label:
                titles.setdefault(package.linked(part, target), label)
    return titles


def _entries(contents: Any) -> Iterator[tuple[str, str]]:
    for link in contents.iter("{*}a"):
        yield str(link.get("href", "")), "".join(link.itertext())
    for point in contents.iter("{*}navPoint"):
        labels, targets = children(point, "navLabel"), children(point, "content")
        if labels and targets:
            yield str(targets[0].get("src", "")), "".join(labels[0].itertext())


def _locked(package: Package) -> set[str]:
    """Files that a seller has locked; scrambled fonts are named in the same place."""
    root = package.xml("META-INF/encryption.xml")
    if root is None:
        return set()
    return {
        package.linked("", str(node.get("URI", ""))) for node in root.iter("{*}CipherReference")
    }


def _told(text: str, root: Any, sections: tuple[Section, ...]) -> Told:
    told: dict[str, list[str]] = {}
    modified = None
    for metadata in children(root, "metadata"):
        for node in metadata.iter():
            words = storable(" ".join("".join(node.itertext()).split()))
            if node.get("property") == "dcterms:modified":
                modified = parse_date(words)
            elif words:
                told.setdefault(local(node), []).append(words)
    address = next(
        (w for w in told.get("source", ()) if w.startswith(("http://", "https://"))), None
    )
    return Told(
        text=text,
        media_type="application/epub+zip",
        title=next(iter(told.get("title", ())), None),
        publisher=next(iter(told.get("publisher", ())), None),
        authors=tuple(dict.fromkeys(told.get("creator", ()))),
        published=next(filter(None, map(parse_date, told.get("date", ()))), None),
        modified=modified,
        address=address,
        language=next(iter(told.get("language", ())), None),
        licence=next(iter(told.get("rights", ())), None),
        place="properties",
        sections=sections,
    )
