"""What one record says of another: it is called the first of its kind though the other came before
it, its minister holds the other's office too, or it may be the delivery of what the other promises.

Comes in: the records of a ledger and the dates of its documents. Goes out: the same records, some
with one more contest, whose second side stands on a claim of the other record, or with a delivery
that is unclear. Records are compared by parties, by person or by doer, never all with all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from pactwatch.ledger.awaited import await_deliveries
from pactwatch.ledger.exclusive import calls_first, is_of_kind
from pactwatch.ledger.people import portfolio
from pactwatch.model import Claim, Contest, ContestSide, Record

__all__ = ["COMPARED", "compare_records"]

COMPARED = frozenset({"agreement", "measure", "office"})
"""Kinds of records that are compared with each other; of others nothing is known here."""


def compare_records(records: Sequence[Record], published: Mapping[str, str | None]) -> list[Record]:
    """Add the contests between records of the kinds that are compared; others are left out.

    Args:
        published: Publication date by document id.
    """
    records = [record for record in records if record.kind in COMPARED]
    found: dict[str, list[Contest]] = defaultdict(list)
    _firsts([r for r in records if r.kind == "agreement"], published, found)
    _titles([r for r in records if r.kind == "office"], published, found)
    records = await_deliveries(records)
    return [
        replace(r, contests=(*r.contests, *found[r.id])) if r.id in found else r for r in records
    ]


def _claims(record: Record, field: str) -> list[Claim]:
    return [claim for claim in record.claims if claim.field == field]


def _states(record: Record) -> frozenset[str]:
    return frozenset(c.value for c in _claims(record, "party") if isinstance(c.value, str))


def _told(record: Record, published: Mapping[str, str | None]) -> list[str]:
    """Days on which documents tell of a record, in order."""
    return sorted(day for d in record.document_ids if (day := published.get(d)))


def _firsts(
    agreements: Sequence[Record],
    published: Mapping[str, str | None],
    found: dict[str, list[Contest]],
) -> None:
    by_states: dict[frozenset[str], list[Record]] = defaultdict(list)
    for record in agreements:
        if len(_states(record)) > 1 and record.stage in {
            "signed",
            "in force",
            "suspended",
            "ended",
        }:
            by_states[_states(record)].append(record)
    for record in agreements:
        called = [c for c in _claims(record, "name") if calls_first(c.text)]
        began = min([*filter(None, [record.date]), *_told(record, published)], default=None)
        for claim in called[:1]:
            earlier = [
                other
                for other in by_states.get(_states(record), ())
                if other.id != record.id
                and is_of_kind(claim.text, [c.text for c in _claims(other, "name")])
                and (first := min(filter(None, [other.date, *_told(other, published)]), default=""))
                and (began is None or first < began)
            ]
            if earlier:
                rival = min(earlier, key=lambda r: (_told(r, published)[:1], r.id))
                saying = f"it is called the first, and “{rival.label}” is told before it"
                name = _claims(rival, "name")[0]
                found[record.id].append(_contest("identity", "medium", saying, [claim], [name]))


def _titles(
    offices: Sequence[Record],
    published: Mapping[str, str | None],
    found: dict[str, list[Contest]],
) -> None:
    held: dict[str, list[Record]] = defaultdict(list)
    for record in offices:
        for claim in _claims(record, "person")[:1]:
            held[claim.actor_id or claim.text].append(record)
    for own in held.values():
        for one, other in combinations(sorted(own, key=lambda r: (-r.accounts, r.id)), 2):
            titles = [_claims(r, "title") for r in (one, other)]
            areas = [portfolio(t[0].text) if t else None for t in titles]
            # One word each: more words name several tasks, of which a report may tell one.
            if any(area is None or len(area) != 1 for area in areas) or areas[0] == areas[1]:
                continue
            days = _told(one, published), _told(other, published)
            # Two in turn are a career; two at a time by one report are two offices.
            together = (
                days[0] and days[1] and days[0][0] <= days[1][-1] and days[1][0] <= days[0][-1]
            )
            crossed = together and (len(days[0]) > 1 or len(days[1]) > 1)
            if crossed and not set(one.document_ids) & set(other.document_ids):
                saying = "the reports call the office of one minister differently"
                found[one.id].append(_contest("identity", "low", saying, *titles))


def _contest(kind: str, severity: str, saying: str, *sides: Sequence[Claim]) -> Contest:
    shown = " against ".join(f"“{' '.join(claims[0].text.split())}”" for claims in sides)
    field = sides[0][0].field
    return Contest(
        field=field,
        kind=kind,
        severity=severity,
        claim_ids=tuple(claim.id for claim in sides[0]),
        explanation=f"{field.capitalize()}: {saying}: {shown}.",
        sides=tuple(_side(claims) for claims in sides),
    )


def _side(claims: Sequence[Claim]) -> ContestSide:
    def ids(of: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(set(of)))

    return ContestSide(
        text=claims[0].text,
        claim_ids=tuple(claim.id for claim in claims),
        account_ids=ids(s.account_id for c in claims for s in c.support),
        document_ids=ids(s.document_id for c in claims for s in c.support),
    )
