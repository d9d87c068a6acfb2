"""Sentences behind a claim, each once."""

from __future__ import annotations

from pactwatch.model import Quote, Support
from pactwatch.report.sentences import sentences_of


def told(document: str, text: str, words: str = "four", start: int = 0) -> Support:
    at = start + text.index(words)
    return Support(
        finding_id=f"finding-{document}-{start}",
        document_id=document,
        account_id="account",
        words=Quote(document_id=document, start=at, end=at + len(words), text=words),
        evidence=Quote(document_id=document, start=start, end=start + len(text), text=text),
    )


def grouped(*support: Support) -> list[tuple[str, list[str]]]:
    return [
        (s.shown.evidence.text, [item.document_id for item in s.told])
        for s in sentences_of(support)
    ]


def test_a_sentence_and_its_reprints_are_shown_once_with_all_documents():
    sentence = "Japan will send Kenya four boats, the “ministry” said."
    reprint = 'Japan will send Kenya FOUR boats,\nthe "ministry" said.'
    other = "Japan will send Kenya four boats, the embassy said."
    shown = [told("a", sentence), told("b", other), told("c", reprint, "FOUR", 90)]
    assert grouped(*shown) == [(sentence, ["a", "c"]), (other, ["b"])]


def test_other_words_of_one_sentence_are_shown_apart():
    sentence = "Four boats, and later four more, will come."
    assert len(grouped(told("a", sentence, "Four"), told("a", sentence, "later"))) == 2


def test_two_findings_on_one_place_are_one_and_two_places_are_two():
    sentence = "Japan will send Kenya four boats."
    assert grouped(told("a", sentence), told("a", sentence), told("a", sentence, start=200)) == [
        (sentence, ["a", "a"])
    ]
