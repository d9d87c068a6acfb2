"""Who is who among agencies and organisations: by name, country and acronym.

Comes in: mentions, and the texts in which acronyms are defined. Goes out: `Agencies`, which gives a
name its key and country. Ministries of two countries are never one; an acronym that may stand for
two names stands for itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from pactwatch.codebook.vocabularies import load_table
from pactwatch.ledger.countries import countries_in
from pactwatch.ledger.mentions import Mention, country_of
from pactwatch.ledger.names import acronym_of, agency_key, is_acronym, kind_of_name
from pactwatch.ledger.words import fold

__all__ = ["Agencies"]

_DEFINED = re.compile(
    r"((?:[A-Z][\w.&’'-]+,?\s+(?:(?:of|for|and|the|on|in|to)\s+)*){2,9})\(([A-Z]{2,9})\)"
)
_ACRONYM = re.compile(r"\([A-Z]{2,9}\)")
_NO_NAME = re.compile(r"[^\w.&’',\s-]")  # ends the words before an acronym, whatever they are
# Bodies of which every country has one: without a country they mean the one of their document.
_COMMON = frozenset(
    {
        "army",
        "cabinet",
        "congress",
        "court",
        "government",
        "house",
        "military",
        "national police",
        "navy",
        "parliament",
        "police",
        "senate",
        "supreme court",
    }
)


class Agencies:
    """Agencies and organisations by name, country and acronym."""

    def __init__(self, mentions: Sequence[Mention], texts: Mapping[str, str]) -> None:
        self._defined: dict[tuple[str, str], str] = {}
        self._expansions: dict[str, set[str]] = defaultdict(set)
        self._countries: dict[str, set[str]] = defaultdict(set)
        self._common_here: dict[tuple[str, str], set[str]] = defaultdict(set)
        for document_id, text in sorted(texts.items()):
            for match in _definitions(text):
                name = _expansion(match[1], match[2])
                if name:
                    self._defined[document_id, match[2].casefold()] = name
                    self._expansions[match[2].casefold()].add(_full_key(name))
        for m in mentions:
            text = m.filler.text
            if kind_of_name(text) == "group" or m.filler.value is not None:
                continue
            if agency_key(text) in _known_names():
                key, country = _known_names()[agency_key(text)]
                self._countries[key].add(country)
            for code in countries_in(text):
                self._countries[agency_key(text)].add(code)
                self._common_here[m.document_id, agency_key(text)].add(code)
            if not is_acronym(text) and len(agency_key(text).split()) > 1:
                bare = re.sub(r"^(?:the\s+)?(?:U\.?\s?S\.?|United States)\s+", "", text)
                for initials in {acronym_of(text), acronym_of(bare)}:
                    if len(initials) > 2:
                        self._expansions[initials].add(_full_key(text))

    def resolve(self, document_id: str, text: str) -> tuple[str, str | None]:
        """The key of an agency or organisation, and its country where that is known."""
        text = re.sub(r"\s*\([A-Z]{2,10}\)", "", text)
        key, country = agency_key(text), country_of(text)
        key, country = _known_names().get(key, (key, country))
        if is_acronym(text.strip()):
            acronym = fold(text).replace(".", "")
            key = acronym
            defined = self._defined.get((document_id, acronym))
            options = {_full_key(defined)} if defined else self._options(acronym)
            if len(options) == 1:
                code, _, key = next(iter(options)).partition("/")
                country = code or None
        if key in _COMMON:
            here = self._common_here.get((document_id, key), set())
            if country is None and len(here) == 1:  # "Congress", where "U.S. Congress" stands too
                country = next(iter(here))
            return f"{country or document_id}/{key}", country
        known = self._countries.get(key, set())
        if country is None and len(known) == 1:
            country = next(iter(known))
        scope = country or (document_id if len(known) > 1 else "")
        return (f"{scope}/{key}" if scope else key), country

    def _options(self, acronym: str) -> set[str]:
        """What the acronym may stand for; a form without country counts with one that has it."""
        options = self._expansions.get(acronym, set())
        named = {option.partition("/")[2] for option in options if not option.startswith("/")}
        return {o for o in options if not (o.startswith("/") and o[1:] in named)}


@cache
def _known_names() -> Mapping[str, tuple[str, str]]:
    """Everyday names that have no word of the agency's own: "Pentagon" → its key and country."""
    known: dict[str, tuple[str, str]] = {}
    tables = load_table("actors/agencies.toml")
    for country in sorted(tables.keys() - {"generic"}):
        for agency in tables[country].values():
            first, *others = (agency_key(name) for name in agency["names"])
            for other in others:
                if " " not in other and other not in first:
                    known[other] = (first, country.upper())
    return known


def _definitions(text: str) -> Iterator[re.Match[str]]:
    """All matches of `_DEFINED`, sought only in the words right before an acronym."""
    end = 0
    for acronym in _ACRONYM.finditer(text):
        before = text[end : acronym.start()]
        other = _NO_NAME.search(before[::-1])
        start = acronym.start() - (other.start() if other else len(before))
        end = acronym.end()
        found = _DEFINED.search(text, start, end)
        if found:
            yield found


def _full_key(text: str) -> str:
    return f"{country_of(text) or ''}/{agency_key(text)}"


def _expansion(words: str, acronym: str) -> str | None:
    """The last words before "(ACR)" whose capitals spell the acronym."""
    parts = words.split()
    for start in range(len(parts) - 1, -1, -1):
        name = " ".join(parts[start:])
        if parts[start][0].isupper() and acronym_of(name) == acronym.casefold():
            return name
    return None
