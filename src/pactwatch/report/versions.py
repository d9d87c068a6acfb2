"""The sides of a contest for people: each version with the accounts that tell it.

Comes in: a `Book` and a contest. Goes out: `Version`s with their claims and words for who tells
them: "statement of Ada Obrecht in 7 documents", "Reuters, 27 May 2019 and 2 reprints". It judges
nothing and leaves no side out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pactwatch.model import Claim, Contest, ContestSide, Document
from pactwatch.report.book import Book, sources_of
from pactwatch.report.words import count, one_line, source_words, value_words

__all__ = ["Version", "claims_by_id", "tellers", "told_by", "versions_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One side of a contest.

    Attributes:
        claims: Its claims, the best-backed first; they may be of another record.
        words: The value that they agree in, as the best-backed claim has it.
        accounts: Independent accounts behind it.
        documents: Documents that print it.
    """

    claims: tuple[Claim, ...]
    words: str
    accounts: int
    documents: int


def claims_by_id(book: Book) -> Mapping[str, Claim]:
    """All claims of a book; a side may stand on a claim of another record than its contest."""
    return {claim.id: claim for record in book.records for claim in record.claims}


def versions_of(contest: Contest, claims: Mapping[str, Claim]) -> list[Version]:
    """The sides of a contest; of one without sides each claim is one.

    A claim of a version has only the support that its side stands on: who promised four is no
    witness of a side on which four have come.
    """
    sides = contest.sides or tuple(
        ContestSide(text="", claim_ids=(id_,), account_ids=(), document_ids=())
        for id_ in contest.claim_ids
    )
    known = [
        tuple(_of_side(claims[id_], side) for id_ in side.claim_ids if id_ in claims)
        for side in sides
    ]
    return [
        Version(
            claims=own,
            words=value_words(own[0].text, own[0].value),
            accounts=len({s.account_id for c in own for s in c.support}) or own[0].accounts,
            documents=len({s.document_id for c in own for s in c.support}),
        )
        for own in known
        if own
    ]


def _of_side(claim: Claim, side: ContestSide) -> Claim:
    own = tuple(
        s
        for s in claim.support
        if s.account_id in side.account_ids and s.document_id in side.document_ids
    )
    return replace(claim, support=own) if own and own != claim.support else claim


def tellers(book: Book, version: Version) -> list[str]:
    """Who tells a version, account by account, the earliest first."""
    support = [item for claim in version.claims for item in claim.support]
    by_account: dict[str, list[Document]] = defaultdict(list)
    for document in sources_of(book, support):
        own = {item.account_id for item in support if item.document_id == document.id}
        for account_id in sorted(own):
            by_account[account_id].append(document)
    first = sorted(
        by_account.items(),
        key=lambda item: (item[1][0].published or "9999", item[1][0].name, item[0]),
    )
    return list(dict.fromkeys(_account(book, id_, documents) for id_, documents in first))


def told_by(book: Book, version: Version, *, most: int = 3) -> str:
    """The same in one line, with the number of those left out."""
    words = tellers(book, version)
    left = len(words) - most
    return "; ".join(words[:most]) + (f"; and {left} more" if left > 0 else "")


def _account(book: Book, account_id: str, documents: list[Document]) -> str:
    account = book.accounts.get(account_id)
    if account is not None and account.label.startswith("statement "):
        where = (
            f"in {count(len(documents), 'document')}"
            if len(documents) > 1
            else f"in {source_words(documents[0])}"
        )
        return f"{one_line(account.label)} {where}"
    copies = len(documents) - 1
    first = source_words(documents[0])
    if copies and not _is_first(book, documents):
        return f"{first} and {count(copies, 'copy')}, undirected"
    return first + (f" and {count(copies, 'reprint')}" if copies else "")


def _is_first(book: Book, documents: Sequence[Document]) -> bool:
    """Whether the first of them is earlier than all others, or known to be their source."""
    first = documents[0]
    given = {
        d.second_id if d.first_id == first.id else d.first_id
        for d in book.lineage.directions
        if d.source_id == first.id
    }
    return all(
        other.id in given or bool(first.published and first.published < (other.published or ""))
        for other in documents[1:]
    )
