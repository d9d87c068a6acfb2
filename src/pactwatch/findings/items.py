"""Items of a list that have no verb: "Canada will provide: • training for border guards".

Comes in: the sentences of one document. Goes out: drafts of measures for items that a predicate of
the codebook takes as its object. The introduction of the list gives the verb, who does it and who
gets it, or the instrument that lays it down.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pactwatch.findings.context import Context
from pactwatch.findings.frames import Frame, lemma_of
from pactwatch.findings.lists import Introduction, introduction_of
from pactwatch.findings.matching import best_by_class
from pactwatch.findings.roles import Roles
from pactwatch.findings.same import Draft
from pactwatch.findings.sums import frame_of

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["items_alone"]

_TYPES = {"money": "funding", "training": "training", "equipment": "equipment"}
"""Type of the measure by the class of the item's head, where an instrument lays it down."""
_GIVEN = frozenset({"funding", "training", "equipment", "deployment"})
"""Types of measures that lists without verbs tell."""


def items_alone(context: Context) -> Iterator[Draft]:
    """Yield the measures of items without a verb; those of a sum are told by `sums`."""
    for sentence, doc in context.reading.parsed():
        head = next((t for t in doc if t.dep_ == "ROOT"), None)
        quantities = context.reading.quantities_in(sentence.start, sentence.end)
        if head is None or head.pos_ not in ("NOUN", "PROPN"):
            continue
        if any(q.kind == "money" for q in quantities):
            continue
        introduced = introduction_of(context, sentence)
        if introduced is None:
            continue
        item = frame_of(sentence, head, lemma_of(head))
        told = _told(context, item, introduced)
        if told is None:
            continue
        sort, stage = told
        draft = _draft(context, item, introduced)
        if draft is not None:
            draft.type, draft.stage, draft.trigger = sort, stage, f"measure.{sort}.item"
            yield draft


def _told(context: Context, item: Frame, introduced: Introduction) -> tuple[str, str] | None:
    """Type and stage of an item: by its noun under an instrument, else as a predicate takes it."""
    if introduced.instrument is not None:
        sort = next((t for c, t in _TYPES.items() if _is(context, item.token, c)), None)
        return (sort, "agreed") if sort else None
    frame = introduced.frame
    if frame is None or introduced.stage is None or not introduced.actors:
        return None
    held = Frame(sentence=item.sentence, token=item.token, lemma=frame.lemma, phrase=frame.phrase)
    fit = best_by_class(context, held, [item.token])
    return (fit[0].type, introduced.stage) if fit is not None and fit[0].type in _GIVEN else None


def _is(context: Context, head: Token, name: str) -> bool:
    words = context.codebook.nouns[name]
    before = [f"{lemma_of(c)} {lemma_of(head)}" for c in head.lefts if c.dep_ == "compound"]
    return lemma_of(head) in words or any(w in words for w in before)


def _draft(context: Context, frame: Frame, introduced: Introduction) -> Draft | None:
    sentence = frame.sentence
    roles = Roles(context, frame)
    for party in introduced.actors:
        roles.add("actor", party.filler)
    for filling in introduced.recipients:
        roles.add("recipient", filling)
    if introduced.instrument is not None:
        roles.add("agreement", introduced.instrument.name)
        for filling in () if introduced.actors else introduced.instrument.parties:
            roles.add("actor", filling)
    roles.objects([frame.token], frozenset(), persons=False)
    roles.prepositions(moves=False, withheld=False)
    roles.date()
    roles.purpose()
    if not ({"recipient", "purpose", "amount"} & roles.filled.keys()):
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
