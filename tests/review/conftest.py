"""Dossiers of small made-up reports."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from pactwatch.dossier import Dossier
from pactwatch.model import Document

sys.path.insert(0, str(Path(__file__).parent))
from small_reports import REPORTS, open_reports

Make = Callable[..., Dossier]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Dossiers of these reports, by name."""
    opened: list[Dossier] = []

    def make(name: str = "dossier", reports: Sequence[Document] = REPORTS) -> Dossier:
        dossier = open_reports(tmp_path / f"{name}.db")
        opened.append(dossier)
        dossier.add(*reports)
        dossier.build(workers=1)
        return dossier

    yield make
    for dossier in opened:
        dossier.close()


@pytest.fixture
def dossier(make: Make) -> Dossier:
    return make()
