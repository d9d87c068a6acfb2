"""From findings to the ledger: one record for each thing, one identity for each actor.

Comes in: the findings of all documents, the account each belongs to, and what was kept when the
ledger was last settled. Goes out: a `Ledger`, the same to the byte whatever the order of what came
in; or a `Settlement`, what is other than it was, the same to the byte as if all were made anew. It
drops no finding and invents no value.

Who is who, which agreement is meant and what is denied is found over all findings each time. Of the
rest, which takes most of the time, only that is done again whose digest has changed: cutting a
document's findings into things, comparing two things, joining those that are linked, and making a
record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pactwatch.ledger import agreements, events, measures
from pactwatch.ledger.across import compare_records
from pactwatch.ledger.corrections import is_correction
from pactwatch.ledger.cuts import Cuts, Memory
from pactwatch.ledger.denials import denials
from pactwatch.ledger.digests import digest, digest_of_facts, number
from pactwatch.ledger.elsewhere import called_otherwise
from pactwatch.ledger.facts import Facts, Report, gather, report_of
from pactwatch.ledger.identity import Identities, identify
from pactwatch.ledger.joining import Joins
from pactwatch.ledger.links import link, names_of
from pactwatch.ledger.merge import Rules, merge
from pactwatch.ledger.numbering import KINDS, make_actors, number_records, when
from pactwatch.ledger.records import Beside, Words, make_record, record_id
from pactwatch.ledger.ruled import Ruled
from pactwatch.ledger.shelf import Kept, Made, Settlement, Shelf
from pactwatch.ledger.slips import letters_lost
from pactwatch.ledger.statements import STATEMENTS
from pactwatch.model import Account, Document, Finding, Ledger, Record
from pactwatch.review import Mark, Rulings, mark_records
from pactwatch.review.marks import WEIGHED

__all__ = ["settle", "settle_again"]

_RULES: Mapping[str, Rules] = {
    "meeting": events.MEETINGS,
    "incident": events.INCIDENTS,
    "figure": events.FIGURES,
    "office": events.OFFICES,
    "statement": STATEMENTS,
}


def settle(
    findings: Sequence[Finding],
    documents: Sequence[Document],
    accounts: Sequence[Account],
    account_of: Mapping[str, str],
    rulings: Rulings | None = None,
) -> Ledger:
    """Merge findings into records with claims, contests and history.

    Args:
        documents: The documents of the findings, for dates of publication and acronyms.
        accounts: All accounts, which the ledger holds beside its records.
        account_of: Finding id → account id; a finding without one is an account of its document.
        rulings: What people decided; `findings` and `documents` are those that it leaves.
    """
    rulings = rulings or Rulings()
    again = settle_again(findings, documents, accounts, account_of, rulings, Kept())
    return again.ledger


def settle_again(
    findings: Sequence[Finding],
    documents: Sequence[Document],
    accounts: Sequence[Account],
    account_of: Mapping[str, str],
    rulings: Rulings,
    kept: Kept,
) -> Settlement:
    """The same, with what stands as it was left out.

    Args:
        kept: Of the ledger last written, under this very version of the package.
    """
    identities = identify(findings, documents, rulings.actors)
    told = _tell(findings, documents, accounts, account_of, identities)
    work = _Work(told, documents, rulings, kept)
    made = work.records()
    plain = {m.id: m.record for m in made if m.record is not None}
    compared = compare_records(list(plain.values()), {d.id: d.published for d in documents})
    final = {m.id: plain[m.id] for m in made if not m.stands}
    for record in compared:
        if record is not plain[record.id]:
            work.shelf.note_across(record.id)
            final[record.id] = record
    numbers = number_records(made)
    marked = mark_records(list(final.values()), rulings.marks)
    places = {id_: place for place, id_ in enumerate(numbers)}
    records = [
        replace(record, number=numbers[record.id])
        for record in sorted(marked, key=lambda r: places[r.id])
    ]
    return Settlement(
        ledger=Ledger(
            records=tuple(records),
            actors=make_actors(identities, [r for r in compared if r.kind == "office"]),
            accounts=tuple(sorted(accounts, key=lambda a: a.id)),
        ),
        numbers=numbers,
        latest=work.beside.latest,
        keep=Kept(
            cuts=work.cuts.changed(),
            joins={kind: joins.to_bytes() for kind, joins in work.joins.items()},
            records=work.shelf.changed(),
        ),
        gone=(work.cuts.gone(), work.shelf.gone()),
    )


def _tell(
    findings: Sequence[Finding],
    documents: Sequence[Document],
    accounts: Sequence[Account],
    account_of: Mapping[str, str],
    identities: Identities,
) -> Mapping[str, list[Facts]]:
    """The facts of all findings by kind, sorted by id."""
    origins: dict[str, frozenset[str]] = defaultdict(frozenset)
    for account in accounts:
        for document_id in account.document_ids if len(account.document_ids) > 1 else ():
            origins[document_id] |= {account.id}
    reports = {d.id: report_of(d, origins[d.id], corrects=is_correction(d)) for d in documents}
    told: dict[str, list[Facts]] = defaultdict(list)
    for finding in sorted({f.id: f for f in findings}.values(), key=lambda f: f.id):
        report = reports.get(finding.document_id) or Report(origins=origins[finding.document_id])
        own = account_of.get(finding.id, finding.document_id)
        told[finding.kind].append(gather(finding, report, own, identities))
    return told


@dataclass(frozen=True, slots=True)
class _Agreements:
    """The agreements of a dossier.

    Attributes:
        groups: Facts of each.
        of_measure: Finding id → number of the agreement that it names.
    """

    groups: list[list[Facts]]
    of_measure: Mapping[str, int]


class _Work:
    """One settling: facts, what is kept, and the records on their way."""

    def __init__(
        self,
        told: Mapping[str, list[Facts]],
        documents: Sequence[Document],
        rulings: Rulings,
        kept: Kept,
    ) -> None:
        self._told = {kind: told.get(kind, []) for kind in KINDS}
        self._ruled = Ruled(rulings.together, rulings.apart)
        self._marks = rulings.marks
        self._published = {d.id: d.published for d in documents}
        self._kept = kept
        self.cuts = Cuts(kept.cuts)
        self.joins: dict[str, Joins] = {}
        self.shelf = Shelf(kept)
        of_document: dict[str, list[Facts]] = defaultdict(list)
        for many in self._told.values():
            for facts in many:
                of_document[facts.document_id].append(facts)
        self._digests = {id_: digest_of_facts(own) for id_, own in of_document.items()}
        self._links = link(told)
        self.beside = Beside(
            denied=denials(told),
            otherwise=called_otherwise(self._told["measure"]),
            slips=letters_lost(self._told["figure"]),
            texts={d.id: d.text for d in documents},
            marks=_weighed(rulings.marks),
            latest=max((d.published for d in documents if d.published), default=None),
        )

    def records(self) -> list[Made]:
        """All records, kind by kind."""
        agreed = self._agreements()
        under: dict[int, list[Facts]] = defaultdict(list)
        for facts in self._told["measure"]:
            if facts.finding.id in agreed.of_measure and facts.fillers("agreement"):
                under[agreed.of_measure[facts.finding.id]].append(facts)
        made = [
            self._made(
                group,
                replace(
                    self.beside,
                    names=names_of(group, self._links),
                    under=under[_number_of(group)],
                ),
            )
            for group in agreed.groups
        ]
        for kind in KINDS[1:]:
            told = self._told[kind]
            if kind == "measure":
                rules = measures.rules_for(told, agreed.of_measure)
                memory = self._memory(kind, self._agreements_beside(agreed.of_measure))
            else:
                rules, memory = _RULES[kind], self._memory(kind)
            made += [self._made(g, self.beside) for g in merge(told, rules, self._ruled, memory)]
        return made

    def _agreements(self) -> _Agreements:
        names = self._links.names
        instruments = [
            replace(f, aliases=tuple(filler for _, filler in names.get(f.finding.id, ())))
            for f in self._told["agreement"]
        ]
        rules = agreements.rules_for(instruments)
        groups = merge(instruments, rules, self._ruled, self._memory("agreement"))
        numbers = {f.finding.id: _number_of(group) for group in groups for f in group}
        of_measure = {m: numbers[found] for m, found in self._links.of_finding.items()}
        return _Agreements(groups, of_measure)

    def _agreements_beside(self, of_measure: Mapping[str, int]) -> dict[str, object]:
        """By document, the agreements that its measures name: these may stand in others, too."""
        beside: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for facts in self._told["measure"]:
            if facts.finding.id in of_measure:
                beside[facts.document_id].append((facts.finding.id, of_measure[facts.finding.id]))
        return dict(beside)

    def _memory(self, kind: str, beside: Mapping[str, object] | None = None) -> Memory:
        raw = self._kept.joins.get(kind)
        self.joins[kind] = Joins() if raw is None else Joins.from_bytes(raw)
        return Memory(
            kind=kind,
            cuts=self.cuts,
            joins=self.joins[kind],
            digests=self._digests,
            beside=beside or {},
        )

    def _made(self, group: Sequence[Facts], beside: Beside) -> Made:
        def make() -> tuple[Record, str]:
            record = make_record(group, beside)
            return record, when(record, self._published)

        return self.shelf.put(
            record_id(group),
            group[0].finding.kind,
            self._digest(group, beside),
            make,
            marked=any(f.finding.id in self._marks for f in group),
        )

    def _digest(self, group: Sequence[Facts], beside: Beside) -> bytes:
        """Digest of all that the record of a group is made of, but for the latest date: each fact
        by its id and that of the facts of its document."""

        def told(facts: Facts) -> tuple[str, bytes]:
            return facts.finding.id, self._digests[facts.document_id]

        def words(of: Mapping[str, Words]) -> list[object]:
            return [
                (told(f), quote) for member in group for f, quote in of.get(member.finding.id, ())
            ]

        return digest(
            [told(facts) for facts in group],
            [(told(f), f.account, filler) for f, filler in beside.names],
            [told(facts) for facts in beside.under],
            words(beside.denied),
            words(beside.otherwise),
            [beside.slips.get(facts.finding.id) for facts in group],
            [beside.marks.get(facts.finding.id) for facts in group],
        )


def _weighed(marks: Mapping[str, tuple[Mark, ...]]) -> dict[str, tuple[Mark, ...]]:
    """The marks by which stages and deliveries are settled; all others change nothing else."""
    found = {id_: tuple(m for m in own if m.field in WEIGHED) for id_, own in marks.items()}
    return {id_: own for id_, own in found.items() if own}


def _number_of(agreement: Sequence[Facts]) -> int:
    """A number for an agreement that stays as long as its first finding does."""
    return number(agreement[0].finding.id)
