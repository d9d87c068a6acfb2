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

__all__ = ["described", "has_office", "is_kin", "shown_private"]

_AGED = re.compile(r",\s\d{1,2}(?:,\s(?:an?|the)\s(?P<who>[^,.;:“”\"()]{3,80}))?(?=[,.;:\s])")
_BESIDE = re.compile(r",\s(?:an?|the|his|her|their|one)\s(?P<who>[^,.;:“”\"()]{3,80})")
_CLAUSE = re.compile(r",\s(?P<who>who\s(?P<verb>\w+)[^,.;:“”\"()]{0,80})")
_OWNED = re.compile(r",\s(?P<who>whose\s(?P<kin>[\w-]+)[^,.;:“”\"()]{0,80})")
_LED_IN = re.compile(
    r"\b(?:an?|the|one|his|her|their)\s(?P<who>[^,.;:“”\"()\n]{2,60}?)"
    r"(?P<link>,\s|\s(?:named|called)\s)$",
    re.IGNORECASE,
)
_CLAUSE_WORDS = frozenset({"who", "whom", "whose", "that", "which", "when", "and"})
_FRONT = re.compile(r"(?:(?<![\w-])(?=[a-z])|(?:^|[.!?:—–]\s|\n)(?=[A-Z]))([\w-]+)\s$")
_IS_ONE = re.compile(r"\s(?:is|was)\s(?:only\s)?(?:an?|the)\s(?P<who>[^,.;:“”\"()]{3,60})")
_TITLE_OF = re.compile(r"\b(?P<head>[\w-]+)\s(?:of|for)\s(?P<rest>[^,.;:“”\"()]{2,60}),\s$")
_NAME = re.compile(
    r"\b[A-Z][\w’'-]*[a-z](?:[ \t\n](?:(?:de|del|da|bin|al|el|van)[ ])?[A-Z][\w’'-]+){1,3}"
)
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
    return next((who for at in person.mentions if (who := _beside(text, *at)) is not None), None)


def shown_private(context: Context) -> list[Person]:
    """Names of two words or more that stand beside words for a private person, whether or not
    they are known to be a person's ("the mother of three, Ana Roe, fled")."""
    reading, titles = context.reading, load_titles()
    found: dict[str, Person] = {}
    for match in _NAME.finditer(reading.text):
        start, end = match.span()
        words = match[0].split()
        if len(words) > 2 and _of(words[0].casefold(), titles.private):
            start = reading.text.index(words[1], start + len(words[0]))
            words = words[1:]  # "Villager Ana Roe fled."
        lows = {w.casefold() for w in words}
        if reading.name_at(start) is not None or lows & (titles.not_persons | titles.heads):
            continue
        name = " ".join(words)
        if name in found:
            found[name].mentions.append((start, end))
        elif _beside(reading.text, start, end) is not None:
            found[name] = Person(
                start=start, end=end, name=name, surname=words[-1].casefold(),
                mentions=[(start, end)],
            )  # fmt: skip
    return list(found.values())


def _beside(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The words beside one mention of a name that describe a private person."""
    titles = load_titles()
    if aged := _AGED.match(text, end):
        return aged.span("who") if aged["who"] else (end, end)
    beside = _BESIDE.match(text, end) or _IS_ONE.match(text, end)
    if beside is not None:
        words = [w.casefold() for w in _WORD.findall(beside["who"])]
        if any(_of(w, titles.private) for w in words) and not any(w in titles.heads for w in words):
            return beside.span("who")
    clause = _CLAUSE.match(text, end)
    if clause is not None and clause["verb"] in load_title_words().plight:
        return clause.span("who")
    owned = _OWNED.match(text, end)
    if owned is not None and _of(owned["kin"].casefold(), titles.private):
        return owned.span("who")
    return _led_in(text, start, end)


def _led_in(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Words before a name for the private person that it names: "a fisherman from Elmina, Ana
    Roe, said", "a farmer named Ana Roe", "villager Ana Roe"."""
    private, heads = load_titles().private, load_titles().heads
    offset = max(0, start - 70)
    before = text[offset:start]
    if led := _LED_IN.search(before):
        words = [w.casefold() for w in _WORD.findall(led["who"])]
        closed = not led["link"].startswith(",") or text[end : end + 1] in (",", ".", ")", "")
        kin = next((i for i, w in enumerate(words) if _of(w, private)), -1)
        if (
            closed  # not "it hit a driver, Ana Roe said"
            and kin >= 0
            and (kin in (0, len(words) - 1) or words[kin + 1] in ("of", "from", "in"))
            and not _CLAUSE_WORDS & set(words)
            and not any(w in heads for w in words)
        ):
            return offset + led.start("who"), offset + led.end("who")
    front = _FRONT.search(before)
    if front and _of(front[1].casefold(), private):
        return offset + front.start(1), offset + front.end(1)
    return None


def has_office(context: Context, person: Person) -> bool:
    """Whether a title or rank stands right before a name, or in apposition after it."""
    text, titles = context.reading.text, load_titles()
    known = (titles.heads | titles.ranks) - {"member"}
    for start, end in person.mentions:
        before = _WORD.findall(text[max(0, start - 24) : start].casefold())
        if before[-1:] and before[-1] in known and text[start - 1 : start].isspace():
            return True
        # "the chairwoman of the district, Ana Roe"
        named = _TITLE_OF.search(text[max(0, start - 90) : start].casefold())
        if named is not None and named["head"] in known:
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
