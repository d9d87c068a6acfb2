"""When two findings tell of one measure: the same act of the same state, told by its object or sum.

Comes in: facts of measures, and the agreement each belongs to. Goes out: `Rules`. It asks for
likeness of content (object, sum) and of circumstance (who, to whom, when) together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pactwatch.ledger.compare import (
    Relation,
    compare_dates,
    compare_quantities,
    days_apart,
    interval,
)
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.merge import Rules
from pactwatch.ledger.words import content_words, likeness

__all__ = ["rules_for"]

_ENOUGH = 3.5
_ENOUGH_CONTENT = 1.5
_FAR_REPORTS = 400
_FAR_DATES = {"operation": 7}
_FAR_DATE = 45
_NEAR_REPORTS = 60
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
        for word in facts.words.get("object", ()):
            yield from (f"{kind} {word} {key}" for key in who)
        if kind == "deployment":
            goals = facts.places() | facts.states("recipient")
            yield from (f"{kind} {x} to {y}" for x in facts.states("actor") for y in goals)
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
        return content + around if enough else 0.0

    def forbids(a: Facts, b: Facts) -> bool:
        if agreement(a) is not None and agreement(b) is not None and agreement(a) != agreement(b):
            return True
        linked = agreement(a) is not None and agreement(a) == agreement(b)
        return _contradict(a, b, linked)

    return Rules(blocks=blocks, score=score, forbids=forbids, same_here=lambda facts: None)


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
    objects = a.words.get("object", frozenset()), b.words.get("object", frozenset())
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
    relation = _amounts(a, b)
    if relation is Relation.SAME:
        score += 2.5 if _is_money(a) else 1.5
    elif relation is Relation.SLIP:
        score += 2.5
    elif relation is Relation.FITS:
        score += 0.5
    purposes = a.words.get("purpose", frozenset()), b.words.get("purpose", frozenset())
    return score + (0.5 if likeness(*purposes) >= 0.5 else 0)


def _same_mission(a: Facts, b: Facts) -> bool:
    """People of one sort, sent by one state to one other, told within two months."""
    if a.finding.type != "deployment":
        return False
    apart = days_apart(a.published, b.published)
    senders = a.states("actor") & b.states("actor")
    goals = (a.places() | a.states("recipient")) & (b.places() | b.states("recipient"))
    objects = a.words.get("object", frozenset()), b.words.get("object", frozenset())
    sort = any(objects[0] & kind and objects[1] & kind for kind in _PERSONNEL)
    near = apart is not None and apart <= _NEAR_REPORTS
    return sort and near and bool(senders and goals - senders)


def _circumstance(a: Facts, b: Facts) -> float:
    score = 0.0
    for role in ("actor", "recipient"):
        if a.ids(role) & b.ids(role):
            score += 1
        elif a.states(role) & b.states(role):
            score += 0.5
    if a.place_names() & b.place_names():
        score += 0.5
    if a.origins & b.origins:
        score += 1
    if _both_days(a, b) and _dates(a, b) is not Relation.EXCLUDES:
        score += 1
    apart = days_apart(a.published, b.published)
    return score + (0.5 if apart is not None and apart <= 60 else 0)


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
    objects = a.words.get("object", frozenset()), b.words.get("object", frozenset())
    if _amounts(a, b) is Relation.EXCLUDES:
        return likeness(*objects) < 0.6 or _out_of_proportion(a, b)
    unlike = bool(objects[0] and objects[1]) and likeness(*objects) == 0
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
