"""The way to delivery on the terminal."""

from __future__ import annotations

import pytest

from pactwatch.cli.deliveries import print_delivery, print_open
from pactwatch.cli.printing import Screen
from pactwatch.model import Delivery, DeliveryStep, Record


def measure(outcome: str, stage: str = "promised") -> Record:
    step = DeliveryStep(stage=stage, date="2031-05-31", date_from="publication", amount="up to 89",
                        value=None, part=False, claim_ids=("c",), document_ids=("d", "e"),
                        accounts=1)  # fmt: skip
    later = DeliveryStep(stage=stage, date="2031-06-25", date_from="event", amount="60",
                         value=None, part=False, claim_ids=("c",), document_ids=("f",),
                         accounts=1, days=(25, 25))  # fmt: skip
    return Record(
        id="m", number="measure-1", kind="measure", type="deployment", label="Officers to Kenya",
        stage=stage, date=None, claims=(), contests=(), history=(), finding_ids=(),
        document_ids=(), accounts=1,
        delivery=Delivery(steps=(step, later), outcome=outcome, latest="2031-10-28"),
    )  # fmt: skip


def test_steps_stand_with_their_gaps_and_the_absence(capsys: pytest.CaptureFixture[str]) -> None:
    print_delivery(Screen(), measure("none"))
    words = " ".join(capsys.readouterr().out.split())
    assert "promised up to 89, told 31 May 2031 1 account (2 documents)" in words
    assert "promised 60, 25 June 2031 25 days later 1 account" in words
    assert "No document in this dossier, the latest of 28 October 2031, reports delivery." in words


@pytest.mark.parametrize(
    ("record", "listed"),
    [
        (measure("none"), True),
        (measure("part", "agreed"), True),
        (measure("done"), False),
        (measure("stopped"), False),
        (measure("none", "proposed"), False),
    ],
)
def test_what_was_pledged_and_is_not_reported_is_listed(
    record: Record, listed: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    print_open(Screen(), [record])
    out = capsys.readouterr().out
    assert ("measure-1" in out) is listed
    assert ("reports more of these" in " ".join(out.split())) is listed
