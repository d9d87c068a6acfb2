"""One document: its text with what is found in it highlighted, its metadata, its kin, and refused
candidates where they are asked for.

Comes in: a `Look` and an id. Goes out: one part of the text in pieces that, joined, are the text to
the letter. A long text is shown in parts; a part costs the same in a text of any length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pactwatch.review import Standing, vocabulary
from pactwatch.review.checking import Vocabulary
from pactwatch.store.queries_decisions import decisions_on_document
from pactwatch.store.queries_documents import DocumentHead, document_head, document_heads, kin
from pactwatch.store.queries_lineage import CreditRow, credit_rows, shares
from pactwatch.store.queries_ruled_out import rejected_by
from pactwatch.store.queries_stretches import (
    FindingRow,
    RejectedRow,
    finding_counts,
    finding_rows,
    rejected_count,
    rejected_rows,
    stretch,
)
from pactwatch.web.links import PART
from pactwatch.web.looking import Look, Missing, Moved
from pactwatch.web.views.pieces import document_title, source
from pactwatch.web.views.rulings import RulingPiece, rulings

__all__ = ["DocumentPage", "KinPiece", "TextPiece", "document"]

MARKED = 250  # findings highlighted in one part
LISTED = 60  # findings and refused candidates listed beside it


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPiece:
    """A stretch of the text.

    Attributes:
        anchors: Offsets at which evidence begins here.
        kinds: Kinds of the findings that stand on it.
        record_id: A record that one of them went into.
        refused: A refused candidate stands on it.
        sought: It is what the address asked for.
    """

    text: str
    anchors: tuple[int, ...]
    kinds: tuple[str, ...]
    record_id: str | None
    furniture: bool
    refused: bool
    sought: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KinPiece:
    """A document that shares words with this one, or its account.

    Attributes:
        relation: "It has this from there", "It was copied there" … in words.
        passages: Passages that both have; they can be seen side by side.
    """

    id: str
    source: str
    relation: str
    reasons: tuple[str, ...]
    passages: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """All that the page of a document shows.

    Attributes:
        address: Where it was published, if that can be followed (http or https).
        kinds: Findings by kind, in the whole document.
        kind: The kind asked for, or None for all.
        part: From 0; `parts` there are.
        findings: Of this part; `more` are neither listed nor highlighted.
        rejected_by: Who rejected which of the findings, by its id. On a site none of these is
            listed or highlighted, and nothing of a document set aside.
        withheld: The text may not be shown: `pieces` are the quotations alone.
        low: Offset at which the part begins.
        rulings: What people decided of it, or of what is found in it.
        vocabulary: By kind of finding, its roles and words.
        adding: The kind of finding that a reviewer wants to add.
    """

    head: DocumentHead
    title: str
    source: str
    address: str | None
    kinds: dict[str, int]
    kind: str | None
    rejected: int
    show_rejected: bool
    part: int
    parts: int
    pieces: tuple[TextPiece, ...]
    findings: tuple[FindingRow, ...]
    more: bool
    refused: tuple[RejectedRow, ...]
    kin: tuple[KinPiece, ...]
    credits: tuple[CreditRow, ...]
    rejected_by: dict[str, str]
    withheld: bool
    low: int
    rulings: tuple[RulingPiece, ...]
    vocabulary: dict[str, Vocabulary]
    adding: str | None


def document(look: Look, id_or_name: str) -> DocumentPage | Moved:
    """The page of a document; asked for by its name, where it has moved.

    Raises:
        Missing: there is none.
    """
    connection = look.connection
    head = document_head(connection, id_or_name)
    if head is None:
        raise Missing(id_or_name[:80], "is not in this dossier")
    if head.id != id_or_name:
        return Moved(f"document/{head.id}")
    characters = head.characters or 0
    parts = max(1, -(-characters // PART))
    sought = _sought(look, characters)
    part = (look.number("part", least=1, most=parts) or 1) - 1
    if sought is not None:
        part = sought[0] // PART
    kinds = finding_counts(connection, head.id, ruled_out=not look.static)
    kind = look.words("kind") if look.words("kind") in kinds else None
    low, high = part * PART, min((part + 1) * PART, characters)
    only = (kind,) if kind else ()
    found = finding_rows(
        connection, head.id, start=low, end=high, kinds=only, ruled_out=not look.static,
        limit=MARKED + 1,
    )  # fmt: skip
    withheld = look.withheld(head.name, head.publisher)
    show_rejected = bool(look.words("rejected")) and not withheld
    refused = (
        rejected_rows(connection, head.id, start=low, end=high, limit=LISTED)
        if show_rejected
        else []
    )
    return DocumentPage(
        head=head,
        title=document_title(head),
        source=source(head),
        address=_web_address(head),
        kinds=kinds,
        kind=kind,
        rejected=0 if withheld else rejected_count(connection, head.id),
        show_rejected=show_rejected,
        part=part,
        parts=parts,
        pieces=_quoted(found[:MARKED])
        if withheld
        else _pieces(look, head.id, (low, high), found[:MARKED], refused, sought),
        findings=tuple(found[:LISTED]),
        more=len(found) > LISTED,
        refused=tuple(refused),
        kin=_kin(look, head.id),
        credits=tuple(credit_rows(connection, head.id)),
        rejected_by={} if look.static else rejected_by(connection, head.id),
        withheld=withheld,
        low=low,
        rulings=rulings(_decisions(look, head.id), hide=look.unnamed),
        vocabulary={} if look.static else dict(vocabulary()),
        adding=look.words("add") if look.words("add") in vocabulary() else None,
    )


def _decisions(look: Look, document_id: str) -> list[Standing]:
    """Decisions on a document; on a site those that nobody has taken back."""
    found = decisions_on_document(look.connection, document_id)
    return [s for s in found if not (look.static and s.state == "undone")]


def _web_address(head: DocumentHead) -> str | None:
    address = head.address
    return address if address and address.lower().startswith(("http://", "https://")) else None


def _sought(look: Look, characters: int) -> tuple[int, int] | None:
    """The stretch that "at=120-180" asks for."""
    first, _, last = (look.words("at") or "").partition("-")
    if not (first.isdecimal() and last.isdecimal() and len(first) < 10 and len(last) < 10):
        return None
    start, end = int(first), int(last)
    return (start, end) if start < end <= characters else None


_RELATIONS = {
    "source": "has it from there",
    "copy": "was copied there",
    "common": "both from a third",
    "undecided": "shares words",
}


def _kin(look: Look, document_id: str) -> tuple[KinPiece, ...]:
    """Those with which it shares passages, then the rest of its accounts."""
    found = shares(look.connection, document_id)
    rest = kin(look.connection, document_id)
    ids = [share.other_id for share in found] + [id_ for id_, _, _ in rest]
    heads = document_heads(look.connection, ids)
    pieces = {}
    for share in found:
        if share.other_id in heads:
            relation = _RELATIONS[share.relation]
            pieces[share.other_id] = KinPiece(
                id=share.other_id,
                source=source(heads[share.other_id]),
                relation=f"{relation}, {share.member}" if share.member else relation,
                reasons=share.reasons,
                passages=share.passages,
                words=share.words,
            )
    for id_, _, reason in rest:
        if id_ in heads and id_ not in pieces:
            pieces[id_] = KinPiece(
                id=id_, source=source(heads[id_]), relation=reason, reasons=(), passages=0, words=0
            )
    return tuple(pieces.values())


def _quoted(found: Sequence[FindingRow]) -> tuple[TextPiece, ...]:
    """The quotations alone, each once."""
    once = {row.start: row for row in reversed(found)}
    return tuple(
        TextPiece(
            text=row.text, anchors=(row.start,), kinds=(row.kind,), record_id=row.record_id,
            furniture=False, refused=False, sought=False,
        )
        for _, row in sorted(once.items())
    )  # fmt: skip


Spans = Sequence[tuple[int, int]]


def _pieces(
    look: Look,
    document_id: str,
    shown: tuple[int, int],
    found: Sequence[FindingRow],
    refused: Sequence[RejectedRow],
    sought: tuple[int, int] | None,
) -> tuple[TextPiece, ...]:
    """Cut a stretch of text at every border of what is marked in it."""
    low, high = shown
    cut = stretch(look.connection, document_id, low, high)
    furniture = cut.furniture
    no = [(row.start, row.end) for row in refused]
    asked = [sought] if sought else []
    marked = [(row.start, row.end) for row in found]
    starts = {row.start for row in found}
    borders = {low, high, *starts}
    for start, end in [*marked, *furniture, *no, *asked]:
        borders |= {start, end}
    cuts = sorted(border for border in borders if low <= border <= high)
    pieces, active, ahead = [], list[FindingRow](), list(found)
    for start, end in pairwise(cuts):
        while ahead and ahead[0].start <= start:
            active.append(ahead.pop(0))
        active = [row for row in active if row.end > start]
        pieces.append(
            TextPiece(
                text=cut.text[start - low : end - low],
                anchors=(start,) if start in starts else (),
                kinds=tuple(sorted({row.kind for row in active})),
                record_id=next((row.record_id for row in active if row.record_id), None),
                furniture=_inside(furniture, start),
                refused=_inside(no, start),
                sought=_inside(asked, start),
            )
        )
    return tuple(pieces)


def _inside(spans: Spans, place: int) -> bool:
    return any(start <= place < end for start, end in spans)
