"""Records, claims, actors and accounts as rows.

Comes in: a settled `Ledger`. Goes out: the same ledger, or a part of it, equal and in the same
order. It is written whole in one transaction, under the key of everything that it was made of.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, func, select

from pactwatch.model import Account, Actor, Claim, Ledger, Quote, Record, Support
from pactwatch.review import Standing
from pactwatch.store import tables as t
from pactwatch.store.contests import contest_rows, read_contests
from pactwatch.store.decisions import standing_rows
from pactwatch.store.deliveries import delivery_rows, history_rows, read_deliveries, read_histories
from pactwatch.store.findings import read_value, value_columns
from pactwatch.store.replacing import replace_rows
from pactwatch.store.rows import Rows, fields, grouped, lists, members

__all__ = [
    "WRITTEN",
    "count_records",
    "ledger_key",
    "ledger_rows",
    "note_written",
    "read_accounts",
    "read_actors",
    "read_records",
    "write_key",
    "write_ledger",
    "written_key",
]


WRITTEN = "ledger_written"
"""State: the key under which records, claims and actors were last written; marks that decisions
leave on them don't change it."""


def ledger_key(connection: Connection) -> str | None:
    """The key under which the ledger was settled; None when there is none yet."""
    query = select(t.state.c.value).where(t.state.c.name == "ledger_key")
    return connection.execute(query).scalar_one_or_none()


def count_records(connection: Connection) -> int:
    """The number of records."""
    return connection.execute(select(func.count()).select_from(t.record)).scalar_one()


def written_key(connection: Connection) -> str | None:
    """The key under which records were last written; None when there are none yet."""
    query = select(t.state.c.value).where(t.state.c.name == WRITTEN)
    return connection.execute(query).scalar_one_or_none()


def write_ledger(
    connection: Connection, ledger: Ledger, key: str, standings: Sequence[Standing] = ()
) -> None:
    """Replace the ledger by another.

    Args:
        standings: How each decision stands in it.
    """
    replace_rows(
        connection,
        t.LEDGER,
        ledger_rows(ledger, standings),
        kept=frozenset({"record", "actor", "claim", "account"}),
    )
    note_written(connection, key)


def note_written(connection: Connection, key: str) -> None:
    """Note what the ledger, and all records in it, are made of now."""
    _note(connection, WRITTEN, key)
    write_key(connection, key)


def ledger_rows(ledger: Ledger, standings: Sequence[Standing]) -> dict[str, Rows]:
    """All rows of a ledger, by table."""
    rows: dict[str, Rows] = {table.name: [] for table in t.LEDGER}
    standing_rows(rows, standings)
    for place, account in enumerate(ledger.accounts):
        rows["account"].append(
            {"id": account.id, "position": place, "label": account.label, "reason": account.reason}
        )
        rows["account_document"] += members(
            {"account_id": account.id}, "document_id", account.document_ids
        )
    for place, actor in enumerate(ledger.actors):
        _actor_rows(rows, place, actor)
    for place, record in enumerate(ledger.records):
        _record_rows(rows, place, record)
    return rows


def write_key(connection: Connection, key: str) -> None:
    """Note what the ledger is made of now, where its records stay what they are but for marks."""
    _note(connection, "ledger_key", key)


def _note(connection: Connection, name: str, value: str) -> None:
    connection.execute(delete(t.state).where(t.state.c.name == name))
    connection.execute(t.state.insert().values(name=name, value=value))


def read_accounts(connection: Connection) -> tuple[Account, ...]:
    """All accounts, in the order of the ledger."""
    documents = lists(connection, t.account_document, t.account_document.c.document_id)
    query = select(t.account).order_by(t.account.c.position)
    return tuple(
        Account(
            id=row.id,
            label=row.label,
            reason=row.reason,
            document_ids=documents.get((row.id,), ()),
        )
        for row in connection.execute(query)
    )


def read_actors(connection: Connection, *where: Any) -> tuple[Actor, ...]:
    """Actors that meet conditions on the table `actor`, in the order of the ledger."""
    chosen = select(t.actor.c.id).where(*where)

    def of_actors(table: Table, member: Column[Any]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
        return lists(connection, table, member, table.c.actor_id.in_(chosen))

    names = of_actors(t.actor_name, t.actor_name.c.name)
    offices = of_actors(t.actor_office, t.actor_office.c.record_id)
    documents = of_actors(t.actor_document, t.actor_document.c.document_id)
    decided = of_actors(t.actor_decision, t.actor_decision.c.decision_id)
    query = select(t.actor).where(*where).order_by(t.actor.c.position)
    return tuple(
        Actor(
            id=row.id,
            number=row.number,
            name=row.name,
            kind=row.kind,
            country=row.country,
            names=names.get((row.id,), ()),
            office_ids=offices.get((row.id,), ()),
            document_ids=documents.get((row.id,), ()),
            decision_ids=decided.get((row.id,), ()),
        )
        for row in connection.execute(query)
    )


def read_records(connection: Connection, *where: Any) -> tuple[Record, ...]:
    """Records that meet conditions on the table `record`, in the order of the ledger."""
    chosen = select(t.record.c.id).where(*where)

    def of_records(table: Table, member: Column[Any]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
        return lists(connection, table, member, table.c.record_id.in_(chosen))

    claims = grouped(
        connection, select(t.claim).where(t.claim.c.record_id.in_(chosen)), "record_id"
    )
    support = grouped(
        connection,
        select(t.claim_support).join(t.claim).where(t.claim.c.record_id.in_(chosen)),
        "claim_id",
    )
    contests = read_contests(connection, chosen)
    histories = read_histories(connection, chosen)
    deliveries = read_deliveries(connection, chosen)
    finding_ids = of_records(t.record_finding, t.record_finding.c.finding_id)
    document_ids = of_records(t.record_document, t.record_document.c.document_id)
    decided = of_records(t.record_decision, t.record_decision.c.decision_id)
    of_claims = lists(
        connection,
        t.claim_decision,
        t.claim_decision.c.decision_id,
        t.claim_decision.c.claim_id.in_(
            select(t.claim.c.id).where(t.claim.c.record_id.in_(chosen))
        ),
    )
    query = select(t.record).where(*where).order_by(t.record.c.position)
    return tuple(
        Record(
            id=row.id,
            number=row.number,
            kind=row.kind,
            type=row.type,
            label=row.label,
            stage=row.stage,
            date=row.date,
            claims=tuple(
                _claim(item, support.get(item.id, []), of_claims.get((item.id,), ()))
                for item in claims.get(row.id, [])
            ),
            contests=contests.get(row.id, ()),
            history=histories.get(row.id, ()),
            finding_ids=finding_ids.get((row.id,), ()),
            document_ids=document_ids.get((row.id,), ()),
            accounts=row.accounts,
            delivery=deliveries.get(row.id),
            decision_ids=decided.get((row.id,), ()),
        )
        for row in connection.execute(query)
    )


def _claim(row: Any, support: list[Any], decision_ids: tuple[str, ...]) -> Claim:
    return Claim(
        id=row.id,
        field=row.field,
        text=row.text,
        value=read_value(row.value, row.quantity),
        actor_id=row.actor_id,
        support=tuple(
            Support(
                finding_id=item.finding_id,
                document_id=item.document_id,
                account_id=item.account_id,
                words=Quote(
                    document_id=item.document_id,
                    start=item.words_start,
                    end=item.words_end,
                    text=item.words_text,
                ),
                evidence=Quote(
                    document_id=item.document_id,
                    start=item.evidence_start,
                    end=item.evidence_end,
                    text=item.evidence_text,
                ),
                attributed_to=item.attributed_to,
            )
            for item in support
        ),
        accounts=row.accounts,
        decision_ids=decision_ids,
    )


def _actor_rows(rows: dict[str, Rows], place: int, actor: Actor) -> None:
    values = fields(actor, "id", "number", "name", "kind", "country")
    rows["actor"].append(values | {"position": place})
    for table, column, ids in (
        ("actor_name", "name", actor.names),
        ("actor_office", "record_id", actor.office_ids),
        ("actor_document", "document_id", actor.document_ids),
        ("actor_decision", "decision_id", actor.decision_ids),
    ):
        rows[table] += members({"actor_id": actor.id}, column, ids)


def _record_rows(rows: dict[str, Rows], place: int, record: Record) -> None:
    owner: dict[str, Any] = {"record_id": record.id}
    values = fields(record, "id", "number", "kind", "type", "label", "stage", "date", "accounts")
    rows["record"].append(values | {"position": place})
    rows["record_finding"] += members(owner, "finding_id", record.finding_ids)
    rows["record_document"] += members(owner, "document_id", record.document_ids)
    rows["record_decision"] += members(owner, "decision_id", record.decision_ids)
    for i, claim in enumerate(record.claims):
        values = fields(claim, "id", "field", "text", "actor_id", "accounts")
        rows["claim"].append(owner | values | value_columns(claim.value) | {"position": i})
        rows["claim_decision"] += members({"claim_id": claim.id}, "decision_id", claim.decision_ids)
        rows["claim_support"] += [
            {
                "claim_id": claim.id,
                "position": j,
                "finding_id": support.finding_id,
                "document_id": support.document_id,
                "account_id": support.account_id,
                "attributed_to": support.attributed_to,
                **_span("words_", support.words),
                **_span("evidence_", support.evidence),
            }
            for j, support in enumerate(claim.support)
        ]
    contest_rows(rows, record)
    history_rows(rows, record)
    delivery_rows(rows, record)


def _span(prefix: str, quote: Quote) -> dict[str, Any]:
    values = {"start": quote.start, "end": quote.end, "text": quote.text}
    return {prefix + name: value for name, value in values.items()}
