"""Cutting the words that fill roles, and saying whom they name.

Comes in: tokens of a parsed sentence and the document's reading. Goes out: spans of the document
with normalised values: the shortest full noun phrase, and the parties that it names, or stands for
by `references`. It decides nothing about findings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pactwatch.codebook import Codebook
from pactwatch.codebook.grammar import load_grammar
from pactwatch.findings.frames import is_joined_sum, lemma_of
from pactwatch.findings.references import (
    Party,
    References,
    capitals,
    named_party,
    person_party,
)
from pactwatch.language import Person, Reading, Sentence
from pactwatch.language.persons import load_titles

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pactwatch.language.places import PlaceMention

__all__ = ["Party", "Phrases"]

_INNER = frozenset({
    "amod", "compound", "nummod", "poss", "nmod", "quantmod", "case", "punct", "neg",
})  # fmt: skip
_FRONT = frozenset({
    "the", "a", "an", "its", "their", "his", "her", "our", "my", "your", "this", "that", "these",
    "those", "such", "any", "some", "all", "both", "every", "each", "other", "another", "own",
    "said", ",",
})  # fmt: skip
_REMAINS = frozenset({"rest", "remainder"})
"""What is left over, of people as of money: nobody, where not told of whom."""


class Phrases:
    """Cuts phrases out of one document and resolves references in it."""

    def __init__(self, reading: Reading, codebook: Codebook) -> None:
        self.reading = reading
        self.codebook = codebook
        self._references = References(reading)
        self._officials = codebook.nouns["official"] | codebook.nouns["personnel"]
        nouns = codebook.nouns
        self._people = nouns["moved"] | nouns["offender"] | nouns["folk"]

    @property
    def voice(self) -> Party | None:
        """The government that speaks as "we" in the document."""
        return self._references.voice

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
            if is_joined_sum(child):
                continue
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
            if lower == "they" and sentence.index:
                return self._several(self.reading.sentences[sentence.index - 1])
            return self._references.pronoun(lower, offset, sentence)
        start, end = self.noun_phrase(sentence, head)
        at = sentence.spans[head.i]
        persons = [p for p in self.reading.persons_in(start, end) if _covers(p, at)]
        if persons:
            return [person_party(persons[0])]
        if lemma_of(head) in load_titles().heads and head.tag_ in ("NN", "NNP"):
            edge = sentence.spans[head.right_edge.i][1]
            beside = self.reading.persons_in(at[1], edge)
            if beside and not any(c.dep_ == "relcl" for c in head.rights):
                return [person_party(beside[0])]  # "the Minister for Health, Ann Bell,"
        name = self.reading.name_at(at[0])
        if name is not None:
            if name.kind == "state" and name.form == "demonym" and head.tag_ == "NNPS":
                return [Party(start=start, end=end, value=None, kind="people")]
            body = name.kind in ("agency", "organisation")
            if (
                name.form == "acronym"
                and body
                and (full := self._references.full_name(name)) is not None
            ):
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
            if head.dep_ in ("nsubj", "conj") and (place.name, place.country) in capitals():
                return [Party(start=place.start, end=place.end, value=place.country, kind="state")]
        seat = self._seat(sentence, head)
        if seat is not None:
            return [Party(start=start, end=seat.end, value=seat.country, kind="state")]
        named = self._named_beside(sentence, head)
        if named is not None:
            return [named]
        lemma = lemma_of(head)
        phrase = self.reading.text[start:end]
        if lemma in load_grammar().many_states and head.tag_ in ("NNS", "NNPS"):
            states = self._references.states_meant(sentence, head, offset)
            if states:
                return states
        if lemma in load_grammar().body and len(phrase.split()) == 1:
            meant = self._references.body_meant(lemma, offset, capital=phrase[:1].isupper())
            if meant is not None:
                return [meant]
        if lemma == "region" and len(phrase.split()) == 1:
            regions = [m for m in self.reading.names if m.kind == "region" and m.end <= offset]
            if regions:
                m = regions[-1]
                return [named_party(m)]
        if head.pos_ == "PROPN" and head.lower_ in self.codebook.nouns["political_party"]:
            return [Party(start=start, end=end, value=None, kind="officials")]
        if lemma in self._officials:
            return [Party(start=start, end=end, value=None, kind="officials")]
        if lemma in self.codebook.nouns["craft"] and self._of_state(sentence, head):
            return [Party(start=start, end=end, value=None, kind="officials")]
        if lemma in _REMAINS and not any(c.lower_ == "of" for c in head.rights):
            return [Party(start=start, end=end, value=None, kind="thing")]
        if lemma in self._people:
            return [Party(start=start, end=end, value=None, kind="people")]
        return [Party(start=start, end=end, value=None, kind="thing")]

    def _seat(self, sentence: Sentence, head: Token) -> PlaceMention | None:
        """The capital from which a government rules: "the government in Lima"."""
        if lemma_of(head) not in ("government", "administration"):
            return None
        for preposition in head.rights:
            for noun in preposition.children if preposition.lower_ == "in" else ():
                for place in self.reading.places_in(*sentence.spans[noun.i]):
                    if (place.name, place.country) in capitals():
                        return place
        return None

    def _named_beside(self, sentence: Sentence, head: Token) -> Party | None:
        """The state or body that stands beside a noun: "its neighbour, the Republic of Chad"."""
        for child in head.rights:
            name = self.reading.name_at(sentence.spans[child.i][0])
            if child.dep_ != "appos" or name is None or name.form != "name":
                continue
            if name.kind in ("state", "agency", "organisation"):
                return named_party(name)
        return None

    def _of_state(self, sentence: Sentence, head: Token) -> bool:
        """Whether a ship or plane is told to be of a country or force: "an Italian navy ship"."""
        names = [self.reading.name_at(sentence.spans[c.i][0]) for c in head.lefts]
        return any(name is not None and name.kind in ("state", "agency") for name in names)

    def _several(self, before: Sentence) -> list[Party]:
        """The agents in the plural that the sentence before speaks of, for "they"."""
        for token in before.doc or ():
            if token.dep_ in ("nsubj", "nsubjpass") and token.tag_ in ("NNS", "NNPS"):
                parties = self.parties(before, token)
                return [p for p in parties if p.kind in ("officials", "agency", "organisation")]
        return []


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
