"""`pactwatch lineage`: who copies whom, what a copy changed, and whom documents credit.

Comes in: a dossier, and a document or none. Goes out: families, shared passages side by side with
every difference, directions with their reasons, credits; or JSON. Nothing is found here: it is read
as it was last built.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pactwatch.cli.options import (
    AsJson,
    DossierOption,
    choose_dossier,
    command_line,
    open_existing,
)
from pactwatch.cli.printing import Part, Screen, print_json
from pactwatch.model import Document, Span
from pactwatch.origins import Credit, Direction, Family, Lineage, Passage
from pactwatch.report.words import count, date_words, one_line, source_words

if TYPE_CHECKING:
    from pactwatch.dossier import Dossier
    from pactwatch.lineage import Comparison

__all__ = ["lineage"]

_RELATIONS = {
    "origin": "origin",
    "same words": "same words as",
    "edited copy": "edited copy of",
    "excerpt": "excerpt of",
    "undirected": "undirected: nothing tells which was first",
    "version": "version of",
}
_WHOSE = {"wire": "news agency", "outlet": "publication"}


def lineage(
    document: Annotated[
        str | None, typer.Argument(help="Name or id of a document; all of them if left out.")
    ] = None,
    dossier: DossierOption = None,
    credits: Annotated[
        bool, typer.Option("--credits", help="Whom documents credit, in their own words.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show who copies whom: families of copies, shared passages, what was dropped or changed.

    Of a document: its passages side by side with the other's, each difference marked.
    """
    path = choose_dossier(dossier)
    with open_existing(path) as opened:
        found = opened.lineage(document)
        known = {d.id: d for d in opened.documents()}
        own = opened.document(document) if document else None
        if as_json:
            print_json(_plain(opened, found, known, own))
            return
        screen = Screen()
        if credits:
            _print_credits(screen, known, found.credits)
        elif own is None:
            _print_all(screen, known, found)
            shared = [d for d in known.values() if any(d.id in _pair(x) for x in found.directions)]
            if shared:
                screen.line()
                screen.line(("Next:", "bold"))
                name = max(shared, key=lambda d: (_partners(d.id, found), d.name)).name
                screen.line(command_line("lineage", name, dossier=path), indent=2, whole=True)
                more = command_line("lineage", "--credits", dossier=path)
                screen.line(more, indent=2, whole=True)
        else:
            _print_one(screen, opened, known, own, found)


def _pair(direction: Direction) -> tuple[str, str]:
    return direction.first_id, direction.second_id


def _partners(document_id: str, found: Lineage) -> int:
    return sum(document_id in _pair(direction) for direction in found.directions)


def _print_all(screen: Screen, known: Mapping[str, Document], found: Lineage) -> None:
    copied = sum(1 for passage in found.passages if passage.kind == "copied")
    screen.line(
        f"{count(len(known), 'document')}, {count(len(found.families), 'family')} of "
        f"copies, {count(copied, 'shared passage')}, {count(len(found.credits), 'credit')}."
    )
    if found.families:
        screen.head("COPIES OF ONE TEXT")
        for family in found.families:
            _print_family(screen, known, family)
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


def _print_family(screen: Screen, known: Mapping[str, Document], family: Family) -> None:
    rows: list[list[Part]] = []
    for member in family.members:
        relation = _RELATIONS.get(member.relation, member.relation)
        source = known.get(member.source_id or "")
        words = relation if source is None else f"{relation} {source_words(source)}"
        share = "" if member.source_id is None else f"{member.share:.0%} of its words"
        rows.append([(_name(known, member.document_id), "bold"), words, (share, "dim")])
    screen.rows(rows, indent=2, give=(0, 1))
    screen.line()


def _print_direction(
    screen: Screen, known: Mapping[str, Document], found: Lineage, direction: Direction
) -> None:
    own = [p for p in found.passages if (p.first_id, p.second_id) == _pair(direction)]
    copied = [p for p in own if p.kind == "copied"]
    retold = len(own) - len(copied)
    words = sum(p.words for p in copied)
    told = [f"{count(len(copied), 'passage')}, {words:,} words"] if copied else []
    told += [f"{count(retold, 'sentence')} in other words"] if retold else []
    first, second = (_name(known, id_) for id_ in _pair(direction))
    if direction.source_id == direction.second_id:
        first, second = second, first
    arrow = "→" if direction.source_id else "—"
    screen.line((first, "bold"), f"  {arrow}  ", (second, "bold"), (f"   {', '.join(told)}", "dim"),
                indent=2)  # fmt: skip
    for words_ in _reasons(direction):
        screen.line((words_, "dim"), indent=4)


def _reasons(direction: Direction) -> Iterator[str]:
    if direction.source_id is None:
        common = (
            "both quote somebody"
            if direction.common
            else "undirected: nothing tells who has it from whom"
        )
        yield common
    for reason in direction.reasons:
        yield reason.text


def _print_one(
    screen: Screen,
    dossier: Dossier,
    known: Mapping[str, Document],
    own: Document,
    found: Lineage,
) -> None:
    screen.line((own.name, "bold"), (f"   {source_words(own)}", "dim"))
    accounts = {a.id: a for a in found.accounts if own.id in a.document_ids}
    if accounts:
        screen.head("ACCOUNTS IN IT")
        for account in accounts.values():
            screen.line(account.label, (f"   {account.reason}", "dim"), indent=2)
    for family in found.families:
        screen.head("COPIES OF ONE TEXT")
        _print_family(screen, known, family)
    for direction in found.directions:
        other = next(id_ for id_ in _pair(direction) if id_ != own.id)
        screen.head(f"WITH {_name(known, other)}")
        if direction.source_id:
            source = _name(known, direction.source_id)
            screen.line("has it from " if direction.source_id == other else "gives it; source: ",
                        (source, "bold"), indent=2)  # fmt: skip
        for reason in _reasons(direction):
            screen.line((reason, "dim"), indent=2)
        for passage in found.passages:
            if (passage.first_id, passage.second_id) == _pair(direction):
                screen.line()
                _print_beside(screen, known, dossier.compare(passage), passage, found)
    if not found.directions:
        screen.line()
        screen.line("It shares no passage with another document.")
    credits = [credit for credit in found.credits if credit.document_id == own.id]
    if credits:
        screen.head("WHOM IT CREDITS")
        _print_credits(screen, known, credits, named=False)


def _print_beside(
    screen: Screen,
    known: Mapping[str, Document],
    comparison: Comparison,
    passage: Passage,
    found: Lineage,
) -> None:
    labels = {account.id: account.label for account in found.accounts}
    account = labels.get(found.account_of.get(passage.id, ""), "")
    same = "same words" if passage.kind == "copied" else "words of the same stem"
    screen.line(
        (f"{passage.words:,} {same}, {passage.similarity:.0%} alike", "dim"),
        (f"   account: {account}" if account else "", "dim"),
        indent=2,
    )
    sides = (
        (passage.first_id, comparison.first, [d.first for d in comparison.differences]),
        (passage.second_id, comparison.second, [d.second for d in comparison.differences]),
    )
    for document_id, span, marks in sides:
        document = known.get(document_id)
        if document is not None:
            screen.line((source_words(document), "dim"), indent=4)
            screen.line(*_marked(document.text, span, marks), indent=6)


def _marked(text: str, span: Span, marks: Sequence[Span]) -> list[Part]:
    """The words of a span, those that differ underlined; line breaks folded."""
    parts: list[Part] = []
    at = span.start
    for mark in sorted(m for m in marks if m.start < m.end):
        if mark.start < at:
            continue
        parts += [
            _fold(text[at : mark.start]),
            (_fold(text[mark.start : mark.end]), "bold underline"),
        ]
        at = mark.end
    return [*parts, _fold(text[at : span.end])]


def _fold(words: str) -> str:
    return " ".join(f"|{words}|".split())[1:-1]


def _print_credits(
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
            *([(_name(known, credit.document_id), "dim")] if named else []),
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


def _name(known: Mapping[str, Document], document_id: str) -> str:
    document = known.get(document_id)
    if document is None:
        return document_id
    date = date_words(document.published)
    name = document.publisher or document.name
    return f"{one_line(name)}, {date}" if date else one_line(document.name)


def _plain(
    dossier: Dossier, found: Lineage, known: Mapping[str, Document], own: Document | None
) -> Iterator[dict[str, Any]]:
    """Each family, direction with its passages, and credit, as one object."""
    names = {id_: document.name for id_, document in known.items()}
    for family in found.families:
        yield {"family": family, "names": [names.get(m.document_id) for m in family.members]}
    for direction in found.directions:
        passages = [p for p in found.passages if (p.first_id, p.second_id) == _pair(direction)]
        shown = [dossier.compare(p) for p in passages] if own else passages
        yield {
            "direction": direction,
            "names": [names.get(id_) for id_ in _pair(direction)],
            "passages": shown,
            "accounts": {p.id: found.account_of.get(p.id) for p in passages},
        }
    for credit in found.credits:
        yield {"credit": credit, "name": names.get(credit.document_id)}
