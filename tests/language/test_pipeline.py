"""The door to spaCy: what is folded for the parser, and the way back to the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.errors import UsageError
from pactwatch.language.pipeline import DEFAULT_PIPELINE, fold, load_pipeline, parse
from pactwatch.language.pipeline import pipeline_version as version_of

PIECES = st.sampled_from(
    ["Kenya", "’s officers", "“will go”", " ", "\n ", "\u00a0", "\t", "don’t", "(UNHCR)",
     " (ECOWAS)", "$4.5", "—", "…", "é", "e\u0301", "\U0001f6a2", "«oui»", "`x`", ".", ", and",
     "\u200b", "ﬁ"]
)  # fmt: skip
STRAIGHT = str.maketrans("’‘“”`«»", '\'\'""\'""')


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Kenya \n sent   officers. ", "Kenya sent officers."),
        ("“It’s over,” she said.", '"It\'s over," she said.'),
        ("the Office (UNODC) and the Bank", "the Office and the Bank"),
        ("a plan (a good one) and a Bank", "a plan (a good one) and a Bank"),
        ("", ""),
    ],
)
def test_fold_is_for_the_parser_only(text: str, folded: str) -> None:
    assert fold(text)[0] == folded


@given(st.lists(PIECES, max_size=12).map("".join))
def test_every_folded_character_knows_where_it_comes_from(text: str) -> None:
    folded, origin = fold(text)
    assert list(origin) == sorted(set(origin))
    for character, index in zip(folded, origin, strict=False):
        assert character == (" " if text[index].isspace() else text[index].translate(STRAIGHT))


@settings(max_examples=60)
@given(st.lists(st.lists(PIECES, max_size=10).map("".join), max_size=4))
def test_every_token_stands_in_the_text_to_the_letter(texts: list[str]) -> None:
    for text, parsed in zip(texts, parse(texts), strict=True):
        assert parsed is not None
        doc, spans = parsed
        assert len(doc) == len(spans)
        for token, (start, end) in zip(doc, spans, strict=True):
            assert 0 <= start < end <= len(text)
            if len(token) == end - start and not token.is_space:
                assert token.text == text[start:end].translate(STRAIGHT)
            else:
                assert token.text == fold(text[start:end])[0] or token.is_space


def test_a_name_that_the_model_does_not_know_hides_no_verb() -> None:
    [parsed] = parse(["Sweden froze aid to Mali."])
    assert parsed is not None
    doc, spans = parsed
    assert [t.text for t in doc] == ["Sweden", "froze", "aid", "to", "Mali", "."]
    assert (doc[1].tag_, doc[1].dep_, doc[0].dep_) == ("VBD", "ROOT", "nsubj")
    assert spans[:2] == [(0, 6), (7, 12)]


def test_a_table_is_no_sentence() -> None:
    short, table = parse(["Kenya sent officers.", "12 " * 500])
    assert short is not None
    assert table is None


def test_the_pipeline_names_its_version() -> None:
    assert version_of().startswith(f"{DEFAULT_PIPELINE} 3.8")


def test_a_pipeline_that_is_not_installed_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="no_such_model: is not installed"):
        load_pipeline("no_such_model")


@pytest.mark.parametrize(
    "text", ["Norway agreed to pay Sweden £54m to boost patrols.", "Norway paid Sweden £54m."]
)
def test_millions_written_short_are_one_number(text: str) -> None:
    words = [token.text for token in load_pipeline()(text)]
    assert "54m" in words
    assert words[-1] == "."
