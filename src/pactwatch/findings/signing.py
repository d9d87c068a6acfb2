"""Signing of an instrument: who put the name to it, when and where, and whether it binds.

Comes in: an instrument with its mentions. Goes out: fillers for signatory, signed and place, and yes or no for
binding where the words say so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pactwatch.codebook.vocabularies import load_instrument_words
from pactwatch.findings.context import Context, Filling, Instrument
from pactwatch.findings.frames import Frame, lemma_of
from pactwatch.findings.parties import persons_in

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Signing", "binding_of", "signing_of"]

_PUTS_NAME = frozenset({"sign", "ink", "initial", "signing", "formalise", "formalize", "conclude", "enter", "reach", "seal", "finalise", "finalize", "strike"})


@dataclass(slots=True, kw_only=True)
class Signing:
    """Who signed, when and where, and the sentences that say so."""

    persons: list[Filling] = field(default_factory=list)
    date: list[Filling] = field(default_factory=list)
    place: list[Filling] = field(default_factory=list)
    sentences: set[tuple[int, int]] = field(default_factory=set)


def signing_of(context: Context, instrument: Instrument) -> Signing:
    """Read who signed an instrument, when and where."""
    signing = Signing()
    cluster = instrument.cluster
    for sighting, frames in zip(cluster.sightings, cluster.frames, strict=True):
        sentence = sighting.sentence
        span = sentence.start, sentence.end
        for place, frame in frames:
            if frame.lemma in _PUTS_NAME and place in ("object", "into", "on", "to"):
                signing.sentences.add(span)
                _read(context, signing, frame, sighting.token)
        doc = sentence.doc
        assert doc is not None
        for token in doc:
            if lemma_of(token) == "signatory" and token.pos_ == "NOUN":
                heads = [c for c in token.head.children if c.dep_ in ("nsubj", "attr")]
                for head in heads:
                    _add(signing.persons, persons_in(context, sentence, head.left_edge.i, head.right_edge.i))
                signing.sentences.add(span)
    return signing


def _read(context: Context, signing: Signing, frame: Frame, instrument: Token) -> None:
    sentence = frame.sentence
    doc = sentence.doc
    assert doc is not None
    for head in frame.subjects:
        if head.pos_ == "PRON":
            parties = context.phrases.parties(sentence, head)
            _add(signing.persons, [p.filler for p in parties if p.kind == "person"])
        else:
            _add(signing.persons, persons_in(context, sentence, head.left_edge.i, head.right_edge.i))
    for preposition, noun in frame.preps:
        if preposition in ("with", "by", "between"):
            _add(signing.persons, persons_in(context, sentence, noun.left_edge.i, noun.right_edge.i))
    clause = _clause(frame.token)
    for date in context.reading.dates_in(sentence.start, sentence.end):
        token = sentence.token_at(date.start)
        if token is not None and not signing.date and _clause(token) == clause and token.head.i != instrument.i:
            signing.date.append((date.start, date.end, date.value))
    for preposition, noun in [*frame.preps]:
        if preposition in ("in", "at") and not signing.place:
            start, end = sentence.span(noun.left_edge.i, noun.i)
            for place in context.reading.places_in(start, end):
                signing.place.append((place.start, place.end, getattr(place, "value", None)))
                break
            else:
                for name in context.reading.names_in(start, end):
                    if name.kind == "state":
                        signing.place.append((name.start, name.end, name.country))
                        break


def _clause(token: Token) -> int:
    """The verb of the clause in which a token stands."""
    current = token
    while current.head is not current and not (
        current.pos_ in ("VERB", "AUX") and current.dep_ in ("ROOT", "relcl", "ccomp", "advcl", "conj", "acl", "parataxis")
    ):
        current = current.head
    return current.i


def _add(fillers: list[Filling], more: list[Filling]) -> None:
    for filler in more:
        if filler[:2] not in [f[:2] for f in fillers]:
            fillers.append(filler)


def binding_of(context: Context, instrument: Instrument) -> str | None:
    """Whether the document says that an instrument binds: "yes", "no", or None where it is silent."""
    modifiers = load_instrument_words().modifiers
    for sighting in instrument.cluster.sightings:
        words = context.reading.text[sighting.sentence.start : sighting.sentence.end].casefold()
        if any(f" {w} " in f" {words} " for w in modifiers["binding_no"]):
            return "no"
        if any(f" {w} " in f" {words} " for w in modifiers["binding_yes"]):
            return "yes"
    return None
