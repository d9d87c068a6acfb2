"""Who has shared words from whom, and where that can't be told."""

from __future__ import annotations

from pactwatch.lineage import trace
from pactwatch.model import Quote
from pactwatch.origins import Credit

STATEMENT = (
    "we will guard the shallow lake with borrowed boats, dredge its narrow mouth and plant fresh "
    "reeds, train swimmers for the harbour police and measure how quickly muddy water clears"
)
OWN = (
    "Maize prices doubled within a week in most towns, traders told their union, which asked for "
    "cheaper transport, longer market hours, cleaner stalls, honest scales and a ban on hoarding "
    "before the rains begin again.",
    "Schools reopened on Monday with fresh paint and donated chairs for the pupils, whose teachers "
    "still wait for overdue wages and for the textbooks, rulers, maps and lamps that were ordered "
    "in the dry season.",
)


def direction(*documents, credits=None):
    (found,) = trace(documents, [], credits).directions
    return found


def credit(document, words: str, publisher: str, place: str = "text"):
    start = document.text.index(words)
    return Credit(
        id=words,
        document_id=document.id,
        kind="outlet",
        place=place,
        source=publisher,
        named=None,
        publisher_id=None,
        publisher=publisher,
        speaker=None,
        quote=Quote.cut(document, start, start + len(words)),
        credited=None,
        finding_id=None,
        address=None,
    )


def test_the_earlier_one_is_the_source(document):
    early = document("early", f"{OWN[0]} {STATEMENT}.", "2031-05-01")
    late = document("late", f"{OWN[1]} {STATEMENT}.", "2031-05-04")
    found = direction(late, early)
    assert found.source_id == early.id
    assert [r.text for r in found.reasons] == [
        "early is of 2031-05-01, late of 2031-05-04, 3 days later"
    ]


def test_dates_are_compared_as_far_as_both_are_known(document):
    month = document("month", f"{OWN[0]} {STATEMENT}.", "2031-05")
    day = document("day", f"{OWN[1]} {STATEMENT}.", "2031-05-04")
    assert direction(month, day).source_id is None


def test_without_evidence_it_is_undecided(document):
    made = [document(n, f"{own} {STATEMENT}.") for n, own in zip("ab", OWN, strict=True)]
    found = direction(*made)
    assert (found.source_id, found.common, found.reasons) == (None, False, ())


def test_a_statement_that_both_quote_is_from_a_third(document):
    made = [
        document("a", f"{OWN[0]} “{STATEMENT},” Ada Obrecht said.", "2031-05-01"),
        document("b", f"{OWN[1]} “{STATEMENT},” Ada Obrecht said.", "2031-05-02"),
    ]
    found = direction(*made)
    assert (found.source_id, found.common) == (None, True)


def test_who_has_it_in_quotation_marks_has_it_from_who_says_it(document):
    quoting = document("a", f"{OWN[0]} “{STATEMENT},” the ministry said.")
    saying = document("b", f"{OWN[1]} {STATEMENT}.")
    assert direction(quoting, saying).source_id == saying.id


def test_the_longer_one_that_holds_all_of_the_other_is_the_source(document):
    short = document("short", STATEMENT)
    long = document("long", f"{OWN[0]} {STATEMENT}. {OWN[1]}")
    found = direction(short, long)
    assert found.source_id == long.id
    assert [r.kind for r in found.reasons] == ["containment"]


def test_a_credit_outweighs_length_but_not_the_dates(document):
    wire = document("wire", STATEMENT, publisher="Lake Wire")
    copy = document("copy", f"{OWN[0]} {STATEMENT}, Lake Wire reported. {OWN[1]}")
    credits = {copy.id: (credit(copy, "Lake Wire reported", "Lake Wire"),)}
    assert direction(wire, copy).source_id == copy.id
    assert direction(wire, copy, credits=credits).source_id == wire.id
    late = document("wire", STATEMENT, "2031-05-09", publisher="Lake Wire")
    early = document("copy", copy.text, "2031-05-01")
    credits = {early.id: (credit(early, "Lake Wire reported", "Lake Wire"),)}
    assert direction(late, early, credits=credits).source_id is None


def test_a_credit_of_a_photograph_is_no_evidence(document):
    wire = document("wire", f"{OWN[0]} {STATEMENT}.", publisher="Lake Wire")
    copy = document("copy", f"{OWN[1]} {STATEMENT}. Photo: Lake Wire")
    credits = {copy.id: (credit(copy, "Lake Wire", "Lake Wire", place="photograph"),)}
    assert direction(wire, copy, credits=credits).source_id is None


def test_a_slip_in_both_tells_that_they_go_back_to_one_text(document):
    slip = STATEMENT.replace("its narrow mouth", "at or mouth")
    made = [document(n, f"{own} “{slip}.”") for n, own in zip("ab", OWN, strict=True)]
    (reason,) = direction(*made).reasons
    assert (reason.kind, reason.source_id) == ("slip", None)
    assert "“at or mouth”" in reason.text
