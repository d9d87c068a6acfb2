"""The codebook: definitions of kinds, roles, predicates, stages and areas, kept as TOML data.

Comes in: the TOML files beside this module, and files of the user. Goes out: one frozen `Codebook`.
It knows nothing of texts: matching is the findings' business.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pactwatch.errors import CodebookError

__all__ = [
    "Area",
    "Codebook",
    "Example",
    "Kind",
    "NearMiss",
    "Predicate",
    "StageWords",
    "load_codebook",
]


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


@functools.cache
def load_codebook(*extra: Path) -> Codebook:
    """Load the codebook that comes with Pactwatch, and files of the user after it.

    A user's file has the form of a file in ``codebook/measures``; it may add to word classes with
    ``[nouns]`` and ``[verbs]`` tables, and to areas with ``[[area]]``.

    Raises:
        CodebookError: a file can't be read, is no TOML, or an entry is wrong; the message names the
            entry.
    """
    home = resources.files(__package__)
    own = [home / name for name in ("kinds.toml", "areas.toml", "lexicon.toml", "stages.toml")]
    measures = sorted((home / "measures").iterdir(), key=lambda f: f.name)
    digest = sha256()
    tables: list[tuple[str, dict[str, Any]]] = []
    for file in [*own, *measures, *extra]:
        try:
            content = file.read_bytes()
            tables.append((file.name, tomllib.loads(content.decode())))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise CodebookError(str(file), f"can't be read: {error}", "Mend the file") from error
        digest.update(len(content).to_bytes(8, "big") + content)
    for content in _word_lists(home):
        digest.update(len(content).to_bytes(8, "big") + content)
    kinds = {name: _kind(name, table) for name, table in tables[0][1]["kinds"].items()}
    nouns = _classes("nouns", tables)
    verbs = _classes("verbs", tables)
    areas = tuple(
        Area(id=a["id"], definition=a["definition"], terms=tuple(a["terms"]))
        for _, table in tables
        for a in table.get("area", ())
    )
    predicates = tuple(
        _predicate(name, table, entry, kinds["measure"], nouns, verbs)
        for name, table in tables
        for entry in table.get("predicate", ())
    )
    ids = [p.id for p in predicates]
    for twice in sorted({i for i in ids if ids.count(i) > 1}):
        raise CodebookError(twice, "two predicates bear this id", "Give one of them another")
    return Codebook(
        version=digest.hexdigest(),
        kinds=kinds,
        areas=areas,
        predicates=predicates,
        nouns=nouns,
        verbs=verbs,
        stages=_stages(tables[3][1], verbs),
    )


def _word_lists(home: Traversable) -> Iterator[bytes]:
    """Contents of the files that other rooms read themselves (actors, places …), by name."""
    for entry in sorted(home.iterdir(), key=lambda e: e.name):
        if entry.is_dir() and entry.name not in ("measures", "__pycache__"):
            yield from _word_lists(entry)
        elif entry.name.endswith((".toml", ".tsv")):
            yield entry.read_bytes()


def _kind(name: str, table: dict[str, Any]) -> Kind:
    roles = table["roles"]
    return Kind(
        name=name,
        definition=table["definition"],
        roles=tuple(roles),
        many=frozenset(role for role, about in roles.items() if about.get("many")),
        types=tuple(table.get("types", table.get("forms", ()))),
        stages=tuple(table.get("stages", ())),
    )


def _classes(
    part: str, tables: Sequence[tuple[str, dict[str, Any]]]
) -> Mapping[str, frozenset[str]]:
    """Word classes of all files; a class named again is added to."""
    found: dict[str, set[str]] = {}
    for name, table in tables:
        if name == "stages.toml":  # its [nouns] are stages, not classes
            continue
        for word_class, words in table.get(part, {}).items():
            found.setdefault(word_class, set()).update(words)
    return {word_class: frozenset(words) for word_class, words in found.items()}


def _expand(
    where: str, words: Sequence[str], classes: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    found: set[str] = set()
    for word in words:
        if not word.startswith("@"):
            found.add(word)
        elif word[1:] in classes:
            found |= classes[word[1:]]
        else:
            known = ", ".join(sorted(classes))
            raise CodebookError(where, f"no class of words is called {word}", f"There are: {known}")
    return frozenset(found)


def _predicate(
    file: str,
    table: dict[str, Any],
    entry: dict[str, Any],
    kind: Kind,
    nouns: Mapping[str, frozenset[str]],
    verbs: Mapping[str, frozenset[str]],
) -> Predicate:
    where = f"{file}, predicate {entry.get('id', 'without id')}"
    type_ = entry.get("type", table.get("type"))
    if type_ not in kind.types:
        raise CodebookError(where, f"type {type_!r} is none of {', '.join(kind.types)}")
    if "id" not in entry or not (entry.get("verbs") or entry.get("nouns")):
        raise CodebookError(where, "needs an id, and verbs or nouns")
    if not entry.get("examples"):
        raise CodebookError(
            where, "has no example", "Add [[predicate.examples]] with text, stage, roles"
        )
    for example in entry["examples"]:
        unknown = set(example.get("roles", {})) - set(kind.roles)
        if unknown:
            raise CodebookError(where, f"unknown role {sorted(unknown)[0]!r} in an example")
    return Predicate(
        id=f"measure.{entry['id']}",
        type=type_,
        definition=entry.get("definition", table.get("definition", "")),
        verbs=_expand(where, entry.get("verbs", ()), verbs),
        nouns=_expand(where, entry.get("nouns", ()), nouns),
        objects=_expand(where, entry.get("objects", ("*",)), nouns),
        through=frozenset(entry.get("through", ())),
        object_is_clause=bool(entry.get("object_is_clause")),
        subject_moves=bool(entry.get("subject_moves")),
        recipient_is_object=bool(entry.get("recipient_is_object")),
        needs=frozenset(entry.get("needs", ())),
        examples=tuple(
            Example(
                text=e["text"],
                stage=e.get("stage"),
                roles={role: tuple(words) for role, words in e.get("roles", {}).items()},
            )
            for e in entry["examples"]
        ),
        near_misses=tuple(
            NearMiss(text=m["text"], why=m["why"]) for m in entry.get("near_misses", ())
        ),
    )


def _stages(table: dict[str, Any], verbs: Mapping[str, frozenset[str]]) -> StageWords:
    governors = {
        verb: stage
        for stage, words in table["governors"].items()
        if stage not in ("proposed_by_other", "causative", "transparent")
        for verb in words["verbs"]
    }
    return StageWords(
        inherent={
            verb: stage
            for word_class, stage in table["inherent"].items()
            for verb in verbs[word_class]
        },
        inherent_nouns={
            noun: stage for stage, words in table["inherent_nouns"].items() for noun in words
        },
        governors=governors,
        governors_of_others=frozenset(table["governors"]["proposed_by_other"]["verbs"]),
        causative=frozenset(table["governors"]["causative"]["verbs"]),
        transparent=frozenset(table["governors"]["transparent"]["verbs"]),
        transparent_nouns=frozenset(table["transparent_nouns"]["nouns"]),
        nouns={noun: stage for stage, words in table["nouns"].items() for noun in words},
    )
