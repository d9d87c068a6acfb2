"""Feeds, sitemaps and lists of addresses."""

from __future__ import annotations

import gzip
import json
import plistlib
from pathlib import Path

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from pactwatch.documents import Options, Source, read_sources
from pactwatch.documents.answers import Answer
from pactwatch.documents.fetching import Fetcher
from pactwatch.documents.forms.feed import read as read_feed
from pactwatch.documents.forms.sitemap import read as read_sitemap
from pactwatch.documents.given import Given, Hints, Item, Link, Told
from pactwatch.documents.limits import MOST_LINKS
from pactwatch.documents.reading import Read
from pactwatch.documents.recognising import recognise
from pactwatch.errors import DocumentError
from pactwatch.model import Problem

WHOLE = " ".join(f"The ministers signed accord {n} on Monday, and left." for n in range(20))


def items(name: str, data: bytes, *, follow: bool = True) -> list[Item]:
    given = Given(name=name, data=data, options=Options(follow=follow))
    found: list[Item] = []
    try:
        found.extend(recognise(given).reader()(given))
    except DocumentError as error:
        found.append(Problem(name=error.place, fault=error.fault, next_step=error.next_step))
    return found


RSS = f"""<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Courier</title>
<link>https://courier.example/</link><language>en-gb</language><copyright>CC BY 4.0</copyright>
<item><title>Accord &amp;amp; signed</title><link>https://courier.example/a?x=1&amp;y=2</link>
<pubDate>Fri, 31 May 2019 23:50:00 -0600</pubDate><dc:creator>Jane Doe</dc:creator>
<description>A teaser.</description><content:encoded><![CDATA[<p>{WHOLE}</p><p>End.</p>]]>
</content:encoded></item>
<item><title>Teaser</title><guid isPermaLink="true">https://courier.example/b</guid>
<description>Only a teaser.</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Courier</title>
<entry><title type="html">Accord &amp;lt;b&amp;gt;signed</title><id>tag:x,1</id>
<link rel="alternate" href="https://courier.example/a"/><published>2019-05-31T23:50:00-06:00
</published><updated>2019-06-02T01:00:00Z</updated><author><name>Jane Doe</name>
<email>jane@courier.example</email></author><summary>A teaser.</summary></entry></feed>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://courier.example/"><title>The Courier</title></channel>
<item rdf:about="https://courier.example/a"><title>Accord signed</title>
<link>https://courier.example/a</link><dc:date>2019-05-31T23:50:00-06:00</dc:date>
<dc:creator>Jane Doe</dc:creator></item></rdf:RDF>"""
JSON_FEED = json.dumps(
    {"version": "https://jsonfeed.org/version/1.1", "title": "The Courier", "language": "en",
     "items": [{"id": "1", "url": "https://courier.example/a", "title": "Accord signed",
                "content_text": "A teaser.", "date_published": "2019-05-31T23:50:00-06:00",
                "authors": [{"name": "Jane Doe"}]}]}
)  # fmt: skip


@pytest.mark.parametrize(("form", "name"), [
    (ATOM, "feed.atom"), (ATOM, "feed.xml"), (RDF, "feed.rdf"), (RDF, "feed"),
    (JSON_FEED, "feed.json"), (JSON_FEED, "feed"),
])  # fmt: skip
def test_an_entry_is_a_link_with_what_the_feed_says_of_it(form: str, name: str) -> None:
    (link,) = items(name, form.encode())
    assert isinstance(link, Link)
    assert link.address == "https://courier.example/a"
    assert link.hints.place == "feed"
    assert link.hints.title in ("Accord signed", "Accord <b>signed")
    assert (link.hints.publisher, link.hints.authors) == ("The Courier", ("Jane Doe",))
    assert link.hints.published == "2019-05-31"  # the day where it was published


def test_rss_with_its_modules() -> None:
    first, second = items("feed.xml", RSS.encode())
    assert isinstance(first, Link)
    assert isinstance(second, Link)
    assert first.address == "https://courier.example/a?x=1&y=2"
    assert first.hints == Hints(
        place="feed", title="Accord & signed", publisher="The Courier", authors=("Jane Doe",),
        published="2019-05-31", address=first.address, language="en-gb", licence="CC BY 4.0",
    )  # fmt: skip
    assert second.address == "https://courier.example/b"


def test_without_following_a_feed_gives_what_it_carries(tmp_path: Path) -> None:
    place = tmp_path / "feed.xml"
    place.write_text(RSS, encoding="utf-8")
    sources = [Source(name="feed.xml", path=place)]
    first, second, _ = (one for _, one in read_sources(sources, Options(follow=False)))
    assert isinstance(first, Read)
    assert first.document.name == "feed.xml/courier.example/a?x=1&y=2"
    assert first.document.text == f"{WHOLE}\n\nEnd."
    assert first.document.address == "https://courier.example/a?x=1&y=2"
    assert first.document.metadata_from["published"] == "feed"
    assert b"<p>End.</p>" in first.original
    assert isinstance(second, Read)
    assert second.document.text == "Only a teaser."
    assert second.stands_for == second.document.address == "https://courier.example/b"
    assert "the page itself was not read" in str(second.document.note)


def test_without_following_an_entry_without_text_is_told(tmp_path: Path) -> None:
    place = tmp_path / "feed.xml"
    place.write_text(
        "<rss><channel><item><link>https://c.example/a</link></item>", encoding="utf-8"
    )
    sources = [Source(name="feed.xml", path=place)]
    problem, _ = (one for _, one in read_sources(sources, Options(follow=False)))
    assert isinstance(problem, Problem)
    assert problem.name == "https://c.example/a"


@pytest.mark.parametrize("page", ["", "missing"])
def test_a_page_that_gives_no_document_leaves_what_the_feed_carries(
    page: str, tmp_path: Path
) -> None:
    place = tmp_path / "feed.xml"
    place.write_text(RSS, encoding="utf-8")
    sources = [Source(name="feed.xml", path=place)]
    fetcher = Answering({} if page else {"https://courier.example/b": b" "})
    found = [one for _, one in read_sources(sources, Options(), fetcher=fetcher)]
    texts = [one.document.text for one in found if isinstance(one, Read)]
    assert texts == [f"{WHOLE}\n\nEnd.", "Only a teaser."]
    problems = [one for one in found if isinstance(one, Problem)]
    assert len(problems) == 2
    assert all("kept instead" in problem.fault for problem in problems)


def test_a_page_that_is_read_needs_nothing_of_the_feed(tmp_path: Path) -> None:
    place = tmp_path / "feed.xml"
    place.write_text(RSS, encoding="utf-8")
    sources = [Source(name="feed.xml", path=place)]
    pages = {"https://courier.example/b": b"The ministers signed the accord on Monday."}
    found = [one for _, one in read_sources(sources, Options(), fetcher=Answering(pages))]
    read = [one for one in found if isinstance(one, Read)]
    assert [one.stands_for for one in read] == ["https://courier.example/a?x=1&y=2", None]
    assert len([one for one in found if isinstance(one, Problem)]) == 1


class Answering(Fetcher):
    """Answers from a table of pages, without any network."""

    def __init__(self, pages: dict[str, bytes]) -> None:
        super().__init__()
        self.pages = pages

    def fetch(self, address: str) -> Answer:
        if address not in self.pages:
            raise DocumentError(address, "is not there (404)", "Check the address")
        return Answer(
            address=address, data=self.pages[address], media_type="text/plain", charset=None,
            retrieved="2031-05-20T12:00:00Z",
        )  # fmt: skip


def test_an_entry_without_address_is_its_text() -> None:
    feed = "<rss><channel><item><title>A</title><description>Signed on Monday.</description></item>"
    (told,) = items("feed.xml", feed.encode())
    assert isinstance(told, Told)
    assert (told.text, told.part) == ("Signed on Monday.", "1")


def test_broken_feeds_give_what_can_be_read() -> None:
    broken = RSS.replace("</rss>", "").replace("&amp;y", "&y").replace("A teaser.", "A &nbsp; <b>")
    assert any(isinstance(item, Link) for item in items("feed.xml", broken.encode()))
    for nothing in (b"<rss>", b"<rss><channel><title>x</title></channel></rss>", b"<feed/>"):
        (problem,) = items("feed.xml", nothing)
        assert isinstance(problem, Problem)


BOMB = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


@pytest.mark.parametrize("entity", ["&j;", "&x;"])
def test_entities_are_neither_blown_up_nor_fetched(entity: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret word", encoding="utf-8")
    head = f'{BOMB}<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    feed = f"{head}<rss><channel><item><title>T{entity}</title><link>https://c.example/a</link>"
    sitemap = f"{head}<urlset><url><loc>https://c.example/{entity}</loc></url></urlset>"
    for read, words in ((read_feed, feed), (read_sitemap, sitemap)):
        try:
            found = list(read(Given(name="x.xml", data=words.encode())))
        except DocumentError:
            continue
        assert "secret" not in repr(found)
        assert len(repr(found)) < 20_000


def test_the_content_of_a_feed_is_never_taken_for_a_file_or_address(tmp_path: Path) -> None:
    secret = tmp_path / "feed.xml"
    secret.write_text(RSS, encoding="utf-8")
    with pytest.raises(DocumentError):
        list(read_feed(Given(name="a.rss", data=str(secret).encode())))


NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://courier.example/a</loc><lastmod>2019-06-02T10:00:00+00:00</lastmod><news:news>
<news:publication><news:name>The Courier</news:name><news:language>en</news:language>
</news:publication><news:publication_date>2019-05-31</news:publication_date>
<news:title>Accord signed</news:title></news:news></url>
<url><loc> https://courier.example/b </loc></url><url><loc>javascript:x</loc></url></urlset>"""


def test_a_sitemap_gives_links_with_what_it_says_of_news() -> None:
    first, second = items("sitemap.xml", NEWS.encode())
    assert isinstance(first, Link)
    assert isinstance(second, Link)
    assert first.hints == Hints(
        place="sitemap", title="Accord signed", publisher="The Courier", published="2019-05-31",
        modified="2019-06-02", address="https://courier.example/a", language="en",
    )  # fmt: skip
    assert second.address == "https://courier.example/b"


def test_a_compressed_sitemap_and_an_index_are_links_too() -> None:
    given = Given(name="sitemap.xml.gz", data=gzip.compress(NEWS.encode()))
    (part,) = recognise(given).reader()(given)
    assert recognise(Given(name="x", data=part.data)).id == "sitemap"  # type: ignore[union-attr]
    index = "<sitemapindex><sitemap><loc>https://c.example/1.xml.gz</loc></sitemap></sitemapindex>"
    (link,) = items("sitemap.xml", index.encode())
    assert isinstance(link, Link)
    assert link.address == "https://c.example/1.xml.gz"


def test_a_sitemap_cut_off_gives_its_beginning() -> None:
    found = items("sitemap.xml", NEWS[:-120].encode())
    assert isinstance(found[0], Link)


def test_more_addresses_than_are_followed_are_cut() -> None:
    rows = "".join(f"<url><loc>https://c.example/{n}</loc></url>" for n in range(5000))
    assert len(items("s.xml", f"<urlset>{rows}</urlset>".encode())) == MOST_LINKS + 1
    entries = "".join(
        f"<item><link>https://c.example/{n}</link></item>" for n in range(MOST_LINKS + 300)
    )
    feed = f"<rss><channel>{entries}</channel></rss>".encode()
    assert len(items("f.xml", feed)) == MOST_LINKS + 1


LISTS = {
    "list.txt": b"https://courier.example/a\r\n\r\n# later\r\nhttps://courier.example/b\r\n",
    "list": b"\xef\xbb\xbfhttps://courier.example/a\nhttps://courier.example/b",
    "list.urls": b"https://courier.example/a\nhttps://courier.example/b\n",
    "bookmarks.html": b"<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><A HREF='https://courier.example/a'"
    b' ADD_DATE=1>Accord</A><DT><A HREF="https://courier.example/b">B</A></DL>',
}
SHORTCUTS = {
    "a.url": b"[{000214A0}]\r\nProp3=19\r\n[InternetShortcut]\r\nURL=https://courier.example/a\r\n",
    "b.url": b"[InternetShortcut]\nBASEURL=https://x.example/\nURL=https://courier.example/a\n",
    "a.webloc": plistlib.dumps({"URL": "https://courier.example/a"}),
    "b.webloc": plistlib.dumps({"URL": "https://courier.example/a"}, fmt=plistlib.FMT_BINARY),
    "one.txt": b"https://courier.example/a",
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_of_addresses_are_links(name: str) -> None:
    found = items(name, LISTS[name])
    assert [item.address for item in found if isinstance(item, Link)] == [
        "https://courier.example/a", "https://courier.example/b"
    ]  # fmt: skip
    assert len(found) == 2


@pytest.mark.parametrize("name", SHORTCUTS)
def test_shortcuts_are_links(name: str) -> None:
    (link,) = items(name, SHORTCUTS[name])
    assert isinstance(link, Link)
    assert link.address == "https://courier.example/a"


def test_lines_of_a_list_that_are_no_addresses_are_told() -> None:
    found = items("list.urls", b"https://courier.example/a\nsome words\nftp://x.example/\n")
    assert [item.name for item in found if isinstance(item, Problem)] == [
        "list.urls/2",
        "list.urls/3",
    ]


def test_a_text_that_ends_with_its_address_is_a_text() -> None:
    words = b"The ministers signed the accord.\n\nhttps://courier.example/a\n"
    assert recognise(Given(name="a.txt", data=words)).id == "text"


PIECES = st.sampled_from(
    ["<rss>", "<channel>", "<item>", "</item>", "<title>", "</title>", "<link>", "https://a.example/",
     "</link>", "<feed>", "<entry>", "<!DOCTYPE x [", "&amp;", "&lt;p>", "<![CDATA[", "]]>", "\x00",
     "<urlset>", "<url>", "<loc>", "</loc>", "</url>", "<pubDate>", "99 May 20199", "</pubDate>",
     '{"items":[', '{"url":5}', "]}", "<?xml version='1.0' encoding='utf-7'?>", "<updated>"]
)  # fmt: skip


@generated(st.lists(PIECES, max_size=25).map("".join))
def test_any_feed_is_read_or_a_problem(words: str) -> None:
    for read in (read_feed, read_sitemap):
        try:
            found = list(read(Given(name="x", data=words.encode())))
        except DocumentError:
            continue
        assert all(isinstance(item, (Link, Told, Problem)) for item in found)
