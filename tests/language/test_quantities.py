from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.language.quantities import find_quantities

MONEY = [
    ("gave $750 million", "$750 million", "750000000", "USD"),
    ("a $750-million plan", "$750-million", "750000000", "USD"),
    ("gave US$750m now", "US$750m", "750000000", "USD"),
    ("gave US$750 in aid", "US$750", "750", "USD"),
    ("gave A$10 million", "A$10 million", "10000000", "AUD"),
    ("gave $A2.4 million", "$A2.4 million", "2400000", "AUD"),
    ("gave €1.2bn", "€1.2bn", "1200000000", "EUR"),
    ("gave 750 million dollars", "750 million dollars", "750000000", "USD"),
    ("gave five million euros", "five million euros", "5000000", "EUR"),
    ("paid Rs 5 crore", "Rs 5 crore", "50000000", "INR"),
    ("hundreds of millions of dollars", "hundreds of millions of dollars", "200000000", "USD"),
    ("10 million Mexican pesos", "10 million Mexican pesos", "10000000", "MXN"),
]

COUNTS = [
    ("sent nine agents", "nine", "9", None, None, False),
    ("sent one hundred and eighty men", "one hundred and eighty", "180", None, None, False),
    ("sent up to 89 agents", "up to 89", "89", None, "89", False),
    ("sent dozens of agents", "dozens", "24", None, None, True),
    ("sent a dozen agents", "a dozen", "12", None, None, False),
    ("half a million people", "half a million", "500000", None, None, True),
    ("some 30 000 people", "some 30 000", "30000", None, None, True),
    ("almost 1,300 people", "almost 1,300", "1300", None, None, True),
    ("at least 40 towns", "at least 40", "40", "40", None, False),
    ("fewer than 40 towns", "fewer than 40", "40", None, "40", False),
    ("between 50 and 100 agents", "between 50 and 100", None, "50", "100", False),
    ("between dozens and 100 agents", "between dozens and 100", None, "24", "100", True),
    ("take 27 to 30 soldiers", "27 to 30", None, "27", "30", False),
    ("4.9 million people", "4.9 million", "4900000", None, None, False),
    ("over 2100 people came", "over 2100", "2100", "2100", None, False),
    ("a 400-bed centre", "400", "400", None, None, False),
]

NONE = [
    "in 2016 and 2017", "on May 27 they met", "27-29 January 2002", "at 10:30 pm", "at 5pm",
    "section 12 of it", "after 9/11", "Form 5", "DPS 6/2002", "1. Talks\n2. Aid", "no one came",
    "one of the two-way", "the Group of Seven", "COVID-19", "a 5-year-old boy", "call 02 6264 1555",
    "Room 12", "from 12 March to 20 April", "+1 202 555 0100", "(555) 555-0100",
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "number", "currency"), MONEY)
def test_money_in_all_written_forms(text, words, number, currency):
    (mention,) = find_quantities(text)
    assert (text[mention.start : mention.end], mention.kind) == (words, "money")
    assert mention.quantity.number == Decimal(number)
    assert mention.quantity.currency == currency


@pytest.mark.parametrize(("text", "words", "number", "low", "high", "approximate"), COUNTS)
def test_counts_with_their_bounds(text, words, number, low, high, approximate):
    mention = find_quantities(text)[0]
    quantity = mention.quantity
    assert text[mention.start : mention.end] == words
    assert (quantity.number, quantity.minimum, quantity.maximum) == tuple(
        None if value is None else Decimal(value) for value in (number, low, high)
    )
    assert quantity.approximate is approximate


@pytest.mark.parametrize("text", NONE)
def test_numbers_that_count_nothing_are_left_out(text):
    found = [m for m in find_quantities(text) if text[m.start : m.end] != "two"]
    assert found == []


@pytest.mark.parametrize(
    ("text", "words", "number", "unit", "kind", "per"),
    [
        ("over 1% of them", "over 1%", "1", "percent", "share", None),
        ("33 per cent of it", "33 per cent", "33", "percent", "share", None),
        ("a third of it", "a third", "0.3333", "share", "share", None),
        ("about two-thirds of it", "about two-thirds", "0.6667", "share", "share", None),
        ("half of it", "half", "0.5", "share", "share", None),
        ("for up to 45 days", "up to 45 days", "45", "day", "duration", None),
        ("a four-day trip", "four-day", "4", "day", "duration", None),
        ("the 17th meeting", "17th", "17", None, "ordinal", None),
        ("$30 million a year", "$30 million a year", "30000000", None, "money", "year"),
        ("$66.20 per fortnight", "$66.20 per fortnight", "66.20", None, "money", "fortnight"),
    ],
)
def test_shares_durations_ordinals_and_rates(text, words, number, unit, kind, per):
    (mention,) = find_quantities(text)
    quantity = mention.quantity
    assert (text[mention.start : mention.end], mention.kind) == (words, kind)
    assert (quantity.number, quantity.unit, quantity.per) == (Decimal(number), unit, per)


def test_a_bare_dollar_is_what_the_caller_says_and_marked():
    (mention,) = find_quantities("gave $750 in aid", dollar="AUD")
    assert mention.quantity.currency == "AUD"
    assert (mention.bare, mention.default_currency) == (True, True)


@given(st.integers(1, 10**12))
def test_a_number_with_commas_is_read_back(number):
    (mention,) = find_quantities(f"sent exactly {number:,} agents to help") or [None]
    if number in range(1800, 2101):
        return
    assert mention is not None
    assert mention.quantity.number == number


@given(st.lists(st.sampled_from(
    ["$", "5", "1,300", "million", "and", "between", "to", "dozens", "of", "dollars", "%", "-",
     "\n", "a", "half", "third", "up", "twenty", "one", "hundred", "years", "  ", ".", "$A"]),
    max_size=20))  # fmt: skip
def test_quantity_spans_are_sorted_disjoint_and_trimmed(parts):
    text = " ".join(parts)
    mentions = find_quantities(text)
    assert all(text[m.start : m.end].strip() == text[m.start : m.end] != "" for m in mentions)
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))
