"""Money told without a verb: the lines of a budget ("$4 million to help the police of Tonga").

Comes in: the measures found so far. Goes out: drafts of funding for sums that no measure has, where
the words beside a sum say for whom or what it is. A sum that is only mentioned (a price, a debt, a
payment between private persons) makes no measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pactwatch.codebook.grammar import load_grammar
from pactwatch.findings.context import Context
from pactwatch.findings.frames import Frame, conjuncts, lemma_of, prepositions, subjects_of
from pactwatch.findings.lists import introduction_of
from pactwatch.findings.roles import Roles
from pactwatch.findings.same import Draft
from pactwatch.language import Sentence
from pactwatch.language.quantities import QuantityMention

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["frame_of", "sums_alone"]

_TRIGGER = "measure.funding.sum"


def sums_alone(context: Context, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Yield funding for sums that stand in no draft, told with what they are for."""
    spent = {v[:2] for d in drafts for v in d.roles.get("amount", ())}
    for quantity in context.reading.quantities:
        if quantity.kind != "money" or (quantity.start, quantity.end) in spent:
            continue
        sentence = context.reading.sentence_at(quantity.start)
        if sentence is None or sentence.doc is None or sentence.kind in ("headline", "date"):
            continue
        token = sentence.token_at(quantity.end - 1)
        while (
            token is not None and token.dep_ != "ROOT" and _inside(sentence, token.head, quantity)
        ):
            token = token.head
        if token is not None and token.dep_ == "pobj" and token.head.lower_ == "of":
            whole = token.head.head  # "a total of $5 million"
            token = whole if lemma_of(whole) in context.codebook.nouns["partitive"] else token
        if token is None or not _stands_alone(token):
            continue
        frame = frame_of(sentence, token, "sum")
        roles = Roles(context, frame)
        roles.add("amount", (quantity.start, quantity.end, quantity.quantity))
        roles.sum_is_for()
        roles.prepositions(moves=False, withheld=False)
        roles.date()
        roles.purpose()
        if not ({"object", "recipient", "purpose"} & roles.filled.keys()):
            continue
        for subject in subjects_of(token.head) if token.head.pos_ == "VERB" else []:
            for party in context.phrases.parties(sentence, subject):
                if party.acts:
                    roles.add("actor", party.filler)
        introduced = introduction_of(context, sentence)
        if introduced is not None and "actor" not in roles.filled:
            for party in introduced.actors:
                roles.add("actor", party.filler)
        if introduced is not None and "recipient" not in roles.filled:
            for filling in introduced.recipients:
                roles.add("recipient", filling)
        speaker = context.speaker_of(quantity.start, quantity.end)
        yield Draft(
            type="funding",
            stage=(introduced.stage if introduced else None) or "promised",
            trigger=_TRIGGER,
            roles=roles.filled,
            evidence=[(sentence.start, sentence.end)],
            at=(quantity.start, quantity.end),
            lemma="sum",
            attributed_to=speaker,
        )


def frame_of(sentence: Sentence, head: Token, lemma: str) -> Frame:
    """The frame of a noun without a verb: what it is of, for whom, what for."""
    frame = Frame(sentence=sentence, token=head, lemma=lemma, nominal=True)
    for child in head.children:
        if child.dep_ == "prep":
            for noun in child.children:
                if noun.dep_ != "pobj":
                    continue
                frame.preps.extend((child.lower_, t) for t in conjuncts(noun))
                if child.lower_ == "in":  # "$5 million in aid for Tonga"
                    frame.preps.extend(prepositions(noun))
        elif child.dep_ in ("acl", "relcl", "advcl", "xcomp") and any(
            c.dep_ == "aux" and c.lower_ == "to" for c in child.children
        ):
            frame.purposes.append(child)
    return frame


def _inside(sentence: Sentence, token: Token, quantity: QuantityMention) -> bool:
    start, end = sentence.spans[token.i]
    return quantity.start <= start and end <= quantity.end


def _stands_alone(token: Token) -> bool:
    """Whether a sum is the head of its sentence, or only listed by its verb."""
    if token.dep_ in ("ROOT", "appos"):
        return True
    head = token.head
    if token.dep_ in ("dobj", "attr", "conj", "npadvmod", "dep"):
        return head.pos_ != "VERB" or lemma_of(head) in load_grammar().listing
    return False
