"""Which mentions of a document are one instrument.

Comes in: the context of one document. Goes out: a `Cluster` for each instrument spoken of, with
its mentions in order and what their sentences say of its stage and of who signs. "The deal" stands
for the nearest instrument before it that it fits. Which clusters count is decided by
`instruments`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pactwatch.codebook.vocabularies import InstrumentWords, load_instrument_words
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.likeness import equated, home_of
from pactwatch.findings.progress import day_of, read_frames
from pactwatch.findings.sheets import Sheet, sheets_of
from pactwatch.findings.shorthand import pronoun_sighting, shorthand_sightings
from pactwatch.findings.sightings import Sighting, sightings_in
from pactwatch.language import Sentence
from pactwatch.model import Rejected

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Cluster", "clusters_of"]


@dataclass(slots=True, kw_only=True, eq=False)
class Cluster:
    """The mentions of one instrument, in order, and what the sentences say of it.

    Attributes:
        stages: What the sentences say of its stage, in order.
        signers: Parties that sign or negotiate it.
        words: Words of its names; `about` those that follow its mentions.
        dated: The day given in its description.
        reworked: Mentions of the instrument before it, where it is said to be remade into this one.
        equated: Type by the word that it is said to be ("X is an agreement").
        private: A firm, a club or the like signs or negotiates it.
        officials: Officials sign or negotiate it.
        speaks: "We", or an official without a country, signs it.
        sheet: The lines of a fact sheet that tell of it under the heading that names it.
        successor: It takes the place of an earlier one.
        named: A capitalised name with words of its own stands in it.
    """

    sightings: list[Sighting]
    stages: list[str] = field(default_factory=list)
    signers: list[Filling] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    about: set[str] = field(default_factory=set)
    dated: Filling | None = None
    reworked: list[Sighting] = field(default_factory=list)
    equated: str = ""
    speaks: bool = False
    we: bool = False
    private: bool = False
    officials: bool = False
    sheet: Sheet | None = None
    successor: bool = field(init=False, default=False)
    named: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        given, self.sightings = self.sightings, []
        for sighting in given:
            self.join(sighting)

    def join(self, sighting: Sighting) -> None:
        """Take a mention in."""
        self.sightings.append(sighting)
        self.successor = self.successor or "successor" in sighting.marks
        own_name = (sighting.capital and bool(sighting.words)) or sighting.known
        self.named = self.named or own_name

    @property
    def type(self) -> str:
        """Type by the head of its best name; a generic "deal" gives way to the special word."""
        special = [s.type for s in self.sightings if s.type not in ("agreement", "other")]
        named = [
            s.type
            for s in self.sightings
            if s.capital and not s.headline and (s.words or s.known or s.type in special)
        ]
        memoranda = [t for t in special if t in ("memorandum", "treaty", "compact")]
        if self.equated and not memoranda:
            return self.equated
        if named:
            return named[0]
        return (memoranda or [self.sightings[0].type])[0]

    def own_parties(self) -> list[Filling]:
        """Parties named by "with", "between", or in the name, or listed in a fact sheet."""
        listed = self.sheet.parties if self.sheet is not None else []
        return [*(p for s in self.sightings for p in s.parties), *listed]


def clusters_of(context: Context) -> list[Cluster]:
    """Put the mentions of a document together, instrument by instrument."""
    words = load_instrument_words()
    sightings: list[Sighting] = []
    for sentence, doc in context.reading.parsed():
        for result in sightings_in(context, sentence, doc, words):
            if isinstance(result, Rejected):
                context.refused.append(result)
            else:
                sightings.append(result)
    names = dict(words.known)
    for sighting in sightings:
        if sighting.acronym and sighting.acronym.casefold() not in words.types:
            names.setdefault(sighting.acronym, sighting.type)
    known: dict[int, list[Sighting]] = {}
    for sighting in sightings:
        known.setdefault(sighting.sentence.index, []).append(sighting)
    for sentence, doc in context.reading.parsed():
        taken = known.get(sentence.index, [])
        sightings += list(shorthand_sightings(sentence, doc, names, taken, words))
    clusters = []
    for sheet in sheets_of(context, sightings):
        clusters.append(Cluster(sightings=[sheet.heading], stages=["signed"], sheet=sheet))
    sightings = _beside(sightings, clusters)
    sightings.sort(key=lambda s: (s.headline, s.span))
    clusters += _merged(context, sightings, words)
    clusters.sort(key=lambda c: (c.sightings[0].span, c.sheet.entry.start if c.sheet else 0))
    return clusters


def _beside(sightings: list[Sighting], listed: Sequence[Cluster]) -> list[Sighting]:
    """The mentions that stand in no section of a fact sheet; those in it tell of what it lists."""
    inside = {id(c.sheet.heading) for c in listed if c.sheet}
    lines = {id(line) for c in listed if c.sheet for line in c.sheet.lines}
    return [s for s in sightings if id(s) not in inside and id(s.sentence) not in lines]


def _merged(context: Context, sightings: list[Sighting], words: InstrumentWords) -> list[Cluster]:
    clusters: list[Cluster] = []
    for sighting in sightings:
        home = home_of(sighting, clusters, words)
        if home is None:
            home = Cluster(sightings=[])
            clusters.append(home)
        if (
            home.sightings
            and sighting.token.dep_ == "attr"
            and equated(sighting) is not None
            and sighting.group == "agreement"
        ):
            home.equated = home.equated or sighting.type
        home.join(sighting)
        home.private = home.private or sighting.private
        home.words |= sighting.words
        home.about |= sighting.about
    seen: dict[int, list[tuple[Cluster, Sighting]]] = {}
    for cluster in clusters:
        for sighting in cluster.sightings:
            if not sighting.headline:
                seen.setdefault(sighting.sentence.index, []).append((cluster, sighting))
    for sentence, doc in context.reading.parsed():
        _take_up(seen, sentence, doc, words)
    for cluster in clusters:
        cluster.sightings.sort(key=lambda s: s.span)
        cluster.dated = day_of(context, cluster)
        for sighting in cluster.sightings:
            read_frames(context, cluster, sighting, words)
    successors = [c for c in clusters if c.successor]
    for cluster in clusters:
        for sighting in cluster.sightings:
            made = any(
                p == "object" and f.lemma in words.verbs["rework"] for p, f in sighting.frames
            )
            if made and successors and not cluster.successor:
                successors[0].reworked.append(sighting)
    return clusters


def _take_up(
    seen: dict[int, list[tuple[Cluster, Sighting]]],
    sentence: Sentence,
    doc: Doc,
    words: InstrumentWords,
) -> None:
    """Give "it" to the one instrument of the sentence before, where it goes on with that.

    Args:
        seen: The mentions of a sentence with their instruments, by its index; what is given is
            added.
    """
    before = seen.get(sentence.index - 1, [])
    if len({id(c) for c, _ in before}) != 1:
        return
    cluster, last = before[-1]
    sighting = pronoun_sighting(sentence, doc, last, words)
    if sighting is not None:
        cluster.join(sighting)
        if not sighting.headline:
            seen.setdefault(sighting.sentence.index, []).append((cluster, sighting))
