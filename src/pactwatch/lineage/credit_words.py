"""The words with which reports credit others, and the names of publications, ready to be found.

Comes in: ``credits.toml``, ``offices.toml`` and ``actors/*.toml`` of the codebook. Goes out: one
frozen `CreditWords`, compiled once. Names are found by one word of each in a single pass over the
text, so that thousands of names cost no more than one; white space and line ends within a name
don't matter. It decides nothing about what a name does in its sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from ahocorasick_rs import AhoCorasick

from pactwatch.codebook.vocabularies import load_table

__all__ = ["CreditWords", "Phrases", "Publication", "any_of", "bare_name", "load_credit_words"]

T = TypeVar("T")

_ARTICLE = re.compile(r"(?:the|The|THE)\s+")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A newspaper, broadcaster or news agency of the codebook.

    Attributes:
        id: "publication.<key>", as in findings and actors.
        name: The name shown, without article.
        wire: Whether its texts are made to be reprinted.
        doubtful: The form found is also an acronym of another body.
    """

    id: str
    name: str
    wire: bool
    doubtful: bool = False


class Phrases(Generic[T]):
    """Fixed phrases found in one pass, whatever white space stands between their words."""

    def __init__(self, phrases: Mapping[str, T], *, any_case: bool = False) -> None:
        groups: dict[str, list[str]] = defaultdict(list)
        for phrase in phrases:
            groups[max(_WORD.findall(phrase), key=len)].append(phrase)
        keys: dict[str, re.Pattern[str]] = {}
        flags = re.IGNORECASE if any_case else 0
        for word, members in groups.items():
            pattern = re.compile(rf"(?<![\w@])(?:{any_of(members)})(?!\w)", flags)
            for form in {word, word.capitalize(), word.upper()} if any_case else {word}:
                keys[form] = pattern
        self._values = {
            (_folded(phrase) if any_case else phrase): value for phrase, value in phrases.items()
        }
        self._any_case = any_case
        self._patterns = tuple(keys.values())
        self._automaton = AhoCorasick(tuple(keys))
        self._reach = max(len(phrase) for phrase in phrases) + 20

    def find(self, text: str) -> list[tuple[int, int, T]]:
        """Find all phrases as ``(start, end, value)``, the longest first, disjoint and sorted."""
        found: set[tuple[int, int]] = set()
        size = len(text)
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if (start and text[start - 1].isalnum()) or (end < size and text[end].isalnum()):
                continue
            for match in self._patterns[index].finditer(
                text, max(0, start - self._reach), end + self._reach
            ):
                if match.start() <= start and end <= match.end():
                    found.add(match.span())
        kept: list[tuple[int, int, T]] = []
        reached = 0
        for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
            if start >= reached:
                reached = end
                words = " ".join(text[start:end].split())
                kept.append((start, end, self._values[_folded(words) if self._any_case else words]))
        return kept


def _folded(phrase: str) -> str:
    return phrase.casefold()


def any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of some phrases, the longest first, with any white space in them."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in ordered)


def bare_name(name: str) -> str:
    """A name with single blanks and without its article."""
    return _ARTICLE.sub("", " ".join(name.split()), count=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditWords:
    """All words of crediting; see credits.toml.

    Attributes:
        lists: Lists of phrases by "table.name" ("before.told"), lists outside tables by their name.
        publications: All forms of the names of publications.
        publication_of: Publication by folded name without article.
        heads: Words that end the name of a publication.
        no_outlets: Endings of names that such words end all the same.
        hearsay: Phrases that credit nobody.
        hearsay_outlets: Words for publications without a name, without article.
        domains: Publication by the domain of its pages.
        bodies: Folded names of agencies, organisations, states and regions, each with the first
            name of the one that bears it.
        offices: Words that end a title ("minister"), lower case.
        no_person: Words that show that a run of capitalised words is no person, lower case.
    """

    lists: Mapping[str, tuple[str, ...]]
    publications: Phrases[Publication]
    publication_of: Mapping[str, Publication]
    heads: Phrases[None]
    no_outlets: re.Pattern[str]
    hearsay: Phrases[str]
    hearsay_outlets: frozenset[str]
    domains: Mapping[str, Publication]
    bodies: Mapping[str, str]
    offices: frozenset[str]
    no_person: frozenset[str]


@cache
def load_credit_words() -> CreditWords:
    """Read the words of crediting from the codebook."""
    table = load_table("credits.toml")
    rows = load_table("actors/publications.toml")["publications"]
    offices = load_table("offices.toml")
    others, acronyms = _other_actors()
    wires = frozenset(table["wires"])
    forms: dict[str, Publication] = {}
    by_key: dict[str, Publication] = {}
    for key, row in rows.items():
        name = bare_name(row["names"][0])
        plain = Publication(id=f"publication.{key}", name=name, wire=key in wires)
        by_key[key] = plain
        for form in (*row["names"], *row.get("acronyms", ())):
            doubtful = form in acronyms
            forms.setdefault(
                form,
                Publication(id=plain.id, name=name, wire=plain.wire, doubtful=True)
                if doubtful
                else plain,
            )
    hearsay = dict.fromkeys(table["hearsay"]["phrases"], "nobody")
    unnamed = frozenset(name.removeprefix("the ") for name in table["hearsay"]["outlets"])
    return CreditWords(
        lists={
            **{name: tuple(words) for name, words in table.items() if _is_words(words)},
            **{
                f"{part}.{name}": tuple(words)
                for part, lists in table.items()
                if isinstance(lists, dict) and part != "domains"
                for name, words in lists.items()
            },
        },
        publications=Phrases(forms),
        publication_of={bare_name(form).casefold(): entry for form, entry in forms.items()},
        heads=Phrases(dict.fromkeys(table["heads"])),
        no_outlets=re.compile(any_of(table["no_outlets"])),
        hearsay=Phrases(hearsay, any_case=True),
        hearsay_outlets=unnamed,
        domains={domain: by_key[key] for domain, key in table["domains"].items()},
        bodies=others,
        offices=frozenset(offices["heads"]) | frozenset(offices["ranks"]),
        no_person=frozenset(offices["not_persons"]),
    )


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _other_actors() -> tuple[dict[str, str], set[str]]:
    """Folded names of all actors that are no publication, and their acronyms as they stand."""
    names: dict[str, str] = {}
    acronyms: set[str] = set()
    rows: list[dict[str, Any]] = [*load_table("actors/states.toml").values()]
    rows += load_table("actors/organisations.toml")["organisations"].values()
    rows += load_table("actors/regions.toml")["regions"].values()
    for country, agencies in load_table("actors/agencies.toml").items():
        rows += [agencies] if country == "generic" else agencies.values()
    for row in rows:
        first = bare_name(row["names"][0]).casefold()
        for name in (*row["names"], *row.get("acronyms", ())):
            names.setdefault(bare_name(name).casefold(), first)
        acronyms.update(row.get("acronyms", ()))
    return names, acronyms
