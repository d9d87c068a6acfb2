"""The content of a statement that a clause or an object tells: "said that …", "…, X said", "praised
the work of …".

Comes in: a cue in its parsed sentence. Goes out: the spans of what is said, and who is addressed.
It doesn't know quotations; ``statements`` compares the spans with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pactwatch.findings.saying import Cue, Saying

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Said", "cut_content"]

_CLAUSAL = ("ccomp", "parataxis")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_TELLS = frozenset({"tell"})  # its object is the addressee
_NEAR_THAT = 10  # tokens between a cue and its "that": "said in a statement that"
_FEW = 2  # words: no more make a clause
_TAIL_WORDS = 14  # words after a closing "he said": a place, a date, "in a statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a cue reports, as token ranges with both ends included.

    Attributes:
        pieces: More than one where the cue stands in the midst.
        addressee: Head of the words for who is addressed.
    """

    pieces: tuple[tuple[int, int], ...]
    addressee: Token | None = None


def cut_content(cue: Cue, words: Saying, *, first: int, last: int) -> Said | None:
    """Cut what a cue reports out of tokens `first` to `last`; None where it reports nothing.

    Args:
        first, last: The sentence, or the part of it that stands inside one quotation.
    """
    doc = cue.token.doc
    if cue.phrase:
        return _around(cue, doc, first, last)
    verb = cue.token
    lemma = verb.lemma_.lower()
    addressee = _addressee(cue)
    phrasal = cue.last != verb
    if lemma in words.thanks:
        return _thanks(verb, last)
    if lemma in words.naming and not phrasal:
        return _naming(verb, last)
    right = [c for c in verb.rights if c.i <= last]
    if lemma in words.requests or cue.lemma.startswith("call "):
        request = _request(cue, last)
        if request is not None:
            return request
    if cue.lemma in ("call on", "call upon"):
        return None  # "called on the President": a visit
    if phrasal and cue.last.tag_ == "IN" and cue.last.dep_ == "prep":
        topic = [c for c in cue.last.children if c.dep_ in ("pobj", "pcomp")]
        return Said(pieces=((topic[0].left_edge.i, topic[0].right_edge.i),)) if topic else None
    if lemma in words.estimates:
        return _estimate(right)
    clause = _clause(cue, right, last)
    if addressee is not None and clause is not None and addressee.i >= clause:
        addressee = None  # "denied that aid to Chad had been cut"
    reports = any(lemma in known for known in (words.always, words.clause, words.shows)) or phrasal
    if reports and clause is not None:
        return Said(pieces=((clause, _boundary(cue, clause, last)),), addressee=addressee)
    if verb.tag_ == "VBG" and verb.dep_ in ("advcl", "acl", "pcomp"):
        return None  # "…, adding 400 places": what is done, not said
    if lemma in words.warnings and (said := _warning(verb, right, last)) is not None:
        return said
    if lemma == "say" and (start := _misread(right)) is not None:
        return Said(pieces=((start, _boundary(cue, start, last)),), addressee=addressee)
    if lemma in words.objects and (said := _object(cue, right, words, last)) is not None:
        return said
    told = any(c.dep_ == "dobj" and c.i > cue.last.i and c.ent_type_ == "" for c in right)
    if (
        told
        and lemma not in _TELLS
        and not cue.phrase
        and cue.subject is not None
        and (cue.subject.i < verb.i)
    ):
        return None  # "Since 1648 states have claimed sovereignty": nothing of it is said
    if lemma in words.always or (lemma in words.clause and _left_clause(verb)):
        return _around(cue, doc, first, last, addressee)
    return None


def _clause(cue: Cue, right: list[Token], last: int) -> int | None:
    """Index of the first token of the clause that follows a cue."""
    doc = cue.token.doc
    index = cue.final + 1
    while index <= last and doc[index].pos_ == "ADV" and doc[index].head == cue.token:
        index += 1
    nearby = doc[index : index + _NEAR_THAT]
    that = next((t for t in nearby if t.lower_ == "that" and t.i <= last), None)
    if that is not None and that.tag_ in ("IN", "WDT") and _skips(doc, index, that.i):
        return that.i + 1
    if that is not None and that.i == index and _misread_that(cue, that):
        return that.i + 1
    for child in [*right, *(g for c in right if c.dep_ == "acomp" for g in c.rights)]:
        if child.dep_ in _CLAUSAL and child.i > cue.last.i and _finite(child):
            start = max(child.left_edge.i, cue.last.i + 1)
            for token in doc[start : child.i]:
                if token.dep_ == "mark" and token.lower_ == "that" and token.head == child:
                    return token.i + 1
            return start
    return None


def _misread_that(cue: Cue, that: Token) -> bool:
    """Whether a "that" which the parser took for "that one" opens a clause ("denied that aid to
    Chad had been cut"): a finite verb follows, with no mark or conjunction before it."""
    doc = that.doc
    for verb in cue.token.rights:
        if verb.dep_ not in ("ccomp", "advcl") or not _finite(verb) or verb.i < that.i:
            continue
        own = [c for c in verb.children if c.dep_ == "mark" or c.tag_ in ("WRB", "WDT", "WP")]
        if not own and all(t.text != "," for t in doc[that.i : verb.i]):
            return True
    return False


def _skips(doc: Doc, start: int, that: int) -> bool:
    """Whether words between a cue and "that" only say where, when or to whom."""
    between = doc[start:that]
    return not any(t.pos_ in ("VERB", "AUX") or t.text == "," for t in between) and (
        not between
        or between[0].pos_ in ("ADP", "ADV", "PRON", "PROPN")
        or between[0].dep_ in ("dobj", "dative", "npadvmod", "det", "compound")
    )


def _finite(verb: Token) -> bool:
    return (
        verb.tag_ in _FINITE
        or any(c.tag_ in _FINITE for c in verb.children)
        or any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
    )


def _left_clause(verb: Token) -> bool:
    return any(c.dep_ in _CLAUSAL and _finite(c) for c in verb.lefts)


def _boundary(cue: Cue, start: int, last: int) -> int:
    """Last token of what is said: before what the speaker's clause goes on to ("but has …", ",
    adding that …")."""
    doc = cue.token.doc
    end = last
    for child in cue.token.rights:
        if child.i <= start:
            continue
        if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"):
            edge = child.left_edge.i
            if _own_subject(child) and doc[max(edge - 2, 0)].text != ",":
                continue  # "… said Peru would go and Chile would stay"
            while edge > start and doc[edge - 1].dep_ in ("cc", "punct"):
                edge -= 1
            end = min(end, edge - 1)
    return max(end, start)


def _own_subject(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in verb.children)


def _request(cue: Cue, last: int) -> Said | None:
    """ "asked Peru to send doctors": addressee Peru, content from the infinitive on."""
    verb = cue.token
    for child in verb.rights:
        if child.i > last or child.dep_ not in ("xcomp", "ccomp", "advcl") or child.tag_ != "VB":
            continue
        to = [c for c in child.children if c.dep_ == "aux" and c.lower_ == "to"]
        if not to:
            continue
        who = [c for c in verb.rights if c.dep_ in ("dobj", "dative") and c.i < child.i]
        who += [c for c in child.children if c.dep_ == "nsubj"]
        who += [
            g
            for c in verb.rights
            if c.lower_ in ("on", "upon")
            for g in c.children
            if g.dep_ == "pobj"
        ]
        if not who:
            return None
        return Said(
            pieces=(
                (
                    to[0].i + 1,
                    min(_boundary(cue, to[0].i + 1, last), max(child.right_edge.i, child.i)),
                ),
            ),
            addressee=who[0],
        )
    return None


def _thanks(verb: Token, last: int) -> Said | None:
    who = [c for c in verb.rights if c.dep_ in ("dobj", "dative")]
    if any(c.lower_ == "you" for c in who):
        return None  # a courtesy at the end of an interview
    for token in verb.doc[verb.i + 1 : last + 1]:
        if (
            (token.lower_ == "for" or (token.lower_ == "on" and verb.lemma_ == "congratulate"))
            and token.dep_ == "prep"
            and (token.head == verb or token.head in who)
        ) and token.right_edge.i > token.i:
            return Said(
                pieces=((token.i + 1, min(last, token.right_edge.i)),),
                addressee=who[0] if who else None,
            )
    return None


def _naming(verb: Token, last: int) -> Said | None:
    """ "called the move a mistake": what is named and what it is called."""
    for child in verb.rights:
        small = child.dep_ == "ccomp" and child.pos_ in ("NOUN", "ADJ", "PROPN")
        if child.dep_ == "oprd" or small:
            named = [c for c in verb.rights if c.dep_ == "dobj" and c.i < child.i]
            named += [c for c in child.lefts if c.dep_ == "nsubj"]
            if named:
                return Said(pieces=((named[0].left_edge.i, min(child.right_edge.i, last)),))
    return None


def _warning(verb: Token, right: list[Token], last: int) -> Said | None:
    """ "warned Peru of the dangers": addressee Peru, content from "of" on."""
    whom = [c for c in right if c.dep_ in ("dobj", "dative") and c.pos_ != "ADP"]
    if not whom:
        return None
    for child in (*right, *whom[0].rights):
        if child.dep_ == "prep" and child.lower_ in ("of", "about", "against") and child.i <= last:
            topic = [c for c in child.children if c.dep_ in ("pobj", "pcomp")]
            if topic and child.i > whom[0].i:
                end = min(topic[0].right_edge.i, last)
                return Said(pieces=((topic[0].left_edge.i, end),), addressee=whom[0])
    return None


def _misread(right: list[Token]) -> int | None:
    """Where the words after "said" begin that a parser took for an object with a clause on it
    ("said the talks the two had held were good")."""
    for child in right:
        if child.dep_ == "dobj" and any(
            t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in child.subtree
        ):
            return child.left_edge.i
    return None


def _estimate(right: list[Token]) -> Said | None:
    """ "put the number at 90"."""
    what = [c for c in right if c.dep_ == "dobj"]
    at = [c for c in right if c.dep_ == "prep" and c.lower_ == "at"]
    at += [g for c in what for g in c.rights if g.dep_ == "prep" and g.lower_ == "at"]
    if not what or not at or not any(t.like_num or t.pos_ == "NUM" for t in at[0].subtree):
        return None
    return Said(pieces=((what[0].left_edge.i, at[0].right_edge.i),))


def _object(cue: Cue, right: list[Token], words: Saying, last: int) -> Said | None:
    """The object phrase, with "as …" and "for …" after words of judging."""
    for child in right:
        if child.dep_ not in ("dobj", "ccomp", "oprd", "attr") or child.i < cue.last.i:
            continue
        if child.dep_ == "ccomp" and child.tag_ != "VBG":
            continue
        if cue.lemma in words.rejects and child.lemma_.lower() not in words.assertions:
            return None  # "rejected the bill": an act, and no words
        if cue.lemma == "condemn" and any(c.lower_ == "to" and c.dep_ == "prep" for c in right):
            return None  # "condemns them to suffering"
        start, end = child.left_edge.i, child.right_edge.i
        for later in right:
            if later.i > child.i and (
                (later.dep_ in ("prep", "oprd", "xcomp", "ccomp") and cue.lemma in words.with_as)
                or (
                    later.dep_ == "prep"
                    and later.lower_ in ("about", "over", "at", "of")
                    and later.i == end + 1
                )
            ):
                end = max(end, later.right_edge.i)
        for later in right:  # "announced measures to enhance …"
            infinitive = later.dep_ in ("advcl", "xcomp") and later.tag_ == "VB"
            if infinitive and later.left_edge.i == end + 1 and later.left_edge.lower_ == "to":
                end = later.right_edge.i
        start = max(start, cue.last.i + 1)
        to = [
            c
            for c in right
            if c.lower_ in ("to", "with") and c.dep_ in ("prep", "dative") and c.i < child.i
        ]
        whom = [g for c in to for g in c.children if g.dep_ == "pobj"]
        return Said(pieces=((start, min(end, last)),), addressee=whom[0] if whom else None)
    return None


def _addressee(cue: Cue) -> Token | None:
    """Who is told: the object of "told", the "to …" of "said to"."""
    verb = cue.token
    for child in verb.rights:
        if child.dep_ in ("dobj", "dative") and verb.lemma_.lower() in (
            "tell", "inform", "assure", "remind", "warn", "reassure", "ask",
        ):  # fmt: skip
            if child.pos_ == "ADP":
                return next((g for g in child.children if g.dep_ == "pobj"), None)
            return child
        if child.dep_ in ("prep", "dative") and child.lower_ == "to":
            return next((g for g in child.children if g.dep_ == "pobj"), None)
    return None


def _around(
    cue: Cue, doc: Doc, first: int, last: int, addressee: Token | None = None
) -> Said | None:
    """What stands before a closing "…, X said", around one in the midst, or after "According to
    X, …"."""
    left, right = cue.first, cue.final
    if not cue.phrase and cue.subject is not None and cue.subject.i < cue.token.i:
        # the speaker's words may begin before what the parser saw: "…, Mr Cobb, the minister, said"
        left = _clause_start(doc, left, first)
    if left > first and doc[left - 1].lower_ == "as":
        left -= 1  # "…, as the Post reported, …"
    if cue.phrase:
        right = _phrase_end(cue, doc, last)
    right = _adjuncts_end(doc, right, last)
    before_comma = left > first and doc[left - 1].is_punct
    after_comma = right < last and doc[right + 1].text in (",", ";")
    words_before = sum(1 for t in doc[first:left] if t.is_alpha)
    words_after = sum(1 for t in doc[right + 1 : last + 1] if t.is_alpha)
    if doc[left].lower_ == "as" and words_before == 0 and after_comma and words_after > _FEW:
        return Said(pieces=((right + 2, last),), addressee=addressee)  # "As she said, …"
    if cue.phrase and words_before <= 2 and words_after:
        return Said(pieces=((right + 1, last),))
    if cue.phrase and words_before and not words_after:
        return Said(pieces=((first, left - 1),))
    if before_comma and after_comma and words_after > _TAIL_WORDS // 2 and words_before > 1:
        if doc[left - 1].text == "," and doc[left - 2].lower_ in ("and", "but", "that"):
            return Said(pieces=((right + 1, last),), addressee=addressee)
        return Said(pieces=((first, left - 1), (right + 1, last)), addressee=addressee)
    if before_comma and words_before >= 2 and words_after <= _TAIL_WORDS:
        return Said(pieces=((first, left - 1),), addressee=addressee)
    if cue.phrase and words_before > 2 and words_before >= words_after:
        return Said(pieces=((first, left - 1),))
    return None


def _adjuncts_end(doc: Doc, right: int, last: int) -> int:
    """Last token before the next comma, if only a place, a date or the like stands in between."""
    for token in doc[right + 1 : min(right + 6, last + 1)]:
        if token.text == ",":
            return token.i - 1
        if token.pos_ in ("VERB", "AUX", "SCONJ") or token.tag_ == "PRP":
            break
    return right


def _clause_start(doc: Doc, left: int, first: int) -> int:
    """Where a closing clause of saying begins: after the last comma that opens it."""
    start = left
    while start > first and not doc[start - 1].is_punct:
        if doc[start - 1].pos_ in ("VERB", "AUX"):
            return left
        start -= 1
    return start


def _phrase_end(cue: Cue, doc: Doc, last: int) -> int:
    """Last token of the words for the speaker after "according to"."""
    subject = cue.subject
    assert subject is not None
    end = min(subject.right_edge.i, last)
    for token in doc[subject.i : end + 1]:
        if token.is_punct and token.text in (",", ";") and not _names_on(doc, token.i, end):
            return token.i - 1
    return end


def _names_on(doc: Doc, comma: int, end: int) -> bool:
    """Whether words after a comma still belong to a speaker's name or apposition: no finite verb
    follows."""
    return comma < end and not any(t.tag_ in _FINITE for t in doc[comma + 1 : end + 1])
