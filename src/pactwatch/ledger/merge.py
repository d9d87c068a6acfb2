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

from pactwatch.ledger.compare import days_apart
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.ruled import NOTHING_RULED, Ruled
from pactwatch.ledger.words import fold, likeness, tokens

__all__ = ["Rules", "letter_signature", "merge"]

# A block with more members says little; there each is compared with its neighbours in time only.
_SMALL_BLOCK = 40
_NEIGHBOURS = 8
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
    everything: Sequence[Facts], rules: Rules, ruled: Ruled = NOTHING_RULED
) -> list[list[Facts]]:
    """Group facts of one kind. Groups and members come sorted by publication date, then id."""
    facts = sorted(everything, key=_order)
    groups = [part for group in _within_documents(facts, rules) for part in ruled.parted(group)]
    blocks: dict[str, list[int]] = defaultdict(list)
    for index, group in enumerate(groups):
        keys = {key for member in group for key in (*rules.blocks(member), *_copy_blocks(member))}
        for key in sorted(keys):
            blocks[key].append(index)
    pairs = {pair for members in blocks.values() for pair in _pairs(members)}
    scored = [
        (max(rules.score(a, b) or _copied(a, b) for a in groups[i] for b in groups[j]), i, j)
        for i, j in pairs
    ]
    joined = _join(groups, sorted((-s, i, j) for s, i, j in scored if s > 0), rules, ruled)
    joined = ruled.gathered(joined)
    return sorted((sorted(g, key=_order) for g in joined), key=lambda g: _order(g[0]))


def _order(facts: Facts) -> tuple[str, str]:
    return (facts.published or "9999", facts.finding.id)


def _within_documents(facts: Sequence[Facts], rules: Rules) -> list[list[Facts]]:
    groups: dict[tuple[str, str], list[list[Facts]]] = {}
    for item in facts:
        key = rules.same_here(item) or letter_signature(item)
        here = groups.setdefault((item.document_id, key), [])
        for group in here:
            if not any(rules.apart_here(item, other) for other in group):
                group.append(item)
                break
        else:
            here.append([item])
    told = [group for here in groups.values() for group in here]
    return told if rules.one_here is None else _join_here(told, rules.one_here)


def _join_here(
    groups: Sequence[list[Facts]], one_here: Callable[[Facts, Facts], bool]
) -> list[list[Facts]]:
    """Join groups of one document that are one thing.

    A set of groups is joined where one of them fits all others. A headline that fits several groups
    which don't fit each other joins none of them.
    """
    by_document: dict[str, list[list[Facts]]] = defaultdict(list)
    for group in groups:
        by_document[group[0].document_id].append(group)
    joined: list[list[Facts]] = []
    for own in by_document.values():
        fits = {
            frozenset((i, j))
            for (i, one), (j, other) in combinations(enumerate(own), 2)
            if any(one_here(x, y) for x in one for y in other)
        }
        if not fits:
            joined += own
            continue
        linked = _linked(range(len(own)), fits)
        for members in linked:
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


def _pairs(members: Sequence[int]) -> Iterable[tuple[int, int]]:
    if len(members) <= _SMALL_BLOCK:
        yield from combinations(members, 2)
        return
    for at, index in enumerate(members):
        for other in members[at + 1 : at + 1 + _NEIGHBOURS]:
            yield (index, other)


def _exclude(one: Sequence[Facts], other: Sequence[Facts], rules: Rules) -> bool:
    return any(rules.forbids(x, y) for x in one[:_WITNESSES] for y in other[:_WITNESSES])


def _join(
    groups: Sequence[list[Facts]],
    ranked: Iterable[tuple[float, int, int]],
    rules: Rules,
    ruled: Ruled,
) -> list[list[Facts]]:
    root = list(range(len(groups)))
    members = {i: list(g) for i, g in enumerate(groups)}
    documents = {i: {f.document_id for f in g} for i, g in enumerate(groups)}

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for _, i, j in ranked:
        a, b = find(i), find(j)
        if a == b or documents[a] & documents[b]:
            continue
        if ruled.keeps_apart(members[a], members[b]) or _exclude(members[a], members[b], rules):
            continue
        root[b] = a
        members[a] += members.pop(b)
        documents[a] |= documents.pop(b)
    return list(members.values())
