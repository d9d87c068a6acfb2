"""A ZIP archive: its members, to be read like files.

Comes in: the archive. Goes out: a `Part` for each member in the order of names, one at a time in
memory; problems for what is encrypted, too large or damaged. An archive that was cut off is read
from its beginning as far as it goes. Nothing is written to disk.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
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

__all__ = ["directory", "read", "read_member"]

_MOST_DIRECTORY = MOST_BYTES // 2  # some 200,000 entries
_STEP = 65_536
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # zipfile bounds no step of the others
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, struct.error,
           RuntimeError, NotImplementedError)  # fmt: skip
_LOCKED = ("locked with a password", "Unpack it with the password, and name the folder")
_DAMAGED = ("damaged", "Fetch or copy the archive again")
_PACKED = (
    "packed by a method that is not read",
    "Unpack it in your own program, and name the folder",
)
_LINKED = ("a link to another file", "Put the file itself into the archive")


class _Capped:
    """The archive's file, of which no directory beyond bounds is read at once."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell = file.seek, file.tell
        self.seekable, self.close = file.seekable, file.close

    def read(self, size: int = -1) -> bytes:
        if size > _MOST_DIRECTORY:
            raise zipfile.BadZipFile("directory too large")
        return self._file.read(_MOST_DIRECTORY if size < 0 else size)


def directory(file: BinaryIO) -> zipfile.ZipFile:
    """Open an archive for its directory, in bounded memory.

    Raises:
        zipfile.BadZipFile, OSError, ValueError …: it is broken.
    """
    return zipfile.ZipFile(cast(BinaryIO, _Capped(file)))


def read(given: Given) -> Iterator[Item]:
    """Read a ZIP archive.

    Raises:
        DocumentError: it is empty, or nothing of it can be read.
    """
    left = LeftOut(given)
    with given.open() as file:
        try:
            archive = directory(file)
        except _BROKEN:
            yield from _salvage(given, file)
            return
        with archive:
            yield from _members(given, archive, left)
    yield from left.problems()


def _members(given: Given, archive: zipfile.ZipFile, left: LeftOut) -> Iterator[Item]:
    names = Names()
    infos = sorted(((harmless(_name(info)), info) for info in archive.infolist()),
                   key=lambda pair: pair[0])  # fmt: skip
    if not infos:
        raise DocumentError(given.name, "an empty archive", "Fetch or copy it again, or remove it")
    for at, (path, info) in enumerate(infos):
        if at >= MOST_PARTS:
            left.add(path, f"beyond the first {MOST_PARTS:,}", "Unpack it, and name the folder")
            continue
        if info.is_dir() or is_clutter(path):
            continue
        fault = ASSET if is_asset(path) else _fault(info)
        if fault:
            left.add(path, *fault)
            continue
        try:
            data = read_member(archive, info)
        except _BROKEN:
            left.add(path, *_DAMAGED)
            continue
        if data is None:
            left.add(path, *TOO_LARGE)
        else:
            yield Part(name=names.give(path), data=data)


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | None:
    """The bytes of a member; None if they are more than `MOST_BYTES`, whatever its entry says."""
    pieces: list[bytes] = []
    size = 0
    with archive.open(info) as opened:
        member = cast(zipfile.ZipExtFile, opened)
        while piece := member.read1(_STEP):
            size += len(piece)
            if size > MOST_BYTES:
                return None
            pieces.append(piece)
    if size < info.file_size:
        raise zipfile.BadZipFile("cut off")
    return b"".join(pieces)


def _fault(info: zipfile.ZipInfo) -> tuple[str, str] | None:
    if info.flag_bits & 1:
        return _LOCKED
    if stat.S_ISLNK(info.external_attr >> 16):
        return _LINKED
    if info.compress_type not in _METHODS:
        return _PACKED
    return TOO_LARGE if info.file_size > MOST_BYTES else None


def _name(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: zipfile takes all that is not marked as UTF-8 for code page 437."""
    name = info.orig_filename
    if info.flag_bits & 0x800 or name.isascii():
        return name
    extra = info.extra
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == 0x7075 and size > 5:  # Info-ZIP Unicode Path
            return extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]
    try:
        return decode_name(name.encode("cp437"))
    except UnicodeEncodeError:
        return name


def _salvage(given: Given, file: BinaryIO) -> Iterator[Item]:
    """Read an archive without its directory (a download cut off), member after member."""
    fault, step = "a broken ZIP archive", "Fetch or copy it again"
    names, count = Names(), 0
    file.seek(0)
    head = file.read(30)
    while head[:4] == b"PK\x03\x04" and len(head) == 30 and count < MOST_PARTS:
        flags, method = struct.unpack_from("<HH", head, 6)
        packed, _, size, extra = struct.unpack_from("<IIHH", head, 18)
        path = harmless(decode_name(file.read(size)))
        file.seek(extra, io.SEEK_CUR)
        told_after = bool(flags & 8)  # the size stands behind the member
        data = None if flags & 1 else _unpack_next(file, method, None if told_after else packed)
        if data is None:
            break
        if data and not is_clutter(path):
            count += 1
            yield Part(name=names.give(path), data=data)
        head = _next_head(file)
    if not count:
        raise DocumentError(given.name, fault, step)
    fault = f"{fault}: only its first {count:,} files could be read"
    yield Problem(name=given.name, fault=fault, next_step=step)


def _unpack_next(file: BinaryIO, method: int, packed: int | None) -> bytes | None:
    """The member at the file's position, which is left behind it; None if it can't be read."""
    if method == 0 and packed is not None and packed <= MOST_BYTES:
        data = file.read(packed)
        return data if len(data) == packed else None
    if method != 8:
        return None
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    pieces: list[bytes] = []
    room = MOST_BYTES
    try:
        while not unpacker.eof:
            packed_piece = file.read(65_536)
            pieces.append(unpacker.decompress(packed_piece, room + 1))
            room -= len(pieces[-1])
            if not packed_piece or room < 0:
                return None
    except zlib.error:
        return None
    file.seek(-len(unpacker.unused_data), io.SEEK_CUR)
    return b"".join(pieces)


def _next_head(file: BinaryIO) -> bytes:
    """The head of the next member, which sizes of the last one may stand before."""
    start = file.tell()
    at = max(file.read(28).find(b"PK\x03\x04"), 0)
    file.seek(start + at)
    return file.read(30)
