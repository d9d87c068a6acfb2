"""Which news agencies a report credits in its byline, its dateline or a line at its end.

Comes in: a text with what is known of it. Goes out: the names of agencies, each with the place of
its credit. A mention in a sentence ("told Reuters") is no such credit, and neither is the credit of
a picture: only whole lines of the usual forms count, and the dateline before the first sentence.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from pactwatch.codebook.vocabularies import load_table
from pactwatch.documents.lines import Line, is_prose, split_lines
from pactwatch.model import Span

__all__ = ["find_agencies", "find_agency_credits"]

_HEAD_LINES, _FOOT_LINES = 20, 14
_LONGEST = 300  # characters of a line that credits an agency and does nothing else
_PICTURE = re.compile(
    r"\b(?:photo(?:s|graph\w*)?|image|picture|foto\w*|file|handout|pool|video|imagen|bild|getty)\b",
    re.IGNORECASE,
)
_UPPER = "A-ZÀ-ÖØ-ÞŁŚŞİČŠŽА-ЯЁ"


def find_agencies(
    text: str,
    *,
    authors: Sequence[str] = (),
    publisher: str | None = None,
    furniture: Sequence[Span] = (),
) -> tuple[str, ...]:
    """Name the news agencies that a report credits for its words, in the order of their credits."""
    credits = find_agency_credits(text, authors=authors, publisher=publisher, furniture=furniture)
    return tuple(name for name, _ in credits)


def find_agency_credits(
    text: str,
    *,
    authors: Sequence[str] = (),
    publisher: str | None = None,
    furniture: Sequence[Span] = (),
) -> tuple[tuple[str, str], ...]:
    """Find the news agencies that a report credits for its words.

    Args:
        publisher: An agency's own name alone on a line of its own pages credits nobody.
        furniture: Lines of these are not looked at, but for the notice of rights after the article.

    Returns:
        Name and place of each: "dateline", "byline" or "closing line".
    """
    own = _canonical(publisher or "")
    found: dict[str, str] = {}
    for name, place in _credits(text, authors, furniture):
        if not (place == "closing line" and name == own):
            found.setdefault(name, place)
    return tuple(found.items())


def _credits(
    text: str, authors: Sequence[str], furniture: Sequence[Span]
) -> Iterator[tuple[str, str]]:
    lines = list(split_lines(text))
    article = [line for line in lines if not _is_covered(line, furniture)]
    for line in article[:_HEAD_LINES]:
        yield from ((name, "dateline") for name in _in_dateline(line.words))
    for author in authors:
        yield from ((name, "byline") for name in _in_byline(author))
    for at, line in enumerate(article):
        near_head = at < _HEAD_LINES
        if near_head or at >= len(article) - _FOOT_LINES:
            place = "byline" if near_head and not _is_closing(line.words) else "closing line"
            yield from ((name, place) for name in _in_line(line.words))
    if article:
        yield from ((name, "closing line") for name in _in_last_words(article[-1].words))
        after = [line for line in lines if line.start > article[-1].end]
        for line in after[:_FOOT_LINES]:
            if re.match(r"\W*(?:©|\(c\)|copyright)", line.words, re.I):
                yield from ((name, "closing line") for name in _in_line(line.words))


def _in_dateline(words: str) -> list[str]:
    match = _patterns()[0].match(words[:200])
    return _names(match["agencies"]) if match else []


def _in_byline(author: str) -> list[str]:
    whole = _patterns()[1].fullmatch(author)
    if whole:
        return _names(whole["agencies"])
    parts = re.split(r"\s*(?:,|\||/| – | — | - |\(|\)| for | of | and )\s*", author)
    return [name for part in parts[1:] for name in [_canonical(part)] if name]


def _in_line(words: str) -> list[str]:
    if len(words) > _LONGEST or _PICTURE.search(words):
        return []
    for pattern in _patterns()[2]:
        match = pattern.fullmatch(words)
        if match:
            return _names(match["agencies"])
    return []


def _in_last_words(words: str) -> list[str]:
    """The credit in brackets after the last sentence: "… next year. (AFP)"."""
    match = re.search(r"[.!?”\"]\s*[(\[]([^()\[\]]{2,40})[)\]]\W*$", words)
    names = _names(match[1]) if match else []
    return names if match and all(map(_canonical, _split(match[1]))) else []


def _is_closing(words: str) -> bool:
    return is_prose(words) or bool(re.match(r"\W*(?:with|source|©|\(c\)|copyright)", words, re.I))


def _is_covered(line: Line, furniture: Sequence[Span]) -> bool:
    at = bisect_right(furniture, line.start, key=lambda span: span.start) - 1
    return at >= 0 and line.end <= furniture[at].end


def _names(words: str) -> list[str]:
    return [name for part in _split(words) for name in [_canonical(part)] if name]


def _split(words: str) -> list[str]:
    return [
        part.removeprefix("the ").removeprefix("The ").strip()
        for part in re.split(r"\s*(?:,|/|;|&|\+|\band\b|\by\b|\bet\b|\bund\b|\be\b)\s*", words)
        if part.strip()
    ]


def _canonical(words: str) -> str | None:
    bare = re.sub(r"^the\s+", "", " ".join(words.split()), flags=re.IGNORECASE)
    return _forms().get(bare) or (_capitals().get(bare) if bare.isupper() else None)


@cache
def _data() -> dict[str, list[object]]:
    return tomllib.loads(files("pactwatch.documents").joinpath("agencies.toml").read_text("utf-8"))


@cache
def _forms() -> dict[str, str]:
    """Each form of an agency's name → the name shown."""
    forms: dict[str, str] = {}
    publications = load_table("actors/publications.toml")["publications"]
    data = _data()
    for key in load_table("credits.toml")["wires"]:
        entry = publications.get(key)
        if entry and key not in data["not_text"]:
            shown = str(entry["names"][0]).removeprefix("The ")
            for form in (*entry["names"], *entry.get("acronyms", [])):
                forms.setdefault(str(form).removeprefix("The "), shown)
    for row in data["more"]:
        assert isinstance(row, list)  # a list of forms, by the file's own account
        shown = next((forms[form] for form in row if form in forms), row[0])
        for form in row:
            forms.setdefault(form.removeprefix("The "), shown)
    return forms


@cache
def _capitals() -> dict[str, str]:
    """The longer forms in capitals, as bylines print them."""
    return {form.upper(): name for form, name in _forms().items() if " " in form}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], tuple[re.Pattern[str], ...]]:
    """The patterns of a dateline, of an author that is an agency, and of whole lines.

    Case is left out of them, since bylines come in capitals; `_canonical` looks at it.
    """
    one = "|".join(re.escape(form) for form in sorted(_forms(), key=lambda f: (-len(f), f)))
    joint = r"\s*(?:,|/|;|&|\+|\s(?:and|y|et|und|e)\s)\s*"
    several = rf"(?P<agencies>(?:{one})(?:{joint}(?:the )?(?:{one}))*)"
    upper = f"[{_UPPER}]"
    word = rf"(?:{upper}[\w.'’-]*|d[aeiou]|del|la|el|al|of|and|y|e)"
    day = r"\d{1,2}(?:st|nd|rd|th|\.|º)?(?:\s+(?:de\s+)?\w{3,10}\.?)?(?:,?\s+(?:de\s+)?\d{4})?"
    place = rf"{upper}[\w.'’-]*(?:,?\s+{word}){{0,6}}(?:,?\s*{day})?"
    dateline = re.compile(
        rf"\W{{0,3}}(?:{place})?[,.]?\s*(?:[(\[]|/)\s*(?i:{several}(?:\s*/\s*\w{{2,6}})?)\s*(?:[)\]]|/)"
        rf"\s*(?:\.?\s*[-–—]|\.(?=\s)|:|(?=\s{upper}))"
    )
    author = re.compile(
        rf"(?:by |por |von |par )?(?:the )?{several}(?: staff| news)?", re.IGNORECASE
    )
    lines = tuple(
        re.compile(
            str(line).replace("<agency>", several).replace("<upper>", f"(?-i:{upper})"),
            re.IGNORECASE,
        )
        for line in _data()["lines"]
    )
    return dateline, author, lines
