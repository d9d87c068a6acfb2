"""One meeting once: which mentions of a meeting are the same.

Comes in: a `Gathering` for each mention, in order of the text. Goes out: the list of distinct
ones, each with the evidence and the roles of all its mentions. When in doubt two stay two.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pactwatch.codebook.vocabularies import load_event_words
from pactwatch.findings.context import Context, Filling

__all__ = ["Gathering", "key_of", "place_in"]

_SOON = 6
"""Sentences after a meeting in which "the meeting" at which something is signed is that one."""
_NEAR = 3
"""Sentences after a meeting in which "the talks" go on with it, whoever of its sides is named."""


@dataclass(slots=True, kw_only=True, eq=False)
class Gathering:
    """A meeting on its way through the document.

    Attributes:
        others: Further places of a visit ("visited Peru and Chile"), each a visit of its own.
    """

    stage: str
    trigger: str
    visit: bool
    definite: bool
    plural: bool
    at: tuple[int, int]
    evidence: list[tuple[int, int]]
    participants: list[Filling] = field(default_factory=list)
    place: list[Filling] = field(default_factory=list)
    date: list[Filling] = field(default_factory=list)
    topic: list[Filling] = field(default_factory=list)
    index: int = 0
    held: bool = False
    others: list[Filling] = field(default_factory=list)


def place_in(context: Context, found: list[Gathering], meeting: Gathering) -> None:
    """Join a mention to the meeting that it speaks of, or keep it as a new one."""
    for other in reversed(found):
        if _called_off(context, other, meeting):
            other.stage = "cancelled"
            _join(context, other, meeting)
            return
        if _same(context, other, meeting):
            _join(context, other, meeting)
            return
    if meeting.participants or meeting.place or meeting.date:
        found.append(meeting)


def _called_off(context: Context, one: Gathering, other: Gathering) -> bool:
    """Whether a meeting planned and one cancelled in the same sentence are one."""
    if {one.stage, other.stage} != {"planned", "cancelled"} or one.index != other.index:
        return False
    a, b = ({key_of(context, f) for f in m.participants} for m in (one, other))
    return not a or not b or bool(a & b)


def key_of(context: Context, filler: Filling) -> str:
    person = next((p for p in context.reading.persons if (p.start, p.end) == filler[:2]), None)
    return (
        person.surname
        if person
        else str(filler[2] or context.reading.text[filler[0] : filler[1]].casefold())
    )


def _same(context: Context, one: Gathering, other: Gathering) -> bool:
    near = other.index - one.index
    if near == 0 and one.visit != other.visit and _falls_into(context, one, other):
        return True
    if one.visit != other.visit and not other.definite:
        return False
    signed = other.definite and other.trigger.startswith("meeting.signing")
    if signed and 0 < near <= _SOON and one.stage == other.stage and one.visit == other.visit:
        return True  # "X met Y … During the meeting, the ministers signed a memorandum"
    if other.definite and not other.participants and near <= 8:
        return not (one.date and other.date and one.date[0][2] != other.date[0][2])
    if other.definite and near <= _NEAR and one.stage == other.stage:
        mine, theirs = _countries(context, one), _countries(context, other)
        if theirs and theirs <= mine and not (other.place and one.place):
            return True  # "officials from Peru and Chile met … The talks, hosted by Peru, …"
    if _details(context, one, other):
        return True
    a, b = ({key_of(context, f) for f in m.participants} for m in (one, other))
    dates = {m.date[0][2] for m in (one, other) if m.date}
    if len(dates) > 1 or one.stage != other.stage:
        return False
    places = {str(m.place[0][2]) for m in (one, other) if m.place and m.place[0][2]}
    if len(places) > 1:
        return False
    if one.visit:
        return bool(a & b) and bool(places)
    if near == 0 and a & b and (a <= b or b <= a):
        return True
    return len(a & b) > 1 or (bool(a) and bool(b) and (a == b))


def _details(context: Context, one: Gathering, other: Gathering) -> bool:
    """Whether a later sentence names those whom an earlier one only describes ("discussed fish
    with Peruvian officials … He met Minister Ruiz")."""
    if one.visit or other.visit or other.index - one.index > _NEAR or one.stage != other.stage:
        return False
    persons = {(p.start, p.end) for p in context.reading.persons}
    own = {f[:2] for f in one.participants} & persons
    theirs = {f[:2] for f in other.participants} & persons
    described = [f for f in one.participants if f[:2] not in persons]
    vague = [f for f in described if f[2] is None and _is_many(context, f)]
    days = {m.date[0][2] for m in (one, other) if m.date}
    places = {m.place[0][2] for m in (one, other) if m.place}
    return (
        len(own) == 1 and own < theirs and bool(vague) and len(vague) == len(described)
        and len(days) < 2 and len(places) < 2
    )  # fmt: skip


def _is_many(context: Context, filling: Filling) -> bool:
    """Whether words describe officials in the plural ("senior Peruvian officials")."""
    peers = load_event_words("meeting").modifiers["peers"]
    words = context.reading.text[filling[0] : filling[1]].casefold().split()
    return any(w.endswith("s") and w.removesuffix("s") in peers for w in words)


def _falls_into(context: Context, one: Gathering, other: Gathering) -> bool:
    """Whether a visit and a meeting of one sentence are one ("discussed … during a visit to
    Lima"): whoever visits meets, at no other place."""
    visit, meeting = (one, other) if one.visit else (other, one)
    visitors = {key_of(context, f) for f in visit.participants}
    if not visitors or one.stage != other.stage:
        return False
    if one.place and other.place and one.place[0][2] != other.place[0][2]:
        return False
    return visitors <= {key_of(context, f) for f in meeting.participants}


def _countries(context: Context, meeting: Gathering) -> set[str]:
    """The countries named in the words for those who take part."""
    return {
        m.country
        for start, end, _ in meeting.participants
        for m in context.reading.names_in(start, end)
        if m.country
    }


def _join(context: Context, one: Gathering, other: Gathering) -> None:
    one.evidence += [e for e in other.evidence if e not in one.evidence]
    if one.index == other.index:
        one.visit = one.visit and other.visit
    for role in ("participants", "place", "date", "topic"):
        mine, more = getattr(one, role), getattr(other, role)
        if role == "participants" and other.definite and mine:
            continue
        mine += [f for f in more if key_of(context, f) not in [key_of(context, m) for m in mine]]
