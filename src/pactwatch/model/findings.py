"""Findings as values: what one document says, on its exact words.

Comes in: nothing. Goes out: frozen values, and constructors that refuse what must not exist: a
quotation that is not in its document, a finding without evidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pactwatch.errors import EvidenceError
from pactwatch.model.documents import Document, stable_id

__all__ = [
    "Filler",
    "Finding",
    "Quantity",
    "Quote",
    "Rejected",
    "Value",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """An exact passage of one document, the only admissible evidence. Made by `Quote.cut`."""

    document_id: str
    start: int
    end: int
    text: str

    @classmethod
    def cut(cls, document: Document, start: int, end: int) -> Quote:
        """Cut ``start:end`` out of a document.

        Raises:
            EvidenceError: the span is empty or lies outside the text.
        """
        if not 0 <= start < end <= len(document.text):
            raise EvidenceError(document.name, f"no text at {start}:{end}", "Report this as a bug")
        return cls(document_id=document.id, start=start, end=end, text=document.text[start:end])


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number as one source states it; never converted, summed or rounded.

    Attributes:
        number: The number named, scale applied ("$750 million" is 750000000). For "dozens" the
            least that the word allows (24) with `approximate`; None where only words like "full
            cost" stand.
        currency: ISO 4217 for money, else None.
        unit: What is counted, singular and lower case ("percent", "agent", "year"), or None.
        minimum, maximum: Bounds that the words give: "up to 89" has maximum 89, "over 1%" minimum
            1, "between 50 and 100" both.
        approximate: "about", "some", "almost", "dozens".
        suspect: The words look garbled ("US$750 in aid" where a scale is missing); kept to the
            letter.
        per: The period of a rate ("a year" → "year").
    """

    number: Decimal | None = None
    currency: str | None = None
    unit: str | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    approximate: bool = False
    suspect: bool = False
    per: str | None = None


Value = str | Quantity
"""A normalised value: ISO 3166-1 alpha-2 country, ISO 8601 date or interval
("2019-05-27/2019-05-29"), an area of the codebook (all str, told apart by the role they fill), or a
`Quantity`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filler:
    """Words of the document that fill a role, with their normalised value where they have one."""

    text: str
    start: int
    end: int
    value: Value | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that one document says, with the exact words that say it; see docs/codebook.md.

    Built by `Finding.cut`, which takes spans and cuts all words out of the document itself.

    Attributes:
        trigger: Id of the codebook entry that made it ("measure.deployment.send"), for "why is this
            here?".
    """

    id: str
    document_id: str
    kind: str
    type: str | None = None
    stage: str | None = None
    form: str | None = None
    binding: str | None = None
    roles: Mapping[str, tuple[Filler, ...]] = field(default_factory=dict)
    attributed_to: Filler | None = None
    evidence: tuple[Quote, ...]
    trigger: str = ""

    @classmethod
    def cut(
        cls,
        document: Document,
        kind: str,
        *,
        roles: Mapping[str, list[tuple[int, int, Value | None]]],
        evidence: list[tuple[int, int]],
        type: str | None = None,
        stage: str | None = None,
        form: str | None = None,
        binding: str | None = None,
        attributed_to: tuple[int, int, Value | None] | None = None,
        trigger: str = "",
    ) -> Finding:
        """Build a finding from spans of a document.

        Args:
            roles: For each role ``(start, end, value)`` of its fillers, in order.
            evidence: ``(start, end)`` of the sentences that state it, the most explicit first.

        Raises:
            EvidenceError: there is no evidence, or a span is empty or lies outside the text.
        """

        def fill(item: tuple[int, int, Value | None]) -> Filler:
            quote = Quote.cut(document, item[0], item[1])
            return Filler(text=quote.text, start=quote.start, end=quote.end, value=item[2])

        if not evidence:
            raise EvidenceError(document.name, f"a {kind} without evidence", "Report this as a bug")
        quotes = tuple(Quote.cut(document, start, end) for start, end in evidence)
        fillers = {role: tuple(map(fill, items)) for role, items in roles.items() if items}
        spans = [f"{role}:{f.start}:{f.end}" for role, fs in sorted(fillers.items()) for f in fs]
        identity = [kind, type or "", stage or "", form or "", *spans]
        identity += [f"{q.start}:{q.end}" for q in quotes]
        return cls(
            id=stable_id("finding", document.id, *identity),
            document_id=document.id,
            kind=kind,
            type=type,
            stage=stage,
            form=form,
            binding=binding,
            roles=fillers,
            attributed_to=fill(attributed_to) if attributed_to else None,
            evidence=quotes,
            trigger=trigger,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A candidate considered and refused, so that "why is this not in the ledger?" is a query.

    Attributes:
        trigger: Id of the codebook entry that proposed it.
        reason: Short and stable, as a code: "question", "hypothetical", "no actor", "boilerplate" …
        quote: The sentence (or words) considered.
    """

    document_id: str
    kind: str
    trigger: str
    reason: str
    quote: Quote
