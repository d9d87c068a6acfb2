"""One actor in full: its names, and every record in which it has a part, with the part.

Comes in: a `Book` and an actor of it. Goes out: lines, or plain values for JSON. The words behind a
part are one question further: `pactwatch why RECORD FIELD`.
"""

from __future__ import annotations

from typing import Any

from pactwatch.cli.printing import Part, Screen
from pactwatch.errors import UsageError
from pactwatch.model import Actor, Claim, Record
from pactwatch.report.book import Book
from pactwatch.report.words import (
    count,
    date_words,
    field_words,
    join_words,
    one_line,
    source_words,
)

__all__ = ["describe_part", "parts_of", "print_actor"]


def parts_of(book: Book, actor: Actor, field: str | None) -> list[tuple[Record, Claim]]:
    """Claims that name an actor, with their records in the order of the ledger; of one field, or of
    all for None.

    Raises:
        UsageError: the actor has no such part.
    """
    parts = [
        (record, claim)
        for record in book.records
        for claim in record.claims
        if claim.actor_id == actor.id
    ]
    if field is None:
        return parts
    wanted = field.casefold()
    fit = [part for part in parts if wanted in (part[1].field, field_words(part[1].field))]
    if not fit:
        known = ", ".join(dict.fromkeys(claim.field for _, claim in parts)) or "none"
        raise UsageError(f"{actor.number} {field}", "it has no such part", f"It has: {known}")
    return fit


def print_actor(
    screen: Screen, book: Book, actor: Actor, parts: list[tuple[Record, Claim]]
) -> None:
    """Print an actor's names, sources and parts."""
    screen.line((one_line(actor.name), "bold"), (f"   {actor.number}", "dim"))
    kind = f"{actor.kind} {actor.country or ''}".strip()
    screen.line((f"{kind} · {count(len(actor.document_ids), 'document')}", "dim"))
    others = [one_line(name) for name in actor.names if name != actor.name]
    if others:
        screen.line(("also ", "dim"), join_words(others))
    roles: dict[str, tuple[Record, list[str]]] = {}
    for record, claim in parts:
        told = roles.setdefault(record.number, (record, []))[1]
        if field_words(claim.field) not in told:
            told.append(field_words(claim.field))
    rows: list[list[Part]] = [
        [
            (record.number, "dim"),
            one_line(record.label),
            join_words(told),
            " ".join(filter(None, [record.stage, date_words(record.date)])),
        ]
        for record, told in roles.values()
    ]
    if rows:
        screen.head("PARTS")
        screen.rows(rows, indent=2, give=(1,))
    documents = sorted(
        (book.documents[id_] for id_ in actor.document_ids if id_ in book.documents),
        key=lambda document: (document.published or "9999", document.name),
    )
    if documents:
        screen.head("NAMED BY")
        for words in dict.fromkeys(map(source_words, documents)):
            screen.line(words, indent=2)


def describe_part(book: Book, actor: Actor, record: Record, claim: Claim) -> dict[str, Any]:
    """A part of an actor for JSON."""
    named = [book.documents.get(item.document_id) for item in claim.support]
    return {
        "actor": actor.name,
        "number": actor.number,
        "record": record.number,
        "label": record.label,
        "field": claim.field,
        "text": claim.text,
        "accounts": claim.accounts,
        "documents": list(dict.fromkeys(d.name for d in named if d)),
    }
