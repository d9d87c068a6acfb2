"""Areas of cooperation: the subjects of an instrument, in the document's words.

Comes in: an instrument with its mentions. Goes out: phrases that tell what it is about, each with
the area of the codebook that its words name, and the sentence. They are read from the name ("on
People Smuggling"), from what stands with it ("to combat …", "aimed at …"), from what is said of it
("the deal will target …", "its aim is …") and from the passages that `passages` finds elsewhere.
What the words deny is no area.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.findings.context import Context, Filling, Instrument
from pactwatch.findings.frames import lemma_of
from pactwatch.findings.passages import passages_of, said_of, without_denied
from pactwatch.findings.sightings import Sighting
from pactwatch.findings.subjects import (
    area_named,
    first_area,
    is_actor,
    subjects_in,
    subjects_in_line,
)
from pactwatch.language import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["area_named", "areas_of"]

_SUBJECT_LINKS = frozenset({"on", "for", "against", "concerning", "regarding", "about", "to"})
_SMALL = frozenset({"the", "of", "a", "an", "and", "in", "to", "for"})
_Found = list[tuple[Filling, tuple[int, int]]]


def areas_of(context: Context, instrument: Instrument) -> _Found:
    """Read the subjects of an instrument, each once, with the sentence that names it."""
    found: _Found = []
    cluster = instrument.cluster
    for sighting in cluster.sightings:
        sentence, doc = sighting.sentence, sighting.sentence.doc
        if doc is None or sighting.headline:
            continue
        fillers = _in_name(context, sighting) + _in_tail(context, instrument, sighting, doc)
        fillers += subjects_in(context, sentence, said_of(context, sighting, doc), of=instrument)
        _keep(context, found, fillers, sentence)
    for sentence, tokens in passages_of(context, instrument):
        if tokens is None:
            fillers = subjects_in_line(context, sentence.start, sentence.end)
        else:
            fillers = subjects_in(context, sentence, tokens, of=instrument)
        _keep(context, found, fillers, sentence)
    return found


def _keep(context: Context, found: _Found, fillers: list[Filling], sentence: Sentence) -> None:
    """Add what is new: the same words, or the same area in fewer words, stand there already."""

    def words_of(filler: Filling) -> set[str]:
        text = context.reading.text[filler[0] : filler[1]]
        return {w.strip(",.'’").casefold() for w in text.split()} - _SMALL

    for filler in sorted(fillers, key=lambda f: (f[0], f[1])):
        words = words_of(filler)
        twice = any(
            filler[2] == f[2]
            and (
                words <= words_of(f)
                or words_of(f) <= words
                or (filler[0] < f[1] and f[0] < filler[1])
            )
            for f, _ in found
        )
        if words and not twice:
            found.append((filler, (sentence.start, sentence.end)))


def _in_name(context: Context, sighting: Sighting) -> list[Filling]:
    """Subjects that stand before the head word ("free trade agreement")."""
    if sighting.token.i <= sighting.first:
        return []
    found = first_area(context, *sighting.sentence.span(sighting.first, sighting.token.i - 1))
    return [found] if found else []


def _in_tail(
    context: Context, instrument: Instrument, sighting: Sighting, doc: Doc
) -> list[Filling]:
    """Subjects that stand after the name ("on fisheries"), known to the codebook or not."""
    i = sighting.token.i + 1
    while i <= sighting.tail:
        if (
            doc[i].lower_ in _SUBJECT_LINKS and not (sighting.capital and doc[i].lower_ == "for")
        ) or (doc[i].lower_ == "in" and i + 1 < len(doc) and doc[i + 1].lower_ == "relation"):
            heads = [
                t
                for t in doc[i + 1 : sighting.tail + 1]
                if t.dep_ in ("pobj", "conj") and t.pos_ in ("NOUN", "PROPN")
            ]
            heads = [h for h in heads if lemma_of(h) not in ("relation", "respect")]
            fillers = subjects_in(context, sighting.sentence, without_denied(heads), of=instrument)
            dated = context.reading.dates_in(*sighting.sentence.span(i, sighting.tail))
            if not fillers and heads and doc[i].lower_ != "for" and not dated:
                tops = [t for t in doc[i + 1 : heads[0].i + 1] if t.dep_ == "dobj"]
                head = next((t for t in tops if t.pos_ == "NOUN"), heads[0])
                start, end = context.phrases.noun_phrase(sighting.sentence, head)
                if not is_actor(context, start, end):
                    return [(start, end, "other")]
            return fillers
        i += 1
    return []
