"""Why `pactwatch show` shows nothing: the filters that no value passes, with what is near to them.

Comes in: filters that let nothing through, and all that they could have let through. Goes out: a
sentence for each filter that fits nothing by itself. Where each fits something, only not together,
there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from typing import Any

from pactwatch.cli.filters import Filters
from pactwatch.cli.listing import Listed
from pactwatch.model import Actor, Document, Record
from pactwatch.report.book import Book
from pactwatch.report.words import count, date_words, join_words, one_line

__all__ = ["explain_nothing"]

_MOST_LISTED = 12  # values that are told whole; of more, only those that are near
_LIKE = 70  # of 100: "Ghna" is 89 like "Ghana", "funding" 43 like "training"


def explain_nothing(
    values: Callable[[Filters], Iterable[Any]], book: Book, kind: str, asked: Filters
) -> list[str]:
    """Tell of each filter that lets nothing through by itself.

    Args:
        values: What passes some filters.
        kind: What is asked for, as "measures".
    """
    told = []
    for field in fields(Filters):
        given = getattr(asked, field.name)
        if given and not any(True for _ in values(Filters(**{field.name: given}))):
            everything = list(values(Filters()))
            told.append(_reason(field.name, given, everything, book, kind))
    return told


def _reason(name: str, given: Any, values: Sequence[Any], book: Book, kind: str) -> str:
    if not values:
        return f"There are no {kind} at all."
    if name == "contested":
        return f"None of the {kind} is contested."
    if name == "copies":
        return "No document has the same text as another."
    if name == "versions":
        return "No document has more than one version."
    if name == "accounts":
        most = max(value.accounts for value in values if isinstance(value, Record))
        return f"No --accounts {given} here; at most {count(most, 'account')} tell one of them."
    if name in ("since", "until"):
        dates = sorted(filter(None, map(_date, values)))
        if not dates:
            return f"No --{name} {given} here; none of them has a date."
        first, last = date_words(dates[0]), date_words(dates[-1])
        return f"No --{name} {given} here; their dates run from {first} to {last}."
    known = _known(name, values, book)
    near = [known[word] for word in _near(str(given), list(known))]
    shown = list(dict.fromkeys(known.values()))
    told = [f"near: {join_words(dict.fromkeys(near))}"] if near else []
    if len(shown) <= _MOST_LISTED and name != "words":
        told.append(f"there are: {join_words(shown) or 'none'}")
    return f"No --{name} {given} here" + "".join(f"; {words}" for words in told) + "."


def _near(given: str, known: Sequence[str]) -> list[str]:
    """The known values that are most like the given one."""
    from rapidfuzz import fuzz, process, utils

    found = process.extract(
        given, known, scorer=fuzz.WRatio, processor=utils.default_process, limit=5,
        score_cutoff=_LIKE,
    )  # fmt: skip
    return [word for word, _, _ in found]


def _known(name: str, values: Sequence[Any], book: Book) -> dict[str, str]:
    """What stands in the values where a filter looks: the words → how they are shown."""
    found: dict[str, str] = {}
    for value in values:
        for words, shown in _pairs(name, value, book):
            if words:
                found.setdefault(words, shown)
    return dict(sorted(found.items()))


def _pairs(name: str, value: Any, book: Book) -> Iterable[tuple[str, str]]:
    for words in _plain(name, value):
        if words:
            yield words, one_line(words)
    actors = [value] if isinstance(value, Actor) else _actors_of(value, book)
    for actor in actors:
        if name == "actor":
            yield from ((words, one_line(actor.name)) for words in actor.names)
        if name == "country" and actor.country:
            states = (a for a in book.actors.values() if a.kind == "state")
            state = next((a for a in states if a.country == actor.country), None)
            shown = f"{one_line(state.name)} ({actor.country})" if state else actor.country
            yield from (
                (words, shown) for words in (*(state.names if state else ()), actor.country)
            )


def _plain(name: str, value: Any) -> Iterable[str | None]:
    if isinstance(value, Listed):
        yield from _of_document(name, value.document)
    elif name == "words":
        names = " ".join(value.names) if isinstance(value, Actor) else ""
        label = getattr(value, "label", None) or getattr(value, "name", "")
        yield from f"{names or label}".split()
    elif name == "type":
        yield value.kind if isinstance(value, Actor) else getattr(value, "type", None)
    elif name == "stage":
        yield getattr(value, "stage", None)
        yield from (step.stage for step in getattr(value, "history", ()))


def _of_document(name: str, document: Document) -> Iterable[str | None]:
    if name == "type":
        yield document.media_type
        if "." in document.name:
            yield document.name.rpartition(".")[2]
    elif name == "publisher":
        yield document.publisher
    elif name == "language":
        yield document.language
    elif name == "words":
        yield from f"{document.name} {document.title or ''}".split()


def _actors_of(value: Any, book: Book) -> list[Actor]:
    """The actors that a record names; of a moment of the timeline, those of its record."""
    if not isinstance(value, Record):
        number = getattr(value, "number", None)
        value = next((record for record in book.records if record.number == number), None)
    if value is None:
        return []
    ids = dict.fromkeys(c.actor_id for c in value.claims if c.actor_id)
    return [book.actors[id_] for id_ in ids if id_ in book.actors]


def _date(value: Any) -> str | None:
    date = value.document.published if isinstance(value, Listed) else getattr(value, "date", None)
    return str(date) if date else None
