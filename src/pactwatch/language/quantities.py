"""Money, counts, shares and durations as reports write them, with what qualifies them.

Comes in: a text. Goes out: spans with a `Quantity` each: the number to the letter, its bounds and
its unit where the words next to it say so. Years, dates, telephone and section numbers are no
quantities. It never converts a currency, adds anything up, or judges whether an amount is likely.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pactwatch.language.scan import fold
from pactwatch.model import Quantity

__all__ = ["QuantityMention", "find_quantities"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityMention:
    """A quantity in a text.

    Attributes:
        start, end: The number with its qualifier ("up to"), currency, scale and unit of measure or
            time, without the noun that it counts.
        kind: "money", "count", "share", "duration" or "ordinal".
        bare: Money without a word of scale ("US$750"): where others in its context have one, a slip
            is likely.
        default_currency: The currency was not written but is what a bare "$" means to the caller.
    """

    start: int
    end: int
    quantity: Quantity
    kind: str
    bare: bool = False
    default_currency: bool = False


_SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {
    "dozen": 12, "hundred": 100, "thousand": 10**3, "k": 10**3, "lakh": 10**5, "million": 10**6,
    "m": 10**6, "mn": 10**6, "mln": 10**6, "mil": 10**6, "crore": 10**7, "billion": 10**9,
    "bn": 10**9, "b": 10**9, "trillion": 10**12, "tn": 10**12, "trn": 10**12,
}  # fmt: skip
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_FRACTIONS = {
    "half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10,
}  # fmt: skip
_SIGNS = {
    "US$": "USD", "U.S.$": "USD", "$US": "USD", "USD$": "USD", "USD": "USD", "A$": "AUD",
    "AU$": "AUD", "$A": "AUD", "AUD$": "AUD", "AUD": "AUD", "NZ$": "NZD", "$NZ": "NZD",
    "NZD": "NZD", "C$": "CAD", "CA$": "CAD", "CAD": "CAD", "HK$": "HKD", "S$": "SGD",
    "FJ$": "FJD", "SI$": "SBD", "R$": "BRL", "MX$": "MXN", "MXN": "MXN", "€": "EUR", "EUR": "EUR",
    "£": "GBP", "GBP": "GBP", "¥": "JPY", "JPY": "JPY", "CNY": "CNY", "RMB": "CNY", "₹": "INR",
    "Rs.": "INR", "Rs": "INR", "INR": "INR", "₱": "PHP", "PHP": "PHP", "CHF": "CHF", "SEK": "SEK",
    "NOK": "NOK", "DKK": "DKK", "₦": "NGN", "NGN": "NGN", "₺": "TRY", "₪": "ILS", "₩": "KRW",
    "₽": "RUB", "₴": "UAH", "GTQ": "GTQ", "HNL": "HNL", "PGK": "PGK", "ZAR": "ZAR", "KES": "KES",
    "Sh": "KES", "Ksh": "KES", "KSh": "KES", "Tk": "BDT", "RM": "MYR", "Rp": "IDR", "IDR": "IDR",
}  # fmt: skip
_COINS = {
    "dollar": None, "us dollar": "USD", "u.s. dollar": "USD", "american dollar": "USD",
    "australian dollar": "AUD", "canadian dollar": "CAD", "new zealand dollar": "NZD",
    "euro": "EUR", "pound": None, "british pound": "GBP", "pounds sterling": "GBP", "peso": None,
    "mexican peso": "MXN", "colombian peso": "COP", "philippine peso": "PHP", "quetzal": "GTQ",
    "lempira": "HNL", "kina": "PGK", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY",
    "rupee": None, "indian rupee": "INR", "sri lankan rupee": "LKR", "pakistani rupee": "PKR",
    "rupiah": "IDR", "rand": "ZAR", "naira": "NGN", "ruble": "RUB", "rouble": "RUB",
    "swiss franc": "CHF", "shekel": "ILS", "lira": "TRY", "turkish lira": "TRY", "baht": "THB",
    "ringgit": "MYR", "taka": "BDT", "won": "KRW", "hryvnia": "UAH", "zloty": "PLN",
    "usd": "USD", "eur": "EUR", "aud": "AUD", "gbp": "GBP", "cad": "CAD", "nzd": "NZD",
}  # fmt: skip
_TIMES = "second|minute|hour|day|night|week|fortnight|month|year|decade|century"
_MEASURES = (
    r"square (?:kilomet(?:re|er)|mile|met(?:re|er))s?|(?:kilo)?met(?:re|er)s?|nautical miles?"
    r"|miles?"
    r"|kilograms?|kilos?|tonnes?|tons?|hectares?|acres?|barrels?|litres?|liters?|megawatts?|km|kg|MW"
    r"|feet"
)


def _any(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w)))  # type: ignore[call-overload]


_DIGIT = rf"(?:(?:{_any(_TENS)})(?:[- ](?:{_any(list(_SMALL)[1:10])}))?|{_any(_SMALL)})"
_BIG = "hundred|thousand|million|billion|trillion"
_WORDS = rf"(?:{_DIGIT}|an?(?= (?:{_BIG}|dozen)))(?:[- ](?:{_BIG})(?:(?:,| and)? {_DIGIT})?)*"
_SOME = (
    r"(?:tens|dozens|hundreds|thousands) of (?:thousands|millions|billions)"
    r"|(?:dozens|hundreds|thousands|millions|billions)|scores(?= of )"
    r"|(?:several|a few|a couple of|a couple) (?:dozen|hundred|thousand|million|billion)"
    r"|half[ -]an? (?:dozen|hundred|million|billion|trillion)"
)
_FIGURES = r"\d{1,3}(?:(?:,\d{3})+|(?:[ \u00a0\u202f]\d{3})+)(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_SCALE = (
    r"(?: and a half)?(?:[ -]?(?:million|billion|trillion)"
    r"|[- ](?:hundred|thousand|dozen|crore|lakh)"
    r"|[- ]?(?:bn|mn|mln|tn|trn)|(?:m|k|b)|(?<=[$€£\d.] )m)\b"
)
_SIGN = rf"(?:{_any([*_SIGNS, '$'])}) ?"


def _atom(tag: str) -> str:
    """One number: sign, figures or words, scale."""
    return (
        rf"(?:(?P<sign{tag}>{_SIGN})(?=\d))?"
        rf"(?:(?P<figures{tag}>{_FIGURES})|(?P<some{tag}>\b(?:{_SOME})\b)|(?P<words{tag}>\b{_WORDS}\b))"
        rf"(?P<scale{tag}>{_SCALE}| and a half\b)?"
    )


_NUMBER = re.compile(
    rf"(?<![\w.,/:#$€£@-])(?:{_atom('1')}(?:(?P<join> to | and |[-–—]| – )(?:up to )?{_atom('2')})?"
    rf"(?P<plus>\+)?(?: (?:of )?(?P<coin>(?:{_any(_COINS)})(?:s|es)?)\b(?!-))?"
    rf"(?:(?P<percent> ?%| per ?cent\b| percent(?:age points?)?\b| percentage points?\b)"
    rf"|[ -](?:(?:calendar|working|business|full|more|additional|consecutive) )?"
    rf"(?P<time>{_TIMES})s?\b"
    rf"|[ -]?(?P<measure>{_MEASURES})\b)?"
    rf"(?P<per> (?:an?|per|each|every) (?:{_TIMES}|annum|quarter|person|head)\b| annually\b)?"
    rf"(?P<after> or (?:more|so|less|fewer)\b)?)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"\b(?:(?P<top>an?|one|two|three|four|five)[ -](?P<part>{_any(_FRACTIONS)})s?(?= of\b| the\b)"
    rf"|(?P<tops>two|three|four|five)[ -](?P<parts>{_any(_FRACTIONS)})s\b"
    rf"|(?P<half>half)(?= of\b| the\b| its\b| their\b))",
    re.IGNORECASE,
)
_ORDINAL = re.compile(rf"\b(?:(?P<nth>\d+)(?:st|nd|rd|th)|(?P<word>{_any(_ORDINALS)}))\b")
_MONTH = (
    r"(?:(?-i:May|MAY)|Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)
_QUALIFIER = re.compile(
    r"\b(?:(?P<max>up to|as many as|as much as|no more than|not more than|at most|fewer than"
    r"|less than|just under|a maximum of|below)|(?P<min>more than|just over|well over|over|at least"
    r"|no fewer than|no less than|not less than|in excess of|upwards? of|exceeding|a minimum of"
    r"|greater than|above)|(?P<near>about|some|almost|nearly|around|approximately|roughly|close to"
    r"|an estimated|estimated|circa|virtually|as few as)|(?P<between>between|from)) (?:the )?$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:\b(?:sections?|articles?|chapters?|pages?|pp?\.|nos?\.?|numbers?|resolution|form|annex"
    r"|group of|title|phase|level|route|highway|channel|flight|para(?:graph)?s?|items?|table|figure"
    r"|version|room|suite|box|tel\.?|phone|fax|mobile|ext\.?|regulation|rule|act|bill|grade|tier"
    r"|type|class|subclass|category|schedule|part|point|clause|appendix|stage|step|covid|year|aged"
    r"|age|ages|fiscal|postcode|building|floor|unit|gate|terminal|chapter|volume|vol\.|issue"
    r"|ph\.?|page \d+ of)[: ]*|[+(\[]|(?-i:\b[A-Z]{2,})[ -]?|\b" + _MONTH + r"\.? (?:the )?)$",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(
    r"(?:\+\d[\d() -]*|(?<!\d)\(0\d{1,4}\) ?|(?<![\d.,$])0\d{1,4}[ -])\d{2,5}(?:[ -]\d{2,5})*"
    r"|\(?(?<!\d)\d{3}\)?[ -]\d{3}-\d{4}\b|(?<!\d)\d{4} \d{4}(?!\d)"
)
_CAPITAL_BEFORE = re.compile(r"[a-z,;\w] (?!US|UK|UN|EU)[A-Z][a-z]+ $")
_LIST_NUMBER = re.compile(r"(?:^|\n)[ (]*$")
_DAY_OF_MONTH = re.compile(
    rf"(?:st|nd|rd|th)?(?:(?: and |, | to |-|–| or )\d{{1,2}}(?:st|nd|rd|th)?)? (?:of )?{_MONTH}",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?::\d|/\d|\.\d+\.| ?[ap]\.?m\b|(?:st|nd|rd|th)\b| o'clock|[hH]\d|-year-old|[- ]years?[- ]old"
    r"|-\d|\)|\])",
    re.IGNORECASE,
)
_PLURAL_NEXT = re.compile(
    r" (?:[a-z-]+ ){0,2}?(?:[a-z]{3,}s|people|troops|personnel|men|women|children|staff|police)\b"
)
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|by|until|till|from|during|of|the|after|before|for|early|late|mid|and|to"
    r"|between|through) $",
    re.IGNORECASE,
)
_PRONOUN_ONE = re.compile(r"(?: of (?:the|our|these|those|its|his|her|their|my)\b|\W?$)")


def find_quantities(text: str, *, dollar: str = "USD") -> list[QuantityMention]:
    """Find all quantities of a text, sorted and disjoint.

    Args:
        dollar: ISO 4217 code of what a bare "$" or "dollars" means in this text.
    """
    folded = fold(text)
    plain = folded.text
    found: list[QuantityMention] = []
    position = 0
    while match := _NUMBER.search(plain, position):
        match = _one_of_two(plain, match)
        position = match.end()
        mention = _number(plain, match, dollar)
        if mention:
            found.append(mention)
    found += _shares(plain)
    found += _ordinals(plain)
    telephones = [match.span() for match in _TELEPHONE.finditer(plain)]
    found = [m for m in found if not any(a < m.end and m.start < b for a, b in telephones)]
    found.sort(key=lambda m: (m.start, -m.end))
    kept: list[QuantityMention] = []
    reached = 0
    for mention in found:
        if mention.start < reached:
            continue
        reached = mention.end
        start, end = folded.origin(mention.start, mention.end)
        kept.append(
            QuantityMention(
                start=start,
                end=end,
                quantity=mention.quantity,
                kind=mention.kind,
                bare=mention.bare,
                default_currency=mention.default_currency,
            )
        )
    return kept


def _one_of_two(text: str, match: re.Match[str]) -> re.Match[str]:
    """Cut "two and three" down to its first number; "between two and three" is a range."""
    if match["join"] != " and ":
        return match
    if text[max(0, match.start() - 8) : match.start()].lower() == "between ":
        return match
    return _NUMBER.match(text, match.start(), match.start("join")) or match


def _number(text: str, match: re.Match[str], dollar: str) -> QuantityMention | None:
    start, end = match.span()
    before = text[max(0, start - 24) : start]
    qualifier = _QUALIFIER.search(before)
    ranged = bool(match["join"])
    signed = match["sign1"] or (ranged and match["sign2"])
    currency, assumed = _currency(match, dollar)
    money = bool(signed or match["coin"])
    if not money and not _counts(text, match, before, bool(qualifier), ranged):
        return None
    high = _value(match, "2", None) if ranged else None
    low = _value(match, "1", match["scale2"] if ranged and not match["scale1"] else None)
    if ranged and high is not None and low > high:
        low = _value(match, "1", None)
    approximate = bool(match["some1"] or (ranged and match["some2"]))
    minimum = maximum = None
    if ranged:
        if high is None or low >= high:
            return None
        minimum, maximum = low, high
    if qualifier and match["time"] and qualifier["min"] in ("over", "Over"):
        qualifier = None  # "over four years" is how long it takes
    if qualifier and (qualifier["between"] is None or ranged):
        start -= len(before) - qualifier.start()
        approximate |= qualifier["near"] is not None
        if not ranged:
            maximum = low if qualifier["max"] else maximum
            minimum = low if qualifier["min"] else minimum
    after = (match["after"] or "").strip()
    approximate |= after == "or so"
    if after == "or more" or match["plus"]:
        minimum = low
    elif after in ("or less", "or fewer"):
        maximum = low
    unit, kind = _unit(match, money)
    return QuantityMention(
        start=start,
        end=end,
        quantity=Quantity(
            number=None if ranged else low,
            currency=currency,
            unit=unit,
            minimum=minimum,
            maximum=maximum,
            approximate=approximate,
            per=_per(match["per"]),
        ),
        kind=kind,
        bare=money and not match["scale1"] and not match["some1"] and not match["words1"],
        default_currency=assumed,
    )


def _unit(match: re.Match[str], money: bool) -> tuple[str | None, str]:
    if money:
        return None, "money"
    if match["percent"]:
        return "percent", "share"
    if match["time"]:
        return match["time"].lower(), "duration"
    if match["measure"]:
        measure = match["measure"]
        return measure if measure in ("km", "kg", "MW", "feet") else measure.rstrip("s"), "count"
    return None, "count"


def _currency(match: re.Match[str], dollar: str) -> tuple[str | None, bool]:
    sign = (match["sign1"] or match["sign2"] or "").strip()
    if sign == "$":
        return dollar, True
    if sign:
        by_fold = {known.casefold(): code for known, code in _SIGNS.items()}
        return by_fold[sign.casefold()], False
    coin = (match["coin"] or "").lower()
    for form in (coin, coin.removesuffix("s"), coin.removesuffix("es")):
        if form in ("dollar", "dollars"):
            return dollar, True
        if form in _COINS:
            return _COINS[form], False
    return None, False


def _per(words: str | None) -> str | None:
    if not words:
        return None
    period = words.split()[-1]
    return "year" if period in ("annually", "annum") else period


def _value(match: re.Match[str], tag: str, scale: str | None) -> Decimal:
    """The number that one atom states, its scale applied (or that of the other end of a range)."""
    figures, some, words = match[f"figures{tag}"], match[f"some{tag}"], match[f"words{tag}"]
    own = match[f"scale{tag}"]
    if figures:
        value = Decimal(re.sub(r"[^\d.]", "", figures))
    elif some:
        return _vague(some.lower())
    else:
        value = Decimal(_counted(words.lower()))
    for part in (own or scale or "").lower().replace("-", " ").split(" and a half"):
        if part.strip():
            value *= _SCALES[part.strip()]
    if own and " and a half" in own.lower():
        scale_word = own.lower().replace(" and a half", "").strip(" -")
        value += Decimal(_SCALES[scale_word] if scale_word else 1) / 2
    whole = value.to_integral_value()
    return whole if whole == value else value


def _vague(words: str) -> Decimal:
    """The least that a word like "dozens" allows."""
    value = Decimal(1)
    for word in words.replace("-", " ").split():
        stem = word.rstrip("s") if word.endswith("s") else word
        if word in ("several", "few"):
            value *= 3
        elif word == "couple":
            value *= 2
        elif word == "half":
            value /= 2
        elif word == "tens":
            value *= 20
        elif word == "scores":
            value *= 40
        elif stem in _SCALES:
            plural_head = word.endswith("s") and not words.endswith(f" of {word}")
            value *= _SCALES[stem] * (2 if plural_head else 1)
    whole = value.to_integral_value()
    return whole if whole == value else value


def _counted(words: str) -> int:
    """The number that words like "one hundred and eighty" state."""
    total = group = 0
    for word in re.split(r"[ ,-]+", words):
        if word in _SMALL:
            group += _SMALL[word]
        elif word in _TENS:
            group += _TENS[word]
        elif word in ("a", "an"):
            group += 1
        elif word == "hundred":
            group *= 100
        elif word in _SCALES:
            total += group * _SCALES[word]
            group = 0
    return total + group


def _counts(text: str, match: re.Match[str], before: str, qualified: bool, ranged: bool) -> bool:
    """Whether a number without currency counts something, and is no year, date, name or label."""
    figures, scale = match["figures1"], match["scale1"]
    if scale or match["some1"] or (ranged and match["scale2"]):
        return scale != "m" and scale != "b" and scale != "M"
    after = text[match.end() : match.end() + 24]
    if not figures:
        return _words_count(match, before, after)
    if match["percent"] or match["measure"]:
        return True
    if figures.startswith("0") and figures[1:2].isdigit():
        return False
    if match["time"] and re.match(r"[- ]olds?\b", after, re.IGNORECASE):
        return False
    if match["time"]:
        return not _is_year(figures, match, before, text) and not _LIST_NUMBER.search(before)
    if (
        _CLOCK.match(after)
        or (after[:1].isalpha() or after[:1] == "_")
        or _DAY_OF_MONTH.match(after)
    ):
        return False
    tail = text[match.end("figures1") : match.end("figures1") + 24]
    if _DAY_OF_MONTH.match(tail):
        return False
    if not qualified and (_NUMBERED.search(before) or _CAPITAL_BEFORE.search(before)):
        return bool(_PLURAL_NEXT.match(after)) and not _NUMBERED.search(before)
    if len(figures) < 3 and _LIST_NUMBER.search(before) and (not after or after[0] in ".)\n"):
        return False
    return not _is_year(figures, match, before, text, qualified=qualified)


def _is_year(
    figures: str, match: re.Match[str], before: str, text: str, *, qualified: bool = False
) -> bool:
    if not (len(figures) == 4 and figures.isdigit() and 1800 <= int(figures) <= 2100):
        return False
    if match["percent"] or match["measure"]:
        return False
    qualified = qualified and not before.lower().endswith(("about ", "around "))
    counted = _PLURAL_NEXT.match(text, match.end())
    return not (counted and (qualified or not _YEAR_BEFORE.search(before)))


def _words_count(match: re.Match[str], before: str, after: str) -> bool:
    words = match["words1"].lower()
    if words == "one":
        return bool(match["time"] or match["percent"]) and not match["per"]
    if re.match(r"[- ]years?[- ]old|[- ]olds?\b", after):
        return False
    named = match["words1"][0].isupper() and re.search(r"[a-z,] $", before)
    return not (re.search(r"\b[Gg]roup of $", before) or (named and re.match(r" [A-Z]", after)))


def _shares(text: str) -> list[QuantityMention]:
    found = []
    for match in _SHARE.finditer(text):
        if match["half"]:
            number = Decimal("0.5")
        else:
            top = (match["top"] or match["tops"]).lower()
            part = (match["part"] or match["parts"]).lower()
            number = Decimal(_SMALL.get(top, 1)) / _FRACTIONS[part]
            number = number.quantize(Decimal("0.0001")).normalize()
        start = match.start()
        before = text[max(0, start - 24) : start]
        qualifier = _QUALIFIER.search(before)
        if qualifier and qualifier["between"]:
            qualifier = None
        if qualifier:
            start -= len(before) - qualifier.start()
        quantity = Quantity(
            number=number,
            unit="share",
            minimum=number if qualifier and qualifier["min"] else None,
            maximum=number if qualifier and qualifier["max"] else None,
            approximate=bool(qualifier and qualifier["near"]),
        )
        found.append(QuantityMention(start=start, end=match.end(), quantity=quantity, kind="share"))
    return found


def _ordinals(text: str) -> list[QuantityMention]:
    return [
        QuantityMention(
            start=match.start(),
            end=match.end(),
            quantity=Quantity(number=Decimal(match["nth"] or _ORDINALS[match["word"]])),
            kind="ordinal",
        )
        for match in _ORDINAL.finditer(text)
        if not re.match(
            rf"(?:(?: and |, | to |-|–)\S+)? (?:of )?{_MONTH}", text[match.end() : match.end() + 30]
        )
    ]
