"""Who does a measure where its own clause names nobody, or why without anybody it is none.

Comes in: a frame with what its roles hold. Goes out: parties from the clauses above, or a reason
for refusal. It fills no role.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.codebook import Predicate
from pactwatch.codebook.grammar import load_grammar
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import Frame, conjuncts, governor, lemma_of, subjects_of
from pactwatch.findings.parties import country_name
from pactwatch.findings.phrases import Party
from pactwatch.language import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "gets",
    "own_government",
    "who_ensures",
    "who_helps",
    "who_made",
    "whose_men",
    "why_nobody",
]


def why_nobody(
    frame: Frame,
    predicate: Predicate,
    filled: dict[str, list[Filling]],
    *,
    received: bool | None,
    by_thing: bool,
) -> str:
    """Why a predicate without actor tells no measure; empty where it may tell one.

    Args:
        received: Whether a government or body is told to get it; None where nobody gets anything.
    """
    told = filled.keys()
    if received is not None:
        return "" if received else "nobody takes part"
    if frame.nominal:
        whom = {"recipient"} if predicate.type == "equipment" else {"recipient", "amount", "place"}
        if not (whom & told):
            return "nobody takes part"
        return "" if {"amount", "date", "place", "purpose"} & told else "too little told"
    by_itself = predicate.type in ("deployment", "operation", "trade") or predicate.id.endswith(
        ".stop"
    )
    known = frame.lemma in load_grammar().aspect and any(  # "the war games began" goes on with them
        c.lower_ == "the" for t in frame.objects for c in t.lefts
    )
    aside = predicate.type == "trade" and frame.token.dep_ == "acl"
    if (
        by_itself
        and frame.passive
        and not known
        and not aside
        and {"place", "date", "agreement"} & told
    ):
        return ""
    if predicate.subject_moves:
        return "" if {"amount", "place"} <= told else "nobody is sent"
    if not frame.passive and "amount" not in told and not by_thing:
        return "nobody takes part"
    if by_thing and predicate.type == "funding" and {"object", "purpose"} <= told:
        return ""  # "the project will fund a network of officers to …"
    if not ({"recipient", "amount"} & told):
        return "nobody takes part"
    return ""


def who_helps(context: Context, frame: Frame) -> list[Party]:
    """Who helps another to do it: "agents helped police arrest nine men" is done by both."""
    above = governor(frame.token)
    if above is None or lemma_of(above) not in load_grammar().helping:
        return []
    helped = any(c.dep_ == "dobj" for c in above.children)
    if not helped and not any(c.dep_ == "nsubj" for c in frame.token.children):
        return []
    helpers = [
        p for t in subjects_of(above) for p in context.phrases.parties(frame.sentence, t) if p.acts
    ]
    own = {t.i for t in frame.subjects}
    return helpers if not own & {t.i for t in subjects_of(above)} else []


def who_ensures(context: Context, frame: Frame) -> list[Party]:
    """Who is above a clause without an acting subject: "Fiji will ensure that all get care"."""
    above = governor(frame.token)
    for _ in range(3):
        if above is None or lemma_of(above) not in context.codebook.stages.transparent:
            return []
        found = [
            p
            for token in subjects_of(above)
            if token not in frame.objects
            for p in context.phrases.parties(frame.sentence, token)
            if p.acts
        ]
        if found:
            return found
        above = governor(above)
    return []


def who_made(context: Context, sentence: Sentence, noun: Token) -> list[Filling]:
    """Whose a plan or gift is: "the package approved by Congress", "a Turkish gift of drones"."""
    heads: list[Token] = []
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ == "VBN" and not _of_receiving(child):
            agents = [c for c in child.children if c.dep_ == "agent"]
            heads += [t for a in agents for p in a.children for t in conjuncts(p)]
        elif child.dep_ in ("poss", "nmod") and child.pos_ == "PROPN":
            heads += conjuncts(child)
        elif child.dep_ in ("prep", "agent") and child.lower_ == "by":
            heads += [t for p in child.children if p.dep_ == "pobj" for t in conjuncts(p)]
    found = [p.filler for head in heads for p in context.phrases.parties(sentence, head) if p.acts]
    return found or _of_country(context, sentence, noun)


def who_expels(context: Context, frame: Frame) -> list[Filling]:
    """The state from which somebody is expelled, where nobody is named: "deported from Germany"."""
    if not frame.passive or frame.lemma not in load_grammar().expelling:
        return []
    return [
        party.filler
        for preposition, noun in frame.preps
        if preposition == "from"
        for party in context.phrases.parties(frame.sentence, noun)
        if party.kind == "state"
    ]


def whose_men(context: Context, frame: Frame) -> list[Filling]:
    """Whose men are sent, where nobody is said to send them: "Polish soldiers arrived"."""
    heads = frame.objects or frame.subjects
    return [f for head in heads[:1] for f in _of_country(context, frame.sentence, head)]


def _of_country(context: Context, sentence: Sentence, noun: Token) -> list[Filling]:
    """The country that stands before a noun as its adjective."""
    for child in noun.lefts:
        if child.dep_ not in ("amod", "compound", "nmod", "poss"):
            continue
        name = context.reading.name_at(sentence.spans[child.i][0])
        if name is not None and name.kind == "state":
            return [country_name(context, name)]
        if name is not None and name.kind in ("agency", "organisation"):
            return [(name.start, name.end, None)]
    return []


_SUPPLIES = frozenset({"funding", "training", "equipment"})
"""Types of measures that somebody can be told to get."""


def gets(frame: Frame, predicate: Predicate) -> bool:
    """Whether the subject of the verb above a noun gets what the noun names: "took delivery of"."""
    above = frame.token.head
    if frame.token.dep_ != "dobj" or above.pos_ != "VERB" or predicate.type not in _SUPPLIES:
        return False
    takes = lemma_of(above) == "take" and frame.lemma in ("delivery", "possession", "receipt")
    return takes or lemma_of(above) in load_grammar().receiving


def _of_receiving(verb: Token) -> bool:
    return lemma_of(verb) in load_grammar().receiving


def own_government(context: Context, speaker: Filling | None) -> list[Filling]:
    """The government for which a minister says what will be given, where it speaks as "we"."""
    said = speaker is not None and context.reading.persons_in(speaker[0], speaker[1])
    if not said:
        return []
    voice = context.phrases.voice
    return [voice.filler] if voice is not None else []
