"""What lineage and ledger keep from one settling to the next, as bytes that only they read.

Comes in: bytes by name. Goes out: the same. It is dropped whole when the version changes under
which it was found: it saves time, and nothing of the ledger rests on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, delete, insert, select

from pactwatch.store import tables as t
from pactwatch.store.replacing import CHUNK

__all__ = ["forget", "keep", "keep_under", "kept", "kept_version"]

_VERSION = "lineage_version"


def kept_version(connection: Connection) -> str | None:
    """The version under which is kept what is; None where nothing is."""
    query = select(t.state.c.value).where(t.state.c.name == _VERSION)
    return connection.execute(query).scalar_one_or_none()


def keep_under(connection: Connection, version: str) -> bool:
    """Whether what is kept was found under this version; if not, it is dropped, and from now on
    kept under this one."""
    if kept_version(connection) == version:
        return True
    # A dossier made before there was this table is filled like any other.
    t.kept.create(connection, checkfirst=True)
    for table in (t.fingerprint, t.sharing, t.kept):
        connection.execute(delete(table))
    connection.execute(
        insert(t.state).prefix_with("OR REPLACE").values(name=_VERSION, value=version)
    )
    return False


def kept(connection: Connection, what: str) -> dict[str, bytes]:
    """What is kept of one sort, by name; only to be asked for where `kept_version` fits."""
    k = t.kept.c
    rows = connection.execute(select(k.name, k.kept).where(k.what == what))
    return {row[0]: row[1] for row in rows}


def keep(
    connection: Connection, what: str, made: Mapping[str, bytes], gone: Iterable[str] = ()
) -> None:
    """Keep what is new or other than it was, and drop what is gone."""
    names = sorted(gone)
    for start in range(0, len(names), CHUNK):
        some = names[start : start + CHUNK]
        connection.execute(delete(t.kept).where(t.kept.c.what == what, t.kept.c.name.in_(some)))
    rows = [{"what": what, "name": name, "kept": made[name]} for name in sorted(made)]
    if rows:
        connection.execute(insert(t.kept).prefix_with("OR REPLACE"), rows)


def forget(connection: Connection, what: str) -> None:
    """Drop all that is kept of one sort."""
    connection.execute(delete(t.kept).where(t.kept.c.what == what))
