"""The claims of a record: for each field every distinct value, with all that stands behind it.

Comes in: the facts merged into one record. Goes out: `Told`, claims with the facts of their
support. Every claim's words stand in a document; it never computes a value that no document gives.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pactwatch.codebook.vocabularies import load_table
from pactwatch.ledger.compare import quantity_key
from pactwatch.ledger.countries import is_country_code, names_country
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.identity import Bearer, Identity
from pactwatch.ledger.instruments import head_of_name
from pactwatch.ledger.mentions import ACTOR_ROLES
from pactwatch.ledger.words import fold, tokens
from pactwatch.model import Claim, Filler, Finding, Quantity, Quote, Support, Value, stable_id

__all__ = ["FIELDS", "Told", "actor_id", "in_order", "make_claims", "narrowed", "one_claim"]

FIELDS: Mapping[str, tuple[str, ...]] = {
    "agreement": (
        *("name", "type", "party", "signatory", "signed", "place", "area", "provides"),
        *("binding", "stage"),
    ),
    "measure": (
        *("type", "actor", "recipient", "object", "amount", "place", "date", "purpose"),
        *("agreement", "stage"),
    ),
    "meeting": ("participant", "place", "date", "topic", "stage"),
    "incident": ("actor", "target", "what", "place", "date"),
    "statement": ("speaker", "cue", "content", "addressee", "form"),
    "figure": ("quantity", "of", "place", "period"),
    "office": ("person", "title", "body"),
}
"""Fields of each kind, in the order of the codebook."""

_DATES = frozenset({"date", "signed", "period"})
_WORD_FIELDS = ("type", "binding", "stage", "form")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A claim with the facts behind it, in the order of its support."""

    claim: Claim
    facts: tuple[Facts, ...]
    identity: Identity | None = None

    def shares_finding(self, other: Told) -> bool:
        """Whether one finding says both: then they don't exclude each other."""
        mine = {f.finding.id for f in self.facts}
        return any(f.finding.id in mine for f in other.facts)


def narrowed(told: Told, keep: Callable[[Facts], bool]) -> Told | None:
    """The same claim with a part of what stands behind it, None where nothing is left."""
    kept = [at for at, facts in enumerate(told.facts) if keep(facts)]
    if len(kept) == len(told.facts):
        return told
    if not kept:
        return None
    support = tuple(told.claim.support[at] for at in kept)
    accounts = len({item.account_id for item in support})
    claim = replace(told.claim, support=support, accounts=accounts)
    return replace(told, claim=claim, facts=tuple(told.facts[at] for at in kept))


@dataclass(slots=True)
class _Draft:
    value: Value | None = None
    identity: Identity | None = None
    shown: str | None = None
    backing: list[tuple[Facts, Quote]] = field(default_factory=list)


def actor_id(identity: Identity | Bearer) -> str:
    """The ledger's id of an actor."""
    return stable_id("actor", identity.key)


def make_claims(
    record_id: str, members: Sequence[Facts], names_elsewhere: Sequence[tuple[Facts, Filler]] = ()
) -> list[Told]:
    """Make all claims of a record.

    Args:
        members: The facts merged, the earliest first.
        names_elsewhere: Names under which findings of other kinds speak of this agreement.
    """
    drafts: dict[tuple[str, str], _Draft] = {}
    for facts in members:
        for role, fillers in sorted(facts.finding.roles.items()):
            for at, filler in enumerate(fillers):
                identity = facts.actors[role][at] if role in ACTOR_ROLES else None
                _add(drafts, role, filler, facts, identity)
        for word_field in _WORD_FIELDS:
            word = getattr(facts.finding, word_field)
            if word:
                draft = drafts.setdefault((word_field, word), _Draft(value=word, shown=word))
                draft.backing.append((facts, _stating(facts.finding, word_field)))
    for facts, filler in names_elsewhere:
        _add(drafts, "name", filler, facts, None)
    told = [_finish(record_id, key, draft) for key, draft in sorted(drafts.items())]
    return in_order(members[0].finding.kind, told)


def one_claim(
    record_id: str, field_name: str, value: Value | None, backing: Sequence[tuple[Facts, Quote]]
) -> Told:
    """A claim that stands on words outside the roles of the record's own findings.

    Args:
        backing: The findings that tell it, each with the words that do.
    """
    text = _fullest((quote.text for _, quote in backing), None)
    key = (field_name, "words", value if isinstance(value, str) else "", text)
    told = _finish(record_id, key, _Draft(value=value, shown=text, backing=list(backing)))
    return told


def in_order(kind: str, told: Iterable[Told]) -> list[Told]:
    """Claims in the order of the codebook, the best-backed of a field first."""
    order = {name: at for at, name in enumerate(FIELDS.get(kind, ()))}
    return sorted(
        told,
        key=lambda t: (
            order.get(t.claim.field, len(order)),
            t.claim.field,
            -t.claim.accounts,
            fold(t.claim.text),
            t.claim.id,
        ),
    )


def _add(
    drafts: dict[tuple[str, str], _Draft],
    role: str,
    filler: Filler,
    facts: Facts,
    identity: Identity | None,
) -> None:
    draft = drafts.setdefault((role, _key(role, filler, identity)), _Draft(identity=identity))
    draft.value = draft.value if draft.value is not None else filler.value
    quote = Quote(
        document_id=facts.document_id, start=filler.start, end=filler.end, text=filler.text
    )
    draft.backing.append((facts, quote))


def _key(role: str, filler: Filler, identity: Identity | None) -> str:
    """What makes two fillers of a field one value."""
    if identity is not None:
        return identity.key
    value = filler.value
    if isinstance(value, Quantity) and (value.number is not None or value.maximum is not None):
        return "\x1f".join(quantity_key(value))
    if isinstance(value, str) and (role in _DATES or role == "area" or is_country_code(value)):
        return value
    words = head_of_name(filler.text) if role == "name" else filler.text
    return " ".join(tokens(words)) or fold(filler.text)


def _finish(record_id: str, key: tuple[str, ...], draft: _Draft) -> Told:
    backing = _one_a_finding(draft.backing)
    claim = Claim(
        id=stable_id("claim", record_id, *key),
        field=key[0],
        text=draft.shown or _fullest((quote.text for _, quote in backing), draft.identity),
        value=draft.value,
        actor_id=actor_id(draft.identity) if draft.identity else None,
        support=tuple(_support(facts, quote) for facts, quote in backing),
        accounts=len({facts.account for facts, _ in backing}),
    )
    return Told(claim=claim, facts=tuple(facts for facts, _ in backing), identity=draft.identity)


def _one_a_finding(backing: Iterable[tuple[Facts, Quote]]) -> list[tuple[Facts, Quote]]:
    chosen: dict[str, tuple[Facts, Quote]] = {}
    for facts, quote in sorted(
        backing, key=lambda b: (-(b[1].end - b[1].start), b[1].start, b[0].finding.id)
    ):
        chosen.setdefault(facts.finding.id, (facts, quote))
    return sorted(
        chosen.values(), key=lambda b: (b[0].published or "9999", b[0].document_id, b[0].finding.id)
    )


def _fullest(texts: Iterable[str], identity: Identity | None) -> str:
    """The fullest words; for a state its name rather than "administration of …"."""
    forms = sorted(set(texts))
    if identity is not None and identity.kind == "state":
        plain = [t for t in forms if names_country(t) and "overnment" not in t]
        forms = plain or forms
    return max(forms, key=lambda t: (len(tokens(t)), sum(map(str.isupper, t)), len(t), t))


def _support(facts: Facts, words: Quote) -> Support:
    finding = facts.finding
    return Support(
        finding_id=finding.id,
        document_id=finding.document_id,
        account_id=facts.account,
        words=words,
        evidence=_evidence_of(finding, words),
        attributed_to=_teller(finding, words),
    )


def _teller(finding: Finding, words: Quote) -> str | None:
    """Who says the words: the finding's speaker, where they stand in a sentence that states it."""
    by = finding.attributed_to
    if by is None or not any(
        q.start <= words.start and words.end <= q.end for q in finding.evidence
    ):
        return None
    return by.text


_OF_STAGE = {"signed": "sign", "negotiating": "negotiate", "proposed": "propose", "ended": "end",
             "suspended": "suspend", "refused": "reject"}  # fmt: skip
"""Stage of an agreement → verbs of codebook/instruments.toml that tell it."""


@functools.cache
def _stems(stage: str) -> tuple[str, ...]:
    """How words begin that tell a stage."""
    verbs = load_table("instruments.toml")["verbs"].get(_OF_STAGE.get(stage, ""), ())
    return tuple(verb.removesuffix("e") for verb in verbs)


def _stating(finding: Finding, word_field: str) -> Quote:
    """The sentence that says the stage ("suspended") or whether it binds; else the most explicit
    one."""
    stems: tuple[str, ...] = ()
    if word_field == "stage" and finding.kind == "agreement":
        stems = _stems(finding.stage or "")
    elif word_field == "binding":
        stems = ("bind", "bound", "oblig", "legal", "enforc")
    for quote in finding.evidence:
        if any(word.startswith(stems) for word in tokens(quote.text) if stems):
            return quote
    return finding.evidence[0]


def _evidence_of(finding: Finding, words: Quote) -> Quote:
    """The sentence in which the words stand, else the most explicit one."""
    for quote in finding.evidence:
        if quote.start <= words.start and words.end <= quote.end:
            return quote
    return finding.evidence[0]
