"""The values of lineage: what texts share, who has it from whom, which texts are one.

Comes in: nothing. Goes out: frozen values without behaviour of their own. Offsets are half-open, in
code points of the document's text, as everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pactwatch.model import Account, Span
from pactwatch.origins import Direction, Family, Passage

__all__ = [
    "Accounts",
    "Comparison",
    "Difference",
    "Shared",
    "Sharing",
    "Slip",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One place where two wordings part.

    Attributes:
        kind: "dropped" (only the first has it), "added" (only the second), "changed" (other words),
            "case" (capital or small letters), "marks" (punctuation, quotation marks).
        first, second: The words or marks in each; an empty span where nothing stands.
        inside: Whether it lies between shared words; otherwise before or after them, in the
            sentences or the quotation that they stand in.
    """

    kind: str
    first: Span
    second: Span
    inside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A passage side by side: the whole sentences and quotations of both, and how they differ.

    Attributes:
        first, second: The passage with all sentences that it touches; and with what goes on in the
            same quotation, where the passage is quoted.
        differences: In order of the texts.
    """

    passage: Passage
    first: Span
    second: Span
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A mistake in the words of a passage that both documents have.

    Attributes:
        kind: "doubled word", "garbled words" (words of grammar that can't follow each other), or
            "misspelling" (a letter less or more than a word that the documents also have).
        text: The words.
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A passage with what is needed to judge it later.

    Attributes:
        longest: The most words in a row that are the same, titles and contacts not counted.
        telling: Telling words in it.
        names: Names and numbers in it.
        marks: Marks of its words, as in `Fingerprint.marks`.
    """

    passage: Passage
    longest: int
    telling: int
    names: int
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """All that two documents share, found from these two alone, so that it can be kept.

    Attributes:
        first_words, second_words: Length of the documents in words.
        copied: Passages in the same words, in order of the second document.
        retold: Passages in other words.
        looked: Whether `retold` and `slips` were looked for.
    """

    first_id: str
    second_id: str
    first_words: int
    second_words: int
    copied: tuple[Shared, ...] = ()
    retold: tuple[Passage, ...] = ()
    slips: tuple[Slip, ...] = ()
    looked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """The accounts behind documents and findings, and the lineage that they come from.

    Attributes:
        accounts: Sorted by id.
        of_finding: Finding id → account id.
        of_passage: Passage id → account id; none for what is retold, which is the teller's own.
        passages: All passages that link documents, sorted by documents and place.
        families: All families of two or more, sorted by origin.
        directions: One for each pair of documents that share a passage, sorted.
        sharings: What each compared pair shares, to be kept for the next time; by document ids.
    """

    accounts: tuple[Account, ...]
    of_finding: Mapping[str, str]
    of_passage: Mapping[str, str] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()
    families: tuple[Family, ...] = ()
    directions: tuple[Direction, ...] = ()
    sharings: Mapping[tuple[str, str], Sharing] = field(default_factory=dict, compare=False)
