"""Fingerprints: texts that share words share marks, and phrases that all share leave none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_prose import words as prose

from pactwatch.lineage import Fingerprint, fingerprint
from pactwatch.lineage.fingerprints import fingerprints
from pactwatch.model import Document


def doc(text: str, name: str = "d") -> Document:
    return Document(id=name, name=name, text=text)


def marks(text: str) -> set[int]:
    return set(fingerprint(doc(text)).marks.tolist())


@given(st.integers(min_value=0, max_value=9999))
def test_eight_words_in_a_row_share_a_mark(seed: int):
    shared = prose(seed, 8)
    one = [*prose(seed + 1, 30), *shared, *prose(seed + 2, 30)]
    other = [*prose(seed + 3, 20), *shared, *prose(seed + 4, 40)]
    assert marks(" ".join(one)) & marks(" ".join(other))


def test_plain_words_share_a_mark_when_there_are_many():
    plain = (
        "there was a storm and then a flood in the north of the lake but it is not as high as it "
        "was in the year before and they would not let us go out on the water that we had to see"
    )
    assert marks(plain)
    assert marks(plain) & marks(f"{' '.join(prose(1, 20))} {plain} {' '.join(prose(2, 20))}")


@pytest.mark.parametrize(
    "phrase",
    [
        "the President of the United States and the Prime Minister of Kenya",
        "Department of Homeland Security Secretary Ada Obrecht said on Tuesday in Nairobi",
        "for the first time in more than two years",
        "MEDIA RELEASE Minister for Fisheries Parliament House telephone 02 6277 7320",
        "https://www.lake.example/news/boats/agree/patrol/border/river/harbour/police",
    ],
)
def test_phrases_that_all_share_leave_no_mark(phrase: str):
    assert not marks(phrase)


def test_the_same_words_have_the_same_text_hash_and_others_not():
    one = fingerprint(doc("Kenya signs a pact with Uganda."))
    assert one.text == fingerprint(doc("KENYA signs a pact with Uganda")).text
    assert one.text != fingerprint(doc("Uganda signs a pact with Kenya.")).text


def test_marks_in_quotation_marks_are_known():
    words = " ".join(prose(5, 12))
    assert fingerprint(doc(f"“{words}”")).quoted.all()
    assert not fingerprint(doc(words)).quoted.any()
    both = fingerprint(doc(f"“{words}” she said. {words}"))
    assert set(both.marks.tolist()) >= marks(words)
    assert not both.quoted.all(), "words said in its own voice are not quoted"


@given(st.lists(st.integers(min_value=0, max_value=60), min_size=1, max_size=8))
def test_documents_taken_together_have_the_fingerprints_they_have_alone(lengths: list[int]):
    made = [doc(f"“{' '.join(prose(i, n))}”", str(i)) for i, n in enumerate(lengths)]
    together = [print_.to_bytes() for print_ in fingerprints(made)]
    assert together == [fingerprint(document).to_bytes() for document in made]


@given(st.text(max_size=300))
def test_what_is_kept_of_a_fingerprint_is_all_of_it(text: str):
    made = fingerprint(doc(text))
    again = Fingerprint.from_bytes(made.to_bytes())
    assert (again.words, again.text) == (made.words, made.text)
    assert again.marks.tolist() == made.marks.tolist()
    assert again.quoted.tolist() == made.quoted.tolist()


def test_bytes_of_another_version_are_refused():
    with pytest.raises(ValueError, match="made again"):
        Fingerprint.from_bytes(b"something else")
