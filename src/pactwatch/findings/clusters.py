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
from pactwatch.findings.asserted import not_asserted
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import Frame, governor, lemma_of
from pactwatch.findings.parties import country_of, parties_of
from pactwatch.findings.sightings import (
    Sighting,
    no_government,
    shorthand_sightings,
    sightings_in,
)
from pactwatch.findings.stages import realis_of
from pactwatch.model import Rejected

if TYPE_CHECKING:
    from spacy.tokens import Token

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

    @property
    def successor(self) -> bool:
        """Whether it takes the place of an earlier one."""
        return any("successor" in s.marks for s in self.sightings)

    @property
    def named(self) -> bool:
        """Whether a capitalised name with words of its own stands in it."""
        return any((s.capital and s.words) or s.known for s in self.sightings)

    def own_parties(self) -> list[Filling]:
        """Parties named by "with", "between", or in the name."""
        return [p for s in self.sightings for p in s.parties]


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
    for sentence, doc in context.reading.parsed():
        taken = [s for s in sightings if s.sentence is sentence]
        sightings += list(shorthand_sightings(sentence, doc, names, taken, words))
    sightings.sort(key=lambda s: (s.headline, s.span))
    clusters: list[Cluster] = []
    for sighting in sightings:
        home = _home(sighting, clusters, words)
        if home is None:
            home = Cluster(sightings=[])
            clusters.append(home)
        if (
            home.sightings
            and sighting.token.dep_ == "attr"
            and _equated(sighting) is not None
            and sighting.group == "agreement"
        ):
            home.equated = home.equated or sighting.type
        home.sightings.append(sighting)
        home.private = home.private or sighting.private
        home.words |= sighting.words
        home.about |= sighting.about
    for cluster in clusters:
        cluster.sightings.sort(key=lambda s: s.span)
        cluster.dated = _dated(context, cluster)
        for sighting in cluster.sightings:
            _read_frames(context, cluster, sighting, words)
    successors = [c for c in clusters if c.successor]
    for cluster in clusters:
        for sighting in cluster.sightings:
            made = any(
                p == "object" and f.lemma in words.verbs["rework"] for p, f in sighting.frames
            )
            if made and successors and not cluster.successor:
                successors[0].reworked.append(sighting)
    clusters.sort(key=lambda c: c.sightings[0].span)
    return clusters


def _home(
    sighting: Sighting, clusters: Sequence[Cluster], words: InstrumentWords
) -> Cluster | None:
    """The cluster that a mention belongs to, the likeliest first; None for a new instrument."""
    recent = sorted(clusters, key=lambda c: -c.sightings[-1].span[0])
    twin = _equated(sighting)
    for cluster in recent:
        for other in cluster.sightings:
            if (
                twin is not None
                and other.sentence is sighting.sentence
                and other.first <= twin <= other.last
            ):
                return cluster
    for cluster in recent:
        if _same_name(sighting, cluster):
            return cluster
    if sighting.known or not sighting.noun:
        return None
    recent.sort(
        key=lambda c: (
            any("earlier" in s.marks or s.noun == "convention" for s in c.sightings),
            all(s.noun != sighting.noun for s in c.sightings),
        )
    )
    return next((c for c in recent if _fits(sighting, c, words)), None)


def _equated(sighting: Sighting) -> int | None:
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
    if _acted_on_by(sighting, last):
        return False
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
    known = {p[2] for p in sighting.parties if p[2]} & {p[2] for p in cluster.own_parties()}
    if not (near or shared or known):
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


def _read_frames(
    context: Context,
    cluster: Cluster,
    sighting: Sighting,
    words: InstrumentWords,
) -> None:
    """Read stage and signing parties from the frames of one mention."""
    if "proposed" in sighting.marks or "successor" in sighting.marks:
        cluster.stages.append("proposed")
    for place, frame in sighting.frames:
        taken_back = not_asserted(frame.token)
        if taken_back is None and not frame.nominal:
            taken_back = realis_of(frame, context.codebook.stages).refused
        if taken_back in ("denied", "doubtful", "invented", "question"):
            continue
        if (
            taken_back == "hypothetical"
            and _told_before(frame)
            and frame.lemma in words.verbs["sign"]
        ):
            taken_back = None
            cluster.stages.append("signed")
        refused = taken_back == "negated" or (
            taken_back is None and realis_of(frame, context.codebook.stages).stage == "refused"
        )
        if taken_back == "hypothetical" and frame.lemma in words.verbs["sign"]:
            cluster.stages.append("proposed")
        stage = (
            ""
            if taken_back == "hypothetical"
            else _stage_of(context, sighting, place, frame, words)
        )
        if stage:
            cluster.stages.append(stage)
        if place in ("object", "to", "into", "on") and frame.lemma in words.verbs[
            "sign"
        ] | words.verbs["negotiate"] | words.verbs["propose"] | {"signing", "have"}:
            if refused and frame.lemma in words.verbs["sign"]:
                if sighting.with_parties != "with":
                    continue  # "Peru refused to sign the convention": it is no party
                cluster.stages.append("proposed")
            if frame.lemma == "strike" and any(c.dep_ == "prt" for c in frame.token.children):
                continue  # "struck down by the court"
            for head in frame.subjects:
                if no_government(context, frame.sentence, head, words):
                    cluster.private = True
                    continue
                found = parties_of(context, frame.sentence, head)
                cluster.officials = cluster.officials or _official(context, frame, head)
                cluster.we = cluster.we or head.lower_ == "we"
                if not found and (own := country_of(context, frame.sentence, head)) is not None:
                    cluster.signers.append(own)
                elif head.lower_ == "we" or (not found and _official(context, frame, head)):
                    cluster.speaks = True
                elif head.pos_ != "PRON" or found:
                    cluster.signers += found
            for preposition, noun in frame.preps:
                if preposition in ("with", "between") and not no_government(
                    context, frame.sentence, noun, words
                ):
                    cluster.signers += parties_of(context, frame.sentence, noun)


def _told_before(frame: Frame) -> bool:
    """Whether a participle tells of its noun what stands whatever the clause around supposes
    ("the deal signed last month would lapse if …")."""
    token = frame.token
    return (
        token.dep_ == "acl"
        and token.tag_ == "VBN"
        and not any(c.dep_ in ("mark", "aux") for c in token.children)
    )


def _official(context: Context, frame: Frame, head: Token) -> bool:
    """Whether a subject is an official for whom no country is named."""
    return any(
        p.kind in ("person", "officials") for p in context.phrases.parties(frame.sentence, head)
    )


def _stage_of(
    context: Context, sighting: Sighting, place: str, frame: Frame, words: InstrumentWords
) -> str:
    lemma, verbs = frame.lemma, words.verbs
    if frame.nominal:
        by_noun = {
            "signing": "signed",
            "conclusion": "signed",
            "negotiation": "negotiating",
            "proposal": "proposed",
            "rebranding": "",
        }
        return by_noun.get(lemma, "")
    reported = context.speaker_of(*frame.sentence.spans[frame.token.i]) is not None
    realis = realis_of(frame, context.codebook.stages, reported=reported)
    if realis.stage is None:
        return ""
    happened = realis.stage in ("done", "under way", "agreed", "suspended", "ended")
    if place == "object" and lemma in verbs["sign"] & verbs["negotiate"] and not happened:
        return "negotiating"  # "asked officials to finalise a memorandum": there is a draft
    if lemma == "strike" and any(c.lower_ in ("down", "out") for c in frame.token.children):
        return "ended" if happened and place == "object" else ""
    above = governor(frame.token)
    nears = above is not None and lemma_of(above) in verbs["near"]
    if nears and place == "object" and lemma in verbs["sign"]:
        return "negotiating"  # "close to signing"
    if place in ("object", "into", "to", "on") and lemma in verbs["sign"]:
        if place != "object" and lemma not in ("enter", "agree", "sign"):
            return ""
        if realis.stage == "refused":
            refuses = realis.governor is None or (
                context.codebook.stages.governors.get(lemma_of(realis.governor)) == "refused"
            )
            return "rejected" if refuses or realis.governor is None else ""
        return "signed" if happened else "proposed"
    if place == "object":
        for name, stage in (("end", "ended"), ("suspend", "suspended"), ("reject", "rejected")):
            if lemma in verbs[name]:
                return stage if happened or realis.stage == "refused" else ""
        if lemma in verbs["negotiate"]:
            return "negotiating" if happened and not sighting.known else "proposed"
        if lemma in verbs["create"]:
            return "in force" if happened else "proposed"
        if lemma in verbs["propose"] and not sighting.definite and not sighting.known:
            return "proposed"
    if place == "attr" and lemma in verbs["propose"]:
        return "proposed"
    if place == "subject":
        if lemma in ("expire", "lapse", "collapse", "end") and happened:
            return "ended"
        if lemma in ("would", "could"):
            return "proposed"
        return "in force" if happened else ""
    if place in ("under", "with", "by", "through", "within"):
        return "in force"
    return ""


def _dated(context: Context, cluster: Cluster) -> Filling | None:
    """The day that a description gives ("the previous agreement of 4 May 2011")."""
    for sighting in cluster.sightings:
        for date in context.reading.dates_in(*sighting.full_span):
            if date.value:
                return date.start, date.end, date.value
    return None
