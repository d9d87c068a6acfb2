"""When two findings tell of one measure: the same act of the same state, told by its object or sum.

Comes in: facts of measures, and the agreement each belongs to. Goes out: `Rules`. It asks for
likeness of content (object, sum) and of circumstance (who, to whom, when) together, and for one
thing at least that identifies the measure and is told by both: to whom or where, under which
agreement, which sum, which day, or a name. A missing value is no agreement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pactwatch.ledger.compare import Relation, days_apart, is_lost
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.likeness import (
    FACTS_TOLD,
    PLANS,
    amounts,
    around,
    both_days,
    content,
    dates,
    is_told_apart,
    near_sums,
    object_words,
    out_of_proportion,
    part_of_the_other,
    proper_words,
    same_mission,
    same_whom,
    sorts,
    stage_class,
    weight,
)
from pactwatch.ledger.matter import other_day, other_matter, other_year
from pactwatch.ledger.merge import Rules
from pactwatch.ledger.parts import part_amounts
from pactwatch.ledger.wording import tells_more
from pactwatch.ledger.words import fold, likeness

__all__ = ["rules_for"]

_ENOUGH = 3.5
_ENOUGH_CONTENT = 1.5
_FAR_REPORTS = 400
_FAR_DATES = {"operation": 7}
_FAR_DATE = 45
_FAR_DAY = 15  # between days that both tell: a month later "today" is another day's act
_REVERSAL = 30  # days within which a refusal can contradict what another report tells as agreed
_ONE_SUM = 30  # days within which reports of other sums can mean the same sum


def rules_for(everything: Sequence[Facts], agreement_of: Mapping[str, int]) -> Rules:
    """The rules for the measures of a dossier; `agreement_of` maps finding ids to agreements."""
    per_agreement = Counter(
        (f.document_id, f.finding.type, agreement_of[f.finding.id])
        for f in everything
        if f.finding.id in agreement_of
    )

    def agreement(facts: Facts) -> int | None:
        return agreement_of.get(facts.finding.id)

    def linked(a: Facts, b: Facts) -> bool:
        return agreement(a) is not None and agreement(a) == agreement(b)

    def only_one(facts: Facts) -> bool:
        of_kind = per_agreement[facts.document_id, facts.finding.type, agreement(facts) or 0]
        return of_kind == 1 and facts.finding.type not in {"other", "border"}

    def alone(a: Facts, b: Facts) -> bool:
        """The one measure of its type under one agreement, for both."""
        named = all(f.fillers("agreement") for f in (a, b))
        return named and linked(a, b) and only_one(a) and only_one(b)

    def blocks(facts: Facts) -> Iterable[str]:
        kind = facts.finding.type
        who = facts.ids("actor") | facts.states("actor") | facts.states("recipient")
        for word in object_words(facts):
            yield from (f"{kind} {word} {key}" for key in who)
        if kind == "deployment":
            goals = facts.places() | facts.states("recipient")
            yield from (f"{kind} {x} to {y}" for x in facts.states("actor") for y in goals)
        for day in facts.dates("date"):
            actors = facts.ids("actor") | facts.states("actor")
            yield from (f"{kind} {key} in {day[:7]}" for key in actors)
        if kind == "training":
            yield from (
                f"{kind} {x} {y}" for x in facts.ids("actor") for y in facts.ids("recipient")
            )
        if kind == "funding" and not facts.fillers("object"):
            yield from (f"{kind} {x} → {y}" for x in who for y in facts.ids("recipient"))
        if agreement(facts) is not None:
            yield f"{kind} agreement {agreement(facts)}"
        for quantity, _ in facts.quantities("amount"):
            if quantity.number:
                digits = "".join(map(str, quantity.number.as_tuple().digits)).rstrip("0")
                yield f"{kind} sum {quantity.currency} {digits}"

    def score(a: Facts, b: Facts) -> float:
        same = linked(a, b)
        only = alone(a, b) and stage_class(a.finding.stage) == stage_class(b.finding.stage)
        what = content(a, b) + (1.5 if only else 0)
        if what < _ENOUGH_CONTENT:
            return 0.0
        who = around(a, b) + (1.5 if same else 0)
        needed = _ENOUGH + (0.5 if a.finding.type == "other" and who < 2 else 0)
        enough = who >= 1 and what + who >= needed
        return what + who if enough and _is_identified(a, b, same) else 0.0

    def forbids(a: Facts, b: Facts) -> bool:
        # An object that happens to name an instrument is no link that keeps two measures apart.
        under = all(f.fillers("agreement") and agreement(f) is not None for f in (a, b))
        if under and agreement(a) != agreement(b):
            return True
        return _contradict(a, b, linked(a, b), alone(a, b))

    return Rules(
        blocks=blocks,
        score=score,
        forbids=forbids,
        same_here=_same_here,
        apart_here=_apart_here,
        one_here=_one_here,
    )


def _is_identified(a: Facts, b: Facts, linked: bool) -> bool:
    """Whether something told by both says which measure it is; one common word is too little."""
    apart = days_apart(a.published, b.published)
    copied = a.account == b.account or bool(a.origins & b.origins)
    if linked or (copied and (apart is None or apart <= _ONE_SUM)):
        return True
    if same_whom(a, b) or (both_days(a, b) and dates(a, b) is Relation.FITS):
        return True
    relation = amounts(a, b)
    money = any(q.currency for q, _ in a.quantities("amount"))
    if (
        near_sums(a, b)
        or relation is Relation.SLIP
        or (relation is Relation.SAME and (money or weight(a) >= 2))
    ):
        return True
    return bool(proper_words(a) & proper_words(b)) or _same_to_the_letter(a, b)


def _same_to_the_letter(a: Facts, b: Facts) -> bool:
    """One object in words too special for chance ("regional processing centre"), and no aim told
    by either that could differ, or three words and reports near each other."""
    objects = object_words(a), object_words(b)
    if amounts(a, b) in {Relation.EXCLUDES, Relation.SLIP} or likeness(*objects) < 0.9:
        return False
    aimed = any(f.fillers("recipient") or f.fillers("place") for f in (a, b))
    apart = days_apart(a.published, b.published)
    near = apart is not None and apart <= _ONE_SUM
    shared = len(objects[0] & objects[1])
    return (not aimed and shared > 1) or (near and shared > 2)


# Findings of one document


def _same_here(facts: Facts) -> str | None:
    """What a document lets several speakers tell: "148 jeeps", says one, and when; so does another.

    Only what is attributed and has an amount: two sums in a document's own voice are two measures.
    """
    finding = facts.finding
    if finding.attributed_to is None or not facts.quantities("amount"):
        return None
    who = [*sorted(facts.ids("actor")), "→", *sorted(facts.ids("recipient"))]
    where = sorted(facts.places() or facts.place_names())
    what = sorted(object_words(facts))
    people = [str(at) for at in sorted(sorts(object_words(facts)))]
    if len(who) < 2 or not what:
        return None
    return " ".join([finding.type or "", finding.stage or "", *who, *where, *(people or what)])


def _apart_here(a: Facts, b: Facts) -> bool:
    one, other = a.finding.attributed_to, b.finding.attributed_to
    same_speaker = one is not None and other is not None and fold(one.text) == fold(other.text)
    return same_speaker or amounts(a, b) not in {Relation.SAME, Relation.FITS}


def _one_here(a: Facts, b: Facts) -> bool:
    """Two findings of one document that tell one measure at two stages, or with a number lost.

    A headline and the report under it; what was promised, and the part of it that has come.
    """
    if a.finding.type != b.finding.type or is_told_apart(a, b):
        return False
    who = a.ids("actor") & b.ids("actor") or a.states("actor") & b.states("actor")
    objects = object_words(a), object_words(b)
    alike = likeness(*objects) >= 0.6 or bool(
        a.finding.type == "deployment"
        and sorts(objects[0]) & sorts(objects[1])
        and same_whom(a, b)  # any state sends officers to many places
    )
    if not alike or tells_more(a) or tells_more(b):
        return False
    if a.headline != b.headline:
        return (bool(who) or same_whom(a, b)) and amounts(a, b) is not Relation.EXCLUDES
    if any(_number_lost(f) for f in (a, b)):
        same_stage = stage_class(a.finding.stage) == stage_class(b.finding.stage)
        return same_stage and (bool(who) or same_whom(a, b))
    stages = {stage_class(f.finding.stage) for f in (a, b)}
    if stages != {"plan", "fact"}:
        return False
    fitting = amounts(a, b) is not Relation.EXCLUDES or part_of_the_other(a, b)
    return fitting and (same_whom(a, b) or bool(who and part_of_the_other(a, b)))


def _number_lost(facts: Facts) -> bool:
    return any(is_lost(quantity) for quantity, _ in facts.quantities("amount"))


# Findings that can't be one measure


def _contradict(a: Facts, b: Facts, linked: bool, alone: bool) -> bool:
    if a.finding.type != b.finding.type or is_told_apart(a, b) or other_year(a, b):
        return True
    objects = object_words(a), object_words(b)
    if (a.finding.stage == "refused") != (b.finding.stage == "refused"):
        apart = days_apart(a.published, b.published)
        near = apart is not None and apart <= _REVERSAL
        if not (near and same_whom(a, b) and likeness(*objects) >= 0.6):
            return True
    if _far_in_time(a, b, linked) or (not linked and _stopped_by_others(a, b)):
        return True
    if amounts(a, b) is Relation.EXCLUDES:
        return not _one_of_two_sums(a, b, linked, alone)
    unlike = bool(objects[0] and objects[1]) and likeness(*objects) == 0
    if a.finding.type == "deployment" and (
        sorts(objects[0]) & sorts(objects[1]) or (amounts(a, b) is Relation.SAME and weight(a) >= 2)
    ):
        return False
    if amounts(a, b) is Relation.SLIP and a.origins & b.origins:
        return False
    return unlike and not linked and not same_mission(a, b)


def _stopped_by_others(a: Facts, b: Facts) -> bool:
    """One agency stops what it does; what another agency does or plans goes on."""
    stops = [stage_class(f.finding.stage) == "stop" for f in (a, b)]
    who = [{i.key for i in f.actors.get("actor", ()) if i.kind == "agency"} for f in (a, b)]
    return stops[0] != stops[1] and bool(who[0] and who[1]) and not who[0] & who[1]


def _one_of_two_sums(a: Facts, b: Facts, linked: bool, alone: bool) -> bool:
    """Whether amounts that exclude each other can be told of one measure.

    Then all else that identifies must be told by both, and agree.
    """
    if part_of_the_other(a, b):
        return linked or same_whom(a, b)
    stages = {stage_class(f.finding.stage) for f in (a, b)}
    alike = likeness(object_words(a), object_words(b))
    if other_matter(a, b) or (len(stages) == 1 and other_day(a, b)):
        return False
    if stages == {"plan", "fact"} and alike >= 0.6 and same_whom(a, b):
        return not out_of_proportion(a, b, most=10) or any(map(part_amounts, (a, b)))
    if out_of_proportion(a, b):
        return False
    who = bool(a.ids("actor") & b.ids("actor"))
    objects = object_words(a), object_words(b)
    by_one_state = bool(a.states("actor") & b.states("actor")) and not all(objects)
    if near_sums(a, b) and (linked or by_one_state or (who and (alike > 0 or not all(objects)))):
        return True
    whom = same_whom(a, b)
    apart = days_apart(a.published, b.published)
    near = apart is not None and apart <= _ONE_SUM
    day = both_days(a, b) and dates(a, b) is Relation.FITS
    if alike >= 0.6:
        return (whom or linked) and (who or near or day)
    money = any(q.currency for f in (a, b) for q, _ in f.quantities("amount"))
    known = bool(whom and who and (near or day)) or alone
    return money and known and (alone or alike >= 0.4) and not out_of_proportion(a, b, most=2)


def _far_in_time(a: Facts, b: Facts, linked: bool) -> bool:
    limit = _FAR_DATES.get(a.finding.type or "", _FAR_DAY if both_days(a, b) else _FAR_DATE)
    stages = {a.finding.stage, b.finding.stage}
    if stages & PLANS and stages & FACTS_TOLD and same_whom(a, b):
        limit = _FAR_REPORTS  # a plan's date may be its deadline, and what comes may come late
    if a.dates("date") and b.dates("date"):
        distances = [days_apart(x, y) for x in a.dates("date") for y in b.dates("date")]
        return all(d is not None and d > limit for d in distances)
    apart = days_apart(a.published, b.published)
    return apart is not None and apart > _FAR_REPORTS and not linked
