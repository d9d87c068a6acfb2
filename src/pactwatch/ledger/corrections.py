"""What a publisher has taken back: an earlier report of its own that a later one says it corrects.

Comes in: the claims of one record. Goes out: the same claims without what was corrected, for
contests only. A correction by somebody else corrects nothing, and a later report without a word of
correction is another report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pactwatch.ledger.claims import Told, narrowed
from pactwatch.ledger.facts import Facts
from pactwatch.model import Document

__all__ = ["is_correction", "standing"]

_NOTE = re.compile(
    r"\b(?:correction|corrected|clarification)\b\s*(?:\(|\[|:|–|—|-)"
    r"|\b(?:earlier|previous|original) version of (?:this|the) "
    r"(?:article|story|report|page|release|statement|post|notice|text)\b"
    r"|\bthis (?:article|story|report|page|release|statement|post|notice) "
    r"(?:has been|was|is) (?:corrected|amended)\b",
    re.IGNORECASE,
)
# One of these is in every text that fits, or one of the letters that count as "i" or "s".
_NEEDED = (b"correct", b"clarification", b"version of", b"amended", *map(str.encode, "ıİſ"))


def is_correction(document: Document) -> bool:
    """Whether a document says of itself that it corrects what was told before."""
    told = f"{document.title or ''}\n{document.text}"
    plain = told.encode(
        "utf-8", "surrogatepass"
    ).lower()  # of ASCII alone, which is many times faster
    return any(words in plain for words in _NEEDED) and _NOTE.search(told) is not None


def standing(told: Sequence[Told]) -> list[Told]:
    """Claims with what stands behind them after all corrections; those without any are left out."""
    every = {f.finding.id: f for t in told for f in t.facts}
    correcting = [f for f in every.values() if f.corrects]
    if not correcting:
        return list(told)
    taken_back = {f.document_id for f in every.values() if any(_corrects(c, f) for c in correcting)}
    copied = {f.account for f in every.values() if f.document_id in taken_back}
    kept = {f.document_id for f in correcting}

    def stands(facts: Facts) -> bool:
        if any(_NOTE.search(quote.text) for quote in facts.finding.evidence):
            return False
        return facts.document_id in kept or facts.account not in copied

    return [item for t in told if (item := narrowed(t, stands)) is not None]


def _corrects(later: Facts, earlier: Facts) -> bool:
    """Whether the one's report corrects the other's: of one publisher, and told no earlier."""
    if not later.publisher or later.publisher != earlier.publisher or earlier.corrects:
        return False
    return (earlier.published or "9999") <= (later.published or "")
