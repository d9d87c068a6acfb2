"""`pactwatch find`, `evaluate` and `audit`: findings without a dossier, their quality, and proof of
a dossier.

Comes in: documents, annotated findings, or a dossier. Goes out: JSON Lines in the codebook's file
form, tables, and an exit code.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pactwatch.cli.options import (
    AsJson,
    Codebooks,
    Columns,
    DossierArgument,
    Pipeline,
    Published,
    open_existing,
    parse_columns,
)
from pactwatch.cli.printing import Screen, escape_json, note, print_json
from pactwatch.errors import DocumentError, UsageError
from pactwatch.model import Document, Problem, Rejected
from pactwatch.report.words import count, shorten

if TYPE_CHECKING:
    from pactwatch.evaluation import Evaluation, Score, Share, Tally
    from pactwatch.fileform import FiledFinding

__all__ = ["Shown", "audit", "evaluate", "find"]


def find(
    documents: Annotated[
        list[str], typer.Argument(metavar="DOCUMENT", help="Files, folders or addresses.")
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write there.")
    ] = None,
    rejected: Annotated[
        bool,
        typer.Option("--rejected", help="Add what was considered and refused, with the reason."),
    ] = False,
    published: Published = None,
    columns: Columns = None,
    codebook: Codebooks = None,
    pipeline: Pipeline = None,
) -> None:
    """Read documents and print what they say as JSON Lines, a finding a line; no dossier is
    needed."""
    from pactwatch.engine import Job, read_and_find
    from pactwatch.fileform import to_json_object

    job = Job(codebook=tuple(path.absolute() for path in codebook or ()), pipeline=pipeline)
    failed: list[Problem] = []

    def lines() -> Iterator[str]:
        for document in _documents(documents, published, columns, failed):
            found = read_and_find(job, document)
            objects = [to_json_object(finding, document) for finding in found.findings]
            if rejected:
                objects += [_refusal(item, document) for item in found.rejected]
            for item in objects:
                yield escape_json(json.dumps(item, ensure_ascii=False)) + "\n"

    if output is None:
        for line in lines():
            sys.stdout.write(line)
    else:
        try:
            with output.open("w", encoding="utf-8") as file:
                file.writelines(lines())
        except OSError as error:
            fault = f"can't be written ({error.strerror or error})"
            raise UsageError(str(output), fault, "Name another file with -o") from error
    for problem in failed:
        note((problem.name, "bold"), f": {problem.fault}. {problem.next_step}")
    raise typer.Exit(1 if failed else 0)


def _documents(
    sources: Sequence[str],
    published: str | None,
    columns: Sequence[str] | None,
    failed: list[Problem],
) -> Iterator[Document]:
    """Documents in English; what can't be read goes to `failed`, what is in another language to a
    note."""
    from pactwatch.documents import read_documents

    for source in sources:
        found = read_documents(source, published=published, columns=parse_columns(columns))
        for document in found:
            if isinstance(document, Problem):
                failed.append(document)
            elif document.language != "en":
                note(
                    f"{document.name}: not read, since it is not in English ({document.language})."
                )
            else:
                yield document


def _refusal(item: Rejected, document: Document) -> dict[str, Any]:
    quote = {"text": item.quote.text, "start": item.quote.start, "end": item.quote.end}
    return {
        "document": document.name,
        "kind": item.kind,
        "rejected": item.reason,
        "trigger": item.trigger,
        "evidence": [quote],
    }


class Shown(StrEnum):
    """What `evaluate` lists besides its tables."""

    misses = "misses"
    extras = "extras"


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Annotated findings, JSON Lines.")],
    texts: Annotated[
        Path, typer.Option("--texts", metavar="DIR", help="Where the annotated documents are.")
    ],
    predicted: Annotated[
        Path | None,
        typer.Option(
            "--predicted", metavar="FILE", help="Findings to score; found anew if left out."
        ),
    ] = None,
    shown: Annotated[
        Shown | None, typer.Option("--show", help="Also list what was missed, or is too much.")
    ] = None,
    codebook: Codebooks = None,
    as_json: AsJson = False,
) -> None:
    """Score findings against annotated ones: precision, recall and F1 for each kind and role."""
    from pactwatch.evaluation import evaluate as score
    from pactwatch.evaluation import extract_findings, read_gold
    from pactwatch.fileform import read_findings, to_json_line

    annotated, names = read_gold(gold)
    documents = _annotated(texts, names)
    found = read_findings(predicted) if predicted else extract_findings(documents, codebook or ())
    result = score(annotated, found, documents=names, texts={d.name: d.text for d in documents})
    listed: Sequence[FiledFinding] = getattr(result, shown.value) if shown else ()
    if as_json:
        print_json(_score_lines(result))
        for finding in listed:
            sys.stdout.write(escape_json(to_json_line(finding)) + "\n")
        return
    screen = Screen()
    _print_scores(screen, result)
    if shown:
        screen.head(f"{shown.value.upper()} ({len(listed)})")
        for finding in listed:
            screen.line(
                (f"{finding.kind} {finding.type or finding.form or ''} ", "bold"),
                (finding.document, "dim"),
            )
            roles = [f"{r}: {', '.join(f.text for f in fs)}" for r, fs in finding.roles.items()]
            screen.line(shorten(" · ".join(roles), 200), indent=2)
            if finding.evidence:
                screen.line((f"“{shorten(finding.evidence[0].text, 200)}”", "dim"), indent=2)


def _annotated(folder: Path, names: Sequence[str]) -> list[Document]:
    from pactwatch.documents import read_documents

    documents = []
    for name in names:
        for document in read_documents(folder / name):
            if isinstance(document, Problem):
                raise DocumentError(document.name, document.fault, document.next_step)
            documents.append(document)
    return documents


def _score_lines(result: Evaluation) -> Iterator[dict[str, Any]]:
    for name, tally in {"all": result.overall, **result.by_kind}.items():
        yield {
            "kind": name,
            "findings": _score(tally.found),
            "roles": _score(tally.roles),
            "type": tally.type.value,
            "stage": tally.stage.value,
            "by_role": {role: _score(score) for role, score in tally.by_role.items()},
        }
    yield {
        "evidence_to_the_letter": result.evidence.value,
        "role_words_in_text": result.words.value,
    }


def _score(score: Score) -> dict[str, float]:
    return {
        "hits": score.hits, "misses": score.misses, "extras": score.extras,
        "precision": score.precision, "recall": score.recall, "f1": score.f1,
    }  # fmt: skip


def _print_scores(screen: Screen, result: Evaluation) -> None:
    head = [
        "",
        "precision",
        "recall",
        "F1",
        "right",
        "missed",
        "extra",
        "roles F1",
        "type",
        "stage",
    ]
    tallies: dict[str, Tally] = {**result.by_kind, "all": result.overall}
    rows: list[list[str]] = [head]
    for name, tally in tallies.items():
        found = tally.found
        rows.append(
            [
                name, _two(found.precision), _two(found.recall), _two(found.f1), str(found.hits),
                str(found.misses), str(found.extras), _two(tally.roles.f1), _share(tally.type),
                _share(tally.stage),
            ]
        )  # fmt: skip
    screen.rows(_right(rows))
    screen.line()
    roles = [["role", "precision", "recall", "F1"]]
    for role, score in result.overall.by_role.items():
        roles.append([role, _two(score.precision), _two(score.recall), _two(score.f1)])
    screen.rows(_right(roles))
    screen.line()
    screen.line(
        f"evidence to the letter {_percent(result.evidence)} · "
        f"role words in the text {_percent(result.words)}"
    )


def _right(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Numbers stand at the right of their columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        [
            cell if n == 0 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        for row in rows
    ]


def _two(value: float) -> str:
    return f"{value:.2f}"


def _share(share: Share) -> str:
    return "–" if share.value is None else _two(share.value)


def _percent(share: Share) -> str:
    """Cut, not rounded: 100 % means all."""
    if not share.total:
        return "–"
    return f"{share.right * 1000 // share.total / 10:g} %"


def audit(dossier: DossierArgument, as_json: AsJson = False) -> None:
    """Prove a dossier: every stored text unchanged, every quotation in its document to the
    letter."""
    with open_existing(dossier) as opened:
        result = opened.audit()
    if as_json:
        print_json([result])
    else:
        screen = Screen()
        faults = count(len(result.faults), "fault") if result.faults else "all sound"
        documents = count(result.documents, "document")
        quotes = count(result.quotes, "quotation")
        originals = count(result.originals, "original")
        screen.line(f"{dossier}: {documents}, {originals} and {quotes} checked, {faults}.")
        for fault in result.faults:
            screen.line((fault.name, "bold"), f": {fault.fault}. {fault.next_step}", indent=2)
    raise typer.Exit(1 if result.faults else 0)
