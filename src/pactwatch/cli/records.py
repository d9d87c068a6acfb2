"""One record in full: the way from a value to the words behind it.

Comes in: a `Book` and what the user named. Goes out: lines, or plain values for JSON. Quotations
are to the letter; only their line breaks are folded for the terminal, and not in JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pactwatch.cli.printing import Part, Screen
from pactwatch.errors import UsageError
from pactwatch.model import Claim, Record, Support
from pactwatch.report.book import Book, contested_fields
from pactwatch.report.marks import cut_evidence
from pactwatch.report.words import (
    date_words,
    field_words,
    one_line,
    source_words,
    support_words,
    value_words,
)

__all__ = ["describe_claim", "find_record", "pick_fields", "print_record"]

_LISTED = 12  # records that a message names, so that it can be read


def find_record(book: Book, wanted: str) -> Record:
    """The record with this number or id, or the only one whose label or name holds all these words.

    Raises:
        UsageError: there is none, or there are several, which it then lists.
    """
    for record in book.records:
        if wanted in (record.number, record.id):
            return record
    words = wanted.casefold().split()
    fit = [r for r in book.records if words and all(w in _names(r).casefold() for w in words)]
    if len(fit) == 1:
        return fit[0]
    if not fit:
        raise UsageError(wanted, "no such record", "List them: pactwatch show agreements")
    lines = [f"\n  {record.number}  {one_line(record.label)}" for record in fit[:_LISTED]]
    left = len(fit) - _LISTED
    rest = f"\n  … and {left} more" if left > 0 else ""
    raise UsageError(wanted, f"{len(fit)} records fit", f"Name one:{''.join(lines)}{rest}")


def _names(record: Record) -> str:
    return " ".join([record.label, *(c.text for c in record.claims if c.field == "name")])


def pick_fields(record: Record, field: str | None) -> list[Claim]:
    """Claims of a field, by its name in the codebook or as it is shown; all of them for None.

    Raises:
        UsageError: the record says nothing of it.
    """
    if field is None:
        return list(record.claims)
    wanted = field.casefold()
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
    disputed = contested_fields(record)
    rivals = {id_ for contest in record.contests for id_ in contest.claim_ids}
    field = ""
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
        _print_claim(screen, book, claim, contested=claim.id in rivals)


def _print_claim(screen: Screen, book: Book, claim: Claim, *, contested: bool) -> None:
    documents = len({item.document_id for item in claim.support})
    screen.line(
        (value_words(claim.text, claim.value), "red bold" if contested else "bold"),
        (f"   {support_words(claim.accounts, documents)}", "dim"),
        indent=2,
    )
    for item in _different(claim.support):
        screen.line("“", *_marked(item), "”", indent=4)
        screen.line((_origin(book, claim, item), "dim"), indent=6)


def _different(support: Sequence[Support]) -> list[Support]:
    """Support without what two findings of a document say in the same words."""
    return list({(item.words, item.evidence): item for item in support}.values())


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
    parts = [source]
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
        "attributed_to": item.attributed_to,
        "account": account.label if account else None,
        "words": item.words,
        "evidence": item.evidence,
    }
