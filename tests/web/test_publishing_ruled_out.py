"""What people took out of the ledger is not on the site; names to keep back must be there."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "review"))
from small_reports import document, open_reports

from pactwatch.dossier import Dossier, Request
from pactwatch.errors import UsageError
from pactwatch.web.looking import Look, Memory
from pactwatch.web.publishing import publish
from pactwatch.web.publishing.index import piece_of
from pactwatch.web.views.document import DocumentPage
from pactwatch.web.views.document import document as document_page
from pactwatch.web.views.documents import documents as documents_page
from pactwatch.web.views.overview import overview

NURSES, BOATS = "Panama sends 3 nurses to Mexico", "Honduras sends 8 boats to Panama"
REPORTS = (
    replace(document("a.txt", "Mexico sends 40 guards to Guatemala. Then it rained."),
            publisher="Harbour Blog"),
    replace(document("c.txt", f"Panama will send 7 boats to Honduras. {NURSES}. It was late."),
            publisher="Ledger Daily"),
    replace(document("d.txt", f"The council met. {BOATS}."), publisher="Old Satire"),
)  # fmt: skip


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[Dossier]:
    with open_reports(tmp_path / "dossier.db") as opened:
        opened.add(*REPORTS)
        opened.build(workers=1)
        [nurses] = [r for r in opened.measures() if "nurses" in r.label]
        opened.decide(Request(action="reject", about=nurses.id), who="Ann")
        opened.decide(Request(action="set aside", about=REPORTS[2].id), who="Ann")
        yield opened


def page(dossier: Dossier, of: str, *, static: bool) -> DocumentPage:
    with dossier._database.reading() as connection:
        look = Look(connection=connection, ask={}, memory=Memory(), static=static)
        found = document_page(look, of)
    assert isinstance(found, DocumentPage)
    return found


def found_by(site: Path, word: str) -> list[tuple[str, str]]:
    """Kind and words of the items that the site's search finds."""
    about = json.loads((site / "search/about.json").read_text())
    file = site / f"search/words-{piece_of(word)}.json"
    numbers = json.loads(file.read_text()).get(word, []) if file.exists() else []
    items = []
    for number in numbers:
        items += json.loads((site / f"search/items-{number // about['size']}.json").read_text())[
            number % about["size"] :
        ][:1]
    return [(kind, words) for kind, _, words, _ in items]


def test_what_was_rejected_or_set_aside_is_not_quoted_on_the_site(
    dossier: Dossier, tmp_path: Path
) -> None:
    publish(dossier._database, tmp_path / "site", name="reports", quotes_only=("all",))
    told = {
        path.relative_to(tmp_path / "site").as_posix(): path.read_text(encoding="utf-8")
        for path in (tmp_path / "site").rglob("*")
        if path.suffix in {".html", ".json", ".jsonl", ".csv"} and "static" not in path.parts
    }
    assert any("40 guards" in text for text in told.values())
    for name, text in told.items():
        assert "nurses" not in text, name
        assert "8 boats" not in text, name
    assert found_by(tmp_path / "site", "guards")
    assert found_by(tmp_path / "site", "nurses") == []


def test_in_a_text_that_is_shown_nothing_rejected_is_highlighted_on_the_site(
    dossier: Dossier,
) -> None:
    site, desk = (page(dossier, REPORTS[1].id, static=static) for static in (True, False))
    assert [row.text for row in site.findings] == ["Panama will send 7 boats to Honduras"]
    assert not any(piece.kinds for piece in site.pieces if "nurses" in piece.text)
    assert "".join(piece.text for piece in site.pieces) == REPORTS[1].text
    assert site.kinds == {"measure": 1}
    assert len(desk.findings) == 2
    [nurses] = [row for row in desk.findings if "nurses" in row.text]
    assert desk.rejected_by == {nurses.id: "Ann"}
    assert site.rejected_by == {}
    assert page(dossier, REPORTS[2].id, static=True).findings == ()


def test_the_index_of_a_shown_text_has_no_quotation_of_what_was_rejected(
    dossier: Dossier, tmp_path: Path
) -> None:
    publish(dossier._database, tmp_path / "site", name="reports")
    assert {kind for kind, _ in found_by(tmp_path / "site", "nurses")} == {"document"}


def test_decisions_taken_back_are_not_published(dossier: Dossier, tmp_path: Path) -> None:
    done = dossier.decide(
        Request(action="set aside", about=REPORTS[0].id, reason="thought a joke"), who="Ann"
    )
    publish(dossier._database, tmp_path / "site", name="reports")
    name = tmp_path / "site" / "document" / f"{REPORTS[0].id}.html"
    assert "thought a joke" in name.read_text()
    dossier.undo(done.decision.id, who="Ann")
    publish(dossier._database, tmp_path / "site", name="reports")
    assert "thought a joke" not in name.read_text()
    assert "thought a joke" not in name.with_suffix(".json").read_text()
    desk = page(dossier, REPORTS[0].id, static=False)
    assert [ruling.state for ruling in desk.rulings] == ["undone"]


def test_a_document_set_aside_is_marked_in_the_list_and_not_counted(
    dossier: Dossier, tmp_path: Path
) -> None:
    with dossier._database.reading() as connection:
        look = Look(connection=connection, ask={}, memory=Memory())
        rows = documents_page(look).rows
        summary = overview(look).summary
    assert {row.name for row in rows if row.set_aside} == {"d.txt"}
    assert summary.startswith("2 documents by 2 publishers, 1 set aside")
    publish(dossier._database, tmp_path / "site", name="reports")
    assert "set aside" in (tmp_path / "site" / "documents.html").read_text()
    table = json.loads((tmp_path / "site" / "explore/documents/rows-0.json").read_text())
    assert [row[-1] for row in table if row[0] == REPORTS[2].id] == [1]
    assert sum(row[-1] for row in table) == 1


@pytest.mark.parametrize(
    ("name", "near"), [("Harbor Blog", "Harbour Blog"), ("c.tx", "c.txt"), ("Zzz", "Ledger Daily")]
)
def test_a_name_to_keep_back_that_fits_nothing_writes_nothing(
    dossier: Dossier, tmp_path: Path, name: str, near: str
) -> None:
    with pytest.raises(UsageError) as told:
        publish(dossier._database, tmp_path / "site", name="reports", quotes_only=("a.txt", name))
    assert name in str(told.value)
    assert near in str(told.value)
    assert told.value.exit_code == 2
    assert not (tmp_path / "site").exists()
