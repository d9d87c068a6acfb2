"""From all documents of a dossier to what they share: the one way through the stages.

Comes in: documents, with the fingerprints and comparisons kept from before. Goes out: `Lines`: the
linked pairs with their direction, and the families. What is kept is used, what is missing is made,
and the outcome is the same either way. It knows no findings.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pactwatch.lineage.candidates import candidates, in_order
from pactwatch.lineage.direction import direct
from pactwatch.lineage.families import families
from pactwatch.lineage.fingerprints import Fingerprint, fingerprints_of
from pactwatch.lineage.sharing import Ready, linking, look_closer, make_ready, share
from pactwatch.lineage.values import Sharing
from pactwatch.lineage.words import Chunk, Words, chunks
from pactwatch.model import Document
from pactwatch.origins import Credit, Direction, Family

__all__ = ["Lines", "follow"]

_ROOM = 100_000_000  # words kept after their fingerprint is taken: 17 bytes each
_AT_HAND = 4096  # documents kept ready at a time: pairs come in order, most are near each other


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """What the documents of a dossier share.

    Attributes:
        documents: In order of date and id.
        linked: The pairs that are linked, in order, without their formulas.
        directions: One for each of `linked`.
        families: Documents that are one text.
        compared: All pairs compared, linked or not, to be kept.
    """

    documents: tuple[Document, ...]
    linked: tuple[Sharing, ...]
    directions: tuple[Direction, ...]
    families: tuple[Family, ...]
    compared: Mapping[tuple[str, str], Sharing]


def follow(
    documents: Sequence[Document],
    *,
    fingerprints: Mapping[str, Fingerprint] | None = None,
    sharings: Mapping[tuple[str, str], Sharing] | None = None,
    credits: Mapping[str, Sequence[Credit]] | None = None,
    closely: bool = True,
) -> Lines:
    """Find what documents share, in any order.

    Args:
        fingerprints: Those kept, by document id.
        sharings: Those kept, by the ids of both documents.
        credits: What documents credit, by document id.
        closely: Whether to look for sentences told in other words and for slips in common, too.
    """
    ordered = in_order(documents)
    desk = _Desk(fingerprints or {})
    desk.read_new(ordered)
    proposed = candidates(ordered, desk.marks)
    by_id = {d.id: d for d in ordered}
    ids = [(ordered[one].id, ordered[other].id) for one, other in proposed.pairs]
    compared = {pair: sharings[pair] for pair in ids if pair in sharings} if sharings else {}
    missing = [pair for pair in ids if pair not in compared]
    desk.fetch([by_id[name] for name in _names(missing)])
    compared |= {(one, other): share(desk.ready(one), desk.ready(other)) for one, other in missing}
    linked = {pair: linking(compared[pair], proposed.formulas) for pair in ids}
    if closely:
        unseen = [pair for pair in ids if linked[pair] and not compared[pair].looked]
        desk.fetch([by_id[name] for name in _names(unseen)])
        for one, other in unseen:
            pair = (one, other)
            compared[pair] = look_closer(desk.ready(one), desk.ready(other), compared[pair])
            linked[pair] = linking(compared[pair], proposed.formulas)
    found = [sharing for pair in ids if (sharing := linked[pair]) is not None]
    directions = [
        direct(s, by_id[s.first_id], by_id[s.second_id], _credits_of(s, credits)) for s in found
    ]
    order = {d.id: place for place, d in enumerate(ordered)}
    return Lines(
        documents=tuple(ordered),
        linked=tuple(found),
        directions=tuple(directions),
        families=families(order, found, directions),
        compared={pair: compared[pair] for pair in ids},
    )


def _names(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """The documents of some pairs, each once."""
    return list(dict.fromkeys(name for pair in pairs for name in pair))


class _Desk:
    """Documents made ready for comparing: the words of many at hand, the rest of the last used.

    Attributes:
        marks: Fingerprints by document id.
    """

    def __init__(self, marks: Mapping[str, Fingerprint]) -> None:
        self.marks = dict(marks)
        self._words: dict[str, tuple[Document, Words, list[tuple[int, int]]]] = {}
        self._ready: OrderedDict[str, Ready] = OrderedDict()

    def read_new(self, documents: Sequence[Document]) -> None:
        """Take the fingerprints that are missing, and keep the words while there is room."""
        room = _ROOM
        for chunk in chunks(d for d in documents if d.id not in self.marks):
            room -= len(chunk.words)
            for document, made in zip(chunk.documents, fingerprints_of(chunk), strict=True):
                self.marks[document.id] = made
            if room > 0:
                self._keep(chunk)

    def fetch(self, documents: Sequence[Document]) -> None:
        """Read the words of documents that are not at hand."""
        for chunk in chunks(d for d in documents if d.id not in self._words):
            self._keep(chunk)

    def _keep(self, chunk: Chunk) -> None:
        for made in zip(chunk.documents, chunk.parted(), chunk.quotations, strict=True):
            self._words[made[0].id] = made

    def ready(self, name: str) -> Ready:
        """A document, made ready."""
        found = self._ready.get(name)
        if found is None:
            found = self._ready[name] = make_ready(
                *self._words[name][:2], self.marks[name], self._words[name][2]
            )
            if len(self._ready) > _AT_HAND:
                self._ready.popitem(last=False)
        else:
            self._ready.move_to_end(name)
        return found


def _credits_of(
    sharing: Sharing, credits: Mapping[str, Sequence[Credit]] | None
) -> tuple[Credit, ...]:
    if not credits:
        return ()
    return (*credits.get(sharing.first_id, ()), *credits.get(sharing.second_id, ()))
