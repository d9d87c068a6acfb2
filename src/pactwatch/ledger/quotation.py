"""How two quotations of one statement differ: cut short without a mark, or worded otherwise.

Comes in: two quotations with their documents. Goes out: a verdict in a few words, or None. Leaving
out whole sentences, or quoting a few words within a sentence of one's own, is fair and never
reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.distance import Levenshtein, Opcode

from pactwatch.ledger.words import longest_run, tokens

__all__ = ["compare_quotations"]

_RUN = 8
# Marks that were decoded wrongly on the way into print: "Ã¢ÂÂ" for a dash.
_GARBLED = re.compile(r"[ÃÂâ][\x80-\xbfÂâ€™“”œž¢]+")
_SENTENCE_END = re.compile(r"(?<![.…])(?<!\. )[.!?]['’\"”]?\s*$")
_MARK = re.compile(r"\.\s?\.\s?\.|…|\[|\(")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def compare_quotations(one: str, other: str, *, whole: bool = True) -> str | None:
    """Say how two quotations of the same words differ.

    Args:
        one, other: The quoted words, without outer quotation marks.
        whole: Both are quoted whole ("direct"); else only words inside quotation marks count.

    Returns:
        "shortened", "reworded", "slip" (all that differs is a letter lost) or None.
    """
    one, other = (_GARBLED.sub(" ", text) for text in (one, other))
    if not whole:
        one, other = _inside(one), _inside(other)
    a, b = tokens(one), tokens(other)
    at_a, at_b, run = longest_run(a, b)
    if run < _RUN:
        return None
    if len(a) > len(b):
        one, other, a, b, at_a, at_b = other, one, b, a, at_b, at_a
    if at_a == 0 and run == len(a):
        return "shortened" if _is_cut(one, other, at_b, run) else None
    changes = Levenshtein.opcodes(a, b)
    changed = [c for c in changes if c.tag != "equal"]
    distance = Levenshtein.distance(a, b)
    if distance > max(2, len(b) // 10):
        return None
    if _other_names(one, other, changed, len(a), len(b)):
        return None
    words = [
        (a[c.src_start : c.src_end], b[c.dest_start : c.dest_end])
        for c in changed
    ]  # fmt: skip
    return "slip" if all(_a_letter_less(x, y) for x, y in words) else "reworded"


def _other_names(one: str, other: str, changed: Iterable[Opcode], first: int, second: int) -> bool:
    """Whether names stand where the other has other names: then each speaks of its own place."""
    raw = [_WORD.findall(text.replace("’", "'")) for text in (one, other)]
    if (len(raw[0]), len(raw[1])) != (first, second):
        return False
    return any(
        all(
            any(word[:1].isupper() for word in words)
            for words in (raw[0][c.src_start : c.src_end], raw[1][c.dest_start : c.dest_end])
        )
        for c in changed
    )


def _a_letter_less(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one word stands for one other, and either is the other without one letter."""
    if len(one) != 1 or len(other) != 1:
        return False
    short, long = sorted((one[0], other[0]), key=len)
    missing = [i for i in range(len(long)) if long[:i] + long[i + 1 :] == short]
    # A plural or another tense is no slip of the press.
    return bool(missing) and missing != [len(long) - 1]


def _inside(text: str) -> str:
    """The words inside quotation marks, else the whole."""
    parts = re.findall(r"[“\"]([^”\"]+)[”\"]", text)
    return max(parts, key=len) if parts else text


def _is_cut(short: str, long: str, at: int, run: int) -> bool:
    """Whether the shorter passes for whole although the longer begins before or goes on."""
    spots = list(_WORD.finditer(long.replace("’", "'")))
    if at + run > len(spots) or _MARK.search(short[:4] + short[-4:]):
        return False
    before, after = long[: spots[at].start()], long[spots[at + run - 1].end() :]
    lead = short.lstrip("“\"'‘ ")
    opens_late = bool(before.strip()) and not _SENTENCE_END.search(before.rstrip("“\"'‘ "))
    if (
        opens_late
        and lead[:1].isupper()
        and long[spots[at].start() - 2 : spots[at].start()] != ". "
    ):
        return True
    ends_early = bool(_WORD.search(after)) and not re.match(r"\s*['’”\"]?\s*[.!?](?!\s?\.)", after)
    return ends_early and bool(_SENTENCE_END.search(short))
