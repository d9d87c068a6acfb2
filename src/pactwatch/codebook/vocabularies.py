"""Word lists of the kinds that are no measures: instruments, meetings, incidents.

Comes in: ``instruments.toml``, ``meetings.toml`` and ``incidents.toml`` beside this module. Goes
out: one frozen value for each, read once. It matches nothing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

__all__ = [
    "EventWords",
    "InstrumentWords",
    "event_triggers",
    "load_event_words",
    "load_instrument_words",
    "load_table",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentWords:
    """How instruments are named and spoken of; see instruments.toml.

    Attributes:
        types: Type of an instrument by the lemma of its head word.
        forms: Head words that are other forms of one ("mou" → "memorandum").
        heads: Classes of head words: "strong", "named", "weak", "of", "generic".
        modifiers: Classes of words beside a head.
        verbs: Classes of verbs that govern an instrument.
        stage_nouns: Stage by a noun of what happens to an instrument ("signing").
        known: Type of an instrument by a name that stands for it alone ("NAFTA"), as written.
    """

    types: Mapping[str, str]
    forms: Mapping[str, str]
    heads: Mapping[str, frozenset[str]]
    modifiers: Mapping[str, frozenset[str]]
    verbs: Mapping[str, frozenset[str]]
    stage_nouns: Mapping[str, str]
    known: Mapping[str, str]


def load_table(name: str) -> dict[str, Any]:
    """A codebook file as it stands, examples included."""
    return tomllib.loads((resources.files(__package__) / name).read_text(encoding="utf-8"))


def _classes(table: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in table.items()}


def _turned(table: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {word: name for name, words in table.items() for word in words}


@cache
def load_instrument_words() -> InstrumentWords:
    """Read instruments.toml."""
    table = load_table("instruments.toml")
    return InstrumentWords(
        types=_turned(table["types"]),
        forms=table["forms"],
        heads=_classes(table["heads"]),
        modifiers=_classes(table["modifiers"]),
        verbs=_classes(table["verbs"]),
        stage_nouns=_turned(table["stage_nouns"]),
        known=_turned(table["known"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWords:
    """Classes of lemmas by name; see meetings.toml and incidents.toml."""

    nouns: Mapping[str, frozenset[str]]
    verbs: Mapping[str, frozenset[str]]
    modifiers: Mapping[str, frozenset[str]]


@cache
def load_event_words(kind: str) -> EventWords:
    """Read meetings.toml or incidents.toml.

    Args:
        kind: "meeting" or "incident".
    """
    table = load_table(f"{kind}s.toml")
    return EventWords(
        nouns=_classes(table["nouns"]),
        verbs=_classes(table["verbs"]),
        modifiers=_classes(table["modifiers"]),
    )


def event_triggers() -> frozenset[str]:
    """Words without which no sentence tells of a meeting or an incident.

    For the gate that chooses sentences; names that stand for an instrument alone are
    among them, verbs that only matter beside a noun of meeting ("hold") are not.
    """
    meeting, incident = load_event_words("meeting"), load_event_words("incident")
    found = frozenset[str]().union(*meeting.nouns.values(), *incident.nouns.values())
    found = found - incident.nouns["not_harmed"]
    found |= meeting.verbs["meet"] | meeting.verbs["talk"] | meeting.verbs["visit"]
    found |= meeting.verbs["travel"] | incident.verbs["harm"] | incident.verbs["breach"]
    found |= incident.verbs["burst"] | incident.verbs["menace"] | incident.verbs["outcome"]
    for name in ("die", "wreck", "force", "take", "strike", "damage"):
        found |= incident.verbs[name]
    found |= incident.modifiers["left"] | {"fire", "gunfire", "ablaze"}
    return found | {name.casefold() for name in load_instrument_words().known}
