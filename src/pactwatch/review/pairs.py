"""What must be one record, and what must not, so that both hold at once.

Comes in: verdicts on pairs of findings. Goes out: `Tie`: pairs that are one thing and pairs that
are two, which never contradict each other, not even over several steps. What would contradict is
named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pactwatch.review.votes import Matter, Verdict

__all__ = ["PAIR", "Tie", "tie"]

PAIR = "pair"
"""First member of a matter on two findings; their ids follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Pairs of finding ids.

    Attributes:
        broken: Decisions that hold two findings for one that others keep apart over several steps;
            with the ids of those others.
    """

    together: tuple[tuple[str, str], ...]
    apart: tuple[tuple[str, str], ...]
    broken: Mapping[str, tuple[str, ...]]


def tie(verdicts: Mapping[Matter, Verdict]) -> Tie:
    """Tie pairs in the order of the decisions on them; one that contradicts earlier ones and those
    that keep apart is left out."""
    apart: dict[tuple[str, str], tuple[str, ...]] = {}
    wanted: list[tuple[str, str, tuple[str, str], tuple[str, ...]]] = []
    for matter, verdict in verdicts.items():
        if matter[0] != PAIR or verdict.outcome is None:
            continue
        pair = (str(matter[1]), str(matter[2]))
        deciders = tuple(vote.decision.id for vote in verdict.votes)
        if verdict.outcome == ("two",):
            apart[pair] = deciders
        else:
            first = verdict.votes[0].decision
            wanted.append((first.when, first.id, pair, deciders))
    keepers: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for (a, b), deciders in apart.items():
        keepers[a][b] = keepers[b][a] = deciders
    members: dict[str, set[str]] = {}
    broken: dict[str, set[str]] = defaultdict(set)
    together: list[tuple[str, str]] = []
    for _, _, (a, b), deciders in sorted(wanted):
        one, other = (members.setdefault(id_, {id_}) for id_ in (a, b))
        against = {
            decider
            for x in (one if one is not other else ())
            for y, own in keepers.get(x, {}).items()
            if y in other
            for decider in own
        }
        if against:
            for decider in deciders:
                broken[decider] |= against
            continue
        together.append((a, b))
        if one is not other:
            one |= other
            for id_ in other:
                members[id_] = one
    return Tie(
        together=tuple(sorted(together)),
        apart=tuple(sorted(apart)),
        broken={id_: tuple(sorted(own)) for id_, own in broken.items() if own},
    )
