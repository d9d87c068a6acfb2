"""The gold of the example reports keeps the codebook, and quotes its documents to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactwatch.codebook import load_codebook
from pactwatch.documents import read_documents
from pactwatch.evaluation import read_gold
from pactwatch.fileform import FiledFinding, to_json_line
from pactwatch.model import Document

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "northern-triangle"
GOLD = ROOT / "eval" / "examples.jsonl"


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    read = list(read_documents(EXAMPLES))
    return {item.name: item for item in read if isinstance(item, Document)}


@pytest.fixture(scope="module")
def gold() -> list[FiledFinding]:
    return read_gold(GOLD)[0]


def test_every_example_is_read_and_listed(documents: dict[str, Document]) -> None:
    files = sorted(path.name for path in EXAMPLES.iterdir())
    assert sorted(documents) == files
    listed = GOLD.with_suffix(".documents.txt").read_text(encoding="utf-8").splitlines()
    assert listed == files


def test_every_example_says_that_it_is_a_sample(documents: dict[str, Document]) -> None:
    for document in documents.values():
        assert document.publisher, document.name
        assert document.published == document.name[:10]
        raw = (EXAMPLES / document.name).read_text(encoding="utf-8")
        assert "Sample written for Pactwatch" in raw, document.name


def test_evidence_and_roles_stand_in_their_document(
    documents: dict[str, Document], gold: list[FiledFinding]
) -> None:
    absent = []
    for finding in gold:
        words = [quote.text for quote in finding.evidence]
        words += [filler.text for fillers in finding.roles.values() for filler in fillers]
        words += [finding.attributed_to] if finding.attributed_to else []
        text = documents[finding.document].text
        absent += [(finding.document, w) for w in words if w not in text]
        assert finding.evidence, to_json_line(finding)
    assert absent == []


def test_evidence_is_no_furniture(documents: dict[str, Document], gold: list[FiledFinding]) -> None:
    for finding in gold:
        document = documents[finding.document]
        for quote in finding.evidence:
            start = document.text.index(quote.text)
            hidden = [s for s in document.furniture if s.start <= start < s.end]
            assert not hidden, (document.name, quote.text)


def test_gold_uses_only_words_of_the_codebook(gold: list[FiledFinding]) -> None:
    kinds = load_codebook().kinds
    areas = {area.id for area in load_codebook().areas}
    for finding in gold:
        line = to_json_line(finding)
        kind = kinds[finding.kind]
        label = finding.form if kind.name == "statement" else finding.type
        assert (label in kind.types) if kind.types else label is None, line
        assert (finding.stage in kind.stages) if kind.stages else finding.stage is None, line
        assert finding.binding in (None, "yes", "no"), line
        assert set(finding.roles) <= set(kind.roles), line
        for role, fillers in finding.roles.items():
            assert fillers, line
            assert len(fillers) == 1 or role in kind.many, line
            if role == "area":
                assert all(filler.value in areas for filler in fillers), line


def test_no_finding_stands_twice(gold: list[FiledFinding]) -> None:
    lines = [to_json_line(finding) for finding in gold]
    assert len(lines) == len(set(lines))
