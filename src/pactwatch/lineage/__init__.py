"""Documents traced to the independent accounts behind them: who has what from whom."""

from __future__ import annotations

from pactwatch.lineage.accounts import trace
from pactwatch.lineage.differences import compare
from pactwatch.lineage.fingerprints import Fingerprint, fingerprint
from pactwatch.lineage.sharing import from_bytes, to_bytes
from pactwatch.lineage.values import (
    Accounts,
    Comparison,
    Difference,
    Direction,
    Family,
    Member,
    Passage,
    Reason,
    Sharing,
)

__all__ = [
    "Accounts",
    "Comparison",
    "Difference",
    "Direction",
    "Family",
    "Fingerprint",
    "Member",
    "Passage",
    "Reason",
    "Sharing",
    "compare",
    "fingerprint",
    "from_bytes",
    "to_bytes",
    "trace",
]
