"""A ledger with its documents, indexed for showing: what every face looks things up in.

Comes in: the documents and the ledger of a dossier. Goes out: records in order, the claims, sources
and accounts of a field, the actors that a record names. It adds nothing and judges nothing; it only
finds and groups.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from pactwatch.model import Account, Actor, Claim, Contest, Document, Record, Support
from pactwatch.origins import Lineage
from pactwatch.report.words import one_line, source_words

if TYPE_CHECKING:
    from pactwatch.dossier import Dossier
    from pactwatch.review import Standing

__all__ = [
    "KINDS",
    "Book",
    "best_claim",
    "claims_of",
    "contested_fields",
    "contested_records",
    "date_range",
    "fields",
    "independent_accounts",
    "open_book",
    "publishers",
    "records_of",
    "sources_of",
    "stated_by",
]

KINDS = ("agreement", "measure", "meeting", "incident", "statement", "figure", "office")
"""Kinds of record in the order in which people ask for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A ledger's records by kind, and its documents, actors and accounts by id.

    Attributes:
        versions: Of documents that have older versions: which version they are.
        decisions: What people ruled, by id.
    """

    name: str
    records: tuple[Record, ...]
    documents: Mapping[str, Document]
    versions: Mapping[str, int]
    lineage: Lineage
    actors: Mapping[str, Actor]
    accounts: Mapping[str, Account]
    decisions: Mapping[str, Standing] = field(default_factory=dict)


def open_book(dossier: Dossier, name: str) -> Book:
    """Read what a dossier holds. `name` is shown as its title."""
    ledger = dossier.ledger()
    return Book(
        name=name,
        records=ledger.records,
        documents={document.id: document for document in dossier.documents()},
        versions={id_: s.version for id_, s in dossier.standings().items() if s.version > 1},
        lineage=dossier.lineage(),
        actors={actor.id: actor for actor in ledger.actors},
        accounts={account.id: account for account in ledger.accounts},
        decisions={s.decision.id: s for s in dossier.decisions()},
    )


def records_of(book: Book, kind: str) -> list[Record]:
    """Records of one kind, in the order of the ledger."""
    return [record for record in book.records if record.kind == kind]


def contested_records(book: Book) -> list[tuple[Record, Contest]]:
    """Each contest with its record: the gravest first, then in the order of the ledger."""
    weight = {"high": 0, "medium": 1, "low": 2}
    pairs = [(record, contest) for record in book.records for contest in record.contests]
    return sorted(pairs, key=lambda pair: weight.get(pair[1].severity, 3))


def fields(record: Record) -> list[tuple[str, list[Claim]]]:
    """Claims by field, in the order in which the record holds them."""
    return [(name, list(claims)) for name, claims in groupby(record.claims, lambda c: c.field)]


def claims_of(record: Record, field: str) -> list[Claim]:
    """Claims of one field, the best supported first."""
    return [claim for claim in record.claims if claim.field == field]


def best_claim(record: Record, field: str) -> Claim | None:
    """The claim of a field with the most accounts behind it, or None."""
    return max(claims_of(record, field), key=lambda claim: claim.accounts, default=None)


def contested_fields(record: Record) -> frozenset[str]:
    """Fields whose claims can't all be true."""
    return frozenset(contest.field for contest in record.contests)


def sources_of(book: Book, support: Iterable[Support]) -> list[Document]:
    """The documents behind claims, each once, by publication date (undated last) and name."""
    found = {item.document_id for item in support} & book.documents.keys()
    documents = [book.documents[id_] for id_ in found]
    return sorted(documents, key=lambda d: (d.published is None, d.published or "", d.name))


def stated_by(book: Book, claim: Claim, *, most: int = 4) -> str:
    """Who prints a claim: "Publisher, 31 May 2019; …" with the number of those left out."""
    words = list(dict.fromkeys(map(source_words, sources_of(book, claim.support))))
    left = len(words) - most
    return "; ".join(words[:most]) + (f"; and {left} more" if left > 0 else "")


def independent_accounts(book: Book) -> int:
    """Accounts that are texts of their own: a statement quoted in several of them is not counted
    beside them."""
    whole = [a for a in book.accounts.values() if a.reason != "same quoted statement"]
    return len(whole)


def publishers(documents: Iterable[Document]) -> list[str]:
    """Names of publishers, sorted."""
    return sorted({one_line(d.publisher) for d in documents if d.publisher})


def date_range(documents: Iterable[Document]) -> tuple[str, str] | None:
    """Earliest and latest publication date, or None where no document has one."""
    dates = sorted(d.published for d in documents if d.published)
    return (dates[0], dates[-1]) if dates else None
