"""The same words again have the parse that they had, at their own place."""

from __future__ import annotations

from pactwatch.language import pipeline

TEXTS = (
    "The ministers of Ghana signed the accord on Monday.",
    "Togo froze its aid.",
    "The ministers  of Ghana signed the\naccord on Monday.",
    "Togo froze its aid.",
    "“Togo froze its aid.",
)


def test_sentences_that_stand_again_are_read_as_alone() -> None:
    together = list(pipeline.parse(TEXTS))
    for text, found in zip(TEXTS, together, strict=True):
        (alone,) = pipeline.parse([text])
        assert alone is not None
        assert found is not None
        for one, other in zip(found[0], alone[0], strict=True):
            assert (one.text, one.tag_, one.dep_, one.head.i) == (
                other.text, other.tag_, other.dep_, other.head.i
            )  # fmt: skip
            assert (one.lemma_, str(one.morph)) == (other.lemma_, str(other.morph))
        assert found[1] == alone[1]
    first, again = together[1], together[3]
    assert first is not None
    assert again is not None
    assert first[0][0] != again[0][0]  # tokens of two sentences are never the same
    spaced = together[2]
    assert spaced is not None
    assert [TEXTS[2][start:end] for start, end in spaced[1]][:3] == ["The", "ministers", "of"]
