"""Credits kept, so that they are not found again in a document that is as it was.

Comes in: a document with its own findings, and the bytes kept of it. Goes out: its credits, and the
bytes to keep. What document a credit means is told later: that depends on all documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import msgspec

from pactwatch.lineage.credits import find_credits
from pactwatch.model import Document, Finding
from pactwatch.origins import Credit

__all__ = ["keep_credits"]

_BYTES = 16
_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(tuple[Credit, ...])


def keep_credits(
    document: Document, findings: Sequence[Finding], kept: bytes | None
) -> tuple[tuple[Credit, ...], bytes]:
    """The credits of a document, and the bytes to keep: `kept` itself where it stands.

    Args:
        findings: Of this document, in any order.
        kept: What this function gave for the document before.
    """
    told = (document, sorted(findings, key=lambda f: f.id))
    key = blake2b(_ENCODER.encode(told), digest_size=_BYTES).digest()
    if kept is not None and kept.startswith(key):
        return _DECODER.decode(kept[_BYTES:]), kept
    credits = find_credits(document, findings)
    return credits, key + _ENCODER.encode(credits)
