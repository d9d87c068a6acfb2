"""Documents traced to the independent accounts behind them: who has what from whom, and whom they
credit."""

from __future__ import annotations

from pactwatch.lineage.accounts import trace
from pactwatch.lineage.credit_keeping import keep_credits
from pactwatch.lineage.credit_sources import resolve_credits
from pactwatch.lineage.credits import find_credits
from pactwatch.lineage.differences import compare
from pactwatch.lineage.fingerprints import Fingerprint, fingerprint, fingerprints
from pactwatch.lineage.sharing import from_bytes, to_bytes
from pactwatch.lineage.values import Accounts, Comparison, Difference, Sharing

__all__ = [
    "Accounts",
    "Comparison",
    "Difference",
    "Fingerprint",
    "Sharing",
    "compare",
    "find_credits",
    "fingerprint",
    "fingerprints",
    "from_bytes",
    "keep_credits",
    "resolve_credits",
    "to_bytes",
    "trace",
]
