"""Addresses: what is fetched, and what is refused. Only a server of this machine is asked, and it
misbehaves in every way it knows."""

from __future__ import annotations

import gzip
import socket
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, cast

import pytest

from pactwatch.documents import Unchanged, Validators, read_documents
from pactwatch.documents.answers import Answer
from pactwatch.documents.fetching import Fetcher
from pactwatch.documents.hosts import is_public
from pactwatch.documents.limits import MOST_BYTES
from pactwatch.errors import DocumentError
from pactwatch.model import Document, Problem

PAGE = (
    "<html><body><h1>Accord signed</h1><p>The two ministers signed the accord in the capital on "
    "Monday, both ministries said in a statement.</p></body></html>"
)
HTML = {"Content-Type": "text/html; charset=utf-8"}


class Server(ThreadingHTTPServer):
    asked: Counter[str]
    robots: tuple[int, bytes]
    daemon_threads = True


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.asked[path] += 1
        try:
            getattr(self, f"do_{path.split('/')[1].partition('.')[0]}", self.do_page)()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client hangs up when it has enough

    def do_page(self) -> None:
        self.answer(200, PAGE.encode(), **HTML)

    def do_robots(self) -> None:
        self.answer(*self.server.robots)

    def do_moved(self) -> None:
        self.answer(302, b"", Location="/2019/05/31/accord")

    def do_loop(self) -> None:
        self.answer(302, b"", Location="/loop")

    def do_chain(self) -> None:
        number = int(self.path.rpartition("/")[2])
        self.answer(302, b"", Location=f"/chain/{number + 1}")

    def do_file(self) -> None:
        self.answer(302, b"", Location="file:///etc/hostname")

    def do_metadata(self) -> None:
        self.answer(302, b"", Location="http://169.254.169.254/latest/")

    def do_big(self) -> None:
        self.answer(200, b"x" * (MOST_BYTES + 1))

    def do_bomb(self) -> None:
        packed = gzip.compress(b"x" * (4 * MOST_BYTES), 9)
        self.answer(200, packed, **{"Content-Encoding": "gzip"})

    def do_packed(self) -> None:
        self.answer(200, gzip.compress(PAGE.encode()), **HTML, **{"Content-Encoding": "gzip"})

    def do_torn(self) -> None:
        packed = gzip.compress(PAGE.encode())[:-12]
        self.answer(200, packed, **HTML, **{"Content-Encoding": "gzip"})

    def do_twice(self) -> None:
        self.answer(200, b"", **{"Content-Encoding": "gzip, gzip"})

    def do_gone(self) -> None:
        self.answer(404, b"no")

    def do_busy(self) -> None:
        """Too many requests, twice; then the page."""
        if self.server.asked["/busy"] < 3:
            self.answer(429, b"", **{"Retry-After": "0"})
        else:
            self.do_page()

    def do_down(self) -> None:
        self.answer(503, b"")

    def do_short(self) -> None:
        self.answer(200, PAGE.encode(), length=len(PAGE) + 500, **HTML)

    def do_long(self) -> None:
        self.answer(200, PAGE.encode() + b"<p>smuggled</p>", length=len(PAGE), **HTML)

    def do_silent(self) -> None:
        time.sleep(0.8)

    def do_slow(self) -> None:
        self.answer(200, b"", length=1_000_000)
        for _ in range(100):
            self.wfile.write(b"x" * 100)
            time.sleep(0.02)

    def do_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b"x" * 1_000_000)

    def do_nonsense(self) -> None:
        self.wfile.write(b"\x00\xff garbage\r\n\r\n")

    def do_tagged(self) -> None:
        if self.headers.get("If-None-Match") == '"one"':
            self.answer(304, b"")
        else:
            self.answer(200, PAGE.encode(), ETag='"one"', **HTML)

    def do_dated(self) -> None:
        if self.headers.get("If-Modified-Since"):
            self.answer(304, b"")
        else:
            self.answer(200, PAGE.encode(), **{"Last-Modified": "Fri, 31 May 2019 10:00:00 GMT"})

    def answer(
        self, status: int, body: bytes, *, length: int | None = None, **headers: str
    ) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test output clean."""


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    httpd = Server(("127.0.0.1", 0), Handler)
    thread = Thread(target=httpd.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield httpd
    httpd.shutdown()
    httpd.server_close()
    thread.join()


@pytest.fixture
def httpd(running: Server) -> Server:
    running.asked = Counter()
    running.robots = (404, b"")
    return running


@pytest.fixture
def server(httpd: Server) -> str:
    return f"http://127.0.0.1:{httpd.server_address[1]}"


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(allow_private=True, pause=0.0) as fetcher:
        yield fetcher


def test_an_address_is_read_where_it_leads(server: str) -> None:
    (read,) = read_documents(f"{server}/moved", allow_private=True)
    assert isinstance(read, Document)
    assert read.name == f"{server}/moved"
    assert read.address == f"{server}/2019/05/31/accord"
    assert (read.published, read.metadata_from["published"]) == ("2019-05-31", "address")
    assert read.retrieved is not None
    assert "signed the accord" in read.text


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/loop", "too many redirects"),
        ("/chain/0", "too many redirects"),
        ("/file", "no address of the web"),
        ("/big", "more than 50 MB"),
        ("/bomb", "more than 50 MB"),
        ("/endless", "more than 50 MB"),
        ("/torn", "ends too early"),
        ("/twice", "not asked for"),
        ("/gone", "answers 404"),
        ("/down", "answers 503"),
        ("/short", "no answer"),
        ("/nonsense", "no answer"),
    ],
)
def test_what_cannot_be_fetched_is_told(
    fetcher: Fetcher, server: str, path: str, fault: str
) -> None:
    with pytest.raises(DocumentError, match=fault) as caught:
        fetcher.fetch(server + path)
    assert caught.value.next_step
    assert caught.value.place == server + path


@pytest.mark.parametrize("path", ["/slow", "/silent"])
def test_a_slow_server_costs_no_more_than_its_time(
    server: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import httpx

    monkeypatch.setattr("pactwatch.documents.asking._TIMEOUT", httpx.Timeout(0.3))
    begun = time.monotonic()
    with (
        Fetcher(allow_private=True, pause=0.0, seconds=0.5) as fetcher,
        pytest.raises(DocumentError, match=r"not loaded in time|no answer"),
    ):
        fetcher.fetch(server + path)
    assert time.monotonic() - begun < 5


def test_bytes_beyond_the_told_length_are_not_taken(fetcher: Fetcher, server: str) -> None:
    answer = fetcher.fetch(f"{server}/long")
    assert isinstance(answer, Answer)
    assert b"smuggled" not in answer.data


def test_packed_pages_are_unpacked(fetcher: Fetcher, server: str) -> None:
    answer = fetcher.fetch(f"{server}/packed")
    assert isinstance(answer, Answer)
    assert answer.data == PAGE.encode()
    assert (answer.media_type, answer.charset) == ("text/html", "utf-8")


def test_a_busy_server_is_asked_again(fetcher: Fetcher, httpd: Server, server: str) -> None:
    assert isinstance(fetcher.fetch(f"{server}/busy"), Answer)
    assert httpd.asked["/busy"] == 3


def test_what_will_not_pass_is_not_tried_again(
    fetcher: Fetcher, httpd: Server, server: str
) -> None:
    with pytest.raises(DocumentError):
        fetcher.fetch(f"{server}/gone")
    assert httpd.asked["/gone"] == 1


@pytest.mark.parametrize("path", ["/tagged", "/dated"])
def test_an_unchanged_page_is_not_sent_again(server: str, path: str) -> None:
    with Fetcher(allow_private=True, pause=0.0) as first:
        assert isinstance(first.fetch(server + path), Answer)
        address, validators = first.learnt[server + path]
    with Fetcher(allow_private=True, pause=0.0, known={address: validators}) as second:
        assert second.fetch(server + path) == Unchanged(address=server + path)
    other = {address: Validators(etag='"another"')}
    with Fetcher(allow_private=True, pause=0.0, known=other) as third:
        assert isinstance(third.fetch(server + path), Answer)


def test_robots_rules_are_kept_and_asked_for_once(
    fetcher: Fetcher, httpd: Server, server: str
) -> None:
    httpd.robots = (200, b"User-agent: *\nDisallow: /private/\nDisallow: /*.secret$\n")
    for path in ("/private/a", "/x.secret"):
        with pytest.raises(DocumentError, match="stay away"):
            fetcher.fetch(server + path)
        assert not httpd.asked[path]
    assert isinstance(fetcher.fetch(f"{server}/public/a"), Answer)
    assert httpd.asked["/robots.txt"] == 1


def test_a_rule_for_us_by_name_counts(fetcher: Fetcher, httpd: Server, server: str) -> None:
    httpd.robots = (200, b"User-agent: pactwatch\nDisallow: /\n")
    with pytest.raises(DocumentError, match="stay away"):
        fetcher.fetch(f"{server}/accord")


def test_unreachable_robots_rules_keep_us_away(
    fetcher: Fetcher, httpd: Server, server: str
) -> None:
    httpd.robots = (503, b"")
    with pytest.raises(DocumentError, match=r"robots\.txt can't be read"):
        fetcher.fetch(f"{server}/accord")


def test_a_host_is_asked_no_more_often_than_agreed(httpd: Server, server: str) -> None:
    with Fetcher(allow_private=True, pause=0.1) as fetcher:
        begun = time.monotonic()
        for number in range(3):
            fetcher.fetch(f"{server}/a/{number}")
        assert time.monotonic() - begun >= 0.3  # robots.txt and three pages: three pauses
    httpd.robots = (200, b"User-agent: *\nCrawl-delay: 0.2\n")
    with Fetcher(allow_private=True, pause=0.0) as fetcher:
        begun = time.monotonic()
        for number in range(3):
            fetcher.fetch(f"{server}/a/{number}")
        assert time.monotonic() - begun >= 0.4


def test_private_machines_are_not_asked(httpd: Server, server: str) -> None:
    (read,) = read_documents(f"{server}/accord")
    assert isinstance(read, Problem)
    assert "private network" in read.fault
    assert not httpd.asked


def _answers(monkeypatch: pytest.MonkeyPatch, *numeric: str) -> list[str]:
    """Let every host name stand for these addresses, one for each time it is asked for."""
    told = list(numeric)
    asked: list[str] = []
    real = socket.getaddrinfo

    def lookup(host: str, port: int, **options: Any) -> list[Any]:
        if host.replace(".", "").isdigit():
            return real(host, port, **options)
        asked.append(host)
        address = told.pop(0) if len(told) > 1 else told[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    return asked


def test_a_redirect_to_a_private_machine_is_refused(
    httpd: Server, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "pactwatch.documents.hosts.is_public", lambda numeric: numeric == "127.0.0.1"
    )
    with Fetcher(pause=0.0) as fetcher:
        with pytest.raises(DocumentError, match="private network"):
            fetcher.fetch(f"{server}/metadata")
        assert httpd.asked["/metadata"] == 1


def test_a_name_that_changes_its_meaning_leads_nowhere(
    httpd: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = cast(int, httpd.server_address[1])
    _answers(monkeypatch, "93.184.216.34", "127.0.0.1")
    connected: list[str] = []

    def connect(address: tuple[str, int], *rest: Any, **options: Any) -> socket.socket:
        connected.append(address[0])
        raise ConnectionRefusedError("no network in tests")

    monkeypatch.setattr(socket, "create_connection", connect)
    with Fetcher(pause=0.0) as fetcher, pytest.raises(DocumentError):
        fetcher.fetch(f"http://rebinding.example:{port}/accord")
    assert connected == ["93.184.216.34"]
    assert not httpd.asked


@pytest.mark.parametrize(
    "address",
    ["http://localhost/", "http://[::1]/", "http://169.254.169.254/latest/", "http://2130706433/",
     "http://user:word@127.0.0.1/", "http:///x", "http://127.0.0.1:99999/", "http://a..b/",
     "ftp://127.0.0.1/", "gopher://127.0.0.1/", "http://127.0.0.1:0/"],
)  # fmt: skip
def test_odd_addresses_are_refused(address: str) -> None:
    with Fetcher(pause=0.0) as fetcher, pytest.raises(DocumentError):
        fetcher.fetch(address)


@pytest.mark.parametrize(
    ("numeric", "public"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00:ec2::254", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
    ],
)
def test_public_addresses_are_told_from_private_ones(numeric: str, public: bool) -> None:
    assert is_public(numeric) is public
