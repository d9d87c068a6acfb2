"""Harm told by a noun: an attack, a theft, clashes between two sides.

Comes in: a noun's frame in a parsed sentence. Goes out: the roles of an incident, or the reason why
the words tell of none: attacks in general, attacks to be prevented, what is planned or denied.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.codebook.vocabularies import EventWords
from pactwatch.findings.circumstances import clause_of
from pactwatch.findings.context import Context
from pactwatch.findings.frames import Frame, frames_of, lemma_of, prepositions, subjects_of
from pactwatch.findings.harmed import Roles, around, owners, people
from pactwatch.findings.stages import realis_of

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["is_armed", "is_specific", "of_noun"]

_ANOTHER_TIME = frozenset({"after", "before", "since", "following", "until"})
_KNOWN = frozenset({"the", "these", "those", "its", "their"})


def of_noun(context: Context, frame: Frame, words: EventWords) -> Roles | str:
    """Read the roles of an incident from a noun, or say why it tells of none."""
    token = frame.token
    if token.dep_ == "compound" or {c.lower_ for c in token.lefts} & (
        words.modifiers["general"] | {"no"}
    ):
        return "background"
    if frame.lemma == "strike" and not is_armed(token, words):
        return "figure of speech"
    if token.dep_ == "dobj" and lemma_of(token.head) in words.verbs["order"]:
        return "act of authorities"  # "ordered a strike against …"
    realis = realis_of(frame, context.codebook.stages)
    if realis.refused:
        return realis.refused
    prevent = words.verbs["prevent"]
    if _under(token, prevent) or lemma_of(clause_of(token)) in prevent:
        return "not done"
    offence = frame.lemma in words.nouns["offence"]
    if realis.stage in ("promised", "proposed", "threatened") and not offence:
        return "not done"
    counted = any(t.pos_ == "NUM" for t in token.doc[token.left_edge.i : token.i])
    if offence and not counted:
        return "background"
    many = token.tag_ == "NNS" and not counted
    known = any(c.lower_ in _KNOWN - {"its", "their"} for c in token.lefts)
    told = _seen(token, words) or _told_by_verb(token, words) or bool(_accused(token))
    if many and not known and not told:
        return "background"
    return _roles(context, frame, words)


def is_specific(frame: Frame, words: EventWords) -> bool:
    """Whether a breach is of a thing known to the reader ("the misuse of the donated trucks"), or
    what an attack or clash did or how it came about is told."""
    if _told_by_verb(frame.token, words) or _accused(frame.token):
        return True
    if frame.lemma not in words.nouns["breach"]:
        return False
    return any(c.lower_ in _KNOWN for t in frame.objects for c in t.lefts)


def _roles(context: Context, frame: Frame, words: EventWords) -> Roles:
    token, sentence = frame.token, frame.sentence
    roles = around(context, frame, [token], words)
    if token.dep_ == "pobj" and token.head.lower_ in _ANOTHER_TIME:
        # "a year after the attack in X, families gathered in Y": day and place are of another
        own = sentence.span(token.left_edge.i, token.right_edge.i)
        for role in ("place", "date"):
            roles[role] = [f for f in roles[role] if own[0] <= f[0] and f[1] <= own[1]]
    roles["what"] = [(*context.phrases.noun_phrase(sentence, token), None)]
    if _seen(token, words) and not roles["place"]:
        roles["place"] = [
            (*context.phrases.noun_phrase(sentence, t), None) for t in subjects_of(token.head)[:1]
        ]
    targets = [t for p, t in frame.preps if p in ("on", "against") and t.head.head.i == token.i]
    targets += [t for p, t in frame.preps if p in ("on", "against") and t not in targets]
    if frame.lemma in words.nouns["event"]:
        targets += [
            t
            for t in frame.objects
            if t not in targets
            and (t.head.lower_ == "of" or t.dep_ == "conj" or _may_be_struck(t, words))
        ]
    roles["target"] = people(context, sentence, targets)
    between = [t for p, t in frame.preps if p == "between"]
    if token.dep_ == "nsubj" and lemma_of(token.head) in words.verbs["occur"]:
        between += [t for p, t in prepositions(token.head) if p == "between"]
    doers = [t for t in frame.subjects if t.pos_ != "PRON"] + _accused(token)
    if token.dep_ == "dobj" and lemma_of(token.head) in words.verbs["commit"]:
        doers += [t for t in subjects_of(token.head) if t.pos_ != "PRON" and t not in doers]
    roles["actor"] = people(context, sentence, doers + between) + owners(context, sentence, token)
    for other in frames_of(sentence, token.doc):
        hits = other.lemma in words.verbs["hit"] | words.verbs["strike"]
        if hits and any(t.i == token.i for t in other.subjects):
            roles["target"] += people(context, sentence, other.objects)
    for role in ("target", "actor"):
        roles[role] = list(dict.fromkeys(roles[role]))
    return roles


def _accused(token: Token) -> list[Token]:
    """Who is accused of it ("accused Chad of incursions")."""
    if token.dep_ != "pobj" or token.head.lower_ not in ("of", "for"):
        return []
    verb = token.head.head
    if verb.dep_ == "pobj" or verb.pos_ in ("NOUN", "PROPN"):
        verb = verb.head  # "of" hangs on whom it names
    if lemma_of(verb) not in ("accuse", "blame") or verb.pos_ != "VERB":
        return []
    return [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]


def _may_be_struck(token: Token, words: EventWords) -> bool:
    """Whether a word before a noun says whom or what it struck ("an embassy bombing")."""
    kinds = ("site", "gear", "struck", "persons")
    weapon = lemma_of(token) in words.modifiers["means"]
    return (
        token.dep_ == "compound"
        and not weapon
        and any(lemma_of(token) in words.modifiers[kind] for kind in kinds)
    )


def is_armed(token: Token, words: EventWords) -> bool:
    """Whether a strike is one of arms ("an air strike", "a drone strike"), not of workers."""
    return any(c.lower_ in words.modifiers["means"] | {"air", "military"} for c in token.lefts)


def _told_by_verb(token: Token, words: EventWords) -> bool:
    """Whether the verb above says what came of it or that it happened ("clashes broke out",
    "attacks killed 12 people")."""
    verb = token.head
    if token.dep_ not in ("nsubj", "nsubjpass") or verb.tag_ not in ("VBD", "VBN"):
        return False
    lemma = lemma_of(verb)
    if lemma_of(token) == "strike" and not is_armed(token, words):
        return False
    harms = any(lemma in words.verbs[name] for name in ("outcome", "strike", "damage"))
    return harms or lemma == "leave" or lemma in words.verbs["occur"]


def _seen(token: Token, words: EventWords) -> bool:
    """Whether a place is said to have seen it ("the camp has seen riots")."""
    verb = token.head
    return (
        token.dep_ == "dobj"
        and lemma_of(verb) in words.verbs["see"]
        and any(lemma_of(t) in words.modifiers["site"] for t in subjects_of(verb))
    )


def _under(token: Token, lemmas: frozenset[str]) -> bool:
    current = token
    for _ in range(4):
        current = current.head
        if lemma_of(current) in lemmas:
            return True
    return False
