from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_reports import document, find

from pactwatch.model import Document, Finding
from pactwatch.review import anchor_of
from pactwatch.review.anchors import Index

TEXT = (
    "Mexico sends 40 guards to Guatemala and Panama sends 7 boats to Honduras. "
    "Mexico sends 50 guards to Panama."
)
ONE = document("one.txt", TEXT)


def whole_sentences(found: list[Finding]) -> list[Finding]:
    """The same findings, all with the evidence of a reader that takes whole sentences."""
    stop = TEXT.index(".") + 1
    return [
        Finding.cut(
            ONE,
            f.kind,
            type=f.type,
            stage=f.stage,
            roles={r: [(w.start, w.end, w.value) for w in fs] for r, fs in f.roles.items()},
            evidence=[(0, stop) if f.evidence[0].start < stop else (stop + 1, len(TEXT))],
        )
        for f in found
    ]


def test_anchor_means_the_same_finding_in_the_same_reading() -> None:
    for finding in find(ONE):
        assert Index(find(ONE)).finding(anchor_of(finding)) is not None
        assert Index(find(ONE)).finding(anchor_of(finding)).id == finding.id  # type: ignore[union-attr]


@pytest.mark.parametrize("place", range(3))
def test_anchor_means_the_same_thing_for_a_later_engine(place: int) -> None:
    wanted = find(ONE)[place]
    for later in (find(ONE, other=True), whole_sentences(find(ONE))):
        found = Index(later).finding(anchor_of(wanted))
        assert found is not None
        assert found.id == later[place].id


@pytest.mark.parametrize("place", range(3))
def test_anchor_of_what_is_gone_is_not_taken_for_a_neighbour(place: int) -> None:
    wanted = whole_sentences(find(ONE))[place]
    left = [f for at, f in enumerate(whole_sentences(find(ONE))) if at != place]
    assert Index(left).finding(anchor_of(wanted)) is None


def test_anchor_means_nothing_in_another_document_or_kind() -> None:
    wanted = anchor_of(find(ONE)[0])
    assert Index(find(document("two.txt", TEXT))).finding(wanted) is None
    meetings = [replace(f, id=f"{f.id}0", kind="meeting") for f in find(ONE)]
    assert Index(meetings).finding(wanted) is None


WORDS = st.sampled_from(["Mexico", "Panama", "Guatemala", "Honduras"])
SENTENCES = st.tuples(WORDS, st.integers(1, 99), st.sampled_from(["guards", "boats"]), WORDS)


@given(st.lists(SENTENCES, min_size=1, max_size=6), st.data())
def test_anchors_lead_back_to_their_findings_whatever_stands_beside(
    sentences: list[tuple[str, int, str, str]], data: st.DataObject
) -> None:
    text = " ".join(f"{a} sends {n} {what} to {b}." for a, n, what, b in sentences)
    report: Document = document("any.txt", text)
    first, later = find(report), find(report, other=True)
    kept = data.draw(st.sets(st.integers(0, len(first) - 1)))
    index = Index([later[at] for at in sorted(kept)])
    for at, finding in enumerate(first):
        found = index.finding(anchor_of(finding))
        assert (found.id if found else None) == (later[at].id if at in kept else None)
