from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.model import (
    Account,
    Actor,
    Claim,
    Contest,
    ContestSide,
    Delivery,
    DeliveryStep,
    Document,
    Filler,
    Finding,
    Ledger,
    Quantity,
    Quote,
    Record,
    Rejected,
    StageStep,
    Support,
)
from pactwatch.store import open_database
from pactwatch.store.audit import audit
from pactwatch.store.documents import add_document, documents
from pactwatch.store.findings import findings, publish, rejections, stage
from pactwatch.store.ledger import read_accounts, read_actors, read_records, write_ledger

ODD = st.sampled_from(
    ["🙂", "👩‍👧", "\u202e", "\u200f", "e\u0301", "\ufeff", "\0", "\r\n", "'", '"', "%"]
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
WORDS = st.lists(TEXT | ODD, min_size=1, max_size=8).map("".join)
MAYBE = st.none() | WORDS
NUMBERS = st.none() | st.decimals(allow_nan=False, allow_infinity=False)
QUANTITIES = st.builds(
    Quantity,
    number=NUMBERS,
    currency=st.none() | st.just("USD"),
    unit=MAYBE,
    minimum=NUMBERS,
    maximum=NUMBERS,
    approximate=st.booleans(),
    suspect=st.booleans(),
    per=MAYBE,
)
VALUES = st.none() | WORDS | QUANTITIES
ROLES = st.sampled_from(["actor", "object", "amount", "place"])


@st.composite
def spans(draw: st.DrawFn, text: str) -> tuple[int, int]:
    start = draw(st.integers(0, len(text) - 1))
    return start, draw(st.integers(start + 1, len(text)))


@st.composite
def found(draw: st.DrawFn) -> tuple[Document, list[Finding], list[Rejected]]:
    document = Document(
        id="document-1",
        name=draw(WORDS),
        text=draw(WORDS),
        title=draw(MAYBE),
        authors=tuple(draw(st.lists(WORDS, max_size=2))),
        note=draw(MAYBE),
    )
    filler = st.tuples(spans(document.text), VALUES).map(lambda item: (*item[0], item[1]))
    many: dict[str, Finding] = {}
    for _ in range(draw(st.integers(0, 3))):
        finding = Finding.cut(
            document,
            draw(st.sampled_from(["measure", "figure"])),
            type=draw(MAYBE),
            stage=draw(MAYBE),
            form=draw(MAYBE),
            binding=draw(MAYBE),
            roles=draw(st.dictionaries(ROLES, st.lists(filler, min_size=1, max_size=2))),
            evidence=draw(st.lists(spans(document.text), min_size=1, max_size=2)),
            attributed_to=draw(st.none() | filler),
            trigger=draw(WORDS),
        )
        many.setdefault(finding.id, finding)
    rejected = [
        Rejected(
            document_id=document.id,
            kind="measure",
            trigger=draw(WORDS),
            reason=draw(WORDS),
            quote=Quote.cut(document, *span),
        )
        for span in draw(st.lists(spans(document.text), max_size=2))
    ]
    return document, list(many.values()), rejected


@st.composite
def ledgers(draw: st.DrawFn, said: list[Finding], accounts: int = 2) -> Ledger:
    held = tuple(
        Account(
            id=f"account-{i}",
            label=draw(WORDS),
            reason="single document",
            document_ids=("document-1",),
        )
        for i in range(accounts)
    )
    actor = Actor(
        id="actor-x",
        number="actor-1",
        name=draw(WORDS),
        kind="state",
        country=draw(st.none() | st.just("XX")),
        names=tuple(draw(st.lists(WORDS, max_size=3))),
        office_ids=(),
        document_ids=("document-1",),
    )
    records = []
    for number, finding in enumerate(said):
        quote = finding.evidence[0]
        support = Support(
            finding_id=finding.id,
            document_id=finding.document_id,
            account_id=draw(st.sampled_from(held)).id,
            words=quote,
            evidence=quote,
            attributed_to=draw(MAYBE),
        )
        claims = tuple(
            Claim(
                id=f"claim-{number}-{i}",
                field=draw(ROLES),
                text=draw(WORDS),
                value=draw(VALUES),
                actor_id=draw(st.sampled_from([None, actor.id])),
                support=(support,) * draw(st.integers(0, 2)),
                accounts=draw(st.integers(0, 9)),
            )
            for i in range(draw(st.integers(1, 3)))
        )
        ids = tuple(claim.id for claim in claims)
        sides = (
            ContestSide(
                text=draw(WORDS),
                claim_ids=ids,
                account_ids=tuple(account.id for account in held),
                document_ids=(finding.document_id,),
            ),
        ) * draw(st.integers(0, 2))
        contest = Contest(
            field="amount",
            kind="number",
            severity="low",
            claim_ids=ids,
            explanation=draw(WORDS),
            sides=sides,
        )
        step = StageStep(
            stage="done",
            date=draw(MAYBE),
            date_from="event",
            claim_id=ids[0],
            document_ids=(finding.document_id,),
            contested=draw(st.booleans()),
        )
        link = DeliveryStep(
            stage="done",
            date=draw(MAYBE),
            date_from="event",
            amount=draw(MAYBE),
            value=draw(st.none() | QUANTITIES),
            part=draw(st.booleans()),
            claim_ids=ids,
            document_ids=(finding.document_id,),
            accounts=draw(st.integers(0, 9)),
            days=draw(st.none() | st.tuples(st.integers(-9, 9), st.integers(-9, 9))),
        )
        delivery = Delivery(
            steps=(link,) * draw(st.integers(0, 2)),
            outcome="part",
            due=draw(MAYBE),
            latest=draw(MAYBE),
            short=draw(st.none() | QUANTITIES),
        )
        record = Record(
            id=f"measure-{number}",
            number=f"measure-{number}",
            kind=finding.kind,
            type=draw(MAYBE),
            label=draw(WORDS),
            stage=draw(MAYBE),
            date=draw(MAYBE),
            claims=claims,
            contests=(contest,) * draw(st.integers(0, 2)),
            history=(step,) * draw(st.integers(0, 2)),
            finding_ids=(finding.id,),
            document_ids=(finding.document_id,),
            accounts=draw(st.integers(0, 9)),
            delivery=draw(st.sampled_from([None, delivery])),
        )
        records.append(record)
    return Ledger(records=tuple(records), actors=(actor,), accounts=held)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_what_is_stored_comes_back_equal_and_passes_the_audit(data: st.DataObject) -> None:
    document, said, refused = data.draw(found())
    ledger = data.draw(ledgers(said))
    with TemporaryDirectory() as folder:
        database = open_database(Path(folder) / "dossier.db")
        with database.writing() as connection:
            add_document(connection, document, "origin")
            stage(connection, document.id, "key", said, refused)
            publish(
                connection,
                {document.id: "key"},
                {"codebook_version": "1", "engine_version": "1", "pipeline": "1"},
            )
            write_ledger(connection, ledger, "key")
        with database.reading() as connection:
            assert list(documents(connection)) == [document]
            assert findings(connection) == said
            assert rejections(connection) == refused
            back = Ledger(
                records=read_records(connection),
                actors=read_actors(connection),
                accounts=read_accounts(connection),
            )
            assert back == ledger
            assert msgspec.json.encode(back) == msgspec.json.encode(ledger)
            assert audit(connection).faults == ()
        database.close()


def test_decimals_keep_their_digits() -> None:
    filler = Filler(text="x", start=0, end=1, value=Quantity(number=Decimal("750000000.10")))
    assert msgspec.json.decode(msgspec.json.encode(filler), type=Filler) == filler
