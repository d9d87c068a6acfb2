"""What several pages show alike: sources, quotations, claims.

Comes in: values of the model and heads of documents. Goes out: bounded pieces for templates. What
is cut is cut at its end and marked; offsets stay those of the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pactwatch.model import Claim, Quote, Support
from pactwatch.report.marks import Words, cut_evidence
from pactwatch.report.words import date_words, one_line, value_words
from pactwatch.store.queries_documents import DocumentHead
from pactwatch.web.views.rulings import RulingPiece

__all__ = ["ClaimPiece", "QuotationPiece", "claim_piece", "document_title", "quotations", "source"]

LONGEST = 900  # characters of a quotation or value
QUOTATIONS = 4  # shown of a claim at first


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationPiece:
    """An evidence sentence; `pieces` are its words, those that fill the field marked.

    Attributes:
        start: Its place in the document, by which the document's page is opened there.
        elsewhere: The words, where they stand in another sentence.
    """

    document_id: str
    source: str
    start: int
    pieces: tuple[Words, ...]
    cut: bool
    elsewhere: str | None
    attributed_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPiece:
    """A value of a field with what stands behind it; `more` quotations are not shown.

    Attributes:
        rulings: What people decided of it.
    """

    id: str
    words: str
    accounts: int
    documents: int
    actor_id: str | None
    contested: bool
    quotations: tuple[QuotationPiece, ...]
    more: int
    rulings: tuple[RulingPiece, ...] = ()


def source(head: DocumentHead) -> str:
    """ "Publisher, 31 May 2019"."""
    who = one_line((head.publisher or head.name)[:300])[:80]
    return f"{who}, {date_words(head.published) or 'undated'}"


def document_title(head: DocumentHead) -> str:
    """The title of a document, or its name."""
    return one_line(head.title or head.name) or head.name


def _cut(quote: Quote) -> Quote:
    if len(quote.text) <= LONGEST:
        return quote
    return replace(quote, text=quote.text[:LONGEST], end=quote.start + LONGEST)


def quotations(
    support: Sequence[Support], heads: Mapping[str, DocumentHead]
) -> tuple[QuotationPiece, ...]:
    """Quotations of documents that are there, in the order given."""
    found = []
    for item in support:
        head = heads.get(item.document_id)
        if head is None:
            continue
        evidence = _cut(item.evidence)
        words = item.words
        inside = evidence.start <= words.start and words.end <= item.evidence.end
        whole = words.start == item.evidence.start and words.end == item.evidence.end
        found.append(
            QuotationPiece(
                document_id=item.document_id,
                source=source(head),
                start=item.evidence.start,
                pieces=tuple(cut_evidence(evidence, [] if whole else [words])),
                cut=len(item.evidence.text) > LONGEST,
                elsewhere=None if inside else words.text[:LONGEST],
                attributed_to=(item.attributed_to or "")[:200] or None,
            )
        )
    return tuple(found)


def earliest(support: Iterable[Support], heads: Mapping[str, DocumentHead]) -> list[Support]:
    """Support by date of publication (undated last), one for each sentence."""
    once: dict[tuple[str, int], Support] = {}
    for item in support:
        once.setdefault((item.document_id, item.evidence.start), item)

    def key(item: Support) -> tuple[bool, str, str, int]:
        head = heads.get(item.document_id)
        date = head.published if head else None
        return date is None, date or "", item.document_id, item.evidence.start

    return sorted(once.values(), key=key)


def claim_piece(
    claim: Claim,
    heads: Mapping[str, DocumentHead],
    *,
    contested: bool,
    most: int = QUOTATIONS,
    rulings: tuple[RulingPiece, ...] = (),
) -> ClaimPiece:
    """A claim with its first quotations."""
    support = earliest(claim.support, heads)
    text = claim.text if len(claim.text) <= LONGEST else claim.text[: LONGEST - 1] + "…"
    return ClaimPiece(
        id=claim.id,
        words=value_words(text, claim.value),
        accounts=claim.accounts,
        documents=len({item.document_id for item in claim.support}),
        actor_id=claim.actor_id,
        contested=contested,
        quotations=quotations(support[:most], heads),
        more=max(0, len(support) - most),
        rulings=rulings,
    )
