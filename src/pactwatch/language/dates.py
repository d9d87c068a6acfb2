"""Dates and periods in the language of news, resolved against the day of publication.

Comes in: a text and when it was published. Goes out: spans with an ISO 8601 date or interval at the
precision of the words, or without a value where the words can't be resolved. It knows the calendar
only: which event a date belongs to, and whether that lies ahead, is for the caller to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pactwatch.language.clock import Clock
from pactwatch.language.date_grammar import (
    COUNTED,
    DATE,
    HOLIDAY,
    MONTH_BEFORE,
    MONTHS,
    NO_YEAR_BEFORE,
    NUMBERS,
    PREFIX,
    TWO_ENDS,
    WEEKDAYS,
    YEAR_BEFORE,
)
from pactwatch.language.scan import fold

__all__ = ["DateMention", "find_dates"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date or period in a text.

    Attributes:
        start, end: The words a reader would quote: with "since", "over the" and "by the end of",
            without "in" and "on".
        value: "2019-05-28", "2019-05", "2019", or an interval "2019-05-27/2019-05-29"; None where
            the words need a day of publication that is not known, or say too little.
    """

    start: int
    end: int
    value: str | None


def find_dates(
    text: str, *, published: str | None, direction: Literal["past", "future"] = "past"
) -> list[DateMention]:
    """Find all dates and periods, sorted and disjoint.

    Args:
        published: ISO 8601 at any precision, or None if not known.
        direction: Where a weekday, a month or a day without a year lies that could be either: at or
            before the day of publication, or at or after it.
    """
    folded = fold(text)
    plain = folded.text
    clock = Clock.at(published, direction, southern="Australia" in plain or "Zealand" in plain)
    found: list[DateMention] = []
    reached = 0
    for match in DATE.finditer(plain):
        kind = match.lastgroup if match.lastgroup in _RESOLVERS else _kind(match)
        start, end = match.span()
        before = plain[max(0, start - 28) : start]
        if not _is_date(plain, match, kind, before):
            continue
        value = _RESOLVERS[kind](match, clock)
        prefix = PREFIX.search(before)
        if prefix and (not prefix["between"] or TWO_ENDS.search(match[0])):
            start = max(reached, start - (len(before) - prefix.start()))
            if prefix["since"]:
                value = clock.since(value)
        elif plain.startswith(("the ", "The ", "these "), start):
            start = plain.index(" ", start) + 1
        reached = end
        first, last = folded.origin(start, end)
        found.append(DateMention(start=first, end=last, value=value))
    return found


def _kind(match: re.Match[str]) -> str:
    return next(kind for kind in _RESOLVERS if match[kind] is not None)


def _is_date(text: str, match: re.Match[str], kind: str, before: str) -> bool:
    """Refuse the verbs "may" and "march", names ("June Carter"), counts and numbers of things."""
    after = text[match.end() : match.end() + 14]
    if kind == "m":
        if match["m_q"] or MONTH_BEFORE.search(before):
            return not (match["m_m"] == "March" and after.startswith((" on ", " for Our")))
        if match["m_m"] in ("May", "March", "MAY", "MARCH"):
            return False
        return not re.match(r" [A-Z][a-z]|'s [A-Z]", after)
    if kind == "y":
        if NO_YEAR_BEFORE.search(before):
            return False
        return not (COUNTED.match(after) and not YEAR_BEFORE.search(before))
    if kind == "yy":
        first, second = int(match["yy_y1"]), int(match["yy_y2"])
        if " and " in match[0] and not before.lower().endswith("between "):
            return True
        return (first % 100 < second <= 99 or second % 100 == 0) if second < 100 else first < second
    if kind == "wd":
        return not HOLIDAY.search(before)
    if kind in ("md", "dm", "ddm", "mdd"):
        month = (match[f"{kind}_m"] or "").lower()
        return not (month == "mar." and kind == "dm")
    if kind == "quarter":
        return "quarter" in match[0] or match["q_n"].startswith("Q")
    return True


def _month(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1


def _day(year: int | str | None, month: int, day: str) -> str | None:
    """An ISO day, or None where the calendar has no such day or the year is not known."""
    if year is None:
        return None
    number = int(re.sub(r"\D", "", day))
    try:
        return date(int(year), month, number).isoformat()
    except ValueError:
        return None


def _interval(first: str | None, last: str | None) -> str | None:
    return f"{first}/{last}" if first and last and first <= last else None


def _days(match: re.Match[str], clock: Clock, kind: str) -> str | None:
    month, day = _month(match[f"{kind}_m"]), match[f"{kind}_d"]
    year = match[f"{kind}_y"] or clock.year_of(month, int(re.sub(r"\D", "", day)))
    return _day(year, month, day)


def _days_of_month(match: re.Match[str], clock: Clock, kind: str) -> str | None:
    month, first, last = _month(match[f"{kind}_m"]), match[f"{kind}_d1"], match[f"{kind}_d2"]
    year = match[f"{kind}_y"] or clock.year_of(month, int(re.sub(r"\D", "", last)))
    return _interval(_day(year, month, first), _day(year, month, last))


def _days_of_months(match: re.Match[str], clock: Clock, kind: str) -> str | None:
    first, last = _month(match[f"{kind}_m1"]), _month(match[f"{kind}_m2"])
    end = match[f"{kind}_y"] or clock.year_of(last, int(re.sub(r"\D", "", match[f"{kind}_d2"])))
    begin = match[f"{kind}_y1"] or (int(end) - (first > last) if end else None)
    return _interval(_day(begin, first, match[f"{kind}_d1"]), _day(end, last, match[f"{kind}_d2"]))


def _slashed(match: re.Match[str], clock: Clock) -> str | None:
    """Day and month by slashes, where only one order is possible."""
    first, second = int(match["sl_a"]), int(match["sl_b"])
    if first > 12 or first == second:
        return _day(match["sl_y"], second, match["sl_a"]) if 1 <= second <= 12 else None
    if second > 12:
        return _day(match["sl_y"], first, match["sl_b"]) if first >= 1 else None
    return None


def _months(match: re.Match[str], clock: Clock) -> str | None:
    first, last = _month(match["mm_m1"]), _month(match["mm_m2"])
    end = match["mm_y2"] or clock.year_of(last, None)
    begin = match["mm_y1"] or (int(end) - (first > last) if end else None)
    return f"{begin}-{first:02d}/{end}-{last:02d}" if begin and end else None


def _single_month(match: re.Match[str], clock: Clock) -> str | None:
    month, word = _month(match["m_m"]), (match["m_q"] or "").lower()
    year = clock.year_of(month, None)
    if word == "last" and clock.year and clock.month:
        year = clock.year - (month >= clock.month)
    elif word == "next" and clock.year and clock.month:
        year = clock.year + (month <= clock.month)
    elif word == "this" and clock.year:
        year = clock.year
    return f"{year:04d}-{month:02d}" if year else None


def _years(match: re.Match[str], clock: Clock) -> str | None:
    first, second = match["yy_y1"], match["yy_y2"]
    last = first[:2] + second if len(second) == 2 else second
    if second == "00":
        last = f"{int(first) + 1}"
    if len(second) == 2 and clock.southern and int(last) == int(first) + 1:
        return f"{first}-07/{last}-06"
    return _interval(first, last)


def _fiscal(match: re.Match[str], clock: Clock) -> str | None:
    year = match["fy_y"] or match["fy_s"]
    year = year if len(year) == 4 else f"20{year}"
    if match["fy_y2"]:
        second = match["fy_y2"]
        last = year[:2] + second if len(second) == 2 else second
        return f"{year}-07/{last}-06" if int(last) == int(year) + 1 else _interval(year, last)
    return year


def _quarter(match: re.Match[str], clock: Clock) -> str | None:
    words = ("first", "second", "third", "fourth")
    name = match["q_n"]
    number = words.index(name) if name in words else int(name[1]) - 1
    return f"{match['q_y']}-{number * 3 + 1:02d}/{match['q_y']}-{number * 3 + 3:02d}"


def _half(match: re.Match[str], clock: Clock) -> str | None:
    months = ("01", "06") if match["h_n"] == "first" else ("07", "12")
    return f"{match['h_y']}-{months[0]}/{match['h_y']}-{months[1]}"


def _now(match: re.Match[str], clock: Clock) -> str | None:
    word = match["now_w"].lower()
    if word in ("yesterday", "last night"):
        return clock.shifted(-1)
    if word == "tomorrow":
        return clock.shifted(1)
    return clock.published


def _weekday(match: re.Match[str], clock: Clock) -> str | None:
    """The latest such day at or before publication; "last Tuesday" is before it, "next" after."""
    if clock.day is None:
        return None
    word = (match["wd_q"] or "").lower()
    back = (clock.day.weekday() - WEEKDAYS.index(match["wd_w"][:3].lower())) % 7
    if word in ("next", "this coming") or (clock.future and not word):
        ahead = (7 - back) % 7
        return clock.shifted(ahead or (7 if word else 0))
    if word == "this":
        return clock.shifted(-back if back <= clock.day.weekday() else 7 - back)
    return clock.shifted(-(back or 7) if word in ("last", "this past", "earlier") else -back)


def _number_of(words: str) -> int | None:
    return int(words) if words.isdigit() else NUMBERS.get(words.lower())


def _ago(match: re.Match[str], clock: Clock) -> str | None:
    number, unit = _number_of(match["ago_n"]), match["ago_u"]
    if number is None or unit == "decade":
        return None
    if unit == "year":
        return f"{clock.year - number:04d}" if clock.year and clock.year > number else None
    return clock.months_away(-number) if unit == "month" else clock.away(-number, unit)


def _stretch(number: int | None, unit: str, clock: Clock, *, ahead: bool) -> str | None:
    if number is None or clock.day is None:
        return None
    if not ahead:
        return _interval(clock.away(-number, unit), clock.published)
    if unit in ("day", "week"):
        return _interval(clock.published, clock.away(number, unit))
    end = clock.away(number, unit)
    return _interval(clock.day.isoformat()[:7], end[:7] if end else None)


def _span(match: re.Match[str], clock: Clock) -> str | None:
    ahead = match["sp_q"].lower() in ("next", "coming", "following")
    return _stretch(_number_of(match["sp_n"]), match["sp_u"], clock, ahead=ahead)


def _unit(match: re.Match[str], clock: Clock) -> str | None:
    """A calendar week, month, year or decade: "last month", "later this year"."""
    word, unit = match["un_q"].lower(), match["un_u"]
    if word in ("the past", "past"):
        return _stretch(1, unit, clock, ahead=False) if unit != "weekend" else None
    step = {"last": -1, "next": 1}.get(word, 0)
    if unit == "week":
        return clock.week(step)
    if unit == "weekend":
        week = clock.week(step - 1 if step < 0 and clock.day and clock.day.weekday() == 6 else step)
        if week is None:
            return None
        sunday = date.fromisoformat(week.split("/")[1])
        return f"{(sunday - timedelta(days=1)).isoformat()}/{sunday.isoformat()}"
    if unit == "month":
        return clock.months_away(step)
    if clock.year is None:
        return None
    if unit == "decade":
        first = clock.year // 10 * 10 + 10 * step
        return f"{first:04d}/{first + 9:04d}"
    return f"{clock.year + step:04d}"


_Resolver = Callable[[re.Match[str], Clock], str | None]
_RESOLVERS: dict[str, _Resolver] = {
    "iso": lambda m, c: (
        _day(m["iso_y"], int(m["iso_m"]), m["iso_d"]) if "01" <= m["iso_m"] <= "12" else None
    ),
    "slash": _slashed,
    "dmdm": lambda m, c: _days_of_months(m, c, "dmdm"),
    "ddm": lambda m, c: _days_of_month(m, c, "ddm"),
    "dm": lambda m, c: _days(m, c, "dm"),
    "mdmd": lambda m, c: _days_of_months(m, c, "mdmd"),
    "mdd": lambda m, c: _days_of_month(m, c, "mdd"),
    "md": lambda m, c: _days(m, c, "md"),
    "mm": _months,
    "my": lambda m, c: f"{m['my_y']}-{_month(m['my_m']):02d}",
    "fy": _fiscal,
    "yy": _years,
    "quarter": _quarter,
    "half": _half,
    "decade": lambda m, c: f"{m['dec_y']}/{int(m['dec_y']) + 9}",
    "season": lambda m, c: m["sea_y"],
    "y": lambda m, c: m["y_y"],
    "now": _now,
    "wd": _weekday,
    "ago": _ago,
    "span": _span,
    "one": lambda m, c: _stretch(1, m["one_u"], c, ahead=m["one_q"] in ("next", "coming")),
    "within": lambda m, c: _stretch(_number_of(m["wi_n"]), m["wi_u"], c, ahead=True),
    "unit": _unit,
    "m": _single_month,
}
