"""A mailbox: its messages, to be read like files.

Comes in: the file, or a stream of it as it is unpacked. Goes out: a `Part` for each message, named
by its number, one at a time in memory. Quoted ">From " lines are restored (mboxrd).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import cast

from pactwatch.documents.forms.members import LeftOut
from pactwatch.documents.given import Given, Item, Part
from pactwatch.documents.limits import MOST_BYTES
from pactwatch.errors import DocumentError

__all__ = ["read", "read_stream"]

_FROM = re.compile(rb"From \S.{0,200}\d\d:\d\d")
_QUOTED = re.compile(rb">+From ")
_LINE = 65_536
_TOO_LARGE = (f"a message larger than {MOST_BYTES / 1e6:,.0f} MB", "Save it as a file of its own")


def read(given: Given) -> Iterator[Item]:
    """Read a mailbox.

    Raises:
        DocumentError: there is no message in it.
    """
    with given.open() as file:
        yield from read_stream(given, cast(io.BufferedIOBase, file))


def read_stream(given: Given, stream: io.BufferedIOBase) -> Iterator[Item]:
    """Read a mailbox as it comes.

    Raises:
        DocumentError: there is no message in it.
    """
    left = LeftOut(given)
    number = 0
    fault: DocumentError | None = None
    message = _Message()
    begun, after_blank, line_start = False, True, True
    try:
        while line := stream.readline(_LINE):
            if line_start and after_blank and _FROM.match(line):
                if begun:
                    yield from message.end(str(number), left)
                number, begun, message = number + 1, True, _Message()
            elif begun:
                message.add(line[1:] if line_start and _QUOTED.match(line) else line)
            after_blank = line_start and not line.strip()
            line_start = line.endswith((b"\n", b"\r"))
    except DocumentError as error:
        fault = error
    if begun:
        yield from message.end(str(number), left)
    yield from left.problems()
    if fault is not None:
        raise fault
    if not begun:
        raise DocumentError(given.name, "a mailbox without messages", "Save them as .eml files")


class _Message:
    """A message being read, of which no more than the bound is held."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._size = 0

    def add(self, line: bytes) -> None:
        self._size += len(line)
        if self._size <= MOST_BYTES:
            self._lines.append(line)
        else:
            self._lines.clear()

    def end(self, name: str, left: LeftOut) -> Iterator[Part]:
        data = b"".join(self._lines)
        if self._size > MOST_BYTES:
            left.add(name, *_TOO_LARGE)
        elif data.strip():
            yield Part(name=name, data=data, media_type="message/rfc822")
