"""The dossier's file: documents, findings and records as tables that people can read without
Pactwatch.

Comes in: values of the model, and a path. Goes out: the same values, equal to what was stored. This
room never reads a source, parses a text or decides what a record is; it keeps what it is given, and
can prove that every stored quotation stands in its document.

Functions take a connection, which `Database.reading` and `Database.writing` lend for one
transaction:

    database    the file: opening, versions, transactions, faults in plain words
    tables      what is stored
    views       what people read: views, full-text search, and the triggers that keep evidence as it
    is documents   documents and their versions findings    findings, refused candidates, and the
    staging that makes a build resumable ledger      records, claims, actors, accounts search
    full-text search audit       the proof
"""

from __future__ import annotations

from pactwatch.store.database import Database, open_database

__all__ = ["Database", "open_database"]
