"""Which quotation belongs to which cue, and which quotations go on from one another.

Comes in: cues and the quotations of a reading. Goes out: the quotation that a cue introduces or
closes, if its words stand right beside it. It never decides who speaks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pactwatch.findings.saying import Cue
from pactwatch.language import Reading
from pactwatch.language.quotations import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["alone", "bare", "beside", "whole"]

_BETWEEN = re.compile(r"[\s,.;:!?–—\-“”\"’'‘»]*(?:and\s+|but\s+|also\s+)*\Z")
_OPENS = re.compile(r"[\s“”\"’'‘«–—\-]*\Z")
_MARKS = "“”\"'’‘»«"
_LONG = (
    6  # words: a shorter quotation that runs on without a stop is part of the sentence around it
)
_FURTHEST = (
    40  # tokens between a quotation and its cue: name, titles and a clause about the speaker
)
_CLOSING = 8
"""Tokens of a clause that only names who has spoken."""
_ADJUNCTS = frozenset(
    {
        "in",
        "on",
        "at",
        "during",
        "after",
        "before",
        "to",
        "by",
        "late",
        "when",
        "through",
        "via",
        "following",
        "as",
        "while",
        "for",
    }
)


def beside(reading: Reading, cue: Cue) -> tuple[Quotation, str] | None:
    """The quotation right before ("…,” X said") or right after a cue ("X said: “…"), and on
    which side it stands."""
    sentence, doc, text = cue.sentence, cue.token.doc, reading.text
    end = sentence.spans[cue.final][1]
    quotation = _before(reading, cue)
    if quotation is not None:
        return quotation, "before"
    quotation = next(reading.quotations_from(sentence.spans[cue.last.i][1]), None)
    if quotation is None:
        return None
    if quotation.opened.start > sentence.end + 200:
        return None
    gap = text[min(end, quotation.opened.start) : quotation.opened.start]
    if quotation.opened.start >= sentence.end:
        if gap.rstrip().endswith(":") and not text[sentence.end : quotation.opened.start].strip():
            return quotation, "after"
        return None
    stripped = gap.strip()
    tokens = [t for t in doc[cue.last.i + 1 :] if sentence.spans[t.i][1] <= quotation.opened.start]
    tokens = [t for t in tokens if t.i > cue.final and not t.is_punct]
    if any(t.pos_ in ("VERB", "AUX") and t.tag_ not in ("VBG", "VBN") for t in tokens):
        return None
    marked = stripped.endswith((",", ":"))
    if not stripped or (
        marked and (stripped == "," or _adjunct(cue, tokens, colon=stripped.endswith(":")))
    ):
        return (quotation, "after") if _fills_back(reading, cue, quotation) else None
    if all(t.lower_ == "that" or t.pos_ == "ADV" or _is_addressee(cue, t) for t in tokens):
        return (quotation, "after") if _fills_back(reading, cue, quotation) else None
    return None


def _before(reading: Reading, cue: Cue) -> Quotation | None:
    """The quotation that a cue closes: between them stand at most the words for the speaker."""
    sentence, doc, text = cue.sentence, cue.token.doc, reading.text
    start = sentence.spans[cue.token.i][0]
    quotation = reading.last_quotation_ended(start)
    if quotation is None:
        return None
    end = quotation.pieces[-1].end
    if end < sentence.start - 3 and text[end : sentence.start].strip(_MARKS + " \n\t"):
        return None
    between = text[end:start]
    named = cue.subject is not None and sentence.spans[cue.subject.left_edge.i][0] >= end
    close = named and _BETWEEN.match(text[end : sentence.spans[cue.first][0]])
    if not close:
        marks = text[end - 1] + between.lstrip(_MARKS)[:1]
        gap = [t for t in doc[: cue.token.i] if sentence.spans[t.i][0] >= end]
        told = [t for t in gap if t.tag_ in ("VBD", "VBZ", "VBP", "MD")]
        clauses = [t for t in gap if t.lower_ in ("who", "which", "whose")]
        if not any(m in ",!?—–" for m in marks) or len(gap) > _FURTHEST or len(told) > len(clauses):
            return None
    if "\n\n" in between or (
        _new_sentence(text, quotation, _next_word(text, end)) and not _closes(cue)
    ):
        return None
    return quotation if _fills_front(reading, cue, quotation) else None


def _closes(cue: Cue) -> bool:
    """Whether a clause says nothing but who spoke ("“… done.” Senator Bell concluded.")."""
    doc, subject = cue.token.doc, cue.subject
    if subject is None or subject.i > cue.token.i or cue.token.tag_ not in ("VBD", "VBZ"):
        return False
    after = [t for t in doc[cue.last.i + 1 :] if not t.is_punct]
    return not after and cue.token.i - subject.left_edge.i <= _CLOSING


def _next_word(text: str, offset: int) -> int:
    while offset < len(text) - 1 and not text[offset].isalnum():
        offset += 1
    return offset


def _is_addressee(cue: Cue, token: Token) -> bool:
    while token.head != token and token.i > cue.last.i:
        if token.dep_ in ("dobj", "dative") and token.head == cue.token:
            return cue.token.lemma_.lower() in ("tell", "inform", "assure", "remind", "warn", "ask")
        token = token.head
    return False


def _adjunct(cue: Cue, tokens: list[Token], *, colon: bool) -> bool:
    """Whether words between a cue and a comma only say where, when or to whom."""
    if colon:
        return True
    return bool(tokens) and (
        tokens[0].lower_ in _ADJUNCTS
        or tokens[0].pos_ == "ADV"
        or _is_addressee(cue, tokens[0])
        or tokens[0].dep_ == "npadvmod"
    )


def _new_sentence(text: str, quotation: Quotation, start: int) -> bool:
    """Whether a quotation is closed by a full stop, and what follows begins anew ("… done.” Peru
    said it …")."""
    last = text[quotation.pieces[-1].end - 1]
    return last == "." and text[start].isupper()


def _fills_front(reading: Reading, cue: Cue, quotation: Quotation) -> bool:
    """Whether a quotation before a closing cue is all that stands before it, so that the content
    is quoted whole."""
    if len(quotation.pieces) > 1:
        return True
    piece = quotation.pieces[0]
    host = reading.sentence_at(quotation.opened.start)
    if host is None:
        return True
    return bool(_OPENS.match(reading.text[host.start : quotation.opened.start])) or len(
        reading.text[piece.start : piece.end].split()
    ) > 3 * len(reading.text[host.start : quotation.opened.start].split())


def _fills_back(reading: Reading, cue: Cue, quotation: Quotation) -> bool:
    """Whether a quotation after an opening cue is the whole content, not the first words of it."""
    text = reading.text
    last = quotation.pieces[-1]
    if len(text[last.start : last.end].split()) >= _LONG or len(quotation.pieces) > 1:
        return True
    if text[last.end - 1] in ".,!?":
        return True
    rest = text[last.end : cue.sentence.end].lstrip(_MARKS + " ")
    return not rest or rest[0] in ",.;:!?–—)" or rest.split()[0].casefold() in ("and", "but")


def alone(reading: Reading, quotation: Quotation) -> bool:
    """Whether a quotation is whole sentences by itself: nothing else stands in its first and
    last sentence."""
    first = reading.sentence_at(quotation.opened.start)
    last = reading.sentence_at(quotation.pieces[-1].end - 1)
    if first is None or last is None:
        return False
    text = reading.text
    return bool(_OPENS.match(text[first.start : quotation.opened.start])) and not text[
        quotation.pieces[-1].end : last.end
    ].strip(_MARKS + " .,;:!?–—-\n\t")


def whole(reading: Reading, start: int, end: int) -> Quotation | None:
    """The quotation inside which a span lies, but for its last character."""
    return reading.quotation_around(start, end - 1)


def bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A span of content without white space, a final mark, and outer marks that have no partner
    inside."""
    while True:
        before = start, end
        while start < end and (text[start].isspace() or text[start] in ",.;:–—"):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",.;:!?–—"):
            end -= 1
        words = text[start:end]
        if words[:1] in ("“", '"', "«") and not re.search(r"[”\"»]", words[1:]):
            start += 1
        if words[-1:] in ("”", '"', "»") and not re.search(r"[“\"«]", words[:-1]):
            end -= 1
        if (start, end) == before:
            return start, end
