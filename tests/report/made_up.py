"""A made-up dossier for the tests of the faces: built of model values, nothing read or settled.

Two invented states, three invented outlets, one contested date, and strings that try to break out.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pactwatch.dossier import AuditReport, Hit, Moment, Standing
from pactwatch.model import (
    Account,
    Actor,
    Claim,
    Contest,
    Document,
    Finding,
    Ledger,
    Problem,
    Quantity,
    Quote,
    Record,
    Rejected,
    Span,
    StageStep,
    Support,
    Value,
    stable_id,
)
from pactwatch.origins import Direction, Family, Lineage, Member, Passage, Reason
from pactwatch.review import Standing as DecisionStanding

HOSTILE = (
    "<script>alert(1)</script> [red]x[/red] \x1b[31mESC\x1b[0m \u202eevil\u202c \x9b2J & \"q\" 'a'"
)
HOSTILE_WORDS = "<img src=x onerror=alert(2)>[bold]\u202eno\u202c\x1b]0;t\x07"

TEXTS = {
    "ledger-daily.txt": (
        "Arvonia and Belmark signed a Memorandum of Ports in Quayhaven on 27 May 2019. "
        "Minister Ana Lund said Arvonia would give $40 million for coast guards.\n\n"
        "Share this story"
    ),
    "belmark-wire.txt": (
        "The Memorandum of Ports between Arvonia and Belmark was concluded on 28 May 2019, "
        "a spokesman said. Arvonia sent up to 12 advisers in August 2019.\n"
    ),
    "coast-gazette.html": (
        f"Officials {HOSTILE_WORDS} spoke of the Memorandum of Ports. {HOSTILE} was in the note.\n"
    ),
}


def documents() -> list[Document]:
    """Three documents; the third is hostile in every field."""

    def make(name: str, **fields: object) -> Document:
        return Document(id=stable_id("document", name), name=name, text=TEXTS[name], **fields)  # type: ignore[arg-type]

    start = TEXTS["ledger-daily.txt"].index("Share")
    return [
        make(
            "ledger-daily.txt",
            title="Ports deal [green]sealed[/green]",
            publisher="Ledger Daily",
            authors=("M. Ferro",),
            published="2019-05-29",
            metadata_from={"published": "dateline"},
            address="https://ledger-daily.example/ports",
            note="A sample written for Pactwatch; the outlet is invented.",
            furniture=(Span(start=start, end=start + len("Share this story")),),
        ),
        make(
            "belmark-wire.txt",
            title="Memorandum concluded",
            publisher="Belmark Wire",
            published="2019-09",
            metadata_from={"published": "file name"},
        ),
        make("coast-gazette.html", title=HOSTILE, publisher=HOSTILE, address="javascript:alert(3)"),
    ]


@dataclass
class _Maker:
    documents: dict[str, Document]
    findings: list[Finding] = field(default_factory=list)

    def support(self, name: str, sentence: str, words: str, speaker: str | None = None) -> Support:
        document = self.documents[name]
        start = document.text.index(sentence)
        at = start + sentence.index(words) if words in sentence else document.text.index(words)
        evidence = Quote.cut(document, start, start + len(sentence))
        return Support(
            finding_id=stable_id("finding", document.id, start),
            document_id=document.id,
            account_id=stable_id("account", document.id),
            words=Quote.cut(document, at, at + len(words)),
            evidence=evidence,
            attributed_to=speaker,
        )

    def claim(
        self, record: str, field: str, text: str, value: Value | None, *support: Support
    ) -> Claim:
        accounts = len({item.account_id for item in support})
        return Claim(
            id=stable_id("claim", record, field, text),
            field=field,
            text=text,
            value=value,
            support=support,
            accounts=accounts,
            actor_id="actor-a" if value == "AV" else None,
        )


SIGNED = "Arvonia and Belmark signed a Memorandum of Ports in Quayhaven on 27 May 2019."
GIVE = "Minister Ana Lund said Arvonia would give $40 million for coast guards."
CONCLUDED = (
    "The Memorandum of Ports between Arvonia and Belmark was concluded on 28 May 2019, "
    "a spokesman said."
)
SENT = "Arvonia sent up to 12 advisers in August 2019."
SPOKE = f"Officials {HOSTILE_WORDS} spoke of the Memorandum of Ports."
DAILY, WIRE, GAZETTE = TEXTS


def ledger(docs: list[Document]) -> Ledger:
    """One agreement with a contested day, three measures, one statement, one hostile meeting."""
    m = _Maker(documents={d.name: d for d in docs})
    signed, concluded = (
        (lambda words: m.support(DAILY, SIGNED, words)),
        (lambda words: m.support(WIRE, CONCLUDED, words, "a spokesman")),
    )
    first = m.claim("a1", "signed", "27 May 2019", "2019-05-27", signed("27 May 2019"))
    second = m.claim("a1", "signed", "28 May 2019", "2019-05-28", concluded("28 May 2019"))
    name = "Memorandum of Ports"
    agreement = (
        m.claim(
            "a1", "name", name, None, signed(name), concluded(name), m.support(GAZETTE, SPOKE, name)
        ),
        m.claim("a1", "party", "Arvonia", "AV", signed("Arvonia"), concluded("Arvonia")),
        m.claim("a1", "party", "Belmark", "BK", signed("Belmark"), concluded("Belmark")),
        first,
        second,
        m.claim("a1", "place", "Quayhaven", None, signed("Quayhaven")),
        m.claim("a1", "stage", "signed", "signed", signed("signed"), concluded("concluded")),
    )
    give, sent = m.support(DAILY, GIVE, "Arvonia", "Ana Lund"), m.support(WIRE, SENT, "Arvonia")
    amount = Quantity(number=40_000_000, currency="USD")  # type: ignore[arg-type]
    records = [
        _record(
            "agreement",
            1,
            "Memorandum of Ports, Arvonia and Belmark",
            agreement,
            type="memorandum",
            stage="signed",
            date="2019-05-27",
            contests=(
                Contest(
                    field="signed",
                    kind="date",
                    severity="high",
                    claim_ids=(first.id, second.id),
                    explanation="Two days are given for one signing.",
                ),
            ),
            history=(("signed", "2019-05-27", "event"),),
        ),
        _record(
            "measure",
            1,
            "Arvonia gives $40 million for coast guards",
            (
                m.claim("m1", "actor", "Arvonia", "AV", give),
                m.claim(
                    "m1", "object", "coast guards", None, m.support(DAILY, GIVE, "coast guards")
                ),
                m.claim(
                    "m1", "amount", "$40 million", amount, m.support(DAILY, GIVE, "$40 million")
                ),
            ),
            type="funding",
            stage="done",
            date=None,
            history=(("promised", "2019-05-29", "publication"), ("done", "2019-08", "event")),
        ),
        _record(
            "measure",
            2,
            "Arvonia sends up to 12 advisers",
            (
                m.claim("m2", "actor", "Arvonia", "AV", sent),
                m.claim("m2", "object", "advisers", None, m.support(WIRE, SENT, "advisers")),
            ),
            type="deployment",
            stage="done",
            date="2019-08",
            history=(("done", "2019-08", "event"),),
        ),
        _record(
            "meeting",
            1,
            HOSTILE,
            (
                m.claim(
                    "g1",
                    "participant",
                    HOSTILE_WORDS,
                    None,
                    m.support(GAZETTE, SPOKE, HOSTILE_WORDS),
                ),
            ),
            type=None,
            stage="held",
            date=None,
            history=(("held", None, "publication"),),
        ),
        _record(
            "statement",
            1,
            "Ana Lund: Arvonia would give $40 million for coast guards",
            (
                m.claim("s1", "speaker", "Ana Lund", None, m.support(DAILY, GIVE, "Ana Lund")),
                m.claim(
                    "s1",
                    "content",
                    "Arvonia would give $40 million for coast guards",
                    None,
                    m.support(DAILY, GIVE, "Arvonia would give $40 million for coast guards"),
                ),
            ),
            type=None,
            stage=None,
            date=None,
            history=(),
        ),
    ]
    accounts = [
        Account(
            id=stable_id("account", d.id),
            label=d.publisher or d.name,
            reason="single document",
            document_ids=(d.id,),
        )
        for d in docs
    ]
    actor = Actor(
        id="actor-a",
        number="actor-1",
        name="Arvonia",
        kind="state",
        country="AV",
        names=("Republic of Arvonia", "Arvonia"),
        office_ids=(),
        document_ids=(docs[0].id, docs[1].id),
    )
    return Ledger(records=tuple(records), actors=(actor,), accounts=tuple(accounts))


def _record(
    kind: str,
    number: int,
    label: str,
    claims: tuple[Claim, ...],
    *,
    type: str | None,
    stage: str | None,
    date: str | None,
    history: tuple[tuple[str, str | None, str], ...],
    contests: tuple[Contest, ...] = (),
) -> Record:
    support = [item for claim in claims for item in claim.support]
    documents = tuple(sorted({item.document_id for item in support}))
    return Record(
        id=stable_id("record", kind, number),
        number=f"{kind}-{number}",
        kind=kind,
        type=type,
        label=label,
        stage=stage,
        date=date,
        claims=claims,
        contests=contests,
        history=tuple(
            StageStep(stage=s, date=d, date_from=f, claim_id=claims[0].id, document_ids=documents)
            for s, d, f in history
        ),
        finding_ids=tuple(sorted({item.finding_id for item in support})),
        document_ids=documents,
        accounts=len({item.account_id for item in support}),
    )


def lineage(docs: list[Document]) -> Lineage:
    """The daily and the wire share a name; the hostile gazette has words from the wire."""
    daily, wire, gazette = docs
    words = "Memorandum of Ports"

    def passage(first: Document, second: Document) -> Passage:
        def span(document: Document) -> Span:
            start = document.text.index(words)
            return Span(start=start, end=start + len(words))

        return Passage(
            id=stable_id("passage", first.id, second.id),
            kind="copied",
            first_id=first.id,
            second_id=second.id,
            first=span(first),
            second=span(second),
            words=3,
            similarity=1.0,
            quoted="neither",
        )

    def direction(first: Document, second: Document, source: str | None) -> Direction:
        reason = Reason(kind="date", source_id=source, text=f"{HOSTILE} came first")
        return Direction(
            first_id=first.id,
            second_id=second.id,
            source_id=source,
            common=False,
            reasons=(reason,),
        )

    return Lineage(
        accounts=(),
        passages=(passage(daily, wire), passage(wire, gazette)),
        account_of={},
        directions=(direction(daily, wire, None), direction(wire, gazette, wire.id)),
        families=(
            Family(
                id="family-1",
                origin_id=wire.id,
                members=(
                    Member(document_id=wire.id, relation="origin", source_id=None, share=1.0),
                    Member(
                        document_id=gazette.id, relation="excerpt", source_id=wire.id, share=0.4
                    ),
                ),
            ),
        ),
        credits=(),
    )


class MadeUpDossier:
    """What the faces ask of a `Dossier`, answered from the values above."""

    is_unfinished = False

    def __init__(self) -> None:
        self._documents = documents()
        self._ledger = ledger(self._documents)

    def __enter__(self) -> MadeUpDossier:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def documents(self, *, superseded: bool = False) -> list[Document]:
        return self._documents

    def lineage(self, id_or_name: str | None = None) -> Lineage:
        if len(self._documents) < 2:
            return Lineage(
                accounts=(), passages=(), account_of={}, directions=(), families=(), credits=()
            )
        return lineage(self._documents)

    def decisions(self) -> list[DecisionStanding]:
        return []

    def standings(self) -> dict[str, Standing]:
        return {d.id: Standing(version=1, versions=1, same_text=()) for d in self._documents}

    def ledger(self) -> Ledger:
        return self._ledger

    def rejected(
        self, *, document_id: str | None = None, kind: str | None = None
    ) -> list[Rejected]:
        document = self._documents[0]
        return [
            Rejected(
                document_id=document.id,
                kind="measure",
                trigger="measure.funding.give",
                reason="hypothetical",
                quote=Quote.cut(document, 0, 20),
            )
        ]

    def problems(self) -> list[Problem]:
        return [Problem(name="empty.txt", fault="is empty", next_step="Remove it")]

    def timeline(self) -> list[Moment]:
        return [
            Moment(
                date="2019-05-27",
                date_from="event",
                stage="signed",
                number="agreement-1",
                kind="agreement",
                label="Memorandum of Ports, Arvonia and Belmark",
                document_ids=(),
            )
        ]

    def search(self, words: str, *, limit: int = 20) -> list[Hit]:
        document = self._documents[2]
        hit = Hit(
            document_id=document.id,
            document_name=document.name,
            start=0,
            end=len(document.text),
            text=document.text,
            marks=(Span(start=0, end=9),),
            finding_ids=(),
            record_numbers=("meeting-1",),
        )
        return [hit][:limit]

    def audit(self) -> AuditReport:
        fault = Problem(
            name="belmark-wire.txt", fault="the text is another", next_step="Restore it"
        )
        return AuditReport(documents=3, quotes=20, originals=3, faults=(fault,))
