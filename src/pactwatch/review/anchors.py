"""Anchors: what a decision is about, found again in whatever a document is read as today.

Comes in: findings, or words of them. Goes out: anchors; and for an anchor the finding or the words
that it means today, or None. A document is known by its text, so nothing is sought elsewhere. An
anchor that fits nothing well enough means nothing: it is never taken for a neighbour.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pactwatch.model import Document, Filler, Finding
from pactwatch.review.values import ACTOR, DOCUMENT, Anchor, Mention, plain_words

__all__ = ["Index", "anchor_of", "anchor_of_document", "anchor_of_mention", "filler_of"]

_SHOWN = 600  # characters of a sentence that an anchor keeps, to show what it was about
_HALF = 0.5
_CORE: Mapping[str, tuple[str, ...]] = {
    "agreement": ("name", "party", "signed"),
    "measure": ("object", "amount", "recipient"),
    "meeting": ("participant", "topic"),
    "incident": ("what", "target"),
    "statement": ("content",),
    "figure": ("quantity",),
    "office": ("person",),
}
"""Roles that tell a finding from others of its kind in one sentence, the most telling first."""


def anchor_of(finding: Finding, filler: Filler | None = None) -> Anchor:
    """Anchor a finding, or one filler of it."""
    quote = finding.evidence[0]
    return Anchor(
        document_id=finding.document_id,
        kind=finding.kind,
        start=quote.start,
        end=quote.end,
        text=quote.text[:_SHOWN],
        finding_id=finding.id,
        type=finding.type,
        roles=tuple(
            (role, f.start, f.end) for role, many in sorted(finding.roles.items()) for f in many
        ),
        filler=filler,
    )


def anchor_of_mention(document_id: str, role: str, words: Filler) -> Anchor:
    """Anchor a mention of somebody, in a role of a finding."""
    return Anchor(
        document_id=document_id,
        kind=ACTOR,
        start=words.start,
        end=words.end,
        text=words.text[:_SHOWN],
        roles=((role, words.start, words.end),),
    )


def anchor_of_document(document: Document) -> Anchor:
    """Anchor a whole document."""
    return Anchor(document_id=document.id, kind=DOCUMENT, text=document.name[:_SHOWN])


class Index:
    """The findings of today, by document, in which anchors are looked up."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._by_id: dict[str, Finding] = {}
        self._by_document: dict[str, list[Finding]] = defaultdict(list)
        for finding in sorted(findings, key=lambda f: f.id):
            if finding.id not in self._by_id:
                self._by_id[finding.id] = finding
                self._by_document[finding.document_id].append(finding)

    def finding(self, anchor: Anchor) -> Finding | None:
        """The finding that an anchor means: the very same, else the likest of those that fit.

        One fits if it is of the same document and kind, if half of the shorter sentence lies in the
        other, and if it tells the same thing: the words that tell it from its neighbours overlap,
        or most of all roles do.
        """
        same = self._by_id.get(anchor.finding_id or "")
        if same is not None and (same.document_id, same.kind) == (anchor.document_id, anchor.kind):
            return same
        fitting = [
            (_alike(anchor, f), f)
            for f in self._by_document.get(anchor.document_id, ())
            if f.kind == anchor.kind and _sentence(anchor, f) >= _HALF and _tells_same(anchor, f)
        ]
        if not fitting:
            return None
        return min(fitting, key=lambda item: (*(-x for x in item[0]), item[1].id))[1]

    def mention(self, anchor: Anchor) -> Mention | None:
        """The words that name somebody where an anchor has them, in the same words."""
        found = [
            (role, filler)
            for finding in self._by_document.get(anchor.document_id, ())
            for role, fillers in finding.roles.items()
            for filler in fillers
            if _shared(anchor.start, anchor.end, filler.start, filler.end) >= _HALF
            and _one_name(anchor.text, filler.text)
        ]
        if not found:
            return None
        roles = {role for role, _, _ in anchor.roles}

        def order(item: tuple[str, Filler]) -> tuple[bool, float, int, int, str]:
            role, f = item
            common = _shared(anchor.start, anchor.end, f.start, f.end, of_longer=True)
            return (role not in roles, -common, f.start, f.end, str(f.value))

        return Mention(document_id=anchor.document_id, filler=min(found, key=order)[1])


def filler_of(anchor: Anchor, fillers: Sequence[Filler]) -> Filler | None:
    """The filler of a role that an anchor means today; None where it is gone."""
    wanted = anchor.filler
    if wanted is None:
        return None
    found = [
        (_shared(wanted.start, wanted.end, f.start, f.end, of_longer=True), f)
        for f in fillers
        if _shared(wanted.start, wanted.end, f.start, f.end) >= _HALF
    ]
    return min(found, key=lambda item: (-item[0], item[1].start, item[1].end))[1] if found else None


def _one_name(one: str, other: str) -> bool:
    a, b = plain_words(one), plain_words(other)
    return a == b or a in b or b in a


def _shared(
    start: int, end: int, other_start: int, other_end: int, *, of_longer: bool = False
) -> float:
    """Share of the shorter (or of the longer) of two spans that lies in the other."""
    common = min(end, other_end) - max(start, other_start)
    lengths = (end - start, other_end - other_start)
    whole = max(lengths) if of_longer else min(lengths)
    return max(0, common) / whole if whole else 0.0


def _sentence(anchor: Anchor, finding: Finding) -> float:
    return max(_shared(anchor.start, anchor.end, q.start, q.end) for q in finding.evidence)


def _common_roles(anchor: Anchor, finding: Finding) -> int:
    """How many fillers of the anchor are fillers of the same role in the finding."""
    return sum(
        any(_shared(start, end, f.start, f.end) >= _HALF for f in finding.roles.get(role, ()))
        for role, start, end in anchor.roles
    )


def _tells_same(anchor: Anchor, finding: Finding) -> bool:
    for role in _CORE.get(anchor.kind, ()):
        own = [(start, end) for name, start, end in anchor.roles if name == role]
        others = finding.roles.get(role, ())
        if own and others:
            return any(
                _shared(start, end, f.start, f.end) >= _HALF for start, end in own for f in others
            )
    fewer = min(len(anchor.roles), sum(map(len, finding.roles.values())))
    if not fewer:
        return anchor.type == finding.type
    return _common_roles(anchor, finding) / fewer > _HALF


def _alike(anchor: Anchor, finding: Finding) -> tuple[float, float, float]:
    """What decides among findings that fit: roles in common, type, the sentence."""
    count = max(len(anchor.roles), sum(map(len, finding.roles.values())), 1)
    return (
        _common_roles(anchor, finding) / count,
        float(anchor.type == finding.type),
        _sentence(anchor, finding),
    )
