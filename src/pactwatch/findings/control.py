"""Whose a verb is: its governor, its subject by control and coordination, what "which" stands for.

Comes in: tokens of one parsed sentence. Goes out: tokens. It cuts no words and reads no stages; of
the codebook it knows only how words behave (grammar.toml).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.codebook.grammar import load_grammar

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["antecedents", "conjuncts", "governor", "is_infinitive", "lemma_of", "subjects_of"]


def governor(token: Token) -> Token | None:
    """The word that governs a verb: "agreed" of "agreed to send", "threat" of "threat to cut".

    Conjuncts share the governor of the first; a relative or adverbial clause has none.
    """
    current = token
    while current.dep_ == "conj" and current.head.pos_ in ("VERB", "AUX"):
        if _own_subject(current):
            return None
        current = current.head
    if current.dep_ in ("xcomp", "ccomp", "oprd"):
        return current.head
    if current.dep_ in ("acl", "relcl") and is_infinitive(current) and not _own_subject(current):
        return current.head
    if current.dep_ == "pcomp":
        return current.head.head
    if (
        current.dep_ == "advcl"
        and is_infinitive(current)
        and (
            lemma_of(current.head) in load_grammar().subject_control
            or any(  # "signed a deal to build a fence"
                c.dep_ == "dobj" and lemma_of(c) in load_grammar().accord
                for c in current.head.children
            )
        )
    ):
        return current.head
    return None


def _own_subject(token: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in token.children)


def is_infinitive(token: Token) -> bool:
    """Whether a verb stands behind "to"."""
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


def subjects_of(verb: Token, depth: int = 0) -> list[Token]:
    """Heads of the subject, its own or the one that control and coordination give it."""
    if depth > 6:
        return []
    own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") or _name_for_adverb(c)]
    if own:
        heads = [t for c in own for t in conjuncts(c)]
        return [a for h in heads for a in antecedents(h, verb)]
    head = verb.head
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        return subjects_of(head, depth + 1)
    if verb.dep_ in ("xcomp", "ccomp") and head.pos_ in ("VERB", "AUX", "ADJ"):
        if lemma_of(head) in load_grammar().object_control:
            objects = [c for c in head.children if c.dep_ in ("dobj", "dative")]
            if objects:
                return [t for c in objects for t in conjuncts(c)]
        return subjects_of(head, depth + 1)
    if verb.dep_ == "acomp" and verb.pos_ == "ADJ" and head.pos_ in ("VERB", "AUX"):
        return subjects_of(head, depth + 1)  # "is due to meet", "was pleased to sign"
    if verb.dep_ == "advcl" and head.pos_ in ("VERB", "AUX"):
        return subjects_of(_without_it(head), depth + 1)
    if verb.dep_ == "acl" or (verb.dep_ == "relcl" and is_infinitive(verb)):
        decreed = head.dep_ == "dobj" and lemma_of(head) in load_grammar().legal_act
        if decreed and verb.tag_ == "VBG":  # "signed a decree approving …"
            return subjects_of(head.head, depth + 1)
        if verb.tag_ in ("VBN", "VBG"):
            return [head] if not is_infinitive(verb) else []
        if head.dep_ == "ROOT":  # "Kenya to send officers"
            return conjuncts(head)
        possessors = [t for c in head.children if c.dep_ == "poss" for t in conjuncts(c)]
        if possessors:
            return possessors
        if head.dep_ in ("dobj", "attr", "pobj", "conj"):
            above = head.head
            while above.pos_ not in ("VERB", "AUX") and above.dep_ != "ROOT":
                above = above.head
            return subjects_of(above, depth + 1) if above.pos_ in ("VERB", "AUX") else []
    if verb.dep_ == "pcomp":
        above = head.head
        if above.dep_ == "pobj" and above.lower_ == "addition":  # "in addition to training them"
            above = above.head.head
        if above.pos_ in ("VERB", "AUX"):
            blamed = [c for c in above.children if c.dep_ in ("dobj", "nsubjpass")]
            if blamed and lemma_of(above) in load_grammar().for_deeds:
                return [t for c in blamed for t in conjuncts(c)]  # "praised Peru for dismantling"
            return subjects_of(above, depth + 1)
        return [t for c in above.children if c.dep_ == "poss" for t in conjuncts(c)]
    if verb.dep_ == "relcl":
        return [head]
    return []


def _name_for_adverb(token: Token) -> bool:
    """Whether a name was taken for an adverb: "UNODC ended its projects", "Nauru will cut ties"."""
    verb = token.head
    between = token.doc[token.i + 1 : verb.i]
    return (
        token.dep_ in ("advmod", "npadvmod", "dep")
        and token.i < verb.i
        and all(t.dep_ in ("aux", "neg") and t.head == verb for t in between)
        and (token.tag_ == "NNP" or (len(token.text) > 2 and token.text.isupper()))
        and not any(c.dep_ == "nummod" for c in token.children)
    )


def _without_it(verb: Token) -> Token:
    """The verb that says something: "it appears the ministry is preparing" tells of preparing."""
    empty = any(c.dep_ in ("nsubj", "expl") and c.lower_ == "it" for c in verb.children)
    told = [c for c in verb.children if c.dep_ == "ccomp" and c.pos_ == "VERB"]
    return told[0] if empty and told and lemma_of(verb) in load_grammar().seeming else verb


def antecedents(token: Token, verb: Token) -> list[Token]:
    """The noun that a relative pronoun stands for; the token itself otherwise."""
    if token.tag_ in ("WDT", "WP") and token.lower_ in ("which", "who", "that"):
        clause = verb
        while clause.dep_ in ("conj", "xcomp", "ccomp"):
            clause = clause.head
        if clause.dep_ not in ("relcl", "acl"):
            return []
        meant = clause.head
        if token.lower_ == "who" and meant.dep_ == "pobj" and meant.pos_ == "PROPN":
            above = meant.head.head  # "advisers to Guatemala, who will train": no place is who
            if above.pos_ == "VERB":
                return [c for c in above.children if c.dep_ == "dobj"] or [meant]
            return [above] if above.pos_ == "NOUN" else [meant]
        return [meant]
    return [token]


def lemma_of(token: Token) -> str:
    """Lemma in lower case; a plural taken for a name loses its ending ("Arrivals rose")."""
    lemma = token.lemma_.lower()
    if token.tag_ == "NNPS" and lemma.endswith("s") and not lemma.endswith("ss"):
        return lemma[:-1]
    return load_grammar().lemmas.get(lemma, lemma)


def conjuncts(token: Token) -> list[Token]:
    """A head and the heads coordinated with it ("Nauru, Fiji and Tonga"), in order.

    A conjunct verb or clause is no conjunct of a noun.
    """
    found = [token]
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ not in ("VERB", "AUX"):
            found.extend(conjuncts(child))
    return found
