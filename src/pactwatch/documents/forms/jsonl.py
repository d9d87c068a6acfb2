"""A file of JSON Lines: an article in each line.

Comes in: the file, or a stream of it as it is unpacked. Goes out: for each line what its keys tell
(see `rows`), named by the number of the line; one line at a time in memory. A broken line costs
that line.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import cast

from pactwatch.documents.decoding import decode
from pactwatch.documents.forms.json import NOTHING, item_of_value, load
from pactwatch.documents.forms.members import LeftOut
from pactwatch.documents.forms.rows import columns_of
from pactwatch.documents.given import Given, Item
from pactwatch.errors import DocumentError

__all__ = ["MOST_LINE", "read", "read_stream"]

MOST_LINE = 10_000_000
"""Bytes of one line: ten times the longest report."""

_BROKEN = ("broken JSON in this line", "Mend the line, or remove it")
_TOO_LONG = (f"a line longer than {MOST_LINE / 1e6:,.0f} MB", "Split it into documents")


def read(given: Given) -> Iterator[Item]:
    """Read a file of JSON Lines.

    Raises:
        DocumentError: no line of it holds an article.
    """
    with given.open() as file:
        yield from read_stream(given, cast(io.BufferedIOBase, file))


def read_stream(given: Given, stream: io.BufferedIOBase) -> Iterator[Item]:
    """Read JSON Lines as they come.

    Raises:
        DocumentError: no line of them holds an article.
    """
    left, keys, any_made = LeftOut(given), dict[str, None](), False
    fault: DocumentError | None = None
    try:
        for number, line in _lines(stream, left):
            words = line.strip(b" \t\r\n\x1e\0")
            if not words:
                continue
            try:
                value = load(decode(given.name, words))
            except (ValueError, DocumentError):
                left.add(number, *_BROKEN)
                continue
            item = item_of_value(given, value, part=number, original=line)
            if item is not None:
                any_made = True
                yield item
            else:
                left.add(number, *NOTHING)
                if isinstance(value, dict) and len(keys) < 100:
                    keys.update(dict.fromkeys(map(str, value)))
    except DocumentError as error:  # the stream breaks off: what was left out before is told first
        fault = error
    if not any_made and keys and fault is None:
        columns_of(given, keys)
    yield from left.problems()
    if fault is not None:
        raise fault


def _lines(stream: io.BufferedIOBase, left: LeftOut) -> Iterator[tuple[str, bytes]]:
    number = 0
    while line := stream.readline(MOST_LINE):
        number += 1
        if len(line) == MOST_LINE and not line.endswith(b"\n"):
            left.add(str(number), *_TOO_LONG)
            while line and not line.endswith(b"\n"):
                line = stream.readline(MOST_LINE)
            continue
        yield str(number), line
