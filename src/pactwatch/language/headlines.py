"""Headlines in the case of sentences, so that a parser understands them.

Comes in: a document's text with its sentences and names. Goes out: the lines above the first
paragraph, in the case that their words have elsewhere in the text. Only case is changed, never
length: offsets stay those of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pactwatch.language.reading import Sentence

__all__ = ["in_sentence_case", "title_lines"]

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_AMID = re.compile(r"(?<=[a-z,;] )[^\W\d_]+")
_SHORTEST, _MOST = 4, 3
"""Words that a line needs to tell something, and how many lines may be titles."""
_ACRONYM = 4
"""Letters of a name up to which it may be an acronym."""


def title_lines(text: str, sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """Yield the headlines above the first paragraph that are long enough to tell something."""
    found = 0
    for sentence in sentences:
        if sentence.kind == "paragraph" or found == _MOST:
            return
        words = len(_WORD.findall(text, sentence.start, sentence.end))
        if sentence.kind == "headline" and words >= _SHORTEST:
            found += 1
            yield sentence


def in_sentence_case(
    text: str, line: Sentence, prose: Iterable[Sentence], names: Iterable[tuple[int, int]]
) -> str:
    """A headline without the capitals that only its place gave it, as long as before.

    A word keeps its capital where it names something (`names`), where it is an acronym in a line
    that is not all capitals, and where the sentences of the text (`prose`) write it so in their
    middle.
    """
    words = text[line.start : line.end]
    shouted = words.upper() == words
    capital = Counter(w for s in prose for w in _AMID.findall(text, s.start, s.end))
    kept = [
        (start, end)
        for start, end in names
        if start < line.end and line.start < end and text[start].isupper()
    ]

    def recased(match: re.Match[str]) -> str:
        word = match[0]
        at = line.start + match.start()
        if any(start <= at < end for start, end in kept):
            return word.title() if shouted and len(word) > _ACRONYM else word
        if not shouted and word.isupper() and len(word) > 1:
            return word
        bare = word.title() if shouted else word
        stem = re.sub(r"[’']s?\Z", "", bare)
        proper = capital[stem] > capital[stem.lower()]
        changed = bare if proper else word.lower()
        return changed if len(changed) == len(word) else word

    return _WORD.sub(recased, words)
