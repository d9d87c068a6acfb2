"""Incidents: harm, crime, breach or misuse that a document reports as having happened.

Comes in: the context of one document. Goes out: findings of kind incident, one for each however
often it is mentioned, and the candidates refused. Only events are taken: a done act with somebody
harmed or something misused, and a day, a place or an actor. What verbs and nouns tell is read by
`harms` and `outbreaks`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pactwatch.codebook.vocabularies import EventWords, load_event_words
from pactwatch.findings.asserted import not_asserted
from pactwatch.findings.context import Context
from pactwatch.findings.frames import frames_of
from pactwatch.findings.harmed import Roles
from pactwatch.findings.harms import is_outcome, of_verb, tells
from pactwatch.findings.outbreaks import is_specific, of_noun
from pactwatch.language import Sentence
from pactwatch.model import Finding, Rejected

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["find_incidents"]

_STEPS = 3
"""Words up a sentence within which an attack and whom it killed are taken for one deed."""
_STEM = 5
"""Letters by which a verb and a noun of one deed are known as one ("attacked", "the attack")."""


@dataclass(slots=True, eq=False)
class _Incident:
    """An incident on its way.

    Attributes:
        told: Its words alone say that it happened.
        outcome: It only tells what another deed did ("killing two").
    """

    roles: Roles
    evidence: list[tuple[int, int]]
    at: tuple[int, int]
    trigger: str
    told: bool
    outcome: bool
    token: Token

    @property
    def is_event(self) -> bool:
        """Whether enough is told of it: who, when or where, two of them at least."""
        roles = self.roles
        whom = bool(roles.get("actor") or roles.get("target"))
        if self.told and self.trigger.endswith(("misuse", "theft", "embezzlement")):
            return True
        return self.told + bool(roles.get("place")) + bool(roles.get("date")) + whom >= 2


def find_incidents(context: Context) -> Iterator[Finding | Rejected]:
    """Yield the incidents that a document tells, and the candidates refused with their reason."""
    words = load_event_words("incident")
    kept: list[_Incident] = []
    for sentence, doc in context.reading.parsed():
        if sentence.kind in ("headline", "date") or doc.text.rstrip("\"'”’ ").endswith("?"):
            continue
        here: list[_Incident] = []
        for result in _candidates(context, sentence, doc, words):
            if isinstance(result, Rejected):
                yield result
            elif not any(_join_linked(other, result) for other in here):
                here.append(result)
        for incident in here:
            same = next((k for k in kept if _same(context, k.roles, incident.roles)), None)
            if same is None:
                kept.append(incident)
                continue
            same.evidence += incident.evidence
            same.told = same.told or incident.told
            for role, fillers in incident.roles.items():
                if not same.roles.get(role):
                    same.roles[role] = fillers
    for incident in kept:
        if not incident.is_event:
            yield context.reject("incident", incident.trigger, "no event", *incident.evidence[0])
            continue
        yield Finding.cut(
            context.document,
            "incident",
            roles=incident.roles,
            evidence=list(dict.fromkeys(incident.evidence)),
            attributed_to=context.speaker_of(*incident.at),
            trigger=incident.trigger,
        )


def _candidates(
    context: Context, sentence: Sentence, doc: Doc, words: EventWords
) -> Iterator[_Incident | Rejected]:
    """What the verbs and nouns of one sentence tell."""
    nouns = words.nouns["event"] | words.nouns["breach"] | words.nouns["offence"]
    span = sentence.start, sentence.end
    for frame in frames_of(sentence, doc, nouns=nouns):
        if not frame.nominal and not tells(frame, words):
            continue
        trigger = f"incident.{frame.lemma}"
        roles: Roles | str | None = not_asserted(frame.token)
        if roles is None:
            read = of_noun if frame.nominal else of_verb
            roles = read(context, frame, words)
        if isinstance(roles, str):
            yield context.reject("incident", trigger, roles, *span)
            continue
        alone = not is_outcome(frame, words) or bool(roles["actor"] or roles["place"])
        told = (alone and not frame.nominal) or frame.lemma in words.nouns["offence"]
        yield _Incident(
            roles, [span], sentence.spans[frame.token.i], trigger,
            told or is_specific(frame, words), is_outcome(frame, words), frame.token,
        )  # fmt: skip


def _join_linked(one: _Incident, other: _Incident) -> bool:
    """Join two words of one sentence that tell of one deed: the attack and whom it killed."""
    if not _linked(one.token, other.token) or not (
        one.outcome or other.outcome or _leaves(one, other)
    ):
        return False
    days = [{f[2] for f in i.roles.get("date", ())} for i in (one, other)]
    if all(days) and not days[0] & days[1]:
        return False
    if one.outcome and not other.outcome:
        one.roles["what"], one.trigger = other.roles["what"], other.trigger
        one.outcome, one.at = False, other.at
    for role, fillers in other.roles.items():
        mine = one.roles.setdefault(role, [])
        if role == "target" or not mine:
            mine += [f for f in fillers if f not in mine]
    one.told = one.told or other.told
    return True


def _linked(one: Token, other: Token) -> bool:
    """Whether two words stand close in one clause: one under the other, or the subject and an
    adverbial of one verb ("a clash took place in …, killing six")."""
    for low, high in ((one, other), (other, one)):
        if high in list(itertools.islice(low.ancestors, _STEPS)):
            return True
        if low.dep_ == "nsubj" and high.dep_ == "advcl" and low.head == high.head:
            return True
    return False


def _leaves(one: _Incident, other: _Incident) -> bool:
    return any(i.trigger == "incident.leave" for i in (one, other))


def _same(context: Context, one: Roles, other: Roles) -> bool:
    """Whether two mentions are one: same head word or target, no other day or place."""
    for role in ("date", "place"):
        a, b = (
            {f[2] or context.reading.text[f[0] : f[1]] for f in r.get(role, ())}
            for r in (one, other)
        )
        if role == "place":  # "a village", told without a name, may lie in any place
            a, b = ({p for p in places if str(p)[:1].isupper()} for places in (a, b))
        if a and b and not a & b:
            return False

    def words(roles: Roles, role: str) -> set[str]:
        return {
            w.strip(".,'’\"").casefold()
            for s, e, _ in roles.get(role, ())
            for w in context.reading.text[s:e].split()
            if len(w) > 3
        }

    what = {w[:_STEM] for w in words(one, "what")} & {w[:_STEM] for w in words(other, "what")}
    targets = words(one, "target") & words(other, "target")
    return bool(targets) or (bool(what) and not (words(one, "target") and words(other, "target")))
