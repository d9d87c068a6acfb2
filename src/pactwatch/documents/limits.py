"""How much of anything is read at most: bounds that keep a hostile or broken source from costing
more than itself.

Comes in: nothing. Goes out: numbers. Each is far above what reports need, and is told in the
problem when it is met.
"""

from __future__ import annotations

__all__ = [
    "LEAST_SPEED",
    "MOST_BYTES",
    "MOST_CHARACTERS",
    "MOST_DEPTH",
    "MOST_ELEMENTS",
    "MOST_LINKS",
    "MOST_MEMORY",
    "MOST_OCR_SECONDS",
    "MOST_PAGES",
    "MOST_PARTS",
    "MOST_RATIO",
    "MOST_SECONDS",
    "SPARE_BYTES",
]

MOST_BYTES = 50_000_000
"""Bytes of one document as it is read (a file, page, member of an archive, attachment)."""

MOST_CHARACTERS = 20_000_000
"""Characters of one document's text: some 3 million words, more than any report."""

MOST_ELEMENTS = 500_000
"""Elements of one web page."""

MOST_DEPTH = 4
"""Containers inside containers: a mail in a mailbox in an archive in an archive."""

MOST_PARTS = 200_000
"""Things inside one container."""

MOST_RATIO = 100
"""Bytes that may come out of a compressed container for each of its own."""

SPARE_BYTES = 100_000_000
"""Bytes that may come out of any container, whatever its own size."""

MOST_PAGES = 5_000
"""Pages of one PDF."""

MOST_LINKS = 1_000
"""Addresses that are followed from one feed, sitemap or table."""

MOST_SECONDS = 60.0
"""Seconds that one document may take to be read."""

LEAST_SPEED = 1_000_000
"""Bytes a second that reading takes at least: so much longer may a large container take for what
is in it."""

MOST_OCR_SECONDS = 1_200.0
"""The same where characters are to be recognised, which takes seconds for each page."""

MOST_MEMORY = 1_500_000_000
"""Bytes of address space of a worker process, where the system can bound it."""
