"""Documents with their versions, originals and retrievals, and how they were read."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, LargeBinary

from pactwatch.store.tables.columns import integer, key, maybe, table, text

__all__ = [
    "document",
    "original",
    "reading",
    "retrieval",
    "staged_reading",
]

document = table(
    "document",
    integer("number", primary_key=True),
    text("id", unique=True),
    text("name"),
    maybe("title"),
    maybe("publisher"),
    text("authors", comment="JSON array of text"),
    maybe("published"),
    maybe("modified"),
    maybe("address"),
    text("language"),
    text("media_type"),
    text("agencies", comment="JSON array of text"),
    maybe("licence"),
    maybe("retrieved"),
    maybe("note"),
    text("metadata_from", comment="JSON object: field, where it was found"),
    maybe("original_sha256"),
    text("sections", comment="JSON array of [start, end, kind, label]"),
    text("furniture", comment="JSON array of [start, end]"),
    text("origin", comment="where it was read: path from the dossier's folder, or address"),
    maybe("superseded_by", ForeignKey("document.id")),
    text("sha256", comment="of the text in UTF-8"),
    text("text"),
    Index("document_by_name", "name"),
    Index("document_by_sha256", "sha256"),
    Index("document_by_address", "address"),
    Index("document_by_date", "published"),
    Index("document_by_publisher", "publisher"),
)

original = table(
    "original",
    key("sha256"),
    integer("size", comment="bytes before compression"),
    Column("compressed", LargeBinary, nullable=False, comment="zlib"),
)

retrieval = table(
    "retrieval",
    key("address"),
    maybe("etag"),
    maybe("last_modified"),
)

reading = table(
    "reading",
    key("document_id", ForeignKey("document.id")),
    text("key", comment="what the findings depend on: text, metadata, codebook, engine, pipeline"),
    text("codebook_version"),
    text("engine_version"),
    text("pipeline"),
    integer("findings"),
    integer("rejected"),
)

staged_reading = table(
    "staged_reading",
    key("document_id", ForeignKey("document.id")),
    text("key"),
    text("found", comment="JSON: findings and refused candidates, until the ledger is settled"),
)
