"""The actor tables of the codebook as one mapping from name to the actors that bear it.

Comes in: ``codebook/actors``. Goes out: all names with their spellings, and the automaton that
finds them. Which of several actors a text means is decided in `names`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from pactwatch.language.scan import Gazetteer

__all__ = ["KnownName", "actor_names", "gazetteer", "known_names"]


@dataclass(frozen=True, slots=True)
class KnownName:
    """An actor that a name can stand for; kinds "ignored" and "head" are no actors.

    Attributes:
        shouted: The name may match in a line without lower-case letters.
        person: It is also a first or family name ("Jordan").
    """

    actor_id: str | None
    kind: str
    country: str | None
    form: str
    shouted: bool = True
    person: bool = False


_IGNORED = KnownName(None, "ignored", None, "name")
_HEAD = KnownName(None, "head", None, "name")

_HEADS = (
    "Department", "Ministry", "Office", "Bureau", "Agency", "Commission", "Directorate",
    "Secretariat", "Embassy", "Council", "Police", "Constabulary", "Force", "Forces", "Guard",
    "Service", "Authority", "Administration", "Government", "administration", "government",
    "Institute", "Command", "Tribunal",
)  # fmt: skip


def known_names() -> Iterable[str]:
    """All names that the actor tables hold."""
    return actor_names().keys()


@cache
def gazetteer() -> Gazetteer[tuple[KnownName, ...]]:
    """The automaton over all names of the actor tables."""
    return Gazetteer(actor_names())


@cache
def actor_names() -> dict[str, tuple[KnownName, ...]]:
    """Read the actor tables into one mapping from name to the actors that bear it."""
    names: dict[str, tuple[KnownName, ...]] = {}

    def add(name: str, entry: KnownName) -> None:
        known = names.get(name, ())
        if all(other.actor_id != entry.actor_id for other in known):
            names[name] = (*known, entry)

    for head in _HEADS:
        add(head, _HEAD)
    for code, row in _read("states").items():
        _add_state(code, row, add)
    regions = _read("regions")
    for name in regions["ignored"]["names"]:
        add(name, _IGNORED)
    agencies = _read("agencies")
    for name in agencies.pop("generic")["names"]:
        add(name, KnownName(None, "agency", None, "name"))
    for country, rows in agencies.items():
        _add_rows(rows, f"agency.{country}", "agency", country.upper(), add)
    _add_rows(regions["regions"], "region", "region", None, add)
    _add_rows(_read("organisations")["organisations"], "organisation", "organisation", None, add)
    _add_rows(_read("publications")["publications"], "publication", "publication", None, add)
    return names


def _read(table: str) -> dict[str, Any]:
    path = resources.files("pactwatch.codebook") / "actors" / f"{table}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _add_state(code: str, row: dict[str, Any], add: Any) -> None:
    person = bool(row.get("person"))
    for name in row["names"]:
        acronym = name.replace(".", "").isupper()
        kind_of_form = "acronym" if acronym else "name"
        entry = KnownName(f"state.{code}", "state", code, kind_of_form, person=person)
        for saint in ("Saint ", "St ", "St. "):
            form = name.replace("Saint ", saint)
            add(form, entry)
            if len(form) > 3 and form.upper() != form:
                add(form.upper(), entry)
    entry = KnownName(f"state.{code}", "state", code, "demonym")
    for demonym in row.get("demonyms", ()):
        add(demonym, entry)
        if not demonym.endswith(("s", "sh", "ch", "ese", "men", "x")):
            add(demonym + "s", entry)
        if len(demonym) > 4:
            add(demonym.upper(), entry)


def _add_rows(rows: dict[str, Any], prefix: str, kind: str, country: str | None, add: Any) -> None:
    for key, row in rows.items():
        actor_id, land = f"{prefix}.{key}", row.get("country", country)
        for name in row["names"]:
            american = name.replace("Organisation", "Organization").replace("Programme", "Program")
            for form in (name, american):
                add(form, KnownName(actor_id, kind, land, "name"))
        shouted = not row.get("word", False)
        for acronym in row.get("acronyms", ()):
            add(acronym, KnownName(actor_id, kind, land, "acronym", shouted))
