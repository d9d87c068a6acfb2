"""Whether an amount is told as a part of a larger one: "50 of the 100 vehicles", "the first 20".

Comes in: words of an amount and the sentence around them. Goes out: yes or no, and the whole where
the sentence gives it. It looks only at the words beside the amount and never at other documents.
"""

from __future__ import annotations

import re
from decimal import Decimal

from pactwatch.ledger.facts import Facts
from pactwatch.model import Filler, Quantity

__all__ = ["completes", "is_more", "is_part", "part_amounts", "whole_of"]

_LOT = r"(?:\s+(?:batch|group|shipment|consignment|tranche|instal?lment|lot|share)(?:\s+of)?)?\W*$"
_PART_AFTER = re.compile(
    r"\W*(?:[a-z]+\s+){0,2}?(?:of (?:the|its|his|her|their|these|those|them|which|whom|what)\b"
    r"|of (?:a total of |some |about |up to )?[$€£¥]?\d|out of\b|so far\b"
    r"|to begin with\b|at first\b)",
    re.IGNORECASE,
)
_PART_BEFORE = re.compile(rf"\b(?:first|initial|second|third|next|last|final){_LOT}", re.IGNORECASE)
_MORE_AFTER = re.compile(r"\W*(?:[a-z]+\s+){0,2}?(?:more|in addition|on top)\b", re.IGNORECASE)
_MORE_BEFORE = re.compile(
    rf"\b(?:another|further|additional|extra|remaining|other){_LOT}", re.IGNORECASE
)
_COMPLETES = re.compile(
    r"\b(?:complet(?:ing|es?|ed)\s(?:the|its|his|her|their|that|this|all)"
    r"(?!\s(?:first|second|third|initial|\w+\sphase))"
    r"|the\s(?:last|final|remaining))\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\W*(?:[a-z]+\s+){0,2}?(?:out\s+)?of\s+(?:the|its|a total of|some|about|up to)?\s*[$€£¥]?"
    r"(\d[\d,.]*\d|\d)",
    re.IGNORECASE,
)


def _around(facts: Facts, filler: Filler) -> tuple[str, str] | None:
    """The sentence before and after the words of an amount, inside the words too ("50 of the")."""
    for quote in facts.finding.evidence:
        if quote.start <= filler.start and filler.end <= quote.end:
            spot, end = filler.start - quote.start, filler.end - quote.start
            digits = re.search(r"[\d,.]*\d|\S+", quote.text[spot:end])
            stop = spot + (digits.end() if digits else 0)
            return quote.text[:spot], quote.text[stop:]
    return None


def is_part(facts: Facts, filler: Filler) -> bool:
    """Whether the words beside an amount make it a part."""
    if isinstance(filler.value, Quantity) and filler.value.unit == "percent":
        return False
    around = _around(facts, filler)
    if around is None:
        return False
    return _PART_AFTER.match(around[1]) is not None or _PART_BEFORE.search(around[0]) is not None


def is_more(facts: Facts, filler: Filler) -> bool:
    """Whether the words make it an amount beside another: "38 more", "another 38"."""
    around = _around(facts, filler)
    if around is None:
        return False
    return _MORE_AFTER.match(around[1]) is not None or _MORE_BEFORE.search(around[0]) is not None


def completes(facts: Facts) -> bool:
    """Whether the words say that with it all has come: "the last two", "completing the four"."""
    return any(_COMPLETES.search(quote.text) for quote in facts.finding.evidence)


def whole_of(facts: Facts, filler: Filler) -> Decimal | None:
    """The number that a part is told to be a part of: 100 of "50 of the 100 vehicles"."""
    around = _around(facts, filler)
    found = _WHOLE.match(around[1]) if around else None
    return Decimal(found[1].replace(",", "").rstrip(".")) if found else None


def part_amounts(facts: Facts) -> bool:
    """Whether the finding tells an amount, and all that it tells are parts."""
    amounts = facts.fillers("amount")
    return bool(amounts) and all(is_part(facts, filler) for filler in amounts)
