"""Pages: visible text, what of it is the article, and what the page says of itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.documents import read_documents
from pactwatch.documents.visible import parse_page, visible_blocks
from pactwatch.errors import DocumentError
from pactwatch.model import Document

FIRST = "Guatemala and Honduras signed a memorandum of cooperation on Monday, both ministries said."
SECOND = (
    "The accord provides for <b>training</b> of police and an exchange of data between agencies."
)
THIRD = "Both sides will meet again in June to review what has been done, the statement said."
LINKED = {
    "@graph": [
        {"@type": "WebSite", "name": "Courier"},
        {
            "@type": ["NewsArticle"],
            "headline": "Two states sign accord",
            "datePublished": "2019-05-31T10:00:00+02:00",
            "author": [{"@type": "Person", "name": "Jane Doe"}, {"name": "John Roe"}],
            "publisher": {"@type": "Organization", "name": "The Sample Courier"},
        },
    ]
}
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Two states sign accord | Courier</title>
<link rel="canonical" href="https://courier.example/accord">
<script type="application/ld+json">{json.dumps(LINKED)}</script><style>p {{ color: red }}</style>
</head><body class="has-sidebar"><form>
<div id="cookie-banner">We value your privacy and this page stores cookies on every machine.</div>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav></header>
<main><article><h1>Two states sign accord</h1><p class="byline">By Jane Doe</p>
<div class="share-buttons"><a>Facebook</a> <a>Share on X</a></div>
<p>{FIRST}</p><p>{SECOND}</p><p>"It is a beginning," the minister said.</p>
<aside><h3>Related</h3><a>Minister opens a new bridge in the north of the country.</a></aside>
<p>{THIRD}</p><table><tr><th>Year</th><th>Agents</th></tr><tr><td>2019</td><td>89</td></tr></table>
</article><section id="comments"><h2>2 Comments</h2>
<p>Reader One: I do not believe that anybody will send agents anywhere, ever.</p></section></main>
<div class="sidebar"><p>Government promises 500 million dollars for a new port.</p></div>
<footer>© 2019 The Sample Courier</footer></form><script>var hidden = 1</script>
<div hidden>Secret words.</div></body></html>"""


def read_page(folder: Path, markup: str | bytes) -> Document:
    data = markup.encode() if isinstance(markup, str) else markup
    (folder / "page.html").write_bytes(data)
    (read,) = read_documents(folder / "page.html")
    assert isinstance(read, Document), read
    return read


def article_of(read: Document) -> str:
    return "".join(
        char
        for at, char in enumerate(read.text)
        if not any(span.start <= at < span.end for span in read.furniture)
    )


def test_the_article_is_kept_and_the_furniture_is_marked(tmp_path: Path) -> None:
    read = read_page(tmp_path, PAGE)
    article = [line for line in article_of(read).split("\n") if line.strip()]
    assert article == [
        "Two states sign accord",
        "By Jane Doe",
        FIRST,
        SECOND.replace("<b>", "").replace("</b>", ""),
        '"It is a beginning," the minister said.',
        THIRD,
        "Year\tAgents",
        "2019\t89",
    ]


def test_the_whole_visible_text_is_stored(tmp_path: Path) -> None:
    text = read_page(tmp_path, PAGE).text
    for words in (
        "cookies on every machine",
        "World",
        "a new bridge",
        "ever.",
        "500 million",
        "© 2019",
    ):
        assert words in text
    for words in ("hidden", "Secret", "color", "NewsArticle"):
        assert words not in text


def test_linked_data_gives_the_provenance(tmp_path: Path) -> None:
    read = read_page(tmp_path, PAGE)
    assert read.title == "Two states sign accord"
    assert read.publisher == "The Sample Courier"
    assert read.authors == ("Jane Doe", "John Roe")
    assert (read.published, read.metadata_from["published"]) == ("2019-05-31", "json-ld")
    assert read.address == "https://courier.example/accord"
    assert read.media_type == "text/html"


def test_meta_elements_give_the_provenance_where_linked_data_is_broken(tmp_path: Path) -> None:
    head = (
        '<meta property="og:title" content="Accord signed"><meta name="author" content="Jane Doe">'
        '<meta property="og:site_name" content="The Sample Courier">'
        '<meta property="article:published_time" content="2019-06-01T01:02:03Z">'
        '<script type="application/ld+json">{"@type": "NewsArticle", </script>'
    )
    read = read_page(
        tmp_path, f"<html><head>{head}</head><body><p>{FIRST}</p><p>{THIRD}</p></body></html>"
    )
    assert (read.title, read.publisher) == ("Accord signed", "The Sample Courier")
    assert read.authors == ("Jane Doe",)
    assert (read.published, read.metadata_from["published"]) == ("2019-06-01", "meta")


def test_a_page_in_a_declared_encoding_is_read(tmp_path: Path) -> None:
    markup = (
        f'<html><head><meta charset="iso-8859-2"></head><body><p>{FIRST} Łódź.</p></body></html>'
    )
    assert "Łódź" in read_page(tmp_path, markup.encode("iso-8859-2")).text


def test_short_and_bare_pages_keep_their_sentences(tmp_path: Path) -> None:
    read = read_page(tmp_path, "<p>Two ministers signed the accord in the capital on Monday.")
    assert article_of(read) == read.text


def test_deep_and_broken_markup_is_read(tmp_path: Path) -> None:
    read = read_page(tmp_path, "<div>" * 150 + f"<p>{FIRST}</b></i><table><p>{THIRD}")
    assert FIRST in article_of(read)


def test_markup_deeper_than_the_parser_goes_loses_nothing(tmp_path: Path) -> None:
    read = read_page(tmp_path, "<div>" * 100_000 + f"<p>{FIRST}</p>" + "<p>" + THIRD)
    assert FIRST in article_of(read)
    assert THIRD in article_of(read)


@pytest.mark.parametrize("suffix", [".txt", ""])
def test_a_page_without_the_right_suffix(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"page{suffix}").write_text(PAGE, encoding="utf-8")
    (read,) = read_documents(tmp_path)
    assert isinstance(read, Document)
    assert read.media_type == ("text/plain" if suffix == ".txt" else "text/html")


pieces = st.sampled_from(
    ["<p>", "</p>", "<div>", "</div>", "<br>", "<pre>", "</pre>", "<td>", "<table>", "<!--", "-->",
     "<script>", "</script>", "two  words", "\n", "\x00", "&nbsp;", "<", "é", "<li>", "<body>"]
)  # fmt: skip


@given(st.lists(pieces, max_size=40).map("".join))
def test_blocks_lie_in_the_text_in_order_with_blanks_between(markup: str) -> None:
    try:
        text, blocks = visible_blocks(parse_page("page", markup))
    except DocumentError:
        return
    at = 0
    for block in blocks:
        assert text[block.start : block.end] == block.words == block.words.strip()
        assert not text[at : block.start].strip()
        at = block.end
    assert at == len(text)
