from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.codebook.vocabularies import load_table
from pactwatch.language.lost_numbers import find_lost_numbers
from pactwatch.language.pipeline import fold, parse
from pactwatch.language.quantities import find_quantities

TABLE = load_table("lost_numbers.toml")


@pytest.mark.parametrize("example", TABLE["examples"], ids=lambda e: e["text"])
def test_examples_of_lost_numbers(example: dict[str, str]) -> None:
    (lost,) = find_lost_numbers(example["text"])
    assert example["text"][lost.start : lost.end] == example["words"]
    assert lost.unit == example.get("unit")
    assert lost.money == bool(example.get("money"))


@pytest.mark.parametrize("near", TABLE["near_misses"], ids=lambda e: e["text"])
def test_near_misses_of_lost_numbers(near: dict[str, str]) -> None:
    assert find_lost_numbers(near["text"]) == []


def test_a_lost_number_is_a_suspect_quantity_without_number() -> None:
    (mention,) = find_quantities("Approximately Customs Agents will be sent to Togo.")
    quantity = mention.quantity
    assert (quantity.number, quantity.approximate, quantity.suspect) == (None, True, True)
    assert (quantity.unit, mention.kind) == ("agent", "count")


def test_a_sum_without_number_keeps_its_currency() -> None:
    (mention,) = find_quantities("Japan gave US$ million to Fiji.")
    assert (mention.quantity.currency, mention.quantity.suspect) == ("USD", True)


def test_the_parser_reads_a_numeral_and_spans_stay_those_of_the_text() -> None:
    text = "According to a pact signed by Okoth, approximately guards  will be sent to Chad."
    ((doc, spans),) = [parsed for parsed in parse([text]) if parsed]
    subject = next(t for t in doc if t.dep_ == "nsubjpass")
    assert text[slice(*spans[subject.i])] == "guards"
    assert text[slice(*spans[subject.i - 1])] == "approximately"


@given(st.text(alphabet="ab $\n", max_size=8), st.sampled_from(["up to", "Roughly", "$ million"]))
def test_each_folded_character_comes_from_the_text(noise: str, words: str) -> None:
    text = f"{noise} sent {words} soldiers of aid"
    folded, origin = fold(text)
    assert len(folded) <= len(origin)
    assert sorted(origin) == origin
    assert all(0 <= at < len(text) for at in origin)
