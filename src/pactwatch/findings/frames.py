"""The predicate–argument engine: who does what to whom, in which sentence.

Comes in: one parsed sentence. Goes out: a `Frame` for each verb (and each deverbal noun asked for),
with the tokens that stand in its syntactic places, passive voice turned round, coordination and
control followed. Tokens are heads of phrases; words are cut by `phrases`, stages are read by
`stages`. Of the codebook it knows only how words behave (grammar.toml); it makes no finding.

Dependency labels are those of spaCy's English models (ClearNLP style).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pactwatch.codebook.grammar import load_grammar
from pactwatch.findings.control import (
    antecedents,
    conjuncts,
    governor,
    is_infinitive,
    lemma_of,
    subjects_of,
)
from pactwatch.findings.syntax import (
    is_carried,
    is_joined_sum,
    is_kept,
    is_passive,
    listed,
    prepositions,
    relative_object,
    taken_for_noun,
    with_joined_sums,
    with_partitives,
)
from pactwatch.language import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = [
    "Frame",
    "conjuncts",
    "frames_of",
    "governor",
    "is_carried",
    "is_joined_sum",
    "is_kept",
    "lemma_of",
    "prepositions",
    "subjects_of",
    "with_partitives",
]

_ADVERBS = frozenset({"back", "away", "over", "off", "out", "down", "home", "in"})


@dataclass(slots=True, kw_only=True, eq=False)
class Frame:
    """One predicate with its arguments; every list holds heads of phrases, coordination expanded.

    Attributes:
        token: The predicate: a verb, or a deverbal noun (`nominal`).
        phrase: Lemma with its particle or complement ("hand over", "make available"), else empty.
        subjects: Who does it (agent of a passive too).
        objects: What it acts on (subject of a passive too).
        datives: To whom, without preposition.
        preps: ``(preposition in lower case, head)`` of phrases of the predicate and of its objects.
        purposes: Verbs of "to …" clauses that say what for.
        possessed: The subjects of a noun are its possessors ("his extradition"), perhaps what it
            acts on.
        passive: Whether the predicate stands in passive voice.
    """

    sentence: Sentence
    token: Token
    lemma: str
    phrase: str = ""
    nominal: bool = False
    passive: bool = False
    possessed: bool = False
    subjects: list[Token] = field(default_factory=list)
    objects: list[Token] = field(default_factory=list)
    datives: list[Token] = field(default_factory=list)
    preps: list[tuple[str, Token]] = field(default_factory=list)
    purposes: list[Token] = field(default_factory=list)


def frames_of(
    sentence: Sentence, doc: Doc, *, nouns: Collection[str] = frozenset()
) -> Iterator[Frame]:
    """Yield a frame for each verb, and for each noun whose lemma is in `nouns`, in order."""
    for token in doc:
        if (
            token.pos_ == "VERB" and token.dep_ not in ("aux", "auxpass", "amod", "compound")
        ) or taken_for_noun(token):
            yield _verbal(sentence, token)
        elif (
            token.pos_ in ("NOUN", "PROPN")
            and lemma_of(token) in nouns
            and token.dep_ not in ("compound", "nmod", "amod")
        ):
            yield _nominal(sentence, token)


def _verbal(sentence: Sentence, verb: Token) -> Frame:
    frame = Frame(sentence=sentence, token=verb, lemma=lemma_of(verb))
    grammar = load_grammar()
    frame.passive = is_passive(verb)
    for child in verb.children:
        particle = child.dep_ == "prt" or (child.dep_ == "advmod" and child.lower_ in _ADVERBS)
        part = child.dep_ == "dobj" and child.lower_ == "part"  # "took part in the raid"
        if particle or part or (child.dep_ in ("acomp", "oprd", "ccomp") and child.pos_ == "ADJ"):
            frame.phrase = f"{frame.lemma} {child.lower_}"
            if child.dep_ == "ccomp":  # "made $4 million available"
                frame.objects.extend(
                    t for c in child.lefts if c.dep_ == "nsubj" for t in conjuncts(c)
                )
    subjects = subjects_of(verb)
    if not frame.passive:
        frame.subjects = subjects
    else:
        frame.objects = [*subjects, *frame.objects]
    given = [c for c in verb.children if c.dep_ == "dobj"]
    # "pay Namibia €1 billion", but not "pay €1 billion to Namibia and €2 billion to Mali"
    twice = len(given) == 2 and frame.lemma in grammar.dative and given[0].pos_ != "NUM"
    for child in verb.children:
        if twice and child == given[0]:
            frame.datives.extend(conjuncts(child))
            continue
        # "sent more of its ships"
        amount = child.pos_ == "ADJ" and any(c.lower_ == "of" for c in child.rights)
        if child.dep_ in ("dobj", "attr", "oprd") and (
            amount or child.pos_ not in ("VERB", "AUX", "ADJ")
        ):
            frame.objects.extend(a for t in listed(child) for a in antecedents(t, verb))
        elif child.dep_ == "dative" and child.pos_ != "ADP":
            frame.datives.extend(conjuncts(child))
        elif child.dep_ == "agent":
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    frame.subjects.extend(conjuncts(grandchild))
    if not frame.objects and not frame.passive:  # "resumed funding for the agency"
        frame.objects = [
            c
            for c in verb.children
            if c.dep_ in ("xcomp", "dobj")
            and c.tag_ == "VBG"
            and all(g.dep_ == "prep" for g in c.children)
        ]
    if not frame.objects and verb.dep_ == "acl" and verb.tag_ == "VBN":
        frame.objects = [verb.head]
    if is_kept(verb) and not frame.subjects:
        frame.subjects = subjects_of(verb.head.head)
    if not frame.objects and verb.dep_ == "relcl":
        frame.objects = list(relative_object(verb))
    clauses = any(c.dep_ in ("xcomp", "ccomp") for c in verb.children)
    if frame.lemma in grammar.aspect and not frame.objects and not clauses and not frame.passive:
        frame.objects, frame.subjects, frame.passive = frame.subjects, [], True
    if frame.lemma in grammar.given_with:
        beside = [verb, *(frame.objects if frame.lemma in ("equip", "arm", "furnish") else [])]
        given = [n for head in beside for p, n in prepositions(head) if p == "with"]
        if given:  # "supplied the coast guard with boats"
            frame.datives, frame.objects = frame.objects, given
    # "trained and equipped the police": the object of the last conjunct serves the others
    if not frame.objects and not frame.passive:
        for later in verb.children:
            if later.dep_ == "conj" and later.pos_ == "VERB":
                frame.objects = [
                    t for c in later.children if c.dep_ == "dobj" for t in conjuncts(c)
                ] or [n for _, n in prepositions(later) if later.i == verb.i + 2]
                break
    adverbs = [c for c in verb.children if c.dep_ == "advmod" and c.lower_ in _ADVERBS]
    frame.objects = with_joined_sums(frame.objects)
    inside = [] if frame.passive else frame.objects
    behind = [n for o in inside for p, n in prepositions(o) if p == "of"]
    shared = [(p, n) for inner in behind for p, n in prepositions(inner) if p in ("with", "to")]
    frame.preps.extend(shared)  # "share data of migrants with Chad"
    for head in (verb, *adverbs, *frame.objects):
        for preposition, noun in prepositions(head):
            if preposition == "by" and frame.passive:
                continue
            frame.preps.append((preposition, noun))
    frame.purposes = [
        c
        for c in verb.children
        if c.dep_ in ("advcl", "xcomp") and c.pos_ in ("VERB", "AUX") and is_infinitive(c)
    ]
    for head in frame.objects:
        frame.purposes += [
            c for c in head.children if c.dep_ in ("acl", "relcl") and is_infinitive(c)
        ]
    return frame


def _nominal(sentence: Sentence, noun: Token) -> Frame:
    """A frame of a deverbal noun: "Kenya's deployment of officers to Haiti"."""
    frame = Frame(sentence=sentence, token=noun, lemma=lemma_of(noun), nominal=True)
    above, light = noun.head, load_grammar().light
    if noun.dep_ == "dobj" and above.pos_ == "VERB" and lemma_of(above) in light:
        frame.subjects.extend(subjects_of(above))
    elif _agreed_on(noun):  # "agreed on the exchange of intelligence"
        frame.subjects.extend(subjects_of(above.head))
    elif noun.dep_ == "nsubjpass" and lemma_of(above) in light:
        frame.subjects.extend(
            t for a in above.children if a.dep_ == "agent" for p in a.children for t in conjuncts(p)
        )
    for child in noun.children:
        if child.dep_ == "poss":
            frame.subjects = conjuncts(child)
            frame.possessed = True
        elif child.dep_ == "compound" and child.pos_ in ("NOUN", "PROPN"):
            frame.objects.append(child)
        elif child.dep_ in ("prep", "agent"):
            for grandchild in child.children:
                if grandchild.dep_ != "pobj":
                    continue
                late = _of_behind(grandchild)
                if child.lower_ == "of" or (
                    child.lower_ in ("on", "to", "in", "for", "about")
                    and not frame.objects
                    and not late
                ):
                    frame.objects.extend(conjuncts(grandchild))
                    if child.lower_ != "of":
                        frame.preps.append((child.lower_, grandchild))
                elif child.lower_ == "by":
                    frame.subjects.extend(conjuncts(grandchild))
                else:
                    frame.preps.extend((child.lower_, t) for t in conjuncts(grandchild))
    for head in [o for o in frame.objects if not frame.subjects]:  # "gift of boats by Oman"
        frame.subjects.extend(n for p, n in prepositions(head) if p == "by")
    if not frame.objects:  # "the return from Peru to Chile of 40 migrants"
        frame.objects.extend(
            t
            for _, whither in frame.preps
            if whither.pos_ == "PROPN"
            for preposition, t in prepositions(whither)
            if preposition == "of" and t.pos_ == "NOUN"
        )
    for head in [*frame.objects, *([above] if noun.dep_ == "dobj" else [])]:
        frame.preps.extend(prepositions(head))
    frame.purposes = [c for c in noun.children if c.dep_ in ("acl", "relcl") and is_infinitive(c)]
    return frame


def _agreed_on(noun: Token) -> bool:
    """Whether a noun is what a subject undertakes or asks for, behind "on", "to" or "for"."""
    verb = noun.head.head
    return (
        noun.dep_ == "pobj"
        and noun.head.lower_ in ("on", "to", "for")
        and verb.pos_ == "VERB"
        and lemma_of(verb) in load_grammar().through
        and not any(c.dep_ in ("dobj", "nsubjpass") for c in verb.children)
    )


def _of_behind(place: Token) -> bool:
    """Whether "of …" hangs on a place where it can't belong: "to Chile of 40 migrants"."""
    return place.pos_ == "PROPN" and any(
        p == "of" and t.pos_ == "NOUN" for p, t in prepositions(place)
    )
