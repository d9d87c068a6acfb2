"""A document as understood by the language layer.

Comes in: what the modules of this room found. Goes out: one `Reading`, in which sentences, tokens
and mentions all carry offsets into the document's own text. It holds and looks up; it finds nothing
itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from pactwatch.language.blocks import Block
from pactwatch.language.dates import DateMention
from pactwatch.language.names import NameMention
from pactwatch.language.places import PlaceMention
from pactwatch.language.quantities import QuantityMention
from pactwatch.language.quotations import Quotation
from pactwatch.language.span_index import SpanIndex
from pactwatch.model import Document, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Person", "Reading", "Sentence"]


@dataclass(slots=True, kw_only=True, eq=False)
class Sentence:
    """One sentence; parsed where it can matter.

    Attributes:
        index: Position among the reading's sentences.
        block: Index of its block, `kind` the block's kind ("headline", "paragraph" …).
        doc: The parse, or None where the gate left the sentence out.
        spans: For each token of `doc`, ``(start, end)`` in the document.
    """

    index: int
    start: int
    end: int
    block: int
    kind: str
    doc: Doc | None = None
    spans: list[tuple[int, int]] = field(default_factory=list)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Document offsets of tokens `first` to `last`, both included."""
        return self.spans[first][0], self.spans[last][1]

    def token_at(self, offset: int) -> Token | None:
        """The token that covers a character of the document, if there is one."""
        if self.doc is None:
            return None
        index = bisect_right(self.spans, (offset, 1 << 60)) - 1
        if index >= 0 and self.spans[index][0] <= offset < self.spans[index][1]:
            return self.doc[index]
        return None


@dataclass(slots=True, kw_only=True, eq=False)
class Person:
    """One person of a document, under all the forms of the name that it uses.

    Attributes:
        start, end: The fullest mention, without titles.
        surname: Last word of the name, lower case.
        mentions: Spans of all mentions (without titles), in order.
        private: A private person (a suspect, a migrant): never recorded by name; `start` and `end`
            are then the words that describe them.
    """

    start: int
    end: int
    name: str
    surname: str
    mentions: list[tuple[int, int]]
    private: bool = False


_Mention = TypeVar("_Mention", NameMention, DateMention, QuantityMention, PlaceMention)


@dataclass(kw_only=True, eq=False)
class Reading:
    """A document with its blocks, sentences, quotations and mentions, each in order of the text.

    Attributes:
        titles: The headlines above the first paragraph once more, parsed in the case of sentences.
    """

    document: Document
    blocks: Sequence[Block]
    sentences: Sequence[Sentence]
    quotations: Sequence[Quotation]
    names: Sequence[NameMention]
    dates: Sequence[DateMention]
    quantities: Sequence[QuantityMention]
    places: Sequence[PlaceMention]
    persons: Sequence[Person] = ()
    titles: Sequence[Sentence] = ()

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text

    def parsed(self) -> Iterator[tuple[Sentence, Doc]]:
        """The sentences that have a parse."""
        for sentence in self.sentences:
            if sentence.doc is not None:
                yield sentence, sentence.doc

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that covers a character of the document."""
        index = bisect_right(self._sentence_starts, offset) - 1
        if index >= 0 and offset < self.sentences[index].end:
            return self.sentences[index]
        return None

    def sentences_over(self, start: int, end: int) -> Sequence[Sentence]:
        """The sentences that share a character with a span."""
        first = max(bisect_right(self._sentence_starts, start) - 1, 0)
        last = bisect_left(self._sentence_starts, end)
        return [s for s in self.sentences[first:last] if start < s.end]

    def quotations_from(self, start: int, end: int | None = None) -> Iterator[Quotation]:
        """The quotations that open in a span, in order; in the rest of the document for None."""
        first = bisect_left(self.quotations, start, key=lambda q: q.opened.start)
        last = len(self.quotations)
        if end is not None:
            last = bisect_left(self.quotations, end, lo=first, key=lambda q: q.opened.start)
        return (self.quotations[i] for i in range(first, last))

    def last_quotation_ended(self, offset: int) -> Quotation | None:
        """The last quotation that has ended at a character of the document."""
        below = bisect_left(self.quotations, offset, key=lambda q: q.opened.start)
        before = (self.quotations[i] for i in range(below - 1, -1, -1))
        return next((q for q in before if q.pieces[-1].end <= offset), None)

    def names_in(self, start: int, end: int) -> list[NameMention]:
        """Names of states, agencies and organisations wholly inside a span."""
        return _inside(self.names, start, end)

    def names_back(self, offset: int, since: int = 0) -> Iterator[NameMention]:
        """Names that begin before an offset and not before `since`, the last of them first."""
        below = bisect_left(self.names, offset, key=lambda m: m.start)
        for index in range(below - 1, -1, -1):
            if self.names[index].start < since:
                return
            yield self.names[index]

    def name_at(self, offset: int) -> NameMention | None:
        """The name that covers a character of the document, if one does."""
        index = bisect_right(self.names, offset, key=lambda m: m.start) - 1
        if index >= 0 and offset < self.names[index].end:
            return self.names[index]
        return None

    def date_at(self, offset: int) -> DateMention | None:
        """The date that covers a character of the document, if one does."""
        index = bisect_right(self.dates, offset, key=lambda m: m.start) - 1
        if index >= 0 and offset < self.dates[index].end:
            return self.dates[index]
        return None

    def has_date(self, start: int, end: int) -> bool:
        """Whether a date shares a character with a span."""
        below = bisect_left(self.dates, end, key=lambda m: m.start)
        return below > 0 and self.dates[below - 1].end > start

    def dates_in(self, start: int, end: int) -> list[DateMention]:
        """Dates wholly inside a span."""
        return _inside(self.dates, start, end)

    def quantities_in(self, start: int, end: int) -> list[QuantityMention]:
        """Quantities wholly inside a span."""
        return _inside(self.quantities, start, end)

    def places_in(self, start: int, end: int) -> list[PlaceMention]:
        """Places wholly inside a span."""
        return _inside(self.places, start, end)

    @cached_property
    def _person_mentions(self) -> list[tuple[int, int, int]]:
        return sorted((s, e, i) for i, p in enumerate(self.persons) for s, e in p.mentions)

    def persons_in(self, start: int, end: int) -> list[Person]:
        """Persons mentioned inside a span, in order of mention."""
        mentions = self._person_mentions
        index = bisect_left(mentions, (start, -1, -1))
        found: list[Person] = []
        while index < len(mentions) and mentions[index][0] < end:
            person = self.persons[mentions[index][2]]
            if mentions[index][1] <= end and person not in found:
                found.append(person)
            index += 1
        return found

    def persons_back(self, offset: int) -> Iterator[tuple[int, int, int]]:
        """Mentions of persons that begin before an offset, the last first: ``(start, end, place
        among the persons)``."""
        below = bisect_left(self._person_mentions, (offset, -1, -1))
        return (self._person_mentions[index] for index in range(below - 1, -1, -1))

    def last_person_before(self, offset: int) -> Person | None:
        """The person mentioned last before a character of the document."""
        index = bisect_left(self._person_mentions, (offset, -1, -1)) - 1
        return self.persons[self._person_mentions[index][2]] if index >= 0 else None

    def quotation_around(self, start: int, end: int) -> Quotation | None:
        """The outermost quotation that has a piece around a span."""
        places, index = self._pieces
        return next((self.quotations[places[i]] for i in index.around(start, end)), None)

    @cached_property
    def _pieces(self) -> tuple[list[int], SpanIndex]:
        """For each piece of a quotation the place of its quotation, and the pieces by place."""
        pieces = [(i, p) for i, q in enumerate(self.quotations) for p in q.pieces]
        return [i for i, _ in pieces], SpanIndex((p.start, p.end) for _, p in pieces)

    def trim(self, start: int, end: int) -> Span:
        """A span without white space at its ends."""
        text = self.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return Span(start=start, end=end)


def _inside(mentions: Sequence[_Mention], start: int, end: int) -> list[_Mention]:
    """Mentions wholly inside ``start:end``; `mentions` are sorted by start."""
    low = bisect_left(mentions, start, key=lambda m: m.start)
    found = []
    for mention in mentions[low:]:
        if mention.start >= end:
            break
        if mention.end <= end:
            found.append(mention)
    return found
