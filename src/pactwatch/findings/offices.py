"""Offices: which person holds, or has held, which title of which body.

Comes in: a document's context, with its persons and names. Goes out: one finding for each pair of
person and title, with all the places that say so. Holders are read off the words beside a title, in
prose ("Mexico's Foreign Minister Ana Ruiz", "Ana Ruiz, the minister for trade, said") as in head
lines and signatures; a title without a name beside it is none.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from pactwatch.findings.context import Context, Filling
from pactwatch.findings.titles import (
    Title,
    TitleWords,
    Word,
    is_wide,
    lines_of,
    load_title_words,
    titles_in,
)
from pactwatch.language import Person
from pactwatch.language.names import NameMention
from pactwatch.model import Finding, Rejected

__all__ = ["find_offices"]

_FINITE = frozenset({"has", "have", "had", "is", "was", "will", "would", "did", "does"})
_SHORT = {"sen": "senator", "rep": "representative", "gov": "governor"}


def find_offices(context: Context) -> Iterator[Finding | Rejected]:
    """Yield the offices of a document, in the order in which it names their holders."""
    words = load_title_words()
    found: list[tuple[int, Title]] = []
    members: list[tuple[int, int, int]] = []
    for line in lines_of(context):
        titles = list(titles_in(context, line, words))
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


def _give_persons(
    context: Context, line: list[Word], titles: list[Title], words: TitleWords
) -> None:
    """Find for each title of a line the person beside it."""
    titled: set[int] = set()  # who has a title before this one
    for title in titles:
        before, sure = _person_before(context, line, title, titled, words)
        after = _persons_after(line, title, words)
        if before >= 0 and line[title.first - 1].text != "\n" and _goes_on(line, title):
            before = -1  # "Mr Bell, the Prime Minister has said …": a name called, and another man
        if after and before >= 0 and not sure:
            broken = any(w.text == "\n" for w in line[title.last + 1 : title.last + 4])
            sure = broken and before not in titled
        if after and not (sure and before >= 0):
            title.persons = after
        elif before >= 0:
            title.persons = [before]
        titled.update(title.persons)
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


def _goes_on(line: list[Word], title: Title) -> bool:
    """Whether a title after a name and "the" is the subject of a verb, and so no apposition."""
    following = line[title.last + 1].low if title.last + 1 < len(line) else ""
    return following in _FINITE and line[title.first - 1].low == "the"


def _persons_after(line: list[Word], title: Title, words: TitleWords) -> list[int]:
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
        elif word.text == ".":
            if line[index - 1].low not in words.honorifics | words.ranks | words.between:
                return []  # the end of a sentence, not of "Sen."
        elif word.low not in words.honorifics | words.ranks | words.between:
            return []
        index += 1
    if index >= len(line):
        return []
    persons = [line[index].person]
    if title.plural:
        for following in line[index + 1 :]:
            if following.person >= 0:
                persons.append(following.person)
            elif not (
                following.inside
                or following.name is not None
                or following.low in words.honorifics
                or following.low in (",", "and", "of")
            ):
                break
    return persons


def _person_before(
    context: Context, line: list[Word], title: Title, titled: set[int], words: TitleWords
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
            index + 1 < len(line) and is_wide(line, index + 1)
        ):
            linked = True
            sure = sure or not _is_titled(line, index, titled)
        elif word.low in words.linking:
            linked = sure = True  # "who was …"
        elif word.low in words.after_name:  # "Ana Ruiz MP Minister for …", on one line
            sure = sure or not linked
            linked = True
        elif word.low not in words.honorifics | words.passing and word.name is None:
            break
        index -= 1
    if index >= 1 and line[index].low in words.tenure:
        return _possessor(context, line, index - 1), True
    # "Ana Ruiz  Minister for Trade": nothing but a gap
    return -1, False


def _possessor(context: Context, line: list[Word], index: int) -> int:
    word = line[index]
    if word.inside:
        return _holder_of(line, index)
    if word.low in ("his", "her"):
        person = context.reading.last_person_before(word.start)
        return list(context.reading.persons).index(person) if person else -1
    return -1


def _is_titled(line: list[Word], comma: int, titled: set[int]) -> bool:
    """Whether the person before a comma has a title already."""
    index = comma - 1
    while index > 0 and not line[index].inside and line[index].start - line[comma].start > -12:
        index -= 1
    return _holder_of(line, index) in titled


def _holder_of(line: list[Word], index: int) -> int:
    """The person inside whose mention a word stands."""
    while index >= 0 and line[index].inside:
        if line[index].person >= 0:
            return line[index].person
        index -= 1
    return -1


def _named_before(line: list[Word], index: int) -> int:
    """The person whose name stands right before a word, but for a comma."""
    at = index - 1
    if at >= 0 and line[at].text == ",":
        at -= 1
    return _holder_of(line, at) if at >= 0 else -1


def _content(context: Context, title: Title) -> frozenset[str]:
    words = re.findall(r"[^\W_]+", context.reading.text[title.start : title.end].casefold())
    return frozenset(
        _SHORT.get(w, w) for w in words if w not in ("for", "of", "the", "and", "to", "affairs")
    )


def _offices(
    context: Context, found: list[tuple[int, Title]], members: list[tuple[int, int, int]]
) -> Iterator[Finding]:
    """One finding for each person and title, the fullest form of the title, with all places as
    evidence."""
    reading = context.reading
    for index, person in enumerate(reading.persons):
        if person.private:
            continue
        groups: list[list[Title]] = []
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


def _office(context: Context, person: Person, group: list[Title]) -> Finding:
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
