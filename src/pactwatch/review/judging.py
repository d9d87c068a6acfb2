"""What the decisions make of the findings, before they are settled.

Comes in: the findings and documents of a dossier, and its decisions, each in any order. Goes out:
`Rulings`: the findings as people ruled on them, what must be merged or kept apart, who is who, and
how each decision stands. A decision about something that is not here rules nothing and is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pactwatch.model import Document, Finding
from pactwatch.review.anchors import Index
from pactwatch.review.correcting import GONE, WHOLE, Change, corrected
from pactwatch.review.following import Former, follow
from pactwatch.review.pairs import PAIR, tie
from pactwatch.review.values import ActorRuling, Decision, Mark, Rulings, Standing
from pactwatch.review.votes import Verdict, Vote, count, in_order, undone
from pactwatch.review.voting import WRONG, Ballots, added_findings

__all__ = ["judge"]


def judge(
    findings: Sequence[Finding],
    documents: Sequence[Document],
    decisions: Iterable[Decision],
    former: Mapping[str, Former] | None = None,
) -> Rulings:
    """Rule on findings; the outcome does not depend on any order of what comes in.

    Args:
        former: Earlier versions of documents, by id: decisions on them hold where their sentences
            stand in the version of today.
    """
    log = in_order(decisions)
    if not log:
        return Rulings(findings=tuple(findings), documents=tuple(documents))
    return _Court(findings, documents, log, former or {}).rulings()


class _Court:
    """All decisions of a dossier on all its findings."""

    def __init__(
        self,
        findings: Sequence[Finding],
        documents: Sequence[Document],
        log: Sequence[Decision],
        former: Mapping[str, Former],
    ) -> None:
        self._log = log
        self._given = tuple(documents)
        self._documents = {d.id: d for d in documents}
        self._undone = undone(log)
        live = [d for d in log if d.id not in self._undone and d.action != "undo"]
        self._live = follow(live, self._documents, former)
        self._led = {decision.id: decision for decision in self._live}
        self._added = added_findings(self._documents, self._live)
        pool = [*findings, *(self._added[id_] for id_ in sorted(self._added))]
        self._findings = {f.id: f for f in reversed(pool)}
        self._pool = list(dict.fromkeys(f.id for f in pool))
        ballots = Ballots(self._live, Index(self._findings.values()), self._documents, self._added)
        self._votes, self._about = ballots.votes, ballots.about
        self._mentions = ballots.mentions
        self._verdicts = count(v for votes in self._votes.values() for v in votes)
        self._tie = tie(self._verdicts)

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
        led = self._led.get(decision.id, decision)
        documents = dict.fromkeys(
            [a.document_id for a in (*led.about, *led.other)] + [f.document_id for f in about]
        )
        return Standing(
            decision=decision,
            state=self._state(decision),
            rivals=tuple(sorted({*rivals, *self._tie.broken.get(decision.id, ())})),
            finding_ids=tuple(dict.fromkeys(f.id for f in about)),
            document_ids=tuple(id_ for id_ in documents if id_ in self._documents),
        )


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
