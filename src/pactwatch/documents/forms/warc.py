"""A web archive (WARC, WACZ): the pages and texts in it.

Comes in: the file, plain, compressed record by record, or packed as WACZ. Goes out: a `Part` for
each page, text, PDF or office file that was fetched well, named by its address, with the time at
which the crawl fetched it; one problem that counts what was left out. Records are read one at a
time; nothing is fetched.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import BinaryIO, cast

from pactwatch.documents.forms.answers import Answer, answer_of
from pactwatch.documents.forms.archive import directory
from pactwatch.documents.forms.members import harmless
from pactwatch.documents.forms.values import as_language, is_address
from pactwatch.documents.given import Given, Hints, Item, Part
from pactwatch.documents.limits import MOST_BYTES, MOST_RATIO, SPARE_BYTES
from pactwatch.errors import DocumentError
from pactwatch.model import Problem

__all__ = ["read"]

_PAGES = ("text/html", "application/xhtml+xml")
_READ = frozenset(
    (*_PAGES, "text/plain", "text/markdown", "application/pdf", "application/rtf", "text/rtf",
     "application/epub+zip", "application/vnd.oasis.opendocument.text",
     "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
)  # fmt: skip
_NAMED = 3  # media types listed in the problem that counts
_STEP = "Fetch or copy it again"


def read(given: Given) -> Iterator[Item]:
    """Read a web archive.

    Raises:
        DocumentError: nothing of it can be read.
    """
    crawl = _Crawl(given)
    with given.open() as file:
        if file.read(4) == b"PK\x03\x04":
            yield from _packed(given, crawl, file)
        else:
            file.seek(0)
            yield from crawl.records(file)
    yield from crawl.problems()


def _packed(given: Given, crawl: _Crawl, file: BinaryIO) -> Iterator[Item]:
    """Read a WACZ: a ZIP with WARC files in its folder "archive"."""
    try:
        with directory(file) as archive:
            infos = [
                info
                for info in archive.infolist()
                if info.filename.startswith("archive/") and not info.is_dir()
            ]
            for info in sorted(infos, key=lambda info: info.filename):
                if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    crawl.broken(harmless(info.filename))
                    continue
                with archive.open(info) as inner:
                    yield from crawl.records(cast(BinaryIO, inner), harmless(info.filename))
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError,
            NotImplementedError) as error:  # fmt: skip
        raise DocumentError(given.name, "a broken web archive (WACZ)", _STEP) from error


class _Crawl:
    """One pass over the records of an archive, with counts of what is left out."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._room = MOST_RATIO * given.size + SPARE_BYTES
        self._types: Counter[str] = Counter()
        self._failed = self._large = self._found = 0
        self._broken: list[str] = []

    def broken(self, name: str) -> None:
        self._broken.append(name)

    def records(self, file: BinaryIO, name: str = "") -> Iterator[Item]:
        """Read the records of one WARC file."""
        from fastwarc.warc import ArchiveIterator

        records = iter(ArchiveIterator(file, parse_http=False, strict_mode=False))
        while True:
            try:
                record = next(records, None)
                if record is None:
                    return
                self._room -= record.content_length
                if self._room < 0:
                    fault = "unpacks to far more than its size: not read further"
                    raise DocumentError(self._given.name, fault, "Split it")
                headers = {key.lower(): value for key, value in record.headers}
                block = self._block(record.content_length, headers, record.reader)
            except DocumentError:
                raise
            except BaseException as error:  # a fault in its Rust parser is no Exception
                if not _is_of_parser(error):
                    raise
                self.broken(name)
                return
            if block is not None:
                yield from self._items(headers, block)
                if len(block) < record.content_length:
                    self.broken(name)
                    return

    def _block(self, length: int, headers: Mapping[str, str], reader: object) -> bytes | None:
        """The content of a record that may hold a report; None for others."""
        kind = headers.get("warc-type", "").lower()
        if kind not in ("response", "resource", "conversion"):
            return None
        if not is_address(_target(headers)):
            return None
        if length > MOST_BYTES:
            self._large += 1
            return None
        return cast(BinaryIO, reader).read(MOST_BYTES)

    def _items(self, headers: Mapping[str, str], block: bytes) -> Iterator[Part]:
        kind = headers["warc-type"].lower()
        told = headers.get("content-type", "").lower()
        if kind == "response" and told.startswith("application/http"):
            answer = answer_of(block)
            if answer is None or answer.status != 200:
                self._failed += answer is None or answer.status >= 400
                return
        elif kind == "response":
            return  # of another protocol: names of hosts, mail
        else:
            answer = Answer.of_type(headers.get("content-type", ""), block)
        media_type = answer.media_type or headers.get("warc-identified-payload-type", "").lower()
        if not media_type and answer.body[:1000].lstrip()[:1] == b"<":
            media_type = "text/html"
        address = _target(headers)
        if media_type not in _READ or address.endswith("/robots.txt"):
            self._types[media_type or "without a type"] += 1
            return
        if len(answer.body) > MOST_BYTES:
            self._large += 1
            return
        if not answer.body.strip():
            return
        self._found += 1
        languages = headers.get("warc-identified-content-language", "").partition(",")[0]
        yield Part(
            name=address,
            data=answer.body,
            media_type=media_type,
            charset="utf-8" if kind == "conversion" else answer.charset,
            hints=replace(
                Hints(place="web archive"),
                address=address,
                retrieved=_time(headers.get("warc-date", "")),
                language=as_language(languages) if languages else None,
            ),
        )

    def problems(self) -> Iterator[Problem]:
        """What was left out, in at most two problems.

        Raises:
            DocumentError: nothing was found, and the archive is broken.
        """
        if self._broken:
            where = ", ".join(name for name in self._broken[:_NAMED] if name)
            fault = f"cut off or damaged{f' in {where}' if where else ''}"
            if not self._found:
                raise DocumentError(self._given.name, f"{fault}: no page could be read", _STEP)
            fault += ": only what stands before that was read"
            yield Problem(name=self._given.name, fault=fault, next_step=_STEP)
        told = []
        if self._types:
            listed = ", ".join(name for name, _ in self._types.most_common(_NAMED))
            told.append(f"{self._types.total():,} of other types ({listed})")
        if self._failed:
            told.append(f"{self._failed:,} that the crawl failed to fetch")
        if self._large:
            told.append(f"{self._large:,} larger than {MOST_BYTES / 1e6:,.0f} MB")
        if told:
            yield Problem(
                name=self._given.name,
                fault=f"records left out: {'; '.join(told)}",
                next_step="Nothing to do, unless a report is among them",
            )


def _is_of_parser(error: BaseException) -> bool:
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


def _target(headers: Mapping[str, str]) -> str:
    return headers.get("warc-target-uri", "").strip("<> ")


def _time(words: str) -> str | None:
    """The time of a record as ISO 8601 (UTC) in seconds."""
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.isoformat(timespec="seconds")
