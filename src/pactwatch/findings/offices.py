"""Offices: which person holds, or has held, which title of which body.

Comes in: a document's context, with its persons and names. Goes out: one finding for each pair of
person and title, with all the places that say so. Titles are read off the words beside a name, in
prose ("Mexico's Foreign Minister Ana Ruiz", "Ana Ruiz, the minister for trade, said") as in head
lines and signatures; a title without a name is none.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources

from pactwatch.findings.context import Context, Filling
from pactwatch.language import Person
from pactwatch.language.names import NameMention
from pactwatch.model import Finding, Rejected
import itertools

__all__ = ["find_offices"]

_WORD = re.compile(r"[^\W_][\w.&’'‘`\u0080-\u009f\u00a1-\u00ff-]*|[^\w\s]")
_CONTACT = re.compile(
    r"\b(?:contacts?|en?nquir(?:y|ies)|inquir(?:y|ies))\b|\b\d{3,4}[ -]\d{3}[ -]?\d{3,4}\b",
    re.IGNORECASE,
)
_OF = frozenset({"of", "for", "to", "on", "at", "in"})
_JOINING = frozenset({"and", "of", "the", "for", "&", "to", "on", "with", "de", "la"})
_NOT_IN_TITLES = frozenset(
    {"who", "which", "that", "said", "says", "is", "was", "are", "were", "has", "have", "had", "will", "would", "told",
     "from", "by", "after", "before", "when", "while", "as", "today", "yesterday", "signed", "announced", "met", "his",
     "her", "this"}
)  # fmt: skip
_SHORT = {"sen": "senator", "rep": "representative", "gov": "governor"}
_LONGEST = 12  # words of a title after its head


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
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


@functools.cache
def _load_words() -> _Words:
    home = resources.files("pactwatch.codebook")
    words = tomllib.loads((home / "offices.toml").read_text("utf-8"))
    sets = {name: frozenset(words[name]) for name in _Words.__dataclass_fields__ if name != "heads"}
    return _Words(heads=frozenset(tuple(re.split(r"\s", h)) for h in words["heads"]), **sets)


@dataclass(slots=True, kw_only=True)
class _Word:
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
class _Title:
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


def find_offices(context: Context) -> Iterator[Finding | Rejected]:
    """Yield the offices of a document, in the order in which it names their holders."""
    words = _load_words()
    found: list[tuple[int, _Title]] = []
    members: list[tuple[int, int, int]] = []
    for line in _lines(context):
        titles = list(_titles(context, line, words))
        _give_persons(context, line, titles, words)
        for title in titles:
            if not title.persons:
                yield context.reject(
                    "office", title.key, "no name beside it", title.start, title.end
                )
            found += [(person, title) for person in title.persons]
        for index, word in enumerate(line):
            if word.low not in words.after_name:
                continue
            holder = _named_before(line, index)
            if holder < 0 and index + 1 < len(line):
                holder = line[index + 1].person
            if holder >= 0:
                members.append((holder, word.start, word.end))
    yield from _offices(context, found, members)


# ── words ────────────────────────────────────────────────────────────────────────────────────────
# ────────────────


def _lines(context: Context) -> Iterator[list[_Word]]:
    """Words of each block; the short blocks of a head or a signature run on as one line."""
    reading, text = context.reading, context.reading.text
    persons = {s: (i, e) for i, p in enumerate(reading.persons) for s, e in p.mentions}
    line: list[_Word] = []
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
            line.append(_Word(text="\n", start=line[-1].end, end=block.start))
        name_at = {m.start: m for m in reading.names_in(block.start, block.end)}
        name: NameMention | None = None
        person_end = -1
        for match in _WORD.finditer(text, block.start, block.end):
            start, end = match.span()
            name = name_at.get(start, name if name is not None and start < name.end else None)
            word = _Word(text=match.group(), start=start, end=end, name=name)
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


def _titles(context: Context, line: list[_Word], words: _Words) -> Iterator[_Title]:
    """Titles in a line of words, without regard to whose they are."""
    index = 0
    while index < len(line):
        head = _head_at(line, index, words)
        if head is None or line[index].inside:
            index += 1
            continue
        last_of_head, key, plural = head
        first = _extend_left(line, index, words)
        last = _extend_right(line, last_of_head, words)
        title = _cut(context, line, first, index, last_of_head, last, key, plural)
        if title is not None and _is_office(line, title, words):
            yield title
        index = max(last_of_head, title.last if title else last_of_head) + 1


def _head_at(line: list[_Word], index: int, words: _Words) -> tuple[int, str, bool] | None:
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


def _extend_left(line: list[_Word], index: int, words: _Words) -> int:
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
            if word.text[0].islower() and word.low not in words.modifiers:
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


def _extend_right(line: list[_Word], head: int, words: _Words) -> int:
    """Last word of "for Immigration and Citizenship" after a head."""
    index = head + 1
    if index >= len(line) or line[index].low not in _OF:
        return head
    last = head
    loud = line[head].text.isupper() and len(line[head].text) > 2
    cursor = index + 1
    while cursor < len(line) and cursor - head <= _LONGEST:
        word = line[cursor]
        if word.inside or word.text == "\n" or _wide(line, cursor):
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
        elif word.text.isalpha() and last == head and word.low not in _NOT_IN_TITLES:
            return _lower_right(line, cursor, head)
        else:
            break
        cursor += 1
    return last


def _wide(line: list[_Word], index: int) -> bool:
    """Whether a gap as between columns stands before a word that begins anew."""
    return line[index].start - line[index - 1].end >= 3


def _lower_right(line: list[_Word], cursor: int, head: int) -> int:
    """End of a title in lower case: up to the next mark."""
    last = cursor
    while last + 1 < len(line) and last - head < _LONGEST:
        word = line[last + 1]
        if not word.text[0].isalnum() or word.low in _NOT_IN_TITLES or word.inside:
            break
        last += 1
    return last


def _list_goes_on(line: list[_Word], comma: int, words: _Words) -> bool:
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


def _starts_title(line: list[_Word], index: int, words: _Words) -> bool:
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
    line: list[_Word],
    first: int,
    index: int,
    head: int,
    last: int,
    key: str,
    plural: bool,
) -> _Title | None:
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
    return _Title(
        first=first, head=head, last=last, start=line[first].start, end=line[end].end, body=body,
        bare=first == index and last == head and body is None, plural=plural, key=key,
    )  # fmt: skip


def _owner_before(line: list[_Word], first: int) -> NameMention | None:
    """The body that owns a title: "Mexico's …", "the IOM’s …", "the U.S. …"."""
    index = first - 1
    if index >= 0 and line[index].text in ("'s", "’s", "’", "'", "s"):
        index -= 1
        if index >= 0 and line[index].text in ("’", "'"):
            index -= 1
    return line[index].name if index >= 0 else None


def _is_office(line: list[_Word], title: _Title, words: _Words) -> bool:
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


# ── whose ────────────────────────────────────────────────────────────────────────────────────────
# ────────────────


def _give_persons(context: Context, line: list[_Word], titles: list[_Title], words: _Words) -> None:
    """Find for each title of a line the person beside it."""
    for position, title in enumerate(titles):
        before, sure = _person_before(context, line, title, titles[:position], words)
        after = _persons_after(line, title, words)
        if after and before >= 0 and not sure:
            broken = any(w.text == "\n" for w in line[title.last + 1 : title.last + 4])
            sure = broken and not any(before in t.persons for t in titles[:position])
        if after and not (sure and before >= 0):
            title.persons = after
        elif before >= 0:
            title.persons = [before]
    # "Member for Ashby and Shadow Minister for Trade": joined titles have one holder
    for title, following in itertools.pairwise(titles):
        between = {w.low for w in line[title.last + 1 : following.first]}
        if (between and between <= {"and", ",", "the", "&", "\n"}) or (
            not between and following.first == title.last + 1
        ):
            if following.persons and not title.persons:
                title.persons = following.persons
            elif title.persons and not following.persons:
                following.persons = title.persons


def _persons_after(line: list[_Word], title: _Title, words: _Words) -> list[int]:
    index = title.last + 1
    commas = 0
    while index < len(line):
        word = line[index]
        if word.person >= 0:
            break
        if word.text in (",", "\n", "(") or word.text in ("–", "-", "—"):
            commas += 1
            if commas > 2:
                return []
        elif not (
            word.low in words.honorifics
            or word.low in words.ranks
            or word.low
            in (
                "senator",
                "sen",
                "rep",
                "professor",
                "right",
                "h.e",
                ".",
                "justice",
                "police",
                "inspector",
                "ambassador",
            )
        ):
            return []
        index += 1
    if index >= len(line):
        return []
    persons = [line[index].person]
    if title.plural:
        for following in line[index + 1 :]:
            if following.person >= 0:
                persons.append(following.person)
            elif (
                not following.inside
                and following.low not in words.honorifics
                and following.low not in (",", "and")
            ):
                break
    return persons


def _person_before(
    context: Context, line: list[_Word], title: _Title, earlier: list[_Title], words: _Words
) -> tuple[int, bool]:
    """The person whose apposition a title is, and whether that is sure enough to prefer it to a
    name after it."""
    index = title.first - 1
    linked = index >= 0 and line[index].inside and line[title.first].text[0].isupper()
    sure = False
    steps = 0
    while index >= 0 and steps < 9:
        word = line[index]
        steps += 1
        if word.inside:
            return (_holder_of(line, index), sure) if linked else (-1, False)
        if word.text in (",", "\n", "(", "–", "—", "-") or (
            index + 1 < len(line) and _wide(line, index + 1)
        ):
            linked = True
            sure = sure or not _titled(line, index, earlier)
        elif word.low in (
            "who",
            "is",
            "was",
            "became",
            "becomes",
            "named",
            "appointed",
            "elected",
            "as",
            "been",
            "has",
            "remains",
        ):
            linked = sure = True
        elif not (
            word.low in words.honorifics
            or word.low in words.after_name
            or word.low
            in (
                "a",
                "an",
                "its",
                "their",
                "am",
                "ao",
                "s",
                "'",
                "’",
                "also",
                "currently",
                "now",
                "then",
            )
            or word.name is not None
        ):
            break
        index -= 1
    if index >= 1 and line[index].low in ("time", "tenure", "stint", "term", "role", "position"):
        return _possessor(context, line, index - 1), True
    # "Ana Ruiz  Minister for Trade": nothing but a gap
    return -1, False


def _possessor(context: Context, line: list[_Word], index: int) -> int:
    word = line[index]
    if word.inside:
        return _holder_of(line, index)
    if word.low in ("his", "her"):
        person = context.reading.last_person_before(word.start)
        return list(context.reading.persons).index(person) if person else -1
    return -1


def _titled(line: list[_Word], comma: int, earlier: list[_Title]) -> bool:
    """Whether the person before a comma has a title already."""
    index = comma - 1
    while index > 0 and not line[index].inside and line[index].start - line[comma].start > -12:
        index -= 1
    holder = _holder_of(line, index)
    return any(holder in t.persons for t in earlier)


def _holder_of(line: list[_Word], index: int) -> int:
    """The person inside whose mention a word stands."""
    while index >= 0 and line[index].inside:
        if line[index].person >= 0:
            return line[index].person
        index -= 1
    return -1


def _named_before(line: list[_Word], index: int) -> int:
    """The person whose name stands right before a word, but for a comma."""
    at = index - 1
    if at >= 0 and line[at].text == ",":
        at -= 1
    return _holder_of(line, at) if at >= 0 else -1


# ── findings ─────────────────────────────────────────────────────────────────────────────────────
# ────────────────


def _content(context: Context, title: _Title) -> frozenset[str]:
    words = re.findall(r"[^\W_]+", context.reading.text[title.start : title.end].casefold())
    return frozenset(
        _SHORT.get(w, w) for w in words if w not in ("for", "of", "the", "and", "to", "affairs")
    )


def _offices(
    context: Context, found: list[tuple[int, _Title]], members: list[tuple[int, int, int]]
) -> Iterator[Finding]:
    """One finding for each person and title, the fullest form of the title, with all places as
    evidence."""
    reading = context.reading
    for index, person in enumerate(reading.persons):
        groups: list[list[_Title]] = []
        own = [t for i, t in found if i == index]
        for title in sorted(own, key=lambda t: (-len(_content(context, t)), -len(t.key), t.start)):
            content = _content(context, title)
            for group in groups:
                if content <= _content(context, group[0]):
                    group.append(title)
                    break
            else:
                groups.append([title])
        for group in sorted(groups, key=lambda g: min(t.start for t in g)):
            yield _office(context, person, group)
        if not groups:
            for holder, start, end in members[:]:
                if holder == index:
                    yield _finding(context, person, (start, end, None), None, [(start, end)])
                    break


def _office(context: Context, person: Person, group: list[_Title]) -> Finding:
    best = group[0]
    body = next((t.body for t in group if t.body is not None and t.body.kind != "state"), None)
    body = best.body or body or next((t.body for t in group if t.body is not None), None)
    places = sorted((t.start, t.end) for t in group)
    return _finding(context, person, (best.start, best.end, None), body, places)


def _finding(
    context: Context,
    person: Person,
    title: Filling,
    body: NameMention | None,
    places: list[tuple[int, int]],
) -> Finding:
    reading = context.reading
    evidence: list[tuple[int, int]] = []
    for start, end in places:
        sentence = reading.sentence_at(start)
        span = (sentence.start, max(sentence.end, end)) if sentence else (start, end)
        if span not in evidence:
            evidence.append(span)
    roles: dict[str, list[Filling]] = {
        "person": [(person.start, person.end, None)],
        "title": [title],
        "body": [_body(context, body)] if body is not None else [],
    }
    return Finding.cut(
        context.document, "office", roles=roles, evidence=evidence, trigger="office.title"
    )


def _body(context: Context, name: NameMention) -> Filling:
    """The body; for "Guatemalan" the country's own name, if the document has it."""
    if name.kind == "state" and name.form == "demonym":
        for other in context.reading.names:
            if other.kind == "state" and other.form == "name" and other.country == name.country:
                return other.start, other.end, other.country
    return name.start, name.end, name.country if name.kind == "state" else None
