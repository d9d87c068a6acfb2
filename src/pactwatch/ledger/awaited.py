"""Promises of which another record may be the delivery, so that no absence can be stated.

Comes in: the records of measures. Goes out: the same records, where the outcome "none" or "under
way" is "unclear" if a measure of the same kind and with the same doer or receiver, not told apart
by its object or by the other of them, is told as done later, or by the same document. It joins
nothing: too little tells that the two are one, and too much to say that no document reports it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pactwatch.ledger.compare import interval
from pactwatch.ledger.countries import is_country_code
from pactwatch.ledger.likeness import PLANS
from pactwatch.ledger.words import content_words, likeness
from pactwatch.model import Delivery, Quantity, Record

__all__ = ["await_deliveries"]

_OPEN = frozenset({"none", "under way"})
_FAR = 1100  # days after a promise in which it may be kept
_SLACK = 7  # days by which a delivery may be told before the promise that it keeps
_ALIKE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deed:
    """A measure told as done: what it is compared by."""

    day: int
    record_id: str
    doers: frozenset[str]
    things: frozenset[str]
    goals: frozenset[str]
    sums: tuple[Quantity, ...]


def await_deliveries(records: Sequence[Record]) -> list[Record]:
    """Mark as unclear what another record may deliver."""
    done: dict[str, list[_Deed]] = defaultdict(list)
    for record in records:
        deed = _deed(record)
        if deed is not None:
            for key in _keys(record):
                done[key].append(deed)
                for document_id in record.document_ids:
                    done[f"{key} {document_id}"].append(deed)
    for deeds in done.values():
        deeds.sort(key=lambda d: (d.day, d.record_id))
    return [_unclear(r) if _may_be_delivered(r, done) else r for r in records]


def _unclear(record: Record) -> Record:
    assert record.delivery is not None
    return replace(record, delivery=replace(record.delivery, outcome="unclear"))


def _who(record: Record, field: str) -> frozenset[str]:
    """Those who fill a field, and the states among them."""
    claims = [c for c in record.claims if c.field == field]
    states = {c.value for c in claims if is_country_code(c.value) and isinstance(c.value, str)}
    return frozenset(states | {c.actor_id for c in claims if c.actor_id})


def _keys(record: Record) -> list[str]:
    """What a promise and its delivery share one of at least: the type with a doer or receiver."""
    return [
        f"{record.type} {field} {key}"
        for field in ("actor", "recipient")
        for key in sorted(_who(record, field))
    ]


def _days(delivery: Delivery, stages: frozenset[str]) -> list[date]:
    told = (interval(s.date) for s in delivery.steps if s.stage in stages)
    return [days[0] for days in told if days]


def _words(record: Record, field: str) -> frozenset[str]:
    words = (content_words(c.text) for c in record.claims if c.field == field)
    return frozenset(w for w in frozenset().union(*words) if not w.isdigit())


def _goals(record: Record) -> frozenset[str]:
    fields = {"recipient", "place"}
    told = (c.value for c in record.claims if c.field in fields)
    return frozenset(v for v in told if is_country_code(v) and isinstance(v, str))


def _sums(record: Record) -> tuple[Quantity, ...]:
    values = (c.value for c in record.claims if c.field == "amount")
    return tuple(v for v in values if isinstance(v, Quantity) and v.currency)


def _deed(record: Record) -> _Deed | None:
    if record.kind != "measure" or record.delivery is None:
        return None
    days = _days(record.delivery, frozenset({"done", "ended"}))  # what ends has come before
    if not days:
        return None
    return _Deed(
        day=max(days).toordinal(),
        record_id=record.id,
        doers=_who(record, "actor"),
        things=_words(record, "object"),
        goals=_goals(record),
        sums=_sums(record),
    )


def _may_be_delivered(record: Record, done: dict[str, list[_Deed]]) -> bool:
    delivery = record.delivery
    if delivery is None or delivery.outcome not in _OPEN:
        return False
    planned = _days(delivery, PLANS)
    keys = _keys(record)
    if not planned or not any(key in done for key in keys):
        return False
    first = min(planned).toordinal()
    wanted = _Deed(
        day=first,
        record_id=record.id,
        doers=_who(record, "actor"),
        things=_words(record, "object"),
        goals=_goals(record),
        sums=_sums(record),
    )
    beside = (done.get(f"{key} {id_}", ()) for key in keys for id_ in record.document_ids)
    later = (_later(done.get(key, ()), first) for key in keys)
    return any(_fits(wanted, deed, here=True) for deeds in beside for deed in deeds) or any(
        _fits(wanted, deed) for deeds in later for deed in deeds
    )


def _later(deeds: Sequence[_Deed], first: int) -> Iterable[_Deed]:
    start = bisect_left(deeds, first - _SLACK, key=lambda d: d.day)
    for deed in deeds[start:]:
        if deed.day > first + _FAR:
            return
        yield deed


def _fits(wanted: _Deed, deed: _Deed, *, here: bool = False) -> bool:
    """Whether nothing tells a promise and a deed apart.

    Args:
        here: One document tells both.
    """
    if wanted.record_id == deed.record_id or _more_money(wanted, deed):
        return False
    for one, other in ((wanted.doers, deed.doers), (wanted.goals, deed.goals)):
        if one and other and not one & other:
            return False
    if wanted.things and deed.things:
        return likeness(wanted.things, deed.things) >= _ALIKE
    # Money of which neither tells what it is for: then to whom it goes must be told.
    currencies = {q.currency for q in wanted.sums} & {q.currency for q in deed.sums}
    return bool(currencies and (here or wanted.goals & deed.goals))


def _more_money(wanted: _Deed, deed: _Deed) -> bool:
    """Whether more has come than was promised: then it is other money."""
    promised = [q.number for q in wanted.sums if q.number]
    come = [q.number for q in deed.sums if q.number]
    return bool(promised and come) and min(come) > max(promised)
