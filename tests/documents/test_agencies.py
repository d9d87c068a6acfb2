"""News agencies that byline, dateline and closing line credit; mentions are no credits."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch.documents.agencies import find_agencies, find_agency_credits
from pactwatch.model import Span

DATA = tomllib.loads(files("pactwatch.documents").joinpath("agencies.toml").read_text("utf-8"))
PROSE = "The two ministers signed a memorandum on border police in the capital on Monday."


@pytest.mark.parametrize("line", DATA["examples"])
def test_examples_of_the_data_credit_an_agency(line: str) -> None:
    assert find_agencies(f"Ministers sign a pact\n\n{PROSE}\n\n{line}")


@pytest.mark.parametrize("line", DATA["near_misses"])
def test_near_misses_of_the_data_credit_none(line: str) -> None:
    assert find_agencies(f"Ministers sign a pact\n\n{line}\n\n{PROSE}\n\n{line}") == ()


@pytest.mark.parametrize(
    ("start", "names"),
    [
        ("WASHINGTON (Reuters) – ", ("Reuters",)),
        ("(AP) — ", ("Associated Press",)),
        ("MOSCOW, May 4. /TASS/. ", ("TASS",)),
        ("San José, 3 de mayo (EFE).- ", ("Agencia EFE",)),
        ("Berlin (dpa/lno) – ", ("Deutsche Presse-Agentur",)),
        ("BEIJING, May 4 (Xinhua) -- ", ("Xinhua News Agency",)),
        ("GUATEMALA CITY (Reuters/AP) — ", ("Reuters", "Associated Press")),
        ("ST. LOUIS (AP) — ", ("Associated Press",)),
        ("CITY (Sample Wire) – ", ()),
        ("The company (AP) – which sells ships – said that ", ()),
    ],
)
def test_datelines(start: str, names: tuple[str, ...]) -> None:
    text = f"Ministers sign a pact\n\n{start}{PROSE}\n\n{PROSE}"
    assert find_agency_credits(text) == tuple((name, "dateline") for name in names)


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        (("Jane Roe, Associated Press",), ("Associated Press",)),
        (("Reuters",), ("Reuters",)),
        (("Ana Ruiz (EFE)", "AFP"), ("Agencia EFE", "Agence France-Presse")),
        (("Jane Roe", "Map Maker"), ()),
    ],
)
def test_authors_that_are_agencies(authors: tuple[str, ...], names: tuple[str, ...]) -> None:
    assert find_agencies(PROSE, authors=authors) == names


def test_a_byline_in_capitals() -> None:
    text = f"Ministers sign a pact\n\nBY JANE ROE, ASSOCIATED PRESS\n\n{PROSE}"
    assert find_agency_credits(text) == (("Associated Press", "byline"),)


def test_brackets_after_the_last_sentence() -> None:
    assert find_agencies(f"{PROSE}\n\n{PROSE} (AFP)") == ("Agence France-Presse",)
    assert find_agencies(f"{PROSE}\n\n{PROSE} (The NGO)") == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister told Reuters that the deal was done.",
        "According to the Associated Press, ten officers went.",
        "Bloomberg gave 20 million dollars to the museum.",
        "The AP reported on Monday that both had signed.",
    ],
)
def test_mentions_in_sentences_are_no_credits(sentence: str) -> None:
    assert find_agencies(f"A pact\n\n{sentence}\n\n{PROSE}\n\n{sentence}") == ()


def test_menus_are_not_looked_at_but_the_notice_of_rights_below_the_article_is() -> None:
    text = f"Reuters\n\n{PROSE}\n\n© 2019 The Associated Press. All rights reserved.\n\nAFP"
    end = text.index("©")
    furniture = (Span(start=0, end=7), Span(start=end, end=len(text)))
    assert find_agencies(text, furniture=furniture) == ("Associated Press",)


def test_the_publishers_own_name_at_the_end_of_its_page_credits_nobody() -> None:
    text = "\n\n".join([PROSE] * 30 + ["© Bernama"])
    assert find_agencies(text, publisher="Bernama") == ()
    assert find_agencies(text, publisher="The Courier") == ("Bernama",)


@given(st.text(alphabet=st.sampled_from("ABcd ().,/–-\n©AFPReuters"), max_size=120))
def test_any_text_is_read(text: str) -> None:
    assert all(name.strip() for name in find_agencies(text, authors=(text,)))
