"""Private persons: whose name is never recorded, and the words that stand for them instead.

Comes in: a person of a document. Goes out: the description beside the name ("mother of three"),
where it shows that the person is private (CODEBOOK, rule 6), and whether an office or a rank stands
beside a name. It hides nobody who holds an office.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pactwatch.findings.context import Context
from pactwatch.findings.frames import lemma_of
from pactwatch.findings.titles import load_title_words
from pactwatch.language import Person
from pactwatch.language.persons import load_titles

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["described", "has_office", "is_kin"]

_AGED = re.compile(r",\s\d{1,2}(?:,\s(?:an?|the)\s(?P<who>[^,.;:“”\"()]{3,80}))?(?=[,.;:\s])")
_BESIDE = re.compile(r",\s(?:an?|the|his|her|their|one)\s(?P<who>[^,.;:“”\"()]{3,80})")
_CLAUSE = re.compile(r",\s(?P<who>who\s(?P<verb>\w+)[^,.;:“”\"()]{0,80})")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def described(context: Context, person: Person) -> tuple[int, int] | None:
    """The words that stand for a private person in place of the name; None for a public one.

    Where the text gives an age and nothing else, the span is empty.
    """
    if person.private:
        return person.start, person.end
    if has_office(context, person):
        return None
    text, titles = context.reading.text, load_titles()
    front = _WORD.match(text, person.start, person.end)
    if front and front.end() < person.end and front[0].casefold() in titles.private:
        return front.span()  # "Refugee Hassan Ali": a description taken into the name
    for _, end in person.mentions:
        if aged := _AGED.match(text, end):
            return aged.span("who") if aged["who"] else (end, end)
        if beside := _BESIDE.match(text, end):
            words = [w.casefold() for w in _WORD.findall(beside["who"])]
            if any(_of(w, titles.private) for w in words) and not any(
                w in titles.heads for w in words
            ):
                return beside.span("who")
        clause = _CLAUSE.match(text, end)
        if clause is not None and clause["verb"] in load_title_words().plight:
            return clause.span("who")
    return None


def has_office(context: Context, person: Person) -> bool:
    """Whether a title or rank stands right before a name, or in apposition after it."""
    text, titles = context.reading.text, load_titles()
    known = (titles.heads | titles.ranks) - {"member"}
    for start, end in person.mentions:
        before = _WORD.findall(text[max(0, start - 24) : start].casefold())
        if before[-1:] and before[-1] in known and text[start - 1 : start].isspace():
            return True
        if beside := re.match(r",\s([^,.;:“”\"()]{3,80})", text[end : end + 90]):
            words = beside[1].casefold().split()
            kin = next((i for i, w in enumerate(words) if w in titles.private), len(words))
            if any(w in known for w in words[:kin]) and "of" not in words[:1]:
                return True
    return False


def _of(word: str, known: frozenset[str]) -> bool:
    return word in known or (word.endswith("s") and word[:-1] in known)


def is_kin(token: Token, kin: frozenset[str], stop: Token) -> bool:
    """Whether a name below `stop` only tells whose relative is meant ("the wife of …")."""
    current = token
    while current not in (stop, current.head):
        if current.dep_ == "appos":
            return False  # "the wife of President X, Ana Roe": she is the one meant
        if current.dep_ == "prep" and lemma_of(current.head) in kin:
            return True
        current = current.head
    return False
