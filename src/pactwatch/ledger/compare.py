"""Values compared by type: what is the same, what fits together, what can't all be true.

Comes in: two normalised values. Goes out: a `Relation`. Dates are intervals at the precision of
their words, quantities ranges with currency and unit. It never converts a currency, a unit or a
calendar.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from functools import lru_cache

from pactwatch.model import Quantity

__all__ = [
    "Relation",
    "begin_apart",
    "compare_dates",
    "compare_quantities",
    "days_apart",
    "interval",
    "is_lost",
    "quantity_key",
]


class Relation(Enum):
    """How two values of one field stand to each other.

    SAME: equal. FITS: both can be true (one is less exact, or they can't be compared).
    EXCLUDES: not both. SLIP: one is evidently the other with its scale lost.
    """

    SAME = "same"
    FITS = "fits"
    EXCLUDES = "excludes"
    SLIP = "slip"


_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_SCALES = (Decimal(1000), Decimal(1_000_000), Decimal(1_000_000_000))
# "about 60" may be anything from 54 to 66; "dozens" anything up to ten times its least.
_ABOUT = Decimal("0.1")
_VAGUE_SPREAD = 10
_TELLING = 2  # digits that two sums rarely have in common by chance


@lru_cache(maxsize=65536)
def interval(value: object) -> tuple[date, date] | None:
    """First day, and the day after the last, of an ISO 8601 date ("2019-05") or interval ("A/B").

    An open interval ("2013/..") ends with the calendar. None where the value is no such date.
    """
    if not isinstance(value, str):
        return None
    first, _, last = value.partition("/")
    last = "9998" if last == ".." else last or first
    bounds = [_ISO.fullmatch(part) for part in (first, last)]
    if bounds[0] is None or bounds[1] is None:
        return None
    try:
        start = date(int(bounds[0][1]), int(bounds[0][2] or 1), int(bounds[0][3] or 1))
        year, month, day = (int(part) if part else None for part in bounds[1].groups())
        assert year is not None
        if day and month:
            end = date(year, month, day) + timedelta(days=1)
        elif month:
            end = date(year + month // 12, month % 12 + 1, 1)
        else:
            end = date(year + 1, 1, 1)
    except (ValueError, OverflowError):  # "2019-02-31": words that give no day at all
        return None
    return (start, end) if start < end else None


def days_apart(one: object, other: object) -> int | None:
    """Days between two dates, 0 where they overlap, None where either is no date."""
    a, b = interval(one), interval(other)
    if a is None or b is None:
        return None
    return max(0, (b[0] - a[1]).days + 1, (a[0] - b[1]).days + 1)


def compare_dates(one: object, other: object) -> Relation:
    """May 2019 and 27 May 2019 fit; 27 May and 28 May exclude each other."""
    if one == other:
        return Relation.SAME
    return Relation.EXCLUDES if days_apart(one, other) else Relation.FITS


def begin_apart(one: object, other: object) -> bool:
    """Whether two stretches of time ("since 2013", "between 2017 and 2018") begin on other days."""
    if not (isinstance(one, str) and isinstance(other, str) and "/" in one and "/" in other):
        return False
    return bool(days_apart(one.partition("/")[0], other.partition("/")[0]))


def quantity_key(quantity: Quantity) -> tuple[str, ...]:
    """What makes two quantities the same value, as strings that can be hashed and sorted."""
    parts = (quantity.number, quantity.minimum, quantity.maximum)
    return (
        *("" if part is None else format(part.normalize(), "f") for part in parts),
        quantity.currency or "",
        quantity.unit or "",
        quantity.per or "",
        "about" if quantity.approximate else "",
        "suspect" if quantity.suspect else "",
    )


def is_lost(value: object) -> bool:
    """Whether a quantity is only announced: "approximately agents", the number lost."""
    if not isinstance(value, Quantity) or not value.suspect:
        return False
    return (value.number, value.minimum, value.maximum) == (None, None, None)


def _bounds(quantity: Quantity, words: str) -> tuple[Decimal, Decimal | None] | None:
    if quantity.minimum is not None or quantity.maximum is not None:
        low = quantity.minimum if quantity.minimum is not None else Decimal(0)
        return low, quantity.maximum
    if quantity.number is None:
        return None
    if not quantity.approximate:
        return quantity.number, quantity.number
    if not any(c.isdigit() for c in words) and re.search(r"(?:ens|reds|ands|ions)\b", words):
        return quantity.number, quantity.number * _VAGUE_SPREAD
    margin = abs(quantity.number) * _ABOUT
    return quantity.number - margin, quantity.number + margin


def _rounded(rough: Quantity, exact: Quantity) -> bool:
    """Whether the one is the other with fewer digits: 1.2 billion of 1.23 billion.

    A number of one digit is no rounding by itself: 40 million is another sum than 42 million.
    """
    if not rough.number or not exact.number or rough.unit == "percent":
        return False
    digits = len(_digits(rough.number))
    if digits < 2 or digits >= len(_digits(exact.number)):
        return False
    step = Decimal(1).scaleb(exact.number.adjusted() - digits + 1)
    return (exact.number / step).to_integral_value(ROUND_HALF_UP) * step == rough.number


def _digits(number: Decimal) -> str:
    return "".join(map(str, number.as_tuple().digits)).rstrip("0")


def compare_quantities(
    one: Quantity, other: Quantity, one_words: str = "", other_words: str = ""
) -> Relation:
    """Compare two quantities as ranges.

    Quantities of different currency, unit or period can't be compared, and so fit. A sum that is
    the other divided by a thousand, a million or a billion is a slip where it looks garbled
    (`suspect`), or is money that stands without a scale ("$40") or has two digits at least:
    60 billion and 60 million are two sums.
    """
    if quantity_key(one) == quantity_key(other):
        return Relation.SAME
    if (one.currency or other.currency) and one.currency != other.currency:
        return Relation.FITS
    if one.unit != other.unit and (
        (one.unit and other.unit) or "percent" in (one.unit, other.unit)
    ):
        return Relation.FITS
    if (one.per or other.per) and one.per != other.per:
        return Relation.FITS
    if one.number and other.number and one.number != other.number:
        small, large = sorted((one, other), key=lambda q: q.number or 0)
        assert small.number is not None
        assert large.number is not None
        scaled = any(small.number * scale == large.number for scale in _SCALES)
        garbled = one.suspect or other.suspect
        telling = small.currency and (
            small.number < _SCALES[0] or len(_digits(small.number)) >= _TELLING
        )
        if (scaled and (telling or garbled)) or (
            garbled and _digits(small.number) == _digits(large.number)
        ):
            return Relation.SLIP
    if _rounded(one, other) or _rounded(other, one):
        return Relation.FITS
    a, b = _bounds(one, one_words), _bounds(other, other_words)
    if a is None or b is None:
        return Relation.FITS
    if a == b:
        return Relation.SAME
    apart = (a[1] is not None and a[1] < b[0]) or (b[1] is not None and b[1] < a[0])
    return Relation.EXCLUDES if apart else Relation.FITS
