"""Decisions as JSON Lines: the form in which people hand each other their work, and the store's.

Comes in: decisions, or a file of them. Goes out: lines, or decisions whose id is the hash of their
content. A line that was changed by hand, or that another version wrote, is refused with its number;
then nothing of the file is taken.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import msgspec

from pactwatch.errors import UsageError
from pactwatch.review.checking import check
from pactwatch.review.values import Decision
from pactwatch.review.votes import in_order

__all__ = ["decode", "encode", "read_lines", "write_lines"]

LONGEST = 4_000_000
"""Characters of a line; a decision on a record of some thousand findings is shorter."""

_DECODER = msgspec.json.Decoder(Decision)


def encode(decision: Decision) -> str:
    """A decision as one line, without its end."""
    return json.dumps(decision.plain(), ensure_ascii=False, separators=(",", ":"))


def decode(line: str) -> Decision:
    """The decision of a line as the store holds it."""
    return _DECODER.decode(line)


def write_lines(decisions: Iterable[Decision]) -> str:
    """All decisions as text, in the order of time."""
    return "".join(f"{encode(decision)}\n" for decision in in_order(decisions))


def read_lines(name: str, text: str) -> Iterator[Decision]:
    """Read decisions that somebody else has written.

    Args:
        name: Of the file, for messages.

    Raises:
        UsageError: a line is no decision, is incomplete, or its id is not that of its content.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        if len(line) > LONGEST:
            raise UsageError(where, "is too long for a decision", "Export it again")
        try:
            decision = _DECODER.decode(line)
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            fault = f"is no decision ({error})"
            raise UsageError(where, fault, "Make it with: pactwatch decisions export") from error
        if decision.hashed() != decision.id:
            raise UsageError(
                where,
                "was changed since it was made, or comes from a newer Pactwatch",
                "Export it again; to change a decision, decide anew",
            )
        try:
            check(decision)
        except UsageError as error:
            raise UsageError(where, f"{error.place}: {error.fault}", error.next_step) from error
        yield decision
