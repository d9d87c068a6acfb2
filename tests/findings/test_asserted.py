"""What a sentence takes back: denied, doubted, made up or never happened."""

from __future__ import annotations

from typing import Any

import pytest

from pactwatch.codebook.vocabularies import load_table
from pactwatch.findings.asserted import not_asserted
from pactwatch.language import read
from pactwatch.model import Document

TABLE = load_table("doubt.toml")


def reason_for(text: str, word: str) -> str | None:
    reading = read(Document(id="d", name="d.txt", text=text))
    for _, doc in reading.parsed():
        for token in doc:
            if token.text == word:
                return not_asserted(token)
    raise AssertionError(f"{word} is not parsed in {text}")


@pytest.mark.parametrize("example", TABLE["examples"], ids=lambda e: e["text"][:40])
def test_what_is_taken_back_is_not_asserted(example: dict[str, Any]) -> None:
    assert reason_for(example["text"], example["word"]) == example["reason"]


@pytest.mark.parametrize("miss", TABLE["near_misses"], ids=lambda m: m["why"])
def test_what_is_told_stands(miss: dict[str, str]) -> None:
    assert reason_for(miss["text"], miss["word"]) is None, miss["why"]
