"""Whom a site does not name: reviewers who did not ask for it, and private persons."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "review"))
from small_reports import ENGINE, REPORTS

from pactwatch.dossier import Dossier, Request
from pactwatch.model import Document, stable_id
from pactwatch.store import Database, open_database
from pactwatch.web.publishing import publish
from pactwatch.web.publishing.folder import SITE_MARK
from pactwatch.web.publishing.index import piece_of

TEXTS = (
    "Mexico signed an agreement on migration with Guatemala on Monday, officials said. "
    "“We walked for nine days through the hills,” said Wilmer Tzoc, a migrant. "
    "Refugee Hassan Odeh said the camp in Tapachula had no water. "
    "Mexico will send 40 agents to Guatemala, Interior Minister Enrique Degenhart said.",
    "Police in Tapachula killed Odilia Xicay, a mother of three, on Tuesday. "
    "Mexico deported Wilmer Tzoc, a migrant, to Guatemala. "
    "The United States gave $2 million to Honduras for shelters.",
)
PRIVATE = ("Wilmer", "Tzoc", "Hassan", "Odeh", "Odilia", "Xicay")


def told(folder: Path) -> dict[str, str]:
    """The text of each published file, as a reader of it sees it."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith("static/"):
            found[name] = path.read_text(encoding="utf-8")
    return found


class Words(HTMLParser):
    """The text of a page, node by node, with the values of its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for _, value in attrs if value]


def strings(value: Any) -> Iterator[str]:
    """Every string within a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def pieces(name: str, text: str) -> list[str]:
    """What a file says, string by string."""
    if name.endswith(".html"):
        words = Words()
        words.feed(text)
        return words.found
    if name.endswith(".json"):
        return list(strings(json.loads(text)))
    return text.splitlines()


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A dossier of what private persons said and suffered, read by the real engine."""
    database = open_database(tmp_path_factory.mktemp("private") / "private.db")
    dossier = Dossier(database)
    dossier.add(
        *(
            Document(id=stable_id("document", text), name=f"{n}.txt", text=text,
                     title=f"Report {n}", publisher="Lakeside Courier", published="2031-05-20")
            for n, text in enumerate(TEXTS)
        )
    )  # fmt: skip
    dossier.build(workers=1)
    assert len(dossier.statements()) >= 2
    return database


def test_private_persons_are_named_in_the_documents_own_words_alone(
    read: Database, tmp_path: Path
) -> None:
    publish(read, tmp_path, name="reports")
    own = [" ".join(text.split()) for text in TEXTS]
    quoted = 0
    for name, text in told(tmp_path).items():
        if re.fullmatch(r"search/words-\d+\.json", name):
            continue  # words of documents: checked below
        for piece in pieces(name, text):
            if any(one in piece for one in PRIVATE):
                words = " ".join(piece.split()).strip("“”… ")
                assert any(words in text for text in own), (name, piece)
                quoted += 1
    assert quoted


def test_the_index_finds_private_persons_in_documents_own_words_alone(
    read: Database, tmp_path: Path
) -> None:
    publish(read, tmp_path, name="reports")
    files = told(tmp_path)
    about = json.loads(files["search/about.json"])
    items = json.loads(files["search/items-0.json"])
    for name in PRIVATE:
        word = name.lower()
        index = json.loads(files.get(f"search/words-{piece_of(word)}.json", "{}"))
        assert all(number >= about["quotations"] for number in index.get(word, []))
        assert {items[number][0] for number in index.get(word, [])} <= {"quotation", "document"}


def test_private_persons_are_in_no_list_chart_or_table(read: Database, tmp_path: Path) -> None:
    publish(read, tmp_path, name="reports")
    for name, text in told(tmp_path).items():
        if name.startswith(("record/", "document/", "search/")):
            continue
        assert not [one for one in PRIVATE if one in text], name


@pytest.fixture
def decided(tmp_path: Path) -> Database:
    """A dossier on which two people have decided; a reason names one of them."""
    database = open_database(tmp_path / "decided.db")
    dossier = Dossier(database, engine=ENGINE)
    dossier.add(*REPORTS)
    dossier.build(workers=1)
    sent = next(r for r in dossier.measures() if r.contests)
    dossier.decide(
        Request(action="accept", about=sent.number, field="amount", claim="50",
                reason="ANN.REYES asked the ministry"),
        who="b.ortiz7",
    )  # fmt: skip
    actor = dossier.record(sent.number).claims[0].actor_id or dossier.actors()[0].id
    dossier.decide(
        Request(action="rename", about=actor, value="The other name", reason="its own name"),
        who="ann.reyes",
    )
    dossier.decide(
        Request(action="accept", about=sent.id, reason="the budget says so"), who="ann.reyes"
    )
    return database


def test_reviewers_are_not_named(decided: Database, tmp_path: Path) -> None:
    publish(decided, tmp_path / "site", name="reports")
    files = told(tmp_path / "site")
    for name, text in files.items():
        assert "reyes" not in text.lower(), name
        assert "ortiz" not in text.lower(), name
    every = "".join(files.values())
    assert "accepted by a reviewer" in every
    assert "the budget says so" in every
    assert "a reviewer asked the ministry" in every


def test_reviewers_are_named_where_that_is_asked_for(decided: Database, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    publish(decided, folder, name="reports", reviewers=True)
    assert any("by ann.reyes" in text for text in told(folder).values())
    assert any("b.ortiz7" in text for text in told(folder).values())
    publish(decided, folder, name="reports")
    assert not any("ortiz" in text for text in told(folder).values())
    assert (folder / SITE_MARK).exists()
