"""Values refuse what must not exist, and are named by what they hold."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.errors import EvidenceError
from pactwatch.model import Document, Finding, Quote, stable_id

DOCUMENT = Document(id="d", name="d.txt", text="Kenya sent forty officers to Haiti.")
SIZE = len(DOCUMENT.text)
OUTSIDE = [(-1, 5), (0, SIZE + 1), (5, 5), (9, 4), (SIZE, SIZE + 4)]


@given(st.integers(0, SIZE - 1), st.integers(1, SIZE))
def test_a_quote_is_cut_from_its_document(start: int, length: int) -> None:
    end = min(SIZE, start + length)
    quote = Quote.cut(DOCUMENT, start, end)
    assert quote.text == DOCUMENT.text[start:end]


@pytest.mark.parametrize(("start", "end"), OUTSIDE)
def test_words_outside_the_text_are_no_evidence(start: int, end: int) -> None:
    with pytest.raises(EvidenceError, match=r"d\.txt"):
        Quote.cut(DOCUMENT, start, end)
    with pytest.raises(EvidenceError):
        Finding.cut(DOCUMENT, "measure", roles={}, evidence=[(start, end)])
    with pytest.raises(EvidenceError):
        Finding.cut(
            DOCUMENT, "measure", roles={"actor": [(start, end, None)]}, evidence=[(0, SIZE)]
        )
    with pytest.raises(EvidenceError):
        Finding.cut(
            DOCUMENT, "measure", roles={}, evidence=[(0, 5)], attributed_to=(start, end, None)
        )


def test_a_finding_without_evidence_is_refused() -> None:
    with pytest.raises(EvidenceError, match="without evidence"):
        Finding.cut(DOCUMENT, "measure", roles={"actor": [(0, 5, "KE")]}, evidence=[])


def test_findings_are_named_by_what_they_say() -> None:
    def cut(end: int, stage: str) -> Finding:
        roles = {"actor": [(0, end, None)], "object": []}
        return Finding.cut(DOCUMENT, "measure", stage=stage, roles=roles, evidence=[(0, SIZE)])

    assert cut(5, "done") == cut(5, "done")
    assert len({cut(5, "done").id, cut(10, "done").id, cut(5, "promised").id}) == 3
    assert set(cut(5, "done").roles) == {"actor"}  # an empty role is left out
    assert pickle.loads(pickle.dumps(cut(5, "done"))) == cut(5, "done")


def test_names_keep_their_parts_apart() -> None:
    assert stable_id("record", "a", "bc") != stable_id("record", "ab", "c")
    assert stable_id("record", "a") == stable_id("record", "a")
