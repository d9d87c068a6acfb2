"""Findings of all documents merged into records, with contested values side by side."""

from __future__ import annotations

from pactwatch.ledger.settle import settle

__all__ = ["settle"]
