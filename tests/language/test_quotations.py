from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.language.blocks import split_blocks
from pactwatch.language.quotations import find_quotations


def quotations_of(text: str) -> list[str]:
    """Pieces joined by " / "; an ending that is missing shows as " …"."""
    return [
        " / ".join(text[piece.start : piece.end] for piece in quotation.pieces)
        + ("" if quotation.closed else " …")
        for quotation in find_quotations(text, split_blocks(text))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We go," he said.', ["We go,"]),
        ("“We go,” he said. “They stay.”", ["We go,", "They stay."]),
        ("‘We go,’ he said.", ["We go,"]),
        ("'We go,' he said.", ["We go,"]),
        ("«We go», he said.", ["We go"]),
        ("« We go », he said.", ["We go"]),
        ("``We go,'' he said.", ["We go,"]),
        ("‘ This holds,’ she said.", ["This holds,"]),
        ("He said:“We go.”", ["We go."]),
        ("“We go,\" he said.", ["We go,"]),
        ("\"We go,” he said. “They stay.”", ["We go,", "They stay."]),
        ("A “muscular” plan of ‘push’ and 'pull'.", ["muscular", "push", "pull"]),
        ("A *“big” plan (“huge”).", ["big", "huge"]),
        ("“We limit ‘push’ factors,” he said.", ["We limit ‘push’ factors,"]),
        ("\"We limit 'push' factors,\" he said.", ["We limit 'push' factors,"]),
        ("‘We limit “push” factors,’ he said.", ["We limit “push” factors,"]),
        ("Norland's plan and the ministers' meeting aren't new.", []),
        ("Norland’s plan and the ministers’ meeting aren’t new.", []),
        ("‘Norland’s plan is the ministers’ meeting,’ he said.",
         ["Norland’s plan is the ministers’ meeting,"]),
        ("'Norland's plan is the ministers' meeting,' he said.",
         ["Norland's plan is the ministers' meeting,"]),
        ("The ‘claims’ process and the ‘push’ factors.", ["claims", "push"]),
        ("The ‘claims’ process goes on.", ["claims"]),
        ("In the '90s and the ’80s rock 'n' roll.", []),
        ("A 5\" gun and a 6\" one.", []),
        ("“” \"\" ‘’", []),
    ],
)  # fmt: skip
def test_quotations_are_told_from_apostrophes(text: str, expected: list[str]) -> None:
    assert quotations_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We go.\n\n“They stay,” he said.", ["We go. / They stay,"]),
        ('"We go.\n\n"They stay.\n\n"All wait," he said.', ["We go. / They stay. / All wait,"]),
        ("‘We go.\n\n‘They stay,’ he said.", ["We go. / They stay,"]),
        ("'We go to the states' border with our friends.\n\n'They stay,' he said.",
         ["We go to the states' border with our friends. / They stay,"]),
        ("“We go.    “They stay,” he said.", ["We go. / They stay,"]),
        ("“We go. “They stay,” he said.", ["We go. / They stay,"]),
        ("“We go.”\n\n“They stay.”", ["We go.", "They stay."]),
        ('"We go."\n\n"They stay."', ["We go.", "They stay."]),
        ("“We go.\n\nThey stay.", ["We go. …"]),
        ("“We go.\n\nThey stay. “All wait.”", ["We go. …", "All wait."]),
        ("“We go and\n\nthey stay,” he said.", ["We go and\n\nthey stay,"]),
        ("He calls it “big and a “huge” one.", ["big and a …", "huge"]),
    ],
)  # fmt: skip
def test_quotations_run_over_paragraphs_that_open_with_a_mark(
    text: str, expected: list[str]
) -> None:
    assert quotations_of(text) == expected


def test_opened_is_the_first_mark() -> None:
    text = "He said: “We go.”"
    (quotation,) = find_quotations(text, split_blocks(text))
    assert text[quotation.opened.start : quotation.opened.end] == "“"


pieces = st.sampled_from([*"\"'“”‘’«»`.,s a1(-", "\n\n", "We go. ", "'s", "s’ p", "''"])


@given(text=st.one_of(st.text(), st.lists(pieces).map("".join)))
def test_pieces_lie_inside_blocks_in_order(text: str) -> None:
    blocks = split_blocks(text)
    position = 0
    for quotation in find_quotations(text, blocks):
        assert position <= quotation.opened.start < quotation.opened.end
        assert quotation.pieces
        position = quotation.opened.end
        for piece in quotation.pieces:
            words = text[piece.start : piece.end]
            assert position <= piece.start < piece.end
            assert words == words.strip()
            assert any(b.start <= piece.start and piece.end <= b.end for b in blocks)
            position = piece.end


@pytest.mark.parametrize("mark", ['"', "“", "‘a", "'a ", " '", "s' ", '. "', "«", "‘s’ "])
def test_many_marks_are_read_too(mark: str) -> None:
    text = mark * 20_000
    assert len(find_quotations(text, split_blocks(text))) <= 20_000
