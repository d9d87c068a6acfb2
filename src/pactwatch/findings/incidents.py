"""Incidents: harm, crime, breach or misuse that a document reports as having happened.

Comes in: the context of one document. Goes out: findings of kind incident, and the candidates
refused. Only events are taken: a done act with somebody harmed or something misused, and a day, a
place or an actor. Acts of authorities are measures. Private persons stand in it by description,
never by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pactwatch.codebook.vocabularies import EventWords, load_event_words
from pactwatch.findings.asserted import not_asserted
from pactwatch.findings.circumstances import behind, clause_of, date_in_clause, where
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import Frame, frames_of, lemma_of, subjects_of
from pactwatch.findings.misuse import misuse_of
from pactwatch.findings.privacy import described, has_office
from pactwatch.findings.stages import realis_of
from pactwatch.language import Sentence
from pactwatch.model import Finding, Rejected

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["find_incidents"]

_ANOTHER_TIME = frozenset({"after", "before", "since", "following", "until"})
_Roles = dict[str, list[Filling]]
_PREVENT = frozenset(
    {
        "prevent",
        "stop",
        "combat",
        "avoid",
        "deter",
        "reduce",
        "fight",
        "curb",
        "tackle",
        "counter",
        "address",
        "threaten",
        "plan",
        "fear",
        "investigate",
        "risk",
        "end",
    }
)


def find_incidents(context: Context) -> Iterator[Finding | Rejected]:
    """Yield the incidents that a document tells, and the candidates refused with their reason."""
    words = load_event_words("incident")
    nouns = words.nouns["event"] | words.nouns["breach"] | words.nouns["offence"]
    kept: list[_Incident] = []
    for sentence, doc in context.reading.parsed():
        if sentence.kind in ("headline", "date") or doc.text.rstrip("\"'”’ ").endswith("?"):
            continue
        for frame in frames_of(sentence, doc, nouns=nouns):
            if not frame.nominal and not _tells(frame, words):
                continue
            span = sentence.start, sentence.end
            trigger = f"incident.{frame.lemma}"
            roles: _Roles | str | None = not_asserted(frame.token)
            if roles is None and frame.nominal:
                roles = _of_noun(context, frame, words)
            elif roles is None:
                roles = _of_verb(context, frame, words)
            if isinstance(roles, str):
                yield context.reject("incident", trigger, roles, *span)
                continue
            same = next((k for k in kept if _same(context, k.roles, roles)), None)
            if same is None:
                told = (
                    frame.lemma in words.nouns["offence"]
                    or not frame.nominal
                    or _specific(frame, words)
                )
                kept.append(_Incident(roles, [span], sentence.spans[frame.token.i], trigger, told))
                continue
            same.evidence.append(span)
            for role, fillers in roles.items():
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


@dataclass(slots=True, eq=False)
class _Incident:
    """An incident on its way; `told` where its words alone say that it happened."""

    roles: _Roles
    evidence: list[tuple[int, int]]
    at: tuple[int, int]
    trigger: str
    told: bool

    @property
    def is_event(self) -> bool:
        """Whether enough is told of it: who, when or where, two of them at least."""
        roles = self.roles
        whom = bool(roles.get("actor") or roles.get("target"))
        if self.told and self.trigger.endswith(("misuse", "theft", "embezzlement")):
            return True
        return self.told + bool(roles.get("place")) + bool(roles.get("date")) + whom >= 2


def _tells(frame: Frame, words: EventWords) -> bool:
    """Whether a verb may tell an incident."""
    fire = frame.lemma == "open" and any(lemma_of(t) == "fire" for t in frame.objects)
    told = ("harm", "breach", "use", "burst")
    return fire or any(frame.lemma in words.verbs[name] for name in told)


def _of_verb(context: Context, frame: Frame, words: EventWords) -> _Roles | str:
    realis = realis_of(frame, context.codebook.stages)
    if realis.refused or realis.stage is None:
        return realis.refused or "not done"
    if realis.stage != "done" or realis.governor is not None:
        return "not done"
    if frame.lemma in words.verbs["use"]:
        return misuse_of(context, frame, words) or "use as meant"
    if frame.lemma in words.verbs["burst"] or frame.lemma == "open":
        return _of_outburst(context, frame, words)
    if not frame.objects:
        return "nobody harmed"
    if any(lemma_of(t) in words.modifiers["nature"] for t in frame.subjects):
        return "nobody's act"
    if frame.token.dep_ == "advcl" and lemma_of(frame.token.head) in words.verbs["harm"]:
        return "part of another"
    if any(lemma_of(t) in words.nouns["not_harmed"] or t.pos_ == "PRON" for t in frame.objects):
        return "figure of speech"
    if any(c.lower_ in ("more", "fewer", "any") for t in frame.objects for c in t.lefts):
        return "background"
    if any(lemma_of(t) in words.modifiers["authority"] for t in frame.subjects):
        return "act of authorities"
    roles = _around(context, frame, [frame.token], words)
    roles["actor"] = _persons(context, frame.sentence, _actors(frame, words))
    roles["target"] = _persons(context, frame.sentence, frame.objects)
    if frame.lemma in words.verbs["breach"]:
        start, _end = context.phrases.clause(frame.sentence, frame.token)
        head_start, head_end = context.phrases.noun_phrase(frame.sentence, frame.objects[0])
        roles["target"] = []
        roles["what"] = [
            (min(start, head_start), max(frame.sentence.spans[frame.token.i][1], head_end), None)
        ]
    else:
        roles["what"] = [(*frame.sentence.spans[frame.token.i], None)]
    if not (roles["target"] or frame.lemma in words.verbs["breach"]):
        return "nobody harmed"
    counted = any(
        c.dep_ == "nummod" and c.head.pos_ == "NOUN" for t in frame.objects for c in t.children
    )
    event = roles["place"] or roles["date"] or (roles["actor"] and counted)
    return roles if event else "no event"


def _actors(frame: Frame, words: EventWords) -> list[Token]:
    """Who did it: a bomb or an attack did not."""
    return [t for t in frame.subjects if lemma_of(t) not in words.modifiers["means"]]


def _of_outburst(context: Context, frame: Frame, words: EventWords) -> _Roles | str:
    """ "A bomb exploded outside …", "soldiers opened fire on …"."""
    burst = frame.lemma in words.verbs["burst"]
    heads = frame.objects if frame.passive else frame.subjects
    bombs = [t for t in heads if lemma_of(t) in words.modifiers["means"]]
    if burst and not bombs:
        return "figure of speech"
    roles = _around(context, frame, [frame.token], words)
    sentence, phrases = frame.sentence, context.phrases
    if burst:
        roles["what"] = [
            (phrases.noun_phrase(sentence, bombs[0])[0], sentence.spans[frame.token.i][1], None)
        ]
        return roles
    fire = next(t for t in frame.objects if lemma_of(t) == "fire")
    roles["what"] = [(*sentence.span(frame.token.i, fire.i), None)]
    roles["actor"] = _persons(context, sentence, _actors(frame, words))
    shot = [c for c in fire.children if c.dep_ == "prep" and c.lower_ in ("on", "at")]
    shot += [c for c in frame.token.children if c.dep_ == "prep" and c.lower_ in ("on", "at")]
    roles["target"] = _persons(
        context, sentence, [t for c in shot for t in c.children if c.dep_ and t.dep_ == "pobj"]
    )
    return roles if roles["target"] or roles["place"] else "nobody harmed"


def _of_noun(context: Context, frame: Frame, words: EventWords) -> _Roles | str:
    token = frame.token
    if token.dep_ == "compound" or {c.lower_ for c in token.lefts} & (
        words.modifiers["general"] | {"no"}
    ):
        return "background"
    realis = realis_of(frame, context.codebook.stages)
    if realis.refused:
        return realis.refused
    above = clause_of(token)
    if _under(token, _PREVENT) or lemma_of(above) in _PREVENT:
        return "not done"
    offence = frame.lemma in words.nouns["offence"]
    if realis.stage in ("promised", "proposed", "threatened") and not offence:
        return "not done"
    sentence = frame.sentence
    counted = any(t.pos_ == "NUM" for t in token.doc[token.left_edge.i : token.i])
    if offence and not counted:
        return "background"
    if (
        token.tag_ == "NNS"
        and not counted
        and not _seen(token, words)
        and not any(c.lower_ in ("the", "these", "those") for c in token.lefts)
    ):
        return "background"
    roles = _around(context, frame, [token], words)
    if token.dep_ == "pobj" and token.head.lower_ in _ANOTHER_TIME:
        # "a year after the attack in X, families gathered in Y": day and place are of another
        own = sentence.span(token.left_edge.i, token.right_edge.i)
        for role in ("place", "date"):
            roles[role] = [f for f in roles[role] if own[0] <= f[0] and f[1] <= own[1]]
    roles["what"] = [(*context.phrases.noun_phrase(sentence, token), None)]
    if _seen(token, words) and not roles["place"]:
        roles["place"] = [
            (*context.phrases.noun_phrase(sentence, t), None) for t in subjects_of(token.head)[:1]
        ]
    targets = [t for p, t in frame.preps if p in ("on", "against")]
    if frame.lemma in words.nouns["event"]:
        targets += frame.objects
    roles["target"] = _persons(context, sentence, targets)
    roles["actor"] = _persons(context, sentence, [t for t in frame.subjects if t.pos_ != "PRON"])
    for other in frames_of(sentence, token.doc):
        if other.lemma in words.verbs["hit"] and any(t.i == token.i for t in other.subjects):
            roles["target"] = _persons(context, sentence, other.objects)
    return roles


def _seen(token: Token, words: EventWords) -> bool:
    """Whether a place is said to have seen it ("the camp has seen riots")."""
    verb = token.head
    return (
        token.dep_ == "dobj"
        and lemma_of(verb) in words.verbs["see"]
        and any(lemma_of(t) in words.modifiers["site"] for t in subjects_of(verb))
    )


def _specific(frame: Frame, words: EventWords) -> bool:
    """Whether a breach is of a thing known to the reader ("the misuse of the donated trucks")."""
    if frame.lemma not in words.nouns["breach"]:
        return False
    return any(
        c.lower_ in ("the", "these", "those", "its", "their")
        for t in frame.objects
        for c in t.lefts
    )


def _under(token: Token, lemmas: frozenset[str]) -> bool:
    current = token
    for _ in range(4):
        current = current.head
        if lemma_of(current) in lemmas:
            return True
    return False


def _around(context: Context, frame: Frame, heads: list[Token], words: EventWords) -> _Roles:
    place = where(context, frame.sentence, heads)[:1]
    return {
        "place": place or _site(context, frame, words),
        "date": [
            behind(context, d) for d in date_in_clause(context, frame.sentence, frame.token)[:1]
        ],
    }


def _site(context: Context, frame: Frame, words: EventWords) -> list[Filling]:
    """A place without an entry in the gazetteer ("in the village of …", "near Garissa")."""
    for child in frame.token.children:
        if child.dep_ != "prep" or child.lower_ not in ("in", "at", "near", "outside"):
            continue
        for noun in child.children:
            sited = lemma_of(noun) in words.modifiers["site"] or (
                noun.pos_ == "PROPN" and child.lower_ == "near"
            )
            if noun.dep_ == "pobj" and sited:
                return [(*context.phrases.noun_phrase(frame.sentence, noun), None)]
    return []


def _persons(context: Context, sentence: Sentence, heads: list[Token]) -> list[Filling]:
    """Who did it or was harmed: bodies by name, persons by description."""
    found: list[Filling] = []
    for head in heads:
        if head.pos_ == "PROPN" and (hidden := _described(context, sentence, head)) is not None:
            found += hidden
            continue
        for party in context.phrases.parties(sentence, head):
            known = party.kind in (
                "state",
                "agency",
                "organisation",
                "region",
                "officials",
                "people",
            )
            described = party.kind == "thing" and head.pos_ == "NOUN"
            if (
                (known or described)
                and not (head.pos_ == "PROPN" and party.kind in ("people", "officials"))
            ) or (party.kind == "person" and head.pos_ == "PROPN"):
                found.append(party.filler)
    return list(dict.fromkeys(found))


def _described(context: Context, sentence: Sentence, head: Token) -> list[Filling] | None:
    """Who stands behind a name that holds no office: what is said of them, or nobody; None where
    the name is no person's or a public one's."""
    at = sentence.spans[head.i]
    reading = context.reading
    person = next((p for p in reading.persons if any(s <= at[0] < e for s, e in p.mentions)), None)
    if person is not None:
        if has_office(context, person):
            return None
        words = described(context, person)
        return [(*words, None)] if words is not None and words[0] < words[1] else []
    if reading.name_at(at[0]) is not None:
        return None
    beside = [c for c in head.children if c.dep_ == "appos" and c.pos_ == "NOUN"]
    return [(*context.phrases.noun_phrase(sentence, c), None) for c in beside[:1]] or None


def _same(context: Context, one: _Roles, other: _Roles) -> bool:
    """Whether two mentions are one: same head word or target, no other day or place."""
    for role in ("date", "place"):
        a, b = (
            {f[2] or context.reading.text[f[0] : f[1]] for f in r.get(role, ())}
            for r in (one, other)
        )
        if a and b and not a & b:
            return False

    def words(roles: _Roles, role: str) -> set[str]:
        return {
            w.strip(".,'’\"").casefold()
            for s, e, _ in roles.get(role, ())
            for w in context.reading.text[s:e].split()
            if len(w) > 3
        }

    what = words(one, "what") & words(other, "what")
    targets = words(one, "target") & words(other, "target")
    return bool(targets) or (bool(what) and not (words(one, "target") and words(other, "target")))
