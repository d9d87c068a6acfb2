"""Holding a frame against the predicates of the codebook: which one, if any, tells the measure.

Comes in: a frame. Goes out: the predicates that fit it, best first, with the heads of the objects
that do. It reads no stage and fills no role.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.codebook import Predicate
from pactwatch.findings.amounts import antecedent
from pactwatch.findings.context import Context
from pactwatch.findings.frames import Frame, lemma_of, with_partitives

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["predicates_of"]


def predicates_of(context: Context, frame: Frame) -> list[tuple[Predicate, list[Token]]]:
    """The predicates that tell a frame's measures, each with the heads of the objects that fit it.

    The first fits best (of equals, the first named); others tell of objects that it leaves over:
    "stopped the training and the deliveries of equipment" is two measures.
    """
    first = _best(context, frame, frame.objects)
    if first is None:
        return []
    found, left = [first], _left_over(frame, first[1])
    while left:
        other = _best(context, frame, left, least=_BY_CLASS)
        if other is None or any(other[0].type == predicate.type for predicate, _ in found):
            break
        found.append(other)
        left = [head for head in left if head not in other[1]]
    return found


_BY_CLASS = 3
"""From here a word of the predicate's own classes fits, and not only a sort of party."""


def _left_over(frame: Frame, heads: list[Token]) -> list[Token]:
    """The other one of two objects joined by "and"; longer lists are one thing in many words."""
    pair = len(frame.objects) == 2 and frame.objects[1].dep_ == "conj"
    if frame.nominal or not pair or len(heads) != 1 or heads[0] not in frame.objects:
        return []
    return [head for head in frame.objects if head not in heads and head.pos_ == "NOUN"]


def _best(
    context: Context, frame: Frame, objects: list[Token], *, least: int = 1
) -> tuple[Predicate, list[Token]] | None:
    best: tuple[tuple[int, int], Predicate, list[Token]] | None = None
    for predicate in context.codebook.predicates:
        strength, heads = _fit(context, frame, predicate, objects)
        rank = strength, -min((head.i for head in heads), default=0)
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
    inner = with_partitives(subject, ())
    return inner if all(t.pos_ != "PRON" for t in inner) else [subject]


def _object_fits(context: Context, frame: Frame, head: Token, predicate: Predicate) -> int:
    lemma = lemma_of(head)
    if "$" in predicate.objects and _is_money(context, frame, head):
        return 5
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
    start = frame.sentence.spans[head.left_edge.i][0]
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
