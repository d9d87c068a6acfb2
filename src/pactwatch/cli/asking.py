"""`pactwatch show`, `why` and `search`: what a dossier holds, and the words behind it.

Comes in: a dossier and a question. Goes out: lines for people, or JSON Lines with the values of the
model.
"""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from pactwatch.cli.actors import describe_part, parts_of, print_actor
from pactwatch.cli.filters import Filters, make_filters
from pactwatch.cli.listing import listed_values, plain_value, print_values
from pactwatch.cli.nearest import explain_nothing
from pactwatch.cli.options import (
    AsJson,
    DossierOption,
    choose_dossier,
    command_line,
    open_existing,
)
from pactwatch.cli.overview import print_overview
from pactwatch.cli.printing import Part, Screen, note, print_json
from pactwatch.cli.records import describe_claim, find_record, pick_fields, print_record
from pactwatch.model import Actor
from pactwatch.report.book import open_book
from pactwatch.report.words import count, date_words, document_words, one_line

if TYPE_CHECKING:
    from pactwatch.dossier import Hit

__all__ = ["Kind", "search", "show", "why"]


class Kind(StrEnum):
    """What can be shown."""

    agreements = "agreements"
    measures = "measures"
    meetings = "meetings"
    incidents = "incidents"
    statements = "statements"
    figures = "figures"
    offices = "offices"
    actors = "actors"
    documents = "documents"
    contested = "contested"
    timeline = "timeline"
    problems = "problems"
    rejected = "rejected"


Limit = Annotated[int | None, typer.Option(min=1, metavar="N", help="At most so many.")]


def show(
    kind: Annotated[Kind | None, typer.Argument(help="What; the overview if left out.")] = None,
    dossier: DossierOption = None,
    stage: Annotated[str | None, typer.Option(help="Only what was at this stage.")] = None,
    type_: Annotated[
        str | None,
        typer.Option(
            "--type", help="Only this type (of actors: state, agency …; documents: pdf …)."
        ),
    ] = None,
    actor: Annotated[
        str | None, typer.Option(help="Only with this actor: words, or number.")
    ] = None,
    country: Annotated[
        str | None, typer.Option(help="Only with this country: code (GT) or name.")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="From 2019, 2019-05 …")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="To 2019, 2019-05 …")] = None,
    accounts: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="With N independent accounts at least.")
    ] = None,
    contested: Annotated[bool, typer.Option("--contested", help="Only what is contested.")] = False,
    words: Annotated[str | None, typer.Option(help="Only with all these words.")] = None,
    publisher: Annotated[
        str | None, typer.Option(help="Of documents: only of this publisher (words).")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="Of documents: es, fr …; other: all that are not read.")
    ] = None,
    versions: Annotated[
        bool,
        typer.Option(
            "--versions", help="Of documents: only those that have changed, each version."
        ),
    ] = False,
    copies: Annotated[
        bool, typer.Option("--copies", help="Of documents: only the same text under two names.")
    ] = False,
    limit: Limit = None,
    as_json: AsJson = False,
) -> None:
    """List what the dossier holds: one line each, with stage, date and independent accounts."""
    path = choose_dossier(dossier)
    asked = Filters(
        stage=stage, type=type_, actor=actor, country=country, since=since, until=until,
        accounts=accounts, contested=contested, words=words, publisher=publisher,
        language=language, versions=versions, copies=copies,
    )  # fmt: skip
    with open_existing(path) as opened:
        if opened.is_unfinished:
            again = command_line("build", "SOURCE", "--dossier", str(path))
            note(f"A build of {path} was stopped, or is under way: what it has not settled yet is "
                 f"missing here. Run it again, it goes on where it was: {again}")  # fmt: skip
        if kind is None and asked == Filters() and not as_json:
            print_overview(open_book(opened, path.stem), path)
            return
        name = kind.value if kind else "agreements"
        make_filters(name, asked)
        book = open_book(opened, path.stem)
        values_of = partial(listed_values, opened, book, name)
        values = list(islice(values_of(asked), limit))
        reasons = [] if values else explain_nothing(values_of, book, name, asked)
    if as_json:
        print_json(plain_value(value) for value in values)
    elif values:
        print_values(Screen(), book, name, values)
    else:
        Screen().line(f"No {name}" + (" fit." if asked != Filters() else "."))
    for words in reasons:
        note(words)


def why(
    record: Annotated[
        str,
        typer.Argument(help="Number (agreement-1, actor-2), id, or words of one label or name."),
    ],
    field: Annotated[
        str | None, typer.Argument(help="Only this field, for example stage, signed, amount.")
    ] = None,
    dossier: DossierOption = None,
    as_json: AsJson = False,
) -> None:
    """Show why the ledger says so: each value with its quotations, sources and accounts.

    Of an actor: the records in which it has a part.
    """
    with open_existing(choose_dossier(dossier)) as opened:
        book = open_book(opened, "")
    found = find_record(book, record)
    if isinstance(found, Actor):
        parts = parts_of(book, found, field)
        if as_json:
            print_json(describe_part(book, found, *part) for part in parts)
        else:
            print_actor(Screen(), book, found, parts)
        return
    claims = pick_fields(found, field)
    if as_json:
        print_json(describe_claim(book, found, claim) for claim in claims)
    else:
        print_record(Screen(), book, found, claims)


def search(
    words: Annotated[
        list[str], typer.Argument(help='Words; "in quotation marks" they stand together.')
    ],
    dossier: DossierOption = None,
    limit: Limit = 20,
    as_json: AsJson = False,
) -> None:
    """Search the documents, and see which records stand on the passages."""
    with open_existing(choose_dossier(dossier)) as opened:
        hits = opened.search(" ".join(words), limit=limit or 20)
        names = {document.id: document for document in opened.documents()}
    if as_json:
        print_json(hits)
        return
    screen = Screen()
    for hit in hits:
        document = names[hit.document_id]
        date = date_words(document.published) or "undated"
        screen.line(
            (one_line(document.publisher or document_words(document)), "bold"),
            f", {date}  ",
            (hit.document_name, "dim"),
        )
        screen.line(*_marked(hit), indent=2)
        if hit.record_numbers:
            screen.line(("→ " + ", ".join(hit.record_numbers), "dim"), indent=2)
    screen.line((count(len(hits), "passage"), "dim") if hits else "No passage holds these words.")


def _marked(hit: Hit) -> list[Part]:
    parts: list[Part] = []
    at = hit.start
    for mark in hit.marks:
        parts.append(hit.text[at - hit.start : mark.start - hit.start])
        parts.append((hit.text[mark.start - hit.start : mark.end - hit.start], "bold underline"))
        at = mark.end
    return [*parts, hit.text[at - hit.start :]]
