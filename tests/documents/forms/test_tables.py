"""Tables of texts and of addresses: CSV in any dialect, spreadsheets."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from pactwatch.documents import Options, read_documents
from pactwatch.documents.completing import complete
from pactwatch.documents.given import Given, Hints, Item, Link, Part, Told
from pactwatch.documents.recognising import recognise
from pactwatch.errors import DocumentError
from pactwatch.model import Document, Problem

TEXT = "The ministers signed the accord, “at last”, on Monday.\nIt enters into force in May."
ROWS = [
    ["Headline", "Body", "Date", "URL", "Outlet", "Author"],
    ["Accord signed", TEXT, "2019-05-31", "https://courier.example/a", "The Courier", "Jane Doe"],
    ["Talks fail", "No accord was signed; both left.", "1 June 2019", "", "The Herald", ""],
]


def items(name: str, data: bytes, *, charset: str | None = None, **columns: str) -> list[Item]:
    given = Given(name=name, data=data, charset=charset, options=Options(columns=columns))
    found: list[Item] = []
    try:
        found.extend(recognise(given).reader()(given))
    except DocumentError as error:
        found.append(Problem(name=error.place, fault=error.fault, next_step=error.next_step))
    return found


def written(rows: list[list[str]], **dialect: str) -> str:
    file = io.StringIO()
    csv.writer(file, **dialect).writerows(rows)  # type: ignore[arg-type]
    return file.getvalue()


def xlsx(**sheets: list[list[object]]) -> bytes:
    """A workbook made by hand, with inline strings, dates as styled numbers, and formulas."""
    file = io.BytesIO()
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    listed, related = "", ""
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="w" Type="{office}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>',
        )
        for number, (name, rows) in enumerate(sheets.items(), start=1):
            cells = "".join(
                f'<row r="{at}">{"".join(map(_cell, row))}</row>'
                for at, row in enumerate(rows, start=1)
            )
            archive.writestr(
                f"xl/worksheets/sheet{number}.xml",
                f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
            )
            listed += f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"/>'
            related += (
                f'<Relationship Id="r{number}" Type="{office}/worksheet"'
                f' Target="worksheets/sheet{number}.xml"/>'
            )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{listed}</sheets></workbook>',
        )
        related += f'<Relationship Id="s" Type="{office}/styles" Target="styles.xml"/>'
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}">{related}</Relationships>',
        )
        archive.writestr(
            "xl/styles.xml",
            f'<styleSheet xmlns="{main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/>'
            "</cellXfs></styleSheet>",
        )
    return file.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return f'<c s="1"><v>{(value - datetime(1899, 12, 30)).days}</v></c>'
    if isinstance(value, (int, float)):
        return f"<c><v>{value}</v></c>"
    if isinstance(value, str) and value.startswith("="):
        return f'<c t="str"><f>{escape(value[1:])}</f><v>stored result of words</v></c>'
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_rows_are_documents_named_as_a_spreadsheet_numbers_them(
    separator: str, encoding: str
) -> None:
    data = written(ROWS, delimiter=separator).encode(encoding)
    first, second = items("table.csv", data)
    assert isinstance(first, Told)
    assert isinstance(second, Told)
    assert (first.part, second.part) == ("2", "3")
    assert first.text == TEXT
    assert (first.title, first.published) == ("Accord signed", "2019-05-31")
    assert (first.address, first.publisher) == ("https://courier.example/a", "The Courier")
    assert (first.authors, first.place) == (("Jane Doe",), "table")
    assert (second.published, second.address) == ("2019-06-01", None)
    for read in (first, second):
        assert read.original is not None
        assert read.original.removeprefix(b"\xff\xfe") in data


def test_a_table_as_a_document(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text(written(ROWS), encoding="utf-8", newline="")
    first, _ = read_documents(tmp_path / "table.csv")
    assert isinstance(first, Document)
    assert (first.name, first.metadata_from["title"]) == ("table.csv/2", "table")


def test_rows_of_a_fetched_table_are_not_versions_of_one_page() -> None:
    address = "https://c.example/table.csv"
    hints = Hints(place="address", address=address, retrieved="2019-06-01T08:00:00+00:00")
    given = Given(name=address, data=written([["text"], ["First accord."]]).encode(), hints=hints)
    (told,) = recognise(given).reader()(given)
    assert isinstance(told, Told)
    document = complete(given, told)
    assert document.name == f"{address}/2"
    assert (document.address, document.retrieved) == (None, None)


def test_a_table_of_addresses_gives_links_with_what_it_says_of_them() -> None:
    rows = [["Title", "Link", "Published"], ["Accord signed", "https://c.example/a", "2019-05-31"]]
    (link,) = items("links.csv", written(rows).encode())
    assert isinstance(link, Link)
    assert (link.address, link.hints.title) == ("https://c.example/a", "Accord signed")
    assert (link.hints.published, link.hints.place) == ("2019-05-31", "table")


def test_addresses_without_a_header_are_links() -> None:
    data = b"https://c.example/a,Accord signed\nhttps://c.example/b,Talks fail\n"
    assert [i.address for i in items("l.csv", data) if isinstance(i, Link)] == [
        "https://c.example/a", "https://c.example/b"
    ]  # fmt: skip


def test_a_table_named_as_a_text_or_not_at_all_is_a_table() -> None:
    data = written(ROWS).encode()
    for name in ("table.txt", "table"):
        assert [i.part for i in items(name, data) if isinstance(i, Told)] == ["2", "3"]


def test_a_compressed_table_is_read_as_it_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(written(ROWS).encode()))
    assert [read.name for read in read_documents(tmp_path / "t.csv.gz")] == [
        "t.csv.gz/2", "t.csv.gz/3"
    ]  # fmt: skip


def test_lines_before_the_header_and_the_word_of_excel_are_passed_over() -> None:
    rows = [["Search results"], [], *ROWS]
    assert [i.part for i in items("t.csv", written(rows).encode()) if isinstance(i, Told)] == [
        "4", "5"
    ]  # fmt: skip
    data = ("sep=;\r\n" + written(ROWS, delimiter=";")).encode()
    assert [i.part for i in items("t.csv", data) if isinstance(i, Told)] == ["2", "3"]


def test_columns_are_mapped_as_the_user_says() -> None:
    rows = [["Kopf", "Wortlaut", "Tag"], ["Accord signed", TEXT, "31.5.2019"]]
    (read,) = items("t.csv", written(rows).encode(), text="Wortlaut", title="Kopf", published="Tag")
    assert isinstance(read, Told)
    assert (read.text, read.title, read.published) == (TEXT, "Accord signed", "2019-05-31")


def test_a_table_of_numbers_says_what_columns_it_has_and_what_to_do() -> None:
    rows = [["Year", "Aid (USD)", "Country"], ["2019", "750", "Fiji"]]
    for name, data in (
        ("aid.csv", written(rows).encode()),
        ("aid.xlsx", xlsx(Aid=[rows[0], [2019, 750, "Fiji"]])),
    ):
        (read,) = items(name, data)
        assert isinstance(read, Problem)
        assert "no column of texts or addresses" in read.fault
        assert "“Aid (USD)”" in read.fault
        assert "--column text=body" in read.next_step


def test_a_row_wider_than_the_table_is_a_problem_and_not_cut() -> None:
    data = b"title,text\nAccord signed,The ministers signed, and left.\nA,The others stayed on.\n"
    found = items("t.csv", data)
    assert [i.part for i in found if isinstance(i, Told)] == ["3"]
    assert [i.name for i in found if isinstance(i, Problem)] == ["t.csv/2"]


def test_a_quotation_mark_never_closed_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    from pactwatch.documents.forms import csv as tables

    monkeypatch.setattr(tables, "_MOST_ROW", 5000)
    data = b'title,text\nA,The first accord was signed.\nB,"The second\n' + b"x,y\n" * 5000
    found = items("t.csv", data)
    assert [i.part for i in found if isinstance(i, Told)] == ["2"]
    assert isinstance(found[-1], Problem)
    assert "without end" in found[-1].fault


def test_stray_bytes_of_another_encoding_are_mended() -> None:
    data = "title,text\nA,“Zwölf Minister” unterzeichnen.\n".encode() + b"B,Caf\xe9 talks end.\n"
    assert [i.text for i in items("t.csv", data) if isinstance(i, Told)] == [
        "“Zwölf Minister” unterzeichnen.", "Café talks end."
    ]  # fmt: skip


def test_html_in_a_cell_is_a_page() -> None:
    rows = [["title", "html"], ["A", "<p>The ministers signed.</p><p>They left.</p>"]]
    (part,) = items("t.csv", written(rows).encode())
    assert isinstance(part, Part)
    assert (part.name, part.media_type, part.hints.title) == ("2", "text/html", "A")


def test_a_spreadsheet_of_texts() -> None:
    rows = [[], ["Title", "Text", "Date"], ["Accord signed", TEXT, datetime(2019, 5, 31)],
            ["", "", ""], ["Formula", "=HYPERLINK(1)", "x"]]  # fmt: skip
    found = items("book.xlsx", xlsx(Reports=rows))
    told = [item for item in found if isinstance(item, Told)]
    assert [item.part for item in told] == ["3", "5"]
    assert (told[0].text, told[0].published) == (TEXT, "2019-05-31")
    assert told[1].text == "stored result of words"


def test_sheets_are_named_and_one_of_numbers_is_told() -> None:
    texts: list[list[object]] = [["title", "text"], ["A", "The ministers signed it."]]
    found = items("book.xlsx", xlsx(One=texts, Two=texts, Sums=[["a", "b"], [1, 2]]))
    assert [i.part for i in found if isinstance(i, Told)] == ["One/2", "Two/2"]
    (problem,) = [i for i in found if isinstance(i, Problem)]
    assert "in one of its 3 sheets" in problem.fault


def test_a_spreadsheet_under_a_wrong_name_is_one() -> None:
    data = xlsx(A=[["title", "text"], ["A", "The ministers signed it."]])
    for name in ("a.txt", "a", "a.pdf", "a.csv"):
        assert [i.part for i in items(name, data) if isinstance(i, Told)] == ["2"]


def test_a_broken_spreadsheet_is_a_problem() -> None:
    data = xlsx(A=[["title", "text"], ["A", "The ministers signed it."]])
    broken = data.replace(b"<sheetData>", b"<sheetDada>")
    (read,) = items("a.xlsx", broken)
    assert isinstance(read, Problem)


cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


@generated(st.lists(st.tuples(cells, cells.filter(lambda c: any(map(str.isalpha, c))))))
def test_every_text_of_a_table_comes_out_to_the_letter(rows: list[tuple[str, str]]) -> None:
    data = written([["title", "text"], *map(list, rows)]).encode()
    found = [i for i in items("t.csv", data) if isinstance(i, (Told, Part))]
    texts = [i.text if isinstance(i, Told) else i.data.decode() for i in found]
    assert texts == [text.removeprefix("\ufeff") for _, text in rows]


@generated(st.binary(max_size=500), st.sampled_from([",", "\n", '"', "\t", "text", "url"]))
def test_any_bytes_are_a_table_or_a_problem(noise: bytes, word: str) -> None:
    for name in ("t.csv", "t.tsv"):
        for item in items(name, b"title,text,url\n" + noise.replace(b"\0", word.encode())):
            if isinstance(item, Told):
                item.text.encode("utf-8")
