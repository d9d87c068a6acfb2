"""Which mentions are one instrument, and which instruments are agreements between governments.

Comes in: the context of one document. Goes out: an `Instrument` for each agreement that the
document speaks of, with all its mentions, type, stage and parties; refused candidates are noted in
the context. "The deal" stands for the nearest instrument before it that it fits. Roles beyond name
and party are read by `agreements`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.codebook.vocabularies import load_instrument_words
from pactwatch.findings.clusters import Cluster, clusters_of
from pactwatch.findings.context import Context, Filling, Instrument
from pactwatch.findings.frames import lemma_of
from pactwatch.findings.parties import own_side, parties_in, without_doubles
from pactwatch.findings.sightings import Sighting

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Cluster", "clusters_of", "find_instruments"]

_STANDS = frozenset({"under", "of", "in", "by", "from", "with", "within"})


def find_instruments(context: Context) -> list[Instrument]:
    """Find the agreements that a document speaks of, in order of first mention."""
    found = []
    for cluster in clusters_of(context):
        reason = _why_not(context, cluster)
        first = cluster.sightings[0]
        if reason:
            span = first.span
            context.refused.append(
                context.reject("agreement", f"agreement.{first.noun or 'name'}", reason, *span)
            )
            continue
        found.append(_instrument(context, cluster))
    return found


def _instrument(context: Context, cluster: Cluster) -> Instrument:
    parties = _parties(context, cluster)
    return Instrument(
        name=(*_name(context, cluster), None),
        mentions=tuple(sorted(s.span for s in cluster.sightings)),
        parties=tuple(parties),
        type=cluster.type,
        stage=_stage(cluster),
        cluster=cluster,
    )


def _parties(context: Context, cluster: Cluster) -> list[Filling]:
    """Its parties: those named with it, those that sign it; else the states named nearest."""
    parties = without_doubles(context, [*cluster.own_parties(), *cluster.signers])
    states = {p[2] for p in parties if p[2]}
    if (
        cluster.speaks
        and (cluster.we or len(states) < 2)
        and not any(s.with_parties == "between" for s in cluster.sightings)
    ):
        parties += own_side(context, states)
    joined = any(s.with_parties == "between" for s in cluster.sightings)
    if len(parties) < (1 if joined else 2) and not any(
        s.noun in ("convention", "covenant") for s in cluster.sightings
    ):
        parties = without_doubles(context, [*parties, *_nearby(context, cluster)])
    if sum(1 for p in parties if p[2]) >= 2:
        parties = [p for p in parties if p[2] or _kind(context, p) != "region"]
    return parties


def _kind(context: Context, filler: Filling) -> str:
    return next((m.kind for m in context.reading.names if m.start == filler[0]), "")


def _stage(cluster: Cluster) -> str:
    stages = cluster.stages
    if cluster.successor:
        return "signed" if "signed" in stages else "proposed"
    if cluster.dated:
        stages = [*stages, "signed"]
    for stage in ("ended", "suspended", "rejected", "signed"):
        if stage in stages:
            return stage
    if any(s.known for s in cluster.sightings):
        return "in force"
    for stage in ("negotiating", "proposed"):
        if stage in stages:
            return stage
    return "in force"


# ── which count ──────────────────────────────────────────────────────────────────────────────────


def _why_not(context: Context, cluster: Cluster) -> str:
    """Why a cluster is no agreement between governments; empty where it is one."""
    words = load_instrument_words()
    if all(s.headline for s in cluster.sightings):
        return "headline only"
    told = [s for s in cluster.sightings if not s.headline]
    if all(s.doubt for s in told) and not any(s.known for s in told):
        return told[0].doubt
    if cluster.successor and any(
        "between" in s.marks or s.noun in words.heads["named"] for s in cluster.sightings
    ):
        return ""
    nouns = {s.noun for s in cluster.sightings if s.noun}
    strong = bool(nouns & words.heads["strong"])
    own = without_doubles(context, cluster.own_parties())
    everyone = without_doubles(context, [*own, *cluster.signers])
    between = any("between" in s.marks for s in cluster.sightings)
    if any(s.known for s in cluster.sightings):
        return ""
    if cluster.private and len(everyone) < 2:
        return "no governments"
    if all(s.token.tag_ == "NNS" for s in cluster.sightings) and len(own) < 2:
        return "instruments in general"
    named = [s for s in cluster.sightings if s.capital and s.words]
    many = all(s.token.tag_ == "NNPS" for s in named)
    treaty = any(s.type in ("treaty", "compact") and s.token.tag_ != "NNPS" for s in named)
    if named and (
        treaty
        or ((nouns - words.heads["weak"]) and len(everyone or _nearby(context, cluster)) > many)
    ):
        return ""
    if named and (len(everyone) >= 2 or between or any(s.noun == "process" for s in named)):
        return ""
    if strong and (
        len(everyone) >= 2
        or (own and any(s.with_parties not in ("", "between") for s in cluster.sightings))
    ):
        return ""
    if between and any(s.token.tag_ != "NNS" for s in cluster.sightings if "between" in s.marks):
        return ""
    if strong and cluster.dated and (everyone or cluster.officials or _nearby(context, cluster)):
        return ""
    if (
        strong
        and "proposed" in [*cluster.stages, "negotiating"]
        and cluster.officials
        and _nearby(context, cluster)
    ):
        return ""
    if strong and any(s.capital for s in cluster.sightings) and len(cluster.sightings) > 1:
        return ""
    joint = any("joint" in s.marks and s.type == "declaration" for s in cluster.sightings)
    if joint and (everyone or "signed" in cluster.stages or cluster.dated):
        return ""
    states = any(m.kind in ("state", "organisation") for m in context.reading.names)
    if strong and (everyone or (cluster.officials and states)) and "signed" in cluster.stages:
        return ""
    return "no parties"


def _nearby(context: Context, cluster: Cluster) -> list[Filling]:
    """States named in the sentences of an instrument that no words join to parties."""
    found: list[Filling] = []
    for sighting in [*cluster.sightings, *cluster.reworked]:
        doc = sighting.sentence.doc
        if doc is None or sighting.headline or sighting.noun in _LOOSE:
            continue
        for filler in parties_in(context, sighting.sentence, 0, len(doc) - 1):
            aside = _stands_aside(sighting, filler) or _is_where(sighting, filler)
            if not cluster.successor and _is_acted_on(sighting, filler):
                continue
            if filler[2] and not aside:
                found.append(filler)
        if len({p[2] for p in found}) > 1:
            break
    return found


_WHERE = frozenset({"in", "from", "near", "at", "along", "across", "into", "through", "outside"})
_LOOSE = frozenset({"plan", "initiative", "proposal", "effort"})
"""Nouns that take an instrument up loosely: who else stands in such a sentence is no party."""
_EDGES = frozenset({"border", "frontier", "coast", "boundary"})


def _is_where(sighting: Sighting, filler: Filling) -> bool:
    """Whether a state near an instrument only says where something is ("the border with Peru")."""
    token = sighting.sentence.token_at(filler[0])
    if token is None or token.dep_ != "pobj":
        return False
    above = token.head
    return above.lower_ in _WHERE or above.head.lemma_.lower() in _EDGES


def _is_acted_on(sighting: Sighting, filler: Filling) -> bool:
    """Whether something is done to a state ("pressing Peru to do more", "the plan puts Peru …")."""
    token = sighting.sentence.token_at(filler[0])
    return token is not None and token.dep_ in ("dobj", "dative")


def _told_apart(token: Token, instrument: Token) -> bool:
    """Whether a name stands in a relative clause that tells of something else ("in 2019, the year
    in which Peru held elections")."""
    above = {instrument.i, *(t.i for t in instrument.ancestors)}
    below = {t.i for t in instrument.subtree}
    current = token
    for _ in range(len(token.doc)):
        if current.dep_ == "relcl" and current.i not in above and current.i not in below:
            return True
        if current.head == current or current.i in above:
            return False
        current = current.head
    return False


def _stands_aside(sighting: Sighting, filler: Filling) -> bool:
    """Whether a state near an instrument refuses, rejects or only judges it ("Peru refused to
    sign")."""
    token = sighting.sentence.token_at(filler[0])
    if token is None:
        return False
    if _told_apart(token, sighting.token):
        return True
    subject = token
    while subject.dep_ in ("compound", "amod", "poss", "nmod") and subject.head != subject:
        subject = subject.head
    verb = subject.head
    if subject.dep_ not in ("nsubj", "nsubjpass") or verb.pos_ not in ("VERB", "AUX"):
        return False
    words = load_instrument_words().verbs
    if lemma_of(verb) in words["reject"] and sighting.token.head == verb:
        return False  # "Peru's congress rejected the treaty"
    return lemma_of(verb) in words["reject"] | words["judge"] or any(
        c.dep_ == "neg" for c in verb.children
    )


def _name(context: Context, cluster: Cluster) -> tuple[int, int]:
    """The name, or the most specific description used."""

    def rank(sighting: Sighting) -> tuple[float, int]:
        before = context.reading.text[max(0, sighting.span[0] - 1) : sighting.span[0]]
        title = sighting.capital and bool(sighting.words) and bool(sighting.noun or sighting.known)
        score = (
            4.0 * title
            + 2 * (sighting.type in ("memorandum", "treaty", "compact"))
            + 0.5 * sighting.capital
        )
        score += (before in ("“", '"', "‘")) * sighting.capital + (sighting.last > sighting.token.i)
        score += (
            0.5 * min(len(sighting.words), 4)
            + 0.5 * (sighting.tail > sighting.last)
            - 6 * sighting.headline
        )
        return -score - (3 if sighting.noun else 0), sighting.span[0]

    best = min(cluster.sightings, key=rank)
    if best.words and best.capital:
        return best.span
    return best.full_span
