"""Findings and refused candidates, and the staging that makes a build resumable.

Comes in: what was found in one document, under the key of all that it depends on. Goes out: the
same findings. `stage` keeps the findings of a document as soon as they are made; `publish` moves
them into the tables, in the same transaction in which the records made of them are written. So a
reader of the dossier always sees records together with the very findings behind them, and a build
that was killed goes on where it stopped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, Select, delete, func, select

from pactwatch.model import Filler, Finding, Quantity, Quote, Rejected, Value
from pactwatch.store import tables as t
from pactwatch.store.documents import CURRENT, IN_ORDER

__all__ = [
    "count_findings",
    "findings",
    "publish",
    "read_value",
    "reading_keys",
    "rejections",
    "stage",
    "value_columns",
    "write_findings",
]

ATTRIBUTED = "attributed_to"
"""`Finding.attributed_to` is stored as one more role, so that its words are checked like all
others."""

Staged = tuple[tuple[Finding, ...], tuple[Rejected, ...]]

_STAGED = msgspec.json.Decoder(Staged)
_QUANTITY = msgspec.json.Decoder(Quantity)


def stage(
    connection: Connection,
    document_id: str,
    key: str,
    found: Iterable[Finding],
    refused: Iterable[Rejected],
) -> None:
    """Keep what was found in a document until `publish`. Of findings with one id the first is
    kept."""
    kept = {finding.id: finding for finding in reversed(tuple(found))}
    staged: Staged = (tuple(reversed(kept.values())), tuple(refused))
    connection.execute(
        delete(t.staged_reading).where(t.staged_reading.c.document_id == document_id)
    )
    values = {
        "document_id": document_id,
        "key": key,
        "found": msgspec.json.encode(staged).decode(),
    }
    connection.execute(t.staged_reading.insert().values(values))


def reading_keys(connection: Connection) -> tuple[dict[str, str], dict[str, str]]:
    """The keys under which documents have been read, by document: those published, and those
    staged."""

    def keys(table: Any) -> dict[str, str]:
        return {row.document_id: row.key for row in connection.execute(select(table))}

    return keys(select(t.reading.c.document_id, t.reading.c.key).subquery()), keys(
        select(t.staged_reading.c.document_id, t.staged_reading.c.key).subquery()
    )


def publish(connection: Connection, wanted: Mapping[str, str], origin: Mapping[str, str]) -> None:
    """Bring the tables to the wanted state: staged findings in, findings under other keys out.

    Args:
        wanted: For each document to be read its key.
        origin: Columns of `reading` that say what the keys stand for: codebook_version,
            engine_version, pipeline.
    """
    published, staged = reading_keys(connection)
    for document_id, key in sorted(published.items()):
        if wanted.get(document_id) != key:
            for table in (t.finding, t.rejected, t.reading):
                connection.execute(delete(table).where(table.c.document_id == document_id))
    for document_id, key in sorted(staged.items()):
        if wanted.get(document_id) == key and published.get(document_id) != key:
            query = select(t.staged_reading.c.found).where(
                t.staged_reading.c.document_id == document_id
            )
            raw = connection.execute(query).scalar_one()
            found, refused = _STAGED.decode(raw)
            write_findings(connection, found)
            _write_refused(connection, refused)
            values: dict[str, Any] = {"document_id": document_id, "key": key, **origin}
            values |= {"findings": len(found), "rejected": len(refused)}
            connection.execute(t.reading.insert().values(values))
    # What another build has staged under other keys is for that build to publish.
    done = [id_ for id_, key in sorted(staged.items()) if wanted.get(id_, key) == key]
    for document_id in done:
        staging = t.staged_reading
        connection.execute(delete(staging).where(staging.c.document_id == document_id))


def findings(
    connection: Connection,
    *,
    document_id: str | None = None,
    kind: str | None = None,
    ids: Iterable[str] | None = None,
    document_ids: Iterable[str] | None = None,
) -> list[Finding]:
    """List the findings of current documents, by document name and in the order they were found."""
    f, r, e = t.finding, t.finding_role, t.finding_evidence
    where: list[ColumnElement[bool]] = []
    if document_id is not None:
        where.append(f.c.document_id == document_id)
    if kind is not None:
        where.append(f.c.kind == kind)
    if ids is not None:
        where.append(f.c.id.in_(sorted(ids)))
    if document_ids is not None:
        where.append(f.c.document_id.in_(sorted(document_ids)))

    def own(finding_id: Column[str]) -> list[ColumnElement[bool]]:
        return [finding_id.in_(select(f.c.id).where(*where))] if where else []

    roles, speakers = _roles(
        connection,
        select(r.c.finding_id, r.c.role, r.c.text, r.c.start, r.c.end, r.c.value, r.c.quantity)
        .where(*own(r.c.finding_id))
        .order_by(r.c.finding_id, r.c.position),
    )
    quotes: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    words = select(e.c.finding_id, e.c.start, e.c.end, e.c.text).where(*own(e.c.finding_id))
    for id_, start, end, text in connection.execute(words.order_by(e.c.finding_id, e.c.position)):
        quotes[id_].append((start, end, text))
    query = select(f).join(t.document, t.document.c.id == f.c.document_id)
    query = query.where(CURRENT, *where).order_by(*IN_ORDER, f.c.position)
    return [
        Finding(
            id=row.id,
            document_id=row.document_id,
            kind=row.kind,
            type=row.type,
            stage=row.stage,
            form=row.form,
            binding=row.binding,
            roles={role: tuple(many) for role, many in roles.get(row.id, {}).items()},
            attributed_to=speakers.get(row.id),
            evidence=tuple(
                Quote(document_id=row.document_id, start=start, end=end, text=text)
                for start, end, text in quotes.get(row.id, ())
            ),
            trigger=row.trigger,
        )
        for row in connection.execute(query)
    ]


def rejections(
    connection: Connection, *, document_id: str | None = None, kind: str | None = None
) -> list[Rejected]:
    """List the refused candidates of current documents, by document name and in order."""
    r = t.rejected
    query = select(r).join(t.document, t.document.c.id == r.c.document_id).where(CURRENT)
    if document_id is not None:
        query = query.where(r.c.document_id == document_id)
    if kind is not None:
        query = query.where(r.c.kind == kind)
    return [
        Rejected(
            document_id=row.document_id,
            kind=row.kind,
            trigger=row.trigger,
            reason=row.reason,
            quote=Quote(document_id=row.document_id, start=row.start, end=row.end, text=row.text),
        )
        for row in connection.execute(query.order_by(*IN_ORDER, r.c.position))
    ]


def count_findings(connection: Connection) -> int:
    """The number of published findings."""
    return connection.execute(select(func.count()).select_from(t.finding)).scalar_one()


def value_columns(value: Value | None) -> dict[str, str | None]:
    """A normalised value in its two columns: plain text, or a quantity as JSON."""
    if isinstance(value, Quantity):
        return {"value": None, "quantity": msgspec.json.encode(value).decode()}
    return {"value": value, "quantity": None}


def read_value(value: str | None, quantity: str | None) -> Value | None:
    """The normalised value of two columns, as `value_columns` made them."""
    return _QUANTITY.decode(quantity) if quantity is not None else value


def write_findings(connection: Connection, found: Iterable[Finding], *, first: int = 0) -> None:
    """Write findings, the first of them at this place of its document."""
    rows: dict[str, list[dict[str, Any]]] = {"finding": [], "role": [], "evidence": []}
    for position, finding in enumerate(found, first):
        plain = ("id", "document_id", "kind", "type", "stage", "form", "binding", "trigger")
        rows["finding"].append(
            {name: getattr(finding, name) for name in plain} | {"position": position}
        )
        fillers = [(role, filler) for role, many in finding.roles.items() for filler in many]
        if finding.attributed_to is not None:
            fillers.append((ATTRIBUTED, finding.attributed_to))
        rows["role"] += [
            {"finding_id": finding.id, "position": place, "role": role, **_span(filler)}
            | value_columns(filler.value)
            for place, (role, filler) in enumerate(fillers)
        ]
        rows["evidence"] += [
            {"finding_id": finding.id, "position": place, **_span(quote)}
            for place, quote in enumerate(finding.evidence)
        ]
    for table, many in (
        (t.finding, rows["finding"]),
        (t.finding_role, rows["role"]),
        (t.finding_evidence, rows["evidence"]),
    ):
        if many:
            connection.execute(table.insert(), many)


def _write_refused(connection: Connection, refused: Iterable[Rejected]) -> None:
    rejected = [
        {
            "document_id": item.document_id,
            "position": position,
            "kind": item.kind,
            "trigger": item.trigger,
            "reason": item.reason,
            **_span(item.quote),
        }
        for position, item in enumerate(refused)
    ]
    if rejected:
        connection.execute(t.rejected.insert(), rejected)


def _span(words: Filler | Quote) -> dict[str, Any]:
    return {"start": words.start, "end": words.end, "text": words.text}


def _roles(
    connection: Connection, query: Select[Any]
) -> tuple[dict[str, dict[str, list[Filler]]], dict[str, Filler]]:
    """Fillers by finding and role, and by finding the words for its speaker."""
    roles: dict[str, dict[str, list[Filler]]] = defaultdict(dict)
    speakers: dict[str, Filler] = {}
    for id_, role, text, start, end, value, quantity in connection.execute(query):
        filler = Filler(text=text, start=start, end=end, value=read_value(value, quantity))
        if role == ATTRIBUTED:
            speakers[id_] = filler
        else:
            roles[id_].setdefault(role, []).append(filler)
    return roles, speakers
