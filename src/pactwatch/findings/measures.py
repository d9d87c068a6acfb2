"""Measures: what governments and organisations do, undertake, threaten or stop.

Comes in: the context of one document. Goes out: findings of kind measure, one for each distinct
measure, and the candidates refused. Each verb or deverbal noun is held against the codebook's
predicates by `matching`; `frames` gives the syntactic places, `stages` what is asserted,
`drafting` the roles and the reasons against; `same` puts mentions of one measure together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from pactwatch.codebook.grammar import load_grammar
from pactwatch.findings.asserted import not_asserted
from pactwatch.findings.context import Context
from pactwatch.findings.drafting import draft_of
from pactwatch.findings.frames import Frame, frames_of, governor, is_carried, lemma_of
from pactwatch.findings.items import items_alone
from pactwatch.findings.lists import introduction_of
from pactwatch.findings.matching import Match, predicates_of
from pactwatch.findings.same import Draft, merged
from pactwatch.findings.stages import realis_of
from pactwatch.findings.sums import sums_alone
from pactwatch.model import Finding, Rejected

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["find_measures"]

_SILENT = frozenset({"headline", "date"})
"""Kinds of blocks in which no measure is told for the first time."""

_TAKEN_BACK = ("denied", "hypothetical", "invented")


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
        _no_gift_to_oneself(draft)
        for amount in draft.roles.get("amount", ()):
            context.spent.add((amount[0], amount[1]))
        yield draft.cut(context, "measure")


def _no_gift_to_oneself(draft: Draft) -> None:
    """Take a state out of the recipients of what it alone does."""
    actors = {value for _, _, value in draft.roles.get("actor", ())}
    if len(actors) != 1 or None in actors:
        return
    others = [f for f in draft.roles.get("recipient", ()) if f[2] not in actors]
    if others:
        draft.roles["recipient"] = others
    else:
        draft.roles.pop("recipient", None)


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
            draft = draft_of(context, match, realis, speaker)
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
        token.dep_ in ("acl", "relcl")
        and not announced
        and not is_carried(token)
        and lemma_of(token.head) not in stage_nouns
    )
