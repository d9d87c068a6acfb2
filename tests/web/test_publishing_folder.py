"""What stays of an earlier site: nothing withheld or gone, and everything that is not ours."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "review"))
from small_reports import ENGINE, REPORTS, document

from pactwatch.dossier import Dossier, Request
from pactwatch.errors import DossierError
from pactwatch.model import Document
from pactwatch.store import Database, open_database
from pactwatch.web.publishing import publish
from pactwatch.web.publishing.folder import SITE_MARK, Folder


def files(folder: Path) -> set[str]:
    """Names of the files below a folder, without the mark."""
    every = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix() for path in every} - {SITE_MARK}


def marked(folder: Path) -> list[str]:
    """Names in the mark."""
    return (folder / SITE_MARK).read_text(encoding="utf-8").splitlines()[1:]


def site(folder: Path, *bodies: tuple[str, str]) -> Folder:
    """Write a site of these files."""
    with Folder(folder) as place:
        for name, body in bodies:
            place.write(name, body.encode())
        place.clear()
    return place


def test_the_mark_names_every_file_and_nothing_else(hostile: Database, tmp_path: Path) -> None:
    publish(hostile, tmp_path / "site", name="ports")
    names = marked(tmp_path / "site")
    assert sorted(names) == names
    assert set(names) == files(tmp_path / "site")


def test_texts_withheld_later_vanish_from_the_folder(hostile: Database, tmp_path: Path) -> None:
    secret = "to guard the coast"  # stands in a document, in no quotation

    def told() -> list[str]:
        every = ((tmp_path / name) for name in files(tmp_path) if not name.startswith("static/"))
        return [path.name for path in every if secret in path.read_text(encoding="utf-8")]

    publish(hostile, tmp_path, name="ports")
    assert told()
    report = publish(hostile, tmp_path, name="ports", quotes_only=("all",))
    assert told() == []
    words = [json.loads(path.read_text()) for path in (tmp_path / "search").glob("words-*.json")]
    assert not any("coast" in piece for piece in words)
    assert report.removed == 0 or files(tmp_path) == set(marked(tmp_path))


def test_files_that_are_no_longer_written_are_removed(tmp_path: Path) -> None:
    site(tmp_path, ("index.html", "1"), ("record/a.html", "1"), ("document/d-2.html", "1"))
    site(tmp_path, ("index.html", "2"), ("record/b.html", "2"))
    assert files(tmp_path) == {"index.html", "record/b.html"} == set(marked(tmp_path))


def test_files_of_others_stay(tmp_path: Path) -> None:
    site(tmp_path, ("record/a.html", "ours"))
    (tmp_path / "robots.txt").write_text("mine")
    (tmp_path / "record" / "mine.html").write_text("mine")
    site(tmp_path, ("index.html", "ours"))
    assert files(tmp_path) == {"robots.txt", "record/mine.html", "index.html"}


def test_a_mark_of_an_earlier_version_names_nothing(tmp_path: Path) -> None:
    (tmp_path / SITE_MARK).write_text("Written by pactwatch publish; written over by the next.\n")
    (tmp_path / "old.html").write_text("old")
    site(tmp_path, ("index.html", "1"))
    assert files(tmp_path) == {"old.html", "index.html"}


@pytest.mark.parametrize(
    "name", ["../victim.txt", "/etc/hostname", "a/../../victim.txt", "out/victim.txt", "..", ""]
)
def test_a_mark_never_leads_outside_the_folder(tmp_path: Path, name: str) -> None:
    folder, victim = tmp_path / "site", tmp_path / "victim.txt"
    victim.write_text("mine")
    folder.mkdir()
    (folder / "out").symlink_to(tmp_path)
    (folder / SITE_MARK).write_text(f"A mark.\n{name}\n")
    site(folder, ("index.html", "1"))
    assert victim.read_text() == "mine"
    assert (tmp_path / "site" / "index.html").exists()
    with pytest.raises(DossierError), Folder(folder) as place:
        place.write(name, b"ours")
    assert victim.read_text() == "mine"


def test_case_alone_makes_no_other_file(tmp_path: Path) -> None:
    site(tmp_path, ("A.html", "1"))
    site(tmp_path, ("a.html", "2"))
    assert (tmp_path / "a.html").read_text() == "2"


def test_a_line_that_was_cut_names_nothing(tmp_path: Path) -> None:
    site(tmp_path, ("index.html", "1"))
    (tmp_path / "rec").write_text("mine")
    with (tmp_path / SITE_MARK).open("a") as mark:
        mark.write("rec")  # of "record/a.html", when the power went
    site(tmp_path, ("index.html", "2"))
    assert files(tmp_path) == {"index.html", "rec"}


KILLED = """
import os, sys
from pathlib import Path
from pactwatch.web.publishing.folder import Folder
with Folder(Path(sys.argv[1])) as place:
    for n in range(50):
        place.write(f"record/new-{n}.html", b"new")
        if n == 20:
            os._exit(9)
"""


def test_a_killed_publish_is_cleaned_by_the_next(tmp_path: Path) -> None:
    site(tmp_path, ("index.html", "1"), ("document/secret.html", "secret"))
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path)]
    assert subprocess.run(command, check=False).returncode == 9
    assert files(tmp_path) <= set(marked(tmp_path))
    assert "document/secret.html" in marked(tmp_path)
    site(tmp_path, ("index.html", "2"))
    assert files(tmp_path) == {"index.html"}


def build(path: Path, *reports: Document) -> tuple[Database, Dossier]:
    """A dossier of small reports."""
    database = open_database(path)
    dossier = Dossier(database, engine=ENGINE)
    dossier.add(*reports)
    dossier.build(workers=1)
    return database, dossier


def test_the_address_of_a_merged_record_says_which_it_is_now(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    database, dossier = build(tmp_path / "reports.db", *REPORTS)
    with dossier:
        before = dossier.measures()
        publish(database, folder, name="reports")
        one, two = (r for r in before if "boats" in r.label or "nurses" in r.label)
        dossier.decide(Request(action="same", about=one.number, other=two.number), who="Ann")
        after = {record.id for record in dossier.measures()}
        (gone,) = {record.id for record in before} - after
        (now,) = {one.id, two.id} & after
        assert publish(database, folder, name="reports").merged == 1
        page = (folder / f"record/{gone}.html").read_text(encoding="utf-8")
        assert "no longer in the dossier" in page
        assert f'href="../record/{now}.html"' in page
        twin = json.loads((folder / f"record/{gone}.json").read_text(encoding="utf-8"))
        assert twin["merged_into"] == now
        # It stays when the site is written again, and goes when nothing is known of it any more.
        assert publish(database, folder, name="reports").merged == 1
    other, dossier = build(
        tmp_path / "other.db", document("z.txt", "Panama sends 3 boats to Mexico.")
    )
    with dossier:
        assert publish(other, folder, name="reports").merged == 0
    assert not (folder / f"record/{gone}.html").exists()
    assert files(folder) == set(marked(folder))


def test_documents_that_are_gone_leave_no_page_and_no_words(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    database, dossier = build(tmp_path / "reports.db", *REPORTS)
    with dossier:
        publish(database, folder, name="reports")
    database, dossier = build(tmp_path / "one.db", REPORTS[0])
    with dossier:
        assert publish(database, folder, name="reports").removed > 0
    assert {path.stem for path in (folder / "document").iterdir()} == {REPORTS[0].id}
    pages = (folder / name for name in files(folder) if not name.startswith("static/"))
    assert not any("nurses" in path.read_text(encoding="utf-8") for path in pages)
