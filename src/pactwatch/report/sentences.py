"""The sentences behind a claim for people: each once, with all documents that print it.

Comes in: the support of a claim. Goes out: `Sentence`s in the order of the support. Sentences are
one where all their words are the same, but for case, accents and marks; a word that differs makes
two. Nothing is left out: every support stands under its sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from pactwatch.model import Support

__all__ = ["Sentence", "letters_of", "sentences_of"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence as printed, and all support in these words.

    Attributes:
        shown: The support whose words are shown, the first.
        told: All support in these words, `shown` among it, each place of a document once.
    """

    shown: Support
    told: tuple[Support, ...]


def sentences_of(support: Sequence[Support]) -> list[Sentence]:
    """Group support by its sentence and by the words in it that fill the field."""
    groups: dict[tuple[tuple[str, ...], ...], dict[tuple[str, int, int], Support]] = {}
    for item in support:
        key = (letters_of(item.evidence.text), letters_of(item.words.text))
        place = (item.document_id, item.evidence.start, item.words.start)
        groups.setdefault(key, {}).setdefault(place, item)
    return [
        Sentence(shown=next(iter(own.values())), told=tuple(own.values()))
        for own in groups.values()
    ]


def letters_of(text: str) -> tuple[str, ...]:
    """The words of a text without case, accents and marks: equal for what is printed alike."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(_WORD.findall(bare.casefold()))
