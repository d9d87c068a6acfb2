"""Where decisions stand in a settled ledger, so that every place where one rules shows it.

Comes in: records, and the marks on their findings. Goes out: the same records, with the ids of the
decisions on each record, claim and contest. What a contest is decided for is told; where reviewers
are for different sides, none is. No value is changed here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pactwatch.model import Claim, Contest, Record
from pactwatch.review.values import Mark, plain_words

__all__ = ["WEIGHED", "mark_records", "rivals_in_contests", "without_marks"]

WEIGHED = frozenset({"amount", "stage"})
"""Fields by whose chosen values the stage of a record and its way to delivery are settled."""

_Accepted = tuple[Mark, str]


def mark_records(records: Sequence[Record], marks: Mapping[str, tuple[Mark, ...]]) -> list[Record]:
    """Mark records, in their order."""
    if not marks:
        return list(records)
    marked = {record.id: _marked(record, marks) for record in records}
    accepted = {
        claim.id: found
        for record in marked.values()
        for claim in record.claims
        if (found := _acceptances(claim, marks))
    }
    return [
        replace(record, contests=tuple(_ruled(c, accepted) for c in record.contests))
        if any(_claims_of(c) & accepted.keys() for c in record.contests)
        else record
        for record in marked.values()
    ]


def without_marks(record: Record) -> Record:
    """A record as it is settled, before it is marked."""
    return replace(
        record,
        decision_ids=(),
        claims=tuple(replace(claim, decision_ids=()) for claim in record.claims),
        contests=tuple(replace(c, decision_ids=(), chosen=()) for c in record.contests),
    )


def _marked(record: Record, marks: Mapping[str, tuple[Mark, ...]]) -> Record:
    own = [(id_, mark) for id_ in record.finding_ids for mark in marks.get(id_, ())]
    if not own:
        return record
    of_claim: dict[str, set[str]] = defaultdict(set)
    for finding_id, mark in own:
        for claim in _claims_under(record, finding_id, mark):
            of_claim[claim.id].add(mark.decision_id)
    return replace(
        record,
        decision_ids=tuple(sorted({mark.decision_id for _, mark in own})),
        claims=tuple(
            replace(claim, decision_ids=tuple(sorted(of_claim[claim.id])))
            if claim.id in of_claim
            else claim
            for claim in record.claims
        ),
    )


def _claims_under(record: Record, finding_id: str, mark: Mark) -> Iterable[Claim]:
    """The claims that a mark on a field of a finding is about."""
    if mark.field is None:
        return ()
    claims = [
        claim
        for claim in record.claims
        if claim.field == mark.field and any(s.finding_id == finding_id for s in claim.support)
    ]
    exact = [claim for claim in claims if _stands_on(claim, finding_id, mark)]
    return exact or claims  # of two fillers that are one value a claim shows only one


def _stands_on(claim: Claim, finding_id: str, mark: Mark) -> bool:
    return any(
        support.finding_id == finding_id
        and (support.words.start, support.words.end) == (mark.start, mark.end)
        for support in claim.support
    )


def _acceptances(claim: Claim, marks: Mapping[str, tuple[Mark, ...]]) -> list[_Accepted]:
    """Decisions that take a claim's value for the right one: accepted as it is, or made it so; each
    with the document of the words that it was made on."""
    return [
        (mark, support.document_id)
        for support in claim.support
        for mark in marks.get(support.finding_id, ())
        if mark.decision_id in claim.decision_ids
        and mark.field == claim.field
        and mark.action == "accept"
        and not mark.disputed
    ]


def _claims_of(contest: Contest) -> set[str]:
    return {*contest.claim_ids, *(id_ for side in contest.sides for id_ in side.claim_ids)}


def _ruled(contest: Contest, accepted: Mapping[str, Sequence[_Accepted]]) -> Contest:
    sides = [(side.claim_ids, side.document_ids) for side in contest.sides] or [
        ((id_,), ()) for id_ in contest.claim_ids
    ]
    last = _last_words(sides, accepted)
    if not last:
        return contest
    chosen = {side for side, _ in last.values()}
    return replace(
        contest,
        decision_ids=tuple(sorted({mark.decision_id for _, mark in last.values()})),
        chosen=sides[chosen.pop()][0] if len(chosen) == 1 else (),
    )


def _last_words(
    sides: Sequence[tuple[Sequence[str], Sequence[str]]],
    accepted: Mapping[str, Sequence[_Accepted]],
) -> dict[str, tuple[int, Mark]]:
    """The side that each person was for last, by the person.

    Args:
        sides: Claims and documents of each. Who accepts a number where it is promised, does not
            decide how much has come.
    """
    votes = sorted(
        (
            (at, mark)
            for at, (claim_ids, documents) in enumerate(sides)
            for claim_id in claim_ids
            for mark, document_id in accepted.get(claim_id, ())
            if not documents or document_id in documents
        ),
        key=lambda vote: (vote[1].when, vote[1].decision_id),
    )
    return {plain_words(mark.who): (at, mark) for at, mark in votes}


def rivals_in_contests(records: Iterable[Record]) -> dict[str, tuple[str, ...]]:
    """Decisions for different sides of one contest: id → ids of those for other sides."""
    rivals: dict[str, set[str]] = defaultdict(set)
    for record in records:
        for contest in record.contests:
            if contest.decision_ids and not contest.chosen:
                for id_ in contest.decision_ids:
                    rivals[id_] |= set(contest.decision_ids) - {id_}
    return {id_: tuple(sorted(own)) for id_, own in rivals.items()}
