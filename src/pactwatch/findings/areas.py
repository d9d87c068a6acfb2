"""Areas of cooperation: the subjects of an instrument, in the document's words.

Comes in: an instrument with its mentions. Goes out: noun phrases that tell what it is about, each
with the area of the codebook that its words name. They are read from the name ("on People
Smuggling"), from what stands with it ("to combat …", "aimed at …") and from what is said of it
("the deal will target …").
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

_SUBJECT_LINKS = frozenset({"on", "for", "against", "concerning", "regarding", "about", "to"})
_SMALL = frozenset({"the", "of", "a", "an", "and", "in", "to", "for"})
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
    seen: list[set[str]] = []
    cluster = instrument.cluster
    for sighting in cluster.sightings:
        sentence = sighting.sentence
        doc = sentence.doc
        if doc is None or sighting.headline:
            continue
        fillers = _in_name(context, sighting, doc) + _in_tail(context, sighting, doc)
        tokens = _region(sighting, doc)
        fillers += _phrases(context, sentence, [t for t in doc if t.i in tokens])
        _keep(context, found, seen, fillers, sentence)
        for other in context.reading.sentences[sentence.index + 1 : sentence.index + 3]:
            following = _goes_on(other, sighting)
            if not following:
                break
            _keep(context, found, seen, _phrases(context, other, following), other)
    for sighting in cluster.reworked:
        doc = sighting.sentence.doc
        if doc is not None:
            after = [t for t in doc if t.i > sighting.last]
            _keep(
                context, found, seen, _phrases(context, sighting.sentence, after), sighting.sentence
            )
    return found


def _keep(
    context: Context,
    found: _Found,
    seen: list[set[str]],
    fillers: list[Filling],
    sentence: Sentence,
) -> None:
    for filler in sorted(fillers):
        words = {
            w.strip(",.'’").casefold() for w in context.reading.text[filler[0] : filler[1]].split()
        }
        words -= _SMALL
        twice = any(words <= s or s <= words for s in seen)
        if words and not twice and not any(filler[0] < f[1] and f[0] < filler[1] for f, _ in found):
            seen.append(words)
            found.append((filler, (sentence.start, sentence.end)))


def _in_name(context: Context, sighting: Sighting, doc: Doc) -> list[Filling]:
    """Subjects that stand before the head word ("free trade agreement")."""
    if sighting.token.i <= sighting.first:
        return []
    start, end = sighting.sentence.span(sighting.first, sighting.token.i - 1)
    for area in context.codebook.areas:
        match = _pattern(area).search(context.reading.text, start, end)
        if match and match.end() <= end:
            return [(match.start(), match.end(), area.id)]
    return []


def _in_tail(context: Context, sighting: Sighting, doc: Doc) -> list[Filling]:
    """Subjects that stand after the name ("on fisheries"), known to the codebook or not."""
    found: list[Filling] = []
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
            fillers = _phrases(context, sighting.sentence, heads)
            dated = context.reading.dates_in(*sighting.sentence.span(i, sighting.tail))
            if not fillers and heads and doc[i].lower_ != "for" and not dated:
                start, end = context.phrases.noun_phrase(sighting.sentence, heads[0])
                fillers = [(start, end, "other")] if not _is_name(context, start, end) else []
            found += fillers
            break
        i += 1
    return found


def _region(sighting: Sighting, doc: Doc) -> set[int]:
    """Tokens of what is said of an instrument."""
    words = load_instrument_words()
    verbs = words.verbs["content"]
    tokens: set[int] = set()
    for child in sighting.token.rights:
        if child.dep_ in ("acl", "relcl", "advcl") and (
            child.lower_ in ("aimed", "designed", "intended", "meant")
            or _infinitive(child)
            or lemma_of(child) in verbs
        ):
            tokens |= {t.i for t in child.subtree}
    for place, frame in sighting.frames:
        if place in ("subject", "under", "through") or (
            place == "object" and frame.passive and frame.lemma in verbs
        ):
            if place != "subject" or frame.lemma in verbs:
                tokens |= {t.i for t in frame.token.subtree if t.i > frame.token.i}
        elif place == "object":
            for purpose in frame.purposes:
                tokens |= {t.i for t in purpose.subtree}
            for child in frame.token.rights:
                if (
                    child.dep_ == "prep"
                    and child.i > sighting.token.i
                    and child.lower_ in _SUBJECT_LINKS
                ):
                    tokens |= {t.i for t in child.subtree}
    for token in doc:  # "areas of cooperation include …", "in four areas: …"
        if token.lower_ == "areas" and token.i > sighting.last:
            tokens |= {t.i for t in doc if t.i > token.i}
    return {i for i in tokens if not sighting.first <= i <= sighting.last}


def _goes_on(sentence: Sentence, sighting: Sighting) -> list[Token]:
    """What the next sentence says of the instrument ("It will also …", "Other areas include …")."""
    doc = sentence.doc
    if doc is None:
        return []
    subject = next((t for t in doc if t.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.i > 6:
        return []
    told = any(place in ("subject", "object") for place, _ in sighting.frames)
    verb = lemma_of(subject.head)
    if (lemma_of(subject) == "area" and verb in ("include", "be", "cover")) or (
        subject.lower_ == "it" and told and verb in load_instrument_words().verbs["content"]
    ):
        return [t for t in doc if t.i > subject.i]
    return []


def _infinitive(token: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


def _phrases(context: Context, sentence: Sentence, heads: list[Token]) -> list[Filling]:
    """The noun phrases among some tokens that name an area."""
    found: list[Filling] = []
    partitive = load_instrument_words().modifiers["partitive"]
    for head in heads:
        if head.pos_ not in ("NOUN", "PROPN") or head.dep_ in (
            "compound",
            "nmod",
            "poss",
            "npadvmod",
        ):
            continue
        if lemma_of(head) in partitive and any(c.lower_ in ("of", "for") for c in head.rights):
            continue
        start, end = context.phrases.noun_phrase(sentence, head)
        if context.reading.dates_in(*sentence.spans[head.i]):
            continue
        if any(start < e and s < end for s, e, _ in found) or _is_name(context, start, end):
            continue
        words = context.reading.text[start:end]
        value = area_named(words, context.codebook.areas)
        if value is not None:
            found.append((start, end, value))
    return found


def _is_name(context: Context, start: int, end: int) -> bool:
    """Whether a phrase names an actor or person, so that its words tell no subject."""
    reading = context.reading
    if reading.persons_in(start, end):
        return True
    return any(
        m.kind in ("agency", "organisation", "publication") or (m.start, m.end) == (start, end)
        for m in reading.names_in(start, end)
    )
