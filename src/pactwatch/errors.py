"""The errors that Pactwatch raises on purpose; each gives place, fault and next step.

PactwatchError
├── EvidenceError        a finding would stand on words that are not in its document
├── DocumentError        a document can't be read (file, address, encoding, form)
├── CodebookError        a codebook entry is wrong
├── DossierError         a dossier can't be opened, or is of another version
└── UsageError           what was asked for can't be done as asked

Comes in: nothing. Goes out: exceptions. Fields are the exception's args, words are made in
``__str__``, so that every error pickles to a worker process and back.
"""

from __future__ import annotations

__all__ = [
    "CodebookError",
    "DocumentError",
    "DossierError",
    "EvidenceError",
    "PactwatchError",
    "UsageError",
]


class PactwatchError(Exception):
    """Any fault foreseen. The command line prints its words and leaves with `exit_code`."""

    exit_code = 1

    def __init__(self, place: str, fault: str, next_step: str = "") -> None:
        super().__init__(place, fault, next_step)
        self.place, self.fault, self.next_step = place, fault, next_step

    def __str__(self) -> str:
        words = f"{self.place}: {self.fault}"
        return f"{words}. {self.next_step}" if self.next_step else words


class EvidenceError(PactwatchError):
    """A finding would stand on words that its document does not hold: our fault, not the user's."""

    exit_code = 3


class DocumentError(PactwatchError):
    """One document can't be read. A build reports it and goes on."""


class CodebookError(PactwatchError):
    """An entry of a codebook file is wrong."""

    exit_code = 2


class DossierError(PactwatchError):
    """A dossier can't be opened, read or written."""

    exit_code = 2


class UsageError(PactwatchError):
    """What was asked for can't be done as asked."""

    exit_code = 2
