"""One record in full: the way from a value to the words behind it.

Comes in: a `Book` and what the user named. Goes out: lines, or plain values for JSON. Quotations
are to the letter; only their line breaks are folded for the terminal, and not in JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pactwatch.cli.deliveries import print_delivery
from pactwatch.cli.printing import Part, Screen
from pactwatch.errors import UsageError
from pactwatch.model import Actor, Claim, Record, Support
from pactwatch.report.book import Book, contested_fields
from pactwatch.report.differences import mark_differences
from pactwatch.report.marks import cut_evidence
from pactwatch.report.rulings import ruling_words
from pactwatch.report.sentences import sentences_of
from pactwatch.report.words import (
    date_words,
    field_words,
    one_line,
    place_words,
    sections_of,
    source_words,
    support_words,
    value_words,
)

__all__ = ["describe_claim", "find_record", "pick_fields", "print_record", "print_rulings"]

_LISTED = 12  # records that a message names, so that it can be read


def find_record(book: Book, wanted: str) -> Record | Actor:
    """The record or actor with this number or id, or the only one whose names hold all these words:
    a record by its label or name, else an actor, whose whole name is enough.

    Raises:
        UsageError: there is none, or there are several, which it then lists.
    """
    known: list[Record | Actor] = [*book.records, *book.actors.values()]
    for one in known:
        if wanted in (one.number, one.id):
            return one
    words = wanted.casefold().split()
    fit = [one for one in known if words and all(w in _names(one).casefold() for w in words)]
    records = [one for one in fit if isinstance(one, Record)]
    called = [one for one in fit if isinstance(one, Actor) and _is_called(one, wanted)]
    for choice in (records, called, fit):  # the narrower sense of the words first
        if len(choice) == 1:
            return choice[0]
    if not fit:
        raise UsageError(
            wanted, "no such record or actor", "List them: pactwatch show measures, … actors"
        )
    lines = [f"\n  {one.number}  {one_line(_label(one))}" for one in fit[:_LISTED]]
    left = len(fit) - _LISTED
    rest = f"\n  … and {left} more" if left > 0 else ""
    raise UsageError(wanted, f"{len(fit)} fit", f"Name one:{''.join(lines)}{rest}")


def _is_called(actor: Actor, wanted: str) -> bool:
    return wanted.casefold() in (name.casefold() for name in (actor.name, *actor.names))


def _label(one: Record | Actor) -> str:
    return one.label if isinstance(one, Record) else one.name


def _names(one: Record | Actor) -> str:
    if isinstance(one, Record):
        return " ".join([one.label, *(c.text for c in one.claims if c.field == "name")])
    return "\n".join([one.name, *one.names])


def pick_fields(record: Record, field: str | None) -> list[Claim]:
    """Claims of a field, by its name in the codebook or as it is shown; all of them for None.

    Raises:
        UsageError: the record says nothing of it.
    """
    if field is None:
        return list(record.claims)
    wanted = field.casefold()
    if wanted == "delivery" and record.delivery:
        return [c for c in record.claims if c.field in {"stage", "amount", "date"}]
    claims = [c for c in record.claims if wanted in (c.field, field_words(c.field))]
    if not claims:
        known = ", ".join(dict.fromkeys(claim.field for claim in record.claims))
        raise UsageError(f"{record.number} {field}", "nothing is told of it", f"It has: {known}")
    return claims


def print_record(screen: Screen, book: Book, record: Record, claims: Sequence[Claim]) -> None:
    """Print claims field by field, each with its quotations."""
    screen.line((one_line(record.label), "bold"), (f"   {record.number}", "dim"))
    support = support_words(record.accounts, len(record.document_ids))
    facts = [record.type, record.stage, date_words(record.date), support]
    screen.line((" · ".join(filter(None, facts)), "dim"))
    shown = {id_ for claim in record.claims for id_ in claim.decision_ids}
    print_rulings(screen, book, [id_ for id_ in record.decision_ids if id_ not in shown])
    disputed = contested_fields(record)
    rivals = {id_ for contest in record.contests for id_ in contest.claim_ids}
    disputing = [claim for claim in claims if claim.id in rivals]
    field, marks = "", _marks(disputing)
    for claim in claims:
        if claim.field != field:
            field = claim.field
            screen.line()
            screen.line(
                (field_words(field), "bold"), (" ⚑ contested" if field in disputed else "", "red")
            )
            for contest in record.contests:
                if contest.field == field:
                    screen.line((contest.explanation, "dim"), indent=2)
        _print_claim(screen, book, claim, marks.get(claim.id, ()))
    if record.delivery and {claim.field for claim in claims} & {"stage", "amount", "date"}:
        print_delivery(screen, record)


def _marks(disputing: Sequence[Claim]) -> dict[str, list[Part]]:
    """Values of contested claims by claim, with the words that differ underlined."""
    parts: dict[str, list[Part]] = {}
    for field in {claim.field: None for claim in disputing}:
        claims = [claim for claim in disputing if claim.field == field]
        pieces = mark_differences([value_words(claim.text, claim.value) for claim in claims])
        for claim, words in zip(claims, pieces, strict=True):
            parts[claim.id] = [
                (w.text, "red bold underline" if w.marked else "red bold") for w in words
            ]
    return parts


def _print_claim(screen: Screen, book: Book, claim: Claim, marked: Sequence[Part]) -> None:
    documents = len({item.document_id for item in claim.support})
    screen.line(
        *(marked or [(value_words(claim.text, claim.value), "bold")]),
        (f"   {support_words(claim.accounts, documents)}", "dim"),
        indent=2,
    )
    print_rulings(screen, book, claim.decision_ids, indent=4)
    for sentence in sentences_of(claim.support):
        screen.line("“", *_marked(sentence.shown), "”", indent=4)
        for origin in dict.fromkeys(_origin(book, claim, item) for item in sentence.told):
            screen.line((origin, "dim"), indent=6)


def print_rulings(screen: Screen, book: Book, ids: Sequence[str], *, indent: int = 0) -> None:
    """Print what people decided, one line each."""
    for id_ in ids:
        if id_ in book.decisions:
            screen.line(("✓ " + ruling_words(book.decisions[id_]), "green"), indent=indent)


def _marked(item: Support) -> list[Part]:
    words = [] if item.words == item.evidence else [item.words]  # a stage is told by the sentence
    pieces = cut_evidence(item.evidence, words)
    return [
        (" ".join(f"|{p.text}|".split())[1:-1], "bold underline" if p.marked else "")
        for p in pieces
    ]


def _origin(book: Book, claim: Claim, item: Support) -> str:
    document = book.documents.get(item.document_id)
    source = f"{source_words(document)} · {document.name}" if document else item.document_id
    if document and not document.publisher:
        source = source_words(document)
    place = place_words(document, item.evidence) if document else ""
    parts = [source, *([place] if place else [])]
    if version := book.versions.get(item.document_id):
        parts.append(f"version {version}: it has changed")
    if item.attributed_to:
        parts.append(f"said by {one_line(item.attributed_to)}")
    if one_line(item.words.text) not in one_line(item.evidence.text):
        parts.append(f"meant by: “{one_line(item.words.text)}”, elsewhere in it")
    elif item.words != item.evidence and one_line(item.words.text) != one_line(claim.text):
        parts.append(f"in the words “{one_line(item.words.text)}”")
    return " · ".join(parts)


def describe_claim(book: Book, record: Record, claim: Claim) -> dict[str, Any]:
    """A claim for JSON, with the publisher and date of each quotation and whether it is
    contested."""
    actor = book.actors.get(claim.actor_id or "")
    contests = [contest for contest in record.contests if claim.id in contest.claim_ids]
    return {
        "record": record.number,
        "field": claim.field,
        "text": claim.text,
        "value": claim.value,
        "actor": actor.name if actor else None,
        "accounts": claim.accounts,
        "contested": bool(contests),
        "contests": contests,
        "support": [_describe(book, item) for item in claim.support],
    }


def _describe(book: Book, item: Support) -> dict[str, Any]:
    document, account = book.documents.get(item.document_id), book.accounts.get(item.account_id)
    return {
        "document": document.name if document else None,
        "publisher": document.publisher if document else None,
        "published": document.published if document else None,
        "version": book.versions.get(item.document_id, 1),
        "attributed_to": item.attributed_to,
        "account": account.label if account else None,
        "words": item.words,
        "evidence": item.evidence,
        "place": [
            {"kind": section.kind, "label": section.label}
            for section in (sections_of(document, item.evidence) if document else ())
        ],
    }
