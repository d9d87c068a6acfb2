"""Spans around a place are those that a search through all of them finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pactwatch.language.span_index import SpanIndex

SPANS = st.tuples(st.integers(0, 30), st.integers(0, 12)).map(lambda s: (s[0], s[0] + s[1]))


@given(st.lists(SPANS, max_size=20), SPANS)
def test_spans_are_those_of_a_search_through_all(
    spans: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    start, end = asked
    index = SpanIndex(spans)
    assert index.around(start, end) == [
        i for i, (first, last) in enumerate(spans) if first <= start and end <= last
    ]
    assert index.overlapping(start, end) == [
        i for i, (first, last) in enumerate(spans) if first < end and start < last
    ]
