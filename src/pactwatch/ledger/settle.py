"""From findings to the ledger: one record for each thing, one identity for each actor.

Comes in: the findings of all documents, and the account each belongs to. Goes out: a `Ledger`, the
same to the byte whatever the order of what came in. It drops no finding and invents no value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pactwatch.ledger import agreements, events, measures
from pactwatch.ledger.across import compare_records
from pactwatch.ledger.claims import actor_id
from pactwatch.ledger.corrections import is_correction
from pactwatch.ledger.denials import denials
from pactwatch.ledger.elsewhere import called_otherwise
from pactwatch.ledger.facts import Facts, gather
from pactwatch.ledger.identity import Identities, display_name, identify
from pactwatch.ledger.links import link, names_of
from pactwatch.ledger.merge import Rules, merge
from pactwatch.ledger.records import Beside, make_record
from pactwatch.ledger.ruled import Ruled
from pactwatch.ledger.slips import letters_lost
from pactwatch.ledger.statements import STATEMENTS
from pactwatch.model import Account, Actor, Document, Finding, Ledger, Record
from pactwatch.review import Rulings, mark_records

__all__ = ["settle"]

_RULES: Mapping[str, Rules] = {
    "meeting": events.MEETINGS,
    "incident": events.INCIDENTS,
    "figure": events.FIGURES,
    "office": events.OFFICES,
    "statement": STATEMENTS,
}
_KINDS = ("agreement", "measure", "meeting", "incident", "statement", "figure", "office")


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
    ruled = Ruled(rulings.together, rulings.apart)
    identities = identify(findings, documents, rulings.actors)
    by_id = {d.id: d for d in documents}
    origins: dict[str, frozenset[str]] = defaultdict(frozenset)
    for shared_account in accounts:
        for document_id in (
            shared_account.document_ids if len(shared_account.document_ids) > 1 else ()
        ):
            origins[document_id] |= {shared_account.id}
    correcting = {d.id for d in documents if is_correction(d)}
    told_by_kind: dict[str, list[Facts]] = defaultdict(list)
    for finding in sorted({f.id: f for f in findings}.values(), key=lambda f: f.id):
        account = account_of.get(finding.id, finding.document_id)
        document = by_id.get(finding.document_id)
        shared = origins.get(finding.document_id, frozenset())
        corrects = finding.document_id in correcting
        facts = gather(finding, document, account, identities, shared, corrects)
        told_by_kind[finding.kind].append(facts)

    links = link(told_by_kind)
    instruments = [
        replace(f, aliases=tuple(filler for _, filler in links.names.get(f.finding.id, ())))
        for f in told_by_kind["agreement"]
    ]
    groups = merge(instruments, agreements.rules_for(instruments), ruled)
    at_group = {f.finding.id: at for at, group in enumerate(groups) for f in group}
    agreement_of = {m: at_group[agreement] for m, agreement in links.of_finding.items()}
    beside = Beside(
        denied=denials(told_by_kind),
        otherwise=called_otherwise(told_by_kind["measure"]),
        slips=letters_lost(told_by_kind["figure"]),
        texts={d.id: d.text for d in documents},
        latest=max((d.published for d in documents if d.published), default=None),
    )
    under: dict[int, list[Facts]] = defaultdict(list)
    for facts in told_by_kind["measure"]:
        if facts.finding.id in agreement_of and facts.fillers("agreement"):
            under[agreement_of[facts.finding.id]].append(facts)
    records = [
        make_record(group, replace(beside, names=names_of(group, links), under=under[at]))
        for at, group in enumerate(groups)
    ]
    for kind in _KINDS[1:]:
        told = told_by_kind[kind]
        rules = measures.rules_for(told, agreement_of) if kind == "measure" else _RULES[kind]
        records += [make_record(group, beside) for group in merge(told, rules, ruled)]
    records = compare_records(records, {d.id: d.published for d in documents})
    numbered = _number(mark_records(records, rulings.marks), by_id)
    return Ledger(
        records=tuple(numbered),
        actors=_actors(identities, numbered),
        accounts=tuple(sorted(accounts, key=lambda a: a.id)),
    )


def _number(records: Sequence[Record], documents: Mapping[str, Document]) -> list[Record]:
    """Sort by kind, date and id, and number within each kind."""

    def order(record: Record) -> tuple[int, str, str]:
        reports = [documents[d].published for d in record.document_ids if d in documents]
        known = [day for day in (record.date, *reports) if day]
        when = record.date or min(known, default="9999")
        return (_KINDS.index(record.kind), when, record.id)

    counts: dict[str, int] = defaultdict(int)
    numbered: list[Record] = []
    for record in sorted(records, key=order):
        counts[record.kind] += 1
        numbered.append(replace(record, number=f"{record.kind}-{counts[record.kind]}"))
    return numbered


def _actors(identities: Identities, records: Sequence[Record]) -> tuple[Actor, ...]:
    offices: dict[str, list[str]] = defaultdict(list)
    for record in records:
        if record.kind == "office":
            for claim in record.claims:
                if claim.field == "person" and claim.actor_id:
                    offices[claim.actor_id].append(record.id)
    actors: list[Actor] = []
    # Groups ("officers") are many and say little: they come last.
    keys = sorted(identities.known, key=lambda key: (identities.known[key].kind == "group", key))
    for at, key in enumerate(keys, 1):
        identity = identities.known[key]
        whole = [form for form in identity.forms if "of " not in form and "overnment" not in form]
        plain = set(whole) if identity.kind == "state" else set(identity.forms)
        forms = sorted(identity.forms, key=lambda form: (form not in plain, -len(form), form))
        actors.append(
            Actor(
                id=actor_id(identity),
                number=f"actor-{at}",
                name=display_name(identity),
                kind=identity.kind,
                country=identity.country,
                names=tuple(forms),
                office_ids=tuple(sorted(offices.get(actor_id(identity), ()))),
                document_ids=tuple(sorted(identity.documents)),
                decision_ids=tuple(sorted(identity.decisions)),
            )
        )
    return tuple(actors)
