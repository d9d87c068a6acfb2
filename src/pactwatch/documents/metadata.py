"""What a plain text says of itself: headline, authors, and the address it was taken from.

Comes in: a text. Goes out: the words found, or nothing. These are readings of form (a short line
without a final stop, "By" and a name, an address alone on a line), so they look at the head and
foot only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from pactwatch.documents.dates import parse_date
from pactwatch.documents.decoding import storable
from pactwatch.documents.furniture import find_furniture
from pactwatch.documents.lines import is_prose, split_lines

__all__ = ["clean_authors", "find_address", "find_byline", "find_headline", "site_of"]

_HEAD_LINES = 12
_HEADING = re.compile(r"^#{1,3}\s+(.+?)\s*#*$")
_ADDRESS = re.compile(
    r"^(?:(?:source )?(?:url|source|link|address)\s*:?\s*)?"
    r"(https?://[^\s<>\"]+)(?:\s|$)",
    re.I,
)
_NAME = r"[A-Z][\w'’\-]+(?: (?:[A-Z]\.|de|del|la|van|von|bin|al|[A-Z][\w'’\-]+)){1,4}"
_BYLINE = re.compile(
    rf"^(?:[Bb]y|BY|[Aa]uthors?:|[Ww]ritten by)\s+({_NAME}(?:(?:,| and| AND|, and) {_NAME})*)\b"
)
_LETTERHEAD = re.compile(
    r"^(?:the )?(?:right )?(?:hon\b|honourable\b|rt\b|senator\b|sen\b"
    r"|(?:federal |joint |assistant |deputy )*(?:minist(?:er|ry)|member|secretary) (?:for|of)\b"
    r"|shadow\b|parliamentary secretary|(?:deputy )?leader of\b|office of\b|department of\b|dept\b"
    r"|embassy of\b|(?:\W*(?:joint|media|press|news|for immediate|official))+ "
    r"(?:release|statement|conference|alert|centre)|transcript|speech\b|statement by\b"
    r"|statement\b\W*$|(?:joint )?doorstop|interview\b|unclassified|\W*embargo|e\s?&\s?o|mps? \d"
    r"|ref\b|no\.|subjects?:|topics?:|prime minister\W*$|page \d|and\b|of\b)"
    r"|\b(?:mp|m\.p\.|mhr|mps)(?:\W*$|\W+(?:shadow|minister|member|leader|parliamentary|federal|the)\b)"
    r"|\b(?:tel|fax|ph|phone)\b|^parliament house\b|\bspokes(?:person|man|woman)\W*$"
    r"|^\W*\d[\d/\- ]*\W*$",
    re.IGNORECASE,
)


_BY = re.compile(
    r"^\W*(?:(?:written|posted|published|story|text|report|words)\s+)?(?:by|par|por|von|di|av|door)\b\s*:?\s*"
    r"|^\W*(?:authors?|autor(?:es|a)?|auteur|autore|reporter|verfasser)\s*:\s*",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"https?:|www\.|@|©|^(?:no author|admin(?:istrator)?|editor(?:ial)?|guest|author|anonymous"
    r"|staff|unknown|null|none|n/?a"
    r"|redaktion|redacción|webmaster|root|user)$|\d{2}",
    re.IGNORECASE,
)
_ALL_BY = re.compile(  # what blogs print on links to an author's page
    r"^(?:(?:view|see|show|read) (?:all|more) (?:posts|articles|stories) (?:by|from)"
    r"|zeige alle beiträge von|ver todas las entradas de"
    r"|voir tous les articles (?:par|de))\s+|\s*→$",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:[;|•·&]|,\s+(?:and|y|et|und|e)\s|\s(?:and|AND|y|et|und|with)\s)\s*")
_ROLE = re.compile(
    r"^(?:[\w-]+ )*(?:reporter|correspondent|editor|writer|columnist|staff|chief|analyst"
    r"|contributor|bureau|desk|professor|lecturer|fellow|director|journalist|jr\.?|sr\.?|ph\.?d\.?|md)\b.*$",
    re.IGNORECASE,
)


def clean_authors(told: Iterable[str | None], sites: Sequence[str] = ()) -> tuple[str, ...]:
    """The names in what a page gives for its authors, one by one.

    Args:
        told: Names, or lines of names ("By Jane Doe and John Roe, Staff Writers").
        sites: Names of the publisher; it is no author of its own reports.
    """
    names: list[str] = []
    known = {re.sub(r"\W", "", site).casefold() for site in sites}
    for line in told:
        words = _BY.sub("", _ALL_BY.sub("", " ".join((line or "").split())))
        for piece in _AND.split(words[:300]):
            parts = [part.strip(" -–—/,") for part in piece.split(",")]
            whole = all(len(part.split()) >= 2 and not _ROLE.match(part) for part in parts)
            for name in parts if whole else parts[:1]:
                bare = re.sub(r"\W", "", name).casefold()
                if bare and not _NO_AUTHOR.search(name) and bare not in known and len(name) <= 80:
                    names.append(storable(name))
    return tuple(dict.fromkeys(names))


def find_headline(text: str) -> str | None:
    """Find the headline: the first heading, or the first short line that is no letterhead."""
    for at, line in enumerate(split_lines(text)):
        heading = _HEADING.match(line.words)
        if heading:
            return heading[1]
        words = " ".join(line.words.split())
        if at >= _HEAD_LINES or is_prose(words):
            return None
        is_title = (
            3 <= len(words.split()) <= 25
            and len(words) <= 160
            and not words.endswith((".", ":", ","))
        )
        if is_title and words[0] not in "•*-–|>(" and not _is_note(words):
            return words
    return None


def find_byline(text: str) -> tuple[str, ...]:
    """Find the authors that a byline in the head names ("By Jane Doe and John Roe")."""
    for at, line in enumerate(split_lines(text)):
        if at >= _HEAD_LINES:
            break
        match = _BYLINE.match(line.words)
        if match and not is_prose(line.words):
            return tuple(re.split(r",? and |, ", match[1], flags=re.IGNORECASE))
    return ()


def find_address(text: str) -> str | None:
    """Find the address that a text was taken from: alone or labelled, in its head or foot."""
    lines = [line.words for line in split_lines(text)]
    for words in [*reversed(lines[-6:]), *lines[:4]]:
        match = _ADDRESS.match(words)
        if match:
            return match[1]
    return None


def site_of(address: str) -> str | None:
    """The site of an address, for people: "www.example.org" is example.org."""
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and "." in host else None


def _is_note(words: str) -> bool:
    if _LETTERHEAD.search(words) or _BYLINE.match(words) or find_furniture(words):
        return True
    return parse_date(words) is not None and len(words.split()) <= 8
