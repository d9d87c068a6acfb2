"""Whether a mention speaks of an instrument that the document has named before.

Comes in: a mention and the clusters so far. Goes out: the cluster that it belongs to, or None for a
new instrument: what it is equated with, what has the same name, else the nearest that it fits by
type, words and parties. It reads no stage and decides nothing of what counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pactwatch.codebook.vocabularies import InstrumentWords
from pactwatch.findings.sightings import Sighting

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pactwatch.findings.clusters import Cluster

__all__ = ["equated", "home_of"]


def home_of(
    sighting: Sighting, clusters: Sequence[Cluster], words: InstrumentWords
) -> Cluster | None:
    """The cluster that a mention belongs to, the likeliest first; None for a new instrument."""
    recent = sorted(clusters, key=lambda c: -c.sightings[-1].span[0])
    twin = equated(sighting)
    if twin is not None:
        for cluster in recent:
            for other in cluster.sightings:
                if other.sentence is sighting.sentence and other.first <= twin <= other.last:
                    return cluster
    for cluster in recent:
        if _same_name(sighting, cluster):
            return cluster
    if sighting.known or not sighting.noun:
        return None
    if len(recent) > 1:
        recent.sort(
            key=lambda c: (
                any("earlier" in s.marks or s.noun == "convention" for s in c.sightings),
                all(s.noun != sighting.noun for s in c.sightings),
            )
        )
    return next((c for c in recent if _fits(sighting, c, words)), None)


def equated(sighting: Sighting) -> int | None:
    """The token that a mention is equated with ("X is a pact", "the deal, a treaty …")."""
    token, first = sighting.token, sighting.first
    if sighting.indefinite and first > 2 and token.doc[first - 2].text == ",":
        return first - 3  # "the Alliance, a regional programme"
    if token.dep_ == "appos":
        return token.head.i
    if token.dep_ == "attr":
        subjects = [c for c in token.head.children if c.dep_ == "nsubj"]
        return subjects[0].i if subjects else None
    if token.dep_ == "pobj" and token.head.lower_ == "as" and token.head.head.pos_ == "VERB":
        objects = [c for c in token.head.head.children if c.dep_ in ("dobj", "nsubjpass")]
        return objects[0].i if objects else None
    return None


def _same_name(sighting: Sighting, cluster: Cluster) -> bool:
    if sighting.acronym and any(s.acronym == sighting.acronym for s in cluster.sightings):
        return sighting.acronym.casefold() not in ("mou", "moc", "moa") or _no_clash(
            sighting, cluster
        )
    if not sighting.words or ("successor" in sighting.marks) != cluster.successor:
        return False
    return any(
        s.noun == sighting.noun
        and (s.words <= sighting.words or sighting.words <= s.words)
        and s.words
        for s in cluster.sightings
    )


def _no_clash(sighting: Sighting, cluster: Cluster) -> bool:
    """Whether parties and words let a mention belong to a cluster."""
    values = {p[2] for p in sighting.parties if p[2]}
    if sighting.with_parties and values:
        for other in cluster.sightings:
            theirs = {p[2] for p in other.parties if p[2]}
            turned = len(theirs) == len(values) == 1 and other.noun != sighting.noun
            if (
                other.with_parties
                and theirs
                and not (theirs <= values or values <= theirs or turned)
            ):
                return False
    if (
        sighting.capital
        and sighting.words
        and any(s.capital and s.words for s in cluster.sightings)
    ):
        return bool(sighting.words & cluster.words)
    return True


def _fits(sighting: Sighting, cluster: Cluster, words: InstrumentWords) -> bool:
    """Whether a mention without a name of its own may stand for a cluster."""
    generic = sighting.noun in words.heads["generic"]
    head_in_cluster = any(s.noun == sighting.noun for s in cluster.sightings)
    last = cluster.sightings[-1]
    if not (generic or head_in_cluster) or not _no_clash(sighting, cluster):
        return False
    if "earlier" in sighting.marks or "other" in sighting.marks:
        return False
    if sighting.indefinite and not head_in_cluster and all(s.definite for s in cluster.sightings):
        return False  # "the peace deal … They signed a memorandum": another one
    if ("successor" in sighting.marks) != cluster.successor and (
        "successor" in sighting.marks or not head_in_cluster
    ):
        return False
    same_group = any(s.group == sighting.group for s in cluster.sightings)
    if not same_group and not (
        sighting.definite
        and sighting.noun
        in ("agreement", "deal", "plan", "initiative", "programme", "program", "arrangement")
    ):
        return False
    if not same_group and not (
        cluster.named and sighting.sentence.index - last.sentence.index <= 3
    ):
        return False
    if _proper(sighting) - cluster.words and not sighting.headline and cluster.named:
        return False
    if _acted_on_by(sighting, last) or _replaced(sighting):
        return False
    if sighting.headline and all(_replaced(s) for s in cluster.sightings):
        return False  # a headline tells the new one, and not what it takes the place of
    if (
        sighting.with_parties
        and sighting.words
        and cluster.named
        and not sighting.words & cluster.words
    ):
        return False
    if sighting.capital and sighting.words and len(sighting.words & cluster.about) > 1:
        return not cluster.named
    if sighting.definite:
        if sighting.words and not (sighting.words & cluster.words) and not head_in_cluster:
            return (
                cluster.type in ("agreement", "memorandum")
                and sighting.group == "agreement"
                and not sighting.capital
            )
        return True
    if sighting.headline:
        return True
    if sighting.capital and sighting.words:
        return (
            not cluster.named and same_group and last.sentence.index >= sighting.sentence.index - 2
        )
    if sighting.group == "programme":
        both = "between" in sighting.marks and any("between" in s.marks for s in cluster.sightings)
        return head_in_cluster and (
            bool(sighting.words & cluster.words)
            or (both and not (sighting.words and cluster.words))
        )
    if _also(sighting.token):
        return False
    near = sighting.sentence.index - last.sentence.index <= 4
    shared = len((sighting.words | sighting.about) & (cluster.words | cluster.about)) > 1
    parties = {p[2] for p in sighting.parties if p[2]}
    if not (near or shared or any(p[2] in parties for p in cluster.own_parties())):
        return False
    if sighting.words and cluster.words and not (sighting.words & cluster.words):
        return (
            not cluster.named and not sighting.with_parties and sighting.token.tag_ in ("NN", "NNP")
        )
    return sighting.token.tag_ in ("NN", "NNP")


def _acted_on_by(sighting: Sighting, other: Sighting) -> bool:
    """Whether another mention acts on it ("the treaty replaces a memorandum")."""
    reach = range(other.first, other.last + 1)
    return other.sentence is sighting.sentence and any(
        place == "object" and any(t.i in reach for t in frame.subjects)
        for place, frame in sighting.frames
    )


def _replaced(sighting: Sighting) -> bool:
    """Whether something is told to take its place ("It supersedes a memorandum"), so that it is
    another instrument than those told of before."""
    return not sighting.definite and any(
        place == "object" and frame.lemma in ("replace", "supersede") and not frame.nominal
        for place, frame in sighting.frames
    )


def _proper(sighting: Sighting) -> set[str]:
    """Capitalised words of a mention, lower case."""
    doc = sighting.sentence.doc
    assert doc is not None
    return {
        t.lower_ for t in doc[sighting.first : sighting.last + 1] if t.text[:1].isupper()
    } & sighting.words


def _also(token: Token) -> bool:
    """Whether the clause says "also", so that it tells of another instrument."""
    verb = token.head
    return (
        token.dep_ == "dobj"
        and verb.pos_ == "VERB"
        and any(c.lower_ == "also" for c in verb.children)
    )
