"""Records that stand as they were: what is kept of the last ledger, and what of this one.

Comes in: for each record a digest of all that it is made of, and how to make it. Goes out: the
record made, or that it stands as the ledger last written has it; and the bytes by which the next
ledger knows that. It never changes a record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import msgspec

from pactwatch.ledger.across import COMPARED
from pactwatch.model import Ledger, Record

__all__ = ["Kept", "Made", "Settlement", "Shelf"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a dossier keeps so that not all is settled anew: bytes that only this room reads.

    Attributes:
        cuts: By document id.
        joins: By kind.
        records: By record id, of those that the ledger last written holds.
        marked: Ids of the records of that ledger on which decisions stand.
    """

    cuts: Mapping[str, bytes] = field(default_factory=dict)
    joins: Mapping[str, bytes] = field(default_factory=dict)
    records: Mapping[str, bytes] = field(default_factory=dict)
    marked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A ledger as it differs from the one last written; all of it where nothing was kept.

    Attributes:
        ledger: All actors and accounts, and the records that are new or other than they were.
        numbers: Of all records by id, in the order of the ledger.
        latest: Publication date of the latest document, which all ways to delivery show.
        keep: What to keep that is new, or other than it was.
        gone: What to keep no more: ids of documents, and ids of records.
    """

    ledger: Ledger
    numbers: Mapping[str, str]
    latest: str | None
    keep: Kept
    gone: tuple[tuple[str, ...], tuple[str, ...]]


class _Entry(msgspec.Struct, frozen=True, array_like=True):
    """A record that stands.

    Attributes:
        when: The date by which it is ordered.
        across: Whether it has a contest with another record.
        record: The record without marks, contests across and number, where its kind is compared.
    """

    digest: bytes
    when: str
    across: bool
    record: Record | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A record of the ledger that is being settled.

    Attributes:
        record: None where it stands as it was, and nothing more need be known of it.
        stands: Whether the ledger last written has it so.
    """

    id: str
    kind: str
    when: str
    record: Record | None
    stands: bool


class Shelf:
    """Records by id: those of the last time, and those of this one."""

    def __init__(self, kept: Kept) -> None:
        decoder = msgspec.msgpack.Decoder(_Entry)
        self._last = {id_: decoder.decode(raw) for id_, raw in kept.records.items()}
        self._marked = kept.marked
        self._now: dict[str, _Entry] = {}

    def put(
        self,
        record_id: str,
        kind: str,
        digest: bytes,
        make: Callable[[], tuple[Record, str]],
        *,
        marked: bool,
    ) -> Made:
        """A record that stands as it was, or is made.

        Args:
            digest: Of all that it is made of.
            make: Makes the record, and tells the date by which it is ordered.
            marked: Whether decisions stand on it now: then its rows are written anew.
        """
        last = self._last.get(record_id)
        written_so = not marked and record_id not in self._marked
        if last is not None and last.digest == digest and not last.across and written_so:
            self._now[record_id] = last
            return Made(id=record_id, kind=kind, when=last.when, record=last.record, stands=True)
        record, when = make()
        kept = record if kind in COMPARED else None
        self._now[record_id] = _Entry(digest, when, False, kept)
        return Made(id=record_id, kind=kind, when=when, record=record, stands=False)

    def note_across(self, record_id: str) -> None:
        """Note that a record has a contest with another one, and must be seen again."""
        entry = self._now[record_id]
        self._now[record_id] = _Entry(entry.digest, entry.when, True, entry.record)

    def changed(self) -> dict[str, bytes]:
        """What is to be kept otherwise than it is."""
        encode = msgspec.msgpack.Encoder().encode
        return {
            id_: encode(entry)
            for id_, entry in sorted(self._now.items())
            if (last := self._last.get(id_)) is not entry and last != entry
        }

    def gone(self) -> tuple[str, ...]:
        """Records that are no more."""
        return tuple(sorted(self._last.keys() - self._now.keys()))
