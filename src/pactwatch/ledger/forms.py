"""What an agreement is, by its names and types, and what a sum of money is a sum of.

Comes in: claims of an agreement or a measure. Goes out: contests of wording and identity. "Deal"
and "agreement" contradict nothing; only words that make it another kind of thing do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pactwatch.ledger.claims import Told
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.sides import make_contest
from pactwatch.ledger.words import fold
from pactwatch.model import Contest

__all__ = ["contest_of_names", "contest_of_sums", "types_exclude"]

_FORMS = {
    "memorandum of understanding": r"\bmemorand(?:um|a) of understanding\b|\bmous?\b",
    "memorandum of cooperation": r"\bmemorand(?:um|a) of co-?operation\b|\bmocs?\b",
    "memorandum of agreement": r"\bmemorand(?:um|a) of agreement\b",
    "treaty": r"\btreaty\b",
    "compact": r"\bcompact\b",
    "declaration": r"\bdeclaration\b",
    "convention": r"\bconvention\b",
    "protocol": r"\bprotocol\b",
}
_FORM_PATTERNS = {form: re.compile(pattern) for form, pattern in _FORMS.items()}
_TYPE_WORDS = {
    "agreement": re.compile(r"\b(?:agreement|accord|pact|deal)\b"),
    "memorandum": re.compile(r"\b(?:memorandum|mou|moc)\b"),
    "programme": re.compile(
        r"\b(?:programme|program|plan|initiative|scheme|alliance|partnership)\b"
    ),
}
_OF_THE_WHOLE = re.compile(
    r"[\s-]*(?:million|billion|bn|m)?[\s-]*(?:\w+ ){0,2}?"
    r"(?:initiative|programme|program|plan|package|alliance|scheme|partnership)\b",
    re.IGNORECASE,
)
_GRANT = re.compile(r"\b(?:approv|grant|appropriat|allocat|earmark|authori[sz])", re.IGNORECASE)


def _form(claim: Told) -> str | None:
    text = fold(claim.claim.text)
    forms = [form for form, pattern in _FORM_PATTERNS.items() if pattern.search(text)]
    return forms[0] if len(forms) == 1 else None


def contest_of_names(claims: Sequence[Told]) -> Contest | None:
    """Names that make it another kind of instrument."""
    formed = [t for t in claims if _form(t)]
    forms = {_form(t) for t in formed}
    memoranda = sum(str(form).startswith("memorandum of") for form in forms)
    severity = "high" if memoranda > 1 else "medium"
    return make_contest("wording", severity, formed, fits=lambda a, b: _form(a) == _form(b))


def types_exclude(a: Told, b: Told) -> bool:
    """A programme here and an agreement there, each by a word of a sentence that names it."""
    types = {str(a.claim.value), str(b.claim.value)}
    if types == {"memorandum", "treaty"}:
        return True
    if "programme" not in types or not types & {"agreement", "memorandum"}:
        return False
    return all(any(_words_type(f, str(t.claim.value)) for f in t.facts) for t in (a, b))


def _words_type(facts: Facts, kind: str) -> bool:
    """Whether a sentence with the agreement's name calls it by a word of its type."""
    names = [fold(f.text) for f in facts.fillers("name")]
    sentences = [fold(quote.text) for quote in facts.finding.evidence]
    named = [s for s in sentences if any(name in s for name in names)]
    return any(_TYPE_WORDS[kind].search(sentence) for sentence in named)


def contest_of_sums(claims: Sequence[Told]) -> Contest | None:
    """One sum, told as that of a whole programme and as that of one grant.

    Args:
        claims: What the money of one measure is for (`object`).
    """
    whole = [t for t in claims if any(_sum_of_the_whole(f) for f in t.facts)]
    granted = [t for t in claims if t not in whole and all(map(_is_grant, t.facts))]
    if not whole or not granted:
        return None
    return make_contest(
        "identity",
        "medium",
        [*whole, *granted],
        saying="one report takes the sum for a whole programme, another for one grant",
        fits=lambda a, b: (a in whole) == (b in whole),
    )


def _sum_of_the_whole(facts: Facts) -> bool:
    """ "That $750-million initiative": the amount stands before a word for the whole."""
    if facts.finding.type != "funding":
        return False
    for filler in facts.fillers("amount"):
        for quote in facts.finding.evidence:
            if quote.start <= filler.start and filler.end <= quote.end:
                return _OF_THE_WHOLE.match(quote.text[filler.end - quote.start :]) is not None
    return False


def _is_grant(facts: Facts) -> bool:
    finding = facts.finding
    return finding.type == "funding" and any(_GRANT.search(q.text) for q in finding.evidence)
