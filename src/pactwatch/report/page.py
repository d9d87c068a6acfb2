"""The report page: all that its template may show, as plain values.

Comes in: a `Book`. Goes out: a `Page`, made of strings, numbers and tuples. Nothing here knows
HTML, and nothing stands here that the ledger or its documents do not hold. Text is passed on as it
is: the template escapes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from pactwatch.model import Claim, Contest, Document, Record
from pactwatch.report.book import (
    KINDS,
    Book,
    claims_of,
    contested_fields,
    contested_records,
    date_range,
    fields,
    independent_accounts,
    publishers,
    records_of,
)
from pactwatch.report.copying import make_copying
from pactwatch.report.cutting import SHORT, Cutter
from pactwatch.report.delivery import absence_words, chain_words
from pactwatch.report.differences import around_marks, mark_differences
from pactwatch.report.marks import Words, cut_document
from pactwatch.report.parts import (
    Card,
    Field,
    Mark,
    Page,
    Rival,
    Section,
    Source,
    Track,
)
from pactwatch.report.timeline import Row, Scale, lay_scale, place, timeline
from pactwatch.report.versions import claims_by_id, versions_of
from pactwatch.report.words import (
    count,
    date_words,
    document_words,
    field_words,
    join_words,
    support_words,
)

__all__ = ["make_page"]

_PLURAL = {
    "agreement": "Agreements",
    "measure": "Measures",
    "meeting": "Meetings",
    "incident": "Incidents",
    "statement": "Statements",
    "figure": "Figures",
    "office": "Offices",
}
_ORDER = ("agreement", "measure", "meeting", "incident", "figure", "statement", "office")
_HEAD = 5  # agreements and contested values named in the overview, which is to fit one screen


def make_page(book: Book, *, hide: Sequence[str] = ()) -> Page:
    """Lay out a ledger as a page; `hide` are names of reviewers that are not shown."""
    documents = list(book.documents.values())
    anchors = {document.id: f"d{n}" for n, document in enumerate(documents, 1)}
    cut = Cutter(book, anchors, hide)
    sections = tuple(
        section for kind in _ORDER if (section := _section(cut, kind, records_of(book, kind))).size
    )
    claims = claims_by_id(book)
    rivals = tuple(
        _rival(cut, record, contest, claims) for record, contest in contested_records(book)
    )
    agreements = [c for s in sections if s.kind == "agreement" for _, g in s.groups for c in g]
    rows = timeline(book.records)
    scale = lay_scale(rows)
    return Page(
        name=book.name,
        summary=_summary(book, documents),
        range=_range(documents),
        counts=_counts(book, len(rivals)),
        notes=_notes(documents),
        head_agreements=tuple(sorted(agreements, key=lambda c: -c.accounts)[:_HEAD]),
        head_rivals=rivals[:_HEAD],
        rivals=rivals,
        sections=sections,
        scale=scale,
        tracks=tuple(_track(scale, row) for row in rows),
        copying=make_copying(book, anchors),
        sources=tuple(_source(cut, document) for document in documents),
    )


def _card(cut: Cutter, record: Record) -> Card:
    contested = contested_fields(record)
    rivals = {id_ for contest in record.contests for id_ in contest.claim_ids}
    speakers, form = _values(record, "speaker"), _values(record, "form")
    # A statement is headed by who says it; its label would only say its words twice.
    said = record.kind == "statement" and bool(speakers)
    hidden = {"type", "stage", "cue", *(("speaker", "form") if said else ())}
    # Agreements are read value by value; other kinds show each sentence once, for all values.
    by_value = record.kind == "agreement"
    return Card(
        number=record.number,
        kind=record.kind,
        type=(form or None) if said else record.type,
        label=speakers if said else record.label,
        stage=record.stage,
        date=date_words(record.date),
        support=support_words(record.accounts, len(record.document_ids)),
        accounts=record.accounts,
        contested=bool(contested),
        path=_path(record),
        absent=absence_words(record),
        fields=tuple(
            Field(
                name=name,
                words=field_words(name),
                contested=name in contested,
                versions=tuple(cut.version(claim, claim.id in rivals) for claim in claims),
            )
            for name, claims in fields(record)
            if name not in hidden
        ),
        quotations=() if by_value else cut.quotations(record.claims),
        rulings=cut.rulings(record.decision_ids),
    )


def _values(record: Record, field: str) -> str:
    return join_words(dict.fromkeys(claim.text for claim in claims_of(record, field)))


def _path(record: Record) -> str:
    if record.delivery is not None:
        return chain_words(record.delivery) if len(record.delivery.steps) > 1 else ""
    if len(record.history) < 2:
        return ""
    steps = [
        f"{step.stage} ({'' if step.date_from == 'event' else 'told '}{date_words(step.date)})"
        if step.date
        else step.stage
        for step in record.history
    ]
    return " → ".join(steps)


def _section(cut: Cutter, kind: str, records: Sequence[Record]) -> Section:
    cards = [_card(cut, record) for record in records]
    groups: list[tuple[str, tuple[Card, ...]]] = [("", tuple(cards))] if cards else []
    if kind == "measure":
        cards.sort(
            key=lambda card: card.type or "other"
        )  # stable: the ledger's order within a type
        groups = [
            (type_, tuple(group)) for type_, group in groupby(cards, lambda c: c.type or "other")
        ]
    return Section(kind=kind, title=_PLURAL[kind], size=len(cards), groups=tuple(groups))


def _rival(cut: Cutter, record: Record, contest: Contest, claims: Mapping[str, Claim]) -> Rival:
    sides = versions_of(contest, claims)
    versions = [cut.side(side) for side in sides]
    pieces = mark_differences([version.words for version in versions])
    return Rival(
        number=record.number,
        label=record.label,
        field=field_words(contest.field),
        kind=contest.kind,
        severity=contest.severity,
        explanation=contest.explanation,
        versions=tuple(
            replace(v, pieces=p, short=_joined(around_marks(p, SHORT)))
            for v, p in zip(versions, pieces, strict=True)
        ),
        rulings=cut.rulings(contest.decision_ids),
    )


def _joined(pieces: Iterable[Words]) -> str:
    return "".join(piece.text for piece in pieces)


_STATES = {
    "done": ("signed", "in force", "done", "held", "agreed", "under way"),
    "off": ("suspended", "ended", "rejected", "refused", "cancelled"),
}


def _state(stage: str) -> str:
    return next((state for state, stages in _STATES.items() if stage in stages), "open")


def _track(scale: Scale, row: Row) -> Track:
    marks = []
    for step in row.steps:
        left, width = place(scale, step.first, step.last)
        day = step.first == step.last
        words = f"{step.stage}{',' if step.told else ''} {step.words}".strip()
        state = "told" if step.told else _state(step.stage)
        shape = "day" if day else "band"
        marks.append(Mark(shape=shape, state=state, left=left, width=width, words=words))
    return Track(
        number=row.record.number,
        label=row.record.label,
        words=" → ".join(mark.words for mark in marks),
        contested=bool(row.record.contests),
        marks=tuple(marks),
        ends=(marks[0].left, marks[-1].left) if len(marks) > 1 else None,
    )


def _source(cut: Cutter, document: Document) -> Source:
    quotes = cut.evidence.get(document.id, {})
    address = document.address
    safe = bool(address) and str(address).lower().startswith(("http://", "https://"))
    return Source(
        anchor=cut.anchors[document.id],
        title=document_words(document),
        publisher=document.publisher,
        authors=", ".join(document.authors),
        published=date_words(document.published) or "undated",
        published_from=document.metadata_from.get("published"),
        name=document.name,
        address=address,
        link=address if safe else None,
        note=document.note,
        version=cut.book.versions.get(document.id),
        agencies=", ".join(document.agencies),
        language=document.language,
        quoted=len(quotes),
        pieces=tuple(cut_document(document, quotes.values())),
        rulings=cut.rulings(
            id_
            for id_, standing in cut.book.decisions.items()
            if standing.decision.action == "set aside" and document.id in standing.document_ids
        ),
    )


def _summary(book: Book, documents: Sequence[Document]) -> str:
    words = count(len(documents), "document")
    if names := publishers(documents):
        words += f" by {count(len(names), 'publisher')}"
    return f"{words}. Behind them: {count(independent_accounts(book), 'independent account')}."


def _range(documents: Sequence[Document]) -> str:
    between = date_range(documents)
    if between is None:
        return "No document gives its date"
    first, last = map(date_words, between)
    return first if first == last else f"{first} to {last}"


def _counts(book: Book, rivals: int) -> tuple[tuple[int, str, str], ...]:
    found = [(len(records_of(book, kind)), kind) for kind in KINDS]
    counts = [(n, count(n, kind).split(" ", 1)[1], f"#{kind}s") for n, kind in found if n]
    if rivals:
        counts.append(
            (rivals, "contested value" if rivals == 1 else "contested values", "#contested")
        )
    return tuple(counts)


def _notes(documents: Sequence[Document]) -> tuple[str, ...]:
    notes: dict[str, int] = {}
    for document in documents:
        if document.note:
            notes[document.note] = notes.get(document.note, 0) + 1
    everywhere = len(documents)
    return tuple(
        note if n == everywhere else f"{n} of {everywhere} documents: {note}"
        for note, n in notes.items()
    )
