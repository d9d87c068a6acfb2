"""Search: quotations that stand behind records, and passages of documents.

Comes in: a `Look` with words. Goes out: both, the best first; a passage leads to its place in the
document.
"""

from __future__ import annotations

from dataclasses import dataclass

from pactwatch.report.marks import Words
from pactwatch.report.words import one_line
from pactwatch.store.queries_actors import ActorFilter, ActorRow, actor_rows
from pactwatch.store.queries_documents import DocumentFilter, count_documents, document_heads
from pactwatch.store.queries_search import (
    ENOUGH,
    QuotationHit,
    count_quotations,
    search_quotations,
)
from pactwatch.store.search import Hit
from pactwatch.store.search import search as search_documents
from pactwatch.web.looking import Look, Pages
from pactwatch.web.views.pieces import source

__all__ = ["PassagePiece", "SearchPage", "search"]

DOCUMENTS = 12
ACTORS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class PassagePiece:
    """A passage of a document; the words searched for are marked."""

    document_id: str
    source: str
    start: int
    end: int
    pieces: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """What holds the words.

    Attributes:
        many: There are more quotations than are counted.
        in_documents: Documents that hold the words.
    """

    words: str
    quotations: tuple[QuotationHit, ...]
    place: Pages
    many: bool
    passages: tuple[PassagePiece, ...]
    in_documents: int
    actors: tuple[ActorRow, ...]


def search(look: Look) -> SearchPage:
    """The page of a search; empty where no words are given."""
    words, connection = look.words("q") or "", look.connection
    total = count_quotations(connection, words) if words else 0
    place = look.pages(total)
    first = bool(words) and place.page == 1
    hits = search_documents(connection, words, limit=DOCUMENTS) if first else []
    heads = document_heads(connection, [hit.document_id for hit in hits])
    found = ActorFilter(words=words)
    return SearchPage(
        words=words,
        quotations=tuple(search_quotations(connection, words, offset=place.offset)),
        place=place,
        many=total >= ENOUGH,
        passages=tuple(
            PassagePiece(
                document_id=hit.document_id,
                source=source(heads[hit.document_id]),
                start=hit.start,
                end=max(hit.end, hit.start + 1),
                pieces=_marked(hit),
            )
            for hit in hits
        ),
        in_documents=count_documents(connection, DocumentFilter(words=words)) if words else 0,
        actors=tuple(actor_rows(connection, found, limit=ACTORS)) if first else (),
    )


def _marked(hit: Hit) -> tuple[Words, ...]:
    pieces, at = [], hit.start
    for mark in hit.marks:
        if mark.start < at:
            continue
        pieces.append(Words(text=hit.text[at - hit.start : mark.start - hit.start], marked=False))
        pieces.append(
            Words(text=hit.text[mark.start - hit.start : mark.end - hit.start], marked=True)
        )
        at = mark.end
    pieces.append(Words(text=hit.text[at - hit.start :], marked=False))
    return tuple(
        Words(text=p.text if p.text.isspace() else _spaced(p.text), marked=p.marked)
        for p in pieces
        if p.text
    )


def _spaced(text: str) -> str:
    """One line that keeps a space at its ends."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() else ""
    return f"{before}{one_line(text)}{after}"
