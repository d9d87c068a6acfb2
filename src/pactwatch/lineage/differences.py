"""A passage side by side: every place where its two wordings part.

Comes in: a passage and its two documents. Goes out: `Comparison`: the sentences and quotations that
hold the words in each, and the differences between them down to marks and capitals. It never looks
at other documents, and judges nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from rapidfuzz.distance import LCSseq

from pactwatch.lineage.quotations import quotations, sentence_ends, sentences_around
from pactwatch.lineage.values import Comparison, Difference
from pactwatch.lineage.words import PLAIN, Words, words_in
from pactwatch.model import Document, Span
from pactwatch.origins import Passage

__all__ = ["compare"]

_STRAY = 2  # plain words in a row that, alone between changes, belong to the change
_GOES_ON = 3  # sentences of one quotation looked for after the passage
_QUOTES = "\"“”'‘’ \n\t\u00a0"

Pair = tuple[int, int]


def compare(passage: Passage, first: Document, second: Document) -> Comparison:
    """Lay the two wordings of a passage side by side.

    Raises:
        ValueError: the documents are not those of the passage.
    """
    if (first.id, second.id) != (passage.first_id, passage.second_id):
        raise ValueError("a passage is compared in its own two documents")
    same = passage.kind == "copied"
    whole = (_around(first.text, passage.first, same), _around(second.text, passage.second, same))
    sides = (_Side(first, whole[0]), _Side(second, whole[1]))
    cores = (sides[0].places(passage.first), sides[1].places(passage.second))
    every = ((0, len(sides[0].words)), (0, len(sides[1].words)))
    pairs = _pairs(sides, cores) if same else _matched(sides, *every)
    return Comparison(
        passage=passage,
        first=whole[0],
        second=whole[1],
        differences=tuple(_differences(sides, pairs, passage)),
    )


class _Side:
    """One wording: the words of a document within a span."""

    def __init__(self, document: Document, span: Span) -> None:
        self.text, self.span, self.furniture = document.text, span, document.furniture
        words = words_in(document)
        low = int(np.searchsorted(words.starts, span.start))
        high = int(np.searchsorted(words.starts, span.end))
        self.words = Words(
            hashes=words.hashes[low:high],
            starts=words.starts[low:high],
            ends=words.ends[low:high],
            kinds=words.kinds[low:high],
        )

    def places(self, span: Span) -> Pair:
        """The words of a span, as a half-open range."""
        starts = self.words.starts.tolist()
        return bisect_left(starts, span.start), bisect_left(starts, span.end)

    def word(self, place: int) -> str:
        """A word as it stands."""
        return self.text[self.words.starts[place] : self.words.ends[place]]

    def between(self, before: int, after: int) -> Span:
        """What stands between two words, without the space at its ends; -1 and the number of
        words stand for the edges."""
        start = int(self.words.ends[before]) if before >= 0 else self.span.start
        end = int(self.words.starts[after]) if after < len(self.words) else self.span.end
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Span(start=start, end=end)

    def plain(self, span: Span) -> str:
        """The letters of a span with all white space alike, page furniture left out."""
        text, start = "", span.start
        for piece in self.furniture:
            if start < piece.end and piece.start < span.end:
                text += self.text[start : max(start, piece.start)]
                start = piece.end
        return " ".join((text + self.text[start : span.end]).split())


def _around(text: str, span: Span, quotation_too: bool) -> Span:
    """The sentences of a span, and what goes on in the same quotation."""
    ends = sentence_ends(text)
    whole = sentences_around(text, ends, span)
    if not quotation_too:
        return whole
    quoted = quotations(text)
    for quotation in quoted:
        if quotation.start < span.end and span.start < quotation.end:
            whole = sentences_around(text, ends, _union(whole, quotation))
    following = [q for q in quoted if q.start >= whole.end] if _holds(quoted, span) else []
    for quotation in following[:_GOES_ON]:
        if text[whole.end : quotation.start].strip(_QUOTES):
            break
        more = sentences_around(text, ends, quotation)
        if text[quotation.end : more.end].strip(_QUOTES + ".,"):
            break
        whole = _union(whole, more)
    return whole


def _holds(quoted: Sequence[Span], span: Span) -> bool:
    """Whether the span stands in a quotation for the most part."""
    inside = sum(max(0, min(q.end, span.end) - max(q.start, span.start)) for q in quoted)
    return 2 * inside > span.end - span.start


def _union(one: Span, other: Span) -> Span:
    return Span(start=min(one.start, other.start), end=max(one.end, other.end))


def _pairs(sides: tuple[_Side, _Side], cores: tuple[Pair, Pair]) -> list[Pair]:
    """Places of equal words, those of the shared words kept apart from what surrounds them."""
    (first_start, first_end), (second_start, second_end) = cores
    return [
        *_matched(sides, (0, first_start), (0, second_start)),
        *_matched(sides, (first_start, first_end), (second_start, second_end)),
        *_matched(sides, (first_end, len(sides[0].words)), (second_end, len(sides[1].words))),
    ]


def _matched(sides: tuple[_Side, _Side], first: Pair, second: Pair) -> list[Pair]:
    ours = sides[0].words.hashes[slice(*first)].tolist()
    theirs = sides[1].words.hashes[slice(*second)].tolist()
    pairs: list[Pair] = []
    steps = list(LCSseq.opcodes(ours, theirs))
    for at, step in enumerate(steps):
        if step.tag != "equal":
            continue
        start, length = step.src_start + first[0], step.src_end - step.src_start
        kinds = sides[0].words.kinds[start : start + length]
        alone = 0 < at < len(steps) - 1 and length <= _STRAY and bool((kinds == PLAIN).all())
        if not alone:
            there = step.dest_start + second[0]
            pairs += [(start + place, there + place) for place in range(length)]
    return pairs


def _differences(
    sides: tuple[_Side, _Side], pairs: Sequence[Pair], passage: Passage
) -> Iterator[Difference]:
    one, other = sides
    edges = [(-1, -1), *pairs, (len(one.words), len(other.words))]
    for before, after in pairwise(edges):
        spans = (one.between(before[0], after[0]), other.between(before[1], after[1]))
        more = (after[0] - before[0] > 1, after[1] - before[1] > 1)
        kind = {(True, True): "changed", (True, False): "dropped", (False, True): "added"}.get(more)
        if kind is None and one.plain(spans[0]) != other.plain(spans[1]):
            kind = "marks"
        if kind is not None:
            yield Difference(
                kind=kind, first=spans[0], second=spans[1], inside=_inside(passage, spans)
            )
        if after[0] < len(one.words) and after[1] < len(other.words):
            words = one.word(after[0]), other.word(after[1])
            if words[0] != words[1]:
                here = Span(
                    start=int(one.words.starts[after[0]]), end=int(one.words.ends[after[0]])
                )
                there = Span(
                    start=int(other.words.starts[after[1]]), end=int(other.words.ends[after[1]])
                )
                same = words[0].casefold() == words[1].casefold()
                yield Difference(
                    kind="case" if same else "marks",
                    first=here,
                    second=there,
                    inside=_inside(passage, (here, there)),
                )


def _inside(passage: Passage, spans: tuple[Span, Span]) -> bool:
    return all(
        core.start <= span.start and span.end <= core.end
        for core, span in zip((passage.first, passage.second), spans, strict=True)
    )
