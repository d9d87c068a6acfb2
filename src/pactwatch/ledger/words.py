"""Words made comparable: folded, cut into tokens, stripped of what carries no meaning.

Comes in: words of documents. Goes out: tokens, sets of content words, likenesses between 0 and 1.
It never decides what is the same thing: the modules of the kinds do.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["content_words", "fold", "likeness", "longest_run", "stem", "tokens"]

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}")
_ENDINGS = ("ations", "ation", "ingly", "ments", "ment", "ings", "ions", "ing", "ion", "ies")
_SHORT_ENDINGS = ("ed", "es", "ly", "s", "e", "y")
_EMPTY_WORDS = (
    "a an the of to in on for and or by with at from as its it his her their our this that these"
    " those will would be been being is are was were has have had into over under more most some"
    " any all new such other than which who whom about up down out not no do does did so"
)
_EMPTY = frozenset(_EMPTY_WORDS.split())


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, no accents, straight apostrophes, single spaces, undotted initials."""
    plain = text.replace("’", "'").replace("‘", "'")
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = plain.casefold()
    plain = _DOTTED.sub(lambda m: m[0].replace(".", ""), plain)
    return " ".join(plain.split())


@lru_cache(maxsize=65536)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a text, folded; a possessive ending is left off."""
    return tuple(t.removesuffix("'s").replace("'", "") for t in _TOKEN.findall(fold(text)))


@lru_cache(maxsize=65536)
def stem(token: str) -> str:
    """A crude stem, which joins "train" and "retraining"; only for comparing."""
    if token.endswith("s") and any(map(str.isdigit, token)):  # "J8s", "1990s"
        return token[:-1]
    if token.startswith("re") and len(token) > 10:
        token = token.removeprefix("re-").removeprefix("re")
    for ending in _ENDINGS:
        if token.endswith(ending) and len(token) - len(ending) >= 4:
            return token[: -len(ending)]
    for ending in _SHORT_ENDINGS:
        if token.endswith(ending) and len(token) - len(ending) >= 3:
            return token[: -len(ending)]
    return token


@lru_cache(maxsize=65536)
def content_words(text: str) -> frozenset[str]:
    """Stems of the words that carry meaning."""
    return frozenset(stem(t) for t in tokens(text) if t not in _EMPTY)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Overlap of two sets of words: the mean of Jaccard and containment, 0 where one is empty."""
    shared = len(one & other)
    if not shared:
        return 0.0
    return (shared / len(one | other) + shared / min(len(one), len(other))) / 2


def longest_run(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[int, int, int]:
    """The longest run of words shared, as ``(start in one, start in other, length)``."""
    best = (0, 0, 0)
    previous = [0] * (len(other) + 1)
    for i, word in enumerate(one, 1):
        current = [0] * (len(other) + 1)
        for j, match in enumerate(other, 1):
            if word == match:
                current[j] = previous[j - 1] + 1
                if current[j] > best[2]:
                    best = (i - current[j], j - current[j], current[j])
        previous = current
    return best
