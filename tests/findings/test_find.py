"""Whatever the text, findings come out with words that stand in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.codebook import load_codebook
from pactwatch.findings import find
from pactwatch.language import read
from pactwatch.model import Document, Finding, Span

KINDS = load_codebook().kinds

FRAGMENTS = st.sampled_from(
    ["Kenya", "the Peruvian navy", "Interior Minister Ana Ruiz", "she", "the two countries", "we",
     "The Department of Works (DOW)", "will send", "has urged", "to accept", "agreed to train",
     "was suspended", "refused", "said that", "signed", "if", "the memorandum of understanding",
     "the deployment of", "forty officers", "up to $4.5 million in aid", "a group of", "refugees",
     "from Somalia", "to Haiti", "with Chile", "under the agreement", "by the end of May 2024",
     "over 3 percent of its people", "killed nine migrants", "met", "in Lima", "according to", "it",
     "“We won’t pay,”", "“Never", "”", "'", "\"", "(", ")", ",", ".", "?", ":", "—", "-", "and",
     "\n", "\n\n", "  ", "\u00a0", "\u200b", "e\u0301", "\U0001f6a2", "ﬁ", "İ", "ẞ", "\r\n", "- ",
     "# ", "ANA RUIZ:", "*", "\u2028", "\x00", "١٢"]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(FRAGMENTS, min_size=1, max_size=25).map(" ".join),
    st.lists(FRAGMENTS, min_size=1, max_size=25).map("".join),
    st.text(max_size=80),
)


def spans_of(finding: Finding) -> list[tuple[int, int, str]]:
    fillers = [f for values in finding.roles.values() for f in values]
    fillers += [finding.attributed_to] if finding.attributed_to else []
    return [(f.start, f.end, f.text) for f in (*fillers, *finding.evidence)]


@settings(max_examples=250)
@given(TEXTS, st.sampled_from([None, "2024", "2024-05", "2024-05-10"]))
def test_every_word_of_every_finding_stands_in_the_text(text: str, published: str | None) -> None:
    found = find(read(Document(id="d", name="d.txt", text=text, published=published)))
    for finding in found.findings:
        assert finding.evidence
        for start, end, words in spans_of(finding):
            assert 0 <= start < end <= len(text)
            assert text[start:end] == words
    for rejected in found.rejected:
        assert text[rejected.quote.start : rejected.quote.end] == rejected.quote.text


@settings(max_examples=50)
@given(TEXTS)
def test_findings_are_of_the_codebook_and_the_same_each_time(text: str) -> None:
    document = Document(id="d", name="d.txt", text=text, published="2024-05-10")
    found = find(read(document))
    assert find(read(document)) == found
    assert len({f.id for f in found.findings}) == len(found.findings)
    for finding in found.findings:
        kind = KINDS[finding.kind]
        assert set(finding.roles) <= set(kind.roles)
        assert finding.type is None or not kind.types or finding.type in kind.types
        assert finding.stage is None or finding.stage in kind.stages
        assert all(len(v) == 1 for r, v in finding.roles.items() if r not in kind.many)


def test_furniture_gives_no_findings() -> None:
    text = "Kenya sent forty officers to Haiti.\n\nNorway gave $4 million to Ghana.\n"
    start = text.index("Norway")
    furniture = (Span(start=start, end=len(text) - 1),)
    document = Document(id="d", name="d.txt", text=text, furniture=furniture)
    assert [f.type for f in find(read(document)).findings] == ["deployment"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "."])
def test_an_empty_text_says_nothing(text: str) -> None:
    found = find(read(Document(id="d", name="d.txt", text=text)))
    assert (found.findings, found.rejected) == ((), ())
