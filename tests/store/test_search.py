from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.model import Document
from pactwatch.store import Database, open_database
from pactwatch.store.documents import add_document
from pactwatch.store.search import Hit, match_words, search

TEXT = (
    "🙂 Café of the port.\n\n"
    "Norland deployed 89 agents to Sudland, the minister said AND left.\n\n"
    + "Nothing to see here. " * 60
    + "\n\nMore agents are being deployed."
)


@pytest.fixture
def held(database: Database) -> Database:
    with database.writing() as connection:
        add_document(connection, Document(id="document-1", name="a.txt", text=TEXT), "a.txt")
    return database


def ask(database: Database, words: str, limit: int = 20) -> list[Hit]:
    with database.reading() as connection:
        return search(connection, words, limit=limit)


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("deploy agent", ["deployed", "agents", "agents", "deployed"]),
        ('"89 agents"', ["89 agents"]),
        ("“89 agents”", ["89 agents"]),
        ("said AND left", ["said", "AND", "left"]),
        ("cafe", ["Café"]),
        ("minister*", ["minister"]),
        ("(minister)", ["minister"]),
    ],
)
def test_words_are_found_with_their_offsets(held: Database, words: str, marked: list[str]) -> None:
    hits = ask(held, words)
    assert [TEXT[mark.start : mark.end] for hit in hits for mark in hit.marks] == marked
    for hit in hits:
        assert hit.text == TEXT[hit.start : hit.end]
        assert all(hit.start <= mark.start < mark.end <= hit.end for mark in hit.marks)


def test_passages_far_apart_are_hits_of_their_own(held: Database) -> None:
    first, second = ask(held, "agents")
    assert first.text.startswith("Norland deployed")
    assert second.text == "More agents are being deployed."
    assert ask(held, "agents", limit=1) == [first]


@pytest.mark.parametrize("words", ["", "  ", '"', "* ( ) -", "absent", "minister absent"])
def test_nothing_is_found_without_a_word_that_stands_there(held: Database, words: str) -> None:
    assert ask(held, words) == []


def test_operators_are_plain_words() -> None:
    assert match_words('NEAR(a b) NOT c* "d OR e"') == '"NEAR(a" "b)" "NOT" "c*" "d OR e"'


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=5, max_size=5))
def test_whatever_is_typed_is_no_error(typed: list[str]) -> None:
    with TemporaryDirectory() as folder:
        database = open_database(Path(folder) / "dossier.db")
        with database.writing() as connection:
            add_document(connection, Document(id="document-1", name="a.txt", text=TEXT), "a.txt")
        for words in typed:
            ask(database, words)
        database.close()
