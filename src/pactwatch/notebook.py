"""Records and actors as notebooks show them, and as data frames.

Comes in: values of a ledger. Goes out: lists of them that render as HTML tables (every word of a
document escaped) and turn into polars frames. Nothing here decides what a record says.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from pactwatch.model import Actor, Claim, Record
from pactwatch.store.views import FIELDS

if TYPE_CHECKING:
    import polars

__all__ = ["Actors", "Records", "actor_html", "record_html", "show_in_notebooks"]

SHOWN = 100
"""Rows of a table in a notebook; a data frame has them all."""


class Records(list[Record]):
    """Records in the order of the ledger; a list that a notebook shows as a table."""

    def _repr_html_(self) -> str:
        rows = [
            (r.number, r.label, r.type, r.stage, r.date, r.accounts, len(r.document_ids), _flag(r))
            for r in self
        ]
        heads = ("", "record", "type", "stage", "date", "accounts", "documents", "contested")
        return _table(heads, rows)

    def to_polars(self) -> polars.DataFrame:
        """A row for each record: number, kind, type, label, stage, date, accounts, documents,
        contested, and a column for each field, with several values joined by "; "."""
        import polars

        text, count = polars.String(), polars.Int64()
        schema: dict[str, polars.DataType] = dict.fromkeys(
            ("number", "kind", "type", "label", "stage"), text
        )
        schema |= {"date": text, "accounts": count, "documents": count, "contested": text}
        fields = [field for field in _fields(self) if field not in schema]
        rows = [
            {
                "number": record.number,
                "kind": record.kind,
                "type": record.type,
                "label": record.label,
                "stage": record.stage,
                "date": record.date,
                "accounts": record.accounts,
                "documents": len(record.document_ids),
                "contested": _flag(record) or None,
                **{field: _joined(record, field) for field in fields},
            }
            for record in self
        ]
        return polars.DataFrame(rows, schema=schema | dict.fromkeys(fields, text))


class Actors(list[Actor]):
    """Actors in the order of the ledger; a list that a notebook shows as a table."""

    def _repr_html_(self) -> str:
        rows = [
            (a.number, a.name, a.kind, a.country, "; ".join(a.names[1:]), len(a.document_ids))
            for a in self
        ]
        return _table(("", "actor", "kind", "country", "also", "documents"), rows)

    def to_polars(self) -> polars.DataFrame:
        """A row for each actor: number, name, kind, country, names (joined by "; "), documents."""
        import polars

        text = polars.String()
        schema: dict[str, polars.DataType] = dict.fromkeys(
            ("number", "name", "kind", "country", "names"), text
        )
        rows = [
            (a.number, a.name, a.kind, a.country, "; ".join(a.names), len(a.document_ids))
            for a in self
        ]
        return polars.DataFrame(rows, schema=schema | {"documents": polars.Int64()}, orient="row")


def record_html(record: Record) -> str:
    """One record with all its claims, the words behind each, and what is contested."""
    rows = [(claim.field, claim.text, claim.accounts, _quoted(claim)) for claim in record.claims]
    contests = "".join(
        f"<li>{escape(contest.field)}: {escape(contest.explanation)}</li>"
        for contest in record.contests
    )
    head = f"<b>{escape(record.label)}</b> ({escape(record.number)})"
    table = _table(("field", "value", "accounts", "words"), rows)
    return head + table + (f"<p>Contested</p><ul>{contests}</ul>" if contests else "")


def actor_html(actor: Actor) -> str:
    """One actor under all its names."""
    return Actors([actor])._repr_html_()


def show_in_notebooks() -> None:
    """Let a running notebook show single records and actors as tables; does nothing elsewhere."""
    module = sys.modules.get("IPython")
    shell = module.get_ipython() if module is not None else None
    if shell is None:
        return
    formatter = shell.display_formatter.formatters["text/html"]
    shown: tuple[tuple[type, Callable[..., str]], ...] = (
        (Record, record_html),
        (Actor, actor_html),
    )
    for kind, render in shown:
        formatter.for_type(kind, render)


def _fields(records: Iterable[Record]) -> list[str]:
    """Fields of the codebook for the kinds at hand, in its order, then others that claims name."""
    records = list(records)
    kinds = {record.kind for record in records}
    known = [field for kind, fields in FIELDS.items() if kind in kinds for field in fields]
    others = sorted({claim.field for record in records for claim in record.claims})
    return list(dict.fromkeys([*known, *others]))


def _joined(record: Record, field: str) -> str | None:
    return "; ".join(claim.text for claim in record.claims if claim.field == field) or None


def _flag(record: Record) -> str:
    return "; ".join(sorted({contest.field for contest in record.contests}))


def _quoted(claim: Claim) -> str:
    if not claim.support:
        return ""
    more = len(claim.support) - 1
    return f"“{claim.support[0].evidence.text}”" + (f" and {more} more" if more else "")


def _table(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    def line(tag: str, cells: Iterable[Any]) -> str:
        shown = ("" if cell is None else escape(str(cell)) for cell in cells)
        return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in shown) + "</tr>"

    left = len(rows) - SHOWN
    body = "".join(line("td", row) for row in rows[:SHOWN])
    rest = f"<p>and {left} more</p>" if left > 0 else ""
    return f"<table><thead>{line('th', heads)}</thead><tbody>{body}</tbody></table>{rest}"
