"""Names of instruments cut to what identifies, and how surely two of them mean one.

Comes in: the words that name an agreement. Goes out: `InstrumentName`s and their likeness. A name
that any instrument could bear ("the memorandum") has nothing that identifies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pactwatch.ledger.countries import without_country
from pactwatch.ledger.names import acronym_of, is_acronym
from pactwatch.ledger.words import content_words, fold, likeness, stem, tokens

__all__ = ["InstrumentName", "alike", "has_form", "head_of_name", "instrument_name"]

_GENERIC_WORDS = (
    "memorandum memoranda understanding cooperation co-operation agreement agreements deal"
    " pact accord treaty arrangement compact instrument document text contract partnership mou"
    " moc moa declaration statement joint bilateral trilateral multilateral regional signed"
    " historic previous earlier recent first ever formal plan programme program initiative"
    " scheme non binding landmark way four three two government governments era between"
    " parties today yesterday same said above"
)
_GENERIC = frozenset(stem(w) for w in _GENERIC_WORDS.split()) | {"operation", "co"}
_SUCCESSOR = re.compile(
    r"\b(?:re-?brand(?:ed|ing)|re-?shaped?|re-?vamp(?:ed)?|re-?tool(?:ed)?|re-?worked|renewed|revised"
    r"|successor|replacement|updated|reformed|new|overhaul(?:ed)?|second)\b",
    re.IGNORECASE,
)
_INITIALS_OF_FORM = frozenset({"mou", "moc", "moa", "us", "uk", "un", "eu"})


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentName:
    """A name cut to what identifies.

    Attributes:
        specific: Stems that other instruments don't bear; empty for "the memorandum".
        acronyms: Folded acronyms that stand in it.
        initials: What an acronym of it would be; says nothing beside other initials.
        successor: It names the reshaped form of something else.
        digits: Numbers in the name, such as a year.
        proper: How many of its specific words are capitalised.
    """

    specific: frozenset[str]
    acronyms: frozenset[str]
    initials: frozenset[str]
    successor: bool
    digits: frozenset[str]
    proper: int


@lru_cache(maxsize=16384)
def instrument_name(text: str) -> InstrumentName:
    """Cut a name to what identifies: without form, parties and ornament."""
    head = head_of_name(text)
    words = [w for w in without_country(re.sub(r"\S+-era\b", " ", head)) if not w.isdigit()]
    successor = _SUCCESSOR.search(head) is not None
    kept = content_words(_SUCCESSOR.sub(" ", " ".join(words))) - _GENERIC
    capitals = re.findall(r"\b[A-Z][\w’'.-]*", head)
    acronyms = {fold(w) for w in capitals if is_acronym(w) and len(w) > 2}
    initials = acronym_of(re.sub(r"\([^)]*\)", " ", head)) if len(capitals) > 2 else ""
    return InstrumentName(
        specific=frozenset(kept),
        acronyms=frozenset(acronyms - _INITIALS_OF_FORM),
        initials=frozenset({initials} if len(initials) > 2 else ()),
        successor=successor and bool(kept),
        digits=frozenset(w for w in tokens(head) if w.isdigit() and len(w) == 4),
        proper=sum(1 for w in capitals if content_words(w) & kept),
    )


def head_of_name(text: str) -> str:
    """A name without parties and signatories: what stands before "between", "with", "signed"."""
    if not has_form(text):
        return text
    return re.split(r"\s(?:between|with|signed)\s|\s\(", text)[0] or text


def has_form(text: str) -> bool:
    """Whether words name an instrument by its form: "memorandum", "deal", "treaty"."""
    return (
        re.search(r"(?i)memorandum|agreement|arrangement|deal|pact|treaty|\bmou\b", text)
        is not None
    )


def alike(one: InstrumentName, other: InstrumentName) -> float:
    """How surely two names mean one instrument: 0 to 5."""
    if one.acronyms & (other.acronyms | other.initials) or one.initials & other.acronyms:
        return 5
    a, b = one.specific, other.specific
    if not a or not b:
        return 0
    if a == b:
        return 5 if len(a) > 1 or min(one.proper, other.proper) else 2
    if (a < b or b < a) and min(len(a), len(b)) > 1 and min(one.proper, other.proper) > 1:
        return 4
    return 3 if likeness(a, b) >= 0.75 and len(a & b) > 1 else 0
