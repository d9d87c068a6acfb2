"""Values of rows and entries, as exports write them: words, addresses, days, languages, markup.

Comes in: a value of JSON, a cell, or the words in it. Goes out: the same as a document holds it, or
nothing where it can be read two ways. Nothing is looked up by name here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from urllib.parse import urlsplit

from pactwatch.documents.dates import parse_date
from pactwatch.documents.decoding import storable

__all__ = ["as_date", "as_language", "is_address", "is_html", "strings"]

_INNER = ("rendered", "name", "main", "default", "value", "@value", "text", "bodyText", "original",
          "$date", "@id", "url")  # fmt: skip
_TAG = re.compile(
    r"<(?:p|br|div|span|h[1-6]|ul|ol|li|table|blockquote|article|section|figure|html|body|img|a"
    r"|strong|em|b|i)\b[^<>]{0,2000}>",
    re.I,
)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{6}Z?)?")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
_DEEPEST = 3


def strings(value: object, *, deep: int = 0) -> tuple[str, ...]:
    """All words in a value: of a list each item's, of a mapping those of its name or value."""
    if isinstance(value, str):
        words = storable(value).replace("\x00", "\ufffd")
        return (words,) if words.strip() else ()
    if isinstance(value, bool) or value is None or deep >= _DEEPEST:
        return ()
    if isinstance(value, (int, float)):
        return (f"{value:.15g}",)
    if isinstance(value, (datetime, date)):
        return (value.isoformat(),)
    if isinstance(value, list):
        return tuple(words for item in value[:200] for words in strings(item, deep=deep + 1))
    if isinstance(value, Mapping):
        found = next((value[key] for key in _INNER if value.get(key)), None)
        return strings(found, deep=deep + 1)
    return ()


def is_address(words: str) -> bool:
    """Tell whether words are an address of the web, and nothing else."""
    if not words.lower().startswith(("http://", "https://")) or re.search(r"\s", words):
        return False
    try:
        return bool(urlsplit(words).hostname)
    except ValueError:
        return False


def is_html(words: str) -> bool:
    """Tell whether a text is marked up: two tags of HTML at least."""
    return len(_TAG.findall(words[:20_000])) >= 2


def as_date(words: str) -> str | None:
    """The day in any notation of exports: ISO, in words, of mail headers, compact, or seconds since
    1970. A time keeps the day that it names in its own zone."""
    plain = words.strip()
    compact = _COMPACT.fullmatch(plain)
    if compact:
        return parse_date("-".join(compact.groups()))
    if _EPOCH.fullmatch(plain):
        seconds = float(plain)
        seconds = seconds / 1000 if seconds > 1e11 else seconds
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    found = parse_date(plain[:80])
    if found or not re.search(r"\d:\d", plain):
        return found
    try:
        return parsedate_to_datetime(plain[:80]).date().isoformat()
    except (ValueError, IndexError, TypeError, OverflowError):
        return None


@lru_cache(maxsize=256)
def as_language(words: str) -> str | None:
    """A language as exports name it ("English", "eng", "en-GB") as an ISO 639-1 code."""
    plain = words.strip()[:40]
    if re.fullmatch(r"[A-Za-z]{2}(?:[-_]\w+)*", plain):
        return plain
    import pycountry

    try:
        return getattr(pycountry.languages.lookup(plain), "alpha_2", None)
    except LookupError:
        return None
