"""What the site's script filters by: the same values, counts and orders as on the desk."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "review"))
from small_reports import ENGINE, REPORTS

from pactwatch.dossier import Dossier
from pactwatch.store import Database, open_database
from pactwatch.store.queries import RecordFilter, record_rows
from pactwatch.store.queries_actors import ActorFilter, actor_parts, actor_rows
from pactwatch.web.links import Links
from pactwatch.web.looking import Look
from pactwatch.web.publishing import publish, tables
from pactwatch.web.publishing.folder import Folder
from pactwatch.web.views.actors import actors
from pactwatch.web.views.documents import documents
from pactwatch.web.views.records import records

LARGEST = 200_000  # bytes of one file of a table


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A dossier of small reports."""
    database = open_database(tmp_path_factory.mktemp("reports") / "reports.db")
    dossier = Dossier(database, engine=ENGINE)
    dossier.add(*(replace(r, publisher=f"Gazette {n % 2}") for n, r in enumerate(REPORTS)))
    dossier.build(workers=1)
    return database


@pytest.fixture(scope="module")
def folder(reports: Database, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of its site."""
    place = tmp_path_factory.mktemp("site")
    publish(reports, place, name="reports")
    return place / "explore"


def joined(folder: Path, name: str) -> list[Any]:
    """The files of a list, joined."""
    found: list[Any] = []
    number = 0
    while (path := folder / f"{name}-{number}.json").exists():
        found += json.loads(path.read_text(encoding="utf-8"))
        number += 1
    return found


def column(folder: Path, name: str) -> list[list[str]]:
    """Of each row, the values that it has of a field."""
    values = [v if isinstance(v, str) else v[0] for v in joined(folder, f"{name}-values")]
    entries = joined(folder, name)
    return [[values[c] for c in ([e] if isinstance(e, int) else e)] for e in entries]


@pytest.mark.parametrize(
    ("table", "view"), [("records", records), ("actors", actors), ("documents", documents)]
)
def test_columns_count_what_the_facets_of_the_desk_count(
    reports: Database, folder: Path, table: str, view: Any
) -> None:
    with reports.reading() as connection:
        facets = view(Look(connection=connection)).facets
    about = json.loads((folder / table / "about.json").read_text(encoding="utf-8"))
    assert [name for name, _ in about["facets"] if name in {f.name for f in facets}] == [
        facet.name for facet in facets
    ]
    for facet in facets:
        if facet.name == "accounts":
            accounts = joined(folder / table, "number-accounts")
            counts = {str(n): sum(a >= n for a in accounts) for n in about["least"]}
        else:
            counts = Counter(v for own in column(folder / table, facet.name) for v in own)
        assert {value: n for value, _, n in facet.values}.items() <= dict(counts).items()


def test_dates_and_roles_leave_the_records_that_the_desk_leaves(
    reports: Database, folder: Path
) -> None:
    rows = joined(folder / "records", "rows")
    with reports.reading() as connection:
        may = [n for n, dates in enumerate(column(folder / "records", "date"))
               if any(date <= "2031-05-03-99" for date in dates)]  # fmt: skip
        until = record_rows(connection, RecordFilter(until="2031-05-03"), limit=None)
        assert [rows[n][0] for n in may] == [row.id for row in until]
        roles = column(folder / "records", "role")
        for actor in actor_rows(connection, ActorFilter()):
            for part in actor_parts(connection, actor.id):
                wanted = RecordFilter(actor=actor.id, role=part.field)
                own = [rows[n][0] for n, r in enumerate(roles) if f"{part.field} {actor.id}" in r]
                assert own == [row.id for row in record_rows(connection, wanted, limit=None)]


def test_orders_are_those_of_the_desk(reports: Database, folder: Path) -> None:
    rows = joined(folder / "records", "rows")
    with reports.reading() as connection:
        for order in ("accounts", "date", "label"):
            found = [rows[n][0] for n in joined(folder / "records", f"order-{order}")]
            wanted = record_rows(connection, RecordFilter(), order=order, limit=None)
            assert found == [row.id for row in wanted]


def test_quotations_lead_to_their_records(reports: Database, folder: Path) -> None:
    search = folder.parent / "search"
    about = json.loads((search / "about.json").read_text())
    items, places = joined(search, "items"), joined(search, "places")
    rows = joined(folder / "records", "rows")
    words = [item[2] for item in items[about["quotations"] : about["documents"]]]
    assert len(words) == len(places) > 0
    (number,) = (n for n, text in enumerate(words) if "3 nurses" in text)
    assert "nurses" in rows[places[number]][1]
    assert {item[0] for item in items[about["documents"] :]} == {"document"}


def test_files_are_of_bounded_size_however_many_rows_there_are(tmp_path: Path) -> None:
    many = 60_000
    values = [f"actor-{n:016x}" for n in range(20_000)]
    codes = [[n % 20_000, n * 7 % 20_000, n * 31 % 20_000] for n in range(many)]
    table = tables.Table(
        name="records",
        rows=[("record-" + "0" * 16, "a label " * 17, 0, "measure, deployment", "done",
               "31 May 2019", 0, "$750 million", 3, 4)] * many,
        columns={"actor": tables.Column(codes=codes, values=values, labels=["name " * 9] * 20_000)},
        orders={"date": list(range(many))},
    )  # fmt: skip
    with Folder(tmp_path) as place:
        tables.write_table(place, table)
    sizes = [path.stat().st_size for path in (tmp_path / "explore/records").iterdir()]
    assert max(sizes) < LARGEST
    assert joined(tmp_path / "explore/records", "actor") == codes


def test_a_filter_is_part_of_an_address_of_the_site() -> None:
    links = Links(up="../", static=True)
    assert links.records() == "../records.html"
    assert links.records({"kind": "measure"}) == "../records-measure.html"
    assert links.records({"kind": "measure", "page": 2}) == "../records-measure-2.html"
    assert (
        links.records({"kind": "measure", "actor": "actor-1", "role": "recipient"})
        == "../records.html?kind=measure&actor=actor-1&role=recipient"
    )
    assert links.records({"place": "Sao Tome & x"}) == "../records.html?place=Sao+Tome+%26+x"
    assert links.listing("documents", {"words": "border"}) == "../documents.html?words=border"
