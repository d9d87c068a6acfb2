"""Numbers lost on the way into print: "approximately officers will be sent", "about of aid".

Comes in: a text. Goes out: spans of the words left of an amount, with what they count. Words and
classes are those of ``lost_numbers.toml``; a word that only might lack a number ("about") counts
where nothing else can be meant. It never guesses the number.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pactwatch.codebook.vocabularies import load_table
from pactwatch.language.quantity_grammar import COINS, SIGNS

__all__ = ["LostNumber", "find_lost_numbers"]

_COUNTED = ("personnel", "equipment", "moved", "offender")


@dataclass(frozen=True, slots=True, kw_only=True)
class LostNumber:
    """Words that lack a number.

    Attributes:
        start, end: What is left of the amount: "approximately", "$ million".
        unit: What is counted, singular and lower case, where a noun says so.
        currency: ISO 4217, where a sign of money stands there.
        money: Whether it is a sum.
    """

    start: int
    end: int
    unit: str | None = None
    currency: str | None = None
    money: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Patterns:
    """Expressions whose group "words" is what is left, and what the other groups mean."""

    shapes: tuple[re.Pattern[str], ...]
    units: Mapping[str, str]
    currencies: Mapping[str, str]


def find_lost_numbers(text: str) -> list[LostNumber]:
    """Find the places of a text where a number is missing, in order, disjoint."""
    patterns = _patterns()
    found: list[LostNumber] = []
    for shape in patterns.shapes:
        for match in shape.finditer(text):
            told = match.groupdict()
            sign = (told.get("sign") or "").strip().casefold()
            found.append(
                LostNumber(
                    start=match.start("words"),
                    end=match.end("words"),
                    unit=patterns.units.get((told.get("noun") or "").casefold()),
                    currency=patterns.currencies.get(sign),
                    money=bool(sign or told.get("money") or told.get("coin")),
                )
            )
    found.sort(key=lambda lost: (lost.start, -lost.end))
    kept: list[LostNumber] = []
    for lost in found:
        if not kept or lost.start >= kept[-1].end:
            kept.append(lost)
    return kept


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


@functools.cache
def _patterns() -> _Patterns:
    table, lexicon = load_table("lost_numbers.toml"), load_table("lexicon.toml")["nouns"]
    units: dict[str, str] = dict(table["irregular"])
    single = set(table["irregular"].values())
    for noun in sorted({n for c in _COUNTED for n in lexicon[c] if n.isalpha()}):
        if noun in single or noun.endswith("s"):
            continue
        ies = re.search(r"[^aeiou]y\Z", noun)
        units[f"{noun[:-1]}ies" if ies else f"{noun}s"] = noun
    sure, anything = _any(table["sure"]), _any((*table["sure"], *table["unsure"], *table["before"]))
    between = rf"(?:(?!(?:{_any(table['complete'])})\b)[^\W\d_][\w'’-]*\s+){{0,2}}?"
    noun = rf"(?=\s+{between}(?P<noun>{_any(units)})\b(?![-'’]))"
    money = _any(n for n in lexicon["money"] if n not in table["scales"])
    coins = _any(f"{coin}s" for coin in COINS if coin.isalpha() and len(coin) > 3)
    signs = {sign.casefold(): code for sign, code in SIGNS.items()}
    scale, begin = rf"(?:{_any(table['scales'])})\b", r"(?<![\w-])"
    shapes = (
        rf"{begin}(?P<words>{sure}){noun}",
        rf"{begin}(?:{_any(table['verbs'])})\s+(?P<words>{_any(table['unsure'])}){noun}",
        rf"{begin}(?P<words>{anything})(?=\s+of\s+(?:[a-z-]+\s+)?(?P<money>{money})\b)",
        rf"{begin}(?P<words>(?:{anything})\s+{scale}(?:\s+(?P<coin>{coins})\b)?)",
        rf"(?<![\w$€£])(?P<words>(?P<sign>{_any([*signs, '$'])})\s?{scale})",
    )
    return _Patterns(
        shapes=tuple(re.compile(shape, re.IGNORECASE) for shape in shapes),
        units=units,
        currencies=signs,
    )
