"""Items of a list that have no verb: "Canada will provide: • training for border guards".

Comes in: the sentences of one document. Goes out: drafts of measures for items whose head is a noun
of money, training or equipment, told with whom or what they are for. The introduction of the list
says who does it, or under which instrument.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pactwatch.findings.context import Context
from pactwatch.findings.frames import Frame, frames_of, lemma_of
from pactwatch.findings.lists import Introduction, introduction_of
from pactwatch.findings.roles import Roles
from pactwatch.findings.same import Draft
from pactwatch.findings.stages import realis_of
from pactwatch.findings.sums import frame_of

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["items_alone"]

_TYPES = {"money": "funding", "training": "training", "equipment": "equipment"}
"""Type of the measure by the class of the item's head."""


def items_alone(context: Context) -> Iterator[Draft]:
    """Yield the measures of items without a verb; those of a sum are told by `sums`."""
    for sentence, doc in context.reading.parsed():
        head = next((t for t in doc if t.dep_ == "ROOT"), None)
        quantities = context.reading.quantities_in(sentence.start, sentence.end)
        if head is None or head.pos_ != "NOUN" or any(q.kind == "money" for q in quantities):
            continue
        sort = next((t for c, t in _TYPES.items() if _is(context, head, c)), None)
        introduced = introduction_of(context, sentence) if sort else None
        if sort is None or introduced is None:
            continue
        stage = _stage(context, introduced)
        if stage is None:
            continue
        draft = _draft(context, frame_of(sentence, head, lemma_of(head)), introduced)
        if draft is not None:
            draft.type, draft.stage, draft.trigger = sort, stage, f"measure.{sort}.item"
            yield draft


def _is(context: Context, head: Token, name: str) -> bool:
    words = context.codebook.nouns[name]
    before = [f"{lemma_of(c)} {lemma_of(head)}" for c in head.lefts if c.dep_ == "compound"]
    return lemma_of(head) in words or any(w in words for w in before)


def _stage(context: Context, introduced: Introduction) -> str | None:
    """How far what the list tells has come: as far as the verb of its introduction."""
    if introduced.instrument is not None:
        return "agreed"
    sentence = introduced.sentence
    if sentence.doc is None or not introduced.actors:
        return None
    for frame in frames_of(sentence, sentence.doc):
        if frame.token.dep_ == "ROOT" and frame.lemma in context.codebook.verbs["give"]:
            return realis_of(frame, context.codebook.stages).stage
    return None


def _draft(context: Context, frame: Frame, introduced: Introduction) -> Draft | None:
    sentence = frame.sentence
    roles = Roles(context, frame)
    for party in introduced.actors:
        roles.add("actor", party.filler)
    if introduced.instrument is not None:
        roles.add("agreement", introduced.instrument.name)
        for filling in () if introduced.actors else introduced.instrument.parties:
            roles.add("actor", filling)
    roles.add("object", (*context.phrases.noun_phrase(sentence, frame.token), None))
    roles.prepositions(moves=False, withheld=False)
    roles.date()
    roles.purpose()
    if not ({"recipient", "purpose"} & roles.filled.keys()):
        return None
    at = sentence.spans[frame.token.i]
    return Draft(
        type=None,
        stage=None,
        trigger="",
        roles=roles.filled,
        evidence=[(sentence.start, sentence.end)],
        at=at,
        lemma=frame.lemma,
        nominal=True,
        attributed_to=context.speaker_of(*at),
    )
