"""PDFs: the text in reading order, the page of every sentence, what the properties say, and PDFs
that mean harm."""

from __future__ import annotations

import io
import shutil
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from pactwatch.documents.forming import read_form
from pactwatch.documents.forms import pdf
from pactwatch.documents.given import Given, Item, Options, Told
from pactwatch.documents.layout import Sheet, Word, lay_out
from pactwatch.documents.reading import Read, read_documents, read_sources
from pactwatch.documents.sources import list_sources
from pactwatch.model import Document, Problem

WIDTH, HEIGHT = A4
Draw = Callable[[Canvas], None]
PROSE = (
    "The ministers of both countries met in the capital on Monday and signed a memorandum of "
    "cooperation on border security. It provides for the training of customs officers and for an "
    "exchange of data between the two agencies. A joint commission will meet twice a year to "
    "review what has been done, and will publish a report on its findings each spring."
)
needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract is not installed"
)


def make(*pages: Draw, **options: Any) -> bytes:
    """A PDF with a page for each function that draws."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1, **options)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def wrap(text: str, width: float, font: str = "Times-Roman", size: float = 10) -> list[str]:
    """Lines of at most a width, as a typesetter breaks them without hyphens."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if stringWidth(longer, font, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def write(
    canvas: Canvas, x: float, y: float, lines: Sequence[str], size: float = 10, bold: bool = False
) -> float:
    """Draw lines downward from y, and tell where the next would stand."""
    canvas.setFont("Times-Bold" if bold else "Times-Roman", size)
    for line in lines:
        canvas.drawString(x, y, line)
        y -= 1.2 * size
    return y


def items(data: bytes, *, name: str = "report.pdf", ocr: bool = False) -> list[Item]:
    return read_form("pdf", Given(name=name, data=data, options=Options(ocr=ocr)))


def told(data: bytes, **options: Any) -> Told:
    (item,) = items(data, **options)
    assert isinstance(item, Told), item
    return item


def page_of(item: Told, words: str) -> str:
    """The label of the page on which words begin, where they stand last."""
    at = item.text.rindex(words)
    return next(s.label for s in item.sections if s.start <= at < s.end)


def test_paragraphs_are_rebuilt_from_lines() -> None:
    def draw(canvas: Canvas) -> None:
        y = write(canvas, 70, 780, ["Two states sign an accord"], size=18, bold=True)
        y = write(canvas, 70, y - 12, wrap(PROSE, 400))
        first, *rest = wrap("Nobody asked what it would cost. " + PROSE, 400)
        y = write(canvas, 82, y, [first])  # a paragraph that its indent alone tells
        write(canvas, 70, y, rest)

    item = told(make(draw))
    assert item.text.split("\n\n") == [
        "Two states sign an accord",
        PROSE,
        f"Nobody asked what it would cost. {PROSE}",
    ]
    assert item.title == "Two states sign an accord"
    assert item.metadata_from["title"] == "text"


@pytest.mark.parametrize("columns", [2, 3])
def test_columns_are_read_one_after_the_other(columns: int) -> None:
    gutter, left = 18.0, 50.0
    width = (WIDTH - 2 * left - (columns - 1) * gutter) / columns
    texts = [f"Column {n} begins here. {PROSE} {PROSE} Column {n} ends." for n in range(columns)]

    def draw(canvas: Canvas) -> None:
        write(canvas, left, 780, [f"Headline over all of the {columns} columns of it"], size=20)
        for n, text in enumerate(texts):
            write(canvas, left + n * (width + gutter), 740 - 3 * n, wrap(text, width))

    assert told(make(draw)).text.split("\n\n")[1:] == texts


def test_columns_drawn_line_by_line_are_read_column_by_column() -> None:
    left, right = wrap(PROSE, 220), wrap(PROSE.replace("Monday", "Friday"), 220)

    def draw(canvas: Canvas) -> None:
        for n, lines in enumerate(zip(left, right, strict=True)):
            write(canvas, 60, 700 - 12 * n, lines[:1])
            write(canvas, 310, 700 - 12 * n, lines[1:])

    assert told(make(draw)).text == f"{PROSE} {PROSE.replace('Monday', 'Friday')}".replace(
        "spring. The", "spring.\n\nThe"
    )


def test_a_paragraph_runs_on_in_the_next_column() -> None:
    lines = wrap(PROSE, 220)

    def draw(canvas: Canvas) -> None:
        write(canvas, 60, 700, wrap(f"First. {PROSE}", 220) + lines[:3])
        write(canvas, 310, 700, lines[3:] + wrap(f"Then. {PROSE}", 220))

    assert PROSE in told(make(draw)).text


def test_a_word_cut_by_a_hyphen_is_joined_and_a_compound_keeps_it() -> None:
    def draw(canvas: Canvas) -> None:
        write(
            canvas,
            70,
            700,
            [
                "The two states have signed a memorandum of cooper-",
                "ation that was drafted by a well-known lawyer. A well-",
                "known bank will pay for the police-training pro-",
                "gramme, which is the first in a series of police-",
                "training courses. Trade across the Pacific, or Trans-",
                "Pacific trade, is left out, and so is the year 2019-",
                "20, for which there was no agree-",
                "ment.",
            ],
        )

    text = told(make(draw)).text
    for words in (
        "memorandum of cooperation that",
        "A well-known bank",
        "police-training programme",
        "series of police-training courses",
        "Trans-Pacific trade",
        "2019-20",
        "no agreement.",
    ):
        assert words in text


def test_running_heads_and_page_numbers_are_no_part_of_the_text() -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, 70, 800, ["Lakeside Institute · Report on Borders"], size=8)
            write(canvas, 70, 720, wrap(f"Chapter {number} begins. {PROSE}", 400))
            write(canvas, 70, 40, [f"Confidential draft {number}"], size=8)
            write(canvas, 290, 25, [str(number + 4)], size=8)

        return draw

    text = told(make(*map(page, range(1, 6)))).text
    assert text.count("Lakeside Institute") == 1, "the first page's stays, as its letterhead"
    assert "Confidential" not in text
    assert [text.count(f"Chapter {n} begins") for n in range(1, 6)] == [1] * 5
    assert not any(line.strip().isdigit() for line in text.splitlines())


def test_what_runs_in_the_margin_is_left_out_and_the_words_of_a_form_stay() -> None:
    labels = ["Name of the party", "Seat of the party", "Sum that it pays", "Day of payment"]

    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, 480, 500, ["Accord of Ports"], size=8)
            write(canvas, 70, 720, wrap(f"Chapter {number} begins. {PROSE}", 380))

        return draw

    def form(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            for n, label in enumerate(labels):
                write(canvas, 70, 600 - 40 * n, [label])
                write(canvas, 300, 600 - 40 * n, [f"{number} of {n} and more of it"])

        return draw

    assert "Accord of Ports" not in told(make(*map(page, range(1, 6)))).text
    text = told(make(*map(form, range(1, 6)))).text
    assert [text.count(label) for label in labels] == [5] * 4


def test_a_sentence_over_two_pages_is_whole_and_each_half_leads_to_its_page() -> None:
    lines = wrap(PROSE, 400)

    def first(canvas: Canvas) -> None:
        write(canvas, 70, 300, [*wrap(f"Before. {PROSE}", 400), *lines[:2]])
        write(canvas, 290, 30, ["1"])

    def second(canvas: Canvas) -> None:
        write(canvas, 70, 780, lines[2:])
        write(canvas, 290, 30, ["2"])

    item = told(make(first, second))
    assert PROSE in item.text
    assert page_of(item, PROSE) == "1"
    assert page_of(item, lines[2]) == "2"
    border = item.sections[0].end
    assert item.text[:border].endswith(f"{lines[1]} ")
    assert item.text[border:].startswith(lines[2])


def test_a_hyphen_at_a_page_s_end_is_mended_at_the_right_character() -> None:
    item = told(
        make(
            lambda c: write(c, 70, 300, ["Both governments have promised in a memoran-"]),
            lambda c: write(c, 70, 780, ["dum to train two hundred officers of the border guard."]),
        )
    )
    assert "in a memorandum to train" in item.text
    assert item.text[: item.sections[0].end].endswith("memoran")


def test_a_note_stands_after_the_paragraph_that_runs_over_its_page() -> None:
    lines = wrap(PROSE, 400)

    def first(canvas: Canvas) -> None:
        y = write(canvas, 70, 300, [*wrap(PROSE, 400), *lines[:2]])
        canvas.setFont("Times-Roman", 6)
        canvas.drawString(70 + stringWidth(lines[1], "Times-Roman", 10), y + 28, "1")
        write(canvas, 70, 80, ["1 See the report of the Watershed Institute, p. 12."], size=7.5)

    item = told(make(first, lambda c: write(c, 70, 780, lines[2:])))
    assert item.text.split("\n\n")[-2:] == [
        PROSE,
        "1 See the report of the Watershed Institute, p. 12.",
    ]
    assert page_of(item, "1 See the report") == "1"
    assert page_of(item, lines[-1]) == "2"


def test_a_raised_mark_does_not_make_a_sum_greater() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(70, 700, "The bank will lend $500")
        x = 70 + stringWidth("The bank will lend $500", "Times-Roman", 10)
        canvas.setFont("Times-Roman", 6)
        canvas.drawString(x, 704, "3")
        write(canvas, x + 4, 700, ["to the two ministries of the interior, it said."])

    text = told(make(draw)).text
    assert "5003" not in text
    assert "$500³" in text


def test_tables_have_a_line_for_each_row() -> None:
    rows = [("Year", "Officers", "Cost"), ("2019", "89", "$1.2 million"), ("2020", "120", "$2")]

    def draw(canvas: Canvas) -> None:
        y = write(canvas, 70, 750, wrap(PROSE, 400)) - 20
        for row in rows:
            for x, cell in zip((70, 200, 320), row, strict=True):
                write(canvas, x, y, [cell])
            y -= 14
        write(canvas, 70, y - 20, wrap(PROSE, 400))

    table = "\n".join("\t".join(row) for row in rows)
    assert told(make(draw)).text == f"{PROSE}\n\n{table}\n\n{PROSE}"


def test_items_of_a_list_are_paragraphs_of_their_own() -> None:
    def draw(canvas: Canvas) -> None:
        y = write(canvas, 70, 750, ["The parties will"])
        for mark, words in (("(a)", PROSE), ("(b)", "share data.")):
            write(canvas, 70, y, [mark])
            y = write(canvas, 90, y, wrap(words, 380))

    assert told(make(draw)).text == f"The parties will\n\n(a) {PROSE}\n\n(b) share data."


def test_ligatures_odd_blanks_and_invisible_characters_are_made_plain() -> None:
    words = [
        Word("o\ufb03cers", 50, 90, 100, 10),
        Word("\u200bof", 93, 100, 100, 10),
        Word("\u00adbor\u00adder", 104, 130, 100, 10),
    ]
    from pactwatch.documents.forms.pdf_words import _tidy

    tidy = [word._replace(text=_tidy(word.text)) for word in words]
    assert lay_out([Sheet(label="1", width=600, height=800, words=tidy)]).text == (
        "officers of border"
    )


def test_letters_set_apart_for_show_are_one_word() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 14)
        for n, letter in enumerate("MEDIA RELEASE"):
            if letter != " ":
                canvas.drawString(70 + 20 * n, 750, letter)
        write(canvas, 70, 700, wrap(PROSE, 400))

    assert told(make(draw)).text.startswith("MEDIA RELEASE\n\n")


def test_a_turned_page_is_read_upright() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rotate(90)
        write(canvas, 70, -100, wrap(PROSE, 400))

    assert told(make(draw)).text == PROSE


def test_pages_bear_the_labels_that_the_pdf_gives_them() -> None:
    def draw(canvas: Canvas) -> None:
        number = canvas.getPageNumber()
        canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
        canvas.addPageLabel(2, style="ARABIC", start=7)
        write(canvas, 70, 700, [f"This is sheet {number}, as it was printed."])

    item = told(make(draw, draw, draw))
    assert [section.label for section in item.sections] == ["i", "ii", "7"]
    assert page_of(item, "This is sheet 3") == "7"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Report on the border guard", "Report on the border guard"),
        ("Microsoft Word - final_v2.doc", "The printed headline"),
        ("untitled", "The printed headline"),
        ("", "The printed headline"),
        ("report", "The printed headline"),
    ],
)
def test_a_title_that_a_program_made_up_is_not_believed(title: str, expected: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setTitle(title)
        canvas.setAuthor("Administrator")
        write(canvas, 70, 780, ["The printed headline"], size=18)
        write(canvas, 70, 720, wrap(PROSE, 400))

    item = told(make(draw))
    assert item.title == expected
    assert item.authors == ()


def test_properties_are_read(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setTitle("Report on the border guard")
        canvas.setAuthor("Jane Doe; John Roe")
        write(canvas, 70, 720, wrap(PROSE, 400))

    (tmp_path / "guard.pdf").write_bytes(make(draw, lang="en-GB"))
    (read,) = read_documents(tmp_path / "guard.pdf")
    assert isinstance(read, Document), read
    assert (read.title, read.authors) == ("Report on the border guard", ("Jane Doe", "John Roe"))
    assert (read.published, read.metadata_from["published"]) == ("2000-01-01", "properties")
    assert read.modified == "2000-01-01"
    assert read.media_type == "application/pdf"
    assert [(s.kind, s.label, s.start, s.end) for s in read.sections] == [
        ("page", "1", 0, len(read.text))
    ]


def test_the_day_of_making_loses_against_a_date_in_the_head_and_in_the_name(tmp_path: Path) -> None:
    def dated(canvas: Canvas) -> None:
        write(canvas, 70, 780, ["27 May 2019"])
        write(canvas, 70, 720, wrap(PROSE, 400))

    (tmp_path / "dated.pdf").write_bytes(make(dated))
    undated = make(lambda c: write(c, 70, 720, wrap(PROSE, 400)))
    (tmp_path / "2018-03-02-undated.pdf").write_bytes(undated)
    reads = [d for d in read_documents(tmp_path) if isinstance(d, Document)]
    assert [(d.published, d.metadata_from["published"]) for d in reads] == [
        ("2018-03-02", "file name"),
        ("2019-05-27", "dateline"),
    ]


def test_a_byline_counts_more_than_the_typist() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setAuthor("Sam Typist")
        write(canvas, 70, 780, ["An accord is signed"], size=18)
        write(canvas, 70, 750, ["By Jane Doe"])
        write(canvas, 70, 720, wrap(PROSE, 400))

    item = told(make(draw))
    assert (item.authors, item.metadata_from["authors"]) == (("Jane Doe",), "text")


def test_a_locked_pdf_is_a_problem_and_one_locked_against_printing_only_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 70, 720, wrap(PROSE, 400))

    (item,) = items(make(draw, encrypt=StandardEncryption("secret")))
    assert item == Problem(
        name="report.pdf",
        fault="locked with a password",
        next_step="Open it with the password, and save it without",
    )
    free = make(draw, encrypt=StandardEncryption("", ownerPassword="secret", canPrint=0))
    assert told(free).text == PROSE


def picture_of(words: Sequence[str]) -> Any:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", (1240, 1754), 255)
    for n, line in enumerate(words):
        ImageDraw.Draw(image).text(
            (100, 150 + 50 * n), line, fill=0, font=ImageFont.load_default(32)
        )
    return image


def scanned(words: Sequence[str]) -> Draw:
    from reportlab.lib.utils import ImageReader

    image = ImageReader(picture_of(words))
    return lambda canvas: canvas.drawImage(image, 0, 0, WIDTH, HEIGHT)


def test_a_scan_is_a_problem_that_tells_what_to_do() -> None:
    (item,) = items(make(scanned(["Nobody can read this."]), scanned(["Nor this."])))
    assert isinstance(item, Problem)
    assert item.fault == "all 2 pages are pictures without text"
    assert "pactwatch[ocr]" in item.next_step


def test_of_a_pdf_scanned_in_part_the_text_is_read_and_the_rest_is_told() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 70, 720, wrap(PROSE, 400))

    text, problem = items(make(draw, scanned(["One."]), draw, scanned(["Two."]), scanned(["3."])))
    assert isinstance(text, Told)
    assert [section.label for section in text.sections] == ["1", "3"]
    assert isinstance(problem, Problem)
    assert problem.fault == "pages 2, 4–5 are pictures without text"


@needs_tesseract
def test_a_scan_is_read_by_character_recognition() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 70, 720, wrap(PROSE, 400))

    lines = wrap(PROSE.replace("Monday", "Friday"), 1000, size=32)
    item = told(make(draw, scanned(lines)), ocr=True)
    assert page_of(item, "met in the capital on Friday") == "2"
    assert PROSE.replace("Monday", "Friday") in item.text


def test_documents_attached_are_parts(tmp_path: Path) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(make(lambda c: write(c, 70, 720, wrap(PROSE, 400))))
    for name, data in (("annex.txt", PROSE.encode()), ("job.joboptions", b"<<>>")):
        document.new_attachment(name).set_data(data)
    document.save(tmp_path / "with.pdf")
    document.close()
    reads = [d.name for d in read_documents(tmp_path / "with.pdf")]
    assert reads == ["with.pdf", "with.pdf/annex.txt"]


WORDS = st.lists(
    st.builds(
        Word,
        text=st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C"]), min_size=1).map(
            lambda words: "".join(words.split()) or "x"
        ),
        x0=st.integers(0, 500),
        x1=st.integers(500, 600),
        y=st.integers(-10, 900),
        size=st.sampled_from([6, 10, 20]),
        bold=st.booleans(),
        raised=st.just(False),
    ),
    max_size=25,
)
SHEETS = st.lists(
    st.builds(Sheet, label=st.just(""), width=st.just(600.0), height=st.just(800.0), words=WORDS),
    max_size=5,
)


@settings(deadline=None)
@given(SHEETS)
def test_sections_cover_the_text_in_order_without_overlap(sheets: list[Sheet]) -> None:
    numbered = [
        Sheet(label=str(n), width=s.width, height=s.height, words=s.words)
        for n, s in enumerate(sheets)
    ]
    laid = lay_out(numbered)
    at = 0
    for section in laid.sections:
        assert section.start == at < section.end
        at = section.end
    assert at == len(laid.text)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(PROSE.split()), min_size=120, max_size=400), st.integers(6, 14))
def test_whatever_is_set_comes_back_word_for_word_with_its_page(
    words: list[str], size: int
) -> None:
    style = ParagraphStyle("body", fontName="Times-Roman", fontSize=size, leading=1.2 * size)
    file = io.BytesIO()
    pagesize = (300, 250)  # so that there are many pages
    SimpleDocTemplate(file, pagesize=pagesize, invariant=1).build(
        [Paragraph(" ".join(words), style)]
    )
    item = told(file.getvalue())
    assert item.text.split() == words
    assert item.sections[0].start == 0
    assert item.sections[-1].end == len(item.text)


def objects(*bodies: bytes, root: int = 1) -> bytes:
    """A PDF written by hand from the bodies of its objects."""
    data, places = b"%PDF-1.5\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(bodies) + 1
    return b"%bxref\n0 %d\n0000000000 65535 f \n%b" % (
        data,
        size,
        table,
    ) + b"trailer <</Size %d /Root %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, root, len(data))


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(data), extra, data)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
FONT = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"


def one_page(content: bytes, box: bytes = b"[0 0 600 800]", *more: bytes) -> bytes:
    return objects(
        CATALOG,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox%b/Resources%b/Contents 4 0 R>>" % (box, FONT),
        content,
        *more,
    )


SAID = b"BT /F 12 Tf 50 700 Td (The accord was signed in the capital on Monday.) Tj ET\n"
BOMB = zlib.compress(zlib.compress(SAID + b" " * 100_000_000))
LOOPS = b"q " * 200_000 + SAID
HOSTILE = {
    "endless-box": one_page(stream(SAID), b"[0 0 1e30 1e30]"),
    "no-box": one_page(stream(SAID), b"[0 0 0 0]"),
    "turned-box": one_page(stream(SAID), b"[600 800 0 0]"),
    "negative-box": one_page(stream(SAID), b"[-1e9 -1e9 1e9 1e9]"),
    "pages-in-a-circle": objects(
        CATALOG, b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>", b"<</Type/Pages/Kids[2 0 R]>>"
    ),
    "a-billion-pages": objects(CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1000000000>>"),
    "pages-less-than-none": objects(CATALOG, b"<</Type/Pages/Kids[]/Count -5>>"),
    "parents-in-a-circle": objects(
        CATALOG,
        b"<</Type/Pages/Kids[3 0 R]/Count 1/Parent 2 0 R>>",
        b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        stream(SAID),
    ),
    "bomb": one_page(stream(BOMB, b"/Filter[/FlateDecode/FlateDecode]")),
    "a-hundred-filters": one_page(stream(SAID, b"/Filter[" + b"/FlateDecode" * 100 + b"]")),
    "deep-states": one_page(stream(LOOPS)),
    "deep-array": one_page(stream(b"[" * 500_000 + b"]" * 500_000)),
    "form-in-itself": objects(
        CATALOG,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</XObject<</X 5 0 R>>>>>>",
        stream(b"/X Do"),
        stream(
            b"/X Do",
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>",
        ),
    ),
    "length-too-great": one_page(b"<</Length 99999999999>>stream\n" + SAID + b"endstream"),
    "contents-of-itself": one_page(b"4 0 R"),
    "no-root": objects(b"<<>>", root=9),
    "xref-in-a-circle": b"%PDF-1.5\nxref\n0 0\ntrailer <</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF",
    "head-only": b"%PDF-1.7\n",
    "noise": b"%PDF-1.4\n" + bytes(range(256)) * 40,
    "nulls": b"%PDF-1.4\n" + bytes(100_000),
    "many-letters": one_page(stream(b"BT /F 1 Tf 0 0 Td " + b"(abcdefghij) Tj " * 60_000 + b" ET")),
    "scattered-letters": one_page(
        stream(
            b"BT /F 1 Tf "
            + b"".join(
                b"1 0 0 1 %d %d Tm (w) Tj " % (n * 7 % 600, n * 13 % 800) for n in range(30_000)
            )
            + b" ET"
        )
    ),
}


def test_hostile_pdfs_cost_themselves_only(tmp_path: Path) -> None:
    for name, data in HOSTILE.items():
        (tmp_path / f"{name}.pdf").write_bytes(data)
    good = make(lambda c: write(c, 70, 720, wrap(PROSE, 400)))
    for cut in range(1, 10):
        (tmp_path / f"cut-{cut}.pdf").write_bytes(good[: len(good) * cut // 10])
    (tmp_path / "zz-good.pdf").write_bytes(good)
    outcomes: dict[str, list[object]] = {}
    for source, outcome in read_sources(list_sources(tmp_path), Options()):
        outcomes.setdefault(source.name, []).append(outcome)
    assert len(outcomes) == len(HOSTILE) + 10
    last = outcomes["zz-good.pdf"][0]
    assert isinstance(last, Read)
    assert last.document.text == PROSE
    for name, found in outcomes.items():
        assert found[-1] is None, name
        for one in found[:-1]:
            assert isinstance(one, Read | Problem), name
            if isinstance(one, Problem):
                assert one.fault, name
                assert one.next_step, name


def test_of_a_pdf_with_too_many_pages_the_first_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    page: Draw = lambda canvas: write(  # noqa: E731
        canvas, 70, 720, [f"This is page {canvas.getPageNumber()} of it."]
    )
    text, problem = items(make(page, page, page))
    assert isinstance(text, Told)
    assert [section.label for section in text.sections] == ["1", "2"]
    assert isinstance(problem, Problem)
    assert problem.fault == "3 pages; only the first 2 were read"
