"""What a row of a table or an object of JSON tells, by the names of its columns or keys.

Comes in: names and values, and the columns that the user names. Goes out: for each row a `Told`, a
`Part` where its text is HTML, a `Link` where it has an address only, or None where it has neither.
Names are those of common exports (news-please, trafilatura, newspaper, Common Crawl, Hugging Face,
Media Cloud, GDELT, NewsAPI, Guardian, WordPress, schema.org). Nothing is read from a file here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from pactwatch.documents.decoding import storable
from pactwatch.documents.forms.values import (
    as_date,
    as_language,
    is_address,
    is_html,
    strings,
)
from pactwatch.documents.furniture import find_furniture
from pactwatch.documents.given import Given, Hints, Item, Link, Part, Told
from pactwatch.errors import DocumentError

__all__ = ["NAMES", "columns_of", "item_of", "known"]

NAMES: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "maintext", "articlebody", "articletext", "fulltext", "bodytext", "body",
        "plaintext", "contenttext", "content", "contents", "story", "storytext", "newstext",
        "rawtext", "cleanedtext", "transcript", "article", "speech", "contenthtml", "html",
    ),
    "title": (
        "title", "headline", "articletitle", "webtitle", "heading", "subject", "titlepage",
        "titlerss", "name",
    ),
    "published": (
        "published", "datepublished", "datepublish", "publishdate", "publisheddate",
        "publicationdate", "pubdate", "publishedat", "publishedon", "publicationtime",
        "webpublicationdate", "firstpublished", "dateposted", "posted", "releasedate",
        "datereleased", "issued", "articledate", "date", "day", "datetime", "timestamp",
        "created", "createdat", "datecreated", "seendate",
    ),
    "modified": (
        "modified", "datemodified", "datemodify", "modifieddate", "dateupdated", "updated",
        "updatedat", "lastmodified", "lastmod", "lastupdated",
    ),
    "address": (
        "url", "address", "link", "canonicallink", "canonicalurl", "canonical", "weburl",
        "articleurl", "articlelink", "permalink", "sourceurl", "pageurl", "uri", "href", "source",
        "mainentityofpage", "externalurl", "expandedurl",
    ),
    "publisher": (
        "publisher", "publishername", "sitename", "outlet", "newspaper", "publication",
        "publicationname", "medianame", "medium", "mediaoutlet", "newsoutlet", "sourcename",
        "source", "sourcedomain", "domain", "hostname", "sourcehostname", "site", "website",
        "provider", "journal",
    ),
    "authors": (
        "authors", "author", "byline", "bylines", "creator", "writer", "journalist", "reporter",
        "authorname", "speaker",
    ),
    "language": (
        "language", "lang", "inlanguage", "metalang", "languagecode", "sourcelanguage", "locale",
    ),
    "licence": ("licence", "license", "rights", "copyright", "usageterms"),
}  # fmt: skip
"""Names of columns by the field that they hold, best first: lower case, letters and digits only."""

_SUMMARIES = ("summary", "description", "abstract", "excerpt", "snippet", "lead", "leadparagraph",
              "trailtext")  # fmt: skip
_WORDS = re.compile(r"[^a-z0-9]+")
_CUT = re.compile(r"(?:\[\+\d+ chars\]|\[(?:…|\.\.\.)\])\s*$")  # NewsAPI and feeds show a beginning


def _is_text(words: str) -> bool:
    return any(map(str.isalpha, words)) and not is_address(words.strip())


def known(names: Iterable[str]) -> set[str]:
    """The fields that some names of columns stand for."""
    plain = {_plain(name) for name in names}
    return {field for field, hold in NAMES.items() if plain & set(hold)}


def columns_of(given: Given, names: Iterable[str]) -> None:
    """Check that the columns of a table hold texts or addresses.

    Raises:
        DocumentError: they do not, or a column that the user names is missing.
    """
    present = [name for name in names if name.strip()]
    listed = ", ".join(f"“{storable(name)[:40]}”" for name in present[:20]) or "none"
    asked = given.options.columns
    for field, column in asked.items():
        if column.partition(".")[0] not in present and column not in present:
            fault = f"no column “{column}” for --column {field}; its columns are {listed}"
            raise DocumentError(given.name, fault, "Name one of these")
    fields = known(present) | set(asked)
    if not fields & {"text", "address"} and not _plain_names(present) & set(_SUMMARIES):
        fault = f"no column of texts or addresses; its columns are {listed}"
        raise DocumentError(given.name, fault, "Name it, as in --column text=body")


def _plain_names(names: Iterable[str]) -> set[str]:
    return {_plain(name) for name in names}


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    return _WORDS.sub("", name.lower())


def item_of(
    given: Given,
    row: Mapping[str, object],
    *,
    part: str,
    original: bytes | None,
    place: str,
    media_type: str,
) -> Item | None:
    """What a row tells.

    Args:
        part: Number of the row, which names its document.
        original: The bytes of the row; None if it is all that was given.
        place: "table" or "json", for where metadata come from.
        media_type: Of a document made of the row.

    Returns:
        None for a row without text or address.
    """
    by_name: dict[str, object] = {}
    for key, value in row.items():
        by_name.setdefault(_plain(str(key)), value)
    asked = given.options.columns

    def values(field: str) -> Iterator[str]:
        if field in asked:
            yield from strings(_at(row, asked[field]))
            return
        for name in NAMES[field]:
            if name in by_name:
                yield from strings(by_name[name])

    named = (words.strip() for words in values("address"))
    address = next((words for words in named if is_address(words)), None)
    hints = _hints(given, values, address, place)
    text = next((words for words in values("text") if _is_text(words)), None)
    if "text" not in asked:
        if text is not None and address and _CUT.search(text):
            text = None  # a beginning of what the address holds whole
        if text is None and not address:
            summaries = (strings(by_name.get(name)) for name in _SUMMARIES)
            text = next((words[0] for words in summaries if words and _is_text(words[0])), None)
    if text is None:
        return Link(address=address, hints=hints) if address else None
    if is_html(text):
        data = text.encode("utf-8")
        return Part(name=part or "page.html", data=data, media_type="text/html", charset="utf-8",
                    hints=hints)  # fmt: skip
    return Told(
        text=text,
        media_type=media_type,
        title=hints.title,
        publisher=hints.publisher,
        authors=hints.authors,
        published=hints.published,
        modified=hints.modified,
        address=address,
        language=hints.language,
        licence=hints.licence,
        place=place,
        furniture=find_furniture(text),
        part=part,
        original=original,
    )


def _hints(
    given: Given, values: Callable[[str], Iterator[str]], address: str | None, place: str
) -> Hints:
    def line(field: str) -> str | None:
        return next((" ".join(words.split())[:1000] for words in values(field)), None)

    dates = {
        field: next((found for found in map(as_date, values(field)) if found), None)
        for field in ("published", "modified")
    }
    publishers = (" ".join(words.split()) for words in values("publisher"))
    language = line("language")
    return Hints(
        place=place,
        title=line("title"),
        publisher=next((words for words in publishers if not is_address(words)), None),
        authors=tuple(_authors(values("authors"))),
        published=dates["published"],
        modified=dates["modified"],
        address=address,
        language=as_language(language) if language else None,
        licence=line("licence"),
        retrieved=given.hints.retrieved,
    )


def _authors(found: Iterable[str]) -> Iterator[str]:
    """Names, each once; a byline of several is taken apart, and what is no name left out."""
    seen: set[str] = set()
    for words in found:
        line = re.sub(r"^\s*by\s+", "", " ".join(words.split()), flags=re.I).strip("[]'\" ")
        for piece in re.split(r"\s*;\s*|\s*\|\s*|['\"],\s*['\"]|,?\s+and\s+|,\s+(?=\S+\s)", line):
            name = piece.strip(" ,'\"")
            if name and len(name) < 100 and "@" not in name and "/" not in name:
                if name.casefold() not in seen:
                    yield name
                seen.add(name.casefold())


def _at(row: Mapping[str, object], path: str) -> object:
    """The value at a dotted path ("content.body"); a key that holds dots itself comes first."""
    if path in row:
        return row[path]
    here: object = row
    for step in path.split("."):
        if isinstance(here, list) and step.isdigit() and int(step) < len(here):
            here = here[int(step)]
        elif isinstance(here, Mapping) and step in here:
            here = here[step]
        else:
            return None
    return here
