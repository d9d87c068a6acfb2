"""One record of a group of findings: its claims, contests, history and way to delivery.

Comes in: the facts merged, and what findings of other kinds say of the same thing (`Beside`). Goes
out: a `Record` without a number. It drops no finding and invents no value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pactwatch.ledger.claims import Told, in_order, make_claims, one_claim
from pactwatch.ledger.contested import find_contests
from pactwatch.ledger.delivery import make_delivery
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.history import make_history, record_date, stage_reached
from pactwatch.ledger.labels import make_label
from pactwatch.ledger.provisions import contest_of_provisions, provisions
from pactwatch.ledger.sides import make_contest
from pactwatch.ledger.slips import lost_number
from pactwatch.ledger.wording import other_stage
from pactwatch.ledger.words import fold, tokens
from pactwatch.model import Contest, Filler, Quote, Record, stable_id
from pactwatch.review import Mark, mark_records

__all__ = ["Beside", "Words", "make_record", "record_id"]

Words = Sequence[tuple[Facts, Quote]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What is known of a record from findings of other kinds, and of the dossier as a whole.

    Whatever it tells of a record counts in the digest by which `settle` knows that the record
    stands as it was; the latest date alone does not, and is brought up to date everywhere.

    Attributes:
        names: Words by which other findings name an agreement.
        under: Measures that name the agreement.
        denied: By finding id, statements that deny it.
        otherwise: By finding id, words for those sent that mean another sort of people.
        slips: By finding id, a word with a letter lost, and the word that it may be.
        texts: The documents' texts, by id.
        marks: By finding id, the decisions that stand on its stage and amounts.
        latest: Publication date of the latest document.
    """

    names: Sequence[tuple[Facts, Filler]] = ()
    under: Sequence[Facts] = ()
    denied: Mapping[str, Words] = field(default_factory=dict)
    otherwise: Mapping[str, Words] = field(default_factory=dict)
    slips: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, tuple[Mark, ...]] = field(default_factory=dict)
    latest: str | None = None


def record_id(members: Sequence[Facts]) -> str:
    """The id of the record of findings that tell of one thing, the earliest first."""
    first = members[0].finding
    return stable_id(first.kind, first.id)


def make_record(members: Sequence[Facts], beside: Beside) -> Record:
    """Make the record of findings that tell of one thing, the earliest first."""
    kind, own_id = members[0].finding.kind, record_id(members)
    own = make_claims(own_id, members, beside.names)
    more, apart = _more(own_id, members, own, beside)
    denials, denied_by = _denials(own_id, members, own, beside)
    told = in_order(kind, [*own, *more, *denials])
    provided = [t for t in told if t.claim.field == "provides"]
    others = [
        contest_of_provisions(provided, members, beside.texts),
        *_letters(told, members, beside),
    ]
    contests = (*find_contests(kind, told, apart, denied_by), *(c for c in others if c))
    history = make_history(own, contests)
    types = [t for t in own if t.claim.field == "type"]
    record = Record(
        id=own_id,
        number="",
        kind=kind,
        type=types[0].claim.text if types else None,
        label=make_label(kind, own),
        stage=None,
        date=None,
        claims=tuple(t.claim for t in told),
        contests=contests,
        history=history,
        finding_ids=tuple(sorted(f.finding.id for f in members)),
        document_ids=tuple(sorted({f.document_id for f in members})),
        accounts=len({f.account for f in members}),
    )
    (ruled,) = mark_records(
        [record],
        {f.finding.id: m for f in members if (m := beside.marks.get(f.finding.id))},
    )
    denied = _denied_later(told, denied_by, ruled.contests)
    reached = stage_reached(history, denied)
    return replace(
        record,
        stage=reached,
        date=record_date(kind, own, history, reached),
        delivery=make_delivery(own, _doubted(own, contests), beside.latest, ruled.contests, denied)
        if kind == "measure"
        else None,
    )


def _denied_later(
    told: Sequence[Told], denied_by: frozenset[frozenset[str]], contests: Sequence[Contest]
) -> frozenset[str]:
    """Claims of stages that are denied by no fewer accounts, and not before they are told; or
    against which reviewers chose the denial, and never where they chose the stage."""
    chosen = {id_ for c in contests if c.field == "stage" for id_ in c.chosen}
    found: set[str] = set()
    for pair in denied_by:
        denial, stage = sorted(
            (t for t in told if t.claim.id in pair), key=lambda t: t.claim.value != "denied"
        )
        days = [max((f.published for f in t.facts if f.published), default=None)
                for t in (denial, stage)]  # fmt: skip
        later = days[0] is not None and days[1] is not None and days[0] >= days[1]
        backed = denial.claim.accounts >= stage.claim.accounts
        ruled = pair & chosen
        if denial.claim.id in ruled or (later and backed and not ruled):
            found.add(stage.claim.id)
    return frozenset(found)


def _more(
    record_id: str, members: Sequence[Facts], own: Sequence[Told], beside: Beside
) -> tuple[list[Told], frozenset[frozenset[str]]]:
    """Claims on words outside the roles of the record's own findings, and the pairs of claims that
    exclude each other by these words alone."""
    more: list[Told] = []
    apart: set[frozenset[str]] = set()
    if members[0].finding.kind == "measure":
        more += lost_number(record_id, members)
        otherwise = _behind(members, beside.otherwise)
        more += [one_claim(record_id, "object", None, otherwise)] if otherwise else []
        for facts in members:
            found = _own_words(record_id, facts, own)
            if found:
                more.append(found[0])
                apart.add(frozenset({found[0].claim.id, found[1].claim.id}))
    if members[0].finding.kind == "agreement":
        more += provisions(record_id, beside.under)
    return more, frozenset(apart)


def _denials(
    record_id: str, members: Sequence[Facts], own: Sequence[Told], beside: Beside
) -> tuple[list[Told], frozenset[frozenset[str]]]:
    """What others deny of it, and the pairs of claims of a stage and of its denial: who denies that
    it was suspended does not deny that it was signed."""
    of_stage = {t.claim.value: t.claim.id for t in own if t.claim.field == "stage"}
    stages: dict[tuple[str, int], set[str]] = {}
    words: dict[tuple[str, int], tuple[Facts, Quote]] = {}
    for member in members:
        for facts, quote in beside.denied.get(member.finding.id, ()):
            key = (facts.finding.id, quote.start)
            words[key] = (facts, quote)
            stages.setdefault(key, set()).add(member.finding.stage or "")
    of_words: dict[str, set[str]] = {}  # the same words deny the same, whoever prints them
    for key, (_, quote) in words.items():
        of_words.setdefault(fold(quote.text), set()).update(stages[key])
    groups: dict[tuple[str, ...], list[tuple[Facts, Quote]]] = {}
    for key in sorted(words):
        denied = of_words[fold(words[key][1].text)]
        groups.setdefault(tuple(sorted(denied)), []).append(words[key])
    claims: list[Told] = []
    pairs: set[frozenset[str]] = set()
    for denied_stages, backing in sorted(groups.items()):
        claim = one_claim(record_id, "stage", "denied", backing)
        claims.append(claim)
        pairs |= {frozenset({claim.claim.id, of_stage[s]}) for s in denied_stages if s in of_stage}
    return claims, frozenset(pairs)


def _doubted(own: Sequence[Told], contests: Sequence[Contest]) -> frozenset[str]:
    """Findings of headlines whose stage the reports contest."""
    disputed = {id_ for c in contests if c.kind == "stage" for id_ in c.claim_ids}
    return frozenset(
        f.finding.id for t in own if t.claim.id in disputed for f in t.facts if f.headline
    )


def _behind(members: Sequence[Facts], words: Mapping[str, Words]) -> list[tuple[Facts, Quote]]:
    """The words that belong to any of the members, each finding's once."""
    found = {
        (facts.finding.id, quote.start): (facts, quote)
        for member in members
        for facts, quote in words.get(member.finding.id, ())
    }
    return [found[key] for key in sorted(found)]


def _own_words(record_id: str, facts: Facts, own: Sequence[Told]) -> tuple[Told, Told] | None:
    """A claim of another stage in a finding's own sentences, and the claim of its stage."""
    found = other_stage(facts)
    mine = [t for t in own if t.claim.field == "stage" and t.claim.value == facts.finding.stage]
    if found is None or not mine:
        return None
    stage, words = found
    return one_claim(record_id, "stage", stage, [(facts, words)]), mine[0]


def _letters(
    told: Sequence[Told], members: Sequence[Facts], beside: Beside
) -> list[Contest | None]:
    """Words of a figure that look like others with a letter lost."""
    found: list[Contest | None] = []
    for facts in members:
        word, whole = beside.slips.get(facts.finding.id, ("", ""))
        claims = [
            t
            for t in told
            if word and facts in t.facts and t.claim.field in {"place", "of", "quantity"}
            if word in tokens(t.claim.text)
        ]
        saying = f"“{word}” looks like “{whole}”, which the same report has, with a letter lost"
        found.append(make_contest("likely slip", "medium", claims[:1], saying=saying, least=1))
    return found
