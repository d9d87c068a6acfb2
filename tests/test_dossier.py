from __future__ import annotations

import multiprocessing
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from pactwatch.dossier import Dossier, find, open_dossier
from pactwatch.engine import Kept
from pactwatch.errors import DossierError, UsageError
from pactwatch.model import Document
from pactwatch.review import Rulings

TESTS = Path(__file__).parent
sys.path.insert(0, str(TESTS))  # worker processes import the stand-ins by name

import standins  # noqa: E402
from standins import document, ledger_bytes, open_standin  # noqa: E402

FIRST = document("a.txt", "Norland sends 40 guards to Sudland.", published="2020-05-01")
SECOND = document("b.txt", "Norland sends 50 guards to Sudland. Ostia sends 3 boats to Norland.")


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[Dossier]:
    with open_standin(tmp_path / "dossier.db") as dossier:
        yield dossier


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Reports that take the stand-in a moment each."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(12):
        text = f"SLOW news of the day. Norland sends {number} guards to Sudland{number % 5}.\n"
        (folder / f"{number}.txt").write_text(text)
    return folder


def test_build_reads_what_was_added_and_settles_it(dossier: Dossier) -> None:
    added = dossier.add(FIRST, SECOND)
    told: list[tuple[str, int, int]] = []
    built = dossier.build(progress=lambda *step: told.append(step))
    assert (added.added, added.unchanged, added.problems) == (2, 0, ())
    assert (built.documents_read, built.documents_cached, built.findings) == (2, 0, 3)
    assert (built.records, built.settled, built.problems) == (2, True, ())
    reading = [("Reading", done, 2) for done in range(3)]
    assert told == [*reading, ("Settling", 0, 3), ("Settling", 3, 3)]
    assert [record.number for record in dossier.measures()] == ["measure-1", "measure-2"]
    assert [record.number for record in dossier.contested()] == ["measure-1"]
    assert dossier.agreements() == []
    assert len(dossier.findings(document_id=SECOND.id)) == 2
    assert dossier.findings(kind="agreement") == []
    assert [rejected.reason for rejected in dossier.rejected()] == ["no participant"] * 3


def test_second_build_does_nothing_again(dossier: Dossier) -> None:
    dossier.add(FIRST)
    dossier.build()
    assert dossier.add(FIRST).unchanged == 1
    again = dossier.build()
    assert (again.documents_read, again.documents_cached, again.settled) == (0, 1, False)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"pipeline": "another"}, id="another pipeline"),
        pytest.param({}, id="another date of publication"),
    ],
)
def test_what_findings_depend_on_makes_a_document_be_read_again(
    dossier: Dossier, change: dict[str, str]
) -> None:
    dossier.add(FIRST, SECOND)
    dossier.build()
    if not change:
        mended = document(FIRST.name, FIRST.text, published="2021")
        assert dossier.add(mended).mended == 1
    built = dossier.build(**change)  # type: ignore[arg-type]
    assert built.documents_read == (2 if change else 1)
    assert built.settled
    assert len(dossier.findings()) == 3


def test_changed_source_becomes_a_new_version_and_the_old_one_is_kept(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("Norland sends 40 guards to Sudland.")
    with open_standin(tmp_path / "dossier.db") as dossier:
        dossier.add(report)
        dossier.build()
        [old] = dossier.documents()
        report.write_text("Norland sends 89 guards to Sudland.")
        assert dossier.add(report).replaced == 1
        dossier.build()
        [new] = dossier.documents()
        assert "89" in new.text
        assert dossier.document(old.id) == old
        assert [f.document_id for f in dossier.findings()] == [new.id]
        assert dossier.search("40") == []
        report.write_text("Norland sends 40 guards to Sudland.")
        assert dossier.add(report).replaced == 1
        assert dossier.documents() == [old]
        assert dossier.audit().sound


def test_same_name_in_another_folder_is_another_document(tmp_path: Path) -> None:
    for place, count in (("one", 1), ("two", 2)):
        (tmp_path / place).mkdir()
        (tmp_path / place / "report.txt").write_text(f"Norland sends {count} guards to Sudland.")
    with open_standin(tmp_path / "dossier.db") as dossier:
        report = dossier.add(tmp_path / "one", tmp_path / "two")
        assert (report.added, report.replaced) == (2, 0)
        with pytest.raises(DossierError, match="several documents bear this name"):
            dossier.document("report.txt")


def test_dossier_in_the_folder_of_its_reports_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("Norland sends 40 guards to Sudland.")
    with open_standin(tmp_path / "dossier.db") as dossier:
        report = dossier.add(tmp_path)
    assert (report.added, report.problems) == (1, ())


def test_source_that_can_not_be_read_is_reported_until_it_is_mended(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    report = tmp_path / "reports" / "report.txt"
    report.write_bytes(b"")
    with open_standin(tmp_path / "dossier.db") as dossier:
        assert [problem.name for problem in dossier.add(report.parent).problems] == ["report.txt"]
        assert [problem.name for problem in dossier.problems()] == ["report.txt"]
        report.write_text("Norland sends 40 guards to Sudland.")
        dossier.add(report.parent)
        assert dossier.problems() == []


def test_document_that_no_file_could_hold_is_a_problem(dossier: Dossier) -> None:
    [problem] = dossier.add(Document(id="document-1", name="a.txt", text="\ud800")).problems
    assert "surrogates" in problem.fault


def test_document_in_another_language_is_kept_and_named(dossier: Dossier) -> None:
    dossier.add(FIRST, document("c.txt", "Norland sends 4 guards to Sudland.", language="es"))
    built = dossier.build()
    assert built.not_read == ("c.txt",)
    assert len(dossier.documents()) == 2
    assert len(dossier.findings()) == 1


@pytest.mark.parametrize("workers", [1, 2])
def test_document_that_fails_is_a_problem_and_the_build_goes_on(
    dossier: Dossier, workers: int
) -> None:
    dossier.add(FIRST, SECOND, document("c.txt", "RAISE"))
    built = dossier.build(workers=workers)
    assert built.documents_read == 2
    [problem] = built.problems
    assert (problem.name, "ValueError: the text says so" in problem.fault) == ("c.txt", True)
    assert dossier.problems() == [problem]
    assert dossier.build().problems == (problem,)  # tried again
    assert len(dossier.measures()) == 2


def test_document_on_which_a_process_dies_is_a_problem_and_the_build_goes_on(
    dossier: Dossier,
) -> None:
    dossier.add(FIRST, document("a2.txt", "CRASH"), SECOND)
    built = dossier.build(workers=2)
    assert [(p.name, "died" in p.fault) for p in built.problems] == [("a2.txt", True)]
    assert len(dossier.findings()) == 3


@pytest.mark.parametrize("workers", [1, 2])
def test_what_can_not_be_done_for_any_document_ends_the_build(
    dossier: Dossier, workers: int
) -> None:
    dossier.add(document("a.txt", "MISUSE"), document("b.txt", "MISUSE"))
    with pytest.raises(UsageError, match="not installed"):
        dossier.build(workers=workers)


def test_fewer_than_one_worker_is_refused(dossier: Dossier) -> None:
    with pytest.raises(UsageError, match="at least one"):
        dossier.build(workers=0)


def test_one_and_two_workers_give_the_same_ledger_to_the_byte(tmp_path: Path, folder: Path) -> None:
    for workers in (1, 2):
        with open_standin(tmp_path / f"{workers}.db") as dossier:
            dossier.add(folder)
            dossier.build(workers=workers)
    assert ledger_bytes(tmp_path / "1.db") == ledger_bytes(tmp_path / "2.db")


def test_order_of_adding_does_not_show_in_the_ledger(tmp_path: Path) -> None:
    for name, documents in (("1.db", (FIRST, SECOND)), ("2.db", (SECOND, FIRST))):
        with open_standin(tmp_path / name) as dossier:
            for item in documents:
                dossier.add(item)
                dossier.build()
    assert ledger_bytes(tmp_path / "1.db") == ledger_bytes(tmp_path / "2.db")


def test_build_killed_at_ten_moments_goes_on_to_the_same_ledger(
    tmp_path: Path, folder: Path
) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["standins", "pactwatch.documents"])

    def run(path: Path, patience: float | None) -> int | None:
        process = context.Process(target=standins.add_and_build, args=(str(path), str(folder)))
        process.start()
        process.join(patience)
        process.kill()
        process.join()
        return process.exitcode

    assert run(tmp_path / "warm.db", None) == 0  # starts the server
    start = time.monotonic()
    assert run(tmp_path / "undisturbed.db", None) == 0
    duration = time.monotonic() - start
    wanted = ledger_bytes(tmp_path / "undisturbed.db")
    chance = random.Random(20190527)
    killed = 0
    for moment in range(10):
        path = tmp_path / f"{moment}.db"
        killed += run(path, chance.uniform(0.02, duration)) == -signal.SIGKILL
        killed += run(path, chance.uniform(0.02, duration)) == -signal.SIGKILL
        assert run(path, None) == 0
        assert ledger_bytes(path) == wanted
        with open_standin(path) as dossier:
            assert dossier.audit().sound
    assert killed >= 10


def test_killed_build_leaves_no_workers_behind(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "dossier.db"
    command = [sys.executable, standins.__file__, str(path), str(folder), "2"]
    with subprocess.Popen(command) as process:
        children = _wait_for_children(process.pid)
        process.kill()
    deadline = time.monotonic() + 5
    while any(_runs(child) for child in children) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not [child for child in children if _runs(child)]
    standins.add_and_build(str(path), str(folder))
    with open_standin(path) as dossier:
        assert len(dossier.measures()) == 5


def _wait_for_children(pid: int) -> list[int]:
    """Wait for the resource tracker and two workers (Linux)."""
    listing = Path(f"/proc/{pid}/task/{pid}/children")
    if not listing.exists():
        pytest.skip("no list of child processes on this system")
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        children = [int(child) for child in listing.read_text().split()]
        if len(children) >= 3:
            return children
        time.sleep(0.01)
    raise AssertionError("no workers came up")


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


def test_script_is_not_run_again_by_its_workers(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        f"import sys; sys.path.insert(0, {str(TESTS)!r}); print('run')\n"
        "from standins import add_and_build\n"
        f"add_and_build({str(tmp_path / 'd.db')!r}, {str(tmp_path)!r}, 2)\n"
    )
    (tmp_path / "a.txt").write_text("Norland sends 1 guard to Sudland.")
    (tmp_path / "b.txt").write_text("Norland sends 2 guards to Sudland.")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "run\n"), done.stderr
    with open_standin(tmp_path / "d.db") as dossier:
        assert len(dossier.findings()) == 2


def test_record_and_actor_are_found_by_number_and_id(dossier: Dossier) -> None:
    dossier.add(FIRST)
    dossier.build()
    record = dossier.record("measure-1")
    assert dossier.record(record.id) == record
    assert dossier.actor("actor-1") == dossier.actors()[0]
    assert dossier.document("a.txt") == FIRST
    for ask in (dossier.record, dossier.actor, dossier.document):
        with pytest.raises(DossierError, match="no such"):
            ask("measure-9")


def test_timeline_is_in_order_of_dates(dossier: Dossier) -> None:
    dossier.add(FIRST, SECOND)
    dossier.build()
    moments = dossier.timeline()
    assert [moment.date for moment in moments] == ["2020-05", "2020-05"]
    assert (moments[0].number, moments[0].stage) == ("measure-1", "promised")


def test_search_leads_to_findings_and_records(dossier: Dossier) -> None:
    dossier.add(FIRST, SECOND)
    dossier.build()
    assert dossier.search("boat OR norland") == []  # "OR" is a word like any other
    [hit] = dossier.search("boat norland")
    assert hit.document_name == "b.txt"
    assert SECOND.text[hit.start : hit.end] == hit.text
    assert set(hit.record_numbers) == {"measure-1", "measure-2"}


def test_two_dossiers_open_at_once_see_each_other(tmp_path: Path) -> None:
    with open_standin(tmp_path / "d.db") as one, open_standin(tmp_path / "d.db") as two:
        one.add(FIRST)
        two.build()
        assert len(one.measures()) == 1


def test_dossier_that_is_not_there_is_only_made_when_asked_to(tmp_path: Path) -> None:
    with pytest.raises(DossierError, match="pactwatch build"):
        open_dossier(tmp_path / "none.db", create=False)
    open_dossier(tmp_path / "new.db").close()
    open_dossier(tmp_path / "new.db", create=False).close()


def test_find_takes_a_text_a_file_or_a_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pactwatch.dossier.finding.read_and_find", standins.read)
    path = tmp_path / "a.txt"
    path.write_text(FIRST.text)
    for source in (FIRST, FIRST.text, path, str(path)):
        [finding] = find(source)
        assert finding.evidence[0].text == "Norland sends 40 guards to Sudland"


def test_ledger_json_is_the_same_after_a_round_trip(dossier: Dossier) -> None:
    dossier.add(FIRST, SECOND)
    dossier.build()
    ledger = dossier.ledger()
    found, read = dossier.findings(), sorted(dossier.documents(), key=lambda d: d.name)
    assert msgspec.json.encode(ledger) == msgspec.json.encode(
        standins.settle(found, read, standins.trace(found, read, Kept()), Rulings())
    )
