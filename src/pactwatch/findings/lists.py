"""Lists whose items finish a sentence: "The agreement provides that: • 40 officers will be sent".

Comes in: a sentence that may be an item. Goes out: the sentence that introduces its list, with the
instrument and the actors that it names. It makes no finding.
"""

from __future__ import annotations

from dataclasses import dataclass

from pactwatch.findings.context import Context, Instrument
from pactwatch.findings.frames import subjects_of
from pactwatch.findings.phrases import Party
from pactwatch.language import Sentence

__all__ = ["Introduction", "introduction_of"]

_LONGEST = 15
"""Sentences of a list after which nothing is taken to belong to its introduction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """What stands before the colon of a list.

    Attributes:
        instrument: The agreement whose content the list tells.
        actors: Who does what the list tells, where the introduction has such a subject.
    """

    sentence: Sentence
    instrument: Instrument | None
    actors: tuple[Party, ...]


def introduction_of(context: Context, sentence: Sentence) -> Introduction | None:
    """The introduction of the list in which a sentence is an item; None where it is none."""
    reading = context.reading
    for index in range(sentence.index - 1, max(-1, sentence.index - _LONGEST), -1):
        before = reading.sentences[index]
        words = reading.text[before.start : before.end].rstrip()
        if words.endswith(":") and before.kind != "headline":
            return _read(context, before) if _follows(context, before, sentence) else None
        if before.kind != "list" and not _goes_on(words):
            return None
    return None


def _follows(context: Context, before: Sentence, item: Sentence) -> bool:
    """Whether an item stands in the list itself and not in a paragraph behind it."""
    last = context.reading.sentences[item.index - 1]
    words = context.reading.text[last.start : last.end].rstrip()
    return item.kind == "list" or last == before or _goes_on(words)


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
    root = next((t for t in sentence.doc if t.dep_ == "ROOT"), None)
    actors = [
        party
        for token in (subjects_of(root) if root is not None and root.pos_ == "VERB" else [])
        for party in context.phrases.parties(sentence, token)
        if party.acts
    ]
    return Introduction(
        sentence=sentence,
        instrument=instruments[-1] if instruments else None,
        actors=tuple(actors),
    )
