"""Looking things up in a document that was read."""

from __future__ import annotations

from pactwatch.language import read
from pactwatch.model import Document

TEXT = (
    "Talks in Lima\n\n"
    "Interior Minister Ana Ruiz of Peru said on 3 May 2024 that her country will send forty "
    "officers to Haiti. “We won’t wait,” Ruiz said. It was late.\n\n"
    "President Luis Mora signed the treaty in Lima.\n"
)
READING = read(Document(id="d", name="d.txt", text=TEXT, published="2024-05-10"))


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def test_sentences_lie_in_order_and_cover_their_words() -> None:
    starts = [s.start for s in READING.sentences]
    assert starts == sorted(starts)
    assert [s.index for s in READING.sentences] == list(range(len(starts)))
    found = READING.sentence_at(at("forty")[0])
    assert found is not None
    assert TEXT[found.start : found.end].startswith("Interior Minister")


def test_a_sentence_without_a_word_that_matters_has_no_parse() -> None:
    sentence = READING.sentence_at(at("It was late.")[0])
    assert sentence is not None
    assert sentence.doc is None
    assert sentence not in [s for s, _ in READING.parsed()]
    assert sentence.token_at(sentence.start) is None


def test_a_token_is_found_by_its_character() -> None:
    start, end = at("officers")
    sentence = READING.sentence_at(start)
    assert sentence is not None
    token = sentence.token_at(end - 1)
    assert token is not None
    assert token.text == "officers"
    assert sentence.span(token.i, token.i) == (start, end)
    assert sentence.token_at(end) is None  # the blank behind it


def test_mentions_are_found_by_span() -> None:
    start, end = at("3 May 2024")
    assert [d.value for d in READING.dates_in(start, end)] == ["2024-05-03"]
    assert READING.dates_in(start + 1, end) == []
    assert [q.quantity.number for q in READING.quantities_in(*at("forty officers"))] == [40]
    assert [p.name for p in READING.places_in(*at("Talks in Lima"))] == ["Lima"]
    name = READING.name_at(at("Peru")[0])
    assert name is not None
    assert (name.country, name.form) == ("PE", "name")
    assert READING.name_at(at("officers")[0]) is None


def test_the_person_before_a_word_is_the_last_one_named() -> None:
    for words, name in [("officers", "Ana Ruiz"), ("signed", "Luis Mora")]:
        person = READING.last_person_before(at(words)[0])
        assert person is not None
        assert person.name == name
    assert READING.last_person_before(at("Lima")[0]) is None


def test_a_quotation_surrounds_its_words() -> None:
    quotation = READING.quotation_around(*at("won’t"))
    assert quotation is not None
    assert READING.quotation_around(*at("officers")) is None


def test_trim_takes_blanks_off_both_ends() -> None:
    start, end = at(" forty ")
    span = READING.trim(start, end)
    assert TEXT[span.start : span.end] == "forty"
