"""A compressed file (gzip, bzip2, XZ, Zstandard): what is in it.

Comes in: the file. Goes out: its content as one `Part`; but archives, mailboxes, tables, lines of
JSON and web archives are read as they are unpacked, however large they are. What comes out is
bounded by the size of the file, and a file that was cut off gives what stands before the cut.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Protocol

from pactwatch.documents.forms.members import TOO_LARGE, harmless
from pactwatch.documents.given import Given, Item, Part
from pactwatch.documents.limits import MOST_BYTES, MOST_RATIO, SPARE_BYTES
from pactwatch.documents.recognising import recognise
from pactwatch.errors import DocumentError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from zstandard import ZstdDecompressionObj

__all__ = ["read"]

_MOST_WINDOW = 200_000_000  # bytes of memory that an XZ file may ask for; `xz -9` asks for 65 MB
_HEAD = 65_536
_AGAIN = "Fetch or copy it again"
_ZST_STEP = (
    1024  # bytes unpacked at once: at most some 32 MB, since a block of 4 bytes holds 128 KB
)
_DICTIONARY = b"\x5d\x2a\x4d\x18"  # opens a Zstandard web archive with its dictionary
_ENDINGS = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}
_COMPRESSED = (".gz", ".bz2", ".xz", ".zst", ".z")


class _Reader(Protocol):
    def read1(self, size: int, /) -> bytes: ...


def read(given: Given) -> Iterator[Item]:
    """Read a compressed file.

    Raises:
        DocumentError: it is broken from its beginning, or holds what is no report.
    """
    from pactwatch.documents.forms import csv, jsonl, mbox, tar, warc

    if given.head(4) == _DICTIONARY:
        yield from warc.read(given)
        return
    streamed: dict[str, Callable[[Given, io.BufferedReader[_Unpacked]], Iterator[Item]]] = {
        "tar": tar.read_stream,
        "mbox": mbox.read_stream,
        "csv": csv.read_stream,
        "jsonl": jsonl.read_stream,
    }
    name = _inner_name(given)
    with given.open() as file:
        unpacked = _Unpacked(given, _opened(given, file))
        stream = io.BufferedReader(unpacked, _HEAD)
        head = stream.peek(_HEAD)
        if not head:
            raise DocumentError(given.name, "nothing in it", f"{_AGAIN}, or remove it")
        inner = replace(given, name=name, data=head, path=None, media_type="")
        form = recognise(inner)
        if form.id == "warc":
            yield from warc.read(given)
        elif form.id in streamed:
            yield from streamed[form.id](given, stream)
        else:
            data, fault = _whole(given, stream)
            yield Part(name=harmless(name).rpartition("/")[2], data=data, hints=given.hints)
            if fault is not None:
                raise fault


def _inner_name(given: Given) -> str:
    name = given.name.rpartition("/")[2] if "://" not in given.name else given.name
    stem, suffix = PurePosixPath(name).stem, given.suffix
    if suffix in _ENDINGS:
        return stem + _ENDINGS[suffix]
    return stem if suffix in _COMPRESSED else f"{name} unpacked"


def _whole(
    given: Given, stream: io.BufferedReader[_Unpacked]
) -> tuple[bytes, DocumentError | None]:
    pieces: list[bytes] = []
    size = 0
    try:
        while piece := stream.read1(_HEAD):
            pieces.append(piece)
            size += len(piece)
            if size > MOST_BYTES:
                raise DocumentError(given.name, *TOO_LARGE)
    except DocumentError as error:
        if size > MOST_BYTES:
            raise
        return b"".join(pieces), error
    return b"".join(pieces), None


def _opened(given: Given, file: BinaryIO) -> _Reader:
    """The unpacker that the file's first bytes call for."""
    magic = given.head(6)
    if magic.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=file)
    if magic.startswith(b"BZh"):
        return bz2.BZ2File(file)
    if magic.startswith(b"\xfd7zXZ\0"):
        return _Xz(file)
    return _Zst(file)


class _Zst:
    """A Zstandard file; the library's own stream does not tell that a file was cut off."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._frame: ZstdDecompressionObj | None = None
        self._packed = b""
        self._data = io.BytesIO()

    def read1(self, size: int, /) -> bytes:
        import zstandard

        while True:
            data = self._data.read(size)
            if data:
                return data
            self._packed = self._packed or self._file.read(_ZST_STEP)
            if not self._packed:
                if self._frame is not None:
                    raise EOFError
                return b""
            frame = self._frame or zstandard.ZstdDecompressor().decompressobj()
            self._data = io.BytesIO(frame.decompress(self._packed))
            self._packed = frame.unused_data if frame.eof else b""
            self._frame = None if frame.eof else frame


class _Xz:
    """An XZ file, unpacked in bounded memory; `lzma.LZMAFile` knows no bound."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._unpacker = lzma.LZMADecompressor(memlimit=_MOST_WINDOW)

    def read1(self, size: int, /) -> bytes:
        while True:
            if self._unpacker.eof:
                rest = self._unpacker.unused_data.lstrip(b"\0") or self._file.read(_HEAD)
                if not rest.strip(b"\0"):
                    return b""
                self._unpacker = lzma.LZMADecompressor(memlimit=_MOST_WINDOW)
            elif self._unpacker.needs_input:
                rest = self._file.read(_HEAD)
                if not rest:
                    raise EOFError
            else:
                rest = b""
            data = self._unpacker.decompress(rest, size)
            if data:
                return data


class _Unpacked(io.RawIOBase):
    """What comes out of a file, bounded; faults are told as a `DocumentError`."""

    def __init__(self, given: Given, reader: _Reader) -> None:
        self._given, self._reader = given, reader
        self._room = MOST_RATIO * given.size + SPARE_BYTES
        self._fault: DocumentError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        import zstandard

        view = memoryview(buffer).cast("B")
        if self._fault is not None:
            raise self._fault
        try:
            data = self._reader.read1(len(view))
        except (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError,
                zstandard.ZstdError) as error:  # fmt: skip
            fault, step = "cut off or damaged: only what stands before that was read", _AGAIN
            self._fault = DocumentError(self._given.name, fault, step)
            raise self._fault from error
        self._room -= len(data)
        if self._room < 0:
            fault = "unpacks to far more than its size: not read further"
            step = "Unpack it yourself, and name the folder"
            self._fault = DocumentError(self._given.name, fault, step)
            raise self._fault
        view[: len(data)] = data
        return len(data)
