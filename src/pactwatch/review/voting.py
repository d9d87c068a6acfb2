"""What each decision says, as votes on matters.

Comes in: the decisions that are not undone, and the findings and documents that they may be about.
Goes out: for each decision its votes, the findings that it is about, and what it says of actors;
nothing for a decision about something that is not here. Which vote rules is for `judging` to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from pactwatch.errors import EvidenceError
from pactwatch.model import Document, Filler, Finding
from pactwatch.review.anchors import Index, filler_of
from pactwatch.review.correcting import GONE, WHOLE, Change, filler_key
from pactwatch.review.pairs import PAIR
from pactwatch.review.values import (
    ACTOR,
    ADDED,
    DOCUMENT,
    WORD_FIELDS,
    ActorRuling,
    Anchor,
    Decision,
    Mention,
    plain_words,
)
from pactwatch.review.votes import Outcome, Vote

__all__ = ["WRONG", "Ballots", "added_findings"]

RIGHT: Outcome = ("right",)
WRONG: Outcome = ("wrong",)


def added_findings(
    documents: Mapping[str, Document], decisions: Iterable[Decision]
) -> dict[str, Finding]:
    """What people have found in documents that are here, by the id of the decision."""
    added: dict[str, Finding] = {}
    for decision in decisions:
        given = decision.finding
        document = documents.get(given.document_id) if given else None
        if decision.action != "add" or given is None or document is None:
            continue
        try:
            added[decision.id] = _cut_anew(given, document)
        except EvidenceError:
            continue  # of a document that has other words: it stays dormant
    return added


def _cut_anew(given: Finding, document: Document) -> Finding:
    """The finding with all its words cut out of the document itself."""
    speaker = given.attributed_to
    return Finding.cut(
        document,
        given.kind,
        type=given.type,
        stage=given.stage,
        form=given.form,
        binding=given.binding,
        roles={role: [(f.start, f.end, f.value) for f in fs] for role, fs in given.roles.items()},
        evidence=[(quote.start, quote.end) for quote in given.evidence],
        attributed_to=(speaker.start, speaker.end, speaker.value) if speaker else None,
        trigger=ADDED,
    )


class Ballots:
    """The votes of all decisions.

    Attributes:
        votes: Decision id → its votes.
        about: Decision id → the findings that it is about.
        mentions: Decision id → what it says of actors.
    """

    def __init__(
        self,
        decisions: Sequence[Decision],
        index: Index,
        documents: Mapping[str, Document],
        added: Mapping[str, Finding],
    ) -> None:
        self._live = decisions
        self._index = index
        self._documents = documents
        self._added = added
        self.about: dict[str, list[Finding]] = {}
        self.mentions: dict[str, ActorRuling] = {}
        self.votes = {decision.id: list(self._read(decision)) for decision in decisions}

    def _read(self, decision: Decision) -> Iterable[Vote]:
        """The votes of a decision; none where nothing here is what it is about."""
        readers: Mapping[str, Callable[[Decision], Iterable[Vote]]] = {
            "accept": self._read_ruling,
            "reject": self._read_ruling,
            "correct": self._read_ruling,
            "add": self._read_addition,
            "set aside": self._read_document,
            "same": self._read_pair,
            "different": self._read_pair,
            "rename": self._read_name,
        }
        return readers[decision.action](decision) if decision.action in readers else ()

    def _found(self, decision: Decision, anchors: Sequence[Anchor]) -> list[tuple[Anchor, Finding]]:
        found = [(a, f) for a in anchors if (f := self._index.finding(a)) is not None]
        self.about.setdefault(decision.id, []).extend(f for _, f in found)
        return found

    def _read_ruling(self, decision: Decision) -> Iterable[Vote]:
        if any(anchor.kind == DOCUMENT for anchor in decision.about):
            yield from self._read_document(decision)
            return
        for anchor, finding in self._found(decision, decision.about):
            if decision.field is None:
                outcome = WRONG if decision.action == "reject" else RIGHT
                yield _vote(decision, outcome, "finding", finding.id)
                continue
            changes = list(self._changes(decision, anchor, finding))
            for key, change in changes:
                yield _vote(decision, change, "field", finding.id, decision.field, key)
            if changes:
                yield _vote(decision, RIGHT, "finding", finding.id, aside=True)

    def _changes(
        self, decision: Decision, anchor: Anchor, finding: Finding
    ) -> Iterable[tuple[str, Change]]:
        """What a decision makes of each filler of its field."""
        field = decision.field or ""
        change = self._change(decision, finding)
        if change is None:
            return
        if field in WORD_FIELDS:
            if change[0] != "words":
                yield WHOLE, change
            return
        fillers = finding.roles.get(field, ())
        if anchor.filler is None:
            for filler in fillers if change[0] != "value" or len(fillers) == 1 else ():
                yield filler_key(filler), change
            if change[0] == "words":
                yield WHOLE, change
            return
        meant = filler_of(anchor, fillers)
        if meant is not None:
            yield filler_key(meant), change
        elif self._was_added(anchor.filler, finding, field):
            yield f"+{filler_key(anchor.filler)}", change

    def _change(self, decision: Decision, finding: Finding) -> Change | None:
        if decision.action == "accept":
            return ("as is",)
        if decision.action == "reject":
            return GONE
        if decision.words is not None:
            return self._words(decision.words, finding)
        return ("value", decision.value) if decision.value is not None else None

    def _words(self, words: Filler, finding: Finding) -> Change | None:
        """Words to fill a role with; None where the finding's document has others there."""
        document = self._documents.get(finding.document_id)
        if document is None or document.text[words.start : words.end] != words.text:
            return None
        return ("words", words.start, words.end, words.value) if words.text else None

    def _was_added(self, words: Filler, finding: Finding, field: str) -> bool:
        return any(
            d.action == "add"
            and d.field == field
            and d.words is not None
            and (d.words.start, d.words.end) == (words.start, words.end)
            and any(a.document_id == finding.document_id for a in d.about)
            for d in self._live
        )

    def _read_addition(self, decision: Decision) -> Iterable[Vote]:
        if decision.id in self._added:
            finding = self._added[decision.id]
            self.about.setdefault(decision.id, []).append(finding)
            yield _vote(decision, RIGHT, "finding", finding.id)
        if decision.field is None or decision.words is None:
            return
        for _, finding in self._found(decision, decision.about):
            change = self._words(decision.words, finding)
            if change is not None and decision.field not in WORD_FIELDS:
                key = f"+{filler_key(decision.words)}"
                yield _vote(decision, change, "field", finding.id, decision.field, key)
                yield _vote(decision, RIGHT, "finding", finding.id, aside=True)

    def _read_document(self, decision: Decision) -> Iterable[Vote]:
        outcome = ("keep",) if decision.action == "accept" else ("aside",)
        for anchor in decision.about:
            if anchor.kind == DOCUMENT and anchor.document_id in self._documents:
                yield _vote(decision, outcome, "document", anchor.document_id)

    def _read_pair(self, decision: Decision) -> Iterable[Vote]:
        if any(anchor.kind == ACTOR for anchor in (*decision.about, *decision.other)):
            yield from self._read_name(decision)
            return
        outcome = ("one",) if decision.action == "same" else ("two",)
        one = {f.id: f for _, f in self._found(decision, decision.about)}
        other = {f.id: f for _, f in self._found(decision, decision.other)}
        for a in sorted(one):
            for b in sorted(other.keys() - one.keys()):
                if one[a].kind == other[b].kind:
                    yield _vote(decision, outcome, PAIR, min(a, b), max(a, b))

    def _read_name(self, decision: Decision) -> Iterable[Vote]:
        about, other = (
            tuple(m for a in anchors if (m := self._index.mention(a)) is not None)
            for anchors in (decision.about, decision.other)
        )
        if not about or (decision.action != "rename" and not other):
            return
        name = decision.value if isinstance(decision.value, str) else None
        self.mentions[decision.id] = ActorRuling(
            decision_id=decision.id, action=decision.action, about=about, other=other, name=name
        )
        if decision.action == "rename":
            for mention in about:
                yield _vote(decision, ("name", name), "name", *_name_of(mention))
            return
        for a in sorted({plain_words(m.filler.text) for m in about}):
            for b in sorted({plain_words(m.filler.text) for m in other}):
                yield _vote(decision, (decision.action,), "names", *sorted((a, b)))


def _vote(decision: Decision, outcome: Outcome, *matter: str, aside: bool = False) -> Vote:
    return Vote(matter=matter, outcome=outcome, decision=decision, aside=aside)


def _name_of(mention: Mention) -> tuple[str, str]:
    return mention.document_id, plain_words(mention.filler.text)
