"""Who stands in a stretch of a sentence: parties of an instrument, persons who act for them.

Comes in: a range of tokens. Goes out: fillers for states, agencies and organisations named there, each once, with
the country's own name for a demonym; persons under their fullest name. It decides nothing about findings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING

from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import lemma_of
from pactwatch.language import Sentence
from pactwatch.language.names import NameMention
from pactwatch.model import Value

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["country_name", "own_side", "parties_in", "parties_of", "persons_in", "without_doubles"]

_STATES = frozenset({"country", "nation", "government", "side", "neighbour", "neighbor", "party"})


def parties_in(
    context: Context, sentence: Sentence, first: int, last: int, *, states_only: bool = False
) -> list[Filling]:
    """States, agencies and organisations named between two tokens, both included, each once.

    Args:
        states_only: Give the country in place of an agency, as for persons with a title.
    """
    if last < first:
        return []
    start, end = sentence.span(first, last)
    found: list[Filling] = []
    reading = context.reading
    for name in reading.names_in(start, end):
        filler = _filler(context, name, states_only)
        if filler is not None:
            found.append(filler)
    doc = sentence.doc
    assert doc is not None
    for token in doc[first : last + 1]:
        if token.tag_ in ("NNS", "NNPS") and lemma_of(token) in _STATES:
            parties = context.phrases.parties(sentence, token)
            found += [p.filler for p in parties if p.kind == "state"]
    return without_doubles(context, found)


def parties_of(context: Context, sentence: Sentence, head: Token) -> list[Filling]:
    """Parties that a subject or object stands for: by name, by the title of a person, by pronoun."""
    if head.pos_ == "PRON":
        return [p.filler for p in context.phrases.parties(sentence, head) if p.kind in ("state", "agency", "organisation")]
    last = _edge(head)
    people = persons_in(context, sentence, head.left_edge.i, last)
    return parties_in(context, sentence, head.left_edge.i, last, states_only=bool(people))


def persons_in(context: Context, sentence: Sentence, first: int, last: int) -> list[Filling]:
    """Persons named between two tokens, each by the fullest form of the name that the document gives."""
    start, end = sentence.span(first, last)
    return [(p.start, p.end, None) for p in context.reading.persons_in(start, end) if not getattr(p, "private", False)]


def own_side(context: Context, others: Collection[Value | None]) -> list[Filling]:
    """The government that "we" stands for: the country named most often that is none of the `others`."""
    names = [m for m in context.reading.names if m.country and m.country not in others and m.kind in ("state", "agency")]
    if not names:
        return []
    counts = Counter(m.country for m in names)
    most = min(counts, key=lambda c: (-counts[c], str(c)))
    return [country_name(context, next(m for m in names if m.country == most))]


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
    if name.kind in ("agency", "organisation"):
        return name.start, name.end, None
    if name.kind == "region" and not states_only:
        return name.start, name.end, None
    return None


def country_name(context: Context, name: NameMention) -> Filling:
    """The country of a name, by its own name where the document gives it."""
    words = context.reading.text[name.start : name.end]
    plain = name.kind == "state" and name.form != "demonym" and "overnment" not in words
    if not plain:
        same = [m for m in context.reading.names if m.kind == "state" and m.country == name.country]
        own = [
            m
            for m in same
            if m.form != "demonym" and "overnment" not in context.reading.text[m.start : m.end]
        ]
        own = own or same
        if own and not (name.kind == "state" and "Government" in words):
            return own[0].start, own[0].end, name.country
    return name.start, name.end, name.country


def without_doubles(context: Context, fillers: list[Filling]) -> list[Filling]:
    """Fillers in order, one for each country, and one for each name without a country."""
    kept: dict[str, Filling] = {}
    for start, end, value in fillers:
        mention = next((m for m in context.reading.names if m.start == start), None)
        key = str(value or (mention.actor_id if mention else None) or context.reading.text[start:end].casefold())
        kept.setdefault(key, (start, end, value))
    return list(kept.values())
