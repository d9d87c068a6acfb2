"""Money, counts, shares and durations as reports write them, with what qualifies them.

Comes in: a text. Goes out: spans with a `Quantity` each: the number to the letter, its bounds and
its unit where the words next to it say so. Years, dates, telephone and section numbers are no
quantities. It never converts a currency, adds anything up, or judges whether an amount is likely.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pactwatch.language.lost_numbers import find_lost_numbers
from pactwatch.language.quantity_grammar import (
    CAPITAL_BEFORE,
    CLOCK,
    COINS,
    DAY_OF_MONTH,
    FRACTIONS,
    LIST_NUMBER,
    MONTH,
    NUMBER,
    NUMBERED,
    ORDINAL,
    ORDINALS,
    PLURAL_NEXT,
    QUALIFIER,
    SCALES,
    SHARE,
    SIGNS,
    SMALL,
    TELEPHONE,
    TENS,
    YEAR_BEFORE,
)
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


def find_quantities(text: str, *, dollar: str = "USD") -> list[QuantityMention]:
    """Find all quantities of a text, sorted and disjoint.

    Args:
        dollar: ISO 4217 code of what a bare "$" or "dollars" means in this text.
    """
    folded = fold(text)
    plain = folded.text
    found: list[QuantityMention] = []
    position = 0
    while match := NUMBER.search(plain, position):
        match = _one_of_two(plain, match)
        position = match.end()
        mention = _number(plain, match, dollar)
        if mention:
            found.append(mention)
    found += _shares(plain)
    found += _ordinals(plain)
    found += _lost(plain, dollar)
    telephones = [match.span() for match in TELEPHONE.finditer(plain)]
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
    return NUMBER.match(text, match.start(), match.start("join")) or match


def _number(text: str, match: re.Match[str], dollar: str) -> QuantityMention | None:
    start, end = match.span()
    before = text[max(0, start - 24) : start]
    qualifier = QUALIFIER.search(before)
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
        by_fold = {known.casefold(): code for known, code in SIGNS.items()}
        return by_fold[sign.casefold()], False
    coin = (match["coin"] or "").lower()
    for form in (coin, coin.removesuffix("s"), coin.removesuffix("es")):
        if form in ("dollar", "dollars"):
            return dollar, True
        if form in COINS:
            return COINS[form], False
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
            value *= SCALES[part.strip()]
    if own and " and a half" in own.lower():
        scale_word = own.lower().replace(" and a half", "").strip(" -")
        value += Decimal(SCALES[scale_word] if scale_word else 1) / 2
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
        elif stem in SCALES:
            plural_head = word.endswith("s") and not words.endswith(f" of {word}")
            value *= SCALES[stem] * (2 if plural_head else 1)
    whole = value.to_integral_value()
    return whole if whole == value else value


def _counted(words: str) -> int:
    """The number that words like "one hundred and eighty" state."""
    total = group = 0
    for word in re.split(r"[ ,-]+", words):
        if word in SMALL:
            group += SMALL[word]
        elif word in TENS:
            group += TENS[word]
        elif word in ("a", "an"):
            group += 1
        elif word == "hundred":
            group *= 100
        elif word in SCALES:
            total += group * SCALES[word]
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
        return not _is_year(figures, match, before, text) and not LIST_NUMBER.search(before)
    if CLOCK.match(after) or (after[:1].isalpha() or after[:1] == "_") or DAY_OF_MONTH.match(after):
        return False
    tail = text[match.end("figures1") : match.end("figures1") + 24]
    if DAY_OF_MONTH.match(tail):
        return False
    if not qualified and (NUMBERED.search(before) or CAPITAL_BEFORE.search(before)):
        return bool(PLURAL_NEXT.match(after)) and not NUMBERED.search(before)
    if len(figures) < 3 and LIST_NUMBER.search(before) and (not after or after[0] in ".)\n"):
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
    counted = PLURAL_NEXT.match(text, match.end())
    return not (counted and (qualified or not YEAR_BEFORE.search(before)))


def _words_count(match: re.Match[str], before: str, after: str) -> bool:
    words = match["words1"].lower()
    if words == "one":
        return bool(match["time"] or match["percent"]) and not match["per"]
    if re.match(r"[- ]years?[- ]old|[- ]olds?\b", after):
        return False
    named = match["words1"][0].isupper() and re.search(r"[a-z,] $", before)
    return not (re.search(r"\bGroup of $", before) or (named and re.match(r" [A-Z]", after)))


def _shares(text: str) -> list[QuantityMention]:
    found = []
    for match in SHARE.finditer(text):
        if match["half"]:
            number = Decimal("0.5")
        else:
            top = (match["top"] or match["tops"]).lower()
            part = (match["part"] or match["parts"]).lower()
            number = Decimal(SMALL.get(top, 1)) / FRACTIONS[part]
            number = number.quantize(Decimal("0.0001")).normalize()
        start = match.start()
        before = text[max(0, start - 24) : start]
        qualifier = QUALIFIER.search(before)
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


def _lost(text: str, dollar: str) -> list[QuantityMention]:
    """Amounts whose number is missing: suspect, and None as number."""
    return [
        QuantityMention(
            start=lost.start,
            end=lost.end,
            quantity=Quantity(
                currency=lost.currency or (dollar if "$" in text[lost.start : lost.end] else None),
                unit=lost.unit,
                approximate=True,
                suspect=True,
            ),
            kind="money" if lost.money else "count",
            default_currency=lost.money and not lost.currency,
        )
        for lost in find_lost_numbers(text)
    ]


def _ordinals(text: str) -> list[QuantityMention]:
    return [
        QuantityMention(
            start=match.start(),
            end=match.end(),
            quantity=Quantity(number=Decimal(match["nth"] or ORDINALS[match["word"]])),
            kind="ordinal",
        )
        for match in ORDINAL.finditer(text)
        if not re.match(
            rf"(?:(?: and |, | to |-|–)\S+)? (?:of )?{MONTH}", text[match.end() : match.end() + 30]
        )
    ]
