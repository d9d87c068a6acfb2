"""Whom a document sends under another word: "troops" for the agents of the deployment it tells of.

Comes in: facts of measures. Goes out: for each deployment, the words by which another finding of
its document calls people of another sort whom the same state sends. It links nothing where the
document tells of several deployments that fit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from pactwatch.ledger.countries import countries_in
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.likeness import object_words, sorts, stage_class
from pactwatch.ledger.words import content_words
from pactwatch.model import Filler, Quote

__all__ = ["called_otherwise"]


def called_otherwise(measures: Sequence[Facts]) -> Mapping[str, list[tuple[Facts, Quote]]]:
    """Words for people of another sort, by the id of the deployment's finding."""
    told_in: dict[str, list[Facts]] = defaultdict(list)
    for facts in measures:
        told_in[facts.document_id].append(facts)
    found: dict[str, list[tuple[Facts, Quote]]] = defaultdict(list)
    for own in told_in.values():
        missions = [f for f in own if f.finding.type == "deployment" and sorts(object_words(f))]
        for facts in own if missions else ():
            if facts.finding.type == "deployment":
                continue
            for filler in facts.fillers("actor"):
                fitting = [m for m in missions if _same_people(m, facts, filler)]
                if len(fitting) == 1:
                    words = Quote(
                        document_id=facts.document_id,
                        start=filler.start,
                        end=filler.end,
                        text=filler.text,
                    )
                    found[fitting[0].finding.id].append((facts, words))
    return found


def _same_people(mission: Facts, facts: Facts, filler: Filler) -> bool:
    """Whether the words can only mean those of the mission: its state's, at its stage, no place
    of their own, and of another sort than its words say."""
    told, sent = sorts(content_words(filler.text)), sorts(object_words(mission))
    if not told or told & sent:
        return False
    if stage_class(facts.finding.stage) != stage_class(mission.finding.stage):
        return False
    nations = countries_in(filler.text) or facts.states("actor")
    senders, goals = mission.states("actor"), mission.places() | mission.states("recipient")
    # Where nobody tells who sends, it is none whose country receives.
    if not nations or not (nations & senders if senders else nations - goals):
        return False
    places = facts.places() | facts.states("recipient")
    return not (places and goals and not places & goals)
