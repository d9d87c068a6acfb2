"""What is left of words without their endings, for comparing texts that tell the same otherwise.

Comes in: a document and its words. Goes out: hashes of stems. English endings only, and no
dictionary: "migrants" and "migration" are no forms of one word.
"""

from __future__ import annotations

import numpy as np

from pactwatch.lineage.letters import Letters
from pactwatch.lineage.words import Hashes, Offsets, Words, hashes_of, read_letters
from pactwatch.model import Document

__all__ = ["stems_in"]

_STEM = 6  # letters of a stem at most
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


def stems_in(document: Document, words: Words) -> Hashes:
    """Hashes of what is left of words without their commonest endings, at most six letters:
    equal for "force" and "forcing", "threat" and "threatened"."""
    _, letters, at = read_letters(document.text)
    starts, ends = words.starts, words.ends
    if at is not None:
        starts, ends = np.searchsorted(at, starts), np.searchsorted(at, ends)
    lengths = np.minimum(ends - starts - _endings(letters, starts, ends), _STEM)
    return hashes_of(letters, starts, lengths)


def _endings(letters: Letters, starts: Offsets, ends: Offsets) -> Offsets:
    """How many letters of each word's end are an ending, of words that stay long enough."""
    endings = np.zeros(len(starts), dtype=np.int64)
    for ending, least in _ENDINGS:
        fits = (endings == 0) & (ends - starts >= least + len(ending))
        for place, letter in enumerate(reversed(ending), start=1):
            fits &= letters[np.maximum(ends - place, 0)] == ord(letter)
        endings[fits] = len(ending)
    return endings
