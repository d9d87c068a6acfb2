"""Paragraphs and tables put together to the text of an office file.

Comes in: paragraphs and rows in order. Goes out: one text, blocks set apart by blank lines, cells
by tabs, and from it a `Told`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pactwatch.documents.decoding import storable
from pactwatch.documents.forms.properties import Properties, tidy_title
from pactwatch.documents.given import Told
from pactwatch.documents.metadata import find_byline

__all__ = ["Writing", "told_of"]

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\xad\u200b\ufeff]")
_BLANKS = re.compile(r"[ \xa0\u2000-\u200a\u202f\u3000]+")


class Writing:
    """A text that grows block by block."""

    def __init__(self) -> None:
        self._blocks: list[str] = []

    def paragraph(self, words: str) -> None:
        """Add a paragraph, if it has words; its line breaks stay."""
        clean = _BLANKS.sub(" ", _CONTROLS.sub("", words))
        lines = [line.strip(" ") for line in clean.strip().splitlines()]
        if any(lines):
            self._blocks.append("\n".join(line for line in lines if line))

    def table(self, rows: Iterable[Sequence[str]]) -> None:
        """Add a table, a line for each row that has words."""
        lines = ["\t".join(_plain(cell) for cell in row).rstrip() for row in rows]
        if any(lines):
            self._blocks.append("\n".join(line for line in lines if line))

    @property
    def text(self) -> str:
        """What has been added."""
        return storable("\n\n".join(self._blocks))


def _plain(cell: str) -> str:
    return " ".join(_CONTROLS.sub("", cell).split())


def told_of(
    text: str, media_type: str, name: str, properties: Properties, *, heading: str | None
) -> Told:
    """A text with its properties; a byline counts more than who typed it.

    Args:
        name: Of the file.
        heading: The title that is printed, for a file whose properties tell none.
    """
    byline = find_byline(text)
    title = tidy_title(properties.title, name)
    places = {}
    if byline:
        places["authors"] = "text"
    if not title and heading:
        places["title"] = "text"
    return Told(
        text=text,
        media_type=media_type,
        title=title or heading,
        authors=byline or properties.authors,
        created=properties.created,
        modified=properties.modified,
        language=properties.language,
        place="properties",
        metadata_from=places,
    )
