"""What looks lost on the way into print: a scale, a number, a letter.

Comes in: claims, or facts of figures. Goes out: contests of the kind "likely slip". It names a slip
and never mends it. A number that is lost may stand alone: then nothing but its own words speaks
against it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pactwatch.ledger.claims import Told, one_claim
from pactwatch.ledger.compare import is_lost
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.sides import make_contest
from pactwatch.ledger.words import likeness, tokens
from pactwatch.model import Contest, Quantity, Quote

__all__ = ["contest_of_lost_number", "letters_lost", "lost_letter", "lost_number"]

_APPROXIMATELY = re.compile(r"\b(?:approximately|roughly|an estimated)\s+$", re.IGNORECASE)
_LEAST_LETTERS = 6  # of shorter words many pairs differ by a letter
_LIST = 0.3


def lost_number(record_id: str, members: Iterable[Facts]) -> list[Told]:
    """Claims of amounts of which only the approximation is left: "approximately agents will go".

    The word stands directly before the object, and no amount of the finding holds it already.
    """
    found: list[tuple[Facts, Quote]] = []
    for facts in members:
        for thing in facts.fillers("object"):
            for quote in facts.finding.evidence:
                if not quote.start <= thing.start < quote.end:
                    continue
                before = _APPROXIMATELY.search(quote.text[: thing.start - quote.start])
                if before is None or thing.text[:1].isdigit():
                    continue
                start = quote.start + before.start()
                words = before[0].rstrip()
                cut = Quote(
                    document_id=quote.document_id, start=start, end=start + len(words), text=words
                )
                held = any(f.start < cut.end and start < f.end for f in facts.fillers("amount"))
                found += [] if held else [(facts, cut)]
    value = Quantity(approximate=True, suspect=True)
    return [one_claim(record_id, "amount", value, found)] if found else []


def contest_of_lost_number(claims: Sequence[Told]) -> Contest | None:
    """An amount whose number is missing, beside all that tell one, or alone."""

    def lost(told: Told) -> bool:
        return is_lost(told.claim.value)

    missing = [t for t in claims if lost(t)]
    if not missing:
        return None
    told = [t for t in claims if isinstance(t.claim.value, Quantity) and not lost(t)]
    return make_contest(
        "likely slip",
        "high",
        [*missing, *told],
        saying="a number is missing where the words announce one",
        fits=lambda a, b: lost(a) and lost(b),
        least=1,
    )


def lost_letter(one: str, other: str) -> bool:
    """Whether the one word is the other without one of its inner letters: "county", "country"."""
    if len(other) != len(one) + 1 or one[:1] != other[:1] or one[-1:] != other[-1:]:
        return False
    return any(other[:at] + other[at + 1 :] == one for at in range(1, len(other) - 1))


def letters_lost(figures: Sequence[Facts]) -> Mapping[str, tuple[str, str]]:
    """Figures with a word that lacks a letter of a word that their document's other figures have.

    Only of figures in one unit, which may measure the same: "3% of one county has left" beside "1%
    have left the country".

    Returns:
        Finding id → the word, and the word that it may be.
    """
    told_in: dict[str, list[Facts]] = defaultdict(list)
    for facts in figures:
        told_in[facts.document_id].append(facts)
    found: dict[str, tuple[str, str]] = {}
    for own in told_in.values() if len(told_in) else ():
        for facts in own:
            near = [o for o in own if o is not facts and _may_be_one(facts, o)]
            known = {w for o in near for w in _figure_words(o) if len(w) > _LEAST_LETTERS}
            pairs = [
                (word, whole)
                for word in sorted(_figure_words(facts))
                if len(word) >= _LEAST_LETTERS
                for whole in sorted(known)
                if lost_letter(word, whole)
            ]
            if pairs:
                found[facts.finding.id] = pairs[0]
    return found


def _figure_words(facts: Facts) -> frozenset[str]:
    roles = ("quantity", "of", "place")
    return frozenset(w for role in roles for f in facts.fillers(role) for w in tokens(f.text))


def _may_be_one(a: Facts, b: Facts) -> bool:
    units = [{q.unit for q, _ in f.quantities("quantity")} for f in (a, b)]
    of = [f.words.get("of", frozenset()) for f in (a, b)]
    return bool(units[0] & units[1] - {None}) and likeness(*of) >= _LIST
