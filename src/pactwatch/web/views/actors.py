"""Actors: the table of them, and one with its offices, agreements, measures given and received.

Comes in: a `Look`. Goes out: rows, and of one actor its parts in records, each with its first rows.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from pactwatch.store import tables as t
from pactwatch.store.ledger import ledger_key, read_actors
from pactwatch.store.queries import Facet, RecordFilter, RecordRow, record_rows
from pactwatch.store.queries_actors import (
    ActorFilter,
    ActorRow,
    actor_facets,
    actor_identity,
    actor_names,
    actor_parts,
    actor_rows,
    count_actors,
)
from pactwatch.web.looking import Look, Missing, Moved, Pages
from pactwatch.web.views.rulings import RulingPiece, rulings_of

__all__ = ["ActorPage", "ActorsPage", "PartPiece", "actor", "actors", "all_actors"]

ROWS = 10  # of a part on an actor's page

TITLES = {
    ("office", "person"): "Offices over time",
    ("office", "body"): "Offices in this body",
    ("agreement", "party"): "Agreements",
    ("agreement", "signatory"): "Agreements signed",
    ("measure", "actor"): "Measures given or done",
    ("measure", "recipient"): "Measures received",
    ("meeting", "participant"): "Meetings",
    ("statement", "speaker"): "Statements",
    ("statement", "addressee"): "Statements addressed to it",
    ("incident", "actor"): "Incidents, as the one who acted",
    ("incident", "target"): "Incidents, as the one harmed",
}
_ORDER = list(TITLES)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorsPage:
    """Actors that a filter leaves."""

    query: dict[str, str]
    rows: tuple[ActorRow, ...]
    place: Pages
    facets: tuple[Facet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPiece:
    """Records of one kind in which one field names the actor: the first rows of `total`."""

    title: str
    kind: str
    field: str
    total: int
    rows: tuple[RecordRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorPage:
    """All that the page of an actor shows."""

    actor: ActorRow
    names: tuple[str, ...]
    parts: tuple[PartPiece, ...]
    rulings: tuple[RulingPiece, ...]


def _asked(look: Look) -> ActorFilter:
    return ActorFilter(
        kind=look.words("kind"), country=look.words("country"), words=look.words("words")
    )


def actors(look: Look) -> ActorsPage:
    """A page of actors."""
    wanted, connection = _asked(look), look.connection
    place = look.pages(count_actors(connection, wanted))
    return ActorsPage(
        query={k: v for k, v in asdict(wanted).items() if v},
        rows=tuple(actor_rows(connection, wanted, offset=place.offset)),
        place=place,
        facets=() if look.static else tuple(actor_facets(connection, wanted)),
    )


def all_actors(look: Look) -> list[ActorRow]:
    """All actors that the filter leaves, for downloads."""
    return actor_rows(look.connection, _asked(look), limit=None)


def actor(look: Look, id_or_number: str) -> ActorPage | Moved:
    """The page of an actor; asked for by its number, where it has moved.

    Raises:
        Missing: there is none.
    """
    connection = look.connection
    return look.memory.recall(
        connection,
        ("actor", id_or_number, ledger_key(connection)),  # decisions are shown on it
        lambda: _actor(look, id_or_number),
    )


def _actor(look: Look, id_or_number: str) -> ActorPage | Moved:
    connection = look.connection
    row = actor_identity(connection, id_or_number)
    if row is None:
        raise Missing(id_or_number[:80], "is not in this dossier")
    if row.id != id_or_number:
        return Moved(f"actor/{row.id}")
    parts = []
    for part in actor_parts(connection, row.id):
        wanted = RecordFilter(kind=part.kind, actor=row.id, role=part.field)
        order = "date" if part.kind == "office" else "accounts"
        rows = record_rows(connection, wanted, order=order, limit=ROWS)
        title = TITLES.get((part.kind, part.field), f"{part.kind.capitalize()}s, as {part.field}")
        parts.append(
            PartPiece(
                title=title, kind=part.kind, field=part.field, total=part.records, rows=tuple(rows)
            )
        )
    place = {key: n for n, key in enumerate(_ORDER)}
    parts.sort(key=lambda part: (place.get((part.kind, part.field), 99), part.kind, part.field))
    (value,) = read_actors(connection, t.actor.c.id == row.id)
    return ActorPage(
        actor=row,
        names=tuple(actor_names(connection, row.id)),
        parts=tuple(parts),
        rulings=rulings_of(connection, {row.id: value.decision_ids}, hide=look.unnamed)[row.id],
    )
