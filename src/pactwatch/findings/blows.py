"""Blows that words tell in ways of their own: bursts, shots, fires set, people left dead.

Comes in: a verb's frame in a parsed sentence. Goes out: the roles of an incident for "a bomb went
off", "fired rockets at …", "set fire to …", "left 12 people dead", "died in the fighting", or the
reason why the words tell of none. Whether what a verb tells was done at all is read by `harms`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.codebook.vocabularies import EventWords
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import Frame, lemma_of
from pactwatch.findings.harmed import Roles, around, doers, people

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "left_harmed",
    "of_burst",
    "of_coming_under",
    "of_dying",
    "of_fire",
    "of_leaving",
    "of_setting",
    "told_with",
    "under_fire",
    "verb_of",
    "with_object",
]

_TOWARDS = frozenset({"on", "at", "upon", "into", "towards", "toward", "against"})


def verb_of(frame: Frame) -> Filling:
    """The verb with its particle."""
    after = [c for c in frame.token.children if c.dep_ == "prt" and c.i == frame.token.i + 1]
    last = after[0].i if after else frame.token.i
    return (*frame.sentence.span(frame.token.i, last), None)


def with_object(context: Context, frame: Frame) -> Filling:
    """The verb with what it acts on."""
    start, _end = context.phrases.clause(frame.sentence, frame.token)
    head_start, head_end = context.phrases.noun_phrase(frame.sentence, frame.objects[0])
    at = frame.sentence.spans[frame.token.i]
    return min(start, head_start), max(at[1], head_end), None


def of_burst(context: Context, frame: Frame, words: EventWords) -> Roles | str:
    """ "A bomb exploded outside …", "a suicide bomber blew himself up"."""
    heads = frame.objects if frame.passive else frame.subjects
    bombs = [t for t in heads if lemma_of(t) in words.modifiers["means"] | {"bomber"}]
    blown = frame.lemma == "blow" and not bombs
    if not bombs and not blown:
        return "figure of speech"
    roles = around(context, frame, [frame.token], words)
    if blown:
        things = words.modifiers["site"] | words.modifiers["gear"] | words.modifiers["struck"]
        if not any(lemma_of(t) in things for t in frame.objects):
            return "figure of speech"
        roles["actor"] = doers(context, frame, words)
        roles["target"] = people(context, frame.sentence, frame.objects)
        roles["what"] = [with_object(context, frame) if not frame.passive else verb_of(frame)]
        return roles
    start = context.phrases.noun_phrase(frame.sentence, bombs[0])[0]
    roles["what"] = [(start, verb_of(frame)[1], None)]
    return roles


def told_with(frame: Frame) -> list[Token]:
    """What stands with "set": "fire to", "on fire", "ablaze"."""
    return [
        *frame.objects,
        *(t for p, t in frame.preps if p == "on" and lemma_of(t) == "fire"),
        *(c for c in frame.token.children if c.dep_ in ("acomp", "oprd", "advmod", "ccomp")),
    ]


def of_setting(context: Context, frame: Frame, words: EventWords) -> Roles | str:
    """ "Protesters set fire to the embassy", "set a lorry ablaze"."""
    burnt = [t for p, t in frame.preps if p == "to" and t.head.head.i >= frame.token.i]
    burnt = burnt or [t for t in frame.objects if lemma_of(t) != "fire"]
    if not burnt:
        return "nobody harmed"
    roles = around(context, frame, [frame.token, *burnt], words)
    roles["actor"] = doers(context, frame, words)
    roles["target"] = people(context, frame.sentence, burnt[:1])
    last = max(frame.token.i, *(t.i for t in told_with(frame)))
    last = max(last, burnt[0].i) if not frame.passive else last
    roles["what"] = [(*frame.sentence.span(frame.token.i, last), None)]
    return roles if roles["target"] else "nobody harmed"


def of_fire(context: Context, frame: Frame, words: EventWords) -> Roles | str:
    """ "Soldiers opened fire on …", "fired rockets at …", "the two sides exchanged fire"."""
    sentence = frame.sentence
    shots = [t for t in frame.objects if lemma_of(t) in words.modifiers["means"] | {"fire"}]
    aimed = [t for p, t in frame.preps if p in _TOWARDS and t.pos_ in ("NOUN", "PROPN")]
    if frame.lemma in words.verbs["shoot_at"]:
        if not aimed or (frame.objects and not shots):
            return "figure of speech"
    elif not shots and frame.lemma != "exchange":
        return "figure of speech"
    roles = around(context, frame, [frame.token, *aimed, *shots], words)
    ends = [frame.token.i] if frame.passive else [frame.token.i, *(t.i for t in frame.objects)]
    roles["what"] = [(*sentence.span(min(ends), max(ends)), None)]
    if frame.passive and shots:
        first = context.phrases.noun_phrase(sentence, shots[0])[0]
        roles["what"] = [(first, sentence.spans[frame.token.i][1], None)]
    roles["actor"] = doers(context, frame, words)
    roles["target"] = people(context, sentence, aimed)
    aims = bool(roles["target"]) or frame.lemma not in words.verbs["shoot_at"]
    return roles if aims and (roles["target"] or roles["place"]) else "nobody harmed"


def under_fire(frame: Frame, words: EventWords) -> list[Token]:
    fire = words.nouns["event"] | {"fire"}
    return [t for p, t in frame.preps if p == "under" and lemma_of(t) in fire]


def of_coming_under(context: Context, frame: Frame, words: EventWords) -> Roles | str:
    """ "The consulate came under attack": no figure of speech where a thing or a place does."""
    things = words.modifiers["site"] | words.modifiers["gear"] | words.modifiers["struck"]
    hit = [
        t
        for t in frame.subjects
        if lemma_of(t) in things | words.modifiers["persons"] or t.pos_ == "PROPN"
    ]
    roles = around(context, frame, [frame.token], words)
    if not hit or not (roles["place"] or roles["date"]):
        return "figure of speech"
    roles["what"] = [(*frame.sentence.span(frame.token.i, under_fire(frame, words)[0].i), None)]
    roles["target"] = people(context, frame.sentence, hit)
    roles["actor"] = people(context, frame.sentence, [t for p, t in frame.preps if p == "from"])
    return roles


def left_harmed(frame: Frame, words: EventWords) -> bool:
    """Whether somebody was left dead or wounded ("left 12 people dead", "leaving 10 dead")."""
    harmed = words.modifiers["left"]
    second = frame.phrase.removeprefix("leave ").split(" ")
    told = {lemma_of(t) for t in frame.objects} | set(second)
    told |= {c.lower_ for t in frame.objects for c in t.children if c.dep_ in ("amod", "acl")}
    return bool(told & harmed)


def of_leaving(context: Context, frame: Frame, words: EventWords) -> Roles | str:
    """What left somebody dead is what happened; nature and accidents are nobody's deed."""
    subjects = {lemma_of(t) for t in frame.subjects}
    if subjects & words.modifiers["nature"]:
        return "nobody's act"
    known = words.nouns["event"] | words.modifiers["means"] | {"raid", "operation", "incident"}
    causes = [t for t in frame.subjects if lemma_of(t) in known]
    above = frame.token.head
    accompanies = frame.token.dep_ == "advcl" and above.pos_ in ("VERB", "AUX")
    if not causes and not accompanies:
        return "nobody's act"
    sentence = frame.sentence
    roles = around(context, frame, [frame.token, *causes], words)
    roles["target"] = people(
        context, sentence, [t for t in frame.objects if lemma_of(t) not in ("home", "country")]
    )
    roles["actor"] = []
    what: list[Filling] = [(*context.phrases.noun_phrase(sentence, t), None) for t in causes[:1]]
    roles["what"] = what or [(*sentence.spans[frame.token.i], None)]
    return roles


def of_dying(context: Context, frame: Frame, words: EventWords) -> Roles | str:
    """ "Eight people died in the fighting": only where it says of what deed, or at sea."""
    who = [t for t in frame.subjects or frame.objects if t.pos_ in ("NOUN", "PROPN", "NUM")]
    counted = [t for t in who if any(c.dep_ == "nummod" for c in t.children) or t.pos_ == "NUM"]
    deeds = [
        t
        for p, t in frame.preps
        if p in ("in", "during", "from", "after")
        and lemma_of(t) in words.nouns["event"] | words.modifiers["means"]
    ]
    wrecked = any(
        lemma_of(t) in words.verbs["wreck"]
        for t in frame.token.children
        if t.dep_ in ("advcl", "conj")
    )
    if not counted or not (deeds or wrecked or frame.lemma == "drown"):
        return "nobody's act"
    sentence = frame.sentence
    roles = around(context, frame, [frame.token, *deeds], words)
    roles["target"] = people(context, sentence, counted)
    roles["actor"] = []
    what: list[Filling] = [(*context.phrases.noun_phrase(sentence, t), None) for t in deeds[:1]]
    roles["what"] = what or [verb_of(frame)]
    return roles if roles["place"] or roles["date"] or deeds else "no event"
