"""The proof that a dossier says nothing that its documents don't.

Comes in: a dossier's file. Goes out: what was checked, and each fault. Every text is compared with
its hash, every stored quotation and every word of a role with the text at its offsets, once in
Python and once by the view `broken_quote`; originals, decisions, the file, its links and its
protection against changes are checked too. Nothing is repaired.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

import msgspec
from sqlalchemy import Connection, select, text

from pactwatch.model import Problem
from pactwatch.review import decode
from pactwatch.store import tables as t
from pactwatch.store.documents import text_hash
from pactwatch.store.views import TRIGGERS

__all__ = ["AuditReport", "audit"]

RESTORE = "Somebody has changed the file: restore a copy, or build it anew from the sources"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    """What an audit checked, and what it found.

    Attributes:
        documents: Texts checked, superseded ones too.
        quotes: Quotations and words of roles checked.
        originals: Files and pages checked that documents were read from.
        faults: One for each thing that is not as it was stored; empty for a sound dossier.
    """

    documents: int
    quotes: int
    originals: int
    faults: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        """Whether no fault was found."""
        return not self.faults


def audit(connection: Connection) -> AuditReport:
    """Check everything. Reads one text at a time."""
    faults = [*_file_faults(connection)]
    d, quote = t.document.c, text("SELECT * FROM quote WHERE document_id = :id ORDER BY place, key")
    names = {
        row.id: row.name for row in connection.execute(select(d.id, d.name).order_by(d.name, d.id))
    }
    checked = 0
    broken: set[tuple[str, str]] = set()
    for document_id, name in names.items():
        row = connection.execute(select(d.text, d.sha256).where(d.id == document_id)).one()
        if text_hash(row.text) != row.sha256:
            faults.append(_fault(name, "the text is not the one that was stored"))
        for item in connection.execute(quote, {"id": document_id}):
            checked += 1
            if row.text[item.start : item.end] != item.text:
                broken.add((item.place, item.key))
                faults.append(_fault(name, _broken(item.place, item.start, item.end, item.text)))
    for item in connection.execute(text("SELECT * FROM broken_quote ORDER BY place, key")):
        if (item.place, item.key) not in broken:
            name = names.get(item.document_id, str(item.document_id))
            faults.append(_fault(name, _broken(item.place, item.start, item.end, item.text)))
    faults += _decision_faults(connection)
    originals = connection.execute(select(t.original.c.sha256).order_by(t.original.c.sha256))
    keys = list(originals.scalars())
    faults += [fault for key in keys for fault in _original_faults(connection, key)]
    return AuditReport(
        documents=len(names), quotes=checked, originals=len(keys), faults=tuple(faults)
    )


def _original_faults(connection: Connection, key: str) -> Iterator[Problem]:
    o = t.original.c
    packed = connection.execute(select(o.compressed).where(o.sha256 == key)).scalar_one()
    try:
        whole = sha256(zlib.decompress(packed)).hexdigest() == key
    except zlib.error:
        whole = False
    if not whole:
        query = select(t.document.c.name).where(t.document.c.original_sha256 == key)
        for name in connection.execute(query.order_by(t.document.c.name)).scalars():
            yield _fault(name, "the original is not the one that was stored")


def _decision_faults(connection: Connection) -> Iterator[Problem]:
    """Decisions whose content is not the one that gave them their id."""
    d = t.decision.c
    for id_, content in connection.execute(select(d.id, d.content).order_by(d.id)):
        try:
            sound = decode(content).hashed() == id_
        except (msgspec.MsgspecError, ValueError):
            sound = False
        if not sound:
            yield _fault(id_, "the decision is not the one that was made")


def _file_faults(connection: Connection) -> Iterator[Problem]:
    for (words,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if words != "ok":
            yield _fault("dossier", f"the file is damaged ({words})")
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield _fault("dossier", f"a row of {row[0]} points to a missing row of {row[2]}")
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    there = {name for (name,) in connection.exec_driver_sql(query)}
    for name in TRIGGERS:
        if name not in there:
            yield _fault("dossier", f"the protection {name} is missing")


def _broken(place: str, start: int, end: int, words: str) -> str:
    shown = words if len(words) <= 80 else f"{words[:79]}…"
    return f"{place}: “{shown}” does not stand at {start}:{end}"


def _fault(name: str, fault: str) -> Problem:
    return Problem(name=name, fault=fault, next_step=RESTORE)
