"""What a published site needs of the whole ledger at once: dates, parts that actors take, names of
actors, and the quotations of a document.

Comes in: a connection. Goes out: plain rows, in the order of the ledger or of the text. It filters
nothing: the site's own script does that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select, union

from pactwatch.store import tables as t
from pactwatch.store.queries import LABEL
from pactwatch.store.queries_ruled_out import is_ruled_out

__all__ = ["Quotation", "every_name", "quotations_of", "record_dates", "record_roles", "set_in"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """An evidence of findings of a document.

    Attributes:
        start: Where the first evidence of these findings begins, by which it is opened.
        records: Places in the ledger of the records that they went into.
    """

    start: int
    text: str
    records: tuple[int, ...]


def quotations_of(connection: Connection, document_id: str) -> Iterator[Quotation]:
    """Yield the quotations of a document, in the order of the text, each once; not those of what
    people took out of the ledger."""
    f, e, rf = t.finding.c, t.finding_evidence, t.record_finding.c
    first, every = e.alias(), e.alias()
    query = (
        select(first.c.start, every.c.text, t.record.c.position)
        .select_from(t.finding)
        .join(first, (first.c.finding_id == f.id) & (first.c.position == 0))
        .join(every, every.c.finding_id == f.id)
        .outerjoin(t.record_finding, rf.finding_id == f.id)
        .outerjoin(t.record, t.record.c.id == rf.record_id)
        .where(f.document_id == document_id, ~is_ruled_out(f.id, f.document_id))
        .order_by(first.c.start, first.c.end, f.position, every.c.position)
    )
    found: dict[tuple[int, str], set[int]] = {}
    for start, words, record in connection.execute(query):
        records = found.setdefault((start, words), set())
        if record is not None:
            records.add(record)
    for (start, words), records in found.items():
        yield Quotation(start=start, text=words, records=tuple(sorted(records)))


def record_dates(connection: Connection) -> list[tuple[int, str]]:
    """Place in the ledger and date: of each record, and of each stage on its way."""
    r, s = t.record.c, t.stage_step.c
    own = select(r.position, r.date).where(r.date.is_not(None))
    told = (
        select(r.position, s.date)
        .join(t.stage_step, s.record_id == r.id)
        .where(s.date.is_not(None))
    )
    both = union(own, told).order_by("position", "date")
    return [(row[0], row[1]) for row in connection.execute(both)]


def record_roles(connection: Connection) -> list[tuple[int, str, str]]:
    """Place in the ledger, id of an actor, and the field that names it; each once."""
    r, c = t.record.c, t.claim.c
    query = (
        select(r.position, c.actor_id, c.field)
        .join(t.claim, c.record_id == r.id)
        .where(c.actor_id.is_not(None))
        .distinct()
        .order_by(r.position, c.actor_id, c.field)
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]


def every_name(connection: Connection) -> dict[str, list[str]]:
    """All names of each actor, by its id, the fullest first."""
    n = t.actor_name.c
    found: dict[str, list[str]] = {}
    query = select(n.actor_id, n.name).order_by(n.actor_id, n.position)
    for actor, name in connection.execute(query):
        found.setdefault(actor, []).append(name[:LABEL])
    return found


def set_in(connection: Connection) -> Iterator[tuple[str, str, str, str]]:
    """Yield finding id, its kind, and id and label of the record that it went into."""
    f, rf, r = t.finding.c, t.record_finding.c, t.record.c
    query = (
        select(f.id, f.kind, r.id, r.label)
        .join(t.record_finding, rf.finding_id == f.id)
        .join(t.record, r.id == rf.record_id)
        .order_by(r.position, rf.position)
    )
    for finding, kind, record, label in connection.execute(query):
        yield finding, kind, record, label[:LABEL]
