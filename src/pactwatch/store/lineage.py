"""Lineage as rows, and what is kept so that it is not found anew for every document that is added.

Comes in: `Lineage`, and the bytes of fingerprints and comparisons. Goes out: the same, equal and in
the same order; or the part of it that one document has a share in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, delete, insert, or_, select

from pactwatch.model import Span
from pactwatch.origins import Credit, Direction, Family, Lineage, Member, Passage, Reason
from pactwatch.store import tables as t
from pactwatch.store.ledger import read_accounts
from pactwatch.store.replacing import replace_rows
from pactwatch.store.rows import Rows

__all__ = [
    "keep_fingerprints",
    "keep_sharings",
    "kept_fingerprints",
    "kept_sharings",
    "read_lineage",
    "write_lineage",
]

Pair = tuple[str, str]
_TABLES = (t.credit, t.family_member, t.family, t.direction, t.passage)


def kept_fingerprints(connection: Connection) -> dict[str, bytes]:
    """Fingerprints by document id."""
    f = t.fingerprint.c
    return {row[0]: row[1] for row in connection.execute(select(f.document_id, f.kept))}


def kept_sharings(connection: Connection) -> dict[Pair, bytes]:
    """What compared pairs share, by the ids of both."""
    s = t.sharing.c
    rows = connection.execute(select(s.first_id, s.second_id, s.kept))
    return {(row[0], row[1]): row[2] for row in rows}


def keep_fingerprints(connection: Connection, made: Mapping[str, bytes]) -> None:
    """Keep fingerprints that are new."""
    _replace(connection, [{"document_id": id_, "kept": kept} for id_, kept in sorted(made.items())],
             t.fingerprint)  # fmt: skip


def keep_sharings(
    connection: Connection, made: Mapping[Pair, bytes], gone: Iterable[Pair] = ()
) -> None:
    """Keep what newly compared pairs share, and drop pairs that are compared no more."""
    rows = [{"first_id": one, "second_id": other, "kept": kept}
            for (one, other), kept in sorted(made.items())]  # fmt: skip
    _replace(connection, rows, t.sharing)
    s = t.sharing.c
    for one, other in gone:
        connection.execute(delete(t.sharing).where(s.first_id == one, s.second_id == other))


def _replace(connection: Connection, rows: list[dict[str, Any]], table: Any) -> None:
    if rows:
        connection.execute(insert(table).prefix_with("OR REPLACE"), rows)


def write_lineage(connection: Connection, lineage: Lineage) -> None:
    """Replace all of it but the accounts, which the ledger holds; what stays is not written."""
    rows: dict[str, Rows] = {
        "passage": [
            {
                "id": p.id,
                "position": place,
                "kind": p.kind,
                "first_id": p.first_id,
                "second_id": p.second_id,
                "first_start": p.first.start,
                "first_end": p.first.end,
                "second_start": p.second.start,
                "second_end": p.second.end,
                "words": p.words,
                "similarity": p.similarity,
                "quoted": p.quoted,
                "account_id": lineage.account_of.get(p.id),
            }
            for place, p in enumerate(lineage.passages)
        ],
        "direction": [
            {
                "first_id": d.first_id,
                "second_id": d.second_id,
                "source_id": d.source_id,
                "common": int(d.common),
                "reasons": _json([(r.kind, r.source_id, r.text) for r in d.reasons]),
            }
            for d in lineage.directions
        ],
        "family": [
            {"id": f.id, "position": place, "origin_id": f.origin_id}
            for place, f in enumerate(lineage.families)
        ],
        "family_member": [
            {
                "family_id": f.id,
                "position": place,
                "document_id": m.document_id,
                "relation": m.relation,
                "source_id": m.source_id,
                "share": m.share,
            }
            for f in lineage.families
            for place, m in enumerate(f.members)
        ],
        "credit": [
            {
                "id": c.id,
                "position": place,
                "document_id": c.document_id,
                "kind": c.kind,
                "place": c.place,
                "source": c.source,
                "quote": c.quote.text,
                "start": c.quote.start,
                "end": c.quote.end,
                "publisher": c.publisher,
                "finding_id": c.finding_id,
                "resolved_document_id": c.resolved_document_id,
                "credit": _json(c),
            }
            for place, c in enumerate(lineage.credits)
        ],
    }
    replace_rows(connection, _TABLES, rows)


def read_lineage(connection: Connection, document_id: str | None = None) -> Lineage:
    """All of it; or what one document has a share in: its passages, its family, its credits and
    those that mean it."""
    p, d, f, c = t.passage.c, t.direction.c, t.family_member.c, t.credit.c
    passages = list(connection.execute(
        select(t.passage).where(*_of(document_id, p.first_id, p.second_id)).order_by(p.position)
    ))  # fmt: skip
    directions = connection.execute(
        select(t.direction)
        .where(*_of(document_id, d.first_id, d.second_id))
        .order_by(d.first_id, d.second_id)
    )
    member_of = select(f.family_id).where(f.document_id == document_id)
    families = connection.execute(
        select(t.family_member, t.family.c.origin_id)
        .join(t.family)
        .where(*([f.family_id.in_(member_of)] if document_id is not None else []))
        .order_by(t.family.c.position, f.position)
    )
    credits = connection.execute(
        select(c.credit)
        .where(*_of(document_id, c.document_id, c.resolved_document_id))
        .order_by(c.position)
    )
    return Lineage(
        accounts=read_accounts(connection),
        passages=tuple(map(_passage, passages)),
        account_of={row.id: row.account_id for row in passages if row.account_id},
        directions=tuple(map(_direction, directions)),
        families=_families(families),
        credits=tuple(msgspec.json.decode(row.credit, type=Credit) for row in credits),
    )


def _of(document_id: str | None, *columns: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    if document_id is None:
        return []
    return [or_(*(column == document_id for column in columns))]


def _passage(row: Row[Any]) -> Passage:
    return Passage(
        id=row.id,
        kind=row.kind,
        first_id=row.first_id,
        second_id=row.second_id,
        first=Span(start=row.first_start, end=row.first_end),
        second=Span(start=row.second_start, end=row.second_end),
        words=row.words,
        similarity=row.similarity,
        quoted=row.quoted,
    )


def _direction(row: Row[Any]) -> Direction:
    reasons = msgspec.json.decode(row.reasons, type=list[tuple[str, str | None, str]])
    return Direction(
        first_id=row.first_id,
        second_id=row.second_id,
        source_id=row.source_id,
        common=bool(row.common),
        reasons=tuple(Reason(kind=k, source_id=s, text=w) for k, s, w in reasons),
    )


def _families(rows: Iterable[Row[Any]]) -> tuple[Family, ...]:
    members: dict[str, list[Member]] = {}
    origins: dict[str, str] = {}
    for row in rows:
        origins[row.family_id] = row.origin_id
        members.setdefault(row.family_id, []).append(
            Member(
                document_id=row.document_id,
                relation=row.relation,
                source_id=row.source_id,
                share=row.share,
            )
        )
    return tuple(
        Family(id=id_, origin_id=origins[id_], members=tuple(own)) for id_, own in members.items()
    )


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
