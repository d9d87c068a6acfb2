from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.language import read
from pactwatch.language.headlines import in_sentence_case
from pactwatch.language.reading import Sentence
from pactwatch.model import Document

BODY = "\n\nOn Monday Mr Okoth met the premier of Fiji. The weather in Suva was fine.\n"


def title_of(headline: str, body: str = BODY) -> str:
    reading = read(Document(id="d", name="d.txt", text=headline + body))
    (line,) = reading.titles
    assert line.doc is not None
    return line.doc.text


@pytest.mark.parametrize(
    ("headline", "words"),
    [
        ("Japan Gives Six Boats To Fiji", "Japan gives six boats to Fiji"),
        ("Premier Okoth Sends Troops To Chad", "premier Okoth sends troops to Chad"),
        ("JAPAN GIVES FIJI SIX BOATS", "Japan gives FIJI six boats"),
        ("DHS Sends Dozens Of Agents", "DHS sends dozens of agents"),
    ],
)
def test_a_headline_is_parsed_in_the_case_of_sentences(headline: str, words: str) -> None:
    assert title_of(headline) == words


def test_numbers_of_headlines_are_counts() -> None:
    text = "Japan Gives Fiji Six Boats" + BODY
    reading = read(Document(id="d", name="d.txt", text=text))
    assert [text[q.start : q.end] for q in reading.quantities] == ["Six"]


def test_headlines_below_the_first_paragraph_are_no_titles() -> None:
    text = "Fiji thanked Japan for the boats on Monday.\n\nJapan Sends Troops To Chad" + BODY
    assert read(Document(id="d", name="d.txt", text=text)).titles == []


@given(st.text(max_size=40))
def test_the_length_stays(words: str) -> None:
    line = Sentence(index=0, start=0, end=len(words), block=0, kind="headline")
    assert len(in_sentence_case(words, line, [], [])) == len(words)
