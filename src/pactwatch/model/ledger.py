"""The ledger as values: records with their claims, contests and histories, actors and accounts.

Comes in: nothing. Goes out: frozen values without behaviour of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

from pactwatch.model.findings import Quantity, Quote, Value

__all__ = [
    "Account",
    "Actor",
    "Claim",
    "Contest",
    "ContestSide",
    "Delivery",
    "DeliveryStep",
    "Ledger",
    "Record",
    "StageStep",
    "Support",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An independent origin: copies of one text, or one statement wherever it is quoted.

    Attributes:
        id: `stable_id` of what makes it one.
        label: For people: "Reuters and 2 reprints", "statement of Kevin McAleenan"; "Reuters and 1
            copy, undirected" where nothing tells which of the two was first.
        reason: "single document", "near-identical documents", "near-identical documents,
            undirected", "same quoted statement".
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
        outcome: "done", "part" (a part only), "unclear" (the reports contest how much has come, or
            leave open whether two amounts are two deliveries), "under way", "stopped" (suspended,
            ended or refused) or "none": no document reports delivery.
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
