"""Misuse told without its noun: what was given for one end is used to another, or force is shown.

Comes in: a verb's frame in a parsed sentence. Goes out: the roles of an incident for "the donated
trucks were used to intimidate the staff" and "armed jeeps drove past the embassy", or None. A thing
used as it was meant to be, and a car before an office, are none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.codebook.vocabularies import EventWords
from pactwatch.findings.circumstances import behind, date_in_clause, where
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import Frame, frames_of, lemma_of
from pactwatch.language import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["misuse_of"]

_REACH = 4
"""Sentences before, in which what "seven of them" counts is given."""


def misuse_of(context: Context, frame: Frame, words: EventWords) -> dict[str, list[Filling]] | None:
    """Read a misuse from the frame of "use", "drive" and the like."""
    things = frame.objects if frame.passive else frame.subjects
    if not things or (not frame.passive and frame.lemma == "use"):
        return None
    around = _around_what(context, frame, words)
    aims = [v for v in frame.purposes if lemma_of(v) in words.verbs["menace"]]
    given = any(_given(t, words) for t in things)
    if not given and (aims or around):
        given = any(_given_before(context, frame.sentence, t, words) for t in things)
    armed = any(_armed(t, words) for t in things)
    if not ((given and (aims or around)) or (armed and around)):
        return None
    sentence, phrases = frame.sentence, context.phrases
    last = max([*(v.right_edge.i for v in aims), *(t.right_edge.i for t in around)])
    if around:
        last = max(t.right_edge.i for t in around)
    harmed = [c for v in aims for c in v.children if c.dep_ == "dobj"] or around
    return {
        "what": [(*phrases.trimmed(sentence, frame.token.i, last, front=False), None)],
        "actor": [
            (*phrases.noun_phrase(sentence, t), None)
            for t in (frame.subjects if frame.passive else [])
            if t.pos_ == "NOUN"
        ],
        "target": [
            (*phrases.noun_phrase(sentence, t), None) for t in harmed if t.pos_ in ("NOUN", "PROPN")
        ],
        "place": where(context, sentence, [frame.token])[:1],
        "date": [behind(context, d) for d in date_in_clause(context, sentence, frame.token)[:1]],
    }


def _around_what(context: Context, frame: Frame, words: EventWords) -> list[Token]:
    """Seats of institutions, or their names, that something goes past or stands before."""
    found = []
    for token in frame.token.subtree:
        name = context.reading.name_at(frame.sentence.spans[token.i][0])
        body = name is not None and name.kind in ("organisation", "agency")
        if (lemma_of(token) not in words.modifiers["seat"] and not body) or token.dep_ != "pobj":
            continue
        if token.head.lower_ in words.modifiers["around"] or (
            token.head.lower_ == "of" and token.head.head.lower_ == "front"
        ):
            found.append(token)
    return found


def _given_before(context: Context, sentence: Sentence, thing: Token, words: EventWords) -> bool:
    """Whether a thing was given by what the document says before ("the trucks", "two of them")."""
    counted = thing.pos_ in ("NUM", "PRON") or thing.lower_ in ("others", "some", "several")
    since = sentence.index - _REACH if counted else 0
    for other, doc in context.reading.parsed():
        if not since <= other.index < sentence.index:
            continue
        for frame in frames_of(other, doc):
            if frame.lemma not in words.verbs["donate"]:
                continue
            for given in frame.objects:
                same = lemma_of(given) == lemma_of(thing) and thing.pos_ == "NOUN"
                if same or (counted and lemma_of(given) in words.modifiers["gear"]):
                    return True
    return False


def _given(thing: Token, words: EventWords) -> bool:
    """Whether a thing was given by somebody ("the trucks, donated by …")."""
    return any(
        c.dep_ in ("amod", "acl", "relcl") and lemma_of(c) in words.verbs["give"]
        for c in thing.children
    )


def _armed(thing: Token, words: EventWords) -> bool:
    return any(
        lemma_of(t) in words.modifiers["armed"]
        for t in thing.subtree
        if t.pos_ in ("NOUN", "PROPN", "ADJ", "VERB")
    )
