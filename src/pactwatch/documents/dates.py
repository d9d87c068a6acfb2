"""When a report was published, from its address, its file name or the lines at its head and foot.

Comes in: an address, a name, or the text. Goes out: an ISO 8601 date at the precision that is told
("2019-05-31", "2019-05"). What could be read two ways (04/05/2017) gives nothing, and neither do
dates of printing or of updates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pactwatch.documents.lines import is_prose, split_lines

__all__ = ["date_in_address", "date_in_name", "date_in_text", "parse_date"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_FOREIGN = {  # Spanish, Portuguese, French, German, Italian, Dutch, Polish, Czech, Russian,
    # Ukrainian, Turkish, Indonesian, Swedish, Norwegian, Danish, Romanian, Greek, Arabic, Swahili;
    # as they stand in dates; words that begin with those of another month come whole
    1: "enero ene janeiro janvier janv januar jänner gennaio gen januari stycznia ledna января янв "
    "січня ocak ianuarie ιανουαρίου يناير januarie",
    2: "febrero fevereiro fev février févr februar feber febbraio februari lutego února февраля "
    "фев лютого şubat februarie φεβρουαρίου فبراير",
    3: "marzo março mars märz maart marca března марта мар березня mart maret martie μαρτίου مارس "
    "machi marts",
    4: "abril abr avril avr aprile kwietnia dubna апреля апр квітня nisan aprilie απριλίου أبريل "
    "ابريل aprili",
    5: "mayo maio mai maggio mag mei maja května мая травня mayıs maj μαΐου مايو",
    6: "junio junho juin juni giugno giu czerwca června июня июн червня haziran iunie ιουνίου "
    "يونيو",
    7: "julio julho juillet juil juli luglio lug lipca července июля июл липня temmuz iulie "
    "ιουλίου يوليو julai",
    8: "agosto ago août augustus sierpnia srpna августа авг серпня ağustos agustus augusti "
    "αυγούστου أغسطس agosti",
    9: "septiembre setiembre setembro set septembre settembre września září сентября сен вересня "
    "eylül septemberi septembrie σεπτεμβρίου سبتمبر septemba",
    10: "octubre outubro out octobre oktober ottobre ott okt października října октября окт "
    "жовтня ekim oktober octombrie οκτωβρίου أكتوبر oktoba",
    11: "noviembre novembro novembre listopada listopadu ноября ноя kasım nopember noiembrie "
    "νοεμβρίου نوفمبر novemba",
    12: "diciembre dic dezembro dez décembre déc dezember dicembre grudnia prosince декабря дек "
    "грудня aralık desember decembrie δεκεμβρίου ديسمبر desemba",
}
_FOREIGN_MONTHS = {word: month for month, words in _FOREIGN.items() for word in words.split()} | {
    word: at + 1  # as in English, but after a point or with "de": "5. April 2017"
    for at, word in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ]
    )
}
_FOREIGN_FORM = re.compile(
    r"(?<![\w/\-])(?P<day>\d{1,2})(?:er|º|°|\.)?\s+(?:de\s+|d[’'])?(?P<word>[^\W\d_]{3,12})\.?,?\s+"
    r"(?:de\s+|del\s+)?(?P<year>(?:19[89]|20\d)\d)(?![\w/\-])",
    re.IGNORECASE,
)
_IDEOGRAPHS = re.compile(
    r"(?P<year>(?:19[89]|20\d)\d)\s*[年년]\s*(?P<number>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]"
)
_YEAR = r"(?P<year>(?:19[89]|20\d)\d)"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FORMS = tuple(
    re.compile(rf"(?<![\w/\-]){form}(?![\w/\-])", re.IGNORECASE)
    for form in (
        rf"{_WEEKDAY}{_DAY}(?:\s+of)?[\s\-]+{_MONTH},?[\s\-]+{_YEAR}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_YEAR}-(?P<number>\d\d)-{_DAY}(?:[T ]\d\d:\d\d\S*)?",
        rf"(?P<first>\d{{1,2}})[/.](?P<second>\d{{1,2}})[/.]{_YEAR}",
        rf"{_YEAR}/(?P<number>\d{{1,2}})/{_DAY}",
    )
)
_MONTH_OF_YEAR = re.compile(rf"{_MONTH},?\s+{_YEAR}", re.IGNORECASE)
_ISO = re.compile(r"((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?(?=$|[T ])")
_COMPACT = re.compile(r"((?:19[89]|20[0-3])\d)([01]\d)([0-3]\d)(?=$|[T ])")
_IN_PATH = re.compile(
    rf"(?:^|[/\-_]){_YEAR}(?P<sep>[/\-_])"
    rf"(?P<month>\d{{1,2}}|(?:{'|'.join(_MONTHS)})[a-z]*)"
    r"(?:(?P=sep)(?P<day>\d{1,2})(?!\d))?(?=[/\-_.?]|$)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<!\d)((?:199|20[0-3])\d)([01]\d)([0-3]\d)(?!\d)")
_IN_NAME = re.compile(r"(?<!\d)((?:19[89]|20\d)\d)[-_.](\d\d)(?:[-_.](\d\d))?(?![\d])")

_LABEL = re.compile(
    r"^(?:first )?(?:published|posted|issued|released|dated?|created|publication date|release date"
    r"|date of (?:publication|release|issue))\b\s*(?:on|at)?\s*:?\s*",
    re.IGNORECASE,
)
_NOT_PUBLISHED = re.compile(
    r"\b(?:last|updated?|modified|local date|printed|print|accessed|retrieved|downloaded"
    r"|copyright|page \d+ of)\b"
    r"|©|https?://|www\.",
    re.IGNORECASE,
)
_ABOUT_AN_EVENT = re.compile(
    r"\b(?:on|since|until|till|from|to|by|of|in|before|after|between|and|during|for|due|ending|dated)\s*$",
    re.I,
)
_DATELINE = re.compile(r"^[A-Z][\w.'’ ]{2,30}(?:,\s?[A-Z][\w.'’ ]{1,20})?[,(:]?\s*[(\-–—]?\s*$")
_HEAD_LINES, _FOOT_LINES = 14, 12
_SEGMENT = re.compile(r"\s{2,}|\t|\s[|•–—]\s")


def parse_date(words: str, *, day_first: bool | None = None) -> str | None:
    """Read one date in full, or a year or month in ISO form; None if it can be read two ways.

    Args:
        day_first: How "04/05/2017" is to be read, where the place of writing tells it.
    """
    iso = _ISO.match(words.strip())
    if iso:
        return _iso(iso[1], iso[2], iso[3])
    for form in (*_FORMS, _FOREIGN_FORM, _IDEOGRAPHS):
        match = form.search(words)
        if match and _is_date(match):
            return _read(match, day_first)
    compact = _COMPACT.match(words.strip())
    if compact:
        return _iso(*compact.groups())
    month = _MONTH_OF_YEAR.fullmatch(words.strip())
    return _iso(month["year"], _month(month["month"]), None) if month else None


def date_in_address(address: str) -> str | None:
    """Read the date that sites put into paths: /2019/05/31/, 2019-05-31, /2019/may/31/."""
    path = re.sub(r"^[a-z]+://[^/]*", "", address)
    for match in _IN_PATH.finditer(path):
        month = match["month"] if match["month"].isdigit() else _month(match["month"])
        if match["day"] or match["sep"] == "/":  # "2019-20-budget" is a financial year
            found = _iso(match["year"], month, match["day"])
            if found:
                return found
    digits = _DIGITS.search(path)
    if digits:
        return _iso(*digits.groups())
    turned = re.search(r"(?<!\d)(\d{1,2})([-_.])(\d{1,2})\2((?:199|20[0-3])\d)(?!\d)", path)
    return parse_date(f"{turned[1]}/{turned[3]}/{turned[4]}") if turned else None


def date_in_name(name: str) -> str | None:
    """Read the date in a file name: 2001-09-01-report.txt, 2001_09_01, report-20010901."""
    stem = name.rpartition("/")[2]
    for match in _IN_NAME.finditer(stem):
        if match[3] or match.start() == 0:
            found = _iso(match[1], match[2], match[3])
            if found:
                return found
    digits = _DIGITS.search(stem)
    return _iso(*digits.groups()) if digits else None


def date_in_text(text: str) -> str | None:
    """Read the date of publication in the head of a text, else in its foot.

    A date counts where it is labelled ("Published 4 May 2017"), stands alone or in a letterhead,
    or opens the report as a dateline with a year. A date inside a sentence or headline is about an
    event, and does not count.
    """
    lines = [line.words for line in split_lines(text)]
    foot = [
        words for words in lines[max(_HEAD_LINES, len(lines) - _FOOT_LINES) :] if len(words) < 200
    ]
    for words in [*lines[:_HEAD_LINES], *reversed(foot)]:
        found = _date_in_line(words)
        if found:
            return found
    return None


def _date_in_line(words: str) -> str | None:
    for segment in _segments(words):
        if _NOT_PUBLISHED.search(segment) and not _LABEL.match(segment):
            continue
        label = _LABEL.match(segment)
        if label:
            labelled = segment[label.end() :]
            if re.search(r"\b(?:19|20)\d\d\b", labelled[:40]):
                found = parse_date(labelled[:60])
                if found:
                    return found
        for form in (*_FORMS, _FOREIGN_FORM, _IDEOGRAPHS):
            match = form.search(segment[:200])
            if match and _is_date(match) and _is_of_publication(segment, match):
                return _read(match)
        if _MONTH_OF_YEAR.fullmatch(segment):
            return parse_date(segment)
    return None


def _segments(words: str) -> Iterator[str]:
    """The pieces of a line that wide blanks set apart; of a long line those at its beginning."""
    yield from (piece.strip() for piece in _SEGMENT.split(words[:500]) if piece.strip())


def _is_of_publication(segment: str, match: re.Match[str]) -> bool:
    before, after = segment[: match.start()], segment[match.end() :]
    if _ABOUT_AN_EVENT.search(before):
        return False
    if not before.strip(" -–—,.:*[(") and (not after.strip(" -–—,.:*])") or not is_prose(segment)):
        return len(after) < 100
    if not after.strip(" -–—,.:*])") and not is_prose(segment):
        return len(before) < 140
    ends = re.match(r"\s*(?:\([^)]{2,30}\)\s*)?(?:[\-–—:)]|$)", after)
    return bool(_DATELINE.match(before) and ends)


def _is_date(match: re.Match[str]) -> bool:
    word = match.groupdict().get("word")
    return word is None or word.lower() in _FOREIGN_MONTHS


def _read(match: re.Match[str], day_first: bool | None = None) -> str | None:
    groups = match.groupdict()
    if "first" in groups:
        first, second = int(groups["first"]), int(groups["second"])
        if max(first, second) <= 12 and "." in match[0]:
            day_first = True  # points between the numbers: nobody puts the month first there
        if max(first, second) <= 12 and day_first is not None:
            day, month = (first, second) if day_first else (second, first)
            return _iso(groups["year"], str(month), str(day))
        if first > 12 or first == second:
            return _iso(groups["year"], str(second), str(first))
        return _iso(groups["year"], str(first), str(second)) if second > 12 else None
    if "word" in groups:
        return _iso(groups["year"], str(_FOREIGN_MONTHS[groups["word"].lower()]), groups["day"])
    number = groups.get("number") or _month(groups["month"])
    return _iso(groups["year"], number, groups["day"])


def _month(words: str) -> str:
    return str(1 + _MONTHS.index(words[:3].lower()))


def _iso(year: str, month: str | None, day: str | None) -> str | None:
    try:
        whole = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return whole.isoformat()[: 10 if day else 7 if month else 4]
