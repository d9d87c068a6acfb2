"""OpenDocument texts, packed and flat."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pactwatch.documents.forming import read_form
from pactwatch.documents.given import Given, Item, Told
from pactwatch.documents.reading import read_documents
from pactwatch.model import Document, Problem

NAMES = (
    " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "text", "table", "meta", "style", "draw")
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
META = """<office:meta><dc:title>The accord</dc:title><meta:initial-creator>Jane Doe
</meta:initial-creator><meta:creation-date>2019-05-28T10:00:00</meta:creation-date>
<dc:date>2019-06-01T10:00:00</dc:date><dc:language>en-GB</dc:language></office:meta>"""
STYLES = """<office:automatic-styles><text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="a" style:num-prefix="("
 style:num-suffix=")"/></text:list-style></office:automatic-styles>"""
BODY = """<text:tracked-changes><text:changed-region><text:deletion><text:p>Ninety agents.</text:p>
</text:deletion></text:changed-region></text:tracked-changes>
<text:h text:outline-level="1">Two states sign
 an accord</text:h>
<text:p>It was<text:s text:c="2"/><text:span>signed</text:span><text:note
 text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>See
 below.</text:p></text:note-body></text:note> on <office:annotation><text:p>Check!</text:p>
</office:annotation>Monday<text:change text:change-id="x"/>.</text:p>
<text:list text:style-name="L1"><text:list-item><text:p>Money.</text:p></text:list-item>
<text:list-item><text:p>Men.</text:p></text:list-item></text:list>
<text:list><text:list-item><text:p>A point.</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>Year</text:p></table:table-cell>
<table:table-cell><text:p>Officers</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>2019</text:p></table:table-cell>
<table:table-cell><text:p>89</text:p></table:table-cell></table:table-row></table:table>
<text:p>End<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame>.
</text:p>"""
EXPECTED = [
    "Two states sign an accord", "It was signed on Monday.", "1 See below.", "(a) Money.",
    "(b) Men.", "• A point.", "Year\tOfficers\n2019\t89", "End.", "In a box.",
]  # fmt: skip


def content(body: str = BODY) -> str:
    return (
        f"<office:document-content {NAMES}>{STYLES}<office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>"
    )


def pack(inner: str | bytes, manifest: str = "<m/>") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", inner)
        archive.writestr("meta.xml", f"<office:document-meta {NAMES}>{META}</office:document-meta>")
        archive.writestr("META-INF/manifest.xml", manifest)
    return file.getvalue()


def items(data: bytes) -> list[Item]:
    return read_form("odt", Given(name="report.odt", data=data))


def flat(body: str = BODY) -> bytes:
    return (
        f'<?xml version="1.0"?><office:document {NAMES} office:mimetype='
        f'"application/vnd.oasis.opendocument.text">{META}{STYLES}<office:body><office:text>{body}'
        "</office:text></office:body></office:document>"
    ).encode()


@pytest.mark.parametrize(("name", "data"), [("a.odt", pack(content())), ("a.fodt", flat())])
def test_a_text_is_read_with_its_properties(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    (read,) = read_documents(tmp_path / name)
    assert isinstance(read, Document), read
    assert read.text.split("\n\n") == EXPECTED
    assert (read.title, read.authors) == ("The accord", ("Jane Doe",))
    assert (read.published, read.modified) == ("2019-05-28", "2019-06-01")
    assert read.metadata_from["published"] == "properties"


def test_a_locked_text_is_told() -> None:
    (item,) = items(pack(b"\x01\x02", "<m><manifest:encryption-data/></m>"))
    assert isinstance(item, Problem)
    assert item.fault == "locked with a password"


HOSTILE = {
    "cut": pack(content())[:300],
    "no-xml": pack(b"no"),
    "bomb": pack(b" " * 100_000_000),
    "entities": pack(
        "<!DOCTYPE x [<!ENTITY a 'haha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
        "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]>" + content("<text:p>&c;</text:p>")
    ),
    "deep": pack(f"<office:document-content {NAMES}>" + "<text:section>" * 90_000),
    "blanks": pack(content('<text:p><text:s text:c="999999999"/></text:p>' * 20)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_cost_nothing(name: str) -> None:
    found = items(HOSTILE[name])
    assert found
    assert all(isinstance(item, Problem) or not item.text.strip() for item in found)  # type: ignore[union-attr]


def test_told_is_what_a_text_becomes() -> None:
    (item,) = items(pack(content("<text:p>One.</text:p>")))
    assert isinstance(item, Told)
    assert (item.text, item.created, item.published) == ("One.", "2019-05-28", None)
