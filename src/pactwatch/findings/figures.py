"""Figures: quantities asserted of the world that are no amounts of measures.

Comes in: a document's context, with the amounts that measures have spent. Goes out: findings of
kind figure, and refused candidates with the reason. A number that is planned, asked for,
conditional, or that only counts the parties and parts of a text is no figure; precision comes
before completeness.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from pactwatch.findings.asserted import not_asserted
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import lemma_of
from pactwatch.findings.measured import period_of, place_of, spans_of
from pactwatch.language import Sentence
from pactwatch.language.quantities import QuantityMention
from pactwatch.model import Finding, Rejected

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["find_figures"]

_MODAL = frozenset(
    {"will", "would", "shall", "should", "could", "might", "may", "must", "can", "'ll", "wo", "'d"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """Words of figures; see ``codebook/figures.toml``."""

    few: int
    many: int
    counted: frozenset[str]
    not_counted: frozenset[str]
    sums: frozenset[str]
    wished: frozenset[str]
    rates: frozenset[str]
    beside: frozenset[str]
    having: frozenset[str]
    handed: frozenset[str]
    sent: frozenset[str]


@functools.cache
def _load_words() -> _Words:
    home = resources.files("pactwatch.codebook")
    words = tomllib.loads((home / "figures.toml").read_text("utf-8"))
    sets = {
        name: frozenset(words[name])
        for name in (
            "counted",
            "not_counted",
            "sums",
            "wished",
            "rates",
            "beside",
            "having",
            "handed",
            "sent",
        )
    }
    return _Words(few=words["few"], many=words["many"], **sets)


def find_figures(context: Context) -> Iterator[Finding | Rejected]:
    """Yield the figures of a document in order of the text; the same number of the same thing is
    one figure."""
    words = _load_words()
    found: dict[tuple[str, ...], list[_Figure]] = {}
    for mention in context.reading.quantities:
        if mention.kind not in ("count", "share", "money"):
            continue
        sentence = context.reading.sentence_at(mention.start)
        if sentence is None or sentence.doc is None:
            continue
        figure = _figure(context, sentence, mention, words)
        if isinstance(figure, str):
            yield context.reject(
                "figure", f"figure.{mention.kind}", figure, mention.start, mention.end
            )
            continue
        found.setdefault(figure.key, []).append(figure)
    for same in found.values():
        yield _finding(context, same)


@dataclass(slots=True, kw_only=True)
class _Figure:
    mention: QuantityMention
    sentence: Sentence
    quantity: tuple[int, int]
    of: tuple[int, int] | None
    place: Filling | None
    period: Filling | None
    key: tuple[str, ...]


def _figure(
    context: Context, sentence: Sentence, mention: QuantityMention, words: _Words
) -> _Figure | str:
    """Read one quantity as a figure, or give the reason why it is none."""
    if (mention.start, mention.end) in context.spent or any(
        s < mention.end and mention.start < e for s, e in context.spent
    ):
        return "amount of a measure"
    if sentence.kind == "headline":
        return "headline"
    last = sentence.token_at(mention.end - 1)
    first = sentence.token_at(mention.start)
    if first is None or last is None:
        return "unreadable"
    if context.reading.text[mention.end : mention.end + 1] in ("-", "–") or _in_name(
        context, mention
    ):
        return "part of a name or word"
    noun = _counted(first, last, mention)
    verb = _verb(noun or last)
    reason = _refusal(first, last, mention, noun, verb, words)
    if reason is not None:
        return reason
    assert verb is not None
    quantity, of = spans_of(context, sentence, mention, noun, verb, words.having)
    inner = sentence.span(verb.left_edge.i, verb.right_edge.i)
    number = str(mention.quantity.number)
    lemma = lemma_of(noun) if noun is not None and mention.kind == "count" else mention.kind
    return _Figure(
        mention=mention, sentence=sentence, quantity=quantity, of=of,
        place=place_of(context, sentence, mention),
        period=period_of(context, sentence, inner, mention),
        key=(number, lemma),
    )  # fmt: skip


def _in_name(context: Context, mention: QuantityMention) -> bool:
    around = context.reading.name_at(mention.start), context.reading.date_at(mention.start)
    return any(other is not None and mention.end <= other.end for other in around)


def _counted(first: Token, last: Token, mention: QuantityMention) -> Token | None:
    """Head of what is counted: "detainees" of "34 detainees", "population" of "1% of its
    population"."""
    if mention.kind == "share":
        unit = last
        for token in last.doc[last.i + 1 : last.i + 2]:
            if token.lower_ == "of":
                return next((c for c in token.children if c.dep_ == "pobj"), None)
        return unit.head if unit.dep_ == "nmod" else None
    for token in last.doc[last.i + 1 : last.i + 2]:
        if token.lower_ == "of":
            return next((c for c in token.children if c.dep_ == "pobj"), None)
    for token in (last, first):
        if token.dep_ in ("nummod", "quantmod", "compound", "amod", "nmod", "det", "npadvmod"):
            head = token.head
            while head.pos_ == "NUM" and head.dep_ in ("nummod", "quantmod", "compound"):
                head = head.head
            if head.pos_ in ("NOUN", "PROPN") and head.i > last.i:
                return head
    return None


def _verb(token: Token) -> Token | None:
    """The verb over a noun, through the nouns between."""
    current = token
    for _ in range(12):
        if current.pos_ in ("VERB", "AUX") and current.dep_ not in ("amod", "aux", "auxpass"):
            return current
        if current.head == current:
            return None
        current = current.head
    return None


def _refusal(
    first: Token,
    last: Token,
    mention: QuantityMention,
    noun: Token | None,
    verb: Token | None,
    words: _Words,
) -> str | None:
    """Why a quantity is no figure."""
    if verb is None:
        return "no predicate"
    quantity = mention.quantity
    if first.i and first.nbor(-1).lower_ in ("the", "these", "those", "their", "its", "this"):
        return "already known"  # "the 78 seafarers": a group told of elsewhere
    if mention.kind == "share" and any(
        lemma_of(t) in words.rates for t in last.doc[max(0, first.i - 4) : last.i + 3]
    ):
        return "rate of a levy"
    if mention.kind == "money":
        if first.dep_ in ("nsubj", "nsubjpass") or last.dep_ in ("nsubj", "nsubjpass"):
            return "sum of money"
        if lemma_of(verb) not in words.sums and quantity.per is None:
            return "sum of money"
    if mention.kind == "count":
        if noun is None or quantity.unit is not None:
            return "nothing counted"
        lemma = lemma_of(noun)
        if lemma in words.not_counted:
            return "not counted"
        least = min(
            [n for n in (quantity.number, quantity.minimum, quantity.maximum) if n is not None],
            default=None,
        )
        if least is None or least < (words.few if lemma in words.counted else words.many):
            return "small number"
        given = noun.dep_ == "pobj" and lemma_of(noun.head.head) in words.handed
        if given or (noun.dep_ == "dobj" and lemma_of(noun.head) in words.sent):
            return "amount of a measure"
        if noun.tag_ not in ("NNS", "NNPS") and lemma not in words.counted:
            return "nothing counted"
    if noun is not None and noun.dep_ == "pobj" and noun.head.lower_ in words.beside:
        return None  # "will wait alongside 900 others": these are there whatever is planned
    return _unreal(verb, words)


def _unreal(verb: Token, words: _Words) -> str | None:
    """Whether a verb tells of no fact: planned, wished, conditional, denied or asked."""
    if verb.doc.text.rstrip("\"') ").endswith("?"):
        return "question"
    if (taken_back := not_asserted(verb)) is not None:
        return taken_back
    current = verb
    for _ in range(4):
        helpers = [c for c in current.children if c.dep_ in ("aux", "auxpass")]
        if any(h.lower_ in _MODAL for h in helpers):
            return "not a fact"
        if any(c.dep_ == "neg" for c in current.children):
            return "negated"
        if any(
            c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether") for c in current.children
        ):
            return "hypothetical"
        infinitive = any(h.lower_ == "to" and h.tag_ == "TO" for h in helpers)
        if current.dep_ == "conj" and current.head.pos_ in ("VERB", "AUX"):
            current = current.head
            continue
        if infinitive and current.dep_ in ("xcomp", "advcl", "acl", "ccomp", "relcl"):
            return "not a fact"
        break
    if lemma_of(verb) in words.wished:
        return "not a fact"
    return None


def _finding(context: Context, same: list[_Figure]) -> Finding:
    best = max(
        same,
        key=lambda f: (
            f.of is not None,
            f.period is not None,
            f.place is not None,
            -f.mention.start,
        ),
    )
    place = best.place or next((f.place for f in same if f.place), None)
    period = best.period or next((f.period for f in same if f.period), None)
    evidence: list[tuple[int, int]] = []
    for figure in [best, *same]:
        span = (figure.sentence.start, figure.sentence.end)
        if span not in evidence:
            evidence.append(span)
    return Finding.cut(
        context.document,
        "figure",
        roles={
            "quantity": [(*best.quantity, best.mention.quantity)],
            "of": [(*best.of, None)] if best.of else [],
            "place": [place] if place else [],
            "period": [period] if period else [],
        },
        evidence=evidence,
        attributed_to=context.speaker_of(*best.quantity),
        trigger=f"figure.{best.mention.kind}",
    )
