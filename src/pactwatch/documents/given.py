"""The values that pass between the rooms of this folder: what is given to a form, and what a form
makes of it.

Comes in: nothing. Goes out: `Given` (bytes with what is known of them), and the items that a form
yields for it: `Told` (a document's text and what its form says of it), `Part` (something inside, to
be read like a file), `Link` (an address that it names), or a `Problem`. All of them pickle, since
forms are read in worker processes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from pactwatch.documents.limits import MOST_BYTES
from pactwatch.errors import DocumentError
from pactwatch.model import Problem, Section, Span

__all__ = ["Given", "Hints", "Item", "Link", "Options", "Part", "Told"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How the user wants sources to be read.

    Attributes:
        published: ISO 8601 date of publication of all of it; overrides what documents say.
        columns: Field of a document → column or key that holds it, for tables and JSON of unusual
            form ("text" → "body").
        ocr: Read scanned pages and pictures by optical character recognition.
        follow: Fetch the addresses that feeds, sitemaps and tables name.
        allow_private: Fetch from the local machine and network too.
    """

    published: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    ocr: bool = False
    follow: bool = True
    allow_private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What a container says of something in it: fields as in `Document`. The thing's own words
    count more, except for what they leave to a guess (file name, address, dateline).

    Attributes:
        place: Where the container says so: "feed", "table", "mail header", "web archive" …; it
            goes into `Document.metadata_from`.
    """

    place: str = ""
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    address: str | None = None
    language: str | None = None
    licence: str | None = None
    retrieved: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Bytes to be read, and what is known of them before.

    Attributes:
        name: The name that the document will bear if it is one: the file's name relative to the
            folder that was read, the address, or container and part joined by "/".
        data: The bytes; None if they lie in `path`.
        path: The file that holds exactly these bytes.
        media_type: As the server or container names it, lower case, without parameters; "" if it
            does not.
        charset: The encoding that the server or container names.
    """

    name: str
    data: bytes | None = None
    path: Path | None = None
    media_type: str = ""
    charset: str | None = None
    hints: Hints = field(default_factory=Hints)
    options: Options = field(default_factory=Options)

    @property
    def suffix(self) -> str:
        """The ending of the file's name, lower case, with its dot; of an address without query."""
        name = self.name
        if "://" in name:
            try:
                name = unquote(urlsplit(name).path)
            except ValueError:
                return ""
        return PurePosixPath(name).suffix.lower()

    @property
    def size(self) -> int:
        """Number of bytes."""
        if self.data is not None:
            return len(self.data)
        return self.path.stat().st_size if self.path else 0

    def open(self) -> BinaryIO:
        """Open the bytes for reading; the caller closes them."""
        if self.data is not None:
            return io.BytesIO(self.data)
        if self.path is None:
            raise DocumentError(self.name, "neither a file nor an address", "Name one of them")
        return self.path.open("rb")

    def head(self, length: int = 8192) -> bytes:
        """The first bytes."""
        with self.open() as file:
            return file.read(length)

    def read(self, most: int = MOST_BYTES) -> bytes:
        """All bytes.

        Raises:
            DocumentError: there are more than `most`, or none.
        """
        size = self.size
        if size > most:
            raise DocumentError(
                self.name,
                f"too large ({size / 1e6:,.0f} MB; at most {most / 1e6:,.0f} MB)",
                "Split it into documents",
            )
        if not size:
            raise DocumentError(self.name, "an empty file", "Fetch or copy it again, or remove it")
        if self.data is not None:
            return self.data
        with self.open() as file:
            return file.read(most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A text with what its own form says about it; the fields mean what they mean in `Document`.

    Attributes:
        language: As declared, not yet checked against the text.
        part: What to add to the name of the given for one of several texts in it ("12"); "" for
            the only one.
        original: The bytes that this text alone was made of, for one of several; None if these are
            all bytes given.
        created: ISO 8601 date on which the file was made. That is when its text was published only
            where nothing else tells: neither name, address nor the text itself.
        metadata_from: Only where it is not `place` for all.
        place: Where the form found the fields that `metadata_from` leaves out.
    """

    text: str
    media_type: str
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    created: str | None = None
    modified: str | None = None
    address: str | None = None
    language: str | None = None
    licence: str | None = None
    retrieved: str | None = None
    note: str | None = None
    place: str = ""
    metadata_from: Mapping[str, str] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    furniture: tuple[Span, ...] = ()
    part: str = ""
    original: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Something inside a container, to be read like a file.

    Attributes:
        name: Within the container ("2019/report.pdf"); joined to the container's by "/". An
            address stands alone.
        data: At most `MOST_BYTES`.
    """

    name: str
    data: bytes
    media_type: str = ""
    charset: str | None = None
    hints: Hints = field(default_factory=Hints)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address that a feed, sitemap or table names, to be fetched and read.

    Attributes:
        instead: What the container itself carries of the page; it stands for the page where that
            is not fetched, or gives no document.
    """

    address: str
    hints: Hints = field(default_factory=Hints)
    instead: Told | None = None


Item = Told | Part | Link | Problem
