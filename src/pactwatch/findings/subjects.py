"""Words that name a subject of cooperation, with the area of the codebook that they mean.

Comes in: tokens of a parsed sentence that tell of an instrument. Goes out: noun phrases ("smuggling
of illegal goods") and verbs with their object ("train local police") that a term of an area
matches; words shared in a list count for each member ("human and drug trafficking"). Which tokens
tell of an instrument is decided by `areas`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pactwatch.codebook import Area
from pactwatch.codebook.grammar import load_grammar
from pactwatch.codebook.vocabularies import load_instrument_words
from pactwatch.findings.context import Context, Filling, Instrument
from pactwatch.findings.frames import lemma_of
from pactwatch.language import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["area_named", "first_area", "is_actor", "subjects_in", "subjects_in_line"]

_BEFORE = frozenset({"amod", "compound", "nmod"})
_MARKS = re.compile(r"[“”\"‘’]|(?<!\w)'|'(?!\w)")
_QUOTES = ("“", '"', "‘", "'", "”", "’")
_MEMBER = re.compile(r"[;,:]|\band\b|\n")
_WHERE = frozenset({"at", "in", "along", "near", "across", "from", "to", "into", "through", "over"})
_WITHIN = frozenset({"of", "in", "across", "along", "for", "on"})
"""Prepositions whose phrase may stay with a subject ("security across the border")."""

_CLOSE = 3
"""Words up to the second member of a pair that is one subject."""


@functools.cache
def _pattern(area: Area) -> re.Pattern[str]:
    forms = []
    for term in area.terms:
        words = re.escape(term).replace(r"\*", r"\w*").replace(r"\?", r"\w").replace(r"\ ", r"\s+")
        forms.append(words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)" if forms else r"(?!)", re.IGNORECASE)


def area_named(words: str, areas: tuple[Area, ...]) -> str | None:
    """The area of the codebook whose term matches most words, or None.

    Of terms of as many words that of the first area counts, so the order matters: "root causes of
    the migrant surge" are causes, not migration.
    """
    words = _MARKS.sub("", words)  # a "push" factor
    best: tuple[int, str] | None = None
    for area in areas:
        longest = max((len(m[0].split()) for m in _pattern(area).finditer(words)), default=0)
        if longest and (best is None or longest > best[0]):
            best = longest, area.id
    return best[1] if best else None


def first_area(context: Context, start: int, end: int) -> Filling | None:
    """The words between two places that a term of the first fitting area matches."""
    for area in context.codebook.areas:
        match = _pattern(area).search(context.reading.text, start, end)
        if match and match.end() <= end:
            return match.start(), match.end(), area.id
    return None


def subjects_in_line(context: Context, start: int, end: int) -> list[Filling]:
    """The subjects that a line of a list names, where there is no sentence to parse."""
    text = context.reading.text
    edges = [start, *(e for m in _MEMBER.finditer(text, start, end) for e in m.span()), end]
    found: list[Filling] = []
    for low, high in zip(edges[::2], edges[1::2], strict=True):
        value = area_named(text[low:high], context.codebook.areas)
        span = context.reading.trim(low, high)
        if value is not None and span.start < span.end:
            words = text[span.start : span.end]
            inner = re.search(r"\b(?:against|on)\s+", words)
            first = span.start + (inner.end() if inner else len(words) - len(words.lstrip("-•* ")))
            found.append((first, first + len(text[first : span.end].rstrip(". ")), value))
    return found


def subjects_in(
    context: Context, sentence: Sentence, tokens: Iterable[Token], *, of: Instrument
) -> list[Filling]:
    """The subjects named among some tokens, in order, none inside another.

    Args:
        of: The instrument told of: words of another one's name are no subject of it.
    """
    found: list[Filling] = []
    for token in tokens:
        if any(s <= sentence.spans[token.i][0] < e for s, e, _ in found):
            continue
        if context.instrument_at(*sentence.spans[token.i]) not in (None, of):
            continue
        if token.pos_ == "VERB":
            found += _of_verb(context, sentence, token)
        elif token.pos_ in ("NOUN", "PROPN"):
            found += _of_noun(context, sentence, token)
    return found


def _of_verb(context: Context, sentence: Sentence, verb: Token) -> list[Filling]:
    """ "train local police", "share information": an act on something that is a subject itself."""
    for child in verb.children:
        if child.dep_ == "dobj" and child.i > verb.i and child.pos_ == "NOUN":
            words = f"{lemma_of(verb)} {child.lower_}"
            value = area_named(words, context.codebook.areas)
            alone = area_named(child.lower_, context.codebook.areas)
            if value is not None and value != alone:
                _, end = context.phrases.noun_phrase(sentence, child, after=())
                return [(sentence.spans[verb.i][0], end, value)]
    return []


def _of_noun(context: Context, sentence: Sentence, head: Token) -> list[Filling]:
    areas, text = context.codebook.areas, context.reading.text
    words = load_instrument_words().modifiers
    if head.dep_ in ("compound", "nmod", "poss", "npadvmod"):
        return []
    if lemma_of(head) in context.codebook.nouns["personnel"] | context.codebook.nouns["official"]:
        return []
    if lemma_of(head) in words["partitive"] and any(c.lower_ in ("of", "for") for c in head.rights):
        return []
    start, end = _cut(context, sentence, head)
    at = sentence.spans[head.i]
    if context.reading.dates_in(*at) or is_actor(context, start, end):
        return []
    if head.pos_ == "PROPN" and lemma_of(head) in load_grammar().legal_act:
        return []  # "the Migration Act"
    if _of_everybody(head, load_instrument_words().heads["everybody"]) or _says_where(
        context, head, start, end
    ):
        return []
    first = [c for c in head.lefts if c.dep_ in _BEFORE]
    for modifier in first:  # "human and drug trafficking"
        for other in (c for c in modifier.children if c.dep_ == "conj" and c.i < head.i):
            near = area_named(f"{other.text} {head.text}", areas)
            far = area_named(f"{modifier.text} {head.text}", areas)
            if near is not None and far is not None and near != far:
                return [(start, end, far), (sentence.spans[other.i][0], end, near)]
    value = area_named(text[start:end], areas)
    alone = not first and not any(c.dep_ in ("det", "prep", "poss") for c in head.children)
    if head.dep_ == "conj" and alone:  # "human trafficking and smuggling"
        shared = " ".join(c.text for c in head.head.lefts if c.dep_ in _BEFORE)
        joint = area_named(f"{shared} {head.text}", areas)
        value = joint if joint is not None and joint != area_named(shared, areas) else value
    with_next = _with_next(context, sentence, head)
    if with_next is not None:
        end, value = with_next, area_named(text[start:with_next], areas)
    if text[start - 1 : start] in _QUOTES and any(m in _QUOTES for m in text[start:end]):
        start -= 1  # a "push" factor
    return [(start, end, value)] if value is not None else []


def _of_everybody(head: Token, everybody: frozenset[str]) -> bool:
    """Whether something is wished to all ("the health and safety of our people")."""
    if lemma_of(head) not in load_instrument_words().heads["wished"]:
        return False
    owners = [g for c in head.rights if c.lower_ == "of" for g in c.children]
    if head.dep_ == "conj":
        owners += [g for c in head.head.rights if c.lower_ == "of" for g in c.children]
    return any(lemma_of(g) in everybody for g in owners)


def _says_where(context: Context, head: Token, start: int, end: int) -> bool:
    """Whether a border is only where something is ("the crisis at the border")."""
    alone = len(context.reading.text[start:end].split()) == 1
    above = head.head.head if head.dep_ == "conj" else head.head
    placed = head.dep_ in ("pobj", "conj") and {above.lower_, head.head.lower_} & _WHERE
    return alone and bool(placed) and lemma_of(head) in load_grammar().place


def _with_next(context: Context, sentence: Sentence, head: Token) -> int | None:
    """Where a pair ends of which one member alone names no area ("training and collaboration",
    "identification and processing of migrants"); None where there is no such pair."""
    joined = [c for c in head.rights if c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN")]
    if (
        len(joined) != 1
        or joined[0].i > head.i + _CLOSE
        or any(c.dep_ == "conj" for c in joined[0].children)
    ):
        return None
    if any(t.text == "," or t.dep_ == "prep" for t in head.doc[head.i : joined[0].i]):
        return None
    text, areas = context.reading.text, context.codebook.areas
    one = area_named(text[slice(*_cut(context, sentence, head))], areas)
    start, end = _cut(context, sentence, joined[0])
    other = area_named(text[start:end], areas)
    return end if (one is None) != (other is None) else None


def _cut(context: Context, sentence: Sentence, head: Token) -> tuple[int, int]:
    """The phrase of a head with its "of …", each up to the next member of a list."""
    text, areas = context.reading.text, context.codebook.areas
    start, end = context.phrases.noun_phrase(sentence, head, after=())
    own = area_named(text[start:end], areas) is not None
    for child in head.rights:
        if child.dep_ != "prep" or child.i > head.i + 2 or child.lower_ not in _WITHIN:
            continue
        for inner in (c for c in child.children if c.dep_ == "pobj"):
            low, last = _cut(context, sentence, inner)
            stays = child.lower_ == "of" or (own and area_named(text[low:last], areas) is not None)
            if stays:
                end = max(end, last)
    return start, end


def is_actor(context: Context, start: int, end: int) -> bool:
    """Whether a phrase names an actor or person, so that its words tell no subject."""
    reading = context.reading
    if reading.persons_in(start, end):
        return True
    bodies = ("agency", "organisation", "publication")
    around = reading.name_at(start)
    if around is not None and around.kind in bodies:
        return True
    return any(
        m.kind in bodies or (m.start, m.end) == (start, end) for m in reading.names_in(start, end)
    )
