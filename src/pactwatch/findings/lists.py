"""Lists whose items finish a sentence: "The agreement provides that: • 40 officers will be sent".

Comes in: a sentence that may be an item. Goes out: the sentence that introduces its list, with the
instrument and the actors that it names. It makes no finding.
"""

from __future__ import annotations

from dataclasses import dataclass

from pactwatch.codebook.grammar import load_grammar
from pactwatch.findings.context import Context, Filling, Instrument
from pactwatch.findings.frames import Frame, frames_of, lemma_of, subjects_of
from pactwatch.findings.phrases import Party
from pactwatch.findings.roles import Roles
from pactwatch.findings.stages import realis_of
from pactwatch.language import Sentence
from pactwatch.language.blocks import BULLET

__all__ = ["Introduction", "introduction_of", "listed_verb"]

_LONGEST = 15
"""Sentences of a list after which nothing is taken to belong to its introduction."""


_LINES = frozenset({"list", "headline"})
"""Kinds of blocks that are lines of a list; short lines without a stop are taken for headlines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """What stands before the colon of a list.

    Attributes:
        instrument: The agreement whose content the list tells.
        actors: Who does what the list tells, where the introduction has such a subject.
        recipients: To whom the introduction says that it is done.
        frame: The verb of the introduction.
        stage: How far that has come, None where the introduction asserts nothing.
    """

    sentence: Sentence
    instrument: Instrument | None
    actors: tuple[Party, ...] = ()
    recipients: tuple[Filling, ...] = ()
    frame: Frame | None = None
    stage: str | None = None


def introduction_of(context: Context, sentence: Sentence) -> Introduction | None:
    """The introduction of the list in which a sentence is an item; None where it is none."""
    reading = context.reading
    for index in range(sentence.index - 1, max(-1, sentence.index - _LONGEST), -1):
        before = reading.sentences[index]
        words = reading.text[before.start : before.end].rstrip()
        if words.endswith(":") and before.kind != "headline":
            return _read(context, before) if _follows(context, before, sentence) else None
        if before.kind not in _LINES and not _goes_on(words) and not _bulleted(context, index):
            return None
    return None


def listed_verb(context: Context, frame: Frame) -> Introduction | None:
    """The introduction of an item that is a bare verb: "Peru will: • train officers", "•
    providing boats"; None where it names nobody."""
    token = frame.token
    while token.dep_ == "conj" and token.head.pos_ == "VERB":
        token = token.head
    bare = token.tag_ in ("VB", "VBG", "VBP") and not any(
        c.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for c in token.children
    )
    if frame.nominal or token.dep_ != "ROOT" or not bare:
        return None
    introduced = introduction_of(context, frame.sentence)
    return introduced if introduced is not None and introduced.actors else None


def _follows(context: Context, before: Sentence, item: Sentence) -> bool:
    """Whether an item stands in the list itself and not in a paragraph behind it."""
    last = context.reading.sentences[item.index - 1]
    words = context.reading.text[last.start : last.end].rstrip()
    bulleted = _bulleted(context, last.index)
    return item.kind in _LINES or last == before or _goes_on(words) or bulleted


def _bulleted(context: Context, index: int) -> bool:
    """Whether a bullet stands between a sentence and the next."""
    here, following = context.reading.sentences[index : index + 2]
    between = context.reading.text[here.end : following.start]
    return BULLET.search(between) is not None


def _goes_on(words: str) -> bool:
    return words.endswith((";", "; and", "; or", ","))


def _read(context: Context, sentence: Sentence) -> Introduction | None:
    if sentence.doc is None:
        return None
    instruments = [
        instrument
        for instrument in context.instruments
        if any(sentence.start <= start < sentence.end for start, _ in instrument.mentions)
    ]
    frame = next((f for f in frames_of(sentence, sentence.doc) if f.token.dep_ == "ROOT"), None)
    root = next((t for t in sentence.doc if t.dep_ == "ROOT"), None)
    if frame is None and root is not None and root.pos_ == "AUX":  # "Canada will:"
        heads = subjects_of(root)
        frame = Frame(sentence=sentence, token=root, lemma=lemma_of(root), subjects=heads)
    if frame is None:
        return Introduction(sentence=sentence, instrument=instruments[-1] if instruments else None)
    roles = Roles(context, frame)
    roles.prepositions(moves=False, withheld=False)
    words = context.codebook.stages
    listing = frame.lemma in load_grammar().listing  # "measures in the budget include:"
    nouns = [words.inherent_nouns.get(lemma_of(t)) for t in frame.objects]
    stage = next((n for n in nouns if n), None) or words.governors.get(frame.lemma)
    modal = frame.token.tag_ == "MD"  # "Canada will:"
    stage = stage or ("promised" if modal else realis_of(frame, words).stage)
    actors = tuple(
        party
        for token in frame.subjects
        for party in context.phrases.parties(sentence, token)
        if party.acts
    )
    return Introduction(
        sentence=sentence,
        instrument=instruments[-1] if instruments else None,
        actors=actors,
        recipients=tuple(roles.filled.get("recipient", ())),
        frame=frame,
        stage=stage if actors and not listing else None,
    )
