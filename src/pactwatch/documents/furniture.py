"""Which lines of a text are furniture: what stood around an article and was copied or archived with
it.

Comes in: a text. Goes out: spans over menu words, share buttons, lists of other headlines, contact
lines, cookie notices, print footers, reader comments. A line is furniture by its own pattern, or
as part of a run between such lines; prose is furniture only among reader comments. Headlines,
bylines, dates and the names of offices are evidence and stay. In doubt a line stays: a needless
line costs little, a lost sentence is lost.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from pactwatch.documents.lines import Line, is_prose, split_lines
from pactwatch.model import Span

__all__ = ["find_furniture", "merge_spans"]

_LONGEST = 400  # characters; a longer line is prose, whatever it begins with

_BULLET = re.compile(r"^(?:[•·*▪■◦○►▶»>|\-–—]+\s*)+")


_PARTS = {
    "<phone>": r"(?:\+\d[\d ()\-]{7,}\d|\(?0\d{1,3}\)?[ \-]?\d[\d ]{4,}\d"
    r"|\(\d{2,4}\) ?\d[\d \-]{4,}\d"
    r"|\b\d{3}[.\- ]\d{3}[.\- ]\d{4}\b|\b1[38]00 ?\d{3} ?\d{3}\b)",
    "<mail>": r"[\w.+\-]+@[\w\-]+\.[\w.\-]+",
    "<web>": r"(?:https?://|www\.)\S+",
    "<day>": r"\d{1,4}[/.\-]\d{1,2}[/.\-]\d{2,4}",
}


def _compile(pattern: str) -> re.Pattern[str]:
    for name, part in _PARTS.items():
        pattern = pattern.replace(name, part)
    return re.compile(pattern, re.IGNORECASE)


_DATA = tomllib.loads(files("pactwatch.documents").joinpath("furniture.toml").read_text("utf-8"))
_LONE = frozenset(_DATA["lone"])
_MENU = _LONE | frozenset(_DATA["menu"])
_PATTERNS = tuple(_compile(pattern) for entry in _DATA["line"] for pattern in entry["patterns"])

_INLINE_HEAD = re.compile(
    r"(?:related|related (?:articles?|stor(?:y|ies)|posts?|news|links?|content|coverage)|read more"
    r"|see also|also read|read also|more on this(?: story)?)\s*:?",
    re.IGNORECASE,
)
_LIST_HEAD = re.compile(
    r"(?:popular posts from this blog|popular posts|most (?:read|popular|viewed|shared|commented)"
    r"|trending(?: now)?|top stories|editor'?s'? picks?|don'?t miss"
    r"|you (?:may|might) (?:also )?like"
    r"|you (?:may|might) also be interested in|recommended(?: for you| stories| reading)?"
    r"|what to read next"
    r"|keep reading|more from .{2,40}|more (?:news|stories|articles|headlines)|more in .{2,40}"
    r"|(?:latest|recent) (?:news|stories|posts|articles|headlines|e-?books|videos|comments|updates)"
    r"|related (?:articles|stories|posts|news|links|content|coverage|topics)"
    r"|other (?:news|stories|articles)"
    r"|(?:contenido|notas|noticias|artículos) relacionad[oa]s?|lo más leído|les plus lus"
    r"|am meisten gelesen"
    r"|meistgelesen|das könnte sie auch interessieren|notícias relacionadas|mais lidas)\s*:?",
    re.IGNORECASE,
)
_COMMENTS_HEAD = re.compile(
    r"(?:\d+ )?(?:reader )?(?:comments?|responses|replies|thoughts on .{1,140})(?: ?\(\d+\))?:?",
    re.IGNORECASE,
)
_COMMENT_SIGN = re.compile(
    r"reply|report(?: abuse)?|flag|like|\d+ (?:minute|hour|day|week|month|year)s? ago"
    r"|.{1,40}\bsays:?"
    r"|.{0,60}\bat \d{1,2}[:.]\d\d ?(?:am|pm|a\.m\.|p\.m\.)?|(?:posted )?by .{1,30} on .{4,30}",
    re.IGNORECASE,
)
_CELL = re.compile(r"\s*\|\s*|\s{2,}|\t+")
_CRUMBS = re.compile(r"[^\W\d][^>»›|]{0,40}(?:\s[>»›]\s[^\W_][^>»›|]{0,60}){1,6}")
_OFFICE = re.compile(
    r"\b(?:minister|president|senator|secretary|leader|member|governor|commissioner|hon|mp|mps|ambassador)\b",
    re.I,
)

_OFFICE_LINE = re.compile(
    r"(?:the )?(?:\w+ ){0,2}(?:minister|secretary|leader|member|senator|president|governor) "
    r"(?:for|of)(?: [\w,&]+){1,8}$",
    re.IGNORECASE,
)


def find_furniture(text: str, *, runs: bool = True) -> tuple[Span, ...]:
    """Find the lines of a text that are no part of the report.

    Args:
        runs: Mark lists of other headlines and readers' comments too, which are known by their
            heading alone; not for pages, whose elements say where these end.

    Returns:
        Spans, sorted and disjoint, each from the first to the last letter of a run of whole lines.
    """
    lines = list(split_lines(text))
    marked = [_is_furniture(line.words) for line in lines]
    prose = [is_prose(line.words) for line in lines]
    _fill_menus(lines, marked, prose)
    if runs:
        _mark_headlines(lines, marked, prose)
        _mark_comments(lines, marked, prose)
    spans = [
        Span(start=line.start, end=line.end)
        for line, is_marked in zip(lines, marked, strict=True)
        if is_marked
    ]
    return merge_spans(text, spans)


def merge_spans(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sort spans and join those that overlap or have only blanks between them."""
    merged: list[Span] = []
    for span in sorted(spans):
        last = merged[-1] if merged else None
        if last and not text[last.end : span.start].strip():
            merged[-1] = Span(start=last.start, end=max(last.end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


@lru_cache(maxsize=4096)
def _is_furniture(words: str) -> bool:
    if len(words) > _LONGEST:
        return False
    bare = _BULLET.sub("", words).strip(" |[]").replace("’", "'") or words
    if bare.casefold().strip(": ") in _LONE:
        return True
    if any(pattern.fullmatch(bare) for pattern in _PATTERNS):
        return True
    return _is_menu_row(words) or _is_breadcrumb(words)


def _is_menu_row(words: str) -> bool:
    """A row such as "Home | Search | Links", or the same words with blanks only between them."""
    cells = [cell.casefold().strip(" |[]") for cell in _CELL.split(words.strip(" |"))]
    cells = [cell for cell in cells if cell]
    if len(cells) >= 2 and all(len(cell.split()) <= 5 for cell in cells):
        return (
            2 * sum(cell in _MENU for cell in cells) >= len(cells)
            and len(cells) + ("|" in words) > 2
        )
    return _share_of_menu(words) >= 0.6


def _share_of_menu(words: str) -> float:
    """The share of a line's words that a row of at least three menu entries makes up."""
    tokens = words.casefold().split()
    if not 3 <= len(tokens) <= 40:
        return 0.0
    covered = entries = at = 0
    while at < len(tokens):
        size = next((n for n in (4, 3, 2, 1) if " ".join(tokens[at : at + n]) in _MENU), 0)
        entries += size > 0
        covered += size
        at += max(size, 1)
    return covered / len(tokens) if entries >= 3 else 0.0


def _is_breadcrumb(words: str) -> bool:
    if not _CRUMBS.fullmatch(words) or words.endswith("."):
        return False
    cells = re.split(r"\s[>»›]\s", words)
    return all(len(cell.split()) <= 6 for cell in cells[:-1]) and len(cells[-1].split()) <= 14


def _fill_menus(lines: Sequence[Line], marked: list[bool], prose: Sequence[bool]) -> None:
    """Mark menu words in a row at either edge, with up to two short lines between them."""

    def entry(at: int) -> bool:
        return marked[at] or _BULLET.sub("", lines[at].words).casefold() in _MENU

    def fits(at: int) -> bool:
        words = lines[at].words
        short = len(words) <= 40 and len(words.split()) <= 4
        return short and not _OFFICE.search(words) and not re.search(r"[\d.!?]", words)

    first = next((at for at, is_one in enumerate(prose) if is_one), len(lines))
    last = next((at for at in range(len(lines) - 1, -1, -1) if prose[at]), -1)
    for low, high in ((0, first), (last + 1, len(lines))):
        known = [at for at in range(low, high) if entry(at)]
        for left, right in pairwise(known):
            between = range(left + 1, right)
            near = len(between) <= 2 and all(fits(at) for at in between)
            if near and (marked[left] or marked[right] or right + 1 in known or left - 1 in known):
                for at in range(left, right + 1):
                    marked[at] = True


def _mark_headlines(lines: Sequence[Line], marked: list[bool], prose: Sequence[bool]) -> None:
    """Mark the headlines of other articles under "RELATED:", once the article has begun."""
    begun = False
    for at, line in enumerate(lines):
        begun = begun or (prose[at] and not marked[at])
        bare = _BULLET.sub("", line.words).replace("’", "'")
        if not begun or len(bare) > 80:
            continue
        is_list = bool(_LIST_HEAD.fullmatch(bare))
        if not is_list and not _INLINE_HEAD.fullmatch(bare):
            continue
        marked[at] = True
        for follower in range(at + 1, min(at + (31 if is_list else 4), len(lines))):
            if prose[follower] and not lines[follower].words.endswith("?"):
                break
            if len(lines[follower].words) > 160:
                break
            if not is_list and follower > at + 1 and lines[follower].gap:
                break
            marked[follower] = marked[follower] or not _OFFICE_LINE.match(lines[follower].words)


def _mark_comments(lines: Sequence[Line], marked: list[bool], prose: Sequence[bool]) -> None:
    """Mark all after a heading "12 comments", if at least two signs of readers follow."""
    begun = False
    signs = [len(x.words) < 100 and bool(_COMMENT_SIGN.fullmatch(x.words)) for x in lines]
    left = sum(signs)
    for at, line in enumerate(lines):
        begun = begun or (prose[at] and not marked[at])
        left -= signs[at]
        if left < 2:
            return
        if begun and len(line.words) < 160 and _COMMENTS_HEAD.fullmatch(line.words):
            marked[at:] = [True] * (len(lines) - at)
            return
