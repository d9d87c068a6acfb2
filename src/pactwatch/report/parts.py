"""What the report page is made of: cards, fields, quotations, tracks and sources, as plain values.

Comes in: nothing. Goes out: frozen values of strings, numbers and tuples, which `page` fills and
the template shows.
"""

from __future__ import annotations

from dataclasses import dataclass

from pactwatch.report.copying import Copying
from pactwatch.report.marks import Piece, Words
from pactwatch.report.timeline import Scale

__all__ = [
    "Card",
    "Field",
    "Mark",
    "Page",
    "Quotation",
    "Rival",
    "Section",
    "Source",
    "Track",
    "Version",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """An evidence sentence with the words that count marked, and the way to it in its source.

    Attributes:
        anchor: Id of the place in the source's text on this page.
        source: Who printed it and when, with the page or chapter of it.
        elsewhere: Words that fill a field and stand in another sentence of the source.
        fields: What the sentence is evidence of, for people.
    """

    anchor: str
    source: str
    attributed_to: str | None
    words: tuple[Words, ...]
    elsewhere: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One value of a field, with its support. `pieces` are its words, with those marked that the
    version beside it does not share; `short` is what the overview has room for; `rulings` are the
    decisions on it in words."""

    words: str
    pieces: tuple[Words, ...]
    short: str
    support: str
    accounts: int
    contested: bool
    sources: tuple[str, ...]
    quotations: tuple[Quotation, ...]
    rulings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a record with its values."""

    name: str
    words: str
    contested: bool
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A record. `path` tells its stages: "promised 31 May 2019 → done August 2019"; `absent` what
    no document reports; `rulings` the decisions on it."""

    number: str
    kind: str
    type: str | None
    label: str
    stage: str | None
    date: str
    support: str
    accounts: int
    contested: bool
    path: str
    absent: str
    fields: tuple[Field, ...]
    quotations: tuple[Quotation, ...]
    rulings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Records of one kind, in groups by type (or one group without a name)."""

    kind: str
    title: str
    size: int
    groups: tuple[tuple[str, tuple[Card, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """A contested field: its versions side by side."""

    number: str
    label: str
    field: str
    kind: str
    severity: str
    explanation: str
    versions: tuple[Version, ...]
    rulings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A step on the timeline: a day is a point, anything longer a band. Places are percent of the
    width."""

    shape: str
    state: str
    left: float
    width: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A row of the timeline. `ends` are the places of its first and last mark, which a line
    joins."""

    number: str
    label: str
    words: str
    contested: bool
    marks: tuple[Mark, ...]
    ends: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document with its metadata and its whole text in pieces."""

    anchor: str
    title: str
    publisher: str | None
    authors: str
    published: str
    published_from: str | None
    name: str
    address: str | None
    link: str | None
    note: str | None
    version: int | None
    agencies: str
    language: str
    quoted: int
    pieces: tuple[Piece, ...]
    rulings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that the report page may use."""

    name: str
    summary: str
    range: str
    counts: tuple[tuple[int, str, str], ...]
    notes: tuple[str, ...]
    head_agreements: tuple[Card, ...]
    head_rivals: tuple[Rival, ...]
    rivals: tuple[Rival, ...]
    sections: tuple[Section, ...]
    scale: Scale
    tracks: tuple[Track, ...]
    copying: Copying | None
    sources: tuple[Source, ...]
