"""What `pactwatch lineage` prints of all: families, reasons, credits, and how a document is called.

Comes in: values of lineage, with the documents that they are about. Goes out: lines. Nothing is
found here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pactwatch.cli.printing import Part, Screen
from pactwatch.model import Document
from pactwatch.origins import Credit, Direction, Family
from pactwatch.report.words import date_words, one_line, source_words

__all__ = ["name_of", "pair_of", "print_credits", "print_family", "reasons_of"]

_RELATIONS = {
    "origin": "origin",
    "same words": "same words as",
    "edited copy": "edited copy of",
    "excerpt": "excerpt of",
    "undirected": "undirected: nothing tells which was first",
    "version": "version of",
}
_WHOSE = {"wire": "news agency", "outlet": "publication"}


def pair_of(direction: Direction) -> tuple[str, str]:
    return direction.first_id, direction.second_id


def print_family(screen: Screen, known: Mapping[str, Document], family: Family) -> None:
    rows: list[list[Part]] = []
    for member in family.members:
        relation = _RELATIONS.get(member.relation, member.relation)
        source = known.get(member.source_id or "")
        words = relation if source is None else f"{relation} {source_words(source)}"
        share = "" if member.source_id is None else f"{member.share:.0%} of its words"
        rows.append([(name_of(known, member.document_id), "bold"), words, (share, "dim")])
    screen.rows(rows, indent=2, give=(0, 1))
    screen.line()


def reasons_of(direction: Direction) -> Iterator[str]:
    if direction.source_id is None:
        common = (
            "both quote somebody"
            if direction.common
            else "undirected: nothing tells who has it from whom"
        )
        yield common
    for reason in direction.reasons:
        yield reason.text


def print_credits(
    screen: Screen, known: Mapping[str, Document], credits: Sequence[Credit], *, named: bool = True
) -> None:
    rows: list[list[Part]] = []
    for credit in credits:
        meant = known.get(credit.resolved_document_id or "")
        source = credit.publisher or credit.source or "nobody named"
        kind = _WHOSE.get(credit.kind, credit.kind)
        if credit.place != "text":
            kind = f"{kind}, {credit.place}"
        rows.append([
            *([(name_of(known, credit.document_id), "dim")] if named else []),
            (one_line(source), "bold"),
            (kind, "dim"),
            f"“{one_line(credit.quote.text)}”",
            (f"→ {meant.name}" if meant else "", "dim"),
        ])  # fmt: skip
    if rows:
        last = len(rows[0]) - 2
        screen.rows(rows, indent=0 if named else 2, give=(last, 0))
    else:
        screen.line("No credits.")


def name_of(known: Mapping[str, Document], document_id: str) -> str:
    document = known.get(document_id)
    if document is None:
        return document_id
    date = date_words(document.published)
    name = document.publisher or document.name
    return f"{one_line(name)}, {date}" if date else one_line(document.name)
