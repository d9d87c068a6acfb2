"""The codebook loads whole; a user's file adds to it; a wrong entry is named."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from pactwatch.codebook import load_codebook
from pactwatch.codebook.grammar import Grammar, load_grammar
from pactwatch.codebook.vocabularies import load_table
from pactwatch.errors import CodebookError
from pactwatch.findings import find
from pactwatch.language import read
from pactwatch.model import Document, Finding

OWN = """
type = "operation"
definition = "Clearing of mines."

[nouns]
mines = ["mine", "landmine"]
personnel = ["deminer"]

[verbs]
clearing = ["clear", "defuse"]

[[area]]
id = "demining"
definition = "Clearing of mines and other remnants of war."
terms = ["demining", "mine clearance"]

[[predicate]]
id = "operation.demine"
verbs = ["@clearing"]
objects = ["@mines"]
[[predicate.examples]]
text = "Norway cleared forty mines in Laos."
stage = "done"
roles = { actor = ["Norway"], amount = ["forty"] }
"""


def measures(text: str, *files: Path) -> list[Finding]:
    codebook = load_codebook(*files)
    document = Document(id="d", name="d.txt", text=text)
    found = find(read(document, codebook=codebook), codebook)
    return [f for f in found.findings if f.kind == "measure"]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "demining.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_ids_are_given_once() -> None:
    book = load_codebook()
    for ids in ([p.id for p in book.predicates], [a.id for a in book.areas]):
        assert len(ids) == len(set(ids))


def test_a_file_of_ones_own_adds_predicates(own: Path) -> None:
    text = "Norway cleared forty mines in Laos."
    assert measures(text) == []
    (found,) = measures(text, own)
    assert (found.type, found.trigger) == ("operation", "measure.operation.demine")
    assert found.roles["amount"][0].text == "forty"


def test_a_file_of_ones_own_adds_to_word_classes(own: Path) -> None:
    assert load_codebook(own).nouns["mines"] == {"mine", "landmine"}
    assert load_codebook(own).nouns["personnel"] == load_codebook().nouns["personnel"] | {"deminer"}
    (found,) = measures("Norway sent deminers to Laos.", own)
    assert found.type == "deployment"


def test_a_file_of_ones_own_adds_areas(own: Path) -> None:
    assert [a.id for a in load_codebook(own).areas] == [
        *(a.id for a in load_codebook().areas),
        "demining",
    ]


def test_an_area_named_again_has_more_terms(tmp_path: Path) -> None:
    path = tmp_path / "more.toml"
    path.write_text('[[area]]\nid = "trade"\ndefinition = "Trade."\nterms = ["barter"]\n')
    terms = [a.terms for a in load_codebook(path).areas if a.id == "trade"]
    assert [t for ts in terms for t in ts][-1] == "barter"


def test_a_file_of_ones_own_gives_another_version(own: Path) -> None:
    before = load_codebook(own).version
    assert before != load_codebook().version
    other = own.with_name("other.toml")
    other.write_text(OWN + "\n# a comment\n", encoding="utf-8")
    assert load_codebook(other).version != before


ENTRY = OWN[OWN.index("[[predicate]]") :]
WRONG = [
    ("no TOML", OWN + "\n[[predicate", "can't be read"),
    ("an unknown type", OWN.replace('type = "operation"', 'type = "sorcery"'), "'sorcery'"),
    ("an unknown class", OWN.replace("@mines", "@bombs"), "@bombs"),
    ("no verbs or nouns", OWN.replace('verbs = ["@clearing"]', ""), "verbs or nouns"),
    ("no id", OWN.replace('id = "operation.demine"', ""), "predicate without id"),
    ("no example", OWN[: OWN.index("[[predicate.examples]]")], "no example"),
    ("an unknown role", OWN.replace("amount = ", "victim = "), "'victim'"),
    ("an id given twice", OWN + ENTRY, "predicate operation.demine"),
    ("an unknown key", OWN.replace("objects =", "object ="), "object"),
    ("an example without text", OWN.replace('text = "Norway', 'txt = "Norway'), "txt"),
    ("an unknown stage", OWN.replace('stage = "done"', 'stage = "over"'), "'over'"),
    ("a need that is no role", OWN.replace("objects =", 'needs = ["luck"]\nobjects ='), "'luck'"),
    ("words that are no list", OWN.replace('["@mines"]', '"@mines"'), "objects"),
    ("an area without terms", OWN.replace("terms =", "words ="), "demining"),
    ("an entry that is no table", 'predicate = ["x"]', "predicate"),
    ("a class that is no list", OWN.replace('["mine", "landmine"]', '"mine"'), "nouns.mines"),
    ("a word that is no word", OWN.replace('"landmine"', "7"), "nouns.mines"),
]


@pytest.mark.parametrize(("text", "named"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_a_wrong_entry_is_named(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "demining.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError) as caught:
        load_codebook(path)
    assert "demining.toml" in str(caught.value)
    assert named in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match=r"nothing\.toml: can't be read"):
        load_codebook(tmp_path / "nothing.toml")


def test_every_class_of_the_grammar_has_words() -> None:
    grammar = load_grammar()
    assert all(getattr(grammar, field.name) for field in fields(Grammar))
    table = load_table("grammar.toml")
    told = {"lemmas", *table["verbs"], *table["nouns"]}
    assert told == {field.name for field in fields(Grammar)}


def test_the_example_file_is_as_the_documentation_says() -> None:
    assert set(tomllib.loads(OWN)) == {"type", "definition", "nouns", "verbs", "area", "predicate"}
