"""What two documents share: their passages in the same words and in other words, and their slips.

Comes in: two documents, made ready. Goes out: `Sharing`, found from these two alone, so that it can
be kept and need not be found again when others join. Whether it links them is told by `linking`,
which knows the formulas of the dossier. It never says who copied whom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import msgspec

from pactwatch.lineage.alignment import Stretch, align, is_prose
from pactwatch.lineage.candidates import Formulas
from pactwatch.lineage.ready import Ready, make_ready
from pactwatch.lineage.retelling import retellings
from pactwatch.lineage.slips import shared_slips
from pactwatch.lineage.values import Shared, Sharing, Slip
from pactwatch.model import Document, Span, stable_id
from pactwatch.origins import Passage

__all__ = [
    "Ready",
    "from_bytes",
    "linking",
    "look_closer",
    "make_ready",
    "share",
    "shares",
    "to_bytes",
]

LINK_WORDS = 12
LINK_TELLING = 5
"""Words, and telling words among them, that link two documents by themselves."""

QUOTED_WORDS = 10
"""Words that link them when both have them in quotation marks. Fewer (8, of which 4 telling) are a
passage only beside one that links."""


COPY = 0.5
"""Share of a document's words from which it is a copy; nobody retells what he copies."""

SAME = 0.98
"""Share of both documents' words from which they are the same text, even where all of it is
formulas: a form filled in anew differs more."""

_PLENTY = 30  # telling words of which no letterhead has so many
_ALIKE = 0.75  # similarity of a passage without a long exact run; less is a string of phrases
_MOSTLY = 0.25  # share of formulas from which a passage is one: forms fill in little else
_NEWS = 31  # days between a text and one that retells it
_WHO_QUOTES = {
    (True, True): "both",
    (True, False): "first",
    (False, True): "second",
    (False, False): "neither",
}


def share(one: Ready, other: Ready) -> Sharing:
    """Find what two documents share; `one` is the one published earlier."""
    return Sharing(
        first_id=one.document.id,
        second_id=other.document.id,
        first_words=len(one.laid.words),
        second_words=len(other.laid.words),
        copied=tuple(_shared(one, other, stretch) for stretch in align(one.laid, other.laid)),
    )


def look_closer(one: Ready, other: Ready, sharing: Sharing) -> Sharing:
    """Add what only a closer look shows: sentences told in other words, and slips in common."""
    strong = [found for found in sharing.copied if _links(found)]
    if not strong or max(shares(sharing)) >= COPY:
        return replace(sharing, looked=True)
    return replace(
        sharing,
        retold=_retold(one, other, strong),
        slips=_slips(one, other, strong),
        looked=True,
    )


def shares(sharing: Sharing) -> tuple[float, float]:
    """Share of the first and of the second document's words that stand in copied passages."""
    words = sum(found.passage.words for found in sharing.copied)
    return (
        min(1.0, words / max(1, sharing.first_words)),
        min(1.0, words / max(1, sharing.second_words)),
    )


def linking(sharing: Sharing, formulas: Formulas) -> Sharing | None:
    """What is left of a sharing without formulas; None where that links nothing.

    A passage goes when half of its marks are formulas. Formulas of one publisher only go where the
    documents share little else: versions of one article share them too. Texts that are the same
    but for a word or two are linked whatever they say.
    """
    if min(shares(sharing)) >= SAME:
        return sharing
    left = _without(sharing, formulas.everywhere)
    if max(shares(left)) < COPY:
        left = _without(left, formulas.of_publisher)
    return left if any(map(_links, left.copied)) else None


def _without(sharing: Sharing, formulas: frozenset[int]) -> Sharing:
    """A sharing without the passages that are formulas, wholly or so far that the rest of them
    would be no link."""
    kept = []
    for found in sharing.copied:
        if formulas.isdisjoint(found.marks):
            kept.append(found)
            continue
        dull = sum(mark in formulas for mark in found.marks) / len(found.marks)
        if dull < _MOSTLY and _links(found, 1 - dull) == _links(found):
            kept.append(found)
    return sharing if len(kept) == len(sharing.copied) else replace(sharing, copied=tuple(kept))


def to_bytes(sharing: Sharing) -> bytes:
    """The bytes that `from_bytes` reads."""
    return msgspec.msgpack.encode(sharing)


def from_bytes(kept: bytes) -> Sharing:
    """Read what `to_bytes` wrote.

    Raises:
        msgspec.DecodeError: these are no bytes of a sharing.
    """
    return msgspec.msgpack.decode(kept, type=Sharing)


def _links(found: Shared, share: float = 1.0) -> bool:
    """Whether a passage, or a share of it, links two documents by itself."""
    passage = found.passage
    prose = is_prose(found.telling, found.names, passage.words, found.longest)
    if not prose and found.telling < _PLENTY:
        return False
    if found.longest < LINK_WORDS and passage.similarity < _ALIKE:
        return False
    if passage.quoted == "both":
        return passage.words * share >= QUOTED_WORDS
    return passage.words * share >= LINK_WORDS and found.telling * share >= LINK_TELLING


def _shared(one: Ready, other: Ready, stretch: Stretch) -> Shared:
    first = one.span(stretch.first_start, stretch.first_end)
    second = other.span(stretch.second_start, stretch.second_end)
    passage = _passage(
        "copied",
        one,
        other,
        first,
        second,
        words=stretch.equal,
        similarity=round(stretch.similarity, 4),
        quoted=_WHO_QUOTES[one.is_quoted(first), other.is_quoted(second)],
    )
    return Shared(
        passage=passage,
        longest=stretch.longest,
        telling=stretch.telling,
        names=stretch.names,
        marks=other.marks_in(stretch.second_start, stretch.second_end),
    )


def _retold(one: Ready, other: Ready, strong: Sequence[Shared]) -> tuple[Passage, ...]:
    if not _near_in_time(one.document, other.document):
        return ()
    without = [
        (one.places(found.passage.first), other.places(found.passage.second)) for found in strong
    ]
    return tuple(
        _passage(
            "retold",
            one,
            other,
            one.span(*found.first),
            other.span(*found.second),
            words=found.agree,
            similarity=found.cosine,
            quoted="neither",
        )
        for found in retellings(one.outline, other.outline, without)
    )


def _slips(one: Ready, other: Ready, strong: Sequence[Shared]) -> tuple[Slip, ...]:
    texts = (one.document.text, other.document.text)
    found: list[Slip] = []
    for passage in (shared.passage for shared in strong):
        words = (
            texts[0][passage.first.start : passage.first.end],
            texts[1][passage.second.start : passage.second.end],
        )
        found += shared_slips(*words, (one.spelling, other.spelling))
    return tuple(dict.fromkeys(found))


def _passage(
    kind: str,
    one: Ready,
    other: Ready,
    first: Span,
    second: Span,
    *,
    words: int,
    similarity: float,
    quoted: str,
) -> Passage:
    places = f"{first.start}:{first.end} {second.start}:{second.end}"
    return Passage(
        id=stable_id("passage", kind, one.document.id, other.document.id, places),
        kind=kind,
        first_id=one.document.id,
        second_id=other.document.id,
        first=first,
        second=second,
        words=words,
        similarity=similarity,
        quoted=quoted,
    )


def _near_in_time(one: Document, other: Document) -> bool:
    """Whether one can retell the other as news; unknown days are near to all."""
    days = [_day(document.published) for document in (one, other)]
    return days[0] is None or days[1] is None or abs((days[0] - days[1]).days) <= _NEWS


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published or "")
    except ValueError:
        return None  # only the year or the month is known
