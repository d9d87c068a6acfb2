"""The named lines at the head of a text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.documents import read_documents
from pactwatch.documents.headblock import find_head_block
from pactwatch.model import Document

BODY = (
    "The ministers of Ghana and Togo signed an accord in Accra on Monday, both ministries said.\n"
)
HEAD = """Title: Ghana and Togo sign a border accord
Publisher: The Accra Courier
Date: 12 May 2021
By Ama Boateng and Kofi Adu
Section: World
Source: https://courier.example/accord

"""


def document(path: Path) -> Document:
    (found,) = read_documents(path)
    assert isinstance(found, Document)
    return found


@pytest.mark.parametrize("name", ["report.txt", "report.md"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_named_lines_tell_of_the_text_and_stay_in_it(
    name: str, newline: str, tmp_path: Path
) -> None:
    text = (HEAD + BODY).replace("\n", newline)
    (tmp_path / name).write_bytes(text.encode())
    read = document(tmp_path / name)
    assert read.text == text
    assert read.title == "Ghana and Togo sign a border accord"
    assert read.publisher == "The Accra Courier"
    assert read.authors == ("Ama Boateng", "Kofi Adu")
    assert read.published == "2021-05-12"
    assert read.address == "https://courier.example/accord"
    fields = ("title", "publisher", "authors", "published", "address")
    assert {read.metadata_from[field] for field in fields} == {"head lines"}
    (block,) = read.furniture  # from which nothing is found
    assert text[block.start : block.end].startswith("Title: ")
    assert text[block.start : block.end].endswith("courier.example/accord")
    assert text[block.end :].strip() == BODY.strip()


def test_the_headline_below_the_lines_is_the_title(tmp_path: Path) -> None:
    words = f"**Publisher:** The Accra Courier\n**Date:** 2021-05-12\n\nAccord is signed\n\n{BODY}"
    (tmp_path / "a.md").write_text(words, encoding="utf-8")
    read = document(tmp_path / "a.md")
    assert (read.title, read.metadata_from["title"]) == ("Accord is signed", "text")
    assert (read.publisher, read.published) == ("The Accra Courier", "2021-05-12")


def test_a_source_is_the_publisher_where_none_is_named() -> None:
    block = find_head_block(f"Source: The Accra Courier\nDate: May 2021\n\n{BODY}")
    assert block is not None
    assert (block.publisher, block.published, block.address) == (
        "The Accra Courier",
        "2021-05",
        None,
    )


@pytest.mark.parametrize("head", [
    "Date: 12 May 2021\n\n",  # one line is no block
    "Publisher: The Accra Courier\nDate: 12 May 2021\n",  # no blank line before the text
    "Publisher: The Accra Courier\nMinister: We signed it.\nDate: 12 May 2021\n\n",
    "The accord is signed.\nPublisher: The Accra Courier\nDate: 12 May 2021\n\n",
    "Question: Who paid?\nAnswer: Both states did.\n\n",
    "By Ama Boateng\nBy the end of May it was signed.\n\n",
])  # fmt: skip
def test_anything_else_at_the_head_is_text(head: str) -> None:
    assert find_head_block(head + BODY) is None


def test_a_head_without_a_text_is_the_text() -> None:
    assert find_head_block(HEAD) is None


NAMED = st.sampled_from(
    ["Title", "date", "SOURCE", "By", "Author", "Section", "Minister", "**Date"]
)
LINES = st.tuples(NAMED, st.sampled_from([": ", " ", ":** ", ":"]), st.text(max_size=20)).map(
    "".join
)


@given(st.lists(LINES, max_size=6), st.sampled_from(["\n", "\r\n", "\r"]), st.text(max_size=40))
def test_any_text_is_read(lines: list[str], newline: str, rest: str) -> None:
    text = newline.join([*lines, "", rest])
    block = find_head_block(text)
    if block is not None:
        assert 0 == block.span.start < block.span.end <= len(text)
        assert text[block.span.end :].strip()
