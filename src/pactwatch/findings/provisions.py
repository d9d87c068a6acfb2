"""The instrument under which a measure stands, said outright or by the sentences before.

Comes in: a frame. Goes out: an instrument of the document, or None. It decides no stage.
"""

from __future__ import annotations

from pactwatch.codebook.grammar import load_grammar
from pactwatch.findings.context import Context, Instrument
from pactwatch.findings.frames import Frame, lemma_of, subjects_of
from pactwatch.findings.phrases import Party

__all__ = ["committed_by", "instrument_of", "is_under", "provision_of"]

_REACH = 6
"""Sentences after a signed instrument in which "X will …" is still a provision of it."""


def instrument_of(context: Context, frame: Frame) -> Instrument | None:
    """The instrument under which a measure stands ("under the memorandum")."""
    sentence, current = frame.sentence, frame.token
    phrases = list(frame.preps)
    for _ in range(3):  # "Under the agreement, both will …" may hang on a verb above
        for child in current.children:
            if child.dep_ == "prep":
                phrases += [(child.lower_, g) for g in child.children if g.dep_ == "pobj"]
        if current.dep_ not in ("xcomp", "conj", "ccomp"):
            break
        current = current.head
    for preposition, noun in phrases:
        above = noun.head
        if noun.tag_ == "WDT":  # "a deal under which …"
            clause = frame.token
            while clause.dep_ in ("xcomp", "conj", "ccomp"):
                clause = clause.head
            noun = clause.head if clause.dep_ == "relcl" else noun
        accords = above.lower_ in ("to", "with") and above.head.lower_ in (
            "according",
            "accordance",
            "line",
            "association",
        )
        if preposition in ("under", "through", "by") or accords:
            found = context.instrument_at(*sentence.spans[noun.i])
            if found:
                return found
    above = frame.token
    for _ in range(4):  # "The agreement provides for the transfer of …"
        if above.dep_ == "ROOT" or above.pos_ == "VERB":
            break
        above = above.head
    for subject in [*frame.subjects, *(subjects_of(above) if above.pos_ == "VERB" else [])]:
        found = context.instrument_at(*sentence.spans[subject.i])
        if found:
            return found
    return None


def provision_of(context: Context, frame: Frame, actors: list[Party]) -> Instrument | None:
    """The signed instrument of the sentences before, where "X will …" tells what it provides.

    States that are no parties of it don't act under it.
    """
    sentences, index = context.reading.sentences, frame.sentence.index
    since = sentences[max(0, index - _REACH)].start
    best: tuple[int, Instrument] | None = None
    for instrument in context.instruments:
        if instrument.stage not in ("signed", "in force"):
            continue
        before = [s for s, _ in instrument.mentions if since <= s < frame.sentence.start]
        if before and (best is None or before[-1] > best[0]):
            best = before[-1], instrument
    if best is None:
        return None
    parties = {value for _, _, value in best[1].parties if value}
    states = {p.value for p in actors if p.kind == "state"}
    return best[1] if not parties or states <= parties else None


def is_under(context: Context, frame: Frame) -> bool:
    """Whether "under the deal" stands with a verb, where the document names no such instrument."""
    verbs = [frame.token]
    while verbs[-1].dep_ in ("xcomp", "conj", "ccomp"):
        verbs.append(verbs[-1].head)
    return any(
        lemma_of(noun) in load_grammar().accord and any(c.lower_ == "the" for c in noun.lefts)
        for verb in verbs
        for child in verb.children
        if child.dep_ == "prep" and child.lower_ == "under"
        for noun in child.children
    )


def committed_by(context: Context, frame: Frame) -> Instrument | None:
    """The instrument that lays down a commitment: "the pact affirms Peru's commitment to send"."""
    noun = frame.token
    while noun.dep_ in ("conj", "xcomp", "ccomp", "acl", "relcl") and noun.pos_ in ("VERB", "AUX"):
        noun = noun.head
    verb = noun.head
    if noun.pos_ != "NOUN" or noun.dep_ != "dobj" or verb.pos_ != "VERB":
        return None
    if context.codebook.stages.nouns.get(lemma_of(noun)) not in ("promised", "agreed"):
        return None
    for subject in subjects_of(verb):
        found = context.instrument_at(*frame.sentence.spans[subject.i])
        if found is not None:
            return found
    return None
