"""Stages small enough to see through, for tests of the dossier; they need no model.

Worker processes import this module by name, so tests put its folder on `sys.path`.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import msgspec

from pactwatch.dossier import Dossier
from pactwatch.engine import Engine, Job, Kept, Traced, Versions
from pactwatch.errors import UsageError
from pactwatch.model import (
    Account,
    Actor,
    Claim,
    Contest,
    Document,
    Finding,
    Ledger,
    Quantity,
    Record,
    Rejected,
    StageStep,
    Support,
    stable_id,
)
from pactwatch.origins import Lineage
from pactwatch.review import Rulings, mark_records
from pactwatch.store import open_database

SENDING = re.compile(r"(\w+) sends (\d+) (\w+) to (\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    findings: tuple[Finding, ...]
    rejected: tuple[Rejected, ...]


def read(job: Job, document: Document) -> Found:
    """Find sendings; words in the text make it fail, crash or take its time."""
    if "RAISE" in document.text:
        raise ValueError("the text says so")
    if "CRASH" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "MISUSE" in document.text:
        raise UsageError("pipeline", "is not installed")
    if "SLOW" in document.text:
        time.sleep(0.008)
    findings = []
    for match in SENDING.finditer(document.text):
        count = Quantity(number=Decimal(match[2]), unit=match[3])
        finding = Finding.cut(
            document,
            "measure",
            type="deployment",
            stage="promised",
            roles={
                "actor": [(*match.span(1), None)],
                "amount": [(*match.span(2), count)],
                "recipient": [(*match.span(4), "XX")],
            },
            evidence=[match.span()],
            attributed_to=(*match.span(1), None),
            trigger="measure.deployment.send",
        )
        findings.append(finding)
    rejected = tuple(
        Rejected(
            document_id=finding.document_id,
            kind="meeting",
            trigger="meeting.sending",
            reason="no participant",
            quote=finding.evidence[0],
        )
        for finding in findings
    )
    return Found(findings=tuple(findings), rejected=rejected)


def trace(findings: Sequence[Finding], documents: Sequence[Document], kept: Kept) -> Traced:
    """One account for each document."""
    account_of = {d.id: stable_id("account", d.id) for d in documents}
    accounts = tuple(
        Account(id=account_of[d.id], label=d.name, reason="single document", document_ids=(d.id,))
        for d in documents
    )
    lineage = Lineage(
        accounts=accounts, passages=(), account_of={}, directions=(), families=(), credits=()
    )
    return Traced(lineage=lineage, account_of={f.id: account_of[f.document_id] for f in findings})


def settle(
    findings: Sequence[Finding], documents: Sequence[Document], traced: Traced, rulings: Rulings
) -> Ledger:
    """One record for each actor and recipient."""
    time.sleep(0.02)
    account_of = {a.document_ids[0]: a.id for a in traced.lineage.accounts}
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        key = (finding.roles["actor"][0].text, finding.roles["recipient"][0].text)
        groups.setdefault(key, []).append(finding)
    records, actors = [], {}
    for number, (key, group) in enumerate(sorted(groups.items()), 1):
        ids = tuple(dict.fromkeys(finding.document_id for finding in group))
        name, actor_id = key[0], stable_id("actor", key[0])
        actors[actor_id] = Actor(
            id=actor_id,
            number=f"actor-{len(actors) + 1}",
            name=name,
            kind="state",
            country=None,
            names=(name, f"the {name}"),
            office_ids=(),
            document_ids=ids,
        )
        record_id = stable_id("measure", *key)
        claims = tuple(
            Claim(
                id=stable_id("claim", record_id, finding.id),
                field="amount",
                text=finding.roles["amount"][0].text,
                value=finding.roles["amount"][0].value,
                actor_id=actor_id,
                support=(
                    Support(
                        finding_id=finding.id,
                        document_id=finding.document_id,
                        account_id=account_of[finding.document_id],
                        words=finding.evidence[0],
                        evidence=finding.evidence[0],
                    ),
                ),
                accounts=1,
            )
            for finding in group
        )
        contest = Contest(
            field="amount",
            kind="number",
            severity="high",
            claim_ids=tuple(claim.id for claim in claims),
            explanation="The numbers differ.",
        )
        step = StageStep(
            stage="promised",
            date="2020-05",
            date_from="publication",
            claim_id=claims[0].id,
            document_ids=ids,
        )
        records.append(
            Record(
                id=record_id,
                number=f"measure-{number}",
                kind="measure",
                type="deployment",
                label=f"{key[0]} sends <b>staff</b> to {key[1]}",
                stage="promised",
                date="2020-05",
                claims=claims,
                contests=(contest,) if len({claim.text for claim in claims}) > 1 else (),
                history=(step,),
                finding_ids=tuple(finding.id for finding in group),
                document_ids=ids,
                accounts=len(ids),
            )
        )
    accounts = traced.lineage.accounts
    marked = tuple(mark_records(records, rulings.marks))
    return Ledger(records=marked, actors=tuple(actors.values()), accounts=accounts)


def versions(job: Job) -> Versions:
    """Versions that a test can move by naming another pipeline."""
    pipeline = job.pipeline or "standin"
    return Versions(codebook="1", reading="1", pipeline=pipeline, settling="1")


ENGINE = Engine(read=read, trace=trace, settle=settle, versions=versions)


def open_standin(path: Path) -> Dossier:
    """Open a dossier that works with these stages."""
    return Dossier(open_database(path), engine=ENGINE)


def document(name: str, text: str, **more: object) -> Document:
    """A document of this name and text."""
    return Document(id=stable_id("document", name, text), name=name, text=text, **more)  # type: ignore[arg-type]


def ledger_bytes(path: Path) -> bytes:
    """All records of a dossier as JSON."""
    with open_standin(path) as dossier:
        return msgspec.json.encode(dossier.ledger())


def add_and_build(path: str, folder: str, workers: int = 1) -> None:
    """What a killed process does."""
    with open_standin(Path(path)) as dossier:
        dossier.add(folder)
        dossier.build(workers=workers)


if __name__ == "__main__":
    add_and_build(sys.argv[1], sys.argv[2], int(sys.argv[3]))
