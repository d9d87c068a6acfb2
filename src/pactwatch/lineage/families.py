"""Documents that are one text: origin, copies and excerpts.

Comes in: what pairs of documents share, and the directions. Goes out: `Family` values. A document
has one source at most, the one that holds most of its words. Where nothing tells which of two was
first, the family says so and names neither as the origin. It makes no accounts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from pactwatch.lineage.sharing import COPY, shares
from pactwatch.lineage.values import Sharing
from pactwatch.model import stable_id
from pactwatch.origins import Direction, Family, Member

__all__ = ["families"]

_EXCERPT = 0.5  # a copy shorter than this share of its source is an excerpt


def families(
    order: Mapping[str, int], sharings: Sequence[Sharing], directions: Sequence[Direction]
) -> tuple[Family, ...]:
    """Group documents that are copies.

    Args:
        order: Place of each document by date of publication and id.
        sharings: Of the pairs that are linked, with `directions` beside them.
    """
    edges: list[tuple[float, int, int, str, str, str, bool]] = []
    for sharing, direction in zip(sharings, directions, strict=True):
        source, copy, share = _copied(sharing, direction)
        if share >= COPY:
            relation, known = _relation(sharing, copy), direction.source_id is not None
            if not known and relation != "same words":
                relation = "version"
            edges.append((-share, order[source], order[copy], source, copy, relation, known))
    above: dict[str, Member] = {}
    undirected: set[str] = set()
    roots: dict[str, str] = {}

    def root(name: str) -> str:
        while roots.get(name, name) != name:
            roots[name] = roots.get(roots[name], roots[name])
            name = roots[name]
        return name

    for share, _, _, source, copy, relation, known in sorted(edges):
        if copy not in above and root(source) != root(copy):
            undirected |= set() if known else {source}
            above[copy] = Member(
                document_id=copy, relation=relation, source_id=source, share=round(-share, 4)
            )
            roots[root(copy)] = root(source)
    groups: dict[str, list[Member]] = defaultdict(list)
    for name, member in above.items():
        groups[root(name)].append(member)
    return tuple(
        _family(origin, sorted(members, key=lambda m: order[m.document_id]), origin in undirected)
        for origin, members in sorted(groups.items(), key=lambda group: order[group[0]])
    )


def _family(origin: str, members: Sequence[Member], undirected: bool) -> Family:
    relation = "undirected" if undirected else "origin"
    first = Member(document_id=origin, relation=relation, source_id=None, share=1.0)
    return Family(id=stable_id("family", origin), origin_id=origin, members=(first, *members))


def _copied(sharing: Sharing, direction: Direction) -> tuple[str, str, float]:
    """Source, copy and the copy's share. Where no direction is known, the longer text is the
    source; of two that hold each other, the one published earlier."""
    first, second = shares(sharing)
    ids = (sharing.first_id, sharing.second_id)
    forward = (*ids, second)
    backward = (*ids[::-1], first)
    if direction.source_id is not None:
        return forward if direction.source_id == ids[0] else backward
    if min(first, second) >= COPY or second >= first:
        return forward
    return backward


def _relation(sharing: Sharing, copy: str) -> str:
    lengths = (sharing.first_words, sharing.second_words)
    if len(sharing.copied) == 1 and lengths[0] == lengths[1]:
        passage = sharing.copied[0].passage
        if passage.words == lengths[0]:
            return "same words"
    ours, theirs = lengths if copy == sharing.first_id else lengths[::-1]
    return "edited copy" if ours >= _EXCERPT * theirs else "excerpt"
