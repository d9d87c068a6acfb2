"""The rows of a table, once its cells are known: which row names the columns, and what each other
row tells.

Comes in: rows of cells with their numbers. Goes out: the items of `rows`, named by the numbers that
a spreadsheet shows. A table that names no column of texts or addresses is refused with its columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from pactwatch.documents.forms.members import LeftOut
from pactwatch.documents.forms.rows import columns_of, item_of, known
from pactwatch.documents.forms.values import is_address, strings
from pactwatch.documents.given import Given, Item
from pactwatch.errors import DocumentError

__all__ = ["Row", "find_header", "read_rows"]

Row = tuple[int, Sequence[object], bytes]
"""Number, cells, and the bytes that the row was made of."""

_HEAD = 12  # rows in which names of columns are looked for: exports begin with a title or a search
_TOO_WIDE = ("more cells than the table has columns", "Put its text in quotation marks")
_NOTHING = ("neither text nor address in it", "Look into it; name the columns with --column")


def find_header(rows: Sequence[Sequence[object]], asked: Mapping[str, str]) -> int | None:
    """The first row that names a column of texts or addresses, or one that the user names."""
    for at, cells in enumerate(rows):
        names = [" ".join(words) for words in map(strings, cells) if words]
        if asked and set(asked.values()) <= set(names):
            return at
        short = all(len(name) < 60 and not is_address(name) for name in names)
        if not asked and short and known(names) & {"text", "address"}:
            return at
    return None


def read_rows(
    given: Given, rows: Iterable[Row], *, sheet: str = "", media_type: str
) -> Iterator[Item]:
    """Read the rows of a table.

    Args:
        sheet: Name of the sheet, for a file with several.

    Raises:
        DocumentError: it has no column of texts or addresses.
    """
    remaining = iter(rows)
    head: list[Row] = []
    broken: DocumentError | None = None
    try:
        head.extend(islice(remaining, _HEAD))
    except DocumentError as error:
        broken = error
    names = _names(given, [cells for _, cells, _ in head])
    left = LeftOut(given)
    start, header = names
    body = chain(head[start:], () if broken else remaining)
    try:
        for number, cells, original in body:
            part = f"{sheet}/{number}" if sheet else str(number)
            if any(strings(cell) for cell in cells[len(header) :]):
                left.add(part, *_TOO_WIDE)
                continue
            row: dict[str, object] = {}
            for name, cell in zip(header, cells, strict=False):
                row.setdefault(name, cell)
            if not any(strings(cell) for cell in cells):
                continue
            item = item_of(
                given, row, part=part, original=original, place="table", media_type=media_type
            )
            if item is None:
                left.add(part, *_NOTHING)
            else:
                yield item
    except DocumentError as error:
        broken = error
    yield from left.problems()
    if broken is not None:
        raise broken


def _names(given: Given, rows: list[Sequence[object]]) -> tuple[int, list[str]]:
    """Where the rows of content begin, and the names of their columns.

    Raises:
        DocumentError: no column of texts or addresses is named.
    """
    at = find_header(rows, given.options.columns)
    if at is None and not given.options.columns:
        for begin, cells in enumerate(rows[:2]):  # addresses without a header, or under a bare one
            found = [n for n, cell in enumerate(cells) if _holds_address(cell)]
            if found:
                return begin, [f"url{n}" if n != found[0] else "url" for n in range(len(cells))]
    header = ["".join(strings(cell)).strip() for cell in rows[at or 0]] if rows else []
    columns_of(given, header)
    return (at or 0) + 1, header


def _holds_address(cell: object) -> bool:
    return isinstance(cell, str) and is_address(cell.strip())
