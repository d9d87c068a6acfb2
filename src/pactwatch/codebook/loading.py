"""Loading the codebook: the files that come with Pactwatch, and files of the user after them.

Comes in: TOML files. Goes out: one frozen `Codebook`. An entry that is wrong stops it with an error
that names file and entry; nothing is skipped.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pactwatch.codebook.book import (
    Area,
    Codebook,
    Example,
    Kind,
    NearMiss,
    Predicate,
    StageWords,
)
from pactwatch.codebook.form import FileForm, PredicateForm, checked
from pactwatch.errors import CodebookError

__all__ = ["load_codebook"]


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
    shared = [home / "areas.toml", home / "lexicon.toml"]
    measures = sorted((home / "measures").iterdir(), key=lambda f: f.name)
    forms = [(file.name, checked(file.name, _table(file))) for file in (*shared, *measures, *extra)]
    kinds = {
        name: _kind(name, table) for name, table in _table(home / "kinds.toml")["kinds"].items()
    }
    nouns = _classes(form.nouns for _, form in forms)
    verbs = _classes(form.verbs for _, form in forms)
    predicates: dict[str, Predicate] = {}
    for name, form in forms:
        for entry in form.predicate:
            predicate = _predicate(name, form, entry, kinds["measure"], nouns, verbs)
            if predicate.id in predicates:
                where = f"{name}, predicate {entry.id}"
                raise CodebookError(where, "another predicate bears this id", "Choose another id")
            predicates[predicate.id] = predicate
    return Codebook(
        version=_version([*_files(home), *extra]),
        kinds=kinds,
        areas=tuple(
            Area(id=a.id, definition=a.definition, terms=tuple(a.terms))
            for _, form in forms
            for a in form.area
        ),
        predicates=tuple(predicates.values()),
        nouns=nouns,
        verbs=verbs,
        stages=_stages(_table(home / "stages.toml"), verbs),
    )


def _table(file: Path | Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_bytes().decode())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CodebookError(str(file), f"can't be read: {error}", "Mend the file") from error


def _version(files: Iterable[Path | Traversable]) -> str:
    """SHA-256 over the contents of files, each with its length."""
    digest = sha256()
    for file in files:
        content = file.read_bytes()
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()


def _files(home: Traversable) -> Iterator[Traversable]:
    """All files of data below a folder, those that other rooms read themselves too, by name."""
    for entry in sorted(home.iterdir(), key=lambda e: e.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _files(entry)
        elif entry.name.endswith((".toml", ".tsv")):
            yield entry


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


def _classes(parts: Iterable[Mapping[str, Sequence[str]]]) -> Mapping[str, frozenset[str]]:
    """Word classes of all files; a class named again is added to."""
    found: dict[str, set[str]] = {}
    for part in parts:
        for word_class, words in part.items():
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
    form: FileForm,
    entry: PredicateForm,
    kind: Kind,
    nouns: Mapping[str, frozenset[str]],
    verbs: Mapping[str, frozenset[str]],
) -> Predicate:
    where = f"{file}, predicate {entry.id}"
    type_ = entry.type or form.type
    if type_ not in kind.types:
        raise CodebookError(where, f"type {type_!r} is none of {', '.join(kind.types)}")
    if not (entry.verbs or entry.nouns):
        raise CodebookError(where, "needs verbs or nouns")
    if not entry.examples:
        raise CodebookError(
            where, "has no example", "Add [[predicate.examples]] with text, stage, roles"
        )
    roles = {*entry.needs, *(role for example in entry.examples for role in example.roles)}
    for role in sorted(roles - set(kind.roles)):
        raise CodebookError(where, f"role {role!r} is none of {', '.join(kind.roles)}")
    for stage in sorted({e.stage for e in entry.examples if e.stage} - set(kind.stages)):
        raise CodebookError(where, f"stage {stage!r} is none of {', '.join(kind.stages)}")
    return Predicate(
        id=f"measure.{entry.id}",
        type=type_,
        definition=entry.definition or form.definition,
        verbs=_expand(where, entry.verbs, verbs),
        nouns=_expand(where, entry.nouns, nouns),
        objects=_expand(where, entry.objects, nouns),
        through=frozenset(entry.through),
        object_is_clause=entry.object_is_clause,
        subject_moves=entry.subject_moves,
        recipient_is_object=entry.recipient_is_object,
        subject_receives=entry.subject_receives,
        plain=entry.plain,
        needs=frozenset(entry.needs),
        examples=tuple(
            Example(
                text=e.text,
                stage=e.stage,
                roles={role: tuple(words) for role, words in e.roles.items()},
            )
            for e in entry.examples
        ),
        near_misses=tuple(NearMiss(text=m.text, why=m.why) for m in entry.near_misses),
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
