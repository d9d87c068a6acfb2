"""Documents as a table, with facets.

Comes in: a `Look`. Goes out: rows without texts.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from pactwatch.store.queries import Facet
from pactwatch.store.queries_documents import (
    DocumentFilter,
    DocumentHead,
    count_documents,
    document_facets,
    document_rows,
    matching_documents,
)
from pactwatch.web.looking import Look, Pages

__all__ = ["DocumentsPage", "all_documents", "documents"]

ORDERS = (("newest", "newest"), ("oldest", "oldest"), ("added", "last added"), ("name", "name"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsPage:
    """Documents that a filter leaves."""

    query: dict[str, str]
    order: str
    orders: tuple[tuple[str, str], ...]
    rows: tuple[DocumentHead, ...]
    place: Pages
    facets: tuple[Facet, ...]


def _asked(look: Look) -> DocumentFilter:
    return DocumentFilter(
        publisher=look.words("publisher"),
        language=look.words("language"),
        since=look.date("since"),
        until=look.date("until"),
        words=look.words("words"),
    )


def documents(look: Look) -> DocumentsPage:
    """A page of documents."""
    wanted, order, connection = _asked(look), look.words("order") or "newest", look.connection
    memory = look.memory
    matching = memory.recall(
        connection,
        ("matching documents", wanted.words),
        lambda: matching_documents(connection, wanted.words),
    )
    total = memory.recall(
        connection,
        ("documents", wanted),
        lambda: count_documents(connection, wanted, matching=matching),
    )
    found: list[Facet] = []
    if not look.static:
        found = memory.recall(
            connection,
            ("of documents", wanted),
            lambda: document_facets(connection, wanted, matching=matching),
        )
    place = look.pages(total)
    query = {k: v for k, v in asdict(wanted).items() if v}
    if order in dict(ORDERS) and order != "newest":
        query["order"] = order
    return DocumentsPage(
        query=query,
        order=order,
        orders=ORDERS,
        rows=tuple(
            document_rows(connection, wanted, matching=matching, order=order, offset=place.offset)
        ),
        place=place,
        facets=tuple(found),
    )


def all_documents(look: Look) -> list[DocumentHead]:
    """All documents that the filter leaves, for downloads."""
    return document_rows(look.connection, _asked(look), limit=None)
