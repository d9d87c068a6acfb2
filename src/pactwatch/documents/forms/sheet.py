"""A spreadsheet (XLSX, XLS, ODS): tables of texts or of addresses.

Comes in: the file. Goes out: for each row of each sheet what its columns tell (see `tables`),
stored as JSON of the row's cells. Formulas are not evaluated: what the file holds as their result
counts.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pactwatch.documents.forms.tables import Row, read_rows
from pactwatch.documents.forms.values import strings
from pactwatch.documents.given import Given, Item
from pactwatch.errors import DocumentError
from pactwatch.model import Problem

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

__all__ = ["read"]

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_STEP = "Open it in its own program, and save it as CSV"


def read(given: Given) -> Iterator[Item]:
    """Read a spreadsheet.

    Raises:
        DocumentError: it is broken or locked, or no sheet has a column of texts or addresses.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(given.read()))
        filled = [(name, sheet) for name in book.sheet_names
                  if (sheet := book.get_sheet_by_name(name)).height]  # fmt: skip
    except PasswordError:
        raise DocumentError(given.name, "locked with a password", _STEP) from None
    except CalamineError as error:
        fault = f"a broken spreadsheet ({str(error)[:80]})"
        raise DocumentError(given.name, fault, _STEP) from None
    faults: list[DocumentError] = []
    for name, sheet in filled:
        label = name if len(filled) > 1 else ""
        try:
            yield from read_rows(given, _rows(sheet), sheet=label, media_type=_MEDIA_TYPE)
        except DocumentError as error:
            faults.append(error)
    if not filled:
        raise DocumentError(given.name, "an empty spreadsheet", "Remove it from the folder")
    if len(faults) == len(filled):
        raise faults[0]
    for each in faults:
        fault = f"in one of its {len(filled)} sheets: {each.fault}"
        yield Problem(name=given.name, fault=fault, next_step=each.next_step)


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        known = [cell if isinstance(cell, str) else "".join(strings(cell)) for cell in cells]
        yield number, cells, json.dumps(known, ensure_ascii=False).encode("utf-8", "replace")
