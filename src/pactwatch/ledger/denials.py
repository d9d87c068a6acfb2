"""Which agreement or measure a statement denies: "there is no agreement", "without such powers",
"denied that aid had been suspended".

Comes in: facts of statements, measures and agreements. Goes out: for each finding denied, the
statements that deny it with the words that do. Candidates come from shared words and states, never
from all pairs; a denial of something no report asserts is linked to nothing, and what denies a
suspension denies no promise.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from pactwatch.ledger.compare import days_apart
from pactwatch.ledger.countries import countries_in
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.likeness import FACTS_TOLD, object_words, sorts
from pactwatch.ledger.stoppages import denied_stops, index_of_stops, may_deny, stops_denied
from pactwatch.ledger.words import content_words, fold, tokens
from pactwatch.model import Filler, Quote

__all__ = ["DENYING", "denials"]

_NEAR = 60  # days between an assertion and its denial
_REACH = 6  # words after "no", "without", "not send" that it can deny
_SHARE = 0.6  # of the words of an object that a denial names
_MOST_PAIRS = 36
# "not" denies only before a verb of doing: "not rule out", "not waste" and "should not" assert.
_DOING = (
    r"(?:agree|sign|send|sent|deploy|provide|give|given|gave|deliver|pay|paid|receive|accept"
    r"|promise|pledge|commit|train|join|take part|carry out|build|built|approve|grant|have|has|had"
    r"|be|been|is|are|was|were)"
)
_NEGATION = re.compile(
    rf"\b(?:no|neither|nor)\b(?! (?:doubt|longer|matter|only|way|wonder|more than))"
    # "without the boats we would be lost" tells what they are worth.
    rf"|\bwithout\b(?! (?:doubt|delay))(?!.*\b(?:would|could|might|can)(?:not)?\b)"
    rf"|\b(?:did|do|does|has|have|had|will|would|was|were|is|are)(?: not|n['’]t)\b"
    r"(?! (?:only|merely|simply))"
    rf"(?= (?:\w+ly )?{_DOING}(?:e?d|ing|s)?\b)"
    rf"|\bnever\b(?= {_DOING}(?:e?d|ing|s)?\b)",
    re.IGNORECASE,
)
DENYING = re.compile(r"\b(?:den(?:y|ies|ied)|reject|dismiss|disput|contradict|refut)")
# "can we be without them" asks, and "if there were no agreement" supposes.
_OPEN = re.compile(
    r"^(?:and |but |so |or |then )?(?:can|could|would|will|should|do|does|did|is|are|was|were|has"
    r"|have|had|may|might|if|what|why|how|whether)\b(?! (?:not|never|been|no)\b)"
    r"|\?\W*$|\b(?:if|unless|whether)\b"
)
_FALSE = re.compile(r"\b(?:is|are|was|were) (?:\w+ly )?(?:false|untrue|baseless|unfounded|fake)\b")
# "The boats have not been delivered": here what is denied stands before.
_NOT_COME = re.compile(
    r"\b(?:has|have|had|was|were|is|are)(?: not|n['’]t| never)"
    r"(?! (?:only|merely|simply))(?: yet)?(?: been)? (?:\w+ly )?"
    r"(?:arrived|delivered|sent|handed over|provided|supplied|received|transferred|deployed|shipped"
    r"|released|disbursed|paid|trained|built)\b",
    re.IGNORECASE,
)
_REST = re.compile(
    r"\b(?:other|remaining|rest|more|second|third|last|all|most|some|half|every|each|another)\b",
    re.IGNORECASE,
)
_COUNTS = (
    "one two three four five six seven eight nine ten eleven twelve dozen dozens hundred hundreds"
    " thousand thousands million billion"
)
_NUMBERS = frozenset(_COUNTS.split())
# All that is denied must be the deed itself: who denies a delay denies no delivery.
_DEED = re.compile(
    r"\b(?:agree|sign|conclu|sen[dt]|deploy|provi|giv|gave|deliver|pa[iy]|receiv|accept|promis|pledg"
    r"|commit|train|jo[i]n|tak|took|carr|buil|approv|grant|b[uo][uy]|s[eo]l[dl]|transfer|hand|ship"
    r"|suppl|len[dt]|donat|offer|plan|host|station|arriv|reach|exist|any|there (?:is|was)|such)"
)
_OTHER_DEED = re.compile(
    r"\b(?:delay|postpon|slow|reduc|fail|refus|violat|breach|misus|divert|stole|conceal|wast|los[st]"
    r"|influenc|interfer|corrup|brib)"
)
# "No refugee will stay at the centre" denies no centre.
_OTHER_PREDICATE = re.compile(r"\b(?:will|would|shall|can|could|should|may|must) (?:be )?(\w+)")
# "There would be no raids" is a promise: it denies a plan, and nothing that has come.
_AHEAD = re.compile(
    r"\b(?:will|would|shall|should)\b(?: \w+)? (?:no|not|never)\b|\b(?:wo|would|should)n['’]t\b"
)
_BEING = re.compile(
    r"\b(?:be|is|are|was|were|being|come|go|act|work|operate|serve|remain)\b[^.;,]*$", re.IGNORECASE
)
# One of these stands in all words that deny; most statements hold none, and need no closer look.
_HINTS = (
    *("no", "n't", "n’t", "never", "without", "neither"),
    *("false", "untrue", "baseless", "unfounded", "fake"),
)
_PART = re.compile(r"[.,;:!?]|\bbut\b|\bunless\b|\buntil\b")
_NO_DEAL = re.compile(
    r"\b(?:no (?:such |formal |new |secret |written |binding )?"
    r"(?:agreement|deal|memorandum|pact|accord|treaty|mou|compact)\b"
    r"|(?:not|never|n['’]t) (?:yet )?(?:been )?(?:signed|agreed|concluded|reached|accepted)\b)",
    re.IGNORECASE,
)
_ASSERTED = {
    "measure": frozenset({"promised", "agreed", "under way", "done"}),
    "agreement": frozenset({"signed", "in force"}),
}
Denials = Mapping[str, list[tuple[Facts, Quote]]]


def denials(told_by_kind: Mapping[str, Sequence[Facts]]) -> Denials:
    """Statements that deny what findings assert, by the id of the finding denied."""
    found: dict[str, list[tuple[Facts, Quote]]] = defaultdict(list)
    by_words, by_party = _index(told_by_kind)
    stopped = index_of_stops(f for kind in _ASSERTED for f in told_by_kind.get(kind, ()))
    for statement in told_by_kind.get("statement", ()):
        by_cue = any(DENYING.search(fold(cue.text)) for cue in statement.fillers("cue"))
        said = " ".join(f.text for f in statement.fillers("content")).lower()
        if not (by_cue or any(hint in said for hint in _HINTS)) or _OPEN.search(said):
            continue
        for content in statement.fillers("content"):
            whole = by_cue or _FALSE.search(content.text) is not None
            denying, clause = _clause(statement, content)
            stops = stops_denied(clause.text, whole=whole)
            if stops:
                for facts in denied_stops(statement, clause, stops, stopped):
                    if _told_after(statement, facts):
                        found[facts.finding.id].append((statement, denying))
                continue
            if whole and (not _DEED.search(fold(clause.text)) or _OTHER_DEED.search(clause.text)):
                continue
            denied = _denied_words(content.text, whole)
            if not denied:
                continue
            ahead = not whole and _AHEAD.search(said) is not None
            pairs = {pair for words_ in denied for pair in _pairs(words_)}
            nominees = {f.finding.id: f for pair in pairs for f in by_words.get(pair, ())}
            for facts in sorted(nominees.values(), key=lambda f: f.finding.id):
                if ahead and facts.finding.stage in FACTS_TOLD:
                    continue
                if _denies_measure(statement, clause, denied, facts):
                    found[facts.finding.id].append((statement, denying))
            if whole or _NO_DEAL.search(content.text):
                for facts in _agreements_denied(statement, content, whole, by_party):
                    found[facts.finding.id].append((statement, denying))
    return found


def _clause(statement: Facts, content: Filler) -> tuple[Quote, Quote]:
    """The words that deny, and what they deny: a paraphrase up to the end of its sentence.

    Where somebody "denied that …", the words that deny begin with that word; else they are one.
    """
    own = Quote(
        document_id=statement.document_id, start=content.start, end=content.end, text=content.text
    )
    if statement.finding.form != "indirect":
        return own, own
    for quote in statement.finding.evidence:
        for cue in statement.fillers("cue"):
            inside = quote.start <= cue.start < content.start < quote.end
            if inside and DENYING.search(fold(cue.text)):
                end = quote.start + len(quote.text.rstrip(" .!?”\"'\n"))
                return _cut(quote, cue.start, end), _cut(quote, content.start, end)
    return own, own


def _cut(quote: Quote, start: int, end: int) -> Quote:
    text = quote.text[start - quote.start : end - quote.start]
    return Quote(document_id=quote.document_id, start=start, end=end, text=text)


def _index(
    told_by_kind: Mapping[str, Sequence[Facts]],
) -> tuple[Mapping[tuple[str, str], list[Facts]], Mapping[str, list[Facts]]]:
    by_words: dict[tuple[str, str], list[Facts]] = defaultdict(list)
    by_party: dict[str, list[Facts]] = defaultdict(list)
    for facts in told_by_kind.get("measure", ()):
        if facts.finding.stage in _ASSERTED["measure"]:
            for pair in _pairs(object_words(facts)):
                by_words[pair].append(facts)
    for facts in told_by_kind.get("agreement", ()):
        if facts.finding.stage in _ASSERTED["agreement"]:
            for state in sorted(facts.states("party")):
                by_party[f"{state} {(facts.published or '')[:7]}"].append(facts)
    return by_words, by_party


def _pairs(words: Iterable[str]) -> list[tuple[str, str]]:
    return list(combinations(sorted(words), 2))[:_MOST_PAIRS]


def _denied_words(text: str, whole: bool) -> list[frozenset[str]]:
    """What stands behind each word of negation, or before what has not come; all of it under
    "denied that"."""
    if whole:
        return [content_words(text)]
    found = []
    for match in _NEGATION.finditer(text):
        if match[0].lower() == "without" and not _BEING.search(text[: match.start()]):
            continue  # of another predicate: "you get more without them"
        rest = " ".join(_PART.split(text[match.end() :])[0].split()[:_REACH])
        other = _OTHER_PREDICATE.search(rest)
        if other is None or re.match(rf"{_DOING}", other[1], re.IGNORECASE):
            found.append(content_words(rest))
    for match in _NOT_COME.finditer(text):
        before = _PART.split(text[: match.start()])[-1]
        if not _REST.search(before):
            found.append(content_words(before))
    return found


def _denies_measure(
    statement: Facts, clause: Quote, denied: Iterable[frozenset[str]], facts: Facts
) -> bool:
    thing = object_words(facts)
    if not any(len(words & thing) >= max(2, _SHARE * len(thing)) for words in denied):
        return False
    if not _told_after(statement, facts) or statement.account == facts.account:
        return False
    if _other_number(clause.text, facts) or not may_deny(statement, clause, facts):
        return False
    doers = frozenset().union(*(content_words(f.text) for f in facts.fillers("actor")))
    concerned = facts.states("actor") | facts.states("recipient") | facts.places()
    return bool(
        sorts(doers | thing) & sorts(content_words(clause.text))
        or statement.ids("speaker") & (facts.ids("actor") | facts.ids("recipient"))
        or statement.states("speaker") & concerned
        or countries_in(clause.text) & concerned
    )


def _other_number(text: str, facts: Facts) -> bool:
    """Whether the words deny another number: who denies nine hundred may have sent four hundred."""
    spoken = {w for w in tokens(text) if w in _NUMBERS or w[:1].isdigit()}
    told = {w for f in facts.fillers("amount") for w in tokens(f.text)}
    return bool(spoken and told) and not spoken & told


def _told_after(statement: Facts, facts: Facts) -> bool:
    """Whether it is denied when it was already asserted; "no deal" before the deal is history."""
    apart = days_apart(statement.published, facts.published)
    if apart is None or apart > _NEAR:
        return False
    return (statement.published or "") >= (facts.published or "")


def _agreements_denied(
    statement: Facts, content: Filler, whole: bool, by_party: Mapping[str, Sequence[Facts]]
) -> list[Facts]:
    """Agreements of the speaker's state with a state that the words name, told within weeks."""
    month = (statement.published or "")[:7]
    nominees = {
        f.finding.id: f
        for state in statement.states("speaker")
        for near in _months_around(month)
        for f in by_party.get(f"{state} {near}", ())
    }
    named = countries_in(content.text) | {
        code for quote in statement.finding.evidence for code in countries_in(quote.text)
    }
    found = []
    for facts in sorted(nominees.values(), key=lambda f: f.finding.id):
        others = facts.states("party") - statement.states("speaker")
        names = [content_words(f.text) for f in facts.fillers("name")]
        called = any(name and name <= content_words(content.text) for name in names)
        about = _NO_DEAL.search(content.text) or (whole and called)
        if not _told_after(statement, facts):
            continue
        if about and (others & named) and statement.account != facts.account:
            found.append(facts)
    return found


def _months_around(month: str) -> list[str]:
    if len(month) != 7:
        return []
    at = int(month[:4]) * 12 + int(month[5:]) - 1
    return [f"{(at + step) // 12:04}-{(at + step) % 12 + 1:02}" for step in (-2, -1, 0)]
