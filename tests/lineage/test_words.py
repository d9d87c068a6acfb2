"""Words as numbers: the same for the same words, and at home in the text to the letter."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.lineage.stems import stems_in
from pactwatch.lineage.words import NAME, NUMBER, PLAIN, TELLING, chunks, words_in
from pactwatch.model import Document, Span


def read(text: str, *furniture: tuple[int, int]):
    spans = tuple(Span(start=a, end=b) for a, b in furniture)
    return words_in(Document(id="d", name="d", text=text, furniture=spans))


def words(text: str, *furniture: tuple[int, int]) -> list[str]:
    found = read(text, *furniture)
    return [text[a:b] for a, b in zip(found.starts, found.ends, strict=True)]


def kinds(text: str) -> dict[str, int]:
    return dict(zip(words(text), read(text).kinds.tolist(), strict=True))


def test_words_are_equal_whatever_their_case_accents_apostrophes_and_hyphens():
    one = read("José’s BOAT-house, today!").hashes
    assert one.tolist() == read("jose's boat house today").hashes.tolist()


def test_words_stand_where_they_stand():
    text = "‘The patrol’s boats’ left… Lake\u00adside, at 6.30"
    assert words(text) == ["The", "patrol’s", "boats", "left", "Lake\u00adside", "at", "6", "30"]


def test_an_invisible_hyphen_makes_no_other_word():
    assert read("Lake\u00adside").hashes.tolist() == read("lakeside").hashes.tolist()


def test_long_words_are_told_apart_by_both_ends():
    different = ["cooperation", "cooperating", "incooperation", "cooperations"]
    assert len({int(read(word).hashes[0]) for word in different}) == 4


def test_letters_of_other_alphabets_are_words_too():
    assert words("Переговоры в Женеве: 和平 العهد") == [
        "Переговоры",
        "в",
        "Женеве",
        "和平",
        "العهد",
    ]
    assert len(set(read("Переговоры Женеве 和平").hashes.tolist())) == 3


def test_page_furniture_is_left_out():
    text = "The boats SHARE THIS PAGE left the harbour."
    assert words(text, (10, 25)) == ["The", "boats", "left", "the", "harbour"]


def test_names_numbers_and_common_words_tell_nothing():
    found = kinds("In 2019 the harbour police of Kenya sent 89 boats; see www.lake.example/boats")
    assert found["harbour"] == found["police"] == TELLING
    assert found["Kenya"] == NAME
    assert found["89"] == NUMBER
    for word in ("In", "2019", "the", "of", "www", "lake", "example"):
        assert found[word] == PLAIN


def test_forms_of_a_word_share_a_stem():
    text = "force forcing forced; threat threatened threats; agent's agents; form"
    document = Document(id="d", name="d", text=text)
    stems = stems_in(document, words_in(document)).tolist()
    assert len(set(stems[:3])) == len(set(stems[3:6])) == len(set(stems[6:8])) == 1
    assert len(set(stems)) == 4


@given(st.text(max_size=80))
def test_every_word_is_cut_out_of_the_text(text: str):
    found = read(text)
    assert (np.diff(found.starts) > 0).all()
    assert (found.ends[:-1] <= found.starts[1:]).all()
    for start, end in zip(found.starts, found.ends, strict=True):
        piece = text[start:end]
        assert not piece[0].isspace()
        assert not piece[-1].isspace()
        assert read(piece).hashes.tolist() == read(text).hashes[found.starts == start].tolist()


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6))
def test_documents_read_together_are_read_as_if_alone(texts: list[str]):
    documents = [
        Document(
            id=str(i),
            name=str(i),
            text=text,
            furniture=(Span(start=2, end=5),) if i % 2 else (),
        )
        for i, text in enumerate(texts)
    ]
    together = [words for chunk in chunks(documents) for words in chunk.parted()]
    for document, found in zip(documents, together, strict=True):
        alone = words_in(document)
        for field in ("hashes", "starts", "ends", "kinds"):
            assert getattr(found, field).tolist() == getattr(alone, field).tolist()
