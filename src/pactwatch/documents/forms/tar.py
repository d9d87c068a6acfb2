"""A TAR archive: its members, to be read like files.

Comes in: the archive, or a stream of it as it is unpacked. Goes out: a `Part` for each regular
file, one at a time in memory, in the order of names for an archive in a file, in the order of the
archive for a large stream; problems for links, devices and what is damaged or too large. Nothing is
written to disk.
"""

from __future__ import annotations

import io
import re
import tarfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from pactwatch.documents.forms.members import (
    ASSET,
    TOO_LARGE,
    LeftOut,
    Names,
    decode_name,
    harmless,
    is_asset,
    is_clutter,
)
from pactwatch.documents.given import Given, Item, Part
from pactwatch.documents.limits import MOST_BYTES, MOST_PARTS
from pactwatch.errors import DocumentError
from pactwatch.model import Problem

__all__ = ["read", "read_stream"]

_MOST_HEADER = 64_000  # bytes of one header with its long names
_STEP = 1 << 20
_LONG_NUMBER = re.compile(rb"\d{64}")
_BROKEN = (tarfile.TarError, OSError, EOFError, ValueError, IndexError)
_NO_FILE = ("a link or device, not a file", "Put the file itself into the archive")


class _Guarded:
    """A file that is read forward only, and of which no header may be huge.

    tarfile reads a header at once however large it says it is, follows one that leads back for
    ever, and in some versions searches it in the square of its digits (CVE-2024-6232,
    CVE-2025-8194).
    """

    def __init__(self, file: BinaryIO, *, seekable: bool) -> None:
        self._file, self._seekable = file, seekable
        self._at = 0
        self._last = b""  # tarfile steps back by one byte, to see whether the file goes on
        self._back = 0
        self.in_header = True
        self._block = b""

    @property
    def ended(self) -> bool:
        """Whether the last header read was the block of nulls that ends an archive."""
        return self._block == bytes(tarfile.BLOCKSIZE)

    def tell(self) -> int:
        return self._at - self._back

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._back = 0
        if offset == self._at - 1 and self._last:
            self._back = 1
        elif offset < self._at:
            raise tarfile.ReadError("a header that leads back")
        elif self._seekable:
            self._file.seek(offset)
            self._at, self._last = offset, b""
        while self._at < offset:
            if not self._take(min(_STEP, offset - self._at)):
                break
        return self.tell()

    def read(self, size: int = -1) -> bytes:
        if self.in_header and not 0 <= size <= _MOST_HEADER:
            raise tarfile.ReadError("a header too large")
        before, self._back = self._last[: self._back], 0
        data = before + self._take(max(size, 0) - len(before))
        if self.in_header and size > tarfile.BLOCKSIZE and _LONG_NUMBER.search(data):
            raise tarfile.ReadError("a header of digits")
        if size == tarfile.BLOCKSIZE:
            self._block = data
        return data

    def close(self) -> None:
        """The file is closed by who opened it."""

    def _take(self, size: int) -> bytes:
        pieces: list[bytes] = []
        while size > 0 and (piece := self._file.read(min(size, _STEP))):
            size -= len(piece)
            pieces.append(piece)
        data = b"".join(pieces)
        self._at += len(data)
        self._last = data[-1:] or self._last
        return data


def read(given: Given) -> Iterator[Item]:
    """Read a TAR archive.

    Raises:
        DocumentError: nothing of it can be read.
    """
    with given.open() as file:
        yield from _sorted(given, file)


def read_stream(given: Given, stream: io.BufferedIOBase) -> Iterator[Item]:
    """Read a TAR archive as it is unpacked; in the order of names if it is no larger than
    `MOST_BYTES`, else in its own order.

    Raises:
        DocumentError: nothing of it can be read.
    """
    pieces: list[bytes] = []
    size = 0
    fault: DocumentError | None = None
    try:
        while size <= MOST_BYTES and (piece := stream.read1(_STEP)):
            pieces.append(piece)
            size += len(piece)
    except DocumentError as error:  # cut off: what there is is read, then this is told
        fault = error
    begun = io.BytesIO(b"".join(pieces))
    if size > MOST_BYTES:
        yield from _in_turn(given, cast(BinaryIO, _Chained(begun, cast(BinaryIO, stream))))
        return
    yield from _sorted(given, begun, cut=fault is not None)
    if fault is not None:
        raise fault


class _Chained:
    """What has been read of a stream, and the rest of it."""

    def __init__(self, begun: BinaryIO, rest: BinaryIO) -> None:
        self._begun, self._rest = begun, rest

    def read(self, size: int) -> bytes:
        return self._begun.read(size) or self._rest.read(size)


def _sorted(given: Given, file: BinaryIO, *, cut: bool = False) -> Iterator[Item]:
    """List the members, then read them in the order of their names."""
    left, names = LeftOut(given), Names()
    guarded = _Guarded(file, seekable=True)
    members: list[tuple[str, tarfile.TarInfo]] = []
    try:
        with tarfile.open(fileobj=cast(BinaryIO, guarded), mode="r:") as archive:
            while (info := _next(archive)) is not None and len(members) < MOST_PARTS:
                path = _path(info)
                if not info.isdir() and not is_clutter(path):
                    members.append((path, info))
        broken = info is None and not guarded.ended
    except _BROKEN as error:
        if not members:
            raise _hopeless(given) from error
        broken = True
    for path, info in sorted(members, key=lambda pair: pair[0]):
        fault = ASSET if is_asset(path) else _fault(info)
        if fault:
            left.add(path, *fault)
            continue
        file.seek(info.offset_data)
        data = file.read(info.size)
        if len(data) < info.size:
            broken = True
            continue
        yield Part(name=names.give(path), data=data)
    yield from left.problems()
    if broken and not cut:
        yield _cut_off(given)


def _in_turn(given: Given, stream: BinaryIO) -> Iterator[Item]:
    """Read the members as they come."""
    left, names = LeftOut(given), Names()
    guarded = _Guarded(stream, seekable=False)
    count = 0
    try:
        with tarfile.open(fileobj=cast(BinaryIO, guarded), mode="r:") as archive:
            while (info := _next(archive)) is not None and count < MOST_PARTS:
                path = _path(info)
                count += 1
                if info.isdir() or is_clutter(path):
                    continue
                fault = ASSET if is_asset(path) else _fault(info)
                if fault:
                    left.add(path, *fault)
                    continue
                guarded.in_header = False
                guarded.seek(info.offset_data)
                data = guarded.read(info.size)
                guarded.in_header = True
                if len(data) < info.size:
                    raise tarfile.ReadError("cut off")
                yield Part(name=names.give(path), data=data)
        broken = info is None and not guarded.ended
    except _BROKEN as error:
        if not count:
            raise _hopeless(given) from error
        broken = True
    yield from left.problems()
    if broken:
        yield _cut_off(given)


def _next(archive: tarfile.TarFile) -> tarfile.TarInfo | None:
    info = archive.next()
    vars(archive)["members"] = []  # which would hold every header to the end
    return info


def _path(info: tarfile.TarInfo) -> str:
    return harmless(decode_name(info.name.encode("utf-8", "surrogateescape")))


def _fault(info: tarfile.TarInfo) -> tuple[str, str] | None:
    if not info.isreg() or info.issparse():
        return _NO_FILE
    return TOO_LARGE if info.size > MOST_BYTES else None


def _hopeless(given: Given) -> DocumentError:
    return DocumentError(given.name, "a broken TAR archive", "Fetch or copy it again")


def _cut_off(given: Given) -> Problem:
    return Problem(
        name=given.name,
        fault="a TAR archive cut off or damaged: only what stands before that was read",
        next_step="Fetch or copy it again",
    )
