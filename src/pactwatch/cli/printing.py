"""What the commands print with: lines, aligned rows and JSON Lines.

Comes in: strings out of documents that nobody vouches for, with styles. Goes out: the terminal or a
pipe. Every string is cleaned of control characters here and is never read as markup; a pipe gets no
colours and whole lines, a terminal gets lines that fit it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pactwatch.report.words import clean, shorten

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

__all__ = ["Part", "Screen", "escape_json", "json_line", "note", "print_json"]

Part = str | tuple[str, str]
"""Words, or words with a rich style."""

WIDEST = 120  # columns; longer lines of prose can't be read well
LEAST = 16  # columns that a shortened cell keeps
_UNPRINTED = re.compile("[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")


class Screen:
    """Standard output, or standard error. Made anew by each command, so that tests can catch it."""

    def __init__(self, *, error: bool = False) -> None:
        from rich.console import Console

        self.console: Console = Console(stderr=error, markup=False, highlight=False, emoji=False)
        self.terminal = self.console.is_terminal

    @property
    def width(self) -> int | None:
        """Columns to fill, or None where lines may be of any length."""
        return min(self.console.width, WIDEST) if self.terminal else None

    def line(self, *parts: Part, indent: int = 0, whole: bool = False) -> None:
        """Print parts as one line; a terminal wraps it under its own beginning, unless it is to
        stay `whole`, as a command that people copy."""
        text = _text(parts)
        if self.width is None or whole:
            self.console.print(" " * indent, text, sep="", soft_wrap=True)
            return
        for piece in text.wrap(self.console, max(20, self.width - indent)):
            piece.rstrip()
            self.console.print(" " * indent, piece, sep="", soft_wrap=True)

    def head(self, words: str) -> None:
        """Print a headline after an empty line."""
        self.line()
        self.line((words, "bold"))

    def items(self, items: Sequence[str]) -> None:
        """Print items beside one another; a terminal breaks lines between them, never in them."""
        lines = [""]
        for item in items:
            longer = f"{lines[-1]}   {item}" if lines[-1] else item
            if self.width is not None and lines[-1] and len(longer) > self.width:
                lines.append(item)
            else:
                lines[-1] = longer
        for line in lines:
            self.line(line)

    def rows(
        self,
        rows: Sequence[Sequence[Part]],
        *,
        indent: int = 0,
        give: Sequence[int] = (0,),
        below: Sequence[Part] = (),
    ) -> None:
        """Print rows with their columns aligned.

        Args:
            give: The columns that are shortened where the terminal is too narrow, the first of
                them first, each down to `LEAST` columns.
            below: For each row a line to print under it.
        """
        from rich.cells import cell_len

        cells = [[_split(part) for part in row] for row in rows]
        widths = [
            max(cell_len(words) for words, _ in column) for column in zip(*cells, strict=True)
        ]
        if self.width is not None and widths:
            over = indent + sum(widths) + 2 * (len(widths) - 1) - self.width
            for column in give:
                less = min(max(0, over), max(0, widths[column] - LEAST))
                widths[column] -= less
                over -= less
            for column in give:
                for row in cells:
                    row[column] = (shorten(row[column][0], widths[column]), row[column][1])
                widths[column] = max(cell_len(row[column][0]) for row in cells)
        for place, row in enumerate(cells):
            line: list[Part] = []
            for number, (words, style) in enumerate(row):
                last = number == len(row) - 1
                gap = "" if last else " " * (widths[number] - cell_len(words) + 2)
                line += [(words, style), gap]
            text = _text(line)
            text.rstrip()
            self.console.print(" " * indent, text, sep="", soft_wrap=True)
            if below:
                self.line(below[place], indent=indent + 2)


def _split(part: Part) -> tuple[str, str]:
    words, style = part if isinstance(part, tuple) else (part, "")
    return " ".join(clean(words).split("\n")), style


def _text(parts: Iterable[Part]) -> Text:
    from rich.text import Text

    return Text.assemble(*((clean(words), style) for words, style in map(_split, parts)), end="")


def note(*parts: Part) -> None:
    """Print a line to standard error: what is no result."""
    Screen(error=True).line(*parts)


def escape_json(line: str) -> str:
    r"""Write characters that could drive a terminal or turn a line as ``\u…``; it stays the same
    JSON."""
    return _UNPRINTED.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


def json_line(value: object) -> str:
    """A value of the model as one line of JSON."""
    import msgspec

    encoder = msgspec.json.Encoder(decimal_format="number")
    return escape_json(encoder.encode(value).decode())


def print_json(values: Iterable[object]) -> None:
    """Print values as JSON Lines."""
    for value in values:
        sys.stdout.write(json_line(value) + "\n")
