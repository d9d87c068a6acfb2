"""One finding for each distinct measure: which mentions are put together and which stay apart."""

from __future__ import annotations

import pytest

from pactwatch.findings import find
from pactwatch.language import read
from pactwatch.model import Document, Finding


def measures(text: str) -> list[Finding]:
    document = Document(id="d", name="d.txt", text=text, published="2024-05-10")
    return [f for f in find(read(document)).findings if f.kind == "measure"]


ONE = [
    ("said again as a noun",
     "Kenya sent forty officers to Haiti. The deployment of officers to Haiti was praised."),
    ("said again with the same sum",
     "Sweden gave $4 million to Ghana. Ghana thanked Sweden for the $4 million in aid."),
    ("two verbs with one object", "Kenya trained and equipped the coast guard of Somalia."),
    ("a date told the second time",
     "Kenya sent officers to Haiti. In May, Kenya deployed ten officers to Haiti."),
]  # fmt: skip
TWO = [
    ("two sums", "Sweden gave $4 million to Ghana. Later, Sweden gave $6 million to Ghana."),
    ("two objects", "Kenya sent forty officers to Haiti. Kenya also sent doctors to Haiti."),
    ("two actors", "Kenya sent officers to Haiti in May. Uganda sent officers to Haiti in May."),
    ("two dates",
     "Kenya sent officers to Haiti in May 2023. Kenya sent officers to Haiti in June 2024."),
    ("two goods", "Canada imposed tariffs on steel. Canada imposed tariffs on wheat."),
    ("a number told and a number lost",
     "Kenya will send dozens of officers to Haiti. Approximately officers will be sent to Haiti."),
    ("two places", "Kenya sent officers to Haiti. Kenya sent officers to Somalia."),
]  # fmt: skip


@pytest.mark.parametrize("text", [t for _, t in ONE], ids=[w for w, _ in ONE])
def test_mentions_of_one_measure_are_one_finding(text: str) -> None:
    assert len(measures(text)) == 1


@pytest.mark.parametrize("text", [t for _, t in TWO], ids=[w for w, _ in TWO])
def test_distinct_measures_stay_two(text: str) -> None:
    assert len(measures(text)) == 2


def test_a_merged_measure_says_each_thing_once_and_bears_all_evidence() -> None:
    text = "Kenya sent officers to Haiti. In May, Kenya deployed ten officers to Haiti."
    (found,) = measures(text)
    assert {role: [f.text for f in fillers] for role, fillers in found.roles.items()} == {
        "actor": ["Kenya"],
        "object": ["officers"],
        "amount": ["ten"],
        "place": ["Haiti"],
        "date": ["May"],
    }
    assert len(found.evidence) == 2
    assert found.evidence[0].text.startswith("In May")  # the more explicit one
