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
from pactwatch.lineage.credits import Credit
from pactwatch.lineage.direction import direct
from pactwatch.lineage.families import families
from pactwatch.lineage.fingerprints import Fingerprint, fingerprint
from pactwatch.lineage.sharing import Ready, linking, make_ready, share
from pactwatch.lineage.values import Direction, Family, Sharing
from pactwatch.model import Document

__all__ = ["Lines", "follow"]

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
) -> Lines:
    """Find what documents share, in any order.

    Args:
        fingerprints: Those kept, by document id.
        sharings: Those kept, by the ids of both documents.
        credits: What documents credit, by document id.
    """
    ordered = in_order(documents)
    known = fingerprints or {}
    marks = {d.id: known[d.id] if d.id in known else fingerprint(d) for d in ordered}
    proposed = candidates(ordered, marks)
    desk = _Desk(marks)
    compared: dict[tuple[str, str], Sharing] = {}
    for place, other in proposed.pairs:
        pair = (ordered[place], ordered[other])
        ids = (pair[0].id, pair[1].id)
        kept = sharings.get(ids) if sharings else None
        compared[ids] = kept or share(desk.ready(pair[0]), desk.ready(pair[1]))
    linked = [
        s for s in (linking(c, proposed.formulas) for c in compared.values()) if s is not None
    ]
    by_id = {d.id: d for d in ordered}
    directions = [
        direct(s, by_id[s.first_id], by_id[s.second_id], _credits_of(s, credits)) for s in linked
    ]
    order = {d.id: place for place, d in enumerate(ordered)}
    return Lines(
        documents=tuple(ordered),
        linked=tuple(linked),
        directions=tuple(directions),
        families=families(order, linked, directions),
        compared=compared,
    )


class _Desk:
    """Documents made ready for comparing, the last used ones at hand."""

    def __init__(self, marks: Mapping[str, Fingerprint]) -> None:
        self._marks = marks
        self._ready: OrderedDict[str, Ready] = OrderedDict()

    def ready(self, document: Document) -> Ready:
        """The document, made ready."""
        found = self._ready.get(document.id)
        if found is None:
            found = self._ready[document.id] = make_ready(document, self._marks[document.id])
            if len(self._ready) > _AT_HAND:
                self._ready.popitem(last=False)
        else:
            self._ready.move_to_end(document.id)
        return found


def _credits_of(
    sharing: Sharing, credits: Mapping[str, Sequence[Credit]] | None
) -> tuple[Credit, ...]:
    if not credits:
        return ()
    return (*credits.get(sharing.first_id, ()), *credits.get(sharing.second_id, ()))
