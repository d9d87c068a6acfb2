"""What a decision on one of several documents of a claim says of a contest."""

from __future__ import annotations

import pytest

from pactwatch.model import Claim, Contest, ContestSide, Quote, Record, Support
from pactwatch.review import mark_records
from pactwatch.review.values import Mark


def told(document: str, words: str) -> Support:
    quote = Quote(document_id=document, start=0, end=len(words), text=words)
    return Support(finding_id=f"finding-{document}", document_id=document,
                   account_id=f"account-{document}", words=quote, evidence=quote)  # fmt: skip


def boats() -> Record:
    """Four boats promised; two or four have come, by two reports."""
    claims = tuple(
        Claim(id=text, field="amount", text=text, value=None, accounts=len(documents),
              support=tuple(told(d, text) for d in documents))
        for text, documents in (("four", ("promise", "navy")), ("two", ("harbour",)))
    )  # fmt: skip
    sides = tuple(
        ContestSide(text=text, claim_ids=(text,), account_ids=(f"account-{document}",),
                    document_ids=(document,))
        for text, document in (("four", "navy"), ("two", "harbour"))
    )  # fmt: skip
    contest = Contest(field="amount", kind="number", severity="high", claim_ids=("four", "two"),
                      explanation="", sides=sides)  # fmt: skip
    return Record(
        id="m", number="measure-1", kind="measure", type="equipment", label="Boats", stage="done",
        date=None, claims=claims, contests=(contest,), history=(), accounts=3,
        finding_ids=("finding-harbour", "finding-navy", "finding-promise"),
        document_ids=("harbour", "navy", "promise"),
    )  # fmt: skip


@pytest.mark.parametrize(("document", "chosen"), [("promise", ()), ("navy", ("four",))])
def test_who_accepts_a_promise_does_not_decide_how_much_has_come(document, chosen):
    mark = Mark(decision_id="d", action="accept", who="Ann", when="2031-05-01", field="amount",
                start=0, end=4)  # fmt: skip
    (record,) = mark_records([boats()], {f"finding-{document}": (mark,)})
    assert record.contests[0].chosen == chosen
