"""The findings of one document cut into things, kept so that only what has changed is cut anew.

Comes in: the facts of a document, with digests of all that cutting looks at. Goes out: `Cut`s, and
the bytes from which the next ledger takes them. A cut knows only its own document.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
import numpy as np

from pactwatch.ledger.digests import Hashes, digest, number
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.joining import Joins

__all__ = ["Cut", "Cuts", "Memory"]


class Cut(msgspec.Struct, frozen=True, array_like=True):
    """Findings of one document that are one thing.

    Attributes:
        lead, place: Its order among those of a day: a finding's id, and a number.
        ids: Of its findings.
        blocks: Hashes of its blocks, as bytes.
    """

    lead: str
    place: int
    ids: tuple[str, ...]
    blocks: bytes

    @property
    def keys(self) -> Hashes:
        """Hashes of its blocks, sorted."""
        return np.frombuffer(self.blocks, dtype="<u8").astype(np.uint64, copy=False)


class _OfKind(msgspec.Struct, frozen=True, array_like=True):
    key: bytes
    cuts: tuple[Cut, ...]


_Sheet = dict[str, _OfKind]
_DECODER = msgspec.msgpack.Decoder(_Sheet)
_ENCODER = msgspec.msgpack.Encoder(order="deterministic")


class Cuts:
    """The cuts of all documents, those of the last time and those of this one."""

    def __init__(self, kept: Mapping[str, bytes]) -> None:
        """Take what `changed` gave out, by document id."""
        self._kept = kept
        self._last = {id_: _DECODER.decode(raw) for id_, raw in kept.items()}
        self._made: dict[str, _Sheet] = {}

    def of(
        self, document_id: str, kind: str, key: bytes, make: Callable[[], tuple[Cut, ...]]
    ) -> tuple[Cut, ...]:
        """The cuts of one kind, kept under this key or made."""
        last = self._last.get(document_id, {}).get(kind)
        found = last if last is not None and last.key == key else _OfKind(key, make())
        self._made.setdefault(document_id, {})[kind] = found
        return found.cuts

    def changed(self) -> dict[str, bytes]:
        """What is to be kept otherwise than it is, by document id."""
        return {
            id_: _ENCODER.encode(sheet)
            for id_, sheet in sorted(self._made.items())
            if self._last.get(id_) != sheet
        }

    def gone(self) -> tuple[str, ...]:
        """Documents of which nothing is to be kept any more."""
        return tuple(sorted(self._kept.keys() - self._made.keys()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What merging one kind may take from the last time, and keeps for the next.

    Attributes:
        digests: By document id, of the facts of the document.
        beside: By document id, what rules look at that stands in other documents.
    """

    kind: str = ""
    cuts: Cuts = field(default_factory=lambda: Cuts({}))
    joins: Joins = field(default_factory=Joins)
    digests: Mapping[str, bytes] = field(default_factory=dict)
    beside: Mapping[str, object] = field(default_factory=dict)

    def cuts_of(self, document_id: str, make: Callable[[], tuple[Cut, ...]]) -> tuple[Cut, ...]:
        """The cuts of a document."""
        return self.cuts.of(document_id, self.kind, self._key(document_id), make)

    def numbers(self, groups: Sequence[Sequence[Facts]]) -> Hashes:
        """For each group a number that stands for all that comparing it looks at."""
        keys = {id_: self._key(id_) for id_ in {group[0].document_id for group in groups}}
        found = [
            number(self.kind, keys[group[0].document_id], [f.finding.id for f in group])
            for group in groups
        ]
        return np.array(found, dtype=np.uint64)

    def _key(self, document_id: str) -> bytes:
        known = self.digests.get(document_id, document_id)
        return digest(known, self.beside.get(document_id))
