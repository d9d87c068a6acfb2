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
from pactwatch.model import Document, Finding, Quote, Rejected, Value

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

    @property
    def document(self) -> Document:
        """The document read."""
        return self.reading.document

    def speaker_of(self, start: int, end: int) -> Filling | None:
        """Who says the words at a span: by the innermost statement around them, or by the turn."""
        best: tuple[int, Filling] | None = None
        for statement in self.statements:
            speakers = statement.roles.get("speaker", ())
            for content in statement.roles.get("content", ()):
                if speakers and content.start <= start and end <= content.end + 1:
                    size = content.end - content.start
                    if best is None or size < best[0]:
                        who = speakers[0]
                        best = size, (who.start, who.end, who.value)
        if best:
            return best[1]
        return next(
            (who for first, last, who in self.turns if first <= start and end <= last), None
        )

    def instrument_at(self, start: int, end: int) -> Instrument | None:
        """The instrument that the words at a span mention."""
        for instrument in self.instruments:
            if any(s < end and start < e for s, e in instrument.mentions):
                return instrument
        return None

    def reject(self, kind: str, trigger: str, reason: str, start: int, end: int) -> Rejected:
        """Note a candidate that is refused, with the words considered."""
        quote = Quote.cut(self.document, start, end)
        return Rejected(
            document_id=self.document.id, kind=kind, trigger=trigger, reason=reason, quote=quote
        )
