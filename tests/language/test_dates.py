from __future__ import annotations

import itertools
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.language.dates import find_dates

DAY = "2019-05-31"  # a Friday

CASES = [
    ("on 27 May 2019", "27 May 2019", "2019-05-27"),
    ("on May 27, 2019", "May 27, 2019", "2019-05-27"),
    ("on Monday, 27 May 2019,", "Monday, 27 May 2019", "2019-05-27"),
    ("on May 27 they", "May 27", "2019-05-27"),
    ("on 30th March they", "30th March", "2019-03-30"),
    ("on December 3 they", "December 3", "2018-12-03"),
    ("in March 2016 they", "March 2016", "2016-03"),
    ("in 2016 they", "2016", "2016"),
    ("in June they", "June", "2019-06"),
    ("in September they", "September", "2018-09"),
    ("in fiscal year 2017 they", "fiscal year 2017", "2017"),
    ("in 2008-09 they", "2008-09", "2008/2009"),
    ("in financial year 2008-09 they", "financial year 2008-09", "2008-07/2009-06"),
    ("on 27-29 January 2002 they", "27-29 January 2002", "2002-01-27/2002-01-29"),
    ("15–16 June 2017", "15–16 June 2017", "2017-06-15/2017-06-16"),
    ("between June and August", "between June and August", "2018-06/2018-08"),
    ("from 2013 to 2016", "from 2013 to 2016", "2013/2016"),
    ("said today that", "today", "2019-05-31"),
    ("said yesterday that", "yesterday", "2019-05-30"),
    ("Tonight the talks", "Tonight", "2019-05-31"),
    ("said on Friday that", "Friday", "2019-05-31"),
    ("said on Tuesday that", "Tuesday", "2019-05-28"),
    ("said last Friday that", "last Friday", "2019-05-24"),
    ("said next Friday", "next Friday", "2019-06-07"),
    ("starts next week", "next week", "2019-06-03/2019-06-09"),
    ("began last month", "last month", "2019-04"),
    ("began earlier this year", "earlier this year", "2019"),
    ("ends by the end of August 2019", "by the end of August 2019", "2019-08"),
    ("in the past five years", "past five years", "2014-05-31/2019-05-31"),
    ("over the next four years", "over the next four years", "2019-05/2023-05"),
    ("over the past week", "over the past week", "2019-05-24/2019-05-31"),
    ("since September 2001", "since September 2001", "2001-09/2019-05-31"),
    ("within 90 days", "within 90 days", "2019-05-31/2019-08-29"),
    ("two years ago", "two years ago", "2017"),
    ("in the 1990s", "1990s", "1990/1999"),
    ("on 31/12/2018", "31/12/2018", "2018-12-31"),
    ("on 2018-12-31", "2018-12-31", "2018-12-31"),
    ("in the first quarter of 2019", "first quarter of 2019", "2019-01/2019-03"),
]

NONE = [
    "they may go", "May they go", "march on the city", "the Sun", "sent 2000 people home",
    "Resolution 1973 says", "Migration Act 1958", "Good Friday talks", "Thursday Island",
    "June Carter sang", "for $2019", "on 31 streets",
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "value"), CASES, ids=[case[0] for case in CASES])
def test_dates_resolve_against_publication(text, words, value):
    (mention,) = find_dates(text, published=DAY)
    assert text[mention.start : mention.end] == words
    assert mention.value == value


@pytest.mark.parametrize("text", NONE)
def test_words_that_are_no_dates(text):
    assert find_dates(text, published=DAY) == []


def test_without_publication_the_span_stands_without_a_value():
    found = find_dates("today, on Tuesday, since 2001 and in May 2019", published=None)
    assert [m.value for m in found] == [None, None, None, "2019-05"]


def test_precision_of_publication_bounds_what_is_resolved():
    found = find_dates("today, on Tuesday, this month", published="2019-05")
    assert [m.value for m in found] == ["2019-05", None, "2019-05"]


def test_days_that_no_calendar_has_have_no_value():
    assert [m.value for m in find_dates("on 31 February 2019", published=DAY)] == [None]


def test_an_interval_of_a_southern_financial_year():
    (mention,) = find_dates("Australia paid in 2008-09", published=DAY)[-1:]
    assert mention.value == "2008-07/2009-06"


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 6), st.booleans())
def test_a_weekday_is_the_nearest_such_day(day, weekday, ahead):
    names = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
    (mention,) = find_dates(
        f"on {names[weekday]} they met",
        published=day.isoformat(),
        direction="future" if ahead else "past",
    )
    resolved = date.fromisoformat(mention.value or "")
    distance = (resolved - day) if ahead else (day - resolved)
    assert timedelta(0) <= distance < timedelta(7)
    assert resolved.weekday() == weekday


ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?")


@given(
    st.lists(st.sampled_from(
        ["27", "31", "May", "February", "2019", "2004-05", "-", "to", "and", "between", "since",
         "last", "next", "the", "past", "five", "years", "Tuesday", "today", "by the end of", "\n",
         "month", "  ", "ago", "over", "of", "week", "FY17", "(", "’s"]), max_size=20),
    st.dates(date(1000, 1, 1), date(9990, 1, 1)),
)  # fmt: skip
def test_date_spans_are_sorted_disjoint_and_values_parse(parts, day):
    text = " ".join(parts)
    mentions = find_dates(text, published=day.isoformat())
    assert all(text[m.start : m.end].strip() == text[m.start : m.end] != "" for m in mentions)
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))
    for mention in mentions:
        if mention.value is not None:
            assert ISO.fullmatch(mention.value)
            for end in mention.value.split("/"):
                date.fromisoformat((end + "-01-01")[:10])
