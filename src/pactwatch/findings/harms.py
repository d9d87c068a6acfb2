"""Harm told by a verb: who did what to whom.

Comes in: a verb's frame in a parsed sentence. Goes out: the roles of an incident, or the reason why
the words tell of none. Acts of authorities against their own people's will are measures, and left
to them; figures of speech, habits and threats are refused. Which mentions are one incident is
decided by `incidents`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.codebook.grammar import load_grammar
from pactwatch.codebook.vocabularies import EventWords
from pactwatch.findings.blows import (
    left_harmed,
    of_burst,
    of_coming_under,
    of_dying,
    of_fire,
    of_leaving,
    of_setting,
    told_with,
    under_fire,
    verb_of,
    with_object,
)
from pactwatch.findings.context import Context
from pactwatch.findings.frames import Frame, governor, lemma_of, with_partitives
from pactwatch.findings.harmed import Roles, around, doers, people
from pactwatch.findings.misuse import misuse_of
from pactwatch.findings.outbreaks import is_armed
from pactwatch.findings.stages import realis_of
from pactwatch.language.persons import load_titles

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["is_outcome", "of_verb", "tells"]

_COUNTLESS = frozenset({"more", "fewer", "any"})
_ALLEGED = frozenset({"say", "allege", "report", "find", "accuse"})
_PHRASES = {("go", "off"), ("blow", "up"), ("gun", "down"), ("mow", "down")}
_DEFINITE = frozenset({"a", "an", "the", "this", "that", "his", "her", "its", "their", "one"})


def tells(frame: Frame, words: EventWords) -> bool:
    """Whether a verb may tell an incident."""
    lemma = frame.lemma
    if lemma == "open":
        return any(lemma_of(t) == "fire" for t in frame.objects)
    if lemma in ("go", "blow", "gun", "mow"):
        return any((lemma, c.lower_) in _PHRASES for c in frame.token.children)
    if lemma == "leave":
        return left_harmed(frame, words)
    if lemma == "come":
        return bool(under_fire(frame, words))
    if lemma == "set":
        return any(lemma_of(t) in ("fire", "ablaze", "alight") for t in told_with(frame))
    if lemma == "exchange":
        return any(lemma_of(t) in ("fire", "gunfire", "shot", "shelling") for t in frame.objects)
    told = ("harm", "breach", "use", "burst", "force", "take", "shoot_at", "strike", "damage")
    return any(lemma in words.verbs[name] for name in told) or lemma in words.verbs["die"]


def is_outcome(frame: Frame, words: EventWords) -> bool:
    """Whether a verb only tells what an attack or a blast did to people."""
    return not frame.nominal and (
        frame.lemma in words.verbs["outcome"] or frame.lemma in words.verbs["die"]
    )


def of_verb(context: Context, frame: Frame, words: EventWords) -> Roles | str:
    """Read the roles of an incident from a verb, or say why it tells of none."""
    refused = _not_done(context, frame)
    if refused:
        return refused
    lemma, sentence = frame.lemma, frame.sentence
    if lemma in words.verbs["use"] and (misused := misuse_of(context, frame, words)):
        return misused
    if lemma in words.verbs["use"]:
        return "use as meant"
    if lemma in words.verbs["burst"] or lemma in ("go", "blow"):
        return of_burst(context, frame, words)
    if lemma == "come":
        return of_coming_under(context, frame, words)
    if lemma in ("open", "exchange") or lemma in words.verbs["shoot_at"]:
        return of_fire(context, frame, words)
    if lemma == "leave":
        return of_leaving(context, frame, words)
    if lemma in words.verbs["die"]:
        return of_dying(context, frame, words)
    if lemma == "set":
        return of_setting(context, frame, words)
    if not frame.objects:
        return "nobody harmed"
    refused = _figurative(context, frame, words)
    if refused:
        return refused
    roles = around(context, frame, [frame.token], words)
    roles["actor"] = doers(context, frame, words)
    roles["target"] = people(context, sentence, frame.objects)
    if lemma in words.verbs["breach"]:
        roles["target"] = []
        roles["what"] = [with_object(context, frame)]
    elif lemma in words.verbs["force"] | words.verbs["take"] | words.verbs["damage"]:
        roles["what"] = [with_object(context, frame) if not frame.passive else verb_of(frame)]
    elif lemma in words.verbs["strike"]:
        weapons = [t for t in frame.subjects if lemma_of(t) in words.modifiers["means"]]
        deeds = [t for t in weapons if lemma_of(t) in words.nouns["event"]]
        roles["what"] = [
            (*context.phrases.noun_phrase(sentence, deeds[0]), None)
            if deeds
            else verb_of(frame)
            if frame.passive
            else with_object(context, frame)
        ]
    else:
        roles["what"] = [verb_of(frame)]
    if not (roles["target"] or lemma in words.verbs["breach"]):
        return "nobody harmed"
    beside = frame.token.dep_ == "advcl" or any(c.dep_ == "advcl" for c in frame.token.children)
    accompanies = is_outcome(frame, words) and beside
    return roles if accompanies or _happened(frame, roles, words) else "no event"


def _not_done(context: Context, frame: Frame) -> str:
    """Why a verb does not tell what has been done; a deed of which one is accused is told."""
    token = frame.token
    above = governor(token)
    if above is not None and token.tag_ == "VBG" and lemma_of(above) in load_grammar().for_deeds:
        charged = lemma_of(above) in ("accuse", "blame", "condemn", "convict", "criticise")
        return "" if charged and token.dep_ == "pcomp" else "not done"
    realis = realis_of(frame, context.codebook.stages)
    if realis.refused or realis.stage is None:
        return realis.refused or "not done"
    has = any(c.dep_ == "aux" and c.lower_ == "have" for c in token.children)
    if realis.governor is not None:
        alleged = lemma_of(realis.governor) in _ALLEGED and has
        return "" if alleged and realis.stage == "done" else "not done"
    if above is not None and lemma_of(above) in _ALLEGED and has:
        return ""  # "are alleged to have killed"
    return "" if realis.stage == "done" else "not done"


def _figurative(context: Context, frame: Frame, words: EventWords) -> str:
    """Why what a verb names is no harm: a figure of speech, nature, an act of authorities."""
    subjects = {lemma_of(t) for t in frame.subjects}
    lemma, partitives = frame.lemma, context.codebook.nouns["partitive"] | {"one", "some", "two"}
    harmed = [t for o in frame.objects for t in with_partitives(o, partitives)]
    if subjects & words.modifiers["nature"]:
        return "nobody's act"
    if any(lemma_of(t) in words.nouns["not_harmed"] or t.pos_ == "PRON" for t in harmed):
        return "figure of speech"
    politics = load_titles().heads | context.codebook.nouns["political_party"] | {"opposition"}
    if lemma == "attack" and subjects & politics:
        return "figure of speech"  # "the senator attacked the minister on Sunday"
    if any(c.lower_ in _COUNTLESS for t in frame.objects for c in t.lefts):
        return "background"
    if subjects & words.modifiers["authority"]:
        return "act of authorities"
    if lemma in words.verbs["take"] and not _outlawed(context, frame, words):
        return "act of authorities"
    struck = lemma in words.verbs["strike"]
    workers = any(lemma_of(t) == "strike" and not is_armed(t, words) for t in frame.subjects)
    if struck and (workers or not subjects & words.modifiers["means"]):
        return "figure of speech"
    things = words.modifiers["site"] | words.modifiers["gear"] | words.modifiers["struck"]
    struck = struck or any(lemma in words.verbs[name] for name in ("damage", "force", "take"))
    named = any(t.pos_ == "PROPN" for t in harmed)
    if struck and not named and not {lemma_of(t) for t in harmed} & things:
        persons = {lemma_of(t) for t in harmed} & words.modifiers["persons"]
        bodily = lemma in words.verbs["strike"] | words.verbs["take"]
        return "" if persons and bodily else "figure of speech"
    return ""


def _outlawed(context: Context, frame: Frame, words: EventWords) -> bool:
    """Whether those who seize or raid are no authorities: pirates, rebels, armed men."""
    for token in frame.subjects:
        if lemma_of(token) in words.modifiers["outlaw"]:
            return True
        if any(lemma_of(c) in words.modifiers["outlaw"] for c in token.lefts):
            return True
        if any(c.lower_ in ("armed", "masked", "unidentified", "unknown") for c in token.lefts):
            return True
    return False


def _happened(frame: Frame, roles: Roles, words: EventWords) -> bool:
    """Whether enough is told for an event: a place or a day, or a doer and a victim known."""
    if roles["place"] or roles["date"]:
        return True
    if not roles["actor"]:
        return False
    perfect = any(
        c.dep_ == "aux" and c.lower_ in ("has", "have", "'ve") for c in frame.token.children
    )
    counted = any(
        c.dep_ == "nummod" and c.head.pos_ == "NOUN" for t in frame.objects for c in t.children
    )
    perfect = perfect and frame.lemma not in words.verbs["breach"]
    return counted or (not perfect and all(_is_certain(t) for t in frame.objects))


def _is_certain(token: Token) -> bool:
    """Whether a victim is a certain one: "a ranger", "the two women", a name."""
    return token.pos_ in ("PROPN", "NUM") or any(
        c.lower_ in _DEFINITE or c.dep_ == "nummod" for c in token.lefts
    )
