"""Furniture of plain text: every pattern proves itself; headlines, offices and prose stay."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.documents.furniture import _compile, find_furniture

DATA = tomllib.loads(files("pactwatch.documents").joinpath("furniture.toml").read_text("utf-8"))
PROSE = "The two ministers signed a memorandum on border police in the capital on Monday."


def kept(text: str) -> list[str]:
    spans = find_furniture(text)
    pieces, at = [], 0
    for span in spans:
        pieces.append(text[at : span.start])
        at = span.end
    return [line.strip() for line in "".join([*pieces, text[at:]]).split("\n") if line.strip()]


@pytest.mark.parametrize("entry", DATA["line"], ids=lambda entry: entry["what"])
def test_patterns_prove_themselves(entry: dict[str, list[str]]) -> None:
    patterns = [_compile(pattern) for pattern in entry["patterns"]]
    for pattern in patterns:
        assert any(pattern.fullmatch(one.strip(" |[]")) for one in entry["examples"]), pattern
    for example in entry["examples"]:
        assert find_furniture(example), example
    for miss in entry["near_misses"]:
        assert not find_furniture(miss), miss


words = st.sampled_from(
    ["Home", "Comments", "2 Comments", "Reply", "RELATED:", "Latest news", PROSE, "",
     "A | B | Home", "Jane says:", "•  Live", "Minister for Aid", "\x0c",
     "News > World", "0", "\r", "\u2028"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(words).map("\n".join)))
def test_spans_are_sorted_disjoint_and_inside_the_text(text: str) -> None:
    spans = find_furniture(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end < b.start for a, b in pairwise(spans))
    assert all(text[span.start : span.end].strip() == text[span.start : span.end] for span in spans)


@pytest.mark.parametrize(
    "line",
    [
        PROSE,
        "Jane Doe MP  Minister for Borders and Citizenship",
        "LEADER OF THE OPPOSITION",
        "By Jane Doe",
        "16 October 2001",
        "MEDIA RELEASE",
        "Published 4 May 2017",
        "WASHINGTON, March 14 (Sample Wire) –",
        "Related: the ministers signed it.",
        "“We will share this with our partners,” she said.",
        "Contact between the two navies grew by 12 per cent in 2010.",
        "JOURNALIST: Minister, was it paid?",
        "Home Affairs Minister signs pact",
        "Live animal exports agreed",
    ],
)
def test_evidence_is_never_furniture(line: str) -> None:
    assert kept(f"{line}\n\n{PROSE}\n\n{line}") == [line, PROSE, line]


def test_menus_at_the_head_go_and_the_headline_stays() -> None:
    menu = "Search this site\nGo\nHome\nBiographical details\nOur Work\nContact us\n"
    text = f"{menu}Ministers agree on ports\n\n4 May 2017\n\n{PROSE}"
    assert kept(text) == ["Ministers agree on ports", "4 May 2017", PROSE]


def test_rows_of_menus_and_breadcrumbs_go() -> None:
    rows = "| Home | Search | Links | Copyright |\nHome  Privacy  Site Map  Ministry of Aid"
    assert kept(f"News > Latin America\n{PROSE}\n{rows}") == [PROSE]


def test_headlines_of_other_articles_go() -> None:
    text = (
        f"{PROSE}\n\nRELATED:\nPort opens in the north\n\n{PROSE}\n\n"
        "Popular posts from this blog\n\nMayor rides a bicycle\n\n"
        "Who will pay for the bridge that nobody wanted to build here?\n"
    )
    assert kept(text) == [PROSE, PROSE]


def test_a_menu_of_latest_news_above_the_article_takes_no_headline() -> None:
    text = f"Latest news\nMinisters agree on ports\n\n{PROSE}"
    assert "Ministers agree on ports" in kept(text)


def test_comments_of_readers_go_only_with_signs_of_readers() -> None:
    comments = f"2 Comments\n\nReader One says:\n{PROSE}\nReply\n\nReader Two says:\n{PROSE}\nReply"
    assert kept(f"{PROSE}\n\n{comments}") == [PROSE]
    assert kept(f"{PROSE}\n\nComments\n\n{PROSE}") == [PROSE, PROSE]
