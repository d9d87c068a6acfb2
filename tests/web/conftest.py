"""A desk on a hostile dossier, asked through its application without a server."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

with warnings.catch_warnings():
    # Starlette would rather have httpx2, which the project does not need otherwise.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "review"))
import hostile_dossier
from small_reports import ENGINE, REPORTS, open_reports

from pactwatch.store import Database, open_database
from pactwatch.web.app import make_app
from pactwatch.web.jobs import Builder
from pactwatch.web.rooms import LINKS, Rooms
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
    """A desk with all its rooms that asks for a token."""
    rooms = Rooms(hostile)
    settings = Settings(name="ports", token=TOKEN)
    app = make_app(hostile, settings, routes=rooms.routes, links_more=LINKS)
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
        yield client
    rooms.close()


@dataclass
class Writable:
    """A desk that decides and builds, on a dossier of small made-up reports."""

    database: Database
    rooms: Rooms
    settings: Settings

    def client(self) -> TestClient:
        """A browser that has not been here."""
        app = make_app(self.database, self.settings, routes=self.rooms.routes, links_more=LINKS)
        return TestClient(app, base_url="http://localhost", follow_redirects=False)


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a dossier of small reports."""
    path = tmp_path_factory.mktemp("reports") / "reports.db"
    with open_reports(path) as dossier:
        dossier.add(*REPORTS)
        dossier.build(workers=1)
    return path


@pytest.fixture
def writable(reports: Path, tmp_path: Path) -> Iterator[Callable[..., Writable]]:
    """Makes a desk on a copy of these reports; by its settings."""
    made: list[Writable] = []

    def make(*, builder: Builder | None = None, **settings: object) -> Writable:
        path = tmp_path / f"{len(made)}.db"
        path.write_bytes(reports.read_bytes())
        database = open_database(path)
        rooms = Rooms(database, engine=ENGINE, builder=builder)
        options = Settings(**{"name": "reports", "who": "Ann", **settings})  # type: ignore[arg-type]
        made.append(Writable(database, rooms, options))
        return made[-1]

    yield make
    for one in made:
        one.rooms.close()
        one.database.close()
