"""How far an instrument has come, and who takes part in it, by what its sentences say.

Comes in: a cluster and one of its mentions with the frames around it. Goes out: the stages told and
the parties that sign or negotiate, noted in the cluster; the day in its description. What is
denied, doubted or made up tells nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactwatch.codebook.vocabularies import InstrumentWords
from pactwatch.findings.asserted import not_asserted, unsure_words
from pactwatch.findings.context import Context, Filling
from pactwatch.findings.frames import Frame, governor, lemma_of
from pactwatch.findings.parties import country_of, doers_of, parties_of
from pactwatch.findings.sightings import Sighting, no_government
from pactwatch.findings.stages import realis_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from pactwatch.findings.clusters import Cluster

__all__ = ["day_of", "read_frames"]


def read_frames(
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
        if _by_hearsay(context, frame):
            continue
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
            for head in doers_of(frame):
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


def _not_yet(verb: Token) -> bool:
    """Whether a verb tells what has not come so far and is not refused ("has not yet signed")."""
    own = {c.lower_ for c in verb.children if c.dep_ in ("advmod", "neg")}
    return bool(own & {"yet", "still"}) and any(c.dep_ == "neg" for c in verb.children)


def _by_hearsay(context: Context, frame: Frame) -> bool:
    """Whether it is told by a rumour and nobody else ("according to a rumour, Peru has left")."""
    teller = context.speaker_of(*frame.sentence.spans[frame.token.i])
    if teller is None:
        return False
    said = context.reading.text[teller[0] : teller[1]].casefold().split()
    return any(word.removesuffix("s") in unsure_words() for word in said)


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
    if place == "object" and lemma in verbs["sign"] and _not_yet(frame.token):
        return "negotiating"  # "has not yet been signed"
    if realis.stage is None:
        return ""
    happened = realis.stage in ("done", "under way", "agreed", "suspended", "ended")
    if lemma in ("announce", "unveil") and realis.governor is None and realis.stage == "promised":
        happened = frame.token.tag_ in ("VBD", "VBP", "VBZ")  # announced is settled
    if f"{lemma} {place}" in verbs["leave"]:
        left = frame.token.tag_ in ("VBD", "VBN") and happened and realis.governor is None
        return "left" if left else ""
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


def day_of(context: Context, cluster: Cluster) -> Filling | None:
    """The day that a description gives ("the previous agreement of 4 May 2011")."""
    for sighting in cluster.sightings:
        for date in context.reading.dates_in(*sighting.full_span):
            if date.value:
                return date.start, date.end, date.value
    return None
