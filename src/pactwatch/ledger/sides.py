"""Contests made of claims: sides, severity and one sentence for people.

Comes in: claims that exclude each other. Goes out: a `Contest`. Claims that fit each other stand on
one side. It never decides whether claims exclude each other.

Severity follows one rule. "high": it decides what was agreed or done, or how much (a number, the
day of signing, what kind of memorandum, who is sent, whether it happened at all). "medium": it
decides when, where, by whom or how far, or what a document leaves out. "low": the words differ.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pactwatch.ledger.claims import Told
from pactwatch.ledger.words import tokens
from pactwatch.model import Contest, ContestSide

__all__ = ["alone", "make_contest"]

_SAYING = {
    "date": "the reports give days that exclude each other",
    "number": "the reports give numbers that exclude each other",
    "likely slip": "one number looks like the other with its scale lost",
    "party": "the reports name different states",
    "wording": "the wording differs",
    "stage": "it is told as done and as still to come",
    "identity": "the reports take it for different things",
    "denial": "one report asserts it, another denies it",
    "content": "an account that lists what it is about lacks what another has",
}
Fits = Callable[[Told, Told], bool]


def alone(a: Told, b: Told) -> bool:
    """Every claim is a side of its own."""
    return a is b


def make_contest(
    kind: str,
    severity: str,
    claims: Sequence[Told],
    *,
    saying: str | None = None,
    fits: Fits = alone,
    least: int = 2,
) -> Contest | None:
    """A contest of these claims, None where they make up fewer sides than `least`.

    Args:
        claims: Best-backed first; the first names the field.
        saying: What is wrong, in place of the usual words for this kind.
        fits: Whether two claims can stand on one side.
    """
    groups: list[list[Told]] = []
    for told in claims:
        group = next((g for g in groups if all(fits(told, other) for other in g)), None)
        if group is None:
            groups.append([told])
        else:
            group.append(told)
    if not groups or len(groups) < least:
        return None
    sides = tuple(_side(group) for group in groups)
    field = claims[0].claim.field
    texts = _from_first_difference([" ".join(side.text.split()) for side in sides])
    shown = [
        f"“{_brief(text)}” ({_accounts(len(side.account_ids))})"
        for text, side in zip(texts, sides, strict=True)
    ]
    return Contest(
        field=field,
        kind=kind,
        severity=severity,
        claim_ids=tuple(told.claim.id for told in claims),
        explanation=f"{field.capitalize()}: {saying or _SAYING[kind]}: {', '.join(shown)}.",
        sides=sides,
    )


def _side(group: Sequence[Told]) -> ContestSide:
    support = [s for told in group for s in told.claim.support]
    best = max(group, key=lambda t: t.claim.accounts)
    return ContestSide(
        text=best.claim.text,
        claim_ids=tuple(told.claim.id for told in group),
        account_ids=tuple(sorted({s.account_id for s in support})),
        document_ids=tuple(sorted({s.document_id for s in support})),
    )


def _accounts(number: int) -> str:
    return f"{number} account" if number == 1 else f"{number} accounts"


def _brief(text: str) -> str:
    return text if len(text) <= 80 else text[:79].rstrip() + "…"


def _from_first_difference(texts: Sequence[str]) -> list[str]:
    """Long texts that begin alike, from a few words before they part."""
    words = [text.split() for text in texts]
    if len(words) < 2:
        return list(texts)
    aligned = enumerate(zip(*words, strict=False))
    alike = next((at for at, same in aligned if len(set(map(tokens, same))) > 1), 0)
    if alike <= 8:
        return list(texts)
    return ["… " + " ".join(own[alike - 3 :]) for own in words]
