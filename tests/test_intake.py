"""Sources into a dossier: originals, versions, copies, unchanged pages, and what is reported."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from pactwatch.dossier import Dossier, open_dossier

REPORT = "Two states sign a border accord\n\nThe ministers of both states signed it on Monday.\n"
PAGE = (
    "<html><body><h1>Accord signed</h1><p>The two ministers signed the accord in the capital on "
    "{}, both ministries said in a statement.</p></body></html>"
)


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[Dossier]:
    with open_dossier(tmp_path / "d.db") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "reports"
    place.mkdir()
    return place


class Handler(BaseHTTPRequestHandler):
    day = "Monday"

    def do_GET(self) -> None:
        tag = f'"{self.day}"'
        known = self.headers.get("If-None-Match") == tag
        body = b"" if known else PAGE.format(self.day).encode()
        self.send_response(404 if self.path == "/robots.txt" else 304 if known else 200)
        self.send_header("Content-Type", "text/html")
        self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test output clean."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr("pactwatch.documents.fetching._PAUSE", 0.0)
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=httpd.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_address[1]}"
    httpd.shutdown()
    httpd.server_close()
    thread.join()


def test_the_original_is_kept_to_the_byte(dossier: Dossier, folder: Path) -> None:
    data = "Señor Núñez signed the accord on Monday.".encode("latin-1")
    (folder / "a.txt").write_bytes(data)
    dossier.add(folder)
    assert dossier.original("a.txt") == data


def test_originals_are_left_out_on_request(dossier: Dossier, folder: Path) -> None:
    (folder / "a.txt").write_text(REPORT, encoding="utf-8")
    dossier.add(folder, originals=False)
    assert dossier.original("a.txt") is None
    assert dossier.document("a.txt").original_sha256


def test_a_changed_file_is_a_new_version_and_the_old_one_is_kept(
    dossier: Dossier, folder: Path
) -> None:
    (folder / "a.txt").write_text(REPORT, encoding="utf-8")
    first = dossier.add(folder)
    (folder / "a.txt").write_text(f"{REPORT}It takes effect in May.\n", encoding="utf-8")
    second = dossier.add(folder)
    assert (first.added, second.added, second.replaced) == (1, 0, 1)
    (current,) = dossier.documents()
    assert "takes effect" in current.text
    old, new = sorted(dossier.documents(superseded=True), key=lambda d: len(d.text))
    standings = dossier.standings()
    assert (standings[old.id].version, standings[old.id].versions) == (1, 2)
    assert (standings[new.id].version, standings[new.id].versions) == (2, 2)


def test_the_same_text_under_another_name_is_recognised(dossier: Dossier, folder: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(REPORT, encoding="utf-8")
    dossier.add(folder)
    assert dossier.standings()[dossier.document("a.txt").id].same_text == ("b.txt",)


def test_an_unchanged_page_costs_nothing_and_a_changed_one_is_a_version(
    dossier: Dossier, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"{server}/accord"
    assert dossier.add(address, allow_private=True).added == 1
    again = dossier.add(address, allow_private=True)
    assert (again.unchanged, again.added, again.problems) == (1, 0, ())
    monkeypatch.setattr(Handler, "day", "Tuesday")
    changed = dossier.add(address, allow_private=True)
    assert changed.replaced == 1
    (current,) = dossier.documents()
    assert "Tuesday" in current.text
    assert dossier.standings()[current.id].versions == 2


def test_a_page_takes_the_place_of_what_a_feed_carried_of_it(
    dossier: Dossier, folder: Path, server: str
) -> None:
    entry = f"<item><link>{server}/accord</link><description>They signed it.</description></item>"
    (folder / "feed.xml").write_text(f"<rss><channel>{entry}</channel></rss>", encoding="utf-8")
    assert dossier.add(folder, follow=False).added == 1
    assert [d.text for d in dossier.documents()] == ["They signed it."]
    assert dossier.add(folder, allow_private=True).replaced == 1
    (page,) = dossier.documents()
    assert page.name == f"{server}/accord"
    again = dossier.add(folder, follow=False)  # the page is known: no second document of it
    assert (again.unchanged, again.added) == (1, 0)
    assert dossier.documents() == [page]


def test_the_same_page_under_another_address_is_one_document(
    dossier: Dossier, folder: Path
) -> None:
    import base64
    import gzip

    record = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://courier.example/accord\r\n"
        "WARC-Date: {date}\r\nWARC-Record-ID: <urn:uuid:{id}>\r\n"
        "Content-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n"
    )
    for name, date, day in (
        ("new.warc", "2019-06-02T00:00:00Z", "Tuesday"),
        ("old.warc", "2019-06-01T00:00:00Z", "Monday"),
        ("same.warc.gz", "2019-06-03T00:00:00Z", "Tuesday"),
    ):
        page = PAGE.format(day).encode()
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
        identity = base64.b16encode(name.encode()).decode().lower().ljust(32, "0")
        head = record.format(date=date, id=identity, length=len(http)).encode()
        whole = head + http + b"\r\n\r\n"
        packed = gzip.compress(whole) if name.endswith(".gz") else whole
        (folder / name).write_bytes(packed)
    report = dossier.add(folder)
    assert report.problems == ()
    (current,) = dossier.documents()
    assert "Tuesday" in current.text  # the later crawl counts, though it came in first
    assert dossier.standings()[current.id].versions == 2


def test_problems_of_parts_are_forgotten_when_their_source_is_mended(
    dossier: Dossier, folder: Path
) -> None:
    import zipfile

    def pack(data: bytes) -> None:
        with zipfile.ZipFile(folder / "a.zip", "w") as archive:
            archive.writestr("in/a.txt", data)

    pack(bytes(range(256)) * 20)
    assert [p.name for p in dossier.add(folder).problems] == ["a.zip/in/a.txt"]
    assert dossier.problems()
    pack(REPORT.encode())
    assert dossier.add(folder).problems == ()
    assert dossier.problems() == []
    assert dossier.document("a.zip/in/a.txt").text == REPORT
