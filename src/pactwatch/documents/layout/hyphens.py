"""Lines of a paragraph put together: what a hyphen or a stroke at a line's end meant.

Comes in: the lines of a paragraph, and the words that the whole document writes. Goes out: the same
lines, each with what belongs between it and the next. A word cut in two is joined ("govern-/ment"),
a compound keeps its hyphen ("well-/known"). The document decides first, by how it writes the word
elsewhere; then lists of what compounds begin and words end with.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

__all__ = ["CUT", "Spelling", "join_lines"]

CUT = "\ufffe"
"""A hyphen at a line's end, as PDFium writes it."""
_HYPHENS = f"-‐\xad{CUT}"
_LAST = re.compile(rf"(\S*?)([{_HYPHENS}])$")
_FIRST = re.compile(r"[^\W\d_]+")
_PARTS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?(?:[-‐][^\W\d_]+)*")
_ADDRESS = re.compile(r"://|www\.|@")
_FEWEST_LETTERS = 4  # of both parts, for them to be words that only stand together here


class Spelling:
    """The words that a document writes inside its lines, where no hyphen is in doubt."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.words: set[str] = set()
        cut = False
        for line in lines:
            tokens = line.casefold().replace("‐", "-").split()[int(cut) :]
            cut = line[-1:] in _HYPHENS
            for token in tokens[:-1] if cut else tokens:
                if not _ADDRESS.search(token):
                    self.words.update(_PARTS.findall(token))


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    source = files("pactwatch.documents.layout").joinpath("hyphens.toml")
    return {
        key: frozenset(words) for key, words in tomllib.loads(source.read_text("utf-8")).items()
    }


def join_lines(lines: Sequence[str], spelling: Spelling) -> list[str]:
    """Put lines together.

    Returns:
        For each line what it becomes, blank at its end included; joined they are the paragraph.
    """
    pieces = [_joined(line, after, spelling) for line, after in pairwise(lines)]
    return [*pieces, lines[-1].replace(CUT, "-")] if lines else []


def _joined(line: str, after: str, spelling: Spelling) -> str:
    cut = _LAST.search(line)
    if cut is None:
        last = line[-1:]
        if last == "/" or (last == "—" and line[-2:-1] not in ("", " ")):
            return line
        if last == "–" and line[-2:-1].isdigit() and after[:1].isdigit():
            return line
        return f"{line} "
    before = cut[1]
    whole = line[: cut.start(2)]
    if not before:
        return f"{whole}- "  # a dash
    if cut[2] == "\xad":
        return whole
    if _is_compound(before, after, spelling):
        return f"{whole}-"
    return whole


def _is_compound(before: str, after: str, spelling: Spelling) -> bool:
    match = _FIRST.match(after)
    if match is None or _ADDRESS.search(before) or not before[-1].isalpha():
        return True
    parts = _PARTS.findall(before)
    first, second = (parts[-1] if parts else before), match[0]
    capitals = first.isupper() and second.isupper() and len(first) > 3
    if not (second[0].islower() or capitals):
        return True  # "Trans-Pacific"
    first, second = first.casefold().replace("‐", "-"), second.casefold()
    if f"{first}{second}" in spelling.words:
        return False
    if (
        f"{first}-{second}" in spelling.words
        or "-" in first
        or after[match.end() : match.end() + 1] == "-"
    ):
        return True
    lists = _lists()
    if second in lists["endings"] or first in lists["closed"]:
        return False
    if first in lists["open"] or first in lists["tens"]:
        return True
    long = min(len(first), len(second)) >= _FEWEST_LETTERS
    return long and first in spelling.words and second in spelling.words
