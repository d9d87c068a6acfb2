"""Which mentions are one instrument, and which instruments are agreements between governments.

Comes in: the context of one document. Goes out: an `Instrument` for each agreement that the
document speaks of, with all its mentions, type, stage and parties; refused candidates are noted in
the context. Parties are those named with it, those that sign it, and those that `standing` finds;
nearness makes nobody a party. Roles beyond name and party are read by `agreements`.
"""

from __future__ import annotations

from collections.abc import Sequence

from pactwatch.codebook.vocabularies import load_instrument_words
from pactwatch.findings.clusters import Cluster, clusters_of
from pactwatch.findings.context import Context, Filling, Instrument
from pactwatch.findings.parties import own_side, without_doubles
from pactwatch.findings.sightings import Sighting
from pactwatch.findings.standing import standing_in

__all__ = ["Cluster", "clusters_of", "find_instruments"]

_MANY = 3  # parties of an instrument that one of them can leave without ending it


def find_instruments(context: Context) -> list[Instrument]:
    """Find the agreements that a document speaks of, in order of first mention."""
    found = []
    clusters = clusters_of(context)
    for cluster in clusters:
        standing = standing_in(context, cluster)
        built_on = _built_on(cluster, clusters)
        if built_on is not None and len(standing) < 2:
            standing = _parties(context, built_on, standing_in(context, built_on))
        reason = _why_not(context, cluster, standing)
        first = cluster.sightings[0]
        if reason:
            span = first.span
            context.refused.append(
                context.reject("agreement", f"agreement.{first.noun or 'name'}", reason, *span)
            )
            continue
        found.append(
            Instrument(
                name=(*_name(context, cluster), None),
                mentions=tuple(sorted(s.span for s in cluster.sightings)),
                parties=tuple(_parties(context, cluster, standing)),
                type=cluster.type,
                stage=_stage(cluster),
                cluster=cluster,
            )
        )
    return found


def _built_on(cluster: Cluster, clusters: Sequence[Cluster]) -> Cluster | None:
    """The instrument that builds on this one or takes its place: their parties are the same."""
    verbs = load_instrument_words().verbs["build"]
    passive = {
        f.token
        for s in cluster.sightings
        for place, f in s.frames
        if place in ("object", "on", "upon") and f.lemma in verbs
    }
    for other in clusters:
        for sighting in other.sightings if other is not cluster else ():
            if any(p == "subject" and f.token in passive for p, f in sighting.frames) or any(
                # "signed the accord today, which builds on …"
                sighting.sentence.doc is t.doc
                and sighting.token.i < t.i
                and any(c.tag_ == "WDT" for c in t.children)
                for t in passive
            ):
                return other
    return None


def _parties(context: Context, cluster: Cluster, standing: list[Filling]) -> list[Filling]:
    """Its parties: those named with it and those that sign it; where they are too few, those that
    stand in it by what sentences say."""
    parties = without_doubles(context, [*cluster.own_parties(), *cluster.signers])
    states = {p[2] for p in parties if p[2]}
    joined = any(s.with_parties == "between" for s in cluster.sightings)
    if cluster.speaks and (cluster.we or len(states) < 2) and not joined:
        parties += own_side(context, states)
    if len(parties) < (1 if joined else 2) and not any(
        s.noun in ("convention", "covenant") for s in cluster.sightings
    ):
        # a government only described ("the administration of …") is nobody's name
        named = [p for p in standing if p[2] or context.reading.name_at(p[0])]
        parties = without_doubles(context, [*parties, *named])
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
    parties = {p[2] for p in [*cluster.own_parties(), *cluster.signers] if p[2]}
    if "left" in stages and len(parties) < _MANY and not any(s.known for s in cluster.sightings):
        return "ended"  # a treaty of many goes on without the one that left it
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


def _why_not(context: Context, cluster: Cluster, standing: list[Filling]) -> str:
    """Why a cluster is no agreement between governments; empty where it is one."""
    words = load_instrument_words()
    if cluster.sheet is not None:
        return "" if cluster.own_parties() else "no parties"
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
    if named and (treaty or ((nouns - words.heads["weak"]) and len(everyone or standing) > many)):
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
    if strong and cluster.dated and (everyone or cluster.officials or standing):
        return ""
    if strong and "proposed" in [*cluster.stages, "negotiating"] and cluster.officials and standing:
        return ""
    if strong and any(s.capital for s in cluster.sightings) and len(cluster.sightings) > 1:
        return ""
    joint = any("joint" in s.marks and s.type == "declaration" for s in cluster.sightings)
    if joint and (everyone or "signed" in cluster.stages or cluster.dated):
        return ""
    told_of = {p[2] for p in [*everyone, *standing] if p[2]}
    if strong and len(told_of) >= 2 and any(s.definite for s in cluster.sightings):
        return ""  # "pulled out of the Iran deal": whose it is, and who stands in it
    signers = {p[2] for p in cluster.signers if p[2]}
    if nouns & words.heads["named"] and len(signers) >= 2 and cluster.stages:
        return ""  # "Chile and Peru announced a programme to …"
    states = any(m.kind in ("state", "organisation") for m in context.reading.names)
    if strong and (everyone or (cluster.officials and states)) and "signed" in cluster.stages:
        return ""
    return "no parties"


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

    best = min((s for s in cluster.sightings if s.noun or s.acronym), key=rank)
    if best.words and best.capital:
        return best.span
    return best.full_span
