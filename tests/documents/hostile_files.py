"""Files made to hurt whoever reads them, each named for its trick.

Every maker gives the bytes of one file; its key is the file's name. `READ` says which of them hold
words that must come out all the same. Nothing here is dangerous at rest: the bombs are packed.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable

Maker = Callable[[], bytes]

WORDS = "The two ministers signed the border accord in the capital on Monday, both of them said."
PAGE = f"<html><head><title>Accord</title></head><body><h1>Accord</h1><p>{WORDS}</p></body></html>"
ZEROS = 120_000_000  # unpacked bytes of a bomb: more than twice what one document may have
LAUGHS = "<!DOCTYPE x [<!ENTITY a '" + "ha" * 50 + "'>" + "".join(
    f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9)
) + "]>"  # fmt: skip
OUTSIDE = "<!DOCTYPE x [<!ENTITY j SYSTEM 'file:///etc/passwd'>]>"


def pack(members: dict[str, bytes | str], **options: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, **options) as archive:  # type: ignore[arg-type]
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tar(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for info, data in members:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def member(name: str, **fields: object) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    for field, value in fields.items():
        setattr(info, field, value)
    return info


def zeros(packer: Callable[[], object], size: int = ZEROS) -> bytes:
    """Zeros packed piece by piece, so that making them takes little memory."""
    compressor = packer()
    out = [compressor.compress(bytes(1_000_000)) for _ in range(size // 1_000_000)]  # type: ignore[attr-defined]
    return b"".join([*out, compressor.flush()])  # type: ignore[attr-defined]


def zipped_zeros() -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("zeros.txt", "w", force_zip64=True) as file,
    ):
        for _ in range(ZEROS // 1_000_000):
            file.write(bytes(1_000_000))
    return buffer.getvalue()


def nested_zip(depth: int) -> bytes:
    data = pack({"a.txt": WORDS})
    for _ in range(depth):
        data = pack({"in.zip": data})
    return data


def doubled_zip() -> bytes:
    """Sixteen names in the directory that all stand for the same packed megabytes."""
    data = bytearray(pack({"a.txt": "The minister paid. " * 2_000_000}))
    at = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = bytes(data[at:end])
    entries = b"".join(entry.replace(b"a.txt", b"%c.txt" % (97 + i)) for i in range(16))
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 16, 16, len(entries), at, 0)
    return bytes(data[:at]) + entries + tail


def lying_zip() -> bytes:
    """The directory says that the member is small."""
    data = bytearray(zipped_zeros())
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(data)


def encrypted_zip() -> bytes:
    data = bytearray(pack({"a.txt": WORDS}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + offset
        data[at] |= 1
    return bytes(data)


def damaged_zip() -> bytes:
    data = bytearray(pack({"a.txt": WORDS * 50, "b.txt": WORDS}))
    data[60:80] = bytes(20)
    return bytes(data)


def odd_method_zip() -> bytes:
    data = bytearray(pack({"a.txt": WORDS}))
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = data.index(mark) + offset
        data[at : at + 2] = struct.pack("<H", 97)
    return bytes(data)


def linking_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
        archive.writestr("a.txt", WORDS)
    return buffer.getvalue()


def pdf(objects: list[bytes], root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1, with a right table of references."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, root, at,
    )  # fmt: skip
    return bytes(out)


def pdf_stream(body: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(body), extra, body)


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
ONE_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>"


def docx(document: str, **others: str) -> bytes:
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="xml" ContentType="application/xml"/><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    links = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
        "</Relationships>"
    )
    parts = {"[Content_Types].xml": types, "_rels/.rels": links, "word/document.xml": document}
    return pack({**parts, **others})


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(words: str, head: str = "") -> str:
    inside = f"<w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body>"
    return f"{head}<w:document {W}>{inside}</w:document>"


def odt(content: str) -> bytes:
    return pack({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content,
                 "META-INF/manifest.xml": "<x/>"})  # fmt: skip


def ods_repeated() -> bytes:
    table = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        '<office:spreadsheet><table:table table:name="a">'
        '<table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="string">'
        "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return pack({"mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                 "content.xml": table, "META-INF/manifest.xml": "<x/>"})  # fmt: skip


def epub(href: str, spine: str = '<itemref idref="a"/>') -> bytes:
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest>'
        f'<item id="a" href="{href}" media-type="application/xhtml+xml"/></manifest>'
        f"<spine>{spine}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="a.opf" media-type="application/oebps-package+xml"/></rootfiles>'
        "</container>"
    )
    return pack({"mimetype": "application/epub+zip", "META-INF/container.xml": container,
                 "a.opf": opf, "a.xhtml": PAGE})  # fmt: skip


def mail(body: str, *headers: str) -> bytes:
    head = ["From: Press Office <press@ministry.example>", "To: list@list.example",
            "Subject: Accord signed", "Date: Mon, 27 May 2019 10:00:00 +0000",
            "MIME-Version: 1.0", *headers]  # fmt: skip
    return ("\r\n".join(head) + "\r\n\r\n" + body).encode("utf-8", "surrogateescape")


def nested_mail(depth: int) -> bytes:
    parts = "".join(
        f'--b{i}\r\nContent-Type: multipart/mixed; boundary="b{i + 1}"\r\n\r\n'
        for i in range(depth)
    )
    return mail(
        parts + f"--b{depth}\r\n\r\n{WORDS}", 'Content-Type: multipart/mixed; boundary="b0"'
    )


def many_parts(number: int) -> bytes:
    return mail(
        "--b\r\n\r\nx\r\n" * number + "--b--", 'Content-Type: multipart/mixed; boundary="b"'
    )


def warc(
    body: bytes, *, length: int | None = None, target: str = "https://courier.example/a"
) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {target}\r\n"
        "WARC-Date: 2019-05-31T00:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(body) if length is None else length}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def feed(*items: str, head: str = "") -> bytes:
    listed = "".join(f"<item><title>x</title><link>{item}</link></item>" for item in items)
    return (
        f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>f</title>{listed}'
        "</channel></rss>"
    ).encode()


FILES: dict[str, Maker] = {
    # archives
    "bomb-of-zeros.zip": zipped_zeros,
    "bomb-of-zeros.txt.gz": lambda: zeros(lambda: zlib.compressobj(9, zlib.DEFLATED, 31)),
    "bomb-of-zeros.txt.bz2": lambda: zeros(bz2.BZ2Compressor),
    "bomb-of-zeros.txt.xz": lambda: zeros(lambda: lzma.LZMACompressor(preset=0)),
    "archive-in-archive-in-archive.zip": lambda: nested_zip(12),
    "packed-again-and-again.gz": lambda: __import__("functools").reduce(
        lambda data, _: gzip.compress(data), range(12), WORDS.encode()
    ),
    "sixteen-names-for-one-member.zip": doubled_zip,
    "directory-that-lies-about-sizes.zip": lying_zip,
    "many-empty-members.zip": lambda: pack({f"{i}.txt": b"" for i in range(20_000)}),
    "names-that-climb-out.zip": lambda: pack(
        {"../../../tmp/a.txt": WORDS, "/etc/b.txt": WORDS, "C:\\c.txt": WORDS, "..\\d.txt": WORDS}
    ),
    "name-of-60000-letters.zip": lambda: pack({"n" * 60_000 + ".txt": WORDS}),
    "same-name-twice.zip": lambda: pack({"a.txt": WORDS})[:-22] + pack({"a.txt": WORDS}),
    "link-to-passwords.zip": linking_zip,
    "encrypted.zip": encrypted_zip,
    "damaged-in-the-middle.zip": damaged_zip,
    "cut-off.zip": lambda: pack({"a.txt": WORDS * 100})[:-30],
    "unknown-packing.zip": odd_method_zip,
    "only-its-first-bytes.zip": lambda: b"PK\x03\x04",
    "link-to-passwords.tar": lambda: tar(
        (member("a.txt", type=tarfile.SYMTYPE, linkname="/etc/passwd"), b""),
        (member("b.txt", type=tarfile.LNKTYPE, linkname="/etc/passwd"), b""),
        (member("c.txt"), WORDS.encode()),
    ),
    "device-and-pipe.tar": lambda: tar(
        (member("null", type=tarfile.CHRTYPE), b""),
        (member("pipe", type=tarfile.FIFOTYPE), b""),
        (member("c.txt"), WORDS.encode()),
    ),
    "names-that-climb-out.tar": lambda: tar((member("../../x.txt"), WORDS.encode())),
    "size-beyond-the-end.tar": lambda: (
        tar((member("a.txt"), WORDS.encode()))[:124]
        + b"77777777777\0"
        + tar((member("a.txt"), WORDS.encode()))[136:]
    ),
    "cut-off.tar.gz": lambda: gzip.compress(tar((member("a.txt"), WORDS.encode() * 99)))[:-40],
    "garbage-after-its-magic.gz": lambda: b"\x1f\x8b\x08" + bytes(range(256)),
    "garbage-after-its-magic.zst": lambda: b"\x28\xb5\x2f\xfd" + bytes(range(256)),
    # pages
    "hundred-thousand-nested-elements.html": lambda: (
        "<html><body>" + "<div>" * 100_000 + f"<p>{WORDS}</p>"
    ).encode(),
    "nested-tables-and-lists.html": lambda: (
        "<html><body>" + "<table><tr><td><ul><li>" * 5_000 + f"<p>{WORDS}</p>"
    ).encode(),
    "hundred-thousand-attributes.html": lambda: (
        "<html><body><p " + " ".join(f"a{i}=1" for i in range(100_000)) + f">{WORDS}</p>"
    ).encode(),
    "two-hundred-thousand-paragraphs.html": lambda: (
        "<html><body>" + "<p>Word and word.</p>" * 200_000
    ).encode(),
    "script-without-an-end.html": lambda: (PAGE[:-14] + "<script>" + "x(" * 1_000_000).encode(),
    "comment-without-an-end.html": lambda: (PAGE[:-14] + "<!--" + "-" * 1_000_000).encode(),
    "null-bytes.html": lambda: PAGE.replace("ministers", "min\0isters").encode(),
    "lone-surrogates.html": lambda: PAGE.replace("Monday", "&#xD800;Mon&#xDFFF;day").encode(),
    "encodings-mixed.html": lambda: PAGE.encode() + "Señor Núñez".encode("latin-1") + "ü".encode(),
    "encoding-that-does-not-exist.html": lambda: PAGE.replace(
        "<head>", '<head><meta charset="klingon-8">'
    ).encode(),
    "wide-letters-declared-narrow.html": lambda: PAGE.replace(
        "<head>", '<head><meta charset="ascii">'
    ).encode("utf-16"),
    "title-of-a-megabyte.html": lambda: PAGE.replace(
        "<title>", "<title>" + "x" * 1_000_000
    ).encode(),
    "picture-of-ten-megabytes-inside.html": lambda: PAGE.replace(
        "<h1>", '<img src="data:image/png;base64,' + "A" * 10_000_000 + '"><h1>'
    ).encode(),
    "linked-data-nested-deeply.html": lambda: PAGE.replace(
        "<title>", '<script type="application/ld+json">' + "[" * 100_000 + "</script><title>"
    ).encode(),
    "entities-that-grow.xhtml": lambda: (
        '<?xml version="1.0"?>' + LAUGHS + f"<html><body><p>&j; {WORDS}</p></body></html>"
    ).encode(),
    "entity-of-the-passwords.xhtml": lambda: (
        '<?xml version="1.0"?>' + OUTSIDE + f"<html><body><p>&j; {WORDS}</p></body></html>"
    ).encode(),
    "address-that-runs.html": lambda: PAGE.replace(
        "<title>", '<link rel="canonical" href="javascript:alert(1)"><title>'
    ).encode(),
    # PDFs
    "only-its-first-line.pdf": lambda: b"%PDF-1.7\n",
    "cut-off.pdf": lambda: pdf([CATALOG, PAGES, ONE_PAGE, pdf_stream(b"BT ET")])[:150],
    "pages-that-hold-themselves.pdf": lambda: pdf(
        [CATALOG, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]
    ),
    "million-pages-claimed.pdf": lambda: pdf(
        [CATALOG, b"<< /Type /Pages /Kids [3 0 R] /Count 1000000 >>", ONE_PAGE, pdf_stream(b"")]
    ),
    "references-that-loop.pdf": lambda: pdf([b"1 0 R", b"3 0 R", b"2 0 R"]),
    "earlier-table-is-this-one.pdf": lambda: pdf(
        [CATALOG, PAGES, ONE_PAGE, pdf_stream(b"")]
    ).replace(b"/Root", b"/Prev 9 /Root"),
    "page-as-large-as-a-country.pdf": lambda: pdf(
        [CATALOG, PAGES, ONE_PAGE.replace(b"612 792", b"9e30 9e30"), pdf_stream(b"BT (x) Tj ET")]
    ),
    "form-that-draws-itself.pdf": lambda: pdf(
        [
            CATALOG,
            PAGES,
            ONE_PAGE.replace(b"/Contents", b"/Resources << /XObject << /F 5 0 R >> >> /Contents"),
            pdf_stream(b"/F Do"),
            pdf_stream(
                b"/F Do",
                b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
                b"/Resources << /XObject << /F 5 0 R >> >>",
            ),
        ]
    ),
    "stream-of-zeros.pdf": lambda: pdf(
        [
            CATALOG,
            PAGES,
            ONE_PAGE,
            pdf_stream(zeros(lambda: zlib.compressobj(9)), b"/Filter /FlateDecode"),
        ]
    ),
    "arrays-nested-deeply.pdf": lambda: pdf([CATALOG, PAGES, b"[" * 100_000]),
    "script-on-opening.pdf": lambda: pdf(
        [
            CATALOG.replace(
                b"/Pages", b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >> /Pages"
            ),
            PAGES,
            ONE_PAGE,
            pdf_stream(b""),
        ]
    ),
    "garbage-after-its-magic.pdf": lambda: b"%PDF-1.4\n" + bytes(range(256)) * 4_000,
    # office files and books
    "entities-that-grow.docx": lambda: docx(word("&j;", LAUGHS)),
    "entity-of-the-passwords.docx": lambda: docx(word("&j;", OUTSIDE)),
    "part-of-zeros.docx": lambda: docx(word("x" + " " * ZEROS)),
    "without-its-document.docx": lambda: pack(
        {"[Content_Types].xml": "<x/>", "word/document.xml": ""}
    ),
    "nested-deeply.docx": lambda: docx(word("<w:r>" * 50_000)),
    "entities-that-grow.odt": lambda: odt(LAUGHS + "<x>&j;</x>"),
    "nested-deeply.odt": lambda: odt("<x>" * 100_000),
    "cell-repeated-billions-of-times.ods": ods_repeated,
    "chapter-outside-the-book.epub": lambda: epub("../../../../etc/passwd"),
    "chapter-on-the-web.epub": lambda: epub("http://127.0.0.1/secret"),
    "same-chapter-without-end.epub": lambda: epub("a.xhtml", '<itemref idref="a"/>' * 50_000),
    "groups-nested-deeply.rtf": lambda: b"{\\rtf1" + b"{" * 500_000 + WORDS.encode(),
    "binary-without-end.rtf": lambda: b"{\\rtf1 \\bin999999999 " + WORDS.encode() + b"}",
    "lone-surrogates.rtf": lambda: b"{\\rtf1 \\u-10240? \\u-9000?" + WORDS.encode() + b"}",
    # mails
    "parts-nested-deeply.eml": lambda: nested_mail(2_000),
    "hundred-thousand-parts.eml": lambda: many_parts(100_000),
    "header-of-ten-megabytes.eml": lambda: mail(WORDS, "X-Long: " + "y" * 10_000_000),
    "encoding-that-does-not-exist.eml": lambda: mail(
        WORDS, "Content-Type: text/plain; charset=klingon"
    ),
    "base64-that-is-none.eml": lambda: mail(WORDS + "%%%", "Content-Transfer-Encoding: base64"),
    "date-that-is-none.eml": lambda: mail(WORDS, "Date: Blursday, 99 Foo 20199 77:99:99 +9999"),
    "words-that-end-too-early.eml": lambda: mail(WORDS, "Subject: =?utf-8?b?////?= =?x?q?"),
    "ten-thousand-empty-mails.mbox": lambda: (
        b"From a@b Mon May 27 10:00:00 2019\nX: y\n\n\n" * 10_000
    ),
    "page-that-is-its-own-part.mhtml": lambda: mail(
        "--b\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
        f"Content-Type: text/html\r\n\r\n{PAGE}",
        "Content-Type: multipart/related; boundary=b",
    ),
    # data
    "lists-nested-deeply.json": lambda: b"[" * 1_000_000,
    "objects-nested-deeply.jsonl": lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"\n",
    "number-of-a-million-digits.json": lambda: b'{"text": ' + b"9" * 1_000_000 + b"}",
    "lone-surrogates.json": lambda: json.dumps(
        [{"text": f"\ud800{WORDS}\udfff", "title": "\udc00"}]
    ).encode(),
    "line-of-thirty-megabytes.jsonl": lambda: (
        b'{"text": "' + b"word " * 6_000_000 + b'"}\n{"text": "' + WORDS.encode() + b'"}\n'
    ),
    "broken-line-among-whole-ones.jsonl": lambda: (
        b'{"text": "'
        + WORDS.encode()
        + b'"}\n{"text": "\n\xff\xfe\n{"text": "'
        + WORDS.encode()
        + b'"}\n'
    ),
    "field-of-five-megabytes.csv": lambda: b'title,text\nA,"' + b"word " * 1_000_000 + b'"\n',
    "quote-without-an-end.csv": lambda: b'title,text\nA,"' + b"x,y\n" * 100_000,
    "hundred-thousand-columns.csv": lambda: b"text," * 100_000 + b"\n" + b"x," * 100_000,
    "formulas-that-run.csv": lambda: (
        f"title,text\n\"=cmd|' /C calc'!A0\",{WORDS.replace(',', '')}\n".encode()
    ),
    "null-bytes.csv": lambda: b"title,text\n\0a,\0\0" + WORDS.replace(",", "").encode() + b"\n",
    # web archives and feeds
    "record-longer-than-the-file.warc": lambda: warc(HTTP + b"\r\n" + PAGE.encode(), length=10**12),
    "record-of-negative-length.warc": lambda: warc(HTTP + b"\r\n" + PAGE.encode(), length=-5),
    "bomb-of-zeros.warc.gz": lambda: zeros(lambda: zlib.compressobj(9, zlib.DEFLATED, 31)),
    "body-of-zeros.warc": lambda: warc(
        HTTP
        + b"Content-Encoding: gzip\r\n\r\n"
        + zeros(lambda: zlib.compressobj(9, zlib.DEFLATED, 31))
    ),
    "chunks-that-lie.warc": lambda: warc(
        HTTP + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\n" + PAGE.encode()
    ),
    "target-on-this-machine.warc": lambda: warc(
        HTTP + b"\r\n" + PAGE.encode(), target="file:///etc/passwd"
    ),
    "entities-that-grow.rss": lambda: feed("&j;", head=LAUGHS),
    "entity-of-the-passwords.rss": lambda: feed("&j;", head=OUTSIDE),
    "links-into-this-machine.rss": lambda: feed(
        "http://127.0.0.1/a", "http://169.254.169.254/latest", "file:///etc/passwd", "javascript:1"
    ),
    "fifty-thousand-links.rss": lambda: feed(*(f"file:///{i}" for i in range(50_000))),
    "nested-deeply.atom": lambda: b"<feed>" + b"<entry>" * 100_000,
    # texts
    "nothing-but-nulls.txt": lambda: bytes(1_000_000),
    "one-word-of-five-megabytes.txt": lambda: b"x" * 5_000_000,
    "million-empty-lines.txt": lambda: b"\n" * 1_000_000 + WORDS.encode(),
    "letter-with-a-million-accents.txt": lambda: ("e" + "\u0301" * 1_000_000 + WORDS).encode(),
    "marks-that-turn-the-line.txt": lambda: ("\u202e\u2066" * 1_000 + WORDS).encode(),
    "bylines-and-dates-by-the-thousand.txt": lambda: (
        "By A. A. A. A. A. A. and\n1 May 1 May 1 May\n" * 50_000 + WORDS
    ).encode(),
    "quotation-marks-by-the-thousand.txt": lambda: ('"“‘' * 100_000 + WORDS).encode(),
    "aliases-that-grow.md": lambda: (
        "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(
            f"{c}: &{c} [{','.join(f'*{p}' for _ in range(9))}]\n"
            for p, c in zip("abcdefgh", "bcdefghi", strict=True)
        )
        + f"title: *i\n---\n{WORDS}\n"
    ).encode(),
    "object-that-runs.md": lambda: (
        f"---\ntitle: !!python/object/apply:os.system ['true']\n---\n{WORDS}\n"
    ).encode(),
    "garbage-that-looks-like-nothing.bin": lambda: bytes(range(256)) * 1_000,
    "garbage-that-looks-like-nothing.txt": lambda: zlib.compress(WORDS.encode() * 99),
    "program.txt": lambda: b"\x7fELF" + bytes(1000),
}
"""The files by name."""

READ = frozenset(
    """names-that-climb-out.zip link-to-passwords.zip link-to-passwords.tar device-and-pipe.tar
    names-that-climb-out.tar null-bytes.html lone-surrogates.html encodings-mixed.html
    encoding-that-does-not-exist.html wide-letters-declared-narrow.html title-of-a-megabyte.html
    picture-of-ten-megabytes-inside.html linked-data-nested-deeply.html address-that-runs.html
    encoding-that-does-not-exist.eml date-that-is-none.eml words-that-end-too-early.eml
    lone-surrogates.json broken-line-among-whole-ones.jsonl formulas-that-run.csv
    million-empty-lines.txt marks-that-turn-the-line.txt object-that-runs.md lone-surrogates.rtf
    name-of-60000-letters.zip""".split()  # noqa: SIM905
)
"""Files that hold words in spite of their trick."""
