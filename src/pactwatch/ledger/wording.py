"""Where the words of one finding say both that a thing is done and that it will be.

Comes in: facts of a measure. Goes out: the words that tell another stage than the finding's own. It
looks only at verbs of one stem in sentences about the same object, and never at tense alone.
"""

from __future__ import annotations

import re

from pactwatch.ledger.facts import Facts
from pactwatch.ledger.words import content_words, stem
from pactwatch.model import Quote

__all__ = ["is_to_come", "other_stage", "tells_more", "to_be_signed"]

_FUTURE = re.compile(
    r"\b(?:will|shall|is to|are to|plans? to|expected to|set to|due to|poised to)"
    r"(?: (?:be|also|soon|then|now|not))* ([a-z]+)"
)
_NOT_DONE = re.compile(
    r"\b(?:will|would|shall|to|may|might|could|can|should|not|never|the|a|an|any|these|those|of)"
    r"(?: (?:be|been|have|has|also|soon))*$"
)
_AUXILIARY = re.compile(r"\b(?:has|have|had|was|were|been)(?: (?:also|already|now|since))*$")
# After a bare "sent" or "deployed": an object makes it a fact, "to" or "along" a mere attribute.
_OBJECT = re.compile(
    r" (?!(?:to|from|in|into|on|at|by|for|under|after|before|along|across|with|over|through|within"
    r"|against|as|and|or|is|are|was|were|will|would|out|off|back|away|home|here|there)\b)[a-z\d$]"
)
_PLANS = frozenset({"promised", "agreed", "proposed", "threatened"})
_FACTS = frozenset({"done", "under way"})
# A plan to do more of what is done contradicts nothing.
_MORE = re.compile(r"\b(?:more|another|additional|further|again|also|next|continue)\b")
_IRREGULAR = {"sent": "send", "gave": "give", "given": "give", "paid": "pay", "built": "build"}
_IRREGULAR |= {"sold": "sell", "lent": "lend", "withdrew": "withdraw", "cut": "cut"}


_TO_COME = re.compile(
    r"\b(?:will|shall|would(?! have)|is to|are to|to be|plans? to|intends? to|expect(?:s|ed) to"
    r"|set to|due to|poised to|about to|preparing to|ready to|promises|pledges|vows|plans|plan)\b"
)


def is_to_come(facts: Facts) -> bool:
    """Whether a plan's own sentences speak of it as still to come: "will send", "plans to"."""
    return facts.once(
        "to come",
        "",
        lambda: any(_TO_COME.search(_plain(quote.text)) for quote in facts.finding.evidence),
    )


_TO_BE_SIGNED = re.compile(
    r"\b(?:will|shall|is to|are to|to be|plans? to|intends? to|expect(?:s|ed) to|set to|due to"
    r"|about to|hopes? to)(?: (?:be|also|soon|formally|jointly|then|finally))* "
    r"(?:sign(?:ed)?|conclude[d]?|initial(?:l?ed)?|seal(?:ed)?)\b"
)


def to_be_signed(facts: Facts) -> bool:
    """Whether the sentences on an agreement speak of its signing as still to come."""
    return any(_TO_BE_SIGNED.search(_plain(quote.text)) for quote in facts.finding.evidence)


def tells_more(facts: Facts) -> bool:
    """Whether it is more of what is done already: "60 more officers", "another boat"."""
    return facts.once("more", "", lambda: _tells_more(facts))


def _tells_more(facts: Facts) -> bool:
    words = [f.text for role in ("object", "amount") for f in facts.fillers(role)]
    before = [
        quote.text[max(0, f.start - quote.start - 12) : f.end - quote.start + 6]
        for role in ("object", "amount")
        for f in facts.fillers(role)
        for quote in facts.finding.evidence
        if quote.start <= f.start and f.end <= quote.end
    ]
    return any(_MORE.search(_plain(text)) for text in (*words, *before))


def _verb(word: str) -> str:
    return stem(_IRREGULAR.get(word, word))


def _finite(text: str, verb: str) -> re.Match[str] | None:
    """A form of the verb that tells a fact: "deploys", "deployed 89", "has sent", "was sent to"."""
    for match in re.finditer(r"[a-z]+", text):
        word, before = match[0], text[: match.start()].rstrip()
        if _verb(word) != verb or not (word.endswith(("s", "ed")) or word in _IRREGULAR):
            continue
        participle = not word.endswith("s") and not _AUXILIARY.search(before)
        if participle and not _OBJECT.match(text[match.end() :]):
            continue
        if not _NOT_DONE.search(before):
            return match
    return None


def other_stage(facts: Facts) -> tuple[str, Quote] | None:
    """The stage and the words of a sentence that contradicts the finding's stage, or None."""
    finding = facts.finding
    if finding.stage not in _PLANS | _FACTS or len(finding.evidence) < 2:
        return None
    about = [f.text for role in ("object", "amount") for f in facts.fillers(role)]
    stems = frozenset().union(*map(content_words, about))
    on_it = [q for q in finding.evidence if content_words(q.text) & stems]
    for plan in on_it:
        if _MORE.search(_plain(plan.text)):
            continue
        for future in _FUTURE.finditer(_plain(plan.text)):
            for told in on_it:
                if told == plan or told.start not in facts.heads:
                    continue  # in the report itself the past is an earlier part of the plan
                fact = _finite(_plain(told.text), _verb(future[1]))
                if fact and finding.stage in _PLANS:
                    return "done", _cut(told, fact)
                if fact:
                    return "promised", _cut(plan, future)
    return None


def _cut(sentence: Quote, match: re.Match[str]) -> Quote:
    return Quote(
        document_id=sentence.document_id,
        start=sentence.start + match.start(),
        end=sentence.start + match.end(),
        text=sentence.text[match.start() : match.end()],
    )


def _plain(text: str) -> str:
    """Lower case, with every character in its place."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
