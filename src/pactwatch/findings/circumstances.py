"""When, where and about what something happens: the adjuncts of a clause.

Comes in: a predicate in its sentence. Goes out: fillers for place, date and topic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pactwatch.codebook.vocabularies import load_event_words
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import Frame, lemma_of
from pactwatch.findings.saying import load_saying
from pactwatch.language import Sentence
from pactwatch.language.dates import find_dates

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "ahead",
    "behind",
    "clause_of",
    "date_in_clause",
    "dateline_end",
    "in_dateline",
    "topic_of",
    "topic_words",
    "where",
]

_CLAUSES = frozenset(
    {"ROOT", "relcl", "ccomp", "advcl", "conj", "acl", "parataxis", "xcomp", "pcomp"}
)
_DATELINE = re.compile(
    r"[A-Z][\w .'’-]{2,40}(?:,\s[\w .]{2,30}){0,2}(?:,?\s?\([^)]{2,30}\))?\s*(?:—|–|--|\s-)\s+"
)
_DAY = re.compile(r"\d{4}-\d\d(?:-(?!29)\d\d)?")
_SOON = 2
"""Months after publication from which a day without a year, told as past, is of the year before."""
_ABOUT = frozenset({"on", "about", "over", "regarding", "concerning"})


def clause_of(token: Token) -> Token:
    """The verb of the clause in which a token stands; the root where there is none."""
    current = token
    while current.head.i != current.i and not (
        current.pos_ in ("VERB", "AUX") and current.dep_ in _CLAUSES and not _in_name(current)
    ):
        current = current.head
    return current


def _in_name(token: Token) -> bool:
    """Whether a participle with a capital is part of a name ("… on Smuggling, Trafficking …")."""
    return token.tag_ in ("VBG", "VBN") and token.i > 0 and token.text[:1].isupper()


def in_dateline(context: Context, sentence: Sentence, offset: int) -> bool:
    """Whether words stand in the dateline before a report ("LIMA, June 14 (Wire) – …")."""
    line = _DATELINE.match(context.reading.text, sentence.start, sentence.end)
    return line is not None and offset < line.end()


def dateline_end(context: Context, sentence: Sentence) -> int:
    """Where a report begins after its dateline; the start of the sentence where there is none."""
    line = _DATELINE.match(context.reading.text, sentence.start, sentence.end)
    placed = line is not None and any(
        p.start == sentence.start for p in context.reading.places_in(sentence.start, line.end())
    )
    return line.end() if line is not None and placed else sentence.start


def ahead(context: Context, date: Filling) -> Filling:
    """The same words as a day to come, for what is planned ("will meet on Friday")."""
    start, end, _ = date
    published = context.document.published
    found = find_dates(context.reading.text[start:end], published=published, direction="future")
    return (start, end, found[0].value) if len(found) == 1 and found[0].value else date


def behind(context: Context, date: Filling) -> Filling:
    """The same words as a day gone by, for what has happened ("on 31 August", told in June)."""
    start, end, value = date
    published = context.document.published
    if not isinstance(value, str) or not _DAY.fullmatch(value) or not _DAY.match(published or ""):
        return date
    assert published is not None
    ahead_by = (int(value[:4]) - int(published[:4])) * 12 + int(value[5:7]) - int(published[5:7])
    if ahead_by < _SOON or re.search(r"\d{4}", context.reading.text[start:end]):
        return date
    return start, end, f"{int(value[:4]) - 1}{value[4:]}"


def date_in_clause(context: Context, sentence: Sentence, token: Token) -> list[Filling]:
    """The first date of a clause, or the date of the clause above it.

    What is told in the pluperfect was earlier than the clause above it, and the day of a saying is
    not that of what it says.
    """
    clause = clause_of(token)
    clauses = {clause.i}
    above = clause
    while above.dep_ == "conj" and above.head.i != above.i:
        above = clause_of(above.head)
        clauses.add(above.i)
    over = clause_of(above.head) if above.head.i != above.i else above
    saying = load_saying()
    earlier = any(c.dep_ == "aux" and c.lower_ == "had" for c in above.children)
    earlier = earlier and over.lemma_ != "be"  # "it was on Monday that they had met"
    says = lemma_of(over) in saying.always | saying.clause
    if not earlier and not (above.dep_ == "ccomp" and says):
        clauses.add(over.i)
    dates = [
        date
        for date in context.reading.dates_in(sentence.start, sentence.end)
        if not in_dateline(context, sentence, date.start)
    ]
    for accepted in ({clause.i}, clauses):
        for date in dates:
            at = sentence.token_at(date.start)
            if at is not None and clause_of(at).i in accepted:
                return [(date.start, date.end, date.value)]
    return []


def where(
    context: Context,
    sentence: Sentence,
    heads: Sequence[Token],
    *,
    objects: Sequence[Token] = (),
    visit: bool = False,
) -> list[Filling]:
    """The place of an event: in, at or on a place, or what is visited."""
    doc = heads[0].doc
    reach = {h.i for h in heads} | {clause_of(heads[0]).i}
    nouns = list(objects)
    for token in doc:
        if token.dep_ in ("prep", "dative") and (
            token.lower_ in ("in", "at") or (visit and token.lower_ == "to")
        ):
            above = token.head
            if token.lower_ == "to" and above.pos_ == "NOUN" and above.i not in reach:
                continue  # whither another thing goes ("invited him on a visit to …")
            inside = above.i in reach or clause_of(token).i in reach
            person = bool(context.reading.persons_in(*sentence.span(above.left_edge.i, above.i)))
            if inside and (above.pos_ != "PROPN" or above.i in reach or person):
                nouns += [c for c in token.children if c.dep_ == "pobj"]
    for noun in nouns:
        start, end = sentence.span(noun.left_edge.i, noun.i)
        places: list[Filling] = [
            (p.start, p.end, p.country) for p in context.reading.places_in(start, end)
        ]
        places += [
            (n.start, n.end, n.country)
            for n in context.reading.names_in(start, end)
            if n.kind in ("state", "region") and n.form == "name"
        ]
        if places:
            return [min(places)]
    return []


def topic_of(context: Context, frame: Frame, noun: Token | None, kind: str) -> list[Filling]:
    """What is talked about: "on …", "to discuss …", what is discussed."""
    sentence = frame.sentence
    phrases = context.phrases
    if frame.lemma == "discuss" and frame.objects and frame.objects[0].pos_ != "PRON":
        return [
            (
                *phrases.noun_phrase(
                    sentence, frame.objects[0], after=("of", "in", "for", "on", "to"), joined=True
                ),
                None,
            )
        ]
    for verb in [*frame.purposes, *(_purposes(noun) if noun is not None else [])]:
        if lemma_of(verb) in (
            "discuss",
            "negotiate",
            "address",
            "sign",
            "consider",
            "review",
            "finalise",
            "finalize",
            "explore",
        ):
            for child in verb.children:
                if child.dep_ == "dobj":
                    return [
                        (
                            *phrases.noun_phrase(
                                sentence, child, after=("of", "in", "for", "on"), joined=True
                            ),
                            None,
                        )
                    ]
    tops = [frame.token] + ([noun] if noun is not None else [])
    for top in tops:
        for child in top.children:
            if child.dep_ == "prep" and child.lower_ in _ABOUT:
                for grandchild in child.children:
                    named = grandchild.dep_ == "pobj" and grandchild.pos_ != "PRON"
                    when = load_event_words("meeting").modifiers["not_topic"]
                    named = named and lemma_of(grandchild) not in when
                    if named and not context.reading.dates_in(
                        *sentence.span(grandchild.left_edge.i, grandchild.right_edge.i)
                    ):
                        return [
                            (
                                *phrases.noun_phrase(
                                    sentence,
                                    grandchild,
                                    after=("of", "in", "for", "on"),
                                    joined=True,
                                ),
                                None,
                            )
                        ]
    for token in frame.token.doc:
        tells = lemma_of(token) == "discuss" and token.dep_ == "conj"
        if tells or (
            lemma_of(token) in ("discuss", "address") and token.dep_ in ("advcl", "relcl", "acl")
        ):
            for child in token.children:
                if child.dep_ in ("nsubjpass", "dobj") and child.pos_ in ("NOUN", "PROPN"):
                    return [
                        (
                            *phrases.noun_phrase(
                                sentence, child, after=("of", "in", "for", "on"), joined=True
                            ),
                            None,
                        )
                    ]
    return []


def topic_words(context: Context, sentence: Sentence, head: Token) -> Filling:
    """The words of a topic: a noun with what is joined to it and what it is of."""
    after = ("of", "in", "for", "on", "to")
    return (*context.phrases.noun_phrase(sentence, head, after=after, joined=True), None)


def _purposes(noun: Token) -> list[Token]:
    return [
        c
        for c in noun.children
        if c.dep_ in ("acl", "relcl") and any(g.lower_ == "to" for g in c.children)
    ]
