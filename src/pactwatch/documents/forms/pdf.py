"""A PDF as a document: its text in reading order with its pages, and what its properties say.

Comes in: the bytes of a PDF. Goes out: a `Told` whose sections are the pages; files attached to it
as `Part`; and a `Problem` that names the pages that are pictures, unless they are to be read by
character recognition. Nothing of it is run, and nothing that it names is opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pactwatch.documents.forms.optical import DOTS, INSTALL, MOST_PIXELS, recognise_words
from pactwatch.documents.forms.properties import Properties, tidy_author, tidy_title
from pactwatch.documents.given import Given, Item, Part, Told
from pactwatch.documents.layout import Sheet, lay_out
from pactwatch.documents.limits import MOST_BYTES, MOST_CHARACTERS, MOST_PAGES
from pactwatch.documents.metadata import find_byline
from pactwatch.errors import DocumentError
from pactwatch.model import Problem

__all__ = ["read"]

_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")
_MOST_ATTACHED = 200
_ATTACHED = (".pdf", ".docx", ".odt", ".rtf", ".txt", ".html", ".xlsx", ".csv", ".eml", ".zip")


def read(given: Given) -> Iterator[Item]:
    """Read a PDF.

    Raises:
        DocumentError: it is locked, broken, or none of its pages has text.
    """
    pdf = _open(given)
    try:
        yield from _read(given, pdf)
    finally:
        pdf.close()


def _open(given: Given) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(given.read())
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise DocumentError(
                given.name,
                "locked with a password",
                "Open it with the password, and save it without",
            ) from error
        raise DocumentError(
            given.name, "a broken PDF", "Open it in a viewer, and save or print it to a new PDF"
        ) from error


def _read(given: Given, pdf: Any) -> Iterator[Item]:
    count = len(pdf)
    sheets, problems = _sheets(given, pdf, min(count, MOST_PAGES))
    laid = lay_out(sheets)
    if not laid.text.strip():
        if not problems:
            raise DocumentError(given.name, "no words on its pages", "Look into it, or remove it")
    else:
        told = _properties(pdf)
        byline = find_byline(laid.text)
        title = tidy_title(told.title, given.name)
        yield Told(
            text=laid.text,
            media_type="application/pdf",
            title=title or laid.headline,
            authors=byline or told.authors,
            created=told.created,
            modified=told.modified,
            language=told.language,
            place="properties",
            metadata_from={
                **({} if title or not laid.headline else {"title": "text"}),
                **({"authors": "text"} if byline else {}),
            },
            sections=laid.sections,
        )
    yield from _attached(pdf)
    if count > MOST_PAGES:
        fault = f"{count:,} pages; only the first {MOST_PAGES:,} were read"
        problems.append(Problem(name=given.name, fault=fault, next_step="Split it"))
    yield from problems


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong with a page, or with several, and what to do."""

    one: str
    many: str
    step: str


_BROKEN = _Fault("is broken", "are broken", "Open it in a viewer, and print it to a new PDF")
_LONG = _Fault("is too long to be read whole", "are too long to be read whole",
               "Save it as plain text")  # fmt: skip
_UNREAD = {
    "scan": _Fault("is a picture without text", "are pictures without text", INSTALL),
    "letters": _Fault("has letters whose meaning it does not tell",
                      "have letters whose meaning it does not tell", INSTALL),
}  # fmt: skip


def _sheets(given: Given, pdf: Any, count: int) -> tuple[list[Sheet], list[Problem]]:
    """The pages as read, and what is wrong with some."""
    import pypdfium2

    from pactwatch.documents.forms.pdf_words import read_page

    sheets: list[Sheet] = []
    faults: dict[_Fault, list[str]] = {}
    characters = 0
    for at in range(count):
        label = _label(pdf, at)
        try:
            page = pdf[at]
        except pypdfium2.PdfiumError:
            faults.setdefault(_BROKEN, []).append(label)
            continue
        try:
            found = read_page(page, label)
            sheet = found.sheet
            if found.fault in _UNREAD:
                sheet = Sheet(label=label, width=sheet.width, height=sheet.height, words=())
                fault: _Fault | None = _UNREAD[found.fault]
                if given.options.ocr:
                    sheet, fault = _recognised(given, page, sheet)
            else:
                fault = _LONG if found.fault else None
        finally:
            page.close()
        if fault:
            faults.setdefault(fault, []).append(label)
        sheets.append(sheet)
        characters += sum(len(word.text) for word in sheet.words)
        if characters > MOST_CHARACTERS:
            raise DocumentError(given.name, "too much text", "Split it into documents")
    problems = [
        Problem(
            name=given.name,
            fault=f"{_named(labels, count)} {fault.one if len(labels) == 1 else fault.many}",
            next_step=fault.step,
        )
        for fault, labels in faults.items()
    ]
    return sheets, problems


def _named(labels: list[str], count: int) -> str:
    """ "page 3", "pages 1–4, 7", "all 12 pages"."""
    if len(labels) == count:
        return "its only page" if count == 1 else f"all {count} pages"
    if len(labels) == 1:
        return f"page {labels[0]}"
    runs: list[list[str]] = []
    for label in labels:
        last = runs[-1][-1] if runs else ""
        if last.isdecimal() and label.isdecimal() and int(label) == int(last) + 1:
            runs[-1].append(label)
        else:
            runs.append([label])
    named = [run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    more = f" and {len(named) - 20} more" if len(named) > 20 else ""
    return f"pages {', '.join(named[:20])}{more}"


def _label(pdf: Any, at: int) -> str:
    label = " ".join(str(pdf.get_page_label(at) or "").split())[:40]
    return label or str(at + 1)


def _recognised(given: Given, page: Any, sheet: Sheet) -> tuple[Sheet, _Fault | None]:
    """A page read by character recognition, or as it was, with what is in the way."""
    width, height = page.get_size()
    scale = min(DOTS / 72, (MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    image = page.render(scale=scale, grayscale=True).to_pil()
    try:
        return recognise_words(given.name, image, scale=scale, label=sheet.label), None
    except DocumentError as error:
        words = f"can't be recognised: {error.fault}"
        return sheet, _Fault(words, words, error.next_step)


def _properties(pdf: Any) -> Properties:
    from pypdfium2 import raw

    told = pdf.get_metadata_dict(skip_empty=True)
    language = _language(raw, pdf)
    return Properties(
        title=told.get("Title"),
        authors=tidy_author(told.get("Author")),
        created=_date(told.get("CreationDate")),
        modified=_date(told.get("ModDate")),
        language=language,
    )


def _language(raw: Any, pdf: Any) -> str | None:
    import ctypes

    length = raw.FPDFCatalog_GetLanguage(pdf, None, 0)
    if not 2 < length < 100:
        return None
    buffer = (ctypes.c_ushort * length)()
    raw.FPDFCatalog_GetLanguage(pdf, buffer, length)
    return bytes(buffer)[: length - 2].decode("utf-16-le", "replace")


def _date(words: str | None) -> str | None:
    """A PDF's date, "D:20190528103000+02'00'", as ISO 8601."""
    from pactwatch.documents.dates import parse_date

    match = _DATE.match(words or "")
    return parse_date("-".join(filter(None, match.groups()))) if match else None


def _attached(pdf: Any) -> Iterator[Item]:
    """Documents attached to it; other files that PDFs carry (job settings, invoices as data) are
    none."""
    import pypdfium2

    for at in range(min(pdf.count_attachments(), _MOST_ATTACHED)):
        try:
            attached = pdf.get_attachment(at)
            name = attached.get_name()
            if name.lower().endswith(_ATTACHED):
                data = bytes(attached.get_data())
                if 0 < len(data) <= MOST_BYTES:
                    yield Part(name=name, data=data)
        except pypdfium2.PdfiumError as error:
            yield Problem(name=f"attachment {at + 1}", fault=f"broken ({error})",
                          next_step="Save it from a viewer")  # fmt: skip
