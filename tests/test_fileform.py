from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.errors import DocumentError
from pactwatch.fileform import (
    FiledFiller,
    FiledFinding,
    FiledQuote,
    file_finding,
    from_json_object,
    read_findings,
    to_json_line,
    to_json_object,
)
from pactwatch.model import Document, Finding, Quantity

TEXT = "Ruritania sent up to 89 advisers to Syldavia for $2.5 million."
DOCUMENT = Document(id="document-1", name="a.md", text=TEXT)


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def finding() -> Finding:
    up_to = Quantity(number=Decimal(89), unit="adviser", maximum=Decimal(89))
    money = Quantity(number=Decimal("2500000.0"), currency="USD")
    return Finding.cut(
        DOCUMENT,
        "measure",
        type="deployment",
        stage="done",
        roles={
            "actor": [(*span("Ruritania"), None)],
            "amount": [(*span("up to 89 advisers"), up_to), (*span("$2.5 million"), money)],
            "place": [(*span("Syldavia"), "SY")],
        },
        evidence=[(0, len(TEXT))],
        attributed_to=(*span("Ruritania"), None),
    )


def test_object_has_a_fixed_order_and_plain_numbers() -> None:
    item = to_json_object(finding(), DOCUMENT)
    assert json.dumps(item) == json.dumps(
        {
            "document": "a.md",
            "kind": "measure",
            "type": "deployment",
            "stage": "done",
            "roles": {
                "actor": [{"text": "Ruritania"}],
                "amount": [
                    {
                        "text": "up to 89 advisers",
                        "value": {"number": 89, "unit": "adviser", "max": 89},
                    },
                    {"text": "$2.5 million", "value": {"amount": 2500000, "currency": "USD"}},
                ],
                "place": [{"text": "Syldavia", "value": "SY"}],
            },
            "attributed_to": "Ruritania",
            "evidence": [{"text": TEXT, "start": 0, "end": len(TEXT)}],
        }
    )


def test_file_round_trip(tmp_path: Path) -> None:
    filed = file_finding(finding(), DOCUMENT)
    path = tmp_path / "found.jsonl"
    path.write_text(f"{to_json_line(filed)}\n\n", encoding="utf-8")
    assert read_findings(path) == [filed]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        ('{"document": "a"}', "“kind”"),
        ('{"document": "a", "kind": "measure", "roles": {"actor": [{"value": 1}]}}', "form"),
        ('{"document": "a", "kind": "measure", "roles": []}', "form"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, fault: str) -> None:
    path = tmp_path / "found.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=fault) as caught:
        read_findings(path)
    assert caught.value.place.endswith(":2")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="nowhere"):
        read_findings(tmp_path / "nowhere.jsonl")


def test_bare_words_are_read_as_words_without_a_value() -> None:
    item = {"document": "a", "kind": "office", "roles": {"title": "Minister"}, "evidence": ["X"]}
    filed = from_json_object(item)
    assert filed.roles == {"title": (FiledFiller(text="Minister"),)}
    assert filed.evidence == (FiledQuote(text="X"),)


words = st.text(min_size=1)
numbers = st.none() | st.decimals(
    min_value=-(10**11), max_value=10**11, places=3, allow_nan=False, allow_infinity=False
)
quantities = st.builds(
    Quantity,
    number=numbers,
    currency=st.none() | st.sampled_from(["USD", "EUR"]),
    unit=st.none() | words,
    minimum=numbers,
    maximum=numbers,
    approximate=st.booleans(),
    suspect=st.booleans(),
    per=st.none() | st.just("year"),
)
fillers = st.builds(
    FiledFiller,
    text=words,
    value=st.none() | words | quantities | st.lists(words).map(tuple),
)
quotes = st.builds(FiledQuote, text=words) | st.builds(
    FiledQuote, text=words, start=st.integers(0, 99), end=st.integers(100, 199)
)
filed_findings = st.builds(
    FiledFinding,
    document=words,
    kind=words,
    type=st.none() | words,
    stage=st.none() | words,
    form=st.none() | words,
    binding=st.none() | words,
    roles=st.dictionaries(words, st.lists(fillers, min_size=1).map(tuple), max_size=3),
    attributed_to=st.none() | words,
    evidence=st.lists(quotes).map(tuple),
    optional=st.booleans(),
)


@given(filed_findings)
def test_line_round_trip(filed: FiledFinding) -> None:
    line = to_json_line(filed)
    assert "\n" not in line
    assert from_json_object(json.loads(line, parse_float=Decimal)) == filed
