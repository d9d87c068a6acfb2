"""Small made-up reports, settled by the real ledger; no model is needed to read them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import msgspec

from pactwatch import engine
from pactwatch.dossier import Dossier
from pactwatch.engine import Engine, Job, Versions
from pactwatch.model import Document, Finding, Quantity, Rejected, stable_id
from pactwatch.store import open_database

SENDING = re.compile(
    r"(?P<actor>\w+) (?P<verb>sends|will send) (?P<amount>\d+) (?P<object>\w+) to (?P<goal>\w+)"
    r"(?: on (?P<date>\d+ May 2031))?"
)
CODES = {"Guatemala": "GT", "Mexico": "MX", "Honduras": "HN", "Panama": "PA"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    findings: tuple[Finding, ...]
    rejected: tuple[Rejected, ...] = ()


def find(document: Document, *, other: bool = False) -> list[Finding]:
    """Measures of a text; `other` reads as a later engine may: other triggers, sentences, roles."""
    found = []
    for match in SENDING.finditer(document.text):
        number = Quantity(number=Decimal(match["amount"]), unit=match["object"].rstrip("s"))
        roles = {
            "actor": [(*match.span("actor"), CODES.get(match["actor"]))],
            "amount": [(*match.span("amount"), number)],
            "object": [(*match.span("object"), None)],
            "recipient": [(*match.span("goal"), CODES.get(match["goal"]))],
        }
        if match["date"]:
            day = f"2031-05-{int(match['date'].split()[0]):02}"
            roles["date"] = [(*match.span("date"), day)]
        end = match.end()
        if other:
            del roles["recipient"]
            roles["place"] = [(*match.span("goal"), CODES.get(match["goal"]))]
            roles["amount"] = [(match.start("amount"), match.end("object"), number)]
            end = min(len(document.text), end + 1)
        found.append(
            Finding.cut(
                document,
                "measure",
                type="deployment",
                stage="done" if match["verb"] == "sends" else "promised",
                roles=roles,
                evidence=[(match.start(), end)],
                trigger="measure.later" if other else "measure.deployment.send",
            )
        )
    return found


def read(job: Job, document: Document) -> Found:
    return Found(findings=tuple(find(document, other=job.pipeline == "later")))


def versions(job: Job) -> Versions:
    return Versions(codebook="1", reading="1", pipeline=job.pipeline or "first", settling="1")


ENGINE = Engine(
    read=read,
    trace=engine.trace,
    settle=engine.settle,
    versions=versions,
    settle_again=engine.settle_again,
)


def document(name: str, text: str, published: str = "2031-05-20") -> Document:
    return Document(id=stable_id("document", name, text), name=name, text=text, published=published)


REPORTS = (
    document("a.txt", "Mexico sends 40 guards to Guatemala on 3 May 2031. The weather was fine."),
    document("b.txt", "The council met. Mexico sends 50 guards to Guatemala on 3 May 2031."),
    document("c.txt", "Panama will send 7 boats to Honduras. Panama sends 3 nurses to Mexico."),
    document("d.txt", "Mexico sends 40 guards to Guatemala on 3 May 2031, it says again."),
)


def open_reports(path: Path) -> Dossier:
    return Dossier(open_database(path), engine=ENGINE)


def ledger_bytes(dossier: Dossier) -> bytes:
    return msgspec.json.encode(dossier.ledger())
