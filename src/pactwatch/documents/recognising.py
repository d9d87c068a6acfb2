"""Which form some bytes have: by what they begin with, then by the media type and ending they come
with.

Comes in: a `Given`. Goes out: its `Form`, or a problem for what is no report. A file's own bytes
are believed before its name, since names lie more often. Only the first bytes are looked at, and
the directory of a ZIP.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from pactwatch.documents.given import Given, Item
from pactwatch.errors import DocumentError

__all__ = ["FORMS", "Form", "recognise"]

Read = Callable[[Given], Iterator[Item]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form in which reports come.

    Attributes:
        id: Short name ("pdf"), and module of `pactwatch.documents.forms` unless `module` is given.
        name: For people, with its article: "a PDF".
        suffixes: Endings of file names.
        media_types: As servers name it.
        isolated: Read in a worker process, since its parser is complex or not memory-safe.
    """

    id: str
    name: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...] = ()
    isolated: bool = True
    module: str = ""

    def reader(self) -> Read:
        """The function that reads it; imported when first needed."""
        module = import_module(f"pactwatch.documents.forms.{self.module or self.id}")
        return cast(Read, module.read)


_OPEN = "application/vnd.oasis.opendocument."
_OFFICE = "application/vnd.openxmlformats-officedocument."
FORMS = {
    form.id: form
    for form in (
        Form(id="text", name="a plain text", suffixes=(".txt", ".text", ".asc"),
             media_types=("text/plain",), isolated=False),
        Form(id="markdown", name="a Markdown text", suffixes=(".md", ".markdown"),
             media_types=("text/markdown",), isolated=False),
        Form(id="html", name="a web page", suffixes=(".html", ".htm", ".xhtml"),
             media_types=("text/html", "application/xhtml+xml")),
        Form(id="mhtml", name="a saved web page (MHTML)", suffixes=(".mhtml", ".mht"),
             media_types=("multipart/related", "application/x-mimearchive")),
        Form(id="pdf", name="a PDF", suffixes=(".pdf",), media_types=("application/pdf",)),
        Form(id="docx", name="a Word file", suffixes=(".docx", ".docm", ".dotx"),
             media_types=(f"{_OFFICE}wordprocessingml.document",)),
        Form(id="odt", name="an OpenDocument text", suffixes=(".odt", ".ott", ".fodt"),
             media_types=(f"{_OPEN}text",)),
        Form(id="rtf", name="a rich text file", suffixes=(".rtf",),
             media_types=("application/rtf", "text/rtf")),
        Form(id="epub", name="an e-book (EPUB)", suffixes=(".epub",),
             media_types=("application/epub+zip",)),
        Form(id="mail", name="an e-mail", suffixes=(".eml",), media_types=("message/rfc822",)),
        Form(id="mbox", name="a mailbox", suffixes=(".mbox", ".mbx"),
             media_types=("application/mbox",), isolated=False),
        Form(id="json", name="a JSON file", suffixes=(".json",),
             media_types=("application/json", "application/ld+json"), isolated=False),
        Form(id="jsonl", name="a file of JSON Lines", suffixes=(".jsonl", ".ndjson", ".jl"),
             media_types=("application/x-ndjson", "application/jsonl"), isolated=False,
             module="json"),
        Form(id="csv", name="a table (CSV)", suffixes=(".csv", ".tsv", ".tab"),
             media_types=("text/csv", "text/tab-separated-values"), isolated=False),
        Form(id="sheet", name="a spreadsheet", suffixes=(".xlsx", ".xlsm", ".xls", ".ods"),
             media_types=(f"{_OFFICE}spreadsheetml.sheet", f"{_OPEN}spreadsheet",
                          "application/vnd.ms-excel")),
        Form(id="zip", name="a ZIP archive", suffixes=(".zip",),
             media_types=("application/zip", "application/x-zip-compressed"), isolated=False,
             module="archive"),
        Form(id="tar", name="a TAR archive",
             suffixes=(".tar", ".tgz", ".tbz2", ".txz"),
             media_types=("application/x-tar",), isolated=False, module="archive"),
        Form(id="compressed", name="a compressed file", suffixes=(".gz", ".bz2", ".xz", ".zst"),
             media_types=("application/gzip", "application/x-gzip", "application/zstd",
                          "application/x-bzip2", "application/x-xz"), isolated=False,
             module="archive"),
        Form(id="warc", name="a web archive (WARC)", suffixes=(".warc",),
             media_types=("application/warc",), isolated=False),
        Form(id="wacz", name="a web archive (WACZ)", suffixes=(".wacz",),
             media_types=("application/wacz", "application/x-wacz"), isolated=False,
             module="warc"),
        Form(id="feed", name="a feed", suffixes=(".rss", ".atom", ".rdf"),
             media_types=("application/rss+xml", "application/atom+xml", "application/feed+json")),
        Form(id="sitemap", name="a sitemap", suffixes=(), media_types=(), module="feed"),
        Form(id="links", name="a list of addresses", suffixes=(".url", ".webloc", ".urls"),
             media_types=("text/uri-list",), isolated=False),
        Form(id="picture", name="a picture",
             suffixes=(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".gif", ".bmp"),
             media_types=("image/png", "image/jpeg", "image/tiff", "image/webp", "image/gif")),
    )
}  # fmt: skip
_BY_SUFFIX = {suffix: form.id for form in FORMS.values() for suffix in form.suffixes}
_BY_TYPE = {media: form.id for form in FORMS.values() for media in form.media_types}

_MAGIC = (
    (re.compile(rb"[\s\S]{0,1000}?%PDF-\d"), "pdf"),
    (re.compile(rb"\{\\rtf"), "rtf"),
    (re.compile(rb"\x1f\x8b|BZh[1-9]1AY|\xfd7zXZ\0|\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"),
     "compressed"),
    (re.compile(rb"WARC/\d"), "warc"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*|RIFF....WEBP|BM....\0\0\0\0", re.S),
     "picture"),
    (re.compile(rb"From \S*.{0,80}\d\d:\d\d.{0,60}\r?\n[\w-]+: "), "mbox"),
    (re.compile(
        rb"(?:(?:Date|From|To|Subject|Received|Return-Path|Message-ID|MIME-Version|Delivered-To"
        rb"|Snapshot-Content-Location|X-[\w-]+): ?[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){3}", re.I),
     "mail"),
)  # fmt: skip
_REFUSED = (
    (b"\xd0\xcf\x11\xe0", "an old office file", "Save it in the new format (DOCX, XLSX) first"),
    (b"SQLite format 3", "a database", "Name the folder of documents instead"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "Unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive", "Unpack it first"),
    (b"\x7fELF", "a program", "Remove it from the folder"),
    (b"MZ\x90\x00", "a program", "Remove it from the folder"),
)
_XML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>)?(?:\s|<!--.{0,4000}?-->|<\?[^>]{0,500}\?>"
    rb"|<!DOCTYPE(?!\s*html)[^\[>]{0,500}(?:\[.{0,4000}?\]\s*)?>)*<(?:\w+:)?([\w-]+)",
    re.S | re.I,
)
_ROOTS = {
    b"rss": "feed", b"feed": "feed", b"rdf": "feed",
    b"urlset": "sitemap", b"sitemapindex": "sitemap", b"html": "html",
}  # fmt: skip
_PAGE = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!--.{0,4000}?-->\s*)*<(?:!doctype html|html|head|body)\b",
    re.I | re.S,
)
_ZIPPED = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "sheet"),
    ("xl/workbook.bin", "sheet"),
    ("datapackage.json", "wacz"),
)
_MIMETYPES = {
    "application/epub+zip": "epub",
    f"{_OPEN}text": "odt",
    f"{_OPEN}text-template": "odt",
    f"{_OPEN}spreadsheet": "sheet",
}


def recognise(given: Given) -> Form:
    """Tell the form.

    Raises:
        DocumentError: it is a form that holds no report, or one that is not read.
    """
    head = given.head()
    for magic, what, step in _REFUSED:
        if head.startswith(magic) and not (what.startswith("an old") and given.suffix == ".xls"):
            raise DocumentError(given.name, f"{what}, not a report", step)
    by_bytes = _by_bytes(given, head)
    by_name = _BY_TYPE.get(given.media_type) if given.media_type != "text/plain" else None
    by_name = by_name or _BY_SUFFIX.get(given.suffix)
    if by_name == "mhtml" and by_bytes == "mail":
        return FORMS["mhtml"]
    if by_bytes and not (by_bytes in ("mail", "mbox") and by_name in ("text", "markdown")):
        return FORMS[by_bytes]
    if by_name in (None, "pdf", "docx", "odt", "epub", "zip", "compressed", "picture", "sheet"):
        # a binary form that its bytes do not bear out: told by the reader of text
        return FORMS["text"]
    return FORMS[by_name or "text"]


def _by_bytes(given: Given, head: bytes) -> str | None:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(given)
    if head[257:262] == b"ustar":
        return "tar"
    for pattern, form in _MAGIC:
        if pattern.match(head):
            return form
    if _PAGE.match(head):
        return "html" if given.suffix != ".txt" else None
    root = _XML.match(head)
    return _ROOTS.get(root[1].lower()) if root else None


def _zipped(given: Given) -> str:
    """Office files, e-books and web archives are ZIPs: their directory tells."""
    try:
        with given.open() as file, zipfile.ZipFile(file) as archive:
            names = archive.namelist()[:5000]
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                told = archive.read("mimetype").decode("ascii", "replace").strip()
                if told in _MIMETYPES:
                    return _MIMETYPES[told]
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        return "zip"  # a broken archive; its reader tells what is wrong
    present = set(names)
    if "META-INF/container.xml" in present:
        return "epub"
    for name, form in _ZIPPED:
        if name in present and (form != "wacz" or any(n.startswith("archive/") for n in names)):
            return form
    if "content.xml" in present and "META-INF/manifest.xml" in present:
        return "odt"
    return "zip"
