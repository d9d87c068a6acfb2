"""Contests of amounts, stage by stage: what is planned against what is planned, what has come
against what has come.

Comes in: the claims of a field with a number. Goes out: `Contest`s, whose sides stand only on what
tells the stage at issue: who promised four is no witness that four have come. It never weighs a
plan against a delivery: that is the way of the measure, which `delivery` tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from pactwatch.ledger.claims import Told, narrowed
from pactwatch.ledger.exclusions import amounts_exclude
from pactwatch.ledger.matter import states_of_amount
from pactwatch.ledger.sides import make_contest
from pactwatch.model import Contest

__all__ = ["contests_of_amounts", "rivals"]

_SAYING = {
    "plan": "the reports give numbers of what is planned that exclude each other",
    "fact": "the reports give numbers of what has come that exclude each other",
}


def _states(claims: Sequence[Told]) -> list[str]:
    found = {state or "" for t in claims for f in t.facts for state in states_of_amount(f)}
    return sorted(found, key=lambda state: (state != "plan", state))


def _at_state(claims: Sequence[Told], state: str) -> list[Told]:
    """Claims with what tells them of one state of things only, the best-backed first."""
    told = (narrowed(t, lambda f: (state or None) in states_of_amount(f)) for t in claims)
    return sorted((t for t in told if t is not None), key=lambda t: -t.claim.accounts)


def _all_at(claims: Sequence[Told], state: str) -> bool:
    return all((state or None) in states_of_amount(f) for t in claims for f in t.facts)


def rivals(claims: Sequence[Told], state: str = "") -> frozenset[frozenset[str]]:
    """Pairs of claims, by id, whose numbers exclude each other at one state of things."""
    return frozenset(
        frozenset({a.claim.id, b.claim.id})
        for a, b in combinations(_at_state(claims, state), 2)
        if not a.shares_finding(b) and amounts_exclude(a, b)
    )


def contests_of_amounts(claims: Sequence[Told]) -> list[Contest]:
    """The contests of one field, what is planned first."""
    found: list[Contest] = []
    for state in _states(claims):
        pairs = rivals(claims, state)
        named = {id_ for pair in pairs for id_ in pair}
        contest = make_contest(
            "number",
            "high",
            [t for t in _at_state(claims, state) if t.claim.id in named],
            saying=None if _all_at(claims, state) else _SAYING.get(state),
            fits=lambda a, b, pairs=pairs: frozenset({a.claim.id, b.claim.id}) not in pairs,  # type: ignore[misc]
        )
        if contest and all(set(contest.claim_ids) != set(c.claim_ids) for c in found):
            found.append(contest)
    return found
