"""Whether two claims of one field can both be true: dates, numbers, stages, countries.

Comes in: two claims with the facts behind them. Goes out: yes or no. A plan is no delivery, a part
no rival of the whole, and what is told of another time is history; only what the same report could
not have said of the same thing at the same time excludes.
"""

from __future__ import annotations

import re
from datetime import date

from pactwatch.ledger.claims import Told
from pactwatch.ledger.compare import (
    Relation,
    begin_apart,
    compare_dates,
    compare_quantities,
    days_apart,
    interval,
)
from pactwatch.ledger.countries import is_country_code
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.likeness import PLANS, SENT, amounts, object_words, slips
from pactwatch.ledger.matter import (
    at_one_time,
    grown,
    other_matter,
    same_lot,
    shrunk,
    states_of_amount,
)
from pactwatch.ledger.parts import is_more, is_part, part_amounts
from pactwatch.ledger.wording import is_to_come, tells_more, to_be_signed
from pactwatch.ledger.words import fold, likeness
from pactwatch.model import Quantity

__all__ = [
    "BUDGET",
    "amounts_exclude",
    "amounts_slip",
    "dates_exclude",
    "denied",
    "places_exclude",
    "stages_exclude",
]

BUDGET = re.compile(r"\b(?:fiscal|financial|budget|FY\d*)\b", re.IGNORECASE)
"""Words of a period of money, which tells no day of a promise or a vote."""

_SCALE = re.compile(r"[\s-]*(?:hundred|thousand|million|billion|trillion|bn|m)\b", re.IGNORECASE)
_STRETCH = re.compile(
    r"\b(?:past|last|previous|recent|next|coming)\s+(?:[\w-]+\s+)?"
    r"(?:years?|months?|weeks?|days?|decades?|century|quarters?)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(r"\b(?:not yet|still time|yet to)\b", re.IGNORECASE)
_OPEN = frozenset({"treaty", "programme"})  # stages of these are told loosely and for years
_STAGES_APART = {
    "agreement": ({"signed", "in force"}, {"proposed", "negotiating"}),
    # Who proposes or threatens what is done already means more of it.
    "measure": ({"done"}, {"promised", "agreed"}),
}
_DENIALS = {
    "agreement": ({"rejected"}, {"signed", "in force"}),
    "measure": ({"refused"}, {"promised", "agreed", "under way", "done"}),
}
_LATE = 60  # days after which a report that still tells a plan is only old news
_SAME_NEWS = 14  # days after a signing in which a report may not have heard of it
_ONE_WEEK = 7
_TWICE = 45  # days after which what was delivered came a second time
_SAME_THING = 0.9  # likeness of objects: "refugees" done and "refugees from camps" to come fit


def _pairs(a: Told, b: Told) -> list[tuple[Facts, Facts]]:
    return [(f, g) for f in a.facts for g in b.facts]


def _same_stage(a: Told, b: Told) -> bool:
    """Whether some findings on both sides speak of the same stage: a plan is no delivery."""
    one, other = ({f.finding.stage for f in t.facts} for t in (a, b))
    return bool(one & other)


def _same_words(a: Told, b: Told) -> bool:
    one, other = ({fold(s.words.text) for s in t.claim.support} for t in (a, b))
    return bool(one & other)


def _is_relative(told: Told) -> bool:
    value = told.claim.value
    words = (s.words.text for s in told.claim.support)
    return isinstance(value, str) and "/" in value and any(map(_STRETCH.search, words))


def dates_exclude(a: Told, b: Told) -> bool:
    """Days of what has happened; the date of a plan may be its start or its deadline.

    The same words ("on Tuesday") are copied, whatever day each report makes of them; a stretch of
    time that ends with the report ("the past ten years") begins on another day in each.
    """
    one, other = a.claim.value, b.claim.value
    if _same_words(a, b) or any(map(_is_relative, (a, b))):
        return False
    apart = compare_dates(one, other) is Relation.EXCLUDES or begin_apart(one, other)
    if any(map(tells_more, (*a.facts, *b.facts))):
        return False  # "another 20" came on a day of its own
    told = [f.finding for f in (*a.facts, *b.facts)]
    if all(f.type in SENT and f.stage == "done" for f in told):
        apart = apart and (days_apart(one, other) or 0) <= _TWICE
    plans = all(f.kind == "measure" and f.stage in PLANS for f in told)
    granted = all(f.type == "funding" and f.stage == "agreed" for f in told)
    words = [[support.words.text for support in t.claim.support] for t in (a, b)]
    if granted and any(all(map(BUDGET.search, texts)) for texts in words):
        return False  # "$655 million for fiscal year 2017" tells no day of the vote
    return apart and _same_stage(a, b) and (granted or not plans)


def _quantities(a: Told, b: Told) -> Relation | None:
    one, other = a.claim.value, b.claim.value
    if not isinstance(one, Quantity) or not isinstance(other, Quantity):
        return None
    return compare_quantities(one, other, a.claim.text, b.claim.text)


def _all_parts(told: Told, role: str) -> bool:
    """Whether a claim's words tell a part, or an amount beside another."""
    spots = {(s.document_id, s.words.start) for s in told.claim.support}
    own = [
        (f, filler)
        for f in told.facts
        for filler in f.fillers(role)
        if (f.document_id, filler.start) in spots
    ]
    return bool(own) and all(is_part(f, x) or is_more(f, x) for f, x in own)


def amounts_exclude(a: Told, b: Told) -> bool:
    """Numbers of one stage and one time that exclude each other; a part is a rival of the same part
    only."""
    if _quantities(a, b) is not Relation.EXCLUDES:
        return False
    role = a.claim.field
    parts = _all_parts(a, role) or _all_parts(b, role)
    one, other = a.claim.value, b.claim.value
    assert isinstance(one, Quantity)
    assert isinstance(other, Quantity)
    return any(
        states_of_amount(f) & states_of_amount(g)
        and (at_one_time(f, g) or shrunk(f, one, g, other))
        and not other_matter(f, g)
        and not grown(f, one, g, other)
        and (not parts or same_lot(f, g))
        for f, g in _pairs(a, b)
    )


def amounts_slip(a: Told, b: Told) -> bool:
    """Whether one number is the other with its scale lost."""
    one, other = a.claim.value, b.claim.value
    if _quantities(a, b) is not Relation.SLIP:
        return False
    assert isinstance(one, Quantity)
    assert isinstance(other, Quantity)
    if any(map(_is_cut_off, (a, b))):
        return False
    return any(slips(f, one, g, other) for f, g in _pairs(a, b))


def _is_cut_off(told: Told) -> bool:
    """Whether the sentence goes on with a scale that the words of the amount leave out: then it is
    read badly, and not printed so."""
    return any(
        _SCALE.match(s.evidence.text[s.words.end - s.evidence.start :])
        for s in told.claim.support
        if s.evidence.start <= s.words.start
    )


def places_exclude(a: Told, b: Told) -> bool:
    """Two countries for one thing, by two documents."""
    documents = {f.document_id for f in a.facts} & {f.document_id for f in b.facts}
    both = is_country_code(a.claim.value) and is_country_code(b.claim.value)
    return both and not documents and _same_stage(a, b)


def _begin(value: str | None) -> date | None:
    days = interval(value)
    return days[0] if days else None


def _when(facts: Facts) -> date | None:
    """When it happened, where told, else when it was reported."""
    field = "signed" if facts.finding.kind == "agreement" else "date"
    own = [day for value in facts.dates(field) if (day := _begin(value))]
    return min(own, default=_begin(facts.published))


def _told_too_late(happened: Facts, planned: Facts) -> bool:
    """Whether one tells as done what the other, no earlier, still tells as to come."""
    if part_amounts(happened) or amounts(happened, planned) is Relation.EXCLUDES:
        return False
    if happened.document_id == planned.document_id:
        return happened.headline
    if happened.account == planned.account:
        return False  # both tell both, in the same words
    done, told = _when(happened), _begin(planned.published)
    if done is None or told is None or not 0 <= (told - done).days <= _LATE:
        return False
    if {happened.finding.type, planned.finding.type} & _OPEN:
        return False
    if happened.finding.kind == "agreement":
        return to_be_signed(planned) and (told - done).days <= _SAME_NEWS
    things = object_words(happened), object_words(planned)
    if likeness(*things) < _SAME_THING:
        return False
    telling = len(things[0] & things[1]) > 1 or amounts(happened, planned) is Relation.SAME
    return telling and is_to_come(planned)


def stages_exclude(kind: str, a: Told, b: Told) -> bool:
    """Told as done, and later or on the same day as still to come; promised first is history."""
    if kind == "meeting":
        return {a.claim.value, b.claim.value} == {"held", "cancelled"}
    happened, planned = _STAGES_APART.get(kind, (frozenset(), frozenset()))
    for one, other in ((a, b), (b, a)):
        if one.claim.value in happened and other.claim.value in planned:
            return any(
                _told_too_late(f, g)
                for f, g in _pairs(one, other)
                if f.finding.stage == one.claim.value and g.finding.stage == other.claim.value
            )
    return False


def denied(kind: str, a: Told, b: Told) -> bool:
    """Asserted by one and denied, refused or rejected by another, within a week."""
    against, asserted = _DENIALS.get(kind, (frozenset(), frozenset()))
    for one, other in ((a, b), (b, a)):
        if one.claim.value in against and other.claim.value in asserted:
            return any(
                f.account != g.account
                and (kind != "agreement" or len(f.states("party") & g.states("party")) > 1)
                and not {f.finding.type, g.finding.type} & _OPEN
                and not any(_NOT_YET.search(q.text) for q in f.finding.evidence)
                and (apart := days_apart(f.published, g.published)) is not None
                and apart <= _ONE_WEEK
                for f, g in _pairs(one, other)
            )
    return False
