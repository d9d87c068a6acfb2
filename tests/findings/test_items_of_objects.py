"""Lists of objects: each sum and each number goes to whom its own words say."""

from __future__ import annotations

import pytest

from pactwatch.codebook import load_codebook
from pactwatch.findings import find
from pactwatch.language import read
from pactwatch.model import Document


def told(text: str) -> set[tuple[str, str]]:
    """Amount and receivers of each measure."""
    codebook = load_codebook()
    document = Document(id="d", name="d.txt", text=text, published="2031-05-20")
    findings = find(read(document, codebook=codebook), codebook).findings
    return {
        tuple(", ".join(f.text for f in m.roles.get(role, ())) for role in ("amount", "recipient"))
        for m in findings
        if m.kind == "measure"
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Norway gave $1 million to Kenya and $2 million to Ghana.",
            {("$1 million", "Kenya"), ("$2 million", "Ghana")},
        ),
        (
            "Norway gave $1 million to Kenya, $2 million to Ghana and 40 trucks to Mali.",
            {("$1 million", "Kenya"), ("$2 million", "Ghana"), ("40", "Mali")},
        ),
        (
            "Norway pledged $5m for Kenya and $6m for Ghana.",
            {("$5m", "Kenya"), ("$6m", "Ghana")},
        ),
        (
            "Norway gave training and 40 boats to Kenya.",
            {("", "Kenya"), ("40", "Kenya")},
        ),
        ("Norway will pay Kenya €1 billion.", {("€1 billion", "Kenya")}),
        (
            "Norway gave Kenya $5 million and 40 trucks.",
            {("$5 million", "Kenya"), ("40", "Kenya")},
        ),
    ],
)
def test_each_item_goes_to_its_own_receiver(text: str, expected: set[tuple[str, str]]) -> None:
    assert told(text) == expected
