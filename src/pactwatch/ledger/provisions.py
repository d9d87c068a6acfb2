"""What agreements provide, by the measures that documents tell of under them.

Comes in: facts of measures with the agreement that each names. Goes out: claims of the field
"provides", one for each type of measure, and the contest of an undertaking that only one account
tells although others list what the agreement is about. Silence alone is never a contest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pactwatch.ledger.claims import Told, one_claim
from pactwatch.ledger.compare import days_apart
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.likeness import object_words
from pactwatch.ledger.sides import make_contest
from pactwatch.ledger.words import content_words, fold
from pactwatch.model import Contest, Quote

__all__ = ["contest_of_provisions", "provisions"]

_UNDERTAKINGS = frozenset({"deployment", "equipment", "funding"})
_NEAR = 60  # days between reports that tell of one text
_LISTING = re.compile(
    r"\b(?:includ|areas? of|areas?:|provides? for|consists?|compris|(?:cover|list|contain)s?\b)",
    re.IGNORECASE,
)


def provisions(record_id: str, measures: Sequence[Facts]) -> list[Told]:
    """Claims of what the measures under one agreement say that it provides."""
    by_type: dict[tuple[str, str], list[tuple[Facts, Quote]]] = {}
    for facts in sorted(measures, key=lambda f: (f.published or "9999", f.finding.id)):
        kind = facts.finding.type
        if kind and facts.finding.stage not in {"refused", "ended"}:
            words = _words(facts)
            sum_ = "" if facts.fillers("object") else fold(words.text)  # 40 million is not 42
            by_type.setdefault((kind, sum_), []).append((facts, words))
    return [one_claim(record_id, "provides", key[0], by_type[key]) for key in sorted(by_type)]


def _words(facts: Facts) -> Quote:
    """The words for the thing itself, else the sentence."""
    for filler in (*facts.fillers("object"), *facts.fillers("amount")):
        return Quote(
            document_id=facts.document_id, start=filler.start, end=filler.end, text=filler.text
        )
    return facts.finding.evidence[0]


def contest_of_provisions(
    told: Sequence[Told], agreement: Sequence[Facts], texts: Mapping[str, str]
) -> Contest | None:
    """An undertaking of one account, beside accounts that list provisions and have no word of it.

    Args:
        told: The claims of what the agreement provides.
        agreement: The facts of the agreement itself.
        texts: The documents' texts by id: what a text names somewhere is not lacking.
    """
    listing = [t for t in told if any(_lists(f) for f in t.facts)]
    for claim in told:
        if claim.claim.value not in _UNDERTAKINGS or claim.claim.accounts != 1:
            continue
        tellers = {f.document_id for f in claim.facts}
        accounts = {f.account for f in claim.facts}
        things = frozenset().union(*(object_words(f) for f in claim.facts))
        lists = {
            f.document_id
            for other in listing
            for f in other.facts
            if f.document_id not in tellers and f.account not in accounts and _lists(f)
        }
        silent = {
            d
            for d in lists
            if things
            and not things & content_words(texts.get(d, ""))
            and _near(claim, agreement, d)
        }
        rivals = [
            t
            for t in told
            if t is not claim and {f.document_id for f in t.facts if _lists(f)} & silent
        ]
        if rivals:
            return make_contest(
                "content",
                "medium",
                [claim, *rivals],
                saying="only one account tells the first; another lists its contents without it",
                fits=lambda a, b, first=claim: (a is first) == (b is first),  # type: ignore[misc]
            )
    return None


def _lists(facts: Facts) -> bool:
    return any(_LISTING.search(quote.text) for quote in facts.finding.evidence)


def _near(claim: Told, agreement: Sequence[Facts], document_id: str) -> bool:
    days = [f.published for f in agreement if f.document_id == document_id]
    apart = [days_apart(day, f.published) for day in days for f in claim.facts]
    return all(d is None or d <= _NEAR for d in apart)
