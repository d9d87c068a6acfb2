"""What servers said of the pages that were fetched, so that an unchanged page is not sent again.

Comes in: addresses with their validators (RFC 9110, 13.1). Goes out: the same.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, delete, select

from pactwatch.store import tables as t

__all__ = ["note_retrievals", "retrievals"]

Validators = tuple[str | None, str | None]
"""Entity tag and time of last modification, as the server sent them."""


def retrievals(connection: Connection) -> dict[str, Validators]:
    """All addresses that have validators."""
    rows = connection.execute(select(t.retrieval))
    return {row.address: (row.etag, row.last_modified) for row in rows}


def note_retrievals(connection: Connection, learnt: Mapping[str, Validators]) -> None:
    """Remember what servers said, in place of what they said before."""
    for address, (etag, last_modified) in sorted(learnt.items()):
        connection.execute(delete(t.retrieval).where(t.retrieval.c.address == address))
        if etag or last_modified:
            values = {"address": address, "etag": etag, "last_modified": last_modified}
            connection.execute(t.retrieval.insert().values(values))
