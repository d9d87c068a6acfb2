"""Documents into a ledger.

Comes in: a dossier's file, and how to read. Goes out: a report of what was done. What was found in
a document is kept as soon as it is found; the ledger is written in one transaction with the
findings that it is made of. So a build that is killed loses the documents just under way, the next
one goes on from there, and a reader sees the old ledger or the new one, never half of each. What
has not changed is not done again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from sqlalchemy import Connection

from pactwatch.engine import Engine, Job, Progress, Versions
from pactwatch.model import Document, Problem
from pactwatch.settling import (
    Inputs,
    current_key,
    read_inputs,
    settle_inputs,
    still_stands,
    write_settled,
)
from pactwatch.store import Database
from pactwatch.store.decisions import decision_states
from pactwatch.store.documents import Head, documents, heads
from pactwatch.store.findings import count_findings, publish, reading_keys, stage
from pactwatch.store.history import forget_problems, note_build, note_problems
from pactwatch.store.ledger import count_records, ledger_key
from pactwatch.workers import choose_workers, read_all

__all__ = ["BuildReport", "build_ledger"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What `Dossier.build` did.

    Attributes:
        documents_read: Documents read in this build.
        documents_cached: Documents whose findings still stood.
        findings: Findings of all documents.
        records: Records of the ledger.
        settled: Whether the ledger was made anew; it is not when nothing that it depends on has
            changed.
        dormant: Decisions that stood before, and are now about nothing that is here.
        not_read: Names of documents in other languages than English.
        problems: Documents that could not be read, by name; the next build tries them again.
    """

    documents_read: int
    documents_cached: int
    findings: int
    records: int
    settled: bool
    dormant: int
    not_read: tuple[str, ...]
    problems: tuple[Problem, ...]


def build_ledger(
    database: Database, engine: Engine, job: Job, workers: int | None, progress: Progress
) -> BuildReport:
    """Read the documents that need it, and settle the ledger.

    Raises:
        CodebookError: a codebook file is wrong.
        UsageError: the pipeline is not installed, or worker processes can't start.
        DossierError: the dossier can't be written.
    """
    versions = engine.versions(job)
    with database.reading() as connection:
        current = heads(connection)
        published, staged = reading_keys(connection)
        standing = decision_states(connection)
    wanted = {head.id: _reading_key(head, versions) for head in current if head.language == "en"}
    missing = [
        document_id
        for document_id, key in wanted.items()
        if key not in (published.get(document_id), staged.get(document_id))
    ]
    cached = len(wanted) - len(missing)
    problems: list[Problem] = []
    outcomes = read_all(
        _load(database, missing),
        partial(engine.read, job),
        workers=choose_workers(workers, len(missing)),
    )
    progress("Reading", cached, len(wanted))
    try:
        for done, (document_id, outcome) in enumerate(outcomes, cached + 1):
            if isinstance(outcome, Problem):
                problems.append(outcome)
            else:
                found = (outcome.findings, outcome.rejected)
                with database.writing() as connection:
                    stage(connection, document_id, wanted[document_id], *found)
            progress("Reading", done, len(wanted))
    finally:
        outcomes.close()
    settled = _settle(database, engine, wanted, versions, progress)
    problems.sort(key=lambda problem: (problem.name, problem.fault))
    with database.writing() as connection:
        report = BuildReport(
            documents_read=len(missing) - len(problems),
            documents_cached=cached,
            findings=count_findings(connection),
            records=count_records(connection),
            settled=settled,
            dormant=sum(
                state == "dormant" and standing.get(id_, state) != state
                for id_, state in decision_states(connection).items()
            ),
            not_read=tuple(head.name for head in current if head.language != "en"),
            problems=tuple(problems),
        )
        forget_problems(connection, "build")
        note_problems(connection, "build", problems)
        note_build(
            connection,
            documents_read=report.documents_read,
            documents_cached=report.documents_cached,
            findings=report.findings,
            problems=len(problems),
        )
    return report


def _load(database: Database, ids: Sequence[str]) -> Iterator[Document]:
    """Load documents one at a time, with no transaction open in between."""
    for document_id in ids:
        with database.reading() as connection:
            found = list(documents(connection, [document_id]))
        yield from found


def _settle(
    database: Database,
    engine: Engine,
    wanted: Mapping[str, str],
    versions: Versions,
    progress: Progress,
) -> bool:
    """Publish what was found, and settle the ledger, if anything that it depends on has changed."""
    with database.reading() as connection:
        published, staged = reading_keys(connection)
        fresh = any(wanted.get(id_) == key != published.get(id_) for id_, key in staged.items())
        stands = not fresh and published.items() <= wanted.items()
        if stands and ledger_key(connection) == current_key(connection, versions.settling):
            return False
    origin = {
        "codebook_version": versions.codebook,
        "engine_version": versions.reading,
        "pipeline": versions.pipeline,
    }

    def read(connection: Connection) -> Inputs:
        publish(connection, wanted, origin)
        inputs = read_inputs(connection, versions.settling, again=True)
        progress("Settling", 0, len(inputs.findings))
        return inputs

    with database.writing() as connection:
        inputs = read(connection)
        if inputs.standing is None:
            write_settled(connection, inputs, settle_inputs(engine, inputs))
        else:  # a ledger stands: let others read it and decide on it meanwhile
            connection.rollback()
    if inputs.standing is not None:
        settled = settle_inputs(engine, inputs)
        with database.writing() as connection:
            publish(connection, wanted, origin)
            if not still_stands(connection, inputs):
                inputs = read(connection)
                settled = settle_inputs(engine, inputs)
            write_settled(connection, inputs, settled)
    progress("Settling", len(inputs.findings), len(inputs.findings))
    return True


def _reading_key(head: Head, versions: Versions) -> str:
    """Hash of all that the findings of a document depend on."""
    parts = [head.fingerprint, versions.codebook, versions.reading, versions.pipeline]
    return sha256(json.dumps(parts).encode()).hexdigest()[:32]
