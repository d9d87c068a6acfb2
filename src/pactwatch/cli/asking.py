"""`pactwatch show`, `why` and `search`: what a dossier holds, and the words behind it.

Comes in: a dossier and a question. Goes out: lines for people, or JSON Lines with the values of the
model.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pactwatch.cli.actors import describe_part, parts_of, print_actor
from pactwatch.cli.deliveries import print_open
from pactwatch.cli.filters import (
    Filters,
    actor_passes,
    date_passes,
    document_passes,
    make_filters,
    record_passes,
)
from pactwatch.cli.options import AsJson, DossierOption, choose_dossier, open_existing
from pactwatch.cli.overview import print_contests, print_overview, record_row
from pactwatch.cli.printing import Part, Screen, note, print_json
from pactwatch.cli.records import describe_claim, find_record, pick_fields, print_record
from pactwatch.model import Actor, Document
from pactwatch.report.book import Book, open_book
from pactwatch.report.words import (
    count,
    date_words,
    document_words,
    join_words,
    one_line,
    shorten,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pactwatch.dossier import Dossier, Hit, Standing

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A document with its place among the others."""

    document: Document
    standing: Standing


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
        bool, typer.Option("--versions", help="Of documents: superseded versions too.")
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
        if kind is None and asked == Filters() and not as_json:
            print_overview(open_book(opened, path.stem), path)
            return
        name = kind.value if kind else "agreements"
        make_filters(name, asked)
        book = open_book(opened, path.stem)
        values = list(islice(_values(opened, book, name, asked), limit))
    if as_json:
        print_json(_plain(value) for value in values)
    elif values:
        _print(Screen(), book, name, values)
    else:
        Screen().line(f"No {name}" + (" fit." if asked != Filters() else "."))
        for option, given in (("stage", asked.stage), ("type", asked.type)):
            known = _known(book, name, option) if given else []
            if given and given not in known:
                note(f"No --{option} {given} here; there are: {join_words(known) or 'none'}")


def _values(dossier: Dossier, book: Book, kind: str, asked: Filters) -> Iterable[Any]:
    """What is to be shown, as values of the model."""
    words = (asked.words or "").casefold().split()
    if kind == "documents":
        standings = dossier.standings()
        known = dossier.documents(superseded=asked.versions)
        listed = (Listed(document=d, standing=standings[d.id]) for d in known)
        return (one for one in listed if document_passes(one.document, one.standing, asked))
    if kind == "actors":
        # Groups ("officers") crowd the list: they are shown when asked for.
        groups = asked.type == "group" or bool(asked.actor or asked.words)
        shown = (a for a in book.actors.values() if groups or a.kind != "group")
        return (a for a in shown if actor_passes(a, asked))
    if kind == "problems":
        return (p for p in dossier.problems() if all(w in p.name.casefold() for w in words))
    if kind == "rejected":
        texts = (
            (r, f"{r.reason} {r.trigger} {r.quote.text}".casefold()) for r in dossier.rejected()
        )
        return (r for r, text in texts if all(w in text for w in words))
    fit = [record for record in book.records if record_passes(record, asked, book.actors)]
    if kind == "timeline":
        numbers = {record.number for record in fit}
        return (m for m in dossier.timeline() if m.number in numbers and date_passes(m.date, asked))
    if kind == "contested":
        return (record for record in fit if record.contests)
    return (record for record in fit if f"{record.kind}s" == kind)


def _known(book: Book, kind: str, option: str) -> list[str]:
    """What stands as stage or type in what could be shown; so a misspelt filter is seen."""
    if kind == "actors":
        return sorted({actor.kind for actor in book.actors.values()})
    records = [r for r in book.records if kind in (f"{r.kind}s", "timeline", "contested")]
    types = {r.type for r in records}
    stages = {s for r in records for s in (r.stage, *(step.stage for step in r.history))}
    return sorted(filter(None, stages if option == "stage" else types))


def _plain(value: Any) -> Any:
    """A value for JSON: of a document all but its text, which `find` and the dossier itself
    give."""
    import msgspec

    if not isinstance(value, Listed):
        return value
    plain: dict[str, Any] = msgspec.to_builtins(value.document)
    plain["characters"] = len(plain.pop("text"))
    plain |= msgspec.to_builtins(value.standing)
    return {key: item for key, item in plain.items() if key != "furniture"}


def _print(screen: Screen, book: Book, kind: str, values: list[Any]) -> None:
    if kind == "contested":
        weight = {"high": 0, "medium": 1, "low": 2}
        pairs = [(record, contest) for record in values for contest in record.contests]
        pairs.sort(key=lambda pair: weight.get(pair[1].severity, 3))
        print_contests(screen, book, pairs)
        return
    screen.rows([_row(book, kind, value) for value in values], give=_WIDE.get(kind, (1,)))
    if kind == "timeline":
        numbers = {value.number for value in values}
        print_open(screen, (record for record in book.records if record.number in numbers))


_WIDE = {"documents": (2, 1, 3), "timeline": (2,), "actors": (4, 1), "rejected": (3, 2)}
"""The columns that are shortened on a narrow terminal; the second, for all others."""


def _row(book: Book, kind: str, value: Any) -> list[Part]:
    if kind == "documents":
        document = value.document
        date = date_words(document.published) or "undated"
        words = document_words(document)
        publisher = one_line(document.publisher or "–")
        return [date, publisher, words, (document.name, "dim"), (_standing(value), "dim")]
    if kind == "actors":
        others = join_words(one_line(n) for n in value.names if n != value.name)
        return [
            (value.number, "dim"), one_line(value.name),
            f"{value.kind} {value.country or ''}".strip(),
            (count(len(value.document_ids), "document"), "dim"), (others, "dim"),
        ]  # fmt: skip
    if kind == "timeline":
        told = "told " if value.date_from == "publication" else ""
        return [
            told + date_words(value.date), (value.stage or "", "bold"), one_line(value.label),
            (value.number, "dim"),
        ]  # fmt: skip
    if kind == "problems":
        return [(value.name, "bold"), value.fault, value.next_step]
    if kind == "rejected":
        document = book.documents.get(value.document_id)
        name = document.name if document else value.document_id
        return [
            (value.reason, "bold"),
            value.trigger,
            (name, "dim"),
            shorten(value.quote.text, 160),
        ]
    return record_row(value)


def _standing(listed: Listed) -> str:
    """What a reader must know of a document besides its facts."""
    document, standing = listed.document, listed.standing
    told = []
    if document.language != "en":
        told.append(f"not read ({document.language})")
    if standing.versions > 1:
        told.append(f"version {standing.version} of {standing.versions}")
    if standing.same_text:
        told.append(f"same text as {join_words(standing.same_text[:3])}")
    return ", ".join(told)


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
