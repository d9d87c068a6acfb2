"""`pactwatch lineage` of one document: with whom it shares what, side by side.

Comes in: a document and its part of the lineage. Goes out: the accounts in it, the statements that
others quote too, its family, and each shared passage with every difference; as lines. Nothing is
found here: it is read as it was last built.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pactwatch.cli.kinship import name_of, pair_of, print_credits, print_family, reasons_of
from pactwatch.cli.printing import Part, Screen
from pactwatch.model import Account, Document, Span
from pactwatch.origins import Lineage, Passage
from pactwatch.report.words import one_line, shorten, source_words

if TYPE_CHECKING:
    from pactwatch.dossier import Dossier
    from pactwatch.lineage import Comparison

__all__ = ["print_one"]

_QUOTED = "same quoted statement"


def print_one(
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
    _print_statements(screen, dossier, known, own, list(accounts.values()))
    for family in found.families:
        screen.head("COPIES OF ONE TEXT")
        print_family(screen, known, family)
    for direction in found.directions:
        other = next(id_ for id_ in pair_of(direction) if id_ != own.id)
        screen.head(f"WITH {name_of(known, other)}")
        if direction.source_id:
            source = name_of(known, direction.source_id)
            screen.line("has it from " if direction.source_id == other else "gives it; source: ",
                        (source, "bold"), indent=2)  # fmt: skip
        for reason in reasons_of(direction):
            screen.line((reason, "dim"), indent=2)
        for passage in found.passages:
            if (passage.first_id, passage.second_id) == pair_of(direction):
                screen.line()
                _print_beside(screen, known, dossier.compare(passage), passage, found)
    if not found.directions:
        screen.line()
        screen.line("It shares no passage with another document.")
    credits = [credit for credit in found.credits if credit.document_id == own.id]
    if credits:
        screen.head("WHOM IT CREDITS")
        print_credits(screen, known, credits, named=False)


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


def _print_statements(
    screen: Screen,
    dossier: Dossier,
    known: Mapping[str, Document],
    own: Document,
    accounts: Sequence[Account],
) -> None:
    """The statements that other documents quote too, each with the words that stand here."""
    shared = {a.id: a for a in accounts if a.reason == _QUOTED and len(a.document_ids) > 1}
    if not shared:
        return
    words: dict[str, str] = {}
    for record in dossier.records_in(own.id):
        for claim in record.claims:
            for item in claim.support:
                mine = item.document_id == own.id and claim.field == "content"
                if record.kind == "statement" and mine and item.account_id in shared:
                    told = f"“{shorten(one_line(item.words.text), 160)}”  {record.number}"
                    words.setdefault(item.account_id, told)
    screen.head("STATEMENTS THAT OTHERS QUOTE TOO")
    for account in shared.values():
        others = [name_of(known, id_) for id_ in account.document_ids if id_ != own.id]
        screen.line((one_line(account.label), "bold"), "   with ", "; ".join(others), indent=2)
        if account.id in words:
            screen.line(words[account.id], indent=4)
