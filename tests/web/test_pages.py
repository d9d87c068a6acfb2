"""Pages of a hostile dossier: all are there, bounded, the same as their twins, and harmless."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parent))
from hostile_dossier import EVIL, KINDS

from pactwatch.model import stable_id
from pactwatch.web.app import DOWNLOADS
from pactwatch.web.views.charts import CHARTS

DOCUMENTS = [stable_id("document", name) for name in ("evil", "long", "crowded", "other")]
PAGES = [
    "/", "/records", "/records?contested=1&order=date", "/contested", "/contested?severity=high",
    "/actors", "/actor/actor-1", "/actor/actor-2", "/documents", "/documents?words=ministers",
    "/search", "/search?q=ministers", "/search?q=told&page=3", "/time", "/flows", "/network",
    "/map", f"/beside/{DOCUMENTS[0]}/{DOCUMENTS[3]}", "/record/figure-crowd",
    *(f"/record/{kind}-evil" for kind in KINDS),
    *(f"/document/{id_}" for id_ in DOCUMENTS),
    f"/document/{DOCUMENTS[0]}?rejected=1&kind=measure", f"/document/{DOCUMENTS[2]}?part=4",
    f"/document/{DOCUMENTS[0]}?at=4-13",
]  # fmt: skip
LARGEST = 150_000  # bytes of a page, as the project promises


class Seen(HTMLParser):
    """Tags, attributes and text as a browser sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def seen(html: str) -> Seen:
    """Read a page."""
    parser = Seen()
    parser.feed(html)
    return parser


@pytest.mark.parametrize("path", PAGES)
def test_pages_run_nothing_of_a_document_and_stay_small(desk: TestClient, path: str) -> None:
    answer = desk.get(path)
    assert answer.status_code == 200
    assert len(answer.content) <= LARGEST
    page = seen(answer.text)
    for tag, attributes in page.tags:
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        if tag == "script":
            assert (attributes["src"] or "").startswith("/static/")
        for name in ("href", "src", "action"):
            address = attributes.get(name) or "/"
            assert address.startswith(("/", "#")), address
            assert not address.startswith("//")
    assert "img" not in {tag for tag, _ in page.tags}
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x1b]", answer.text)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_a_twin_in_json(desk: TestClient, path: str) -> None:
    name, _, query = path.partition("?")
    answer = desk.get(f"{'/index' if name == '/' else name}.json?{query}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert isinstance(json.loads(answer.content), dict)


@pytest.mark.parametrize("path", DOWNLOADS)
def test_tables_download_whole_and_hold_no_formula(desk: TestClient, path: str) -> None:
    query = "?q=ministers" if path == "search" else ""
    lines = [json.loads(line) for line in desk.get(f"/{path}.jsonl{query}").text.splitlines()]
    answer = desk.get(f"/{path}.csv{query}")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(rows) == len(lines) > 0
    assert "attachment" in answer.headers["content-disposition"]
    for row in rows:
        assert not any(value.startswith(("=", "+", "-", "@")) for value in row.values())


@pytest.mark.parametrize("name", CHARTS)
def test_charts_are_specifications_without_colours(desk: TestClient, name: str) -> None:
    chart = json.loads(desk.get(f"/charts/{name}.json").content)
    assert chart["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
    assert not re.search(r'"#[0-9a-f]{3,6}"', json.dumps(chart))


def test_a_value_leads_to_its_words_in_the_document(desk: TestClient) -> None:
    page = desk.get("/record/agreement-evil.json").json()
    quotation = page["fields"][0]["claims"][0]["quotations"][0]
    link = f"/document/{quotation['document_id']}#c{quotation['start']}"
    assert f'href="{link}"' in desk.get("/record/agreement-evil").text
    text = desk.get(f"/document/{quotation['document_id']}").text
    assert f'id="c{quotation["start"]}"' in text


def test_the_pieces_of_a_document_are_its_text_to_the_letter(desk: TestClient) -> None:
    crowded = DOCUMENTS[2]
    parts = desk.get(f"/document/{crowded}.json").json()["parts"]
    assert parts > 1
    pages = [desk.get(f"/document/{crowded}.json?part={n + 1}").json() for n in range(parts)]
    text = "".join(piece["text"] for page in pages for piece in page["pieces"])
    assert text == "".join(f"Step {n} was told.\n" for n in range(10_000))


def test_numbers_lead_to_stable_addresses(desk: TestClient) -> None:
    for path, there in (
        ("/record/measure-2", "/record/measure-evil"),
        ("/record/measure-2.json", "/record/measure-evil.json"),
        ("/document/other.txt", f"/document/{DOCUMENTS[3]}"),
    ):
        answer = desk.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, there)


def test_filters_leave_what_they_say(desk: TestClient) -> None:
    def count(query: str) -> int:
        total: int = desk.get(f"/records.json?{query}").json()["place"]["total"]
        return total

    assert count("") == len(KINDS) + 1
    assert count("kind=measure") == 1
    assert count("contested=1") == len(KINDS)
    assert count("country=GT") == len(KINDS)
    assert count("actor=actor-1&role=recipient") == 0
    assert count("since=2019-05-31&until=2019-05-31") == len(KINDS)
    assert count("since=2019-06") == 0
    assert count("until=2019-05-01") == len(KINDS)  # a stage of May 2019 may be of its first day
    assert count("accounts=2") == 0
    assert count("words=told") == len(KINDS) + 1 - len(KINDS)
    assert count("type=nothing") == 0


def test_facets_count_what_their_values_leave(desk: TestClient) -> None:
    page = desk.get("/records.json").json()
    for facet in page["facets"]:
        for value, _, number in facet["values"]:
            left = desk.get("/records.json", params={facet["name"]: value}).json()
            if len(value) <= 300:
                assert left["place"]["total"] == number, (facet["name"], value)


@pytest.mark.parametrize(
    "path",
    [
        "/record/none", "/actor/none", "/document/none", "/beside/none/none", "/charts/none.json",
        "/static/none.js", "/static/..%2f..%2fapp.py", "/document/..%2f..%2fetc%2fpasswd",
        "/static/%2e%2e/settings.py", "/record/" + "x" * 5000, "/none.json",
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_to_be_missing(desk: TestClient, path: str) -> None:
    answer = desk.get(path)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text
    assert EVIL not in answer.text


@pytest.mark.parametrize(
    "query",
    ["page=999999999999", "page=-1", "page=x", "since=%00", "accounts=9e9", "words=%22%22",
     "words=AND OR", "kind=%27;drop table record",
     "order=nothing", "part=0", "at=9-1", "words=" + "a" * 4000],
)  # fmt: skip
def test_queries_of_any_kind_are_answered(desk: TestClient, query: str) -> None:
    for path in ("/records", "/documents", "/actors", "/contested", f"/document/{DOCUMENTS[0]}"):
        assert desk.get(f"{path}?{query}").status_code == 200
