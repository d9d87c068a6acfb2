"""`pactwatch lineage`: who copies whom, what a copy changed, and whom documents credit.

Comes in: a dossier, and a document or none. Goes out: families, shared passages side by side with
every difference, directions with their reasons, credits; or JSON. Nothing is found here: it is read
as it was last built.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pactwatch.cli.beside import print_one
from pactwatch.cli.kinship import name_of, pair_of, print_credits, print_family, reasons_of
from pactwatch.cli.options import (
    AsJson,
    DossierOption,
    choose_dossier,
    command_line,
    open_existing,
)
from pactwatch.cli.printing import Screen, print_json
from pactwatch.errors import UsageError
from pactwatch.model import Document
from pactwatch.origins import Direction, Family, Lineage
from pactwatch.report.words import count, one_line

if TYPE_CHECKING:
    from pactwatch.dossier import Dossier

__all__ = ["lineage"]

_LISTED = 12  # documents that a message names, so that it can be read


def lineage(
    document: Annotated[
        str | None,
        typer.Argument(
            help="Name or id of a document, or its publisher (words); all of them if left out."
        ),
    ] = None,
    dossier: DossierOption = None,
    credits: Annotated[
        bool, typer.Option("--credits", help="Whom documents credit, in their own words.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show who copies whom: families of copies, shared passages, what was dropped or changed.

    Of a document: the statements that others quote too, and its passages side by side with the
    other's, each difference marked.
    """
    path = choose_dossier(dossier)
    with open_existing(path) as opened:
        known = {d.id: d for d in opened.documents()}
        own = _meant(opened, known.values(), document) if document else None
        found = opened.lineage(own.id if own else None)
        if as_json:
            print_json(_plain(opened, found, known, own))
            return
        screen = Screen()
        if credits:
            print_credits(screen, known, found.credits)
        elif own is None:
            _print_all(screen, known, found)
            shared = [
                d for d in known.values() if any(d.id in pair_of(x) for x in found.directions)
            ]
            if shared:
                screen.line()
                screen.line(("Next:", "bold"))
                name = max(shared, key=lambda d: (_partners(d.id, found), d.name)).name
                screen.line(command_line("lineage", name, dossier=path), indent=2, whole=True)
                more = command_line("lineage", "--credits", dossier=path)
                screen.line(more, indent=2, whole=True)
        else:
            print_one(screen, opened, known, own, found)


def _meant(dossier: Dossier, known: Collection[Document], wanted: str) -> Document:
    """The document of this id or name, else the only one of this publisher.

    Raises:
        DossierError: there is none, or several bear the name.
        UsageError: there are several of this publisher.
    """
    words = wanted.casefold().split()
    of = [d for d in known if d.publisher and all(w in d.publisher.casefold() for w in words)]
    if not of or any(wanted in (d.id, d.name) for d in known):
        return dossier.document(wanted)
    exact = [d for d in of if (d.publisher or "").casefold() == wanted.casefold()]
    fit = exact or of
    if len(fit) == 1:
        return fit[0]
    lines = [f"\n  {d.name}  {one_line(d.title or '')}".rstrip() for d in fit[:_LISTED]]
    left = f"\n  … and {len(fit) - _LISTED} more" if len(fit) > _LISTED else ""
    raise UsageError(wanted, f"{len(fit)} documents are of it", f"Name one:{''.join(lines)}{left}")


def _partners(document_id: str, found: Lineage) -> int:
    return sum(document_id in pair_of(direction) for direction in found.directions)


def _print_all(screen: Screen, known: Mapping[str, Document], found: Lineage) -> None:
    copied = sum(1 for passage in found.passages if passage.kind == "copied")
    screen.line(
        f"{count(len(known), 'document')}, {count(len(found.families), 'family')} of "
        f"copies, {count(copied, 'shared passage')}, {count(len(found.credits), 'credit')}."
    )
    if found.families:
        screen.head("COPIES OF ONE TEXT")
        for family in found.families:
            print_family(screen, known, family)
    pairs = [d for d in found.directions if not _in_one_family(d, found.families)]
    if pairs:
        screen.head("SHARED PASSAGES")
        for direction in pairs:
            _print_direction(screen, known, found, direction)
    if not found.directions:
        screen.line("No two of them share a passage.")


def _in_one_family(direction: Direction, families: Sequence[Family]) -> bool:
    members = [{m.document_id for m in family.members} for family in families]
    return any({direction.first_id, direction.second_id} <= ids for ids in members)


def _print_direction(
    screen: Screen, known: Mapping[str, Document], found: Lineage, direction: Direction
) -> None:
    own = [p for p in found.passages if (p.first_id, p.second_id) == pair_of(direction)]
    copied = [p for p in own if p.kind == "copied"]
    retold = len(own) - len(copied)
    words = sum(p.words for p in copied)
    told = [f"{count(len(copied), 'passage')}, {words:,} words"] if copied else []
    told += [f"{count(retold, 'sentence')} in other words"] if retold else []
    first, second = (name_of(known, id_) for id_ in pair_of(direction))
    if direction.source_id == direction.second_id:
        first, second = second, first
    arrow = "→" if direction.source_id else "—"
    screen.line((first, "bold"), f"  {arrow}  ", (second, "bold"), (f"   {', '.join(told)}", "dim"),
                indent=2)  # fmt: skip
    for words_ in reasons_of(direction):
        screen.line((words_, "dim"), indent=4)


def _plain(
    dossier: Dossier, found: Lineage, known: Mapping[str, Document], own: Document | None
) -> Iterator[dict[str, Any]]:
    """Each family, direction with its passages, and credit, as one object."""
    names = {id_: document.name for id_, document in known.items()}
    for family in found.families:
        yield {"family": family, "names": [names.get(m.document_id) for m in family.members]}
    for direction in found.directions:
        passages = [p for p in found.passages if (p.first_id, p.second_id) == pair_of(direction)]
        shown = [dossier.compare(p) for p in passages] if own else passages
        yield {
            "direction": direction,
            "names": [names.get(id_) for id_ in pair_of(direction)],
            "passages": shown,
            "accounts": {p.id: found.account_of.get(p.id) for p in passages},
        }
    for credit in found.credits:
        yield {"credit": credit, "name": names.get(credit.document_id)}
