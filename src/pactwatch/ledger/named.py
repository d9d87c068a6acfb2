"""What people ruled on names: two names are one actor, or are not; an actor is called otherwise.

Comes in: rulings on mentions, and the key that the ledger gives each mention by itself. Goes out:
`Named`, which gives the key that rules. A ruling on names holds for every mention of the actor
under these names, in documents that come later too. It never decides for two rulings that
contradict each other: then names stay apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from pactwatch.model import Filler, stable_id
from pactwatch.review import ActorRuling, Mention, plain_words

__all__ = ["Named"]


class Named:
    """Keys of identities as people ruled on them."""

    def __init__(self, rulings: Sequence[ActorRuling], keys: Mapping[tuple[str, str], str]) -> None:
        """Take rulings in the order of their time.

        Args:
            keys: By document and plain words, the key of a mention without rulings.
        """
        self._keys = keys
        self._split: dict[tuple[str, str], str] = {}
        self._root: dict[str, str] = {}
        self._apart: set[frozenset[str]] = set()
        self._names: dict[str, str] = {}
        self._decisions: dict[str, set[str]] = defaultdict(set)
        for action in ("different", "same", "rename"):  # what keeps apart goes before
            for ruling in rulings:
                if ruling.action == action:
                    self._rule(ruling)

    def key_of(self, key: str, filler: Filler) -> str:
        """The key that rules for a mention whose own key is `key`."""
        name = plain_words(filler.text)
        while (key, name) in self._split:
            key = self._split[key, name]
        return self._find(key)

    def name_of(self, key: str) -> str | None:
        """The name that people gave an identity."""
        return self._names.get(key)

    def decisions_on(self, key: str) -> set[str]:
        """Ids of the decisions on an identity."""
        return {
            id_ for own, ids in self._decisions.items() if self._find(own) == key for id_ in ids
        }

    def _rule(self, ruling: ActorRuling) -> None:
        about, others = self._actors(ruling.about), self._actors(ruling.other)
        for key in (*about[:1], *others[:1]):
            self._decisions[key].add(ruling.decision_id)
        if ruling.disputed or not about:
            return
        if ruling.action == "rename" and ruling.name:
            self._names[about[0]] = ruling.name
        elif ruling.action == "same" and others:
            self._join(about[0], others[0])
        elif ruling.action == "different" and others:
            self._part(ruling, about[0], others)

    def _actors(self, mentions: Sequence[Mention]) -> list[str]:
        """The identities that mentions mean now, that of most of them first."""
        found = Counter(
            self.key_of(self._keys[place], mention.filler)
            for mention in mentions
            if (place := (mention.document_id, plain_words(mention.filler.text))) in self._keys
        )
        return sorted(found, key=lambda key: (-found[key], key))

    def _part(self, ruling: ActorRuling, one: str, others: Sequence[str]) -> None:
        """Two identities stay two; names of one identity become one of their own."""
        if one in others:
            theirs = {plain_words(mention.filler.text) for mention in ruling.other}
            names = sorted({plain_words(m.filler.text) for m in ruling.about} - theirs)
            if not names:
                return
            split = f"{one} ({stable_id('names', *names)})"
            for name in names:
                self._split[one, name] = split
            self._decisions[split].add(ruling.decision_id)
            one = split
        self._apart |= {frozenset((one, other)) for other in others if other != one}

    def _join(self, one: str, other: str) -> None:
        if one == other:
            return
        members = [[k for k in (*self._root, a) if self._find(k) == a] for a in (one, other)]
        if any(frozenset((x, y)) in self._apart for x in members[0] for y in members[1]):
            return
        first, second = sorted((one, other), key=_order)
        self._root[second] = first

    def _find(self, key: str) -> str:
        while key in self._root:
            key = self._root[key]
        return key


def _order(key: str) -> tuple[int, str]:
    """Which of two joined keys stands for both: a state before a body before a person."""
    sorts = ("state:", "body:", "government:", "person:", "group:")
    place = next((n for n, sort in enumerate(sorts) if key.startswith(sort)), len(sorts))
    return place, key
