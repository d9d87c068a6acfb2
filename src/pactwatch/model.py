"""The values that flow through the stages: documents, findings, records.

Comes in: nothing. Goes out: frozen values without behaviour of their own, apart from constructors
that refuse what must not exist (a quotation that is not in its document). Nothing here reads a
file, parses or prints.

All offsets are half-open, in Unicode code points of ``Document.text``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256

from pactwatch.errors import EvidenceError

__all__ = [
    "Account",
    "Actor",
    "Claim",
    "Contest",
    "ContestSide",
    "Delivery",
    "DeliveryStep",
    "Document",
    "Filler",
    "Finding",
    "Ledger",
    "Problem",
    "Quantity",
    "Quote",
    "Record",
    "Rejected",
    "Section",
    "Span",
    "StageStep",
    "Support",
    "Value",
    "stable_id",
]


def stable_id(kind: str, *parts: str | int) -> str:
    """Name a thing by its content, so that the same thing always gets the same name.

    Parts are hashed as a JSON list, which keeps ``("a.b", "c")`` apart from ``("a", "b.c")``.
    """
    payload = json.dumps([kind, *parts], ensure_ascii=False, separators=(",", ":"))
    return f"{kind}-{sha256(payload.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """Characters ``start:end`` of a document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A numbered part of a document as its readers count: ``text[start:end]``.

    Attributes:
        kind: "page", "chapter", "slide", "row", "sheet".
        label: The number or name that is printed on it, or its place from 1: "3", "iv".
    """

    start: int
    end: int
    kind: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text with its provenance.

    Attributes:
        id: `stable_id` of name (or address) and text.
        name: File name relative to the source that was read, or the address.
        text: The whole text as stored. Offsets of all evidence count in it; it is never changed.
        published: ISO 8601 date at the precision known ("2019-05-28", "2019-05"), or None.
        modified: ISO 8601 date of the last change that the source tells of, or None.
        agencies: News agencies that a byline, dateline or closing line credits ("Reuters").
        licence: As the source names it, words or address.
        retrieved: ISO 8601 time (UTC) at which it was fetched, by us or by the crawl it lies in;
            None for files.
        metadata_from: Where each of these was found, by field: "option", "front matter",
            "json-ld", "meta", "feed", "table", "mail header", "web archive", "properties" (of an
            office file or PDF), "address", "file name", "dateline", "text" …
        sections: Pages, chapters or rows in order of the text, so that a quotation leads to its
            page.
        original_sha256: Of the bytes that it was read from, by which the original is found.
        furniture: Spans of navigation, share buttons, comments and the like, from which no finding
            is made.
        language: ISO 639-1 code; documents that are not "en" are stored and not read.
        media_type: What the document was read from, for example "text/html".
        note: What the source says of itself that a reader must know ("sample written for …").
    """

    id: str
    name: str
    text: str
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    address: str | None = None
    language: str = "en"
    media_type: str = "text/plain"
    agencies: tuple[str, ...] = ()
    licence: str | None = None
    retrieved: str | None = None
    note: str | None = None
    metadata_from: Mapping[str, str] = field(default_factory=dict)
    original_sha256: str | None = None
    sections: tuple[Section, ...] = ()
    furniture: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One source that could not be read, or only in part: reported after a build, never fatal.

    Attributes:
        name: File or address.
        fault: What is wrong, for people.
        next_step: What the user can do about it.
    """

    name: str
    fault: str
    next_step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """An exact passage of one document, the only admissible evidence. Made by `Quote.cut`."""

    document_id: str
    start: int
    end: int
    text: str

    @classmethod
    def cut(cls, document: Document, start: int, end: int) -> Quote:
        """Cut ``start:end`` out of a document.

        Raises:
            EvidenceError: the span is empty or lies outside the text.
        """
        if not 0 <= start < end <= len(document.text):
            raise EvidenceError(document.name, f"no text at {start}:{end}", "Report this as a bug")
        return cls(document_id=document.id, start=start, end=end, text=document.text[start:end])


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number as one source states it; never converted, summed or rounded.

    Attributes:
        number: The number named, scale applied ("$750 million" is 750000000). For "dozens" the
            least that the word allows (24) with `approximate`; None where only words like "full
            cost" stand.
        currency: ISO 4217 for money, else None.
        unit: What is counted, singular and lower case ("percent", "agent", "year"), or None.
        minimum, maximum: Bounds that the words give: "up to 89" has maximum 89, "over 1%" minimum
            1, "between 50 and 100" both.
        approximate: "about", "some", "almost", "dozens".
        suspect: The words look garbled ("US$750 in aid" where a scale is missing); kept to the
            letter.
        per: The period of a rate ("a year" → "year").
    """

    number: Decimal | None = None
    currency: str | None = None
    unit: str | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    approximate: bool = False
    suspect: bool = False
    per: str | None = None


Value = str | Quantity
"""A normalised value: ISO 3166-1 alpha-2 country, ISO 8601 date or interval
("2019-05-27/2019-05-29"), an area of the codebook (all str, told apart by the role they fill), or a
`Quantity`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filler:
    """Words of the document that fill a role, with their normalised value where they have one."""

    text: str
    start: int
    end: int
    value: Value | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that one document says, with the exact words that say it; see docs/codebook.md.

    Built by `Finding.cut`, which takes spans and cuts all words out of the document itself.

    Attributes:
        trigger: Id of the codebook entry that made it ("measure.deployment.send"), for "why is this
            here?".
    """

    id: str
    document_id: str
    kind: str
    type: str | None = None
    stage: str | None = None
    form: str | None = None
    binding: str | None = None
    roles: Mapping[str, tuple[Filler, ...]] = field(default_factory=dict)
    attributed_to: Filler | None = None
    evidence: tuple[Quote, ...]
    trigger: str = ""

    @classmethod
    def cut(
        cls,
        document: Document,
        kind: str,
        *,
        roles: Mapping[str, list[tuple[int, int, Value | None]]],
        evidence: list[tuple[int, int]],
        type: str | None = None,
        stage: str | None = None,
        form: str | None = None,
        binding: str | None = None,
        attributed_to: tuple[int, int, Value | None] | None = None,
        trigger: str = "",
    ) -> Finding:
        """Build a finding from spans of a document.

        Args:
            roles: For each role ``(start, end, value)`` of its fillers, in order.
            evidence: ``(start, end)`` of the sentences that state it, the most explicit first.

        Raises:
            EvidenceError: there is no evidence, or a span is empty or lies outside the text.
        """

        def fill(item: tuple[int, int, Value | None]) -> Filler:
            quote = Quote.cut(document, item[0], item[1])
            return Filler(text=quote.text, start=quote.start, end=quote.end, value=item[2])

        if not evidence:
            raise EvidenceError(document.name, f"a {kind} without evidence", "Report this as a bug")
        quotes = tuple(Quote.cut(document, start, end) for start, end in evidence)
        fillers = {role: tuple(map(fill, items)) for role, items in roles.items() if items}
        spans = [f"{role}:{f.start}:{f.end}" for role, fs in sorted(fillers.items()) for f in fs]
        identity = [kind, type or "", stage or "", form or "", *spans]
        identity += [f"{q.start}:{q.end}" for q in quotes]
        return cls(
            id=stable_id("finding", document.id, *identity),
            document_id=document.id,
            kind=kind,
            type=type,
            stage=stage,
            form=form,
            binding=binding,
            roles=fillers,
            attributed_to=fill(attributed_to) if attributed_to else None,
            evidence=quotes,
            trigger=trigger,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A candidate considered and refused, so that "why is this not in the ledger?" is a query.

    Attributes:
        trigger: Id of the codebook entry that proposed it.
        reason: Short and stable, as a code: "question", "hypothetical", "no actor", "boilerplate" …
        quote: The sentence (or words) considered.
    """

    document_id: str
    kind: str
    trigger: str
    reason: str
    quote: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An independent origin: copies of one text, or one statement wherever it is quoted.

    Attributes:
        id: `stable_id` of what makes it one.
        label: For people: "Reuters and 2 reprints", "statement of Kevin McAleenan".
        reason: "single document", "near-identical documents", "same quoted statement".
        document_ids: Documents in which the account stands, sorted.
    """

    id: str
    label: str
    reason: str
    document_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """One finding behind a claim: the words that fill the field, and the sentence around them."""

    finding_id: str
    document_id: str
    account_id: str
    words: Quote
    evidence: Quote
    attributed_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One value of one field of a record, with all that stands behind it.

    Attributes:
        id: Stable within the ledger.
        field: A role of the codebook, or "stage", "type", "binding", "form"; of an agreement also
            "provides": what a measure under it says.
        text: The words shown, the fullest that any document uses.
        value: The normalised value, where the words have one.
        actor_id: For fields that name somebody: the actor that the words mean.
        accounts: Number of independent accounts behind it; never a number of articles.
        decision_ids: Decisions of people that stand on it.
    """

    id: str
    field: str
    text: str
    value: Value | None
    actor_id: str | None = None
    support: tuple[Support, ...]
    accounts: int
    decision_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestSide:
    """One version in a contest: claims that fit each other, with those who tell it.

    How often an account is printed is seen from the documents: one statement and six reprints are
    one account in seven documents.

    Attributes:
        text: The words of its best-backed claim.
        account_ids: Independent accounts that tell it, sorted.
        document_ids: Documents that print it, sorted.
    """

    text: str
    claim_ids: tuple[str, ...]
    account_ids: tuple[str, ...]
    document_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """Claims of one field that can't all be true, side by side.

    Values that differ in precision only ("May 2019", "27 May 2019") are never one.

    Attributes:
        kind: "number", "date", "party" (who takes part), "stage" (told as done and as to come),
            "wording", "identity" (who or what it is), "denial" (asserted and denied), "content"
            (one account lists what it provides, and lacks what another has), "likely slip" (a unit,
            a number or a letter is lost).
        severity: "high" where it decides what was agreed or done, and how much; "medium" where it
            decides what it is, when or how far it has come; "low" where the words differ only.
        claim_ids: The claims that exclude each other; a likely slip may be one claim alone.
        explanation: One sentence for people.
        sides: The same claims, those together that fit each other, best-backed first. A side may
            stand on claims of another record, which `claim_ids` leaves out.
        decision_ids: Decisions of people for one of the sides.
        chosen: Claims of the side for which they decided; empty where nobody did, or where they
            disagree.
    """

    field: str
    kind: str
    severity: str
    claim_ids: tuple[str, ...]
    explanation: str
    sides: tuple[ContestSide, ...] = ()
    decision_ids: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StageStep:
    """A stage of a record as told on a day: the way from promise to delivery.

    Attributes:
        date: The event's own date where told, else the publication date of the earliest document;
            may be None.
        date_from: "event" or "publication".
        contested: The reports give days that exclude each other; `date` is the best-backed one.
    """

    stage: str
    date: str | None
    date_from: str
    claim_id: str
    document_ids: tuple[str, ...]
    contested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryStep:
    """One stage of a measure with one amount, as told: a link of the chain to its delivery.

    Attributes:
        amount: The words for the amount, or None where none is told.
        part: The amount is a part of a larger one ("50 of the 100 vehicles").
        claim_ids: The claims it stands on: its stage, then its amount.
        accounts: Independent accounts that tell it.
        days: Least and most days since the dated step before it, at the precision of both dates;
            None where either has no date.
    """

    stage: str
    date: str | None
    date_from: str
    amount: str | None
    value: Quantity | None
    part: bool
    claim_ids: tuple[str, ...]
    document_ids: tuple[str, ...]
    accounts: int
    days: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How far a measure has come, by what the documents of the dossier tell.

    Attributes:
        steps: The stages and amounts told, in the order of time; those without a date last.
        outcome: "done", "part" (a part only), "under way", "stopped" (suspended, ended or refused)
            or "none": no document reports delivery.
        due: The deadline told, the latest where there are several; None where none is.
        latest: Publication date of the latest document of the dossier: what is stated as absent is
            absent up to then.
        short: What the largest amount reported as done lacks to the last one planned; only of exact
            amounts in one unit, else None.
    """

    steps: tuple[DeliveryStep, ...]
    outcome: str
    due: str | None = None
    latest: str | None = None
    short: Quantity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A thing in the world, merged from findings over all documents.

    Attributes:
        id: Stable across rebuilds as long as its oldest finding stands.
        number: Short name for people and the command line: "agreement-1", in the order of the
            ledger.
        label: One line for people, made of claims only.
        stage: The furthest stage told last, or None.
        date: Of the stage reached where the documents date it, best-backed where contested; never
            a deadline.
        claims: Sorted by field (codebook order), then by accounts, then text.
        accounts: Independent accounts behind the record as a whole.
        delivery: Of measures: the chain from promise to delivery.
        decision_ids: Decisions of people that stand on it or on any part of it.
    """

    id: str
    number: str
    kind: str
    type: str | None
    label: str
    stage: str | None
    date: str | None
    claims: tuple[Claim, ...]
    contests: tuple[Contest, ...]
    history: tuple[StageStep, ...]
    finding_ids: tuple[str, ...]
    document_ids: tuple[str, ...]
    accounts: int
    delivery: Delivery | None = None
    decision_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One state, agency, organisation, publication, person or group, under all its names.

    Attributes:
        kind: "state", "agency", "organisation", "publication", "person", "group".
        country: ISO 3166-1 alpha-2, where it belongs to one.
        names: All forms of the name that documents use, the fullest first.
        office_ids: Records of kind office that it holds.
        decision_ids: Decisions of people on its name, or on who is the same.
    """

    id: str
    number: str
    name: str
    kind: str
    country: str | None
    names: tuple[str, ...]
    office_ids: tuple[str, ...]
    document_ids: tuple[str, ...]
    decision_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All records of a dossier, with their actors and accounts; deterministic to the byte."""

    records: tuple[Record, ...]
    actors: tuple[Actor, ...]
    accounts: tuple[Account, ...]
