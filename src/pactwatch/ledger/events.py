"""When two findings tell of one meeting, one incident, one figure or one office.

Comes in: facts of these kinds. Goes out: `Rules` for each. Days apart, other countries and other
people keep findings apart, whatever else is alike.
"""

from __future__ import annotations

from collections.abc import Iterable

from pactwatch.ledger.compare import (
    Relation,
    compare_quantities,
    days_apart,
    interval,
)
from pactwatch.ledger.countries import without_country
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.merge import Rules
from pactwatch.ledger.words import content_words, fold, likeness

__all__ = ["FIGURES", "INCIDENTS", "MEETINGS", "OFFICES", "office_words"]

_MEETING_SLACK = 3  # days by which reports of one meeting may differ
_INCIDENT_SLACK = 7


def _words(facts: Facts, role: str) -> frozenset[str]:
    return facts.words.get(role, frozenset())


def _distance(a: Facts, b: Facts, role: str) -> int | None:
    """Least number of days between the dates of two findings."""
    pairs = [(x, y) for x in a.dates(role) for y in b.dates(role)]
    known = [d for x, y in pairs if (d := days_apart(x, y)) is not None]
    return min(known, default=None)


def _exact(facts: Facts, role: str) -> bool:
    """Whether a date is known to the week or better."""
    bounds = [interval(value) for value in facts.dates(role)]
    return any(b is not None and (b[1] - b[0]).days <= 7 for b in bounds)


def _reports_apart(a: Facts, b: Facts) -> int | None:
    return days_apart(a.published, b.published)


def _other_country(a: Facts, b: Facts) -> bool:
    places = a.places(), b.places()
    return bool(places[0] and places[1] and not places[0] & places[1])


# Meetings


def _meeting_blocks(facts: Facts) -> Iterable[str]:
    who = sorted(facts.ids("participant"))
    months = {value[:7] for value in (*facts.dates("date"), facts.published or "")}
    for key in who:
        yield from (f"{key} {month}" for month in months)
        yield from (f"{key} {place}" for place in facts.place_names())
        yield from (f"{key} {word}" for word in _words(facts, "topic"))


def _meeting_score(a: Facts, b: Facts) -> float:
    shared = len(a.ids("participant") & b.ids("participant"))
    states = a.states("participant"), b.states("participant")
    who = min(2, shared) + (1 if states[0] == states[1] and len(states[0]) > 1 else 0)
    apart, reports = _distance(a, b, "date"), _reports_apart(a, b)
    when = 0.0
    if apart is not None and apart <= 1:
        when = 2.0 if _exact(a, "date") and _exact(b, "date") else 1.0
    near = reports is not None and reports <= 14
    where = 1.5 if a.place_names() & b.place_names() else 0.0
    topic = 1.0 if likeness(_words(a, "topic"), _words(b, "topic")) >= 0.5 else 0.0
    anchored = when or where or (near and topic)
    score = who + when + where + topic + (1 if near else 0)
    return score if shared and anchored and who >= 2 and score >= 3.5 else 0.0


def _meetings_contradict(a: Facts, b: Facts) -> bool:
    apart = _distance(a, b, "date")
    if _other_country(a, b) or (apart is not None and apart > _MEETING_SLACK):
        return True
    states = a.only_states("participant"), b.only_states("participant")
    if (
        len(states[0]) > 1
        and len(states[1]) > 1
        and not (states[0] <= states[1] or states[1] <= states[0])
    ):
        return True
    reports = _reports_apart(a, b)
    return apart is None and reports is not None and reports > 60


MEETINGS = Rules(
    blocks=_meeting_blocks,
    score=_meeting_score,
    forbids=_meetings_contradict,
    same_here=lambda facts: None,
)

# Incidents


def _incident_blocks(facts: Facts) -> Iterable[str]:
    for word in _words(facts, "what"):
        yield from (f"{word} {place}" for place in facts.place_names())
        yield from (f"{word} {value[:7]}" for value in facts.dates("date"))
        yield from (f"{word} {key}" for key in facts.ids("target") | facts.ids("actor"))


def _incident_score(a: Facts, b: Facts) -> float:
    what = likeness(_words(a, "what"), _words(b, "what"))
    apart, reports = _distance(a, b, "date"), _reports_apart(a, b)
    score = 2.0 if what >= 0.5 else 1.0
    score += 1.5 if a.place_names() & b.place_names() else 0
    score += 1.5 if apart is not None and apart <= 1 else 0
    score += 1 if a.ids("target") & b.ids("target") else 0
    score += 1 if a.ids("actor") & b.ids("actor") else 0
    score += 0.5 if reports is not None and reports <= 30 else 0
    return score if what >= 0.4 and score >= 3.5 else 0.0


def _incidents_contradict(a: Facts, b: Facts) -> bool:
    apart, reports = _distance(a, b, "date"), _reports_apart(a, b)
    if _other_country(a, b) or (apart is not None and apart > _INCIDENT_SLACK):
        return True
    return apart is None and reports is not None and reports > 60


INCIDENTS = Rules(
    blocks=_incident_blocks,
    score=_incident_score,
    forbids=_incidents_contradict,
    same_here=lambda facts: None,
)

# Figures


def _figure_blocks(facts: Facts) -> Iterable[str]:
    words = sorted(_words(facts, "of"))
    for quantity, _ in facts.quantities("quantity"):
        yield from (f"{quantity.number} {word}" for word in words)
    for place in sorted(facts.places() | facts.place_names()):
        yield from (f"{place} {word}" for word in words)


def _figure_relation(a: Facts, b: Facts) -> Relation | None:
    relations = {
        compare_quantities(x, y, x_words, y_words)
        for x, x_words in a.quantities("quantity")
        for y, y_words in b.quantities("quantity")
        if (x.unit or "") == (y.unit or "") and x.currency == y.currency and x.per == y.per
    }
    for relation in (Relation.SAME, Relation.FITS, Relation.SLIP, Relation.EXCLUDES):
        if relation in relations:
            return relation
    return None


# What nearly every figure counts: says nothing of what is measured.
_COUNTED = content_words("people persons men women children families others total number cases")


def _units(facts: Facts) -> frozenset[str]:
    """Words of the unit that is counted."""
    units = (quantity.unit for quantity, _ in facts.quantities("quantity"))
    return frozenset().union(*(content_words(unit) for unit in units if unit))


def _digits(facts: Facts) -> int:
    """How many digits of the number say something, at most three: one of 5,000, two of 38."""
    numbers = (q.number for q, _ in facts.quantities("quantity") if q.number)
    counts = (len("".join(map(str, n.as_tuple().digits)).rstrip("0")) for n in numbers)
    return min(3, max((1, *counts)))


def _figure_score(a: Facts, b: Facts) -> float:
    of = likeness(_words(a, "of"), _words(b, "of"))
    relation = _figure_relation(a, b)
    if of < 0.5 or relation is None:
        return 0.0
    place = bool(a.place_names() & b.place_names() or a.places() & b.places())
    apart = _distance(a, b, "period")
    score = (2.5 if of >= 0.8 else 2) + (1 if place else 0) + (1 if apart == 0 else 0)
    if not (_words(a, "of") & _words(b, "of")) - _COUNTED - _units(a):
        score -= (1.5, 0.5, 0.0)[_digits(a) - 1]
    if relation is Relation.SAME:
        return score + 1.5 if score >= 2.5 else 0.0
    if relation is Relation.FITS:
        return score + 0.5 if score >= 3 else 0.0
    return score if score >= 4.5 else 0.0


def _figures_contradict(a: Facts, b: Facts) -> bool:
    apart, reports = _distance(a, b, "period"), _reports_apart(a, b)
    if _other_country(a, b) or (apart is not None and apart > 0):
        return True
    if apart is None and reports is not None and reports > 60:
        return True
    return _figure_score(a, b) == 0 and _figure_relation(a, b) is Relation.EXCLUDES


FIGURES = Rules(
    blocks=_figure_blocks,
    score=_figure_score,
    forbids=_figures_contradict,
    same_here=lambda facts: None,
)

# Offices

_ORNAMENT = frozenset({"acting", "caretaker", "ex", "former", "interim", "outgoing", "then"})


def office_words(facts: Facts) -> tuple[frozenset[str], frozenset[str]]:
    """Words of the title, and of title and body together, without country, "acting" and "former".

    An acronym of the body in the title stands for the body's name.
    """
    return facts.once("office words", "title", lambda: _office_words(facts))


def _office_words(facts: Facts) -> tuple[frozenset[str], frozenset[str]]:
    bodies = facts.actors.get("body", ())
    agencies = frozenset().union(
        *(
            content_words(b.key.partition(":")[2].rpartition("/")[2])
            for b in bodies
            if b.kind != "state"
        )
    )
    acronyms = {fold(form).replace(".", "") for b in bodies for form in b.acronyms}
    title: set[str] = set()
    for filler in facts.fillers("title"):
        for word in without_country(filler.text):
            if word not in _ORNAMENT:
                title |= agencies if word in acronyms else content_words(word)
    return frozenset(title), frozenset(title) | agencies


def _office_blocks(facts: Facts) -> Iterable[str]:
    yield from sorted(facts.ids("person"))


def _offices_contradict(a: Facts, b: Facts) -> bool:
    states = a.states("body"), b.states("body")
    if states[0] and states[1] and not states[0] & states[1]:
        return True
    one, other = office_words(a), office_words(b)
    if one[1] == other[1]:
        return False
    agencies = one[1] - one[0], other[1] - other[0]
    return one[0] != other[0] or bool(agencies[0] and agencies[1])


def _office_score(a: Facts, b: Facts) -> float:
    return 0.0 if _offices_contradict(a, b) or not a.ids("person") & b.ids("person") else 1.0


OFFICES = Rules(
    blocks=_office_blocks,
    score=_office_score,
    forbids=_offices_contradict,
    same_here=lambda facts: " ".join(
        [*sorted(facts.ids("person")), "as", *sorted(fold(f.text) for f in facts.fillers("title"))]
    ),
)
