"""Settling what is other than it was comes to the same as settling all anew, to the byte."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select
from told_reports import ENGINE, report

from pactwatch import settling
from pactwatch.dossier import Dossier, Request
from pactwatch.errors import PactwatchError
from pactwatch.model import Document
from pactwatch.settling import read_inputs, settle_inputs, still_stands, write_settled
from pactwatch.store import open_database
from pactwatch.store.ledger import write_ledger
from pactwatch.store.tables import metadata

Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[Dossier]:
    with Dossier(open_database(tmp_path / "dossier.db"), engine=ENGINE) as opened:
        yield opened


def rows(connection: Connection) -> Rows:
    """All that settling makes; not what is kept of single documents, also of those set aside."""
    found = {
        name: sorted(map(tuple, connection.execute(select(table))), key=repr)
        for name, table in metadata.tables.items()
        if name not in {"state", "fingerprint", "build"}
    }
    found["kept"] = [row for row in found["kept"] if row[0] not in {"credits", "ledger"}]
    return found


def same_as_anew(dossier: Dossier) -> None:
    """Compare all tables with those after settling all anew, with nothing kept."""
    with dossier._database.reading() as connection:
        again = rows(connection)
    with dossier._database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM state WHERE name = 'lineage_version'")
        inputs = read_inputs(connection, "1")
        write_settled(connection, inputs, settle_inputs(ENGINE, inputs))
        anew = rows(connection)
        connection.rollback()
    for name in anew:
        assert again[name] == anew[name], name


def decide(dossier: Dossier, chance: random.Random) -> None:
    """Decide something; what can't be decided of it is not."""
    records = dossier.ledger().records
    actors = list(dossier.actors())
    if not records:
        return
    record = chance.choice(records)
    alike = [r for r in records if r.kind == record.kind and r.id != record.id]
    claim = chance.choice(record.claims)
    log = dossier.decisions()
    requests: list[Callable[[], Request]] = [
        lambda: Request(action="reject", about=record.id),
        lambda: Request(action="reject", about=claim.id),
        lambda: Request(action="accept", about=claim.id),
        lambda: Request(action="correct", about=claim.id, value="2031-05-09"),
        lambda: Request(action="correct", about=claim.id, value="MX"),
        lambda: Request(action="same", about=record.id, other=chance.choice(alike).id),
        lambda: Request(action="different", about=record.id, other=chance.choice(alike).id),
        lambda: Request(action="set aside", about=chance.choice(dossier.documents()).id),
        lambda: Request(action="rename", about=chance.choice(actors).id, value="The Other One"),
        lambda: Request(
            action="same", about=chance.choice(actors).id, other=chance.choice(actors).id
        ),
    ]
    who = chance.choice(["Ann", "Ben"])
    try:
        if log and chance.random() < 0.15:
            dossier.undo(chance.choice(log).decision.id, who=who)
        else:
            dossier.decide(chance.choice(requests)(), who=who)
    except (PactwatchError, IndexError):
        return


@pytest.mark.parametrize("seed", range(4))
def test_decisions_and_documents_come_to_the_same_as_settling_anew(
    seed: int, dossier: Dossier
) -> None:
    chance = random.Random(seed)
    reports: list[Document] = []
    for number in range(8):
        reports.append(report(chance, number, reports))
    dossier.add(*reports)
    dossier.build(workers=1)
    same_as_anew(dossier)
    for number in range(8, 20):
        if chance.random() < 0.1:
            newer = replace(chance.choice(reports), id=f"document-{number}")
            dossier.add(replace(newer, text=f"It was mended in part {number}. {newer.text}"))
            dossier.build(workers=1)
        elif chance.random() < 0.3:
            reports.append(report(chance, number, reports))
            dossier.add(reports[-1])
            dossier.build(workers=1)
        else:
            decide(dossier, chance)
        same_as_anew(dossier)
    assert dossier.audit().sound


@pytest.fixture
def filled(dossier: Dossier) -> Dossier:
    chance = random.Random(7)
    reports: list[Document] = []
    for number in range(10):
        reports.append(report(chance, number, reports))
    dossier.add(*reports)
    dossier.build(workers=1)
    return dossier


def test_a_decision_settles_only_what_it_touches(
    filled: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    def counted(*arguments: object) -> object:
        settled = settle_inputs(*arguments)  # type: ignore[arg-type]
        made.append(len(settled.ledger.records))
        return settled

    monkeypatch.setattr(settling, "settle_inputs", counted)
    before = filled.ledger().records
    filled.decide(Request(action="reject", about=filled.incidents()[0].id), who="Ann")
    after = filled.ledger().records
    assert len(after) == len(before) - 1
    assert made
    assert made[0] < len(after) / 2


def test_a_ledger_written_in_the_meantime_is_not_the_one_that_was_read(filled: Dossier) -> None:
    with filled._database.reading() as connection:
        inputs = read_inputs(connection, "1", again=True)
    assert inputs.standing is not None
    filled.decide(Request(action="reject", about=filled.incidents()[0].id), who="Ann")
    with filled._database.reading() as connection:
        assert not still_stands(connection, inputs)
        assert still_stands(connection, read_inputs(connection, "1", again=True))


def test_what_was_kept_of_another_ledger_is_not_used(filled: Dossier) -> None:
    with filled._database.writing() as connection:
        write_ledger(connection, replace(filled.ledger(), records=(), actors=()), "another")
    with filled._database.reading() as connection:
        assert read_inputs(connection, "1", again=True).standing is None
    filled.renew()
    assert filled.ledger().records
    same_as_anew(filled)


def test_what_was_kept_under_another_version_is_not_used(filled: Dossier) -> None:
    with filled._database.reading() as connection:
        inputs = read_inputs(connection, "2", again=True)
    assert inputs.standing is None
    assert inputs.kept.credits == {}


def test_a_dossier_without_the_table_for_what_is_kept_is_settled(filled: Dossier) -> None:
    with filled._database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE kept")
        connection.exec_driver_sql("UPDATE state SET value = '0' WHERE name = 'lineage_version'")
        connection.exec_driver_sql("DELETE FROM state WHERE name = 'ledger_key'")
    assert filled.renew()
    same_as_anew(filled)


def test_others_decide_while_a_build_settles(filled: Dossier) -> None:
    decided: list[str] = []

    def slow(*arguments: Any) -> Any:
        if not decided:
            with Dossier(open_database(filled.path, patience=1.0), engine=ENGINE) as other:
                gone = other.incidents()[0].id
                other.decide(Request(action="reject", about=gone), who="Ann", renew=False)
                decided.append(gone)
        assert ENGINE.settle_again is not None
        return ENGINE.settle_again(*arguments)

    filled.add(report(random.Random(3), 40, []))
    engine = replace(ENGINE, settle_again=slow)
    with Dossier(open_database(filled.path), engine=engine) as builder:
        assert builder.build(workers=1).settled
    assert decided
    assert decided[0] not in {record.id for record in filled.ledger().records}
    same_as_anew(filled)
