"""Which suspension or end a statement denies: "aid has not been suspended", "denied that it had
withdrawn from the accord".

Comes in: the words that deny, and facts of measures and agreements told as suspended or ended. Goes
out: the facts denied. Where the words narrow the thing ("food aid") or name another state, they
deny nothing else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pactwatch.ledger.countries import countries_in
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.likeness import object_words
from pactwatch.ledger.words import content_words, fold, tokens
from pactwatch.model import Quote

__all__ = ["Stopped", "denied_stops", "index_of_stops", "may_deny", "stops_denied"]

_PAUSE = r"suspen(?:d(?:ed|ing)?|sion)|paus(?:ed?|ing)|fr(?:eeze|ozen?|eezing)|with(?:held|holding)"
_HALT = r"halt(?:ed|ing)?|stopp(?:ed|ing)|stop|stoppage|cut(?:ting)? off"
_END = (
    r"end(?:ed|ing)?|terminat(?:ed?|ing|ion)|cancel(?:l?ed|l?ing|lation)?|scrapp(?:ed|ing)"
    r"|withdr(?:aw|awn|ew|awing|awal)|pull(?:ed|ing) out|discontinu(?:ed?|ing)|revok(?:ed?|ing)"
    r"|annull?(?:ed|ing)?|abandon(?:ed|ing)?|quit|left"
)
_WORDS = {"suspended": f"{_PAUSE}|{_HALT}", "ended": f"{_END}|{_HALT}"}
_WHOLE = {stage: re.compile(rf"\b(?:{words})\b") for stage, words in _WORDS.items()}
# "would not hesitate to suspend" and "will not end it" deny no suspension told.
_NEGATED = {
    stage: re.compile(
        rf"(?:\bnot|n't|\bnever)(?: (?:been|being|yet|actually|at any time))* (?:{words})\b"
        rf"|(?<!will be )(?<!would be )\bno (?:such )?(?:{words})\b"
    )
    for stage, words in _WORDS.items()
}
_TO_COME = re.compile(r"\b(?:will|would|shall|should|may|might|could|must|can) (?:not|n't|never)\b")
_THE_DEAL = re.compile(r"\b(?:the|this|it|its) ?(?:\w+ )?(?:agreement|accord|pact|deal|treaty|"
                       r"memorandum|compact|arrangement|programme|program|it)\b")  # fmt: skip
_ENOUGH = 0.5  # of the words of an object that a denial names
Stopped = Mapping[str, Sequence[Facts]]


def stops_denied(words: str, *, whole: bool) -> frozenset[str]:
    """Stages that words deny, of "suspended" and "ended".

    Args:
        whole: All of it is denied ("denied that aid had been suspended"); else only what a word of
            negation stands before.
    """
    text = fold(words)
    if not whole and _TO_COME.search(text):
        return frozenset()
    patterns = _WHOLE if whole else _NEGATED
    return frozenset(stage for stage, pattern in patterns.items() if pattern.search(text))


def index_of_stops(told: Iterable[Facts]) -> Stopped:
    """What is told as suspended or ended, by each state concerned."""
    found: dict[str, list[Facts]] = defaultdict(list)
    for facts in told:
        if facts.finding.stage in _WORDS:
            for state in sorted(_concerned(facts)):
                found[state].append(facts)
    return found


def _concerned(facts: Facts) -> frozenset[str]:
    states = (facts.states(role) for role in ("actor", "recipient", "party"))
    return facts.places().union(*states)


def denied_stops(
    statement: Facts, words: Quote, stages: frozenset[str], stopped: Stopped
) -> list[Facts]:
    """The facts at these stages of which the words can speak."""
    speaks_for = statement.states("speaker")
    named = countries_in(words.text)
    nominees = {
        f.finding.id: f for state in sorted(speaks_for | named) for f in stopped.get(state, ())
    }
    told_here = [f for f in nominees.values() if f.document_id == statement.document_id]
    found = []
    for facts in sorted(nominees.values(), key=lambda f: f.finding.id):
        if facts.finding.stage not in stages or not _other_voice(statement, words, facts):
            continue
        if not may_deny(statement, words, facts):
            continue
        others = named - speaks_for - facts.states("actor")
        if others and not others & _concerned(facts):
            continue
        if facts.finding.kind == "agreement":
            fits = _speaks_of_agreement(words.text, facts, told_here, speaks_for)
        else:
            fits = _speaks_of_measure(words.text, facts)
        if fits:
            found.append(facts)
    return found


def may_deny(statement: Facts, words: Quote, facts: Facts) -> bool:
    """Whether the speaker has a part in it, or names who did it: another state denies its own."""
    doers, speaks_for = facts.states("actor"), statement.states("speaker")
    if not doers or not speaks_for or speaks_for & _concerned(facts):
        return True
    return bool(doers & countries_in(words.text))


def _other_voice(statement: Facts, words: Quote, facts: Facts) -> bool:
    """Whether somebody else asserts it than denies it; one document may quote both."""
    if statement.document_id == facts.document_id:
        overlap = any(q.start < words.end and words.start < q.end for q in facts.finding.evidence)
        own = [
            q for q in facts.finding.evidence if not (q.start < words.end and words.start < q.end)
        ]
        if overlap and not any(stops_denied(q.text, whole=True) for q in own):
            return False
    elif statement.account != facts.account:
        return True
    teller = facts.finding.attributed_to
    return teller is None or fold(teller.text) not in {
        fold(f.text) for f in statement.fillers("speaker")
    }


def _speaks_of_agreement(
    words: str, facts: Facts, told_here: Sequence[Facts], speaks_for: frozenset[str]
) -> bool:
    """By its name, by another party, or as the only one of its document ("the accord")."""
    spoken = content_words(words)
    names = [content_words(f.text) for f in facts.fillers("name")]
    if any(len(name) > 1 and name <= spoken for name in names):
        return True
    if countries_in(words) & (facts.states("party") - speaks_for) and _THE_DEAL.search(fold(words)):
        return True
    deals = [f for f in told_here if f.finding.kind == "agreement"]
    return deals == [facts] and _THE_DEAL.search(fold(words)) is not None


def _speaks_of_measure(words: str, facts: Facts) -> bool:
    """By most words of its object, and by none that makes it another: "food aid" is not all aid."""
    thing = object_words(facts)
    shared = thing & content_words(words)
    if not shared or len(shared) < _ENOUGH * len(thing):
        return False
    spoken = tokens(words)
    return not any(
        content_words(word) & shared and _narrows(before, thing)
        for before, word in zip(("", *spoken), spoken, strict=False)
    )


def _narrows(word: str, thing: frozenset[str]) -> bool:
    """Whether a word before the thing's own makes it a smaller one."""
    if not content_words(word) - thing or countries_in(word):
        return False
    return not any(pattern.fullmatch(word) for pattern in _WHOLE.values())
