"""Around a harm: who did it, whom it struck, where and when.

Comes in: heads of phrases in a parsed sentence. Goes out: fillers for the roles of an incident.
Private persons stand in it by description, never by name. It decides nothing about what is an
incident.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.codebook.grammar import load_grammar
from pactwatch.codebook.vocabularies import EventWords
from pactwatch.findings.circumstances import behind, date_in_clause, dateline_end, where
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import Frame, lemma_of
from pactwatch.findings.parties import country_name
from pactwatch.findings.privacy import described, has_office
from pactwatch.findings.references import capitals
from pactwatch.language import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Roles", "around", "doers", "people"]

Roles = dict[str, list[Filling]]

_KNOWN = ("state", "agency", "organisation", "region", "officials", "people")
_NEAR = frozenset({"near", "off", "outside", "along", "around", "inside", "across", "over"})
_IN = frozenset({"in", "at", "on"})
_REACH = 3
"""Prepositions that may hang one on another before a place ("at a market in the city of …")."""


def around(context: Context, frame: Frame, heads: list[Token], words: EventWords) -> Roles:
    """Where and when it happened, so far as the clause says it."""
    heads = [*heads, *(c for c in frame.token.children if c.dep_ == "advcl")]
    if frame.nominal and frame.token.dep_ in ("nsubj", "nsubjpass"):
        heads.append(frame.token.head)
    place = where(context, frame.sentence, heads)[:1]
    return {
        "place": place or _site(context, frame, heads, words),
        "date": [
            behind(context, d) for d in date_in_clause(context, frame.sentence, frame.token)[:1]
        ],
    }


def _site(context: Context, frame: Frame, heads: list[Token], words: EventWords) -> list[Filling]:
    """A place that stands near, off or outside, or has no entry in the gazetteer ("in the village
    of …", "near Garissa", "off the coast of Oman")."""
    heads = [frame.token, *heads, *frame.objects, *frame.subjects]
    for _ in range(_REACH):
        for head in heads:
            for child in head.children:
                if child.dep_ != "prep" or child.lower_ not in _IN | _NEAR:
                    continue
                for noun in child.children:
                    if noun.dep_ == "pobj" and _is_site(context, frame, child, noun, words):
                        return [_named_site(context, frame, child, noun)]
        heads = [
            g for h in heads for c in h.children if c.lower_ in _IN | _NEAR for g in c.children
        ]
    return []


def _is_site(
    context: Context, frame: Frame, preposition: Token, noun: Token, words: EventWords
) -> bool:
    at = frame.sentence.spans[noun.i]
    if context.reading.dates_in(*at) or context.reading.persons_in(*at):
        return False
    if lemma_of(noun) in words.modifiers["site"]:
        return True
    if noun.pos_ != "PROPN":
        return False
    name = context.reading.name_at(at[0])
    if preposition.lower_ in _NEAR:
        return name is None or name.kind in ("state", "region")
    return name is None and preposition.lower_ == "in" and noun.text[:1].isupper()


def _named_site(context: Context, frame: Frame, preposition: Token, noun: Token) -> Filling:
    """The site itself, or the country or town that its phrase names ("off Libya")."""
    sentence = frame.sentence
    start, end = sentence.span(noun.left_edge.i, noun.right_edge.i)
    if noun.pos_ == "PROPN":
        own = sentence.spans[noun.i]
        for name in context.reading.names_in(*own):
            if name.kind in ("state", "region"):
                return name.start, name.end, name.country
        for place in context.reading.places_in(start, end):
            if place.start <= own[0] < place.end:
                return place.start, place.end, place.country
    return (*context.phrases.noun_phrase(sentence, noun, after=("of",)), None)


def doers(context: Context, frame: Frame, words: EventWords) -> list[Filling]:
    """Who did it. A bomb or a raid did not, but may bear the name of whose it is ("a Norlandish
    missile")."""
    found = [t for t in frame.subjects if lemma_of(t) not in words.modifiers["means"]]
    fillers = people(context, frame.sentence, found)
    for token in frame.subjects:
        if lemma_of(token) in words.modifiers["means"]:
            fillers += owners(context, frame.sentence, token)
    return fillers


def owners(context: Context, sentence: Sentence, thing: Token) -> list[Filling]:
    """The states whose weapon or attack a thing is said to be, as its first word."""
    found = []
    for child in thing.lefts:
        if child.dep_ in ("amod", "poss", "nmod"):
            name = context.reading.name_at(sentence.spans[child.i][0])
            if name is not None and name.kind == "state":
                found.append(country_name(context, name))
    return found


def people(context: Context, sentence: Sentence, heads: list[Token]) -> list[Filling]:
    """Who did it or was harmed: bodies by name, persons by description."""
    report = dateline_end(context, sentence)
    found: list[Filling] = []
    for head in heads:
        if head.pos_ == "PROPN" and (hidden := _described(context, sentence, head)) is not None:
            found += hidden
            continue
        if head.dep_ == "dobj" and (capital := _capital(context, sentence, head)) is not None:
            found.append(capital)  # "accused Moscow of …"
            continue
        for party in context.phrases.parties(sentence, head):
            told = party.kind in _KNOWN or (party.kind == "thing" and head.pos_ in ("NOUN", "NUM"))
            if (told and not (head.pos_ == "PROPN" and party.kind in ("people", "officials"))) or (
                party.kind == "person" and head.pos_ == "PROPN"
            ):
                found.append(party.filler)
    return list(dict.fromkeys((max(s, report) if s < report < e else s, e, v) for s, e, v in found))


def _capital(context: Context, sentence: Sentence, head: Token) -> Filling | None:
    """The state for which a capital stands that is accused of a deed."""
    accused = head.head.pos_ == "VERB" and lemma_of(head.head) in load_grammar().for_deeds
    for place in context.reading.places_in(*sentence.spans[head.i]) if accused else ():
        if (place.name, place.country) in capitals():
            return place.start, place.end, place.country
    return None


def _described(context: Context, sentence: Sentence, head: Token) -> list[Filling] | None:
    """Who stands behind a name that holds no office: what is said of them, or nobody; None where
    the name is no person's or a public one's."""
    at = sentence.spans[head.i]
    reading = context.reading
    person = next((p for p in reading.persons if any(s <= at[0] < e for s, e in p.mentions)), None)
    if person is not None:
        if has_office(context, person):
            return None
        words = described(context, person)
        return [(*words, None)] if words is not None and words[0] < words[1] else []
    if reading.name_at(at[0]) is not None:
        return None
    beside = [c for c in head.children if c.dep_ == "appos" and c.pos_ == "NOUN"]
    return [(*context.phrases.noun_phrase(sentence, c), None) for c in beside[:1]] or None
