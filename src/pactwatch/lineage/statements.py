"""Quoted statements that are the same words, whoever prints them.

Comes in: findings of kind statement. Goes out: groups of those whose quoted words are the same, or
a shorter form of the same. It compares statements only, so that quotations too short for a passage
are known too.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from pactwatch.model import Finding, Span

__all__ = ["quoted_spans", "same_words", "words_of"]

_RUN = 8  # quoted words in a row that two documents don't share by chance
_SHARE = 0.3  # of the shorter statement's runs
_LEAST = 4  # words of a quotation that is compared as a whole
_QUOTED = re.compile(r"[“\"]([^”\"“]+)[”\"]?")
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def words_of(text: str) -> tuple[str, ...]:
    """Words without case, accents and the form of apostrophes."""
    plain = text.replace("’", "'").replace("‘", "'")
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(_TOKEN.findall(plain.casefold()))


def quoted_spans(finding: Finding) -> tuple[Span, ...]:
    """Where the quoted words stand: all of a direct statement, the marked ones of a mixed."""
    if finding.kind != "statement" or finding.form not in {"direct", "mixed"}:
        return ()
    spans: list[Span] = []
    for content in finding.roles.get("content", ()):
        if finding.form == "direct":
            spans.append(Span(start=content.start, end=content.end))
        else:
            spans += [
                Span(start=content.start + m.start(1), end=content.start + m.end(1))
                for m in _QUOTED.finditer(content.text)
            ]
    return tuple(spans)


def same_words(statements: Sequence[Finding]) -> list[list[Finding]]:
    """Group statements that share a good part of their quoted words; short ones when equal."""
    bearers: dict[tuple[str, ...], list[int]] = defaultdict(list)
    keys = [_keys(statement) for statement in statements]
    for index, own in enumerate(keys):
        for key in own:
            bearers[key].append(index)
    pairs = {pair for members in bearers.values() for pair in pairwise(members)}
    same = [(i, j) for i, j in sorted(pairs) if _alike(keys[i], keys[j])]
    return [[statements[i] for i in group] for group in _groups(len(statements), same)]


def _keys(statement: Finding) -> frozenset[tuple[str, ...]]:
    """All runs of the quoted words; words too few for a run are one key of their own."""
    keys: set[tuple[str, ...]] = set()
    for span in quoted_spans(statement):
        for content in statement.roles.get("content", ()):
            if not (content.start <= span.start and span.end <= content.end):
                continue
            words = words_of(content.text[span.start - content.start : span.end - content.start])
            if len(words) >= _RUN:
                keys.update(words[at : at + _RUN] for at in range(len(words) - _RUN + 1))
            elif len(words) >= _LEAST:
                keys.add(words)
    return frozenset(keys)


def _alike(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    """Less in common than this is a turn of phrase that the speaker uses again."""
    return len(one & other) >= _SHARE * min(len(one), len(other))


def _groups(count: int, pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Join indices 0 to `count` - 1 along pairs; groups and members in order."""
    root = list(range(count))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for i, j in pairs:
        a, b = sorted((find(i), find(j)))
        root[b] = a
    groups: dict[int, list[int]] = defaultdict(list)
    for i in range(count):
        groups[find(i)].append(i)
    return list(groups.values())
