"""Promises of which another record may be the delivery, so that no absence can be stated.

Comes in: the records of measures. Goes out: the same records, where an outcome that states an
absence ("none", "part", "under way") is "unclear" if a measure that may belong to it is told as
under way or done later, or by the same document. It joins nothing: too little tells that the two
are one, and too much to say that no document reports it. A promise is left standing only where what
has come has another giver or receiver, another type, or, of what is not sent, another object.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pactwatch.ledger.compare import interval
from pactwatch.ledger.countries import countries_in, is_country_code
from pactwatch.ledger.likeness import FACTS_TOLD, PLANS, SENT
from pactwatch.ledger.words import content_words, likeness
from pactwatch.model import Delivery, Record

__all__ = ["await_deliveries"]

_OPEN = frozenset({"none", "part", "under way"})
_DONE = frozenset({"done", "ended"})  # what ends has come before
_COME = FACTS_TOLD | _DONE
_FAR = 1100  # days after a promise in which it may be kept
_SLACK = 7  # days by which a delivery may be told before the promise that it keeps
_ALIKE = 0.5
_ANY, _UNTOLD = "*", "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deed:
    """A measure, by what it is compared by.

    Attributes:
        day: The first day of a promise, the last of what has come.
        done: Whether it has come, and is not only under way.
        doers, goals: Those who give and receive: states, and ids of actors.
        nations: The states that give, by name or demonym.
        places: The states that receive, or in which it is done.
    """

    day: int
    done: bool
    record_id: str
    type: str
    doers: frozenset[str]
    nations: frozenset[str]
    goals: frozenset[str]
    places: frozenset[str]
    things: frozenset[str]


def await_deliveries(records: Sequence[Record]) -> list[Record]:
    """Mark as unclear what another record may deliver."""
    done: dict[str, list[_Deed]] = defaultdict(list)
    for record in records:
        day = max(_days(record.delivery, _COME), default=None)
        if day is None:
            continue
        deed = _deed(record, day)
        for key in _keys_of_deed(deed):
            done[key].append(deed)
            for document_id in record.document_ids:
                done[f"{key} {document_id}"].append(deed)
    for deeds in done.values():
        deeds.sort(key=lambda d: (d.day, d.record_id))
    return [_unclear(r) if _may_be_delivered(r, done) else r for r in records]


def _unclear(record: Record) -> Record:
    assert record.delivery is not None
    return replace(record, delivery=replace(record.delivery, outcome="unclear", short=None))


def _days(delivery: Delivery | None, stages: frozenset[str]) -> list[int]:
    told = (interval(s.date) for s in delivery.steps if s.stage in stages) if delivery else ()
    return [days[0].toordinal() for days in told if days]


def _deed(record: Record, day: int) -> _Deed:
    nations, doers = _who(record, "actor")
    places, goals = _who(record, "recipient")
    sites, _ = _who(record, "place")
    return _Deed(
        day=day,
        done=bool(_days(record.delivery, _DONE)),
        record_id=record.id,
        type=record.type or "",
        doers=doers,
        nations=nations,
        goals=goals,
        places=places | sites,
        things=_things(record),
    )


def _who(record: Record, field: str) -> tuple[frozenset[str], frozenset[str]]:
    """The states that fill a field, of which a demonym tells ("Kenyan sailors") too; and with them
    all the actors."""
    claims = [c for c in record.claims if c.field == field]
    codes = {c.value for c in claims if is_country_code(c.value) and isinstance(c.value, str)}
    states = frozenset(codes).union(*(countries_in(c.text) for c in claims))
    return states, states | {c.actor_id for c in claims if c.actor_id}


def _things(record: Record) -> frozenset[str]:
    words = (content_words(c.text) for c in record.claims if c.field == "object")
    return frozenset(w for w in frozenset().union(*words) if not w.isdigit())


def _keys_of_deed(deed: _Deed) -> set[str]:
    """Under what a deed is found: giver with receiver, where both have a state; and its words."""
    kind = deed.type
    keys = {f"{kind} {x}>{y}" for x in deed.doers for y in (*deed.places, _ANY)}
    keys |= {f"{kind} {_ANY}>{y}" for y in deed.goals | deed.places}
    if not deed.places:
        keys |= {f"{kind} {x}>{_UNTOLD}" for x in deed.doers}
    if not deed.nations:
        keys |= {f"{kind} {_UNTOLD}>{y}" for y in deed.goals | deed.places}
    for word in deed.things:
        keys |= {f"{word} by {x}" for x in deed.nations} | {f"{word} to {y}" for y in deed.places}
        keys.add(f"{kind} all {word}")
        if not deed.nations or not deed.places:
            keys.add(f"{kind} some {word}")
    return keys


def _keys_of_promise(wanted: _Deed) -> list[str]:
    """Where what may deliver it is looked for: whoever tells no giver or receiver, may mean any."""
    kind = wanted.type
    whom = (*wanted.places, _UNTOLD) if wanted.places else (_ANY,)
    who = (*wanted.nations, _UNTOLD) if wanted.nations else (_ANY,)
    keys = {f"{kind} {x}>{y}" for x in wanted.doers for y in whom}
    keys |= {f"{kind} {x}>{y}" for x in who for y in wanted.goals | wanted.places}
    told = wanted.nations or wanted.places
    for word in wanted.things:
        keys |= {f"{word} by {x}" for x in wanted.nations}
        keys |= {f"{word} to {y}" for y in wanted.places}
        keys.add(f"{kind} {'some' if told else 'all'} {word}")
    return sorted(keys)


def _may_be_delivered(record: Record, done: dict[str, list[_Deed]]) -> bool:
    delivery = record.delivery
    if delivery is None:
        return False
    if delivery.outcome == "stopped":
        return _went_on(record, done)
    if delivery.outcome not in _OPEN:
        return False
    planned = _days(delivery, PLANS)
    # The rest of what no report promises may have come before it.
    days = [day - _FAR for day in _days(delivery, _COME)] if delivery.outcome == "part" else ()
    if not planned and not days:
        return False
    wanted = _deed(record, min(planned or days))
    return any(
        (deed.done or delivery.outcome == "none") and _fits(wanted, deed)
        for deed in _found(record, wanted, done)
    )


def _went_on(record: Record, done: dict[str, list[_Deed]]) -> bool:
    """Whether a thing of the same kind came after it was suspended."""
    stopped = _days(record.delivery, frozenset({"suspended"}))
    if not stopped:
        return False
    wanted = _deed(record, max(stopped))
    return any(
        deed.done
        and deed.day > wanted.day
        and deed.type == wanted.type
        and _fits(wanted, deed, alike=True)
        for deed in _found(record, wanted, done)
    )


def _found(record: Record, wanted: _Deed, done: dict[str, list[_Deed]]) -> Iterable[_Deed]:
    """What came within the years after it, or is told by the same document."""
    for key in _keys_of_promise(wanted):
        deeds = done.get(key, ())
        start = bisect_left(deeds, wanted.day - _SLACK, key=lambda d: d.day)
        for deed in deeds[start:]:
            if deed.day > wanted.day + _FAR:
                break
            yield deed
        for document_id in record.document_ids if deeds else ():
            yield from done.get(f"{key} {document_id}", ())


def _fits(wanted: _Deed, deed: _Deed, *, alike: bool = False) -> bool:
    """Whether nothing tells a promise and a deed apart.

    Args:
        alike: Only a like object will do.
    """
    if wanted.record_id == deed.record_id:
        return False
    pairs = (wanted.nations, deed.nations), (wanted.places, deed.places)
    if any(one and other and not one & other for one, other in pairs):
        return False
    if likeness(wanted.things, deed.things) >= _ALIKE:
        return True
    known = bool(wanted.doers & deed.doers or wanted.goals & deed.goals)
    if alike or not known or wanted.type != deed.type:
        return False
    # What is sent is called by many words; but "other" measures of two objects are two.
    unlike = wanted.things and deed.things and not wanted.things & deed.things
    return wanted.type in SENT or not unlike
