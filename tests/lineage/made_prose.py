"""Made-up prose: the same for one seed, and none of it like that of another."""

from __future__ import annotations

import random

WORDS = (
    "harbour",
    "lake",
    "boat",
    "patrol",
    "agree",
    "border",
    "river",
    "police",
    "fund",
    "school",
)


def words(seed: int, length: int) -> list[str]:
    """So many words."""
    source = random.Random(seed)
    return [source.choice(WORDS) + source.choice("abcdefgh") * 3 for _ in range(length)]


def prose(seed: int, length: int) -> str:
    """So many words in a row."""
    return " ".join(words(seed, length))
