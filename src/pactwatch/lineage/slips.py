"""Mistakes that two texts have in common: who makes the same one has copied it.

Comes in: the same passage in two wordings. Goes out: the mistakes that stand in both. Only those
are known that need no dictionary: words doubled, words of grammar that can't follow each other ("at
or border"), and a word with a letter lost or gained beside its right form. It mends nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pactwatch.lineage.values import Slip

__all__ = ["Spelling", "shared_slips", "slips_in", "spelling"]

_DOUBLED = re.compile(r"\b([a-z]{2,})[ \n]+\1\b(?![-'’])")
_MEANT_TWICE = frozenset({"bye", "had", "long", "many", "never", "really", "so", "that", "very"})
_AFTER_ARTICLE = re.compile(
    r"\b(?:a|an|the)[ \n]+(?:of|to|and|or|is|was|are|were|at|from|with|a|an|the)\b(?![-'’])"
)
_BEFORE_OR = re.compile(r"\b(?:at|of|from|into|with|for|to|in|on)[ \n]+or[ \n]+([a-z]+)\b")
_PREPOSITIONS = (
    "about above across after against around as at before behind below beneath between beyond by "
    "down during even for from in inside into less like more near not of off on out outside over "
    "past since through to toward towards under until up upon via with within without"
)
_FITS_AFTER_OR = frozenset(_PREPOSITIONS.split())
_WORD = re.compile(r"\b[a-z]{8,}\b")
_TAIL = 2  # letters at the end, where words differ by their form


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """How a text spells its long words.

    Attributes:
        times: How often it has each.
        shortened: Words less one letter → the words.
    """

    times: Counter[str]
    shortened: dict[str, str]


def spelling(text: str) -> Spelling:
    """Learn how a text spells its long words."""
    times = Counter(_WORD.findall(text))
    shortened = {
        word[:place] + word[place + 1 :]: word
        for word in sorted(times)
        for place in range(1, len(word) - _TAIL)
    }
    return Spelling(times=times, shortened=shortened)


def slips_in(text: str, spellings: Sequence[Spelling] = ()) -> tuple[Slip, ...]:
    """The mistakes in a text, in its order.

    Args:
        spellings: Of the texts in which the right form of a misspelt word may stand.
    """
    found = [(at, kind, words) for at, kind, words in _garbled(text)]
    found += [(at, "misspelling", word) for at, word in _misspelt(text, spellings)]
    return tuple(
        dict.fromkeys(Slip(kind=k, text=" ".join(words.split())) for _, k, words in sorted(found))
    )


def shared_slips(one: str, other: str, spellings: Sequence[Spelling] = ()) -> tuple[Slip, ...]:
    """The mistakes that stand in both wordings."""
    ours = slips_in(one, spellings)
    theirs = slips_in(other, spellings) if ours else ()
    return tuple(slip for slip in ours if slip in theirs)


def _garbled(text: str) -> Iterator[tuple[int, str, str]]:
    for match in _DOUBLED.finditer(text):
        if match[1] not in _MEANT_TWICE:
            yield match.start(), "doubled word", match[0]
    for match in _AFTER_ARTICLE.finditer(text):
        if len(set(match[0].split())) > 1:
            yield match.start(), "garbled words", match[0]
    for match in _BEFORE_OR.finditer(text):
        if match[1] not in _FITS_AFTER_OR and not match[1].endswith(("ing", "ed")):
            yield match.start(), "garbled words", match[0]


def _misspelt(text: str, spellings: Sequence[Spelling]) -> Iterator[tuple[int, str]]:
    """Words that differ from a commoner one by a letter lost or gained, but not in their ending."""

    def times(word: str) -> int:
        return sum(spelling.times[word] for spelling in spellings)

    for match in _WORD.finditer(text) if spellings else ():
        word = match[0]
        longer = [s.shortened[word] for s in spellings if word in s.shortened]
        shorter = [word[:at] + word[at + 1 :] for at in range(1, len(word) - _TAIL)]
        if any(times(right) > times(word) for right in (*longer, *shorter)):
            yield match.start(), word
