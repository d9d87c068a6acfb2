"""Which letters of all alphabets are the same letter, and what a word that begins so looks like.

Comes in: code points. Goes out: small letters without accents, as numbers below 256, by tables that
are made once. It knows no words.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["HIDDEN", "NAME", "NUMBER", "PLAIN", "TELLING", "Letters", "letters_of", "looks_of"]

Letters = NDArray[np.uint8]

HIDDEN = 255
"""Stands for what is not to be seen: soft hyphens, accents that come after their letter."""

PLAIN, TELLING, NAME, NUMBER = range(4)
"""Kinds of words: one that every text is full of (or part of an address), one that tells something,
one with a capital, and a number of two digits or more that is no year."""

_TABLE = 0x3000  # code points looked up at once: all alphabets, general punctuation
_APOSTROPHES = "'’‘ʼ＇`´"
_UNSEEN = (0x00AD, *range(0x0300, 0x0370), *range(0x200B, 0x2010), 0x2060)
_FOREIGN = 127  # letters that no Latin letter stands for share so many numbers


def letters_of(codes: NDArray[np.uint32]) -> Letters:
    """Folded letters; 0 for what is none, `HIDDEN` for what is not to be seen."""
    letters: Letters = _tables()[0].take(codes, mode="clip")
    if int(codes.max(initial=0)) >= _TABLE:
        high = np.flatnonzero(codes >= _TABLE)
        known = {code: _folded(code) for code in set(codes[high].tolist())}
        letters[high] = [known[code] for code in codes[high].tolist()]
    return letters


def looks_of(initials: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """The kind of word that begins with each character, its length and meaning aside."""
    looks: NDArray[np.uint8] = _tables()[1].take(initials, mode="clip")
    return looks


def _folded(code: int) -> int:
    """The plain small letter that a character stands for; 0 where it is no letter or digit."""
    char = chr(code)
    if char in _APOSTROPHES:
        return ord("'")
    plain = unicodedata.normalize("NFKD", char).casefold()
    if not (plain and plain[0].isalnum() and char.isalnum()):
        return 0
    code = ord(plain[0])
    return code if code <= _FOREIGN else _FOREIGN + 1 + code % _FOREIGN


@cache
def _tables() -> tuple[Letters, NDArray[np.uint8]]:
    """For each code point its folded letter, and the kind of word that begins with it."""
    chars = [chr(code) for code in range(_TABLE)]
    folded = np.array([_folded(code) for code in range(_TABLE)], dtype=np.uint8)
    folded[list(_UNSEEN)] = HIDDEN
    capital = np.array([c.isupper() or c.istitle() for c in chars], dtype=np.bool_)
    digit = np.array([c.isdigit() for c in chars], dtype=np.bool_)
    looks = np.where(digit, NUMBER, np.where(capital, NAME, TELLING)).astype(np.uint8)
    return folded, looks
