"""When two findings tell of one statement: the same speaker, and words that are the same.

Comes in: facts of statements. Goes out: `Rules`, and how two quotations of one statement differ. A
paraphrase in other words stays a statement of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from zlib import crc32

from rapidfuzz.fuzz import token_sort_ratio

from pactwatch.ledger.compare import days_apart
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.merge import Rules
from pactwatch.ledger.words import likeness, longest_run, tokens

__all__ = ["STATEMENTS", "content_tokens"]

_RUN = 8  # words in a row that two speeches don't share by chance
_SHARE = 0.4  # of the shorter: less is a turn of phrase that a speaker uses again
_NEAR = 88.0
_SAME_DAYS = 7
_ALIKE = 0.4


def content_tokens(facts: Facts) -> tuple[str, ...]:
    """All words of the statement, in order."""
    return facts.once(
        "tokens",
        "content",
        lambda: tuple(t for filler in facts.fillers("content") for t in tokens(filler.text)),
    )


@lru_cache(maxsize=16384)
def _shared_run(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    return longest_run(one, other)[2]


def _blocks(facts: Facts) -> Iterable[str]:
    words = content_tokens(facts)
    if not words:
        return
    for start in range(max(1, len(words) - _RUN + 1)):
        yield " ".join(words[start : start + _RUN])
    # A paraphrase changes the order of words: its longest words meet in these blocks.
    for speaker in facts.ids("speaker"):
        longest = sorted(set(words), key=lambda w: (-len(w), crc32(w.encode())))[:3]
        yield from (f"{speaker} says {word}" for word in longest)


def _speakers_fit(a: Facts, b: Facts) -> bool:
    one, other = a.ids("speaker"), b.ids("speaker")
    if not one or not other or one & other:
        return True
    # A department and the person who speaks for its country may be named for one statement.
    kinds = {i.kind for f in (a, b) for i in f.actors.get("speaker", ())}
    states = a.states("speaker"), b.states("speaker")
    return bool(states[0] & states[1]) and "agency" in kinds and len(kinds) > 1


def _score(a: Facts, b: Facts) -> float:
    if not _speakers_fit(a, b):
        return 0.0
    one, other = content_tokens(a), content_tokens(b)
    if one == other and (len(one) > 3 or a.ids("speaker") & b.ids("speaker")):
        return 5.0
    if _other_numbers(one, other):
        return 0.0
    run = _shared_run(one, other)
    if run >= max(_RUN, _SHARE * min(len(one), len(other))):
        return 4.0 + run / 1000
    if not a.ids("speaker") & b.ids("speaker") or min(len(one), len(other)) < 5:
        return 0.0
    if token_sort_ratio(" ".join(one), " ".join(other)) >= _NEAR:
        return 3.0
    return 2.0 if _paraphrased(a, b) else 0.0


def _other_numbers(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether each names a number that the other lacks: "53 passengers", "56 passengers"."""
    a, b = ({w for w in words if any(map(str.isdigit, w))} for words in (one, other))
    return bool(a - b and b - a)


def _paraphrased(a: Facts, b: Facts) -> bool:
    """The same speaker, told in other words within days: long, and alike in most that it says."""
    if {a.finding.form, b.finding.form} != {"indirect"}:
        return False
    apart = days_apart(a.published, b.published)
    one, other = a.words.get("content", frozenset()), b.words.get("content", frozenset())
    near = apart is None or apart <= _SAME_DAYS
    return near and len(one & other) >= _RUN and likeness(one, other) >= _ALIKE


def _forbids(a: Facts, b: Facts) -> bool:
    return not _speakers_fit(a, b)


def _same_here(facts: Facts) -> str | None:
    words = content_tokens(facts)
    return f"{sorted(facts.ids('speaker'))} says {' '.join(words)}" if words else None


STATEMENTS = Rules(blocks=_blocks, score=_score, forbids=_forbids, same_here=_same_here)
