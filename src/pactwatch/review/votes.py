"""Which of many decisions rule: undone and superseded ones apart, disagreement shown.

Comes in: decisions in any order, and votes: what each says on one matter. Goes out: the decisions
in the order of time, and for each matter what rules. The last word of each person counts. Where two
persons differ nobody rules, and all that they said is kept. It knows nothing of findings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pactwatch.review.values import Decision, plain_words

__all__ = ["Matter", "Outcome", "Verdict", "Vote", "count", "in_order", "undone"]

Matter = tuple[Hashable, ...]
"""What votes must share to be on one question: ("finding", id), ("field", id, role, words) …"""

Outcome = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """What one decision says on one matter.

    Attributes:
        aside: It follows from a decision on something else: who corrects a finding holds that it
            is one.
    """

    matter: Matter
    outcome: Outcome
    decision: Decision
    aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What rules on a matter.

    Attributes:
        outcome: None where reviewers disagree.
        votes: The last word of each person, and earlier words of theirs to the same effect.
    """

    outcome: Outcome | None
    votes: tuple[Vote, ...]


def in_order(decisions: Iterable[Decision]) -> list[Decision]:
    """Each decision once, in the order of time."""
    return sorted({d.id: d for d in decisions}.values(), key=lambda d: (d.when, d.id))


def undone(decisions: Sequence[Decision]) -> frozenset[str]:
    """Ids of decisions that stand undone; an undoing that is itself undone does nothing."""
    undoing: dict[str, list[str]] = defaultdict(list)
    for decision in decisions:
        if decision.action == "undo" and decision.undoes:
            undoing[decision.undoes].append(decision.id)
    known: dict[str, bool] = {}
    for decision in decisions:
        waiting = [decision.id]
        while waiting:  # chains of undoing and doing again can be long
            at = waiting[-1]
            left = [id_ for id_ in undoing.get(at, ()) if id_ not in known and id_ not in waiting]
            if left:
                waiting.append(left[0])
                continue
            known[at] = any(not known.get(id_, False) for id_ in undoing.get(at, ()))
            waiting.pop()
    return frozenset(id_ for id_, is_undone in known.items() if is_undone)


def count(votes: Iterable[Vote]) -> Mapping[Matter, Verdict]:
    """What rules on each matter."""
    by_matter: dict[Matter, list[Vote]] = defaultdict(list)
    for vote in votes:
        by_matter[vote.matter].append(vote)
    return {matter: _verdict(own) for matter, own in by_matter.items()}


def _verdict(votes: Sequence[Vote]) -> Verdict:
    ordered = sorted(votes, key=lambda v: (v.decision.when, v.decision.id))
    last = {plain_words(vote.decision.who): vote.outcome for vote in ordered}
    counted = tuple(v for v in ordered if v.outcome == last[plain_words(v.decision.who)])
    outcomes = set(last.values())
    return Verdict(outcome=counted[0].outcome if len(outcomes) == 1 else None, votes=counted)
