"""Signs by which bytes show their form: what files begin with, and what a ZIP holds.

Comes in: a `Given` and its first bytes. Goes out: the id of a form, or None. A sign counts only
where a text does not bear it by chance; for names of texts (.txt, .md) more is asked.
"""

from __future__ import annotations

import codecs
import json
import re
import zipfile
import zlib

from pactwatch.documents.given import Given
from pactwatch.documents.limits import MOST_BYTES
from pactwatch.errors import DocumentError

__all__ = ["by_magic", "by_words", "refuse"]

_OPEN = "application/vnd.oasis.opendocument."
_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_MAGIC = (
    (re.compile(rb"%PDF-\d"), "pdf"),
    (re.compile(rb"\{\\rtf"), "rtf"),
    (re.compile(rb"\x1f\x8b|BZh[1-9]1AY|\xfd7zXZ\0|\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"),
     "compressed"),
    (re.compile(rb"WARC/\d\.\d+\r?\n"), "warc"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|RIFF....WEBP|BM....\0\0\0\0", re.S),
     "picture"),
    (re.compile(rb"bplist00"), "links"),
)  # fmt: skip
_LATE_PDF = re.compile(rb"[\s\S]{0,1000}?%PDF-\d\.\d\s[\s\S]*?\b\d+ \d+ obj\b")
_REFUSED = (
    (b"SQLite format 3", "a database", "Name the folder of documents instead"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "Unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive", "Unpack it first"),
    (b"\x1f\x9d", "an old compressed file (.Z)", "Unpack it first"),
    (b"\x04\x22\x4d\x18", "an LZ4 file", "Unpack it first"),
    (b"\x7fELF", "a program", "Remove it from the folder"),
    (b"MZ\x90\x00", "a program", "Remove it from the folder"),
    (b"ID3", "a sound recording", "Write down what is said in it"),
    (b"OggS", "a sound recording", "Write down what is said in it"),
    (b"\x1aE\xdf\xa3", "a film", "Write down what is said in it"),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (  # of old office files, by the names of what they hold, in this order
    ("EncryptedPackage", "an office file locked with a password",
     "Open it with the password, and save it without"),
    ("__substg1.0_", "an Outlook mail (MSG)", "Save it as an .eml file"),
    ("WordDocument", "an old Word file (DOC)", "Save it as DOCX first"),
    ("PowerPoint Document", "an old presentation (PPT)", "Save it as PDF first"),
)  # fmt: skip
_XML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(<\?xml[^>]{0,200}\?>)?(?:\s|<!--.{0,4000}?-->|<\?[^>]{0,500}\?>"
    rb"|<!DOCTYPE(?!\s*html)[^\[>]{0,500}(?:\[.{0,4000}?\]\s*)?>)*+<(?:[\w.-]+:)?([\w.-]+)",
    re.S | re.I,
)
_ROOTS = {
    b"rss": "feed", b"feed": "feed", b"rdf": "feed", b"channel": "feed",
    b"urlset": "sitemap", b"sitemapindex": "sitemap", b"html": "html", b"plist": "links",
}  # fmt: skip
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,4000}?-->\s*)*+<(?:!doctype html|html|head|body)\b",
    re.I | re.S,
)
_LINKS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:\[InternetShortcut\]|<!DOCTYPE NETSCAPE-Bookmark-file-1)", re.I
)
_MBOX = re.compile(
    rb"From \S.{0,100}\b" + _MONTH + rb"\b.{1,8}\d\d:\d\d.{0,40}\r?\n[\w-]{2,40}: ?\S"
)
_HEADER = re.compile(rb"[\w-]{1,60}:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")
_OF_MAIL = frozenset(b"message-id received mime-version return-path delivered-to content-type "
                     b"content-transfer-encoding dkim-signature list-id "
                     b"snapshot-content-location archived-at".split())  # fmt: skip
_TO_SOMEBODY = frozenset((b"to", b"received", b"message-id", b"delivered-to", b"return-path"))
_PLAIN_JSON = re.compile(rb"\s*[\[{]\s*(?:[\[{]\s*)*(?:\"(?:[^\"\\\n]|\\.){0,200}\"\s*[:,\]]|\{)")
_OBJECT = re.compile(rb"\s*(?:\[\s*)?\{\s*\"[\w.@$ -]{1,60}\"\s*:")
_HEAD = 8192  # bytes that `Given.head` gives
_ZIPPED = (
    ("META-INF/container.xml", "epub"),
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "sheet"),
    ("xl/workbook.bin", "sheet"),
)
_NOT_READ = {
    "ppt/presentation.xml": "a presentation (PPTX)",
    "Index/Document.iwa": "a document of Apple's iWork",
    "Index.zip": "a document of Apple's iWork",
    "AndroidManifest.xml": "a program",
}
_MIMETYPES = {
    "application/epub+zip": "epub",
    f"{_OPEN}text": "odt",
    f"{_OPEN}text-template": "odt",
    f"{_OPEN}spreadsheet": "sheet",
    f"{_OPEN}spreadsheet-template": "sheet",
}


def refuse(given: Given, head: bytes) -> None:
    """Refuse what is known, and not read.

    Raises:
        DocumentError: it is of such a form.
    """
    for magic, what, step in _REFUSED:
        if head.startswith(magic) and not (magic in (b"ID3", b"OggS") and _is_text(head)):
            raise DocumentError(given.name, f"{what}, not a report", step)
    if head[4:8] == b"ftyp" and not _is_text(head):
        raise DocumentError(given.name, "a film, not a report", "Write down what is said in it")


def by_magic(given: Given, head: bytes) -> str | None:
    """The form of a file whose first bytes, or whose directory, tell it for certain.

    Raises:
        DocumentError: it is a ZIP or an old office file of a kind that is not read.
    """
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(given)
    if head.startswith(_OLD_OFFICE):
        return _old_office(given)
    for pattern, form in _MAGIC:
        if pattern.match(head):
            return form
    if _LATE_PDF.match(head):
        return "pdf"
    return "tar" if _is_tar(head) else None


def by_words(given: Given, head: bytes, by_name: str | None) -> str | None:
    """The form of a text by what it begins with.

    Args:
        by_name: The form that name and media type call for.

    Raises:
        DocumentError: it is XML of a kind that is not read.
    """
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            head = head[2:].decode(encoding, "replace").encode("utf-8", "replace")
    if _LINKS.match(head):
        return "links"
    if by_name == "markdown":
        return None
    if _PAGE.match(head):
        return None if by_name == "text" else "html"
    if _MBOX.match(head):
        return "mbox"
    return (
        _mail(head, by_name)
        or _marked_up(given, head, by_name)
        or _lines_of_json(head, by_name)
        or (_plain(given, head) if by_name in (None, "text") else None)
    )


def _is_text(head: bytes) -> bool:
    return b"\0" not in head


def _is_tar(head: bytes) -> bool:
    """A header of TAR, new or old: its checksum is right (POSIX, pax, "ustar Interchange")."""
    if len(head) < 512 or not head[0]:
        return False
    told = head[148:156].strip(b" \0")
    if not re.fullmatch(rb"[0-7]{1,7}", told):
        return False
    return int(told, 8) == sum(head[:148]) + 8 * 32 + sum(head[156:512])


def _zipped(given: Given) -> str:
    """Office files, e-books and web archives are ZIPs: their directory tells."""
    from pactwatch.documents.forms.archive import directory

    try:
        with given.open() as file, directory(file) as archive:
            names = archive.namelist()[:5000]
            told = ""
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                told = archive.read("mimetype").decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError,
            KeyError, zlib.error):  # fmt: skip
        return "zip"  # a broken archive; its reader tells what is wrong
    if told in _MIMETYPES:
        return _MIMETYPES[told]
    present = set(names)
    for name, form in _ZIPPED:
        if name in present:
            return form
    for name, what in _NOT_READ.items():
        if name in present:
            raise DocumentError(given.name, f"{what}, which is not read", "Save it as PDF first")
    if told.startswith(_OPEN):
        fault = "an OpenDocument file that is no text and no table"
        raise DocumentError(given.name, fault, "Save it as PDF first")
    if "datapackage.json" in present and any(name.startswith("archive/") for name in names):
        return "wacz"
    return "odt" if {"content.xml", "META-INF/manifest.xml"} <= present else "zip"


def _old_office(given: Given) -> str:
    """Old office files are small file systems: the names in them tell."""
    data = given.head(MOST_BYTES)
    if given.suffix == ".xls":
        return "sheet"
    for stream, what, step in _STREAMS:
        if stream.encode("utf-16-le") in data:
            raise DocumentError(given.name, f"{what}, which is not read", step)
    if "Workbook".encode("utf-16-le") in data or "Book\0".encode("utf-16-le") in data:
        return "sheet"
    fault, step = "an old office file, which is not read", "Save it in the new format first"
    raise DocumentError(given.name, fault, step)


def _mail(head: bytes, by_name: str | None) -> str | None:
    """A mail begins with three headers, one of them of a kind that only mailers write."""
    headers: dict[bytes, bytes] = {}
    at = 0
    while match := _HEADER.match(head, at):
        name, _, value = match[0].partition(b":")
        headers.setdefault(name.lower(), value.strip().lower())
        at = match.end()
    kind = headers.get(b"content-type", b"")
    if kind.startswith(b"multipart/related") and not headers.keys() & _TO_SOMEBODY:
        return "mhtml"
    if by_name == "mhtml":
        return "mhtml" if headers else None
    if len(headers) >= 3 and headers.keys() & _OF_MAIL and headers.keys() & {b"from", b"date"}:
        return "mail"
    return None


def _marked_up(given: Given, head: bytes, by_name: str | None) -> str | None:
    root = _XML.match(head)
    if not root:
        return None
    name = root[2].lower()
    if name in _ROOTS:
        return _ROOTS[name]
    if name == b"document" and _OPEN.encode() in head:
        return "odt"
    if root[1] and by_name in (None, "feed"):
        kind = root[2].decode("utf-8", "replace")[:40]
        fault = f"XML of a kind that is not read (“{kind}”)"
        raise DocumentError(given.name, fault, "Save its text as a .txt file")
    return None


def _lines_of_json(head: bytes, by_name: str | None) -> str | None:
    """JSON is told by its beginning; a feed in JSON, and lines of it, by what follows."""
    if by_name not in (None, "text", "json", "jsonl") or not _PLAIN_JSON.match(head):
        return None
    if b"jsonfeed.org/version" in head[:2000]:
        return "feed"
    first, _, rest = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    if isinstance(_loads(first), dict) and rest.lstrip()[:1] == b"{":
        return "jsonl"
    if by_name in ("json", "jsonl"):
        return by_name
    if not _OBJECT.match(head):
        return None
    return "json" if len(head) == _HEAD or _loads(head) is not None else None


def _loads(words: bytes) -> object:
    try:
        value: object = json.loads(words)
    except (ValueError, RecursionError):
        return None
    return value


def _plain(given: Given, head: bytes) -> str | None:
    """Lists of addresses and tables, which may be named as texts."""
    from pactwatch.documents.forms.csv import looks_like_table
    from pactwatch.documents.forms.links import are_addresses

    lines = head.decode("utf-8", "replace").removeprefix("\ufeff")
    if len(head) == _HEAD:
        lines = lines.rpartition("\n")[0]
    if are_addresses(lines):
        return "links"
    return "csv" if looks_like_table(lines) else None
