"""Who gets a measure where no preposition says so: by its purpose, its goods, its word order.

Comes in: a frame and a token of it. Goes out: fillings for `recipient`. It fills no role itself.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from pactwatch.codebook.grammar import load_grammar
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import Frame, conjuncts, lemma_of
from pactwatch.language import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["bodies", "helped_by", "owner_in", "state_before", "states_of_goods", "those_trained"]


def bodies(context: Context, sentence: Sentence, head: Token) -> list[Filling]:
    """The governments and bodies that an object names: "funded the agency"."""
    parties = context.phrases.parties(sentence, head)
    return [p.filler for p in parties if p.kind in ("state", "agency", "organisation")]


def state_before(context: Context, frame: Frame, head: Token) -> Filling | None:
    """A state that a parser took for a part of the object's name.

    "Give Tonga trucks" is parsed like "give army trucks".
    """
    first = head.left_edge
    if frame.token.i + 1 != first.i or frame.lemma not in load_grammar().dative or first == head:
        return None
    name = context.reading.name_at(frame.sentence.spans[first.i][0])
    if name is None or name.kind != "state" or name.form != "name":
        return None
    return name.start, name.end, name.country


def those_trained(context: Context, frame: Frame) -> list[Filling]:
    """Who gets it, where only "of" says so: "training of the task forces"."""
    found: list[Filling] = []
    for head in frame.objects:
        inner = [head] if frame.nominal else []
        inner += [n for c in head.children if c.lower_ == "of" for n in c.children]
        for noun in inner:
            for party in context.phrases.parties(frame.sentence, noun):
                if party.kind in ("agency", "organisation", "officials"):
                    found.append(party.filler)
    return found


def states_of_goods(
    context: Context, sentence: Sentence, goods: Sequence[Filling]
) -> list[Filling]:
    """Against whom a trade measure goes: "tariffs on Mexican imports" (CODEBOOK, case 5)."""
    names = context.reading.names
    found: list[Filling] = []
    for start, end, _ in goods:
        for name in context.reading.names_in(start, end):
            token = sentence.token_at(name.start)
            adjective = name.form == "demonym" or (token is not None and token.dep_ == "compound")
            if name.kind != "state" or not adjective:
                continue
            if token is not None and lemma_of(token.head) in load_grammar().trade_act:
                continue  # "American sanctions" are those of America
            own = [m for m in names if m.actor_id == name.actor_id and m.form == "name"]
            best = own[0] if own else name
            found.append((best.start, best.end, name.country))
    return found


def helped_by(context: Context, sentence: Sentence, verb: Token) -> tuple[list[Filling], Token]:
    """Who is helped by a purpose, and the verb to go on with: "to help X do Y" is for doing Y."""
    if lemma_of(verb) not in load_grammar().benefiting:
        return [], verb
    helped = [c for c in verb.children if c.dep_ in ("dobj", "dative")]
    inner = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "advcl") and c.pos_ == "VERB"]
    helped += [s for c in inner for s in c.children if s.dep_ == "nsubj"]
    found = [
        party.filler
        for head in helped
        for token in conjuncts(head)
        for party in context.phrases.parties(sentence, token)
        if party.kind not in ("thing", "person")
    ]
    return found, inner[0] if inner and found else verb


def owner_in(
    context: Context, sentence: Sentence, verb: Token, others: Collection[tuple[int, int]]
) -> Filling | None:
    """Whose it is that a purpose is for: "to protect the networks of the Defence Ministry".

    Args:
        others: Spans of those who act, for whom it is not.
    """
    for head in [c for c in verb.children if c.dep_ == "dobj"]:
        for part in [head, *head.lefts]:
            if part.dep_ not in ("dobj", "nmod", "compound", "poss"):
                continue
            for party in context.phrases.parties(sentence, part):
                body = party.kind in ("agency", "organisation")
                state = party.kind == "state" and part != head
                if (body or state) and party.filler[:2] not in others:
                    return party.filler
    return None
