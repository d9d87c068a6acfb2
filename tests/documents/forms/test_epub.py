"""E-books: the spine in order, chapters as sections, metadata, and books that mean harm."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pactwatch.documents.forming import read_form
from pactwatch.documents.given import Given, Item, Told
from pactwatch.documents.reading import read_documents
from pactwatch.model import Document, Problem, Section

CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>"""
OPF = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
<metadata><dc:title>Accords of the North</dc:title><dc:creator>Jane Doe</dc:creator>
<dc:creator>John Roe</dc:creator><dc:publisher>Lakeside Press</dc:publisher>
<dc:date>2019-05-28</dc:date><dc:language>en</dc:language><dc:rights>CC BY 4.0</dc:rights>
<meta property="dcterms:modified">2019-06-01T00:00:00Z</meta></metadata>
<manifest><item id="b" href="two.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="text/one%20a.xhtml" media-type="application/xhtml+xml"/>
<item id="c" href="three.xhtml" media-type="application/xhtml+xml"/>
<item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="a"/><itemref idref="b"/><itemref idref="c"/></spine></package>"""
NAV = """<html xmlns="http://www.w3.org/1999/xhtml"><body><nav><ol>
<li><a href="text/one%20a.xhtml#s1">The <i>first</i> accord</a></li>
<li><a href="two.xhtml">The second</a></li></ol></nav></body></html>"""
SAID = "Both ministers signed the {} memorandum in the capital on Monday, it was said."
PARTS = {
    "META-INF/container.xml": CONTAINER,
    "OEBPS/book.opf": OPF,
    "OEBPS/nav.xhtml": NAV,
    "OEBPS/text/one a.xhtml": f"<html><body><h1>One</h1><p>{SAID.format('first')}</p></body>",
    "OEBPS/two.xhtml": f"<html><body><p>{SAID.format('second')}</p></body>",
    "OEBPS/three.xhtml": f"<html><body><p>{SAID.format('third')}</p></body>",
}


def pack(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip")
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def items(**changed: str | bytes) -> list[Item]:
    names = {"container": "META-INF/container.xml", "book": "OEBPS/book.opf",
             "two": "OEBPS/two.xhtml", "nav": "OEBPS/nav.xhtml",
             "encryption": "META-INF/encryption.xml"}  # fmt: skip
    parts = {**PARTS, **{names[key]: value for key, value in changed.items()}}
    return read_form("epub", Given(name="book.epub", data=pack(parts)))


def test_a_book_is_read_in_the_order_of_its_spine_with_its_metadata(tmp_path: Path) -> None:
    (tmp_path / "book.epub").write_bytes(pack(dict(PARTS)))
    (read,) = read_documents(tmp_path)
    assert isinstance(read, Document), read
    parts = [f"One\n\n{SAID.format('first')}", SAID.format("second"), SAID.format("third")]
    assert read.text == "\n\n".join(parts)
    first, second = len(parts[0]), len(parts[0]) + 2 + len(parts[1])
    assert read.sections == (
        Section(start=0, end=first, kind="chapter", label="The first accord"),
        Section(start=first, end=second, kind="chapter", label="The second"),
        Section(start=second, end=len(read.text), kind="chapter", label="3"),
    )
    assert (read.title, read.publisher) == ("Accords of the North", "Lakeside Press")
    assert read.authors == ("Jane Doe", "John Roe")
    assert (read.published, read.modified) == ("2019-05-28", "2019-06-01")
    assert read.licence == "CC BY 4.0"
    assert read.metadata_from["published"] == "properties"


def test_chapters_are_named_by_an_old_table_of_contents_too() -> None:
    ncx = """<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel>
    <text>Old one</text></navLabel><content src="two.xhtml#x"/></navPoint></navMap></ncx>"""
    book = OPF.replace('properties="nav" media-type="application/xhtml+xml"',
                       'media-type="application/x-dtbncx+xml"')  # fmt: skip
    (item,) = items(nav=ncx, book=book)
    assert isinstance(item, Told)
    assert [section.label for section in item.sections] == ["1", "Old one", "3"]


def test_a_locked_chapter_is_told_and_the_others_are_read() -> None:
    lock = '<encryption><CipherReference URI="OEBPS/two.xhtml"/></encryption>'
    text, problem = items(encryption=lock.replace('"OEBPS', '"/OEBPS'))
    assert isinstance(text, Told)
    assert "second" not in text.text
    assert isinstance(problem, Problem)
    assert problem.fault == "chapter The second is locked"


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"container": "<x/>"}, "an e-book that does not say where it begins"),
        ({"container": CONTAINER.replace("book.opf", "../../etc/passwd")},
         "an e-book without a package file"),
        ({"book": "no"}, "broken in OEBPS/book.opf"),
        ({"two": b" " * 100_000_000}, "its part OEBPS/two.xhtml unpacks to too much"),
        ({"two": "<b>" * 200_000 + "deep"}, None),
        ({"nav": "no"}, None),
        ({"book": OPF.replace('idref="b"', 'idref="nobody"')}, None),
        ({"book": OPF.replace("two.xhtml", "../../../etc/passwd")}, None),
        ({"book": OPF.replace("two.xhtml", "https://example.org/two.xhtml")}, None),
    ],
)  # fmt: skip
def test_hostile_books_are_read_as_far_as_they_go(
    changed: dict[str, str | bytes], fault: str | None
) -> None:
    found = items(**changed)
    told = [item for item in found if isinstance(item, Told)]
    faults = [item.fault for item in found if isinstance(item, Problem)]
    if fault:
        assert any(one.startswith(fault) for one in faults), faults
    else:
        assert "third memorandum" in told[0].text
