"""What a reviewer points at, as anchors: a record, a claim, a finding, an actor, a document.

Comes in: ids, numbers or names, as pages and people write them. Goes out: anchors in words of
documents. What it can't make out without guessing, it refuses, and says what could be meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, or_, select

from pactwatch.errors import DossierError, UsageError
from pactwatch.model import Claim, Document, Filler, Finding, Record
from pactwatch.review import (
    WORD_FIELDS,
    Anchor,
    anchor_of,
    anchor_of_document,
    anchor_of_mention,
    plain_words,
)
from pactwatch.store import tables as t
from pactwatch.store.decisions import decisions
from pactwatch.store.documents import document_named
from pactwatch.store.findings import findings
from pactwatch.store.ledger import read_records

__all__ = ["Holders", "Target", "find_target", "holders_of"]

MOST_FINDINGS = 2000
"""Findings that one decision can be about."""

_MENTIONS = 24  # of an actor; so many places find it again in any reading
_MENTIONS_OF_NAME = 6


class Target:
    """One thing that is pointed at, in a dossier as it is now."""

    def __init__(self, connection: Connection, wanted: str) -> None:
        self._connection = connection
        self.wanted = wanted
        self.record: Record | None = None
        self.claim: Claim | None = None
        self.findings: list[Finding] = []
        self.actor_id: str | None = None
        self.document: Document | None = None

    def anchors(
        self, field: str | None, claim: str | None, document: str | None
    ) -> tuple[Anchor, ...]:
        """Anchors of findings, or of one field of them.

        Args:
            claim: Words, value or id of the claim meant, where the field has several.
            document: Id or name of the only document meant.

        Raises:
            UsageError: it is not clear which claim is meant, or nothing is left.
        """
        if self.document is not None:
            return (anchor_of_document(self.document),)
        own = self.findings
        if document is not None:
            wanted = document_named(self._connection, document).id
            own = [finding for finding in own if finding.document_id == wanted]
        if not own:
            raise UsageError(self.wanted, "no finding of it is in this document")
        if len(own) > MOST_FINDINGS:
            raise UsageError(
                self.wanted, f"{len(own)} findings are too many for one decision",
                "Decide on the findings of one document at a time: --document NAME",
            )  # fmt: skip
        if field is None:
            return tuple(anchor_of(finding) for finding in own)
        chosen = self._claim_of(field, claim)
        if chosen is None:
            return tuple(anchor_of(finding) for finding in own)
        by_id = {finding.id: finding for finding in own}
        anchors = [
            anchor_of(
                by_id[s.finding_id], self._machine_filler(by_id[s.finding_id], field, s.words)
            )
            for s in chosen.support
            if s.finding_id in by_id
        ]
        if not anchors:
            raise UsageError(
                f"{self.wanted} {field}", "findings of other records say this",
                "Decide on the record whose finding it is",
            )  # fmt: skip
        return tuple({a.finding_id: a for a in anchors}.values())

    def _claim_of(self, field: str, wanted: str | None) -> Claim | None:
        """The claim of a field that is meant; None where the field has none."""
        if self.claim is not None:
            if self.claim.field != field:
                raise UsageError(self.wanted, f"is a claim of {self.claim.field}, not of {field}")
            return self.claim
        if self.record is None:
            return self._claim_of_findings(field, wanted)
        return _one_claim([c for c in self.record.claims if c.field == field], field, wanted)

    def _claim_of_findings(self, field: str, wanted: str | None) -> Claim | None:
        """A claim by words of findings, where no record is named."""
        ids = {finding.id for finding in self.findings}
        holds = select(t.record_finding.c.record_id).where(
            t.record_finding.c.finding_id.in_(sorted(ids))
        )
        claims = [
            replace(claim, support=support)
            for record in read_records(self._connection, t.record.c.id.in_(holds))
            for claim in record.claims
            if claim.field == field
            and (support := tuple(s for s in claim.support if s.finding_id in ids))
        ]
        return _one_claim(claims, field, wanted)

    def _machine_filler(self, finding: Finding, field: str, words: object) -> Filler | None:
        """The filler as the engine has it, behind words that people may have corrected already."""
        if field in WORD_FIELDS:
            return None
        place = (getattr(words, "start", None), getattr(words, "end", None))
        for filler in finding.roles.get(field, ()):
            if (filler.start, filler.end) == place:
                return filler
        for decision in reversed(decisions(self._connection)):
            given = decision.words
            if decision.field != field or given is None or (given.start, given.end) != place:
                continue
            for anchor in decision.about:
                if anchor.finding_id == finding.id:
                    return given if decision.action == "add" else anchor.filler
        return None

    def mentions(self, names: Sequence[str]) -> tuple[tuple[Anchor, ...], tuple[Anchor, ...]]:
        """Mentions of an actor: those under some of its names (all for none), and the others.

        Raises:
            UsageError: it is not called so.
        """
        s, c = t.claim_support.c, t.claim.c
        query = (
            select(
                s.document_id, c.field, s.words_start, s.words_end, s.words_text,
            )
            .join(t.claim, c.id == s.claim_id)
            .where(c.actor_id == self.actor_id)
            .order_by(s.document_id, s.words_start, s.words_end, c.field)
        )  # fmt: skip
        by_name: dict[str, list[Anchor]] = {}
        for row in self._connection.execute(query):
            filler = Filler(text=row.words_text, start=row.words_start, end=row.words_end)
            anchor = anchor_of_mention(row.document_id, row.field, filler)
            by_name.setdefault(plain_words(row.words_text), []).append(anchor)
        wanted = {plain_words(name) for name in names}
        unknown = sorted(wanted - by_name.keys())
        if unknown:
            known = ", ".join(sorted({a[0].text for a in by_name.values()}))
            raise UsageError(unknown[0], f"{self.wanted} is not called so", f"But: {known}")
        chosen = {name: own for name, own in by_name.items() if not wanted or name in wanted}
        rest = {name: own for name, own in by_name.items() if name not in chosen}
        return _spread(chosen.values()), _spread(rest.values())


def _one_claim(claims: Sequence[Claim], field: str, wanted: str | None) -> Claim | None:
    if wanted is not None:
        words = plain_words(wanted)
        fitting = [c for c in claims if wanted == c.id or words == plain_words(c.text)]
        fitting = fitting or [c for c in claims if words == plain_words(str(c.value))]
        fitting = fitting or [c for c in claims if words in plain_words(c.text)]
    else:
        fitting = list(claims)
    if not claims and wanted is not None:
        raise UsageError(field, "nothing is told of it", "Leave --claim out, and give --words")
    if len(fitting) > 1 or (wanted is not None and not fitting):
        listed = " · ".join(" ".join(c.text.split()) for c in claims)
        fault = f"{len(fitting)} values fit" if fitting else "no value fits"
        raise UsageError(field, fault, f"Name one, with --claim: {listed}")
    return fitting[0] if fitting else None


def _spread(by_name: Iterable[Sequence[Anchor]]) -> tuple[Anchor, ...]:
    """Some mentions of each name, those of different documents first."""
    chosen: list[Anchor] = []
    for own in by_name:
        first = list({anchor.document_id: anchor for anchor in reversed(own)}.values())
        first.sort(key=lambda a: (a.document_id, a.start))
        chosen += first[:_MENTIONS_OF_NAME]
    return tuple(chosen[:_MENTIONS])


def find_target(connection: Connection, wanted: str | Sequence[str]) -> Target:
    """Make out what is pointed at.

    Args:
        wanted: Id or number of a record or an actor; id of a claim; ids of findings; id or name of
            a document.

    Raises:
        DossierError: there is nothing of this name.
        UsageError: several findings are named, and one of them is none.
    """
    many = [wanted] if isinstance(wanted, str) else list(wanted)
    target = Target(connection, ", ".join(many[:3]))
    if len(many) != 1 or many[0].startswith("finding-"):
        target.findings = findings(connection, ids=many)
        missing = sorted(set(many) - {finding.id for finding in target.findings})
        if missing or not many:
            raise UsageError(missing[0] if missing else "findings", "no such finding")
        return target
    (name,) = many
    for record in read_records(connection, or_(t.record.c.id == name, t.record.c.number == name)):
        return _of_record(target, record)
    if name.startswith("claim-"):
        holder = select(t.claim.c.record_id).where(t.claim.c.id == name)
        for record in read_records(connection, t.record.c.id.in_(holder)):
            target.claim = next(claim for claim in record.claims if claim.id == name)
            return _of_record(target, record)
    query = select(t.actor.c.id).where(or_(t.actor.c.id == name, t.actor.c.number == name))
    actor_id = connection.execute(query).scalar_one_or_none()
    if actor_id is not None:
        target.actor_id = actor_id
        return target
    try:
        target.document = document_named(connection, name)
    except DossierError as error:
        raise DossierError(
            name, "no such record, claim, finding, actor or document",
            "List them: pactwatch show measures, … actors, documents",
        ) from error  # fmt: skip
    return target


def _of_record(target: Target, record: Record) -> Target:
    target.record = record
    target.findings = findings(target._connection, ids=record.finding_ids)
    return target


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """Ids of the records and actors that hold now what some anchors name."""

    records: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()


def holders_of(connection: Connection, anchors: Iterable[Anchor]) -> Holders:
    """What holds now the findings and mentions that were decided on, in the order of anchors."""
    f, s, c = t.record_finding.c, t.claim_support.c, t.claim.c
    records: dict[str, None] = {}
    actors: dict[str, None] = {}
    for anchor in anchors:
        if anchor.finding_id is not None:
            query = select(f.record_id).where(f.finding_id == anchor.finding_id)
            records |= dict.fromkeys(connection.execute(query).scalars())
        else:
            mentions = (
                select(c.actor_id)
                .join(t.claim_support, s.claim_id == c.id)
                .where(s.document_id == anchor.document_id, c.actor_id.is_not(None))
                .where(s.words_start == anchor.start, s.words_end == anchor.end)
                .order_by(c.actor_id)
            )
            actors |= dict.fromkeys(connection.execute(mentions).scalars())
    return Holders(records=tuple(records), actors=tuple(actors))
