"""What the decisions make of the findings, before they are settled.

Comes in: the findings and documents of a dossier, and its decisions, each in any order. Goes out:
`Rulings`: the findings as people ruled on them, what must be merged or kept apart, who is who, and
how each decision stands. A decision about something that is not here rules nothing and is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from pactwatch.errors import EvidenceError
from pactwatch.model import Document, Filler, Finding
from pactwatch.review.anchors import Index, filler_of
from pactwatch.review.correcting import GONE, WHOLE, Change, corrected, filler_key
from pactwatch.review.pairs import PAIR, tie
from pactwatch.review.values import (
    ACTOR,
    ADDED,
    DOCUMENT,
    WORD_FIELDS,
    ActorRuling,
    Anchor,
    Decision,
    Mark,
    Mention,
    Rulings,
    Standing,
    plain_words,
)
from pactwatch.review.votes import Outcome, Verdict, Vote, count, in_order, undone

__all__ = ["added_findings", "judge"]

RIGHT: Outcome = ("right",)
WRONG: Outcome = ("wrong",)


def judge(
    findings: Sequence[Finding], documents: Sequence[Document], decisions: Iterable[Decision]
) -> Rulings:
    """Rule on findings; the outcome does not depend on any order of what comes in."""
    log = in_order(decisions)
    if not log:
        return Rulings(findings=tuple(findings), documents=tuple(documents))
    return _Court(findings, documents, log).rulings()


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


class _Court:
    """All decisions of a dossier on all its findings."""

    def __init__(
        self, findings: Sequence[Finding], documents: Sequence[Document], log: Sequence[Decision]
    ) -> None:
        self._log = log
        self._given = tuple(documents)
        self._documents = {d.id: d for d in documents}
        self._undone = undone(log)
        self._live = [d for d in log if d.id not in self._undone and d.action != "undo"]
        self._added = added_findings(self._documents, self._live)
        pool = [*findings, *(self._added[id_] for id_ in sorted(self._added))]
        self._findings = {f.id: f for f in reversed(pool)}
        self._pool = list(dict.fromkeys(f.id for f in pool))
        self._index = Index(self._findings.values())
        self._about: dict[str, list[Finding]] = {}
        self._votes: dict[str, list[Vote]] = {}
        self._mentions: dict[str, ActorRuling] = {}
        for decision in self._live:
            self._votes[decision.id] = list(self._read(decision))
        self._verdicts = count(v for votes in self._votes.values() for v in votes)
        self._tie = tie(self._verdicts)

    # What each decision says

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
        self._about.setdefault(decision.id, []).extend(f for _, f in found)
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
            self._about.setdefault(decision.id, []).append(finding)
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
        self._mentions[decision.id] = ActorRuling(
            decision_id=decision.id, action=decision.action, about=about, other=other, name=name
        )
        if decision.action == "rename":
            for mention in about:
                yield _vote(decision, ("name", name), "name", *_name_of(mention))
            return
        for a in sorted({plain_words(m.filler.text) for m in about}):
            for b in sorted({plain_words(m.filler.text) for m in other}):
                yield _vote(decision, (decision.action,), "names", *sorted((a, b)))

    # What rules

    def rulings(self) -> Rulings:
        """What all of it comes to."""
        aside = {
            str(matter[1])
            for matter, verdict in self._verdicts.items()
            if matter[0] == "document" and verdict.outcome == ("aside",)
        }
        findings: list[Finding] = []
        marks: dict[str, list[Mark]] = defaultdict(list)
        fields = self._fields()
        for id_ in self._pool:
            finding = self._findings[id_]
            verdict = self._verdicts.get(("finding", id_))
            wrong = verdict is not None and verdict.outcome == WRONG
            if finding.document_id in aside or wrong:
                continue
            changes = self._ruling_changes(fields.get(id_, {}))
            document = self._documents.get(finding.document_id)
            if changes and document is not None:
                finding = corrected(finding, document, changes)
            findings.append(finding)
            marks[id_] += self._marks_of(id_, verdict, fields.get(id_, {}))
        self._mark_pairs(marks)
        return Rulings(
            findings=tuple(findings),
            documents=tuple(d for d in self._given if d.id not in aside),
            together=self._tie.together,
            apart=self._tie.apart,
            actors=tuple(self._actor_rulings()),
            added=tuple(self._added[id_] for id_ in sorted(self._added)),
            marks={
                id_: tuple(sorted(set(own), key=lambda m: (m.when, m.decision_id, m.field or "")))
                for id_, own in marks.items()
                if own
            },
            standings=tuple(self._standing(decision) for decision in self._log),
        )

    def _fields(self) -> dict[str, dict[str, dict[str, Verdict]]]:
        """Finding id → field → filler → verdict."""
        fields: dict[str, dict[str, dict[str, Verdict]]] = defaultdict(lambda: defaultdict(dict))
        for matter, verdict in self._verdicts.items():
            if matter[0] == "field":
                _, id_, field, key = map(str, matter)
                fields[id_][field][key] = verdict
        for of_finding in fields.values():
            for own in of_finding.values():
                whole = own.get(WHOLE)
                # Who disagrees on one of its fillers disagrees on the whole field.
                if whole is not None and any(v.outcome is None for v in own.values()):
                    own[WHOLE] = Verdict(outcome=None, votes=whole.votes)
        return fields

    def _ruling_changes(
        self, fields: Mapping[str, Mapping[str, Verdict]]
    ) -> dict[str, dict[str, Change]]:
        """Field → filler → what becomes of it; a correction of the whole field is for all or none
        of its fillers."""
        changes: dict[str, dict[str, Change]] = {}
        for field, own in fields.items():
            whole = own.get(WHOLE)
            blocked = whole.votes if whole is not None and whole.outcome is None else ()
            stopped = {vote.decision.id for vote in blocked}
            ruling = {
                key: verdict.outcome
                for key, verdict in own.items()
                if verdict.outcome is not None
                and not {vote.decision.id for vote in verdict.votes} <= stopped
            }
            if ruling:
                changes[field] = ruling
        return changes

    def _marks_of(
        self, id_: str, verdict: Verdict | None, fields: Mapping[str, Mapping[str, Verdict]]
    ) -> Iterable[Mark]:
        for vote in verdict.votes if verdict is not None else ():
            if not vote.aside:
                yield _mark(vote, disputed=verdict is not None and verdict.outcome is None)
        for field, own in fields.items():
            for key, told in own.items():
                for vote in told.votes:
                    yield _field_mark(vote, field, key, disputed=told.outcome is None)

    def _mark_pairs(self, marks: dict[str, list[Mark]]) -> None:
        for matter, verdict in self._verdicts.items():
            if matter[0] == PAIR:
                for vote in verdict.votes:
                    disputed = verdict.outcome is None or vote.decision.id in self._tie.broken
                    for id_ in (str(matter[1]), str(matter[2])):
                        marks[id_].append(_mark(vote, disputed=disputed))

    def _actor_rulings(self) -> Iterable[ActorRuling]:
        for decision in self._live:
            ruling = self._mentions.get(decision.id)
            if ruling is None:
                continue
            state = self._state(decision)
            if state in {"in force", "disputed"}:
                yield ActorRuling(
                    decision_id=ruling.decision_id,
                    action=ruling.action,
                    about=ruling.about,
                    other=ruling.other,
                    name=ruling.name,
                    disputed=state == "disputed",
                )

    # How each decision stands

    def _state(self, decision: Decision) -> str:
        if decision.id in self._undone:
            return "undone"
        if decision.action == "undo":
            return "in force" if any(d.id == decision.undoes for d in self._log) else "dormant"
        own = [vote for vote in self._votes[decision.id] if not vote.aside]
        if not own:
            return "dormant"
        counted = [v for v in own if v in self._verdicts[v.matter].votes]
        if not counted:
            return "superseded"
        if decision.id in self._tie.broken or any(
            self._verdicts[v.matter].outcome is None for v in counted
        ):
            return "disputed"
        return "in force"

    def _standing(self, decision: Decision) -> Standing:
        votes = self._votes.get(decision.id, [])
        rivals = {
            other.decision.id
            for vote in votes
            if vote in self._verdicts[vote.matter].votes
            for other in self._verdicts[vote.matter].votes
            if other.outcome != vote.outcome
        }
        about = self._about.get(decision.id, [])
        documents = dict.fromkeys(
            [a.document_id for a in (*decision.about, *decision.other)]
            + [f.document_id for f in about]
        )
        return Standing(
            decision=decision,
            state=self._state(decision),
            rivals=tuple(sorted({*rivals, *self._tie.broken.get(decision.id, ())})),
            finding_ids=tuple(dict.fromkeys(f.id for f in about)),
            document_ids=tuple(id_ for id_ in documents if id_ in self._documents),
        )


def _vote(decision: Decision, outcome: Outcome, *matter: str, aside: bool = False) -> Vote:
    return Vote(matter=matter, outcome=outcome, decision=decision, aside=aside)


def _name_of(mention: Mention) -> tuple[str, str]:
    return mention.document_id, plain_words(mention.filler.text)


def _mark(vote: Vote, *, disputed: bool) -> Mark:
    decision = vote.decision
    return Mark(
        decision_id=decision.id,
        action=decision.action,
        who=decision.who,
        when=decision.when,
        disputed=disputed,
    )


def _field_mark(vote: Vote, field: str, key: str, *, disputed: bool) -> Mark:
    """A mark on the words that fill a field now: those of the machine where it rules."""
    decision, outcome = vote.decision, vote.outcome
    start, _, end = key.lstrip("+").partition(":")
    place: tuple[int | None, int | None] = (int(start), int(end)) if end else (None, None)
    if outcome[0] == "words" and not disputed:
        place = (int(str(outcome[1])), int(str(outcome[2])))
    gone = outcome == GONE and not disputed
    return Mark(
        decision_id=decision.id,
        action=decision.action,
        who=decision.who,
        when=decision.when,
        field=None if gone else field,
        start=None if gone else place[0],
        end=None if gone else place[1],
        disputed=disputed,
    )
