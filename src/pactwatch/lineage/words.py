"""From a text to its words as numbers, so that texts can be compared without comparing letters.

Comes in: a document. Goes out: `Words`: a 64-bit hash for every word, where the word stands, and
whether it tells anything of its own. Case, accents, the form of apostrophes, hyphens and invisible
marks make no difference. All of it is done on arrays, without Python work for each word. It never
looks at a second text.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from pactwatch.model import Document

__all__ = [
    "NAME",
    "NUMBER",
    "PLAIN",
    "TELLING",
    "Hashes",
    "Offsets",
    "Words",
    "mixed",
    "stems_in",
    "words_in",
]

Hashes = NDArray[np.uint64]
Offsets = NDArray[np.int64]

_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
_INVERSE = pow(_BASE, -1, 1 << 64)
_TABLE = 0x3000  # code points looked up at once: all alphabets, general punctuation
_APOSTROPHES = "'’‘ʼ＇`´"
_UNSEEN = (0x00AD, *range(0x0300, 0x0370), *range(0x200B, 0x2010), 0x2060)
_STEM = 6  # letters of a stem: "migrants" and "migration" are no forms of one word
_ENDINGS = (
    ("'s", 2),
    ("ings", 3),
    ("ing", 3),
    ("edly", 3),
    ("ies", 3),
    ("ed", 3),
    ("es", 3),
    ("s", 3),
    ("e", 3),
    ("y", 3),
)  # with the letters that must be left
_YEAR = 4  # digits
_SHORT = 2  # letters: "US", "at" and the like tell nothing


PLAIN, TELLING, NAME, NUMBER = range(4)
"""Kinds of words: one that every text is full of (or part of an address), one that tells something,
one with a capital, and a number of two digits or more that is no year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one text, in order.

    Attributes:
        hashes: Equal for words that are equal but for case, accents and apostrophes.
        starts: Offset of each word's first character in the text.
        ends: Offset after its last character.
        kinds: What each word is to all appearance: `PLAIN`, `TELLING`, `NAME` or `NUMBER`.
    """

    hashes: Hashes
    starts: Offsets
    ends: Offsets
    kinds: NDArray[np.uint8]

    def __len__(self) -> int:
        """The number of words."""
        return len(self.hashes)


def words_in(document: Document) -> Words:
    """Read the words of a document, those of its page furniture left out."""
    codes, letters, at = _read(document.text)
    inside = letters > 0
    inside &= _apostrophes_within(letters)
    padded = np.empty(len(inside) + 2, dtype=np.bool_)
    padded[0] = padded[-1] = False
    padded[1:-1] = inside
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    starts, ends = edges[::2], edges[1::2]
    if not len(starts):
        nothing = np.zeros(0, dtype=np.int64)
        return Words(
            hashes=nothing.astype(np.uint64),
            starts=nothing,
            ends=nothing,
            kinds=nothing.astype(np.uint8),
        )
    powers, inverses = _powers(1 << (len(codes)).bit_length())
    values = np.where(inside, letters, 0).astype(np.uint64)
    values *= powers[: len(values)]
    hashes = mixed(np.add.reduceat(values, starts) * inverses[starts])
    kinds = _kinds(codes[starts], ends - starts, hashes)
    kinds[_in_addresses(codes, letters, starts, ends)] = PLAIN
    if at is not None:
        starts, ends = at[starts], at[ends - 1] + 1
    if document.furniture:
        kept = _outside(starts, ends, document)
        hashes, starts, ends, kinds = hashes[kept], starts[kept], ends[kept], kinds[kept]
    return Words(hashes=hashes, starts=starts, ends=ends, kinds=kinds)


def stems_in(document: Document, words: Words) -> Hashes:
    """Hashes of what is left of words without their commonest endings, at most six letters:
    equal for "force" and "forcing", "threat" and "threatened"."""
    _, letters, at = _read(document.text)
    starts, ends = words.starts, words.ends
    if at is not None:
        starts, ends = np.searchsorted(at, starts), np.searchsorted(at, ends)
    lengths = np.minimum(ends - starts - _endings(letters, starts, ends), _STEM)
    hashes = np.zeros(len(words), dtype=np.uint64)
    powers = _powers(64)[0]
    for place in range(_STEM):
        here = lengths > place
        hashes[here] += letters[starts[here] + place].astype(np.uint64) * powers[place]
    return mixed(hashes)


def mixed(hashes: Hashes) -> Hashes:
    """Spread the bits of hashes evenly (finaliser of SplitMix64, Steele, Lea, Flood 2014)."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))


def _read(text: str) -> tuple[NDArray[np.uint32], NDArray[np.uint32], Offsets | None]:
    """Code points, folded letters, and their offsets where invisible characters were left out."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    letters, unseen = _letters(codes)
    if unseen is None:
        return codes, letters, None
    at = np.flatnonzero(~unseen)
    return codes[at], letters[at], at


def _endings(letters: NDArray[np.uint32], starts: Offsets, ends: Offsets) -> Offsets:
    """How many letters of each word's end are an ending, of words that stay long enough."""
    endings = np.zeros(len(starts), dtype=np.int64)
    for ending, least in _ENDINGS:
        fits = (endings == 0) & (ends - starts >= least + len(ending))
        for place, letter in enumerate(reversed(ending), start=1):
            fits &= letters[np.maximum(ends - place, 0)] == ord(letter)
        endings[fits] = len(ending)
    return endings


def _letters(codes: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.bool_] | None]:
    """Folded letters, 0 for what is none; and what is invisible, where anything is."""
    folded, _, _, unseen = _tables()
    if not len(codes) or codes.max() < _TABLE:
        letters = folded[codes]
        if not len(codes) or codes.max() < 0xAD:
            return letters, None
        hidden = unseen[codes]
        return letters, hidden if hidden.any() else None
    low = np.minimum(codes, _TABLE - 1)
    letters, hidden = folded[low], unseen[low]
    for code in np.unique(codes[codes >= _TABLE]):
        letters[codes == code] = _folded(int(code))
    return letters, hidden if hidden.any() else None


def _apostrophes_within(letters: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """False for apostrophes that don't stand between letters, true for all else."""
    fine = np.ones(len(letters), dtype=np.bool_)
    places = np.flatnonzero(letters == ord("'"))
    if len(places):
        before = np.where(places > 0, letters[places - 1], 0)
        after = np.where(places + 1 < len(letters), letters[(places + 1) % len(letters)], 0)
        fine[places] = (before > 0) & (before != ord("'")) & (after > 0) & (after != ord("'"))
    return fine


def _outside(starts: Offsets, ends: Offsets, document: Document) -> NDArray[np.bool_]:
    kept = np.ones(len(starts), dtype=np.bool_)
    for span in document.furniture:
        kept[np.searchsorted(ends, span.start, "right") : np.searchsorted(starts, span.end)] = False
    return kept


def _kinds(initials: NDArray[np.uint32], lengths: Offsets, hashes: Hashes) -> NDArray[np.uint8]:
    """Kinds of words with these first characters and lengths."""
    initials = np.minimum(initials, _TABLE - 1)
    capital, digit = _tables()[1][initials], _tables()[2][initials]
    kinds = np.full(len(hashes), TELLING, dtype=np.uint8)
    kinds[capital] = NAME
    kinds[(lengths <= _SHORT) | _known(hashes) | digit] = PLAIN
    kinds[digit & (lengths > 1) & (lengths != _YEAR)] = NUMBER
    return kinds


def _in_addresses(
    codes: NDArray[np.uint32], letters: NDArray[np.uint32], starts: Offsets, ends: Offsets
) -> NDArray[np.bool_]:
    """Whether words stand in an address of the web or of mail: "www.example.org/news"."""
    around = np.zeros(len(codes) + 4, dtype=np.uint32)
    around[2:-2] = codes
    lettered = np.zeros(len(codes) + 4, dtype=np.bool_)
    lettered[2:-2] = letters > 0
    before, after = around[starts + 1], around[ends + 2]
    joined = np.zeros(len(starts), dtype=np.bool_)
    for mark in "@/_":
        joined |= (before == ord(mark)) | (after == ord(mark))
    joined |= (before == ord(".")) & lettered[starts]
    joined |= (after == ord(".")) & lettered[ends + 3]
    return joined


def _known(hashes: Hashes) -> NDArray[np.bool_]:
    """Whether words are among the common ones."""
    common = _common()
    places = np.minimum(np.searchsorted(common, hashes), len(common) - 1)
    known: NDArray[np.bool_] = common[places] == hashes
    return known


def _folded(code: int) -> int:
    """The plain small letter that a character stands for; 0 where it is no letter or digit."""
    char = chr(code)
    if char in _APOSTROPHES:
        return ord("'")
    plain = unicodedata.normalize("NFKD", char).casefold()
    return ord(plain[0]) if plain and plain[0].isalnum() and char.isalnum() else 0


@cache
def _tables() -> tuple[NDArray[np.uint32], NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """For each code point: its folded letter, and whether it is a capital, a digit, invisible."""
    chars = [chr(code) for code in range(_TABLE)]
    folded = np.array([_folded(code) for code in range(_TABLE)], dtype=np.uint32)
    capital = np.array([c.isupper() or c.istitle() for c in chars], dtype=np.bool_)
    digit = np.array([c.isdigit() for c in chars], dtype=np.bool_)
    unseen = np.zeros(_TABLE, dtype=np.bool_)
    unseen[list(_UNSEEN)] = True
    return folded, capital, digit, unseen


@cache
def _powers(length: int) -> tuple[Hashes, Hashes]:
    """Powers of the base and of its inverse, modulo 2**64."""
    powers, inverses = (np.full(length, base, dtype=np.uint64) for base in (_BASE, _INVERSE))
    powers[0] = inverses[0] = 1
    return np.cumprod(powers, dtype=np.uint64), np.cumprod(inverses, dtype=np.uint64)


@cache
def _common() -> Hashes:
    """Hashes of the words in common_words.txt, sorted."""
    listed = (files("pactwatch.lineage") / "common_words.txt").read_text(encoding="utf-8")
    words = [w for line in listed.splitlines() if not line.startswith("#") for w in line.split()]
    codes = [np.frombuffer(w.encode("utf-32-le"), dtype=np.uint32) for w in words]
    powers = _powers(64)[0]
    sums = [(c.astype(np.uint64) * powers[: len(c)]).sum(dtype=np.uint64) for c in codes]
    return np.sort(mixed(np.array(sums, dtype=np.uint64)))
