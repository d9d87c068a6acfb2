"""From findings to the ledger: one record for each thing, one identity for each actor.

Comes in: the findings of all documents, and the account each belongs to. Goes out: a `Ledger`, the
same to the byte whatever the order of what came in. It drops no finding and invents no value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pactwatch.ledger import agreements, events, measures
from pactwatch.ledger.claims import Told, actor_id, make_claims
from pactwatch.ledger.contested import find_contests
from pactwatch.ledger.facts import Facts, gather
from pactwatch.ledger.history import make_history, stage_reached
from pactwatch.ledger.identity import Identities, display_name, identify
from pactwatch.ledger.labels import make_label
from pactwatch.ledger.links import link, names_of
from pactwatch.ledger.merge import Rules, merge
from pactwatch.ledger.statements import STATEMENTS
from pactwatch.ledger.wording import other_stage
from pactwatch.model import (
    Account,
    Actor,
    Claim,
    Contest,
    Document,
    Filler,
    Finding,
    Ledger,
    Record,
    stable_id,
)

__all__ = ["settle"]

_RULES: Mapping[str, Rules] = {
    "meeting": events.MEETINGS,
    "incident": events.INCIDENTS,
    "figure": events.FIGURES,
    "office": events.OFFICES,
    "statement": STATEMENTS,
}
_KINDS = ("agreement", "measure", "meeting", "incident", "statement", "figure", "office")
_DATE_FIELDS = ("signed", "date", "period")


def settle(
    findings: Sequence[Finding],
    documents: Sequence[Document],
    accounts: Sequence[Account],
    account_of: Mapping[str, str],
) -> Ledger:
    """Merge findings into records with claims, contests and history.

    Args:
        documents: The documents of the findings, for dates of publication and acronyms.
        accounts: All accounts, which the ledger holds beside its records.
        account_of: Finding id → account id; a finding without one is an account of its document.
    """
    identities = identify(findings, documents)
    by_id = {d.id: d for d in documents}
    origins: dict[str, frozenset[str]] = defaultdict(frozenset)
    for shared_account in accounts:
        for document_id in (
            shared_account.document_ids if len(shared_account.document_ids) > 1 else ()
        ):
            origins[document_id] |= {shared_account.id}
    told_by_kind: dict[str, list[Facts]] = defaultdict(list)
    for finding in sorted({f.id: f for f in findings}.values(), key=lambda f: f.id):
        account = account_of.get(finding.id, finding.document_id)
        document = by_id.get(finding.document_id)
        shared = origins.get(finding.document_id, frozenset())
        facts = gather(finding, document, account, identities, shared)
        told_by_kind[finding.kind].append(facts)

    links = link(told_by_kind)
    instruments = [
        replace(f, aliases=tuple(filler for _, filler in links.names.get(f.finding.id, ())))
        for f in told_by_kind["agreement"]
    ]
    groups = merge(instruments, agreements.rules_for(instruments))
    at_group = {f.finding.id: at for at, group in enumerate(groups) for f in group}
    agreement_of = {m: at_group[agreement] for m, agreement in links.of_finding.items()}
    records = [_record(group, names_of(group, links)) for group in groups]
    for kind in _KINDS[1:]:
        told = told_by_kind[kind]
        rules = measures.rules_for(told, agreement_of) if kind == "measure" else _RULES[kind]
        records += [_record(group) for group in merge(told, rules)]
    numbered = _number(records, by_id)
    return Ledger(
        records=tuple(numbered),
        actors=_actors(identities, numbered),
        accounts=tuple(sorted(accounts, key=lambda a: a.id)),
    )


def _record(members: Sequence[Facts], names: Sequence[tuple[Facts, Filler]] = ()) -> Record:
    first = members[0].finding
    record_id = stable_id(first.kind, first.id)
    told = make_claims(record_id, members, names)
    history = make_history(told)
    own_words, contests = _own_words(record_id, members, told)
    type_claims = [t for t in told if t.claim.field == "type"]
    return Record(
        id=record_id,
        number="",
        kind=first.kind,
        type=type_claims[0].claim.text if type_claims else None,
        label=make_label(first.kind, told),
        stage=stage_reached(history),
        date=_date(told),
        claims=(*(t.claim for t in told), *own_words),
        contests=(*find_contests(first.kind, told), *contests),
        history=history,
        finding_ids=tuple(sorted(f.finding.id for f in members)),
        document_ids=tuple(sorted({f.document_id for f in members})),
        accounts=len({f.account for f in members}),
    )


def _own_words(
    record_id: str, members: Sequence[Facts], told: Sequence[Told]
) -> tuple[list[Claim], list[Contest]]:
    """Claims of another stage in a finding's own sentences, and the contest with its stage."""
    claims: list[Claim] = []
    contests: list[Contest] = []
    for facts in members if members[0].finding.kind == "measure" else ():
        found = other_stage(facts)
        mine = next(
            (t for t in told if t.claim.field == "stage" and t.claim.value == facts.finding.stage),
            None,
        )
        if found is None or mine is None:
            continue
        stage, words = found
        support = next(s for s in mine.claim.support if s.finding_id == facts.finding.id)
        evidence = next(q for q in facts.finding.evidence if q.start <= words.start < q.end)
        claim = replace(
            mine.claim,
            id=stable_id("claim", record_id, "stage", "words", words.document_id, words.start),
            text=words.text,
            value=stage,
            support=(replace(support, words=words, evidence=evidence),),
            accounts=1,
        )
        claims.append(claim)
        explanation = (
            f"Stage: one document writes “{words.text}” and tells it as {mine.claim.text}."
        )
        contests.append(
            Contest(
                field="stage",
                kind="stage",
                severity="medium",
                claim_ids=(mine.claim.id, claim.id),
                explanation=explanation,
            )
        )
    return claims, contests


def _date(told: Sequence[Told]) -> str | None:
    """The record's own date: the best-backed, most exact one, the earliest where several are."""
    dated = [t.claim for t in told if t.claim.field in _DATE_FIELDS and t.claim.value is not None]
    best = min(dated, key=lambda c: (-c.accounts, -len(str(c.value)), str(c.value)), default=None)
    return str(best.value) if best else None


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
    for at, key in enumerate(sorted(identities.known), 1):
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
            )
        )
    return tuple(actors)
