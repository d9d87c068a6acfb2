"""A desk on a hostile dossier, asked through its application without a server."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

with warnings.catch_warnings():
    # Starlette would rather have httpx2, which the project does not need otherwise.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parent))
import hostile_dossier

from pactwatch.store import Database
from pactwatch.web.app import make_app
from pactwatch.web.settings import Settings

TOKEN = "a token of twenty signs"


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The hostile dossier."""
    database = hostile_dossier.make(tmp_path_factory.mktemp("hostile") / "hostile.db")
    yield database
    database.close()


@pytest.fixture
def desk(hostile: Database) -> Iterator[TestClient]:
    """A desk for this machine alone."""
    app = make_app(hostile, Settings(name=hostile_dossier.EVIL))
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
        yield client


@pytest.fixture
def locked(hostile: Database) -> Iterator[TestClient]:
    """A desk that asks for a token."""
    app = make_app(hostile, Settings(name="ports", token=TOKEN))
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
        yield client
