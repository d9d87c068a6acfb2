"""JSON and JSON Lines: common exports, mappings, and broken files."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from pactwatch.documents import Options, read_documents
from pactwatch.documents.forms import jsonl
from pactwatch.documents.forms.values import as_date, as_language
from pactwatch.documents.given import Given, Item, Link, Part, Told
from pactwatch.documents.recognising import recognise
from pactwatch.errors import DocumentError
from pactwatch.model import Document, Problem

TEXT = "The ministers of both states signed the accord on Monday.\n\nIt enters into force in May."


def items(name: str, data: object, **columns: str) -> list[Item]:
    raw = data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode()
    given = Given(name=name, data=raw, options=Options(columns=columns))
    found: list[Item] = []
    try:
        found.extend(recognise(given).reader()(given))
    except DocumentError as error:
        found.append(Problem(name=error.place, fault=error.fault, next_step=error.next_step))
    return found


def told(name: str, data: object, **columns: str) -> Told:
    (only,) = items(name, data, **columns)
    assert isinstance(only, Told), only
    return only


EXPORTS: dict[str, dict[str, Any]] = {
    "news-please": {
        "authors": ["Jane Doe", "John Roe"], "date_download": "2021-01-01 10:00:00",
        "date_modify": "2019-06-02 08:00:00", "date_publish": "2019-05-31 23:50:00",
        "description": "A summary.", "filename": "a.json", "image_url": "https://c.example/i.jpg",
        "language": "en", "maintext": TEXT, "source_domain": "courier.example",
        "title": "Accord signed", "title_page": None, "url": "https://courier.example/accord",
    },
    "trafilatura": {
        "title": "Accord signed", "author": "Jane Doe; John Roe", "hostname": "courier.example",
        "date": "2019-05-31", "modified": "2019-06-02", "text": TEXT, "raw_text": "x", "id": None,
        "language": "en", "source": "https://courier.example/accord", "excerpt": "A summary.",
        "source-hostname": "courier.example", "categories": "", "license": None,
    },
    "newspaper": {
        "url": "https://courier.example/accord", "title": "Accord signed", "text": TEXT,
        "authors": ["Jane Doe", "John Roe"], "publish_date": "Fri, 31 May 2019 23:50:00 -0600",
        "updated": "2019-06-02T08:00:00Z", "meta_lang": "en", "domain": "courier.example",
    },
    "hugging face": {
        "text": TEXT,
        "meta": {
            "url": "https://courier.example/accord", "date": "20190531T235000Z",
            "title": "Accord signed", "lang": "eng", "authors": ["Jane Doe", "John Roe"],
            "domain": "courier.example", "lastmod": 1559462400000,
        },
    },
    "schema.org": {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": "Accord signed",
        "articleBody": TEXT, "datePublished": "2019-05-31T23:50:00-06:00", "inLanguage": "en-GB",
        "dateModified": "2019-06-02", "publisher": {"@type": "Organization",
                                                    "name": "courier.example"},
        "author": [{"@type": "Person", "name": "Jane Doe"}, {"name": "John Roe"}],
        "mainEntityOfPage": {"@id": "https://courier.example/accord"},
    },
    "guardian": {
        "id": "world/2019", "webTitle": "Accord signed", "webUrl": "https://courier.example/accord",
        "webPublicationDate": "2019-05-31T23:50:00Z",
        "fields": {"bodyText": TEXT, "byline": "Jane Doe and John Roe", "lang": "en",
                   "publication": "courier.example", "lastModified": "2019-06-02T00:00:00Z"},
    },
}  # fmt: skip


@pytest.mark.parametrize("export", EXPORTS)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "answer"])
def test_common_exports_are_read_with_all_that_they_tell(export: str, name: str) -> None:
    read = told(name, EXPORTS[export])
    assert read.text == TEXT
    assert read.title == "Accord signed"
    assert read.authors == ("Jane Doe", "John Roe")
    assert (read.published, read.modified) == ("2019-05-31", "2019-06-02")
    assert read.address == "https://courier.example/accord"
    assert read.publisher == "courier.example"
    assert (read.language or "")[:2] == "en"
    assert read.place == "json"


def test_a_document_of_json_says_where_its_facts_come_from(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(EXPORTS["news-please"]), encoding="utf-8")
    (read,) = read_documents(tmp_path / "a.json")
    assert isinstance(read, Document)
    assert read.name == "a.json"
    assert read.metadata_from["published"] == "json"


@pytest.mark.parametrize(
    "wrap",
    [
        lambda rows: rows,
        lambda rows: {"status": "ok", "totalResults": 2, "articles": rows},
        lambda rows: {"response": {"pages": 1, "results": rows}},
        lambda rows: {"hits": {"total": 2, "hits": [{"_id": "1", "_source": r} for r in rows]}},
        lambda rows: {"@context": "https://schema.org", "@graph": rows},
        lambda rows: {"meta": ["x", "y"], "data": rows},
        lambda rows: dict(zip(["k1", "k2"], rows, strict=True)),
    ],
)
def test_lists_are_found_in_their_wrappings(wrap: Any) -> None:
    rows = [{"title": f"Accord {n}", "text": TEXT, "url": f"https://c.example/{n}"} for n in "12"]
    found = items("export.json", wrap(rows))
    assert [item.title for item in found if isinstance(item, Told)] == ["Accord 1", "Accord 2"]
    assert [item.part.strip("k") for item in found if isinstance(item, Told)] == ["1", "2"]
    for item, row in zip(found, rows, strict=True):
        assert isinstance(item, Told)
        assert item.original is not None
        original = json.loads(item.original)
        assert original.get("_source", original) == row


def test_rows_with_an_address_only_are_links_with_what_is_known_of_them() -> None:
    found = items(
        "gdelt.json",
        {"articles": [{
            "url": "https://courier.example/a", "title": "Accord signed", "language": "English",
            "seendate": "20190531T101500Z", "domain": "courier.example", "sourcecountry": "Fiji",
        }]},
    )  # fmt: skip
    (link,) = found
    assert isinstance(link, Link)
    assert link.address == "https://courier.example/a"
    assert (link.hints.title, link.hints.published) == ("Accord signed", "2019-05-31")
    assert (link.hints.language, link.hints.publisher) == ("en", "courier.example")


def test_a_beginning_of_a_text_is_no_text_where_the_address_holds_the_whole() -> None:
    row = {"title": "A", "url": "https://c.example/a", "source": {"id": None, "name": "Courier"},
           "content": f"{TEXT[:50]}… [+1234 chars]"}  # fmt: skip
    (link,) = items("newsapi.json", {"articles": [row]})
    assert isinstance(link, Link)
    assert link.hints.publisher == "Courier"


def test_html_in_the_text_is_read_as_a_page_with_the_hints_of_its_row() -> None:
    row = {
        "title": {"rendered": "Accord signed"},
        "content": {"rendered": f"<p>{TEXT}</p><p>x</p>"},
        "link": "https://c.example/a",
        "date": "2019-05-31T10:00:00",
    }
    (part,) = items("wordpress.json", [row])
    assert isinstance(part, Part)
    assert (part.name, part.media_type) == ("1", "text/html")
    assert part.data.decode() == f"<p>{TEXT}</p><p>x</p>"
    assert (part.hints.title, part.hints.published) == ("Accord signed", "2019-05-31")


def test_other_names_are_told_by_columns() -> None:
    row = {"head": "Accord signed", "content": {"parts": [{"body": TEXT}]}, "when": "31 May 2019"}
    read = told("odd.json", row, text="content.parts.0.body", title="head", published="when")
    assert (read.text, read.title, read.published) == (TEXT, "Accord signed", "2019-05-31")


def test_a_column_that_is_missing_is_told_with_those_that_are_there() -> None:
    (read,) = items("odd.json", [{"head": "A", "words": TEXT}], text="body")
    assert isinstance(read, Problem)
    assert "“body”" in read.fault
    assert "“head”, “words”" in read.fault


def test_json_without_texts_says_so_with_its_keys() -> None:
    for data in ({"type": "FeatureCollection", "features": []}, [{"amount": 5, "year": 2019}]):
        (read,) = items("numbers.json", data)
        assert isinstance(read, Problem)
        assert "no column of texts" in read.fault
        assert "--column text=body" in read.next_step


def test_lines_are_documents_named_by_their_numbers_and_a_broken_one_costs_itself() -> None:
    lines = [
        json.dumps({"text": TEXT, "title": "First"}),
        '{"text": "broken',
        "",
        json.dumps({"text": "Zwei Staaten einigen sich über Öl.", "title": "Third"}),
        json.dumps({"title": "no text"}),
    ]
    raw = "\r\n".join(lines).encode()
    found = items("a.jsonl", raw)
    assert [item.part for item in found if isinstance(item, Told)] == ["1", "4"]
    assert [item.name for item in found if isinstance(item, Problem)] == ["a.jsonl/2", "a.jsonl/5"]
    for item in found:
        if isinstance(item, Told):
            assert item.original is not None
            assert item.original in raw


def test_lines_in_a_json_file_and_compressed_lines_are_lines(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"text": f"{TEXT} {n}"}) + "\n" for n in range(3)).encode()
    for name, data in (("a.json", lines), ("a.jsonl.gz", gzip.compress(lines)), ("a.txt", lines)):
        (tmp_path / name).write_bytes(data)
        read = list(read_documents(tmp_path / name))
        assert [document.name for document in read] == [f"{name}/{n}" for n in (1, 2, 3)]


def test_a_line_beyond_the_bound_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MOST_LINE", 1000)
    lines = [{"text": "x" * 5000}, {"text": TEXT}]
    found = items("a.jsonl", "\n".join(map(json.dumps, lines)).encode())
    assert [item.part for item in found if isinstance(item, Told)] == ["2"]
    assert [item.name for item in found if isinstance(item, Problem)] == ["a.jsonl/1"]


def test_a_list_cut_off_gives_what_stands_before_the_cut() -> None:
    data = json.dumps([{"text": f"{TEXT} {n}"} for n in range(5)]).encode()
    found = items("a.json", data[:-130])
    assert [item.part for item in found if isinstance(item, Told)] == ["1", "2", "3"]
    assert isinstance(found[-1], Problem)
    assert "from item 4 on" in found[-1].fault


@pytest.mark.parametrize(
    "data",
    [b"[" * 200_000, b'{"a":' * 200_000, b'{"text": ', b"{}", b"[]", b"null", b'{"text": 5}',
     b'{"text": {"text": {"text": {"text": {"text": "deep"}}}}}', b"[" + b"9" * 10_000 + b"]"],
    ids=lambda data: data[:12].decode(),
)  # fmt: skip
def test_hostile_and_empty_json_is_one_problem(data: bytes) -> None:
    (read,) = items("a.json", data)
    assert isinstance(read, Problem)


def test_lone_surrogates_and_nulls_can_be_stored() -> None:
    read = told("a.json", b'{"text": "The accord \\ud800 was signed\\u0000 on Monday.", "n": 1}')
    read.text.encode("utf-8")
    assert "\0" not in read.text


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2019-05-31T23:50:00-06:00", "2019-05-31"), ("20190531", "2019-05-31"),
        ("Fri, 31 May 2019 23:50:00 GMT", "2019-05-31"), ("1559260800", "2019-05-31"),
        ("1559260800000", "2019-05-31"), ("May 31, 2019", "2019-05-31"), ("2019-05", "2019-05"),
        ("2019-05-31 10:00:00+00:00", "2019-05-31"), ("04/05/2017", None), ("soon", None),
        ("99999999999", None), ("", None), ("20191399", None),
    ],
)  # fmt: skip
def test_dates_of_exports(words: str, day: str | None) -> None:
    assert as_date(words) == day


@pytest.mark.parametrize(
    ("words", "code"),
    [("English", "en"), ("eng", "en"), ("en-GB", "en-GB"), ("es", "es"), ("Klingon", None)],
)
def test_languages_of_exports(words: str, code: str | None) -> None:
    assert as_language(words) == code


values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["text", "url", "title", "date", "authors", "items", "data", "fields"])
            | st.text(max_size=5),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@generated(values)
def test_any_json_is_read_or_a_problem(value: object) -> None:
    for name in ("a.json", "a.jsonl"):
        for item in items(name, json.dumps(value).encode()):
            if isinstance(item, Told):
                item.text.encode("utf-8")
