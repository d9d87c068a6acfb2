"""Who stands in a stretch of a sentence: parties of an instrument, persons who act for them.

Comes in: a range of tokens. Goes out: fillers for states, agencies and organisations named there,
each once, with the country's own name for a demonym; persons under their fullest name. It decides
nothing about findings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING

from pactwatch.codebook.vocabularies import load_instrument_words
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import Frame, conjuncts, lemma_of
from pactwatch.findings.privacy import described, is_kin
from pactwatch.findings.references import References, capitals
from pactwatch.findings.titles import load_title_words
from pactwatch.language import Sentence
from pactwatch.language.names import NameMention
from pactwatch.language.persons import load_titles
from pactwatch.model import Value

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "country_name",
    "country_of",
    "doers_of",
    "own_side",
    "parties_in",
    "parties_of",
    "persons_in",
    "without_doubles",
]

_TITLE = 60
"""Characters before a name in which a country stands with the title ("Peru's foreign minister")."""
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_JOINT = re.compile(r"\s*(?:,|,?\s*and|&)\s+(?:the\s+)?")
_SIDES = frozenset({"with", "between", "among"})
_WITHOUT = frozenset({"not", "unlike", "without", "except", "excluding", "minus", "barring"})
_STATES = frozenset({"country", "nation", "government", "side", "neighbour", "neighbor", "party"})


def parties_in(
    context: Context, sentence: Sentence, first: int, last: int, *, states_only: bool = False
) -> list[Filling]:
    """States, agencies and organisations named between two tokens, both included, each once.

    Where officials stand there, an agency is part of their title, and its country is the party.

    Args:
        states_only: Give the country in place of an agency.
    """
    if last < first:
        return []
    start, end = sentence.span(first, last)
    doc = sentence.doc
    assert doc is not None
    officials = load_titles().heads
    states_only = states_only or any(lemma_of(t) in officials for t in doc[first : last + 1])
    states_only = states_only or bool(persons_in(context, sentence, first, last))
    found: list[Filling] = []
    reading = context.reading
    for name in reading.names_in(start, end):
        if _excluded(context, sentence, name):
            continue
        filler = _filler(context, name, states_only)
        if filler is not None:
            found.append(filler)
    for token in doc[first : last + 1]:
        found += _capital(context, sentence, token)
        if token.tag_ in ("NNS", "NNPS") and lemma_of(token) in _STATES:
            parties = context.phrases.parties(sentence, token)
            states = [p.filler for p in parties if p.kind == "state"]
            found += states or _counted(context, sentence, token)
    return without_doubles(context, found)


def _capital(context: Context, sentence: Sentence, token: Token) -> list[Filling]:
    """The state that its capital stands for ("the agreement with Moscow", "between Kigali and
    London")."""
    top = token
    while top.dep_ == "conj" and top.head.pos_ == "PROPN":
        top = top.head
    if token.pos_ != "PROPN" or top.dep_ != "pobj" or top.head.lower_ not in _SIDES:
        return []
    if context.reading.name_at(sentence.spans[token.i][0]) is not None:
        return []
    return [
        (p.start, p.end, p.country)
        for p in context.reading.places_in(*sentence.spans[token.i])
        if (p.name, p.country) in capitals()
    ]


def parties_of(context: Context, sentence: Sentence, head: Token) -> list[Filling]:
    """Parties that a subject or object means: by name, by title, by pronoun."""
    if head.pos_ == "PRON":
        return [
            p.filler
            for p in context.phrases.parties(sentence, head)
            if p.kind in ("state", "agency", "organisation")
        ]
    last = _edge(head)
    found = parties_in(context, sentence, head.left_edge.i, last)
    told = {value for _, _, value in found if value}
    for token in conjuncts(head):  # "Washington and Lima have signed"
        if token.dep_ in ("nsubj", "conj") and not context.reading.name_at(
            sentence.spans[token.i][0]
        ):
            for party in context.phrases.parties(sentence, token):
                if party.kind == "state" and party.value not in told:
                    found.append(party.filler)
    return sorted(found, key=lambda filling: filling[0])


def persons_in(context: Context, sentence: Sentence, first: int, last: int) -> list[Filling]:
    """Persons named between two tokens, each by the fullest form of the name."""
    start, end = sentence.span(first, last)
    found: list[Filling] = []
    for person in context.reading.persons_in(start, end):
        mention = next(m for m in person.mentions if start <= m[0] and m[1] <= end)
        possessor = context.reading.text[mention[1] : mention[1] + 2] in ("'s", "’s")
        token = sentence.token_at(mention[0])
        related = load_title_words().related
        kin = token is not None and is_kin(token, related, token.doc[first])
        if not possessor and not kin and described(context, person) is None:
            found.append((person.start, person.end, None))
    return found


def _excluded(context: Context, sentence: Sentence, name: NameMention) -> bool:
    """Whether a name in a list is said to be none of it ("Chad, but not Niger", "unlike Peru")."""
    token = sentence.token_at(name.start)
    while token is not None and token.i:
        token = token.nbor(-1)
        at = sentence.spans[token.i]
        if token.lower_ in _WITHOUT:
            return True
        listed = token.lower_ in ("and", "or", "the", ",", "nor") or context.reading.name_at(at[0])
        if not listed:
            return False
        if token.lower_ == ",":
            return False
    return False


def doers_of(frame: Frame) -> list[Token]:
    """Who does what a frame tells; a participle with a subject of its own is no passive ("the
    accord that Minister Ruiz … signed")."""
    own = [t for c in frame.token.children if c.dep_ == "nsubj" for t in conjuncts(c)]
    turned = frame.passive and frame.token.dep_ in ("acl", "relcl") and bool(own)
    return own if turned else frame.subjects


def country_of(context: Context, sentence: Sentence, head: Token) -> Filling | None:
    """The country named with the title of whom a head means ("Peru's foreign minister Ana Ruiz …
    she signed"), or that of the agency in it."""
    for party in context.phrases.parties(sentence, head):
        if party.kind != "person":
            continue
        host = context.reading.sentence_at(party.filler[0])
        low = max(host.start if host else 0, party.filler[0] - _TITLE)
        named = context.reading.names_in(low, party.filler[0])
        states = [m for m in named if m.kind == "state"]
        states = states or [m for m in named if m.kind == "agency" and m.country]
        if states:
            return country_name(context, states[-1])
    return None


def own_side(context: Context, others: Collection[Value | None]) -> list[Filling]:
    """The government that "we" means, unless it is one of the `others`."""
    voice = References(context.reading).voice
    if voice is None:
        return []
    name = context.reading.name_at(voice.start)
    if name is None or not name.country or name.country in others:
        return []
    return [country_name(context, name)]


def _edge(head: Token) -> int:
    """Last token of a phrase with its titles and appositions, without relative clauses."""
    last = head.i
    for child in head.rights:
        if child.dep_ not in ("relcl", "punct", "cc", "advcl"):
            last = max(last, _edge(child))
    return last


def _filler(context: Context, name: NameMention, states_only: bool) -> Filling | None:
    if name.kind == "state":
        return country_name(context, name)
    if name.kind == "agency" and (states_only or name.form == "demonym"):
        return country_name(context, name) if name.country else None
    if name.kind == "agency" and (organ := _organ(context, name)):
        return country_name(context, name) if organ == "state" and name.country else None
    if name.kind in ("agency", "organisation"):
        return name.start, name.end, None
    if name.kind == "region" and not states_only:
        return name.start, name.end, None
    return None


def _organ(context: Context, name: NameMention) -> str:
    """What stands for an organ in an agreement: "state" for a parliament or a court, which is no
    party; "nobody" for an army or ministry of which it isn't said whose it is; else empty."""
    heads = load_instrument_words().heads
    words = context.reading.text[name.start : name.end].casefold().split()
    if any(" ".join(words[-n:]) in heads["organ"] for n in (1, 2, 3)) or (
        words[0] in heads["organ"] and "of" in words
    ):
        return "state"
    bare = len(words) < 3 and bool({words[-1], " ".join(words[-2:])} & heads["force"])
    return "nobody" if bare and not name.country else ""


def country_name(context: Context, name: NameMention) -> Filling:
    """The country of a name, by the form of its own name that the document uses most."""
    text = context.reading.text
    words = text[name.start : name.end]
    plain = name.kind == "state" and name.form != "demonym" and "overnment" not in words
    if plain or (name.kind == "state" and "Government" in words):
        return name.start, name.end, name.country
    same = [m for m in context.reading.names if m.kind == "state" and m.country == name.country]
    own = [m for m in same if m.form != "demonym" and "overnment" not in text[m.start : m.end]]
    if not (own or same):
        return name.start, name.end, name.country
    counts = Counter(text[m.start : m.end] for m in own or same)
    best = min(own or same, key=lambda m: (-counts[text[m.start : m.end]], m.start))
    return best.start, best.end, name.country


def _counted(context: Context, sentence: Sentence, token: Token) -> list[Filling]:
    """The states behind "the three Baltic nations": a list of so many elsewhere."""
    wanted = next((_NUMBERS[c.lower_] for c in token.lefts if c.lower_ in _NUMBERS), 0)
    if wanted < 2:
        return []
    names = [m for m in context.reading.names if m.kind == "state" and m.form != "demonym"]
    run: list[NameMention] = []
    for name in names:
        between = context.reading.text[run[-1].end : name.start] if run else ""
        if run and _JOINT.fullmatch(between):
            run.append(name)
        else:
            if len(run) == wanted:
                break
            run = [name]
    return [(m.start, m.end, m.country) for m in run] if len(run) == wanted else []


def without_doubles(context: Context, fillers: list[Filling]) -> list[Filling]:
    """Fillers in order, one for each country, and one for each name without a country."""
    kept: dict[str, Filling] = {}
    for start, end, value in fillers:
        mention = context.reading.name_at(start)
        if mention is not None and mention.start != start:
            mention = None
        key = str(
            value
            or (mention.actor_id if mention else None)
            or context.reading.text[start:end].casefold()
        )
        if (start, end) not in [f[:2] for f in kept.values()]:
            kept.setdefault(key, (start, end, value))
    return list(kept.values())
