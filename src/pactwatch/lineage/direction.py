"""Who has the shared words from whom: the evidence, and what it comes to.

Comes in: what two documents share, the documents, and what they credit. Goes out: `Direction` with
all its reasons. Where the evidence is wanting or speaks for both, it says so: nothing is decided by
the order of the input.

Evidence: the day of publication; a credit to the other's publisher; words that the one has in
quotation marks and the other in its own voice; and, where no dates tell, a text that holds all of
the other and more. A mistake that both have, or a quotation in both, tells only that both go back
to one text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pactwatch.lineage.sharing import COPY, shares
from pactwatch.lineage.values import Sharing
from pactwatch.model import Document
from pactwatch.origins import Credit, Direction, Reason

__all__ = ["direct"]

_HELD = 0.8  # share of an excerpt's words that its source holds
_LONGER = 1.25  # how many times as long the source of an excerpt is at least
_OF_PICTURE = "photograph"


def direct(
    sharing: Sharing,
    first: Document,
    second: Document,
    credits: Sequence[Credit] = (),
) -> Direction:
    """Weigh the evidence on which of two documents has the shared words from the other.

    A credit outweighs quotation marks and length, unless the dates speak against it; without
    credits all evidence must agree. A statement that both quote, and nothing else, is from a third,
    whatever the dates.

    Args:
        credits: Credits of both documents.
    """
    reasons = tuple(_reasons(sharing, first, second, credits))
    quoted = {found.passage.quoted for found in sharing.copied}
    common = quoted == {"both"} and max(shares(sharing)) < COPY
    dated = {r.source_id for r in reasons if r.kind == "date"}
    credited = {r.source_id for r in reasons if r.kind == "credit"}
    told = {r.source_id for r in reasons if r.source_id}
    source = None
    if len(credited) == 1 and (not dated or dated == credited):
        source = next(iter(credited))
    elif not credited and not common and len(told) == 1:
        source = next(iter(told))
    return Direction(
        first_id=first.id,
        second_id=second.id,
        source_id=source,
        common=common and source is None,
        reasons=reasons,
    )


def _reasons(
    sharing: Sharing, first: Document, second: Document, credits: Sequence[Credit]
) -> Iterator[Reason]:
    dated = tuple(_of_dates(first, second))
    yield from dated
    for source, copy in ((first, second), (second, first)):
        yield from _of_credits(source, copy, credits)
    yield from _of_quotation_marks(sharing, first, second)
    if not dated:  # a later text often holds all of an earlier one
        yield from _of_length(sharing, first, second)
    for slip in sharing.slips:
        yield Reason(
            kind="slip",
            source_id=None,
            text=f"both have the slip “{slip.text}”: they go back to one text",
        )


def _of_dates(first: Document, second: Document) -> Iterator[Reason]:
    """The earlier one is the source, as far as both dates are precise."""
    precision = min(len(first.published or ""), len(second.published or ""))
    days = ((first.published or "")[:precision], (second.published or "")[:precision])
    if precision and days[0] != days[1]:
        early, late = sorted((first, second), key=lambda d: (d.published or "")[:precision])
        yield Reason(
            kind="date",
            source_id=early.id,
            text=f"{early.name} is of {early.published}, {late.name} of {late.published}"
            + _days_between(early.published, late.published),
        )


def _days_between(early: str | None, late: str | None) -> str:
    try:
        days = (date.fromisoformat(late or "") - date.fromisoformat(early or "")).days
    except ValueError:
        return ""  # a month or a year has no number of days
    return f", {days} day{'s' if days > 1 else ''} later"


def _of_credits(source: Document, copy: Document, credits: Sequence[Credit]) -> Iterator[Reason]:
    for credit in credits:
        if credit.document_id != copy.id or credit.place == _OF_PICTURE:
            continue
        names = {name.casefold() for name in (credit.publisher, credit.source) if name}
        meant = (source.publisher or "").casefold()
        if credit.resolved_document_id == source.id or (meant and meant in names):
            words = " ".join(credit.quote.text.split())
            yield Reason(
                kind="credit", source_id=source.id, text=f"{copy.name} credits it: “{words}”"
            )
            return


def _of_quotation_marks(sharing: Sharing, first: Document, second: Document) -> Iterator[Reason]:
    kinds = {found.passage.quoted for found in sharing.copied}
    for mark, source, copy in (("second", first, second), ("first", second, first)):
        if mark in kinds:
            yield Reason(
                kind="quotation",
                source_id=source.id,
                text=f"{copy.name} has words in quotation marks that {source.name} says itself",
            )


def _of_length(sharing: Sharing, first: Document, second: Document) -> Iterator[Reason]:
    held = shares(sharing)
    lengths = (sharing.first_words, sharing.second_words)
    for short, long, source, copy in ((1, 0, first, second), (0, 1, second, first)):
        if held[short] >= _HELD and lengths[long] >= _LONGER * lengths[short]:
            yield Reason(
                kind="containment",
                source_id=source.id,
                text=f"{source.name} holds {held[short]:.0%} of {copy.name} and is longer",
            )
