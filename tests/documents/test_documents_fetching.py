"""Addresses: what is fetched, and what is refused. Only a server of this machine is asked."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from pactwatch.documents import read_documents
from pactwatch.documents.fetching import _is_public, fetch
from pactwatch.errors import DocumentError
from pactwatch.model import Document, Problem

PAGE = (
    "<html><body><h1>Accord signed</h1><p>The two ministers signed the accord in the capital on "
    "Monday, both ministries said in a statement.</p></body></html>"
)


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/moved"):
            self.answer(302, b"", Location="/2019/05/31/accord")
        elif self.path == "/loop":
            self.answer(302, b"", Location="/loop")
        elif self.path == "/file":
            self.answer(302, b"", Location="file:///etc/hostname")
        elif self.path == "/big":
            self.answer(200, b"x" * 21_000_000)
        elif self.path == "/pdf":
            self.answer(200, b"%PDF-1.4 x", **{"Content-Type": "application/pdf"})
        elif self.path == "/gone":
            self.answer(404, b"no")
        else:
            self.answer(200, PAGE.encode(), **{"Content-Type": "text/html; charset=utf-8"})

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client hangs up when it has enough

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test output clean."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=httpd.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_address[1]}"
    httpd.shutdown()
    httpd.server_close()
    thread.join()


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PACTWATCH_ALLOW_PRIVATE", "1")


@pytest.mark.usefixtures("allowed")
def test_an_address_is_read_where_it_leads(server: str) -> None:
    (read,) = read_documents(f"{server}/moved")
    assert isinstance(read, Document)
    assert read.name == f"{server}/moved"
    assert read.address == f"{server}/2019/05/31/accord"
    assert (read.published, read.published_from) == ("2019-05-31", "address")
    assert "signed the accord" in read.text


@pytest.mark.usefixtures("allowed")
@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/loop", "too many redirects"),
        ("/file", "no address of the web"),
        ("/big", "more than 20 MB"),
        ("/pdf", "a PDF"),
        ("/gone", "404"),
    ],
)
def test_what_cannot_be_fetched_is_a_problem(server: str, path: str, fault: str) -> None:
    (read,) = read_documents(server + path)
    assert isinstance(read, Problem)
    assert fault in read.fault
    assert read.next_step


def test_private_machines_are_not_asked(server: str) -> None:
    (read,) = read_documents(f"{server}/accord")
    assert isinstance(read, Problem)
    assert "private network" in read.fault


@pytest.mark.parametrize(
    "address",
    ["http://localhost/", "http://[::1]/", "http://169.254.169.254/latest/", "http://2130706433/",
     "http://user:word@127.0.0.1/", "http:///x", "http://127.0.0.1:99999/", "http://a..b/"],
)  # fmt: skip
def test_odd_addresses_are_refused(address: str) -> None:
    with pytest.raises(DocumentError):
        fetch(address, allow_private=False)


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
    assert _is_public(numeric) is public
