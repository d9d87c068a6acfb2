from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest

from pactwatch.errors import UsageError
from pactwatch.model import Ledger
from pactwatch.report import render_report, write_report

VOID = {"meta", "br", "link", "img", "hr", "input"}


class Tree(HTMLParser):
    """Checks that elements are closed in order, and collects what a page could load or run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.links: list[dict[str, str | None]] = []
        self.attributes: set[str] = set()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if {"href", "src"} & set(given):
            self.links.append({"tag": tag, **given})
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture
def html(dossier: object) -> str:
    return render_report(dossier, name="ports <b>")  # type: ignore[arg-type]


@pytest.fixture
def tree(html: str) -> Tree:
    tree = Tree()
    tree.feed(html)
    tree.close()
    assert tree.open == []
    return tree


def test_page_is_well_formed_and_every_link_inside_it_leads_somewhere(tree: Tree) -> None:
    assert len(tree.ids) == len(set(tree.ids))
    inside = [str(link["href"])[1:] for link in tree.links if str(link["href"]).startswith("#")]
    assert inside
    assert set(inside) <= set(tree.ids)


def test_page_asks_nobody_for_anything(html: str, tree: Tree) -> None:
    assert "default-src 'none'" in html
    outside = [link for link in tree.links if not str(link["href"]).startswith("#")]
    assert [link["tag"] for link in outside] == ["a"]
    assert outside[0]["href"] == "https://ledger-daily.example/ports"
    assert "noopener" in str(outside[0]["rel"])
    assert "url(" not in html
    assert "@import" not in html


def test_hostile_text_stays_text(html: str, tree: Tree) -> None:
    assert not tree.tags & {"script", "img", "iframe", "object"}
    assert not [name for name in tree.attributes if name.startswith("on")]
    assert "<h1>ports &lt;b&gt;</h1>" in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", html)
    assert not [link for link in tree.links if "javascript" in str(link["href"]).lower()]


def test_each_text_stands_on_the_page_whole(tree: Tree, made_up: ModuleType) -> None:
    from pactwatch.report.words import clean

    page = "".join(tree.words)
    for text in made_up.TEXTS.values():
        assert clean(text) in page


def test_contested_values_stand_side_by_side_with_their_sources(html: str) -> None:
    part = html[html.index('<section id="contested">') : html.index('<section id="timeline">')]
    assert part.index("27 May 2019") < part.index("28 May 2019")
    assert "Ledger Daily, 29 May 2019" in part
    assert "Belmark Wire, September 2019" in part
    assert "<mark>28 May 2019</mark>" in part


def test_notes_and_furniture_of_sources_are_shown(html: str) -> None:
    assert "1 of 3 documents: A sample written for Pactwatch" in html
    assert '<span class="off">Share this story</span>' in html


def test_an_empty_dossier_gives_a_page(made_up: ModuleType) -> None:
    class Empty(made_up.MadeUpDossier):  # type: ignore[name-defined, misc]
        def __init__(self) -> None:
            self._documents = []
            self._ledger = Ledger(records=(), actors=(), accounts=())

    assert "0 documents" in render_report(Empty(), name="empty")


def test_the_same_dossier_gives_the_same_bytes(dossier: object, tmp_path: Path) -> None:
    paths = [tmp_path / "a.html", tmp_path / "b.html"]
    sizes = [write_report(dossier, path, name="x") for path in paths]  # type: ignore[arg-type]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert sizes[0] == paths[0].stat().st_size


def test_a_page_that_cannot_be_written_is_said_in_words(dossier: object, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be written"):
        write_report(dossier, tmp_path / "no" / "a.html", name="x")  # type: ignore[arg-type]
