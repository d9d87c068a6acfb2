"""What is kept so that settling need not do all of it anew."""

from __future__ import annotations

from sqlalchemy import Column, LargeBinary

from pactwatch.store.tables.columns import key, table

__all__ = ["kept"]

kept = table(
    "kept",
    key("what"),
    key("name"),
    Column("kept", LargeBinary, nullable=False, comment="bytes that only lineage and ledger read"),
)
"""Of a version of its own, the state `lineage_version`: under another one all of it is dropped."""
