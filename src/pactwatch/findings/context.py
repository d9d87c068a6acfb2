"""What the finders of one document share: reading, codebook, phrases, what was found before.

Comes in: a reading and a codebook. Goes out: one `Context`, handed from finder to finder in the
order of ``findings.find``: statements first (they say who speaks), then instruments (they say what
"the memorandum" is), then the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pactwatch.codebook import Codebook
from pactwatch.findings.phrases import Phrases
from pactwatch.language import Reading
from pactwatch.language.span_index import SpanIndex
from pactwatch.model import Document, Filler, Finding, Quote, Rejected, Value

if TYPE_CHECKING:
    from pactwatch.findings.clusters import Cluster

__all__ = ["Context", "Filling", "Instrument"]

Filling = tuple[int, int, Value | None]
"""A filler before it is cut: ``(start, end, value)`` in the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """An agreement that a document speaks of, under all the words that it uses for it.

    Attributes:
        name: The filler that names it best.
        mentions: Spans of all mentions, "the deal" and "the memorandum" included, sorted.
        parties: Fillers of its parties, as far as the document tells.
        type, stage: Words of the codebook for agreements.
        cluster: The mentions with their grammar.
    """

    name: Filling
    mentions: tuple[tuple[int, int], ...]
    parties: tuple[Filling, ...]
    type: str
    stage: str
    cluster: Cluster


@dataclass(slots=True, kw_only=True, eq=False)
class Context:
    """One document on its way through the finders.

    Attributes:
        statements: Findings of kind statement, once found.
        instruments: Agreements spoken of, once found.
        refused: Candidates for agreements that were refused on the way.
        spent: Spans of quantities that are amounts of measures, so that they are no figures.
        turns: ``(start, end, speaker)`` of the turns of a transcript, and of a release in the first
            person.
    """

    reading: Reading
    codebook: Codebook
    phrases: Phrases
    statements: Sequence[Finding] = ()
    instruments: Sequence[Instrument] = ()
    refused: list[Rejected] = field(default_factory=list)
    spent: set[tuple[int, int]] = field(default_factory=set)
    turns: Sequence[tuple[int, int, Filling]] = ()
    _said_by: tuple[Sequence[Finding], list[tuple[int, Filler]], SpanIndex] | None = None
    _mentions: tuple[Sequence[Instrument], list[Instrument], SpanIndex] | None = None

    @property
    def document(self) -> Document:
        """The document read."""
        return self.reading.document

    def speaker_of(self, start: int, end: int) -> Filling | None:
        """Who says the words at a span: by the innermost statement around them, or by the turn."""
        said, index = self._said()
        around = [said[place] for place in index.around(start, end - 1)]
        if around:
            _, who = min(around, key=lambda found: found[0])
            return who.start, who.end, who.value
        return next(
            (who for first, last, who in self.turns if first <= start and end <= last), None
        )

    def instrument_at(self, start: int, end: int) -> Instrument | None:
        """The instrument that the words at a span mention."""
        holders, index = self._mentioned()
        return next((holders[place] for place in index.overlapping(start, end)), None)

    def _said(self) -> tuple[list[tuple[int, Filler]], SpanIndex]:
        """Each content of a statement with a speaker: its size, the speaker; and their places."""
        if self._said_by is None or self._said_by[0] is not self.statements:
            contents = [
                (content, speaker)
                for statement in self.statements
                for speaker in statement.roles.get("speaker", ())[:1]
                for content in statement.roles.get("content", ())
            ]
            found = [(content.end - content.start, speaker) for content, speaker in contents]
            index = SpanIndex((content.start, content.end) for content, _ in contents)
            self._said_by = self.statements, found, index
        return self._said_by[1:]

    def _mentioned(self) -> tuple[list[Instrument], SpanIndex]:
        """For each mention of an instrument that instrument, and the mentions by place."""
        if self._mentions is None or self._mentions[0] is not self.instruments:
            pairs = [(one, span) for one in self.instruments for span in one.mentions]
            index = SpanIndex(span for _, span in pairs)
            self._mentions = self.instruments, [one for one, _ in pairs], index
        return self._mentions[1:]

    def reject(self, kind: str, trigger: str, reason: str, start: int, end: int) -> Rejected:
        """Note a candidate that is refused, with the words considered."""
        quote = Quote.cut(self.document, start, end)
        return Rejected(
            document_id=self.document.id, kind=kind, trigger=trigger, reason=reason, quote=quote
        )
