"""Who takes part in a meeting: the heads of phrases that a verb or noun of meeting gives.

Comes in: the frame of a meeting with its noun. Goes out: fillers for its participants, and whether
they are of more than one side. Which fillers a head stands for is read by `participants`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.codebook.vocabularies import EventWords
from pactwatch.findings.circumstances import clause_of
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import Frame, conjuncts, frames_of, lemma_of
from pactwatch.findings.gatherings import key_of
from pactwatch.findings.participants import participants_of
from pactwatch.findings.saying import load_saying

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["attendants", "has_counterpart", "is_collective"]

_WITH = frozenset({"with", "between", "among", "amongst", "by"})
_OCCASIONS = frozenset({"during", "after", "following", "at", "in", "before", "on"})


def attendants(
    context: Context, frame: Frame, noun: Token | None, kind: str, words: EventWords
) -> list[Filling]:
    """Who takes part in what a frame tells, each once.

    Args:
        noun: The noun of meeting, where one tells it.
        kind: "meet", "talk", "visit", "noun", "open" or "call".
    """
    heads: list[Token] = []
    subject_is_noun = noun is not None and not frame.nominal and noun in frame.subjects
    if not subject_is_noun:
        heads += frame.subjects
    together = any(c.lower_ == "together" for c in frame.token.children)
    gathered = together and frame.lemma == "bring" and frame.token.tag_ in ("VBD", "VB")
    if kind == "meet" or (subject_is_noun and gathered):
        heads += frame.objects  # "the summit brought together the leaders of …"
    pairs = list(frame.preps)
    if noun is not None and not frame.nominal:
        for inner in frames_of(frame.sentence, noun.doc, nouns=frozenset({lemma_of(noun)})):
            if inner.token.i == noun.i:
                pairs += inner.preps
                heads += inner.subjects
    for preposition, head in pairs:
        if lemma_of(head) in words.modifiers["chair"] and preposition == "under":
            of = [t for c in head.children if c.lower_ == "of" for t in c.children]
            heads += [t for p in of for t in conjuncts(p)]
            continue
        if kind == "call" and preposition == "on":
            heads.append(head)
        if preposition in _WITH or (
            preposition == "to" and kind == "talk" and frame.lemma in ("talk", "speak")
        ):
            heads.append(head)
    if frame.nominal:
        heads += _around_noun(frame, words)
    if noun is not None:
        heads += _in_phrase(noun, words)
        if not frame.nominal and not frame.subjects and not frame.passive:
            heads += _before_verb(context, frame)
    if kind == "visit" and noun is None:
        heads += _purposes(frame, words)
    found: list[Filling] = []
    for head in [_ahead_named(t) for t in heads]:
        for filler in participants_of(context, frame.sentence, head):
            if key_of(context, filler) not in [key_of(context, f) for f in found]:
                found.append(filler)
    return found


def _ahead_named(head: Token) -> Token:
    """Whom "his" means before its clause names its subject ("during his visit, Mr Bell said")."""
    if head.tag_ != "PRP$" or head.lower_ not in ("his", "her") or head.head.dep_ != "pobj":
        return head
    verb = clause_of(head.head)
    while verb.dep_ == "advcl" and verb.tag_ == "VBG":
        verb = clause_of(verb.head)
    later = [c for c in verb.children if c.dep_ == "nsubj" and c.i > head.i and c.pos_ == "PROPN"]
    return later[0] if later else head


def has_counterpart(context: Context, frame: Frame, people: list[Filling]) -> bool:
    """Whether somebody takes part who is not the subject, or several subjects do."""
    own = [f for head in frame.subjects for f in participants_of(context, frame.sentence, head)]
    together = len(own) > 1 and not (
        frame.lemma == "receive" or (frame.objects and frame.lemma != "discuss")
    )
    return together or any(f not in own for f in people)


def is_collective(frame: Frame, words: EventWords) -> bool:
    """Whether the subject is officials of several sides ("ministers will discuss …")."""
    objects = [t for t in frame.objects if t.lower_ not in ("face", "today", "yesterday")]
    alone = frame.lemma in ("meet", "convene", "gather") and not objects
    alone = alone and all(p != "with" for p, _ in frame.preps)
    return (frame.lemma == "discuss" or alone) and any(
        t.tag_ in ("NNS", "NNPS") and lemma_of(t).removesuffix("s") in words.modifiers["peers"]
        for t in frame.subjects
    )


def _around_noun(frame: Frame, words: EventWords) -> list[Token]:
    """Who takes part by the clause around a noun: "arrived for talks", "during a visit to Lima,
    the minister said"."""
    token, verb = frame.token, clause_of(frame.token)
    heads: list[Token] = []
    if lemma_of(verb) == "be" and token.dep_ == "pobj" and token.head.head.i == verb.i:
        heads += [c for c in verb.children if c.dep_ == "nsubj"]
    for other in frames_of(frame.sentence, token.doc):
        if other.token.i != verb.i or token.dep_ != "pobj":
            if other.token.i == verb.i and other.lemma in words.verbs["join"]:
                heads += [*other.subjects, *(t for p, t in other.preps if p == "with")]
            continue
        above = token.head.head
        comes = other.lemma in words.verbs["come"] | words.verbs["travel"]
        if other.lemma in words.verbs["join"] or (comes and above.i == verb.i):
            heads += [*other.subjects, *(t for p, t in other.preps if p == "with")]
        elif _says_there(other, token, words):
            heads += other.subjects
        elif other.lemma in words.verbs["sign"] and above.i == verb.i and not other.passive:
            heads += [*other.subjects, *(t for p, t in other.preps if p == "with")]
    return heads


def _says_there(other: Frame, noun: Token, words: EventWords) -> bool:
    """Whether who says or does something "during a visit" or "after talks with …" was there: the
    noun has nobody of its own for the side."""
    if noun.head.lower_ not in _OCCASIONS or other.passive or noun.head.head.i != other.token.i:
        return False
    own = [c for c in noun.children if c.dep_ == "poss"]
    own += [c for c in noun.children if c.lower_ in ("between", "by", "of", "among")]
    visits = lemma_of(noun) in words.nouns["visit"]
    with_other = any(c.lower_ == "with" for c in noun.children)
    says = other.lemma in load_saying().verbs | words.verbs["raise"]
    if visits and noun.head.lower_ == "during":
        return not own  # whatever one does during a visit, one was there
    return not own and says and (visits or with_other)


def _before_verb(context: Context, frame: Frame) -> list[Token]:
    """The person named last before a finite verb for which the parser saw no subject ("…, Mr Bell,
    President of Peru, paid a visit to …")."""
    verb, sentence = frame.token, frame.sentence
    if verb.dep_ != "ROOT" or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return []
    persons = context.reading.persons_in(sentence.start, sentence.spans[verb.i][0])
    ends = [e for p in persons for _, e in p.mentions if e <= sentence.spans[verb.i][0]]
    last = sentence.token_at(max(ends) - 1) if ends and max(ends) > sentence.start else None
    if last is None or any(t.pos_ in ("VERB", "AUX") for t in verb.doc[last.i + 1 : verb.i]):
        return []
    return [last]


def _in_phrase(noun: Token, words: EventWords) -> list[Token]:
    """Who stands in the noun's own phrase: "the summit of the African Union", "the visit of the
    king"; a subject of talks is nobody."""
    visit = lemma_of(noun) in words.nouns["visit"]
    gathers = lemma_of(noun) in words.nouns["gathering"]
    heads: list[Token] = []
    for child in noun.children:
        if child.lower_ == "of" and (gathers or visit):
            pobj = [t for c in child.children if c.dep_ == "pobj" for t in conjuncts(c)]
            people = words.modifiers["peers"]
            heads += [t for t in pobj if gathers or t.pos_ == "PROPN" or lemma_of(t) in people]
    return heads


def _purposes(frame: Frame, words: EventWords) -> list[Token]:
    """Whom somebody travels to meet ("flew to Lima to meet the president")."""
    found: list[Token] = []
    for verb in frame.purposes:
        if lemma_of(verb) in words.verbs["meet"] | words.verbs["talk"]:
            for child in verb.children:
                if child.dep_ == "dobj" and lemma_of(verb) in words.verbs["meet"]:
                    found += conjuncts(child)
                elif child.dep_ == "prep" and child.lower_ == "with":
                    found += [t for c in child.children if c.dep_ == "pobj" for t in conjuncts(c)]
    return found
