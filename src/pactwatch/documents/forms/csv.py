"""A table as text (CSV, TSV), with any of the usual separators and encodings.

Comes in: the file, or a stream of it as it is unpacked. Goes out: for each row what its columns
tell (see `tables`), a row at a time in memory, each with the very bytes of its lines.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from pactwatch.documents.decoding import decode
from pactwatch.documents.forms.rows import known
from pactwatch.documents.forms.tables import Row, read_rows
from pactwatch.documents.given import Given, Item
from pactwatch.documents.limits import MOST_CHARACTERS
from pactwatch.errors import DocumentError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["looks_like_table", "read", "read_stream", "separator_of"]

_SEPARATORS = (",", "\t", ";", "|")
_SAMPLE = 65_536  # bytes by which encoding and separator are judged
_MOST_ROW = 10_000_000  # characters
_STRAY = re.compile("[\udc80-\udcff]")
_SEP_LINE = re.compile(r"sep=(.)\r?\n?", re.I)  # Excel's word for its separator
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read(given: Given) -> Iterator[Item]:
    """Read a table.

    Raises:
        DocumentError: it is no text, or has no column of texts or addresses.
    """
    if not given.size:
        given.read()  # tells that it is empty
    with given.open() as file:
        yield from read_stream(given, cast(io.BufferedIOBase, file))


def read_stream(given: Given, stream: io.BufferedIOBase) -> Iterator[Item]:
    """Read a table as it comes.

    Raises:
        DocumentError: it is no text, or has no column of texts or addresses.
    """
    sample = b""
    with suppress(DocumentError):  # a stream cut off: told when its end is met again
        while len(sample) < _SAMPLE and (piece := stream.read1(_SAMPLE)):
            sample += piece
    rest = io.BufferedReader(_Chained(sample, stream))
    encoding = _encoding(given, sample)
    errors = "surrogateescape" if encoding.startswith(("utf-8", "cp", "iso")) else "replace"
    file = io.TextIOWrapper(rest, encoding, errors, newline="")
    lines = _Lines(given, file)
    separator = separator_of(sample.decode(encoding, "replace"))
    rows = _rows(given, lines, separator, encoding.removesuffix("-sig"), errors)
    tab = separator == "\t"
    yield from read_rows(given, rows, media_type="text/tab-separated-values" if tab else "text/csv")


def separator_of(sample: str) -> str:
    """The separator that gives the best-named and most even columns."""
    told = _SEP_LINE.match(sample)
    if told:
        return told[1]

    def score(separator: str) -> tuple[int, float, int]:
        try:
            rows = [row for row in csv.reader(io.StringIO(sample), delimiter=separator) if row]
        except csv.Error:
            return (0, 0.0, 0)
        if not rows:
            return (0, 0.0, 0)
        names = max((known(row) for row in rows[:12]), key=len)
        width = max(len(row) for row in rows[:12])
        even = sum(len(row) == width for row in rows) / len(rows)
        return (len(names), even if width > 1 else 0.0, width)

    return max(_SEPARATORS, key=score)


def looks_like_table(sample: str) -> bool:
    """Tell whether a text of unknown form is a table: its first line names columns of texts or
    addresses and others, and all that follows is as wide."""
    separator = separator_of(sample)
    try:
        rows = [row for row in csv.reader(io.StringIO(sample), delimiter=separator) if row]
    except csv.Error:
        return False
    if len(rows) < 2 or len(rows[0]) < 2 or any(len(cell) > 40 for cell in rows[0]):
        return False
    fields = known(rows[0])
    even = all(len(row) == len(rows[0]) for row in rows[1:-1] or rows[1:])
    return even and len(fields) > 1 and bool(fields & {"text", "address"})


def _rows(given: Given, lines: _Lines, separator: str, encoding: str, errors: str) -> Iterator[Row]:
    csv.field_size_limit(MOST_CHARACTERS)
    reader = csv.reader(lines, delimiter=separator)
    number = 0
    while True:
        lines.taken.clear()
        try:
            cells = next(reader, None)
        except csv.Error as error:
            fault = f"broken after row {number:,} ({error})"
            raise DocumentError(given.name, fault, "Save the table again") from None
        if cells is None:
            return
        words = "".join(lines.taken)
        if number == 0 and _SEP_LINE.fullmatch(words):
            continue
        number += 1
        yield number, [_mended(given, cell) for cell in cells], words.encode(encoding, errors)


def _mended(given: Given, cell: str) -> str:
    """A cell with stray bytes of another encoding."""
    if not _STRAY.search(cell):
        return cell
    return decode(given.name, cell.encode("utf-8", "surrogateescape"))


class _Lines:
    """The lines of a table, bounded, and those that the row being read is made of."""

    def __init__(self, given: Given, file: io.TextIOWrapper) -> None:
        self._given, self._file = given, file
        self._size = 0  # characters taken
        self.taken: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._file.readline(_MOST_ROW)
        if not line:
            raise StopIteration
        self._size = len(line) + (self._size if self.taken else 0)
        self.taken.append(line)
        if self._size >= _MOST_ROW:
            begin = " ".join("".join(self.taken[:1])[:60].split())
            fault = f"a row without end, from “{begin}” on"
            raise DocumentError(self._given.name, fault, "Close its quotation mark")
        return line


class _Chained(io.RawIOBase):
    """What has been read of a stream, and the rest of it."""

    def __init__(self, begun: bytes, rest: io.BufferedIOBase) -> None:
        self._begun, self._rest = io.BytesIO(begun), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        data = self._begun.read(len(view)) or self._rest.read1(len(view))
        view[: len(data)] = data
        return len(data)


def _encoding(given: Given, sample: bytes) -> str:
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    words = decode(given.name, sample, declared=given.charset)  # refuses what is no text
    half = len(sample) // 2
    if half > 4 and sample[1::2].count(0) > 0.7 * half:
        return "utf-16-le"
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    lenient = decoder.decode(sample)  # without a letter that the sample's end cuts in two
    stray = len(_STRAY.findall(lenient))
    if sum(1 for c in lenient if c > "\x7f") >= 2 * stray:
        return "utf-8"
    for encoding in (given.charset or "cp1252", "cp1252"):
        try:
            if sample.decode(encoding) == words:
                return encoding
        except (LookupError, UnicodeDecodeError):
            continue
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else "cp1252"
