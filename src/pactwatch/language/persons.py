"""Public persons of a document: who is named, under which forms of the name.

Comes in: parsed sentences and the names already known (states, agencies, organisations). Goes out:
`Person` values with all their mentions. A person is taken for one where the text says so: a title
or honorific before the name, an office in apposition, or a word of saying; other capitalised words
are left alone, so that private persons and streets do not become officials.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from pactwatch.language.reading import Person, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Titles", "find_persons", "load_titles"]

_EXCELLENCIES = frozenset({"HE", "HH", "HM", "H.E", "H.E.", "H.H.", "H.R.H.", "HRH"})
"""Forms of address in capitals; in lower case one of them is a pronoun."""
_PARTICLES = frozenset(
    {"de", "del", "la", "van", "von", "der", "bin", "al", "el", "da", "dos", "di", "ben", "y"}
)

_OF_LEGISLATURES = frozenset({"MP", "MHR", "MLA"})
_POSTNOMINALS = _OF_LEGISLATURES | {
    "AM", "AO", "OBE", "QC", "KC", "SC", "AC", "CBE", "KBE", "Jr", "-",
}  # fmt: skip
_REGIMES = frozenset({"administration", "government", "cabinet", "presidency", "regime"})
"""What shows that a name in the genitive is a ruler's: "Ana Ruiz's government"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """Words of offices and persons' titles; see ``codebook/offices.toml``."""

    heads: frozenset[str]
    honorifics: frozenset[str]
    ranks: frozenset[str]
    modifiers: frozenset[str]
    not_persons: frozenset[str]
    private: frozenset[str]
    saying: frozenset[str]
    cues: frozenset[str]


@functools.cache
def load_titles() -> Titles:
    """Load the words of offices and of saying from the codebook."""
    home = resources.files("pactwatch.codebook")
    offices = tomllib.loads((home / "offices.toml").read_text("utf-8"))
    saying = tomllib.loads((home / "saying.toml").read_text("utf-8"))
    return Titles(
        heads=frozenset(offices["heads"]),
        honorifics=frozenset(offices["honorifics"]),
        ranks=frozenset(offices["ranks"]),
        modifiers=frozenset(offices["modifiers"]),
        not_persons=frozenset(offices["not_persons"]),
        private=frozenset(offices["private"]),
        saying=frozenset(saying["always"]),
        cues=frozenset(
            word
            for group in ("always", "clause", "objects", "requests", "thanks", "before")
            for word in saying[group]
        ),
    )


def find_persons(
    sentences: Sequence[Sentence], taken: Sequence[tuple[int, int]], text: str
) -> list[Person]:
    """Find the persons of a document.

    Args:
        sentences: All sentences; those with a parse are used.
        taken: Spans of states, agencies, organisations, dates: words that are no part of a person's
            name.
        text: The document's text.

    Returns:
        Persons in the order of their first mention.
    """
    titles = load_titles()
    taken_characters = {i for start, end in taken for i in range(start, end)}
    sure: list[tuple[int, int]] = []
    maybe: list[tuple[int, int]] = []
    hidden: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for sentence in sentences:
        doc = sentence.doc
        if doc is None:
            continue
        for first, last in _runs(sentence, doc, titles, taken_characters):
            span = sentence.span(first, last)
            private = _description(doc, first)
            if private is not None:
                hidden.append((span, sentence.span(private, first - 1)))
            elif _evident(doc, first, last, titles):
                sure.append(span)
            elif last > first or sentence.kind != "headline":
                maybe.append(span)
    persons = _merge(sure, text)
    for (start, end), description in hidden:
        name = " ".join(text[start:end].split())
        surname = _key(name.split()[-1])
        known_as = next((p for p in persons if p.name.casefold() == name.casefold()), None)
        if known_as is not None:
            known_as.mentions.append((start, end))
        else:
            persons.append(
                Person(
                    start=description[0],
                    end=description[1],
                    name=name,
                    surname=surname,
                    mentions=[(start, end)],
                    private=True,
                )
            )
    known = {p.surname for p in persons}
    for start, end in maybe:
        words = text[start:end].split()
        if _key(words[-1]) in known or _slip(_key(words[-1]), known):
            _join(persons, start, end, text)
    for person in persons:
        person.mentions.sort()
    return sorted(persons, key=lambda p: p.mentions[0])


def _runs(sentence: Sentence, doc: Doc, titles: Titles, taken: set[int]) -> list[tuple[int, int]]:
    """Token ranges that look like names of persons, without titles."""
    found: list[tuple[int, int]] = []
    first = -1
    for token in doc:
        name_like = (
            sentence.spans[token.i][0] not in taken
            and token.text[0].isupper()
            and (token.tag_ in ("NNP", "NNPS") or (token.is_upper and len(token) > 2))
            and token.text not in _EXCELLENCIES
            and token.lower_.rstrip(".") not in titles.honorifics
            and token.lower_.rstrip(".") not in titles.ranks
            and token.lower_ not in titles.heads
            and not token.is_stop
            and any(c.isalpha() for c in token.text)
            and not any(c.isdigit() for c in token.text)
        )
        joined = first >= 0 and (
            token.lower_ in _PARTICLES or (token.text == "-" and not token.whitespace_)
        )
        if name_like or joined:
            if first < 0:
                first = token.i
            continue
        if first >= 0:
            found.append((first, token.i - 1))
        first = -1
    if first >= 0:
        found.append((first, len(doc) - 1))
    return [
        (first, last)
        for first, last in (_shorten(doc, *_tail(doc, *run, titles), titles) for run in found)
        if first <= last
        and last - first < 5
        and not any(t.lower_ in titles.not_persons for t in doc[first : last + 1])
        and doc[last].text[0].isupper()
        and len(doc[last]) > 1
    ]


def _description(doc: Doc, first: int) -> int | None:
    """First token of what describes a private person ("alleged smuggler Juan Roe")."""
    if not first or doc[first - 1].lemma_.lower() not in load_titles().private:
        return None
    index = first - 1
    while (
        index > 0
        and doc[index - 1].dep_ in ("amod", "compound", "nummod", "punct")
        and (
            doc[index - 1].pos_ in ("ADJ", "NOUN", "VERB", "PROPN", "NUM")
            or doc[index - 1].text == "-"
        )
    ):
        index -= 1
    return index


def _tail(doc: Doc, first: int, last: int, titles: Titles) -> tuple[int, int]:
    """Cut the subject of an office off a name ("Minister for Home Affairs Ana Ruiz")."""
    for index in range(last - 2, first - 1, -1):
        if doc[index].lower_ in titles.not_persons:
            whole = not any(t.lower_ in titles.not_persons for t in doc[index + 1 : last + 1])
            if whole and _office_before(doc, index, titles):
                return index + 1, last
            break
    return first, last


def _shorten(doc: Doc, first: int, last: int, titles: Titles) -> tuple[int, int]:
    """Drop post-nominals ("MP") and particles at the end of a run, title words at its front."""
    while last >= first and (doc[last].lower_ in _PARTICLES or doc[last].text in _POSTNOMINALS):
        last -= 1
    while first <= last and doc[first].lower_ in titles.modifiers:
        first += 1
    return first, last


def _evident(doc: Doc, first: int, last: int, titles: Titles) -> bool:
    """Whether the text itself shows that a run names a public person."""
    before = doc[first - 1] if first else None
    if before is not None:
        word = before.lower_.rstrip(".")
        if before.text in _EXCELLENCIES:
            return True
        if (
            word in titles.heads
            or (word in titles.honorifics and word != "the")
            or word in titles.ranks
        ):
            return True
    after = doc[last + 1] if last + 1 < len(doc) else None
    if after is not None and after.text in _OF_LEGISLATURES:
        return True
    if last > first:
        if after is not None and after.text in (",", "(") and _office_in(doc, last + 2, 9, titles):
            return True
        if before is not None and before.text == "," and _office_before(doc, first - 2, titles):
            return True
        if (
            before is not None
            # "Minister for Trade Ana Ruiz", "President of Kenya Ana Ruiz": no word of the name
            and (before.lower_ in titles.not_persons or before.tag_ in ("NNP", "NNPS"))
            and _office_before(doc, first - 1, titles)
        ):
            return True
        if (
            after is not None
            and after.tag_ == "POS"
            and doc[last + 2 : last + 3].text.lower() in _REGIMES
        ):
            return True
    token = doc[last]
    if token.dep_ in ("nsubj", "nsubjpass") and token.head.lemma_.lower() in titles.saying:
        return True
    # the head of a transcript's turn: "ANA RUIZ:"
    return after is not None and after.text == ":" and first == 0 and last > first


def _office_in(doc: Doc, start: int, width: int, titles: Titles) -> bool:
    for token in doc[start : start + width]:
        if token.lower_ in titles.heads:
            return True
        if token.text in (",", ";", ".", ":") or token.pos_ in ("VERB", "AUX"):
            return False
    return False


def _office_before(doc: Doc, index: int, titles: Titles) -> bool:
    """Whether "Minister for X and Y" stands right before a comma at `index` + 1."""
    token: Token
    for token in reversed(doc[max(0, index - 14) : index + 1]):
        if token.lower_ in titles.heads:
            return True
        if token.pos_ in ("VERB", "AUX") or token.text in (".", ";", ":"):
            return False
    return False


def _key(surname: str) -> str:
    return surname.casefold().strip(".,'’")


def _slip(surname: str, known: set[str]) -> str | None:
    """A known surname that differs by one letter in a long name: a slip of spelling."""
    if len(surname) < 6:
        return None
    close = sorted(k for k in known if k[0] == surname[0] and Levenshtein.distance(k, surname) == 1)
    return close[0] if close else None


def _merge(spans: list[tuple[int, int]], text: str) -> list[Person]:
    """Persons from evident mentions: one for a surname, unless given names differ."""
    persons: list[Person] = []
    for start, end in sorted(spans, key=lambda s: (-len(text[s[0] : s[1]].split()), s)):
        _join(persons, start, end, text)
    return persons


def _join(persons: list[Person], start: int, end: int, text: str) -> None:
    """Add a mention to the person it names, or make a new one."""
    name = " ".join(text[start:end].split())
    words = name.split()
    surname = _key(words[-1])
    fits = [p for p in persons if p.surname == surname and _same_given(p.name, name)]
    if not fits and len(words) == 1:
        slip = _slip(surname, {p.surname for p in persons})
        fits = [p for p in persons if p.surname == slip]
        if not fits:  # "Pena Nieto" named by the middle word, or the last of two surnames
            fits = [p for p in persons if surname in [_key(w) for w in p.name.split()[1:]]]
        if not fits:  # "Mr Wang" of "Wang Wentao": the surname first
            fits = [p for p in persons if surname == _key(p.name.split()[0])]
            fits = fits if len(fits) == 1 else []
    if fits:
        person = fits[0]
        if (start, end) not in person.mentions:
            person.mentions.append((start, end))
        if person.private:
            return
        better = (len(words), not name.isupper()) > (
            len(person.name.split()),
            not person.name.isupper(),
        )
        if better:
            person.start, person.end, person.name = start, end, name
    else:
        persons.append(
            Person(start=start, end=end, name=name, surname=surname, mentions=[(start, end)])
        )


def _same_given(one: str, other: str) -> bool:
    """Whether given names are compatible: equal, an initial of each other, or missing."""
    a, b = one.casefold().split()[:-1], other.casefold().split()[:-1]
    if not a or not b:
        return True
    x, y = a[0].rstrip("."), b[0].rstrip(".")
    return x == y or (min(len(x), len(y)) == 1 and x[0] == y[0])
