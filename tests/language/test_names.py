from __future__ import annotations

import itertools

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.language.names import find_names, known_names

CASES = [
    ("Guatemalan and Mexican envoys", [("Guatemalan", "state.GT"), ("Mexican", "state.MX")]),
    ("Help us, said the US envoy.", [("US", "state.US")]),
    ("It went to the U.S.-Mexico border.", [("U.S.", "state.US"), ("Mexico", "state.MX")]),
    ("Latin America needs it.", [("Latin America", "region.latin-america")]),
    ("The aid for Papua New Guinea", [("Papua New Guinea", "state.PG")]),
    ("A road through New Mexico.", []),
    ("Two African American lawyers.", []),
    ("He spoke in Spanish.", []),
    ("Spanish-speaking staff", []),
    ("Michael Jordan played.", []),
    ("In Jordan, talks began.", [("Jordan", "state.JO")]),
    ("It cost US$5.", []),
    ("the International Organization for Migration", None),
    ("the Guatemalan government said", [("Guatemalan government", "state.GT")]),
    ("Mexico's government said", [("Mexico's government", "state.MX")]),
    ("the Government of Nauru", [("Government of Nauru", "state.NR")]),
    ("Honduran police", [("Honduran police", "agency.hn.police")]),
    (
        "Guatemala's Ministry of the Interior",
        [("Guatemala", "state.GT"), ("Ministry of the Interior", "agency.gt.interior-ministry")],
    ),
    (
        "the Guatemalan Interior Ministry",
        [("Guatemalan Interior Ministry", "agency.gt.interior-ministry")],
    ),
    ("the Ministry of Works of Fiji", [("Ministry of Works of Fiji", "agency.fj.works-ministry")]),
    ("the Ministry of Works said", [("Ministry of Works", None)]),
    (
        "the Department of Homeland Security and Mexico",
        [("Department of Homeland Security", "agency.us.dhs"), ("Mexico", "state.MX")],
    ),
    (
        "U.S. Customs and Border\nProtection",
        [("U.S. Customs and Border\nProtection", "agency.us.cbp")],
    ),
    ("the Howard Government", [("Howard Government", None)]),
    ("The Government said", []),
    ("REUTERS and the Associated Press", [("REUTERS", "publication.reuters"),
                                         ("Associated Press", "publication.ap")]),
    (
        "The Ministry of Roads (MOR) of old. Then MOR paid.",
        [("Ministry of Roads", None), ("MOR", None), ("MOR", None)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_names_are_found_with_their_identity(text, expected):
    found = [(text[m.start : m.end], m.actor_id) for m in find_names(text)]
    if expected is None:
        expected = [("International Organization for Migration", "organisation.iom")]
    assert found == expected


def test_a_shared_acronym_is_the_actor_that_the_text_names_in_full():
    police = "The Australian Federal Police met them. AFP officers left."
    agency = "Australia agreed, Agence France-Presse wrote. AFP has seen the letter."
    assert [m.actor_id for m in find_names(police)] == ["agency.au.afp", "agency.au.afp"]
    assert [m.actor_id for m in find_names(agency)][1:] == ["publication.afp", "publication.afp"]


@pytest.mark.parametrize("country", sorted(pycountry.countries, key=lambda c: c.alpha_2),
                         ids=lambda c: c.alpha_2)  # fmt: skip
def test_every_country_is_known_by_a_name(country):
    names = {country.name, getattr(country, "common_name", country.name)}
    plain = [n for n in sorted(names) if "," not in n and "(" not in n and n != "Congo"]
    for name in plain:
        found = find_names(f"They went to {name.replace('’', chr(39))} again.")
        assert [m.country for m in found] == [country.alpha_2], name


def test_names_are_known_in_both_spellings():
    for name in ("World Food Programme", "World Food Program", "World Health Organization"):
        assert name in known_names()
        assert [m.kind for m in find_names(f"with the {name} there")] == ["organisation"]


@given(st.lists(st.sampled_from(
    ["Guatemala", "the", "US", " ", "\n", "\n\n", "Ministry of", "Works", "and", "’s", "(DHS)", "é",
     "Government", "Congress", "of", "Mexican", "army", ",", "  ", "“"]), max_size=25))  # fmt: skip
def test_name_spans_are_sorted_disjoint_and_without_outer_blanks(parts):
    text = " ".join(parts)
    mentions = find_names(text)
    for mention in mentions:
        words = text[mention.start : mention.end]
        assert words
        assert words == words.strip()
        assert "\n\n" not in words
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))
