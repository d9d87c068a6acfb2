"""Where a document mentions an instrument: names, descriptions and "the deal", each with its grammar.

Comes in: one parsed sentence and the instrument words of the codebook. Goes out: a `Sighting` for each mention, with
the span of its name, its type word, whether it is definite, and the parties that stand with it. Which sightings are
one instrument, and which count, is decided by `instruments`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pactwatch.codebook.vocabularies import InstrumentWords
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import Frame, frames_of, lemma_of
from pactwatch.findings.parties import parties_in
from pactwatch.findings.stages import realis_of
from pactwatch.language import Sentence
from pactwatch.model import Rejected

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Sighting", "shorthand_sightings", "sightings_in"]

_LINKS = frozenset(
    {"on", "for", "of", "to", "against", "concerning", "regarding", "about", "relating"}
)
_JOINTS = frozenset({"and", ",", "&", "the", "-", "/", "of", "in", "against", "for", "to", "on"})
_ACRONYM_HEADS = frozenset({"mou", "moc", "moa"})
_DEFINITE = frozenset(
    {"the", "this", "that", "these", "those", "our", "its", "their", "his", "her", "such", "both"}
)
_INDEFINITE = frozenset({"a", "an", "any", "some", "another", "one", "no", "every", "each"})
_WITH = frozenset({"with", "between", "among", "amongst", "by", "involving"})
_MARKS = frozenset({'"', "'", "“", "”", "‘", "’", "``", "''"})
_ACRONYM = re.compile(r"\s*\((?:the\s+)?[“\"‘']?([A-Z][A-Za-z-]*[A-Z])s?[”\"’']?\)")


@dataclass(slots=True, kw_only=True, eq=False)
class Sighting:
    """One mention of an instrument.

    Attributes:
        token: Its head word; `first` and `last` are the tokens of its name, `tail` the last one of what describes it.
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


def head_lemma(token: Token, types: Mapping[str, str]) -> str:
    """Lemma of a token if it is a type word, plural names included; else an empty string."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return ""
    for lemma in (lemma_of(token), token.lower_, token.lower_.removesuffix("s")):
        if lemma in types:
            return lemma
    return ""


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
            or _inside_a_name(token, words)
        ):
            continue
        first, last, acronym = _core(context, sentence, doc, token, words)
        taken = last
        reason = _refusal(doc, token, first, noun, words)
        if reason:
            yield context.reject(
                "agreement", f"agreement.{noun}", reason, *sentence.span(first, last)
            )
            continue
        sighting = _sighting(context, sentence, doc, token, noun, (first, last, acronym), words)
        if (
            not sighting.capital
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
        if not sighting.definite and not sighting.capital and _denied(context, sighting):
            yield context.reject(
                "agreement", f"agreement.{noun}", "denied", *sentence.span(first, last)
            )
            continue
        yield sighting


def shorthand_sightings(
    sentence: Sentence,
    doc: Doc,
    names: Mapping[str, str],
    taken: list[Sighting],
    words: InstrumentWords,
) -> Iterator[Sighting]:
    """Yield mentions by acronyms and known short names that no type word gave; mark those that one gave."""
    for token in doc:
        for name, kind in names.items():
            length = name.count(" ") + name.count("-") * 2 + 1
            end = token.i + length
            if end > len(doc) or doc[token.i : end].text != name:
                continue
            inside = [s for s in taken if s.first <= token.i <= s.last]
            if inside:
                inside[0].known = True
                break
            sighting = Sighting(
                sentence=sentence, token=doc[end - 1], first=token.i, last=end - 1, tail=end - 1, noun="",
                type=kind, capital=True, definite=True, indefinite=False, known=True,
                acronym=name, words=frozenset({name.casefold()}),
            )  # fmt: skip
            sighting.frames = frames_around(sighting, words)
            yield sighting
            break


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
            frame.token.dep_ in ("relcl", "acl") and frame.subjects and frame.token.head.i in tokens
        ):
            told = [t for t in frame.subjects if t.i not in tokens and t.tag_ not in ("WDT", "WP")]
            found.append(("object" if told or frame.passive else "subject", frame))
        elif any(t.i in tokens for t in frame.objects):
            found.append(("object", frame))
        elif any(t.i in tokens for t in frame.subjects):
            found.append(("subject", frame))
        else:
            found += [(p, frame) for p, t in frame.preps if t.i in tokens][:1]
    return found


def _denied(context: Context, sighting: Sighting) -> bool:
    """Whether the sentence says that there is no such thing ("has not negotiated any deal")."""
    return any(
        place == "object"
        and not frame.nominal
        and realis_of(frame, context.codebook.stages).refused == "negated"
        for place, frame in sighting.frames
    )


def _inside_a_name(token: Token, words: InstrumentWords) -> bool:
    """Whether a type word stands before another that heads the phrase ("partnership agreement")."""
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return (
        following is not None
        and bool(head_lemma(following, words.types))
        and token.dep_ in ("compound", "nmod", "amod")
    )


def _capital(token: Token) -> bool:
    return token.text[:1].isupper() and any(c.isalpha() for c in token.text)


def _core(
    context: Context, sentence: Sentence, doc: Doc, head: Token, words: InstrumentWords
) -> tuple[int, int, str]:
    """First and last token of the name, and the acronym given with it."""
    capital = _capital(head) and not is_headline(sentence, doc)
    first = head.i
    while first > 0 and (
        _capital_run(doc, first - 1)
        if capital and not _acronym_head(head)
        else _belongs_left(doc[first - 1], doc[first])
    ):
        first -= 1
    while first < head.i and (doc[first].is_punct or doc[first].lower_ in _DEFINITE | _INDEFINITE):
        first += 1
    last = head.i
    if (
        last + 2 < len(doc)
        and doc[last + 1].lower_ == "of"
        and (doc[last + 2].lower_ in words.heads["of"] or (capital and _capital(doc[last + 2])))
    ):
        last += 2
    if capital:
        last = _without_region(context, sentence, last, _name_end(doc, last))
    given = _ACRONYM.match(context.reading.text, sentence.spans[last][1]) or _ACRONYM.search(
        context.reading.text, sentence.spans[head.i][1] - 1, sentence.spans[last][1]
    )
    acronym = given[1] if given else ""
    return first, last, acronym


def _without_region(context: Context, sentence: Sentence, last: int, end: int) -> int:
    """The end of a name without an "in …" that only says where ("Alliance for Prosperity in Central America")."""
    doc = sentence.doc
    assert doc is not None
    for i in range(end, last, -1):
        if doc[i].lower_ == "in":
            names = context.reading.names_in(*sentence.span(i, end))
            return i - 1 if names and names[-1].end == sentence.spans[end][1] else end
    return end


def is_headline(sentence: Sentence, doc: Doc) -> bool:
    """Whether a sentence is a headline, or set like one: capitals in it tell nothing."""
    if sentence.kind == "headline":
        return True
    longer = [t for t in doc if len(t.text) > 3 and t.is_alpha]
    share = 0.75 if doc.text.rstrip()[-1:] not in ".!?" else 0.98
    return len(longer) > 2 and sum(t.text[0].isupper() for t in longer) >= share * len(longer)


def _acronym_head(head: Token) -> bool:
    return head.text.casefold() in _ACRONYM_HEADS


def _capital_run(doc: Doc, i: int) -> bool:
    """Whether a token before a capitalised head belongs to the name."""
    token = doc[i]
    if token.text in ("-", "/", "&"):
        return i > 0 and not doc[i - 1].whitespace_ and _capital(doc[i - 1])
    if not _capital(token) or token.tag_ in (
        "DT",
        "PRP$",
        "POS",
        "IN",
        "MD",
        "PRP",
        "RB",
        "CC",
        "WDT",
    ):
        return False
    return token.lower_ not in _DEFINITE | _INDEFINITE and not (token.nbor(1).tag_ == "POS")


def _belongs_left(token: Token, right: Token) -> bool:
    if token.text in ("-", "/"):
        return token.i > 0 and not token.whitespace_
    if token.text in _MARKS or token.is_punct:
        return False
    if token.tag_ in ("DT", "PRP$", "WDT", "POS", "CC", "IN", "TO", "MD", "RB", "PDT", "WP$", ","):
        return False
    if token.pos_ in ("VERB", "AUX") and not (
        token.tag_ in ("VBN", "VBG") and token.dep_ in ("amod", "compound")
    ):
        return False
    if token.i + 1 < len(token.doc) and token.nbor(1).tag_ == "POS":
        return False
    if _capital(token) and _capital(right):
        return token.pos_ in ("PROPN", "NOUN", "ADJ", "NUM")
    return token.dep_ in ("amod", "compound", "nmod", "nummod") and token.pos_ in (
        "NOUN",
        "PROPN",
        "ADJ",
        "NUM",
        "VERB",
    )


def _name_end(doc: Doc, last: int) -> int:
    """Where a capitalised name ends that goes on after its head ("Convention on the Rights of the Child")."""
    end, i = last, last + 1
    if i >= len(doc) or doc[i].lower_ not in _LINKS:
        return last
    while i < len(doc):
        if _capital(doc[i]) and doc[i].pos_ != "PRON":
            end = i
        elif not (doc[i].lower_ in _JOINTS or (i == last + 1 and doc[i].lower_ in _LINKS)):
            break
        i += 1
        if i - end > 3:
            break
    return end


def _refusal(doc: Doc, token: Token, first: int, noun: str, words: InstrumentWords) -> str:
    before = [t.lower_ for t in doc[max(0, first - 1) : token.i]]
    if any(b in words.modifiers["not_instrument"] for b in before) and not _capital(token):
        return "no instrument"
    if noun in words.heads["vague"] and any(b in words.modifiers["not_process"] for b in before):
        return "no instrument"
    if any(b in words.modifiers["domestic"] for b in before):
        return "within one country"
    lefts = [c.lower_ for c in token.lefts]
    if "no" in lefts or (first > 0 and doc[first - 1].lower_ in ("no", "without")):
        return "denied"
    if (
        noun in ("agreement", "accord")
        and first == token.i
        and first > 0
        and doc[first - 1].lower_ in ("in", "of", "by")
    ):
        return "consent"
    if noun == "deal" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "of":
        return "no instrument"
    return ""


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
    before = _word_before(doc, first)
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
    capital = _capital(token) and not headline and (not _acronym_head(token) or last > token.i)
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
        and (not capital or _capital(t))
        and lemma_of(t) not in words.types
        and t.lower_ not in words.heads["of"]
        and not any(t.lower_ in known for known in words.modifiers.values())
    }
    sighting = Sighting(
        sentence=sentence, token=token, first=first, last=last, tail=last, noun=noun, type=words.types[noun],
        capital=capital, definite=bool(lefts & _DEFINITE) or possessed,
        indefinite=bool(lefts & _INDEFINITE) and not possessed, headline=headline,
        acronym=acronym, marks=marks, words=frozenset(own - {acronym.casefold()}),
        about=frozenset(t.lower_ for t in doc[last + 1 : last + 30] if t.pos_ in ("NOUN", "PROPN", "ADJ")),
    )  # fmt: skip
    _describe(context, sighting, doc)
    return sighting


def _word_before(doc: Doc, first: int) -> str:
    i = first - 1
    while i >= 0 and doc[i].text in _MARKS:
        i -= 1
    return doc[i].lower_ if i >= 0 else ""


def _describe(context: Context, sighting: Sighting, doc: Doc) -> None:
    """Read parties ("with …", "between … and …") and the rest of the description after the name."""
    i = sighting.last + 1
    quoted = i < len(doc) and doc[i].text in _MARKS
    while i < len(doc) and doc[i].text in _MARKS:
        i += 1
    steps = 0
    while i < len(doc) and steps < 2:
        end = phrase_end(doc, i)
        if end <= i:
            break
        lower = doc[i].lower_
        if lower in ("with", "between", "among", "amongst") or (lower == "involving"):
            found = parties_in(context, sighting.sentence, i + 1, end)
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
        if lower not in ("under", "in") or (lower == "in" and doc[i + 1].lower_ == "relation"):
            if (steps == 0 or lower in _WITH) and not quoted:
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


def phrase_end(doc: Doc, i: int) -> int:
    """Last token of the prepositional phrase that starts at `i`: up to the next clause, or preposition but "of"."""
    j = i + 1
    if i < len(doc) and doc[i].lower_ == "in" and j < len(doc) and doc[j].lower_ == "relation":
        j += 2
    if i < len(doc) and doc[i].tag_ == "TO" and j < len(doc) and doc[j].pos_ == "VERB":
        j += 1
    end = j - 1 if j - 1 > i else i
    while j < len(doc):
        token = doc[j]
        if token.text == "(":
            while j < len(doc) and doc[j].text != ")":
                j += 1
            end = min(j, len(doc) - 1)
        elif token.text == ",":
            following = doc[j + 1] if j + 1 < len(doc) else None
            if following is None or not (_capital(following) or following.lower_ in ("the", "and")):
                break
        elif (
            token.pos_ in ("VERB", "AUX")
            and token.tag_ not in ("VBG",)
            and token.dep_ not in ("amod", "compound")
        ):
            break
        elif (token.pos_ == "ADP" and token.lower_ != "of") or token.tag_ in (
            "TO",
            "WDT",
            "WP",
            "WRB",
        ):
            if (
                token.lower_ not in ("of", "for")
                or (token.lower_ == "for"
                and not _capital(doc[j - 1]))
            ):
                break
        elif (
            (token.pos_ == "PUNCT"
            and token.text not in ("-", "/", "'", "’"))
            or token.pos_ == "SCONJ"
        ) or (token.pos_ == "PRON" and token.tag_ != "PRP$") or token.pos_ == "ADV":
            break
        elif not token.is_punct and token.lower_ not in ("and", "or", "the", "a"):
            end = j
        j += 1
    return end
