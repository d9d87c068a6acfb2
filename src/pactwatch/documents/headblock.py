"""The lines at the head of a text that name its publisher, date and the like, as people write them
above what they have copied: "Publisher: …", "Date: …", "By …", then a blank line.

Comes in: a text. Goes out: what the lines say, and where they stand; None where the head is
anything else. Every line of the block must be of a well-known name, and there must be two of them,
so that no paragraph with a colon is taken for one. The text itself is not touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pactwatch.documents.dates import parse_date
from pactwatch.documents.metadata import clean_authors, find_byline
from pactwatch.model import Span

__all__ = ["HeadBlock", "find_head_block"]

_MOST_LINES = 20
_LONGEST = 500  # characters of a line
_NAMES = {
    "title": ("title", "headline", "head", "heading"),
    "publisher": ("publisher", "publication", "published by", "outlet", "newspaper",
                  "newspaper name", "publication name", "website", "site", "news agency", "agency"),
    "source": ("source", "sources", "original source"),
    "authors": ("author", "authors", "by", "byline", "writer", "reporter", "journalist",
                "written by"),
    "published": ("date", "published", "published on", "date published", "publication date",
                  "date of publication", "pub date", "release date", "released"),
    "modified": ("updated", "last updated", "modified", "last modified"),
    "address": ("url", "link", "address", "web address", "source url", "original url", "permalink"),
    "language": ("language", "lang"),
    "licence": ("licence", "license", "rights"),
    "": ("section", "category", "page", "pages", "edition", "length", "words", "word count",
         "keywords", "tags", "topic", "topics", "country", "city", "location", "place", "region",
         "type", "document type", "format", "id", "retrieved", "accessed", "access date",
         "date accessed", "subtitle", "subheading", "copyright", "volume", "issue", "contact"),
}  # fmt: skip
_FIELDS = {name: field for field, names in _NAMES.items() for name in names}
_LINE = re.compile(
    r"[*_]{0,2}(?P<name>[A-Za-z][A-Za-z ]{0,30}?)[*_]{0,2} ?:[*_]{0,2}\s*(?P<value>.*)"
)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_BLANK = re.compile(r"[ \t]*(?:\r\n|\r|\n)")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadBlock:
    """What the lines say; fields as in `Document`.

    Attributes:
        span: The lines, from the beginning of the text.
    """

    span: Span
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    address: str | None = None
    language: str | None = None
    licence: str | None = None


def find_head_block(text: str) -> HeadBlock | None:
    """Read the block of named lines with which a text begins, up to its first blank line."""
    said: dict[str, list[str]] = {}
    named = at = 0
    while blank := _BLANK.match(text, at):
        at = blank.end()
    for _ in range(_MOST_LINES):
        line, end = _line_at(text, at)
        if not line:
            break
        field, value = _field(line)
        if field is None:
            return None
        named += bool(field)
        if value:
            said.setdefault(field, []).append(value)
        at = end
    else:
        return None
    if named < 2 or not text[at:].strip():
        return None
    address = next(iter(_ADDRESS.findall(" ".join([*_of(said, "address"), *_of(said, "source")]))),
                   None)  # fmt: skip
    sources = [words for words in _of(said, "source") if not _ADDRESS.search(words)]
    return HeadBlock(
        span=Span(start=0, end=len(text[:at].rstrip())),
        title=_first(said, "title"),
        publisher=_first(said, "publisher") or next(iter(sources), None),
        authors=clean_authors(_of(said, "authors")),
        published=_date(said, "published"),
        modified=_date(said, "modified"),
        address=address,
        language=_first(said, "language"),
        licence=_first(said, "licence"),
    )


def _line_at(text: str, at: int) -> tuple[str, int]:
    """The line at an offset without its blanks, and where the next begins."""
    ends = [place for mark in "\r\n" if (place := text.find(mark, at, at + _LONGEST)) >= 0]
    end = min(ends, default=min(len(text), at + _LONGEST))
    line = text[at:end].strip()
    return line, end + (2 if text.startswith("\r\n", end) else 1)


def _field(line: str) -> tuple[str | None, str]:
    """The field that a line gives, "" for one that no document has, None for no such line."""
    match = _LINE.fullmatch(line)
    if match is not None:
        name = " ".join(match["name"].casefold().split())
        return _FIELDS.get(name), " ".join(match["value"].strip(" \t*_").split())
    return ("authors", line) if find_byline(line) else (None, "")


def _of(said: Mapping[str, list[str]], field: str) -> list[str]:
    return said.get(field, [])


def _first(said: Mapping[str, list[str]], field: str) -> str | None:
    return next(iter(_of(said, field)), None)


def _date(said: Mapping[str, list[str]], field: str) -> str | None:
    return next(filter(None, map(parse_date, _of(said, field))), None)
