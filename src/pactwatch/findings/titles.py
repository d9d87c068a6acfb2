"""Titles of offices in a text, and what body they belong to, whoever holds them.

Comes in: a document's context. Goes out: the words of each block, with the persons and names that
stand in them, and the titles among them: the head ("Minister") with what stands before it ("acting
Foreign") and after it ("for Trade and Investment"). It does not look for holders.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources

from pactwatch.findings.context import Context
from pactwatch.language.names import NameMention

__all__ = ["Title", "TitleWords", "Word", "is_wide", "lines_of", "load_title_words", "titles_in"]

_WORD = re.compile(
    r"(?:[A-Z]\.)+|[^\W_](?:[\w.&’'‘`\u0080-\u009f\u00a1-\u00ff-]*[\w’'\u0080-\u009f\u00a1-\u00ff])?"
    r"|[^\w\s]"
)
_CONTACT = re.compile(
    r"\b(?:contacts?|en?nquir(?:y|ies)|inquir(?:y|ies))\b|\b\d{3,4}[ -]\d{3}[ -]?\d{3,4}\b",
    re.IGNORECASE,
)
_OF = frozenset({"of", "for", "to"})
_JOINING = frozenset({"and", "of", "the", "for", "&", "to", "on", "with", "de", "la"})
_LONGEST = 12  # words of a title after its head


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleWords:
    """Words of titles; see ``codebook/offices.toml``."""

    heads: frozenset[tuple[str, ...]]
    honorifics: frozenset[str]
    ranks: frozenset[str]
    modifiers: frozenset[str]
    portfolios: frozenset[str]
    no_office: frozenset[str]
    before_name: frozenset[str]
    with_more: frozenset[str]
    after_name: frozenset[str]
    between: frozenset[str]
    linking: frozenset[str]
    passing: frozenset[str]
    tenure: frozenset[str]
    not_in_titles: frozenset[str]
    related: frozenset[str]
    not_held: frozenset[str]
    no_part: frozenset[str]
    plight: frozenset[str]
    areas: frozenset[str]
    somebody: frozenset[str]


@functools.cache
def load_title_words() -> TitleWords:
    home = resources.files("pactwatch.codebook")
    words = tomllib.loads((home / "offices.toml").read_text("utf-8"))
    sets = {
        name: frozenset(words[name]) for name in TitleWords.__dataclass_fields__ if name != "heads"
    }
    return TitleWords(heads=frozenset(tuple(re.split(r"\s", h)) for h in words["heads"]), **sets)


@dataclass(slots=True, kw_only=True)
class Word:
    text: str
    start: int
    end: int
    person: int = -1  # index of the person whose mention it begins
    inside: bool = False  # whether it stands inside a mention of a person
    name: NameMention | None = None

    @property
    def low(self) -> str:
        low = self.text.casefold().rstrip(".")
        return low.removesuffix("'s").removesuffix("’s")


@dataclass(slots=True, kw_only=True)
class Title:
    """A title in the text: words `first` to `last` of its line of words, `head` the last word of
    its head."""

    first: int
    head: int
    last: int
    start: int
    end: int
    body: NameMention | None
    bare: bool  # nothing but the head
    plural: bool
    key: str
    persons: list[int] = field(default_factory=list)


def lines_of(context: Context) -> Iterator[list[Word]]:
    """Words of each block; the short blocks of a head or a signature run on as one line."""
    reading, text = context.reading, context.reading.text
    persons = {s: (i, e) for i, p in enumerate(reading.persons) for s, e in p.mentions}
    line: list[Word] = []
    before_short = False
    for block in reading.blocks:
        part = text[block.start : block.end]
        if _CONTACT.search(part) and len(part) < 200:
            before_short = False
            continue
        short = block.kind in ("headline", "list") or (len(part) < 90 and part[-1] not in ".”\"'?!")
        if not (short and before_short):
            if line:
                yield line
            line = []
        elif line:
            line.append(Word(text="\n", start=line[-1].end, end=block.start))
        name_at = {m.start: m for m in reading.names_in(block.start, block.end)}
        name: NameMention | None = None
        person_end = -1
        for match in _WORD.finditer(text, block.start, block.end):
            start, end = match.span()
            name = name_at.get(start, name if name is not None and start < name.end else None)
            word = Word(text=match.group(), start=start, end=end, name=name)
            if start in persons:
                word.person, person_end = persons[start]
            word.inside = start < person_end
            line.append(word)
        before_short = short
    if line:
        yield line


def _singular(low: str) -> str:
    if low.endswith("ies"):
        return low[:-3] + "y"
    return low[:-1] if low.endswith("s") and not low.endswith("ss") else low


def titles_in(context: Context, line: list[Word], words: TitleWords) -> Iterator[Title]:
    """Titles in a line of words, without regard to whose they are."""
    index = 0
    while index < len(line):
        head = _head_at(line, index, words)
        if head is None or line[index].inside:
            index += 1
            continue
        last_of_head, key, plural = head
        first = _extend_left(line, index, words)
        if first and line[first - 1].low in words.not_held:
            index += 1
            continue
        while first < index and line[first].low in words.no_part:
            first += 1
        last = _extend_right(line, last_of_head, words)
        title = _cut(context, line, first, index, last_of_head, last, key, plural)
        if title is not None and _is_office(line, title, words):
            yield title
        index = max(last_of_head, title.last if title else last_of_head) + 1


def _head_at(line: list[Word], index: int, words: TitleWords) -> tuple[int, str, bool] | None:
    for size in (3, 2, 1):
        part = line[index : index + size]
        if len(part) < size or any(w.inside for w in part):
            continue
        lows = tuple(w.low for w in part)
        if lows in words.heads:
            return index + size - 1, " ".join(lows), False
        single = (*lows[:-1], _singular(lows[-1]))
        if single in words.heads:
            return index + size - 1, " ".join(single), True
    return None


def _extend_left(line: list[Word], index: int, words: TitleWords) -> int:
    first = index
    while first > 0:
        word = line[first - 1]
        if word.inside or word.text == "\n":
            break
        if word.name is not None and not word.text.casefold().endswith(("'s", "’s")):
            first -= 1
            continue
        if word.low in words.modifiers or (
            word.low in words.portfolios and (word.text[0].isupper() or first - 1 > 0)
        ):
            directly = first == index and line[index].text[0].islower()
            if word.text[0].islower() and word.low not in words.modifiers and not directly:
                break
            first -= 1
            continue
        if (
            word.low in ("and", "&", "-")
            and first > 1
            and line[first - 2].low in words.portfolios
            and line[first - 2].text[0].isupper()
            and first < index
        ):
            first -= 1
            continue
        break
    while first < index and line[first].low in ("and", "&", "-"):
        first += 1
    return first


def _extend_right(line: list[Word], head: int, words: TitleWords) -> int:
    """Last word of "for Immigration and Citizenship" after a head."""
    index = head + 1
    if index >= len(line) or line[index].low not in _OF:
        return head
    last = head
    loud = line[head].text.isupper() and len(line[head].text) > 2
    cursor = index + 1
    while cursor < len(line) and cursor - head <= _LONGEST:
        word = line[cursor]
        if word.inside or word.text == "\n" or is_wide(line, cursor):
            break
        if word.text == ",":
            if not _list_goes_on(line, cursor, words):
                break
        elif word.low in _JOINING and word.text != ",":
            following = line[cursor + 1] if cursor + 1 < len(line) else None
            if (
                word.low == "and"
                and following is not None
                and (_starts_title(line, cursor + 1, words) or following.inside)
            ):
                break
        elif word.name is not None or word.text[0].isupper() or word.text[0].isdigit():
            if word.low in words.honorifics or (
                word.low not in words.portfolios
                and _head_at(line, cursor, words) is not None
                and cursor > index + 1
                and not loud
                and line[cursor - 1].low not in _JOINING
            ):
                break
            last = cursor
        elif word.text.isalpha() and last == head and word.low not in words.not_in_titles:
            return _lower_right(line, cursor, head, words)
        else:
            break
        cursor += 1
    if last > head and last + 1 < len(line) and line[last + 1].low in words.areas:
        return last + 1  # "chairman of Lomo province"
    return last


def is_wide(line: list[Word], index: int) -> bool:
    """Whether a gap as between columns stands before a word that begins anew."""
    return line[index].start - line[index - 1].end >= 3


def _lower_right(line: list[Word], cursor: int, head: int, words: TitleWords) -> int:
    """End of a title in lower case: up to the next mark."""
    last = cursor
    while last + 1 < len(line) and last - head < _LONGEST:
        word = line[last + 1]
        if not word.text[0].isalnum() or word.low in words.not_in_titles or word.inside:
            break
        last += 1
    return last


def _list_goes_on(line: list[Word], comma: int, words: TitleWords) -> bool:
    """Whether a comma stands in a list of subjects ("Families, Community Services and Indigenous
    Affairs")."""
    for word in line[comma + 1 : comma + 6]:
        if word.inside or word.low in words.honorifics or word.text in (",", "\n", "."):
            return word.text == "," and not word.inside and word is not line[comma + 1]
        if word.low in ("and", "&"):
            return True
        if word.text[0].islower():
            return False
        if (word.low,) in words.heads:
            return False
    return False


def _starts_title(line: list[Word], index: int, words: TitleWords) -> bool:
    """Whether a new title begins at a word, after modifiers and an article."""
    for offset in range(4):
        at = index + offset
        if at >= len(line):
            return False
        head = _head_at(line, at, words)
        if (
            head is not None
        ):  # "Home Affairs and Justice" goes on, "… and Attorney General" begins anew
            return head[0] > at or line[at].low not in words.portfolios
        word = line[at]
        if word.low not in words.modifiers and word.low != "the" and word.name is None:
            return False
    return False


def _cut(
    context: Context,
    line: list[Word],
    first: int,
    index: int,
    head: int,
    last: int,
    key: str,
    plural: bool,
) -> Title | None:
    """Cut a title: states and long names of bodies beside it are the body and no part of it."""
    body: NameMention | None = None
    text = context.reading.text
    # "Department of Homeland Security (DHS) Secretary"
    while first < index and (name := line[first].name) is not None:
        long = len(text[name.start : name.end].split()) > 2 and name.kind != "state"
        if name.kind in ("agency", "organisation") and not long:
            body = name
            break
        if name.kind != "region" and (body is None or body.kind == "state"):
            body = name
        while first < index and line[first].name is name:
            first += 1
    if body is None:
        body = next((w.name for w in line[first:index] if w.name is not None), None)
    if body is None or body.kind == "state":
        owner = _owner_before(line, first)
        body = owner or body
    # "President of Nauru", "chief of the Southern Command"
    end = last
    if last > head:
        tail = next((i for i in range(last, head, -1) if line[i].name is None), head)
        name = line[last].name
        if name is not None and tail >= head:
            article = line[tail].low == "the"
            preposition = tail - 1 if article else tail
            long = article or name.kind == "state" or len(text[name.start : name.end].split()) > 2
            if line[preposition].low in ("of", "for", "to", "at", "in"):
                if body is None or body.kind == "state" or long:
                    body = name
                if long:
                    end = preposition - 1
        elif body is None:
            inner = [w.name for w in line[head + 1 : last + 1] if w.name is not None]
            body = inner[-1] if inner else None
    if first > head or end < head:
        return None
    return Title(
        first=first, head=head, last=last, start=line[first].start, end=line[end].end, body=body,
        bare=first == index and last == head and body is None, plural=plural, key=key,
    )  # fmt: skip


def _owner_before(line: list[Word], first: int) -> NameMention | None:
    """The body that owns a title: "Mexico's …", "the IOM’s …", "the U.S. …"."""
    index = first - 1
    if index >= 0 and line[index].text in ("'s", "’s", "’", "'", "s"):
        index -= 1
        if index >= 0 and line[index].text in ("’", "'"):
            index -= 1
    return line[index].name if index >= 0 else None


def _is_office(line: list[Word], title: Title, words: TitleWords) -> bool:
    if title.key not in words.no_office:
        return True
    if title.key == "member":
        follows = line[title.head + 1].low if title.head + 1 < len(line) else ""
        return follows in ("for", "of") and title.last > title.head
    if title.key in words.with_more and not title.bare:
        return True
    following = line[title.last + 1] if title.last + 1 < len(line) else None
    return (
        title.key in words.before_name
        and following is not None
        and following.person >= 0
        and line[title.head].text[0].isupper()
    )
