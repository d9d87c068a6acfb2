"""What a person rules, and what it is about: the values of review.

Comes in: nothing. Goes out: frozen values. A decision says what it is about by words of documents,
never by the number of a record: so it is found again after every rebuild, and under every later
version of the engine. A decision is never changed; another one undoes or supersedes it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from pactwatch.model import Document, Filler, Finding, Value, stable_id

__all__ = [
    "ACTIONS",
    "ACTOR",
    "ADDED",
    "DOCUMENT",
    "STATES",
    "WORD_FIELDS",
    "ActorRuling",
    "Anchor",
    "Decision",
    "Mark",
    "Mention",
    "Rulings",
    "Standing",
    "documents_of",
    "plain_words",
]

ACTIONS = (
    *("accept", "reject", "correct", "add", "same", "different", "rename", "set aside"),
    "undo",
)
"""What can be decided; docs/how-to.md says what each is for."""

STATES = ("in force", "disputed", "superseded", "undone", "dormant", "pending")
"""How a decision stands: it rules; reviewers disagree, so the machine's value stands; its author
decided otherwise later; it was undone; nothing in this dossier is what it is about; the ledger has
not been settled since it was made."""

ACTOR, DOCUMENT = "actor", "document"
"""Kinds of anchors that are no finding: a mention of somebody, and a whole document."""

ADDED = "review.added"
"""`Finding.trigger` of what a person has found."""

WORD_FIELDS = ("type", "stage", "form", "binding")
"""Fields whose value is a word of the codebook, not words of the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What a decision is about, by the words of a document.

    Attributes:
        kind: Of the finding; or "actor" for a mention of somebody, "document" for a whole document.
        start, end: The most explicit sentence of the finding, or the words of the mention; 0 and 0
            for a document.
        text: These words, the first few hundred characters of them; of a document its name.
        finding_id: Under the reading at the time; any other reading may lack it.
        type: Of the finding at the time.
        roles: ``(role, start, end)`` of its fillers at the time, which tell it from its neighbours
            in one sentence.
        name: Of the document, by which another version of it is known in another dossier; "" in
            decisions of earlier days.
        filler: The words of the field that is ruled on, as the machine had them; None for all.
    """

    document_id: str
    kind: str
    start: int = 0
    end: int = 0
    text: str = ""
    finding_id: str | None = None
    type: str | None = None
    roles: tuple[tuple[str, int, int], ...] = ()
    name: str = ""
    filler: Filler | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person ruled: one entry of an append-only log. Made by `Decision.make`.

    Attributes:
        id: Hash of all the rest.
        action: One of `ACTIONS`.
        about: What is ruled on: findings of one record, mentions of one actor, or a document.
        other: The second of two that are the same or different.
        field: The role or word field ruled on; None for the whole.
        words: Words of the document that fill the field, with their value.
        value: The normalised value, the word of the codebook, or the new name of an actor.
        finding: What a person found (action "add" without field).
        reason: For people.
        who: Name of the reviewer.
        when: ISO 8601 time in UTC, to the microsecond.
        undoes: Id of the decision that this one takes back.
    """

    id: str
    action: str
    about: tuple[Anchor, ...] = ()
    other: tuple[Anchor, ...] = ()
    field: str | None = None
    words: Filler | None = None
    value: Value | None = None
    finding: Finding | None = None
    reason: str = ""
    who: str
    when: str
    undoes: str | None = None

    @classmethod
    def make(cls, *, action: str, who: str, when: str, **more: Any) -> Decision:
        """Make a decision; equal content gives the equal id."""
        draft = cls(id="", action=action, who=who, when=when, **more)
        return replace(draft, id=draft.hashed())

    def plain(self) -> dict[str, Any]:
        """As plain values for JSON, without what is empty: so that a field which a later version
        adds does not change the ids of today."""
        kept: dict[str, Any] = _without_empty(msgspec.to_builtins(self))
        return kept

    def hashed(self) -> str:
        """The id that its content gives."""
        content = {name: value for name, value in self.plain().items() if name != "id"}
        return stable_id(
            "decision",
            json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        )


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {name: _without_empty(part) for name, part in value.items()}
        return {name: part for name, part in kept.items() if not _is_empty(part)}
    if isinstance(value, (list, tuple)):
        return [_without_empty(part) for part in value]
    return value


def _is_empty(value: Any) -> bool:
    return value is None or value is False or (isinstance(value, (str, list, dict)) and not value)


def plain_words(text: str) -> str:
    """Words without regard to case and spacing, for comparing names."""
    return " ".join(text.split()).casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A decision that stands on a finding, for showing it.

    Attributes:
        field: None for the finding as a whole.
        start, end: The words that now fill the field; None for the whole field.
        disputed: Reviewers disagree: the decision is shown and does not rule.
    """

    decision_id: str
    action: str
    who: str
    when: str
    field: str | None = None
    start: int | None = None
    end: int | None = None
    disputed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words that name somebody in a document."""

    document_id: str
    filler: Filler


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRuling:
    """What rules on actors, by their mentions.

    Attributes:
        action: "same", "different" or "rename".
        disputed: It is shown, and does not rule.
    """

    decision_id: str
    action: str
    about: tuple[Mention, ...]
    other: tuple[Mention, ...] = ()
    name: str | None = None
    disputed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulings:
    """What the decisions make of the findings, before they are settled.

    Attributes:
        findings: Without those rejected, some corrected (under their own ids), with those added.
        documents: Without those set aside.
        together: Pairs of finding ids that are one thing.
        apart: Pairs of finding ids that are two things.
        actors: In the order of their time.
        added: What people have found, rejected by others or not.
        marks: By finding id, the decisions that stand on it.
        standings: One for each decision, in the order of their time.
    """

    findings: tuple[Finding, ...] = ()
    documents: tuple[Document, ...] = ()
    together: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    actors: tuple[ActorRuling, ...] = ()
    added: tuple[Finding, ...] = ()
    marks: Mapping[str, tuple[Mark, ...]] = field(default_factory=dict)
    standings: tuple[Standing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a decision stands in a dossier.

    Attributes:
        state: One of `STATES`.
        rivals: Ids of the decisions that say otherwise, where reviewers disagree.
        finding_ids: Findings that it is about, as they are read today.
        document_ids: Documents that it is about and that are here.
        records: Numbers of the records on which it stands, as the ledger has them.
        actors: Numbers of the actors.
    """

    decision: Decision
    state: str
    rivals: tuple[str, ...] = ()
    finding_ids: tuple[str, ...] = ()
    document_ids: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()


def documents_of(decision: Decision) -> Sequence[str]:
    """Ids of the documents that a decision is about, each once, in order."""
    anchors = (*decision.about, *decision.other)
    ids = [anchor.document_id for anchor in anchors]
    if decision.finding is not None:
        ids.append(decision.finding.document_id)
    return list(dict.fromkeys(ids))
