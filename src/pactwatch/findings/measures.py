"""Measures: what governments and organisations do, undertake, threaten or stop.

Comes in: the context of one document. Goes out: findings of kind measure, one for each distinct
measure, and the candidates refused. Each verb or deverbal noun is held against the codebook's
predicates by `matching`; `frames` gives the syntactic places, `roles` the words that fill the
roles, `stages` the stage, `provisions` the instrument; `same` puts mentions of one measure
together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from pactwatch.codebook.grammar import load_grammar
from pactwatch.findings.asserted import not_asserted
from pactwatch.findings.circumstances import ahead, behind
from pactwatch.findings.context import Context, Filling, Instrument
from pactwatch.findings.doers import (
    gets,
    own_government,
    who_ensures,
    who_helps,
    who_made,
    whose_men,
    why_nobody,
)
from pactwatch.findings.frames import Frame, frames_of, governor, lemma_of, subjects_of
from pactwatch.findings.items import items_alone
from pactwatch.findings.lists import introduction_of, listed_verb
from pactwatch.findings.matching import Match, predicates_of
from pactwatch.findings.provisions import instrument_of, is_under, provision_of
from pactwatch.findings.roles import Roles
from pactwatch.findings.same import Draft, merged
from pactwatch.findings.stages import Realis, realis_of
from pactwatch.findings.sums import sums_alone
from pactwatch.model import Finding, Rejected

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["find_measures"]

_SILENT = frozenset({"headline", "date"})
"""Kinds of blocks in which no measure is told for the first time."""

_LISTING = frozenset({"include", "comprise", "involve"})
"""Verbs of plans and packages; a group that includes somebody does nothing."""

_PROVIDED = frozenset({"funding", "equipment", "training", "development"})
"""Types of measures that governments announce in the passive: "$4 million will be given"."""

_TAKEN_BACK = ("denied", "invented")


def find_measures(context: Context) -> Iterator[Finding | Rejected]:
    """Yield the measures that a document tells, and the candidates refused with their reason."""
    book = context.codebook
    nouns = frozenset(n for p in book.predicates for n in p.nouns) | book.stages.nouns.keys()
    drafts: list[Draft] = []
    for sentence, doc in context.reading.parsed():
        if sentence.kind in _SILENT and introduction_of(context, sentence) is None:
            continue
        for frame in frames_of(sentence, doc, nouns=nouns):
            for result in _of_frame(context, frame):
                if isinstance(result, Draft):
                    drafts.append(result)
                else:
                    yield result
    drafts.extend(sums_alone(context, drafts))
    drafts.extend(items_alone(context))
    for result in _of_titles(context):
        if isinstance(result, Draft):
            drafts.append(result)
        else:
            yield result
    kept = merged(context, drafts)
    told = {span for draft in kept for span in draft.evidence}
    for draft in drafts:
        if draft.title and draft.evidence[0] not in told:
            yield context.reject("measure", draft.trigger, "headline only", *draft.evidence[0])
    for draft in kept:
        for amount in draft.roles.get("amount", ()):
            context.spent.add((amount[0], amount[1]))
        yield draft.cut(context, "measure")


def _of_titles(context: Context) -> Iterator[Draft | Rejected]:
    """What the headlines above the text tell; "why" and "how" only lead on to it."""
    for line in context.reading.titles:
        if line.doc is None or line.doc[0].tag_ in ("WRB", "WP", "WDT", "WP$"):
            continue
        for frame in frames_of(line, line.doc):
            for result in _of_frame(context, frame):
                if isinstance(result, Draft):
                    result.title = True
                yield result


def _of_frame(context: Context, frame: Frame) -> Iterator[Draft | Rejected]:
    """The measures that a frame tells, or why it tells none; nothing where it has no predicate."""
    found = predicates_of(context, frame)
    if not found:
        return
    at = frame.sentence.spans[frame.token.i]
    speaker = context.speaker_of(*at)
    stages = context.codebook.stages
    verb = frame.token.head if frame.nominal and frame.token.dep_ == "dobj" else frame.token
    for match in found:
        draft: Draft | str
        predicate = match.predicate
        reported = speaker is not None
        hurts = predicate.type == "trade"
        realis = realis_of(frame, stages, reported=reported, plain=predicate.plain, penalty=hurts)
        if _is_purpose(verb, stages.nouns.keys() | stages.transparent_nouns):
            draft = "purpose of another measure"
        elif realis.refused or realis.stage is None:
            draft = realis.refused or "no stage"
        elif realis.stage != "refused" and (doubt := _doubt(context, match)) in _TAKEN_BACK:
            draft = doubt  # threats and wishes are stages of measures; what is denied is none
        else:
            draft = _draft(context, match, realis, speaker)
        if isinstance(draft, str):
            sentence = frame.sentence
            yield context.reject("measure", predicate.id, draft, sentence.start, sentence.end)
        else:
            draft.attributed_to = speaker
            yield draft


def _doubt(context: Context, match: Match) -> str | None:
    """Why what a predicate tells is not asserted; an exercise is none the less held."""
    doubt = not_asserted(match.frame.token)
    exercise = any(
        lemma_of(t) in context.codebook.nouns["manoeuvre"]
        for t in (match.frame.token, *match.heads)
    )
    return None if doubt == "invented" and exercise else doubt


def _is_purpose(token: Token, stage_nouns: Collection[str]) -> bool:
    """A "to …" clause that says what another measure is for is no measure of its own."""
    while token.dep_ == "conj" and token.head.pos_ == "VERB":
        token = token.head
    if token.dep_ == "pcomp" and token.head.lower_ == "for":  # "boats for patrolling the coast"
        above = token.head.head
        return above.pos_ == "VERB" and lemma_of(above) not in load_grammar().for_deeds
    if not any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children):
        return False
    if token.dep_ == "advcl":
        return governor(token) is None
    announced = token.head.dep_ == "ROOT" and token.head.pos_ == "PROPN"  # "Kenya to send …"
    return (
        token.dep_ in ("acl", "relcl") and not announced and lemma_of(token.head) not in stage_nouns
    )


def _draft(context: Context, match: Match, realis: Realis, speaker: Filling | None) -> Draft | str:
    """Fill the roles of a measure, or say why it is none."""
    frame, predicate = match.frame, match.predicate
    sentence, phrases = frame.sentence, context.phrases
    # "to be sent by the end of August" names no doer
    frame.subjects = [
        t for t in frame.subjects if not context.reading.date_at(sentence.spans[t.i][0])
    ]
    subjects = [p for token in frame.subjects for p in phrases.parties(sentence, token)]
    receiving = load_grammar().receiving if not predicate.recipient_is_object else ()
    receives = gets(frame, predicate) if frame.nominal else frame.lemma in receiving
    learners = any(p.kind in ("officials", "people") for p in subjects)
    receives = receives or (predicate.subject_receives and learners)
    if receives and frame.nominal:  # "received a donation of boats"
        above = subjects_of(frame.token.head)
        subjects = [p for token in above for p in phrases.parties(sentence, token)]
    given_to = subjects if receives else []
    if receives:
        subjects = [
            p
            for preposition, noun in frame.preps
            if preposition in ("from", "of")
            for p in phrases.parties(sentence, noun)
            if p.acts
        ]
    patient = frame.possessed and predicate.recipient_is_object
    if patient and all(p.kind in ("person", "people") for p in subjects):
        given_to, subjects = subjects, []  # "his extradition"
    elif patient and all(t.pos_ == "PRON" for t in frame.subjects):
        subjects = []  # "their processing" is done to them
    if not any(p.acts for p in subjects) and (frame.passive or given_to or subjects):
        subjects = who_ensures(context, frame) or subjects
    askers = [p for token in realis.askers for p in phrases.parties(sentence, token) if p.acts]
    instrument = instrument_of(context, frame)
    if instrument is None and speaker is not None:
        instrument = context.instrument_at(*speaker[:2])  # "according to the memorandum, …"
    if instrument is None:
        instrument = _in_commitment(context, frame)
    if instrument is None and not frame.nominal:  # nouns of an item are often only background
        introduced = introduction_of(context, sentence)
        instrument = introduced.instrument if introduced else None
    item = listed_verb(context, frame) if not subjects else None
    if item is not None:
        subjects = list(item.actors)
    if predicate.subject_moves:  # "forty officers will come from the coast guard"
        subjects = [
            p
            for preposition, noun in frame.preps
            if preposition == "from"
            for p in phrases.parties(sentence, noun)
            if p.kind in ("agency", "organisation")
        ]
    actors = [p for p in subjects if p.acts]
    roles = Roles(context, frame)
    if askers and subjects and not actors and predicate.type == "funding":
        return "no actor that makes measures"  # "a court ordered the company to pay"
    if askers:
        for party in actors:
            roles.add("recipient", party.filler)
        actors = askers
    acting_thing = any(lemma_of(t) in context.codebook.nouns["undertaking"] for t in frame.subjects)
    if frame.lemma in _LISTING and not acting_thing and not instrument:
        return "a list"
    if (
        subjects
        and not actors
        and not instrument
        and not acting_thing
        and not predicate.subject_moves
    ):
        return "no actor that makes measures"
    for party in [*who_helps(context, frame), *actors]:
        roles.add("actor", party.filler)
    if not actors and not instrument:
        told_of = acting_thing and predicate.type != "other"
        makers = frame.subjects if told_of else [frame.token] if frame.nominal else []
        makers = match.heads if receives else makers
        for filling in [f for noun in makers for f in who_made(context, sentence, noun)]:
            roles.add("actor", filling)
        if frame.passive and frame.lemma in load_grammar().expelling:
            for preposition, noun in frame.preps:
                for party in phrases.parties(sentence, noun) if preposition == "from" else ():
                    if party.kind == "state":
                        roles.add("actor", party.filler)
        told = frame.passive and frame.token.dep_ != "acl" and predicate.type in _PROVIDED
        if "actor" not in roles.filled and told:
            for filling in own_government(context, speaker):
                roles.add("actor", filling)
        if "actor" not in roles.filled and predicate.type == "deployment":
            for filling in whose_men(context, frame):
                roles.add("actor", filling)
    acted = "actor" in roles.filled
    for party in given_to:
        if party.kind != "thing":
            roles.receiver(party)
    consent = frame.nominal and context.codebook.stages.nouns.get(frame.lemma) == "agreed"
    if consent and not frame.possessed:
        instrument = context.instrument_at(*sentence.spans[frame.token.i]) or instrument
        if instrument and instrument.parties:  # those who sign it may be ministers; its parties act
            actors = []
            roles.filled.pop("actor", None)
    if instrument:
        roles.add("agreement", instrument.name)
        for filling in () if acted or frame.passive else instrument.parties:
            roles.add("actor", filling)
    if predicate.object_is_clause or (askers and predicate.recipient_is_object):
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
        moves=predicate.type in ("deployment", "border", "operation"),
        withheld=bool({realis.stage, inherent} & {"suspended", "ended"}),
        hits=predicate.type in ("trade", "border"),
    )
    if predicate.type == "trade":
        roles.demonym_of_goods()
    if predicate.type in ("training", "equipment") and not predicate.recipient_is_object:
        roles.recipients_of()
    for token in frame.objects if predicate.through and not frame.nominal else ():
        for party in phrases.parties(sentence, token):  # "asked the Bank for $80 million"
            if party.acts:
                roles.add("recipient", party.filler)
    if match.whole:
        roles.money_beside()
    roles.date()
    roles.purpose()
    stage = realis.stage or "done"
    if item is not None and realis.stage in ("under way", "promised"):
        stage = item.stage or "promised"
    provided = None
    if (
        instrument is None
        and stage == "promised"
        and realis.governor is None
        and speaker is None
        and frame.lemma not in context.codebook.stages.inherent
    ):
        provided = provision_of(context, frame, actors)
    if provided:
        stage = "agreed"
        roles.add("agreement", provided.name)
    filled = roles.filled
    if "date" in filled:
        dated = "done" if roles.dated_behind else stage
        filled["date"] = [_told(context, date, dated) for date in filled["date"]]
    if not acted and not instrument and not provided:
        received = any(p.acts and p.kind != "person" for p in given_to) if receives else None
        empty = why_nobody(frame, predicate, filled, received=received, by_thing=acting_thing)
        if empty:
            return empty
    if not ({"object", "recipient", "amount", "place"} & filled.keys()):
        return "nothing told but the word"
    if not predicate.needs <= filled.keys():
        return f"no {min(predicate.needs - filled.keys())}"
    if stage == "done" and predicate.type == "funding" and not frame.passive:
        legislature = context.codebook.nouns["legislature"]
        if any(lemma_of(t) in legislature for t in frame.subjects):
            stage = "agreed"  # a parliament that grants money approves it (CODEBOOK, case 4)
    provides = instrument is not None and (
        realis.governor is None or frame.nominal or realis.governor.pos_ == "NOUN"
    )
    settled = instrument is not None and instrument.stage in ("signed", "in force")
    would = settled and any(c.lower_ == "would" for c in frame.token.children)
    if stage == "promised" and instrument is None and is_under(context, frame):
        stage = "agreed"
    stages = ("promised", "under way", "done", *(("proposed",) if would else ()))
    if provides and stage in stages and not _past(frame):
        stage = "agreed"
    craft = context.codebook.nouns["craft"]
    own = predicate.type == "equipment" and frame.lemma == "send" and "recipient" not in filled
    moved = own and all(lemma_of(t) in craft for t in match.heads)  # "sends boats to the reef"
    return Draft(
        type="deployment" if moved else predicate.type,
        stage=stage,
        trigger=predicate.id,
        roles=filled,
        evidence=[(sentence.start, sentence.end)],
        at=sentence.spans[frame.token.i],
        lemma=frame.lemma,
        nominal=frame.nominal,
        tenseless=frame.token.tag_ == "VBG"
        and realis.governor is None
        and not any(c.dep_ == "aux" for c in frame.token.children),
    )


_AHEAD = frozenset({"proposed", "threatened", "promised", "agreed"})


def _told(context: Context, date: Filling, stage: str) -> Filling:
    """A date as the stage tells it: "on Friday" lies ahead of what is planned."""
    if stage not in _AHEAD:
        return behind(context, date)
    told, published = ahead(context, date), context.document.published
    if not isinstance(date[2], str) or published is None:
        return date
    return told if date[2] <= published else date


def _in_commitment(context: Context, frame: Frame) -> Instrument | None:
    """The instrument that lays down a commitment: "the pact affirms Peru's commitment to send"."""
    noun = frame.token
    while noun.dep_ in ("conj", "xcomp", "ccomp", "acl", "relcl") and noun.pos_ in ("VERB", "AUX"):
        noun = noun.head
    verb = noun.head
    if noun.pos_ != "NOUN" or noun.dep_ != "dobj" or verb.pos_ != "VERB":
        return None
    if context.codebook.stages.nouns.get(lemma_of(noun)) not in ("promised", "agreed"):
        return None
    for subject in subjects_of(verb):
        found = context.instrument_at(*frame.sentence.spans[subject.i])
        if found is not None:
            return found
    return None


def _past(frame: Frame) -> bool:
    """Whether the predicate is told as a past event."""
    return (
        not frame.nominal
        and frame.token.tag_ in ("VBD", "VBN")
        and not any(c.lower_ in ("will", "to", "be") for c in frame.token.children)
    )
