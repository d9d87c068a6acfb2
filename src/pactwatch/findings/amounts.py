"""How much: the number or sum that stands in, before or beside the words of a role.

Comes in: a frame and the phrase of an object. Goes out: the amount as a filling, and the phrase
without it. It decides nothing about whether there is a measure.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from pactwatch.findings.adjuncts import bearer
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import Frame, lemma_of, prepositions
from pactwatch.language import Sentence
from pactwatch.language.quantities import QuantityMention
from pactwatch.model import Quantity

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "MORE",
    "QUALIFIER",
    "antecedent",
    "before_partitive",
    "is_asked_for",
    "money_beside",
    "of_whole_cost",
    "taken_out",
]

MORE = frozenset(
    {"additional", "further", "extra", "another", "total", "more", "other", "new", "first"}
)
"""Words that may stand between a number and what it counts, and say nothing without it."""
QUALIFIER = 24
"""How far before a phrase its number's qualifier may begin ("some 300")."""
_MODIFIES = frozenset({"compound", "nmod", "amod", "poss"})
_COSTS = frozenset({"cost", "expense", "bill", "price"})
_WHOLE = frozenset({"full", "whole", "entire", "total", "all"})
_AMOUNTS = frozenset({"money", "count", "share"})
_BEHIND_NUMBER = ("of ", "more ", "additional ", "further ", "other ")
_BEFORE_SUM = (" of", " worth", " for", " totalling", " totaling")


def antecedent(
    context: Context, sentence: Sentence, classes: Collection[str]
) -> tuple[int, int] | None:
    """What a bare number counts ("Another 38 were returned"): the last fitting phrase before.

    Looks back over two sentences.
    """
    for index in range(sentence.index - 1, max(-1, sentence.index - 3), -1):
        before = context.reading.sentences[index]
        if before.doc is None:
            continue
        for token in reversed(before.doc):
            if token.pos_ not in ("NOUN", "PROPN") or token.dep_ in _MODIFIES:
                continue  # what counts boats counts no patrols ("two patrol boats")
            if lemma_of(token) in classes:
                start, end = context.phrases.noun_phrase(before, token, after=())
                for quantity in context.reading.quantities_in(start, end):
                    start = context.reading.trim(max(start, quantity.end), end).start
                start = _without_more(context, start, end)
                if start < end:
                    return start, end
    return None


def _without_more(context: Context, start: int, end: int) -> int:
    """Where a phrase begins without the "more" or "another" before it, which is said of the number
    there and not of this one."""
    word, _, rest = context.reading.text[start:end].partition(" ")
    while word.casefold() in MORE and rest:
        start = context.reading.trim(start + len(word), end).start
        word, _, rest = context.reading.text[start:end].partition(" ")
    return start


def is_asked_for(head: Token) -> bool:
    """Whether a phrase only asks what or how many: "which boats", "how many of the boats"."""
    before = [t for child in head.lefts for t in child.subtree]
    return any(t.tag_ in ("WP", "WRB", "WDT") for t in (head, *before))


def before_partitive(context: Context, frame: Frame, head: Token) -> Filling | None:
    """The number before a partitive: "150 of those aboard", "a group of forty"."""
    above = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "of" else None
    if above is None or above.dep_ == "ROOT":
        return None
    if frame.token.dep_ == "relcl" and frame.token.head == head:
        return None  # "forty of the hundred boats that Chad promised": Chad promised a hundred
    start = frame.sentence.spans[above.left_edge.i][0]
    end = frame.sentence.spans[above.i][1]
    for quantity in context.reading.quantities_in(start, end):
        if quantity.kind in _AMOUNTS:
            return quantity.start, quantity.end, quantity.quantity
    return None


def taken_out(
    context: Context, frame: Frame, start: int, end: int
) -> tuple[int, int, Filling | None]:
    """A phrase without the quantity at its front, or money anywhere in it, and that quantity."""
    reading = context.reading
    for quantity in reading.quantities_in(max(0, start - QUALIFIER), end):
        if quantity.kind not in _AMOUNTS or quantity.end <= start:
            continue
        if reading.text[quantity.end : quantity.end + 1] == "-":
            continue  # "a 300-bed hospital"
        particle = frame.sentence.token_at(quantity.start)
        if particle is not None and particle.dep_ == "prt" and particle.lower_ == "over":
            quantity = _after_particle(context, quantity)
        before = reading.text[start : quantity.start].casefold().split()
        leading = all(word in MORE for word in before)
        if not leading and quantity.kind != "money":
            continue
        if leading:
            start = reading.trim(min(quantity.end, end), end).start
            for filler in _BEHIND_NUMBER:
                if reading.text[start:end].lower().startswith(filler):
                    start += len(filler)
        else:
            end = quantity.start
            words = reading.text[start:end].rstrip()
            for tail in _BEFORE_SUM:
                words = words.removesuffix(tail).rstrip()
            end = start + len(words)
        return start, end, (quantity.start, quantity.end, quantity.quantity)
    return start, end, None


def of_whole_cost(context: Context, frame: Frame, head: Token) -> tuple[Filling, Filling] | None:
    """Amount and object of "the full cost of the exercise"."""
    if lemma_of(head) not in _COSTS:
        return None
    above = [head, *(c for c in head.rights if c.dep_ == "acl" and c.lower_ == "associated")]
    of = [n for a in above for p, n in prepositions(a) if p == ("of" if a == head else "with")]
    whole = [c for c in head.lefts if c.lower_ in _WHOLE]
    if not of or not whole:
        return None
    sentence = frame.sentence
    cost = (*sentence.span(whole[0].i, head.i), Quantity())
    return cost, (*context.phrases.noun_phrase(sentence, of[0], joined=True), None)


def money_beside(context: Context, frame: Frame) -> Filling | None:
    """Money told beside the predicate: "a grant worth $4 million"."""
    sentence = frame.sentence
    for head in (frame.token, *frame.objects):
        start = sentence.spans[head.left_edge.i][0]
        end = sentence.spans[head.right_edge.i][1]
        for quantity in context.reading.quantities_in(start, end):
            if quantity.kind == "money" and bearer(frame, quantity.start) is not None:
                return quantity.start, quantity.end, quantity.quantity
    return None


def _after_particle(context: Context, quantity: QuantityMention) -> QuantityMention:
    """A quantity without the particle of a verb that was taken for its qualifier."""
    words = context.reading.text[quantity.start : quantity.end]
    start = quantity.start + len(words) - len(words.split(maxsplit=1)[-1])
    plain = replace(quantity.quantity, minimum=None, maximum=None)
    return replace(quantity, start=start, quantity=plain)
