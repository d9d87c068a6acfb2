"""Where a document mentions an instrument: names, descriptions and "the deal", each with its
grammar.

Comes in: one parsed sentence and the instrument words of the codebook. Goes out: a `Sighting` for
each mention, with the span of its name, its type word, whether it is definite, and the parties
that stand with it. Which sightings are one instrument, and which count, is decided by
`instruments`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pactwatch.codebook.vocabularies import InstrumentWords
from pactwatch.findings.asserted import not_asserted
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import Frame, frames_of, lemma_of
from pactwatch.findings.parties import parties_in
from pactwatch.findings.stages import realis_of
from pactwatch.findings.wording import (
    DEFINITE,
    INDEFINITE,
    MARKS,
    core_of,
    head_lemma,
    inside_a_name,
    is_acronym_head,
    is_capital,
    is_headline,
    phrase_end,
    refusal_of,
    word_before,
)
from pactwatch.language import Sentence
from pactwatch.model import Rejected

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = [
    "Sighting",
    "doubt_of",
    "frames_around",
    "no_government",
    "sightings_in",
]

_LONGEST_CLAUSE = 15
"""Tokens of a clause on an instrument before the words for its parties."""
_WITH = frozenset({"with", "between", "among", "amongst", "by", "involving"})


@dataclass(slots=True, kw_only=True, eq=False)
class Sighting:
    """One mention of an instrument.

    Attributes:
        token: Its head word; `first` and `last` are the tokens of its name, `tail` the last of
            what describes it.
        noun: Lemma of the head word; empty for an acronym.
        type: Type of the instrument by its head word.
        group: "programme", or "agreement" for all other types.
        capital: The head word is part of a name.
        headline: It stands in a headline, where capitals tell nothing.
        marks: Modifier classes that stand beside it ("successor", "between", "earlier" …).
        words: Words that tell it from other instruments, lower case.
        about: Words of what follows it in the sentence, lower case.
        parties: Fillers of the parties named with it.
        frames: The frames around it with its place in each: "object", "subject", or a preposition.
        private: A firm, a university or the like is named as a side of it.
        doubt: Why its sentence asserts nothing of it ("denied", "question"), or empty.
        with_parties: The preposition that named parties; those of "between" are all there are.
    """

    sentence: Sentence
    token: Token
    first: int
    last: int
    tail: int
    noun: str
    type: str
    capital: bool
    definite: bool
    indefinite: bool
    headline: bool = False
    known: bool = False
    acronym: str = ""
    marks: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()
    parties: list[Filling] = field(default_factory=list)
    private: bool = False
    doubt: str = ""
    with_parties: str = ""
    frames: list[tuple[str, Frame]] = field(default_factory=list)

    @property
    def group(self) -> str:
        """The group of types that generic words stand for."""
        return "programme" if self.type == "programme" else "agreement"

    @property
    def span(self) -> tuple[int, int]:
        """The name in the document."""
        return self.sentence.span(self.first, self.last)

    @property
    def full_span(self) -> tuple[int, int]:
        """The name with what describes it."""
        return self.sentence.span(self.first, self.tail)


def sightings_in(
    context: Context, sentence: Sentence, doc: Doc, words: InstrumentWords
) -> Iterator[Sighting | Rejected]:
    """Yield the mentions by type words in a sentence, and those refused as no instrument."""
    taken = -1
    for token in doc:
        noun = words.forms.get(lemma := head_lemma(token, words.types), lemma)
        if (
            not noun
            or token.i <= taken
            or (noun == "statement" and not _joint(token, words))
            or inside_a_name(token, words)
        ):
            continue
        first, last, acronym = core_of(context, sentence, doc, token, words)
        taken = last
        reason = refusal_of(doc, token, first, noun, words)
        if reason:
            yield context.reject(
                "agreement", f"agreement.{noun}", reason, *sentence.span(first, last)
            )
            continue
        sighting = _sighting(context, sentence, doc, token, noun, (first, last, acronym), words)
        if (
            not sighting.capital
            and not sighting.headline
            and not sighting.with_parties
            and ((token.tag_ == "NNS" and noun in words.heads["vague"]) or noun == "understanding")
        ):
            yield context.reject(
                "agreement",
                f"agreement.{noun}",
                "instruments in general",
                *sentence.span(first, last),
            )
            continue
        sighting.frames = frames_around(sighting, words)
        sighting.doubt = doubt_of(sighting)
        if token.dep_ == "attr" and any(c.dep_ == "neg" for c in token.head.children):
            # "the accord is not a treaty"
            yield context.reject(
                "agreement", f"agreement.{noun}", "denied", *sentence.span(first, last)
            )
            continue
        if not sighting.definite and not sighting.capital and _denied(context, sighting):
            yield context.reject(
                "agreement", f"agreement.{noun}", "denied", *sentence.span(first, last)
            )
            continue
        yield sighting


def _joint(token: Token, words: InstrumentWords) -> bool:
    return any(c.lower_ in words.modifiers["joint"] for c in token.lefts)


def frames_around(sighting: Sighting, words: InstrumentWords) -> list[tuple[str, Frame]]:
    """The frames in which a mention stands, with its place in each."""
    doc = sighting.sentence.doc
    assert doc is not None
    tokens = set(range(sighting.first, sighting.last + 1))
    head = sighting.token
    if head.dep_ == "compound" and head.head.i > sighting.last:
        tokens.add(head.head.i)
    found: list[tuple[str, Frame]] = []
    for frame in frames_of(sighting.sentence, doc, nouns=words.stage_nouns):
        if frame.token.i in tokens:
            continue
        if (
            frame.token.dep_ in ("csubj", "nsubj")
            and head.dep_ == "attr"
            and head.head.i == frame.token.head.i
        ):
            found.append(("attr", frame))
        elif (
            frame.token.dep_ in ("relcl", "acl")
            and (frame.subjects or frame.passive)
            and frame.token.head.i in tokens
        ):
            told = [t for t in frame.subjects if t.i not in tokens and t.tag_ not in ("WDT", "WP")]
            found.append(("object" if told or frame.passive else "subject", frame))
        elif any(t.i in tokens for t in frame.objects):
            found.append(("object", frame))
        elif any(t.i in tokens for t in frame.subjects):
            found.append(("subject", frame))
        elif any(t.i in tokens for t in frame.datives):
            found.append(("dative", frame))
        else:
            found += [(p, frame) for p, t in frame.preps if t.i in tokens][:1]
    return found


def doubt_of(sighting: Sighting) -> str:
    """Why a sentence asserts nothing of an instrument: a name or "the deal" is there all the same
    in a question or a condition, "a deal" is not."""
    doc = sighting.sentence.doc
    assert doc is not None
    known = sighting.definite or sighting.capital
    if doc.text.rstrip("\"'”’ )").endswith("?"):
        return "" if known else "question"
    for place, frame in sighting.frames:
        if place in ("object", "into", "to", "on") and not frame.nominal:
            reason = not_asserted(frame.token)
            if reason is not None and not (known and reason == "hypothetical"):
                return reason
    reason = not_asserted(sighting.token)
    return "" if reason is None or (known and reason == "hypothetical") else reason


def _denied(context: Context, sighting: Sighting) -> bool:
    """Whether the sentence says that there is no such thing ("has not negotiated any deal")."""
    return any(
        place == "object"
        and not frame.nominal
        and realis_of(frame, context.codebook.stages).refused == "negated"
        for place, frame in sighting.frames
    )


def _sighting(
    context: Context,
    sentence: Sentence,
    doc: Doc,
    token: Token,
    noun: str,
    core: tuple[int, int, str],
    words: InstrumentWords,
) -> Sighting:
    first, last, acronym = core
    before = word_before(doc, first)
    lefts = {c.lower_ for c in token.lefts if c.dep_ in ("det", "poss")} | (
        {before} if before else set()
    )
    possessed = any(c.dep_ == "poss" for c in token.lefts)
    modifiers = [t.lower_ for t in doc[first : token.i]]
    phrases = {
        " ".join(modifiers[i : i + 3]).replace(" - ", "-") for i in range(len(modifiers))
    } | set(modifiers)
    phrases |= {before} if before else set()
    marks = frozenset(c for c, known in words.modifiers.items() if phrases & known)
    headline = is_headline(sentence, doc)
    capital = is_capital(token) and not headline and (not is_acronym_head(token) or last > token.i)
    own = {
        t.lower_.strip("'’")
        for t in doc[first : last + 1]
        if t.pos_ in ("NOUN", "PROPN", "ADJ", "VERB")
        and not (
            t.i + 1 < token.i
            and t.nbor(1).text == "-"
            and t.nbor(2).lower_ in words.modifiers["suffix"]
        )
        and not context.reading.quantities_in(*sentence.spans[t.i])
        and (not capital or is_capital(t))
        and lemma_of(t) not in words.types
        and t.lower_ not in words.heads["of"]
        and not any(t.lower_ in known for known in words.modifiers.values())
    }
    sighting = Sighting(
        sentence=sentence,
        token=token,
        first=first,
        last=last,
        tail=last,
        noun=noun,
        type=words.types[noun],
        capital=capital,
        definite=bool(lefts & DEFINITE) or possessed,
        indefinite=bool(lefts & INDEFINITE) and not possessed,
        headline=headline,
        acronym=acronym,
        marks=marks,
        words=frozenset(own - {acronym.casefold()}),
        about=frozenset(
            t.lower_ for t in doc[last + 1 : last + 30] if t.pos_ in ("NOUN", "PROPN", "ADJ")
        ),
    )
    _describe(context, sighting, doc, words)
    return sighting


def no_government(
    context: Context, sentence: Sentence, head: Token, words: InstrumentWords
) -> bool:
    """Whether a head is a firm, a club or the like, whatever state is named with it."""
    return (
        lemma_of(head) in words.modifiers["not_government"]
        and context.reading.name_at(sentence.spans[head.i][0]) is None
    )


def _says_when(context: Context, sentence: Sentence, first: int) -> bool:
    """Whether a phrase is a date ("an agreement on Monday"), and so no subject."""
    start = sentence.spans[first][0]
    return any(d.start == start for d in context.reading.dates_in(sentence.start, sentence.end))


def _past_clause(doc: Doc, i: int, head: Token) -> int:
    """Where "between …" stands behind a clause that says what an instrument sets up ("the
    agreement establishing a commission between …"); `i` itself where there is none."""
    if i >= len(doc) or doc[i].tag_ != "VBG" or doc[i].head.i != head.i:
        return i
    for token in doc[i + 1 : i + _LONGEST_CLAUSE]:
        if token.tag_ in ("VBD", "VBZ", "VBP", "MD"):
            break
        if token.lower_ in ("between", "with", "among"):
            return token.i
    return i


def _describe(context: Context, sighting: Sighting, doc: Doc, words: InstrumentWords) -> None:
    """Read parties ("with …", "between … and …") and the rest of the description after the name."""
    i = sighting.last + 1
    quoted = i < len(doc) and doc[i].text in MARKS
    while i < len(doc) and doc[i].text in MARKS:
        i += 1
    i = _past_clause(doc, i, sighting.token)
    steps = 0
    while i < len(doc) and steps < 2:
        end = phrase_end(doc, i)
        lower = doc[i].lower_
        if end <= i or (lower == "on" and _says_when(context, sighting.sentence, i + 1)):
            break
        if lower in ("with", "between", "among", "amongst") or (lower == "involving"):
            heads = [c for c in doc[i].children if c.dep_ == "pobj"]
            found = parties_in(context, sighting.sentence, i + 1, end)
            if any(no_government(context, sighting.sentence, h, words) for h in heads):
                found, sighting.private = [], True
            if found:
                sighting.parties += found
                sighting.with_parties = lower
        elif lower not in (
            "on",
            "for",
            "to",
            "concerning",
            "regarding",
            "in",
            "under",
            "about",
            "of",
            "against",
        ):
            break
        dated = context.reading.dates_in(*sighting.sentence.span(i, end))
        subject = lower not in ("under", "in") or doc[i + 1].lower_ == "relation"
        subject = subject and (lower == "of" or not dated)
        if subject and (steps == 0 or lower in _WITH) and not quoted:
            sighting.tail = end
        i = end + 1
        steps += 1
    names = [
        p
        for p in parties_in(
            context, sighting.sentence, sighting.first, sighting.last, states_only=True
        )
        if p[2]
    ]
    for child in sighting.token.lefts:
        if child.dep_ == "poss":
            names += parties_in(context, sighting.sentence, child.left_edge.i, child.i)
    sighting.parties += [n for n in names if n[:2] not in [p[:2] for p in sighting.parties]]
