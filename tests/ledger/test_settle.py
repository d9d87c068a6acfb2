"""Properties of every ledger: order, evidence, numbers, names of private persons."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.ledger import settle
from pactwatch.model import Quantity

KENYA, UGANDA = ("Kenya", "KE"), ("Uganda", "UG")


@pytest.fixture
def lake(world):
    """A dozen reports on one accord, its money, its patrols and what is said of them."""
    for at in range(12):
        day = f"2031-05-{10 + at}"
        sum_, boats = (40, "nine") if at % 3 else (45, "ten")
        text = (
            f"Kenya and Uganda signed the Lake Patrol Accord on {day}. Minister Ada Obrecht "
            f"pledged ${sum_} million for {boats} patrol boats. “We will guard the whole lake "
            f"with our new boats from June,” Obrecht said at meeting {at} in Kisumu."
        )
        name = world.report(f"r{at:02}", text, day if at % 4 else None)
        world.say(name, "agreement", type="treaty" if at % 5 else "agreement", stage="signed",
                  name="Lake Patrol Accord", party=[KENYA, UGANDA], signed=(day, day))  # fmt: skip
        world.say(name, "measure", type="funding", stage="promised", actor="Ada Obrecht",
                  recipient=UGANDA, object="patrol boats", agreement="Lake Patrol Accord",
                  amount=[(f"${sum_} million", Quantity(number=Decimal(sum_ * 10**6),
                                                        currency="USD"))])  # fmt: skip
        world.say(name, "office", person="Ada Obrecht", title="Minister")
        world.say(name, "statement", form="direct", speaker="Obrecht", cue="said",
                  content="We will guard the whole lake with our new boats from June")  # fmt: skip
        world.say(name, "meeting", stage="held", participant=[KENYA, UGANDA, "Ada Obrecht"],
                  place="Kisumu", date=(day, day))  # fmt: skip
    return world


def test_the_order_of_findings_and_documents_does_not_matter(lake):
    expected = lake.settle()

    @settings(max_examples=15, deadline=None)
    @given(seed=st.integers(min_value=0, max_value=10**6))
    def shuffled_is_the_same(seed: int):
        assert lake.settle(shuffle=seed) == expected

    shuffled_is_the_same()


def test_every_claim_stands_on_words_of_its_document(lake):
    texts = {d.id: d.text for d in lake.documents.values()}
    for record in lake.settle().records:
        for claim in record.claims:
            assert claim.support
            for support in claim.support:
                for quote in (support.words, support.evidence):
                    assert texts[quote.document_id][quote.start : quote.end] == quote.text
            assert claim.accounts == len({s.account_id for s in claim.support})


def test_every_finding_is_in_exactly_one_record(lake):
    placed = [f for r in lake.settle().records for f in r.finding_ids]
    assert sorted(placed) == sorted(f.id for f in lake.findings)


def test_contests_name_claims_of_their_own_record(lake):
    for record in lake.settle().records:
        ids = {c.id for c in record.claims}
        assert len(ids) == len(record.claims)
        for contest in record.contests:
            assert len(contest.claim_ids) > 1
            assert set(contest.claim_ids) <= ids


def test_records_are_numbered_by_date_within_their_kind(lake):
    records = lake.settle().records
    for kind in {r.kind for r in records}:
        own = [r for r in records if r.kind == kind]
        assert [r.number for r in own] == [f"{kind}-{i}" for i in range(1, len(own) + 1)]


def test_history_runs_forward(lake):
    for record in lake.settle().records:
        dates = [s.date for s in record.history if s.date]
        assert dates == sorted(dates)
        assert record.stage in {s.stage for s in record.history} | {None}


def test_a_later_report_changes_no_record_id(lake):
    before = {r.id for r in lake.settle().records}
    lake.tell("later", "Kenya and Uganda keep the Lake Patrol Accord.", "agreement",
              name="Lake Patrol Accord", party=[KENYA, UGANDA], published="2032-01-01")  # fmt: skip
    assert {r.id for r in lake.settle().records} == before


def test_an_office_hangs_on_its_holder(lake):
    ledger = lake.settle()
    (holder,) = [a for a in ledger.actors if a.kind == "person"]
    (office,) = [r for r in ledger.records if r.kind == "office"]
    assert holder.office_ids == (office.id,)


def test_an_empty_dossier_is_an_empty_ledger():
    ledger = settle([], [], [], {})
    assert (ledger.records, ledger.actors, ledger.accounts) == ((), (), ())


def test_findings_without_roles_are_kept_apart(world):
    for name in ("a", "b"):
        for kind in ("agreement", "measure", "meeting", "incident", "statement", "figure"):
            world.report(name + kind, f"Something happened in report {name}.")
            world.say(name + kind, kind)
    assert len(world.settle().records) == 12


@pytest.mark.parametrize("role", ["speaker"])
def test_labels_do_not_name_persons_without_an_office(world, role):
    world.tell("a", "“They took my boat from me and my son that night,” said Juma Achan.",
               "statement", form="direct", speaker="Juma Achan", cue="said",
               content="They took my boat from me and my son that night")  # fmt: skip
    assert "Achan" not in world.one("statement").label
    assert world.one("statement").label.startswith(f"a {role}")


def test_labels_are_for_people(lake):
    labels = {r.kind: r.label for r in lake.settle().records}
    assert labels["agreement"] == "Lake Patrol Accord: Kenya, Uganda"
    assert labels["office"] == "Ada Obrecht, Minister"
    assert "$4" in labels["measure"]


@pytest.fixture
def disputed(world):
    """Reports that deny, look ahead, lose numbers and tell parts."""
    for at in range(5):
        headline, body = "Kenya sends officers", "Kenya will send 40 officers to Uganda."
        lost, part = "Approximately officers will go to Uganda.", "10 of the 40 officers came."
        denial = "There will be no officers to Uganda, said the Kenyan ministry."
        name = world.report(f"r{at}", "\n".join([headline, body, lost, part, denial]),
                            f"2031-05-{10 + at:02}")  # fmt: skip
        told = {"type": "deployment", "actor": KENYA, "object": "officers", "recipient": UGANDA}
        world.say(name, "measure", stage="done", evidence=[headline], **told)
        world.say(name, "measure", stage="agreed", evidence=[body], **told,
                  amount=("40", Quantity(number=Decimal(40 + at % 2))))  # fmt: skip
        world.say(name, "measure", stage="agreed", evidence=[lost], **told,
                  amount=("Approximately", Quantity(approximate=True, suspect=True)))  # fmt: skip
        world.say(name, "measure", stage="done", evidence=[part], **told,
                  amount=("10", Quantity(number=Decimal(10))))  # fmt: skip
        world.say(name, "statement", form="indirect", speaker="Kenyan ministry", cue="said",
                  content="There will be no officers to Uganda", evidence=[denial])  # fmt: skip
        world.say(name, "agreement", name="officers", party=[KENYA, UGANDA], stage="signed")
    return world


def test_disputed_records_do_not_depend_on_order_either(disputed):
    expected = disputed.settle()
    assert any(r.contests for r in expected.records)
    assert any(r.delivery and len(r.delivery.steps) > 1 for r in expected.records)
    for seed in range(20):
        assert disputed.settle(shuffle=seed) == expected
