"""What only marks the ledger is done at once, and comes to the same as settling all anew."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from small_reports import ENGINE, document

from pactwatch import settling
from pactwatch.dossier import Dossier, Request
from pactwatch.settling import read_inputs, settle_inputs
from pactwatch.store.decisions import read_standings


def is_as_settled_anew(dossier: Dossier) -> bool:
    with dossier._database.reading() as connection:
        anew = settle_inputs(ENGINE, read_inputs(connection, "1"))
        stand = [replace(s, records=(), actors=()) for s in read_standings(connection)]
    return dossier.ledger() == anew.ledger and tuple(stand) == anew.standings


@pytest.mark.parametrize("seed", range(4))
def test_marks_are_those_of_a_ledger_settled_anew(
    seed: int, make: Callable[..., Dossier], monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    dossier = make(
        reports=[
            document(f"{n}.txt", f"Mexico sends {n}0 guards to Guatemala on 3 May 2031. "
                     f"Panama sends {n} boats to Honduras.", f"2031-05-{20 + n}")
            for n in (3, 4, 5, 5, 9)
        ]
    )  # fmt: skip
    full: list[int] = []

    def counted(*arguments: object) -> object:
        full.append(1)
        return settle_inputs(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(settling, "settle_inputs", counted)
    for _ in range(14):
        log = dossier.decisions()
        record = chance.choice(list(dossier.measures()))
        claim = chance.choice(record.claims)
        who = chance.choice(["Ann", "Ben"])
        done = len(full)
        sort = chance.randrange(6)
        if log and sort == 0:
            dossier.undo(chance.choice(log).decision.id, who=who)
        elif sort == 1:
            dossier.decide(Request(action="reject", about=claim.id), who=who)
        elif sort == 2:
            dossier.decide(Request(action="accept", about=record.id), who=who)
            assert len(full) == done or any(s.rivals for s in dossier.decisions())
        else:
            dossier.decide(Request(action="accept", about=claim.id), who=who)
        assert is_as_settled_anew(dossier)
    assert len(full) < 14
    assert dossier.audit().sound


def test_accepting_settles_nothing_anew(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "settle_inputs", None)
    done = dossier.decide(
        Request(action="accept", about="measure-1", field="object", claim="guards"), who="Ann"
    )
    assert done.renewed
    assert done.standing.state == "in force"

    def accepted() -> tuple[str, ...]:
        claims = dossier.record("measure-1").claims
        return next(c.decision_ids for c in claims if c.text == "guards")

    assert accepted() == (done.decision.id,)
    dossier.undo(done.decision.id, who="Ann")
    assert accepted() == ()


def test_accepting_an_amount_settles_the_way_to_delivery_anew(dossier: Dossier) -> None:
    wish = Request(action="accept", about="measure-1", field="amount", claim="50")
    done = dossier.decide(wish, who="Ann")
    assert dossier.record("measure-1").contests[0].chosen
    dossier.undo(done.decision.id, who="Ann")
    assert dossier.record("measure-1").contests[0].chosen == ()
