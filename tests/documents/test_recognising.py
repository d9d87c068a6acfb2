"""Forms told by their bytes, under any name; texts that merely look like something stay texts."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import plistlib
import tarfile
import time
import zipfile
from contextlib import suppress

import pytest
import zstandard
from hypothesis import given as generated
from hypothesis import strategies as st

from pactwatch.documents.given import Given
from pactwatch.documents.recognising import FORMS, recognise
from pactwatch.errors import DocumentError

_MAIL = (
    b"Return-Path: <j@c.example>\nFrom: Jane Doe <j@c.example>\nTo: desk@c.example\n"
    b"Subject: Accord\nDate: Fri, 31 May 2019 10:00:00 +0000\nMessage-ID: <1@c.example>\n\nWords.\n"
)


def zipped(**members: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, words in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), words)
    return file.getvalue()


def tarred(form: int) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=form) as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = 5
        archive.addfile(info, io.BytesIO(b"words"))
    return file.getvalue()


def old_tar() -> bytes:
    """A header of before POSIX: without magic, with a checksum."""
    head = bytearray(tarred(tarfile.USTAR_FORMAT)[:512])
    head[257:265] = bytes(8)
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head) + b"words".ljust(512, b"\0") + bytes(1024)


OPEN = "application/vnd.oasis.opendocument"
SIGNS = {
    "pdf": [b"%PDF-1.7\n1 0 obj\n", b"\r\n\0junk%PDF-1.4\n%\xe2\n1 0 obj\n<<>>"],
    "rtf": [rb"{\rtf1\ansi words}"],
    "html": [b"<!DOCTYPE html><html>", b"\xef\xbb\xbf <html lang=en>", b"<!-- x --><HTML><body>",
             b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">',
             "\ufeff<html><body>words".encode("utf-16-le")],
    "mhtml": [b"From: <Saved by Blink>\nSubject: x\nMIME-Version: 1.0\n"
              b"Content-Type: multipart/related; boundary=x\n\n--x\n"],
    "mail": [_MAIL, _MAIL.replace(b"\n", b"\r\n")],
    "mbox": [b"From j@c.example Fri May 31 10:00:00 2019\n" + _MAIL],
    "docx": [zipped(word__document_dot_xml="<w/>")],
    "sheet": [zipped(xl__workbook_dot_xml="<w/>"), zipped(mimetype=f"{OPEN}.spreadsheet")],
    "odt": [zipped(mimetype=f"{OPEN}.text"),
            f'<?xml version="1.0"?><office:document office:mimetype="{OPEN}.text">'.encode()],
    "epub": [zipped(mimetype="application/epub+zip"),
             zipped(**{"META-INF__container_dot_xml": "<c/>"})],
    "zip": [zipped(a_dot_txt="words"), zipped(a="x")[:40]],
    "wacz": [zipped(datapackage_dot_json="{}", archive__a_dot_warc="x")],
    "tar": [tarred(tarfile.PAX_FORMAT), tarred(tarfile.GNU_FORMAT), old_tar()],
    "compressed": [gzip.compress(b"x"), bz2.compress(b"x"), lzma.compress(b"x"),
                   zstandard.compress(b"x"), b"\x5d\x2a\x4d\x18\x04\0\0\0"],
    "warc": [b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", b"WARC/1.1\r\n"],
    "json": [b'{"title": "A", "text": "words"}', b' [\n {"url": "https://c.example/"}\n]',
             b'{"articles": [' + b'{"text": "x"},' * 2000 + b"{}]}"],
    "jsonl": [b'{"text": "a"}\n{"text": "b"}\n', b'{"text": "a"}\r\n\r\n{"text": "b"}'],
    "csv": [b"title,text\nA,words\nB,more\n", b"url\ttitle\nhttps://c.example/\tA\n",
            b'"headline";"body"\n"A";"two\nlines"\n'],
    "feed": [b'<?xml version="1.0"?><rss version="2.0">', b'<feed xmlns="x">',
             b"<rdf:RDF xmlns:rdf='x'>", b'{"version": "https://jsonfeed.org/version/1"}',
             b"<?xml version='1.0'?>\n<!-- x -->\n<?xml-stylesheet href='x'?>\n<rss>"],
    "sitemap": [b'<?xml version="1.0"?><urlset xmlns="x">', b"<sitemapindex>"],
    "links": [b"https://c.example/a\nhttps://c.example/b\n", b"[InternetShortcut]\nURL=https://x.example",
              plistlib.dumps({"URL": "https://x.example/"}),
              plistlib.dumps({"URL": "https://x.example/"}, fmt=plistlib.FMT_BINARY)],
    "picture": [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"II*\0", b"MM\0*"],
}  # fmt: skip
CASES = [(form, data) for form, all_data in SIGNS.items() for data in all_data]


@pytest.mark.parametrize(("form", "data"), CASES, ids=[form for form, _ in CASES])
@pytest.mark.parametrize("name", ["nameless", "wrong.pdf", "wrong.docx", "wrong.xml"])
def test_bytes_are_believed_without_a_name_and_against_it(
    form: str, data: bytes, name: str
) -> None:
    assert recognise(Given(name=name, data=data)).id == form


@pytest.mark.parametrize("form", [form for form in SIGNS if form not in ("html", "mail", "mbox")])
def test_bytes_are_believed_against_the_name_of_a_text(form: str) -> None:
    for data in SIGNS[form]:
        assert recognise(Given(name="wrong.txt", data=data)).id == form


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.id)
def test_every_form_can_be_read_and_is_told_by_its_endings(form: object) -> None:
    assert callable(form.reader())  # type: ignore[attr-defined]
    for suffix in form.suffixes:  # type: ignore[attr-defined]
        found = recognise(Given(name=f"a{suffix}", data=b"Words of no special kind.\n"))
        assert found.id in (form.id, "text")  # type: ignore[attr-defined]


def test_the_type_that_a_server_names_counts_before_the_ending() -> None:
    given = Given(name="https://c.example/news.php", data=b"<p>Words", media_type="text/html")
    assert recognise(given).id == "html"
    given = Given(name="https://c.example/a.html", data=b"Words", media_type="text/csv")
    assert recognise(given).id == "csv"


TEXTS = {
    "a transcript with few headers": b"From: The Minister\nTo: The House\nSubject: It\n\nWords.",
    "a letter": b"Date: 31 May 2019\nFrom: The Minister\nTo: All staff\nSubject: The accord\n",
    "a template": b"{{ title }}\n\nThe ministers signed it.\n",
    "a brace": b"{The ministers signed it.}\n",
    "a quotation in brackets": b'["We signed it," the minister said.]\n',
    "PK": b"PK is the code of Pakistan.\n",
    "a word of a format": b"A file begins with %PDF-1.7 in this format.\n",
    "WARC": b"WARC/1.0 is a format.\n",
    "a mailbox of words": b"From Monday at 10:30 the border is open.\nNote: bring papers.\n",
    "an address below": b"The ministers signed it.\nhttps://c.example/a\n",
    "a list in prose": b"Title, text and date are in it.\nWe read them, as they come.\n",
    "a script word": b"BM is a title.\n",
    "sound": b"ID3 is a tag.\n",
    "an arrow": b"<- back to the list\n",
    "a tag": b"<details>words</details>\n",
}


@pytest.mark.parametrize("data", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("name", ["a.txt", "a"])
def test_texts_that_look_like_something_stay_texts(name: str, data: bytes) -> None:
    assert recognise(Given(name=name, data=data)).id == "text"


@pytest.mark.parametrize(
    "data",
    [b'{"text": "x"}', b"<html><body>", b"From: a\nTo: b\nDate: c\nMessage-ID: d\n\n",
     b"https://c.example/a\n", b"title,text\nA,b\n", b"<?xml version='1.0'?><x/>", *TEXTS.values()],
)  # fmt: skip
def test_markdown_stays_markdown(data: bytes) -> None:
    assert recognise(Given(name="a.md", data=data)).id == "markdown"


REFUSED = {
    "7z\xbc\xaf\x27\x1c": "7z",
    "Rar!\x1a\x07\x00": "RAR",
    "SQLite format 3\0": "database",
    "\x7fELF\x02": "program",
    "ID3\x03\x00\x00": "sound",
    "\x00\x00\x00\x18ftypmp42": "film",
    "<?xml version='1.0'?><nonsense/>": "nonsense",
}


@pytest.mark.parametrize("head", REFUSED, ids=REFUSED.values())
def test_what_is_known_and_not_read_is_named(head: str) -> None:
    with pytest.raises(DocumentError, match=REFUSED[head]):
        recognise(Given(name="a", data=head.encode("latin-1")))


@pytest.mark.parametrize(
    ("stream", "words"),
    [("WordDocument", "DOC"), ("PowerPoint Document", "PPT"), ("__substg1.0_0037", "Outlook"),
     ("EncryptedPackage", "password"), ("Nothing", "old office file")],
)  # fmt: skip
def test_old_office_files_are_told_apart(stream: str, words: str) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + stream.encode("utf-16-le")
    with pytest.raises(DocumentError, match=words):
        recognise(Given(name="a", data=data))


def test_an_old_workbook_is_a_sheet_and_a_presentation_is_none() -> None:
    book = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "Workbook".encode("utf-16-le")
    assert recognise(Given(name="a", data=book)).id == "sheet"
    with pytest.raises(DocumentError, match="presentation"):
        recognise(Given(name="a", data=zipped(ppt__presentation_dot_xml="<p/>")))


@pytest.mark.parametrize(("name", "media_type"), [("a.css", ""), ("a.js", ""), ("a", "text/css")])
def test_parts_of_pages_are_no_reports(name: str, media_type: str) -> None:
    with pytest.raises(DocumentError, match="not a report"):
        recognise(Given(name=name, data=b"p {color: red}", media_type=media_type))


def test_a_script_that_holds_a_page_is_a_page() -> None:
    assert recognise(Given(name="a.js", data=b"<!doctype html><html>")).id == "html"


heads = st.sampled_from([data[:600] for _, data in CASES] + [b"", b"\xff\xfe", b"PK\x03\x04"])
names = st.sampled_from(
    ["a", "a.txt", "a.md", "a.xls", "a.json", "a.eml", "https://c.example/?a.b"]
)


@generated(heads, st.binary(max_size=300), names, st.sampled_from(["", "text/html", "x/y"]))
def test_any_bytes_have_a_form_or_are_refused(
    head: bytes, rest: bytes, name: str, media_type: str
) -> None:
    try:
        form = recognise(Given(name=name, data=head + rest, media_type=media_type))
    except DocumentError:
        return
    assert FORMS[form.id] is form


@pytest.mark.parametrize(
    "head",
    [b"<" * 8192, b"<!--" * 2048, b"<!DOCTYPE x [" * 600, b"a: b\n c" * 1200, b"[" * 8192,
     b"{" * 8192, b'"' * 8192, b"%PDF-" * 1600, b"<?x " * 2000, b" " * 8192, b"\n" * 8192,
     b"From x" + b" Jan" * 2000, b'["' + b"\\" * 8000],
    ids=lambda head: head[:12].decode(),
)  # fmt: skip
def test_no_head_takes_long(head: bytes) -> None:
    begun = time.perf_counter()
    with suppress(DocumentError):
        recognise(Given(name="a", data=head))
    assert time.perf_counter() - begun < 1.0
