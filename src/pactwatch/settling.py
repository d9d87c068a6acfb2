"""Findings and decisions into the ledger: what a build ends with, and a decision begins.

Comes in: a dossier's file. Goes out: the ledger in it, made of the findings that are published and
of all decisions; only what is other than it was is made and written. The ledger is made with no
transaction open, so that others can go on deciding in the meantime; it is written only if it is
still of what the dossier holds. A build writes it in the transaction in which it publishes.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from pactwatch.engine import Engine, Kept, Traced
from pactwatch.model import Document, Finding, Ledger, Record
from pactwatch.review import (
    ADDED,
    Decision,
    Former,
    Rulings,
    Standing,
    documents_of,
    judge,
    mark_records,
    rivals_in_contests,
    without_marks,
)
from pactwatch.review.marks import WEIGHED
from pactwatch.store import Database
from pactwatch.store import tables as t
from pactwatch.store.changing import change_ledger, marked_records
from pactwatch.store.decisions import decision_stamp, decisions, write_added
from pactwatch.store.documents import documents, former_versions, heads
from pactwatch.store.findings import findings, reading_keys
from pactwatch.store.keeping import forget, keep, keep_under, kept, kept_version
from pactwatch.store.ledger import (
    ledger_key,
    read_records,
    write_key,
    write_ledger,
    written_key,
)
from pactwatch.store.lineage import (
    keep_fingerprints,
    keep_sharings,
    kept_fingerprints,
    kept_sharings,
    write_lineage,
)
from pactwatch.store.marks import (
    disputes_in_contests,
    records_beside,
    records_on,
    settled_decisions,
    write_marks,
    write_standings,
)

if TYPE_CHECKING:
    from pactwatch.ledger import Kept as LedgerKept
    from pactwatch.ledger import Settlement

__all__ = [
    "Inputs",
    "Settled",
    "current_key",
    "is_current",
    "mark_only",
    "read_inputs",
    "renew",
    "settle_inputs",
    "still_stands",
    "write_settled",
]

TRIES = 3
"""How often the ledger is made anew because others have decided meanwhile, before it is made with
the file held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All that the ledger is made of.

    Attributes:
        key: Hash of all of it.
        version: Of lineage and ledger.
        findings: Of the engine alone.
        former: Earlier versions of documents on which something was decided, by id.
        standing: What is kept of the ledger last written, to settle only what is other than it
            was; None where all is to be settled.
        written: The key under which that ledger was written.
    """

    key: str
    version: str
    findings: tuple[Finding, ...]
    documents: tuple[Document, ...]
    decisions: tuple[Decision, ...]
    former: Mapping[str, Former]
    kept: Kept
    standing: LedgerKept | None = None
    written: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What is written: the ledger, its lineage, and how each decision stands.

    Attributes:
        ledger: All of it; or what is other than it was, where `again` tells the rest.
    """

    ledger: Ledger
    traced: Traced
    rulings: Rulings
    standings: tuple[Standing, ...]
    again: Settlement | None = None


def current_key(connection: Connection, version: str, decided: Sequence[str] | None = None) -> str:
    """Hash of all that the ledger depends on: documents, how they were read, what was decided, how
    it is settled.

    Args:
        decided: Ids of the decisions, sorted; of all that there are if None.
    """
    published, _ = reading_keys(connection)
    parts = [
        (head.fingerprint, published.get(head.id))
        for head in heads(connection)
        if head.language == "en"
    ]
    # A decision on an earlier version of a document rules on the one that has taken its place.
    earlier = sorted(former_versions(connection).items())
    told = [
        version,
        [*parts, *earlier],
        decision_stamp(connection) if decided is None else list(decided),
    ]
    return sha256(json.dumps(told).encode()).hexdigest()[:32]


def is_current(connection: Connection, version: str) -> bool:
    """Whether the ledger is made of what the dossier holds now."""
    return ledger_key(connection) == current_key(connection, version)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Settling makes millions of values, none of which refers to itself: to look among them for
    such again and again takes a quarter of its time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_uncollected()
def read_inputs(connection: Connection, version: str, *, again: bool = False) -> Inputs:
    """Read what the ledger is to be made of: the documents whose findings are published.

    Args:
        again: Whether to settle only what is other than in the ledger last written.
    """
    published, _ = reading_keys(connection)
    engine_kept, standing, written = Kept(), None, None
    if kept_version(connection) == version:
        engine_kept = Kept(
            fingerprints=kept_fingerprints(connection),
            sharings=kept_sharings(connection),
            credits=kept(connection, "credits"),
        )
        written = written_key(connection)
        if again and kept(connection, "ledger").get("key") == (written or "").encode():
            standing = _standing(connection)
    log = tuple(decisions(connection))
    return Inputs(
        key=current_key(connection, version),
        version=version,
        findings=tuple(f for f in findings(connection) if f.trigger != ADDED),
        documents=tuple(d for d in documents(connection) if d.id in published),
        decisions=log,
        former=_former(connection, log),
        kept=engine_kept,
        standing=standing,
        written=written,
    )


def _former(connection: Connection, log: Sequence[Decision]) -> dict[str, Former]:
    """Earlier versions of documents on which something was decided."""
    latest = former_versions(connection)
    decided = sorted({id_ for decision in log for id_ in documents_of(decision)} & latest.keys())
    return {
        document.id: Former(text=document.text, successor=latest[document.id])
        for document in documents(connection, decided)
    }


def _standing(connection: Connection) -> LedgerKept:
    from pactwatch import ledger

    return ledger.Kept(
        cuts=kept(connection, "cuts"),
        joins=kept(connection, "joins"),
        records=kept(connection, "records"),
        marked=marked_records(connection),
    )


@_uncollected()
def settle_inputs(engine: Engine, inputs: Inputs) -> Settled:
    """Make the ledger; the same inputs give the same to the byte."""
    from pactwatch import ledger

    again: Settlement | None = None
    rulings = judge(inputs.findings, inputs.documents, inputs.decisions, inputs.former)
    found, places = rulings.findings, rulings.documents
    traced = engine.trace(found, places, inputs.kept)
    if engine.settle_again is None:
        made = engine.settle(found, places, traced, rulings)
    else:
        standing = inputs.standing or ledger.Kept()
        again = engine.settle_again(found, places, traced, rulings, standing)
        made = again.ledger
    standings = _with_disputes(rulings.standings, rivals_in_contests(made.records))
    return Settled(ledger=made, traced=traced, rulings=rulings, standings=standings, again=again)


def _with_disputes(
    standings: Sequence[Standing], disputes: Mapping[str, tuple[str, ...]]
) -> tuple[Standing, ...]:
    """Standings with the disputes that only the ledger shows: for two sides of one contest."""
    return tuple(
        replace(s, state="disputed", rivals=tuple(sorted({*s.rivals, *disputes[s.decision.id]})))
        if s.decision.id in disputes
        else s
        for s in standings
    )


@_uncollected()
def _other_than_written(connection: Connection, made: Ledger) -> Ledger:
    """A ledger with only those of its records that are other than in the tables: many are made
    again and come out as they were, and writing one takes longer than reading it."""
    ids = [record.id for record in made.records]
    there: dict[str, Record] = {}
    for at in range(0, len(ids), 500):
        some = read_records(connection, t.record.c.id.in_(ids[at : at + 500]))
        there |= {record.id: record for record in some}
    return replace(
        made,
        records=tuple(
            record
            for record in made.records
            if record.id not in there or replace(there[record.id], number=record.number) != record
        ),
    )


def write_settled(connection: Connection, inputs: Inputs, settled: Settled) -> None:
    """Write the ledger, and keep what makes the next one cheap.

    Where only what is other than it was has been settled, the dossier must still hold the ledger
    that it was before: `still_stands`.
    """
    again = settled.again
    keep_under(connection, inputs.version)
    write_added(connection, settled.rulings.added)
    if again is not None and inputs.standing is not None:
        change_ledger(
            connection,
            _other_than_written(connection, settled.ledger),
            again.numbers,
            again.latest,
            inputs.key,
            settled.standings,
        )
    else:
        write_ledger(connection, settled.ledger, inputs.key, settled.standings)
        for what in ("ledger", "cuts", "joins", "records"):
            forget(connection, what)
    write_lineage(connection, settled.traced.lineage)
    keep_fingerprints(connection, settled.traced.fingerprints)
    keep_sharings(connection, settled.traced.sharings, settled.traced.gone)
    gone = inputs.kept.credits.keys() - {document.id for document in inputs.documents}
    keep(connection, "credits", settled.traced.credits, gone)
    if again is not None:
        keep(connection, "ledger", {"key": inputs.key.encode()})
        keep(connection, "cuts", again.keep.cuts, again.gone[0])
        keep(connection, "joins", again.keep.joins)
        keep(connection, "records", again.keep.records, again.gone[1])


def still_stands(connection: Connection, inputs: Inputs) -> bool:
    """Whether the dossier holds what the inputs were read from: documents and decisions, and the
    ledger against which they are settled."""
    if current_key(connection, inputs.version) != inputs.key:
        return False
    return inputs.standing is None or written_key(connection) == inputs.written


def mark_only(connection: Connection, version: str) -> bool:
    """Bring the marks of decisions up to date where these are all that has changed since the ledger
    was settled; say whether that is so.

    Accepting changes no finding, and so no record: only what stands on it; except where the value
    accepted decides how far a measure has come. The outcome is the same to the byte as if all were
    settled anew.
    """
    log = decisions(connection)
    known = settled_decisions(connection)
    if ledger_key(connection) != current_key(connection, version, sorted(known)):
        return False
    former = _former(connection, log)
    places = _ruled_on(connection, log, former)
    read = list(documents(connection, sorted(places)))
    said = [f for f in findings(connection, document_ids=places) if f.trigger != ADDED]
    before = judge(said, read, [d for d in log if d.id in known], former)
    after = judge(said, read, log, former)
    if any(
        getattr(before, part) != getattr(after, part)
        for part in ("findings", "documents", "together", "apart", "actors", "added")
    ):
        return False
    changed = {
        id_
        for id_ in before.marks.keys() | after.marks.keys()
        if before.marks.get(id_) != after.marks.get(id_)
    }
    if any(
        mark.field in WEIGHED
        for id_ in changed
        for mark in {*before.marks.get(id_, ())} ^ {*after.marks.get(id_, ())}
    ):
        return False
    affected = records_on(connection, changed)
    beside = records_beside(connection, affected)
    around = records_beside(connection, affected | beside) | affected | beside
    plain = [without_marks(r) for r in read_records(connection, t.record.c.id.in_(sorted(around)))]
    marked = [r for r in mark_records(plain, after.marks) if r.id in affected | beside]
    write_marks(connection, marked)
    disputes = disputes_in_contests(connection)
    write_standings(connection, _with_disputes(after.standings, disputes))
    write_key(connection, current_key(connection, version))
    return True


def _ruled_on(
    connection: Connection, log: Sequence[Decision], former: Mapping[str, Former]
) -> set[str]:
    """The documents that decisions may be about: those named, what has taken the place of others,
    and all that bear the name of one that is not here."""
    named = {id_ for decision in log for id_ in documents_of(decision)}
    names = {a.name for d in log for a in (*d.about, *d.other) if a.name}
    places = named | {before.successor for before in former.values()}
    places |= {head.id for head in heads(connection) if head.name in names}
    return places & reading_keys(connection)[0].keys()


def renew(database: Database, engine: Engine, version: str) -> bool:
    """Settle the ledger anew if it is no longer of what the dossier holds; say whether it was.

    Documents that are not read yet stay so: that is for the next build.
    """
    for _ in range(TRIES):
        with database.reading() as connection:
            if not reading_keys(connection)[0] or is_current(connection, version):
                return False
        with database.writing() as connection:
            if mark_only(connection, version):
                return True
        with database.reading() as connection:
            inputs = read_inputs(connection, version, again=True)
        settled = settle_inputs(engine, inputs)
        with database.writing() as connection:
            if still_stands(connection, inputs):
                write_settled(connection, inputs, settled)
                return True
    with database.writing() as connection:
        inputs = read_inputs(connection, version, again=True)
        write_settled(connection, inputs, settle_inputs(engine, inputs))
    return True
