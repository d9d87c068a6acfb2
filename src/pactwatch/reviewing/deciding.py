"""Deciding: from what a reviewer says to an entry of the log, and the ledger that follows from it.

Comes in: a dossier's file, and what a reviewer says of what. Goes out: the decision as it is kept,
and the records that it rules on afterwards. One decision is one transaction; the ledger is renewed
after it, or later by whoever asks for it. It judges nothing: whether a decision rules is for
`review` to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from pactwatch.engine import Engine
from pactwatch.errors import DossierError, UsageError
from pactwatch.model import Document, Filler, Finding, Quote, Value
from pactwatch.review import (
    ADDED,
    WORD_FIELDS,
    Anchor,
    Decision,
    Standing,
    anchor_of,
    check,
    clean_name,
    parse_value,
    read_lines,
    write_lines,
)
from pactwatch.reviewing.normalising import value_of_words
from pactwatch.reviewing.targets import Target, find_target
from pactwatch.settling import renew
from pactwatch.store import Database
from pactwatch.store import tables as t
from pactwatch.store.decisions import (
    add_decisions,
    decision_named,
    decisions,
    last_moment,
    read_decisions_of,
    read_standing,
    read_standings,
)
from pactwatch.store.documents import document_named

__all__ = [
    "Decided",
    "ImportReport",
    "Request",
    "decide",
    "export_decisions",
    "import_decisions",
    "undo",
]

LARGEST = 256_000_000
"""Bytes of a file of decisions."""

PATIENCE = 120.0
"""Seconds that a decision waits for a build that writes, before it is given up."""

_CLAIMS = frozenset({"accept", "reject", "correct"})


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision as it is kept, and what it did.

    Attributes:
        standing: How it stands; "pending" until the ledger is renewed.
        records: Numbers of the records that it stands on now.
        renewed: Whether the ledger was made anew.
    """

    decision: Decision
    standing: Standing
    records: tuple[str, ...]
    renewed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import brought.

    Attributes:
        decisions: Decisions of the file.
        added: Those that were not here.
        dormant: Of the added ones, those about documents or findings that are not here.
        disputed: Of all decisions here, those over which reviewers disagree.
    """

    decisions: int
    added: int
    dormant: int
    disputed: int


def decide(
    database: Database,
    engine: Engine,
    version: str,
    request: Request,
    *,
    who: str,
    when: str | None = None,
    renew_now: bool = True,
) -> Decided:
    """Keep a decision, and settle the ledger.

    Args:
        version: Under which the ledger is settled.
        when: ISO 8601 time in UTC; now if None, and always after the latest decision.
        renew_now: If not, the ledger stays as it is until `renew`.

    Raises:
        UsageError: what is said is incomplete, or it is not clear what is meant.
        DossierError: there is nothing of this name, or the file can't be written.
    """
    name = clean_name(who)
    if name is None:
        raise UsageError("who", "a reviewer's name is one line of plain text", "Give one: --who")
    with database.reading() as connection:
        content = _content(connection, request)
    made = _keep(database, name, when, lambda _: content)
    return _outcome(database, engine, version, made, renew_now)


def undo(
    database: Database,
    engine: Engine,
    version: str,
    decision_id: str,
    *,
    who: str,
    reason: str = "",
    when: str | None = None,
    renew_now: bool = True,
) -> Decided:
    """Take a decision back; an undoing too can be undone.

    Raises:
        DossierError: there is no such decision.
        UsageError: the name is none.
    """
    name = clean_name(who)
    if name is None:
        raise UsageError("who", "a reviewer's name is one line of plain text", "Give one: --who")

    def content(connection: Connection) -> dict[str, Any]:
        wanted = decision_named(connection, decision_id)
        return {"action": "undo", "undoes": wanted.id, "reason": reason.strip()}

    made = _keep(database, name, when, content)
    return _outcome(database, engine, version, made, renew_now)


def _keep(
    database: Database,
    who: str,
    when: str | None,
    content: Callable[[Connection], dict[str, Any]],
) -> Decision:
    """Write a decision, in one transaction that waits for others who write."""
    with database.writing(patience=PATIENCE) as connection:
        moment = _moment(when) if when else _now(last_moment(connection))
        made = Decision.make(who=who, when=moment, **content(connection))
        check(made)
        add_decisions(connection, [made])
    return made


def _now(latest: str) -> str:
    """Now, but never before what was decided already, whatever the clock says."""
    now = datetime.now(UTC)
    if latest:
        now = max(now, datetime.fromisoformat(latest) + timedelta(microseconds=1))
    return now.isoformat(timespec="microseconds")


def _moment(when: str) -> str:
    """A time in the form in which the log keeps it."""
    try:
        moment = datetime.fromisoformat(when)
    except ValueError as error:
        raise UsageError("when", f"{when!r} is no time", "As 2031-05-20T12:00:00Z") from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _outcome(
    database: Database, engine: Engine, version: str, made: Decision, renew_now: bool
) -> Decided:
    renewed = renew_now and renew(database, engine, version)
    with database.reading() as connection:
        standing = read_standing(connection, made)
        r, x = t.record.c, t.record_decision.c
        ids = [made.id, *([made.undoes] if made.undoes else [])]
        f = t.record_finding.c
        ruled = select(x.record_id).where(x.decision_id.in_(ids))
        about = select(f.record_id).where(f.finding_id.in_(standing.finding_ids))
        query = select(r.number).where(r.id.in_(ruled) | r.id.in_(about)).order_by(r.position)
        numbers = tuple(connection.execute(query).scalars())
    return Decided(decision=made, standing=standing, records=numbers, renewed=renewed)


# What is said, as the content of a decision


def _content(connection: Connection, request: Request) -> dict[str, Any]:
    content: dict[str, Any] = {"action": request.action, "reason": request.reason.strip()}
    if request.action == "undo":
        raise UsageError("undo", "needs the id of a decision", "pactwatch decisions undo ID")
    if request.action == "add" and request.finding is not None:
        return content | {"finding": _found(connection, request.finding)}
    target = find_target(connection, request.about)
    if target.actor_id is not None:
        return content | _of_actor(connection, request, target)
    if request.action in {"same", "different"}:
        return content | _of_two(connection, request, target)
    field = request.field or (target.claim.field if target.claim is not None else None)
    claimed = field if request.action in _CLAIMS else None
    about = target.anchors(claimed, request.claim, request.document)
    content |= {"about": about, "field": field}
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
            field, "in which document do the words stand?", f"--document: {', '.join(names)}"
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


# Files


def export_decisions(database: Database) -> str:
    """All decisions as JSON Lines."""
    with database.reading() as connection:
        return write_lines(decisions(connection))


def import_decisions(
    database: Database, engine: Engine, version: str, path: Path, *, renew_now: bool = True
) -> ImportReport:
    """Join the decisions of a file, or of another dossier, with those that are here.

    Raises:
        UsageError: a line is no decision; then none of the file is taken.
        DossierError: there is no such file, or it can't be read.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(16)
            if size > LARGEST:
                raise DossierError(str(path), "is too large for a file of decisions")
            text = "" if head == b"SQLite format 3\0" else (head + file.read()).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise DossierError(str(path), f"can't be read ({error})", "Name another file") from error
    if head == b"SQLite format 3\0":
        text = "\n".join(read_decisions_of(path))
    given = {decision.id: decision for decision in read_lines(path.name, text)}
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat(timespec="microseconds")
    for decision in given.values():
        if decision.when > tomorrow:  # it would outlast all that is decided until then
            raise UsageError(
                path.name, f"a decision is of {decision.when}, which is yet to come",
                "Set the clock of the machine on which it was made",
            )  # fmt: skip
    with database.reading() as connection:
        before = {decision.id for decision in decisions(connection)}
    with database.writing() as connection:
        added = add_decisions(connection, given.values())
    if renew_now:
        renew(database, engine, version)
    with database.reading() as connection:
        standings = read_standings(connection)
    return ImportReport(
        decisions=len(given),
        added=added,
        dormant=sum(
            s.state == "dormant" and s.decision.id in given and s.decision.id not in before
            for s in standings
        ),
        disputed=sum(s.state == "disputed" for s in standings),
    )
