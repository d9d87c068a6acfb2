"""Which agreement a finding of another kind speaks of, and what it calls it.

Comes in: facts of all kinds. Goes out: `Links`, within one document each. A name that fits several
agreements of the document links to none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pactwatch.ledger.agreements import find_agreement
from pactwatch.ledger.facts import Facts
from pactwatch.ledger.instruments import has_form
from pactwatch.ledger.words import fold
from pactwatch.model import Filler

__all__ = ["Links", "link", "names_of"]

_CALLING = re.compile(r"\b(?:describ|call|hail|label|dub|term|brand|prais)")
# The last word is the form: "as a historic compact", never "as a part of the Lake Treaty".
_AS = re.compile(
    r"(?P<it>[^,;:.]{3,80}?) as (?:an? |the )?(?P<name>(?:(?!(?:of|to|for|in) )[\w’'-]+ ){0,5}"
    r"(?:compact|treaty|convention|declaration|pact|accord|agreement|memorandum of \w+))\b(?! of)",
    re.IGNORECASE,
)

# Where findings of other kinds may name an agreement. An object names one only in passing.
_NAMING = {"measure": ("agreement", "object"), "statement": ("speaker",), "meeting": ("topic",)}


@dataclass(frozen=True, slots=True)
class Links:
    """Which agreement a finding speaks of.

    Attributes:
        of_finding: Finding id → finding id of the agreement.
        names: By finding id of the agreement the words that name it; they may show what it is.
        called: The words by which somebody calls it; they are shown, and prove no identity.
    """

    of_finding: dict[str, str]
    names: dict[str, list[tuple[Facts, Filler]]]
    called: dict[str, list[tuple[Facts, Filler]]]


def link(told_by_kind: Mapping[str, Sequence[Facts]]) -> Links:
    """Find the agreement that a finding's own document names in it."""
    told_in: dict[str, list[Facts]] = defaultdict(list)
    for facts in told_by_kind.get("agreement", ()):
        told_in[facts.document_id].append(facts)
    links = Links(of_finding={}, names=defaultdict(list), called=defaultdict(list))
    for kind, roles in _NAMING.items():
        for facts in told_by_kind.get(kind, ()):
            options = [[option] for option in told_in.get(facts.document_id, ())]
            for role in roles if options else ():
                _link_role(facts, role, options, links)
            _link_description(facts, options, links)
    return links


def _link_role(facts: Facts, role: str, options: Sequence[Sequence[Facts]], links: Links) -> None:
    for filler in facts.fillers(role):
        if role not in {"agreement", "object"} and not has_form(filler.text):
            continue
        found = find_agreement(facts, filler.text, options)
        if found is None or facts.finding.id in links.of_finding:
            continue
        chosen = options[found][0].finding.id
        links.of_finding[facts.finding.id] = chosen
        if role != "object":
            links.names[chosen].append((facts, filler))


def names_of(group: Sequence[Facts], links: Links) -> list[tuple[Facts, Filler]]:
    """Names from other findings; they count for the account of the agreement's own finding."""
    return [
        (replace(facts, account=agreement.account), filler)
        for agreement in group
        for told in (links.names, links.called)
        for facts, filler in told.get(agreement.finding.id, ())
    ]


def _link_description(facts: Facts, options: Sequence[Sequence[Facts]], links: Links) -> None:
    """What somebody calls an agreement: "she described the memorandum as a historic compact"."""
    if not any(_CALLING.search(fold(cue.text)) for cue in facts.fillers("cue")):
        return
    for content in facts.fillers("content"):
        called = _AS.match(content.text)
        found = find_agreement(facts, called["it"], options) if called and options else None
        if called is None or found is None or not has_form(called["it"]):
            continue
        start = content.start + called.start("name")
        name = Filler(text=called["name"], start=start, end=start + len(called["name"]))
        links.called[options[found][0].finding.id].append((facts, name))
