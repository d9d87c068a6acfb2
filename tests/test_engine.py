from __future__ import annotations

from pathlib import Path

import pytest

from pactwatch import engine


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(engine, "__file__", str(tmp_path / "engine.py"))
    (tmp_path / "model.py").write_text("one = 1\n")
    (tmp_path / "language").mkdir()
    (tmp_path / "language" / "dates.py").write_text("two = 2\n")
    return tmp_path


@pytest.mark.parametrize("changed", ["model.py", "language/dates.py", "language/new.toml"])
def test_version_moves_with_every_source_file(home: Path, changed: str) -> None:
    before = engine.source_version(("model.py", "language"))
    (home / changed).write_text("three = 3\n")
    assert engine.source_version(("model.py", "language")) != before


def test_version_does_not_move_with_compiled_files_and_other_rooms(home: Path) -> None:
    before = engine.source_version(("model.py", "language"))
    (home / "language" / "__pycache__").mkdir()
    (home / "language" / "__pycache__" / "dates.pyc").write_text("")
    (home / "dossier.py").write_text("three = 3\n")
    assert engine.source_version(("model.py", "language")) == before


def test_versions_name_the_pipeline() -> None:
    found = engine.versions(engine.Job())
    assert found == engine.versions(engine.Job())
    assert found.pipeline.startswith("en_core_web_sm")
