"""From a text to its words as numbers, so that texts can be compared without comparing letters.

Comes in: a document. Goes out: `Words`: a 64-bit hash for every word, where the word stands, and
whether it tells anything of its own. Case, accents, the form of apostrophes, hyphens and invisible
marks make no difference. All of it is done on arrays, without Python work for each word. It never
looks at a second text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from pactwatch.lineage.letters import (
    HIDDEN,
    NAME,
    NUMBER,
    PLAIN,
    TELLING,
    Letters,
    letters_of,
    looks_of,
)
from pactwatch.lineage.quotations import quoted_edges
from pactwatch.model import Document

__all__ = [
    "NAME",
    "NUMBER",
    "PLAIN",
    "TELLING",
    "Chunk",
    "Hashes",
    "Offsets",
    "Words",
    "chunks",
    "hashes_of",
    "mixed",
    "read_letters",
    "words_in",
]

Hashes = NDArray[np.uint64]
Offsets = NDArray[np.signedinteger[Any]]

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_EIGHT = 8  # letters in 64 bits
_HEADS = np.array([(1 << 8 * length) - 1 for length in range(_EIGHT + 1)], dtype=np.uint64)
_AT_ONCE = 1 << 16  # characters read at once: the arrays stay in the processor's cache
_SLOTS = np.uint64((1 << 16) - 1)
_YEAR = 4  # digits
_SHORT = 2  # letters: "US", "at" and the like tell nothing


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """The words of several documents, read in one go.

    Attributes:
        words: All words; their offsets count in the texts one after the other, with one character
            between them.
        bounds: The first word of each document, and the number of all words.
        origins: Where each document's text begins.
        quotations: Where each document stands in quotation marks.
    """

    documents: Sequence[Document]
    words: Words
    bounds: tuple[int, ...]
    origins: tuple[int, ...]
    quotations: tuple[list[tuple[int, int]], ...]

    def parted(self) -> Iterator[Words]:
        """The words of each document by itself."""
        words, bounds = self.words, np.array(self.bounds)
        origins = np.array(self.origins).repeat(bounds[1:] - bounds[:-1])
        starts, ends = (
            (words.starts - origins).astype(np.int32),
            (words.ends - origins).astype(np.int32),
        )
        for low, high in pairwise(self.bounds):
            yield Words(
                hashes=words.hashes[low:high],
                starts=starts[low:high],
                ends=ends[low:high],
                kinds=words.kinds[low:high],
            )


def words_in(document: Document) -> Words:
    """Read the words of a document, those of its page furniture left out."""
    return next(_read_chunk([document]).parted())


def chunks(documents: Iterable[Document]) -> Iterator[Chunk]:
    """Read the words of documents, many short ones at a time: the same words, sooner."""
    waiting: list[Document] = []
    letters = 0
    for document in documents:
        if waiting and letters + len(document.text) > _AT_ONCE:
            yield _read_chunk(waiting)
            waiting, letters = [], 0
        waiting.append(document)
        letters += len(document.text) + 1
    if waiting:
        yield _read_chunk(waiting)


def _read_chunk(documents: Sequence[Document]) -> Chunk:
    lengths = [len(document.text) + 1 for document in documents]
    origins = (0, *accumulate(lengths))
    codes, letters, at = read_letters("\n".join(document.text for document in documents))
    _without_loose_apostrophes(letters)
    padded = np.zeros(len(letters) + 2, dtype=np.bool_)
    np.greater(letters, 0, out=padded[1:-1])
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    starts, ends = edges[::2], edges[1::2]
    hashes = hashes_of(letters, starts, ends - starts)
    kinds = _kinds(codes[starts], ends - starts, hashes)
    if len(starts):
        for joined in _in_addresses(codes, letters, starts, ends):
            kinds[joined] = PLAIN
    if at is not None and len(starts):
        starts, ends = at[starts], at[ends - 1] + 1
    kept = _outside_furniture(starts, ends, documents, origins)
    if kept is not None:
        hashes, starts, ends, kinds = hashes[kept], starts[kept], ends[kept], kinds[kept]
    return Chunk(
        documents=documents,
        words=Words(hashes=hashes, starts=starts, ends=ends, kinds=kinds),
        bounds=tuple(np.searchsorted(starts, origins).tolist()),
        origins=origins[:-1],
        quotations=tuple(quoted_edges(document.text) for document in documents),
    )


def hashes_of(letters: Letters, starts: Offsets, lengths: Offsets) -> Hashes:
    """Hashes of words: of their first and last eight letters and their length."""
    padded = np.zeros(len(letters) + _EIGHT, dtype=np.uint8)
    padded[: len(letters)] = letters
    eights = as_strided(padded[:_EIGHT].view("<u8"), (len(letters) + 1,), (1,))
    hashes = eights[starts] & _HEADS[np.minimum(lengths, _EIGHT)]
    hashes *= _FACTOR
    long = np.flatnonzero(lengths > _EIGHT)
    hashes[long] ^= mixed(eights[starts[long] + lengths[long] - _EIGHT])
    hashes += lengths.astype(np.uint64)
    return mixed(hashes)


def mixed(hashes: Hashes) -> Hashes:
    """Spread the bits of hashes evenly (finaliser of SplitMix64, Steele, Lea, Flood 2014)."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))


def read_letters(text: str) -> tuple[NDArray[np.uint32], Letters, Offsets | None]:
    """Code points, folded letters, and their offsets where invisible characters were left out."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    letters = letters_of(codes)
    if not (letters == HIDDEN).any():
        return codes, letters, None
    at = np.flatnonzero(letters != HIDDEN)
    return codes[at], letters[at], at


def _without_loose_apostrophes(letters: Letters) -> None:
    """Make apostrophes no letters, where they don't stand between two letters."""
    apostrophe = ord("'")
    places = np.flatnonzero(letters == apostrophe)
    if len(places):
        around = np.zeros(len(letters) + 2, dtype=letters.dtype)
        around[1:-1] = letters
        before, after = around[places], around[places + 2]
        fine = (before > 0) & (before != apostrophe) & (after > 0) & (after != apostrophe)
        letters[places[~fine]] = 0


def _outside_furniture(
    starts: Offsets, ends: Offsets, documents: Sequence[Document], origins: Sequence[int]
) -> NDArray[np.bool_] | None:
    """Which words stand outside of page furniture; None where all do."""
    spans = [
        (origin + span.start, origin + min(span.end, len(document.text)))
        for origin, document in zip(origins, documents, strict=False)
        for span in document.furniture
    ]
    if not spans:
        return None
    kept = np.ones(len(starts), dtype=np.bool_)
    lows = np.searchsorted(ends, [start for start, _ in spans], "right")
    highs = np.searchsorted(starts, [end for _, end in spans])
    for low, high in zip(lows.tolist(), highs.tolist(), strict=True):
        kept[low:high] = False
    return kept


def _kinds(initials: NDArray[np.uint32], lengths: Offsets, hashes: Hashes) -> NDArray[np.uint8]:
    """Kinds of words with these first characters and lengths."""
    looks = looks_of(initials)
    plain = _known(hashes)
    plain |= lengths <= _SHORT
    numbers = np.flatnonzero(looks == NUMBER)
    plain[numbers] = (lengths[numbers] == 1) | (lengths[numbers] == _YEAR)
    kinds: NDArray[np.uint8] = looks * ~plain
    return kinds


def _in_addresses(
    codes: NDArray[np.uint32], letters: Letters, starts: Offsets, ends: Offsets
) -> tuple[Offsets, Offsets]:
    """Which words stand in an address of the web or of mail, "www.example.org/news": those that
    begin after a joining mark, and those that end before one."""
    marks = codes == ord(".")
    for mark in "@/_":
        marks |= codes == ord(mark)
    places = np.flatnonzero(marks)
    lettered = np.zeros(len(letters) + 2, dtype=np.bool_)
    lettered[1:-1] = letters > 0
    between = lettered[places] & lettered[places + 2]
    places = places[(codes[places] != ord(".")) | between]
    after = np.minimum(np.searchsorted(starts, places + 1), len(starts) - 1)
    after = after[starts[after] == places + 1]
    before = np.minimum(np.searchsorted(ends, places), len(ends) - 1)
    before = before[ends[before] == places]
    return after, before


def _known(hashes: Hashes) -> NDArray[np.bool_]:
    """Whether words are among the common ones."""
    slots, shift = _common()
    known: NDArray[np.bool_] = slots[(hashes >> shift) & _SLOTS] == hashes
    return known


@cache
def _common() -> tuple[Hashes, np.uint64]:
    """The words of common_words.txt, each at the place that some bits of its hash name."""
    listed = (files("pactwatch.lineage") / "common_words.txt").read_text(encoding="utf-8")
    told = [w for line in listed.splitlines() if not line.startswith("#") for w in line.split()]
    letters = np.frombuffer(" ".join(sorted(set(told))).encode("ascii"), dtype=np.uint8)
    ends = np.flatnonzero(np.append(letters, ord(" ")) == ord(" "))
    starts = np.concatenate([[0], ends[:-1] + 1])
    hashes = hashes_of(letters, starts, ends - starts)
    for bits in range(64 - int(_SLOTS).bit_length() + 1):
        places = (hashes >> np.uint64(bits)) & _SLOTS
        if len(np.unique(places)) == len(hashes):
            slots = np.zeros(int(_SLOTS) + 1, dtype=np.uint64)
            slots[places] = hashes
            return slots, np.uint64(bits)
    raise ValueError("two common words fall into one slot everywhere; make _SLOTS larger")
