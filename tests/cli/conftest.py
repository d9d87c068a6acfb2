"""The made-up dossier stands in for the file, so that the commands are tested alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent.parent / "report"))
import made_up

Run = Callable[..., Any]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run a command in an empty working directory, on the made-up dossier `ports.db`."""
    from pactwatch.cli import app

    monkeypatch.chdir(tmp_path)
    (tmp_path / "ports.db").touch()
    for module in ("asking", "checking", "reporting"):
        monkeypatch.setattr(
            f"pactwatch.cli.{module}.open_existing", lambda path: made_up.MadeUpDossier()
        )
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.fixture
def run_real(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run a command on real files, in an empty working directory."""
    from pactwatch.cli import app

    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, list(words))
