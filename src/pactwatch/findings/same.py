"""One finding for each distinct thing in a document, however often the document mentions it.

Comes in: drafts of one kind from one document, each from one sentence. Goes out: drafts with the
mentions of one thing put together: evidence of all, the most explicit first, roles as specific as
given anywhere. When in doubt two drafts stay two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pactwatch.findings.context import Context, Filling
from pactwatch.model import Finding, Quantity

__all__ = ["Draft", "merged"]

_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset(
    {"the", "a", "an", "of", "and", "to", "in", "for", "on", "new", "more", "its", "their", "s"}
)


@dataclass(slots=True, kw_only=True, eq=False)
class Draft:
    """A finding before it is cut.

    Attributes:
        at: Span of the predicate, for attribution and order.
        lemma: The predicate; `nominal` where it is a noun.
        title: It stands in a headline.
        tenseless: Its predicate is a bare "-ing" clause, whose stage another mention tells better.
    """

    type: str | None
    stage: str | None
    trigger: str
    roles: dict[str, list[Filling]]
    evidence: list[tuple[int, int]]
    at: tuple[int, int]
    lemma: str
    nominal: bool = False
    title: bool = False
    tenseless: bool = False
    attributed_to: Filling | None = None
    weight: int = field(default=0)

    def cut(self, context: Context, kind: str) -> Finding:
        """Make the finding, its words cut out of the document."""
        order = context.codebook.kinds[kind]
        return Finding.cut(
            context.document,
            kind,
            type=self.type,
            stage=self.stage,
            roles={
                role: self.roles[role] if role in order.many else self.roles[role][:1]
                for role in order.roles
                if role in self.roles
            },
            evidence=self.evidence,
            attributed_to=self.attributed_to,
            trigger=self.trigger,
        )


def merged(context: Context, drafts: Iterable[Draft]) -> list[Draft]:
    """Put drafts of one thing together."""
    kept: list[Draft] = []
    told = sorted(drafts, key=lambda draft: draft.title)  # stable: headlines come last
    for draft in told:
        if draft.nominal and any(_names_object(other, draft) for other in told):
            continue
        if any(_says_what_for(other, draft) for other in told):
            continue
        alike = [o for o in told if o.type == draft.type and o.type in _CARRYING]
        if any(_is_purpose_of(draft, other) for other in alike):
            continue
        draft.weight = sum(1 for values in draft.roles.values() if values)
        alike = [other for other in kept if _same(context, other, draft)]
        if draft.title:
            alike = [other for other in alike if not _apart(other, draft)]
            draft.weight = 0  # the text says it better
        if alike:
            near = [_near(other, draft) for other in alike]
            _join(context, alike[near.index(max(near))], draft)
        elif not draft.title or _new(context, draft, told):
            kept.append(draft)
    return kept


_PLANS = frozenset({"proposed", "threatened", "promised", "agreed"})


def _apart(body: Draft, title: Draft) -> bool:
    """Whether a headline tells as done what the text tells as planned: both must be seen."""
    return title.stage == "done" and body.stage in _PLANS


def _new(context: Context, title: Draft, told: Iterable[Draft]) -> bool:
    """Whether a headline tells a measure that the text tells of nowhere, or tells as not yet done.

    A headline says in other words what its text says; what has an actor in common with it may be
    the same.
    """
    who = _words(context, title.roles.get("actor", ()))
    return bool(who) and all(
        _apart(draft, title)
        for draft in told
        if not draft.title
        and (draft.type == title.type or who & _words(context, draft.roles.get("actor", ())))
    )


def _near(one: Draft, other: Draft) -> tuple[bool, bool, int]:
    """How near two tellings of perhaps one thing are: by stage, by predicate, by place."""
    stages = {one.stage, other.stage}
    return (
        len(stages) == 1 or stages <= {"promised", "agreed"},
        one.lemma == other.lemma,
        -abs(one.evidence[0][0] - other.evidence[0][0]),
    )


def _names_object(verbal: Draft, noun: Draft) -> bool:
    """Whether a noun only names what a verb of the same sentence does ("impose *tariffs*")."""
    if verbal.nominal or verbal.evidence[0] != noun.evidence[0]:
        return False
    sum_of_both = set(verbal.roles.get("amount", ())) & set(noun.roles.get("amount", ()))
    if verbal.type != noun.type and not sum_of_both:
        return False
    spans = [v for role in ("object", "recipient") for v in verbal.roles.get(role, ())]
    return any(start <= noun.at[0] and noun.at[1] <= end for start, end, _ in spans)


_CARRYING = frozenset({"development", "operation"})
"""Types of programmes and campaigns that are told with what they are for."""


def _says_what_for(one: Draft, carrier: Draft) -> bool:
    """Whether a programme only carries what another measure says it is for."""
    return carrier.type in _CARRYING and one.type != carrier.type and _is_purpose_of(one, carrier)


def _is_purpose_of(one: Draft, other: Draft) -> bool:
    spans = other.roles.get("purpose", ())
    return any(start <= one.at[0] and one.at[1] <= end for start, end, _ in spans)


def _join(context: Context, one: Draft, other: Draft) -> None:
    more = other.weight > one.weight
    stage = one.stage if other.tenseless else other.stage if one.tenseless else None
    if more:
        one.stage, one.trigger, one.at, one.lemma = (
            other.stage,
            other.trigger,
            other.at,
            other.lemma,
        )
        one.attributed_to = other.attributed_to or one.attributed_to
        one.weight = other.weight
    settles = one.tenseless and not other.tenseless
    if stage is not None and one.tenseless != other.tenseless:
        one.stage, one.tenseless = stage, False
    for span in other.evidence:
        if span not in one.evidence:
            one.evidence.insert(0, span) if more or settles else one.evidence.append(span)
    for role, values in other.roles.items():
        mine = one.roles.setdefault(role, [])
        for value in values:
            if not any(_equal(context, value, known) for known in mine):
                mine.append(value)


def _equal(context: Context, one: Filling, other: Filling) -> bool:
    """Whether two fillers say the same, by their values or else by their words."""
    if one[2] is not None and other[2] is not None:
        return one[2] == other[2]
    text = context.reading.text
    return text[one[0] : one[1]].casefold() == text[other[0] : other[1]].casefold()


def _words(context: Context, fillings: Iterable[Filling]) -> set[str]:
    text = context.reading.text
    words = {word.casefold() for s, e, _ in fillings for word in _WORD.findall(text[s:e])}
    return {w.removesuffix("s") for w in words if w not in _SMALL}


def _same(context: Context, one: Draft, other: Draft) -> bool:
    if one.type != other.type:
        return False
    same_sentence = one.evidence[0] == other.evidence[0]
    part = same_sentence and not _amounts_agree(one, other)  # "40 of the 90 boats that it promised"
    if part and one.stage != other.stage:
        return False
    if same_sentence and one.lemma != other.lemma and _compatible(context, one, other, "object"):
        shared = _fillers(one, "object") & _fillers(other, "object")
        shared |= _fillers(one, "recipient") & _fillers(other, "recipient")
        if shared:
            return True
    if not _amounts_agree(one, other) or not _dates_agree(one, other):
        return False
    for role in ("actor", "recipient", "place"):
        if not _compatible(context, one, other, role):
            return False
    a, b = (
        _words(context, one.roles.get("object", ())),
        _words(context, other.roles.get("object", ())),
    )
    if a and b:
        return len(a & b) >= max(1, min(len(a), len(b)) * 0.75) and not same_sentence
    if one.roles.get("amount") and other.roles.get("amount"):
        return True
    c, d = (
        _words(context, one.roles.get("recipient", ())),
        _words(context, other.roles.get("recipient", ())),
    )
    return bool(c and d and c & d and one.lemma == other.lemma and not same_sentence)


def _fillers(draft: Draft, role: str) -> set[tuple[int, int]]:
    return {(s, e) for s, e, _ in draft.roles.get(role, ())}


def _compatible(context: Context, one: Draft, other: Draft, role: str) -> bool:
    """Whether a role is told by one only, or shares a word."""
    a, b = _words(context, one.roles.get(role, ())), _words(context, other.roles.get(role, ()))
    return not a or not b or bool(a & b)


def _dates_agree(one: Draft, other: Draft) -> bool:
    a = {v for _, _, v in one.roles.get("date", ()) if isinstance(v, str)}
    b = {v for _, _, v in other.roles.get("date", ()) if isinstance(v, str)}
    return not a or not b or any(x.startswith(y) or y.startswith(x) for x in a for y in b)


def _amounts_agree(one: Draft, other: Draft) -> bool:
    a = [v for _, _, v in one.roles.get("amount", ()) if isinstance(v, Quantity)]
    b = [v for _, _, v in other.roles.get("amount", ()) if isinstance(v, Quantity)]
    return not a or not b or any(x.number == y.number for x in a for y in b)
