"""Mentions of an instrument without a type word: acronyms, known names, and "it".

Comes in: a parsed sentence and the names that the document or the codebook gives. Goes out: a
`Sighting` for each, with the frames around it. Type words are found by `sightings`; which
instrument is meant is decided by `clusters`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pactwatch.codebook.vocabularies import InstrumentWords
from pactwatch.findings.frames import lemma_of
from pactwatch.findings.sightings import Sighting, doubt_of, frames_around
from pactwatch.language import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["pronoun_sighting", "shorthand_sightings"]


def shorthand_sightings(
    sentence: Sentence,
    doc: Doc,
    names: Mapping[str, str],
    taken: list[Sighting],
    words: InstrumentWords,
) -> Iterator[Sighting]:
    """Yield mentions by acronyms and known names; mark those that a type word gave."""
    text = doc.text
    here = {name: kind for name, kind in names.items() if name in text}
    for token in doc if here else ():
        for name, kind in here.items():
            length = name.count(" ") + name.count("-") * 2 + 1
            end = token.i + length
            if end > len(doc) or doc[token.i : end].text != name:
                continue
            inside = [s for s in taken if s.first <= token.i <= s.last]
            if inside:
                inside[0].known = name in words.known
                break
            sighting = Sighting(
                sentence=sentence,
                token=doc[end - 1],
                first=token.i,
                last=end - 1,
                tail=end - 1,
                noun="",
                type=kind,
                capital=True,
                definite=True,
                indefinite=False,
                known=name in words.known,
                acronym=name,
                words=frozenset({name.casefold()}),
            )
            sighting.frames = frames_around(sighting, words)
            yield sighting
            break


def pronoun_sighting(
    sentence: Sentence, doc: Doc, before: Sighting, words: InstrumentWords
) -> Sighting | None:
    """The "it" by which a sentence goes on with the instrument that the one before told of ("It was
    signed on 27 May by …"); None where "it" stands for something else."""
    subject = next((t for t in doc if t.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or subject.i > 1 or subject.lower_ != "it":
        return None
    verb = subject.head
    about = words.verbs["sign"] | words.verbs["end"] | words.verbs["suspend"] | {"ratify"}
    binds = lemma_of(verb) == "be" and any(
        c.dep_ == "acomp" and "bind" in c.lower_ for c in verb.children
    )
    clause = any(c.dep_ in ("ccomp", "xcomp", "csubj") for c in verb.children)
    if not binds and (subject.dep_ == "nsubj" or clause or lemma_of(verb) not in about):
        return None
    sighting = Sighting(
        sentence=sentence,
        token=subject,
        first=subject.i,
        last=subject.i,
        tail=subject.i,
        noun="",
        type=before.type,
        capital=False,
        definite=True,
        indefinite=False,
    )
    sighting.frames = frames_around(sighting, words)
    sighting.doubt = doubt_of(sighting)
    return sighting
