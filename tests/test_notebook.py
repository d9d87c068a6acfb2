from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import polars
import pytest

from pactwatch.dossier import Dossier
from pactwatch.model import Actor, Record
from pactwatch.notebook import Actors, Records, actor_html, record_html, show_in_notebooks

sys.path.insert(0, str(Path(__file__).parent))

from standins import document, open_standin


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[Dossier]:
    with open_standin(tmp_path / "dossier.db") as dossier:
        dossier.add(
            document("a.txt", "Norland sends 40 guards to Sudland."),
            document(
                "b.txt", "Norland sends 50 guards to Sudland. Ostia sends 3 boats to Norland."
            ),
        )
        dossier.build()
        yield dossier


def test_records_show_as_a_table_with_every_word_escaped(dossier: Dossier) -> None:
    html = dossier.measures()._repr_html_()
    assert "<b>staff</b>" not in html
    assert "&lt;b&gt;staff&lt;/b&gt;" in html
    assert html.count("<tr>") == 3


def test_long_lists_say_how_many_rows_are_left(dossier: Dossier) -> None:
    assert "and 20 more" in Records([*dossier.measures()] * 60)._repr_html_()


def test_records_turn_into_a_frame_with_a_column_for_each_field(dossier: Dossier) -> None:
    frame = dossier.measures().to_polars()
    assert frame["number"].to_list() == ["measure-1", "measure-2"]
    assert frame["amount"].to_list() == ["40; 50", "3"]
    assert frame["contested"].to_list() == ["amount", None]
    assert {"actor", "recipient", "object", "place", "purpose", "agreement"} <= set(frame.columns)
    assert frame.schema["documents"] == polars.Int64


def test_no_records_are_a_frame_without_rows(dossier: Dossier) -> None:
    assert dossier.agreements().to_polars().is_empty()
    assert Actors().to_polars().is_empty()


def test_one_record_shows_its_claims_with_their_words(dossier: Dossier) -> None:
    html = record_html(dossier.measures()[0])
    assert "“Norland sends 40 guards to Sudland”" in html
    assert "amount: The numbers differ." in html
    assert "<b>staff" not in html


def test_actors_show_their_other_names(dossier: Dossier) -> None:
    assert "the Norland" in actor_html(dossier.actors()[0])
    assert dossier.actors().to_polars()["names"].to_list()[0] == "Norland; the Norland"


def test_running_notebook_learns_to_show_single_values(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: dict[type, Callable[..., str]] = {}
    formatter = SimpleNamespace(for_type=shown.__setitem__)
    shell = SimpleNamespace(display_formatter=SimpleNamespace(formatters={"text/html": formatter}))
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    show_in_notebooks()
    assert shown == {Record: record_html, Actor: actor_html}
