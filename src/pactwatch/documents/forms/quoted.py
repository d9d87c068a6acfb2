"""What of a mail is not its sender's: older messages that it quotes, and the signature.

Comes in: the text of a mail. Goes out: spans of quoted lines with the line that announces them ("On
Monday X wrote:"), of all below the head of a forwarded or original message in a reply, and of a
signature under its dashes. A forwarded message that stands alone is what the mail reports, and
stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pactwatch.documents.lines import Line, split_lines
from pactwatch.model import Span

__all__ = ["quoted_spans"]

_QUOTED = re.compile(r"(?:>|\|(?=\s)|[A-Z]{1,3}>)")
_ANNOUNCED = re.compile(
    r"(?:on\b.{4,200}|le\b.{4,200}|am\b.{4,200}|el\b.{4,200}|.{2,100}<[^<>@\s]+@[^<>\s]+>.{0,80})"
    r"\b(?:wrote|writes|said|a écrit|schrieb|escribió)\s?:",
    re.I,
)
_ORIGINAL = re.compile(
    r"[-_=\s]*(?:original message|original-nachricht|ursprüngliche nachricht|message d'origine"
    r"|mensaje original)[-_=\s]*",
    re.I,
)
_RULE = re.compile(r"_{20,}")
_HEAD = re.compile(r"\*?(?:from|sent|to|date|subject|cc)\s*:\*?\s", re.I)
_SIGNATURE = re.compile(r"--|—")
_LIST_RULE = re.compile(r"_{30,}|-{40,}")
_LIST_WORDS = re.compile(r"mailing list|unsubscribe|listinfo|list archives?", re.I)
_LONGEST_SIGNATURE = 15  # lines


def quoted_spans(text: str) -> Iterator[Span]:
    """Find what is quoted, and signatures."""
    lines = list(split_lines(text))
    marked = [bool(_QUOTED.match(line.words)) for line in lines]
    for at in range(len(lines)):
        if _announces(lines, marked, at):
            marked[at] = True
            if at + 1 < len(lines) and not marked[at + 1]:
                marked[at + 1] = bool(re.search(r"wrote\s?:$", lines[at + 1].words))
    start = _original(lines, marked)
    end = _signature(lines, text)
    for at, line in enumerate(lines):
        if marked[at] or at >= start or at >= end:
            yield Span(start=line.start, end=line.end)


def _announces(lines: list[Line], marked: list[bool], at: int) -> bool:
    """A line "On … wrote:", or its first half, before a quotation."""
    words = lines[at].words
    following = next((n for n in range(at + 1, min(at + 3, len(lines)))
                      if not re.search(r"wrote\s?:$", lines[n].words)), None)  # fmt: skip
    if following is None or not marked[following] or marked[at]:
        return False
    two = f"{words} {lines[at + 1].words}"
    return bool(_ANNOUNCED.fullmatch(words)) or (
        following == at + 2 and bool(_ANNOUNCED.fullmatch(two))
    )


def _original(lines: list[Line], marked: list[bool]) -> int:
    """Where the original of a reply begins: under its heading, or a rule and a head of mail."""
    for at, line in enumerate(lines):
        said_before = any(not m for m in marked[:at])
        if not said_before:
            continue
        heads = sum(bool(_HEAD.match(x.words)) for x in lines[at + 1 : at + 6])
        if _ORIGINAL.fullmatch(line.words) or (_RULE.fullmatch(line.words) and heads >= 3):
            return at
    return len(lines)


def _signature(lines: list[Line], text: str) -> int:
    """Where a signature begins: the last dashes alone on a line, or the rule of a mailing list."""
    for at in range(len(lines) - 1, max(len(lines) - _LONGEST_SIGNATURE - 2, 0), -1):
        words = lines[at].words
        rest = " ".join(line.words for line in lines[at:])
        if _SIGNATURE.fullmatch(words) and text[: lines[at].start].strip():
            return at
        if _LIST_RULE.fullmatch(words) and _LIST_WORDS.search(rest):
            return at
    return len(lines)
