"""Who takes part in a meeting: persons by name, officials by description, governments and agencies.

Comes in: the head of a phrase. Goes out: fillers; "I" is the one who speaks. Private persons and
things give none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import lemma_of
from pactwatch.findings.parties import persons_in
from pactwatch.findings.titles import load_title_words
from pactwatch.language import Sentence
from pactwatch.language.persons import load_titles

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["participants_of"]

_SPEAKS = frozenset({"i", "me", "my", "we", "us", "our"})
_ACTORS = frozenset({"state", "agency", "organisation", "person", "officials"})


def participants_of(context: Context, sentence: Sentence, head: Token) -> list[Filling]:
    """The participants that a head stands for."""
    if head.lower_ in _SPEAKS:
        speaker = context.speaker_of(*sentence.spans[head.i])
        if speaker is not None:
            return [speaker]
        if head.lower_ in ("i", "me", "my"):
            return []
    if head.pos_ == "PRON":
        return [p.filler for p in context.phrases.parties(sentence, head) if p.kind in _ACTORS]
    if lemma_of(head) in load_title_words().related and any(c.lower_ == "of" for c in head.rights):
        return []  # "the wife of President X"
    last = _edge(head)
    people = persons_in(context, sentence, _start(head), last)
    if people:
        return people
    if lemma_of(head) == "counterpart" and (named := _named_next(context, sentence, head)):
        return named
    parties = [p for p in context.phrases.parties(sentence, head) if p.kind in _ACTORS]
    if lemma_of(head) in load_titles().heads or lemma_of(head) in (
        "official",
        "delegation",
        "team",
        "counterpart",
    ):
        start, end = context.phrases.noun_phrase(sentence, head, after=("of", "from", "for"))
        return [(start, end, None)]
    return [p.filler for p in parties]


def _named_next(context: Context, sentence: Sentence, head: Token) -> list[Filling]:
    """Who is named right behind a word for him ("his counterpart Mr Bell"), however it parses."""
    last = min(head.i + 2, len(head.doc) - 1)
    for person in context.reading.persons_in(*sentence.span(head.i, len(head.doc) - 1)):
        begins = {sentence.token_at(s) for s, _ in person.mentions}
        if any(t is not None and head.i < t.i <= last for t in begins):
            return [(person.start, person.end, None)]
    return []


def _start(head: Token) -> int:
    lefts = [
        c.left_edge.i for c in head.lefts if c.dep_ in ("compound", "amod", "nmod", "poss", "appos")
    ]
    return min([head.i, *lefts])


def _edge(head: Token) -> int:
    """Last token of the phrase with its titles and appositions, and what is coordinated with it."""
    last = head.i
    for child in head.rights:
        if child.dep_ in ("appos", "prep", "pobj", "compound", "conj") and (
            child.dep_ != "prep" or child.lower_ in ("of", "for")
        ):
            last = max(last, _edge(child))
    return last
