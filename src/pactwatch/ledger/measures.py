"""When two findings tell of one measure: the same act of the same state, told by its object or sum.

Comes in: facts of measures, and the agreement each belongs to. Goes out: `Rules`. It asks for
likeness of content (object, sum) and of circumstance (who, to whom, when) together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from pactwatch.ledger.compare import (
    Relation,
    compare_dates,
    compare_quantities,
    days_apart,
    interval,
)
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.merge import Rules
from pactwatch.ledger.words import content_words, fold, likeness
from pactwatch.model import Quantity

__all__ = ["rules_for"]

_ENOUGH = 3.5
_ENOUGH_CONTENT = 1.5
_FAR_REPORTS = 400
_FAR_DATES = {"operation": 7}
_FAR_DATE = 45
_NEAR_REPORTS = 60
_NEAR_SUMS = 5  # percent
# People sent are called by many words; reports rarely agree on one.
_CIVIL = "agent officer official investigator personnel adviser advisor expert specialist staff"
_MILITARY = "troop soldier marine paratrooper military guardsman guardsmen"
_PERSONNEL = tuple(content_words(words) for words in (_CIVIL, _MILITARY))


def rules_for(everything: Sequence[Facts], agreement_of: Mapping[str, int]) -> Rules:
    """The rules for the measures of a dossier; `agreement_of` maps finding ids to agreements."""
    per_agreement = Counter(
        (f.document_id, f.finding.type, agreement_of[f.finding.id])
        for f in everything
        if f.finding.id in agreement_of
    )

    def agreement(facts: Facts) -> int | None:
        return agreement_of.get(facts.finding.id)

    def only_one(facts: Facts) -> bool:
        of_kind = per_agreement[facts.document_id, facts.finding.type, agreement(facts) or 0]
        return of_kind == 1 and facts.finding.type not in {"other", "border"}

    def blocks(facts: Facts) -> Iterable[str]:
        kind = facts.finding.type
        who = facts.ids("actor") | facts.states("actor") | facts.states("recipient")
        for word in _object(facts):
            yield from (f"{kind} {word} {key}" for key in who)
        if kind == "deployment":
            goals = facts.places() | facts.states("recipient")
            yield from (f"{kind} {x} to {y}" for x in facts.states("actor") for y in goals)
        for day in facts.dates("date"):
            yield from (f"{kind} {key} in {day[:7]}" for key in facts.ids("actor"))
        if kind == "training":
            yield from (
                f"{kind} {x} {y}" for x in facts.ids("actor") for y in facts.ids("recipient")
            )
        if agreement(facts) is not None:
            yield f"{kind} agreement {agreement(facts)}"
        for quantity, _ in facts.quantities("amount"):
            if quantity.number:
                digits = "".join(map(str, quantity.number.as_tuple().digits)).rstrip("0")
                yield f"{kind} sum {quantity.currency} {digits}"

    def score(a: Facts, b: Facts) -> float:
        same = agreement(a) is not None and agreement(a) == agreement(b)
        alone = same and only_one(a) and only_one(b) and a.finding.stage == b.finding.stage
        content = _content(a, b) + (1.5 if alone else 0)
        around = _circumstance(a, b) + (1.5 if same else 0)
        needed = _ENOUGH + (0.5 if a.finding.type == "other" and around < 2 else 0)
        enough = content >= _ENOUGH_CONTENT and around >= 1 and content + around >= needed
        return content + around if enough and _told_enough(a, b, same) else 0.0

    def forbids(a: Facts, b: Facts) -> bool:
        # An object that happens to name an instrument is no link that keeps two measures apart.
        under = all(f.fillers("agreement") and agreement(f) is not None for f in (a, b))
        if under and agreement(a) != agreement(b):
            return True
        linked = agreement(a) is not None and agreement(a) == agreement(b)
        return _contradict(a, b, linked)

    return Rules(
        blocks=blocks, score=score, forbids=forbids, same_here=_same_here, apart_here=_apart_here
    )


def _same_here(facts: Facts) -> str | None:
    """What a document lets several speakers tell: "148 jeeps", says one, and when; so does another.

    Only what is attributed and has an amount: two sums in a document's own voice are two measures.
    """
    finding = facts.finding
    if finding.attributed_to is None or not facts.quantities("amount"):
        return None
    who = [*sorted(facts.ids("actor")), "→", *sorted(facts.ids("recipient"))]
    where = sorted(facts.places() or facts.place_names())
    what = sorted(_object(facts))
    sorts = [str(at) for at in sorted(_sort(_object(facts)))]
    if len(who) < 2 or not what:
        return None
    return " ".join([finding.type or "", finding.stage or "", *who, *where, *(sorts or what)])


def _apart_here(a: Facts, b: Facts) -> bool:
    one, other = a.finding.attributed_to, b.finding.attributed_to
    same_speaker = one is not None and other is not None and fold(one.text) == fold(other.text)
    return same_speaker or _amounts(a, b) not in {Relation.SAME, Relation.FITS}


def _told_enough(a: Facts, b: Facts, linked: bool) -> bool:
    """One word in common ("facilities") is too little without the sum, recipient or day."""
    shared = _object(a) & _object(b)
    if len(shared) != 1 or linked or a.account == b.account or _same_mission(a, b):
        return True
    whom = (a.ids("recipient") & b.ids("recipient")) | (
        a.states("recipient") & b.states("recipient")
    )
    same_day = _both_days(a, b) and _dates(a, b) is Relation.FITS
    return bool(whom) or same_day or _amounts(a, b) in {Relation.SAME, Relation.SLIP, Relation.FITS}


def _amounts(a: Facts, b: Facts) -> Relation | None:
    relations = [
        compare_quantities(x, y, x_words, y_words)
        for x, x_words in a.quantities("amount")
        for y, y_words in b.quantities("amount")
        if x.currency == y.currency
    ]
    for best in (Relation.SAME, Relation.SLIP, Relation.FITS, Relation.EXCLUDES):
        if best in relations:
            return best
    return None


def _is_money(facts: Facts) -> bool:
    return any(q.currency for q, _ in facts.quantities("amount"))


def _content(a: Facts, b: Facts) -> float:
    score = 0.0
    objects = _object(a), _object(b)
    alike = likeness(*objects)
    if alike >= 0.9 and len(objects[0] & objects[1]) > 1:
        score += 2.5
    elif alike >= 0.6:
        score += 2 if len(objects[0] & objects[1]) > 1 else 1.5
    elif alike >= 0.4:
        score += 1.5
    elif alike >= 0.25:
        score += 0.5
    if alike < 0.6 and _same_mission(a, b):
        score = 2
    elif not (objects[0] and objects[1]) and _same_course(a, b):
        score = 1.5
    relation = _amounts(a, b)
    if relation is Relation.SAME:
        score += 2.5 if _is_money(a) else _weight(a)
    elif _near_sums(a, b):
        score += 1.5
    elif relation is Relation.SLIP:
        score += 2.5
    elif relation is Relation.FITS:
        score += 0.5
    purposes = a.words.get("purpose", frozenset()), b.words.get("purpose", frozenset())
    return score + (0.5 if likeness(*purposes) >= 0.5 else 0)


def _object(facts: Facts) -> frozenset[str]:
    """Words of the object, without numbers and the actor's own name ("Lake Ministry's cuts")."""
    actors = (content_words(filler.text) for filler in facts.fillers("actor"))
    words = facts.words.get("object", frozenset())
    return frozenset(w for w in words if not w.isdigit()) - frozenset().union(*actors)


def _sort(words: frozenset[str]) -> frozenset[int]:
    """Which sorts of people the words name: civil, military."""
    return frozenset(at for at, kind in enumerate(_PERSONNEL) if words & kind)


def _weight(facts: Facts) -> float:
    """How much an equal count says: 144,278 more than 38, and 38 more than nine."""
    digits = [
        len("".join(map(str, q.number.as_tuple().digits)).rstrip("0"))
        for q, _ in facts.quantities("amount")
        if q.number
    ]
    return min(1.0 + max(digits, default=1) / 2, 2.5)


def _near_sums(a: Facts, b: Facts) -> bool:
    """Sums of money a few percent apart, for one and the same time: two versions of one sum."""
    near = any(
        x.currency and x.currency == y.currency and _percent_apart(x, y) <= _NEAR_SUMS
        for x, _ in a.quantities("amount")
        for y, _ in b.quantities("amount")
    )
    return near and _dates(a, b) is Relation.FITS


def _percent_apart(x: Quantity, y: Quantity) -> Decimal:
    if not x.number or not y.number:
        return Decimal(100)
    return 100 * abs(x.number - y.number) / max(x.number, y.number)


def _same_course(a: Facts, b: Facts) -> bool:
    """Training, or an end of something, whose object goes without saying: for the same people."""
    plain = a.finding.type == "training" or a.finding.stage in {"suspended", "ended"}
    whom = a.ids("recipient") & b.ids("recipient") or _same_group(a, b, "recipient")
    return plain and a.finding.stage == b.finding.stage and bool(whom)


def _same_mission(a: Facts, b: Facts) -> bool:
    """People of one sort, sent by one state to one other, told within two months."""
    if a.finding.type != "deployment":
        return False
    apart = days_apart(a.published, b.published)
    senders = a.states("actor") & b.states("actor")
    goals = (a.places() | a.states("recipient")) & (b.places() | b.states("recipient"))
    objects = _object(a), _object(b)
    sort = _sort(objects[0]) & _sort(objects[1])
    near = apart is not None and apart <= _NEAR_REPORTS
    abroad = senders - goals or goals - senders
    return bool(sort and near and senders and goals and abroad)


def _circumstance(a: Facts, b: Facts) -> float:
    score = 0.0
    for role in ("actor", "recipient"):
        if a.ids(role) & b.ids(role):
            score += 1
        elif a.states(role) & b.states(role) or _same_group(a, b, role):
            score += 0.5
    if len(a.ids("recipient")) > 1 and a.ids("recipient") == b.ids("recipient"):
        score += 1 if _amounts(a, b) is not Relation.EXCLUDES else 0
    if a.place_names() & b.place_names():
        score += 0.5
    if a.origins & b.origins:
        score += 1
    if _dates(a, b) is Relation.FITS:
        score += 1 if _both_days(a, b) else 0.5
    apart = days_apart(a.published, b.published)
    return score + (0.5 if apart is not None and apart <= 60 else 0)


def _same_group(a: Facts, b: Facts, role: str) -> bool:
    """Groups under descriptions that share most of their words ("the border task forces")."""
    one, other = (
        frozenset().union(*(content_words(filler.text) for filler in f.fillers(role)))
        for f in (a, b)
    )
    return len(one & other) > 1 and likeness(one, other) >= 0.4


def _dates(a: Facts, b: Facts) -> Relation | None:
    pairs = [(x, y) for x in a.dates("date") for y in b.dates("date")]
    if not pairs:
        return None
    relations = {compare_dates(x, y) for x, y in pairs}
    return Relation.EXCLUDES if relations == {Relation.EXCLUDES} else Relation.FITS


def _both_days(a: Facts, b: Facts) -> bool:
    def is_day(value: str) -> bool:
        days = interval(value)
        return days is not None and (days[1] - days[0]).days <= 7

    return any(map(is_day, a.dates("date"))) and any(map(is_day, b.dates("date")))


def _contradict(a: Facts, b: Facts, linked: bool) -> bool:
    if a.finding.type != b.finding.type:
        return True
    for role in ("actor", "recipient"):
        states = a.only_states(role), b.only_states(role)
        if states[0] and states[1] and not states[0] & states[1]:
            return True
    places = a.places(), b.places()
    if places[0] and places[1] and not places[0] & places[1]:
        return True
    if (a.finding.stage == "refused") != (b.finding.stage == "refused"):
        return True
    if _far_in_time(a, b, linked):
        return True
    objects = _object(a), _object(b)
    if _amounts(a, b) is Relation.EXCLUDES:
        near = _near_sums(a, b) and (linked or bool(a.ids("actor") & b.ids("actor")))
        return (likeness(*objects) < 0.6 and not near) or _out_of_proportion(a, b)
    unlike = bool(objects[0] and objects[1]) and likeness(*objects) == 0
    if a.finding.type == "deployment" and (
        _sort(objects[0]) & _sort(objects[1])
        or (_amounts(a, b) is Relation.SAME and _weight(a) >= 2)
    ):
        return False
    if _amounts(a, b) is Relation.SLIP and a.origins & b.origins:
        return False
    return unlike and not linked and not _same_mission(a, b)


def _out_of_proportion(a: Facts, b: Facts) -> bool:
    """Whether all sums differ more than threefold: two sums, and not two versions of one."""
    return all(
        max(x.number, y.number) > 3 * min(x.number, y.number)
        for x, _ in a.quantities("amount")
        for y, _ in b.quantities("amount")
        if x.number and y.number
    )


def _far_in_time(a: Facts, b: Facts, linked: bool) -> bool:
    limit = _FAR_DATES.get(a.finding.type or "", _FAR_DATE)
    if a.dates("date") and b.dates("date"):
        distances = [days_apart(x, y) for x in a.dates("date") for y in b.dates("date")]
        return all(d is not None and d > limit for d in distances)
    apart = days_apart(a.published, b.published)
    return apart is not None and apart > _FAR_REPORTS and not linked
