"""Findings that tell of one thing, brought together over documents.

Comes in: facts of one kind and the rules of that kind. Goes out: groups of facts, each one record.
Candidates come from shared blocks, never from all pairs; the likeliest pairs join first; a group
never holds two findings of one document unless they are the same to the letter or by `same_here`.
It never depends on the order of what comes in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from pactwatch.ledger.compare import days_apart
from pactwatch.ledger.cuts import Cut, Memory
from pactwatch.ledger.digests import Hashes, hashes
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.joining import Link, linked_sets, pairs_in_blocks
from pactwatch.ledger.ruled import NOTHING_RULED, Ruled
from pactwatch.ledger.words import fold, likeness, tokens

__all__ = ["Rules", "letter_signature", "merge"]

# Members of a group asked whether a newcomer fits: keeps a thing told by thousands linear.
_WITNESSES = 24
_COPY_DAYS = 60
_SAME_SENTENCE = 0.8  # likeness of a sentence and its lightly edited copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How one kind merges.

    Attributes:
        blocks: Keys of which two findings must share one to be compared at all.
        score: How much speaks for one thing; 0 where it is not enough.
        forbids: Whether the two can't be one thing, whatever else speaks for it.
        same_here: A key that makes two findings of one document the same thing, or None.
        apart_here: Whether two findings of one document are two things although their key is one.
        one_here: Whether two findings of one document are one thing although their keys differ.
    """

    blocks: Callable[[Facts], Iterable[str]]
    score: Callable[[Facts, Facts], float]
    forbids: Callable[[Facts, Facts], bool]
    same_here: Callable[[Facts], str | None]
    apart_here: Callable[[Facts, Facts], bool] = lambda one, other: False
    one_here: Callable[[Facts, Facts], bool] | None = None


def letter_signature(facts: Facts) -> str:
    """What a finding says to the letter; equal for repetitions within a document.

    Of a finding with few roles the sentence counts too: there the words are most of what it says.
    """
    finding = facts.finding
    roles = [
        f"{role}={'|'.join(sorted(fold(f.text) for f in fillers))}"
        for role, fillers in sorted(finding.roles.items())
        if role != "cue"
    ]
    sentence = fold(finding.evidence[0].text) if len(roles) < 3 else ""
    return "\x1f".join([finding.kind, finding.type or "", finding.stage or "", sentence, *roles])


def merge(
    everything: Sequence[Facts],
    rules: Rules,
    ruled: Ruled = NOTHING_RULED,
    memory: Memory | None = None,
) -> list[list[Facts]]:
    """Group facts of one kind. Groups and members come sorted by publication date, then id.

    Args:
        memory: What is kept of the last time; it changes how long it takes, and nothing else.
    """
    memory = memory or Memory()
    here = _here(everything, rules, ruled, memory)
    groups = [group for group, _ in here]
    numbers = memory.numbers(groups)
    one, other = pairs_in_blocks([keys for _, keys in here])

    def score(i: int, j: int) -> float:
        return max(rules.score(a, b) or _copied(a, b) for a in groups[i] for b in groups[j])

    scores = memory.joins.scored(numbers, one, other, score)
    likely = np.flatnonzero(scores > 0)
    links: list[Link] = sorted(
        zip((-scores[likely]).tolist(), one[likely].tolist(), other[likely].tolist(), strict=True)
    )
    joined: list[list[int]] = []
    alone = dict.fromkeys(range(len(groups)))
    for members, own in linked_sets(links):
        for place in members:
            del alone[place]
        if any(ruled.concerns(groups[place]) for place in members):
            joined += _join(groups, members, own, rules, ruled)
        else:
            joined += memory.joins.groups_of(
                numbers, members, own,
                lambda m=members, o=own: _join(groups, m, o, rules, ruled),  # type: ignore[misc]
            )  # fmt: skip
    joined += [[place] for place in alone]
    merged = ruled.gathered([[f for i in places for f in groups[i]] for places in joined])
    return sorted((sorted(g, key=_order) for g in merged), key=lambda g: _order(g[0]))


def _here(
    everything: Sequence[Facts], rules: Rules, ruled: Ruled, memory: Memory
) -> list[tuple[list[Facts], Hashes]]:
    """What each document tells, as groups with the hashes of their blocks, in order of time."""
    by_document: dict[str, list[Facts]] = defaultdict(list)
    for facts in sorted(everything, key=_order):
        by_document[facts.document_id].append(facts)
    here: list[tuple[tuple[str, str, int, int], list[Facts], Hashes]] = []
    for document_id, own in by_document.items():
        known = {facts.finding.id: facts for facts in own}
        cuts = memory.cuts_of(document_id, lambda o=own: _cuts(o, rules))  # type: ignore[misc]
        for cut in cuts:
            parts = ruled.parted([known[id_] for id_ in cut.ids])
            for n, part in enumerate(parts):
                keys = cut.keys if len(parts) == 1 else _keys(part, rules)
                here.append(((own[0].published or "9999", cut.lead, cut.place, n), part, keys))
    here.sort(key=lambda item: item[0])
    return [(group, keys) for _, group, keys in here]


def _cuts(own: Sequence[Facts], rules: Rules) -> tuple[Cut, ...]:
    """The facts of one document cut into things."""
    return tuple(
        Cut(lead, place, tuple(f.finding.id for f in group), _keys(group, rules).tobytes())
        for lead, place, group in _within_document(own, rules)
    )


def _keys(group: Sequence[Facts], rules: Rules) -> Hashes:
    return hashes(key for f in group for key in (*rules.blocks(f), *_copy_blocks(f)))


def _order(facts: Facts) -> tuple[str, str]:
    return (facts.published or "9999", facts.finding.id)


def _within_document(facts: Sequence[Facts], rules: Rules) -> list[tuple[str, int, list[Facts]]]:
    """Groups of one document, each with the id of a finding and a number, by which groups of one
    day are ordered over all documents."""
    groups: dict[str, list[list[Facts]]] = {}
    for item in facts:
        here = groups.setdefault(rules.same_here(item) or letter_signature(item), [])
        for group in here:
            if not any(rules.apart_here(item, other) for other in group):
                group.append(item)
                break
        else:
            here.append([item])
    if rules.one_here is None:
        return [
            (here[0][0].finding.id, place, group)
            for here in groups.values()
            for place, group in enumerate(here)
        ]
    told = _join_here([group for here in groups.values() for group in here], rules.one_here)
    return [(facts[0].finding.id, place, group) for place, group in enumerate(told)]


def _join_here(
    own: Sequence[list[Facts]], one_here: Callable[[Facts, Facts], bool]
) -> list[list[Facts]]:
    """Join groups of one document that are one thing.

    A set of groups is joined where one of them fits all others. A headline that fits several groups
    which don't fit each other joins none of them.
    """
    fits = {
        frozenset((i, j))
        for (i, one), (j, other) in combinations(enumerate(own), 2)
        if any(one_here(x, y) for x in one for y in other)
    }
    joined: list[list[Facts]] = []
    if not fits:
        return list(own)
    for members in _linked(range(len(own)), fits):
        if all(frozenset(pair) in fits for pair in combinations(members, 2)):
            joined.append([facts for i in members for facts in own[i]])
            continue
        heads = [i for i in members if all(facts.headline for facts in own[i])]
        joined += [own[i] for i in heads]
        for rest in _linked([i for i in members if i not in heads], fits):
            hub = any(all(frozenset((i, j)) in fits for j in rest if j != i) for i in rest)
            parts = [rest] if hub else [[i] for i in rest]
            joined += [[facts for i in part for facts in own[i]] for part in parts]
    return joined


def _linked(members: Iterable[int], pairs: Collection[frozenset[int]]) -> list[list[int]]:
    """Members joined along pairs, each set sorted."""
    left = sorted(members)
    found: list[list[int]] = []
    while left:
        reached, ends = [left[0]], [left[0]]
        while ends:
            end = ends.pop()
            more = [i for i in left if i not in reached and frozenset((end, i)) in pairs]
            reached += more
            ends += more
        found.append(sorted(reached))
        left = [i for i in left if i not in reached]
    return found


def _copy_blocks(facts: Facts) -> Iterable[str]:
    """Copies of one text begin their sentences alike."""
    yield f"{facts.account} copies {' '.join(tokens(facts.finding.evidence[0].text)[:5])}"


def _copied(a: Facts, b: Facts) -> float:
    """Score a finding and its copy: one account, one sentence, and most roles in the same words."""
    if a.account != b.account or a.document_id == b.document_id:
        return 0.0
    apart = days_apart(a.published, b.published)
    if apart is not None and apart > _COPY_DAYS:
        return 0.0  # a release in the words of the last one tells of another day
    if a.finding.type != b.finding.type or a.finding.stage != b.finding.stage:
        return 0.0
    one, other = (frozenset(tokens(f.finding.evidence[0].text)) for f in (a, b))
    roles = a.finding.roles.keys() | b.finding.roles.keys()
    alike = [role for role in roles if _texts(a, role) & _texts(b, role)]
    if likeness(one, other) < _SAME_SENTENCE or 2 * len(alike) <= len(roles):
        return 0.0
    return 4.0 + len(alike) / len(roles)


def _texts(facts: Facts, role: str) -> frozenset[str]:
    return frozenset(fold(filler.text) for filler in facts.fillers(role))


def _exclude(one: Sequence[Facts], other: Sequence[Facts], rules: Rules) -> bool:
    return any(rules.forbids(x, y) for x in one[:_WITNESSES] for y in other[:_WITNESSES])


def _join(
    groups: Sequence[list[Facts]],
    places: Iterable[int],
    links: Iterable[Link],
    rules: Rules,
    ruled: Ruled,
) -> list[list[int]]:
    """Join linked groups, the likeliest first; places of groups, those that are one thing
    together."""
    root = {place: place for place in places}
    joined = {place: [place] for place in root}
    members = {place: list(groups[place]) for place in root}
    documents = {place: {f.document_id for f in groups[place]} for place in root}

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for _, i, j in links:
        a, b = find(i), find(j)
        if a == b or documents[a] & documents[b]:
            continue
        if ruled.keeps_apart(members[a], members[b]) or _exclude(members[a], members[b], rules):
            continue
        root[b] = a
        joined[a] += joined.pop(b)
        members[a] += members.pop(b)
        documents[a] |= documents.pop(b)
    return list(joined.values())
