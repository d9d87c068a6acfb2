"""Who it is: states, signatories, titles, and people sent or caught, under words that differ.

Comes in: claims that name somebody. Goes out: contests of party and identity. A description of a
person whom another report names is less exact, and shown; a title more or less is no contest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from pactwatch.ledger.claims import Told
from pactwatch.ledger.countries import countries_in, without_country
from pactwatch.ledger.earlier import signed_together
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.likeness import sorts
from pactwatch.ledger.sides import make_contest
from pactwatch.ledger.words import content_words, likeness
from pactwatch.model import Contest

__all__ = [
    "contest_of_parties",
    "contest_of_people_sent",
    "contest_of_signatories",
    "contest_of_signers",
    "described_apart",
    "portfolio",
]

_OPEN = frozenset({"treaty", "programme"})  # others join; reports name only those they write about
_MINISTER = content_words("minister")
_OTHER_RANK = re.compile(
    r"\b(?:prime|shadow|deputy|vice|assistant|junior|former|first|parliamentary)\b", re.IGNORECASE
)
_FOR = re.compile(
    r"(?:(?! and )[^.;,]){0,40}?\bsign(?:ed|s)?\b(?:(?! and )[^.;,]){0,60}?"
    r"\b(?:for|on behalf of) ((?:(?! and )[^.;,]){2,40})"
)
_TRIMMINGS = content_words("minister former acting state deputy then caretaker interim")


def contest_of_parties(claims: Sequence[Told]) -> Contest | None:
    """Lists of states of which neither holds the other, with two states or the day in common.

    Two lists with one state in common are of two agreements.
    """
    lists: dict[frozenset[str], list[Facts]] = {}
    for facts in {f.finding.id: f for item in claims for f in item.facts}.values():
        if facts.finding.type not in _OPEN:
            lists.setdefault(facts.states("party"), []).append(facts)
    odd: set[str] = set()
    for one, other in combinations(sorted(lists, key=sorted), 2):
        if not (one - other and other - one) or min(len(one), len(other)) < 2:
            continue
        told = [(f, g) for f in lists[one] for g in lists[other]]
        if len(one & other) > 1 or any(signed_together(f, g) for f, g in told):
            odd |= one ^ other
    disputed = [t for t in claims if t.identity is not None and t.identity.country in odd]
    return make_contest("party", "medium", disputed)


def contest_of_signatories(claims: Sequence[Told]) -> Contest | None:
    """A person named by one document where another has only a description of the same country."""
    persons = [t for t in claims if t.identity is not None and t.identity.kind == "person"]
    for vague in claims:
        country = vague.identity.country if vague.identity else None
        if vague.identity is None or vague.identity.kind == "person" or not country:
            continue
        told_by = {f.document_id for f in vague.facts}
        named = [
            t
            for t in persons
            if t.identity is not None
            and t.identity.country == country
            and not told_by & {f.document_id for f in t.facts}
        ]
        if named:
            return make_contest(
                "identity",
                "medium",
                [*named, vague],
                saying="one report names the person, another only a description",
                fits=lambda a, b: a in persons and b in persons,
            )
    return None


def contest_of_signers(claims: Sequence[Told]) -> Contest | None:
    """Two people who signed for one state, each in the words of another account.

    Only where the words say for whom ("signed for Kenya"): without them both can have signed.
    """
    persons = [t for t in claims if t.identity is not None and t.identity.kind == "person"]
    states = {t.claim.id: _signed_for(t) for t in persons}
    odd = [
        (a, b)
        for a, b in combinations(persons, 2)
        if states[a.claim.id] & states[b.claim.id]
        and not {s.account_id for s in a.claim.support} & {s.account_id for s in b.claim.support}
    ]
    return make_contest(
        "identity",
        "medium",
        [t for t in persons if any(t in pair for pair in odd)],
        saying="the reports name different people who signed for one state",
        fits=lambda a, b: not states[a.claim.id] & states[b.claim.id],
    )


def _signed_for(told: Told) -> frozenset[str]:
    """The states for which a person signed, by the words that follow the name."""
    found: set[str] = set()
    for support in told.claim.support:
        after = support.evidence.text[max(0, support.words.end - support.evidence.start) :]
        if support.evidence.start <= support.words.start and (match := _FOR.match(after)):
            found |= countries_in(match[1])
    return frozenset(found)


def described_apart(a: Told, b: Told) -> bool:
    """The nine whom the police arrested: "smugglers of migrants" here, "a drug gang" there."""
    if any(t.identity is None or t.identity.kind != "group" or t.identity.country for t in (a, b)):
        return False
    told = [f.finding for f in (*a.facts, *b.facts)]
    if any(f.type != "operation" or not f.roles.get("amount") for f in told):
        return False
    words = [content_words(t.claim.text) for t in (a, b)]
    return likeness(*words) < 0.4 and not {f.document_id for f in a.facts} & {
        f.document_id for f in b.facts
    }


def contest_of_people_sent(claims: Sequence[Told]) -> Contest | None:
    """Agents here, troops there: officials or soldiers are sent, by findings that differ."""
    of_sort = {t.claim.id: sorts(content_words(t.claim.text)) for t in claims}
    plain = [t for t in claims if len(of_sort[t.claim.id]) == 1]

    def same(a: Told, b: Told) -> bool:
        return of_sort[a.claim.id] == of_sort[b.claim.id]

    odd = [(a, b) for a, b in combinations(plain, 2) if not same(a, b) and not a.shares_finding(b)]
    disputed = [t for t in plain if any(t in pair for pair in odd)]
    return make_contest(
        "identity",
        "high",
        disputed,
        saying="officials are sent by one telling, soldiers by another",
        fits=same,
    )


def portfolio(title: str) -> frozenset[str] | None:
    """What a minister is minister of, None for other titles and for prime and shadow ministers."""
    if _OTHER_RANK.search(title):
        return None
    words = frozenset(stem for word in without_country(title) for stem in content_words(word))
    return words - _TRIMMINGS if words & _MINISTER else None
