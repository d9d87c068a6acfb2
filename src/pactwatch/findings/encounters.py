"""One meeting as one verb or noun tells it: who met, where, when and about what.

Comes in: a frame of a parsed sentence. Goes out: a `Gathering`, the reason why the words tell of
none, or None where they are about something else. Which mentions are one meeting is decided by
`gatherings`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.codebook.vocabularies import EventWords
from pactwatch.findings.attendance import attendants, has_counterpart, is_collective
from pactwatch.findings.circumstances import (
    ahead,
    behind,
    clause_of,
    date_in_clause,
    topic_of,
    where,
)
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import Frame, conjuncts, lemma_of
from pactwatch.findings.gatherings import Gathering
from pactwatch.findings.scheduling import NO_MEETING, cancels, meeting_stage
from pactwatch.findings.signing import signing_of
from pactwatch.model import Rejected

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["meeting_of"]

_ANOTHER_TIME = frozenset({"after", "before", "following", "since", "until"})
_MARGINS = frozenset({"margin", "margins", "sideline", "sidelines"})


def meeting_of(
    context: Context, frame: Frame, words: EventWords, taken: set[int]
) -> Gathering | Rejected | None:
    """Read a meeting from one frame; None where the frame tells of none."""
    if frame.token.i in taken or _is_purpose(frame, words):
        return None
    noun = None if frame.nominal else _meeting_noun(frame, words)
    if frame.nominal:
        noun = frame.token
    kind = _kind_of(frame, noun, words)
    if not kind:
        return None
    trigger = f"meeting.{kind}.{lemma_of(noun) if noun is not None else frame.lemma}"
    span = frame.sentence.start, frame.sentence.end
    if noun is not None:
        taken.add(noun.i)
        if {c.lower_ for c in noun.lefts} & words.modifiers["not_meeting"]:
            return context.reject("meeting", trigger, "no meeting of officials", *span)
    if frame.nominal and _defines(frame):
        return context.reject("meeting", trigger, "habitual", *span)
    signed = _signed_at(context, frame, noun, words)
    if signed is not None:
        return signed
    stage = meeting_stage(context, frame, noun, words)
    if stage in NO_MEETING:
        return context.reject("meeting", trigger, stage, *span)
    people = attendants(context, frame, noun, kind, words)
    meeting = Gathering(
        stage=stage,
        trigger=trigger,
        visit=kind == "visit",
        definite=noun is not None
        and any(c.lower_ in ("the", "this", "that", "these", "those") for c in noun.lefts),
        plural=noun is not None
        and noun.tag_ == "NNS"
        and lemma_of(noun) not in ("talk", "discussion", "negotiation", "consultation"),
        at=frame.sentence.spans[frame.token.i],
        evidence=[span],
        participants=people,
        index=frame.sentence.index,
        held=noun is not None and not frame.nominal,
    )
    _circumstances(context, meeting, frame, noun, kind)
    if noun is not None and not meeting.place and not meeting.date and _of_terms(context, noun):
        return context.reject("meeting", trigger, "terms of an instrument", *span)
    if (
        kind in ("meet", "talk", "open", "call")
        and not is_collective(frame, words)
        and (len(people) < 2 or not has_counterpart(context, frame, people))
    ):
        return context.reject("meeting", trigger, "no counterpart", *span)
    return meeting


def _of_terms(context: Context, noun: Token) -> bool:
    """Whether negotiations are those of an instrument, and no gathering is told of ("agreed to
    start negotiations for a treaty")."""
    if lemma_of(noun) not in ("negotiation", "negotiations"):
        return False
    nouns = context.codebook.nouns["instrument"]
    return any(
        lemma_of(t) in nouns
        for c in noun.children
        if c.dep_ == "prep" and c.lower_ in ("for", "on", "towards", "of")
        for t in c.children
    )


def _defines(frame: Frame) -> bool:
    """Whether a noun only says what something is ("the process is the key forum for …")."""
    above = frame.token.head
    return frame.token.dep_ == "attr" and above.lower_ in ("is", "are", "remains", "'s", "’s")


def _is_purpose(frame: Frame, words: EventWords) -> bool:
    """Whether a clause says what another meeting is for ("met to discuss fisheries")."""
    above = lemma_of(frame.token.head)
    purpose = frame.token.dep_ in ("advcl", "xcomp", "relcl") and any(
        c.lower_ == "to" for c in frame.token.children if c.dep_ == "aux"
    )
    meets = words.verbs["meet"] | words.verbs["visit"] | words.verbs["travel"]
    moves = words.verbs["visit"] | words.verbs["travel"]
    if purpose and frame.lemma in words.verbs["meet"] and above in moves:
        return True  # told with the journey
    holds = purpose and frame.lemma in words.verbs["hold"] and above in meets
    if holds and _meeting_noun(frame, words) is not None:
        return True  # "met in Lima to conclude the annual talks"
    return purpose and frame.lemma in words.verbs["talk"] and above in meets | words.verbs["gather"]


def _signed_at(
    context: Context, frame: Frame, noun: Token | None, words: EventWords
) -> Gathering | None:
    """The occasion at which an instrument is signed: those who sign take part."""
    if noun is None or lemma_of(noun) not in words.nouns["occasion"]:
        return None
    if lemma_of(noun) in words.nouns["visit"] and any(c.dep_ == "poss" for c in noun.children):
        return None  # "during the president's visit, the two sides signed …": it is his visit
    if noun.dep_ == "pobj" and noun.head.lower_ in _ANOTHER_TIME:
        return None  # "after the meeting a treaty was signed"
    known = any(c.lower_ in ("the", "this", "that", "these", "those") for c in noun.lefts)
    verb = clause_of(noun)
    signs = lemma_of(verb) in words.verbs["sign"] or any(
        lemma_of(c) == "signatory" for c in verb.children
    )
    sentence = frame.sentence
    instrument = next(
        (
            i
            for i in context.instruments
            if any(s.sentence is sentence for s in i.cluster.sightings)
        ),
        None,
    )
    if not signs or instrument is None or instrument.stage != "signed":
        return None
    signing = signing_of(context, instrument)
    place = where(context, sentence, [noun]) or where(context, sentence, [verb]) or signing.place
    sentences = sorted(signing.sentences - {(sentence.start, sentence.end)})
    return Gathering(
        stage="held",
        trigger=f"meeting.signing.{lemma_of(noun)}",
        visit=known and lemma_of(noun) in words.nouns["visit"],
        definite=known and not signing.persons,
        plural=False,
        at=sentence.spans[noun.i],
        evidence=[(sentence.start, sentence.end), *sentences],
        participants=list(signing.persons or instrument.parties),
        place=place,
        date=date_in_clause(context, sentence, noun) or signing.date,
        topic=[instrument.name],
        index=sentence.index,
    )


def _meeting_noun(frame: Frame, words: EventWords) -> Token | None:
    """The noun of meeting that a verb of holding has as object, or as subject where it happens."""
    every = frozenset().union(*words.nouns.values())
    if frame.lemma in words.verbs["hold"] or cancels(frame, words):
        heads = [*frame.objects, *(t for p, t in frame.preps if p in ("in", "at"))]
        found = next((t for t in heads if lemma_of(t) in every), None)
        if found is not None:
            return found
    if frame.lemma in words.verbs["happen"] or cancels(frame, words):
        return next((t for t in frame.subjects if lemma_of(t) in every), None)
    return None


def _kind_of(frame: Frame, noun: Token | None, words: EventWords) -> str:
    if noun is not None:
        if noun.dep_ == "compound":
            return ""
        if lemma_of(noun) in words.nouns["call"]:
            return _kind_of_call(noun, words)
        return "visit" if lemma_of(noun) in words.nouns["visit"] else "noun"
    if (
        frame.lemma in ("talk", "speak")
        and any(t.lower_ == "we" for t in frame.subjects)
        and not frame.objects
    ) and any(p == "to" for p, _ in frame.preps):
        return ""  # an interview
    if frame.lemma in words.verbs["open"]:
        return "open" if any(p == "with" for p, _ in frame.preps) else ""
    for kind in ("meet", "talk", "visit"):
        if frame.lemma in words.verbs[kind]:
            return kind if kind != "meet" or _of_people(frame, words) else ""
    if _calls_on(frame):
        return "call"
    several = is_collective(frame, words) or len(frame.subjects) > 1
    if frame.lemma in words.verbs["gather"] and several and not frame.objects:
        return "meet"
    carries = any(t.dep_ == "dobj" for t in frame.objects)
    toward = any(p == "to" for p, _ in frame.preps)
    if frame.lemma in words.verbs["travel"] and toward and not carries:  # "flew 40 tents to Lima"
        return "visit"
    return ""


def _kind_of_call(noun: Token, words: EventWords) -> str:
    """Whether a call is a talk of two ("a phone call with", "the call between"), or a visit of
    courtesy; a call for something is none."""
    if {c.lower_ for c in noun.lefts} & words.modifiers["by_phone"]:
        return "noun"
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("with", "between"):
            return "noun"
    courteous = any(c.lower_ == "courtesy" for c in noun.lefts)
    return "call" if courteous else ""


def _calls_on(frame: Frame) -> bool:
    """Whether an official calls on another ("called on the Prime Minister"), and asks nothing."""
    asks = any(c.dep_ in ("xcomp", "ccomp", "advcl") for c in frame.token.children)
    return (
        frame.lemma == "call"
        and not asks
        and not any(c.dep_ == "dobj" for c in frame.token.children)
        and any(p == "on" and t.pos_ == "PROPN" for p, t in frame.preps)
        and all(t.pos_ in ("PROPN", "PRON") for t in frame.subjects)
    )


def _of_people(frame: Frame, words: EventWords) -> bool:
    """Whether who is met or received may be somebody: funding and decisions are welcomed too."""
    things = words.modifiers["not_met"]
    if any(c.lower_ in ("any", "every", "each") for t in frame.objects for c in t.lefts):
        return frame.lemma == "meet"  # "we welcome any country that signs"
    return frame.lemma == "meet" or (
        bool(frame.objects) and not any(lemma_of(t) in things for t in frame.objects)
    )


def _circumstances(
    context: Context, meeting: Gathering, frame: Frame, noun: Token | None, kind: str
) -> None:
    sentence = frame.sentence
    heads = [frame.token] if noun is None else [frame.token, noun]
    meeting.topic = topic_of(context, frame, noun, kind)
    meeting.place = where(
        context,
        sentence,
        heads,
        objects=frame.objects if kind == "visit" else [],
        visit=kind == "visit",
    )
    if kind == "visit" and meeting.place:
        meeting.others = _further_places(context, frame, meeting.place[0])
    meeting.place = meeting.place or _margins(context, frame)
    meeting.date = [
        date
        for date in date_in_clause(context, sentence, frame.token)
        if not context.reading.text[date[0] : date[1]].casefold().startswith("since ")
    ]
    if meeting.stage == "planned":
        meeting.date = [ahead(context, date) for date in meeting.date]
    elif meeting.stage == "held":
        meeting.date = [behind(context, date) for date in meeting.date]


def _further_places(context: Context, frame: Frame, place: Filling) -> list[Filling]:
    """The states visited on the same journey ("Peru" of "to Chile and Peru")."""
    head = frame.sentence.token_at(place[1] - 1)
    found: list[Filling] = []
    for token in conjuncts(head)[1:] if head is not None else ():
        name = context.reading.name_at(frame.sentence.spans[token.i][0])
        if name is not None and name.kind == "state" and name.form == "name":
            found.append((name.start, name.end, name.country))
    return found


def _margins(context: Context, frame: Frame) -> list[Filling]:
    """The gathering on whose sidelines it took place, as the place."""
    for preposition, head in frame.preps:
        if preposition in ("on", "in", "at") and lemma_of(head) in _MARGINS:
            for child in head.children:
                if child.dep_ == "prep" and child.lower_ == "of":
                    for noun in child.children:
                        if noun.dep_ == "pobj" and noun.pos_ in ("PROPN", "NOUN"):
                            return [(*context.phrases.noun_phrase(frame.sentence, noun), None)]
    return []
