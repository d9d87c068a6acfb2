"""Holding a frame against the predicates of the codebook: which one, if any, tells the measure.

Comes in: a frame. Goes out: the predicates that fit it, best first, with the heads of the objects
that do. It reads no stage and fills no role.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pactwatch.codebook import Predicate
from pactwatch.findings.amounts import antecedent, is_asked_for
from pactwatch.findings.context import Context
from pactwatch.findings.frames import Frame, is_joined_sum, lemma_of, prepositions, with_partitives

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Match", "best_by_class", "predicates_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A predicate that tells one measure of a frame.

    Attributes:
        heads: The heads of the objects that it is told of.
        frame: The frame, of a list without what belongs to its other items.
        whole: What is coordinated with the heads belongs to them.
    """

    predicate: Predicate
    heads: list[Token]
    frame: Frame
    whole: bool


_BY_CLASS = 3
"""From here a word of the predicate's own classes fits, and not only a sort of party."""


def predicates_of(context: Context, frame: Frame) -> list[Match]:
    """The predicates that tell a frame's measures, each with the heads of the objects that fit it.

    Of several predicates the one that fits best is taken (of equals, the first named). A list tells
    a measure for each sort of thing and for each thing counted: "gave training and equipment",
    "sent forty officers and two boats".
    """
    first = _best(context, frame, frame.objects)
    if first is None:
        return []
    goods = _worth(context, frame)
    if goods is not None:
        return [goods]
    listed = _listed(context, frame, frame.objects) if not first[0].through else []
    if len(listed) > 1:
        return [replace(m, frame=_of_item(frame, m.heads)) for m in listed]
    return [Match(predicate=first[0], heads=first[1], frame=frame, whole=True)]


def _worth(context: Context, frame: Frame) -> Match | None:
    """The goods or services that a sum is worth: "$13 million in equipment", "worth of arms"."""
    if len(frame.objects) != 1 or frame.nominal:
        return None
    goods: list[Token] = []
    for head in frame.objects:
        if not _is_money(context, frame, head) and lemma_of(head) != "worth":
            continue
        for preposition, noun in frame.preps:
            if noun.head.head == head and preposition in ("in", "of"):
                worth = lemma_of(noun) == "worth"
                goods += [n for p, n in prepositions(noun) if p == "of"] if worth else [noun]
    fit = _best(context, frame, goods, least=_BY_CLASS) if goods else None
    if fit is None or fit[0].type not in ("equipment", "training"):
        return None
    return Match(predicate=fit[0], heads=fit[1], frame=frame, whole=True)


_SUPPLIES = frozenset({"funding", "training", "equipment", "deployment"})
"""Types that reports list beside each other as things of their own; longer lists of other things
("counselling, shelter and information") are one thing in many words."""


def best_by_class(
    context: Context, frame: Frame, objects: list[Token]
) -> tuple[Predicate, list[Token]] | None:
    """The predicate in whose own classes of words one of the objects is."""
    return _best(context, frame, objects, least=_BY_CLASS)


def _listed(context: Context, frame: Frame, objects: list[Token]) -> list[Match]:
    """The items of a list of objects, each with its own predicate; none where it is no list."""
    if len(objects) < 2 or (frame.nominal and any(t.dep_ == "compound" for t in objects)):
        return []
    numbered = [_counted(context, frame, head) for head in objects]
    apart = any(numbered[1:])  # the number of "forty doctors and nurses" is of both
    found: list[Match] = []
    last: int | None = None
    for index, head in enumerate(objects):
        fit = _best(context, frame, [head], least=_BY_CLASS)
        if fit is None:
            if found:
                continue
            return []  # what the list begins with is nothing that a predicate knows
        if last is not None and _clause_between(objects[index - 1], head):
            break
        own = apart and (numbered[index] or (last is not None and numbered[last]))
        types = {found[-1].predicate.type, fit[0].type} if found else set()
        other = len(types) == 2 and (len(objects) == 2 or own or types <= _SUPPLIES)
        if found and not own and not other:
            found[-1].heads.extend(fit[1])
        else:
            found.append(Match(predicate=fit[0], heads=fit[1], frame=frame, whole=False))
        last = index
    return found


_SHARED = frozenset({"to", "for", "from", "under"})
"""Prepositions that stand behind a list and are said of all its items."""


def _of_item(frame: Frame, heads: list[Token]) -> Frame:
    """The frame of one item: without "for its pilots" that hangs on another, and without "to
    Ghana" where the item has a "to" of its own ("$1 million to Togo and $2 million to Ghana")."""
    last = frame.objects[-1]
    others = [t for t in frame.objects if t not in heads]
    first = min(t.i for t in heads)
    until = min((t.i for t in others if t.i > first), default=len(last.doc))
    own = {p for p, noun in frame.preps if noun.head.head in heads}
    behind = {
        p
        for p, noun in frame.preps
        if noun.head.head not in frame.objects and first < noun.i < until <= last.i
    }
    preps = []
    for preposition, noun in frame.preps:
        holder = noun.head.head
        if holder in others:
            shared = holder == last and preposition in _SHARED
            if not shared or preposition in own | behind:
                continue
        elif holder not in heads and preposition in _SHARED & own:
            continue
        preps.append((preposition, noun))
    return replace(frame, objects=heads, preps=preps)


def _clause_between(one: Token, other: Token) -> bool:
    """Whether a verb stands between two heads that a parser took for a list."""
    return any(t.pos_ in ("VERB", "AUX") and t.tag_ != "VBG" for t in one.doc[one.i + 1 : other.i])


def _counted(context: Context, frame: Frame, head: Token) -> bool:
    """Whether an object bears a number or sum of its own."""
    if _is_money(context, frame, head):
        return True
    return any(c.dep_ == "nummod" and not is_joined_sum(c) for c in head.lefts)


def _best(
    context: Context, frame: Frame, objects: list[Token], *, least: int = 1
) -> tuple[Predicate, list[Token]] | None:
    best: tuple[tuple[int, bool, int], Predicate, list[Token]] | None = None
    for predicate in context.codebook.predicates:
        strength, heads = _fit(context, frame, predicate, objects)
        whole = frame.phrase in predicate.verbs  # "take back" says more than "take"
        rank = strength, whole, -min((head.i for head in heads), default=0)
        if strength >= least and (best is None or rank > best[0]):
            best = rank, predicate, heads
    return best[1:] if best else None


def _fit(
    context: Context, frame: Frame, predicate: Predicate, objects: list[Token]
) -> tuple[int, list[Token]]:
    """How well a frame fits a predicate (0: not at all), and the heads of the objects that do.

    A noun of promise or proposal ("a proposal for a fence") fits any predicate by its object alone.
    """
    if frame.nominal:
        plan = frame.lemma in context.codebook.stages.nouns
        if frame.lemma not in predicate.nouns and not plan:
            return 0, []
        if predicate.objects == {"$"}:
            if frame.lemma not in predicate.nouns:
                return 0, []
            return (4, []) if _sum_before(context, frame) else (0, [])
        if not frame.objects:
            return (0, []) if plan else (1, [])
    else:
        plan = False
        if frame.lemma not in predicate.verbs and frame.phrase not in predicate.verbs:
            return 0, []
    candidates = [
        inner
        for head in objects
        for inner in with_partitives(head, context.codebook.nouns["partitive"])
    ]
    if predicate.subject_moves:
        candidates = [] if frame.objects else [t for s in frame.subjects for t in _those(s)]
    if plan:
        candidates = [head for head in candidates if head.dep_ != "compound"]
    if predicate.through:
        candidates = [n for p, n in frame.preps if p in predicate.through]
    strength, fitting = 0, []
    for head in candidates:
        fit = _object_fits(context, frame, head, predicate)
        if fit >= (3 if plan else 1):
            fitting.append(head)
            strength = max(strength, fit)
    return strength, fitting


def _those(subject: Token) -> list[Token]:
    """Who moves: "officers" of "forty of the officers", but the number of "forty of them"."""
    inner = with_partitives(subject, ("contingent", "group", "batch", "wave"))
    return inner if all(t.pos_ != "PRON" for t in inner) else [subject]


def _object_fits(context: Context, frame: Frame, head: Token, predicate: Predicate) -> int:
    lemma = head.lower_ if head.tag_ == "VBG" else lemma_of(head)
    if "$" in predicate.objects and _is_money(context, frame, head):
        return 5
    if is_asked_for(head):
        return 0  # "how much aid"
    before = [c for c in head.lefts if c.dep_ in ("compound", "amod")]
    if any(f"{lemma_of(c)} {lemma}" in predicate.objects for c in before):
        return 4
    if head.tag_ == "DT" and not any(c.dep_ in ("relcl", "prep") for c in head.rights):
        return 0  # "those given by the ministry" are nobody
    if lemma in predicate.objects or head.text in predicate.objects:
        return 3
    if head.pos_ == "PRON" and predicate.recipient_is_object and head.lower_ in ("they", "them"):
        return 2
    if head.pos_ == "NUM" and "*" not in predicate.objects:
        return 2 if antecedent(context, frame.sentence, predicate.objects) else 0
    parties = context.phrases.parties(frame.sentence, head)
    if "*" in predicate.objects and head.pos_ != "PRON":
        if predicate.recipient_is_object and all(p.kind == "thing" for p in parties):
            return 0
        return 2
    if "*person" in predicate.objects and any(p.kind == "person" for p in parties):
        return 2
    if "*counted" in predicate.objects and head.pos_ != "NUM":
        start, end = context.phrases.noun_phrase(frame.sentence, head, after=())
        counted = any(q.kind == "count" for q in context.reading.quantities_in(start, end))
        return 2 if counted and all(p.kind == "thing" for p in parties) else 0
    agent = "*agent" in predicate.objects and head.pos_ != "PRON" and frame.token.dep_ != "acl"
    if agent and any(p.acts and p.kind != "person" for p in parties):
        return 2
    if predicate.recipient_is_object and any(p.kind == "people" for p in parties):
        return 2
    return 0


def _is_money(context: Context, frame: Frame, head: Token) -> bool:
    at = frame.sentence.spans[head.i]
    own = min((c.left_edge.i for c in head.lefts if not is_joined_sum(c)), default=head.i)
    start = frame.sentence.spans[own][0]
    within = context.reading.quantities_in(start, frame.sentence.end)
    if any(q.kind == "money" and q.start <= at[0] < q.end for q in within):
        return True
    edge = frame.sentence.spans[head.right_edge.i][1]  # "a package of $8 million"
    between = {c.lower_ for c in head.rights if c.dep_ == "prep"} & {"of", "worth"}
    return any(
        q.kind == "money" and (q.end <= at[1] or (between and at[1] <= q.start < edge))
        for q in within
    )


def _sum_before(context: Context, frame: Frame) -> bool:
    """Whether a noun is of a sum: "the $30 million grant", "a grant of $30 million"."""
    spans, noun = frame.sentence.spans, frame.token
    money = [
        q
        for q in context.reading.quantities_in(
            spans[noun.left_edge.i][0], spans[noun.right_edge.i][1]
        )
        if q.kind == "money"
    ]
    between = {c.lower_ for c in noun.rights if c.dep_ == "prep"}
    return any(
        q.end <= spans[noun.i][1] or (between & {"of", "worth"} and q.start - spans[noun.i][1] < 12)
        for q in money
    )
