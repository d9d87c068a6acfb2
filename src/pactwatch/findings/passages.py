"""Where a document tells what an instrument is about.

Comes in: an instrument with its mentions. Goes out: tokens of the sentences that tell its content:
what is said of a mention ("the deal will target …", "its aim is …", "in four areas: …"), the
sentence that goes on with "it" or "other areas", the lines of a list that it opens, and the words
in which its parties say together what they do by it. Words under a negation are left out. Which of
the tokens name a subject is decided by `subjects`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pactwatch.codebook.vocabularies import load_instrument_words
from pactwatch.findings.context import Context, Filling, Instrument
from pactwatch.findings.frames import Frame, frames_of, governor, lemma_of
from pactwatch.findings.parties import parties_of
from pactwatch.findings.sightings import Sighting
from pactwatch.findings.stages import realis_of
from pactwatch.language import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["passages_of", "said_of", "without_denied"]

_LINKS = frozenset({"on", "for", "against", "concerning", "regarding", "about", "to"})
_AIMED = frozenset({"aimed", "designed", "intended", "meant", "directed"})
_NEAR = 8
"""Sentences around a mention in which its parties may say what they do by it."""
_FAR = 3
"""Sentences after a mention in which "it" or "other areas" go on with it."""

_AREAS = re.compile(r"[-–—•*·▪◦\s]*(?:Areas?|Subjects?|Topics?|Fields?)\b[^:]{0,30}:")
_BULLETS = ("-", "–", "—", "•", "*", "·", "▪", "◦")

_Passage = tuple[Sentence, list["Token"] | None]
"""A sentence with the tokens of it that tell; None for a line without a parse."""


def without_denied(tokens: Iterable[Token]) -> list[Token]:
    """Tokens that no negation above them takes back ("does not cover migration")."""
    return [t for t in tokens if not _is_denied(t)]


def _is_denied(token: Token) -> bool:
    current = token
    for _ in range(len(token.doc)):
        if any(c.dep_ == "neg" or c.lower_ in ("no", "neither") for c in current.lefts):
            return True
        if current.dep_ == "pobj" and current.head.lower_ in ("without", "excluding", "except"):
            return True
        if current.head == current or current.dep_ in ("ccomp", "relcl", "conj"):
            return False
        current = current.head
    return False


def _told(top: Token, after: int) -> set[int]:
    """Tokens below a word and behind a place, without clauses of concession or comparison."""
    found: set[int] = set()
    for child in top.children:
        aside = child.dep_ == "advcl" and any(
            c.dep_ == "mark" and c.lower_ not in ("so", "that") for c in child.children
        )
        if not aside:
            found |= {t.i for t in child.subtree if t.i > after}
    return found


def said_of(context: Context, sighting: Sighting, doc: Doc) -> list[Token]:
    """Tokens of a mention's own sentence that tell its content."""
    verbs = load_instrument_words().verbs["content"]
    head = sighting.token
    tokens: set[int] = set()
    for child in head.rights:
        telling = child.lower_ in _AIMED or _infinitive(child) or lemma_of(child) in verbs
        if (child.dep_ in ("acl", "relcl", "advcl") and telling) or (
            child.dep_ == "prep" and child.lower_ in ("for", "on", "in") and _gerund(child)
        ):
            tokens |= {t.i for t in child.subtree}
    for place, frame in sighting.frames:
        if not _is_refused(context, frame):
            tokens |= _of_frame(place, frame, sighting, verbs)
    tokens |= _of_aim(head)
    tokens = _listed(doc, sighting.last) or tokens
    inside = range(sighting.first, sighting.last + 1)
    return without_denied(doc[i] for i in sorted(tokens) if i not in inside)


def _is_refused(context: Context, frame: Frame) -> bool:
    """Whether what a clause tells is not so ("fails to address", "does not cover")."""
    if frame.nominal:
        return False
    realis = realis_of(frame, context.codebook.stages)
    above = governor(frame.token)
    fails = above is not None and lemma_of(above) in load_instrument_words().verbs["fail"]
    return fails or realis.refused == "negated" or realis.stage == "refused"


def _listed(doc: Doc, after: int) -> set[int]:
    """What follows "areas" ("areas of cooperation include …", "in four areas: …"): there the
    words before only say that there are some."""
    areas = [t.i for t in doc if t.lower_ == "areas" and t.i > after]
    return {t.i for t in doc if t.i > areas[0]} if areas else set()


def _of_frame(place: str, frame: Frame, sighting: Sighting, verbs: frozenset[str]) -> set[int]:
    if place == "subject" or (place == "object" and frame.passive and frame.lemma in verbs):
        return _told(frame.token, frame.token.i) if frame.lemma in verbs else set()
    if place in ("under", "through"):
        return _told(frame.token, frame.token.i)
    tokens: set[int] = set()
    if place == "object":
        for purpose in frame.purposes:
            tokens |= {t.i for t in purpose.subtree}
        for child in frame.token.rights:
            if child.dep_ == "prep" and child.i > sighting.token.i and child.lower_ in _LINKS:
                tokens |= {t.i for t in child.subtree}
    return tokens


def _of_aim(head: Token) -> set[int]:
    """What the aim of an instrument is said to be ("the purpose of the memorandum is to …")."""
    aim = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "of" else head.head
    possessed = head.dep_ == "poss" or head.dep_ == "pobj"
    if not possessed or lemma_of(aim) not in load_instrument_words().heads["aim"]:
        return set()
    verb = aim.head
    if aim.dep_ not in ("nsubj", "nsubjpass") or verb.pos_ not in ("VERB", "AUX"):
        return set()
    return _told(verb, verb.i)


def passages_of(context: Context, instrument: Instrument) -> Iterator[_Passage]:
    """Yield the passages outside of the mentions' own clauses that tell an instrument's content."""
    cluster = instrument.cluster
    sentences = context.reading.sentences
    taken: set[int] = set()
    for line in cluster.sheet.lines if cluster.sheet else ():
        if _AREAS.match(context.reading.text, line.start, line.end):
            yield line, None
    for sighting in cluster.sightings:
        if sighting.headline or sighting.sentence.doc is None:
            continue
        index = sighting.sentence.index
        opened = _opens_list(context, sighting.sentence)
        for other in sentences[index + 1 : index + 1 + _FAR]:
            tokens = _goes_on(other, sighting)
            if not tokens or other.index in taken:
                break
            taken.add(other.index)
            yield other, without_denied(tokens)
            opened = opened or _opens_list(context, other)
        if opened:
            yield from _list_after(context, sighting.sentence)
    for sighting in cluster.sightings:
        yield from _provided(context, sighting)
    for sighting in cluster.reworked:
        doc = sighting.sentence.doc
        if doc is not None:
            yield sighting.sentence, without_denied(_reworking(sighting, doc))
    yield from _together(context, instrument)


def _goes_on(sentence: Sentence, sighting: Sighting) -> list[Token]:
    """What the next sentence says of the instrument ("It will also …", "Other areas include …")."""
    doc = sentence.doc
    if doc is None:
        return []
    subject = next((t for t in doc if t.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.i > 6:
        return []
    told = any(place in ("subject", "object", "attr") for place, _ in sighting.frames)
    words = load_instrument_words()
    verb = lemma_of(subject.head)
    if (lemma_of(subject) == "area" and verb in ("include", "be", "cover")) or (
        subject.lower_ == "it" and told and verb in words.verbs["content"]
    ):
        return [doc[i] for i in sorted(_listed(doc, subject.i) or _told(subject.head, subject.i))]
    return []


def _provided(context: Context, sighting: Sighting) -> Iterator[_Passage]:
    """What is to be done under an instrument, in its sentence and those that go on with "will":
    the acts ("will train the police") and what they are for."""
    if sighting.headline or not _is_ground(sighting):
        return
    for other in context.reading.sentences[sighting.sentence.index :][: _FAR - 1]:
        if other.doc is None or other.block != sighting.sentence.block:
            return
        frames = list(frames_of(other, other.doc))
        if not any(c.lower_ == "will" for f in frames for c in f.token.children):
            return
        tokens: set[int] = set()
        for frame in frames:
            above = governor(frame.token) or frame.token
            if any(c.lower_ == "will" for t in (above, frame.token) for c in t.children):
                tokens |= {frame.token.i}
                tokens |= {t.i for p in frame.purposes for t in p.subtree}
        yield other, without_denied(other.doc[i] for i in sorted(tokens))


def _is_ground(sighting: Sighting) -> bool:
    """Whether a mention is that under which something is done, or by which it is known."""
    head = sighting.token
    if head.dep_ == "pobj" and head.head.lower_ == "to" and head.head.head.lower_ == "according":
        return True
    return any(place in ("under", "through") for place, _ in sighting.frames)


def _opens_list(context: Context, sentence: Sentence) -> bool:
    return context.reading.text[sentence.start : sentence.end].rstrip().endswith(":")


def _list_after(context: Context, sentence: Sentence) -> Iterator[_Passage]:
    """The lines of the list that a sentence opens."""
    for other in context.reading.sentences[sentence.index + 1 :]:
        line = context.reading.text[other.start : other.end]
        if other.kind != "list" and not line.startswith(_BULLETS):
            return
        doc = other.doc or ()
        if any(t.dep_ in ("nsubj", "nsubjpass") and t.head.pos_ in ("VERB", "AUX") for t in doc):
            continue  # a provision, no subject
        yield other, without_denied(other.doc) if other.doc is not None else None


def _reworking(sighting: Sighting, doc: Doc) -> list[Token]:
    """What an instrument is to be remade for: what follows it, or what is done "by" remaking it."""
    tokens = {t.i for t in doc if t.i > sighting.last}
    above = sighting.token.head
    if above.dep_ == "pcomp" and above.head.lower_ == "by":
        tokens |= {t.i for t in above.head.head.subtree if t.i > above.head.head.i}
    return [doc[i] for i in sorted(tokens) if not sighting.first <= i <= sighting.last]


def _together(context: Context, instrument: Instrument) -> Iterator[_Passage]:
    """Sentences in which all parties of a signed instrument say what they formalise by it."""
    states = {_country(context, party) for party in instrument.parties} - {None}
    if instrument.stage not in ("signed", "in force") or len(states) < 2:
        return
    verbs = load_instrument_words().verbs["join"]
    near = {
        s.sentence.index + distance
        for s in instrument.cluster.sightings
        if not s.headline
        for distance in range(-_NEAR, _NEAR + 1)
    }
    for sentence, doc in context.reading.parsed():
        if sentence.index not in near:
            continue
        for frame in frames_of(sentence, doc):
            if frame.lemma not in verbs:
                continue
            acting = {v for h in frame.subjects for _, _, v in parties_of(context, sentence, h)}
            if states <= acting:
                tokens = _told(frame.token, frame.token.i)
                yield sentence, without_denied(doc[i] for i in sorted(tokens))


def _country(context: Context, party: Filling) -> str | None:
    """The country of a party, a state's or an agency's."""
    if isinstance(party[2], str):
        return party[2]
    name = context.reading.name_at(party[0])
    return name.country if name is not None else None


def _gerund(preposition: Token) -> bool:
    return any(c.dep_ == "pcomp" for c in preposition.children)


def _infinitive(token: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)
