"""Two wordings side by side: every difference, cut out of both texts."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_prose import WORDS

from pactwatch.lineage import compare, trace
from pactwatch.model import Document

STATEMENT = (
    "we will guard the shallow lake with borrowed boats, dredge its narrow mouth and plant fresh "
    "reeds, train swimmers for the harbour police and measure how quickly muddy water clears"
)


def differences(one: Document, other: Document):
    (passage,) = trace([one, other], []).passages
    texts = {d.id: d.text for d in (one, other)}
    by_id = {d.id: d for d in (one, other)}
    found = compare(passage, by_id[passage.first_id], by_id[passage.second_id])
    first, second = texts[passage.first_id], texts[passage.second_id]
    return found, [
        (
            d.kind,
            first[d.first.start : d.first.end],
            second[d.second.start : d.second.end],
            d.inside,
        )
        for d in found.differences
    ]


def test_words_dropped_added_and_changed_case_and_marks(document):
    one = document("a", f"It rained. “From June, {STATEMENT},” Ada Obrecht said.", "2031-05-01")
    short = STATEMENT.replace("fresh ", "").replace("harbour police", "coast guard")
    short = "We" + short[2:].replace("boats,", "boats;") + " each spring"
    other = document("b", f"It is dry. “{short}.”", "2031-05-02")
    _, told = differences(one, other)
    assert told == [
        ("dropped", "“From June,", "“", False),
        ("case", "we", "We", True),
        ("marks", ",", ";", True),
        ("dropped", "fresh", "", True),
        ("changed", "harbour police", "coast guard", True),
        ("changed", ",” Ada Obrecht said.", "each spring.”", False),
    ]


def test_other_quotation_marks_are_a_difference_of_marks(document):
    one = document("a", f"Ada Obrecht: “{STATEMENT}.”", "2031-05-01")
    other = document("b", f'Ada Obrecht: "{STATEMENT}."', "2031-05-02")
    _, told = differences(one, other)
    assert told == [("marks", ": “", ': "', True), ("marks", ".”", '."', False)]


def test_a_quotation_that_goes_on_is_shown_whole(document):
    more = "We also ask the fishers to stay at home until the storm is over."
    one = document("a", f"“{STATEMENT},” she said.\n\n“{more}”\n\nIt rained.", "2031-05-01")
    other = document("b", f"There was talk. “{STATEMENT},” she said. It is dry.", "2031-05-02")
    found, told = differences(one, other)
    assert one.text[found.first.start : found.first.end].endswith(f"{more}”")
    assert told[-1] == ("dropped", f".\n\n“{more}”", ".", False)


def test_a_passage_is_compared_in_its_own_documents_only(document):
    one, other = document("a", f"“{STATEMENT}.” Boats."), document("b", f"“{STATEMENT}.” Piers.")
    (passage,) = trace([one, other], []).passages
    with pytest.raises(ValueError, match="its own"):
        compare(passage, document("c", "x"), document("d", "y"))


def test_what_differs_and_what_does_not_make_up_both_wordings(document):
    @settings(max_examples=40, deadline=None)
    @given(seed=st.integers(min_value=0, max_value=9999))
    def holds(seed: int):
        source = random.Random(seed)
        words = [source.choice(WORDS) + source.choice("abcdefgh") * 3 for _ in range(60)]
        changed = [w for w in words if source.random() > 0.05]
        changed = [w.upper() if source.random() < 0.05 else w for w in changed]
        changed = [w + "," if source.random() < 0.05 else w for w in changed]
        one = document("a", " ".join(words) + ".", "2031-05-01")
        other = document("b", " ".join(changed) + ".", "2031-05-02")
        for passage in trace([one, other], []).passages:
            found = compare(passage, one, other)
            left, right = one.text[: found.first.end], other.text[: found.second.end]
            for difference in reversed(found.differences):
                left = left[: difference.first.start] + "#" + left[difference.first.end :]
                right = right[: difference.second.start] + "#" + right[difference.second.end :]
            same = left[found.first.start :], right[found.second.start :]
            assert same[0].replace("#", " ").split() == same[1].replace("#", " ").split()

    holds()
