"""Findings of all documents merged into records, with contested values side by side."""

from __future__ import annotations

from pactwatch.ledger.settle import settle, settle_again
from pactwatch.ledger.shelf import Kept, Settlement

__all__ = ["Kept", "Settlement", "settle", "settle_again"]
