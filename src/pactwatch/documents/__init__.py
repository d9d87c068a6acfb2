"""Anything that holds a report becomes a `Document`: the one room that touches files and the
network.

Comes in: a file, a folder or an address. Goes out: documents with their provenance, and problems
where there are none. Texts are stored whole and to the letter; what is not part of the report is
marked, never cut.
"""

from __future__ import annotations

from pactwatch.documents.answers import Unchanged, Validators
from pactwatch.documents.given import Options
from pactwatch.documents.isolation import Workers
from pactwatch.documents.reading import Read, read_documents, read_sources
from pactwatch.documents.sources import Source, list_sources

__all__ = [
    "Options",
    "Read",
    "Source",
    "Unchanged",
    "Validators",
    "Workers",
    "list_sources",
    "read_documents",
    "read_sources",
]
