"""Which form some bytes have: by what they begin with, then by the media type and ending they come
with.

Comes in: a `Given`. Goes out: its `Form`, or a problem for what is no report. A file's own bytes
are believed before its name, since names lie more often; but a text stays a text where it merely
looks like something else. Only the first bytes are looked at, and the directory of a ZIP.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from pactwatch.documents.given import Given, Item
from pactwatch.documents.signs import by_magic, by_words, refuse
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
             media_types=("application/json", "application/ld+json")),
        Form(id="jsonl", name="a file of JSON Lines", suffixes=(".jsonl", ".ndjson", ".jl"),
             media_types=("application/x-ndjson", "application/jsonl", "application/jsonlines"),
             isolated=False),
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
             media_types=("application/x-tar",), isolated=False),
        Form(id="compressed", name="a compressed file", suffixes=(".gz", ".bz2", ".xz", ".zst"),
             media_types=("application/gzip", "application/x-gzip", "application/zstd",
                          "application/x-bzip2", "application/x-xz"), isolated=False),
        Form(id="warc", name="a web archive (WARC)", suffixes=(".warc",),
             media_types=("application/warc",), isolated=False),
        Form(id="wacz", name="a web archive (WACZ)", suffixes=(".wacz",),
             media_types=("application/wacz", "application/x-wacz"), isolated=False,
             module="warc"),
        Form(id="feed", name="a feed", suffixes=(".rss", ".atom", ".rdf"),
             media_types=("application/rss+xml", "application/atom+xml", "application/feed+json")),
        Form(id="sitemap", name="a sitemap", suffixes=()),
        Form(id="links", name="a list of addresses", suffixes=(".url", ".webloc", ".urls"),
             media_types=("text/uri-list",), isolated=False),
        Form(id="picture", name="a picture",
             suffixes=(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".gif", ".bmp"),
             media_types=("image/png", "image/jpeg", "image/tiff", "image/webp", "image/gif")),
    )
}  # fmt: skip
_BY_SUFFIX = {suffix: form.id for form in FORMS.values() for suffix in form.suffixes}
_BY_TYPE = {media: form.id for form in FORMS.values() for media in form.media_types}
_BINARY = ("pdf", "docx", "odt", "epub", "zip", "tar", "compressed", "picture", "sheet", "warc",
           "wacz")  # fmt: skip
_NO_REPORT = {
    "a style sheet": ((".css",), ("text/css",)),
    "a script": ((".js", ".mjs", ".map"), ("text/javascript", "application/javascript",
                                           "application/x-javascript")),
    "a drawing": ((".svg",), ("image/svg+xml",)),
}  # fmt: skip


def recognise(given: Given) -> Form:
    """Tell the form.

    Raises:
        DocumentError: it is a form that holds no report, or one that is not read.
    """
    head = given.head()
    refuse(given, head)
    by_name = _BY_TYPE.get(given.media_type) if given.media_type != "text/plain" else None
    by_name = by_name or _BY_SUFFIX.get(given.suffix)
    found = by_magic(given, head)
    if by_name in _BINARY:
        by_name = None  # its bytes would have told
    found = found or by_words(given, head, by_name)
    if found:
        return FORMS[found]
    for what, (suffixes, media_types) in _NO_REPORT.items():
        if given.media_type in media_types or (by_name is None and given.suffix in suffixes):
            raise DocumentError(given.name, f"{what}, not a report", "Remove it from the folder")
    return FORMS[by_name or "text"]
