"""The tables of a dossier: one SQLite file that can be opened with any tool for SQLite.

Comes in: nothing. Goes out: a `MetaData` with all tables. Tables are STRICT, named in the singular,
and linked by foreign keys; lists whose members are rows elsewhere are tables of their own, and
lists of plain values are JSON. Offsets are half-open and count Unicode code points, as in the model
and in SQLite's ``substr``. Ids are hashes of content; the few ``number`` columns only give rows a
fixed place for the search index, and never leave the file. Nothing here runs a statement.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    REAL,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

__all__ = [
    "LEDGER",
    "account",
    "account_document",
    "actor",
    "actor_decision",
    "actor_document",
    "actor_name",
    "actor_office",
    "build",
    "claim",
    "claim_decision",
    "claim_support",
    "contest",
    "contest_chosen",
    "contest_claim",
    "contest_decision",
    "contest_side",
    "contest_side_account",
    "contest_side_claim",
    "contest_side_document",
    "credit",
    "decision",
    "delivery",
    "delivery_step",
    "delivery_step_claim",
    "delivery_step_document",
    "direction",
    "document",
    "family",
    "family_member",
    "finding",
    "finding_evidence",
    "finding_role",
    "fingerprint",
    "metadata",
    "original",
    "passage",
    "problem",
    "reading",
    "record",
    "record_decision",
    "record_document",
    "record_finding",
    "rejected",
    "retrieval",
    "ruling",
    "ruling_finding",
    "sharing",
    "stage_step",
    "stage_step_document",
    "staged_reading",
    "state",
]

metadata = MetaData()


def _table(name: str, *items: SchemaItem) -> Table:
    return Table(name, metadata, *items, sqlite_strict=True)


def _text(name: str, *items: SchemaItem, **options: Any) -> Column[str]:
    return Column(name, Text, *items, **{"nullable": False, **options})


def _maybe(name: str, *items: SchemaItem) -> Column[str]:
    return Column(name, Text, *items, nullable=True)


def _integer(name: str, **options: Any) -> Column[int]:
    return Column(name, Integer, **{"nullable": False, **options})


def _key(name: str, *items: SchemaItem) -> Column[str]:
    return _text(name, *items, primary_key=True)


def _position() -> Column[int]:
    return _integer("position", primary_key=True, autoincrement=False)


def _span(prefix: str = "") -> tuple[SchemaItem, ...]:
    """Three columns of a quotation, and what must hold between them."""
    start, end, text = f"{prefix}start", f"{prefix}end", f"{prefix}text"
    inside = CheckConstraint(f'{start} >= 0 AND "{end}" > {start}', name=f"{prefix}span")
    return _integer(start), _integer(end), _text(text), inside


document = _table(
    "document",
    _integer("number", primary_key=True),
    _text("id", unique=True),
    _text("name"),
    _maybe("title"),
    _maybe("publisher"),
    _text("authors", comment="JSON array of text"),
    _maybe("published"),
    _maybe("modified"),
    _maybe("address"),
    _text("language"),
    _text("media_type"),
    _text("agencies", comment="JSON array of text"),
    _maybe("licence"),
    _maybe("retrieved"),
    _maybe("note"),
    _text("metadata_from", comment="JSON object: field, where it was found"),
    _maybe("original_sha256"),
    _text("sections", comment="JSON array of [start, end, kind, label]"),
    _text("furniture", comment="JSON array of [start, end]"),
    _text("origin", comment="where it was read: path from the dossier's folder, or address"),
    _maybe("superseded_by", ForeignKey("document.id")),
    _text("sha256", comment="of the text in UTF-8"),
    _text("text"),
    Index("document_by_name", "name"),
    Index("document_by_sha256", "sha256"),
    Index("document_by_address", "address"),
    Index("document_by_date", "published"),
    Index("document_by_publisher", "publisher"),
)

original = _table(
    "original",
    _key("sha256"),
    _integer("size", comment="bytes before compression"),
    Column("compressed", LargeBinary, nullable=False, comment="zlib"),
)

retrieval = _table(
    "retrieval",
    _key("address"),
    _maybe("etag"),
    _maybe("last_modified"),
)

reading = _table(
    "reading",
    _key("document_id", ForeignKey("document.id")),
    _text("key", comment="what the findings depend on: text, metadata, codebook, engine, pipeline"),
    _text("codebook_version"),
    _text("engine_version"),
    _text("pipeline"),
    _integer("findings"),
    _integer("rejected"),
)

staged_reading = _table(
    "staged_reading",
    _key("document_id", ForeignKey("document.id")),
    _text("key"),
    _text("found", comment="JSON: findings and refused candidates, until the ledger is settled"),
)

finding = _table(
    "finding",
    _key("id"),
    _text("document_id", ForeignKey("document.id")),
    _integer("position"),
    _text("kind"),
    _maybe("type"),
    _maybe("stage"),
    _maybe("form"),
    _maybe("binding"),
    _text("trigger"),
    UniqueConstraint("document_id", "position"),
    Index("finding_by_kind", "kind"),
)

finding_role = _table(
    "finding_role",
    _key("finding_id", ForeignKey("finding.id", ondelete="CASCADE")),
    _position(),
    _text("role"),
    *_span(),
    _maybe("value"),
    _maybe("quantity"),
)

finding_evidence = _table(
    "finding_evidence",
    _integer("number", primary_key=True),
    _text("finding_id", ForeignKey("finding.id", ondelete="CASCADE")),
    _integer("position"),
    *_span(),
    UniqueConstraint("finding_id", "position"),
)

rejected = _table(
    "rejected",
    _key("document_id", ForeignKey("document.id")),
    _position(),
    _text("kind"),
    _text("trigger"),
    _text("reason"),
    *_span(),
)

account = _table(
    "account",
    _key("id"),
    _integer("position"),
    _text("label"),
    _text("reason"),
)

account_document = _table(
    "account_document",
    _key("account_id", ForeignKey("account.id")),
    _position(),
    _text("document_id", ForeignKey("document.id")),
    Index("account_document_by_document", "document_id"),
)

fingerprint = _table(
    "fingerprint",
    _key("document_id", ForeignKey("document.id")),
    Column("kept", LargeBinary, nullable=False, comment="as `lineage.Fingerprint.to_bytes` says"),
)

sharing = _table(
    "sharing",
    _key("first_id", ForeignKey("document.id")),
    _key("second_id", ForeignKey("document.id")),
    Column("kept", LargeBinary, nullable=False, comment="as `lineage.to_bytes` says"),
)

passage = _table(
    "passage",
    _key("id"),
    _integer("position"),
    _text("kind"),
    _text("first_id", ForeignKey("document.id")),
    _text("second_id", ForeignKey("document.id")),
    _integer("first_start"),
    _integer("first_end"),
    _integer("second_start"),
    _integer("second_end"),
    _integer("words"),
    Column("similarity", REAL, nullable=False),
    _text("quoted"),
    _maybe("account_id", ForeignKey("account.id")),
    Index("passage_by_second", "second_id"),
    Index("passage_by_first", "first_id"),
)

direction = _table(
    "direction",
    _key("first_id", ForeignKey("document.id")),
    _key("second_id", ForeignKey("document.id")),
    _maybe("source_id", ForeignKey("document.id")),
    _integer("common", comment="1 where both have the words from a third"),
    _text("reasons", comment="JSON array of [kind, source_id, text]"),
    Index("direction_by_second", "second_id"),
)

family = _table(
    "family",
    _key("id"),
    _integer("position"),
    _text("origin_id", ForeignKey("document.id")),
)

family_member = _table(
    "family_member",
    _key("family_id", ForeignKey("family.id")),
    _position(),
    _text("document_id", ForeignKey("document.id"), unique=True),
    _text("relation"),
    _maybe("source_id", ForeignKey("document.id")),
    Column("share", REAL, nullable=False),
)

credit = _table(
    "credit",
    _key("id"),
    _integer("position"),
    _text("document_id", ForeignKey("document.id")),
    _text("kind"),
    _text("place"),
    _text("source"),
    _text("quote", comment="the words that credit"),
    _integer("start"),
    _integer("end"),
    _maybe("publisher"),
    _maybe("finding_id", ForeignKey("finding.id")),
    _maybe("resolved_document_id", ForeignKey("document.id")),
    _text("credit", comment="JSON: all of it"),
    Index("credit_by_document", "document_id"),
)

actor = _table(
    "actor",
    _key("id"),
    _integer("position"),
    _text("number", unique=True),
    _text("name"),
    _text("kind"),
    _maybe("country"),
    Index("actor_by_country", "country"),
)

actor_name = _table(
    "actor_name",
    _key("actor_id", ForeignKey("actor.id")),
    _position(),
    _text("name"),
)

actor_office = _table(
    "actor_office",
    _key("actor_id", ForeignKey("actor.id")),
    _position(),
    _text("record_id", ForeignKey("record.id")),
)

actor_document = _table(
    "actor_document",
    _key("actor_id", ForeignKey("actor.id")),
    _position(),
    _text("document_id", ForeignKey("document.id")),
)

record = _table(
    "record",
    _key("id"),
    _integer("position"),
    _text("number", unique=True),
    _text("kind"),
    _maybe("type"),
    _text("label"),
    _maybe("stage"),
    _maybe("date"),
    _integer("accounts"),
    Index("record_by_kind", "kind", "type", "stage"),
    Index("record_by_accounts", "accounts", "position"),
    Index("record_by_position", "position"),
)

record_finding = _table(
    "record_finding",
    _key("record_id", ForeignKey("record.id")),
    _position(),
    _text("finding_id", ForeignKey("finding.id")),
    Index("record_finding_by_finding", "finding_id"),
)

record_document = _table(
    "record_document",
    _key("record_id", ForeignKey("record.id")),
    _position(),
    _text("document_id", ForeignKey("document.id")),
)

claim = _table(
    "claim",
    _key("id"),
    _text("record_id", ForeignKey("record.id")),
    _integer("position"),
    _text("field"),
    _text("text"),
    _maybe("value"),
    _maybe("quantity"),
    _maybe("actor_id", ForeignKey("actor.id")),
    _integer("accounts"),
    UniqueConstraint("record_id", "position"),
    Index("claim_by_actor", "actor_id", "field", "record_id"),
    Index("claim_by_value", "field", "value", "record_id"),
    Index("claim_by_plain_value", "value", "record_id"),
    Index("claim_of_record", "record_id", "field", "actor_id", "value"),
)

claim_support = _table(
    "claim_support",
    _key("claim_id", ForeignKey("claim.id")),
    _position(),
    _text("finding_id", ForeignKey("finding.id")),
    _text("document_id", ForeignKey("document.id")),
    _text("account_id", ForeignKey("account.id")),
    *_span("words_"),
    *_span("evidence_"),
    _maybe("attributed_to"),
    Index("claim_support_by_finding", "finding_id"),
    Index("claim_support_by_document", "document_id"),
)

contest = _table(
    "contest",
    _key("record_id", ForeignKey("record.id")),
    _position(),
    _text("field"),
    _text("kind"),
    _text("severity"),
    _text("explanation"),
    Index("contest_by_severity", "severity"),
)

contest_claim = _table(
    "contest_claim",
    _key("record_id", ForeignKey("record.id")),
    _integer("contest_position", primary_key=True, autoincrement=False),
    _position(),
    _text("claim_id", ForeignKey("claim.id")),
)

contest_side = _table(
    "contest_side",
    _key("record_id", ForeignKey("record.id")),
    _integer("contest_position", primary_key=True, autoincrement=False),
    _position(),
    _text("text"),
)


def _of_side(member: str) -> Table:
    """A list of ids that belongs to a side of a contest."""
    return _table(
        f"contest_side_{member}",
        _key("record_id", ForeignKey("record.id")),
        _integer("contest_position", primary_key=True, autoincrement=False),
        _integer("side_position", primary_key=True, autoincrement=False),
        _position(),
        _text(f"{member}_id", ForeignKey(f"{member}.id")),
    )


contest_side_claim = _of_side("claim")
contest_side_account = _of_side("account")
contest_side_document = _of_side("document")

stage_step = _table(
    "stage_step",
    _key("record_id", ForeignKey("record.id")),
    _position(),
    _text("stage"),
    _maybe("date"),
    _text("date_from"),
    _text("claim_id", ForeignKey("claim.id")),
    _integer("contested", comment="1 where the reports give days that exclude each other"),
    Index("stage_step_by_date", "date", "record_id"),
)

stage_step_document = _table(
    "stage_step_document",
    _key("record_id", ForeignKey("record.id")),
    _integer("step_position", primary_key=True, autoincrement=False),
    _position(),
    _text("document_id", ForeignKey("document.id")),
)

delivery = _table(
    "delivery",
    _key("record_id", ForeignKey("record.id")),
    _text("outcome"),
    _maybe("due"),
    _maybe("latest"),
    _text("short", comment="JSON of a quantity", nullable=True),
)

delivery_step = _table(
    "delivery_step",
    _key("record_id", ForeignKey("record.id")),
    _position(),
    _text("stage"),
    _maybe("date"),
    _text("date_from"),
    _maybe("amount"),
    _maybe("quantity"),
    _integer("part"),
    _integer("accounts"),
    _integer("days_least", nullable=True),
    _integer("days_most", nullable=True),
)


def _of_delivery_step(member: str) -> Table:
    """A list of ids that belongs to a step to delivery."""
    return _table(
        f"delivery_step_{member}",
        _key("record_id", ForeignKey("record.id")),
        _integer("step_position", primary_key=True, autoincrement=False),
        _position(),
        _text(f"{member}_id", ForeignKey(f"{member}.id")),
    )


delivery_step_claim = _of_delivery_step("claim")
delivery_step_document = _of_delivery_step("document")

decision = _table(
    "decision",
    _integer("number", primary_key=True),
    _text("id", unique=True),
    _text("action"),
    _maybe("field"),
    _text("who"),
    _text("made", comment="UTC, ISO 8601"),
    _text("reason"),
    _maybe("undoes"),
    _text("content", comment="JSON: all of it, as pactwatch decisions export writes it"),
    Index("decision_by_time", "made", "id"),
)

ruling = _table(
    "ruling",
    _key("decision_id", ForeignKey("decision.id")),
    _text("state"),
    _text("rivals", comment="JSON array of ids: decisions of others that say otherwise"),
    _text("document_ids", comment="JSON array of ids: documents here that it is about"),
)

ruling_finding = _table(
    "ruling_finding",
    _key("decision_id", ForeignKey("decision.id")),
    _position(),
    _text("finding_id", ForeignKey("finding.id")),
    Index("ruling_finding_by_finding", "finding_id"),
)


def _decided(owner: str) -> Table:
    """Decisions that stand on a part of the ledger."""
    return _table(
        f"{owner}_decision",
        _key(f"{owner}_id", ForeignKey(f"{owner}.id")),
        _position(),
        _text("decision_id", ForeignKey("decision.id")),
        Index(f"{owner}_decision_by_decision", "decision_id"),
    )


record_decision = _decided("record")
claim_decision = _decided("claim")
actor_decision = _decided("actor")

contest_decision = _table(
    "contest_decision",
    _key("record_id", ForeignKey("record.id")),
    _integer("contest_position", primary_key=True, autoincrement=False),
    _position(),
    _text("decision_id", ForeignKey("decision.id")),
)

contest_chosen = _table(
    "contest_chosen",
    _key("record_id", ForeignKey("record.id")),
    _integer("contest_position", primary_key=True, autoincrement=False),
    _position(),
    _text("claim_id", ForeignKey("claim.id"), comment="of the side that people decided for"),
)

problem = _table(
    "problem",
    _key("stage"),
    _key("name"),
    _text("source", comment="the file, folder member or address that was asked for"),
    _text("fault"),
    _text("next_step"),
)

build = _table(
    "build",
    _integer("number", primary_key=True),
    _text("finished", comment="UTC, ISO 8601"),
    _text("version", comment="of Pactwatch"),
    _integer("documents_read"),
    _integer("documents_cached"),
    _integer("findings"),
    _integer("problems"),
)

state = _table(
    "state",
    _key("name"),
    _text("value"),
)

LEDGER = (
    ruling_finding,
    ruling,
    record_decision,
    claim_decision,
    actor_decision,
    contest_decision,
    contest_chosen,
    delivery_step_claim,
    delivery_step_document,
    delivery_step,
    delivery,
    stage_step_document,
    stage_step,
    contest_side_claim,
    contest_side_account,
    contest_side_document,
    contest_side,
    contest_claim,
    contest,
    claim_support,
    claim,
    actor_document,
    actor_office,
    actor_name,
    actor,
    record_document,
    record_finding,
    record,
    account_document,
    account,
)
"""The tables that settling writes anew, dependants first."""
