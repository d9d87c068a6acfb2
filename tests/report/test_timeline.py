from __future__ import annotations

from datetime import date, timedelta
from types import ModuleType

from hypothesis import given
from hypothesis import strategies as st

from pactwatch.report.timeline import Row, Step, lay_scale, place, timeline

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def _row(record: object, days: list[date]) -> Row:
    steps = tuple(Step(stage="done", first=d, last=d, told=False, words="") for d in sorted(days))
    return Row(record=record, steps=steps)  # type: ignore[arg-type]


@given(st.lists(DAYS, min_size=1, max_size=12))
def test_the_scale_keeps_the_order_of_days_and_stays_in_the_picture(days: list[date]) -> None:
    scale = lay_scale([_row(None, days)])
    places = [place(scale, day, day) for day in sorted(days)]
    assert places == sorted(places, key=lambda p: p[0])
    assert all(0 <= left <= 100 and width >= 0 and left + width <= 100.05 for left, width in places)


@given(DAYS)
def test_a_month_is_wider_than_its_days(day: date) -> None:
    scale = lay_scale([_row(None, [day])])
    first = day.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    assert place(scale, first, last)[1] > place(scale, day, day)[1]


def test_promise_and_delivery_stand_in_one_row(made_up: ModuleType) -> None:
    rows = timeline(made_up.ledger(made_up.documents()).records)
    promised = next(row for row in rows if row.record.number == "measure-1")
    assert [(s.stage, s.told, s.words) for s in promised.steps] == [
        ("promised", True, "told 29 May 2019"),
        ("done", False, "August 2019"),
    ]


def test_what_has_no_date_is_not_placed(made_up: ModuleType) -> None:
    rows = timeline(made_up.ledger(made_up.documents()).records)
    assert "meeting-1" not in {row.record.number for row in rows}
    assert lay_scale([]).edges == ()
