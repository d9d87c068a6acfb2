"""What a document says of its own corrections."""

from __future__ import annotations

import pytest

from pactwatch.ledger.corrections import is_correction
from pactwatch.model import Document


@pytest.mark.parametrize(
    ("text", "corrects"),
    [
        (
            "Japan sends boats.\n\nCorrection: An earlier version of this article misstated it.",
            True,
        ),
        ("CORRECTION — The sum was misstated.", True),
        ("Japan sends boats. This story has been corrected to give the right sum.", True),
        ("An earlier version of this release gave another day.", True),
        ("Clarification: the sum is in dollars.", True),
        ("The correction of prices goes on.", False),
        ("An earlier version of the treaty was signed in 2029.", False),
        ("The minister corrected his speech.", False),
        ("Japan sends boats.", False),
    ],
)
def test_a_note_that_an_earlier_report_was_wrong(text, corrects):
    assert is_correction(Document(id="d", name="d", text=text)) is corrects


def test_a_note_in_the_title():
    document = Document(id="d", name="d", text="The sum is 40 million.", title="Correction: boats")
    assert is_correction(document)
