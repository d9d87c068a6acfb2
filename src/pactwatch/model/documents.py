"""Documents as values: a text with its provenance, and what could not be read.

Comes in: nothing. Goes out: frozen values without behaviour of their own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

__all__ = [
    "Document",
    "Problem",
    "Section",
    "Span",
    "stable_id",
]


def stable_id(kind: str, *parts: str | int) -> str:
    """Name a thing by its content, so that the same thing always gets the same name.

    Parts are hashed as a JSON list, which keeps ``("a.b", "c")`` apart from ``("a", "b.c")``.
    """
    payload = json.dumps([kind, *parts], ensure_ascii=False, separators=(",", ":"))
    return f"{kind}-{sha256(payload.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """Characters ``start:end`` of a document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A numbered part of a document as its readers count: ``text[start:end]``.

    Attributes:
        kind: "page", "chapter", "slide", "row", "sheet".
        label: The number or name that is printed on it, or its place from 1: "3", "iv".
    """

    start: int
    end: int
    kind: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text with its provenance.

    Attributes:
        id: `stable_id` of name (or address) and text.
        name: File name relative to the source that was read, or the address.
        text: The whole text as stored. Offsets of all evidence count in it; it is never changed.
        published: ISO 8601 date at the precision known ("2019-05-28", "2019-05"), or None.
        modified: ISO 8601 date of the last change that the source tells of, or None.
        agencies: News agencies that a byline, dateline or closing line credits ("Reuters").
        licence: As the source names it, words or address.
        retrieved: ISO 8601 time (UTC) at which it was fetched, by us or by the crawl it lies in;
            None for files.
        metadata_from: Where each of these was found, by field: "option", "front matter",
            "json-ld", "meta", "feed", "table", "mail header", "web archive", "properties" (of an
            office file or PDF), "address", "file name", "dateline", "text" …
        sections: Pages, chapters or rows in order of the text, so that a quotation leads to its
            page.
        original_sha256: Of the bytes that it was read from, by which the original is found.
        furniture: Spans of navigation, share buttons, comments and the like, from which no finding
            is made.
        language: ISO 639-1 code; documents that are not "en" are stored and not read.
        media_type: What the document was read from, for example "text/html".
        note: What the source says of itself that a reader must know ("sample written for …").
    """

    id: str
    name: str
    text: str
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    address: str | None = None
    language: str = "en"
    media_type: str = "text/plain"
    agencies: tuple[str, ...] = ()
    licence: str | None = None
    retrieved: str | None = None
    note: str | None = None
    metadata_from: Mapping[str, str] = field(default_factory=dict)
    original_sha256: str | None = None
    sections: tuple[Section, ...] = ()
    furniture: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One source that could not be read, or only in part: reported after a build, never fatal.

    Attributes:
        name: File or address.
        fault: What is wrong, for people.
        next_step: What the user can do about it.
    """

    name: str
    fault: str
    next_step: str = ""
