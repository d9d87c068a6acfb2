"""`pactwatch read`: what a file or address becomes, before anything is found in it.

Comes in: sources. Goes out: for each document its facts, where each of them was found, and its
text with furniture set apart; or JSON. Nothing is stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from pactwatch.cli.options import (
    AllowPrivate,
    AsJson,
    Columns,
    NoFollow,
    Ocr,
    Published,
    parse_columns,
)
from pactwatch.cli.printing import Part, Screen, note, print_json
from pactwatch.model import Document, Problem, Section
from pactwatch.report.words import count, one_line

__all__ = ["read"]

_FACTS = ("title", "publisher", "authors", "agencies", "published", "modified", "address",
          "licence", "retrieved", "note")  # fmt: skip
_CALLED = {"agencies": "wire credit", "retrieved": "fetched"}


def read(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE", help="Files, folders or addresses.")
    ],
    published: Published = None,
    columns: Columns = None,
    ocr: Ocr = False,
    no_follow: NoFollow = False,
    allow_private: AllowPrivate = False,
    facts: Annotated[
        bool, typer.Option("--facts", help="Only the facts about each document, not its text.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show what files and addresses become: text, and what is known of it and from where."""
    from pactwatch.documents import read_documents

    screen = Screen()
    failed: list[Problem] = []
    for source in sources:
        found = read_documents(
            source,
            published=published,
            columns=parse_columns(columns),
            ocr=ocr,
            follow=not no_follow,
            allow_private=allow_private,
        )
        for document in found:
            if isinstance(document, Problem):
                failed.append(document)
            elif as_json:
                print_json([_plain(document, with_text=not facts)])
            else:
                _print(screen, document, with_text=not facts)
    for problem in failed:
        note((problem.name, "bold"), f": {problem.fault}. {problem.next_step}")
    raise typer.Exit(1 if failed else 0)


def _plain(document: Document, *, with_text: bool) -> Any:
    import msgspec

    plain: dict[str, Any] = msgspec.to_builtins(document)
    if not with_text:
        del plain["text"]
    return plain


def _print(screen: Screen, document: Document, *, with_text: bool) -> None:
    screen.line((document.name, "bold"))
    rows: list[list[Part]] = []
    for fact in _FACTS:
        value = getattr(document, fact)
        if value:
            words = "; ".join(value) if isinstance(value, tuple) else str(value)
            place = document.metadata_from.get(fact)
            found = (place, "dim") if place else ""
            rows.append([(_CALLED.get(fact, fact), "dim"), found, one_line(words)])
    rows.append([("language", "dim"), "", _language(document)])
    rows.append([("form", "dim"), "", f"{document.media_type}, {_size(document)}"])
    if document.original_sha256:
        rows.append([("sha-256", "dim"), "", (document.original_sha256, "dim")])
    screen.rows(rows, indent=2, give=(2,))
    if with_text:
        screen.line()
        for line, is_furniture in _lines(document):
            screen.line(("┆ " + line, "dim") if is_furniture else line, indent=2)
    screen.line()


def _language(document: Document) -> str:
    return "en" if document.language == "en" else f"{document.language} (stored, not read)"


def _size(document: Document) -> str:
    words = [f"{len(document.text):,} characters"]
    kinds = dict.fromkeys(section.kind for section in document.sections)
    for kind in kinds:
        words.append(count(sum(s.kind == kind for s in document.sections), kind))
    left = sum(span.end - span.start for span in document.furniture)
    if left:
        words.append(f"{left:,} of them furniture (┆), from which nothing is found")
    return ", ".join(words)


def _lines(document: Document) -> Iterator[tuple[str, bool]]:
    """The lines of the text with the pages they begin, and whether they are furniture."""
    at, sections = 0, list(document.sections)
    spans = list(document.furniture)
    for line in document.text.split("\n"):
        while sections and sections[0].start <= at:
            yield _heading(sections.pop(0)), True
        while spans and spans[0].end <= at:
            spans.pop(0)
        inside = bool(spans) and spans[0].start <= at + len(line) - len(line.lstrip())
        yield line.rstrip("\r"), inside and bool(line.strip())
        at += len(line) + 1


def _heading(section: Section) -> str:
    return f"── {section.kind} {one_line(section.label)} ──"
