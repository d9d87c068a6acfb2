"""What later sentences add to a meeting told before: who else came, what was talked about, where.

Comes in: the distinct meetings of a document. Goes out: the same, with participants of delegations
("X led the Peruvian side", "Chile sent Y"), topics ("discussions covered …", "the issue of … was
taken up at the meeting") and the place of the visit in which they fall. Only what is missing is
added; no meeting is made or joined here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pactwatch.codebook.vocabularies import EventWords
from pactwatch.findings.circumstances import topic_words
from pactwatch.findings.context import Context
from pactwatch.findings.frames import Frame, frames_of, lemma_of
from pactwatch.findings.gatherings import Gathering, key_of
from pactwatch.findings.participants import participants_of

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["follow_up"]

_REACH = 4
"""Sentences after a meeting in which its delegations are named."""
_SOON = 2
"""Sentences after a meeting in which its topics are told."""
_VISIT = 6
"""Sentences after a visit in which talks fall into it."""


def follow_up(context: Context, found: Sequence[Gathering], words: EventWords) -> None:
    """Add to meetings what the sentences after them tell."""
    for sentence, doc in context.reading.parsed():
        before = [m for m in found if 0 < sentence.index - m.index <= _REACH and not m.visit]
        if not before:
            continue
        for frame in frames_of(sentence, doc):
            if _is_delegation(frame, words):
                _join(context, before[-1], frame)
            soon = [m for m in before if sentence.index - m.index <= _SOON and not m.topic]
            topic = _topic(frame, words) if soon else None
            if topic is not None:
                for meeting in soon:
                    meeting.topic = [topic_words(context, frame.sentence, topic)]
                    meeting.evidence.append((sentence.start, sentence.end))
    visits = [m for m in found if m.visit and m.place and m.stage != "cancelled"]
    for meeting in found:
        if meeting.visit or meeting.place:
            continue
        mine = {key_of(context, f) for f in meeting.participants}
        for visit in reversed(visits):
            near = 0 <= meeting.index - visit.index <= _VISIT and meeting.stage == visit.stage
            if near and mine & {key_of(context, f) for f in visit.participants}:
                meeting.place = list(visit.place)
                break


def _is_delegation(frame: Frame, words: EventWords) -> bool:
    """Whether a clause tells who came for a side."""
    if frame.lemma in words.verbs["lead"]:
        return any(lemma_of(t) in words.modifiers["side"] for t in frame.objects)
    return frame.lemma in words.verbs["attend"] or frame.lemma == "send"


def _join(context: Context, meeting: Gathering, frame: Frame) -> None:
    heads: list[Token] = frame.objects if frame.lemma == "send" else frame.subjects
    if frame.lemma == "send" and any(p == "to" for p, _ in frame.preps):
        return  # sent to somebody else, somewhere else
    doc = frame.token.doc
    for other in frames_of(frame.sentence, doc):
        if other.lemma == "join" and other.passive and frame.token in other.token.ancestors:
            heads = [*heads, *other.subjects]
    known = {key_of(context, f) for f in meeting.participants}
    named = {(p.start, p.end) for p in context.reading.persons}
    added = False
    for head in heads:
        for filler in participants_of(context, frame.sentence, head):
            if filler[:2] in named and key_of(context, filler) not in known:
                known.add(key_of(context, filler))
                meeting.participants.append(filler)
                added = True
    span = frame.sentence.start, frame.sentence.end
    if added and span not in meeting.evidence:
        meeting.evidence.append(span)


def _topic(frame: Frame, words: EventWords) -> Token | None:
    """What a clause says that the meeting before was about."""
    nouns = words.nouns["meeting"]
    if frame.lemma in words.verbs["cover"] and any(lemma_of(t) in nouns for t in frame.subjects):
        on = [t for p, t in frame.preps if p in ("on", "around")]
        return next(iter(on or frame.objects), None)
    raised = frame.lemma in words.verbs["raise"] and frame.passive
    if raised and any(p in ("at", "during", "in") and lemma_of(t) in nouns for p, t in frame.preps):
        subject = next((t for t in frame.objects if t.pos_ == "NOUN"), None)
        if subject is None:
            return None
        inner = [g for c in subject.children if c.lower_ == "of" for g in c.children]
        issue = lemma_of(subject) in ("issue", "question", "matter", "topic", "problem")
        return inner[0] if issue and inner else subject
    return None
