"""When an agreement was signed, where a later report tells it by its distance only.

Comes in: facts of an agreement ("six months after the two countries signed a memorandum"). Goes
out: the days on which it can have been signed, counted back from the report. It never makes a claim
of them: they serve to know an agreement again.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from pactwatch.ledger.compare import days_apart, interval
from pactwatch.ledger.facts import Facts

__all__ = ["days_between", "signed_together", "signed_within"]

_COUNTED = "one two three four five six seven eight nine ten eleven twelve"
_NUMBERS = {word: at for at, word in enumerate(_COUNTED.split(), 1)} | {"a": 1, "an": 1}
# Days in a unit, and by how many such a distance may be off: nobody counts "six months" by days.
_UNITS = {"day": (1, 3), "week": (7, 7), "month": (30.44, 31), "year": (365.25, 120)}
_DISTANCE = re.compile(
    rf"\b(\d{{1,3}}|{'|'.join(sorted(_NUMBERS))})\s+(day|week|month|year)s?\s+"
    r"(?:after|since|ago|on from|earlier|before)\b",
    re.IGNORECASE,
)
_SIGNING = re.compile(r"\b(?:sign|conclu|agree|seal|initial|reach|enter)", re.IGNORECASE)


def signed_within(facts: Facts) -> tuple[date, date] | None:
    """First and last day on which it can have been signed: its own date, else a distance told.

    None where neither is told, or the report has no date to count from.
    """
    return facts.once("signed within", "signed", lambda: _signed_within(facts))


def _signed_within(facts: Facts) -> tuple[date, date] | None:
    own = [days for value in facts.dates("signed") if (days := interval(value))]
    if own:
        first, end = min(own)
        return first, end - timedelta(days=1)
    report = interval(facts.published)
    if report is None:
        return None
    for quote in facts.finding.evidence:
        found = _DISTANCE.search(quote.text)
        if found and _SIGNING.search(quote.text):
            number = int(found[1]) if found[1].isdigit() else _NUMBERS[found[1].lower()]
            length, slack = _UNITS[found[2].lower()]
            around = timedelta(days=slack + number * length * 0.05)
            middle = report[0] - timedelta(days=round(number * length))
            return middle - around, middle + around
    return None


def days_between(one: tuple[date, date] | None, other: tuple[date, date] | None) -> int | None:
    """Days between two stretches, 0 where they overlap, None where either is unknown."""
    if one is None or other is None:
        return None
    return max(0, (other[0] - one[1]).days, (one[0] - other[1]).days)


def signed_together(a: Facts, b: Facts) -> bool:
    """Whether both tell the day of signing, and within a day of each other."""
    apart = [days_apart(x, y) for x in a.dates("signed") for y in b.dates("signed")]
    return any(days is not None and days <= 1 for days in apart)
