"""Who does a measure where its own clause names nobody, or why without anybody it is none.

Comes in: a frame with what its roles hold. Goes out: parties from the clauses above, or a reason
for refusal. It fills no role.
"""

from __future__ import annotations

from pactwatch.codebook import Predicate
from pactwatch.codebook.grammar import load_grammar
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import Frame, governor, lemma_of, subjects_of
from pactwatch.findings.phrases import Party

__all__ = ["who_ensures", "who_helps", "why_nobody"]


def why_nobody(
    frame: Frame,
    predicate: Predicate,
    filled: dict[str, list[Filling]],
    *,
    only_received: bool,
    by_thing: bool,
) -> str:
    """Why a predicate without actor tells no measure; empty where it may tell one."""
    told = filled.keys()
    if only_received:
        return "nobody takes part"
    if frame.nominal:
        if not ({"recipient", "amount", "place"} & told):
            return "nobody takes part"
        return "" if {"amount", "date", "place", "purpose"} & told else "too little told"
    by_itself = predicate.type in ("deployment", "operation") or predicate.id.endswith(".stop")
    if by_itself and frame.passive and {"place", "date", "agreement"} & told:
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
