"""Making a draft of a measure from a frame and the predicate that tells it, or saying why it is
none.

Comes in: a match and what the sentence asserts of it. Goes out: a `Draft` with its roles and stage,
or a short reason. `measures` brings the matches; `doers`, `provisions`, `lists` and `roles` know
where the words stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pactwatch.codebook.grammar import load_grammar
from pactwatch.findings.circumstances import ahead, behind
from pactwatch.findings.context import Context, Filling, Instrument
from pactwatch.findings.doers import (
    gets,
    own_government,
    who_ensures,
    who_expels,
    who_helps,
    who_made,
    whose_men,
    why_nobody,
)
from pactwatch.findings.frames import Frame, lemma_of, subjects_of
from pactwatch.findings.lists import Introduction, introduction_of, listed_verb
from pactwatch.findings.matching import Match
from pactwatch.findings.phrases import Party
from pactwatch.findings.provisions import committed_by, instrument_of, is_under, provision_of
from pactwatch.findings.roles import Roles
from pactwatch.findings.same import Draft
from pactwatch.findings.stages import Realis

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["draft_of"]

_LISTING = frozenset({"include", "comprise", "involve"})
"""Verbs of plans and packages; a group that includes somebody does nothing."""
_PROVIDED = frozenset({"funding", "equipment", "training", "development"})
"""Types of measures that governments announce in the passive: "$4 million will be given"."""
_MOVING = frozenset({"deployment", "border", "operation"})
"""Types of measures in which "to Haiti" is a place."""
_MORE = frozenset({"amount", "place", "date", "purpose"})
"""Roles without which "officers received training" is too little told."""
_FINAL = frozenset({"suspended", "ended"})
_AHEAD = frozenset({"proposed", "threatened", "promised", "agreed"})


@dataclass(slots=True, kw_only=True)
class _Sides:
    """Who stands on which side of a measure.

    Attributes:
        subjects: Who is told to do it, whether or not they can act.
        given_to: Who is told to get it, by the place of the subject.
        receives: The subject gets it.
        askers: Who urges the subjects to do it.
        item: The introduction that names who does what a bare verb in a list tells.
    """

    subjects: list[Party]
    given_to: list[Party] = field(default_factory=list)
    receives: bool = False
    askers: list[Party] = field(default_factory=list)
    item: Introduction | None = None

    @property
    def actors(self) -> list[Party]:
        """Those who act: of the subjects, or who asks them."""
        return self.askers or [p for p in self.subjects if p.acts]


def draft_of(
    context: Context, match: Match, realis: Realis, speaker: Filling | None
) -> Draft | str:
    """Fill the roles of a measure, or say why it is none."""
    frame, predicate = match.frame, match.predicate
    # "to be sent by the end of August" names no doer
    frame.subjects = [
        t for t in frame.subjects if not context.reading.date_at(frame.sentence.spans[t.i][0])
    ]
    sides = _sides(context, match, realis)
    instrument = _instrument(context, frame, speaker)
    by_thing = any(lemma_of(t) in context.codebook.nouns["undertaking"] for t in frame.subjects)
    refused = _why_not(match, sides, instrument, by_thing=by_thing)
    if refused:
        return refused
    if _nobody_refuses(context, match, sides, realis, speaker):
        return "negated"
    roles = Roles(context, frame)
    _fill_actors(context, match, roles, sides, instrument, speaker, by_thing=by_thing)
    acted = "actor" in roles.filled
    for party in sides.given_to:
        if party.kind != "thing":
            roles.receiver(party)
    actors = sides.actors
    consent = frame.nominal and context.codebook.stages.nouns.get(frame.lemma) == "agreed"
    if consent and not frame.possessed:
        meant = context.instrument_at(*frame.sentence.spans[frame.token.i])
        instrument = meant or instrument
        if instrument and instrument.parties:  # those who sign it may be ministers; its parties act
            actors, acted = [], False
            roles.filled.pop("actor", None)
    if instrument:
        roles.add("agreement", instrument.name)
        for filling in () if acted or frame.passive else instrument.parties:
            roles.add("actor", filling)
    _fill_rest(context, match, roles, realis, asked=bool(sides.askers))
    stage = realis.stage or "done"
    if sides.item is not None and realis.stage in ("under way", "promised"):
        stage = sides.item.stage or "promised"
    provided = _provided(context, frame, realis, actors, instrument, speaker, stage)
    if provided:
        stage = "agreed"
        roles.add("agreement", provided.name)
    filled = roles.filled
    if "date" in filled:
        dated = "done" if roles.dated_behind or _was_ahead(frame.token) else stage
        filled["date"] = [_told(context, date, dated) for date in filled["date"]]
    if not acted and not instrument and not provided:
        told = predicate.subject_receives or bool(_MORE & filled.keys())
        received = _is_received(sides, told=told) if sides.receives else None
        empty = why_nobody(frame, predicate, filled, received=received, by_thing=by_thing)
        if empty:
            return empty
    if not ({"object", "recipient", "amount", "place"} & filled.keys()):
        return "nothing told but the word"
    if not predicate.needs <= filled.keys():
        return f"no {min(predicate.needs - filled.keys())}"
    return Draft(
        type=_type(context, match, filled),
        stage=_stage(context, match, realis, instrument, stage),
        trigger=predicate.id,
        roles=filled,
        evidence=[(frame.sentence.start, frame.sentence.end)],
        at=frame.sentence.spans[frame.token.i],
        lemma=frame.lemma,
        nominal=frame.nominal,
        tenseless=frame.token.tag_ == "VBG"
        and realis.governor is None
        and not any(c.dep_ == "aux" for c in frame.token.children),
    )


def _is_received(sides: _Sides, *, told: bool) -> bool:
    """Whether what is received is a measure though nobody is told to give it: by a government or
    body, or by officials of whom more is `told` ("forty recruits received training")."""
    kinds = {p.kind for p in sides.given_to}
    return bool({"state", "region", "agency", "organisation"} & kinds) or (
        told and "officials" in kinds
    )


def _sides(context: Context, match: Match, realis: Realis) -> _Sides:
    """Who does it, who gets it, who asks for it."""
    frame, predicate = match.frame, match.predicate
    subjects = _parties(context, frame, frame.subjects)
    receiving = load_grammar().receiving if not predicate.recipient_is_object else ()
    receives = gets(frame, predicate) if frame.nominal else frame.lemma in receiving
    learners = any(p.kind in ("officials", "people") for p in subjects)
    receives = receives or (predicate.subject_receives and learners)
    sides = _Sides(subjects=subjects, receives=receives)
    if receives:
        above = subjects_of(frame.token.head) if frame.nominal else []  # "received a gift of boats"
        sides.given_to = _parties(context, frame, above) if frame.nominal else subjects
        givers = [noun for preposition, noun in frame.preps if preposition in ("from", "of")]
        sides.subjects = [p for p in _parties(context, frame, givers) if p.acts]
    patient = frame.possessed and predicate.recipient_is_object
    if patient and all(p.kind in ("person", "people") for p in sides.subjects):
        sides.given_to, sides.subjects = sides.subjects, []  # "his extradition"
    elif patient and all(t.pos_ == "PRON" for t in frame.subjects):
        sides.subjects = []  # "their processing" is done to them
    nobody_acts = not any(p.acts for p in sides.subjects)
    if nobody_acts and (frame.passive or sides.given_to or sides.subjects):
        sides.subjects = who_ensures(context, frame) or sides.subjects
    sides.askers = [p for p in _parties(context, frame, realis.askers) if p.acts]
    sides.item = listed_verb(context, frame) if not sides.subjects else None
    if sides.item is not None:
        sides.subjects = list(sides.item.actors)
    if predicate.subject_moves:  # "forty officers will come from the coast guard"
        senders = [noun for preposition, noun in frame.preps if preposition == "from"]
        sides.subjects = [
            p for p in _parties(context, frame, senders) if p.kind in ("agency", "organisation")
        ]
    return sides


def _parties(context: Context, frame: Frame, heads: list[Token]) -> list[Party]:
    return [p for token in heads for p in context.phrases.parties(frame.sentence, token)]


def _instrument(context: Context, frame: Frame, speaker: Filling | None) -> Instrument | None:
    """The instrument under which the measure stands, as its clause, speaker or list says."""
    found = instrument_of(context, frame)
    if found is None and speaker is not None:
        found = context.instrument_at(*speaker[:2])  # "according to the memorandum, …"
    if found is None:
        found = committed_by(context, frame)
    if found is None and not frame.nominal:  # nouns of an item are often only background
        introduced = introduction_of(context, frame.sentence)
        found = introduced.instrument if introduced else None
    return found


def _why_not(match: Match, sides: _Sides, instrument: Instrument | None, *, by_thing: bool) -> str:
    """Why nobody on these sides takes a measure; empty where somebody may."""
    acting = any(p.acts for p in sides.subjects)
    if sides.askers and sides.subjects and not acting and match.predicate.type == "funding":
        return "no actor that makes measures"  # "a court ordered the company to pay"
    if match.frame.lemma in _LISTING and not by_thing and not instrument:
        return "a list"
    excused = instrument or by_thing or match.predicate.subject_moves
    if sides.subjects and not sides.actors and not excused:
        return "no actor that makes measures"
    return ""


def _nobody_refuses(
    context: Context, match: Match, sides: _Sides, realis: Realis, speaker: Filling | None
) -> bool:
    """Whether something is only said not to happen, by nobody who refuses it.

    "No Chadian troops would be stationed in Malta" is no refusal by Chad.
    """
    if realis.stage != "refused" or realis.governor is not None or match.frame.nominal:
        return False
    if match.predicate.subject_moves:
        return True
    if not match.frame.passive or sides.actors or own_government(context, speaker):
        return False
    return speaker is None or speaker[2] not in _owners(context, match.frame)


def _owners(context: Context, frame: Frame) -> set[object]:
    """The countries whose men or goods the objects are told to be: "its troops", "Peru's aid"."""
    owners = [c for head in frame.objects for c in head.lefts if c.dep_ == "poss"]
    found = [f[2] for f in whose_men(context, frame)]
    found += [p.value for p in _parties(context, frame, owners)]
    return {value for value in found if value is not None}


def _fill_actors(
    context: Context,
    match: Match,
    roles: Roles,
    sides: _Sides,
    instrument: Instrument | None,
    speaker: Filling | None,
    *,
    by_thing: bool,
) -> None:
    """Fill actor from who acts, else from whose plan, gift or men it is."""
    frame, predicate = match.frame, match.predicate
    if sides.askers:
        for party in [p for p in sides.subjects if p.acts]:
            roles.add("recipient", party.filler)
    for party in [*who_helps(context, frame), *sides.actors]:
        roles.add("actor", party.filler)
    if sides.actors or instrument:
        return
    told_of = by_thing and predicate.type != "other"
    makers = frame.subjects if told_of else [frame.token] if frame.nominal else []
    makers = match.heads if sides.receives else makers
    found = [f for noun in makers for f in who_made(context, frame.sentence, noun)]
    found += who_expels(context, frame)
    told = frame.passive and frame.token.dep_ != "acl" and predicate.type in _PROVIDED
    if not found and "actor" not in roles.filled and told:
        found = own_government(context, speaker)
    if not found and "actor" not in roles.filled and predicate.type == "deployment":
        found = whose_men(context, frame)
        if not found and speaker is not None and speaker[2] in _owners(context, frame):
            found = [speaker]  # "Peru said that its troops would not be deployed"
    for filling in found:
        roles.add("actor", filling)


def _fill_rest(
    context: Context, match: Match, roles: Roles, realis: Realis, *, asked: bool
) -> None:
    """Fill what, how much, whom, where, when and what for."""
    frame, predicate = match.frame, match.predicate
    if predicate.object_is_clause or (asked and predicate.recipient_is_object):
        roles.object_as_clause()
    else:
        roles.objects(
            match.heads,
            predicate.objects,
            persons=predicate.recipient_is_object,
            joined=match.whole,
        )
    inherent = context.codebook.stages.inherent.get(frame.lemma)
    roles.prepositions(
        moves=predicate.type in _MOVING,
        withheld=bool({realis.stage, inherent} & _FINAL),
        hits=predicate.type in ("trade", "border"),
    )
    if predicate.type == "trade":
        roles.demonym_of_goods()
    if predicate.type in ("training", "equipment") and not predicate.recipient_is_object:
        roles.recipients_of()
    asked_for = frame.objects if predicate.through and not frame.nominal else []
    for party in _parties(context, frame, asked_for):  # "asked the Bank for $80 million"
        if party.acts:
            roles.add("recipient", party.filler)
    if match.whole:
        roles.money_beside()
    roles.date()
    roles.purpose()


def _provided(
    context: Context,
    frame: Frame,
    realis: Realis,
    actors: list[Party],
    instrument: Instrument | None,
    speaker: Filling | None,
    stage: str,
) -> Instrument | None:
    """The signed instrument told before of which a plain "X will …" is a provision."""
    plain = realis.governor is None and speaker is None and instrument is None
    own_stage = frame.lemma in context.codebook.stages.inherent
    if stage != "promised" or not plain or own_stage:
        return None
    return provision_of(context, frame, actors)


def _stage(
    context: Context, match: Match, realis: Realis, instrument: Instrument | None, stage: str
) -> str:
    """The stage, as parliaments and instruments settle it."""
    frame = match.frame
    if stage == "done" and match.predicate.type == "funding" and not frame.passive:
        legislature = context.codebook.nouns["legislature"]
        if any(lemma_of(t) in legislature for t in frame.subjects):
            stage = "agreed"  # a parliament that grants money approves it (CODEBOOK, case 4)
    if stage == "promised" and instrument is None and is_under(context, frame):
        return "agreed"
    provides = instrument is not None and (
        realis.governor is None or frame.nominal or realis.governor.pos_ == "NOUN"
    )
    settled = instrument is not None and instrument.stage in ("signed", "in force")
    would = settled and any(c.lower_ == "would" for c in frame.token.children)
    stages = ("promised", "under way", "done", *(("proposed",) if would else ()))
    return "agreed" if provides and stage in stages and not _past(frame) else stage


def _type(context: Context, match: Match, filled: dict[str, list[Filling]]) -> str:
    """Type by the predicate; boats sent to nobody are a force that is sent ("to the reef")."""
    craft = context.codebook.nouns["craft"]
    own = match.predicate.type == "equipment" and match.frame.lemma == "send"
    moved = own and "recipient" not in filled and all(lemma_of(t) in craft for t in match.heads)
    return "deployment" if moved else match.predicate.type


def _told(context: Context, date: Filling, stage: str) -> Filling:
    """A date as the stage tells it: "on Friday" lies ahead of what is planned."""
    if stage not in _AHEAD:
        return behind(context, date)
    told, published = ahead(context, date), context.document.published
    if not isinstance(date[2], str) or published is None:
        return date
    return told if date[2] <= published else date


def _was_ahead(token: Token) -> bool:
    """Whether something lay ahead at a time gone by: "had been expected to pay by March".

    "Officials said that it was expected to" may still lie ahead, "it was expected to" does not.
    """
    current = token
    while current.dep_ in ("xcomp", "conj", "acl") and current.head != current:
        current = current.head
        helpers = {c.lower_ for c in current.children if c.dep_ in ("aux", "auxpass")}
        was = bool({"was", "were"} & {*helpers, current.lower_})
        if "had" in helpers or (was and current.dep_ == "ROOT"):
            return True
    return False


def _past(frame: Frame) -> bool:
    """Whether the predicate is told as a past event."""
    return (
        not frame.nominal
        and frame.token.tag_ in ("VBD", "VBN")
        and not any(c.lower_ in ("will", "to", "be") for c in frame.token.children)
    )
