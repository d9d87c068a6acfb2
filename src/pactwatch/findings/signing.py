"""Signing of an instrument: who put the name to it, when and where, and whether it binds.

Comes in: an instrument with its mentions. Goes out: fillers for signatory, signed and place, and
yes or no for binding where the words say so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pactwatch.codebook.vocabularies import load_instrument_words
from pactwatch.findings.asserted import not_asserted
from pactwatch.findings.circumstances import behind, in_dateline
from pactwatch.findings.context import Context, Filling, Instrument
from pactwatch.findings.frames import Frame, lemma_of
from pactwatch.findings.parties import doers_of, persons_in
from pactwatch.findings.sightings import Sighting
from pactwatch.language import Sentence
from pactwatch.language.persons import load_titles

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Signing", "binding_of", "signing_of"]

_PUTS_NAME = frozenset(
    {
        "sign",
        "ink",
        "initial",
        "signing",
        "formalise",
        "formalize",
        "conclude",
        "enter",
        "reach",
        "seal",
        "finalise",
        "finalize",
        "strike",
    }
)


_ANOTHER_TIME = frozenset({"after", "before", "since", "following", "until"})
_UNSIGNED = frozenset({"proposed", "negotiating", "rejected"})
"""Stages at which nobody has signed, whatever day is set for it."""


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
    if cluster.sheet is not None:
        sheet = cluster.sheet
        span = sheet.entry.start, sheet.entry.end
        return Signing(persons=sheet.persons, date=sheet.date, place=sheet.place, sentences={span})
    if cluster.dated:
        signing.date.append(cluster.dated)
    for sighting in sorted(cluster.sightings, key=lambda s: s.headline):
        sentence = sighting.sentence
        span = sentence.start, sentence.end
        for place, frame in sighting.frames:
            if (
                frame.lemma in _PUTS_NAME
                and place in ("object", "into", "on", "to")
                and not_asserted(frame.token) is None
            ):
                signing.sentences.add(span)
                _read(context, signing, frame, sighting)
        doc = sentence.doc
        assert doc is not None
        for token in doc:
            if lemma_of(token) == "signatory" and token.pos_ == "NOUN" and token.dep_ == "attr":
                subjects = [c for c in token.head.children if c.dep_ == "nsubj"]
                for head in subjects:
                    _add(
                        signing.persons,
                        persons_in(context, sentence, head.left_edge.i, head.right_edge.i),
                    )
                signing.sentences.add(span)
                _read_circumstances(context, signing, sighting, _clause(token))
    if instrument.stage in _UNSIGNED:
        return Signing(sentences=signing.sentences)
    return signing


def _read(context: Context, signing: Signing, frame: Frame, sighting: Sighting) -> None:
    sentence = frame.sentence
    for head in doers_of(frame):
        if head.pos_ == "PRON":
            parties = context.phrases.parties(sentence, head)
            _add(signing.persons, [p.filler for p in parties if p.kind == "person"])
        else:
            _add(
                signing.persons, persons_in(context, sentence, head.left_edge.i, head.right_edge.i)
            )
    for preposition, noun in frame.preps:
        if preposition in ("with", "by", "between"):
            people = persons_in(context, sentence, noun.left_edge.i, noun.right_edge.i)
            _add(signing.persons, people or _officials(context, sentence, noun))
    inside: range | None = None
    token = frame.token
    if frame.nominal and token.dep_ == "pobj" and token.head.lower_ in _ANOTHER_TIME:
        inside = range(token.left_edge.i, token.right_edge.i + 1)
    _read_circumstances(context, signing, sighting, _clause(token), inside)


def _officials(context: Context, sentence: Sentence, noun: Token) -> list[Filling]:
    """Officials without a name ("Guatemalan officials")."""
    if noun.tag_ not in ("NNS", "NNPS") or lemma_of(noun) not in load_titles().heads | {"official"}:
        return []
    return [(*context.phrases.noun_phrase(sentence, noun, after=()), None)]


def _read_circumstances(
    context: Context,
    signing: Signing,
    sighting: Sighting,
    clause: int,
    inside: range | None = None,
) -> None:
    """Day and place in the clause of the signing, or among the tokens `inside` of it."""
    sentence, reading = sighting.sentence, context.reading
    doc = sentence.doc
    assert doc is not None
    for date in reading.dates_in(sentence.start, sentence.end):
        token = sentence.token_at(date.start)
        if in_dateline(context, sentence, date.start):
            continue
        if token is not None and inside is not None and token.i not in inside:
            continue
        if token is not None and not signing.date and _clause(token) == clause:
            signing.date.append(behind(context, (date.start, date.end, date.value)))
    if signing.place:
        return
    for token in doc:
        if (
            token.dep_ != "prep"
            or token.lower_ not in ("in", "at", "on")
            or _clause(token) != clause
            or (inside is not None and token.i not in inside)
        ):
            continue
        if sighting.token.i < token.i <= sighting.tail and token.lower_ != "in":
            continue
        for noun in (c for c in token.children if c.dep_ == "pobj"):
            start, end = sentence.span(noun.left_edge.i, noun.i)
            places: list[Filling] = [
                (p.start, p.end, p.country) for p in reading.places_in(start, end)
            ]
            places += [
                (n.start, n.end, n.country)
                for n in reading.names_in(start, end)
                if n.kind == "state" and n.form == "name"
            ]
            if not places and token.lower_ == "at" and noun.pos_ == "PROPN":
                places = [(*context.phrases.noun_phrase(sentence, noun), None)]
            if places:
                signing.place.append(places[0])
                return


def _clause(token: Token) -> int:
    """The verb of the clause in which a token stands."""
    current = token
    while current.dep_ != "ROOT" and not (
        current.pos_ in ("VERB", "AUX")
        and current.dep_ in ("ROOT", "relcl", "ccomp", "advcl", "conj", "acl", "parataxis")
    ):
        current = current.head
    return current.i


def _add(fillers: list[Filling], more: list[Filling]) -> None:
    for filler in more:
        if filler[:2] not in [f[:2] for f in fillers]:
            fillers.append(filler)


_NEGATORS = frozenset({"not", "no", "never", "nor", "neither", "without", "hardly", "isn", "aren"})
_NEAR = 5
"""Words before "binding" in which a negation still denies it ("is in no way legally binding")."""


def binding_of(
    context: Context, instrument: Instrument
) -> tuple[str | None, tuple[int, int] | None]:
    """Whether the document says that it binds, and the sentence that says so.

    "yes", "no", or None where it is silent; a question or a condition says neither.
    """
    modifiers = load_instrument_words().modifiers
    cluster = instrument.cluster
    sentences = [s.sentence for s in cluster.sightings]
    for sentence in [*sentences, *(cluster.sheet.lines if cluster.sheet else ())]:
        span = sentence.start, sentence.end
        text = context.reading.text[sentence.start : sentence.end].casefold()
        words = re.findall(r"[\w-]+", text.replace("n’t", " not").replace("n't", " not"))
        if text.rstrip("\"'”’ )").endswith("?") or {"whether", "if"} & set(words):
            continue
        joined = f" {' '.join(words)} "
        if any(f" {w} " in joined for w in modifiers["binding_no"]):
            return "no", span
        for index, word in enumerate(words):
            if word in modifiers["binding_yes"]:
                denied = _NEGATORS & set(words[max(0, index - _NEAR) : index])
                return ("no" if denied else "yes"), span
    return None, None
