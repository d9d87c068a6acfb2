"""Builders of made-up reports for the tests of lineage."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pactwatch.model import Document, Finding, stable_id

sys.path.insert(0, str(Path(__file__).parent))


def make_document(name: str, text: str, published: str | None = None, publisher: str | None = None):
    return Document(
        id=stable_id("document", name, text),
        name=name,
        text=text,
        published=published,
        publisher=publisher,
    )


def make_finding(
    document: Document, kind: str, evidence: str, form: str | None = None, **roles: str
):
    def spot(words: str) -> tuple[int, int]:
        start = document.text.index(words)
        return start, start + len(words)

    return Finding.cut(
        document,
        kind,
        form=form,
        roles={role: [(*spot(words), None)] for role, words in roles.items()},
        evidence=[spot(evidence)],
    )


@pytest.fixture(name="document")
def _document():
    return make_document


@pytest.fixture(name="finding")
def _finding():
    return make_finding
