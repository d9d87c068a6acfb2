"""What the engine knows of the field, as values: kinds, predicates, areas, words of stages.

Comes in: nothing. Goes out: frozen values, filled by `loading`. They hold, and do no work but
to list their words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Area", "Codebook", "Example", "Kind", "NearMiss", "Predicate", "StageWords"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of finding: its roles in table order, those with several values, its words."""

    name: str
    definition: str
    roles: tuple[str, ...]
    many: frozenset[str]
    types: tuple[str, ...]
    stages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence that an entry must find, with the stage and roles it must give."""

    text: str
    stage: str | None
    roles: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A sentence that an entry must not find, and why."""

    text: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """One way to say that a measure of a type is taken.

    Attributes:
        id: Permanent, "type.name".
        verbs: Lemmas that can be the predicate.
        nouns: Deverbal nouns that can be the predicate without a verb ("deployment of …").
        objects: Nouns that the object's head must be one of; "$" asks for money, "*" takes any
            object, "*person" any person.
        through: Prepositions through which the object stands ("take part in raids").
        object_is_clause: The words of the object are the verb phrase ("withdraw from the treaty").
        subject_moves: The subject is what is moved ("police arrived in Haiti").
        needs: Roles without which it is no measure.
        recipient_is_object: What the verb acts on are persons: they are the recipient ("returned 40
            refugees").
        subject_receives: Its subject gets what the object names ("graduated from a course").
        plain: Its verbs bear no stage of their own here: "closed the border" is done, not ended.
    """

    id: str
    type: str
    definition: str
    verbs: frozenset[str]
    nouns: frozenset[str]
    objects: frozenset[str]
    through: frozenset[str]
    object_is_clause: bool
    subject_moves: bool
    recipient_is_object: bool
    subject_receives: bool
    plain: bool
    needs: frozenset[str]
    examples: tuple[Example, ...]
    near_misses: tuple[NearMiss, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """An area of cooperation and the terms that name it."""

    id: str
    definition: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageWords:
    """Words that give a measure its stage; see stages.toml."""

    inherent: Mapping[str, str]
    inherent_nouns: Mapping[str, str]
    governors: Mapping[str, str]
    governors_of_others: frozenset[str]
    causative: frozenset[str]
    transparent: frozenset[str]
    transparent_nouns: frozenset[str]
    nouns: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """All that the engine knows of the field.

    Attributes:
        version: SHA-256 over all files, for cache keys.
        nouns: Classes of nouns by name.
        verbs: Classes of verbs by name.
    """

    version: str
    kinds: Mapping[str, Kind]
    areas: tuple[Area, ...]
    predicates: tuple[Predicate, ...]
    nouns: Mapping[str, frozenset[str]]
    verbs: Mapping[str, frozenset[str]]
    stages: StageWords

    def words(self) -> frozenset[str]:
        """All trigger words, for the gate that chooses sentences."""
        found: set[str] = set()
        for predicate in self.predicates:
            found |= predicate.verbs | predicate.nouns
            found |= {noun for noun in predicate.objects if noun[0].isalpha()}
        return frozenset(found)
