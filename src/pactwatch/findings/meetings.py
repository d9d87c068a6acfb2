"""Meetings: talks, summits, visits and signing ceremonies between officials.

Comes in: the context of one document. Goes out: findings of kind meeting, one for each meeting
however often it is mentioned, and the candidates refused. Speeches, rallies and elections are
none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pactwatch.codebook.vocabularies import load_event_words
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.encounters import meeting_of
from pactwatch.findings.followups import follow_up
from pactwatch.findings.frames import frames_of
from pactwatch.findings.gatherings import Gathering, place_in
from pactwatch.model import Finding, Rejected

__all__ = ["find_meetings"]

_TITLE = 60
"""Characters before a name in which a country stands with the title."""


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
            result = meeting_of(context, frame, words, taken)
            if isinstance(result, Rejected):
                yield result
            elif result is not None:
                place_in(context, found, result)
    follow_up(context, found, words)
    for meeting in found:
        reason = _why_not(context, meeting)
        if reason:
            yield context.reject("meeting", meeting.trigger, reason, *meeting.at)
            continue
        yield from _findings(context, meeting)


def _findings(context: Context, meeting: Gathering) -> Iterator[Finding]:
    """The finding of a meeting; a journey to several states is a visit to each. Who takes part
    tells of his own doing, and is not reported."""
    teller = context.speaker_of(*meeting.at)
    if teller is not None and teller[:2] in {f[:2] for f in meeting.participants}:
        teller = None
    for place in [meeting.place[:1], *([other] for other in meeting.others)]:
        yield Finding.cut(
            context.document,
            "meeting",
            stage=meeting.stage,
            roles={
                "participant": meeting.participants,
                "place": place,
                "date": meeting.date[:1],
                "topic": meeting.topic[:1],
            },
            evidence=meeting.evidence,
            attributed_to=teller,
            trigger=meeting.trigger,
        )


def _why_not(context: Context, meeting: Gathering) -> str:
    if not meeting.participants:
        return "no participant"
    if not _abroad(context, meeting):
        return "no other country"
    if meeting.held and meeting.date:
        return ""
    several = any(_of_several(context, f) for f in meeting.participants)
    if (
        len(meeting.participants) > 1
        or several
        or (meeting.place and not meeting.trigger.endswith("noun.ceremony"))
    ):
        return ""
    return "no counterpart, place or date"


def _of_several(context: Context, filling: Filling) -> bool:
    """Whether the words for a participant name several states ("leaders of Peru and Chile")."""
    words = context.reading.text[filling[0] : filling[1]].split()
    states = {m.country for m in context.reading.names_in(*filling[:2]) if m.kind == "state"}
    return len(states) > 1 and bool({"of", "from"} & set(words))


def _foreign(context: Context, meeting: Gathering) -> bool:
    """Whether those who take part are told to be of several states, or one of a state that is not
    the one the document is mostly about."""
    reading = context.reading
    told: set[str] = set()
    for start, end, _ in meeting.participants:
        host = reading.sentence_at(start)
        low = max(host.start if host else 0, start - _TITLE)
        told |= {m.country for m in reading.names_in(low, end) if m.kind == "state" and m.country}
    most = Counter(m.country for m in reading.names if m.kind == "state").most_common(1)
    return len(told) > 1 or (len(told) == 1 and bool(most) and most[0][0] not in told)


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
    if talk and _foreign(context, meeting):
        return True
    countries = {m.country for m in names if m.kind == "state"}
    countries |= {p.country for p in reading.places_in(low, high) if p.country}
    return len(countries) > 1 if talk else bool(countries)
