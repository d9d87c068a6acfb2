"""Dates as intervals, quantities as ranges."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.ledger.compare import (
    Relation,
    compare_dates,
    compare_quantities,
    days_apart,
    interval,
)
from pactwatch.model import Quantity

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 30))


def number(value: int | str, **more) -> Quantity:
    return Quantity(number=Decimal(value), **more)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2019-05-27", "2019-05-27", Relation.SAME),
        ("2019-05-27", "2019-05-28", Relation.EXCLUDES),
        ("2019-05", "2019-05-27", Relation.FITS),
        ("2019", "2019-05", Relation.FITS),
        ("2019-05", "2019-06-01", Relation.EXCLUDES),
        ("2019-05-27/2019-05-29", "2019-05-28", Relation.FITS),
        ("2019-05-27/2019-05-29", "2019-05-30", Relation.EXCLUDES),
        ("2019-02-31", "2019-05-30", Relation.FITS),
        ("Tuesday", "2019-05-30", Relation.FITS),
        (None, "2019-05-30", Relation.FITS),
    ],
)
def test_dates_exclude_each_other_only_where_their_days_do(one, other, expected):
    assert compare_dates(one, other) is expected


@given(DAYS, st.integers(min_value=0, max_value=4000))
def test_days_apart_counts_days_both_ways(day: date, gap: int):
    later = (day + timedelta(days=gap)).isoformat() if day.year < 2089 else day.isoformat()
    expected = gap if day.year < 2089 else 0
    assert days_apart(day.isoformat(), later) == expected
    assert days_apart(later, day.isoformat()) == expected


@given(DAYS)
def test_a_day_lies_in_its_month_and_year(day: date):
    iso = day.isoformat()
    for value in (iso[:4], iso[:7], iso):
        bounds = interval(value)
        assert bounds is not None
        assert bounds[0] <= day < bounds[1]
        assert compare_dates(value, iso) in {Relation.FITS, Relation.SAME}


@pytest.mark.parametrize(
    ("one", "one_words", "other", "other_words", "expected"),
    [
        (number(6000), "6,000", number(15000), "15,000", Relation.EXCLUDES),
        (
            number(24, approximate=True),
            "dozens",
            number(89, maximum=Decimal(89)),
            "up to 89",
            Relation.FITS,
        ),
        (
            number(24, minimum=Decimal(24), maximum=Decimal(100)),
            "between dozens and 100",
            number(89, maximum=Decimal(89)),
            "up to 89",
            Relation.FITS,
        ),
        (number(60, approximate=True), "about 60", number(63), "63", Relation.FITS),
        (number(60, approximate=True), "about 60", number(90), "90", Relation.EXCLUDES),
        (
            number(1, unit="percent", minimum=Decimal(1)),
            "over 1%",
            number(3, unit="percent"),
            "3%",
            Relation.FITS,
        ),
        (number(3, unit="percent"), "3%", number(5000), "5,000", Relation.FITS),
        (number(3, unit="year"), "three years", number(9, unit="boat"), "nine", Relation.FITS),
        (
            number(40, currency="USD"),
            "$40",
            number(40_000_000, currency="USD"),
            "$40 million",
            Relation.SLIP,
        ),
        (
            number(40, currency="USD"),
            "$40",
            number(40_000_000, currency="EUR"),
            "€40 million",
            Relation.FITS,
        ),
        (number(40), "40", number(40_000), "40,000", Relation.EXCLUDES),
        (number(40, suspect=True), "40", number(40_000), "40,000", Relation.SLIP),
        (Quantity(), "full cost", number(3), "3", Relation.FITS),
    ],
)
def test_quantities_compare_as_ranges(one, one_words, other, other_words, expected):
    assert compare_quantities(one, other, one_words, other_words) is expected
    assert compare_quantities(other, one, other_words, one_words) is expected


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from(["USD", None]))
def test_a_quantity_is_the_same_as_itself(value: Decimal, currency: str | None):
    one = Quantity(number=value, currency=currency)
    assert compare_quantities(one, one) is Relation.SAME
