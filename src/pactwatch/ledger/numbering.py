"""The order and the numbers of records and actors.

Comes in: records without numbers, and identities. Goes out: numbers by kind, and the actors. It
changes nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pactwatch.ledger.claims import actor_id
from pactwatch.ledger.identity import Identities, display_name
from pactwatch.ledger.shelf import Made
from pactwatch.model import Actor, Record

__all__ = ["KINDS", "make_actors", "number_records", "when"]

KINDS = ("agreement", "measure", "meeting", "incident", "statement", "figure", "office")
"""In the order of the ledger."""


def when(record: Record, published: Mapping[str, str | None]) -> str:
    """The date by which a record is ordered: its own, else that of its first report."""
    reports = (published.get(id_) for id_ in record.document_ids)
    return record.date or min((day for day in reports if day), default="9999")


def number_records(made: Iterable[Made]) -> dict[str, str]:
    """Numbers by id within each kind, in the order of kind, date and id."""
    counts: dict[str, int] = defaultdict(int)
    numbers: dict[str, str] = {}
    for item in sorted(made, key=lambda m: (KINDS.index(m.kind), m.when, m.id)):
        counts[item.kind] += 1
        numbers[item.id] = f"{item.kind}-{counts[item.kind]}"
    return numbers


def make_actors(identities: Identities, offices: Sequence[Record]) -> tuple[Actor, ...]:
    """All actors, with the offices that they hold."""
    held: dict[str, list[str]] = defaultdict(list)
    for record in offices:
        for claim in record.claims:
            if claim.field == "person" and claim.actor_id:
                held[claim.actor_id].append(record.id)
    actors: list[Actor] = []
    # Groups ("officers") are many and say little: they come last.
    keys = sorted(identities.known, key=lambda key: (identities.known[key].kind == "group", key))
    for at, key in enumerate(keys, 1):
        bearer = identities.known[key]
        whole = [form for form in bearer.forms if "of " not in form and "overnment" not in form]
        plain = set(whole) if bearer.kind == "state" else set(bearer.forms)
        forms = sorted(bearer.forms, key=lambda form: (form not in plain, -len(form), form))
        actors.append(
            Actor(
                id=actor_id(bearer),
                number=f"actor-{at}",
                name=display_name(bearer),
                kind=bearer.kind,
                country=bearer.country,
                names=tuple(forms),
                office_ids=tuple(sorted(held.get(actor_id(bearer), ()))),
                document_ids=tuple(sorted(bearer.documents)),
                decision_ids=tuple(sorted(bearer.decisions)),
            )
        )
    return tuple(actors)
