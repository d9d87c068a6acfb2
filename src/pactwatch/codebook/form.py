"""The form of a codebook file with predicates, classes of words and areas.

Comes in: a table read from TOML. Goes out: the same as typed values, or an error that names file
and entry. It knows no vocabulary: whether a type or a class exists is checked where all files are
known.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from pactwatch.errors import CodebookError

__all__ = ["AreaForm", "ExampleForm", "FileForm", "NearMissForm", "PredicateForm", "checked"]


class ExampleForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence that a predicate must find."""

    text: str
    stage: str | None = None
    roles: dict[str, tuple[str, ...]] = {}


class NearMissForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence that it must not find."""

    text: str
    why: str


class PredicateForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A predicate as written; see `pactwatch.codebook.Predicate` for what each part means."""

    id: str
    type: str | None = None
    definition: str | None = None
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    objects: tuple[str, ...] = ("*",)
    through: tuple[str, ...] = ()
    object_is_clause: bool = False
    subject_moves: bool = False
    recipient_is_object: bool = False
    subject_receives: bool = False
    plain: bool = False
    needs: tuple[str, ...] = ()
    examples: tuple[ExampleForm, ...] = ()
    near_misses: tuple[NearMissForm, ...] = ()


class AreaForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An area as written; one whose id is known already adds its terms."""

    id: str
    definition: str
    terms: tuple[str, ...]


class FileForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole file; `type` and `definition` hold for predicates without their own."""

    type: str | None = None
    definition: str = ""
    nouns: dict[str, tuple[str, ...]] = {}
    verbs: dict[str, tuple[str, ...]] = {}
    area: tuple[AreaForm, ...] = ()
    predicate: tuple[PredicateForm, ...] = ()


_PLACE = re.compile(r" - at `\$\.?(?P<path>.*)`$")
_ENTRY = re.compile(r"(?P<part>predicate|area)\[(?P<number>\d+)\]\.?")


def checked(name: str, table: dict[str, Any]) -> FileForm:
    """A file's table in its form.

    Raises:
        CodebookError: a key is unknown or missing, or a value is of the wrong sort.
    """
    try:
        return msgspec.convert(table, FileForm)
    except msgspec.ValidationError as error:
        message = str(error)
        place = _PLACE.search(message)
        path = place["path"] if place else ""
        fault = message[: place.start()] if place else message
        entry = _ENTRY.match(path)
        where = name
        if entry:
            told = table[entry["part"]][int(entry["number"])]
            own = told.get("id", "without id") if isinstance(told, dict) else "without id"
            where, path = f"{name}, {entry['part']} {own}", path[entry.end() :]
        elif path.startswith(("nouns[", "verbs[")):
            part, _, rest = path.partition("[...]")
            path = f"{part}.{_not_words(table[part])}{rest}"
        fault = f"{fault[:1].lower()}{fault[1:]}"
        raise CodebookError(where, f"{path}: {fault}" if path else fault) from error


def _not_words(classes: dict[str, Any]) -> str:
    """The first class that is no list of words."""
    return next(
        name
        for name, words in classes.items()
        if not (isinstance(words, list) and all(isinstance(word, str) for word in words))
    )
