"""The lists of `pactwatch show`: which values are shown, and a row for each.

Comes in: a dossier with its book, the kind of thing, and filters. Goes out: values of the model, as
rows for people or plain for JSON. What the filters mean is for `filters` to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pactwatch.cli.deliveries import print_open
from pactwatch.cli.filters import (
    Filters,
    actor_passes,
    date_passes,
    document_passes,
    record_passes,
)
from pactwatch.cli.overview import print_contests, record_row
from pactwatch.cli.printing import Part, Screen
from pactwatch.model import Document
from pactwatch.report.book import Book
from pactwatch.report.words import (
    count,
    date_words,
    document_words,
    join_words,
    one_line,
    shorten,
)

if TYPE_CHECKING:
    from pactwatch.dossier import Dossier, Standing

__all__ = ["Listed", "listed_values", "plain_value", "print_values"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A document with its place among the others."""

    document: Document
    standing: Standing


def listed_values(dossier: Dossier, book: Book, kind: str, asked: Filters) -> Iterable[Any]:
    """What is to be shown, as values of the model."""
    words = (asked.words or "").casefold().split()
    if kind == "documents":
        standings = dossier.standings()
        known = dossier.documents(superseded=asked.versions)
        listed = (Listed(document=d, standing=standings[d.id]) for d in known)
        return (one for one in listed if document_passes(one.document, one.standing, asked))
    if kind == "actors":
        # Groups ("officers") crowd the list: they are shown when asked for.
        groups = asked.type == "group" or bool(asked.actor or asked.words)
        shown = (a for a in book.actors.values() if groups or a.kind != "group")
        return (a for a in shown if actor_passes(a, asked))
    if kind == "problems":
        return (p for p in dossier.problems() if all(w in p.name.casefold() for w in words))
    if kind == "rejected":
        texts = (
            (r, f"{r.reason} {r.trigger} {r.quote.text}".casefold()) for r in dossier.rejected()
        )
        return (r for r, text in texts if all(w in text for w in words))
    fit = [record for record in book.records if record_passes(record, asked, book.actors)]
    if kind == "timeline":
        numbers = {record.number for record in fit}
        return (m for m in dossier.timeline() if m.number in numbers and date_passes(m.date, asked))
    if kind == "contested":
        return (record for record in fit if record.contests)
    return (record for record in fit if f"{record.kind}s" == kind)


def plain_value(value: Any) -> Any:
    """A value for JSON: of a document all but its text, which `find` and the dossier itself
    give."""
    import msgspec

    if not isinstance(value, Listed):
        return value
    plain: dict[str, Any] = msgspec.to_builtins(value.document)
    plain["characters"] = len(plain.pop("text"))
    plain |= msgspec.to_builtins(value.standing)
    return {key: item for key, item in plain.items() if key != "furniture"}


def print_values(screen: Screen, book: Book, kind: str, values: list[Any]) -> None:
    if kind == "contested":
        weight = {"high": 0, "medium": 1, "low": 2}
        pairs = [(record, contest) for record in values for contest in record.contests]
        pairs.sort(key=lambda pair: weight.get(pair[1].severity, 3))
        print_contests(screen, book, pairs)
        return
    screen.rows([_row(book, kind, value) for value in values], give=_WIDE.get(kind, (1,)))
    if kind == "timeline":
        numbers = {value.number for value in values}
        print_open(screen, (record for record in book.records if record.number in numbers))


_WIDE = {"documents": (2, 1, 3), "timeline": (2,), "actors": (4, 1), "rejected": (3, 2)}
"""The columns that are shortened on a narrow terminal; the second, for all others."""


def _row(book: Book, kind: str, value: Any) -> list[Part]:
    if kind == "documents":
        document = value.document
        date = date_words(document.published) or "undated"
        words = document_words(document)
        publisher = one_line(document.publisher or "–")
        return [date, publisher, words, (document.name, "dim"), (_standing(value), "dim")]
    if kind == "actors":
        others = join_words(one_line(n) for n in value.names if n != value.name)
        return [
            (value.number, "dim"), one_line(value.name),
            f"{value.kind} {value.country or ''}".strip(),
            (count(len(value.document_ids), "document"), "dim"), (others, "dim"),
        ]  # fmt: skip
    if kind == "timeline":
        told = "told " if value.date_from == "publication" else ""
        return [
            told + date_words(value.date), (value.stage or "", "bold"), one_line(value.label),
            (value.number, "dim"),
        ]  # fmt: skip
    if kind == "problems":
        return [(value.name, "bold"), value.fault, value.next_step]
    if kind == "rejected":
        document = book.documents.get(value.document_id)
        name = document.name if document else value.document_id
        return [
            (value.reason, "bold"),
            value.trigger,
            (name, "dim"),
            shorten(value.quote.text, 160),
        ]
    return record_row(value)


def _standing(listed: Listed) -> str:
    """What a reader must know of a document besides its facts."""
    document, standing = listed.document, listed.standing
    told = []
    if document.language != "en":
        told.append(f"not read ({document.language})")
    if standing.versions > 1:
        told.append(f"version {standing.version} of {standing.versions}")
    if standing.same_text:
        told.append(f"same text as {join_words(standing.same_text[:3])}")
    return ", ".join(told)
