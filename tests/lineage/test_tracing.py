"""The way through all stages: any order, piece by piece or at once, the outcome is the same."""

from __future__ import annotations

import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st
from made_prose import prose

from pactwatch.lineage import Fingerprint, fingerprint, from_bytes, to_bytes, trace


def collection(document, seed: int, count: int = 12):
    """Texts put together from a few paragraphs, some quoted, some cut, some undated."""
    source = random.Random(seed)
    made = []
    for number in range(count):
        paragraphs = []
        for _ in range(source.randrange(1, 4)):
            paragraph = prose(source.randrange(6), source.choice((60, 60, 25)))
            paragraphs.append(f"“{paragraph}.”" if source.random() < 0.3 else f"{paragraph}.")
        day = f"2031-0{source.randrange(1, 7)}-01" if source.random() < 0.7 else None
        publisher = source.choice((None, "Gazette", "Herald"))
        made.append(document(f"d{number:02}", "\n\n".join(paragraphs), day, publisher))
    return made


def test_order_changes_nothing(document):
    @settings(max_examples=25, deadline=None)
    @given(seed=st.integers(min_value=0, max_value=9999))
    def holds(seed: int):
        made = collection(document, seed)
        expected = trace(made, [])
        random.Random(seed).shuffle(made)
        assert trace(made, []) == expected

    holds()


def test_one_after_the_other_is_as_good_as_all_at_once(document):
    @settings(max_examples=15, deadline=None)
    @given(seed=st.integers(min_value=0, max_value=9999))
    def holds(seed: int):
        made = collection(document, seed)
        random.Random(seed).shuffle(made)
        marks: dict[str, bytes] = {}
        pairs: dict[tuple[str, str], bytes] = {}
        for count in range(1, len(made) + 1):
            known = {name: Fingerprint.from_bytes(kept) for name, kept in marks.items()}
            sharings = {ids: from_bytes(kept) for ids, kept in pairs.items()}
            result = trace(made[:count], [], fingerprints=known, sharings=sharings)
            marks |= {d.id: fingerprint(d).to_bytes() for d in made[:count]}
            pairs = {ids: to_bytes(sharing) for ids, sharing in result.sharings.items()}
        assert result == trace(made, [])

    holds()


def test_passages_stand_where_they_say(document):
    @settings(max_examples=25, deadline=None)
    @given(seed=st.integers(min_value=0, max_value=9999))
    def holds(seed: int):
        made = collection(document, seed)
        texts = {d.id: d.text for d in made}
        for passage in trace(made, []).passages:
            if passage.kind == "copied" and passage.similarity == 1.0:
                first = texts[passage.first_id][passage.first.start : passage.first.end]
                second = texts[passage.second_id][passage.second.start : passage.second.end]
                strip = str.maketrans("", "", "“”.")
                assert first.translate(strip).split() == second.translate(strip).split()
                assert len(first.translate(strip).split()) == passage.words

    holds()


def test_only_what_is_new_is_compared(document):
    made = collection(document, 1, 8)
    before = trace(made[:7], [])
    after = trace(made, [], sharings=before.sharings)
    for ids, sharing in after.sharings.items():
        if ids in before.sharings and before.sharings[ids].looked:
            assert sharing is before.sharings[ids]


def test_work_grows_with_the_number_of_documents(document):
    def seconds(count: int) -> float:
        made = [document(f"d{i}", prose(1000 + i // 2, 150)) for i in range(count)]
        start = time.process_time()
        trace(made, [])
        return time.process_time() - start

    seconds(50)
    assert seconds(800) < 16 * max(seconds(200), 0.02)
