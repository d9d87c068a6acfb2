"""The day of publication as far as it is known, and the calendar from there.

Comes in: an ISO 8601 date at any precision, or None. Goes out: ISO 8601 dates and intervals, or
None where too little is known or the calendar ends. It reads no text.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["Clock"]


@dataclass(frozen=True, slots=True)
class Clock:
    """The day of publication as far as it is known, and calendar arithmetic from there."""

    published: str | None
    day: date | None
    year: int | None
    month: int | None
    future: bool
    southern: bool  # financial years run from July to June

    @classmethod
    def at(cls, published: str | None, direction: str, *, southern: bool) -> Clock:
        known = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", published or "")
        year = int(known[1]) if known else None
        month = int(known[2]) if known and known[2] else None
        day = None
        if known and year and month and known[3]:
            day = date(year, month, int(known[3]))
        return cls(known[0] if known else None, day, year, month, direction == "future", southern)

    def since(self, value: str | None) -> str | None:
        if value is None or self.published is None:
            return None
        begin = value.split("/")[0]
        shorter = min(len(begin), len(self.published))
        return f"{begin}/{self.published}" if begin[:shorter] <= self.published[:shorter] else None

    def shifted(self, days: int) -> str | None:
        return self._safe(self.day, days) if self.day else None

    @staticmethod
    def _safe(day: date, days: int) -> str | None:
        ordinal = day.toordinal() + days
        if not 1 <= ordinal <= date.max.toordinal():
            return None
        return date.fromordinal(ordinal).isoformat()

    def months_away(self, months: int) -> str | None:
        """The month so many months from publication, "2019-04"."""
        if self.year is None or self.month is None:
            return None
        count = self.year * 12 + self.month - 1 + months
        return f"{count // 12:04d}-{count % 12 + 1:02d}" if 12 <= count < 119988 else None

    def away(self, number: int, unit: str) -> str | None:
        """The day so many units away; a 31st becomes the last day of a shorter month."""
        if self.day is None:
            return None
        if unit in ("day", "week"):
            return self.shifted(number * (7 if unit == "week" else 1))
        month = self.months_away(number * {"month": 1, "year": 12, "decade": 120}[unit])
        if month is None:
            return None
        last = monthrange(int(month[:4]), int(month[5:]))[1]
        return f"{month}-{min(self.day.day, last):02d}"

    def year_of(self, month: int, day: int | None) -> int | None:
        """The year of a month named without one: the latest past one, unless that is long ago."""
        if self.year is None:
            return None
        if self.month is None:
            return self.year
        here = (self.month, self.day.day if self.day and day else 0)
        there = (month, day if day and self.day else 0)
        if self.future:
            return self.year if there >= here else self.year + 1
        if there <= here:
            return self.year
        months_ago = self.month + 12 - month
        return self.year if months_ago > 9 else self.year - 1  # "in June", written in May

    def week(self, weeks: int) -> str | None:
        if self.day is None:
            return None
        monday = self.day - timedelta(days=self.day.weekday())
        first, last = self._safe(monday, 7 * weeks), self._safe(monday, 7 * weeks + 6)
        return f"{first}/{last}" if first and last else None
