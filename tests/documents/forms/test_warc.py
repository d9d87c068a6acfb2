"""Web archives: the pages of a crawl, plain, compressed and packed."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from pathlib import Path

import brotli
import pytest
import zstandard
from hypothesis import given as generated
from hypothesis import strategies as st

from pactwatch.documents import read_documents
from pactwatch.documents.forms import warc
from pactwatch.documents.forms.answers import answer_of
from pactwatch.documents.given import Given, Item, Part
from pactwatch.documents.limits import MOST_BYTES
from pactwatch.documents.recognising import recognise
from pactwatch.errors import DocumentError
from pactwatch.model import Document, Problem

PAGE = (
    "<html><head><title>Accord signed</title></head><body><article><h1>Accord signed</h1>"
    "<p>The ministers of both states signed the Café accord on Monday in the capital city.</p>"
    "<p>It enters into force in May, both governments said in a statement.</p>"
    "</article></body></html>"
)
ADDRESS = "https://courier.example/news/accord"


def record(
    block: bytes,
    *,
    kind: str = "response",
    target: str = ADDRESS,
    media: str = "application/http; msgtype=response",
    length: int | None = None,
    more: str = "",
) -> bytes:
    size = len(block) if length is None else length
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"WARC-Date: 2019-06-01T08:00:00Z\r\nWARC-Target-URI: {target}\r\n{more}"
        f"Content-Type: {media}\r\nContent-Length: {size}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(
    body: bytes, *, status: str = "200 OK", media: str = "text/html", more: str = ""
) -> bytes:
    kind = f"Content-Type: {media}\r\n" if media else ""
    return f"HTTP/1.1 {status}\r\n{kind}{more}\r\n".encode() + body


RECORDS = (
    record(b"software: made by hand\r\n", kind="warcinfo", media="application/warc-fields"),
    record(b"GET / HTTP/1.1\r\n\r\n", kind="request", media="application/http; msgtype=request"),
    record(answer(PAGE.encode(), media="text/html; charset=utf-8")),
    record(answer(b"gone", status="404 Not Found"), target="https://courier.example/gone"),
    record(answer(b"", status="301 Moved", more="Location: /x\r\n")),
    record(answer(b"p {color: red}", media="text/css"), target="https://courier.example/a.css"),
    record(answer(b"User-agent: *", media="text/plain"),
           target="https://courier.example/robots.txt"),
    record(b"", kind="revisit", more="WARC-Refers-To: <urn:uuid:1>\r\n"),
    record(b"A text of the crawl.", kind="conversion", media="text/plain",
           target="https://courier.example/text",
           more="WARC-Identified-Content-Language: eng,spa\r\n"),
    record(PAGE.encode("latin-1"), kind="resource", media="text/html; charset=iso-8859-1",
           target="https://courier.example/resource"),
    record(b"1.2.3.4", media="text/dns", target="dns:courier.example"),
)  # fmt: skip


def zstd_with_dictionary(records: tuple[bytes, ...]) -> bytes:
    samples = [record(answer(PAGE.encode() * n)) for n in range(1, 60)] * 4
    words = zstandard.train_dictionary(4000, samples)
    packer = zstandard.ZstdCompressor(dict_data=words)
    raw = words.as_bytes()
    head = b"\x5d\x2a\x4d\x18" + len(raw).to_bytes(4, "little") + raw
    return head + b"".join(map(packer.compress, records))


def wacz(records: tuple[bytes, ...]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("pages/pages.jsonl", "{}\n")
        archive.writestr("archive/data.warc.gz", b"".join(map(gzip.compress, records)))
    return file.getvalue()


FORMS = {
    "crawl.warc": b"".join,
    "crawl.warc.gz": lambda records: b"".join(map(gzip.compress, records)),
    "whole.warc.gz": lambda records: gzip.compress(b"".join(records)),
    "crawl.warc.zst": lambda records: b"".join(map(zstandard.compress, records)),
    "dictionary.warc.zst": zstd_with_dictionary,
    "crawl.wacz": wacz,
    "nameless": b"".join,
}


def items(name: str, data: bytes) -> list[Item]:
    given = Given(name=name, data=data)
    found: list[Item] = []
    try:
        found.extend(recognise(given).reader()(given))
    except DocumentError as error:
        found.append(Problem(name=error.place, fault=error.fault, next_step=error.next_step))
    return found


def parts(found: list[Item]) -> list[Part]:
    return [item for item in found if isinstance(item, Part)]


def faults(found: list[Item]) -> list[str]:
    return [item.fault for item in found if isinstance(item, Problem)]


@pytest.mark.parametrize("name", FORMS)
def test_pages_and_texts_of_a_crawl_come_out_with_address_and_time(name: str) -> None:
    found = items(name, FORMS[name](RECORDS))
    page, text, resource = parts(found)
    assert (page.name, page.media_type, page.charset) == (ADDRESS, "text/html", "utf-8")
    assert page.data.decode() == PAGE
    assert (page.hints.place, page.hints.address) == ("web archive", ADDRESS)
    assert page.hints.retrieved == "2019-06-01T08:00:00+00:00"
    assert (text.data, text.hints.language) == (b"A text of the crawl.", "en")
    assert (resource.name, resource.charset) == ("https://courier.example/resource", "iso-8859-1")
    (fault,) = faults(found)
    assert fault == "records left out: 2 of other types (text/css, text/plain); " + (
        "1 that the crawl failed to fetch"
    )


def test_a_page_of_a_crawl_is_a_document_under_its_address(tmp_path: Path) -> None:
    (tmp_path / "crawl.warc.gz").write_bytes(FORMS["crawl.warc.gz"](RECORDS[:3]))
    (read,) = read_documents(tmp_path / "crawl.warc.gz")
    assert isinstance(read, Document)
    assert read.name == read.address == ADDRESS
    assert (read.title, read.retrieved) == ("Accord signed", "2019-06-01T08:00:00+00:00")
    assert read.metadata_from["retrieved"] == "web archive"
    assert "Café accord" in read.text


def chunked(body: bytes) -> bytes:
    pieces = [body[at : at + 100] for at in range(0, len(body), 100)]
    return b"".join(b"%x;x=y\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


ENCODED = {
    "gzip": ("Content-Encoding: gzip\r\n", gzip.compress),
    "deflate": ("Content-Encoding: deflate\r\n", zlib.compress),
    "raw deflate": ("Content-Encoding: deflate\r\n", raw_deflate),
    "brotli": ("Content-Encoding: br\r\n", brotli.compress),
    "zstd": ("Content-Encoding: zstd\r\n", zstandard.compress),
    "chunked": ("Transfer-Encoding: chunked\r\n", chunked),
    "both": ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
             lambda body: chunked(gzip.compress(body))),
    "twice": ("Content-Encoding: deflate, gzip\r\n",
              lambda body: gzip.compress(zlib.compress(body))),
    "stored decoded": ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", bytes),
    "stored decoded, brotli": ("Content-Encoding: br\r\n", bytes),
    "none": ("", bytes),
}  # fmt: skip


@pytest.mark.parametrize("encoding", ENCODED)
def test_encodings_of_an_answer_are_undone(encoding: str) -> None:
    headers, encode = ENCODED[encoding]
    read = answer_of(answer(encode(PAGE.encode()), more=headers))
    assert read is not None
    assert read.body.decode() == PAGE


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "brotli", "zstd"])
def test_a_body_that_unpacks_without_end_is_left_out(encoding: str) -> None:
    headers, encode = ENCODED[encoding]
    bomb = encode(b"<p>" + bytes(MOST_BYTES + 1000))
    read = answer_of(answer(bomb, more=headers))
    assert read is not None
    assert len(read.body) == MOST_BYTES + 1
    found = items("x.warc", record(answer(bomb, more=headers)))
    assert not parts(found)
    assert "larger than" in faults(found)[0]


def test_a_page_without_a_type_is_told_by_its_words() -> None:
    (page,) = parts(items("x.warc", record(answer(PAGE.encode(), media=""))))
    assert page.media_type == "text/html"


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz", "crawl.warc.zst", "crawl.wacz"])
def test_an_archive_cut_off_gives_what_stands_before_the_cut(name: str) -> None:
    good = record(answer(PAGE.encode()))
    last = record(answer(PAGE.encode() * 100), target="https://courier.example/last")
    data = FORMS[name]((good, last))
    data = wacz((good, last[:1000])) if name == "crawl.wacz" else data[:-40]
    found = items(name, data)
    assert parts(found)[0].name == ADDRESS
    assert "cut off" in faults(found)[0]


HOSTILE = {
    "a length beyond the end": record(answer(b"<p>x"), length=10**12),
    "a length below nothing": record(answer(b"<p>x"), length=-5),
    "a header without end": gzip.compress(b"WARC/1.0\r\nWARC-Type: " + b"a" * 50_000_000),
    "headers without end": gzip.compress(b"WARC/1.0\r\n" + b"a: b\r\n" * 5_000_000),
    "nothing after the mark": b"WARC/1.0\r\n",
    "an answer of headers": record(b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 100_000),
    "an answer of one header": record(b"HTTP/1.1 200 OK\r\na: " + b"b" * 1_000_000),
    "no answer": record(b"\xff\xfe\x00"),
}


@pytest.mark.parametrize("trick", HOSTILE)
def test_hostile_records_are_bounded(trick: str) -> None:
    good = record(answer(PAGE.encode()), target="https://courier.example/good")
    found = items("x.warc", HOSTILE[trick])
    assert not parts(found)
    head = gzip.compress(good) if HOSTILE[trick].startswith(b"\x1f") else good
    assert [part.name for part in parts(items("x.warc", head + HOSTILE[trick]))] == [
        "https://courier.example/good"
    ]


def test_what_unpacks_to_far_more_than_its_size_is_not_read_to_the_end() -> None:
    packer = zstandard.ZstdCompressor()
    zeros = record(bytes(10), kind="metadata", length=10**11)
    data = packer.compress(record(answer(PAGE.encode()))) + packer.compress(zeros)
    found = items("x.warc.zst", data)
    assert len(parts(found)) == 1
    assert "far more than its size" in faults(found)[0]


def test_a_panic_of_the_parser_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def panics(*_: object, **__: object) -> object:
        yield from ()
        raise PanicException("index out of bounds")

    import fastwarc.warc

    monkeypatch.setattr(fastwarc.warc, "ArchiveIterator", panics)
    with pytest.raises(DocumentError, match="damaged"):
        list(warc.read(Given(name="x.warc", data=record(answer(b"<p>x")))))


@generated(st.binary(max_size=60), st.integers(0, 1500))
def test_any_damage_to_an_archive_costs_no_more_than_what_follows(noise: bytes, at: int) -> None:
    for name in ("crawl.warc", "crawl.warc.gz", "crawl.warc.zst"):
        whole = FORMS[name](RECORDS[2:6])
        data = whole[:at] + noise + whole[at + len(noise) :]
        assert items(name, data)
