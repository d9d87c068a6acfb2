"""One finding as people have corrected it: its roles, type, stage, form or binding.

Comes in: a finding, its document, and for each field what rules. Goes out: the finding under its
own id, new words cut out of the document. Words that no sentence of its evidence holds bring the
sentence around them along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from pactwatch.model import Document, Filler, Finding, Quote
from pactwatch.review.values import WORD_FIELDS

__all__ = ["GONE", "SENTENCE_END", "Change", "corrected", "filler_key", "sentence_around"]

Change = tuple[Any, ...]
"""What becomes of a filler, or of a whole field: ("gone",), ("as is",), ("value", value) or
("words", start, end, value)."""

GONE: Change = ("gone",)
WHOLE = ""
"""Stands for the whole field where a key of a filler could stand."""

_REACH = 500  # characters that a sentence without an end may have before and after the words
SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])|\n\s*\n")


def filler_key(filler: Filler) -> str:
    """What a filler is known by among those of its role."""
    return f"{filler.start}:{filler.end}"


def corrected(
    finding: Finding, document: Document, changes: Mapping[str, Mapping[str, Change]]
) -> Finding:
    """Correct a finding.

    Args:
        changes: By field, what becomes of each filler (`filler_key`), of the whole field ("") and
            of words added ("+" before their key).
    """
    words: dict[str, str | None] = {}
    roles = {role: list(fillers) for role, fillers in finding.roles.items()}
    for field, own in sorted(changes.items()):
        if field in WORD_FIELDS:
            change = own.get(WHOLE)
            if change is not None and change[0] in {"value", "gone"}:
                words[field] = change[1] if change[0] == "value" else None
        else:
            roles[field] = _role(roles.get(field, ()), document, own)
    kept = {role: tuple(fillers) for role, fillers in roles.items() if fillers}
    evidence = _evidence(finding, document, kept)
    return replace(finding, roles=kept, evidence=evidence, **words)  # type: ignore[arg-type]


def _role(
    fillers: Iterable[Filler], document: Document, changes: Mapping[str, Change]
) -> list[Filler]:
    result: list[Filler] = []
    whole = changes.get(WHOLE)
    if whole is not None and whole[0] == "words":
        result.append(_cut(document, whole))
    for filler in fillers:
        change = changes.get(filler_key(filler), ("as is",))
        if change == whole or change[0] == "gone":
            continue
        if change[0] == "words":
            result.append(_cut(document, change))
        elif change[0] == "value":
            result.append(replace(filler, value=change[1]))
        else:
            result.append(filler)
    for key, change in sorted(changes.items()):
        if key.startswith("+") and change[0] == "words":
            result.append(_cut(document, change))
    return list({(f.start, f.end): f for f in result}.values())


def _cut(document: Document, change: Change) -> Filler:
    _, start, end, value = change
    quote = Quote.cut(document, start, end)
    return Filler(text=quote.text, start=start, end=end, value=value)


def _evidence(
    finding: Finding, document: Document, roles: Mapping[str, tuple[Filler, ...]]
) -> tuple[Quote, ...]:
    evidence = list(finding.evidence)
    before = {(f.start, f.end) for many in finding.roles.values() for f in many}
    for _, fillers in sorted(roles.items()):
        for filler in fillers:
            inside = any(q.start <= filler.start and filler.end <= q.end for q in evidence)
            if not inside and (filler.start, filler.end) not in before:
                start, end = sentence_around(document.text, filler.start, filler.end)
                evidence.append(Quote.cut(document, start, end))
    return tuple(evidence)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence in which words stand, by its marks alone; cut where it is very long."""
    left = max(0, start - _REACH)
    ends = (match.end() for match in SENTENCE_END.finditer(text, left, start + 1))
    before = [end_ for end_ in ends if end_ <= start]
    begin = before[-1] if before else left
    after = SENTENCE_END.search(text, max(begin, end - 1), min(len(text), end + _REACH))
    stop = after.end() if after else min(len(text), end + _REACH)
    cut = text[begin:stop]
    begin += len(cut) - len(cut.lstrip())
    return min(begin, start), max(begin + len(cut.strip()), end)
