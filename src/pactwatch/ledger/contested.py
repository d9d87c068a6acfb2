"""Contested fields: claims of one record that can't all be true.

Comes in: the claims of a record with the facts behind them. Goes out: `Contest`s. What is only less
exact, or tells of another day, is no contest. It never says which claim is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from pactwatch.ledger.claims import Told
from pactwatch.ledger.compare import days_apart
from pactwatch.ledger.corrections import standing
from pactwatch.ledger.exclusions import (
    amounts_slip,
    dates_exclude,
    denied,
    places_exclude,
    stages_exclude,
)
from pactwatch.ledger.exclusive import calls_all
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.forms import contest_of_names, contest_of_sums, types_exclude
from pactwatch.ledger.numbers import contests_of_amounts
from pactwatch.ledger.people import (
    contest_of_parties,
    contest_of_people_sent,
    contest_of_signatories,
    contest_of_signers,
    described_apart,
)
from pactwatch.ledger.quotation import compare_quotations
from pactwatch.ledger.sides import make_contest
from pactwatch.ledger.slips import contest_of_lost_number
from pactwatch.model import Contest

__all__ = ["find_contests"]

_MOST_QUOTED = 40  # wordings of one statement compared with each other
_ONE_OCCASION = 14  # days between reports that quote what was said once
Exclude = Callable[[Told, Told], bool]


def find_contests(
    kind: str,
    told: Sequence[Told],
    known: frozenset[frozenset[str]] = frozenset(),
    denied_by: frozenset[frozenset[str]] = frozenset(),
) -> tuple[Contest, ...]:
    """Find all contested fields of one record, in the order of the rules below.

    Args:
        known: Pairs of ids of claims of a stage that exclude each other by their very words.
        denied_by: Pairs of ids of a stage and of the denial of this stage.
    """
    fields: dict[str, list[Told]] = {}
    for item in standing(told):
        fields.setdefault(item.claim.field, []).append(item)

    def of(field: str) -> list[Told]:
        return fields.get(field, [])

    found: list[Contest | None] = []
    for field in ("signed", "date", "period"):
        severity = "high" if field == "signed" else "medium"
        found.append(_of_pairs(of(field), "date", severity, dates_exclude))
    for field in ("amount", "quantity"):
        found.append(contest_of_lost_number(of(field)))
        found.append(_of_pairs(of(field), "likely slip", "high", amounts_slip))
        found += contests_of_amounts(of(field))
    found.append(contest_of_parties(of("party")))
    found.append(contest_of_names(of("name")))
    found.append(_of_pairs(of("type"), "identity", "medium", types_exclude))
    found.append(
        _of_pairs(
            of("binding"), "denial", "medium", lambda a, b: True,
            saying="one report calls it binding, another not",
        )
    )  # fmt: skip
    found.append(
        _of_pairs(
            of("place"), "identity", "medium", places_exclude,
            saying="the reports name different countries",
        )
    )  # fmt: skip
    found.append(
        _of_pairs(
            of("stage"), "denial", "high", lambda a, b: denied(kind, a, b), known=denied_by
        )
    )  # fmt: skip
    found.append(
        _of_pairs(
            of("stage"), "stage", "medium", lambda a, b: stages_exclude(kind, a, b), known=known,
            saying="it is told as held and as cancelled" if kind == "meeting" else None,
        )
    )  # fmt: skip
    found.append(contest_of_signatories(of("signatory")))
    found.append(contest_of_signers(of("signatory")))
    if kind == "measure":
        found.append(
            _of_pairs(
                of("recipient"), "identity", "low", described_apart,
                saying="the reports describe the same people differently",
            )
        )  # fmt: skip
        found.append(contest_of_sums(of("object")))
        if any(t.claim.value == "deployment" for t in of("type")):
            found.append(contest_of_people_sent(of("object")))
    found.append(_only_areas(of("area")))
    found.append(_quotations(of("content")))
    return tuple(contest for contest in found if contest)


def _of_pairs(
    claims: Sequence[Told],
    kind: str,
    severity: str,
    exclude: Exclude,
    *,
    saying: str | None = None,
    known: frozenset[frozenset[str]] = frozenset(),
) -> Contest | None:
    """One contest of all claims that exclude another one and come from another finding."""

    def apart(a: Told, b: Told) -> bool:
        if frozenset({a.claim.id, b.claim.id}) in known:
            return True
        return not a.shares_finding(b) and exclude(a, b)

    pairs = {
        (a.claim.id, b.claim.id)
        for a, b in combinations(claims, 2)
        if apart(a, b)
    }  # fmt: skip
    named = {id_ for pair in pairs for id_ in pair}
    return make_contest(
        kind,
        severity,
        [t for t in claims if t.claim.id in named],
        saying=saying,
        fits=lambda a, b: not {(a.claim.id, b.claim.id), (b.claim.id, a.claim.id)} & pairs,
    )


def _only_areas(claims: Sequence[Told]) -> Contest | None:
    """Areas that one sentence calls the only ones, beside others that other sentences tell."""

    def only(told: Told) -> bool:
        return any(calls_all(support.evidence.text) for support in told.claim.support)

    alone = [t for t in claims if only(t)]
    others = [t for t in claims if not only(t)]
    if not alone or not others:
        return None
    return make_contest(
        "content",
        "medium",
        [*alone, *others],
        saying="one sentence calls some the only ones",
        fits=lambda a, b: only(a) == only(b),
    )


def _quotations(claims: Sequence[Told]) -> Contest | None:
    """Quotations of one statement cut short without a mark, reworded, or with a letter lost."""
    quoted = [t for t in claims if any(f.finding.form in {"direct", "mixed"} for f in t.facts)]
    verdicts: dict[tuple[str, str], str] = {}
    for a, b in combinations(quoted[:_MOST_QUOTED], 2):
        if {f.document_id for f in a.facts} & {f.document_id for f in b.facts}:
            continue
        if not any(_quoted_together(f, g) for f in a.facts for g in b.facts):
            continue
        forms = {f.finding.form for f in (*a.facts, *b.facts)}
        verdict = compare_quotations(a.claim.text, b.claim.text, whole=forms == {"direct"})
        if verdict:
            verdicts[a.claim.id, b.claim.id] = verdict
    named = {id_ for pair in verdicts for id_ in pair}
    found = _in_words(verdicts.values())
    return make_contest(
        "likely slip" if set(verdicts.values()) == {"slip"} else "wording",
        "medium" if "shortened" in verdicts.values() else "low",
        [t for t in quoted if t.claim.id in named],
        saying=f"the wording differs ({found})" if found else None,
    )


def _quoted_together(a: Facts, b: Facts) -> bool:
    """Whether both may quote one occasion: weeks later the speaker says the like again."""
    apart = days_apart(a.published, b.published)
    return apart is None or apart <= _ONE_OCCASION


_VERDICTS = {
    "shortened": "cut short without a mark",
    "reworded": "worded otherwise",
    "slip": "a letter lost in one",
}


def _in_words(verdicts: Iterable[str]) -> str:
    told = set(verdicts)
    return "; ".join(words for verdict, words in _VERDICTS.items() if verdict in told)
