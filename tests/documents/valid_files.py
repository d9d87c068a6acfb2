"""One small whole file of each form, made by hand, all with the same words in it.

What the tests mutate, and what they read as it is.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile

WORDS = "The two ministers signed the border accord in the capital on Monday, both of them said."
PAGE = f"<html><head><title>Accord</title></head><body><h1>Accord</h1><p>{WORDS}</p></body></html>"
_HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE.encode()
_X = "http://schemas.openxmlformats.org"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"


def _zip(members: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2019, 5, 27, 0, 0, 0)), data)
    return buffer.getvalue()


def _tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = len(WORDS)
        archive.addfile(info, io.BytesIO(WORDS.encode()))
    return buffer.getvalue()


def _pdf() -> bytes:
    drawing = f"BT /F 11 Tf 72 700 Td ({WORDS}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 792] /Contents 4 0 R "
        b"/Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % at
    return bytes(out)


def _office(part: str, kind: str, **members: str) -> dict[str, str | bytes]:
    types = (
        f'<?xml version="1.0"?><Types xmlns="{_X}/package/2006/content-types"><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/{part}" '
        f'ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'
    )
    links = (
        f'<?xml version="1.0"?><Relationships xmlns="{_X}/package/2006/relationships">'
        "<Relationship "
        f'Id="r1" Type="{_X}/officeDocument/2006/relationships/officeDocument" Target="{part}"/>'
        "</Relationships>"
    )
    return {"[Content_Types].xml": types, "_rels/.rels": links, **members}


def _docx() -> bytes:
    space = f"{_X}/wordprocessingml/2006/main"
    document = (
        f'<?xml version="1.0"?><w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>{WORDS}</w:t>'
        "</w:r></w:p></w:body></w:document>"
    )
    members = _office("word/document.xml", "wordprocessingml.document")
    return _zip({**members, "word/document.xml": document})


def _xlsx() -> bytes:
    space = f"{_X}/spreadsheetml/2006/main"
    book = (
        f'<?xml version="1.0"?><workbook xmlns="{space}" xmlns:r="{_X}/officeDocument/2006/'
        'relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    links = (
        f'<?xml version="1.0"?><Relationships xmlns="{_X}/package/2006/relationships">'
        "<Relationship "
        f'Id="r1" Type="{_X}/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>'
    )
    cell = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'
    head = cell.format("A1", "title") + cell.format("B1", "text")
    row = cell.format("A2", "Accord") + cell.format("B2", WORDS)
    sheet = (
        f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData><row r="1">{head}</row>'
        f'<row r="2">{row}</row></sheetData></worksheet>'
    )
    members = _office("xl/workbook.xml", "spreadsheetml.sheet")
    return _zip({**members, "xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": links,
                 "xl/worksheets/sheet1.xml": sheet})  # fmt: skip


def _odt() -> bytes:
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{_OPEN}:office:1.0" '
        f'xmlns:text="{_OPEN}:text:1.0"><office:body><office:text><text:p>{WORDS}</text:p>'
        "</office:text></office:body></office:document-content>"
    )
    return _zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content,
                 "META-INF/manifest.xml": "<manifest/>"})  # fmt: skip


def _epub() -> bytes:
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Accord</dc:title>'
        '</metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
        '</manifest><spine><itemref idref="a"/></spine></package>'
    )
    container = (
        '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns'
        ':container"><rootfiles><rootfile full-path="a.opf" '
        'media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    page = PAGE.replace("<html>", '<html xmlns="http://www.w3.org/1999/xhtml">')
    return _zip({"mimetype": "application/epub+zip", "META-INF/container.xml": container,
                 "a.opf": package, "a.xhtml": page})  # fmt: skip


def _mail(body: str, kind: str = "text/plain") -> bytes:
    return (
        "From: Press Office <press@ministry.example>\r\nTo: list@list.example\r\n"
        "Subject: Accord signed\r\nDate: Mon, 27 May 2019 10:00:00 +0000\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n{body}\r\n"
    ).encode()


def _warc() -> bytes:
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://courier.example/accord\r\n"
        "WARC-Date: 2019-05-31T00:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(_HTTP)}\r\n\r\n"
    )
    return head.encode() + _HTTP + b"\r\n\r\n"


def _wacz() -> bytes:
    package = json.dumps({"profile": "data-package", "wacz_version": "1.1.1", "resources": []})
    return _zip({"datapackage.json": package, "archive/a.warc.gz": gzip.compress(_warc(), mtime=0)})


def _zstd(data: bytes) -> bytes:
    import zstandard

    return zstandard.ZstdCompressor().compress(data)


ROW = {"title": "Accord", "text": WORDS, "date": "2019-05-27", "url": "https://courier.example/a"}
_PARTS = (
    "--b\r\nContent-Type: text/html\r\nContent-Location: https://courier.example/accord\r\n\r\n"
    f"{PAGE}\r\n--b--\r\n"
)

FILES: dict[str, bytes] = {
    "a.txt": WORDS.encode(),
    "a.md": f"---\ntitle: Accord\ndate: 2019-05-27\n---\n\n{WORDS}\n".encode(),
    "a.html": PAGE.encode(),
    "a.mhtml": _mail(_PARTS, 'multipart/related; type="text/html"; boundary="b"'),
    "a.pdf": _pdf(),
    "a.docx": _docx(),
    "a.odt": _odt(),
    "a.rtf": b"{\\rtf1\\ansi " + WORDS.encode() + b"\\par}",
    "a.epub": _epub(),
    "a.eml": _mail(WORDS),
    "a.mbox": b"From press Mon May 27 10:00:00 2019\n" + _mail(WORDS).replace(b"\r", b"") + b"\n",
    "a.json": json.dumps([ROW]).encode(),
    "a.jsonl": (json.dumps(ROW) + "\n").encode(),
    "a.csv": f'title,text\nAccord,"{WORDS}"\n'.encode(),
    "a.xlsx": _xlsx(),
    "a.zip": _zip({"a.txt": WORDS}),
    "a.tar": _tar(),
    "a.tar.gz": gzip.compress(_tar(), mtime=0),
    "a.txt.bz2": bz2.compress(WORDS.encode()),
    "a.txt.xz": lzma.compress(WORDS.encode()),
    "a.txt.zst": _zstd(WORDS.encode()),
    "a.warc": _warc(),
    "a.warc.gz": gzip.compress(_warc(), mtime=0),
    "a.wacz": _wacz(),
    "a.rss": (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/'
        'content/"><channel><title>Courier</title><item><title>Accord</title>'
        f"<link>https://courier.example/a</link><content:encoded>{WORDS}</content:encoded></item>"
        "</channel></rss>"
    ).encode(),
}
"""The files by name."""
