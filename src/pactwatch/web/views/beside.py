"""Two documents beside each other: the passages that both have, with every difference marked.

Comes in: a `Look` and two ids. Goes out: the passages kept by lineage, their wordings compared when
they are asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from pactwatch.errors import DossierError
from pactwatch.lineage import Comparison, compare
from pactwatch.model import Document, Span
from pactwatch.origins import Passage
from pactwatch.report.marks import Words
from pactwatch.report.words import date_words, one_line
from pactwatch.store.documents import document_named
from pactwatch.store.queries_lineage import passages_between
from pactwatch.web.looking import Look, Missing

__all__ = ["BesidePage", "PassagePiece", "beside"]

LONGEST_TEXT = 200_000  # characters; longer texts are not compared while somebody waits
LONGEST = 2500  # characters of a passage


@dataclass(frozen=True, slots=True, kw_only=True)
class PassagePiece:
    """A passage in both wordings; marked words stand in one of them alone.

    Attributes:
        kind: "copied" or "retold".
        starts: Where it begins in each.
    """

    kind: str
    words: int
    similarity: float
    starts: tuple[int, int]
    first: tuple[Words, ...]
    second: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BesidePage:
    """What two documents share, the earlier one first; `words` are the same in both."""

    ids: tuple[str, str]
    sources: tuple[str, str]
    words: int
    too_long: bool
    passages: tuple[PassagePiece, ...]


def beside(look: Look, first_id: str, second_id: str) -> BesidePage:
    """The page of two documents.

    Raises:
        Missing: one of them is not there, or may not be shown.
    """
    try:
        pair = [document_named(look.connection, id_) for id_ in (first_id, second_id)]
    except DossierError as error:
        raise Missing(first_id[:80], "is not in this dossier") from error
    if pair[0].id == pair[1].id or any(look.withheld(d.name, d.publisher) for d in pair):
        raise Missing(second_id[:80], "is not in this dossier")
    found = passages_between(look.connection, pair[0].id, pair[1].id)
    by_id = {document.id: document for document in pair}
    # Passages name the earlier document first; without any, the dates decide.
    ordered = sorted(pair, key=lambda d: (d.published or "9999", d.id))
    ids = (found[0].first_id, found[0].second_id) if found else (ordered[0].id, ordered[1].id)
    too_long = max(len(document.text) for document in pair) > LONGEST_TEXT
    return BesidePage(
        ids=ids,
        sources=(_source(by_id[ids[0]]), _source(by_id[ids[1]])),
        words=sum(passage.words for passage in found if passage.kind == "copied"),
        too_long=too_long,
        passages=() if too_long else _passages(found, by_id),
    )


def _source(document: Document) -> str:
    who = one_line((document.publisher or document.name)[:300])[:80]
    return f"{who}, {date_words(document.published) or 'undated'}"


def _passages(found: list[Passage], pair: dict[str, Document]) -> tuple[PassagePiece, ...]:
    pieces = []
    for passage in found:
        first, second = pair[passage.first_id], pair[passage.second_id]
        comparison = compare(passage, first, second)
        pieces.append(
            PassagePiece(
                kind=passage.kind,
                words=passage.words,
                similarity=round(passage.similarity, 3),
                starts=(passage.first.start, passage.second.start),
                first=_side(first, comparison, 0),
                second=_side(second, comparison, 1),
            )
        )
    return tuple(pieces)


def _side(document: Document, comparison: Comparison, side: int) -> tuple[Words, ...]:
    whole = comparison.second if side else comparison.first
    end = min(whole.end, whole.start + LONGEST)
    spans: list[Span] = [d.second if side else d.first for d in comparison.differences]
    pieces, at = [], whole.start
    for span in sorted(spans, key=lambda span: span.start):
        if span.end <= span.start or span.start < at or span.end > end:
            continue
        pieces.append(Words(text=document.text[at : span.start], marked=False))
        pieces.append(Words(text=document.text[span.start : span.end], marked=True))
        at = span.end
    pieces.append(Words(text=document.text[at:end], marked=False))
    return tuple(piece for piece in pieces if piece.text)
