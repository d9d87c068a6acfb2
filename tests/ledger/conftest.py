"""A small world of made-up reports, from which tests settle a ledger."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest

from pactwatch.ledger import settle
from pactwatch.model import Account, Document, Finding, Ledger, Record, Value, stable_id
from pactwatch.review import Rulings

Words = str | tuple[str, Value | None]


@dataclass
class World:
    """Reports and what they say; every report is an account of its own."""

    documents: dict[str, Document] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def report(self, name: str, text: str, published: str | None = "2031-05-20") -> str:
        self.documents[name] = Document(
            id=stable_id("document", name, text), name=name, text=text, published=published
        )
        return name

    def say(
        self,
        name: str,
        kind: str,
        /,
        *,
        evidence: Iterable[str] = (),
        type: str | None = None,
        stage: str | None = None,
        form: str | None = None,
        attributed_to: str | None = None,
        **roles: Words | list[Words],
    ) -> Finding:
        """A finding whose words are looked up in the report (the whole of it is the evidence)."""
        document = self.documents[name]

        def spot(words: str) -> tuple[int, int]:
            start = document.text.find(words)
            assert start >= 0, f"{words!r} is not in {name}"
            return start, start + len(words)

        def fill(words: Words) -> tuple[int, int, Value | None]:
            text, value = words if isinstance(words, tuple) else (words, None)
            return (*spot(text), value)

        finding = Finding.cut(
            document,
            kind,
            type=type,
            stage=stage,
            form=form,
            roles={
                role: [fill(w) for w in (words if isinstance(words, list) else [words])]
                for role, words in roles.items()
            },
            evidence=[spot(words) for words in evidence] or [(0, len(document.text))],
            attributed_to=fill(attributed_to) if attributed_to else None,
        )
        self.findings.append(finding)
        return finding

    def tell(
        self, name: str, text: str, kind: str, /, *, published: str | None = "2031-05-20", **say
    ):
        """A report of one sentence that says one thing."""
        self.report(name, text, published)
        return self.say(name, kind, **say)

    def settle(self, shuffle: int | None = None, rulings: Rulings | None = None) -> Ledger:
        findings, documents = list(self.findings), list(self.documents.values())
        if shuffle is not None:
            random.Random(shuffle).shuffle(findings)
            random.Random(shuffle + 1).shuffle(documents)
        accounts = [
            Account(
                id=f"account-{d.id}", label=d.name, reason="single document", document_ids=(d.id,)
            )
            for d in documents
        ]
        account_of = {f.id: f"account-{f.document_id}" for f in findings}
        return settle(findings, documents, accounts, account_of, rulings)

    def records(self, kind: str) -> list[Record]:
        return [r for r in self.settle().records if r.kind == kind]

    def one(self, kind: str) -> Record:
        (record,) = self.records(kind)
        return record

    def names(self, kind: str) -> set[frozenset[str]]:
        """The report names of each record of a kind."""
        by_id = {d.id: d.name for d in self.documents.values()}
        return {frozenset(by_id[d] for d in r.document_ids) for r in self.records(kind)}


def values(record: Record, field_name: str) -> dict[str, int]:
    """Text of each claim of a field, with its accounts."""
    return {c.text: c.accounts for c in record.claims if c.field == field_name}


def contests(record: Record) -> set[tuple[str, str, str]]:
    """Field, kind and severity of each contest."""
    return {(c.field, c.kind, c.severity) for c in record.contests}


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture(name="values")
def _values():
    return values


@pytest.fixture(name="contests")
def _contests():
    return contests
