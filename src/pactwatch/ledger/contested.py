"""Contested fields: claims of one record that can't all be true.

Comes in: the claims of a record with the facts behind them. Goes out: `Contest`s. What is only less
exact, or tells of another day, is no contest. It never says which claim is right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from pactwatch.ledger.claims import Told
from pactwatch.ledger.compare import (
    Relation,
    begin_apart,
    compare_dates,
    compare_quantities,
)
from pactwatch.ledger.countries import is_country_code
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.quotation import compare_quotations
from pactwatch.ledger.words import content_words, fold, likeness, tokens
from pactwatch.model import Contest, Quantity

__all__ = ["find_contests"]

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
_OPEN = frozenset({"treaty", "programme"})  # others join; reports name only those they write about
_STAGES_APART = {
    "agreement": ({"signed", "in force"}, {"proposed", "negotiating"}),
    "measure": ({"done"}, {"promised", "proposed", "threatened"}),
}
Test = Callable[[Told, Told], bool]


def find_contests(kind: str, told: Sequence[Told]) -> tuple[Contest, ...]:
    """Find all contested fields of one record, in the order of the rules below."""
    fields: dict[str, list[Told]] = {}
    for item in told:
        fields.setdefault(item.claim.field, []).append(item)
    found: list[Contest | None] = []
    for field in ("signed", "date", "period"):
        severity = "high" if field == "signed" else "medium"
        found.append(_contest(fields.get(field, ()), "date", severity, _dates_exclude))
    for field in ("amount", "quantity"):
        claims = fields.get(field, ())
        found.append(_contest(claims, "likely slip", "high", _amounts_slip))
        found.append(_contest(claims, "number", "high", _amounts_exclude))
    found += _parties(fields.get("party", ()))
    found.append(_names(fields.get("name", ())))
    found.append(_contest(fields.get("type", ()), "type", "medium", _types_exclude))
    found.append(_contest(fields.get("binding", ()), "binding", "medium", lambda a, b: True))
    found.append(_contest(fields.get("place", ()), "place", "medium", _places_exclude))
    found.append(
        _contest(fields.get("stage", ()), "stage", "medium", lambda a, b: _stages(kind, a, b))
    )
    found.append(_signatories(fields.get("signatory", ())))
    if kind == "measure":
        found.append(_contest(fields.get("recipient", ()), "description", "low", _described_apart))
    found += _quotations(fields.get("content", ()))
    return tuple(contest for contest in found if contest)


def _contest(claims: Sequence[Told], kind: str, severity: str, exclude: Test) -> Contest | None:
    """One contest of all claims that exclude another one and come from another finding."""
    pairs = [
        (a, b) for a, b in combinations(claims, 2) if not a.shares_finding(b) and exclude(a, b)
    ]
    return _make(kind, severity, [t for t in claims if any(t in pair for pair in pairs)])


def _make(kind: str, severity: str, claims: Sequence[Told]) -> Contest | None:
    if len(claims) < 2:
        return None
    field = claims[0].claim.field
    texts = _from_first_difference([" ".join(t.claim.text.split()) for t in claims])
    shown = [
        f"“{_brief(text)}” ({_accounts(t.claim.accounts)})"
        for text, t in zip(texts, claims, strict=True)
    ]
    return Contest(
        field=field,
        kind=kind,
        severity=severity,
        claim_ids=tuple(t.claim.id for t in claims),
        explanation=f"{field.capitalize()}: {_SAYING[kind]}: {', '.join(shown)}.",
    )


_SAYING = {
    "date": "the reports give days that exclude each other",
    "number": "the reports give numbers that exclude each other",
    "likely slip": "one number looks like the other with its scale lost",
    "party": "the reports name different states",
    "wording": "the wording differs",
    "type": "the reports take it for different things",
    "binding": "one report calls it binding, another not",
    "place": "the reports name different countries",
    "stage": "it is told as done and as still to come",
    "description": "the reports describe the same people differently",
    "identity": "one report names the person, another only a description",
}


def _accounts(number: int) -> str:
    return f"{number} account" if number == 1 else f"{number} accounts"


def _brief(text: str) -> str:
    return text if len(text) <= 80 else text[:79].rstrip() + "…"


def _from_first_difference(texts: Sequence[str]) -> list[str]:
    """Long texts that begin alike, from a few words before they part."""
    words = [text.split() for text in texts]
    aligned = enumerate(zip(*words, strict=False))
    alike = next((at for at, same in aligned if len(set(map(tokens, same))) > 1), 0)
    if alike <= 8:
        return list(texts)
    return ["… " + " ".join(own[alike - 3 :]) for own in words]


_BUDGET = re.compile(r"\b(?:fiscal|financial|budget|FY\d*)\b", re.IGNORECASE)
_PLANS = frozenset({"proposed", "threatened", "promised", "agreed"})


def _same_stage(a: Told, b: Told) -> bool:
    """Whether some findings on both sides speak of the same stage: a plan is no delivery."""
    one, other = ({f.finding.stage for f in t.facts} for t in (a, b))
    return bool(one & other)


def _dates_exclude(a: Told, b: Told) -> bool:
    """Days of what has happened; the date of a plan may be its start or its deadline."""
    one, other = a.claim.value, b.claim.value
    apart = compare_dates(one, other) is Relation.EXCLUDES or begin_apart(one, other)
    told = [f.finding for f in (*a.facts, *b.facts)]
    plans = all(f.kind == "measure" and f.stage in _PLANS for f in told)
    granted = all(f.type == "funding" and f.stage == "agreed" for f in told)
    words = [[support.words.text for support in t.claim.support] for t in (a, b)]
    if granted and any(all(map(_BUDGET.search, texts)) for texts in words):
        return False  # "$655 million for fiscal year 2017" tells no day of the vote
    return apart and _same_stage(a, b) and (granted or not plans)


def _quantities(a: Told, b: Told) -> Relation | None:
    one, other = a.claim.value, b.claim.value
    if not isinstance(one, Quantity) or not isinstance(other, Quantity):
        return None
    return compare_quantities(one, other, a.claim.text, b.claim.text)


def _amounts_exclude(a: Told, b: Told) -> bool:
    return _quantities(a, b) is Relation.EXCLUDES and _same_stage(a, b)


def _amounts_slip(a: Told, b: Told) -> bool:
    return _quantities(a, b) is Relation.SLIP


def _types_exclude(a: Told, b: Told) -> bool:
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


def _places_exclude(a: Told, b: Told) -> bool:
    documents = {f.document_id for f in a.facts} & {f.document_id for f in b.facts}
    both = is_country_code(a.claim.value) and is_country_code(b.claim.value)
    return both and not documents and _same_stage(a, b)


def _stages(kind: str, a: Told, b: Told) -> bool:
    """Done and planned on one day, or in one document's own words."""
    if kind == "meeting":
        return {a.claim.value, b.claim.value} == {"held", "cancelled"}
    happened, planned = _STAGES_APART.get(kind, (frozenset(), frozenset()))
    if not (
        (a.claim.value in happened and b.claim.value in planned)
        or (b.claim.value in happened and a.claim.value in planned)
    ):
        return False
    days = [
        {f.published for f in t.facts if f.published and f.finding.type not in _OPEN}
        for t in (a, b)
    ]
    return bool(days[0] & days[1])


def _parties(claims: Sequence[Told]) -> Iterable[Contest | None]:
    """Lists of states of which neither holds the other."""
    lists: dict[str, frozenset[str]] = {}
    for item in claims:
        for facts in item.facts:
            if facts.finding.type not in _OPEN:
                lists[facts.finding.id] = facts.states("party")
    odd: set[str] = set()
    for one, other in combinations(sorted(set(lists.values()), key=sorted), 2):
        if min(len(one), len(other)) > 1 and one - other and other - one:
            odd |= one ^ other
    disputed = [t for t in claims if t.identity is not None and t.identity.country in odd]
    yield _make("party", "medium", disputed)


def _form(claim: Told) -> str | None:
    text = fold(claim.claim.text)
    forms = [form for form, pattern in _FORM_PATTERNS.items() if pattern.search(text)]
    return forms[0] if len(forms) == 1 else None


def _names(claims: Sequence[Told]) -> Contest | None:
    """Names that make it another kind of instrument; "deal" and "agreement" contradict nothing."""
    formed = [(t, form) for t in claims if (form := _form(t))]
    forms = {form for _, form in formed}
    if len(forms) < 2:
        return None
    memoranda = sum(form.startswith("memorandum of") for form in forms)
    return _make("wording", "high" if memoranda > 1 else "medium", [t for t, _ in formed])


def _signatories(claims: Sequence[Told]) -> Contest | None:
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
            return _make("identity", "medium", [*named, vague])
    return None


def _described_apart(a: Told, b: Told) -> bool:
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


def _quotations(claims: Sequence[Told]) -> Iterable[Contest | None]:
    """Quotations of one statement cut short without a mark (medium) or reworded (low)."""
    verdicts: dict[str, set[int]] = {"shortened": set(), "reworded": set()}
    quoted = [t for t in claims if any(f.finding.form in {"direct", "mixed"} for f in t.facts)]
    for (i, a), (j, b) in combinations(list(enumerate(quoted))[:40], 2):
        if {f.document_id for f in a.facts} & {f.document_id for f in b.facts}:
            continue
        forms = {f.finding.form for f in (*a.facts, *b.facts)}
        verdict = compare_quotations(a.claim.text, b.claim.text, whole=forms == {"direct"})
        if verdict:
            verdicts[verdict] |= {i, j}
    for verdict, severity in (("shortened", "medium"), ("reworded", "low")):
        yield _make("wording", severity, [quoted[i] for i in sorted(verdicts[verdict])])
