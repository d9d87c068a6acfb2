"""Measures: what governments and organisations do, undertake, threaten or stop.

Comes in: the context of one document. Goes out: findings of kind measure, one for each distinct
measure, and the candidates refused. Each verb or deverbal noun is held against the codebook's
predicates; `frames` gives the syntactic places, `roles` the words that fill the roles, `stages` the
stage; `same` puts mentions of one measure together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from pactwatch.codebook import Predicate
from pactwatch.codebook.grammar import load_grammar
from pactwatch.findings.context import Context, Filling, Instrument
from pactwatch.findings.frames import (
    Frame,
    frames_of,
    governor,
    lemma_of,
    subjects_of,
    with_partitives,
)
from pactwatch.findings.phrases import Party
from pactwatch.findings.roles import Roles, antecedent
from pactwatch.findings.same import Draft, merged
from pactwatch.findings.stages import Realis, realis_of
from pactwatch.findings.sums import sums_alone
from pactwatch.model import Finding, Rejected

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["find_measures"]

_SILENT = frozenset({"headline", "date"})
"""Kinds of blocks in which no measure is told for the first time."""


def find_measures(context: Context) -> Iterator[Finding | Rejected]:
    """Yield the measures that a document tells, and the candidates refused with their reason."""
    book = context.codebook
    nouns = frozenset(n for p in book.predicates for n in p.nouns) | book.stages.nouns.keys()
    drafts: list[Draft] = []
    for sentence, doc in context.reading.parsed():
        if sentence.kind in _SILENT:
            continue
        for frame in frames_of(sentence, doc, nouns=nouns):
            result = _of_frame(context, frame)
            if isinstance(result, Draft):
                drafts.append(result)
            elif result is not None:
                yield result
    drafts.extend(sums_alone(context, drafts))
    for draft in merged(context, drafts):
        for amount in draft.roles.get("amount", ()):
            context.spent.add((amount[0], amount[1]))
        yield draft.cut(context, "measure")


def _of_frame(context: Context, frame: Frame) -> Draft | Rejected | None:
    """The measure that a frame tells, or why it tells none; None where it has no predicate."""
    best: tuple[tuple[int, int], Predicate, list[Token]] | None = None
    for predicate in context.codebook.predicates:
        strength, heads = _fit(context, frame, predicate)
        rank = strength, -min((head.i for head in heads), default=0)  # of equals, the first named
        if strength and (best is None or rank > best[0]):
            best = rank, predicate, heads
    if best is None:
        return None
    _, predicate, heads = best
    at = frame.sentence.spans[frame.token.i]
    speaker = context.speaker_of(*at)
    realis = realis_of(frame, context.codebook.stages, reported=speaker is not None)
    draft: Draft | str
    stages = context.codebook.stages
    verb = frame.token.head if frame.nominal and frame.token.dep_ == "dobj" else frame.token
    if _is_purpose(verb, stages.nouns.keys() | stages.transparent_nouns):
        draft = "purpose of another measure"
    elif realis.refused or realis.stage is None:
        draft = realis.refused or "no stage"
    else:
        draft = _draft(context, frame, predicate, realis, heads, reported=speaker is not None)
    if isinstance(draft, str):
        sentence = frame.sentence
        return context.reject("measure", predicate.id, draft, sentence.start, sentence.end)
    draft.attributed_to = speaker
    return draft


def _is_purpose(token: Token, stage_nouns: Collection[str]) -> bool:
    """A "to …" clause that says what another measure is for is no measure of its own."""
    while token.dep_ == "conj" and token.head.pos_ == "VERB":
        token = token.head
    if not any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children):
        return False
    if token.dep_ == "advcl":
        return governor(token) is None
    return token.dep_ in ("acl", "relcl") and lemma_of(token.head) not in stage_nouns


def _fit(context: Context, frame: Frame, predicate: Predicate) -> tuple[int, list[Token]]:
    """How well a frame fits a predicate (0: not at all), and the heads of the objects that do.

    A noun of promise or proposal ("a proposal for a fence") fits any predicate by its object alone.
    """
    if frame.nominal:
        plan = frame.lemma in context.codebook.stages.nouns
        if frame.lemma not in predicate.nouns and not plan:
            return 0, []
        if predicate.objects == {"$"}:
            return (4, []) if _sum_before(context, frame) else (0, [])
        if not frame.objects:
            return (0, []) if plan else (1, [])
    else:
        plan = False
        if frame.lemma not in predicate.verbs and frame.phrase not in predicate.verbs:
            return 0, []
    candidates = [
        inner
        for head in frame.objects
        for inner in with_partitives(head, context.codebook.nouns["partitive"])
    ]
    if predicate.subject_moves:
        candidates = list(frame.subjects)
    if plan:
        candidates = [head for head in candidates if head.dep_ != "compound"]
    if predicate.through:
        candidates = [n for p, n in frame.preps if p in predicate.through]
    strength, fitting = 0, []
    for head in candidates:
        fit = _object_fits(context, frame, head, predicate)
        if fit >= (3 if plan else 1):
            fitting.append(head)
            strength = max(strength, fit)
    return strength, fitting


def _object_fits(context: Context, frame: Frame, head: Token, predicate: Predicate) -> int:
    lemma = lemma_of(head)
    if "$" in predicate.objects and _is_money(context, frame, head):
        return 5
    before = [c for c in head.lefts if c.dep_ in ("compound", "amod")]
    if any(f"{lemma_of(c)} {lemma}" in predicate.objects for c in before):
        return 4
    if lemma in predicate.objects or head.text in predicate.objects:
        return 3
    if head.pos_ == "PRON" and predicate.recipient_is_object and head.lower_ in ("they", "them"):
        return 2
    if head.pos_ == "NUM" and "*" not in predicate.objects:
        return 2 if antecedent(context, frame.sentence, predicate.objects) else 0
    parties = context.phrases.parties(frame.sentence, head)
    if "*" in predicate.objects and head.pos_ != "PRON":
        if predicate.recipient_is_object and all(p.kind == "thing" for p in parties):
            return 0
        return 2
    if "*person" in predicate.objects and any(p.kind == "person" for p in parties):
        return 2
    if "*counted" in predicate.objects and head.pos_ != "NUM":
        start, end = context.phrases.noun_phrase(frame.sentence, head, after=())
        counted = any(q.kind == "count" for q in context.reading.quantities_in(start, end))
        return 2 if counted and all(p.kind == "thing" for p in parties) else 0
    if "*agent" in predicate.objects and any(p.acts and p.kind != "person" for p in parties):
        return 2
    if predicate.recipient_is_object and any(p.kind == "people" for p in parties):
        return 2
    return 0


def _is_money(context: Context, frame: Frame, head: Token) -> bool:
    at = frame.sentence.spans[head.i]
    start = frame.sentence.spans[head.left_edge.i][0]
    within = context.reading.quantities_in(start, frame.sentence.end)
    if any(q.kind == "money" and q.start <= at[0] < q.end for q in within):
        return True
    edge = frame.sentence.spans[head.right_edge.i][1]  # "a package of $8 million"
    between = {c.lower_ for c in head.rights if c.dep_ == "prep"} & {"of", "worth"}
    return any(
        q.kind == "money" and (q.end <= at[1] or (between and at[1] <= q.start < edge))
        for q in within
    )


def _nobody(
    frame: Frame, predicate: Predicate, filled: dict[str, list[Filling]], only_received: bool
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
    if not frame.passive and not ({"amount"} & told or frame.subjects):
        return (
            ""
            if {"recipient"} & told and {"date", "place", "purpose"} & told
            else "nobody takes part"
        )
    if not ({"recipient", "amount"} & told):
        return "nobody takes part"
    return ""


def _sum_before(context: Context, frame: Frame) -> bool:
    """Whether a noun is of a sum: "the $30 million grant", "a grant of $30 million"."""
    spans, noun = frame.sentence.spans, frame.token
    money = [
        q
        for q in context.reading.quantities_in(
            spans[noun.left_edge.i][0], spans[noun.right_edge.i][1]
        )
        if q.kind == "money"
    ]
    between = {c.lower_ for c in noun.rights if c.dep_ == "prep"}
    return any(
        q.end <= spans[noun.i][1] or (between & {"of", "worth"} and q.start - spans[noun.i][1] < 12)
        for q in money
    )


def _draft(
    context: Context,
    frame: Frame,
    predicate: Predicate,
    realis: Realis,
    heads: list[Token],
    *,
    reported: bool,
) -> Draft | str:
    """Fill the roles of a measure, or say why it is none."""
    sentence, phrases = frame.sentence, context.phrases
    subjects = [p for token in frame.subjects for p in phrases.parties(sentence, token)]
    receives = not frame.nominal and frame.lemma in load_grammar().receiving
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
        subjects = _who_ensures(context, frame) or subjects
    askers = [p for token in realis.askers for p in phrases.parties(sentence, token) if p.acts]
    instrument = _instrument(context, frame)
    actors = [] if predicate.subject_moves else [p for p in subjects if p.acts]
    roles = Roles(context, frame)
    if askers:
        for party in actors:
            roles.add("recipient", party.filler)
        actors = askers
    acting_thing = any(lemma_of(t) in context.codebook.nouns["undertaking"] for t in frame.subjects)
    if (
        subjects
        and not actors
        and not instrument
        and not acting_thing
        and not predicate.subject_moves
    ):
        return "no actor that makes measures"
    for party in [*_who_helps(context, frame), *actors]:
        roles.add("actor", party.filler)
    for party in given_to:
        if party.kind != "thing":
            roles.add("recipient", party.filler)
    consent = frame.nominal and context.codebook.stages.nouns.get(frame.lemma) == "agreed"
    if consent and not frame.possessed:
        instrument = context.instrument_at(*sentence.spans[frame.token.i]) or instrument
        if instrument and instrument.parties:  # those who sign it may be ministers; its parties act
            actors = []
            roles.filled.pop("actor", None)
    if instrument:
        roles.add("agreement", instrument.name)
        for filling in () if actors or frame.passive else instrument.parties:
            roles.add("actor", filling)
    if predicate.object_is_clause or (askers and predicate.recipient_is_object):
        roles.object_as_clause()
    else:
        roles.objects(heads, predicate.objects, persons=predicate.recipient_is_object)
    roles.prepositions(
        moves=predicate.type in ("deployment", "border", "operation"),
        withheld=realis.stage in ("suspended", "ended"),
    )
    if predicate.type == "trade":
        roles.demonym_of_goods()
    if predicate.type in ("training", "equipment") and not predicate.recipient_is_object:
        roles.recipients_of()
    for token in frame.objects if predicate.through and not frame.nominal else ():
        for party in phrases.parties(sentence, token):  # "asked the Bank for $80 million"
            if party.acts:
                roles.add("recipient", party.filler)
    roles.money_beside()
    roles.date()
    roles.purpose()
    stage = realis.stage or "done"
    provided = None
    if (
        instrument is None
        and stage == "promised"
        and realis.governor is None
        and not reported
        and frame.lemma not in context.codebook.stages.inherent
    ):
        provided = _provision_of(context, frame, actors)
    if provided:
        stage = "agreed"
        roles.add("agreement", provided.name)
    filled = roles.filled
    if not actors and not instrument and not provided:
        empty = _nobody(frame, predicate, filled, receives and not any(p.acts for p in given_to))
        if empty:
            return empty
    if not ({"object", "recipient", "amount", "place"} & filled.keys()):
        return "nothing told but the word"
    if not predicate.needs <= filled.keys():
        return f"no {min(predicate.needs - filled.keys())}"
    provides = instrument is not None and (
        realis.governor is None or frame.nominal or realis.governor.pos_ == "NOUN"
    )
    settled = instrument is not None and instrument.stage in ("signed", "in force")
    stages = ("promised", "under way", "done", *(("proposed",) if settled else ()))
    if provides and stage in stages and not _past(frame):
        stage = "agreed"
    return Draft(
        type=predicate.type,
        stage=stage,
        trigger=predicate.id,
        roles=filled,
        evidence=[(sentence.start, sentence.end)],
        at=sentence.spans[frame.token.i],
        lemma=frame.lemma,
        nominal=frame.nominal,
    )


def _past(frame: Frame) -> bool:
    """Whether the predicate is told as a past event."""
    return (
        not frame.nominal
        and frame.token.tag_ in ("VBD", "VBN")
        and not any(c.lower_ in ("will", "to", "be") for c in frame.token.children)
    )


_REACH = 6
"""Sentences after a signed instrument in which "X will …" is still a provision of it."""


def _provision_of(context: Context, frame: Frame, actors: list[Party]) -> Instrument | None:
    """The signed instrument of the sentences before, where "X will …" tells what it provides.

    States that are no parties of it don't act under it.
    """
    sentences, index = context.reading.sentences, frame.sentence.index
    since = sentences[max(0, index - _REACH)].start
    best: tuple[int, Instrument] | None = None
    for instrument in context.instruments:
        if instrument.stage not in ("signed", "in force"):
            continue
        before = [s for s, _ in instrument.mentions if since <= s < frame.sentence.start]
        if before and (best is None or before[-1] > best[0]):
            best = before[-1], instrument
    if best is None:
        return None
    parties = {value for _, _, value in best[1].parties if value}
    states = {p.value for p in actors if p.kind == "state"}
    return best[1] if not parties or states <= parties else None


def _who_helps(context: Context, frame: Frame) -> list[Party]:
    """Who helps another to do it: "agents helped police arrest nine men" is done by both."""
    above = governor(frame.token)
    if above is None or lemma_of(above) not in load_grammar().helping:
        return []
    if not any(c.dep_ in ("dobj", "nsubj") for c in above.children):
        return []
    helpers = [
        p for t in subjects_of(above) for p in context.phrases.parties(frame.sentence, t) if p.acts
    ]
    own = {t.i for t in frame.subjects}
    return helpers if not own & {t.i for t in subjects_of(above)} else []


def _who_ensures(context: Context, frame: Frame) -> list[Party]:
    """Who is above a clause without an acting subject: "Fiji will ensure that all get care"."""
    above = governor(frame.token)
    for _ in range(3):
        if above is None or lemma_of(above) not in context.codebook.stages.transparent:
            return []
        found = [
            p
            for token in subjects_of(above)
            for p in context.phrases.parties(frame.sentence, token)
            if p.acts
        ]
        if found:
            return found
        above = governor(above)
    return []


def _instrument(context: Context, frame: Frame) -> Instrument | None:
    """The instrument under which a measure stands ("under the memorandum")."""
    sentence, current = frame.sentence, frame.token
    phrases = list(frame.preps)
    for _ in range(3):  # "Under the agreement, both will …" may hang on a verb above
        for child in current.children:
            if child.dep_ == "prep":
                phrases += [(child.lower_, g) for g in child.children if g.dep_ == "pobj"]
        if current.dep_ not in ("xcomp", "conj", "ccomp"):
            break
        current = current.head
    for preposition, noun in phrases:
        above = noun.head
        if noun.tag_ == "WDT":  # "a deal under which …"
            clause = frame.token
            while clause.dep_ in ("xcomp", "conj", "ccomp"):
                clause = clause.head
            noun = clause.head if clause.dep_ == "relcl" else noun
        accords = above.lower_ in ("to", "with") and above.head.lower_ in (
            "according",
            "accordance",
            "line",
            "association",
        )
        if preposition in ("under", "through", "by") or accords:
            found = context.instrument_at(*sentence.spans[noun.i])
            if found:
                return found
    above = frame.token
    for _ in range(4):  # "The agreement provides for the transfer of …"
        if above.dep_ == "ROOT" or above.pos_ == "VERB":
            break
        above = above.head
    for subject in [*frame.subjects, *(subjects_of(above) if above.pos_ == "VERB" else [])]:
        found = context.instrument_at(*sentence.spans[subject.i])
        if found:
            return found
    return None
