"""Decisions on earlier versions of documents, led to the versions that count now.

Comes in: decisions, the documents of today, and earlier versions of them. Goes out: the same
decisions, each anchor where its sentence stands to the letter today. Where a sentence has changed,
an anchor stays on the version that it was made on, and so means nothing: no one has ruled on the
new words. The log itself is never changed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Protocol

from pactwatch.model import Document, Filler, Finding, Quote, Span
from pactwatch.review.correcting import SENTENCE_END
from pactwatch.review.values import ACTOR, DOCUMENT, Anchor, Decision, documents_of

__all__ = ["Former", "follow"]

_LONG = 1000
"""Characters from which on a stretch without the end of a sentence is a list or a table: there each
line is taken for itself, else whoever mends one line would change all the others."""

_CLOSING = frozenset(".!?\"”’')] \n\t")


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """An earlier version of a document, and the id of the one that has taken its place."""

    text: str
    successor: str


def follow(
    decisions: Sequence[Decision],
    documents: Mapping[str, Document],
    former: Mapping[str, Former],
) -> list[Decision]:
    """Lead decisions to the documents of today, in their order; their ids stay.

    Args:
        documents: Those of today, by id.
        former: Earlier versions, by id. A document that is in neither may still be another version
            of the one here that bears its name: then only what its anchors say of it is known.
    """
    ways = _Ways(documents, former)
    return [_led(decision, ways) for decision in decisions]


class _Way(Protocol):
    document_id: str

    def place(self, start: int, end: int) -> Span | None:
        """Where these words of the earlier version stand, their sentences unchanged around
        them; None where they don't."""


class _Ways:
    """The way from each earlier version to what has taken its place."""

    def __init__(self, documents: Mapping[str, Document], former: Mapping[str, Former]) -> None:
        self._documents = documents
        self._former = former
        self._known: dict[str, _Aligned] = {}
        self._named: dict[str, list[Document]] = defaultdict(list)
        for document in documents.values():
            self._named[document.name].append(document)

    def of(self, document_id: str) -> _Aligned | None:
        """The way from an earlier version whose text is known."""
        before = self._former.get(document_id)
        if document_id in self._documents or before is None:
            return None
        now = self._documents.get(before.successor)
        if now is None:
            return None
        if document_id not in self._known:
            self._known[document_id] = _Aligned(before.text, now)
        return self._known[document_id]

    def of_anchor(self, anchor: Anchor) -> _Way | None:
        """The way of what an anchor is about."""
        way = self.of(anchor.document_id)
        if way is not None or self._is_known(anchor.document_id):
            return way
        return self._by_name(anchor)

    def _is_known(self, document_id: str) -> bool:
        return document_id in self._documents or document_id in self._former

    def _by_name(self, anchor: Anchor) -> _Way | None:
        """To the one document of this name that holds the sentence once, as a sentence."""
        found = self._named.get(anchor.name, ()) if anchor.name else ()
        whole = anchor.end - anchor.start == len(anchor.text) > 0
        if len(found) != 1 or not whole or anchor.kind in {ACTOR, DOCUMENT}:
            return None
        text = found[0].text
        start = text.find(anchor.text)
        if start < 0 or text.find(anchor.text, start + 1) >= 0:
            return None
        span = Span(start=start, end=start + len(anchor.text))
        return _Moved(found[0], anchor, span) if _is_sentence(text, span) else None


class _Moved:
    """From words that an anchor quotes whole to the same words in another text."""

    def __init__(self, document: Document, anchor: Anchor, now: Span) -> None:
        self.document_id = document.id
        self._anchor = anchor
        self._by = now.start - anchor.start

    def place(self, start: int, end: int) -> Span | None:
        inside = self._anchor.start <= start <= end <= self._anchor.end
        return Span(start=start + self._by, end=end + self._by) if inside else None


class _Aligned:
    """From a text to a later version of it, sentence by sentence."""

    def __init__(self, before: str, now: Document) -> None:
        self.document_id = now.id
        self.before, self._now = before, now.text
        self._old, self._new = _sentences(before), _sentences(now.text)
        self._ends = [span.end for span in self._old]
        self._starts = [span.start for span in self._old]
        self._pairs = _same_sentences(
            [before[s.start : s.end] for s in self._old],
            [now.text[s.start : s.end] for s in self._new],
        )

    def place(self, start: int, end: int) -> Span | None:
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end)
        pairs = [self._pairs.get(at) for at in range(first, last)]
        place = pairs[0] if pairs else None
        if place is None or pairs != list(range(place, place + len(pairs))):
            return None
        by = self._new[place].start - self._old[first].start
        same = self.before[start:end] == self._now[start + by : end + by]
        return Span(start=start + by, end=end + by) if same and start + by >= 0 else None


def _sentences(text: str) -> list[Span]:
    """The sentences of a text by their marks alone, without the space around them."""
    found: list[Span] = []
    for start, end in _stretches(text, [match.end() for match in SENTENCE_END.finditer(text)]):
        lines = [(start, end)]
        if end - start > _LONG:
            breaks = [at + 1 for at in range(start, end) if text[at] == "\n"]
            lines = list(_stretches(text[:end], breaks, start))
        for low, high in lines:
            words = text[low:high]
            if words.strip():
                low += len(words) - len(words.lstrip())
                found.append(Span(start=low, end=low + len(words.strip())))
    return found


def _stretches(text: str, cuts: Sequence[int], start: int = 0) -> Iterable[tuple[int, int]]:
    ends = [cut for cut in cuts if start < cut < len(text)]
    return zip([start, *ends], [*ends, len(text)], strict=True)


def _same_sentences(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Which sentence is which: those in the order of both texts, then those that were moved and
    stand once in each."""
    # Most edits are small: what both begin and end with needs no search, which takes the square of
    # its length where a text repeats itself.
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    middle = SequenceMatcher(
        None, old[head : len(old) - tail], new[head : len(new) - tail], autojunk=False
    )
    pairs = {at: at for at in range(head)}
    pairs |= {len(old) - at: len(new) - at for at in range(1, tail + 1)}
    for block in middle.get_matching_blocks():
        pairs |= {head + block.a + n: head + block.b + n for n in range(block.size)}
    often_old, often_new = Counter(old), Counter(new)
    place = {words: at for at, words in enumerate(new)}
    for at, words in enumerate(old):
        if at not in pairs and often_old[words] == often_new[words] == 1:
            pairs[at] = place[words]
    return pairs


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """With how many like sentences both begin."""
    unlike = (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(unlike, min(len(one), len(other)))


def _is_sentence(text: str, span: Span) -> bool:
    """Whether words are one or several whole sentences, but for the marks at their end."""
    sentences = _sentences(text)
    if span.start not in {sentence.start for sentence in sentences}:
        return False
    end = next((s.end for s in sentences if s.end >= span.end), len(text))
    return _CLOSING.issuperset(text[span.end : end])


def _led(decision: Decision, ways: _Ways) -> Decision:
    return replace(
        decision,
        about=tuple(_led_anchor(anchor, ways) for anchor in decision.about),
        other=tuple(_led_anchor(anchor, ways) for anchor in decision.other),
        words=_led_words(decision, ways),
        finding=_led_finding(decision.finding, ways),
    )


def _led_anchor(anchor: Anchor, ways: _Ways) -> Anchor:
    way = ways.of_anchor(anchor)
    if way is None:
        return anchor
    if anchor.kind == DOCUMENT:
        return replace(anchor, document_id=way.document_id)
    place = way.place(anchor.start, anchor.end)
    filler = _led_filler(anchor.filler, way)
    if place is None or (filler is None) != (anchor.filler is None):
        return anchor
    roles = [(role, way.place(start, end)) for role, start, end in anchor.roles]
    return replace(
        anchor,
        document_id=way.document_id,
        start=place.start,
        end=place.end,
        roles=tuple((role, span.start, span.end) for role, span in roles if span is not None),
        filler=filler,
    )


def _led_filler(filler: Filler | None, way: _Way) -> Filler | None:
    place = way.place(filler.start, filler.end) if filler is not None else None
    if filler is None or place is None:
        return None
    return replace(filler, start=place.start, end=place.end)


def _led_words(decision: Decision, ways: _Ways) -> Filler | None:
    """The words that are to fill a role, in the version of today if they were cut from another."""
    words = decision.words
    if words is None:
        return None
    for document_id in documents_of(decision):
        anchor = next((a for a in decision.about if a.document_id == document_id), None)
        way = ways.of_anchor(anchor) if anchor is not None else None
        if way is None:
            continue
        if isinstance(way, _Aligned) and way.before[words.start : words.end] != words.text:
            continue
        led = _led_filler(words, way)
        if led is not None:
            return led
    return words


def _led_finding(finding: Finding | None, ways: _Ways) -> Finding | None:
    """What a person has found, in the version of today if all its words stand there."""
    way = ways.of(finding.document_id) if finding is not None else None
    if finding is None or way is None:
        return finding
    evidence = [way.place(quote.start, quote.end) for quote in finding.evidence]
    roles = {
        role: [_led_filler(filler, way) for filler in fillers]
        for role, fillers in finding.roles.items()
    }
    speaker = _led_filler(finding.attributed_to, way)
    if (
        None in evidence
        or any(None in fillers for fillers in roles.values())
        or (speaker is None) != (finding.attributed_to is None)
    ):
        return finding
    return replace(
        finding,
        document_id=way.document_id,
        evidence=tuple(
            Quote(document_id=way.document_id, start=s.start, end=s.end, text=quote.text)
            for s, quote in zip(evidence, finding.evidence, strict=True)
            if s is not None
        ),
        roles={role: tuple(f for f in own if f is not None) for role, own in roles.items()},
        attributed_to=speaker,
    )
