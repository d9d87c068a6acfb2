"""Agreements: one finding for each instrument between governments that a document speaks of.

Comes in: the context of one document, its instruments found. Goes out: findings of kind agreement,
with parties, signatories, day and place of signing, areas and stage, and the candidates refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from pactwatch.findings.areas import areas_of
from pactwatch.findings.context import Context, Filling, Instrument
from pactwatch.findings.instruments import find_instruments
from pactwatch.findings.signing import binding_of, signing_of
from pactwatch.model import Finding, Rejected

__all__ = ["find_agreements", "find_instruments"]


def find_agreements(context: Context) -> Iterator[Finding | Rejected]:
    """Yield the agreements that a document speaks of, and the candidates refused."""
    yield from context.refused
    for instrument in context.instruments:
        yield _finding(context, instrument)


def _finding(context: Context, instrument: Instrument) -> Finding:
    signing = signing_of(context, instrument)
    areas = areas_of(context, instrument)
    binding, says_so = binding_of(context, instrument)
    roles: dict[str, list[Filling]] = {
        "name": [instrument.name],
        "party": list(instrument.parties),
        "signatory": signing.persons,
        "signed": signing.date,
        "place": signing.place,
        "area": [filler for filler, _ in areas],
    }
    evidence: dict[tuple[int, int], int] = {}
    name = instrument.name[:2]
    cluster = instrument.cluster
    for sighting in cluster.sightings:
        span = sighting.sentence.start, sighting.sentence.end
        weight = 1 + 3 * (span[0] <= name[0] < span[1]) + 2 * bool(sighting.with_parties)
        weight += 2 * (span in signing.sentences) - 8 * sighting.headline
        evidence[span] = max(evidence.get(span, 0), weight)
    for sighting in cluster.reworked:
        evidence.setdefault((sighting.sentence.start, sighting.sentence.end), 0)
    told = [*signing.sentences, *(span for _, span in areas), *([says_so] if says_so else [])]
    for span in told:
        evidence.setdefault(span, 2 * (span in signing.sentences))
    teller = _teller(context, instrument)
    if teller is not None:  # a headline is nobody's words but the outlet's
        headlines = {(s.sentence.start, s.sentence.end) for s in cluster.sightings if s.headline}
        evidence = {span: w for span, w in evidence.items() if span not in headlines} or evidence
    ordered = sorted(evidence, key=lambda s: (-evidence[s], s))
    return Finding.cut(
        context.document,
        "agreement",
        type=instrument.type,
        stage=instrument.stage,
        binding=binding,
        roles=roles,
        evidence=ordered,
        attributed_to=teller,
        trigger=f"agreement.{cluster.sightings[0].noun or 'name'}",
    )


def _teller(context: Context, instrument: Instrument) -> Filling | None:
    """The one speaker by whose words alone an instrument is known; nobody where the report itself
    speaks of it, or its parties do."""
    told = [s for s in instrument.cluster.sightings if not s.headline]
    tellers = [context.speaker_of(*s.span) for s in told or instrument.cluster.sightings]
    first = tellers[0] if tellers else None
    if first is None or any(t is None or t[:2] != first[:2] for t in tellers):
        return None
    known = any(s.definite or s.known or (s.capital and s.words) for s in told)
    party = first[2] is not None and first[2] in {p[2] for p in instrument.parties}
    return None if known or party else first
