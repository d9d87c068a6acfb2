"""Documents for pages: rows with facets, and those of the same accounts.

Comes in: what a reader asks for. Goes out: rows without texts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select, text

from pactwatch.store import tables as t
from pactwatch.store.documents import CURRENT
from pactwatch.store.queries import LABEL, PAGE, Facet, column_facets
from pactwatch.store.queries_ruled_out import is_set_aside
from pactwatch.store.search import match_words

__all__ = [
    "DocumentFilter",
    "DocumentHead",
    "count_documents",
    "document_facets",
    "document_head",
    "document_heads",
    "document_rows",
    "kin",
    "matching_documents",
]

_D = t.document.c


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFilter:
    """What documents must be like; what is None does not matter."""

    publisher: str | None = None
    language: str | None = None
    since: str | None = None
    until: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentHead:
    """A document without its text.

    Attributes:
        current: Whether no newer version has taken its place.
        characters: Length of its text; counted for one document only, else None.
        findings: Of what it says; None where it was not read.
        set_aside: Whether a person has set it aside, so that it does not count.
    """

    id: str
    name: str
    title: str | None
    publisher: str | None
    authors: tuple[str, ...]
    published: str | None
    published_from: str | None
    modified: str | None
    address: str | None
    language: str
    media_type: str
    agencies: tuple[str, ...]
    licence: str | None
    note: str | None
    characters: int | None
    current: bool
    findings: int | None
    set_aside: bool


_HEAD = (
    _D.id,
    *(
        func.substr(column, 1, LABEL).label(column.name)
        for column in (_D.name, _D.title, _D.publisher, _D.address, _D.licence, _D.note)
    ),
    _D.authors, _D.published, _D.metadata_from, _D.modified, _D.language, _D.media_type,
    _D.agencies, _D.superseded_by,
    t.reading.c.findings, is_set_aside(_D.id).label("set_aside"),
)  # fmt: skip
_JOINED = t.document.outerjoin(t.reading, t.reading.c.document_id == _D.id)
_NAMES = 12  # authors and agencies shown
_DECODE_NAMES = msgspec.json.Decoder(list[str])
_DECODE_FROM = msgspec.json.Decoder(dict[str, str])


def _head(row: Any) -> DocumentHead:
    values = dict(row._mapping)
    values.setdefault("characters", None)
    values["current"] = values.pop("superseded_by") is None
    values["published_from"] = _DECODE_FROM.decode(values.pop("metadata_from")).get("published")
    for name in ("authors", "agencies"):
        names = _DECODE_NAMES.decode(values[name])[:_NAMES]
        values[name] = tuple(item[:LABEL] for item in names)
    return DocumentHead(**values)


def document_heads(connection: Connection, ids: Iterable[str]) -> dict[str, DocumentHead]:
    """Documents without their texts, by id."""
    wanted = sorted(set(ids))
    found: dict[str, DocumentHead] = {}
    for at in range(0, len(wanted), 500):
        query = select(*_HEAD).select_from(_JOINED).where(_D.id.in_(wanted[at : at + 500]))
        found |= {row.id: _head(row) for row in connection.execute(query)}
    return found


def document_head(connection: Connection, id_or_name: str) -> DocumentHead | None:
    """A document by its id, or the current one of a name; None where there is none."""
    query = select(*_HEAD, func.length(_D.text).label("characters")).select_from(_JOINED)
    by_name = (_D.name == id_or_name) & CURRENT
    for where in (_D.id == id_or_name, by_name):
        row = connection.execute(query.where(where).order_by(_D.id)).first()
        if row is not None:
            return _head(row)
    return None


Matching = str
"""Numbers of the documents that hold words, as a list in JSON."""


def matching_documents(connection: Connection, words: str | None) -> Matching | None:
    """The documents, current or not, that hold all the words; None where none are asked for.

    It is looked up once for all that a page counts: it takes longer than the rest.
    """
    query = match_words(words or "")
    if not query:
        return None
    told = text("SELECT json_group_array(rowid) FROM document_fts WHERE document_fts MATCH :words")
    return str(connection.execute(told, {"words": query}).scalar_one())


def _conditions(wanted: DocumentFilter, matching: Matching | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [CURRENT]
    if wanted.publisher is not None:
        found.append(_D.publisher == wanted.publisher)
    if wanted.language is not None:
        found.append(_D.language == wanted.language)
    if wanted.since:
        found.append(_D.published.concat("-99") >= wanted.since)
    if wanted.until:
        found.append(_D.published <= wanted.until + "-99")
    if matching is not None:
        numbers = (
            text("SELECT value AS number FROM json_each(:numbers)")
            .bindparams(numbers=matching)
            .columns(_D.number)
            .subquery()
        )
        found.append(_D.number.in_(select(numbers)))
    return found


_ORDERS = {
    "newest": (_D.published.is_(None), _D.published.desc(), _D.name, _D.id),
    "oldest": (_D.published.is_(None), _D.published, _D.name, _D.id),
    "added": (_D.number.desc(),),
    "name": (_D.name, _D.id),
}


def document_rows(
    connection: Connection,
    wanted: DocumentFilter,
    *,
    matching: Matching | None = None,
    order: str = "newest",
    offset: int = 0,
    limit: int | None = PAGE,
) -> list[DocumentHead]:
    """Current documents that a filter leaves.

    Args:
        matching: What `matching_documents` says of the filter's words, if it was asked already.
        order: "newest", "oldest" (by date of publication), "added" (last first) or "name".
    """
    matching = matching or matching_documents(connection, wanted.words)
    chosen = (
        select(_D.id)
        .where(*_conditions(wanted, matching))
        .order_by(*_ORDERS.get(order, _ORDERS["newest"]))
    )
    ids = list(connection.execute(chosen.limit(limit).offset(offset)).scalars())
    heads = document_heads(connection, ids)
    return [heads[id_] for id_ in ids]


def count_documents(
    connection: Connection, wanted: DocumentFilter, *, matching: Matching | None = None
) -> int:
    """The number of documents that a filter leaves; `matching` as of `document_rows`."""
    matching = matching or matching_documents(connection, wanted.words)
    query = select(func.count()).select_from(t.document).where(*_conditions(wanted, matching))
    return connection.execute(query).scalar_one()


def document_facets(
    connection: Connection, wanted: DocumentFilter, *, matching: Matching | None = None
) -> list[Facet]:
    """Publishers and languages of the documents that the rest of the filter leaves; `matching` as
    of `document_rows`."""
    told = matching or matching_documents(connection, wanted.words)
    columns = {"publisher": _D.publisher, "language": _D.language}
    return column_facets(connection, columns, wanted, lambda rest: _conditions(rest, told))


def kin(connection: Connection, document_id: str, *, limit: int = 20) -> list[tuple[str, str, str]]:
    """Other documents in the accounts of a document, with the account's label and reason."""
    a, m = t.account.c, t.account_document.c
    own = select(m.account_id).where(m.document_id == document_id)
    query = (
        select(m.document_id, func.substr(a.label, 1, LABEL), a.reason)
        .join(t.account, a.id == m.account_id)
        .where(m.account_id.in_(own), m.document_id != document_id)
        .order_by(a.position, m.position)
        .limit(limit)
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]
