from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.report.words import clean, count, date_bounds, date_words, one_line, shorten


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2019-05-27", "27 May 2019"),
        ("2019-05", "May 2019"),
        ("2019", "2019"),
        ("2019-05-27/2019-05-29", "27 to 29 May 2019"),
        ("2019-05-27/2019-06-02", "27 May to 2 June 2019"),
        ("2018-12-30/2019-01-02", "30 December 2018 to 2 January 2019"),
        ("2019-05/2019-06", "May to June 2019"),
        ("2019-05-27/2019-05-27", "27 May 2019"),
        ("the spring", "the spring"),
        (None, ""),
    ],
)
def test_dates_are_told_at_the_precision_they_have(value: str | None, words: str) -> None:
    assert date_words(value) == words


def test_a_month_has_bounds_and_no_day() -> None:
    assert date_bounds("2020-02") == (date(2020, 2, 1), date(2020, 2, 29))
    assert date_bounds("2019-02-30") is None
    assert date_bounds("2020/2019") is None


@given(st.text())
def test_clean_text_drives_no_terminal_and_loses_no_letter(text: str) -> None:
    cleaned = clean(text)
    assert not any(c < " " and c not in "\n\t" for c in cleaned)
    assert not set(cleaned) & set("\x1b\x7f\x9b\u202a\u202e\u2066\u2069\u200f\u061c")
    assert [c for c in text if c.isalnum()] == [c for c in cleaned if c.isalnum()]
    cleaned.encode()
    assert clean(cleaned) == cleaned


@given(st.text(), st.integers(4, 40))
def test_shortened_text_fits_and_says_that_it_is_cut(text: str, width: int) -> None:
    short = shorten(text, width)
    assert len(short) <= width
    assert short == one_line(text) or short.endswith("…")


def test_counts_have_the_right_number() -> None:
    assert (count(1, "account"), count(2, "country"), count(1200, "agreement")) == (
        "1 account",
        "2 countries",
        "1,200 agreements",
    )
