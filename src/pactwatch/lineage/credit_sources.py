"""Which document of a dossier a credit means.

Comes in: credits, and all documents. Goes out: the same credits, with the document that each means
where one can be told: by the address of a link, or by publisher, date and shared words. Where two
documents may be meant alike, none is; a photograph's credit means no text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from pactwatch.lineage.credit_outlets import domain_of
from pactwatch.lineage.credit_words import CreditWords, bare_name, load_credit_words
from pactwatch.model import Document
from pactwatch.origins import Credit

__all__ = ["resolve_credits"]

_WINDOW = 31  # days before a document in which what it credits was published
_SHARED = 0.5  # share of the credited sentence's telling words that its source holds
_FEWEST = 3  # telling words that decide; fewer are in many texts
_OPENING = 1200  # characters of a document that stand for the whole of it
_TELLING = re.compile(r"[^\W_]{4,}")
_WHOLE = frozenset({"dateline", "byline", "footer"})
_UNMEANT = frozenset({"photograph", "heading"})


def resolve_credits(
    credits: Iterable[Credit], documents: Sequence[Document], *, words: CreditWords | None = None
) -> tuple[Credit, ...]:
    """Fill `resolved_document_id` where a credit's source is among the documents.

    A publication's or a body's document is meant when it was published in the month up to the
    crediting document's day, or either has no date, and holds at least half of the telling words
    of what is credited; of several the one that holds most, then the latest. A tie decides
    nothing. The order of credits and documents doesn't matter; credits come back in their order.
    """
    words = words or load_credit_words()
    by_id = {document.id: document for document in documents}
    by_address: dict[str, list[str]] = defaultdict(list)
    by_name: dict[str, list[Document]] = defaultdict(list)
    for document in sorted(documents, key=lambda d: d.id):
        if document.address:
            by_address[_plain(document.address)].append(document.id)
        for name in sorted(_names_of(document, words)):
            by_name[name].append(document)
    held: dict[str, frozenset[str]] = {}
    resolved: list[Credit] = []
    for credit in credits:
        own = by_id.get(credit.document_id)
        found = None
        if own is not None and credit.address:
            linked = [i for i in by_address.get(_plain(credit.address), ()) if i != own.id]
            found = linked[0] if len(linked) == 1 else None
        elif own is not None and credit.place not in _UNMEANT:
            name = _name_of_source(credit, words)
            found = _meant(credit, own, by_name.get(name, ()) if name else (), held)
        resolved.append(replace(credit, resolved_document_id=found))
    return tuple(resolved)


def _names_of(document: Document, words: CreditWords) -> set[str]:
    """The names under which others credit a document: its publisher's, its site's, its wire's."""
    names = {_identity(name, words) for name in (document.publisher or "", *document.agencies)}
    publication = words.domains.get(domain_of(document.address or ""))
    if publication is not None:
        names.add(publication.id)
    return names - {""}


def _name_of_source(credit: Credit, words: CreditWords) -> str:
    if credit.publisher_id is not None:
        return credit.publisher_id
    return _identity(credit.source, words) if credit.kind in ("outlet", "body") else ""


def _identity(name: str, words: CreditWords) -> str:
    """One name for all names of a publication or body."""
    bare = bare_name(name).casefold()
    publication = words.publication_of.get(bare)
    return publication.id if publication is not None else words.bodies.get(bare, bare)


def _meant(
    credit: Credit, own: Document, documents: Iterable[Document], held: dict[str, frozenset[str]]
) -> str | None:
    told = own.text[:_OPENING] if credit.place in _WHOLE else ""
    if credit.credited is not None:
        told = credit.credited.text.replace(credit.quote.text, " ")
    telling = frozenset(_TELLING.findall(told.casefold()))
    if len(telling) < _FEWEST:
        return None
    best: list[tuple[float, str, str]] = []
    for document in documents:
        if document.id == own.id or not _in_time(document.published, own.published):
            continue
        if document.id not in held:
            held[document.id] = frozenset(_TELLING.findall(document.text.casefold()))
        share = len(telling & held[document.id]) / len(telling)
        if share >= _SHARED:
            best.append((share, document.published or "", document.id))
    best.sort(reverse=True)
    if not best or (len(best) > 1 and best[0][:2] == best[1][:2]):
        return None
    return best[0][2]


def _in_time(source: str | None, credits: str | None) -> bool:
    """Whether a text can be the source of another by their dates, at the precision of both."""
    if not source or not credits:
        return True
    precision = min(len(source), len(credits), 10)
    if source[:precision] > credits[:precision]:
        return False
    if precision < 10:
        return True
    gap = date.fromisoformat(credits[:10]) - date.fromisoformat(source[:10])
    return gap.days <= _WINDOW


def _plain(address: str) -> str:
    """An address without scheme, "www.", query, fragment and final slash."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
    except ValueError:  # a bracket in a host is no address
        return address
    return f"{domain_of(address)}{parts.path.rstrip('/')}"
