"""The static site: links lead somewhere, search finds, withheld texts stay away."""

from __future__ import annotations

import itertools
import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "review"))
from small_reports import ENGINE, document

from pactwatch.dossier import Dossier
from pactwatch.errors import UsageError
from pactwatch.model import stable_id
from pactwatch.store import Database, open_database
from pactwatch.web.publishing import publish
from pactwatch.web.publishing.index import folded_words, piece_of

OTHER = stable_id("document", "other")


class Links(HTMLParser):
    """Addresses and ids of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src", "data-chart", "data-bundle") and value:
                self.links.append(value)
            if name == "id" and value:
                self.ids.add(value)


def read(path: Path) -> Links:
    """Links and ids of a page."""
    parser = Links()
    parser.feed(path.read_text(encoding="utf-8"))
    return parser


@pytest.fixture(scope="module")
def site(hostile: Database, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile dossier, published; one publisher keeps its texts."""
    folder = tmp_path_factory.mktemp("site") / "site"
    report = publish(hostile, folder, name="ports", quotes_only=("ledger daily",))
    assert report.pages == sum(1 for _ in folder.rglob("*.html"))
    assert report.withheld == 1
    return folder


@pytest.fixture(scope="module")
def paged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a dossier whose lists have a second page."""
    place = tmp_path_factory.mktemp("paged")
    names = ["".join(pair) for pair in itertools.product("bdfgklm", "aeiou", "bdr")][:60]
    database = open_database(place / "paged.db")
    dossier = Dossier(database, engine=ENGINE)
    for number, name in enumerate(names):
        text = f"Panama sends {number + 2} {name} to Mexico on {number % 28 + 1} May 2031."
        dossier.add(document(f"{name}.txt", text))
    dossier.build(workers=1)
    assert len(dossier.measures()) > 50
    publish(database, place / "site", name="paged")
    return place / "site"


@pytest.mark.parametrize("name", ["site", "paged"])
def test_every_link_of_the_site_leads_somewhere(name: str, request: pytest.FixtureRequest) -> None:
    site = request.getfixturevalue(name)
    pages = {path: read(path) for path in site.rglob("*.html")}
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            assert not parts.scheme, link
            assert not link.startswith("/")
            there = (path.parent / unquote(parts.path)).resolve() if parts.path else path.resolve()
            assert there.is_relative_to(site.resolve())
            assert there.exists(), (path.name, link)
            if re.fullmatch(r"c\d+", parts.fragment):
                assert parts.fragment in pages[there].ids, (path.name, link)


def test_pages_state_their_own_policy(site: Path) -> None:
    for path in site.rglob("*.html"):
        head = path.read_text(encoding="utf-8")[:600]
        assert "Content-Security-Policy" in head
        assert "unsafe" not in head


def test_the_index_finds_words_of_quotations_and_documents(site: Path) -> None:
    about = json.loads((site / "search/about.json").read_text())

    def find(word: str) -> list[list[str]]:
        index = json.loads((site / f"search/words-{piece_of(word)}.json").read_text())
        found = []
        for number in index[word]:
            items = json.loads((site / f"search/items-{number // about['size']}.json").read_text())
            found.append(items[number % about["size"]])
        return found

    assert {kind for kind, *_ in find("ministers")} >= {"quotation", "document"}
    for *_, address in find("ministers"):
        assert (site / address.partition("#")[0]).exists()


def test_words_are_folded_as_the_script_folds_them() -> None:
    assert folded_words("Épargne — l’ACCORD n° 5_a") == ["epargne", "l", "accord", "n", "5", "a"]


def test_of_withheld_texts_only_quotations_are_written(site: Path) -> None:
    secret = "to guard the coast"  # stands in the document, in no quotation
    for path in site.rglob("*"):
        if path.is_file() and path.suffix in (".html", ".json", ".jsonl", ".csv"):
            assert secret not in path.read_text(encoding="utf-8"), path
    page = (site / f"document/{OTHER}.html").read_text(encoding="utf-8")
    assert "The ministers of two states agreed in" in page
    assert "guard" not in json.dumps(
        [json.loads(p.read_text()) for p in (site / "search").glob("words-*.json")]
    )


def test_a_folder_of_something_else_is_left_alone(hostile: Database, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(UsageError):
        publish(hostile, tmp_path, name="ports")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    file = tmp_path / "letter.txt"
    with pytest.raises(UsageError):
        publish(hostile, file, name="ports")
