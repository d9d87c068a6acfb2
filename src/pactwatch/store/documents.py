"""Documents and their versions.

Comes in: documents as they were read, with the place they were read from. Goes out: the same
documents. A text is never changed or deleted: when a file or page has changed, its new text is a
document of its own, and the old one is marked as superseded. What is known of a text (its date, its
publisher) can be mended in place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Row, Select, or_, select, update

from pactwatch.errors import DossierError
from pactwatch.model import Document, Span
from pactwatch.store import tables as t

__all__ = ["Head", "add_document", "document_named", "documents", "heads", "text_hash"]

Added = Literal["added", "replaced", "mended", "unchanged"]

CURRENT = t.document.c.superseded_by.is_(None)
IN_ORDER = (t.document.c.name, t.document.c.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a build must know of a current document without its text.

    Attributes:
        fingerprint: Hash of id (and so of name and text) and of all that is known of the text.
    """

    id: str
    name: str
    language: str
    fingerprint: str


def add_document(connection: Connection, document: Document, origin: str) -> Added:
    """Store a document, unless it is there.

    Args:
        origin: The place it was read from. Another document of this origin and name is an older
            version.

    Returns:
        "added", "replaced" (it supersedes an older version), "mended" (known text, other metadata)
        or "unchanged".
    """
    d = t.document
    row = connection.execute(select(d).where(d.c.id == document.id)).one_or_none()
    outcome: Added = "added"
    if row is None:
        values = _columns(document) | {"origin": origin, "text": document.text}
        values["sha256"] = text_hash(document.text)
        connection.execute(d.insert().values(values))
    elif row.text != document.text:
        raise DossierError(
            document.name, "another text bears the same id", "Give the document an id of its own"
        )
    else:
        known = _columns(_document(row))
        mended = {name: v for name, v in _columns(document).items() if v != known[name]}
        outcome = "mended" if mended else "unchanged"
        if row.superseded_by is not None:
            outcome, mended = "replaced", mended | {"superseded_by": None, "origin": origin}
        if mended:
            connection.execute(update(d).where(d.c.id == document.id).values(mended))
    older = (d.c.name == document.name, d.c.origin == origin, d.c.id != document.id, CURRENT)
    superseded = connection.execute(update(d).where(*older).values(superseded_by=document.id))
    return "replaced" if superseded.rowcount else outcome


def heads(connection: Connection) -> list[Head]:
    """List the current documents, by name."""
    columns = [c for c in t.document.c if c.name not in ("text", "number", "origin", "sha256")]
    return [
        Head(
            id=row.id,
            name=row.name,
            language=row.language,
            fingerprint=sha256(msgspec.json.encode(tuple(row))).hexdigest(),
        )
        for row in connection.execute(select(*columns).where(CURRENT).order_by(*IN_ORDER))
    ]


def documents(connection: Connection, ids: Sequence[str] | None = None) -> Iterator[Document]:
    """Yield current documents by name; or those with the given ids, superseded ones too, in their
    order."""
    if ids is None:
        yield from _read(connection, select(t.document).where(CURRENT).order_by(*IN_ORDER))
    else:
        for document_id in ids:
            yield from _read(connection, select(t.document).where(t.document.c.id == document_id))


def document_named(connection: Connection, id_or_name: str) -> Document:
    """The document with this id, or the current one with this name.

    Raises:
        DossierError: there is none, or several bear the name.
    """
    d = t.document
    query = select(d).where(or_(d.c.id == id_or_name, (d.c.name == id_or_name) & CURRENT))
    found = list(_read(connection, query.order_by(*IN_ORDER)))
    exact = [document for document in found if document.id == id_or_name] or found
    if not exact:
        raise DossierError(id_or_name, "no such document", "List them: pactwatch show documents")
    if len(exact) > 1:
        ids = ", ".join(document.id for document in exact)
        raise DossierError(id_or_name, "several documents bear this name", f"Name one: {ids}")
    return exact[0]


def text_hash(text: str) -> str:
    """SHA-256 of a text in UTF-8, by which `audit` proves that it is as it was stored."""
    return sha256(text.encode()).hexdigest()


def _columns(document: Document) -> dict[str, Any]:
    """All of a document but its text, as the table holds it."""
    names = set(document.__dataclass_fields__) - {"text", "authors", "furniture"}
    values: dict[str, Any] = {name: getattr(document, name) for name in sorted(names)}
    values["authors"] = msgspec.json.encode(document.authors).decode()
    spans = [(span.start, span.end) for span in document.furniture]
    values["furniture"] = msgspec.json.encode(spans).decode()
    return values


def _document(row: Row[Any]) -> Document:
    names = set(Document.__dataclass_fields__) - {"authors", "furniture"}
    plain = Document(**{name: getattr(row, name) for name in names})
    return replace(
        plain,
        authors=tuple(msgspec.json.decode(row.authors, type=list[str])),
        furniture=tuple(
            Span(start=start, end=end)
            for start, end in msgspec.json.decode(row.furniture, type=list[tuple[int, int]])
        ),
    )


def _read(connection: Connection, query: Select[Any]) -> Iterator[Document]:
    return map(_document, connection.execute(query))
