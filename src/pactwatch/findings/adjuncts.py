"""Where and when a measure is told to be: places, and the date that hangs on its predicate.

Comes in: a frame, or a noun of it. Goes out: fillings. It decides nothing about whether there is a
measure; `circumstances` does the same for meetings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pactwatch.codebook.grammar import load_grammar
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import Frame, lemma_of
from pactwatch.findings.saying import load_saying
from pactwatch.language import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["bearer", "date_of", "is_date", "place_at"]


_PERIOD = re.compile(
    r"\b(?:over|within|during|for)\s+(?:the\s+)?(?:next|past|last|coming|following)\s+"
    r"(?:[\w-]+\s+)?(?:years?|months?|weeks?|days?)\b"
    r"|\bover\s+(?:a|one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+(?:years?|months?)\b",
    re.IGNORECASE,
)
"""Words for how long a measure lasts: "over three years", "for the next six months"."""


def is_date(context: Context, span: tuple[int, int]) -> bool:
    """Whether a date stands in a span."""
    return context.reading.has_date(*span)


def place_at(
    context: Context, sentence: Sentence, noun: Token, span: tuple[int, int]
) -> Filling | None:
    """The place that a noun names, or that stands in its phrase."""
    reading = context.reading
    at = sentence.spans[noun.i]
    name = reading.name_at(at[0])
    if name is not None:
        if name.kind in ("state", "region") and name.form != "demonym":
            return name.start, name.end, name.country
        return None
    for place in reading.places_in(span[0], max(span[1], at[1])):
        if place.start <= at[0] < place.end:
            return place.start, place.end, None
    if lemma_of(noun) in load_grammar().place:
        edge = sentence.spans[noun.right_edge.i][1]
        inside = reading.places_in(at[1], edge)
        if inside:
            return inside[0].start, inside[0].end, None
        for state in reading.names_in(at[1], edge) if lemma_of(noun) != "border" else ():
            if state.kind == "state" and state.form == "name":
                return state.start, state.end, state.country
        beyond = [c for c in noun.doc[noun.i + 1 :][:1] if c.lower_ == "with" and c.dep_ == "prep"]
        for other in [g for c in beyond for g in c.children if g.dep_ == "pobj"]:
            return span[0], sentence.spans[other.i][1], None  # "the border with Belarus"
        if len(reading.text[span[0] : span[1]].split()) > 1:  # a bare "region" says nothing
            return (*span, None)
    return None


def date_of(context: Context, frame: Frame) -> tuple[Filling, Token] | None:
    """The date that hangs on the predicate, and the verb on which it hangs."""
    sentence = frame.sentence
    for date in context.reading.dates_in(sentence.start, sentence.end):
        verb = bearer(frame, date.start)
        if verb is not None:
            return (date.start, date.end, date.value), verb
    for period in _PERIOD.finditer(context.reading.text, sentence.start, sentence.end):
        verb = bearer(frame, period.start())
        if verb is not None:
            return (*period.span(), None), verb
    return None


def bearer(frame: Frame, offset: int) -> Token | None:
    """The verb on which a word hangs, if it is the predicate or one that governs it, with no other
    clause between.

    What hangs on a verb of saying ("said on Monday that it would send") is of the saying.
    """
    token = frame.sentence.token_at(offset)
    above = {frame.token}
    current = frame.token
    if frame.nominal and current.dep_ in ("nsubj", "nsubjpass", "dobj"):
        verb = current.head  # "the deployment began in May"
        if verb.pos_ == "VERB" and lemma_of(verb) not in load_saying().always:
            above.add(verb)
    while current.dep_ in ("xcomp", "conj", "ccomp") and current.head.pos_ in ("VERB", "AUX"):
        says = lemma_of(current.head) in load_saying().always
        if says and current.dep_ == "ccomp":
            break
        current = current.head
        above.add(current)
    for _ in range(8):
        if token is None or token in above:
            return token
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass"):
            return None
        token = token.head if token.dep_ != "ROOT" else None
    return None
