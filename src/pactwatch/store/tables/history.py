"""Problems, builds, and the state of the dossier."""

from __future__ import annotations

from pactwatch.store.tables.columns import integer, key, table, text

__all__ = [
    "build",
    "problem",
    "state",
]

problem = table(
    "problem",
    key("stage"),
    key("name"),
    text("source", comment="the file, folder member or address that was asked for"),
    text("fault"),
    text("next_step"),
)

build = table(
    "build",
    integer("number", primary_key=True),
    text("finished", comment="UTC, ISO 8601"),
    text("version", comment="of Pactwatch"),
    integer("documents_read"),
    integer("documents_cached"),
    integer("findings"),
    integer("problems"),
)

state = table(
    "state",
    key("name"),
    text("value"),
)
