from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pactwatch.store import Database, open_database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_database(tmp_path / "dossier.db")
    yield database
    database.close()
