"""What a reviewer says, as the content of a decision.

Comes in: a request in the words of a page or a command line, and the dossier as it is now. Goes
out: what of it is kept: anchors in words of documents, and values normalised. What it can't make
out without guessing, it refuses. It keeps nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from pactwatch.errors import UsageError
from pactwatch.model import Document, Filler, Finding, Quote, Value
from pactwatch.review import ADDED, WORD_FIELDS, Anchor, anchor_of, parse_value
from pactwatch.reviewing.normalising import value_of_words
from pactwatch.reviewing.targets import Target, find_target
from pactwatch.store import tables as t
from pactwatch.store.documents import document_named

__all__ = ["Request", "content_of"]

_CLAIMS = frozenset({"accept", "reject", "correct"})

_NEEDED: Mapping[str, tuple[str, ...]] = {
    "agreement": ("name", "party"),
    "measure": ("actor", "recipient", "object", "amount"),
    "meeting": ("participant",),
    "incident": ("what", "target"),
    "statement": ("content",),
    "figure": ("quantity",),
    "office": ("person", "title"),
}
"""Roles of which a finding that a person adds fills at least one: without them the codebook has
nothing that it could be about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a reviewer says.

    Attributes:
        action: One of `pactwatch.review.values.ACTIONS`.
        about: Id or number of a record or an actor, id of a claim, ids of findings, id or name of a
            document; of what it is said.
        other: The second of two; or, of findings, the rest of their record where None.
        field: Role or word field.
        claim: Words or id of the claim meant, where the field has several.
        words: Place ``(start, end)`` in the document, or the very words.
        value: Normalised value, also as typed ("USD 750 million"); word of the codebook; new name.
        document: Id or name of the document meant, where there are several.
        finding: What the reviewer found.
        names: Of an actor: only these of its names.
    """

    action: str
    about: str | Sequence[str] = ()
    other: str | Sequence[str] | None = None
    field: str | None = None
    claim: str | None = None
    words: tuple[int, int] | str | None = None
    value: Value | None = None
    document: str | None = None
    finding: Finding | None = None
    names: Sequence[str] = ()
    reason: str = ""


def content_of(connection: Connection, request: Request) -> tuple[dict[str, Any], Target | None]:
    """The content of a decision, and what it is about; None where that is a new finding.

    Raises:
        UsageError: what is said is incomplete, or it is not clear what is meant.
        DossierError: there is nothing of this name.
    """
    content: dict[str, Any] = {"action": request.action, "reason": request.reason.strip()}
    if request.action == "undo":
        raise UsageError("undo", "needs the id of a decision", "pactwatch decisions undo ID")
    if request.action == "add" and request.finding is not None:
        return content | {"finding": _found(connection, request.finding)}, None
    target = find_target(connection, request.about)
    return content | _named(connection, _of_target(connection, request, target)), target


def _named(connection: Connection, content: dict[str, Any]) -> dict[str, Any]:
    """The content with the names of documents in its anchors: in another dossier the document may
    be there in another version."""
    given: dict[str, tuple[Anchor, ...]] = {
        side: content[side] for side in ("about", "other") if side in content
    }
    ids = sorted({anchor.document_id for anchors in given.values() for anchor in anchors})
    d = t.document.c
    query = select(d.id, d.name).where(d.id.in_(ids))
    names = {row.id: row.name for row in connection.execute(query)}
    return content | {
        side: tuple(replace(a, name=names.get(a.document_id, "")) for a in anchors)
        for side, anchors in given.items()
    }


def _of_target(connection: Connection, request: Request, target: Target) -> dict[str, Any]:
    if target.actor_id is not None:
        return _of_actor(connection, request, target)
    if request.action in {"same", "different"}:
        return _of_two(connection, request, target)
    field = request.field or (target.claim.field if target.claim is not None else None)
    claimed = field if request.action in _CLAIMS else None
    about = target.anchors(claimed, request.claim, request.document)
    content: dict[str, Any] = {"about": about, "field": field}
    if request.words is not None and field is not None:
        anchor, filler = _words(connection, about, field, request)
        return content | {"about": (anchor,), "words": filler}
    if request.value is not None:
        content["value"] = _value(field, request.value)
    return content


def _value(field: str | None, value: Value) -> Value:
    """A value as typed, normalised."""
    if not isinstance(value, str) or field is None or field in WORD_FIELDS:
        return value
    return parse_value(field, value)


def _words(
    connection: Connection, about: Sequence[Anchor], field: str, request: Request
) -> tuple[Anchor, Filler]:
    """Words of a document that fill a field, and the finding of that document."""
    places = {anchor.document_id for anchor in about}
    if len(places) > 1:
        names = [document_named(connection, id_).name for id_ in sorted(places)]
        raise UsageError(
            field,
            "in which document do the words stand?",
            f"Choose the quotation (--document): {', '.join(names)}",
        )
    anchor = about[0]
    if len(about) > 1:
        raise UsageError(
            field, "several findings of this document say it", "Decide on one: name its id"
        )
    document = document_named(connection, anchor.document_id)
    start, end = _place(document, request.words, anchor)
    words = Quote.cut(document, start, end)
    value = (
        value_of_words(field, words.text, document)
        if request.value is None
        else _value(field, request.value)
    )
    return anchor, Filler(text=words.text, start=start, end=end, value=value)


def _place(
    document: Document, words: tuple[int, int] | str | None, anchor: Anchor
) -> tuple[int, int]:
    """Where words stand: at their offsets, or where they stand nearest to the sentence."""
    if isinstance(words, tuple):
        if not 0 <= words[0] < words[1] <= len(document.text):
            raise UsageError(
                document.name, f"no words stand at {words[0]}:{words[1]}", "Mark them in the text"
            )
        return words
    wanted = words or ""
    found: list[int] = []
    at = document.text.find(wanted) if wanted else -1
    while at >= 0:
        found.append(at)
        at = document.text.find(wanted, at + 1)
    if not found:
        raise UsageError(
            document.name, f"“{wanted}” does not stand in it to the letter", "Copy the words"
        )
    middle = (anchor.start + anchor.end) // 2
    nearest = min(found, key=lambda place: (abs(place - middle), place))
    return nearest, nearest + len(wanted)


def _found(connection: Connection, finding: Finding) -> Finding:
    """A finding of a person, with all its words cut out of the document."""
    document = document_named(connection, finding.document_id)
    if document.language != "en":
        raise UsageError(document.name, "is not read, as it is not English")
    needed = _NEEDED.get(finding.kind, ())
    if needed and not any(finding.roles.get(role) for role in needed):
        raise UsageError(
            finding.kind, f"says nothing without {' or '.join(needed)}",
            "Copy words of the sentence into one of them",
        )  # fmt: skip
    speaker = finding.attributed_to
    return Finding.cut(
        document,
        finding.kind,
        type=finding.type,
        stage=finding.stage,
        form=finding.form,
        binding=finding.binding,
        roles={
            role: [
                (
                    f.start,
                    f.end,
                    f.value
                    if f.value is not None
                    else value_of_words(role, document.text[f.start : f.end], document),
                )
                for f in fillers
            ]
            for role, fillers in finding.roles.items()
        },
        evidence=[(quote.start, quote.end) for quote in finding.evidence],
        attributed_to=(speaker.start, speaker.end, speaker.value) if speaker else None,
        trigger=ADDED,
    )


def _of_actor(connection: Connection, request: Request, target: Target) -> dict[str, Any]:
    about, rest = target.mentions(request.names)
    if request.action == "rename":
        return {"about": about, "value": request.value}
    if request.other is None:
        if request.action == "different" and request.names:
            return {"about": about, "other": rest}
        raise UsageError(
            request.action, "needs another actor, or names of this one", "--other, --name"
        )
    other = find_target(connection, request.other)
    if other.actor_id is None:
        raise UsageError(other.wanted, "is no actor", "An actor is the same as another actor only")
    return {"about": about, "other": other.mentions(())[0]}


def _of_two(connection: Connection, request: Request, target: Target) -> dict[str, Any]:
    """Two records or groups of findings; or findings, and the rest of their record."""
    about = target.anchors(None, None, request.document)
    if request.other is not None:
        other = find_target(connection, request.other).anchors(None, None, None)
    else:
        other = _rest(connection, {a.finding_id or "" for a in about})
    ids = {anchor.finding_id for anchor in about}
    if ids & {anchor.finding_id for anchor in other}:
        raise UsageError(request.action, "both name the same finding", "Name two different things")
    return {"about": about, "other": other}


def _rest(connection: Connection, ids: set[str]) -> tuple[Anchor, ...]:
    """The other findings of the record that holds these."""
    f = t.record_finding.c
    query = select(f.record_id).where(f.finding_id.in_(sorted(ids))).distinct()
    holders = list(connection.execute(query).scalars())
    if len(holders) != 1:
        raise UsageError(
            "other", "the findings are not of one record", "Name the other findings too: --other"
        )
    record = find_target(connection, holders[0])
    rest = [finding for finding in record.findings if finding.id not in ids]
    if not rest:
        raise UsageError("other", "the record has no other findings", "Name another record")
    return tuple(anchor_of(finding) for finding in rest)
