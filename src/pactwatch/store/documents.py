"""Documents and their versions.

Comes in: documents as they were read, with the place they were read from. Goes out: the same
documents. A text is never changed or deleted: when a file or page has changed, its new text is a
document of its own, and the old one is marked as superseded. What is known of a text (its date, its
publisher) can be mended in place.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Literal

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, delete, or_, select, update

from pactwatch.errors import DossierError
from pactwatch.model import Document, Section, Span
from pactwatch.store import tables as t

__all__ = [
    "Head",
    "Standing",
    "add_document",
    "document_named",
    "documents",
    "former_versions",
    "has_page",
    "heads",
    "keep_original",
    "original_of",
    "origins",
    "standings",
    "text_hash",
]

Added = Literal["added", "replaced", "mended", "unchanged"]

CURRENT = t.document.c.superseded_by.is_(None)
VOLATILE = ("retrieved", "original_sha256")
"""What may differ from one retrieval of the same text to the next: the first is kept."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a document stands to others of its dossier.

    Attributes:
        version: Which of its versions it is, from 1, in the order in which they came.
        versions: How many there are; all but the last are kept, and count no more in the ledger.
        same_text: Names of other current documents with the very same text.
    """

    version: int
    versions: int
    same_text: tuple[str, ...]


def add_document(connection: Connection, document: Document, origin: str) -> Added:
    """Store a document, unless it is there.

    Args:
        origin: The place it was read from: a file, or an address. Another document of this address,
            or of this file and name, is another version of it: an older one, unless it is known to
            have been retrieved later.

    Returns:
        "added", "replaced" (it supersedes an older version), "mended" (known text, other metadata)
        or "unchanged".
    """
    d = t.document
    row = connection.execute(select(d).where(d.c.id == document.id)).one_or_none()
    other: list[ColumnElement[bool]] = [d.c.origin == origin, d.c.id != document.id, CURRENT]
    if document.retrieved is None:
        other.append(d.c.name == document.name)
    elif row is None and _has_text(connection, document, origin):
        return "unchanged"
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
        mended = {
            name: value
            for name, value in _columns(document).items()
            if value != known[name] and (name not in VOLATILE or known[name] is None)
        }
        outcome = "mended" if mended else "unchanged"
        if row.superseded_by is not None and _is_latest(connection, document, other):
            outcome, mended = "replaced", mended | {"superseded_by": None, "origin": origin}
        if mended:
            connection.execute(update(d).where(d.c.id == document.id).values(mended))
            _forget_lineage(connection, document.id)
    if not _is_latest(connection, document, other):
        later = connection.execute(select(d.c.id).where(*other)).scalars().first()
        where = (d.c.id == document.id, CURRENT)
        connection.execute(update(d).where(*where).values(superseded_by=later))
        return outcome
    superseded = connection.execute(update(d).where(*other).values(superseded_by=document.id))
    return "replaced" if superseded.rowcount else outcome


def _forget_lineage(connection: Connection, document_id: str) -> None:
    """What was kept of a document's lineage rests on its date and its furniture, too."""
    f, s = t.fingerprint.c, t.sharing.c
    connection.execute(delete(t.fingerprint).where(f.document_id == document_id))
    pairs = or_(s.first_id == document_id, s.second_id == document_id)
    connection.execute(delete(t.sharing).where(pairs))


def _has_text(connection: Connection, document: Document, origin: str) -> bool:
    """Whether this page is there with this text already, perhaps asked for by another address."""
    d = t.document.c
    where = (d.origin == origin, d.sha256 == text_hash(document.text), CURRENT)
    return connection.execute(select(d.id).where(*where)).first() is not None


def origins(connection: Connection) -> list[str]:
    """The places that documents were read from, superseded ones too, in order."""
    d = t.document.c
    return list(connection.execute(select(d.origin).distinct().order_by(d.origin)).scalars())


def has_page(connection: Connection, address: str) -> bool:
    """Whether a page of this address was retrieved, now or before."""
    d = t.document.c
    where = (d.origin == address, d.retrieved.is_not(None), CURRENT)
    return connection.execute(select(d.id).where(*where)).first() is not None


def _is_latest(
    connection: Connection, document: Document, other: Sequence[ColumnElement[bool]]
) -> bool:
    """Whether no other version is known to have been retrieved after this one."""
    if document.retrieved is None:
        return True
    later = t.document.c.retrieved > document.retrieved
    return connection.execute(select(t.document.c.id).where(*other, later)).first() is None


def keep_original(connection: Connection, original: bytes, *, of: str) -> None:
    """Keep the bytes that a document was read from, once for all documents made of them; other
    bytes than those that the stored document names are not kept."""
    key = sha256(original).hexdigest()
    d = t.document.c
    named = connection.execute(select(d.original_sha256).where(d.id == of)).scalar_one_or_none()
    if named != key:
        return
    o = t.original
    if connection.execute(select(o.c.sha256).where(o.c.sha256 == key)).first() is None:
        packed = zlib.compress(original, 6)
        connection.execute(o.insert().values(sha256=key, size=len(original), compressed=packed))


def original_of(connection: Connection, document: Document) -> bytes | None:
    """The bytes that a document was read from, if they were kept."""
    o = t.original.c
    query = select(o.compressed).where(o.sha256 == document.original_sha256)
    packed = connection.execute(query).scalar_one_or_none()
    return zlib.decompress(packed) if packed is not None else None


def heads(connection: Connection) -> list[Head]:
    """List the current documents, by name."""
    left_out = ("text", "number", "origin", "sha256", *VOLATILE)
    columns = [c for c in t.document.c if c.name not in left_out]
    return [
        Head(
            id=row.id,
            name=row.name,
            language=row.language,
            fingerprint=sha256(msgspec.json.encode(tuple(row))).hexdigest(),
        )
        for row in connection.execute(select(*columns).where(CURRENT).order_by(*IN_ORDER))
    ]


def documents(
    connection: Connection, ids: Sequence[str] | None = None, *, superseded: bool = False
) -> Iterator[Document]:
    """Yield documents by name, superseded ones only if asked for; or those with the given ids,
    whatever they are, in their order."""
    if ids is None:
        query = select(t.document) if superseded else select(t.document).where(CURRENT)
        yield from _read(connection, query.order_by(*IN_ORDER))
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


def standings(connection: Connection) -> dict[str, Standing]:
    """How each document stands to the others, superseded ones too, by id."""
    d = t.document.c
    query = select(d.id, d.name, d.superseded_by, d.sha256).order_by(d.number)
    rows = connection.execute(query).all()
    successor = {row.id: row.superseded_by for row in rows}
    chains: dict[str, list[str]] = {}
    for row in rows:
        last, seen = row.id, {row.id}
        while (following := successor.get(last)) and following not in seen:
            last = following
            seen.add(last)
        chains.setdefault(last, []).append(row.id)
    alike: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        if row.superseded_by is None:
            alike.setdefault(row.sha256, []).append((row.name, row.id))
    place = {
        id_: (number, len(chain))
        for last, chain in chains.items()
        for number, id_ in enumerate([*(i for i in chain if i != last), last], 1)
    }
    return {
        row.id: Standing(
            version=place[row.id][0],
            versions=place[row.id][1],
            same_text=tuple(
                sorted(name for name, other in alike.get(row.sha256, ()) if other != row.id)
            ),
        )
        for row in rows
    }


def former_versions(connection: Connection) -> dict[str, str]:
    """For each superseded document the one that counts now, by id: the end of their chain."""
    d = t.document.c
    query = select(d.id, d.superseded_by).where(~CURRENT).order_by(d.number)
    successor = {row[0]: row[1] for row in connection.execute(query)}
    found: dict[str, str] = {}
    for id_ in successor:
        last, seen = id_, {id_}
        while last in successor and successor[last] not in seen:
            last = successor[last]
            seen.add(last)
        if last not in successor:
            found[id_] = last
    return found


def text_hash(text: str) -> str:
    """SHA-256 of a text in UTF-8, by which `audit` proves that it is as it was stored."""
    return sha256(text.encode()).hexdigest()


_LISTS = ("authors", "agencies")


def _columns(document: Document) -> dict[str, Any]:
    """All of a document but its text, as the table holds it."""
    names = set(document.__dataclass_fields__) - {"text", "furniture", "sections", *_LISTS}
    values: dict[str, Any] = {name: getattr(document, name) for name in sorted(names)}
    values |= {name: _json(getattr(document, name)) for name in _LISTS}
    values["metadata_from"] = _json(dict(sorted(document.metadata_from.items())))
    values["furniture"] = _json([(span.start, span.end) for span in document.furniture])
    values["sections"] = _json([(s.start, s.end, s.kind, s.label) for s in document.sections])
    return values


def _document(row: Row[Any]) -> Document:
    names = set(Document.__dataclass_fields__) - {"furniture", "sections", "metadata_from", *_LISTS}
    plain = Document(**{name: getattr(row, name) for name in names})
    return replace(
        plain,
        authors=tuple(msgspec.json.decode(row.authors, type=list[str])),
        agencies=tuple(msgspec.json.decode(row.agencies, type=list[str])),
        metadata_from=msgspec.json.decode(row.metadata_from, type=dict[str, str]),
        furniture=tuple(
            Span(start=start, end=end)
            for start, end in msgspec.json.decode(row.furniture, type=list[tuple[int, int]])
        ),
        sections=tuple(
            Section(start=start, end=end, kind=kind, label=label)
            for start, end, kind, label in msgspec.json.decode(
                row.sections, type=list[tuple[int, int, str, str]]
            )
        ),
    )


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _read(connection: Connection, query: Select[Any]) -> Iterator[Document]:
    return map(_document, connection.execute(query))
