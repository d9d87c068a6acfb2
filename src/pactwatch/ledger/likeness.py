"""How alike two measures are: what is done, with how much, by whom, to whom, when.

Comes in: facts of two measures. Goes out: scores and answers of one question each. A role that is
missing on either side is never taken for agreement. It decides nothing: `measures` does.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from pactwatch.ledger.compare import (
    Relation,
    compare_dates,
    compare_quantities,
    days_apart,
    interval,
)
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.parts import is_part, whole_of
from pactwatch.ledger.words import content_words, likeness
from pactwatch.model import Quantity

__all__ = [
    "FACTS_TOLD",
    "PLANS",
    "SENT",
    "amounts",
    "around",
    "both_days",
    "content",
    "dates",
    "is_told_apart",
    "near_sums",
    "object_words",
    "out_of_proportion",
    "part_of_the_other",
    "proper_words",
    "same_group",
    "same_mission",
    "same_whom",
    "slips",
    "sorts",
    "stage_class",
    "weight",
]

PLANS = frozenset({"proposed", "threatened", "promised", "agreed"})
FACTS_TOLD = frozenset({"under way", "done"})
SENT = frozenset({"deployment", "equipment", "funding", "training"})
"""Types of measures of which more may come another day."""

_STOPS = frozenset({"suspended", "ended"})
_NEAR_SUMS = 5  # percent
_NEAR_REPORTS = 60  # days
_SAME_NEWS = 7  # days
# People sent are called by many words; reports rarely agree on one.
_CIVIL = "agent officer official investigator personnel adviser advisor expert specialist staff"
_MILITARY = "troop soldier marine paratrooper military guardsman guardsmen army infantry"
_PERSONNEL = tuple(content_words(words) for words in (_CIVIL, _MILITARY))


def stage_class(stage: str | None) -> str | None:
    """ "plan", "fact", "stop" or the stage itself: reports of one day often differ within these."""
    if stage in PLANS and stage != "threatened":
        return "plan"
    if stage in FACTS_TOLD:
        return "fact"
    return "stop" if stage in _STOPS else stage


def object_words(facts: Facts) -> frozenset[str]:
    """Words of the object, without numbers and the actor's own name ("Lake Ministry's cuts")."""
    return facts.once("object words", "object", lambda: _object_words(facts))


def _object_words(facts: Facts) -> frozenset[str]:
    actors = (content_words(filler.text) for filler in facts.fillers("actor"))
    words = facts.words.get("object", frozenset())
    return frozenset(w for w in words if not w.isdigit()) - frozenset().union(*actors)


def proper_words(facts: Facts) -> frozenset[str]:
    """Stems of capitalised words of the object after its first: names, which few things share."""
    names = (
        word
        for filler in facts.fillers("object")
        for at, word in enumerate(filler.text.split())
        if word[:1].isupper() and (at or word[1:] != word[1:].lower())
    )
    known = object_words(facts)
    return frozenset(stem for name in names for stem in content_words(name) if stem in known)


@lru_cache(maxsize=65536)
def sorts(words: frozenset[str]) -> frozenset[int]:
    """Which sorts of people the words name: civil (0), military (1)."""
    return frozenset(at for at, kind in enumerate(_PERSONNEL) if words & kind)


def amounts(a: Facts, b: Facts) -> Relation | None:
    """How the amounts of two findings stand to each other; the kindest of all pairs.

    One number is a slip for another only where it looks garbled, or in reports near each other.
    """
    relations = [
        Relation.EXCLUDES if relation is Relation.SLIP and not slips(a, x, b, y) else relation
        for x, x_words in a.quantities("amount")
        for y, y_words in b.quantities("amount")
        if x.currency == y.currency
        for relation in (compare_quantities(x, y, x_words, y_words),)
    ]
    for best in (Relation.SAME, Relation.SLIP, Relation.FITS, Relation.EXCLUDES):
        if best in relations:
            return best
    return None


def slips(a: Facts, one: Quantity, b: Facts, other: Quantity) -> bool:
    """Whether two numbers that differ by their scale only can be one number with its scale lost."""
    apart = days_apart(a.published, b.published)
    return one.suspect or other.suspect or apart is None or apart <= _SAME_NEWS


def part_of_the_other(a: Facts, b: Facts) -> bool:
    """Whether one tells a part, and the other as much as it is a part of, or more than it."""
    for part, whole in ((a, b), (b, a)):
        for filler in part.fillers("amount"):
            if not isinstance(filler.value, Quantity) or not is_part(part, filler):
                continue
            told, least = whole_of(part, filler), filler.value.number
            for quantity, _ in whole.quantities("amount"):
                most = quantity.maximum or quantity.number
                if quantity.currency != filler.value.currency or most is None:
                    continue
                if told is not None and told == most:
                    return True
                if told is None and least is not None and least <= most:
                    return True
    return False


def weight(facts: Facts) -> float:
    """How much an equal count says: 144,278 more than 38, and 38 more than nine."""
    digits = [
        len("".join(map(str, q.number.as_tuple().digits)).rstrip("0"))
        for q, _ in facts.quantities("amount")
        if q.number
    ]
    return min(1.0 + max(digits, default=1) / 2, 2.5)


def near_sums(a: Facts, b: Facts, percent: int = _NEAR_SUMS) -> bool:
    """Sums of money a few percent apart, for one and the same time: two versions of one sum.

    Where neither tells when, reports within a week of each other tell of one time.
    """
    near = any(
        x.currency and x.currency == y.currency and _percent_apart(x, y) <= percent
        for x, _ in a.quantities("amount")
        for y, _ in b.quantities("amount")
    )
    told = dates(a, b)
    apart = days_apart(a.published, b.published)
    undated = told is None and not (a.dates("date") or b.dates("date"))
    return near and (
        told is Relation.FITS or (undated and apart is not None and apart <= _SAME_NEWS)
    )


def _percent_apart(x: Quantity, y: Quantity) -> Decimal:
    if not x.number or not y.number:
        return Decimal(100)
    return 100 * abs(x.number - y.number) / max(x.number, y.number)


def out_of_proportion(a: Facts, b: Facts, most: int = 3) -> bool:
    """Whether all sums differ more than threefold: two sums, and not two versions of one."""
    return all(
        max(x.number, y.number) > most * min(x.number, y.number)
        for x, _ in a.quantities("amount")
        for y, _ in b.quantities("amount")
        if x.number and y.number
    )


def _is_money(facts: Facts) -> bool:
    return any(q.currency for q, _ in facts.quantities("amount"))


def content(a: Facts, b: Facts) -> float:
    """Score what is done and with how much."""
    score = 0.0
    objects = object_words(a), object_words(b)
    alike = likeness(*objects)
    if alike >= 0.9 and len(objects[0] & objects[1]) > 1:
        score += 2.5
    elif alike >= 0.6:
        score += 2 if len(objects[0] & objects[1]) > 1 else 1.5
    elif alike >= 0.4:
        score += 1.5
    elif alike >= 0.25:
        score += 0.5
    if alike < 0.6 and same_mission(a, b):
        score = 2
    elif not (objects[0] and objects[1]) and _same_course(a, b):
        score = 1.5
    relation = amounts(a, b)
    if relation is Relation.SAME:
        score += 2.5 if _is_money(a) else weight(a)
    elif near_sums(a, b):
        score += 2 if near_sums(a, b, percent=1) else 1.5
    elif relation is Relation.SLIP:
        score += 2.5
    elif relation is Relation.FITS or part_of_the_other(a, b):
        score += 0.5
    purposes = a.words.get("purpose", frozenset()), b.words.get("purpose", frozenset())
    return score + (0.5 if likeness(*purposes) >= 0.5 else 0)


def around(a: Facts, b: Facts) -> float:
    """Score who, to whom, where and when."""
    score = 0.0
    for role in ("actor", "recipient"):
        if a.ids(role) & b.ids(role):
            score += 1
        elif a.states(role) & b.states(role) or same_group(a, b, role):
            score += 0.5
    if len(a.ids("recipient")) > 1 and a.ids("recipient") == b.ids("recipient"):
        score += 1 if amounts(a, b) is not Relation.EXCLUDES else 0
    if a.place_names() & b.place_names():
        score += 0.5
    if a.origins & b.origins:
        score += 1
    if dates(a, b) is Relation.FITS:
        score += 1 if both_days(a, b) else 0.5
    apart = days_apart(a.published, b.published)
    return score + (0.5 if apart is not None and apart <= _NEAR_REPORTS else 0)


def same_whom(a: Facts, b: Facts) -> bool:
    """Whether both tell to whom or where, and the same."""
    goals = [f.ids("recipient") | f.states("recipient") for f in (a, b)]
    places = [f.places() | f.place_names() for f in (a, b)]
    crossed = [f.states("recipient") | f.places() for f in (a, b)]
    return bool(
        goals[0] & goals[1]
        or places[0] & places[1]
        or crossed[0] & crossed[1]
        or same_group(a, b, "recipient")
    )


def same_group(a: Facts, b: Facts, role: str) -> bool:
    """Groups under descriptions that share most of their words ("the border task forces")."""
    one, other = (
        f.once(
            "group words",
            role,
            lambda f=f: frozenset().union(*(content_words(x.text) for x in f.fillers(role))),  # type: ignore[misc]
        )
        for f in (a, b)
    )
    return len(one & other) > 1 and likeness(one, other) >= 0.4


def is_told_apart(a: Facts, b: Facts) -> bool:
    """Whether roles that both fill name other states, places or stages."""
    for role in ("actor", "recipient"):
        states = a.only_states(role), b.only_states(role)
        if states[0] and states[1] and not states[0] & states[1]:
            return True
    places = a.places(), b.places()
    if places[0] and places[1] and not places[0] & places[1]:
        return True
    # One tells to whom, the other where, and these are other countries.
    for one, other in ((a, b), (b, a)):
        goal, spot = one.only_states("recipient"), other.places()
        bare = not one.places() and not other.fillers("recipient")
        if bare and goal and spot and not goal & spot:
            return True
    return False


def _same_course(a: Facts, b: Facts) -> bool:
    """Training, or an end of something, whose object goes without saying: for the same people."""
    plain = a.finding.type == "training" or a.finding.stage in _STOPS
    whom = a.ids("recipient") & b.ids("recipient") or same_group(a, b, "recipient")
    return plain and a.finding.stage == b.finding.stage and bool(whom)


def same_mission(a: Facts, b: Facts) -> bool:
    """People of one sort, sent by one state to one other, told within two months."""
    if a.finding.type != "deployment":
        return False
    apart = days_apart(a.published, b.published)
    senders = a.states("actor") & b.states("actor")
    goals = (a.places() | a.states("recipient")) & (b.places() | b.states("recipient"))
    objects = object_words(a), object_words(b)
    sort = sorts(objects[0]) & sorts(objects[1])
    near = apart is not None and apart <= _NEAR_REPORTS
    abroad = senders - goals or goals - senders
    return bool(sort and near and senders and goals and abroad)


def dates(a: Facts, b: Facts) -> Relation | None:
    """FITS where some of the told dates can be one, None where either tells none."""
    pairs = [(x, y) for x in a.dates("date") for y in b.dates("date")]
    if not pairs:
        return None
    relations = {compare_dates(x, y) for x, y in pairs}
    return Relation.EXCLUDES if relations == {Relation.EXCLUDES} else Relation.FITS


def both_days(a: Facts, b: Facts) -> bool:
    """Whether both tell a date that is exact to the week."""

    def is_day(value: str) -> bool:
        days = interval(value)
        return days is not None and (days[1] - days[0]).days <= 7

    return any(map(is_day, a.dates("date"))) and any(map(is_day, b.dates("date")))
