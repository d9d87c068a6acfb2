"""Web pages: article and facts in templates of many kinds of sites, saved pages, hostile markup."""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.documents.completing import complete
from pactwatch.documents.forms.html import lay_out, read, read_page
from pactwatch.documents.given import Given, Hints, Link, Told
from pactwatch.documents.visible import parse_page
from pactwatch.errors import DocumentError

ROOT = Path(__file__).resolve().parents[3]
FIRST = "Guatemala and Honduras signed a memorandum of cooperation on Monday, both ministries said."
SECOND = "The accord provides for training of police and an exchange of data between agencies."
HOME = "https://courier.example/accord"


def maker() -> ModuleType:
    path = ROOT / "benchmarks" / "pages" / "making.py"
    spec = importlib.util.spec_from_file_location("page_making", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["page_making"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


MAKING = maker()
ARTICLES = MAKING.read_articles(None)


def page(
    head: str = "", body: str = f"<h1>An accord is signed</h1><p>{FIRST}</p><p>{SECOND}</p>"
) -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def told(markup: str, address: str | None = None) -> Told:
    return read_page("page", markup, address=address)


def kept(markup: str) -> str:
    found = told(markup)
    pieces, at = [], 0
    for span in found.furniture:
        pieces.append(found.text[at : span.start])
        at = span.end
    return "".join([*pieces, found.text[at:]])


# ---- templates -----------------------------------------------------------------------------------


@pytest.mark.parametrize("template", MAKING.TEMPLATES)
@pytest.mark.parametrize("at", [0, 3, 6], ids=["long", "two-sentences", "french"])
def test_the_article_of_each_template_comes_out_with_its_facts(template: str, at: int) -> None:
    made = MAKING.render(ARTICLES[at], template)
    root = parse_page("page", made.markup)
    text = "\n".join(lay_out(root).article())
    for line in made.body.split("\n"):
        if not line.startswith("PRESS"):
            assert " ".join(line.split()) in " ".join(text.split()), line
    found = told(made.markup, made.address)
    data = made.markup.encode()
    document = complete(
        Given(name="page.html", data=data, hints=Hints(address=made.address)), found
    )
    assert document.title == made.title
    assert document.published == made.published
    assert document.publisher == made.publisher
    for foreign in ("flour", "Every government promises", "lighthouse", "show you personal"):
        assert foreign not in text


@pytest.mark.parametrize("template", ["broadsheet", "soup", "blog", "live", "saved", "builder"])
def test_a_day_of_change_is_told_apart_from_that_of_publication(template: str) -> None:
    made = MAKING.render(ARTICLES[0], template)
    found = told(made.markup, made.address)
    assert (found.published, found.modified) == ("2021-03-09", "2021-03-12")


# ---- facts and their places ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "field", "value", "place"),
    [
        ('<meta property="og:title" content="Accord – The Courier">'
         '<meta property="og:site_name" content="The Courier">', "title", "Accord", "meta"),
        ("<title>Accord | The Courier</title>", "title", "An accord is signed", "headline"),
        ('<meta name="dc.date.issued" content="2019-05-31">', "published", "2019-05-31", "meta"),
        ('<meta property="og:updated_time" content="2020-01-02T00:00:00Z">', "modified",
         "2020-01-02", "meta"),
        ('<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">', "licence",
         "https://creativecommons.org/licenses/by/4.0/", "licence link"),
        ('<meta name="DC.rights" content="Crown copyright">', "licence", "Crown copyright", "meta"),
        ('<script type="application/ld+json">{"@type": "Article", "license": "CC0"}</script>',
         "licence", "CC0", "json-ld"),
        ('<link rel="canonical" href="https://courier.example/a">', "address",
         "https://courier.example/a", "canonical link"),
        ('<meta name="author" content="By Jane Doe and John Roe">', "authors",
         ("Jane Doe", "John Roe"), "meta"),
        ('<meta http-equiv="content-language" content="es-GT">', "language", "es-GT", "meta"),
        ('<meta property="og:site_name" content="The Courier">', "publisher", "The Courier",
         "meta"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 20 else "",
)  # fmt: skip
def test_each_fact_has_its_place(head: str, field: str, value: object, place: str) -> None:
    found = told(page(head))
    assert getattr(found, field) == value
    assert found.metadata_from[field] == place


def test_a_page_that_tells_only_of_its_change_has_no_day_of_publication() -> None:
    found = told(page('<meta property="article:modified_time" content="2020-01-02T10:00:00Z">'))
    assert (found.published, found.modified) == (None, "2020-01-02")


def test_the_day_that_readers_are_told_counts_before_the_same_moment_elsewhere() -> None:
    head = '<meta property="article:published_time" content="2019-06-01T02:30:00Z">'
    body = (
        f"<h1>An accord is signed</h1><p class='date'>May 31, 2019</p><p>{FIRST}</p><p>{SECOND}</p>"
    )
    found = told(page(head, body))
    assert (found.published, found.metadata_from["published"]) == ("2019-05-31", "visible text")


@pytest.mark.parametrize(
    ("line", "language", "day"),
    [
        ("31 de mayo de 2019", "es", "2019-05-31"),
        ("Publié le 1er juillet 2019", "fr", "2019-07-01"),
        ("5. April 2017", "de", "2017-04-05"),
        ("04/05/2017", "pt", "2017-05-04"),
        ("04/05/2017", "en-US", "2017-04-05"),
        ("2019年5月31日", "zh", "2019-05-31"),
        ("31 мая 2019 г.", "ru", "2019-05-31"),
        ("12 Mei 2021", "id", "2021-05-12"),
    ],
)
def test_days_in_the_words_of_the_page_are_read(line: str, language: str, day: str) -> None:
    body = (
        f"<h1>An accord is signed</h1><div class='date'>{line}</div><p>{FIRST}</p><p>{SECOND}</p>"
    )
    markup = page(body=body).replace("<html>", f'<html lang="{language}">')
    assert told(markup).published == day


@pytest.mark.parametrize(
    ("canonical", "address"),
    [
        ("https://courier.example/story/1", "https://courier.example/story/1"),
        ("/story/1", "https://courier.example/story/1"),
        ("https://courier.example/", HOME),  # a front page is no article's address
        ("https://other.example/story/1", HOME),  # whose text this is a copy of, not where it lies
        ("http://[", HOME),
        ("javascript:void(0)", HOME),
    ],
)
def test_a_canonical_address_is_believed_on_its_own_site(canonical: str, address: str) -> None:
    assert told(page(f'<link rel="canonical" href="{canonical}">'), HOME).address == address


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "H", "datePublished": "2019-05-31",}',
        '<!-- {"@type": "NewsArticle", "datePublished": "2019-05-31"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "datePublished": "2019-05-31"}\n//]]>',
        '{"@type": "NewsArticle", "datePublished": "2019-05-31", "body": "a "quoted" word"}',
        '{"@graph": [{"@id": "#s"}, {"@type": ["Article"], "datePublished": "2019-05-31"}]}',
        '[[{"@type": "ReportageNewsArticle", "datePublished": "2019-05-31"}]]',
    ],
)
def test_broken_and_nested_linked_data_is_read(script: str) -> None:
    found = told(page(f'<script type="application/ld+json">{script}</script>'))
    assert (found.published, found.metadata_from["published"]) == ("2019-05-31", "json-ld")


def test_references_within_linked_data_are_followed() -> None:
    graph = (
        '{"@graph": [{"@type": "Article", "author": {"@id": "#p"}, "publisher": {"@id": "#o"}},'
        '{"@id": "#p", "name": "Jane Doe"}, {"@id": "#o", "name": "The Courier"}]}'
    )
    found = told(page(f'<script type="application/ld+json">{graph}</script>'))
    assert (found.authors, found.publisher) == (("Jane Doe",), "The Courier")


# ---- saved pages, frames, XHTML ------------------------------------------------------------------


@pytest.mark.parametrize(
    "comment",
    [
        f"<!-- saved from url=({len(HOME):04d}){HOME} -->",
        f"<!--\n Page saved with SingleFile \n url: {HOME} \n saved date: Mon May 06 2019 -->",
    ],
)
def test_a_saved_page_tells_where_it_was_saved_from(comment: str) -> None:
    markup = page().replace("<html>", f"{comment}\n<html>")
    found = told(markup)
    assert (found.address, found.metadata_from["address"]) == (HOME, "saved page")


def test_xhtml_is_read() -> None:
    markup = (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0'
        ' Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"><html xmlns="http://www.w3.org/1999/xhtml"'
        f' xml:lang="en"><head><title>T</title></head><body><p>{FIRST}</p><br/><p>{SECOND}</p>'
        "</body></html>"
    )
    (found,) = read(Given(name="page.xhtml", data=markup.encode()))
    assert isinstance(found, Told)
    assert (found.language, FIRST in found.text) == ("en", True)


def test_frames_are_links_where_they_have_addresses_and_a_problem_where_not() -> None:
    markup = '<html><frameset><frame src="menu.html"><frame src="main.html"></frameset></html>'
    fetched = Given(name="p", data=markup.encode(), hints=Hints(address="https://a.example/x/"))
    assert [item.address for item in read(fetched) if isinstance(item, Link)] == [
        "https://a.example/x/menu.html",
        "https://a.example/x/main.html",
    ]
    with pytest.raises(DocumentError, match="frames"):
        list(read(Given(name="p", data=markup.encode())))


# ---- what is an article and what is not ----------------------------------------------------------


def test_a_page_of_short_sentences_is_an_article() -> None:
    text = kept(
        page(body="<h1>Aid arrives</h1><p>Two ships came today.</p><p>Tarsia paid for both.</p>")
    )
    assert "Two ships came today." in text


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li><a href=/a>Home</a></li><li><a href=/b>News</a></li></ul>",
        "<p>Not found.</p>",
        "<form><input><button>Log in</button></form>",
    ],
)
def test_pages_without_an_article_are_refused(body: str) -> None:
    with pytest.raises(DocumentError, match="without an article"):
        told(page(body=body))


def test_text_that_only_a_script_shows_is_found() -> None:
    body = (
        f"<h1>An accord is signed</h1><div style='display:none'><p>{FIRST}</p><p>{SECOND}</p></div>"
    )
    assert FIRST in kept(page(body=body))


def test_a_quoted_post_of_a_social_network_belongs_to_the_article() -> None:
    post = (
        '<div class="social-media-embed"><blockquote class="twitter-tweet"><p>Signed today</p>'
        "</blockquote></div>"
    )
    text = kept(page(body=f"<h1>An accord is signed</h1><p>{FIRST}</p>{post}<p>{SECOND}</p>"))
    assert "Signed today" in text


def test_paragraphs_set_apart_by_breaks_are_judged_one_by_one() -> None:
    body = (
        f"<h1>An accord is signed</h1><div>{FIRST}<br><br>Share this article<br><br>{SECOND}</div>"
    )
    text = kept(page(body=body))
    assert FIRST in text
    assert SECOND in text
    assert "Share this" not in text


# ---- hostile markup ------------------------------------------------------------------------------

BIG: Sequence[tuple[str, str]] = [
    ("100,000 divisions", "<div>" * 100_000 + FIRST),
    ("100,000 bold", "<b>" * 100_000 + FIRST),
    ("2,000 tables", "<table><tr><td>" * 2_000 + FIRST),
    ("60,000 spans", "<span>word </span>" * 60_000 + f"<p>{FIRST}"),
    ("100,000 attributes", "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + f">{FIRST}"),
    ("100,000 comments", "<!-- a -->" * 100_000 + f"<p>{FIRST}"),
    (
        "brackets in linked data",
        f'<script type="application/ld+json">{"[" * 100_000}</script><p>{FIRST}',
    ),
    ("a long class", f'<div class="{"a-" * 100_000}"><p>{FIRST}'),
    ("a long title", f"<title>{'| a ' * 100_000}</title><p>{FIRST}"),
    ("nulls", f"<p>\x00{FIRST}\x00\x00"),
    ("lone surrogates", f"<p>{FIRST}</p><p>\ud800 &#xD800; {SECOND}"),
    ("an unclosed comment", f"<p>{FIRST}<!-- never closed"),
    ("an unclosed tag", f"<p>{FIRST}<a href='"),
]


@pytest.mark.parametrize("markup", [markup for _, markup in BIG], ids=[name for name, _ in BIG])
def test_hostile_markup_is_read_in_seconds(markup: str) -> None:
    start = time.process_time()
    found = told(markup)
    assert FIRST in found.text
    found.text.encode("utf-8")
    assert time.process_time() - start < 15


def test_more_elements_than_any_page_has_are_refused_at_once() -> None:
    with pytest.raises(DocumentError, match="elements"):
        told("<i></i>" * 600_000 + f"<p>{FIRST}")


tags = st.sampled_from(
    ["<p>", "</p>", "<div class='related'>", "</div>", "<article>", "<h1>", "</h1>",
     "<h3><a href=/x>", "</a></h3>", "<nav>", "</nav>", "<li>", "<time datetime='2019-05-31'>",
     "<table><tr><td>", "\x00", "<meta name=date content='9999-99-99'>", FIRST, SECOND,
     "By Jane Doe", "31/31/2019", "&#x110000;"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(tags, max_size=25).map("".join))
def test_furniture_lies_in_the_text_whatever_the_markup(markup: str) -> None:
    try:
        found = told(markup)
    except DocumentError:
        return
    at = 0
    for span in found.furniture:
        assert at <= span.start < span.end <= len(found.text)
        at = span.end
