"""What people ruled to be one thing or two, held to in merging.

Comes in: pairs of finding ids. Goes out: `Ruled`, which parts a group that holds two things, keeps
groups apart, and gathers those that are one. It knows no kinds, and compares nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pactwatch.ledger.facts import Facts

__all__ = ["NOTHING_RULED", "Ruled"]


class Ruled:
    """Pairs that are one thing and pairs that are two, which don't contradict each other."""

    def __init__(
        self,
        together: Iterable[tuple[str, str]] = (),
        apart: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._together = sorted(set(together))
        self._apart: dict[str, set[str]] = defaultdict(set)
        for a, b in apart:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def concerns(self, group: Sequence[Facts]) -> bool:
        """Whether something of a group is ruled to be another thing than something else."""
        return bool(self._apart) and any(f.finding.id in self._apart for f in group)

    def keeps_apart(self, one: Sequence[Facts], other: Sequence[Facts]) -> bool:
        """Whether a finding of the one group is ruled to be another thing than one of the other."""
        if not self._apart:
            return False
        ids = {facts.finding.id for facts in other}
        return any(self._apart[f.finding.id] & ids for f in one if f.finding.id in self._apart)

    def parted(self, group: Sequence[Facts]) -> list[list[Facts]]:
        """A group in parts that hold nothing ruled to be two things; each member goes to the first
        part that takes it."""
        if not self._apart:
            return [list(group)]
        parts: list[list[Facts]] = []
        for facts in group:
            part = next((p for p in parts if not self.keeps_apart([facts], p)), None)
            if part is None:
                parts.append([facts])
            else:
                part.append(facts)
        return parts

    def gathered(self, groups: Sequence[list[Facts]]) -> list[list[Facts]]:
        """Groups with those joined that hold findings ruled to be one thing.

        Where whole groups can't be joined, because other members of theirs are two things, only the
        findings that were ruled on come together.
        """
        if not self._together:
            return list(groups)
        at = {facts.finding.id: n for n, group in enumerate(groups) for facts in group}
        joined: dict[int, list[Facts]] = {n: list(group) for n, group in enumerate(groups)}
        linked: dict[str, set[str]] = {}
        for a, b in self._together:
            if a not in at or b not in at:
                continue
            one, other = linked.setdefault(a, {a}), linked.setdefault(b, {b})
            one |= other
            for id_ in other:
                linked[id_] = one
            if at[a] == at[b]:
                continue
            if not self.keeps_apart(joined[at[a]], joined[at[b]]):
                self._move(joined, at, at[b], at[a], None)
            else:
                place = len(groups) + len(joined)
                while place in joined:
                    place += 1
                joined[place] = []
                for source in sorted({at[id_] for id_ in one}):
                    self._move(joined, at, source, place, one)
        return [group for group in joined.values() if group]

    @staticmethod
    def _move(
        joined: dict[int, list[Facts]],
        at: dict[str, int],
        source: int,
        goal: int,
        wanted: set[str] | None,
    ) -> None:
        """Move members of a group, all or those wanted, to another."""
        moved = [f for f in joined[source] if wanted is None or f.finding.id in wanted]
        ids = {facts.finding.id for facts in moved}
        joined[source] = [f for f in joined[source] if f.finding.id not in ids]
        joined[goal] += moved
        for id_ in ids:
            at[id_] = goal


NOTHING_RULED = Ruled()
"""For ledgers without decisions."""
