"""The values of lineage that a dossier keeps: what texts share, who has it from whom, whom they
credit.

Comes in: nothing. Goes out: frozen values without behaviour of their own, made by `lineage`, kept
by `store`, shown by the faces. Offsets are half-open, in code points of the document's text.
"""

from __future__ import annotations

from dataclasses import dataclass

from pactwatch.model import Account, Quote, Span

__all__ = ["Credit", "Direction", "Family", "Lineage", "Member", "Passage", "Reason"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words of one document that another one has as well.

    Attributes:
        id: `stable_id` of the documents and the places.
        kind: "copied" where words in a row are the same, "retold" where a sentence of the one tells
            in other words what one of the other tells.
        first_id, second_id: The documents, the one published earlier first.
        first, second: The words in each, from the first shared word to the last.
        words: How many words are the same. For "retold": how many telling words agree in stem.
        similarity: Above 0.0 to 1.0 (the same words): the same words as a share of the longer side;
            for "retold" the cosine of the weighted stems.
        quoted: Whether the words stand in quotation marks: "both", "first", "second" or "neither".
    """

    id: str
    kind: str
    first_id: str
    second_id: str
    first: Span
    second: Span
    words: int
    similarity: float
    quoted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One piece of evidence for a direction.

    Attributes:
        kind: "date", "credit", "containment", "quotation", "slip".
        source_id: The document that it speaks for as the source; None where it only says that both
            go back to one text.
        text: One sentence for people.
    """

    kind: str
    source_id: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """Which of two documents has the shared words from the other.

    Attributes:
        source_id: The source, or None where the evidence doesn't decide.
        common: Whether both have them from a third: a statement that both quote.
        reasons: All evidence, for and against.
    """

    first_id: str
    second_id: str
    source_id: str | None
    common: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A document of a family.

    Attributes:
        relation: "origin", "same words", "edited copy" or "excerpt". Where nothing tells which of
            two was first: "undirected" of the first member, which then is no origin, and "version"
            of the other, where it has not the same words.
        source_id: The document of the family that it is nearest to; None for the first member.
        share: Share of its words that it has from there, 0.0 to 1.0 (all); 1.0 for the origin.
    """

    document_id: str
    relation: str
    source_id: str | None
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Documents that are one text: the origin, its copies and its excerpts.

    Attributes:
        id: `stable_id` of the origin.
        origin_id: The member from which the others come, to all appearance; only a name for the
            family where this member is "undirected".
        members: The origin first, then by date of publication and id; two or more.
    """

    id: str
    origin_id: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """One place where a document says from whom it has what it tells.

    Attributes:
        id: `stable_id` of document, words and kind.
        kind: "outlet" (a newspaper, broadcaster or site), "wire" (a news agency), "official",
            "person", "body", "document", "unnamed officials", "unnamed persons",
            "unnamed outlets", or "nobody" ("reportedly").
        place: "text", "photograph", "dateline", "byline", "footer" (a note at the end), "heading"
            (of an interview's transcript), "citation" (name and date of an issue) or "link". A
            dateline, byline, footer or heading credits the whole document, a photograph only the
            picture.
        source: The source as the document names it, the fullest form; "" for nobody.
        named: Where that name stands.
        publisher_id: "publication.<key>" of the codebook for a publication that it knows.
        publisher: The name shown of that publication ("Washington Post" for "WaPo").
        speaker: Who said it to the publication ("X told Reuters"), as the document names them.
        quote: The words that credit.
        credited: The sentence that is credited, for credits in the text.
        finding_id: The statement that is credited, where there is one.
        address: Of a link.
        resolved_document_id: The document of the dossier that is meant; see `resolve_credits`.
    """

    id: str
    document_id: str
    kind: str
    place: str
    source: str
    named: Quote | None
    publisher_id: str | None
    publisher: str | None
    speaker: str | None
    quote: Quote
    credited: Quote | None
    finding_id: str | None
    address: str | None
    resolved_document_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """All that is known of where the texts of a dossier come from; deterministic to the byte.

    Attributes:
        accounts: Sorted by id.
        passages: All passages that link documents, sorted by documents and place.
        account_of: Passage id → id of the account whose words it holds.
        directions: One for each pair of documents that share a passage, sorted.
        families: Documents that are one text, sorted by origin.
        credits: By document, in order of its text.
    """

    accounts: tuple[Account, ...]
    passages: tuple[Passage, ...]
    account_of: dict[str, str]
    directions: tuple[Direction, ...]
    families: tuple[Family, ...]
    credits: tuple[Credit, ...]
