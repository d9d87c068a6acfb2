"""What a figure measures, where and when: the roles around a number in its sentence.

Comes in: a quantity in a parsed sentence, the noun that it counts and the verb above it. Goes out:
spans for `quantity`, `of`, `place` and `period`. It does not decide whether a quantity is a figure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pactwatch.findings.circumstances import clause_of, in_dateline
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import lemma_of
from pactwatch.findings.saying import load_saying
from pactwatch.language import Sentence
from pactwatch.language.quantities import QuantityMention

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["period_of", "place_of", "spans_of"]

_PERIOD = re.compile(
    r"\b(?:in|over|within|during)\s+(?:just\s+|about\s+)?(?:the\s+)?(?:(?:past|last|first|previous)\s+)?(?:[\w-]+\s+){0,2}?(?:years?|months?|weeks?|days?|decades?)\b"
    r"|\bthis (?:year|month|week)\b|\b(?:fiscal|financial) year \d{4}\b", re.IGNORECASE
)  # fmt: skip
_SINCE = re.compile(r"\bsince\s+(?:just\s+)?\Z", re.IGNORECASE)
_COMPARED = re.compile(r"\b(?:than(?: in)?|from|compared (?:with|to))\s+\Z", re.IGNORECASE)
_NOW = re.compile(r"\b(?:now|currently|at present)\b")
_LED = re.compile(r"(?:in|over|within|during)\s+(?:the\s+)?", re.IGNORECASE)
_PLACED = re.compile(
    r"\b(?:in|on|at|within|across|from|inside|of)\s+(?:the\s+)?(?:\w+\s+)?\Z", re.IGNORECASE
)


def spans_of(
    context: Context,
    sentence: Sentence,
    mention: QuantityMention,
    noun: Token | None,
    verb: Token,
    having: frozenset[str],
) -> tuple[tuple[int, int], tuple[int, int] | None]:
    """Words of the quantity with its unit, and words for what is counted or measured."""
    end = mention.end
    if noun is not None and (mention.kind != "money"):
        noun_end = sentence.spans[noun.i][1]
        if noun_end > end:
            end = noun_end
    if mention.kind == "share" and noun is not None:
        end = max(end, context.phrases.noun_phrase(sentence, noun)[1])
    quantity = (mention.start, end)
    subject = noun if mention.kind == "count" else sentence.token_at(mention.end - 1)
    if mention.kind == "money":
        return quantity, _measured(context, sentence, mention, verb)
    assert subject is not None
    top = subject
    while (
        top.dep_ in ("nummod", "quantmod", "pobj", "prep", "nmod", "compound")
        and top.head != verb
        and top.head.i >= subject.i - 3
    ):
        if top.dep_ == "prep" and top.lower_ != "of":
            break
        top = top.head
    if mention.kind == "count" and noun is not None and _modified(noun):
        edge = noun.right_edge.i
        for token in noun.doc[noun.i + 1 : edge + 1]:
            if token.text in (",", ";", "-", "–") or token.dep_ == "relcl":
                edge = token.i - 1
                break
        return quantity, context.phrases.trimmed(sentence, noun.i, max(edge, noun.i))
    if top.dep_ in ("nsubj", "nsubjpass") or (top.dep_ == "dobj" and mention.kind == "share"):
        return quantity, _predicate(context, sentence, top, verb)
    if top.dep_ == "dobj" and top.head == verb and lemma_of(verb) not in having:
        return quantity, context.phrases.trimmed(
            sentence, verb.i, max(verb.i, (noun or top).left_edge.i - 1), front=False
        )
    if noun is not None and mention.kind == "count":
        first = noun.i
        while (
            first > 0
            and noun.doc[first - 1].dep_ in ("amod", "compound")
            and noun.doc[first - 1].head == noun
        ):
            first -= 1
        return quantity, sentence.span(first, noun.i)
    if mention.kind == "share" and (noun is None or noun == subject):
        return quantity, _measured(context, sentence, mention, verb)  # "inflation rose to 24%"
    return quantity, None


def _modified(noun: Token) -> bool:
    return any(c.dep_ in ("prep", "acl") for c in noun.rights)


def _predicate(
    context: Context, sentence: Sentence, subject: Token, verb: Token
) -> tuple[int, int]:
    """The verb with its first complements: "settled in Tonga"."""
    last = verb.i
    for child in verb.rights:
        if (
            child.dep_ in ("punct", "advcl", "npadvmod", "ccomp", "relcl", "mark")
            or child == subject
        ):
            break
        if child.dep_ == "conj":  # "arrested or turned away"
            own = [c.i for c in child.children if c.dep_ in ("prt", "acomp", "oprd", "advmod")]
            last = max([last, child.i, *own])
            continue
        text = context.reading.text[slice(*sentence.span(child.left_edge.i, child.right_edge.i))]
        if child.dep_ == "prep" and (_PERIOD.match(text) or child.lower_ in ("since", "during")):
            continue
        if child.dep_ in ("prep", "dobj", "attr", "acomp", "prt", "agent", "xcomp", "advmod"):
            last = max(last, child.right_edge.i)
    return context.phrases.trimmed(sentence, verb.i, last, front=False)


def _measured(
    context: Context, sentence: Sentence, mention: QuantityMention, verb: Token
) -> tuple[int, int] | None:
    """What a sum is the sum of: the subject of "cost" and "is"."""
    at = sentence.token_at(mention.start)
    for child in verb.lefts:
        if (
            child.dep_ in ("nsubj", "nsubjpass")
            and at is not None
            and child.i < at.i
            and child.pos_ != "PRON"
        ):
            return context.phrases.noun_phrase(sentence, child)
    return None


def place_of(context: Context, sentence: Sentence, mention: QuantityMention) -> Filling | None:
    """The place named nearest after a quantity, else nearest before it in its sentence."""
    reading = context.reading
    states = [
        n
        for n in reading.names_in(sentence.start, sentence.end)
        if n.kind in ("state", "region") and n.form != "demonym"
    ]
    named = [(n.start, n.end, n.country if n.kind == "state" else None) for n in states]
    named += [
        (p.start, p.end, None)
        for p in reading.places_in(sentence.start, sentence.end)
        if not any(s < p.end and p.start < e for s, e, _ in named)
    ]
    named.sort(key=lambda place: place[0])
    located = [p for p in named if _PLACED.search(reading.text[max(0, p[0] - 24) : p[0]])]
    after = [p for p in located if p[0] >= mention.end]
    before = [p for p in located if p[1] <= mention.start]
    if after:
        return after[0]
    return before[-1] if before else None


def _of_saying(sentence: Sentence, period: Filling, mention: QuantityMention) -> bool:
    """Whether a time is that of the saying of a quantity ("told them on Monday that … 40 %")."""
    when, what = sentence.token_at(period[0]), sentence.token_at(mention.start)
    if when is None or what is None:
        return False
    verb = clause_of(when)
    over = {t.i for t in clause_of(what).ancestors}
    saying = load_saying()
    return verb.i in over and lemma_of(verb) in saying.always | saying.clause


def period_of(
    context: Context, sentence: Sentence, inner: tuple[int, int], mention: QuantityMention
) -> Filling | None:
    """The time a quantity is true of: the span or date nearest to it, in its clause if one is."""
    text = context.reading.text
    found: list[Filling] = []
    for match in _PERIOD.finditer(text, sentence.start, sentence.end):
        led = _LED.match(text, match.start(), match.end())
        found.append((led.end() if led else match.start(), match.end(), None))
    for date in context.reading.dates_in(sentence.start, sentence.end):
        if _COMPARED.search(text[max(0, date.start - 12) : date.start]):
            continue
        if in_dateline(context, sentence, date.start):
            continue
        since = _SINCE.search(text[max(0, date.start - 12) : date.start])
        start = date.start - len(since.group()) if since else date.start
        beside = [f for f in found if f[0] <= date.end and start <= f[1] + 1]
        found = [f for f in found if f not in beside]
        earlier = next((f for f in beside if f[2] is not None and f[2] != date.value), None)
        found.append(
            (
                min([start, *(f[0] for f in beside)]),
                max([date.end, *(f[1] for f in beside)]),
                earlier[2] if earlier else date.value,  # "twenty years ago today"
            )
        )
    clause = [f for f in found if inner[0] <= f[0] and f[1] <= inner[1]]
    if not clause:
        found = [f for f in found if not _of_saying(sentence, f, mention)]
    if clause or found:
        return min(clause or found, key=lambda f: (abs(f[0] - mention.end), f[0]))
    now = _NOW.search(text, sentence.start, sentence.end)
    return (*now.span(), None) if now else None
