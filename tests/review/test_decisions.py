from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from small_reports import document, ledger_bytes

from pactwatch.dossier import Dossier, Request
from pactwatch.errors import DossierError, UsageError
from pactwatch.model import Claim, Filler, Finding, Quantity, Quote, Record

SENT = "measure-1"


def claims(record: Record, field: str) -> dict[str, Claim]:
    return {c.text: c for c in record.claims if c.field == field}


def state(dossier: Dossier, decision_id: str) -> str:
    return next(s.state for s in dossier.decisions() if s.decision.id == decision_id)


def test_accepting_a_value_marks_it_and_settles_its_contest(dossier: Dossier) -> None:
    done = dossier.decide(
        Request(action="accept", about=SENT, field="amount", claim="50"), who="Ann"
    )
    record = dossier.record(SENT)
    accepted = claims(record, "amount")["50"]
    assert accepted.decision_ids == (done.decision.id,)
    assert claims(record, "amount")["40"].decision_ids == ()
    (contest,) = record.contests
    assert contest.chosen == (accepted.id,)
    assert contest.decision_ids == record.decision_ids == (done.decision.id,)
    assert done.records == (SENT,)
    assert all(item.why != "contested" for item in dossier.queue())


def test_two_reviewers_for_two_sides_of_a_contest_disagree(dossier: Dossier) -> None:
    for who, value in (("Ann", "50"), ("Ben", "40")):
        dossier.decide(Request(action="accept", about=SENT, field="amount", claim=value), who=who)
    (contest,) = dossier.record(SENT).contests
    assert contest.chosen == ()
    assert len(contest.decision_ids) == 2
    assert [s.state for s in dossier.decisions()] == ["disputed", "disputed"]
    assert "disagreement" in {item.why for item in dossier.queue()}
    dossier.decide(Request(action="accept", about=SENT, field="amount", claim="50"), who="Ben")
    assert [s.state for s in dossier.decisions()][-1] == "in force"
    assert dossier.record(SENT).contests[0].chosen


def test_rejected_record_leaves_the_ledger_and_its_findings_stay(dossier: Dossier) -> None:
    findings = dossier.findings()
    [sent] = [r for r in dossier.measures() if "nurses" in r.label]
    dossier.decide(Request(action="reject", about=sent.number, reason="a joke"), who="Ann")
    assert not [r for r in dossier.measures() if "nurses" in r.label]
    assert dossier.findings() == findings
    assert dossier.audit().sound


def test_rejected_value_is_gone_and_the_record_says_by_whom(dossier: Dossier) -> None:
    done = dossier.decide(
        Request(action="reject", about=SENT, field="amount", claim="50"), who="Ann"
    )
    record = dossier.record(SENT)
    assert claims(record, "amount").keys() == {"40"}
    assert record.contests == ()
    assert record.decision_ids == (done.decision.id,)


def test_words_are_corrected_to_words_of_the_document_with_their_value(dossier: Dossier) -> None:
    [finding] = [f for f in dossier.findings() if f.roles["amount"][0].text == "50"]
    text = dossier.document(finding.document_id).text
    start = text.index("50 guards")
    done = dossier.decide(
        Request(action="correct", about=finding.id, field="amount", words=(start, start + 9)),
        who="Ann",
    )
    claim = claims(dossier.record(SENT), "amount")["50 guards"]
    assert claim.decision_ids == (done.decision.id,)
    assert isinstance(claim.value, Quantity)
    assert claim.value.number == 50
    assert claim.support[0].words.text == "50 guards"
    again = dossier.decide(
        Request(action="correct", about=claim.id, field="amount", value="55 guards", reason="slip"),
        who="Ann",
    )
    assert state(dossier, done.decision.id) == "superseded"
    assert claims(dossier.record(SENT), "amount")["50"].value == Quantity(
        number=msgspec.convert("55", type=type(claim.value.number)), unit="guard"
    )
    dossier.undo(again.decision.id, who="Ann")
    assert "50 guards" in claims(dossier.record(SENT), "amount")
    assert dossier.audit().sound


def test_words_outside_the_evidence_bring_their_sentence(dossier: Dossier) -> None:
    [finding] = dossier.findings(document_id=dossier.document("a.txt").id)
    dossier.decide(
        Request(action="correct", about=finding.id, field="object", words="The weather"), who="Ann"
    )
    [claim] = [c for r in dossier.measures() for c in r.claims if c.text == "The weather"]
    assert claim.support[0].evidence.text == "The weather was fine."


def test_stage_and_type_are_corrected_with_a_reason(dossier: Dossier) -> None:
    [boats] = [r for r in dossier.measures() if "boats" in r.label]
    wish = Request(action="correct", about=boats.number, field="stage", value="done")
    with pytest.raises(UsageError, match="needs a reason"):
        dossier.decide(wish, who="Ann")
    with pytest.raises(UsageError, match="can't be 'sent'"):
        dossier.decide(
            Request(action="correct", about=boats.number, field="stage", value="sent", reason="y"),
            who="Ann",
        )
    done = dossier.decide(
        Request(action="correct", about=boats.number, field="stage", value="done", reason="seen"),
        who="Ann",
    )
    record = dossier.record(done.records[0])
    assert record.stage == "done"
    assert claims(record, "stage")["done"].decision_ids == (done.decision.id,)


def test_two_records_become_one_and_part_again(dossier: Dossier) -> None:
    before = ledger_bytes(dossier)
    numbers = [r.number for r in dossier.measures() if r.number != SENT]
    done = dossier.decide(Request(action="same", about=numbers[0], other=numbers[1]), who="Ann")
    assert len(done.records) == 1
    joined = dossier.record(done.records[0])
    assert {"7", "3"} <= claims(joined, "amount").keys()
    assert joined.decision_ids == (done.decision.id,)
    dossier.undo(done.decision.id, who="Ben", reason="no")
    assert ledger_bytes(dossier) == before


def test_a_part_of_a_record_is_split_off(dossier: Dossier) -> None:
    [fifty] = [f for f in dossier.findings() if f.roles["amount"][0].text == "50"]
    done = dossier.decide(Request(action="different", about=fifty.id, reason="another"), who="Ann")
    assert len(done.records) == 2
    split = {tuple(claims(dossier.record(n), "amount")) for n in done.records}
    assert split == {("40",), ("50",)}


def test_one_holds_together_what_another_keeps_apart_and_neither_is_dropped(
    dossier: Dossier,
) -> None:
    before = [r.finding_ids for r in dossier.measures()]
    numbers = [r.number for r in dossier.measures() if r.number != SENT]
    dossier.decide(Request(action="same", about=numbers[0], other=numbers[1]), who="Ann")
    ids = [finding_ids[0] for finding_ids in before if len(finding_ids) == 1]
    apart = dossier.decide(Request(action="different", about=ids[0], other=ids[1]), who="Ben")
    assert sorted(r.finding_ids for r in dossier.measures()) == sorted(before)
    assert [s.state for s in dossier.decisions()] == ["disputed", "disputed"]
    marked = [r for r in dossier.measures() if len(r.decision_ids) == 2]
    assert len(marked) == 2
    assert apart.standing.rivals == (dossier.decisions()[0].decision.id,)


def test_a_chain_of_same_and_different_never_contradicts_itself(
    make: Callable[..., Dossier],
) -> None:
    dossier = make(
        reports=[document(f"{n}.txt", f"Panama sends {n}00 {w} to Mexico.")
                 for n, w in enumerate(["boats", "nurses", "ponies"], 1)]
    )  # fmt: skip
    a, b, c = (r.finding_ids[0] for r in dossier.measures())
    dossier.decide(Request(action="same", about=a, other=b), who="Ann")
    dossier.decide(Request(action="different", about=a, other=c), who="Ben")
    last = dossier.decide(Request(action="same", about=b, other=c), who="Ann")
    groups = {frozenset(r.finding_ids) for r in dossier.measures()}
    assert groups == {frozenset({a, b}), frozenset({c})}
    assert last.standing.state == "disputed"
    assert last.standing.rivals


def test_document_set_aside_tells_nothing_until_it_is_kept(dossier: Dossier) -> None:
    before = ledger_bytes(dossier)
    done = dossier.decide(Request(action="set aside", about="b.txt", reason="satire"), who="Ann")
    assert claims(dossier.record(SENT), "amount").keys() == {"40"}
    assert dossier.document("b.txt").text
    dossier.decide(Request(action="accept", about="b.txt"), who="Ann")
    assert state(dossier, done.decision.id) == "superseded"
    assert ledger_bytes(dossier) == before


def test_added_finding_counts_like_any_other_and_says_whose_it_is(dossier: Dossier) -> None:
    report = dossier.document("b.txt")
    start = report.text.index("The council met")
    end = start + len("The council met.")
    draft = Finding(
        id="", document_id=report.id, kind="meeting", stage="held",
        roles={"participant": (Filler(text="", start=start, end=start + 11),)},
        evidence=(Quote(document_id=report.id, start=start, end=end, text=""),),
    )  # fmt: skip
    done = dossier.decide(Request(action="add", finding=draft, reason="overlooked"), who="Ann")
    [meeting] = dossier.meetings()
    assert done.records == (meeting.number,)
    assert meeting.decision_ids == (done.decision.id,)
    assert [c.text for c in meeting.claims if c.field == "participant"] == ["The council"]
    dossier.build(workers=1)
    assert len(dossier.meetings()) == 1
    assert dossier.audit().sound
    dossier.decide(Request(action="reject", about=meeting.number), who="Ben")
    assert len(dossier.meetings()) == 1, "they disagree, so the finding stays"
    dossier.undo(done.decision.id, who="Ann")
    assert dossier.meetings() == []
    assert dossier.audit().sound


def test_words_are_added_to_a_field_and_taken_out_again(dossier: Dossier) -> None:
    [finding] = dossier.findings(document_id=dossier.document("b.txt").id)
    done = dossier.decide(
        Request(action="add", about=finding.id, field="actor", words="The council"), who="Ann"
    )
    claim = claims(dossier.record(SENT), "actor")["The council"]
    assert claim.decision_ids == (done.decision.id,)
    dossier.decide(
        Request(action="reject", about=finding.id, field="actor", claim="The council"), who="Ann"
    )
    assert "The council" not in claims(dossier.record(SENT), "actor")


def test_actor_is_renamed_joined_and_split(make: Callable[..., Dossier]) -> None:
    dossier = make(
        reports=[
            document("a.txt", "Acme sends 40 guards to Guatemala. Acma sends 3 boats to Panama."),
            document("b.txt", "Acme sends 50 guards to Mexico."),
        ]
    )
    before = ledger_bytes(dossier)
    known = {a.name: a for a in dossier.actors()}
    dossier.decide(
        Request(action="same", about=known["Acme"].number, other=known["Acma"].number), who="Ann"
    )
    [one] = [a for a in dossier.actors() if "Acma" in a.names]
    assert set(one.names) == {"Acme", "Acma"}
    assert len(one.decision_ids) == 1
    dossier.decide(Request(action="rename", about=one.number, value="Acme Corporation"), who="Ann")
    [named] = [a for a in dossier.actors() if "Acma" in a.names]
    assert named.name == "Acme Corporation"
    assert len(named.decision_ids) == 2
    dossier.decide(Request(action="different", about=named.number, names=["Acma"]), who="Ann")
    apart = {tuple(a.names): a.name for a in dossier.actors() if {"Acme", "Acma"} & set(a.names)}
    assert apart.keys() == {("Acme",), ("Acma",)}
    assert "Acme Corporation" in apart.values()
    for standing in dossier.decisions():
        dossier.undo(standing.decision.id, who="Ann")
    assert ledger_bytes(dossier) == before


def test_decisions_outlive_a_rebuild_and_another_engine(dossier: Dossier) -> None:
    dossier.decide(Request(action="accept", about=SENT, field="amount", claim="50"), who="Ann")
    [boats] = [r for r in dossier.measures() if "boats" in r.label]
    [nurses] = [r for r in dossier.measures() if "nurses" in r.label]
    dossier.decide(
        Request(action="correct", about=boats.id, field="stage", value="done", reason="y"),
        who="Ann",
    )
    dossier.decide(Request(action="reject", about=nurses.id), who="Ann")
    old = {f.id for f in dossier.findings()}
    dossier.build(workers=1, pipeline="later")
    assert not old & {f.id for f in dossier.findings()}
    assert [s.state for s in dossier.decisions()] == ["in force"] * 3
    labels = {r.label: r for r in dossier.measures()}
    assert not any("nurses" in label for label in labels)
    assert next(r for label, r in labels.items() if "boats" in label).stage == "done"
    [sent] = [r for label, r in labels.items() if "guards" in label]
    assert sent.contests[0].chosen == (claims(sent, "amount")["50 guards"].id,)


def test_decision_on_what_a_changed_report_no_longer_says_is_dormant(
    make: Callable[..., Dossier],
) -> None:
    dossier = make(reports=[document("a.txt", "Mexico sends 40 guards to Guatemala.")])
    done = dossier.decide(Request(action="reject", about=SENT), who="Ann")
    assert dossier.measures() == []
    other = make("other", reports=[document("z.txt", "Mexico sends 40 guards to Guatemala.")])
    path = dossier.path.with_suffix(".jsonl")
    path.write_text(dossier.export_decisions(), encoding="utf-8")
    report = other.import_decisions(path)
    assert (report.decisions, report.added, report.dormant) == (1, 1, 1)
    assert len(other.measures()) == 1
    assert state(other, done.decision.id) == "dormant"


@pytest.mark.parametrize(
    ("request_", "fault"),
    [
        (Request(action="accept", about="measure-99"), "no such record, claim"),
        (Request(action="bless", about=SENT), "can't be decided"),
        (Request(action="rename", about=SENT, value="X"), "only be decided of an actor"),
        (Request(action="accept", about=SENT, field="amount"), "2 values fit"),
        (Request(action="correct", about=SENT, field="mood", value="x", reason="y"), "no field"),
        (Request(action="correct", about="b.txt", field="stage", value="done"), "can't be decided"),
        (Request(action="same", about=SENT, other=SENT), "the same finding"),
        (Request(action="same", about=SENT, other="actor-1"), "name the same|no finding"),
        (Request(action="correct", about=SENT, field="amount", claim="50", words="fifty"),
         "does not stand in it"),
        (Request(action="correct", about=SENT, field="amount", claim="50", words=(0, 9999)),
         "no words stand"),
    ],
)  # fmt: skip
def test_what_can_not_be_decided_is_refused_in_words(
    request_: Request, fault: str, dossier: Dossier
) -> None:
    with pytest.raises((UsageError, DossierError), match=fault):
        dossier.decide(request_, who="Ann")
    assert dossier.decisions() == []


@pytest.mark.parametrize("who", ["", "  ", "a\x1b[31mb", "x" * 201, "\u202eann"])
def test_reviewer_needs_a_plain_name(who: str, dossier: Dossier) -> None:
    with pytest.raises(UsageError, match="one line of plain text"):
        dossier.decide(Request(action="accept", about=SENT), who=who)


def test_pending_decision_leaves_the_queue_at_once_and_the_ledger_when_renewed(
    dossier: Dossier,
) -> None:
    [nurses] = [r for r in dossier.measures() if "nurses" in r.label]
    done = dossier.decide(Request(action="reject", about=nurses.id), who="Ann", renew=False)
    assert (done.standing.state, done.renewed, dossier.is_current) == ("pending", False, False)
    assert dossier.record(nurses.id)
    assert nurses.id not in {item.record_id for item in dossier.queue()}
    dossier.undo(done.decision.id, who="Ann", renew=False)
    assert nurses.id in {item.record_id for item in dossier.queue()}
    dossier.decide(Request(action="reject", about=nurses.id), who="Ann", renew=False)
    assert dossier.renew()
    assert not dossier.renew()
    assert dossier.is_current
    assert not [r for r in dossier.measures() if "nurses" in r.label]


def test_queue_is_in_the_order_of_worth_with_words_in_context(dossier: Dossier) -> None:
    items = dossier.queue()
    assert [item.why for item in items] == ["contested", "low support", "low support"]
    assert [item.worth for item in items] == sorted((i.worth for i in items), reverse=True)
    assert dossier.queue_counts()["contested"] == 1
    for item in items:
        for context in item.contexts:
            text = dossier.document(context.document_id).text
            assert context.text == text[context.start : context.start + len(context.text)]
            assert text[slice(*context.words)]
    assert dossier.queue(limit=1, offset=1) == items[1:2]
