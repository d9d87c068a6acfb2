"""Which states stand in an instrument by what sentences say of them, beside its own parties.

Comes in: the context of one document and a cluster of mentions. Goes out: fillers for the states
that join, back or break it, have a part in it, act under it, meet to negotiate it, or are asked
into it; and, for an instrument with a name of its own, the two states that a sentence on it sets in
relation to each other. A state that only stands near, refuses, judges, is a place or is acted on is
none: where grammar says nothing, nobody is a party.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.codebook.grammar import load_grammar
from pactwatch.codebook.vocabularies import InstrumentWords, load_instrument_words
from pactwatch.findings.asserted import not_asserted
from pactwatch.findings.clusters import Cluster
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import Frame, conjuncts, frames_of, lemma_of
from pactwatch.findings.parties import (
    country_name,
    country_of,
    own_side,
    parties_in,
    parties_of,
    without_doubles,
)
from pactwatch.findings.references import capitals
from pactwatch.findings.relations import related_states
from pactwatch.findings.sightings import Sighting
from pactwatch.findings.stages import realis_of
from pactwatch.language import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["standing_in"]

_PLACES = frozenset({"object", "dative", "to", "in", "into", "from", "of", "with", "on", "by"})
_GROUNDS = frozenset({"under", "through", "within"})
_ACCORDING = frozenset({"accordance", "line", "compliance", "keeping", "conformity"})


def standing_in(context: Context, cluster: Cluster) -> list[Filling]:
    """The states that stand in an instrument, each once, in order of the text."""
    words = load_instrument_words()
    found: list[Filling] = []
    under: list[Filling] = []
    for sighting in cluster.sightings:
        if sighting.headline or sighting.sentence.doc is None:
            continue
        for place, frame in sighting.frames:
            more = _of_frame(context, cluster, place, frame, words)
            (under if place in _GROUNDS else found).extend(more)
        found += _owner(context, sighting)
        found += _with_a_part(context, sighting, words) + _in_talks(context, sighting, words)
        found += _in_accordance(context, sighting) + _conferred(context, sighting, words)
    if len({f[2] for f in [*found, *under] if f[2]}) > 1:
        found += under  # one state alone acts under laws and rules as well
    for sighting in cluster.reworked:
        found += _invited(context, sighting, words)
    if cluster.named and len({f[2] for f in found if f[2]}) < 2:
        for sighting in cluster.sightings:
            found += related_states(context, sighting, words)
    return without_doubles(context, sorted(found, key=lambda f: f[:2]))


def _of_frame(
    context: Context, cluster: Cluster, place: str, frame: Frame, words: InstrumentWords
) -> list[Filling]:
    """Who joins, backs, breaks or leaves it; who acts under it; who meets to negotiate it."""
    if frame.nominal or not_asserted(frame.token) is not None:
        return []
    realis = realis_of(frame, context.codebook.stages)
    if realis.refused in ("negated", "question") or realis.stage == "refused":
        return []
    meets = _meeting_above(frame) if frame.lemma in words.verbs["negotiate"] else []
    found = [f for t in meets for f in parties_in(context, frame.sentence, *_reach(t))]
    takes_part = frame.lemma == "take" and any(lemma_of(t) == "part" for t in frame.objects)
    member = takes_part or frame.lemma in words.verbs["member"]
    confers = frame.lemma in words.verbs["confer"] and place in ("object", "about", "on", "over")
    if place == "subject" and frame.lemma in words.verbs["bind"]:
        return found + [f for h in frame.objects for f in parties_of(context, frame.sentence, h)]
    if place == "subject":
        return found + _of_mainstay(context, frame)
    if frame.lemma in words.verbs["negotiate"] and not found:
        found += _of_capital(context, frame)
    if not (member and place in _PLACES) and not confers and place not in _GROUNDS:
        return found
    if frame.lemma == "attend" and cluster.type != "programme":
        return found
    for head in frame.subjects:
        found += _who(context, frame, head)
    for preposition, noun in frame.preps:
        if preposition in ("with", "to") and confers:
            found += parties_of(context, frame.sentence, noun)
        elif preposition == "with" and member:
            backing = lemma_of(noun) in words.heads["backing"]
            if backing and cluster.type == "programme":
                found += parties_in(context, frame.sentence, noun.i, noun.right_edge.i)
            elif _together(noun):
                found += parties_of(context, frame.sentence, noun)
    return found


def _who(context: Context, frame: Frame, head: Token) -> list[Filling]:
    """Whom a subject stands for: states and bodies named, an official's country, a government
    described ("the administration of President Ruiz")."""
    found = parties_of(context, frame.sentence, head) or _of_official(context, frame, head)
    if (
        not found
        and lemma_of(head) in ("administration", "government")
        and any(c.lower_ == "of" for c in head.rights)
    ):
        found = [(*context.phrases.noun_phrase(frame.sentence, head), None)]
    return found


def _owner(context: Context, sighting: Sighting) -> list[Filling]:
    """Whose an instrument is said to be, where that is a person ("Minister Ruiz's treaty")."""
    owners = [c for c in sighting.token.lefts if c.dep_ == "poss" and c.pos_ == "PROPN"]
    return [f for c in owners for f in _of_person(context, sighting.sentence, c)]


def _together(noun: Token) -> bool:
    """Whether "with" joins somebody to the subject ("together with Peru")."""
    before = noun.left_edge.i - 2
    near = {t.lower_ for t in noun.doc[max(0, before - 1) : noun.left_edge.i]}
    return bool(near & {"together", "jointly", "along"})


def _of_mainstay(context: Context, frame: Frame) -> list[Filling]:
    """Whose affair it is said to be ("which has become a mainstay of Peru's trade")."""
    if frame.lemma not in ("be", "become", "remain"):
        return []
    return [
        f
        for t in frame.objects
        for f in parties_in(context, frame.sentence, t.i, t.right_edge.i)
        if f[2] and any(c.dep_ == "prep" and c.lower_ == "of" for c in t.children)
    ]


def _of_capital(context: Context, frame: Frame) -> list[Filling]:
    """To whose capital somebody goes to negotiate it ("sent ministers to Lima to thrash out …")."""
    found: list[Filling] = []
    for child in frame.token.head.children if frame.token.dep_ in ("advcl", "xcomp") else ():
        if child.dep_ == "prep" and child.lower_ == "to":
            for place in context.reading.places_in(
                *frame.sentence.span(child.i, child.right_edge.i)
            ):
                if (place.name, place.country) in capitals():
                    own = [m for m in context.reading.names if m.kind == "state"]
                    named = next((m for m in own if m.country == place.country), None)
                    found.append(
                        country_name(context, named)
                        if named
                        else (place.start, place.end, place.country)
                    )
    return found


def _of_official(context: Context, frame: Frame, head: Token) -> list[Filling]:
    return _of_person(context, frame.sentence, head)


def _of_person(context: Context, sentence: Sentence, head: Token) -> list[Filling]:
    """The country of a person, by the title or as the document's own voice."""
    own = country_of(context, sentence, head)
    if own is not None:
        return [own]
    people = [p for p in context.phrases.parties(sentence, head) if p.kind == "person"]
    return own_side(context, ()) if people and head.pos_ == "PROPN" else []


def _meeting_above(frame: Frame) -> list[Token]:
    """Those between whom the meeting is at which something is discussed."""
    clause = frame.token
    if clause.dep_ != "relcl":
        return []
    for noun in (clause.head, *clause.head.ancestors):
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in ("between", "among"):
                return [t for c in child.children if c.dep_ == "pobj" for t in conjuncts(c)]
    return []


def _reach(head: Token) -> tuple[int, int]:
    return head.left_edge.i, max(
        [head.i, *(c.right_edge.i for c in head.rights if c.dep_ == "conj")]
    )


def _with_a_part(context: Context, sighting: Sighting, words: InstrumentWords) -> list[Filling]:
    """Whose part in it is told ("Peru's role in the alliance")."""
    head = sighting.token
    if head.dep_ != "pobj" or head.head.lower_ not in ("in", "to", "under", "of"):
        return []
    share = head.head.head
    if lemma_of(share) not in words.heads["share"]:
        return []
    return _with_a_part_of(context, sighting, share)


def _with_a_part_of(context: Context, sighting: Sighting, share: Token) -> list[Filling]:
    return [
        f
        for c in share.lefts
        if c.dep_ in ("poss", "amod", "compound")
        for f in parties_in(context, sighting.sentence, c.left_edge.i, c.i)
        if f[2]
    ]


def _in_accordance(context: Context, sighting: Sighting) -> list[Filling]:
    """Who does something in accordance with it ("care given by Peru in line with our treaty")."""
    head = sighting.token
    above = head.head.head if head.dep_ == "pobj" and head.head.lower_ in ("with", "to") else head
    if lemma_of(above) not in _ACCORDING or above.head.dep_ != "prep":
        return []
    doc = sighting.sentence.doc
    assert doc is not None
    verbs = {t.i for t in above.ancestors if t.pos_ == "VERB"}
    frames = [f for f in frames_of(sighting.sentence, doc) if f.token.i in verbs]
    for frame in frames[::-1]:
        found = [f for h in frame.subjects for f in parties_of(context, sighting.sentence, h)]
        if any(f[2] for f in found):
            return found
    return []


def _in_talks(context: Context, sighting: Sighting, words: InstrumentWords) -> list[Filling]:
    """Whose talks on it or proposal for it are told ("both sides agreed that discussions on the
    framework go on", "Peru's proposal for a pact")."""
    head = sighting.token
    doc = sighting.sentence.doc
    if doc is None or head.dep_ != "pobj" or head.head.lower_ not in ("on", "for", "about", "of"):
        return []
    talks = head.head.head
    if lemma_of(talks) not in words.heads["talks"]:
        return []
    found = _with_a_part_of(context, sighting, talks)
    for child in talks.children:
        if child.dep_ == "prep" and child.lower_ in ("with", "between", "among"):
            found += parties_in(context, sighting.sentence, child.i + 1, child.right_edge.i)
    above = {t.i for t in talks.ancestors if lemma_of(t) in words.verbs["talk"]}
    for frame in frames_of(sighting.sentence, doc):
        if frame.token.i in above:
            found += [f for h in frame.subjects for f in _who(context, frame, h)]
    return found


def _conferred(context: Context, sighting: Sighting, words: InstrumentWords) -> list[Filling]:
    """With whom somebody talks about it, where "about" hangs on them ("talk to Peru's minister
    about a framework")."""
    head = sighting.token
    doc = sighting.sentence.doc
    if doc is None or head.dep_ != "pobj" or head.head.lower_ not in ("about", "on", "over"):
        return []
    above = head.head.head
    while above.pos_ in ("NOUN", "PROPN", "ADP") and above.head != above:
        above = above.head
    if lemma_of(above) not in words.verbs["confer"]:
        return []
    return [
        f
        for frame in frames_of(sighting.sentence, doc)
        if frame.token == above
        for preposition, noun in frame.preps
        if preposition in ("to", "with")
        for f in parties_of(context, sighting.sentence, noun)
    ]


def _invited(context: Context, sighting: Sighting, words: InstrumentWords) -> list[Filling]:
    """Who remakes an earlier instrument into this one, and who is asked to take part."""
    doc = sighting.sentence.doc
    assert doc is not None
    found: list[Filling] = []
    for place, frame in sighting.frames:
        if place == "object" and frame.lemma in words.verbs["rework"]:
            for head in frame.subjects:
                found += parties_of(context, frame.sentence, head) or _of_official(
                    context, frame, head
                )
    for frame in frames_of(sighting.sentence, doc):
        if frame.lemma in load_grammar().object_control and any(
            c.dep_ in ("xcomp", "ccomp", "advcl") for c in frame.token.children
        ):
            found += [
                f for h in frame.objects for f in parties_of(context, sighting.sentence, h) if f[2]
            ]
    return found
