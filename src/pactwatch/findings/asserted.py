"""Whether a sentence stands by what it tells, or takes it back.

Comes in: a word of a parsed sentence. Goes out: the reason why what it tells is not asserted
("denied", "doubtful", "hypothetical", "invented", "question"), or None. Tense, plain negation and
conditions with "if" are read by `stages`; here it is what stands above a clause, and what sort of
story it is.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pactwatch.codebook.vocabularies import load_table
from pactwatch.findings.frames import lemma_of

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["not_asserted", "unsure_words"]

_CLAUSES = frozenset({"ccomp", "acl", "xcomp", "pcomp", "csubj", "csubjpass"})
_CONTENT = frozenset({"ccomp", "xcomp", "pcomp", "dobj", "nsubjpass", "csubj", "csubjpass"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_INVERTED = frozenset({"had", "were", "should"})
_UNREAL = frozenset({"would", "could", "should", "might", "may"})
_NEARLY = frozenset({"almost", "nearly"})
_LEADS = frozenset({"just", "now", "but", "and", "so", "let", "us", "please"})
"""Words before an imperative."""
_THIRD_HAND = 12
"""Steps up a sentence after which nothing above is taken to bear on a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Doubt:
    """Words that take back; see ``codebook/doubt.toml``."""

    denies: frozenset[str]
    fails: frozenset[str]
    doubts: frozenset[str]
    reports: frozenset[str]
    unsure: frozenset[str]
    proof: frozenset[str]
    false: frozenset[str]
    factive: frozenset[str]
    unreal: frozenset[str]
    measures: frozenset[str]
    supposes: frozenset[str]
    invented: frozenset[str]
    invented_adjectives: frozenset[str]


@functools.cache
def _load_doubt() -> _Doubt:
    table = load_table("doubt.toml")
    return _Doubt(**{name: frozenset(table[name]) for name in _Doubt.__dataclass_fields__})


def unsure_words() -> frozenset[str]:
    """Nouns whose content is no fact ("rumour", "speculation"), lower case."""
    return _load_doubt().unsure


def not_asserted(token: Token) -> str | None:
    """Why what a word tells is not asserted by its sentence; None where it is."""
    words = _load_doubt()
    if any(_invented(t, words) for t in token.doc):
        return "invented"
    if _begins_a_supposition(token, words):
        return "hypothetical"
    for following in token.doc[token.i + 1 :]:
        if following.tag_ in ("``", "''") or following.text in '“”"':
            break
        if following.text == "?":
            return "question"
    current, clausal = token, False
    for _ in range(_THIRD_HAND):
        if _counterfactual(current):
            return "hypothetical"
        if _left_out(current) or _nearly(current, words):
            return "denied"
        head = current.head
        if head == current:
            return None
        clausal = clausal or current.dep_ in _CLAUSES
        if head.pos_ in ("VERB", "AUX", "ADJ"):
            reason = _under_verb(current, head, words, clausal=clausal)
        else:
            reason = _under_noun(current, head, words)
            if reason is None and not _passes_on(current, head, words):
                clausal = False  # told beside the denial and not under it
                if current.dep_ in ("relcl", "acl", "pobj", "prep"):
                    return _counterfactual_above(head)
        if reason is not None:
            return reason
        current = head
    return None


def _invented(token: Token, words: _Doubt) -> bool:
    """Whether a word says that the sentence tells a story: "a novel", not "a novel strategy"."""
    adjective = token.pos_ == "ADJ" or token.dep_ == "amod"
    return lemma_of(token) in (words.invented_adjectives if adjective else words.invented)


def _begins_a_supposition(token: Token, words: _Doubt) -> bool:
    """Whether the sentence asks to suppose it: "Imagine …", "Let us assume …", "What if …"."""
    first = [t for t in token.doc[:5] if t.is_alpha and t.lower_ not in _LEADS][:2]
    lowers = [t.lower_ for t in first]
    if lowers == ["what", "if"]:
        return True
    return bool(first) and lowers[0] in words.supposes and not _has_subject(first[0])


def _in_the_past(verb: Token) -> bool:
    return verb.tag_ == "VBD" or any(c.dep_ == "aux" and c.lower_ == "had" for c in verb.children)


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in _SUBJECTS for c in verb.children)


def _under_verb(current: Token, head: Token, words: _Doubt, *, clausal: bool) -> str | None:
    lemma = lemma_of(head)
    negated = any(c.dep_ == "neg" for c in head.children)
    content = current.dep_ in _CONTENT or (current.dep_ == "prep" and current.lower_ == "of")
    if content and lemma in words.unreal:
        return None if negated else "invented"
    if current.dep_ == "ccomp" and lemma == "wish" and _in_the_past(current):
        return "hypothetical"
    if current.dep_ == "ccomp" and lemma in words.supposes and head.tag_ == "VB":
        free = not _has_subject(head) and not any(c.dep_ == "aux" for c in head.children)
        if free or head.head.lower_ == "let":
            return "hypothetical"
    passed = current.dep_ == "prep" and current.lower_ == "as"  # "dismissed as false a report that"
    if (current.dep_ in _CONTENT or passed) and (
        clausal or (lemma == "deny" and current.pos_ == "NOUN")
    ):
        if lemma in words.denies | words.fails:
            return None if negated else "denied"
        if lemma in words.doubts:
            return None if negated and lemma != "rumour" else "doubtful"
    if (current.dep_ == "nsubj" and current.pos_ == "NOUN") and any(
        c.dep_ == "acomp" and lemma_of(c) in words.false for c in head.children
    ):
        if clausal and lemma_of(current) in words.reports and not negated:
            return "denied"  # "reports that it was cut are false"
        if not clausal:
            return "doubtful"  # "an agreement is unlikely"
    if current.dep_ in ("ccomp", "csubj", "acl", "xcomp") or (
        current.dep_ == "advcl" and head.pos_ == "AUX"
    ):
        judged = [head] if head.pos_ == "ADJ" else [c for c in head.children if c.dep_ == "acomp"]
        if any(lemma_of(t) in words.false for t in judged):
            return "denied"
        if (
            negated
            and current.dep_ != "xcomp"
            and lemma not in words.factive | words.denies | words.doubts
        ):
            return "denied"
    return None


def _under_noun(current: Token, head: Token, words: _Doubt) -> str | None:
    lemma = lemma_of(head)
    told = current.dep_ in ("acl", "ccomp", "relcl", "appos") or (
        current.dep_ == "prep" and current.lower_ in ("of", "about", "that")
    )
    if not told:
        return None
    if lemma in words.unsure:
        return "doubtful"
    if lemma in words.proof:
        verb = head.head if head.dep_ in ("dobj", "attr", "nsubj", "nsubjpass") else head
        if any(c.lower_ in ("no", "little", "any") for c in head.lefts) or any(
            c.dep_ == "neg" for c in verb.children
        ):
            return "denied"
    return None


def _passes_on(current: Token, head: Token, words: _Doubt) -> bool:
    """Whether a noun only passes on what is said above it ("reports that …", "a report of …")."""
    if current.dep_ in ("conj", "compound", "amod", "nmod"):
        return True
    if head.pos_ == "ADP":
        return head.lower_ in ("of", "about", "as") and current.dep_ in ("pobj", "pcomp")
    return lemma_of(head) in words.reports


def _counterfactual(token: Token) -> bool:
    """ "Had they met …", "would have signed", "as if he had": what did not happen."""
    helpers = [c for c in token.children if c.dep_ in ("aux", "auxpass")]
    lowers = {h.lower_ for h in helpers}
    if lowers & _UNREAL and "have" in lowers:
        return True
    marks = [c for c in token.children if c.dep_ == "mark"]
    if any(m.lower_ in ("if", "though") and m.i and m.nbor(-1).lower_ == "as" for m in marks):
        return True
    subjects = [c for c in token.children if c.dep_ in _SUBJECTS]
    return (
        bool(subjects)
        and token.dep_ in ("advcl", "ccomp", "csubj")
        and any(h.lower_ in _INVERTED and h.i < subjects[0].left_edge.i for h in helpers)
    )


def _left_out(token: Token) -> bool:
    """Whether a clause tells what was not done: "instead of giving", "rather than send"."""
    before = token.head if token.dep_ == "pcomp" else None
    if before is None:
        before = next((c for c in token.children if c.dep_ == "mark"), None)
    if before is None:
        return False
    if before.lower_ == "without":
        return not any(c.dep_ == "neg" for c in before.head.children)
    word = before.nbor(-1).lower_ if before.i else ""
    return (word, before.lower_) in (("instead", "of"), ("rather", "than"))


def _nearly(verb: Token, words: _Doubt) -> bool:
    """ "Almost sent", but not "almost doubled", which tells how much."""
    near = any(c.dep_ == "advmod" and c.lower_ in _NEARLY for c in verb.lefts)
    return near and verb.pos_ == "VERB" and lemma_of(verb) not in words.measures


def _counterfactual_above(noun: Token) -> str | None:
    """Whether the clause that a noun stands in did not happen: nothing else above bears on it."""
    current = noun
    while current.head != current and current.pos_ not in ("VERB", "AUX"):
        current = current.head
    return "hypothetical" if _counterfactual(current) and noun.dep_ == "dobj" else None
