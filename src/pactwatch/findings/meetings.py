"""Meetings: talks, summits, visits and signing ceremonies between officials.

Comes in: the context of one document. Goes out: findings of kind meeting, one for each meeting
however often it is mentioned, and the candidates refused. Speeches, rallies and elections are
none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pactwatch.codebook.vocabularies import EventWords, load_event_words
from pactwatch.findings.asserted import not_asserted
from pactwatch.findings.circumstances import (
    ahead,
    behind,
    clause_of,
    date_in_clause,
    topic_of,
    where,
)
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import Frame, frames_of, lemma_of
from pactwatch.findings.gatherings import Gathering, key_of, place_in
from pactwatch.findings.participants import participants_of
from pactwatch.findings.signing import signing_of
from pactwatch.findings.stages import realis_of
from pactwatch.model import Finding, Rejected

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["find_meetings"]

_STAGES = {
    "done": "held",
    "under way": "held",
    "ended": "held",
    "agreed": "planned",
    "promised": "planned",
    "suspended": "cancelled",
}
_NO_STAGE = frozenset(
    {
        "question",
        "hypothetical",
        "negated",
        "proposed",
        "habitual",
        "denied",
        "doubtful",
        "invented",
    }
)
_WITH = frozenset({"with", "between", "among", "amongst", "by"})


def find_meetings(context: Context) -> Iterator[Finding | Rejected]:
    """Yield the meetings that a document tells, and the candidates refused with their reason."""
    words = load_event_words("meeting")
    found: list[Gathering] = []
    for sentence, doc in context.reading.parsed():
        if sentence.kind in ("headline", "date") or doc.text.rstrip("\"'”’ ").endswith("?"):
            continue
        nouns = frozenset().union(*words.nouns.values())
        taken: set[int] = set()
        for frame in sorted(frames_of(sentence, doc, nouns=nouns), key=lambda f: f.nominal):
            result = _of_frame(context, frame, words, taken)
            if isinstance(result, Rejected):
                yield result
            elif result is not None:
                place_in(context, found, result)
    for meeting in found:
        reason = _why_not(context, meeting)
        if reason:
            yield context.reject("meeting", meeting.trigger, reason, *meeting.at)
            continue
        yield Finding.cut(
            context.document,
            "meeting",
            stage=meeting.stage,
            roles={
                "participant": meeting.participants,
                "place": meeting.place[:1],
                "date": meeting.date[:1],
                "topic": meeting.topic[:1],
            },
            evidence=meeting.evidence,
            attributed_to=context.speaker_of(*meeting.at),
            trigger=meeting.trigger,
        )


def _of_frame(
    context: Context, frame: Frame, words: EventWords, taken: set[int]
) -> Gathering | Rejected | None:
    """Read a meeting from one frame; None where the frame tells of none."""
    if frame.token.i in taken:
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
    signed = _signed_at(context, frame, noun, words)
    if signed is not None:
        return signed
    stage = _stage(context, frame, noun, words)
    if stage in _NO_STAGE:
        return context.reject("meeting", trigger, stage, *span)
    people = _participants(context, frame, noun, kind)
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
    if (
        kind in ("meet", "talk", "open")
        and not _collective(frame, words)
        and (len(people) < 2 or not _counterpart(context, frame, people))
    ):
        return context.reject("meeting", trigger, "no counterpart", *span)
    return meeting


def _signed_at(
    context: Context, frame: Frame, noun: Token | None, words: EventWords
) -> Gathering | None:
    """The occasion at which an instrument is signed: those who sign take part."""
    if noun is None or lemma_of(noun) not in words.nouns["occasion"]:
        return None
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
        visit=False,
        definite=False,
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
    if frame.lemma in words.verbs["hold"] or _cancels(frame, words):
        heads = [*frame.objects, *(t for p, t in frame.preps if p in ("in", "at"))]
        found = next((t for t in heads if lemma_of(t) in every), None)
        if found is not None:
            return found
    if frame.lemma in words.verbs["happen"] or _cancels(frame, words):
        return next((t for t in frame.subjects if lemma_of(t) in every), None)
    return None


def _cancels(frame: Frame, words: EventWords) -> bool:
    """Whether a verb puts a meeting off, "call off" included."""
    off = frame.lemma == "call" and any(c.lower_ == "off" for c in frame.token.children)
    return off or frame.lemma in words.verbs["cancel"]


def _kind_of(frame: Frame, noun: Token | None, words: EventWords) -> str:
    if noun is not None:
        if noun.dep_ == "compound":
            return ""
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
    if frame.lemma in words.verbs["travel"] and any(p == "to" for p, _ in frame.preps):
        return "visit"
    return ""


def _of_people(frame: Frame, words: EventWords) -> bool:
    """Whether who is met or received may be somebody: funding and decisions are welcomed too."""
    things = words.modifiers["not_met"]
    return frame.lemma == "meet" or (
        bool(frame.objects) and not any(lemma_of(t) in things for t in frame.objects)
    )


def _stage(context: Context, frame: Frame, noun: Token | None, words: EventWords) -> str:
    if noun is not None and {c.lower_ for c in noun.lefts} & words.modifiers["planned"]:
        return "planned"
    if (taken_back := not_asserted(frame.token)) is not None:
        return taken_back
    adverbs = {c.lower_ for c in frame.token.children if c.dep_ in ("advmod", "amod")}
    if adverbs & words.modifiers["habitual"]:
        return "habitual"
    if frame.nominal:
        return _stage_around(context, frame, words)
    reported = context.speaker_of(*frame.sentence.spans[frame.token.i]) is not None
    realis = realis_of(frame, context.codebook.stages, reported=reported)
    if realis.refused or realis.stage is None:
        return realis.refused or "negated"
    if realis.governor is not None and lemma_of(realis.governor) in ("continue", "keep"):
        return "habitual"
    wish = ("need", "opportunity", "chance", "time", "invitation")
    if any(lemma_of(t) in wish for t in frame.token.ancestors):
        return "proposed"
    above = lemma_of(frame.token.head)
    if frame.token.tag_ == "VB" and frame.token.dep_ != "ROOT" and above in words.verbs["urge"]:
        return "proposed"  # "called on her to hold talks"
    if _cancels(frame, words):
        return (
            "cancelled"
            if realis.stage in ("done", "ended", "suspended", "under way")
            else "planned"
        )
    if frame.lemma in ("schedule", "plan", "arrange", "announce") or _looks_forward(frame.token):
        return "planned"
    if any(c.dep_ == "aux" and c.lower_ in ("will", "'ll", "shall") for c in frame.token.children):
        return "planned"
    if realis.stage == "under way" and frame.token.tag_ == "VBG" and _has_future(context, frame):
        return "planned"
    return _STAGES.get(realis.stage, "proposed")


def _looks_forward(token: Token) -> bool:
    above = token
    for _ in range(8):
        if lemma_of(above) == "look" and any(c.lower_ == "forward" for c in above.children):
            return True
        above = above.head
    return False


def _has_future(context: Context, frame: Frame) -> bool:
    """Whether "am meeting" bears a day after the document's own."""
    published = context.document.published
    dates = context.reading.dates_in(frame.sentence.start, frame.sentence.end)
    return bool(published) and any(
        isinstance(d.value, str) and d.value[:10] > str(published) for d in dates
    )


def _stage_around(context: Context, frame: Frame, words: EventWords) -> str:
    """Stage of a noun of meeting by the verb of its clause."""
    token = frame.token
    if token.dep_ == "pobj" and token.head.lower_ in ("after", "during", "following", "since"):
        return "held"
    if token.dep_ == "pobj" and (
        token.head.lower_ in ("before", "towards") or token.head.head.lower_ == "ahead"
    ):
        return "planned"
    if _looks_forward(token):
        return "planned"
    verb = clause_of(token)
    for other in frames_of(frame.sentence, token.doc):
        if other.token.i == verb.i:
            realis = realis_of(other, context.codebook.stages)
            if realis.refused or realis.stage is None:
                return realis.refused or "negated"
            if _cancels(other, words) and token in (*other.objects, *other.subjects):
                return "cancelled"
            return _STAGES.get(realis.stage, "proposed" if realis.stage == "proposed" else "held")
    return "held"


def _participants(context: Context, frame: Frame, noun: Token | None, kind: str) -> list[Filling]:
    heads: list[Token] = []
    subject_is_noun = noun is not None and not frame.nominal and noun in frame.subjects
    if not subject_is_noun:
        heads += frame.subjects
    if kind == "meet":
        heads += frame.objects
    pairs = list(frame.preps)
    if noun is not None and not frame.nominal:
        for inner in frames_of(frame.sentence, noun.doc, nouns=frozenset({lemma_of(noun)})):
            if inner.token.i == noun.i:
                pairs += inner.preps
                heads += inner.subjects
    for preposition, head in pairs:
        if preposition in _WITH or (
            preposition == "to" and kind == "talk" and frame.lemma in ("talk", "speak")
        ):
            heads.append(head)
    if frame.nominal:
        verb = clause_of(frame.token)
        for other in frames_of(frame.sentence, frame.token.doc):
            if other.token.i == verb.i and other.lemma in ("take", "participate", "join", "gather"):
                heads += [*other.subjects, *(t for p, t in other.preps if p == "with")]
        if (
            lemma_of(verb) == "be"
            and frame.token.dep_ == "pobj"
            and frame.token.head.head.i == verb.i
        ):
            heads += [c for c in verb.children if c.dep_ == "nsubj"]
    found: list[Filling] = []
    for head in heads:
        for filler in participants_of(context, frame.sentence, head):
            if key_of(context, filler) not in [key_of(context, f) for f in found]:
                found.append(filler)
    return found


def _counterpart(context: Context, frame: Frame, people: list[Filling]) -> bool:
    """Whether somebody takes part who is not the subject, or several subjects do."""
    own = [f for head in frame.subjects for f in participants_of(context, frame.sentence, head)]
    together = len(own) > 1 and not (
        frame.lemma == "receive" or (frame.objects and frame.lemma != "discuss")
    )
    return together or any(f not in own for f in people)


def _collective(frame: Frame, words: EventWords) -> bool:
    """Whether the subject is officials of several sides ("ministers will discuss …")."""
    alone = frame.lemma == "meet" and not frame.objects and all(p != "with" for p, _ in frame.preps)
    return (frame.lemma == "discuss" or alone) and any(
        t.tag_ in ("NNS", "NNPS") and lemma_of(t).removesuffix("s") in words.modifiers["peers"]
        for t in frame.subjects
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
    meeting.date = date_in_clause(context, sentence, frame.token)
    if meeting.stage == "planned":
        meeting.date = [ahead(context, date) for date in meeting.date]
    elif meeting.stage == "held":
        meeting.date = [behind(context, date) for date in meeting.date]


def _why_not(context: Context, meeting: Gathering) -> str:
    if not meeting.participants:
        return "no participant"
    if not _abroad(context, meeting):
        return "no other country"
    if meeting.held and meeting.date:
        return ""
    if len(meeting.participants) > 1 or (
        meeting.place and not meeting.trigger.endswith("noun.ceremony")
    ):
        return ""
    return "no counterpart, place or date"


def _abroad(context: Context, meeting: Gathering) -> bool:
    """Whether a state or an organisation is named near: a caucus meeting concerns none.

    Talk is cheap: it needs another country than the speaker's own, and nearer.
    """
    reading = context.reading
    talk = meeting.trigger.startswith(("meeting.talk", "meeting.noun"))
    before, after = (2, 2) if talk else (12, 2)
    low = reading.sentences[max(0, meeting.index - before)].start
    high = reading.sentences[min(len(reading.sentences) - 1, meeting.index + after)].end
    names = reading.names_in(low, high)
    if any(m.kind in ("organisation", "region") for m in names):
        return True
    countries = {m.country for m in names if m.kind == "state"}
    countries |= {p.country for p in reading.places_in(low, high) if p.country}
    return len(countries) > 1 if talk else bool(countries)
