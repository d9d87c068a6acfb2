"""Word files: what is text and what is not, numbers that Word counts itself, properties, and files
that mean harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as Word
from docx.oxml import parse_xml

from pactwatch.documents.forming import read_form
from pactwatch.documents.given import Given, Told
from pactwatch.documents.reading import read_documents
from pactwatch.model import Document, Problem

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PROSE = "Guatemala and Honduras signed a memorandum of cooperation on Monday."


def make(write: Callable[[Word], object]) -> bytes:
    document = docx.Document()
    core = document.core_properties
    core.title, core.author = "", "python-docx"
    core.created = core.modified = datetime(2019, 5, 28, 9, 30, tzinfo=UTC)
    write(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def told(data: bytes) -> Told:
    (item,) = read_form("docx", Given(name="report.docx", data=data))
    assert isinstance(item, Told), item
    return item


def text_of(write: Callable[[Word], object]) -> str:
    return told(make(write)).text


def add(document: Word, inner: str) -> None:
    """Add a paragraph by its XML, before the properties of the section, which end a body."""
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(f"<w:p {W}>{inner}</w:p>"))


def run(words: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{words}</w:t></w:r>'


def repacked(data: bytes, **parts: bytes) -> bytes:
    """The same file with other or more parts."""
    file = io.BytesIO()
    named = {f"word/{name}.xml": content for name, content in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            if name not in named:
                new.writestr(name, old.read(name))
        for name, content in named.items():
            new.writestr(name, content)
    return file.getvalue()


def test_headings_paragraphs_and_tables_are_read_in_order() -> None:
    def write(document: Word) -> None:
        document.add_heading("Two states sign an accord", 0)
        document.add_paragraph(PROSE)
        table = document.add_table(rows=2, cols=2)
        for cell, words in zip(
            [cell for row in table.rows for cell in row.cells],
            ["Year", "Officers", "2019", "89"],
            strict=True,
        ):
            cell.text = words
        document.add_paragraph("It was all that they signed.")
        document.sections[0].header.paragraphs[0].text = "Confidential"
        document.sections[0].footer.paragraphs[0].text = "Page 1"

    item = told(make(write))
    assert item.text == (
        f"Two states sign an accord\n\n{PROSE}\n\nYear\tOfficers\n2019\t89\n\n"
        "It was all that they signed."
    )
    assert (item.title, item.metadata_from["title"]) == ("Two states sign an accord", "text")


def test_tracked_insertions_are_text_and_deletions_are_not() -> None:
    def write(document: Word) -> None:
        add(
            document,
            run("They promised ") + f"<w:del><w:r><w:delText>ninety</w:delText></w:r></w:del>"
            f"<w:ins>{run('eighty')}</w:ins>"
            f"<w:moveFrom>{run(' gone')}</w:moveFrom><w:moveTo>{run(' agents')}</w:moveTo>"
            + run(" or so.", "<w:rPr><w:vanish/></w:rPr>")
            + run("."),
        )

    assert text_of(write) == "They promised eighty agents."


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    def write(document: Word) -> None:
        add(document, f"<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('The accord ')}")
        add(document, run("is signed."))

    assert text_of(write) == "The accord is signed."


def test_fields_show_their_result_and_links_their_words() -> None:
    def write(document: Word) -> None:
        add(
            document,
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            "<w:r><w:instrText> DATE </w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + run("28 May 2019")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            + f"<w:hyperlink>{run(', by treaty')}</w:hyperlink>"
            + "<w:r><w:noBreakHyphen/></w:r>"
            + run("law."),
        )

    assert text_of(write) == "28 May 2019, by treaty-law."


def test_boxes_stand_after_their_paragraph_and_once() -> None:
    box = f"<w:txbxContent><w:p>{run('In a box.')}</w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'

    def write(document: Word) -> None:
        add(
            document,
            run("It was ")
            + f"<w:r><mc:AlternateContent {mc}><mc:Choice Requires='x'><w:drawing>{box}</w:drawing>"
            f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
            "</w:r>" + run("signed."),
        )

    assert text_of(write) == "It was signed.\n\nIn a box."


def test_notes_stand_after_their_paragraph() -> None:
    def write(document: Word) -> None:
        add(document, run("Signed") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(" today."))
        add(document, run("And paid."))

    notes = f"""<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>
        <w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{run(" See below.")}</w:p></w:footnote>
        </w:footnotes>"""
    data = repacked(make(write), footnotes=notes.encode())
    assert told(data).text == "Signed today.\n\n1 See below.\n\nAnd paid."


def test_what_word_counts_is_written_out() -> None:
    def write(document: Word) -> None:
        for words in ("First.", "Second."):
            document.add_paragraph(words, style="List Number")
        document.add_paragraph("A point.", style="List Bullet")
        for depth, words in ((0, "On money"), (1, "Sums"), (1, "Days"), (0, "On men"), (1, "Pay")):
            number = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>'
            add(document, f"<w:pPr>{number}</w:pPr>{run(words)}")
        numbering = document.part.numbering_part.element
        numbering.insert(
            0,
            parse_xml(
                f'<w:abstractNum {W} w:abstractNumId="77">'
                '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/>'
                '<w:lvlText w:val="Article %1."/></w:lvl>'
                '<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1(%2)"/>'
                "</w:lvl></w:abstractNum>"
            ),
        )
        numbering.append(
            parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
        )

    assert text_of(write).split("\n\n") == [
        "1. First.", "2. Second.", "• A point.", "Article I. On money", "I(a) Sums", "I(b) Days",
        "Article II. On men", "II(a) Pay",
    ]  # fmt: skip


def test_a_table_that_only_lays_out_the_page_is_paragraphs() -> None:
    def write(document: Word) -> None:
        table = document.add_table(rows=1, cols=2)
        table.rows[0].cells[0].text = "Contact"
        cell = table.rows[0].cells[1]
        cell.text = PROSE * 2
        cell.add_paragraph(PROSE * 3)

    assert text_of(write).split("\n\n") == ["Contact", PROSE * 2, PROSE * 3]


def test_properties_are_read(tmp_path: Path) -> None:
    def write(document: Word) -> None:
        core = document.core_properties
        core.title, core.author, core.language = "The accord", "Jane Doe; John Roe", "en-US"
        core.modified = datetime(2019, 6, 1, tzinfo=UTC)
        document.add_paragraph(PROSE)

    (tmp_path / "accord-final.docx").write_bytes(make(write))
    (read,) = read_documents(tmp_path)
    assert isinstance(read, Document), read
    assert (read.title, read.authors) == ("The accord", ("Jane Doe", "John Roe"))
    assert (read.published, read.modified) == ("2019-05-28", "2019-06-01")
    assert set(read.metadata_from.values()) == {"properties"}
    assert read.language == "en"


def with_xml(inner: bytes) -> Callable[[bytes], bytes]:
    return lambda data: repacked(data, document=inner)


def lying(data: bytes) -> bytes:
    """The directory says that a part is small; it is not."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("[Content_Types].xml", b"<x/>")
        new.writestr("word/document.xml", b" " * 100_000_000)
    return file.getvalue().replace((100_000_000).to_bytes(4, "little"), (50).to_bytes(4, "little"))


BOMB = b"<!DOCTYPE x [<!ENTITY a 'ha'>%b]>" % b"".join(
    b"<!ENTITY %c '%b'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12)
)
HOSTILE: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[: len(data) // 2],
    "noise": lambda data: b"PK\x03\x04" + bytes(range(256)) * 20,
    "no-xml": with_xml(b"not at all"),
    "empty": with_xml(b""),
    "entities": with_xml(BOMB + b"<w:document %b><w:body>&l;</w:body></w:document>" % W.encode()),
    "outside": with_xml(
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        b"<w:document %b><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
        % W.encode()
    ),
    "deep": with_xml(b"<w:document %b>" % W.encode() + b"<w:sdt>" * 100_000),
    "bomb": with_xml(b" " * 100_000_000),
    "lying": lying,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_problems(name: str) -> None:
    data = HOSTILE[name](make(lambda document: document.add_paragraph(PROSE)))
    items: list[Any] = read_form("docx", Given(name="report.docx", data=data))
    for item in items:
        text = item.text if isinstance(item, Told) else ""
        assert len(text) < 1000
        assert "root:" not in text
        assert isinstance(item, Problem) or not text
    assert items


def test_a_locked_file_is_told(tmp_path: Path) -> None:
    data = bytearray(make(lambda document: document.add_paragraph(PROSE)))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + place] |= 1
    (item,) = read_form("docx", Given(name="report.docx", data=bytes(data)))
    assert isinstance(item, Problem)
    assert item.fault == "locked with a password"
