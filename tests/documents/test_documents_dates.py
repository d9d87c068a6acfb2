"""Publication dates from addresses, names and text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.documents.dates import date_in_address, date_in_name, date_in_text, parse_date

PROSE = "The two ministers signed a memorandum on border police in the capital on Monday."


@given(st.dates(date(1990, 1, 1), date(2059, 12, 31)))
def test_a_date_is_read_back_from_every_way_of_writing_it(day: date) -> None:
    wanted = day.isoformat()
    for words in (
        wanted,
        f"{day:%A}, {day.day} {day:%B} {day.year}",
        f"{day:%a} {day.day}th {day:%b} {day.year}",
        f"{day:%B} {day.day}, {day.year}",
    ):
        assert parse_date(words) == wanted
        assert date_in_text(f"Ministry of Aid\n\n{words}\n\n{PROSE}") == wanted
    assert date_in_address(f"https://a.example/{day:%Y/%m/%d}/deal") == wanted
    assert date_in_name(f"{wanted}-ministry-211.txt") == wanted


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://a.example/news/2019-05-31/deal-signed", "2019-05-31"),
        ("https://a.example/world/2019/may/31/deal", "2019-05-31"),
        ("https://a.example/2019/05/deal", "2019-05"),
        ("https://a.example/a/20190531.html", "2019-05-31"),
        ("https://a.example/budget-2019-20", None),
        ("https://a.example/2019/13/45/x", None),
        ("https://a2019.example/news", None),
    ],
)
def test_dates_in_addresses(address: str, found: str | None) -> None:
    assert date_in_address(address) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Published 4 May 2017", "2017-05-04"),
        ("Wed, 11th November 2009", "2009-11-11"),
        ("Tuesday, 17 April 2007", "2007-04-17"),
        ("MINISTER FOR AID   16 October 2001", "2001-10-16"),
        ("Canberra, 13 February 2002", "2002-02-13"),
        ("CITY, March 14, 2018 (Sample Wire) – Two ministers met on Monday.", "2018-03-14"),
        ("17/08/2007", "2007-08-17"),
        ("08/17/2007", "2007-08-17"),
        ("04/05/2017", None),
        ("WASHINGTON, March 14 (Sample Wire) – Two ministers met.", None),
        ("Last update: 7 March 2012 at 09:40", None),
        ("21/09/2007 http://a.example/print.htm", None),
        ("The accord that both sides signed on 4 May 2017 has been in force for a year.", None),
        ("On 4 May 2017", None),
        ("May 2019", "2019-05"),
    ],
)  # fmt: skip
def test_dates_in_lines(line: str, found: str | None) -> None:
    assert date_in_text(f"A headline here\n\n{line}\n\n{PROSE}") == found


def test_the_foot_is_read_when_the_head_has_no_date() -> None:
    body = "\n\n".join([PROSE] * 20)
    assert date_in_text(f"{body}\n\n1 September 2001\n\nMedia contact: Jane Doe") == "2001-09-01"
    assert date_in_text(f"{body}\n\n1 September 2001\n\n{body}") is None
