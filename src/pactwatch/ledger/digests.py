"""Digests of what a part of the ledger is made of, by which it is known whether it must be made
anew.

Comes in: the facts of a document, or any plain values. Goes out: a few bytes, equal where all that
went in is equal, on every machine. A digest of facts leaves nothing out that facts show.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from hashlib import blake2b

import msgspec
import numpy as np
from numpy.typing import NDArray

from pactwatch.ledger.facts import Facts

__all__ = ["Hashes", "digest", "digest_of_facts", "hashes", "number"]

Hashes = NDArray[np.uint64]

_BYTES = 16
_SHOWN = tuple(item.name for item in fields(Facts) if item.compare)
_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_encode_in_order = msgspec.msgpack.Encoder().encode  # twice as fast


def digest(*parts: object) -> bytes:
    """Digest of plain values and values of the model; sets and mappings count in any order."""
    return blake2b(_encode(parts), digest_size=_BYTES).digest()


def number(*parts: object) -> int:
    """A digest as a number of 64 bits."""
    return int.from_bytes(blake2b(_encode(parts), digest_size=8).digest(), "little")


def digest_of_facts(facts: Sequence[Facts]) -> bytes:
    """Digest of all facts of one document, in their order; its text goes by its id."""
    told = [[_plain(getattr(item, name)) for name in _SHOWN] for item in facts]
    return blake2b(_encode_in_order(told), digest_size=_BYTES).digest()


def _plain(value: object) -> object:
    """A value whose parts come in one order."""
    return sorted(value) if isinstance(value, frozenset) else value


def hashes(keys: Iterable[str]) -> Hashes:
    """The hashes of some keys, each once, sorted."""
    found = {blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest() for key in keys}
    return np.sort(np.frombuffer(b"".join(found), dtype="<u8").astype(np.uint64))
