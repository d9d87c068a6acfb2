"""Whether two findings that tell other amounts speak of one matter at one time.

Comes in: facts of two findings. Goes out: answers of one question each. Another lot, another budget
year, another body that receives, another use of the money, another day of delivery: then other
amounts contradict nothing. What is not told sets nothing apart. It never compares the amounts
themselves, except a total with what it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from pactwatch.ledger.compare import days_apart, interval
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.likeness import FACTS_TOLD, object_words, stage_class
from pactwatch.ledger.words import content_words, fold, likeness
from pactwatch.model import Quantity, Quote

__all__ = [
    "at_one_time",
    "grown",
    "is_total",
    "other_day",
    "other_matter",
    "other_year",
    "same_lot",
    "shrunk",
    "states_of_amount",
]

_PLANNED_AT = 30  # days between reports that tell one state of a plan
_DONE_AT = 7  # of a thing done, of which more may have come since
_ONE_DAY = 3  # days that reports of one delivery may be off
_WEEK = 7

_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|initial|final|last|next|\d{1,2}(?:st|nd|rd|th))"
)
_LOT = (
    r"(?:tranche|instal?lment|batch|shipment|consignment|delivery|disbursement|payment|phase|lot"
    r"|contingent|group|round)"
)
_LOTS = re.compile(rf"\b({_ORDINAL})\s+(?:\w+\s+)?{_LOT}\b")
_YEARS_OF = re.compile(r"\b(first|second|third|fourth|fifth) (?:year|half|quarter)\b")
_STRETCH = re.compile(
    r"\b(?:over|within|for|during|in|across|spread over) (?:the )?(?:next |coming |past |last )?"
    r"(\w+)[\s-](year|month|week)s?\b"
)
_SAME_ORDINAL = {"initial": "first", "1st": "first", "2nd": "second", "3rd": "third"}
_YEARS = re.compile(
    r"\b(?:for|in|of|over|during|year|fy)\s?(?:the\s)?((?:19|20)\d\d)\b"
    r"|\b((?:19|20)\d\d)(?:[-/–]\d{2,4})?\s(?:tranche|instal?lment|budget|allocation|contribution"
    r"|quota|share|pledge|package|programme|program|appropriation)"
)
_BUDGET_YEARS = re.compile(
    r"\b(?:fiscal|financial|budget)\s(?:year\s)?((?:19|20)\d\d)|\bfy\s?((?:19|20)\d\d|\d\d\b)"
    r"|\b((?:19|20)\d\d)(?:[-/–]\d{2,4})?\s(?:tranche|budget|allocation|appropriation|quota)"
)
_TOTAL = re.compile(
    r"\b(?:so far|to date|until now|up to now|thus far|in total|in all|altogether|all told|overall"
    r"|cumulative(?:ly)?|a total of|since|as of|by the end of)\b"
)
_PERFECT = re.compile(
    r"\b(?:has|have|had)\s(?:\w+ly\s|already\s|now\s|also\s)?(?:been\s)?"
    r"(?!to\b|a\b|an\b|the\b|no\b)\w+(?:ed|en|nt|id|lt|ne|de|ld)\b"
)
_LENT = re.compile(r"\b(?:loans?|len[dt]s?|lending|borrow\w*|credit)\b")
_GIVEN = re.compile(r"\b(?:grants?|granted|donat\w+|gifts?)\b")
_BODIES = frozenset({"agency", "organisation"})
_SERVICES = content_words(
    "army navy marines police gendarmerie customs coastguard coast airforce air"
)


def _sentences(facts: Facts, roles: Iterable[str] = ("amount", "quantity")) -> Iterator[Quote]:
    """The sentences in which its amounts stand, all of them where it tells none."""
    spots = [f.start for role in roles for f in facts.fillers(role)]
    held = [q for q in facts.finding.evidence if any(q.start <= s < q.end for s in spots)]
    yield from held or facts.finding.evidence


def _words(facts: Facts) -> str:
    return facts.once("plain", "", lambda: fold(" ".join(q.text for q in _sentences(facts))))


def _lots(facts: Facts) -> frozenset[str]:
    words = _words(facts)
    found = (m[1] for pattern in (_LOTS, _YEARS_OF) for m in pattern.finditer(words))
    return frozenset(_SAME_ORDINAL.get(word, word) for word in found)


def same_lot(a: Facts, b: Facts) -> bool:
    """Whether both tell of one lot by its number: "the first tranche"."""
    return bool(_lots(a)) and _lots(a) == _lots(b)


def _numbers(pattern: re.Pattern[str], text: str) -> frozenset[str]:
    found = (next(filter(None, match.groups())) for match in pattern.finditer(text))
    return frozenset(year if len(year) == 4 else f"20{year}" for year in found)


def other_year(a: Facts, b: Facts) -> bool:
    """Whether the words give both to budget years, and to others: each year has its money."""
    one, other = (_numbers(_BUDGET_YEARS, _words(f)) for f in (a, b))
    return bool(one and other) and not one & other


def other_matter(a: Facts, b: Facts) -> bool:
    """Whether something told by both sets their amounts apart."""
    if _lots(a) != _lots(b) or other_year(a, b):
        return True
    stretches = [frozenset(m.groups() for m in _STRETCH.finditer(_words(f))) for f in (a, b)]
    if all(stretches) and not stretches[0] & stretches[1]:
        return True
    years = [_numbers(_YEARS, _words(f)) for f in (a, b)]
    if stage_class(a.finding.stage) == "plan" and years[0] and years[1] and not years[0] & years[1]:
        return True
    return _other_body(a, b) or _other_place(a, b) or _other_use(a, b) or _other_money(a, b)


def _other_body(a: Facts, b: Facts) -> bool:
    """An army here, a police there: bodies that receive, none of them in common."""
    if a.ids("recipient") & b.ids("recipient"):
        return False
    services = [
        frozenset().union(*(content_words(f.text) & _SERVICES for f in facts.fillers("recipient")))
        for facts in (a, b)
    ]
    if all(services):
        return not services[0] & services[1]
    bodies = [facts.actors.get("recipient", ()) for facts in (a, b)]
    return all(own and all(i.kind in _BODIES for i in own) for own in bodies)


def _other_place(a: Facts, b: Facts) -> bool:
    """Two towns; a town and its country are no two places."""
    places = [frozenset(p for p in f.place_names() if not p.isupper()) for f in (a, b)]
    return all(places) and not places[0] & places[1]


def _other_use(a: Facts, b: Facts) -> bool:
    """Money for boats here, for courses there."""
    if any(f.finding.type != "funding" for f in (a, b)):
        return False
    uses = object_words(a), object_words(b)
    if not all(uses):
        uses = a.words.get("purpose", frozenset()), b.words.get("purpose", frozenset())
    return all(uses) and likeness(*uses) == 0


def _other_money(a: Facts, b: Facts) -> bool:
    """A loan here, a grant there."""
    lent, given = ([bool(p.search(_words(f))) for f in (a, b)] for p in (_LENT, _GIVEN))
    return lent[0] != lent[1] and given[0] != given[1] and lent[0] != given[0]


def states_of_amount(facts: Facts) -> frozenset[str | None]:
    """What an amount is one of: planned, or come. Money made available may be either."""
    finding = facts.finding
    if finding.type == "funding" and finding.stage == "under way":
        return frozenset({"plan", "fact"})
    return frozenset({stage_class(finding.stage)})


def _dated(facts: Facts) -> list[str]:
    return [day for role in ("date", "period") for day in facts.dates(role) if interval(day)]


def _is_week(value: str) -> bool:
    days = interval(value)
    return days is not None and (days[1] - days[0]).days <= _WEEK


def other_day(a: Facts, b: Facts) -> bool:
    """Whether both tell when, and no two of their days can be one: reports of one delivery may be
    off by a few days."""
    pairs = [(x, y) for x in _dated(a) for y in _dated(b)]
    apart = ((days_apart(x, y), _is_week(x) and _is_week(y)) for x, y in pairs)
    return bool(pairs) and all(
        d is not None and d > (_ONE_DAY if short else 0) for d, short in apart
    )


def at_one_time(a: Facts, b: Facts) -> bool:
    """Whether two findings speak of one time: of days that overlap, or in reports near each other.

    Numbers told further apart may have grown or been cut, and both be true.
    """
    if _dated(a) and _dated(b):
        return not other_day(a, b)
    come = a.finding.stage in FACTS_TOLD and b.finding.stage in FACTS_TOLD
    days = [days_apart(x, y) for x in _told_of(a) for y in _told_of(b)]
    known = [distance for distance in days if distance is not None]
    return not known or min(known) <= (_DONE_AT if come else _PLANNED_AT)


def _told_of(facts: Facts) -> list[str | None]:
    """The days of which it tells: its own where they were over when it was told, else that of the
    report. A deadline is none."""
    report = interval(facts.published)
    over = [d for d in _dated(facts) if (end := interval(d)) and report and end[1] <= report[0]]
    return [*over] or [facts.published]


def is_total(facts: Facts, *, outright: bool = False) -> bool:
    """Whether its amount counts all that has come up to a day: "so far", "has paid".

    Args:
        outright: By words that mean nothing else; "has paid" may tell of one payment.
    """
    if facts.finding.stage not in {*FACTS_TOLD, None}:
        return False
    words = _words(facts)
    return bool(_TOTAL.search(words) or (not outright and _PERFECT.search(words)))


def _as_of(facts: Facts) -> str | None:
    """The last day that an amount counts up to: its own, else that of the report."""
    ends = [days[1].isoformat() for day in _dated(facts) if (days := interval(day))]
    own = interval(facts.published)
    return max(ends) if ends else own[1].isoformat() if own else None


def _least(quantity: Quantity) -> Decimal | None:
    known = (quantity.number, quantity.minimum, quantity.maximum)
    return next((number for number in known if number is not None), None)


def _in_time(
    a: Facts, one: Quantity, b: Facts, other: Quantity
) -> tuple[Facts, Decimal, Facts, Decimal] | None:
    """The earlier amount, then the later; None where the days or numbers are not told."""
    days, amounts = (_as_of(a), _as_of(b)), (_least(one), _least(other))
    if days[0] is None or days[1] is None or amounts[0] is None or amounts[1] is None:
        return None
    # Of one day the total comes after what it counts.
    swap = is_total(a) > is_total(b) if days[0] == days[1] else days[0] > days[1]
    return (b, amounts[1], a, amounts[0]) if swap else (a, amounts[0], b, amounts[1])


def grown(a: Facts, one: Quantity, b: Facts, other: Quantity) -> bool:
    """Whether a total may hold the other amount: told later, and no smaller.

    In the news of one day "has sent" and "sent" tell of one delivery.
    """
    told = _in_time(a, one, b, other)
    apart = days_apart(a.published, b.published)
    news = apart is not None and apart <= _ONE_DAY
    if told is None or not (is_total(a, outright=news) or is_total(b, outright=news)):
        return False
    early, less, late, more = told
    if _as_of(early) == _as_of(late) and is_total(early) == is_total(late):
        return False
    return not is_total(late) or more >= less


def shrunk(a: Facts, one: Quantity, b: Facts, other: Quantity) -> bool:
    """Whether of two totals the later is the smaller, which can't be, whenever they are told."""
    told = _in_time(a, one, b, other)
    outright = is_total(a, outright=True) and is_total(b, outright=True)
    return outright and told is not None and told[3] < told[1]
