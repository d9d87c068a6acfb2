"""Words by what they do to the phrases around them: control, aspect, reference.

Comes in: ``grammar.toml`` beside this module. Goes out: one frozen value, read once. It matches
nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pactwatch.codebook.vocabularies import load_table

__all__ = ["Grammar", "load_grammar"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """Classes of lemmas; grammar.toml says of each what it does, with an example."""

    lemmas: Mapping[str, str]
    for_deeds: frozenset[str]
    object_control: frozenset[str]
    subject_control: frozenset[str]
    aspect: frozenset[str]
    given_with: frozenset[str]
    dative: frozenset[str]
    light: frozenset[str]
    through: frozenset[str]
    settling: frozenset[str]
    receiving: frozenset[str]
    expelling: frozenset[str]
    launching: frozenset[str]
    carrier: frozenset[str]
    helping: frozenset[str]
    benefiting: frozenset[str]
    listing: frozenset[str]
    seeming: frozenset[str]
    legal_act: frozenset[str]
    trade_act: frozenset[str]
    accord: frozenset[str]
    many_states: frozenset[str]
    body: frozenset[str]
    place: frozenset[str]
    anybody: frozenset[str]


@cache
def load_grammar() -> Grammar:
    """Read grammar.toml."""
    table = load_table("grammar.toml")
    return Grammar(
        lemmas=table["lemmas"],
        **{
            name: frozenset(words)
            for part in ("verbs", "nouns")
            for name, words in table[part].items()
        },
    )
