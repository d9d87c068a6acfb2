"""How the words of a parsed sentence hang together: lists, sums, passives, prepositions.

Comes in: tokens. Goes out: tokens, or yes and no. `control` tells whose a verb is; `frames` puts
both together. It cuts no words.

Dependency labels are those of spaCy's English models (ClearNLP style).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from pactwatch.codebook.grammar import load_grammar
from pactwatch.findings.control import conjuncts, is_infinitive, lemma_of

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "is_carried",
    "is_joined_sum",
    "is_kept",
    "is_passive",
    "listed",
    "prepositions",
    "relative_object",
    "taken_for_noun",
    "with_joined_sums",
    "with_partitives",
]


def is_joined_sum(token: Token) -> bool:
    """Whether a number is no number of its head but joined with it: "$4 million and 20 boats"."""
    return (
        token.dep_ == "nummod"
        and any(c.dep_ == "cc" for c in token.rights)
        and not any(c.dep_ == "conj" for c in token.rights)
        and any(c.dep_ == "nummod" and c.i > token.i for c in token.head.lefts)
    )


def with_joined_sums(heads: Iterable[Token]) -> list[Token]:
    """Heads of objects, and before each the sums that parsers take for its number."""
    return [t for head in heads for t in (*(c for c in head.lefts if is_joined_sum(c)), head)]


def listed(head: Token) -> list[Token]:
    """A head, what is coordinated with it, and numbered items that were taken for appositions:
    "four boats, $4 million and 60 trainers"."""
    found = conjuncts(head)
    for child in head.rights:
        joins = child.dep_ == "appos" and any(c.dep_ == "cc" for c in child.rights)
        if joins and head.pos_ == "NOUN" and any(c.dep_ == "nummod" for c in child.lefts):
            found.extend(conjuncts(child))
    return found


def with_partitives(head: Token, partitives: Collection[str]) -> list[Token]:
    """The head itself, or what it is a part or number of: "migrants" of "a group of migrants"."""
    if head.pos_ == "NUM" or lemma_of(head) in partitives:
        inner = [
            t
            for child in head.children
            if child.dep_ == "prep" and child.lower_ == "of"
            for pobj in child.children
            if pobj.dep_ == "pobj"
            for t in conjuncts(pobj)
        ]
        if inner:
            return inner
    return [head]


def is_carried(token: Token) -> bool:
    """Whether a "to …" clause says what a programme does that somebody starts or announces."""
    carrier = token.head
    return (
        token.dep_ in ("acl", "relcl")
        and is_infinitive(token)
        and carrier.dep_ == "dobj"
        and lemma_of(carrier) in load_grammar().carrier
        and lemma_of(carrier.head) in load_grammar().launching
    )


def is_kept(verb: Token) -> bool:
    """Whether a participle says how somebody has something: "has 300 soldiers stationed there"."""
    above = verb.head.head
    return (
        verb.dep_ == "acl"
        and verb.tag_ == "VBN"
        and verb.head.dep_ == "dobj"
        and lemma_of(above) == "have"
        and above.pos_ in ("VERB", "AUX")
    )


def is_passive(verb: Token) -> bool:
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
        return True
    if verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl"):
        return True
    if verb.tag_ == "VBN" and verb.dep_ == "ROOT":  # "80 officers sent to Haiti"
        return not any(c.dep_ == "aux" for c in verb.children)
    if (
        verb.dep_ == "conj"
        and verb.tag_ == "VBN"
        and not any(c.dep_ == "aux" for c in verb.children)
    ):
        return is_passive(verb.head) if verb.head.pos_ == "VERB" else False
    return False


def relative_object(verb: Token) -> Iterator[Token]:
    """What a relative clause without object speaks of: "vehicles which the US gave"."""
    under_which = any(
        g.tag_ == "WDT" for c in verb.children if c.dep_ == "prep" for g in c.children
    )
    own = any(c.dep_ == "nsubj" and c.tag_ not in ("WDT", "WP") for c in verb.children)
    if own and not under_which:
        yield verb.head


def taken_for_noun(token: Token) -> bool:
    """Whether a bare word joined to an infinitive is a verb: "will train, as well as assist in"."""
    return (
        token.tag_ == "NN"
        and token.dep_ == "conj"
        and token.head.tag_ == "VB"
        and not any(token.lefts)
        and token.i > 0
        and token.doc[token.i - 1].dep_ == "cc"
        and any(c.dep_ == "prep" for c in token.rights)
    )


_OF_SAYING = frozenset({"according", "as", "per"})
"""Prepositions that name a source: "according to the ministry" is no recipient."""


def prepositions(head: Token) -> Iterator[tuple[str, Token]]:
    """The prepositions that hang on a head, each with the heads of its phrase."""
    for child in head.children:
        if child.lower_ in _OF_SAYING:
            continue  # "according to the ministry" names a source, not a recipient
        if child.dep_ in ("prep", "dative") and child.pos_ in ("ADP", "SCONJ", "VERB", "PART"):
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    for noun in conjuncts(grandchild):
                        yield child.lower_, noun
                elif grandchild.dep_ == "prep":  # "from Nauru to Australia", "along with"
                    for inner in grandchild.children:
                        if inner.dep_ == "pobj":
                            yield grandchild.lower_, inner
