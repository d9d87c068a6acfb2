from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pactwatch.model import Document, Quote, Span
from pactwatch.report.marks import cut_document, cut_evidence

TEXTS = st.text(min_size=1, max_size=60)


def _spans(data: st.DataObject, size: int) -> list[tuple[int, int]]:
    starts = data.draw(st.lists(st.integers(0, size - 1), max_size=6))
    return [(start, data.draw(st.integers(start + 1, size))) for start in starts]


@given(TEXTS, st.data())
def test_pieces_of_a_document_are_its_text_with_every_quotation_marked(
    text: str, data: st.DataObject
) -> None:
    furniture = tuple(Span(start=a, end=b) for a, b in _spans(data, len(text)))
    document = Document(id="d", name="d", text=text, furniture=furniture)
    quotes = [Quote.cut(document, a, b) for a, b in _spans(data, len(text))]
    pieces = cut_document(document, quotes)
    assert "".join(piece.text for piece in pieces) == text
    marked = [piece.quoted for piece in pieces for _ in piece.text]
    assert marked == [any(q.start <= at < q.end for q in quotes) for at in range(len(text))]
    anchors = [at for piece in pieces for at in piece.anchors]
    assert anchors == sorted({q.start for q in quotes})


@given(TEXTS, st.data())
def test_words_are_marked_inside_their_sentence(text: str, data: st.DataObject) -> None:
    document = Document(id="d", name="d", text=text)
    start = data.draw(st.integers(0, len(text) - 1))
    evidence = Quote.cut(document, start, len(text))
    words = [Quote.cut(document, a, b) for a, b in _spans(data, len(text))]
    pieces = cut_evidence(evidence, words)
    assert "".join(piece.text for piece in pieces) == evidence.text
    inside = [w for w in words if w.start >= start]
    marked = [piece.marked for piece in pieces for _ in piece.text]
    assert marked == [any(w.start <= at < w.end for w in inside) for at in range(start, len(text))]
