"""What a report says, without a dossier.

Comes in: a document, a file, an address, or a text. Goes out: its findings. Nothing is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pactwatch.engine import Job, read_and_find
from pactwatch.errors import DocumentError
from pactwatch.model import Document, Finding, Problem, stable_id

__all__ = ["find", "job_of"]


def find(
    source: Document | str | Path,
    *,
    published: str | None = None,
    codebook: Sequence[str | Path] = (),
    pipeline: str | None = None,
) -> tuple[Finding, ...]:
    """Find what a report says, without a dossier.

    Args:
        source: A document, a file, folder or address, or the text itself.
        published: ISO 8601 date of publication, against which words like "on Monday" are
            understood.
        codebook: Files that add to the codebook.
        pipeline: Name or path of a spaCy pipeline.

    Raises:
        DocumentError: the source can't be read.
    """
    job = job_of(codebook, pipeline)
    return tuple(
        finding
        for document in _given(source, published)
        for finding in read_and_find(job, document).findings
    )


def job_of(codebook: Sequence[str | Path], pipeline: str | None) -> Job:
    """How to read, as worker processes are told it."""
    return Job(codebook=tuple(Path(path).absolute() for path in codebook), pipeline=pipeline)


def _given(source: Document | str | Path, published: str | None) -> Iterator[Document]:
    """The documents that are meant: a string is a file or address if it can be one, else a text."""
    from pactwatch.documents import read_documents

    if isinstance(source, Document):
        yield source
    elif isinstance(source, Path) or _names_source(source):
        for document in read_documents(source, published=published):
            if isinstance(document, Problem):
                raise DocumentError(document.name, document.fault, document.next_step)
            yield document
    else:
        identity = stable_id("document", "text", source)
        yield Document(id=identity, name="text", text=source, published=published)


def _names_source(words: str) -> bool:
    if words.startswith(("https://", "http://")) and not any(map(str.isspace, words)):
        return True
    return len(words) < 4096 and "\n" not in words and "\0" not in words and Path(words).exists()
