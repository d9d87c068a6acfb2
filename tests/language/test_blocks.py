from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.language.blocks import find_label, split_blocks
from pactwatch.model import Span


def blocks_of(text: str, furniture: tuple[Span, ...] = ()) -> list[str]:
    return [" ".join(text[b.start : b.end].split()) for b in split_blocks(text, furniture)]


def sentences_of(text: str) -> list[str]:
    return [
        " ".join(text[s.start : s.end].split()) for b in split_blocks(text) for s in b.sentences
    ]


SENTENCES = {
    "plain": "Norland signed. Sudland did not.",
    "country": "It left the U.S. The talks go on.",
    "country_as_adjective": "The U.S. Congress voted.",
    "country_twice": "The U.N. and U.S. officials met. They left.",
    "title": "Mr. Bell met Gen. Ruiz and Sen. Okafor. He left.",
    "initial": "Kevin K. Marsh signed it. J. D. Lind did too.",
    "month": "It was signed on Jan. 5 in Oslo. It holds.",
    "number": "See No. 5 of the list. No. That is all.",
    "clock": "They met at 9 a.m. on Friday. They left at 5 p.m. The rest stayed.",
    "decimal": "It costs $2.5 million. Norland pays 1.5% of it.",
    "latin": "Some goods, e.g. Ships, are named. Others, i.e. Cars, are not.",
    "firm": "Acme Inc. Vice-president Bell came. Acme Co. of Oslo paid.",
    "ellipsis_inside": "It is ... greater than that … and more. So be it.",
    "spaced_ellipsis": "It is . . . greater. So be it.",
    "ellipsis_at_end": "We will see… They will not.",
    "closing_mark": "“We go.” He left. (They stayed.) All is well.",
    "question_in_speech": "'Why?' he asked. ‘Stop!’ she said.",
    "question": "Will it hold? Nobody knows! They wait.",
    "quote_then_quote": "\"We go.\" \"They stay.\"",
    "list_number": "1. The parties meet. They talk.",
    "label": "MARY BELL: We go. They stay.",
    "url": "See www.example.org for more. It is long.",
}  # fmt: skip
SPLIT = {
    "plain": ["Norland signed.", "Sudland did not."],
    "country": ["It left the U.S.", "The talks go on."],
    "country_as_adjective": ["The U.S. Congress voted."],
    "country_twice": ["The U.N. and U.S. officials met.", "They left."],
    "title": ["Mr. Bell met Gen. Ruiz and Sen. Okafor.", "He left."],
    "initial": ["Kevin K. Marsh signed it.", "J. D. Lind did too."],
    "month": ["It was signed on Jan. 5 in Oslo.", "It holds."],
    "number": ["See No. 5 of the list.", "No.", "That is all."],
    "clock": ["They met at 9 a.m. on Friday.", "They left at 5 p.m.", "The rest stayed."],
    "decimal": ["It costs $2.5 million.", "Norland pays 1.5% of it."],
    "latin": ["Some goods, e.g. Ships, are named.", "Others, i.e. Cars, are not."],
    "firm": ["Acme Inc. Vice-president Bell came.", "Acme Co. of Oslo paid."],
    "ellipsis_inside": ["It is ... greater than that … and more.", "So be it."],
    "spaced_ellipsis": ["It is . . . greater.", "So be it."],
    "ellipsis_at_end": ["We will see…", "They will not."],
    "closing_mark": ["“We go.”", "He left.", "(They stayed.)", "All is well."],
    "question_in_speech": ["'Why?' he asked.", "‘Stop!’ she said."],
    "question": ["Will it hold?", "Nobody knows!", "They wait."],
    "quote_then_quote": ['"We go."', '"They stay."'],
    "list_number": ["1. The parties meet.", "They talk."],
    "label": ["MARY BELL:", "We go.", "They stay."],
    "url": ["See www.example.org for more.", "It is long."],
}


@pytest.mark.parametrize("case", SENTENCES)
def test_sentences_end_where_a_reader_ends_them(case: str) -> None:
    assert sentences_of(SENTENCES[case]) == SPLIT[case]


A = "The two governments have agreed to work together on the border for the next three years."
B = "Under the plan Norland will send forty officers, and Sudland will pay for their housing."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"{A}\n{B}\n{A}", [A, B, A], id="a paragraph a line"),
        pytest.param(f"{A}\r\n\r\n{B}", [A, B], id="blank lines, carriage returns"),
        pytest.param(f"{A}     {B}", [A, B], id="wide gap on one line"),
        pytest.param(f"{A}\xa0\xa0 \xa0{B}", [A, B], id="no-break spaces"),
        pytest.param(f"{A} {B}".replace(" for", "\nfor"), [f"{A} {B}"], id="wrapped at a word"),
        pytest.param(
            "Forty officers were sent by the government of Norland to\nSudland and Estland in the "
            "course of the last year, and the\nGovernment of Norland will send more of them. They\n"
            "will stay.\n\nNobody objects.",
            [
                "Forty officers were sent by the government of Norland to Sudland and Estland in "
                "the course of the last year, and the Government of Norland will send more of "
                "them. They will stay.",
                "Nobody objects.",
            ],
            id="hard-wrapped paragraphs",
        ),
        pytest.param(
            "The government has agreed to take more\n\nseekers of asylum.\n\nIt will pay.",
            ["The government has agreed to take more seekers of asylum.", "It will pay."],
            id="blank line inside a sentence",
        ),
        pytest.param(
            "They were flown from North Island to\n\nSouth Island last week.",
            ["They were flown from North Island to South Island last week."],
            id="blank line before a name",
        ),
        pytest.param(
            f"{A}\n\nThe minister of Norland will meet there tomorrow the President of East"
            "\n\nEstland and others.",
            [
                A,
                "The minister of Norland will meet there tomorrow the President of East "
                "Estland and others.",
            ],
            id="blank line inside a name",
        ),
        pytest.param(
            f"A DEAL IS SIGNED\n\n{A}\n\nWhat comes next\n\n{B}",
            ["A DEAL IS SIGNED", A, "What comes next", B],
            id="headings stay apart",
        ),
        pytest.param(
            f"Norland And Sudland Agree On A New Plan For Their Border\n{A}\n{A} {B}",
            ["Norland And Sudland Agree On A New Plan For Their Border", A, f"{A} {B}"],
            id="headline over a paragraph a line",
        ),
        pytest.param(
            "QUESTION:\n\nwill it hold?\n\nMARY BELL:     It will.",
            ["QUESTION:", "will it hold?", "MARY BELL: It will."],
            id="transcript",
        ),
        pytest.param("• ships\n• cars and\n  trucks", ["• ships", "• cars and trucks"], id="list"),
        pytest.param(
            f"1 May 2019\n\n{A}\n\nhttps://example.org/a\n\n", ["1 May 2019", A, "https://example.org/a"],
            id="date and address",
        ),
        pytest.param(" \n\t\n\xa0", [], id="nothing"),
    ],
)  # fmt: skip
def test_blocks_are_the_paragraphs_of_the_text(text: str, expected: list[str]) -> None:
    assert blocks_of(text) == expected


def test_kinds_tell_headlines_dates_and_lists_from_paragraphs() -> None:
    text = f"A deal is signed\n\nTuesday, 7 May 2019, 9:30 am\n\n{A}\n\n• ships\n\nTHE END"
    kinds = [block.kind for block in split_blocks(text)]
    assert kinds == ["headline", "date", "paragraph", "list", "headline"]


@pytest.mark.parametrize("mark", ["1.", "(a)", "-", "•"])
def test_numbers_letters_and_dashes_begin_items_of_a_list(mark: str) -> None:
    assert [b.kind for b in split_blocks(f"{A}\n\n{mark} ships for the coast")][1:] == ["list"]


def test_a_bullet_in_a_wrong_encoding_parts_the_items_of_a_line() -> None:
    bullet = "Ã¢Â\x97Â\x8fÃ¯Â¿Â»"
    text = f"$4 million for schools {bullet} $1 million for wells."
    [block] = split_blocks(text)
    parts = [text[s.start : s.end] for s in block.sentences]
    assert parts == ["$4 million for schools", "$1 million for wells."]


@pytest.mark.parametrize(
    "line", ["17/08/2007", "Published 4 May 2017", "May 3, 2017", "Wed, 11th November 2009"]
)
def test_dates_alone_on_a_line_are_dates(line: str) -> None:
    assert [block.kind for block in split_blocks(line)] == ["date"]


def test_furniture_yields_no_block_and_parts_what_stands_around_it() -> None:
    text = "We share this page and\nShare\nthe cost. It ends."
    start = text.index("Share")
    furniture = (Span(start=start, end=start + 5),)
    assert blocks_of(text, furniture) == ["We share this page and", "the cost. It ends."]


def test_labels_are_found_with_their_colon() -> None:
    text = "MARY BELL: We go."
    assert find_label(text, 0, len(text)) == Span(start=0, end=10)
    assert find_label("We go: now.", 0, 11) is None


pieces = st.sampled_from(
    [
        *"\n\r\t \xa0.?!…:;,\"'“”‘’«»()[]•-–1aAé",
        "\n\n",
        "    ",
        "U.S.",
        " The ",
        "QUESTION:",
        "Mr. ",
    ]
)
texts = st.one_of(st.text(), st.lists(pieces).map("".join))


@given(text=texts, cuts=st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=3))
def test_spans_are_sorted_disjoint_and_cover_the_words(
    text: str, cuts: list[tuple[int, int]]
) -> None:
    furniture = [Span(start=min(cut), end=max(cut)) for cut in cuts]
    covered = set()
    position = 0
    for block in split_blocks(text, furniture):
        assert position <= block.start < block.end <= len(text)
        place = block.start
        for sentence in block.sentences:
            words = text[sentence.start : sentence.end]
            assert place <= sentence.start < sentence.end <= block.end
            assert words == words.strip()
            assert not text[place : sentence.start].strip()
            place = sentence.end
            covered.update(range(sentence.start, sentence.end))
        assert place == block.end
        position = block.end
    hidden = {place for span in furniture for place in range(span.start, span.end)}
    words = {place for place, character in enumerate(text) if not character.isspace()}
    assert words - hidden <= covered
    assert not covered & hidden
