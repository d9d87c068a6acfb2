"""The ZIP that an office file or e-book is: its parts, read within bounds.

Comes in: what was given. Goes out: parts as bytes or as trees of XML. Sizes are checked as declared
and again while reading, since a directory may lie. Entities are not resolved, nothing is fetched,
and nothing is unpacked to a file.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote

from lxml import etree

from pactwatch.documents.forms.archive import directory
from pactwatch.documents.given import Given
from pactwatch.errors import DocumentError

__all__ = ["Package", "children", "local", "parse_xml"]

MOST_PART = 64_000_000
"""Bytes of one part: some 10 million words of XML."""
MOST_WHOLE = 256_000_000
"""Bytes of all parts that are read."""
_CHUNK = 1 << 20
_STEP = "Open it in its own program, and save it again or as plain text"


class Package:
    """The parts of an office file; use it with `with`.

    Raises:
        DocumentError: it is no ZIP.
    """

    def __init__(self, given: Given) -> None:
        self.name = given.name
        self._file = given.open()
        self._left = MOST_WHOLE
        try:
            self._zip = directory(self._file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            self._file.close()
            raise DocumentError(given.name, f"a broken file ({error})", _STEP) from error
        self._infos = {info.filename: info for info in self._zip.infolist()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()
        self._file.close()

    def __contains__(self, part: str) -> bool:
        return part in self._infos

    def read(self, part: str) -> bytes | None:
        """The bytes of a part, or None where there is none of that name.

        Raises:
            DocumentError: it is locked, broken, or too large.
        """
        info = self._infos.get(part)
        if info is None:
            return None
        if info.flag_bits & 1:
            raise DocumentError(
                self.name, "locked with a password", "Save it without one, in its own program"
            )
        most = min(MOST_PART, self._left)
        if info.file_size > most:
            raise self._too_large(part)
        pieces, size = [], 0
        try:
            with self._zip.open(info) as file:
                while piece := file.read(_CHUNK):
                    size += len(piece)
                    if size > most:
                        raise self._too_large(part)
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise DocumentError(self.name, f"broken in {part} ({error})", _STEP) from error
        self._left -= size
        return b"".join(pieces)

    def _too_large(self, part: str) -> DocumentError:
        return DocumentError(
            self.name, f"its part {part} unpacks to too much", "Save it as plain text"
        )

    def xml(self, part: str) -> Any:
        """A part as a tree of XML, or None where there is none of that name.

        Raises:
            DocumentError: it is no XML, or can't be read.
        """
        data = self.read(part)
        return None if data is None else parse_xml(self.name, data, part)

    def linked(self, part: str, target: str) -> str:
        """The part that a part names, relative to itself."""
        path = unquote(target.partition("#")[0])
        if path.startswith("/"):
            return posixpath.normpath(path).lstrip("/")
        return posixpath.normpath(posixpath.join(posixpath.dirname(part), path))


def parse_xml(name: str, data: bytes, part: str = "") -> Any:
    """Parse XML that may mean harm.

    Raises:
        DocumentError: it is no XML.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        fault = f"broken in {part}" if part else "broken"
        raise DocumentError(name, f"{fault} ({str(error)[:100]})", _STEP) from error


def local(node: Any) -> str:
    """The name of an element without its namespace, of which office files have two generations;
    "" of what is no element."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(node: Any, name: str) -> list[Any]:
    """Children of one name."""
    return [] if node is None else [child for child in node if local(child) == name]
