"""Reading of files and folders: what each form gives, and what each broken input says."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.documents import Options, Source, list_sources, read_documents, read_sources
from pactwatch.errors import UsageError
from pactwatch.model import Document, Problem

REPORT = "Two states sign a border accord\n\nThe ministers of both states signed it on Monday.\n"


def read_one(path: Path, **options: str) -> Document | Problem:
    (only,) = read_documents(path, **options)
    return only


def document(path: Path, **options: str) -> Document:
    read = read_one(path, **options)
    assert isinstance(read, Document), read
    return read


def problem(path: Path) -> Problem:
    read = read_one(path)
    assert isinstance(read, Problem), read
    return read


letters = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\r\n\t\f\v\x85")


@given(st.text(letters, min_size=1))
def test_plain_text_is_stored_to_the_letter(text: str) -> None:
    from pactwatch.documents.decoding import decode

    assert decode("a.txt", text.encode("utf-8")) == text.removeprefix("\ufeff")


def test_newlines_and_blanks_stay_and_the_byte_order_mark_goes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf  One\r\ntwo \rthree\n\n")
    assert document(tmp_path / "a.txt").text == "  One\r\ntwo \rthree\n\n"


def test_folder_is_read_in_the_order_of_relative_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", ".hidden/x.txt", "a/.y.txt", "a/b/c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(REPORT, encoding="utf-8")
    names = [read.name for read in read_documents(tmp_path)]
    assert names == ["a/b/c.txt", "a/z.md", "b.txt"]
    assert [source.name for source in list_sources(str(tmp_path))] == names


def test_the_same_text_under_two_names_is_two_documents_with_stable_ids(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(REPORT, encoding="utf-8")
    first, second = read_documents(tmp_path)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.id != second.id
    assert first == document(tmp_path / "a.txt")


def test_front_matter_is_provenance_and_not_text(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: Accord signed\npublisher: The Sample Courier\nauthors: [Jane Doe, John Roe]\n"
        "date: 2019-05-31\naddress: https://courier.example/a\nlanguage: en\nnotice: A sample.\n"
        "---\n\n# Accord signed\n\nBoth states signed.\n",
        encoding="utf-8",
    )
    read = document(tmp_path / "a.md")
    assert read.text == "\n# Accord signed\n\nBoth states signed.\n"
    assert (read.title, read.publisher) == ("Accord signed", "The Sample Courier")
    assert read.authors == ("Jane Doe", "John Roe")
    assert (read.published, read.metadata_from["published"]) == ("2019-05-31", "front matter")
    assert (read.address, read.note) == ("https://courier.example/a", "A sample.")
    assert read.media_type == "text/markdown"


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("---\ntitle: Aid: what was paid\n---\nText here.\n", "Aid: what was paid", "Text here.\n"),
        ("---\nA rule.\n---\n# A heading here\n", None, None),
        ("---\ntitle: never closed\n", None, None),
    ],
)
def test_odd_front_matter_loses_nothing(
    tmp_path: Path, text: str, title: str | None, body: str | None
) -> None:
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    read = document(tmp_path / "a.md")
    assert read.text == (text if body is None else body)
    if title:
        assert read.title == title


def test_the_option_overrides_every_other_date(tmp_path: Path) -> None:
    (tmp_path / "2019-05-31-a.txt").write_text(REPORT, encoding="utf-8")
    assert document(tmp_path / "2019-05-31-a.txt").metadata_from["published"] == "file name"
    read = document(tmp_path / "2019-05-31-a.txt", published="2020-01")
    assert (read.published, read.metadata_from["published"]) == ("2020-01", "option")
    with pytest.raises(UsageError, match="2019-05-28"):
        read_documents(tmp_path, published="yesterday")


def test_plain_text_tells_headline_byline_address_and_dateline(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Two states sign a border accord\nBy Jane Doe and John Roe\n4 May 2017\n\n"
        "The ministers of both states signed the accord on Monday in the capital.\n\n"
        "https://www.courier.example/news/accord\n",
        encoding="utf-8",
    )
    read = document(tmp_path / "a.txt")
    assert read.title == "Two states sign a border accord"
    assert read.authors == ("Jane Doe", "John Roe")
    assert (read.publisher, read.address) == (
        "courier.example",
        "https://www.courier.example/news/accord",
    )
    assert (read.published, read.metadata_from["published"]) == ("2017-05-04", "dateline")


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("a.txt", b"", "empty file"),
        ("a.txt", b" \n\t\r\n", "no words"),
        ("a.pdf", b"%PDF-1.7 ...", "PDF"),
        ("a.txt", b"%PDF-1.7 ...", "PDF"),
        ("a.docx", b"PK\x03\x04....", "archive"),
        ("a.bin", bytes(range(256)) * 9, "binary"),
        ("a.csv", b"a,b\n1,2\n", "column"),
        ("a.html", b"<html><body><nav><a>Home</a></nav></body></html>", "without an article"),
        ("a.html", b"<!-- nothing -->", "without"),
        ("a.html", b"<html></html>", "without an article"),
    ],
)
def test_broken_files_are_problems_with_a_next_step(
    tmp_path: Path, name: str, data: bytes, fault: str
) -> None:
    (tmp_path / name).write_bytes(data)
    found = problem(tmp_path / name)
    assert found.name == name
    assert fault in found.fault
    assert found.next_step


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "The “accord” cost €5 million, said José Núñez."),
        ("utf-16", "The accord was signed in Bogotá."),
        ("utf-16-le", "The accord was signed in the capital on Monday."),
        ("utf-8-sig", "The accord was signed in Bogotá."),
    ],
)
def test_other_encodings_are_read(tmp_path: Path, encoding: str, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert document(tmp_path / "a.txt").text == text


def test_stray_bytes_among_utf8_are_read_as_windows_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("José Núñez said ".encode() + b"\x93no\x94.\x00")
    assert document(tmp_path / "a.txt").text == "José Núñez said “no”.\x00"


def test_a_50_mb_line_is_a_problem_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"The ministry paid. " * 2_600_000)
    started = time.monotonic()
    assert "too much text" in problem(tmp_path / "a.txt").fault
    assert time.monotonic() - started < 2


def test_a_long_single_line_under_the_bound_is_read_in_seconds(tmp_path: Path) -> None:
    text = "The ministry paid the sum. " * 200_000
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    started = time.monotonic()
    assert document(tmp_path / "a.txt").text == text
    assert time.monotonic() - started < 5


def test_links_that_dangle_or_lead_outside_are_problems(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text(REPORT, encoding="utf-8")
    (folder / "real.txt").write_text(REPORT, encoding="utf-8")
    (folder / "alias.txt").symlink_to("real.txt")
    (folder / "dangling.txt").symlink_to("gone.txt")
    (folder / "outside.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "outside").symlink_to(tmp_path)
    (folder / "sub" / "loop").symlink_to(folder)
    read = {one.name: one for one in read_documents(folder)}
    assert {name for name, one in read.items() if isinstance(one, Document)} == {
        "alias.txt",
        "real.txt",
    }
    faults = {name: one.fault for name, one in read.items() if isinstance(one, Problem)}
    assert faults == {
        "dangling.txt": "a link that leads nowhere",
        "outside": "a link that leads outside the folder",
        "outside.txt": "a link that leads outside the folder",
    }


def test_a_pipe_is_a_problem_and_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert problem(tmp_path / "pipe.txt").fault == "not a regular file"


def test_an_unreadable_file_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")

    def refuse(path: Path, mode: str) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert problem(tmp_path / "a.txt").fault == "Permission denied"


def test_a_file_that_vanishes_after_listing_is_a_problem(tmp_path: Path) -> None:
    gone = Source(name="gone.txt", path=tmp_path / "gone.txt")
    (first, last) = read_sources([gone], Options())
    assert isinstance(first[1], Problem)
    assert last == (gone, None)


def test_what_does_not_exist_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read_documents(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="http"):
        read_documents("ftp://files.example/a.txt")


def test_names_that_are_not_utf8_can_be_stored(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(raw, "wb") as file:
        file.write(REPORT.encode())
    (read,) = read_documents(tmp_path)
    assert isinstance(read, Document)
    assert read.name == "caf\ufffd.txt"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "El gobierno de la república firmó el acuerdo con los ministros de la región, que se "
            "reunieron en la capital para hablar de las fronteras y de los pueblos.",
            "es",
        ),
        ("Правительство подписало соглашение о сотрудничестве с министерством.", "ru"),
        ("Accord signed.", "en"),
        (
            "The government of the republic signed the accord with the ministers who "
            "met in the capital to talk of El Salvador, La Libertad and the border.",
            "en",
        ),
    ],
)
def test_the_language_is_told(tmp_path: Path, text: str, language: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert document(tmp_path / "a.txt").language == language


def test_importing_the_room_stays_light() -> None:
    import subprocess
    import sys

    code = (
        "import sys, pactwatch.documents; "
        "sys.exit(bool({'trafilatura', 'lxml', 'httpx', 'spacy', 'yaml'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
