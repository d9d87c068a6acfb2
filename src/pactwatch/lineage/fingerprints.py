"""Which documents are copies of one text, found without comparing all with all.

Comes in: documents. Goes out: groups of documents that are identical or nearly so. Only documents
that share one of their rare marks are compared, so the work grows with the number of documents.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from hashlib import blake2b
from itertools import pairwise

from pactwatch.model import Document

__all__ = ["copies", "group_by_pairs", "marks", "words_of"]

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_SHINGLE = 5  # words in a row
_MARKS = 32  # smallest hashes kept of a document: enough to meet its near copies
_CROWD = 12  # a mark borne by more documents is boilerplate, unless they are one text
_NEAR = 0.6  # share of the shorter text's shingles that an edited copy still holds
_CUT = 0.5  # a copy may be cut to half of its original
_LEAST = 20  # shingles below which only identical texts are copies


def words_of(text: str) -> tuple[str, ...]:
    """Words without case, accents and the form of apostrophes."""
    plain = unicodedata.normalize("NFKD", text).replace("’", "'").replace("‘", "'").casefold()
    return tuple(_TOKEN.findall("".join(c for c in plain if not unicodedata.combining(c))))


def marks(words: Sequence[str], length: int = _SHINGLE) -> frozenset[int]:
    """Hashes of all runs of `length` words, the same on every machine."""
    return frozenset(
        int.from_bytes(blake2b(" ".join(words[i : i + length]).encode(), digest_size=8).digest())
        for i in range(len(words) - length + 1)
    )


def copies(documents: Sequence[Document]) -> list[list[Document]]:
    """Group documents that are copies; every document is in one group.

    Groups and members come sorted by publication date, then id.
    """
    ordered = sorted(documents, key=lambda d: (d.published or "9999", d.id))
    words = [words_of(d.text) for d in ordered]
    shingles = [marks(w) for w in words]
    bearers: dict[object, list[int]] = defaultdict(list)
    for index, own in enumerate(shingles):
        bearers[words[index]].append(index)
        if len(own) >= _LEAST:
            for mark in sorted(own)[:_MARKS]:
                bearers[mark].append(index)
    pairs: set[tuple[int, int]] = set()
    for members in bearers.values():
        first = members[0]
        others = members[1:] if len(members) <= _CROWD else members[1:_CROWD]
        pairs |= {(first, other) for other in others}
        pairs |= set(pairwise(members))
    same = [(i, j) for i, j in sorted(pairs) if _near(words, shingles, i, j)]
    return [[ordered[i] for i in group] for group in group_by_pairs(len(ordered), same)]


def _near(
    words: Sequence[tuple[str, ...]], shingles: Sequence[frozenset[int]], i: int, j: int
) -> bool:
    if words[i] == words[j]:
        return True
    small, large = sorted((shingles[i], shingles[j]), key=len)
    if len(small) < max(_LEAST, _CUT * len(large)):
        return False
    return len(small & large) >= _NEAR * len(small)


def group_by_pairs(count: int, pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Join indices 0 to `count` - 1 along pairs; groups and members in order."""
    root = list(range(count))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for i, j in pairs:
        a, b = sorted((find(i), find(j)))
        root[b] = a
    groups: dict[int, list[int]] = defaultdict(list)
    for i in range(count):
        groups[find(i)].append(i)
    return list(groups.values())
