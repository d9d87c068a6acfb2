from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.model import Document, Quote, Section
from pactwatch.report.words import (
    clean,
    count,
    date_bounds,
    date_words,
    one_line,
    place_words,
    shorten,
)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2019-05-27", "27 May 2019"),
        ("2019-05", "May 2019"),
        ("2019", "2019"),
        ("2019-05-27/2019-05-29", "27 to 29 May 2019"),
        ("2019-05-27/2019-06-02", "27 May to 2 June 2019"),
        ("2018-12-30/2019-01-02", "30 December 2018 to 2 January 2019"),
        ("2019-05/2019-06", "May to June 2019"),
        ("2019-05-27/2019-05-27", "27 May 2019"),
        ("the spring", "the spring"),
        (None, ""),
    ],
)
def test_dates_are_told_at_the_precision_they_have(value: str | None, words: str) -> None:
    assert date_words(value) == words


def test_a_month_has_bounds_and_no_day() -> None:
    assert date_bounds("2020-02") == (date(2020, 2, 1), date(2020, 2, 29))
    assert date_bounds("2019-02-30") is None
    assert date_bounds("2020/2019") is None


@given(st.text())
def test_clean_text_drives_no_terminal_and_loses_no_letter(text: str) -> None:
    cleaned = clean(text)
    assert not any(c < " " and c not in "\n\t" for c in cleaned)
    assert not set(cleaned) & set("\x1b\x7f\x9b\u202a\u202e\u2066\u2069\u200f\u061c")
    assert [c for c in text if c.isalnum()] == [c for c in cleaned if c.isalnum()]
    cleaned.encode()
    assert clean(cleaned) == cleaned


@given(st.text(), st.integers(4, 40))
def test_shortened_text_fits_and_says_that_it_is_cut(text: str, width: int) -> None:
    short = shorten(text, width)
    assert len(short) <= width
    assert short == one_line(text) or short.endswith("…")


def test_counts_have_the_right_number() -> None:
    assert (count(1, "account"), count(2, "country"), count(1200, "agreement")) == (
        "1 account",
        "2 countries",
        "1,200 agreements",
    )


def in_sections(kind: str, *labels: str) -> Document:
    """A document of ten characters a section."""
    sections = tuple(
        Section(start=10 * n, end=10 * n + 10, kind=kind, label=label)
        for n, label in enumerate(labels)
    )
    return Document(id="d", name="d", text="x" * 10 * len(labels), sections=sections)


@pytest.mark.parametrize(
    ("document", "start", "end", "words"),
    [
        (in_sections("page", "i", "ii", "1"), 10, 20, "p. ii"),
        (in_sections("page", "i", "ii", "1"), 19, 21, "pp. ii–1"),
        (in_sections("page", "1", "2", "3"), 5, 30, "pp. 1–3"),
        (in_sections("page", "1", "1"), 5, 15, "p. 1"),
        (in_sections("chapter", "The accord", "Chapter 2"), 3, 4, "chapter The accord"),
        (in_sections("chapter", "The accord", "Chapter 2"), 13, 14, "Chapter 2"),
        (in_sections("chapter", "Ports", "Roads"), 3, 14, "chapters Ports and Roads"),
        (in_sections("row", "7", "8"), 10, 11, "row 8"),
        (Document(id="d", name="d", text="x" * 20), 3, 4, ""),
    ],
)
def test_a_quotation_names_its_page(document: Document, start: int, end: int, words: str) -> None:
    assert place_words(document, Quote.cut(document, start, end)) == words


def test_a_quotation_between_sections_names_none() -> None:
    section = Section(start=0, end=5, kind="page", label="1")
    document = Document(id="d", name="d", text="x" * 20, sections=(section,))
    assert place_words(document, Quote.cut(document, 8, 9)) == ""
