"""The overview of a dossier: what it says in one screen, where the reports disagree, and what to
ask next.

Comes in: a `Book` and the dossier's file. Goes out: lines on the terminal. Nothing is decided here:
the order is the number of independent accounts, then the ledger's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pactwatch.cli.options import command_line
from pactwatch.cli.printing import Part, Screen
from pactwatch.model import Contest, Record
from pactwatch.report.book import (
    KINDS,
    Book,
    best_claim,
    claims_of,
    contested_records,
    date_range,
    independent_accounts,
    publishers,
    records_of,
)
from pactwatch.report.differences import around_marks, mark_differences
from pactwatch.report.versions import claims_by_id, told_by, versions_of
from pactwatch.report.words import (
    count,
    date_words,
    field_words,
    join_words,
    one_line,
    support_words,
)

__all__ = ["print_contests", "print_overview", "record_row"]

AGREEMENTS, MEASURES, CONTESTS = 10, 10, 5  # one screen
PROSE = 60  # characters; values up to it stand in columns, longer ones in lines of their own
VALUE = 100  # characters of a contested value there; `show contested` gives it whole


def print_overview(book: Book, path: Path) -> None:
    """Print what a dossier says in short."""
    screen = Screen()
    _print_counts(screen, book)
    _print_kind(screen, book, path, "agreement", AGREEMENTS)
    _print_kind(screen, book, path, "measure", MEASURES)
    contests = contested_records(book)
    if contests:
        screen.line()
        screen.line(("CONTESTED ", "bold"), ("⚑", "red"))
        print_contests(screen, book, contests[:CONTESTS], longest=VALUE)
        _print_rest(
            screen, len(contests) - CONTESTS, command_line("show", "contested", dossier=path)
        )
    screen.line()
    screen.line(("Next:", "bold"))
    for command in _next(book, path, contests):
        screen.line(command, indent=2, whole=True)


def _print_counts(screen: Screen, book: Book) -> None:
    aside = {
        id_
        for standing in book.decisions.values()
        if standing.decision.action == "set aside" and standing.state == "in force"
        for id_ in standing.document_ids
    }
    documents = [document for id_, document in book.documents.items() if id_ not in aside]
    words = [count(len(documents), "document")]
    if hidden := len(book.documents) - len(documents):
        words.append(f"{hidden:,} set aside")
    if names := publishers(documents):
        words.append(count(len(names), "publisher"))
    if between := date_range(documents):
        words.append(" to ".join(dict.fromkeys(between)))
    behind = count(independent_accounts(book), "independent account")
    screen.line(f"{', '.join(words)}.  Behind them: {behind}.")
    found = [count(len(records_of(book, kind)), kind) for kind in KINDS if records_of(book, kind)]
    if contested := len(contested_records(book)):
        found.append(count(contested, "contested value"))
    screen.items(found)


def _print_kind(screen: Screen, book: Book, path: Path, kind: str, most: int) -> None:
    records = sorted(records_of(book, kind), key=lambda record: -record.accounts)
    if not records:
        return
    screen.head(f"{kind.upper()}S")
    rows = [record_row(record)[1:] for record in records[:most]]
    details = [(_detail(record), "dim") for record in records[:most] if kind == "agreement"]
    screen.rows(rows, indent=2, below=details)
    _print_rest(screen, len(records) - most, command_line("show", f"{kind}s", dossier=path))


def record_row(record: Record) -> list[Part]:
    """Number, label, stage with date, and support of a record."""
    flag = " ⚑" if record.contests else ""
    signed = best_claim(record, "signed")
    date = date_words(record.date) or (one_line(signed.text) if signed else "")
    if date and record.kind == "agreement" and record.stage not in {None, "signed"}:
        date = f"(signed {date})"
    stage = " ".join(filter(None, [record.stage, date]))
    return [
        (record.number, "dim"),
        one_line(record.label),
        (stage + flag, "red" if flag else ""),
        (support_words(record.accounts, len(record.document_ids)), "dim"),
    ]


def _detail(record: Record) -> str:
    """ "McAleenan, Degenhart · border security · binding: not said"."""

    def words(field: str, most: int) -> str:
        values = list(dict.fromkeys(one_line(c.text) for c in claims_of(record, field)))
        return join_words(values) if len(values) <= most else f"{', '.join(values[:most])} …"

    binding = best_claim(record, "binding")
    said = f"binding: {binding.text if binding else 'not said'}"
    return " · ".join(filter(None, [words("signatory", 4), words("area", 4), said]))


def print_contests(
    screen: Screen,
    book: Book,
    contests: Sequence[tuple[Record, Contest]],
    *,
    longest: int = 10_000,
) -> None:
    """Print contested fields: each version, of at most `longest` characters, with who prints it and
    its accounts."""
    claims = claims_by_id(book)
    for record, contest in contests:
        head: list[Part] = [
            one_line(record.label),
            (field_words(contest.field), "bold"),
            (f"{record.number}, {contest.kind}, {contest.severity}", "dim"),
        ]
        screen.rows([head], indent=2)
        versions = versions_of(contest, claims)
        values = [version.words for version in versions]
        told: list[list[Part]] = [
            [
                (support_words(version.accounts, version.documents), "dim"),
                (told_by(book, version), "dim"),
            ]
            for version in versions
        ]
        if all(len(value) <= PROSE for value in values):
            rows = [[value, *row] for value, row in zip(values, told, strict=True)]
            screen.rows(rows, indent=4, give=(2, 0))
        else:
            for pieces, row in zip(mark_differences(values), told, strict=True):
                shown = around_marks(pieces, longest)
                screen.line(*((p.text, "red bold" if p.marked else "") for p in shown), indent=4)
                screen.rows([row], indent=6, give=(1,))
        if len(versions) == 1:
            screen.line((contest.explanation, "dim"), indent=4)


def _print_rest(screen: Screen, left: int, command: str) -> None:
    if left > 0:
        screen.line((f"… and {left} more: {command}", "dim"), indent=2, whole=True)


def _next(book: Book, path: Path, contests: Sequence[tuple[Record, Contest]]) -> list[str]:
    commands = []
    if contests:
        record, contest = contests[0]
        commands.append(command_line("why", record.number, contest.field, dossier=path))
    elif book.records:
        commands.append(command_line("why", book.records[0].number, dossier=path))
    commands.append(command_line("show", "timeline", dossier=path))
    return [*commands, command_line("report", str(path), "-o", f"{path.with_suffix('.html')}")]
