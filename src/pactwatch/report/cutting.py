"""What a report shows of a claim: its words, who tells it, its quotations, what people ruled on it.

Comes in: a `Book`. Goes out: versions and quotations as plain values; and, of each document, the
passages that were quoted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pactwatch.model import Claim, Quote, Support
from pactwatch.report.book import Book, sources_of
from pactwatch.report.marks import Words, cut_evidence
from pactwatch.report.parts import Quotation, Version
from pactwatch.report.rulings import ruling_words, unnamed
from pactwatch.report.versions import Version as Side
from pactwatch.report.versions import tellers
from pactwatch.report.words import (
    field_words,
    place_words,
    shorten,
    source_words,
    support_words,
    value_words,
)

__all__ = ["SHORT", "Cutter"]

SHORT = 60
"""Characters of a contested value in the overview, which is to fit one screen."""


class Cutter:
    """Makes quotations, and remembers which passages of each document they come from."""

    def __init__(self, book: Book, anchors: dict[str, str], hide: Sequence[str]) -> None:
        self.book, self.anchors, self.hide = book, anchors, hide
        self.evidence: dict[str, dict[tuple[int, int], Quote]] = {}

    def rulings(self, decision_ids: Iterable[str]) -> tuple[str, ...]:
        """Decisions in words, in the order of time."""
        known = (self.book.decisions[id_] for id_ in decision_ids if id_ in self.book.decisions)
        ordered = sorted(known, key=lambda s: (s.decision.when, s.decision.id))
        return tuple(ruling_words(unnamed(standing, self.hide)) for standing in ordered)

    def quotation(self, support: Sequence[tuple[str, Support]]) -> Quotation:
        """The quotation of one evidence sentence, for all (field, support) that share it."""
        first = support[0][1]
        quote = first.evidence
        self.evidence.setdefault(quote.document_id, {})[quote.start, quote.end] = quote
        words = [item.words for _, item in support if item.words != quote]
        outside = [w.text for w in words if w.start < quote.start or w.end > quote.end]
        speakers = [item.attributed_to for _, item in support if item.attributed_to]
        document = self.book.documents[quote.document_id]
        place = place_words(document, quote)
        return Quotation(
            anchor=f"{self.anchors[quote.document_id]}-{quote.start}",
            source=", ".join(filter(None, [source_words(document), place])),
            attributed_to=speakers[0] if speakers else None,
            words=tuple(cut_evidence(quote, words)),
            elsewhere=tuple(dict.fromkeys(outside)),
            fields=tuple(dict.fromkeys(field_words(field) for field, _ in support)),
        )

    def quotations(self, claims: Iterable[Claim]) -> tuple[Quotation, ...]:
        """Each evidence sentence behind claims once, in the order of the sources."""
        order = {id_: place for place, id_ in enumerate(self.anchors)}
        shared: dict[tuple[int, int, int], list[tuple[str, Support]]] = {}
        for claim in claims:
            for item in claim.support:
                quote = item.evidence
                if quote.document_id in order:
                    key = (order[quote.document_id], quote.start, quote.end)
                    shared.setdefault(key, []).append((claim.field, item))
        return tuple(self.quotation(shared[key]) for key in sorted(shared))

    def version(self, claim: Claim, contested: bool) -> Version:
        """One claim with its sources and quotations."""
        sources = sources_of(self.book, claim.support)
        words = value_words(claim.text, claim.value)
        return Version(
            words=words,
            pieces=(Words(text=words, marked=False),),
            short=shorten(words, SHORT),
            support=support_words(claim.accounts, len(sources)),
            accounts=claim.accounts,
            contested=contested,
            sources=tuple(dict.fromkeys(map(source_words, sources))),
            quotations=self.quotations([claim]),
            rulings=self.rulings(claim.decision_ids),
        )

    def side(self, side: Side) -> Version:
        """One side of a contest: its claims together, with who tells them account by account."""
        return Version(
            words=side.words,
            pieces=(Words(text=side.words, marked=False),),
            short=shorten(side.words, SHORT),
            support=support_words(side.accounts, side.documents),
            accounts=side.accounts,
            contested=True,
            sources=tuple(tellers(self.book, side)),
            quotations=self.quotations(side.claims),
        )
