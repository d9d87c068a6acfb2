"""Words of saying in parsed sentences: who says, with which word, to whom.

Comes in: one parsed sentence. Goes out: a `Cue` for each word or phrase of saying that asserts
that somebody said something, or the reason why it asserts nothing (negated, passive, not yet
said). What is said is cut by ``statements``, and whom a speaker's words mean is found by
``speakers``.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from pactwatch.language import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Cue", "Saying", "find_cues", "load_saying"]

_SUBJECTS = ("nsubj", "csubj")
_FIRST_PERSON = frozenset({"i", "we"})
_PERFECT = frozenset({"has", "have", "had", "'ve", "'s", "'d", "having"})
_WHEN = frozenset({"since", "after", "before", "when", "until", "once"})
_HABITS = frozenset({"sometimes", "often", "always", "usually", "never", "frequently"})
_NOBODY = frozenset({"it", "this", "that", "which", "what", "there", "these", "those"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """Words of saying; see ``codebook/saying.toml``."""

    always: frozenset[str]
    clause: frozenset[str]
    objects: frozenset[str]
    with_as: frozenset[str]
    requests: frozenset[str]
    thanks: frozenset[str]
    estimates: frozenset[str]
    rejects: frozenset[str]
    assertions: frozenset[str]
    naming: frozenset[str]
    warnings: frozenset[str]
    shows: frozenset[str]
    phrasal: frozenset[tuple[str, str]]
    before: tuple[tuple[str, ...], ...]
    documents: frozenset[str]
    voices: frozenset[str]
    askers: frozenset[str]
    not_labels: frozenset[str]
    hearsay: frozenset[str]

    @property
    def verbs(self) -> frozenset[str]:
        """All verbs that can be a cue on their own."""
        return (
            self.always | self.clause | self.objects | self.requests | self.thanks
            | self.estimates | self.naming | self.shows
        )  # fmt: skip


@functools.cache
def load_saying() -> Saying:
    """Load the words of saying from the codebook."""
    home = resources.files("pactwatch.codebook")
    words = tomllib.loads((home / "saying.toml").read_text("utf-8"))
    names = [
        "always",
        "clause",
        "objects",
        "requests",
        "thanks",
        "estimates",
        "rejects",
        "assertions",
        "naming",
        "warnings",
        "shows",
        "documents",
        "voices",
        "askers",
        "not_labels",
        "hearsay",
    ]
    return Saying(
        **{name: frozenset(words[name]) for name in names},
        with_as=frozenset(words["as"]),
        phrasal=frozenset((verb, second) for verb, second in words["phrasal"]),
        before=tuple(tuple(phrase.split()) for phrase in words["before"]),
    )


@dataclass(slots=True, kw_only=True, eq=False)
class Cue:
    """A word of saying with its speaker.

    Attributes:
        token: The verb; of a phrase ("according to") its first word.
        last: The last word of the cue ("out" of "points out").
        subject: Head of the words for the speaker, where the sentence names one.
        phrase: Whether it is a phrase without a verb.
        refused: Why it is no cue: "negated", "passive", "modal", "infinitive", "question", "first
            person", …
    """

    sentence: Sentence
    token: Token
    last: Token
    lemma: str
    subject: Token | None
    phrase: bool = False
    refused: str | None = None

    @property
    def span(self) -> tuple[int, int]:
        """The cue's words in the document."""
        return self.sentence.spans[self.token.i][0], self.sentence.spans[self.last.i][1]

    @property
    def first(self) -> int:
        """Index of the first token of the clause that holds cue and speaker."""
        first = self.token.i
        if self.subject is not None and self.subject.i < first:
            first = min(first, self.subject.left_edge.i)
        return first

    @property
    def final(self) -> int:
        """Index of the last token of the cue and of a speaker that follows it."""
        if self.subject is None or self.subject.i < self.token.i:
            return self.last.i
        return max(self.last.i, self.subject.right_edge.i)


def find_cues(sentence: Sentence, doc: Doc, words: Saying) -> Iterator[Cue]:
    """Yield the words of saying of a sentence in order, refused ones with their reason."""
    verbs = words.verbs
    phrasal = {verb for verb, _ in words.phrasal}
    for token in doc:
        phrase = _phrase_at(doc, token, words)
        if phrase is not None:
            subject = _object_of_phrase(doc, phrase)
            yield Cue(
                sentence=sentence, token=token, last=phrase, lemma=token.lower_,
                subject=subject, phrase=True,
                refused=None if subject is not None else "no speaker",
            )  # fmt: skip
            continue
        lemma = token.lemma_.lower()
        second = _second(token, lemma, words) if lemma in phrasal else None
        if (lemma not in verbs and second is None) or token.pos_ not in ("VERB", "AUX"):
            continue
        if token.dep_ in ("amod", "compound"):
            continue
        if token.lower_ == "according":
            continue
        subject = subject_of(token)
        yield Cue(
            sentence=sentence, token=token, last=second or token,
            lemma=f"{lemma} {second.lower_}" if second is not None else lemma,
            subject=subject, refused=_refusal(token, subject, doc, lemma, words),
        )  # fmt: skip


def _phrase_at(doc: Doc, token: Token, words: Saying) -> Token | None:
    """The last word of a phrase of saying that begins at a token."""
    for phrase in words.before:
        end = token.i + len(phrase)
        if end < len(doc) and tuple(t.lower_ for t in doc[token.i : end]) == phrase:
            return doc[end - 1]
    return None


def _object_of_phrase(doc: Doc, last: Token) -> Token | None:
    for child in last.children:
        if child.dep_ == "pobj":
            return child
    for token in doc[last.i + 1 : last.i + 8]:
        if token.pos_ in ("NOUN", "PROPN", "PRON") and token.dep_ not in ("compound", "poss"):
            return token
    return None


def _second(token: Token, lemma: str, words: Saying) -> Token | None:
    for follower in token.doc[token.i + 1 : token.i + 4]:
        if (lemma, follower.lower_) in words.phrasal and follower.head in (
            token,
            token.head,
            follower.head.head,
        ):
            return follower
        if follower.pos_ not in ("ADV", "PRON", "PART", "ADJ") and follower.dep_ != "prt":
            return None
    return None


def subject_of(verb: Token, depth: int = 0) -> Token | None:
    """Head of the words for who says it: the verb's own subject, or that of the verb it is
    joined to."""
    own = [c for c in verb.children if c.dep_ in _SUBJECTS]
    if own:
        nearest = min(own, key=lambda c: abs(c.i - verb.i))
        relative = nearest.lower_ in ("who", "which", "that") and verb.dep_ == "relcl"
        return verb.head if relative else nearest
    if depth > 3:
        return None
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return subject_of(verb.head, depth + 1)
    if (
        verb.dep_ in ("advcl", "xcomp", "dep")
        and verb.tag_ == "VBG"
        and verb.head.pos_ in ("VERB", "AUX")
    ):
        return subject_of(verb.head, depth + 1)
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as" and verb.head.head.pos_ == "VERB":
        # "quoted the minister as saying": whose words they are
        quoted = [c for c in verb.head.head.children if c.dep_ in ("dobj", "nsubjpass")]
        if quoted:
            return quoted[0]
    if verb.dep_ == "pcomp" and verb.tag_ == "VBG" and verb.head.head.pos_ in ("VERB", "AUX"):
        return subject_of(verb.head.head, depth + 1)
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return verb.head
    if verb.dep_ == "ROOT" and verb.tag_ in ("VBD", "VBZ", "VBP"):
        # "Minister for Health, Maria Bell, today warned …": the parser takes a title without
        # article for an adverb
        for child in verb.lefts:
            if child.dep_ in ("npadvmod", "dep", "nmod", "appos") and child.pos_ == "PROPN":
                return child
    return None


def _is_document(subject: Token, words: Saying) -> bool:
    """Whether a speaker is a document or an inquiry, by its word or as the last of its name."""
    return subject.lemma_.lower() in words.documents or subject.lower_ in words.documents


def _refusal(verb: Token, subject: Token | None, doc: Doc, lemma: str, words: Saying) -> str | None:
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if verb.dep_ == "conj" and not helpers and not any(c.dep_ in _SUBJECTS for c in verb.children):
        head = verb.head
        if head.pos_ in ("VERB", "AUX") and head.tag_ == verb.tag_:
            helpers = [c for c in head.children if c.dep_ in ("aux", "auxpass")]
    lowers = {h.lower_ for h in helpers}
    if any(h.dep_ == "auxpass" for h in helpers) or any(
        c.dep_ == "nsubjpass" for c in verb.children
    ):
        return "passive"
    if any(c.dep_ == "neg" for c in verb.children):
        return "negated"
    if any(h.tag_ == "MD" for h in helpers):
        return "not yet said"
    if "to" in lowers:
        return "infinitive"
    if any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether") for c in verb.children):
        return "hypothetical"
    participle = verb.tag_ == "VBN" and not lowers & _PERFECT
    if participle and (subject is None or subject.i > verb.i or verb.dep_ in ("acl", "amod")):
        return "passive"  # else a slip of the tagger for the past
    if verb.tag_ == "VB":
        if not lowers & {"do", "does", "did"}:
            return "infinitive"
        if doc.text.rstrip("\"') ").endswith("?"):
            return "question"
    if subject is None:
        return "no speaker"
    if lemma in words.shows - words.always - words.clause and not _is_document(subject, words):
        return "nothing said"  # people find things, and reports say so
    reports = any(
        m.lower_ == "that" for c in verb.children if c.dep_ == "ccomp" for m in c.children
    )
    if verb.dep_ == "relcl" and subject != verb.head and not reports:
        return "in passing"  # "a step that she announced in March"
    if any(h.i < subject.i < verb.i for h in helpers) and doc.text.rstrip("\"') ").endswith("?"):
        return "question"
    if subject.lower_ in _FIRST_PERSON:
        return "first person"
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return "negated"  # "without confirming or denying"
    if verb.dep_ == "conj" and verb.head.dep_ == "pcomp" and verb.head.head.lower_ == "without":
        return "negated"
    if verb.tag_ in ("VBZ", "VBP") and any(c.lower_ in _HABITS for c in verb.lefts):
        return "in passing"  # "sometimes she speaks about common sense"
    if lemma == "agree" and (
        subject.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in subject.children)
    ):
        return "an act"  # what several agree on they lay down
    if subject.lower_ in _NOBODY and subject.lower_ != "it":
        return "no speaker"
    if subject.dep_ == "expl":
        return "no speaker"
    if lemma not in words.always and verb.tag_ == "VBG" and verb.dep_ in ("advcl", "acl", "pcomp"):
        return "in passing"  # "Welcoming the deal, she …"
    told = any(c.dep_ == "ccomp" for c in verb.children)
    marks = {c.lower_ for c in verb.children if c.dep_ in ("mark", "advmod")}
    accuses = lemma in words.with_as and any(c.lower_ == "of" for c in verb.rights)
    if verb.dep_ == "advcl" and not told and not accuses and marks & _WHEN:
        return "in passing"  # "a week after he announced the plan"
    return None
