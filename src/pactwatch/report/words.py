"""Words for people, the same in the terminal and on the page: dates, counts, sources, hostile text
made harmless.

Comes in: values of the model. Goes out: short strings. Nothing here prints, escapes HTML or looks
into a dossier; `clean` takes out what could drive a terminal or turn a line around, and nothing
that can be read.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta

from pactwatch.model import Document, Quote, Section, Value

__all__ = [
    "clean",
    "count",
    "date_bounds",
    "date_words",
    "document_words",
    "field_words",
    "join_words",
    "one_line",
    "place_words",
    "sections_of",
    "shorten",
    "source_words",
    "support_words",
    "value_words",
]

_LONGEST_LABEL = 80  # characters of a chapter's title
_JOINERS = "\u200c\u200d"
"""Format characters that spelling needs (Persian, Indic scripts); all others are dropped."""


def clean(text: str) -> str:
    """Take out terminal controls, bidirectional overrides and lone surrogates; keep tabs and line
    ends."""
    if text.isascii() and text.isprintable():
        return text
    kept = (
        "\ufffd" if category == "Cs" else character
        for character, category in ((c, unicodedata.category(c)) for c in text)
        if category not in ("Cc", "Cf") or character in "\n\t" or character in _JOINERS
    )
    return "".join(kept)


def one_line(text: str) -> str:
    """`clean` text with every run of whitespace folded to one space."""
    return " ".join(clean(text).split())


def shorten(text: str, width: int) -> str:
    """One line of at most `width` characters, cut at a word and marked with an ellipsis."""
    line = one_line(text)
    if len(line) <= width:
        return line
    head = line[: width - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > width // 2 else head).rstrip(" ,;:–-") + "…"


def count(number: int, noun: str) -> str:
    """ "1 agreement", "5 agreements", "2 copies", "3 days"."""
    if number != 1:
        many = noun.endswith("y") and noun[-2:-1] not in "aeiou"
        noun = f"{noun[:-1]}ies" if many else f"{noun}s"
    return f"{number:,} {noun}"


def join_words(words: Iterable[str], *, last: str = "and") -> str:
    """ "a", "a and b", "a, b and c"."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def date_bounds(value: str | None) -> tuple[date, date] | None:
    """First and last day that an ISO 8601 date or interval allows, or None where it is none.

    "2019-05" is all of May: 2019-05-01 to 2019-05-31.
    """
    if not value:
        return None
    first, _, last = value.partition("/")
    start = _days(first)
    end = _days(last) if last else start
    if start is None or end is None or end[1] < start[0]:
        return None
    return start[0], end[1]


def _days(value: str) -> tuple[date, date] | None:
    """First and last day of "2019", "2019-05" or "2019-05-27"."""
    try:
        parts = [int(part) for part in value.split("-")]
        if len(parts) == 1:
            return date(parts[0], 1, 1), date(parts[0], 12, 31)
        if len(parts) == 2:
            start = date(parts[0], parts[1], 1)
            after = (start + timedelta(days=31)).replace(day=1)
            return start, after - timedelta(days=1)
        if len(parts) == 3:
            day = date(*parts)
            return day, day
    except (
        ValueError,
        OverflowError,
    ):  # "2019-Q2", "9999-12": kept as words, without a place in time
        return None
    return None


def date_words(value: str | None) -> str:
    """ "27 May 2019", "May 2019", "2019", "27 to 29 May 2019"; other text as it stands; "" for
    None."""
    if not value:
        return ""
    if date_bounds(value) is None:
        return one_line(value)
    first, _, last = value.partition("/")
    if not last or last == first:
        return _day_words(first)
    start, end = _day_words(first).split(" "), _day_words(last).split(" ")
    shared = 0  # "27 May 2019" and "29 May 2019" say month and year once
    while (
        len(start) == len(end)
        and shared < len(start) - 1
        and start[-1 - shared] == end[-1 - shared]
    ):
        shared += 1
    start = start[: len(start) - shared]
    return f"{' '.join(start)} to {' '.join(end)}"


def _day_words(value: str) -> str:
    bounds = _days(value)
    if bounds is None:
        return value
    day = bounds[0]
    precision = value.count("-")
    return (str(day.year), f"{day:%B} {day.year}", f"{day.day} {day:%B} {day.year}")[precision]


def value_words(text: str, value: Value | None) -> str:
    """The words of a claim, with the date or country that they were read as where the words do not
    say it."""
    words = one_line(text)
    if not isinstance(value, str):
        return words
    if date_bounds(value) is not None and value[:4].isdigit():
        read = date_words(value)
        return words if read.casefold() in words.casefold() else f"{read} (“{words}”)"
    return words


def document_words(document: Document) -> str:
    """Title of a document, or its name."""
    return one_line(document.title or document.name)


def source_words(document: Document) -> str:
    """ "Publisher, 31 May 2019", with the document's name where no publisher is known."""
    published = date_words(document.published) or "undated"
    return f"{one_line(document.publisher or document.name)}, {published}"


def sections_of(document: Document, quote: Quote) -> list[Section]:
    """The pages, chapters or rows over which a quotation runs, the first and the last; none where
    the document has no such parts."""
    sections = document.sections
    first = bisect_right(sections, quote.start, key=lambda section: section.start) - 1
    last = bisect_right(sections, quote.end - 1, key=lambda section: section.start) - 1
    places = sorted({at for at in (first, last) if at >= 0 and sections[at].end > quote.start})
    return [sections[at] for at in places]


def place_words(document: Document, quote: Quote) -> str:
    """Where in its document a quotation stands: "p. 3", "pp. 3–4", "chapter Ports", "row 12"; ""
    where the document has no such parts."""
    found = sections_of(document, quote)
    if not found:
        return ""
    kind = one_line(found[0].kind)
    labels = list(dict.fromkeys(shorten(section.label, _LONGEST_LABEL) for section in found))
    if kind == "page":
        return f"{'p.' if len(labels) == 1 else 'pp.'} {'–'.join(labels)}"
    if labels[0].casefold().startswith(kind):
        return " – ".join(labels)
    return f"{kind if len(labels) == 1 else f'{kind}s'} {join_words(labels)}"


def support_words(accounts: int, documents: int) -> str:
    """ "4 accounts (7 documents)"; the documents are left out where there is one for each
    account."""
    words = count(accounts, "account")
    return words if accounts == documents else f"{words} ({count(documents, 'document')})"


_FIELDS = {
    "party": "parties",
    "signatory": "signed by",
    "area": "areas",
    "amount": "amount",
    "agreement": "under",
    "participant": "participants",
    "what": "what happened",
    "of": "of what",
    "content": "words",
    "cue": "word of saying",
}


def field_words(field: str) -> str:
    """A field's name for people: "signatory" is "signed by"."""
    return _FIELDS.get(field, field.replace("_", " "))
