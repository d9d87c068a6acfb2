"""Two documents beside each other: the passages that both have, with every difference marked.

Comes in: a `Look` and two ids. Goes out: aligned passages, compared when they are asked for, from
these two texts alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from pactwatch.errors import DossierError
from pactwatch.lineage import Comparison, compare
from pactwatch.lineage.fingerprints import fingerprint
from pactwatch.lineage.sharing import make_ready, share
from pactwatch.lineage.words import words_in
from pactwatch.model import Document, Span
from pactwatch.report.marks import Words
from pactwatch.report.words import date_words, one_line
from pactwatch.store.documents import document_named
from pactwatch.web.looking import Look, Missing

__all__ = ["BesidePage", "PassagePiece", "beside"]

PASSAGES = 20
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
    """What two documents share, the earlier one first."""

    ids: tuple[str, str]
    sources: tuple[str, str]
    shares: tuple[float, float]
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
    first, second = sorted(pair, key=lambda d: (d.published or "9999", d.id))
    too_long = max(len(first.text), len(second.text)) > LONGEST_TEXT
    passages, shares = ((), (0.0, 0.0)) if too_long else _passages(first, second)
    return BesidePage(
        ids=(first.id, second.id),
        sources=(_source(first), _source(second)),
        shares=shares,
        too_long=too_long,
        passages=passages,
    )


def _source(document: Document) -> str:
    who = one_line((document.publisher or document.name)[:300])[:80]
    return f"{who}, {date_words(document.published) or 'undated'}"


def _passages(
    first: Document, second: Document
) -> tuple[tuple[PassagePiece, ...], tuple[float, float]]:
    sharing = share(*(make_ready(d, words_in(d), fingerprint(d)) for d in (first, second)))
    documents = {first.id: first, second.id: second}
    early, late = documents[sharing.first_id], documents[sharing.second_id]
    turned = early.id != first.id
    found = [s.passage for s in sharing.copied] + list(sharing.retold)
    copied = sum(s.passage.words for s in sharing.copied)
    lengths = (sharing.first_words, sharing.second_words)
    shares = tuple(min(1.0, copied / length) if length else 0.0 for length in lengths)
    pieces = []
    for passage in found[:PASSAGES]:
        comparison = compare(passage, early, late)
        sides = (_side(early, comparison, 0), _side(late, comparison, 1))
        starts = (passage.first.start, passage.second.start)
        order = (1, 0) if turned else (0, 1)
        pieces.append(
            PassagePiece(
                kind=passage.kind,
                words=passage.words,
                similarity=round(passage.similarity, 3),
                starts=(starts[order[0]], starts[order[1]]),
                first=sides[order[0]],
                second=sides[order[1]],
            )
        )
    first_share, second_share = reversed(shares) if turned else shares
    return tuple(pieces), (first_share, second_share)


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
