"""The history of records and the way of measures to delivery, as rows.

Comes in: a record. Goes out: rows, or the same steps by record.
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, Select, select

from pactwatch.model import Delivery, DeliveryStep, Quantity, Record, StageStep
from pactwatch.store import tables as t
from pactwatch.store.rows import Rows, fields, grouped, lists, members

__all__ = ["delivery_rows", "history_rows", "read_deliveries", "read_histories"]

_QUANTITY = msgspec.json.Decoder(Quantity)


def history_rows(rows: dict[str, Rows], record: Record) -> None:
    """Add the rows of a record's stages."""
    own: dict[str, Any] = {"record_id": record.id}
    for i, step in enumerate(record.history):
        values = fields(step, "stage", "date", "date_from", "claim_id")
        values["contested"] = int(step.contested)
        rows["stage_step"].append(own | values | {"position": i})
        rows["stage_step_document"] += members(
            own | {"step_position": i}, "document_id", step.document_ids
        )


def read_histories(
    connection: Connection, chosen: Select[tuple[str]]
) -> dict[str, tuple[StageStep, ...]]:
    """Stages of the chosen records, by record."""
    table, listed = t.stage_step, t.stage_step_document
    steps = grouped(connection, select(table).where(table.c.record_id.in_(chosen)), "record_id")
    documents = lists(connection, listed, listed.c.document_id, listed.c.record_id.in_(chosen))
    return {
        record_id: tuple(
            StageStep(
                **{name: getattr(row, name) for name in ("stage", "date", "date_from", "claim_id")},
                document_ids=documents.get((record_id, row.position), ()),
                contested=bool(row.contested),
            )
            for row in own
        )
        for record_id, own in steps.items()
    }


def delivery_rows(rows: dict[str, Rows], record: Record) -> None:
    """Add the rows of a measure's way to delivery."""
    own: dict[str, Any] = {"record_id": record.id}
    delivery = record.delivery
    if delivery is None:
        return
    values = fields(delivery, "outcome", "due", "latest")
    rows["delivery"].append(own | values | {"short": _encode(delivery.short)})
    for i, step in enumerate(delivery.steps):
        least, most = step.days or (None, None)
        values = fields(step, "stage", "date", "date_from", "amount", "accounts")
        values |= {"quantity": _encode(step.value), "part": int(step.part)}
        values |= {"days_least": least, "days_most": most}
        rows["delivery_step"].append(own | values | {"position": i})
        place = own | {"step_position": i}
        rows["delivery_step_claim"] += members(place, "claim_id", step.claim_ids)
        rows["delivery_step_document"] += members(place, "document_id", step.document_ids)


def read_deliveries(connection: Connection, chosen: Select[tuple[str]]) -> dict[str, Delivery]:
    """The way to delivery of the chosen records that have one, by record."""
    table = t.delivery_step
    steps = grouped(connection, select(table).where(table.c.record_id.in_(chosen)), "record_id")
    claims, documents = (
        lists(connection, listed, listed.c[column], listed.c.record_id.in_(chosen))
        for listed, column in (
            (t.delivery_step_claim, "claim_id"),
            (t.delivery_step_document, "document_id"),
        )
    )

    def step(row: Any) -> DeliveryStep:
        key = (row.record_id, row.position)
        return DeliveryStep(
            **{n: getattr(row, n) for n in ("stage", "date", "date_from", "amount", "accounts")},
            value=_decode(row.quantity),
            part=bool(row.part),
            claim_ids=claims.get(key, ()),
            document_ids=documents.get(key, ()),
            days=None if row.days_least is None else (row.days_least, row.days_most),
        )

    query = select(t.delivery).where(t.delivery.c.record_id.in_(chosen))
    return {
        row.record_id: Delivery(
            steps=tuple(step(item) for item in steps.get(row.record_id, ())),
            outcome=row.outcome,
            due=row.due,
            latest=row.latest,
            short=_decode(row.short),
        )
        for row in connection.execute(query)
    }


def _encode(quantity: Quantity | None) -> str | None:
    return None if quantity is None else msgspec.json.encode(quantity).decode()


def _decode(text: str | None) -> Quantity | None:
    return None if text is None else _QUANTITY.decode(text)
