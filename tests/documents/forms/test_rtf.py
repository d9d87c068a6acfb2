"""Rich text files: letters in every encoding, what is text and what is not, the info group."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.documents.forming import read_form
from pactwatch.documents.given import Given, Told
from pactwatch.documents.reading import read_documents
from pactwatch.model import Document, Problem

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0"
    r"{\fonttbl{\f0 Times;}{\f1\fcharset204 Times;}{\f2\fcharset128 M;}}"
)


def text_of(body: str, head: str = HEAD) -> str:
    data = f"{head}{body}}}".encode("latin-1")
    (item,) = read_form("rtf", Given(name="report.rtf", data=data))
    assert isinstance(item, Told), item
    return item.text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"caf\'e9 \ldblquote so\rdblquote\emdash\~no", "café “so”— no"),
        (r"\u8364?5 and \uc2\u8364 EU6 \uc0\u8364 7", "€5 and €6 €7"),
        (r"\u-10179?\u-9216? here", "🐀 here"),
        (r"{\f1 \'cc\'ee\'f1\'ea\'e2\'e0} is {\f2 \'93\'fa\'96\'7b}", "Москва is 日本"),
        (r"a\-b\_c \{d\} \\e", "ab-c {d} \\e"),
        (r"{\b Bold} and {\i \ul both}", "Bold and both"),
        ("one\r\nword\\\nnext", "oneword\n\nnext"),
    ],
)
def test_letters_are_what_they_stand_for(body: str, expected: str) -> None:
    assert text_of(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"They sent {\deleted ninety}{\revised eighty} agents{\v  perhaps}.",
         "They sent eighty agents."),
        (r"{\header Confidential\par}{\footer Page 1}Text.", "Text."),
        (r"See {\field{\*\fldinst HYPERLINK "
         r'"https://example.org"}{\fldrslt the accord}} here.', "See the accord here."),
        (r"A{\*\unknown secret}B{\pict\wmetafile8 0102}{\*\bkmkstart x}C", "ABC"),
        (r"A{\pict\bin4 {{}}}B", "AB"),
        (r"{\upr{A?}{\*\ud{\u256?}}}", "Ā"),
        (r"Signed{\super\chftn}{\footnote\pard {\super\chftn} See below.\par} today.\par Paid.",
         "Signed today.\n\nSee below.\n\nPaid."),
        (r"{\listtext 1.\tab}Money\par{\listtext 2.\tab}Men", "1. Money\n\n2. Men"),
        (r"Before.\par\trowd\intbl Year\cell Officers\cell\row\trowd\intbl 2019\cell 89\par all"
         r"\cell\row\pard After.", "Before.\n\nYear\tOfficers\n2019\t89 all\n\nAfter."),
        (r"A{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt In a box.\par}} line.", "A line.\n\nIn a box."),
    ],
)  # fmt: skip
def test_what_is_text_is_read_and_what_is_not_is_left_out(body: str, expected: str) -> None:
    assert text_of(body) == expected


def test_the_info_group_is_read(tmp_path: Path) -> None:
    info = (
        r"{\info{\title The accord}{\author Jane Doe}{\creatim\yr2019\mo5\dy28\hr9}"
        r"{\revtim\yr2019\mo6\dy1}{\company Ministry}}"
    )
    (tmp_path / "a.rtf").write_text(f"{HEAD}{info}It was signed by both ministers.\\par}}")
    (read,) = read_documents(tmp_path)
    assert isinstance(read, Document), read
    assert read.text == "It was signed by both ministers."
    assert (read.title, read.authors) == ("The accord", ("Jane Doe",))
    assert (read.published, read.modified) == ("2019-05-28", "2019-06-01")
    assert read.metadata_from["title"] == "properties"


HOSTILE = {
    "open": "{" * 300_000,
    "closed": "}" * 300_000,
    "links": r'{\field{\*\fldinst{ HYPERLINK "' * 20_000,
    "binary": r"{\pict\bin2147483647 x",
    "binary-less-than-none": r"A{\pict\bin-5 x}",
    "unicode": r"\uc99999999999\u99999\u-99999?" * 1000,
    "page-code": r"\ansicpg99999 \'e9\'ff",
    "nulls": "\0" * 10_000,
    "strokes": "\\" * 10_001,
    "surrogates": r"\u55357?" * 1000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_read_or_told(name: str) -> None:
    data = f"{HEAD}Said. {HOSTILE[name]}".encode("latin-1")
    (item,) = read_form("rtf", Given(name="report.rtf", data=data))
    assert isinstance(item, Told | Problem)
    if isinstance(item, Told):
        assert item.text.startswith("Said.")
        item.text.encode("utf-8")
    else:
        assert item.fault == "nested too deeply"


LETTERS = st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="\xad")


@given(st.lists(st.text(LETTERS, min_size=1), min_size=1))
def test_whatever_is_written_comes_back(words: list[str]) -> None:
    def written(character: str) -> str:
        if character in "\\{}":
            return f"\\{character}"
        if character.isascii():
            return character
        codes = character.encode("utf-16-le")
        pairs = [int.from_bytes(codes[n : n + 2], "little") for n in range(0, len(codes), 2)]
        return "".join(f"\\u{n - 65536 * (n > 32767)}?" for n in pairs)

    assert text_of(" ".join("".join(map(written, word)) for word in words)) == " ".join(words)
