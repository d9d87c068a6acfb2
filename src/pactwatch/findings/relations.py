"""The two states that a sentence on a named instrument sets in relation.

Comes in: a mention of an instrument with a name of its own. Goes out: the states of its sentence
where they are two ("Kenya thanked Uganda for help under the Taipa Treaty"). A state that refuses or
judges, is a place, is acted on, or stands in a clause of its own is none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.codebook.grammar import load_grammar
from pactwatch.codebook.vocabularies import InstrumentWords
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import lemma_of
from pactwatch.findings.parties import parties_in
from pactwatch.findings.sightings import Sighting

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["related_states"]

_WHERE = frozenset({"in", "from", "near", "at", "along", "across", "into", "through", "outside"})


def related_states(context: Context, sighting: Sighting, words: InstrumentWords) -> list[Filling]:
    """The two states that a sentence on a named instrument sets in relation; three are none."""
    doc = sighting.sentence.doc
    if doc is None or sighting.headline or not (sighting.capital or sighting.known):
        return []
    every = parties_in(context, sighting.sentence, 0, len(doc) - 1)
    states = [f for f in every if f[2] and not _stands_aside(context, sighting, f, words)]
    return states if len({f[2] for f in states}) == 2 else []


def _stands_aside(
    context: Context, sighting: Sighting, filler: Filling, words: InstrumentWords
) -> bool:
    """Whether a state is a place, is acted on, judges, or stands in a clause of its own."""
    names = context.reading.names_in(sighting.sentence.start, sighting.sentence.end)
    mention = next((m for m in names if m.country == filler[2]), None)
    token = sighting.sentence.token_at(mention.start if mention else filler[0])
    if token is None:
        return True
    if token.dep_ in ("dobj", "dative"):
        return True
    if token.dep_ == "pobj" and (
        token.head.lower_ in _WHERE or lemma_of(token.head.head) in load_grammar().place
    ):
        return True
    if _told_apart(token, sighting.token):
        return True
    subject = token
    while subject.dep_ in ("compound", "amod", "poss", "nmod") and subject.head != subject:
        subject = subject.head
    verb = subject.head
    if subject.dep_ not in ("nsubj", "nsubjpass") or verb.pos_ not in ("VERB", "AUX"):
        return False
    return lemma_of(verb) in words.verbs["reject"] | words.verbs["judge"] or any(
        c.dep_ == "neg" for c in verb.children
    )


def _told_apart(token: Token, instrument: Token) -> bool:
    """Whether a name stands in a relative clause that tells of something else ("in 2019, the year
    in which Peru held elections")."""
    above = {instrument.i, *(t.i for t in instrument.ancestors)}
    below = {t.i for t in instrument.subtree}
    current = token
    for _ in range(len(token.doc)):
        if current.dep_ == "relcl" and current.i not in above and current.i not in below:
            return True
        if current.head == current or current.i in above:
            return False
        current = current.head
    return False
