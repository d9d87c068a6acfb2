"""The words of quantities: numbers, currencies, units and what qualifies them in English.

Comes in: nothing. Goes out: tables and compiled expressions with a named group for each part of a
quantity. What a quantity is worth is worked out in `quantities`.
"""

from __future__ import annotations

import re

__all__ = [
    "CAPITAL_BEFORE",
    "CLOCK",
    "COINS",
    "DAY_OF_MONTH",
    "FRACTIONS",
    "LIST_NUMBER",
    "MONTH",
    "NUMBER",
    "NUMBERED",
    "ORDINAL",
    "ORDINALS",
    "PLURAL_NEXT",
    "QUALIFIER",
    "SCALES",
    "SHARE",
    "SIGNS",
    "SMALL",
    "TELEPHONE",
    "TENS",
    "YEAR_BEFORE",
]

SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "dozen": 12, "hundred": 100, "thousand": 10**3, "k": 10**3, "lakh": 10**5, "million": 10**6,
    "m": 10**6, "mn": 10**6, "mln": 10**6, "mil": 10**6, "crore": 10**7, "billion": 10**9,
    "bn": 10**9, "b": 10**9, "trillion": 10**12, "tn": 10**12, "trn": 10**12,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
FRACTIONS = {
    "half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10,
}  # fmt: skip
SIGNS = {
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
COINS = {
    "dollar": None, "us dollar": "USD", "u.s. dollar": "USD", "american dollar": "USD",
    "australian dollar": "AUD", "canadian dollar": "CAD", "new zealand dollar": "NZD",
    "euro": "EUR", "pound": None, "british pound": "GBP", "pounds sterling": "GBP", "peso": None,
    "mexican peso": "MXN", "colombian peso": "COP", "philippine peso": "PHP", "quetzal": "GTQ",
    "lempira": "HNL", "kina": "PGK", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY",
    "rupee": None, "indian rupee": "INR", "sri lankan rupee": "LKR", "pakistani rupee": "PKR",
    "rupiah": "IDR", "rand": "ZAR", "naira": "NGN", "ruble": "RUB", "rouble": "RUB",
    "swiss franc": "CHF", "shekel": "ILS", "lira": "TRY", "turkish lira": "TRY", "baht": "THB",
    "ringgit": "MYR", "taka": "BDT", "won": "KRW", "hryvnia": "UAH", "zloty": "PLN",
    "krone": None, "kroner": None, "krona": "SEK", "kronor": "SEK", "dinar": None, "dirham": None,
    "riyal": None, "rial": None, "shilling": None, "franc": None, "cedi": "GHS", "birr": "ETB",
    "forint": "HUF", "danish krone": "DKK", "danish kroner": "DKK", "norwegian kroner": "NOK",
    "swedish kronor": "SEK", "cfa franc": "XOF", "kenyan shilling": "KES", "dong": "VND",
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


_DIGIT = rf"(?:(?:{_any(TENS)})(?:[- ](?:{_any(list(SMALL)[1:10])}))?|{_any(SMALL)})"
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
_SIGN = rf"(?:{_any([*SIGNS, '$'])}) ?"


def _atom(tag: str) -> str:
    """One number: sign, figures or words, scale."""
    return (
        rf"(?:(?P<sign{tag}>{_SIGN})(?=\d))?"
        rf"(?:(?P<figures{tag}>{_FIGURES})|(?P<some{tag}>\b(?:{_SOME})\b)|(?P<words{tag}>\b{_WORDS}\b))"
        rf"(?P<scale{tag}>{_SCALE}| and a half\b)?"
    )


NUMBER = re.compile(
    rf"(?<![\w.,/:#$€£@-])(?:{_atom('1')}(?:(?P<join> to | and |[-–—]| – )(?:up to )?{_atom('2')})?"
    rf"(?P<plus>\+)?(?: (?:of )?(?P<coin>(?:{_any(COINS)})(?:s|es)?)\b(?!-))?"
    rf"(?:(?P<percent> ?%| per ?cent\b| percent(?:age points?)?\b| percentage points?\b)"
    rf"|[ -](?:(?:calendar|working|business|full|more|additional|consecutive) )?"
    rf"(?P<time>{_TIMES})s?\b"
    rf"|[ -]?(?P<measure>{_MEASURES})\b)?"
    rf"(?P<per> (?:an?|per|each|every) (?:{_TIMES}|annum|quarter|person|head)\b| annually\b)?"
    rf"(?P<after> or (?:more|so|less|fewer)\b)?)",
    re.IGNORECASE,
)
SHARE = re.compile(
    rf"\b(?:(?P<top>an?|one|two|three|four|five)[ -](?P<part>{_any(FRACTIONS)})s?(?= of\b| the\b)"
    rf"|(?P<tops>two|three|four|five)[ -](?P<parts>{_any(FRACTIONS)})s\b"
    rf"|(?P<half>half)(?= of\b| the\b| its\b| their\b))",
    re.IGNORECASE,
)
ORDINAL = re.compile(rf"\b(?:(?P<nth>\d+)(?:st|nd|rd|th)|(?P<word>{_any(ORDINALS)}))\b")
MONTH = (
    r"(?:(?-i:May|MAY)|Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)
QUALIFIER = re.compile(
    r"\b(?:(?P<max>up to|as many as|as much as|no more than|not more than|at most|fewer than"
    r"|less than|just under|a maximum of|below)|(?P<min>more than|just over|well over|over|at least"
    r"|no fewer than|no less than|not less than|in excess of|upwards? of|exceeding|a minimum of"
    r"|greater than|above)|(?P<near>about|some|almost|nearly|around|approximately|roughly|close to"
    r"|an estimated|estimated|circa|virtually|as few as)|(?P<between>between|from)) (?:the )?$",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"(?:\b(?:sections?|articles?|chapters?|pages?|pp?\.|nos?\.?|numbers?|resolution|form|annex"
    r"|(?-i:Group of)|title|phase|level|route|highway|channel|flight|para(?:graph)?s?|items?|table"
    r"|figure|version|room|suite|box|tel\.?|phone|fax|mobile|ext\.?|regulation|rule|act|bill|grade|tier"
    r"|type|class|subclass|category|schedule|part|point|clause|appendix|stage|step|covid|year|aged"
    r"|age|ages|fiscal|postcode|building|floor|unit|gate|terminal|chapter|volume|vol\.|issue"
    r"|ph\.?|page \d+ of)[: ]*|[+(\[]|(?-i:\b[A-Z]{2,})[ -]?|\b" + MONTH + r"\.? (?:the )?)$",
    re.IGNORECASE,
)
TELEPHONE = re.compile(
    r"(?:\+\d[\d() -]*|(?<!\d)\(0\d{1,4}\) ?|(?<![\d.,$])0\d{1,4}[ -])\d{2,5}(?:[ -]\d{2,5})*"
    r"|\(?(?<!\d)\d{3}\)?[ -]\d{3}-\d{4}\b|(?<!\d)\d{4} \d{4}(?!\d)"
)
CAPITAL_BEFORE = re.compile(r"[a-z,;\w] (?!US|UK|UN|EU)[A-Z][a-z]+ $")
LIST_NUMBER = re.compile(r"(?:^|\n)[ (]*$")
DAY_OF_MONTH = re.compile(
    rf"(?:st|nd|rd|th)?(?:(?: and |, | to |-|–| or )\d{{1,2}}(?:st|nd|rd|th)?)? (?:of )?{MONTH}",
    re.IGNORECASE,
)
CLOCK = re.compile(
    r"(?::\d|/\d|\.\d+\.| ?[ap]\.?m\b|(?:st|nd|rd|th)\b| o'clock|[hH]\d|-year-old|[- ]years?[- ]old"
    r"|-\d|\)|\])",
    re.IGNORECASE,
)
PLURAL_NEXT = re.compile(
    r" (?:[a-z-]+ ){0,2}?(?:[a-z]{3,}s|people|troops|personnel|men|women|children|staff|police)\b"
)
YEAR_BEFORE = re.compile(
    r"\b(?:in|since|by|until|till|from|during|of|the|after|before|for|early|late|mid|and|to"
    r"|between|through) $",
    re.IGNORECASE,
)
_PRONOUN_ONE = re.compile(r"(?: of (?:the|our|these|those|its|his|her|their|my)\b|\W?$)")
