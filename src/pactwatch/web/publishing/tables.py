"""Tables that the site's own script filters: rows in pieces, and what they are filtered by.

Comes in: rows of records, actors, documents and contested fields. Goes out: files of JSON of
bounded size, each loaded only when it is needed: columns of codes, the values that the codes stand
for, orders, and rows in words as the pages show them. The script is static/explore.js; what it
answers is what the desk answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import msgspec

from pactwatch.report.words import date_words, field_words, value_words
from pactwatch.store.queries import PAGE, VALUES, RecordRow
from pactwatch.store.queries_actors import ActorRow
from pactwatch.store.queries_documents import DocumentHead
from pactwatch.store.queries_facets import LEAST_ACCOUNTS, FacetIndex
from pactwatch.store.queries_overview import ContestRow
from pactwatch.web.publishing.folder import Folder
from pactwatch.web.rendering import bound, country_words

__all__ = [
    "Column",
    "Table",
    "actor_table",
    "contest_table",
    "document_table",
    "record_table",
    "write_table",
]

CODES = 20_000
"""Codes in one file of a column: some 100 kB."""

ROWS = 100
"""Rows in one file: some 20 kB."""

LABELS = 500
"""Values in one file of what codes stand for."""

LONGEST = 300  # characters of a value that can be asked for, as on the desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What rows have of one field.

    Attributes:
        codes: Of each row, the values it has, by their place in `values`.
        values: The most frequent first; ends where a value is longer than can be asked for.
        labels: The values in words.
    """

    codes: Sequence[Sequence[int]]
    values: Sequence[str]
    labels: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with all that it is filtered and ordered by.

    Attributes:
        rows: What a page shows of each row, in words.
        facets: Names of the columns that are counted, with words for people.
        numbers: Columns of one whole number a row.
        orders: Places of the rows in each order but the first.
        names: Of each row, words that it is sought by.
    """

    name: str
    rows: Sequence[Sequence[object]]
    columns: Mapping[str, Column]
    facets: Sequence[str] = ()
    numbers: Mapping[str, Sequence[int]] = field(default_factory=dict)
    orders: Mapping[str, Sequence[int]] = field(default_factory=dict)
    names: Sequence[str] = ()


def write_table(folder: Folder, table: Table) -> None:
    """Write a table as `explore/NAME/…`."""

    def write(name: str, value: object) -> None:
        folder.write(f"explore/{table.name}/{name}.json", msgspec.json.encode(value))

    columns: dict[str, dict[str, object]] = {}
    for name, column in table.columns.items():
        cuts = [*_cuts(column.codes), len(column.codes)]
        for n, (start, end) in enumerate(pairwise(cuts)):
            write(f"{name}-{n}", [_entry(codes) for codes in column.codes[start:end]])
        # A value that is its own words is written once.
        pairs = zip(column.values, column.labels, strict=True)
        values = [value if value == words else (value, words) for value, words in pairs]
        for n, some in enumerate(_parts(values, LABELS)):
            write(f"{name}-values-{n}", some)
        columns[name] = {"files": len(cuts) - 1, "values": len(values)}
    for prefix, lists in (("number", table.numbers), ("order", table.orders)):
        for name, numbers in lists.items():
            for n, some in enumerate(_parts(numbers, CODES)):
                write(f"{prefix}-{name}-{n}", some)
    for n, some in enumerate(_parts(table.names, LABELS)):
        write(f"names-{n}", some)
    for n, some in enumerate(_parts(table.rows, ROWS)):
        write(f"rows-{n}", some)
    about = {
        "size": len(table.rows),
        "page": PAGE,
        "rows": ROWS,
        "labels": LABELS,
        "codes": CODES,
        "shown": VALUES,
        "least": LEAST_ACCOUNTS,
        "columns": columns,
        "facets": [[name, field_words(name)] for name in table.facets],
    }
    write("about", about)


def _cuts(codes: Sequence[Sequence[int]]) -> Iterator[int]:
    """Where the files of a column begin: each holds a bounded number of codes, or one row."""
    held = CODES
    for n, own in enumerate(codes):
        size = max(1, len(own))
        if held + size > CODES:
            yield n
            held = 0
        held += size


def _entry(codes: Sequence[int]) -> object:
    return codes[0] if len(codes) == 1 else codes


def _parts(values: Sequence[object], size: int) -> Iterator[Sequence[object]]:
    return (values[at : at + size] for at in range(0, len(values), size))


def _column(
    pairs: Iterable[tuple[int, str]], size: int, labels: Mapping[str, str] | None = None
) -> Column:
    """A column of so many rows, from places of rows and the values that they have."""
    once = set(pairs)
    often: dict[str, int] = {}
    for _, value in once:
        often[value] = often.get(value, 0) + 1
    values = sorted((v for v in often if len(v) <= LONGEST), key=lambda v: (-often[v], v))
    code = {value: n for n, value in enumerate(values)}
    rows: list[list[int]] = [[] for _ in range(size)]
    for row, value in once:
        if value in code:
            rows[row].append(code[value])
    words = labels or {}
    return Column(
        codes=[sorted(own) for own in rows],
        values=values,
        labels=[bound(words.get(value, value), 60) for value in values],
    )


def record_table(
    rows: Sequence[RecordRow],
    index: FacetIndex,
    dates: Iterable[tuple[int, str]],
    roles: Iterable[tuple[int, str, str]],
) -> Table:
    """The table of records.

    Args:
        index: What the desk filters them by.
        dates: Place of a record, and a date of it or of a stage on its way.
        roles: Place of a record, id of an actor, and the field that names it.
    """
    columns: dict[str, Column] = {}
    for name, given in index.columns.items():
        labels = dict(zip(given.values, given.labels, strict=True))
        if name == "country":
            labels = {value: country_words(value) for value in given.values}
        pairs = zip(given.records.tolist(), given.codes.tolist(), strict=True)
        columns[name] = _column(
            ((row, given.values[code]) for row, code in pairs), len(rows), labels
        )
    flagged = [(n, "1") for n, yes in enumerate(index.contested.tolist()) if yes]
    columns["contested"] = _column(flagged, len(rows), {"1": "contested"})
    columns["date"] = _column(dates, len(rows))
    # Actor and field in one value: only together do they say who took which part.
    parts = [(row, f"{field} {actor}", field) for row, actor, field in roles]
    words = {part: field_words(field) for _, part, field in parts}
    columns["role"] = _column(((row, part) for row, part, _ in parts), len(rows), words)
    return Table(
        name="records",
        rows=[_record(row) for row in rows],
        columns=columns,
        facets=(*index.columns, "accounts", "contested"),
        numbers={"accounts": index.accounts.tolist()},
        orders={name: o.tolist() for name, o in index.orders.items() if name != "ledger"},
    )


def _record(row: RecordRow) -> tuple[object, ...]:
    kind = f"{row.kind}, {row.type}" if row.type and row.type != row.kind else row.kind
    when = date_words(row.date) or (date_words(row.told) if row.told else "")
    return (
        row.id, bound(row.label, 140), row.contests, bound(kind, 80), bound(row.stage, 60), when,
        int(not row.date and bool(row.told)), bound(row.amount, 50), row.accounts, row.documents,
    )  # fmt: skip


def actor_table(rows: Sequence[ActorRow], names: Mapping[str, Sequence[str]]) -> Table:
    """The table of actors, sought by their names."""
    countries = {row.country: country_words(row.country) for row in rows if row.country}
    return Table(
        name="actors",
        rows=[
            (row.id, bound(row.name, 90), row.kind, country_words(row.country), row.records,
             row.documents)
            for row in rows
        ],
        columns={
            "kind": _column(((n, row.kind) for n, row in enumerate(rows)), len(rows)),
            "country": _column(
                ((n, row.country) for n, row in enumerate(rows) if row.country),
                len(rows),
                countries,
            ),
        },
        facets=("kind", "country"),
        names=["\n".join((row.name, *names.get(row.id, ()))).lower() for row in rows],
    )  # fmt: skip


def document_table(rows: Sequence[DocumentHead], orders: Mapping[str, Sequence[str]]) -> Table:
    """The table of documents.

    Args:
        orders: Ids of the documents in other orders than that of `rows`.
    """
    place = {head.id: n for n, head in enumerate(rows)}

    def column(name: str) -> Column:
        values = ((n, getattr(head, name)) for n, head in enumerate(rows))
        return _column(((n, value) for n, value in values if value), len(rows))

    return Table(
        name="documents",
        rows=[_document(head) for head in rows],
        columns={
            "publisher": column("publisher"),
            "language": column("language"),
            "date": column("published"),
        },
        facets=("publisher", "language"),
        orders={name: [place[id_] for id_ in ids] for name, ids in orders.items()},
    )


def _document(head: DocumentHead) -> tuple[object, ...]:
    return (
        head.id, bound(head.title or head.name, 120), bound(head.publisher, 40),
        date_words(head.published) or "undated", -1 if head.findings is None else head.findings,
        int(head.set_aside),
    )  # fmt: skip


def contest_table(rows: Sequence[ContestRow]) -> Table:
    """The table of contested fields."""
    return Table(
        name="contested",
        rows=[_contest(row) for row in rows],
        columns={"severity": _column(((n, row.severity) for n, row in enumerate(rows)), len(rows))},
        facets=("severity",),
    )


def _contest(row: ContestRow) -> tuple[object, ...]:
    sides = [(bound(value_words(words, value), 200), told) for words, value, told in row.sides]
    return (
        row.record_id, bound(row.label, 120), field_words(row.field), bound(row.kind, 60),
        row.severity, bound(row.explanation, 200), sides,
    )  # fmt: skip
