"""The numbers and bullets that Word prints before the paragraphs of its lists.

Comes in: the parts of a Word file that tell of lists and styles. Goes out: for each paragraph,
asked in order, what stands before it: "2.", "(a)", "Article 3", "•". Word stores no such words: it
counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from pactwatch.documents.forms.package import children

__all__ = ["Numbers", "as_letters", "as_roman"]

_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_DEEPEST = 20  # styles that a style is based on


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    words: str
    start: int


class Numbers:
    """What is counted in one document."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        abstract = {
            _value(node, "abstractNumId"): _levels(node)
            for node in children(numbering, "abstractNum")
        }
        self._counted_by: dict[str, str] = {}
        for node in children(numbering, "num"):
            number = _value(node, "numId")
            base = _child_value(node, "abstractNumId")
            self._levels[number] = abstract.get(base, {})
            self._counted_by[number] = base
        self._styles = {_value(node, "styleId"): node for node in children(styles, "style")}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)

    def before(self, properties: Any) -> str:
        """What stands before the paragraph with these properties; "" if nothing."""
        number, depth = self._number_of(properties)
        level = self._levels.get(number, {}).get(depth)
        if level is None:
            return ""
        counts = self._counts[self._counted_by[number]]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [key for key in counts if key > depth]:
            del counts[deeper]
        if level.form == "bullet":
            return "•"
        if level.form == "none":
            return ""

        def counted(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = self._levels[number].get(at, level)
            return _formed(counts.get(at, other.start), other.form)

        return _PLACE.sub(counted, level.words).strip()

    def _number_of(self, properties: Any) -> tuple[str, int]:
        node = _only(properties, "numPr")
        style = _child_value(properties, "pStyle")
        for _ in range(_DEEPEST):
            if node is not None or style not in self._styles:
                break
            above = self._styles[style]
            node = _only(_only(above, "pPr"), "numPr")
            style = _child_value(above, "basedOn")
        depth = _child_value(node, "ilvl")
        return _child_value(node, "numId"), int(depth) if depth.isdecimal() else 0


def _levels(node: Any) -> dict[int, _Level]:
    levels = {}
    for child in children(node, "lvl"):
        start = _child_value(child, "start")
        depth = _value(child, "ilvl")
        if depth.isdecimal():
            levels[int(depth)] = _Level(
                _child_value(child, "numFmt") or "decimal",
                _child_value(child, "lvlText"),
                int(start) if start.isdecimal() and len(start) < 7 else 1,
            )
    return levels


def _only(node: Any, name: str) -> Any:
    found = children(node, name)
    return found[0] if found else None


def _child_value(node: Any, name: str) -> str:
    child = _only(node, name)
    return "" if child is None else _value(child, "val")


def _value(node: Any, name: str) -> str:
    return next((str(v) for key, v in node.items() if key.rpartition("}")[2] == name), "")


def _formed(count: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        words = as_letters(count)
    elif form in ("lowerRoman", "upperRoman"):
        words = as_roman(count)
    elif form == "decimalZero":
        return f"{count:02}"
    elif form in ("bullet", "none"):
        return ""
    else:
        return str(count)
    return words.upper() if form.startswith("upper") else words


def as_letters(count: int) -> str:
    """1 is "a", 27 is "aa", as word processors count."""
    if not 0 < count < 1000:
        return str(count)
    repeats, letter = divmod(count - 1, 26)
    return chr(ord("a") + letter) * (repeats + 1)


def as_roman(count: int) -> str:
    """1 is "i", 14 is "xiv"."""
    if not 0 < count < 4000:
        return str(count)
    words = []
    for value, letters in _ROMAN:
        times, count = divmod(count, value)
        words.append(letters * times)
    return "".join(words)
