"""Addresses of records that are no more: where their words went.

Comes in: names of files of an earlier site that nothing is written to now. Goes out: for each
record among them whose first finding is part of another record now, that record. A record's id is
made from that finding (`ledger.records`), which is how it is known; of all others nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from pactwatch.model import stable_id
from pactwatch.store.queries_site import set_in

__all__ = ["GonePage", "gone_records"]

_RECORD = re.compile(r"record/([a-z]+-[0-9a-f]{16})\.html", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class GonePage:
    """A record that is no longer in the dossier, and the one that it is part of."""

    id: str
    merged_into: str
    label: str


def gone_records(connection: Connection, names: Iterable[str]) -> list[GonePage]:
    """Records whose pages are among the names of files, and that are part of others now."""
    wanted = {found[1] for name in names if (found := _RECORD.fullmatch(name))}
    pages: dict[str, GonePage] = {}
    if wanted:
        for finding, kind, record, label in set_in(connection):
            old = stable_id(kind, finding)
            if old in wanted and old != record:
                pages.setdefault(old, GonePage(id=old, merged_into=record, label=label))
    return [pages[id_] for id_ in sorted(pages)]
