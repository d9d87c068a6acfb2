"""The quality gate: the real extractor, held to the floors of `eval/floors.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from pactwatch.documents import read_documents
from pactwatch.evaluation import Evaluation, Tally, evaluate, extract_findings, read_gold
from pactwatch.fileform import FiledFiller, FiledFinding, FiledQuote, to_json_line
from pactwatch.model import Document

ROOT = Path(__file__).parents[2]
CORPORA: dict[str, dict[str, Any]] = tomllib.loads(
    (ROOT / "eval" / "floors.toml").read_text(encoding="utf-8")
)["corpora"]


def fingerprint(gold: Path, texts: Path) -> str:
    """SHA-256 over the gold, its list of documents and the listed texts, with their names."""
    names = read_gold(gold)[1]
    listed = gold.with_suffix(".documents.txt")
    files = [
        gold,
        *([listed] if listed.exists() else []),
        *(texts / name for name in sorted(names)),
    ]
    whole = sha256()
    for path in files:
        content = path.read_bytes()
        whole.update(f"{path.name}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()


def measured(evaluation: Evaluation) -> dict[str, float]:
    """All values that can have a floor, by name: "recall", "measure.recall" …

    Where there was nothing to get right the value is 1: no floor is missed for want of a case.
    """

    def of(tally: Tally) -> dict[str, float]:
        shares = {"type": tally.type.value, "stage": tally.stage.value}
        return {
            "precision": tally.found.precision,
            "recall": tally.found.recall,
            "f1": tally.found.f1,
            "roles_f1": tally.roles.f1,
            **{name: 1.0 if share is None else share for name, share in shares.items()},
        }

    values = of(evaluation.overall)
    for name, share in (("evidence", evaluation.evidence), ("words", evaluation.words)):
        values[name] = 1.0 if share.value is None else share.value
    for kind, tally in evaluation.by_kind.items():
        values |= {f"{kind}.{name}": value for name, value in of(tally).items()}
    return values


def faults(
    values: Mapping[str, float], floors: Mapping[str, float], allowed: Mapping[str, str]
) -> list[str]:
    """What is wrong, in words; empty when every floor is held or its miss has a reason."""
    found = []
    for name, floor in floors.items():
        if name not in values:
            found.append(f"{name}: nothing of this name is measured")
        elif values[name] < floor and not allowed.get(name):
            found.append(f"{name}: {values[name]:.3f} is below its floor {floor:.3f}")
        elif values[name] >= floor and name in allowed:
            found.append(f"{name}: {values[name]:.3f} holds its floor, delete allow_regression")
    idle = sorted(set(allowed) - set(floors))
    return found + [f"{name}: allow_regression for something without a floor" for name in idle]


@pytest.fixture(params=CORPORA, ids=str)
def corpus(request: pytest.FixtureRequest) -> dict[str, Any]:
    entry = CORPORA[request.param]
    if entry.get("beside") and not (ROOT / entry["gold"]).exists():
        pytest.skip(f"{entry['gold']} is not beside this checkout")
    return entry


def test_corpus_is_the_pinned_one(corpus: dict[str, Any]) -> None:
    actual = fingerprint(ROOT / corpus["gold"], ROOT / corpus["texts"])
    assert actual == corpus["sha256"], (
        f"{corpus['gold']} or its texts changed. If that is meant, measure anew, "
        f'then pin sha256 = "{actual}" in eval/floors.toml'
    )


def test_floors_hold(corpus: dict[str, Any]) -> None:
    gold, names = read_gold(ROOT / corpus["gold"])
    read = [d for d in read_documents(ROOT / corpus["texts"]) if isinstance(d, Document)]
    documents = [document for document in read if document.name in names]
    assert len(documents) == len(names)
    evaluation = evaluate(
        gold,
        extract_findings(documents),
        documents=names,
        texts={document.name: document.text for document in documents},
    )
    values = measured(evaluation)
    assert faults(values, corpus["floors"], corpus.get("allow_regression", {})) == [], values


FINDING = FiledFinding(
    document="a.md",
    kind="measure",
    type="training",
    stage="done",
    roles={"actor": (FiledFiller(text="Ruritania"),), "recipient": (FiledFiller(text="police"),)},
    evidence=(FiledQuote(text="Ruritania trained the police."),),
)


def test_measured_names_all_kinds_and_shares() -> None:
    values = measured(evaluate([FINDING], [FINDING], texts={"a.md": FINDING.evidence[0].text}))
    assert set(values.values()) == {1.0}
    assert {"recall", "evidence", "words", "measure.precision", "measure.stage"} <= set(values)


def test_a_value_below_its_floor_is_a_fault() -> None:
    values = measured(evaluate([FINDING], []))
    assert faults(values, {"recall": 0.0, "measure.precision": 0.0}, {}) == []
    assert faults(values, {"recall": 0.5}, {}) == ["recall: 0.000 is below its floor 0.500"]


def test_a_missed_floor_with_a_reason_passes_until_it_is_idle() -> None:
    reason = {"recall": "conditions are refused"}
    assert faults({"recall": 0.4}, {"recall": 0.5}, reason) == []
    assert "delete allow_regression" in faults({"recall": 0.5}, {"recall": 0.5}, reason)[0]
    assert "below" in faults({"recall": 0.4}, {"recall": 0.5}, {"recall": ""})[0]
    assert "without a floor" in faults({"recall": 0.4}, {}, reason)[0]


def test_a_floor_under_an_unknown_name_is_a_fault() -> None:
    assert "nothing of this name" in faults({"recall": 1.0}, {"recal": 0.5}, {})[0]


@pytest.mark.parametrize("changed", ["x.jsonl", "x.documents.txt", "a.md"])
def test_fingerprint_changes_with_gold_list_and_texts(tmp_path: Path, changed: str) -> None:
    (tmp_path / "x.jsonl").write_text(to_json_line(FINDING) + "\n", encoding="utf-8")
    (tmp_path / "x.documents.txt").write_text("a.md\n", encoding="utf-8")
    (tmp_path / "a.md").write_text("Ruritania trained the police.", encoding="utf-8")
    (tmp_path / "unlisted.md").write_text("No part of the corpus.", encoding="utf-8")
    before = fingerprint(tmp_path / "x.jsonl", tmp_path)
    (tmp_path / "unlisted.md").write_text("Changed.", encoding="utf-8")
    assert fingerprint(tmp_path / "x.jsonl", tmp_path) == before
    with (tmp_path / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert fingerprint(tmp_path / "x.jsonl", tmp_path) != before
