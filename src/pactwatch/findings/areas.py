"""Areas of cooperation: the subjects of an instrument, in the document's words.

Comes in: an instrument with its mentions. Goes out: noun phrases that tell what it is about, each with the area of
the codebook that its words name. They are read from the name ("on People Smuggling"), from what stands with it ("to
combat …", "aimed at …") and from what is said of it ("the deal will target …").
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from pactwatch.codebook import Area
from pactwatch.codebook.vocabularies import load_instrument_words
from pactwatch.findings.context import Context, Filling, Instrument
from pactwatch.findings.frames import lemma_of
from pactwatch.findings.sightings import Sighting
from pactwatch.language import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["area_named", "areas_of"]

_Found = list[tuple[Filling, tuple[int, int]]]


@functools.cache
def _pattern(area: Area) -> re.Pattern[str]:
    forms = []
    for term in area.terms:
        words = re.escape(term).replace(r"\*", r"\w*").replace(r"\?", r"\w").replace(r"\ ", r"\s+")
        forms.append(words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)" if forms else r"(?!)", re.IGNORECASE)


def area_named(words: str, areas: tuple[Area, ...]) -> str | None:
    """The first area of the codebook that one of its terms names, or None."""
    return next((area.id for area in areas if _pattern(area).search(words)), None)


def areas_of(context: Context, instrument: Instrument) -> _Found:
    """Read the subjects of an instrument, each once, with the sentence that names it."""
    found: _Found = []
    seen: set[str] = set()
    for sighting, frames in zip(instrument.cluster.sightings, instrument.cluster.frames, strict=True):
        sentence = sighting.sentence
        doc = sentence.doc
        if doc is None or sighting.headline:
            continue
        heads = _heads_in_name(sighting, doc)
        tokens = _region(sighting, frames, doc)
        heads += [t for t in doc if t.i in tokens and t not in heads]
        for filler in _phrases(context, sentence, heads):
            words = " ".join(context.reading.text[filler[0] : filler[1]].casefold().split())
            if words in seen or any(filler[0] < f[1] and f[0] < filler[1] for f, _ in found):
                continue
            seen.add(words)
            found.append((filler, (sentence.start, sentence.end)))
    return found


def _heads_in_name(sighting: Sighting, doc: Doc) -> list[Token]:
    return [t for t in doc[sighting.token.i + 1 : sighting.tail + 1] if t.pos_ in ("NOUN", "PROPN")]


def _region(sighting: Sighting, frames: list, doc: Doc) -> set[int]:  # type: ignore[type-arg]
    """Tokens of what is said of an instrument."""
    verbs = load_instrument_words().verbs["content"]
    tokens: set[int] = set()
    for child in sighting.token.rights:
        if child.dep_ in ("acl", "relcl") and (child.lower_ in ("aimed", "designed", "intended") or _infinitive(child) or lemma_of(child) in verbs):
            tokens |= {t.i for t in child.subtree}
    for place, frame in frames:
        if place == "subject" and frame.lemma in verbs:
            tokens |= {t.i for t in frame.token.subtree if t.i > frame.token.i}
        elif place == "under":
            tokens |= {t.i for t in frame.token.subtree if t.i > frame.token.i}
        elif place == "object":
            for purpose in frame.purposes:
                tokens |= {t.i for t in purpose.subtree}
    return {i for i in tokens if not sighting.first <= i <= sighting.last}


def _infinitive(token: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


def _phrases(context: Context, sentence: Sentence, heads: list[Token]) -> list[Filling]:
    """The noun phrases among some tokens that name an area."""
    found: list[Filling] = []
    for head in heads:
        if head.pos_ not in ("NOUN", "PROPN") or head.dep_ in ("compound", "nmod", "poss"):
            continue
        start, end = context.phrases.noun_phrase(sentence, head)
        if any(start < e and s < end for s, e, _ in found):
            continue
        words = context.reading.text[start:end]
        value = area_named(words, context.codebook.areas)
        if value is not None:
            found.append((start, end, value))
    return found
