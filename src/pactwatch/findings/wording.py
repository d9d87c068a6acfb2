"""The wording of an instrument's name: where it begins and ends, and what only looks like one.

Comes in: a type word ("Agreement") in a parsed sentence. Goes out: the tokens of its name ("Lake
Fisheries Agreement", "Convention on the Rights of the Child"), its acronym, and the reason why a
word is no instrument ("a great deal"). It reads no parties and joins no mentions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pactwatch.codebook.vocabularies import InstrumentWords
from pactwatch.findings.context import Context
from pactwatch.findings.frames import lemma_of
from pactwatch.language import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = [
    "DEFINITE",
    "INDEFINITE",
    "MARKS",
    "core_of",
    "head_lemma",
    "inside_a_name",
    "is_acronym_head",
    "is_capital",
    "is_headline",
    "phrase_end",
    "refusal_of",
    "word_before",
]

_LINKS = frozenset(
    {"on", "for", "of", "to", "against", "concerning", "regarding", "about", "relating"}
)
_JOINTS = frozenset({"and", ",", "&", "the", "-", "/", "of", "in", "against", "for", "to", "on"})
_ACRONYM_HEADS = frozenset({"mou", "moc", "moa"})
DEFINITE = frozenset(
    {"the", "this", "that", "these", "those", "our", "its", "their", "his", "her", "such", "both"}
)
INDEFINITE = frozenset({"a", "an", "any", "some", "another", "one", "no", "every", "each"})
MARKS = frozenset({'"', "'", "“", "”", "‘", "’", "``", "''"})
_ACRONYM = re.compile(r"\s*\((?:the\s+)?[“\"‘']?([A-Z][A-Za-z-]*[A-Z])s?[”\"’']?\)")


def head_lemma(token: Token, types: Mapping[str, str]) -> str:
    """Lemma of a token if it is a type word, plural names included; else an empty string."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return ""
    for lemma in (lemma_of(token), token.lower_, token.lower_.removesuffix("s")):
        if lemma in types:
            return lemma
    return ""


def inside_a_name(token: Token, words: InstrumentWords) -> bool:
    """Whether a type word stands before another that heads the phrase ("partnership agreement")."""
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return (
        following is not None
        and bool(head_lemma(following, words.types))
        and token.dep_ in ("compound", "nmod", "amod")
    )


def is_capital(token: Token) -> bool:
    return token.text[:1].isupper() and any(c.isalpha() for c in token.text)


def core_of(
    context: Context, sentence: Sentence, doc: Doc, head: Token, words: InstrumentWords
) -> tuple[int, int, str]:
    """First and last token of the name, and the acronym given with it."""
    capital = is_capital(head) and not is_headline(sentence, doc)
    first = head.i
    while first > 0 and (
        _capital_run(doc, first - 1)
        if capital and not is_acronym_head(head)
        else _belongs_left(doc[first - 1], doc[first])
    ):
        first -= 1
    while first < head.i and (doc[first].is_punct or doc[first].lower_ in DEFINITE | INDEFINITE):
        if doc[first + 1].text == "-" and not doc[first].whitespace_:
            break  # "one-off deal"
        first += 1
    last = head.i
    if (
        last + 2 < len(doc)
        and doc[last + 1].lower_ == "of"
        and (doc[last + 2].lower_ in words.heads["of"] or (capital and is_capital(doc[last + 2])))
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
    """The end of a name without an "in …" that only says where ("… in Central America")."""
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


def is_acronym_head(head: Token) -> bool:
    return head.text.casefold() in _ACRONYM_HEADS


def _capital_run(doc: Doc, i: int) -> bool:
    """Whether a token before a capitalised head belongs to the name."""
    token = doc[i]
    if token.text in ("-", "/", "&"):
        return i > 0 and not doc[i - 1].whitespace_ and is_capital(doc[i - 1])
    if not is_capital(token) or token.tag_ in (
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
    return token.lower_ not in DEFINITE | INDEFINITE and token.nbor(1).tag_ != "POS"


def _joins_modifiers(token: Token) -> bool:
    """Whether a word is coordinated among modifiers ("trade and technology deal")."""
    return token.dep_ in ("cc", "conj") and token.head.dep_ in ("amod", "compound", "nmod")


def _belongs_left(token: Token, right: Token) -> bool:
    if _joins_modifiers(token) and token.pos_ in ("CCONJ", "NOUN", "ADJ", "PROPN"):
        return True
    if token.text in ("-", "/"):
        return token.i > 0 and not token.whitespace_
    if token.text in MARKS or token.is_punct:
        return False
    if token.tag_ in ("DT", "PRP$", "WDT", "POS", "CC", "IN", "TO", "MD", "RB", "PDT", "WP$", ","):
        return False
    if token.pos_ in ("VERB", "AUX") and not (
        token.tag_ in ("VBN", "VBG") and token.dep_ in ("amod", "compound")
    ):
        return False
    if token.i + 1 < len(token.doc) and token.nbor(1).tag_ == "POS":
        return False
    if is_capital(token) and is_capital(right):
        return token.pos_ in ("PROPN", "NOUN", "ADJ", "NUM")
    return token.dep_ in ("amod", "compound", "nmod", "nummod") and token.pos_ in (
        "NOUN",
        "PROPN",
        "ADJ",
        "NUM",
        "VERB",
    )


def _name_end(doc: Doc, last: int) -> int:
    """Where a name ends that goes on after its head ("Convention on the Rights …")."""
    end, i = last, last + 1
    if i >= len(doc) or doc[i].lower_ not in _LINKS:
        return last
    while i < len(doc):
        if is_capital(doc[i]) and doc[i].pos_ != "PRON":
            end = i
        elif not (doc[i].lower_ in _JOINTS or (i == last + 1 and doc[i].lower_ in _LINKS)):
            break
        i += 1
        if i - end > 3:
            break
    return end


def refusal_of(doc: Doc, token: Token, first: int, noun: str, words: InstrumentWords) -> str:
    before = [t.lower_ for t in doc[max(0, first - 1) : token.i]]
    if any(b in words.modifiers["not_instrument"] for b in before) and not is_capital(token):
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
    if (
        noun in ("agreement", "accord")
        and not is_capital(token)
        and token.dep_ == "pobj"
        and token.head.lower_ in ("in", "by")
        and not any(c.dep_ in ("det", "poss") for c in token.lefts)
    ):
        return "consent"  # "in full agreement with Germany"
    if noun == "deal" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "of":
        return "no instrument"
    return ""


def word_before(doc: Doc, first: int) -> str:
    i = first - 1
    while i >= 0 and doc[i].text in MARKS:
        i -= 1
    return doc[i].lower_ if i >= 0 else ""


def _list_goes_on(doc: Doc, start: int) -> bool:
    """Whether a comma stands in a list: an "and" comes before the next verb or owner."""
    for token in doc[start:]:
        if token.lower_ in ("and", "&", "or"):
            return True
        if token.pos_ in ("VERB", "AUX") or token.tag_ == "POS" or token.text in (";", ":", "."):
            return False
    return False


def _opens_clause(token: Token) -> bool:
    """Whether a word belongs to the subject of another clause ("…, and Peru closed a road")."""
    top = token
    while top.dep_ in ("compound", "amod", "det", "nmod", "poss", "nummod") and top.head != top:
        top = top.head
    subject = top.dep_ in ("nsubj", "nsubjpass") and top.i >= token.i and top.head.i > token.i
    before = token.doc[max(0, token.i - 2) : token.i]
    return subject and any(t.text in (",", "and", "but") for t in before)


def phrase_end(doc: Doc, i: int) -> int:
    """Last token of the phrase of the preposition at `i`, its "of" phrases included."""
    j = i + 1
    if i < len(doc) and doc[i].lower_ == "in" and j < len(doc) and doc[j].lower_ == "relation":
        j += 2
    if i < len(doc) and doc[i].tag_ == "TO" and j < len(doc) and doc[j].pos_ == "VERB":
        j += 1
    end = j - 1 if j - 1 > i else i
    while j < len(doc):
        token = doc[j]
        if _opens_clause(token):
            break
        if token.text == "(":
            while j < len(doc) and doc[j].text != ")":
                j += 1
            end = min(j, len(doc) - 1)
        elif token.text == ",":
            following = doc[j + 1] if j + 1 < len(doc) else None
            if following is None or not (
                is_capital(following) or following.lower_ in ("the", "and")
            ):
                break
            if not _list_goes_on(doc, j + 1):
                break
        elif (
            token.pos_ in ("VERB", "AUX")
            and (token.tag_ != "VBG" or token.dep_ in ("acl", "advcl"))
            and token.dep_ not in ("amod", "compound")
        ):
            break
        elif (token.pos_ == "ADP" and token.lower_ != "of") or token.tag_ in (
            "TO",
            "WDT",
            "WP",
            "WRB",
        ):
            if token.lower_ not in ("of", "for") or (
                token.lower_ == "for" and not is_capital(doc[j - 1])
            ):
                break
        elif (
            (
                (token.pos_ == "PUNCT" and token.text not in ("-", "/", "'", "’"))
                or token.pos_ == "SCONJ"
            )
            or (token.pos_ == "PRON" and token.tag_ != "PRP$")
            or token.pos_ == "ADV"
        ):
            break
        elif not token.is_punct and token.lower_ not in ("and", "or", "the", "a"):
            end = j
        j += 1
    return end
