"""A dossier that tries to break out of its pages, written straight into the store: a script in
every field, right-to-left marks, a title of a megabyte, 10,000 findings in one document."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from pactwatch.model import (
    Account,
    Actor,
    Claim,
    Contest,
    ContestSide,
    Delivery,
    DeliveryStep,
    Document,
    Finding,
    Ledger,
    Quantity,
    Quote,
    Record,
    Rejected,
    StageStep,
    Support,
    stable_id,
)
from pactwatch.store import Database, open_database
from pactwatch.store.documents import add_document
from pactwatch.store.findings import publish, stage
from pactwatch.store.ledger import write_ledger

EVIL = (
    "<script>window.broken=1</script>\"'><img src=x onerror=window.broken=1>"
    "{{7*7}}{% raw %}\u202e\u2066evil\x1b[31m]]>--></textarea></title>=cmd|'/c calc'!A1"
)
MANY = 10_000
KINDS = ("agreement", "measure", "meeting", "incident", "statement", "figure", "office")


def make(path: Path) -> Database:
    """Write the dossier and leave it open."""
    database = open_database(path)
    sentence = f"The ministers {EVIL} agreed. "
    first = Document(
        id=stable_id("document", "evil"),
        name=f"../../{EVIL}.txt",
        text=sentence + "Nothing else was told.",
        title=EVIL,
        publisher=EVIL,
        authors=(EVIL,),
        address="javascript:window.broken=1",
        agencies=(EVIL,),
        licence=EVIL,
        note=EVIL,
        language='en"><script>',
        media_type=EVIL,
        metadata_from={"published": EVIL},
        published="2019-05-31",
    )
    long = Document(
        id=stable_id("document", "long"),
        name="long.txt",
        text="Short.",
        title="<b>" * 350_000,
        publisher="p" * 1_000_000,
    )
    crowded = Document(
        id=stable_id("document", "crowded"),
        name="crowded.txt",
        text="".join(f"Step {n} was told.\n" for n in range(MANY)),
        title="Ten thousand findings",
        published="2020-01",
    )
    other = Document(
        id=stable_id("document", "other"),
        name="other.txt",
        text="The ministers of two states agreed in the harbour on a Monday to guard the coast.",
        publisher="Ledger Daily",
        published="2019-06-01",
    )
    found = {
        first.id: [Finding.cut(first, kind, roles={}, evidence=[(0, len(sentence) - 1)],
                               type=EVIL, stage=EVIL) for kind in KINDS],
        crowded.id: _steps(crowded),
        other.id: [Finding.cut(other, "agreement", roles={}, evidence=[(0, 40)])],
    }  # fmt: skip
    refused = Rejected(
        document_id=first.id, kind=EVIL, trigger=EVIL, reason=EVIL, quote=Quote.cut(first, 0, 12)
    )
    with database.writing() as connection:
        for document in (first, long, crowded, other):
            add_document(connection, document, document.name)
            own = found.get(document.id, [])
            stage(connection, document.id, "k", own, [refused] if document is first else [])
        wanted = {d.id: "k" for d in (first, long, crowded, other)}
        origin = {"codebook_version": "1", "engine_version": "1", "pipeline": "none"}
        publish(connection, wanted, origin)
        write_ledger(connection, _ledger(first, crowded, other, found), "key")
    return database


def _steps(document: Document) -> list[Finding]:
    steps, at = [], 0
    for line in document.text.splitlines(keepends=True):
        steps.append(Finding.cut(document, "figure", roles={}, evidence=[(at, at + len(line) - 1)]))
        at += len(line)
    return steps


def _ledger(
    first: Document, crowded: Document, other: Document, found: dict[str, list[Finding]]
) -> Ledger:
    account = Account(
        id="account-1", label=EVIL, reason=EVIL, document_ids=(crowded.id, first.id, other.id)
    )
    actors = tuple(
        Actor(
            id=f"actor-{n}", number=f"actor-{n}", name=f"{EVIL}{n}", kind="state", country=country,
            names=(EVIL,), office_ids=(), document_ids=(first.id,),
        )
        for n, country in ((1, "GT"), (2, "<b"))
    )  # fmt: skip
    records = [_record(first, kind, n, found[first.id][n]) for n, kind in enumerate(KINDS)]
    records.append(_crowd(crowded, found[crowded.id]))
    return Ledger(records=tuple(records), actors=actors, accounts=(account,))


def _support(document: Document, finding: Finding) -> Support:
    quote = finding.evidence[0]
    words = Quote.cut(document, quote.start, quote.start + 3)
    return Support(
        finding_id=finding.id, document_id=document.id, account_id="account-1", words=words,
        evidence=quote, attributed_to=EVIL,
    )  # fmt: skip


def _record(document: Document, kind: str, n: int, finding: Finding) -> Record:
    support = (_support(document, finding),)
    amount = Quantity(number=Decimal(10) ** 6, currency="USD")

    def claim(field: str, text: str, value: str | Quantity | None = None, who: str | None = None):  # type: ignore[no-untyped-def]
        return Claim(
            id=stable_id("claim", kind, field, text), field=field, text=text, value=value,
            actor_id=who, support=support, accounts=1,
        )  # fmt: skip

    claims = (
        claim("name", EVIL),
        claim("party", EVIL + "1", "GT", "actor-1"),
        claim("party", EVIL + "2", "<b", "actor-2"),
        claim("actor", EVIL, None, "actor-1"),
        claim("recipient", EVIL, None, "actor-2"),
        claim("amount", EVIL, amount),
        claim("place", EVIL, EVIL),
        claim("area", EVIL, EVIL),
        claim("content", EVIL + " one"),
        claim("content", EVIL + " two"),
    )
    sides = tuple(
        ContestSide(text=c.text, claim_ids=(c.id,), account_ids=("account-1",),
                    document_ids=(document.id,))
        for c in claims[1:3]
    )  # fmt: skip
    step = DeliveryStep(
        stage=EVIL, date="2019-05-31", date_from="event", amount=EVIL, value=amount, part=True,
        claim_ids=(claims[0].id,), document_ids=(document.id,), accounts=1, days=(1, 2),
    )  # fmt: skip
    return Record(
        id=f"{kind}-evil", number=f"{kind}-{n + 1}", kind=kind, type=EVIL, label=EVIL, stage=EVIL,
        date="2019-05-31", claims=claims,
        contests=(
            Contest(field="party", kind=EVIL, severity="high", explanation=EVIL, sides=sides,
                    claim_ids=tuple(c.id for c in claims[1:3])),
        ),
        history=(
            StageStep(stage=EVIL, date="2019-05", date_from="event", claim_id=claims[0].id,
                      document_ids=(document.id,), contested=True),
        ),
        finding_ids=(finding.id,), document_ids=(document.id,), accounts=1,
        delivery=Delivery(steps=(step,), outcome=EVIL, due=EVIL, latest="2019", short=amount)
        if kind == "measure" else None,
    )  # fmt: skip


def _crowd(document: Document, found: list[Finding]) -> Record:
    claims = tuple(
        Claim(
            id=f"claim-{n}", field="quantity", text=f"{n} steps", value=None,
            support=(_support(document, finding),), accounts=1,
        )
        for n, finding in enumerate(found)
    )  # fmt: skip
    return Record(
        id="figure-crowd", number="figure-2", kind="figure", type=None, label="Ten thousand",
        stage=None, date=None, claims=claims, contests=(), history=(),
        finding_ids=tuple(f.id for f in found), document_ids=(document.id,), accounts=1,
    )  # fmt: skip
