"""Dates and periods in the language of news, resolved against the day of publication.

Comes in: a text and when it was published. Goes out: spans with an ISO 8601 date or interval at the
precision of the words, or without a value where the words can't be resolved. It knows the calendar
only: which event a date belongs to, and whether that lies ahead, is for the caller to say.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

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


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "eighteen": 18,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
}  # fmt: skip

_FULL = (
    r"January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
)
_MON = rf"(?:{_FULL}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.?)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[89]|20)\d\d(?![\d%]|[,.:/]\d)"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SHORT_DAY = rf"(?:{_WEEKDAY}|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)"
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(_NUMBERS)})"
_UNIT = r"day|week|month|year|decade"
_TO = r"(?:[ ]?[-–—][ ]?|[ ]to[ ]|[ ]and[ ]|[ ]through[ ]|[ ]until[ ])"

_START = (
    r"[0-9A-Z]|to[dnm]|yest|last|this|next|late|earl|mid|the |these|over|duri|with|for |past|prev"
    r"|comi|foll|abou|almo|near|more|some|seve|an? |few|coup|one|two|thre|four|five|six|seve|eigh"
    r"|nine|ten|elev|twel|thir|fift|twen|fort|sixt|nine|firs|seco|spri|summ|autu|fall|wint|end|begi"
    r"|star|midd|fisc|fina"
)
_DATE = re.compile(
    rf"""(?<![\w$€£/.@#-])(?={_START.replace(" ", "[ ]")})(?:
    (?P<iso>(?P<iso_y>\d{{4}})-(?P<iso_m>\d\d)-(?P<iso_d>\d\d)(?!\d))
    |(?P<slash>(?P<sl_a>\d{{1,2}})/(?P<sl_b>\d{{1,2}})/(?P<sl_y>\d{{4}})(?!\d))
    |(?P<dmdm>(?P<dmdm_d1>{_DAY})[ ](?:of[ ])?(?P<dmdm_m1>{_MON})(?:,?[ ](?P<dmdm_y1>{_YEAR}))?
        {_TO}(?P<dmdm_d2>{_DAY})[ ](?:of[ ])?(?P<dmdm_m2>{_MON})(?:,?[ ](?P<dmdm_y>{_YEAR}))?)
    |(?P<ddm>(?P<ddm_d1>{_DAY}){_TO}(?P<ddm_d2>{_DAY})[ ](?:of[ ])?
        (?P<ddm_m>{_MON})(?:,?[ ](?P<ddm_y>{_YEAR}))?)
    |(?P<dm>(?:{_SHORT_DAY},?[ ](?:the[ ])?)?(?P<dm_d>{_DAY})(?:[ ](?:of[ ])?|-)(?P<dm_m>{_MON})
        (?:(?:,?[ ](?:of[ ])?|-)(?P<dm_y>{_YEAR}))?)(?!\w)
    |(?P<mdmd>(?P<mdmd_m1>{_MON})[ ](?P<mdmd_d1>{_DAY})(?:,[ ](?P<mdmd_y1>{_YEAR}))?
        {_TO}(?P<mdmd_m2>{_MON})[ ](?P<mdmd_d2>{_DAY})(?:,?[ ](?P<mdmd_y>{_YEAR}))?)
    |(?P<mdd>(?P<mdd_m>{_MON})[ ](?P<mdd_d1>{_DAY}){_TO}(?P<mdd_d2>{_DAY})(?!\w)
        (?![ ](?:{_FULL}|people|[a-z]+s)\b)(?:,?[ ](?P<mdd_y>{_YEAR}))?)
    |(?P<md>(?:{_SHORT_DAY},?[ ])?(?P<md_m>{_MON})[ ](?:the[ ])?(?P<md_d>{_DAY})
        (?![\w:]|[,.]\d|[ ]?%)(?:,?[ ](?P<md_y>{_YEAR}))?)
    |(?P<mm>(?P<mm_m1>{_MON})(?:[ ](?P<mm_y1>{_YEAR}))?{_TO}(?P<mm_m2>{_MON})
        (?:,?[ ](?P<mm_y2>{_YEAR}))?)(?!\w)
    |(?P<my>(?:(?:[Ee]arly|[Ll]ate|[Mm]id)[ -])?(?P<my_m>{_MON})(?:,?[ ](?:of[ ])?|-)
        (?P<my_y>{_YEAR}))
    |(?P<fy>(?:[Ff]iscal|[Ff]inancial)(?:[ ][Yy]ear)?[ ](?P<fy_y>{_YEAR})
        (?:[-–/](?P<fy_y2>\d\d(?:\d\d)?)(?!\d))?|FY[ ]?(?P<fy_s>\d\d(?:\d\d)?)(?!\d))
    |(?P<yy>(?P<yy_y1>(?:1[89]|20)\d\d)
        (?:[-–—/]|[ ]to[ ]|[ ]through[ ]|[ ]until[ ]|[ ][-–][ ]|[ ]and[ ])
        (?P<yy_y2>(?:(?:1[89]|20)\d\d|(?<=[-–/])\d\d))(?![\w/-]|[.,]\d))
    |(?P<quarter>(?:the[ ])?(?P<q_n>first|second|third|fourth|Q[1-4])
        (?:[ ]quarter(?:[ ]of)?)?[ ](?P<q_y>{_YEAR}))
    |(?P<half>(?:the[ ])?(?P<h_n>first|second)[ ]half[ ]of[ ](?P<h_y>{_YEAR}))
    |(?P<decade>(?:(?:early|late|mid)[ -])?(?P<dec_y>(?:1[89]|20)\d0)'?s)(?!\w)
    |(?P<season>(?:(?:early|late|last|next|this|the)[ ])*
        (?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?:[ ]of)?[ ](?P<sea_y>{_YEAR}))
    |(?P<y>(?:(?:[Ee]arly|[Ll]ate|[Mm]id)[ -](?:in[ ])?)?(?P<y_y>{_YEAR}))(?![\w-])
    |(?P<now>(?:(?:[Ll]ater|[Ee]arlier|[Ll]ate|[Ee]arly)[ ])?
        (?P<now_w>[Tt]oday|[Tt]onight|[Yy]esterday|[Tt]omorrow|[Ll]ast[ ]night
        |[Tt]his[ ](?:morning|afternoon|evening)))(?!\w)
    |(?P<wd>(?:(?P<wd_q>[Ll]ast|[Nn]ext|[Tt]his[ ]coming|[Tt]his[ ]past|[Tt]his|[Ee]arlier)[ ])?
        (?P<wd_w>{_WEEKDAY}))(?!\w|[ ]Island)
    |(?P<ago>(?:(?:[Aa]bout|[Aa]lmost|[Nn]early|[Mm]ore[ ]than|[Oo]ver|[Ss]ome)[ ])?
        (?P<ago_n>(?i:{_COUNT}|several|(?:a[ ])?few|(?:a[ ])?couple(?:[ ]of)?))[ ]
        (?P<ago_u>{_UNIT})s?[ ]ago)(?!\w)
    |(?P<span>(?:(?:[Oo]ver|[Dd]uring|[Ww]ithin|[Ff]or)[ ])?(?:(?:[Tt]he|[Tt]hese)[ ])?
        (?P<sp_q>[Pp]ast|[Ll]ast|[Pp]revious|[Nn]ext|[Cc]oming|[Ff]ollowing)[ ]
        (?P<sp_n>{_COUNT}|several|few|couple[ ]of)[ ](?:fiscal[ ]|financial[ ])?
        (?P<sp_u>{_UNIT})s?)(?!\w)
    |(?P<one>(?:[Oo]ver|[Dd]uring|[Ww]ithin)[ ][Tt]he[ ](?P<one_q>past|last|next|coming)[ ]
        (?P<one_u>{_UNIT}))(?!\w)
    |(?P<within>[Ww]ithin[ ](?P<wi_n>{_COUNT})[ ](?:working[ ]|business[ ])?
        (?P<wi_u>{_UNIT})s?)(?!\w)
    |(?P<unit>(?:(?:[Ee]arlier|[Ll]ater|[Ll]ate|[Ee]arly)[ ])?
        (?P<un_q>[Ll]ast|[Tt]his|[Nn]ext|[Tt]he[ ]past|[Pp]ast|(?:end|beginning|start)[ ]of[ ]the)
        [ ](?:fiscal[ ]|financial[ ]|calendar[ ])?
        (?P<un_u>week(?:end)?|month|year|decade))(?!\w|-)
    |(?P<m>(?:(?P<m_q>[Ll]ast|[Nn]ext|[Tt]his|[Ee]arlier[ ]in|[Ee]arly|[Ll]ate|[Mm]id)[ -])?
        (?P<m_m>{_FULL}))(?!\w)
    )""",
    re.VERBOSE,
)
_PREFIX = re.compile(
    r"\b(?:(?P<since>[Ss]ince(?: (?:just|early|late|mid|at least|the beginning of|the end of))?)"
    r"|(?:(?:[Bb]y|[Aa]t|[Bb]efore|[Uu]ntil|[Tt]owards?) )?(?:the )?(?:end|beginning|start|middle)"
    r" of|[Uu]ntil|(?P<between>[Bb]etween|[Ff]rom))[ -](?:the )?$"
)
_TWO_ENDS = re.compile(r" (?:and|to|until|through) ")
_MONTH_BEFORE = re.compile(
    r"\b(?:in|since|by|until|till|of|from|during|before|after|through|between|to|for|this|last|next"
    r"|early|late|mid|and|or|end|beginning)[ -]$",
    re.IGNORECASE,
)
_NO_YEAR_BEFORE = re.compile(
    r"(?:\b(?:[Rr]esolutions?|[Nn]os?\.?|[Nn]umber|[Ss]ection|[Hh]ighway|[Rr]oom|[Bb]ox|[Pp]age"
    r"|[Dd]ecree|[Aa]rticle|Act|Law|Bill|Regulations?|Rules|Code|visa|[Ss]ome|[Oo]ver|than|[Uu]p to"
    r"|[Aa]lmost|[Nn]early|[Ll]east|postcode|[Aa]pproximately|[A-Z]{2,3}|\d) )$"
)
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|by|until|from|during|of|the|after|before|for|and|to|between|through|this|that"
    r"|his|her|its|their) $",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r" (?:people|troops|personnel|men|women|children|agents|officers|soldiers|migrants|refugees"
    r"|places|dollars|euros|kilomet|miles|metres|tonnes|tons|boats|families|jobs|homes|visas)"
)
_HOLIDAY = re.compile(r"\b(?:Good|Black|Easter|Ash|Palm|Super|Bloody|Holy|Cyber) $")


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
    clock = _Clock.at(published, direction, southern="Australia" in plain or "Zealand" in plain)
    found: list[DateMention] = []
    reached = 0
    for match in _DATE.finditer(plain):
        kind = match.lastgroup if match.lastgroup in _RESOLVERS else _kind(match)
        start, end = match.span()
        before = plain[max(0, start - 28) : start]
        if not _is_date(plain, match, kind, before):
            continue
        value = _RESOLVERS[kind](match, clock)
        prefix = _PREFIX.search(before)
        if prefix and (not prefix["between"] or _TWO_ENDS.search(match[0])):
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
        if match["m_q"] or _MONTH_BEFORE.search(before):
            return not (match["m_m"] == "March" and after.startswith((" on ", " for Our")))
        if match["m_m"] in ("May", "March", "MAY", "MARCH"):
            return False
        return not re.match(r" [A-Z][a-z]|'s [A-Z]", after)
    if kind == "y":
        if _NO_YEAR_BEFORE.search(before):
            return False
        return not (_COUNTED.match(after) and not _YEAR_BEFORE.search(before))
    if kind == "yy":
        first, second = int(match["yy_y1"]), int(match["yy_y2"])
        if " and " in match[0] and not before.lower().endswith("between "):
            return True
        return (first % 100 < second <= 99 or second % 100 == 0) if second < 100 else first < second
    if kind == "wd":
        return not _HOLIDAY.search(before)
    if kind in ("md", "dm", "ddm", "mdd"):
        month = (match[f"{kind}_m"] or "").lower()
        return not (month == "mar." and kind == "dm")
    if kind == "quarter":
        return "quarter" in match[0] or match["q_n"].startswith("Q")
    return True


@dataclass(frozen=True, slots=True)
class _Clock:
    """The day of publication as far as it is known, and calendar arithmetic from there."""

    published: str | None
    day: date | None
    year: int | None
    month: int | None
    future: bool
    southern: bool  # financial years run from July to June

    @classmethod
    def at(cls, published: str | None, direction: str, *, southern: bool) -> _Clock:
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


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


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


def _days(match: re.Match[str], clock: _Clock, kind: str) -> str | None:
    month, day = _month(match[f"{kind}_m"]), match[f"{kind}_d"]
    year = match[f"{kind}_y"] or clock.year_of(month, int(re.sub(r"\D", "", day)))
    return _day(year, month, day)


def _days_of_month(match: re.Match[str], clock: _Clock, kind: str) -> str | None:
    month, first, last = _month(match[f"{kind}_m"]), match[f"{kind}_d1"], match[f"{kind}_d2"]
    year = match[f"{kind}_y"] or clock.year_of(month, int(re.sub(r"\D", "", last)))
    return _interval(_day(year, month, first), _day(year, month, last))


def _days_of_months(match: re.Match[str], clock: _Clock, kind: str) -> str | None:
    first, last = _month(match[f"{kind}_m1"]), _month(match[f"{kind}_m2"])
    end = match[f"{kind}_y"] or clock.year_of(last, int(re.sub(r"\D", "", match[f"{kind}_d2"])))
    begin = match[f"{kind}_y1"] or (int(end) - (first > last) if end else None)
    return _interval(_day(begin, first, match[f"{kind}_d1"]), _day(end, last, match[f"{kind}_d2"]))


def _slashed(match: re.Match[str], clock: _Clock) -> str | None:
    """Day and month by slashes, where only one order is possible."""
    first, second = int(match["sl_a"]), int(match["sl_b"])
    if first > 12 or first == second:
        return _day(match["sl_y"], second, match["sl_a"]) if 1 <= second <= 12 else None
    if second > 12:
        return _day(match["sl_y"], first, match["sl_b"]) if first >= 1 else None
    return None


def _months(match: re.Match[str], clock: _Clock) -> str | None:
    first, last = _month(match["mm_m1"]), _month(match["mm_m2"])
    end = match["mm_y2"] or clock.year_of(last, None)
    begin = match["mm_y1"] or (int(end) - (first > last) if end else None)
    return f"{begin}-{first:02d}/{end}-{last:02d}" if begin and end else None


def _single_month(match: re.Match[str], clock: _Clock) -> str | None:
    month, word = _month(match["m_m"]), (match["m_q"] or "").lower()
    year = clock.year_of(month, None)
    if word == "last" and clock.year and clock.month:
        year = clock.year - (month >= clock.month)
    elif word == "next" and clock.year and clock.month:
        year = clock.year + (month <= clock.month)
    elif word == "this" and clock.year:
        year = clock.year
    return f"{year:04d}-{month:02d}" if year else None


def _years(match: re.Match[str], clock: _Clock) -> str | None:
    first, second = match["yy_y1"], match["yy_y2"]
    last = first[:2] + second if len(second) == 2 else second
    if second == "00":
        last = f"{int(first) + 1}"
    if len(second) == 2 and clock.southern and int(last) == int(first) + 1:
        return f"{first}-07/{last}-06"
    return _interval(first, last)


def _fiscal(match: re.Match[str], clock: _Clock) -> str | None:
    year = match["fy_y"] or match["fy_s"]
    year = year if len(year) == 4 else f"20{year}"
    if match["fy_y2"]:
        second = match["fy_y2"]
        last = year[:2] + second if len(second) == 2 else second
        return f"{year}-07/{last}-06" if int(last) == int(year) + 1 else _interval(year, last)
    return year


def _quarter(match: re.Match[str], clock: _Clock) -> str | None:
    words = ("first", "second", "third", "fourth")
    name = match["q_n"]
    number = words.index(name) if name in words else int(name[1]) - 1
    return f"{match['q_y']}-{number * 3 + 1:02d}/{match['q_y']}-{number * 3 + 3:02d}"


def _half(match: re.Match[str], clock: _Clock) -> str | None:
    months = ("01", "06") if match["h_n"] == "first" else ("07", "12")
    return f"{match['h_y']}-{months[0]}/{match['h_y']}-{months[1]}"


def _now(match: re.Match[str], clock: _Clock) -> str | None:
    word = match["now_w"].lower()
    if word in ("yesterday", "last night"):
        return clock.shifted(-1)
    if word == "tomorrow":
        return clock.shifted(1)
    return clock.published


def _weekday(match: re.Match[str], clock: _Clock) -> str | None:
    """The latest such day at or before publication; "last Tuesday" is before it, "next" after."""
    if clock.day is None:
        return None
    word = (match["wd_q"] or "").lower()
    back = (clock.day.weekday() - _WEEKDAYS.index(match["wd_w"][:3].lower())) % 7
    if word in ("next", "this coming") or (clock.future and not word):
        ahead = (7 - back) % 7
        return clock.shifted(ahead or (7 if word else 0))
    if word == "this":
        return clock.shifted(-back if back <= clock.day.weekday() else 7 - back)
    return clock.shifted(-(back or 7) if word in ("last", "this past", "earlier") else -back)


def _number_of(words: str) -> int | None:
    return int(words) if words.isdigit() else _NUMBERS.get(words.lower())


def _ago(match: re.Match[str], clock: _Clock) -> str | None:
    number, unit = _number_of(match["ago_n"]), match["ago_u"]
    if number is None or unit == "decade":
        return None
    if unit == "year":
        return f"{clock.year - number:04d}" if clock.year and clock.year > number else None
    return clock.months_away(-number) if unit == "month" else clock.away(-number, unit)


def _stretch(number: int | None, unit: str, clock: _Clock, *, ahead: bool) -> str | None:
    if number is None or clock.day is None:
        return None
    if not ahead:
        return _interval(clock.away(-number, unit), clock.published)
    if unit in ("day", "week"):
        return _interval(clock.published, clock.away(number, unit))
    end = clock.away(number, unit)
    return _interval(clock.day.isoformat()[:7], end[:7] if end else None)


def _span(match: re.Match[str], clock: _Clock) -> str | None:
    ahead = match["sp_q"].lower() in ("next", "coming", "following")
    return _stretch(_number_of(match["sp_n"]), match["sp_u"], clock, ahead=ahead)


def _unit(match: re.Match[str], clock: _Clock) -> str | None:
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


_Resolver = Callable[[re.Match[str], _Clock], str | None]
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
