"""The way of measures from promise to delivery, on the terminal.

Comes in: records with their `Delivery`. Goes out: lines. It decides nothing: steps, gaps and what
is absent were settled with the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable

from pactwatch.cli.printing import Part, Screen
from pactwatch.model import Record
from pactwatch.report.delivery import absence_words, chain_words, gap_words, is_open, step_words
from pactwatch.report.words import date_words, one_line, support_words

__all__ = ["print_delivery", "print_open"]

_PLEDGED = frozenset({"promised", "agreed"})


def print_delivery(screen: Screen, record: Record) -> None:
    """Print the steps of one measure with the time between them, and what is not reported."""
    delivery = record.delivery
    if delivery is None:
        return
    screen.line()
    screen.line(("from promise to delivery", "bold"))
    rows: list[list[Part]] = [
        [
            step_words(step),
            gap_words(step),
            (support_words(step.accounts, len(step.document_ids)), "dim"),
        ]
        for step in delivery.steps
    ]
    screen.rows(rows, indent=2, give=(0,))
    if absence := absence_words(record):
        screen.line((absence, "bold"), indent=2)


def print_open(screen: Screen, records: Iterable[Record]) -> None:
    """Print the chains of what was promised or agreed and is not reported as done."""
    found = [
        (r, r.delivery)
        for r in records
        if is_open(r) and r.delivery and {s.stage for s in r.delivery.steps} & _PLEDGED
    ]
    if not found:
        return
    screen.head("PROMISED OR AGREED, AND NOT REPORTED AS DONE")
    for record, delivery in found:
        screen.rows([[(record.number, "dim"), one_line(record.label)]], indent=2, give=(1,))
        screen.line(chain_words(delivery), indent=4)
    latest = date_words(found[0][1].latest)
    until = f", the latest of {latest}," if latest else ""
    screen.line((f"No document in this dossier{until} reports more of these.", "dim"), indent=2)
