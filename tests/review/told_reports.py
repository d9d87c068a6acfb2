"""Made-up reports of every kind of finding, for settling again and again; no model reads them."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from decimal import Decimal

from pactwatch import engine
from pactwatch.engine import Engine, Job, Versions
from pactwatch.model import Document, Finding, Quantity, Rejected, Value, stable_id

CODES = {"Guatemala": "GT", "Mexico": "MX", "Honduras": "HN", "Panama": "PA"}
PEOPLE = ("Ada Obrecht", "Bruno Castell", "A. Obrecht", "Clara Venn")
STATES = tuple(CODES)
DAY = r"(?: on (?P<date>\d\d May 2031))?"
WHO = r"(?P<{}>[A-Z]\.? ?[A-Za-z]+ ?[A-Za-z]+)"

FORMS: tuple[tuple[str, str, str, dict[str, str | None]], ...] = (
    (
        "measure",
        r"(?P<actor>\w+) sends (?P<amount>\d+) (?P<object>\w+) to (?P<recipient>\w+)" + DAY,
        "{state} sends {number} {things} to {state} on {day} May 2031.",
        {"type": "deployment", "stage": "done"},
    ),
    (
        "measure",
        r"Under the (?P<agreement>\w+ Memorandum), (?P<actor>\w+) will send (?P<amount>\d+) "
        r"(?P<object>\w+) to (?P<recipient>\w+)",
        "Under the {lake} Memorandum, {state} will send {number} {things} to {state}.",
        {"type": "deployment", "stage": "promised"},
    ),
    (
        "agreement",
        r"(?P<party>\w+) and (?P<party_>\w+) signed the (?P<name>\w+ Memorandum)" + DAY,
        "{state} and {state} signed the {lake} Memorandum on {day} May 2031.",
        {"type": "memorandum", "stage": "signed"},
    ),
    (
        "office",
        r"(?P<person>[A-Z][\w.]* \w+), (?P<title>[a-z]+ minister) of (?P<body>\w+)",
        "{person}, {post} minister of {state}, was there.",
        {},
    ),
    (
        "statement",
        r"“(?P<content>[^”]+)”, (?P<cue>said) (?P<speaker>[A-Z][\w.]* \w+)",
        "“We have waited {number} long years for the {things} of {state}”, said {person}.",
        {"form": "direct"},
    ),
    (
        "statement",
        r"(?P<speaker>[A-Z][\w.]* \w+) (?P<cue>denied) that (?P<content>\w+ sent \d+ \w+ to \w+)",
        "{person} denied that {state} sent {number} {things} to {state}.",
        {"form": "indirect"},
    ),
    (
        "figure",
        r"(?P<quantity>\d+ percent) of (?P<of>the \w+ in the north) of (?P<place>\w+)",
        "It says that {number} percent of the {things} in the north of {state} are old.",
        {},
    ),
    (
        "meeting",
        r"(?P<participant>[A-Z][\w.]* \w+) met (?P<participant_>[A-Z][\w.]* \w+) in (?P<place>\w+)"
        + DAY,
        "{person} met {person} in {state} on {day} May 2031.",
        {},
    ),
    (
        "incident",
        r"Gunmen (?P<what>attacked a convoy of \w+) in (?P<place>\w+)" + DAY,
        "Gunmen attacked a convoy of {things} in {state} on {day} May 2031.",
        {},
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    findings: tuple[Finding, ...]
    rejected: tuple[Rejected, ...] = ()


def _value(role: str, words: str) -> Value | None:
    if role in {"amount", "quantity"}:
        unit = "percent" if role == "quantity" else None
        return Quantity(number=Decimal(words.split()[0]), unit=unit)
    if role == "date":
        return f"2031-05-{words[:2]}"
    return CODES.get(words)


def read(job: Job, document: Document) -> Found:
    findings = []
    for kind, pattern, _, words in FORMS:
        for match in re.finditer(pattern, document.text):
            roles: dict[str, list[tuple[int, int, Value | None]]] = {}
            for group, filler in match.groupdict().items():
                if filler is not None:
                    role = group.rstrip("_")
                    roles.setdefault(role, []).append((*match.span(group), _value(role, filler)))
            if kind == "agreement" and "date" in roles:
                roles["signed"] = roles.pop("date")
            start = document.text.rfind("\n", 0, match.start()) + 1
            end = document.text.find("\n", match.end())
            evidence = [(start, len(document.text) if end < 0 else end)]
            findings.append(Finding.cut(document, kind, roles=roles, evidence=evidence, **words))
    return Found(findings=tuple(findings))


def versions(job: Job) -> Versions:
    return Versions(codebook="1", reading="1", pipeline="1", settling="1")


ENGINE = Engine(
    read=read,
    trace=engine.trace,
    settle=engine.settle,
    versions=versions,
    settle_again=engine.settle_again,
)


def sentence(chance: random.Random) -> str:
    """A sentence that tells something."""
    form = chance.choice(FORMS)[2]
    for name, words in (
        ("{state}", STATES),
        ("{person}", PEOPLE),
        ("{things}", ("guards", "boats", "nurses", "soldiers")),
        ("{lake}", ("Amber", "Cedar")),
        ("{post}", ("foreign", "interior")),
        ("{number}", ("40", "50", "7", "500")),
        ("{day}", ("03", "04", "19")),
    ):
        while name in form:
            form = form.replace(name, chance.choice(words), 1)
    return form


def report(chance: random.Random, number: int, earlier: list[Document]) -> Document:
    """A report, or a copy of one, or one that takes sentences from another."""
    lines = [sentence(chance) for _ in range(chance.randint(2, 6))]
    if earlier and chance.random() < 0.4:
        taken = chance.choice(earlier).text.split("\n")
        lines = taken if chance.random() < 0.5 else [*lines, *taken[:3]]
    name, text = f"{number}.txt", "\n".join(lines)
    return Document(
        id=stable_id("document", name, text),
        name=name,
        text=text,
        publisher=chance.choice(["The Lake Gazette", "Harbour News", None]),
        published=chance.choice(["2031-05-03", "2031-05-04", "2031-05-20", None]),
    )
