"""What a form of review says, as a reviewer says it.

Comes in: the fields of a form. Goes out: a request to decide. Words are taken where they were
marked in a text only if they stand there to the letter; else they are looked for as typed. A number
of a record is taken only while it still is what the page showed. It decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlalchemy import Connection, or_, select

from pactwatch.errors import UsageError
from pactwatch.model import Document, Finding
from pactwatch.report.words import shorten
from pactwatch.review import ADDED, WORD_FIELDS, parse_value, vocabulary
from pactwatch.reviewing import Request
from pactwatch.store import tables as t
from pactwatch.store.documents import document_named
from pactwatch.store.queries_overview import ledger_stamp

__all__ = ["request_of"]

Fields = Mapping[str, str]

_NUMBER = re.compile(r"[a-z]+-\d+")
"""How numbers look ("measure-12"); ids hold more."""


def request_of(connection: Connection, fields: Fields) -> Request:
    """What the form asks for.

    Raises:
        UsageError: something is missing, the words don't stand in the document, or the numbers
            have changed since the page was made.
        DossierError: there is no such document.
    """
    action, about = _given(fields, "action") or "", _given(fields, "about") or ""
    reason = _given(fields, "reason") or ""
    if action == "add" and _given(fields, "kind"):
        return Request(action=action, finding=_finding(connection, fields), reason=reason)
    if action == "set aside":
        return Request(action=action, about=_given(fields, "document") or about, reason=reason)
    if action in ("correct", "add"):
        return _correction(connection, fields, action, about, reason)
    name = _given(fields, "name")
    two = action in ("same", "different")
    return Request(
        action=action,
        about=about,
        other=_other(connection, fields) if two else None,
        value=_given(fields, "value") if action == "rename" else None,
        names=(name,) if name and two else (),
        reason=reason,
    )


def _correction(
    connection: Connection, fields: Fields, action: str, about: str, reason: str
) -> Request:
    """Another value, or other words, which stand in the document of one finding."""
    words, value = _words(connection, fields), _given(fields, "value")
    if words is None and value is None:
        raise UsageError(action, "to what?", "Mark words in the text, or give a value")
    field, claim, finding = _given(fields, "field"), None, _given(fields, "finding")
    c = t.claim.c
    row = connection.execute(select(c.record_id, c.field).where(c.id == about)).one_or_none()
    if row is not None and field is not None and field != row.field:
        about, row = row.record_id, None  # the field that was chosen, not that of the value
    if field is None and row is not None:
        field = row.field
    if field is None:
        raise UsageError(action, "which field?", "Choose a value, or a field")
    untold = row is None and field not in WORD_FIELDS
    if action == "correct" and untold and not _tells(connection, about, finding, field):
        if words is None:
            raise UsageError(
                field, "nothing is told of it yet", "Give the words of the document that say it"
            )
        action = "add"
    if words is not None and finding is not None:
        if action == "correct" and row is not None:
            claim = _claim_in(connection, about, finding)
        about = finding
    return Request(
        action=action, about=about, field=field, claim=claim, words=words, value=value,
        reason=reason,
    )  # fmt: skip


def _tells(connection: Connection, about: str, finding: str | None, field: str) -> bool:
    """Whether a record, or one finding of it, says anything of a field."""
    c, r, f, s = t.claim.c, t.record.c, t.record_finding.c, t.claim_support.c
    query = select(c.id).where(c.field == field)
    if finding is not None:
        query = query.join(t.claim_support, s.claim_id == c.id).where(s.finding_id == finding)
    elif about.startswith("finding-"):
        query = query.join(t.record_finding, f.record_id == c.record_id)
        query = query.where(f.finding_id == about)
    else:
        query = query.join(t.record, r.id == c.record_id)
        query = query.where(or_(r.id == about, r.number == about))
    return connection.execute(query.limit(1)).first() is not None


def _claim_in(connection: Connection, claim: str, finding: str) -> str:
    """The claim, if the finding says it.

    Raises:
        UsageError: it does not.
    """
    s = t.claim_support.c
    query = select(s.claim_id).where(s.claim_id == claim, s.finding_id == finding)
    if connection.execute(query.limit(1)).first() is None:
        raise UsageError(
            "quotation", "does not tell the value that is chosen",
            "Choose the value that it tells, or the field to correct",
        )  # fmt: skip
    return claim


def _given(fields: Fields, name: str) -> str | None:
    return fields.get(name, "").strip() or None


def _named(words: str) -> str | None:
    """An id or number, also where the address of its page is given."""
    return words.strip().rstrip("/").partition("#")[0].rpartition("/")[2] or None


def _other(connection: Connection, fields: Fields) -> str | None:
    """Id of the other record or actor; where a number is given, of the one that bore it on the page
    that the form was on.

    Raises:
        UsageError: numbers have changed since.
    """
    name = _named(fields.get("other", ""))
    if name is None or not _NUMBER.fullmatch(name):
        return name
    r, a = t.record.c, t.actor.c
    for query in (
        select(r.id, r.label).where(r.number == name),
        select(a.id, a.name.label("label")).where(a.number == name),
    ):
        row = connection.execute(query).one_or_none()
        if row is not None:
            break
    if fields.get("stamp", "") != ledger_stamp(connection):
        now = f"{name} is now “{shorten(row.label, 120)}”" if row else f"there is no {name} now"
        raise UsageError(
            "other", f"the numbers have changed since this page was made: {now}", "Look again"
        )
    return row.id if row is not None else name


def _place(fields: Fields) -> tuple[int, int] | None:
    start, end = fields.get("start", ""), fields.get("end", "")
    if not (start.isdecimal() and end.isdecimal() and len(start) < 10 and len(end) < 10):
        return None
    return int(start), int(end)


def _lines(fields: Fields) -> str:
    """Words as given, with line ends as documents have them: forms send others."""
    return fields.get("words", "").replace("\r\n", "\n")


def _words(connection: Connection, fields: Fields) -> tuple[int, int] | str | None:
    """The words that fill a field: where they are marked, if they stand there; else as typed."""
    words, place, name = _lines(fields), _place(fields), _given(fields, "place")
    finding = _given(fields, "finding")
    if place and name and finding and _is_of(connection, finding, name):
        document = document_named(connection, name)
        if not words.strip() or document.text[slice(*place)] == words:
            return place
    return words.strip() or None


def _is_of(connection: Connection, finding: str, document_id: str) -> bool:
    """Whether the quotation that is chosen is of the document in which words are marked."""
    query = select(t.finding.c.document_id).where(t.finding.c.id == finding)
    return connection.execute(query).scalar_one_or_none() == document_id


def _finding(connection: Connection, fields: Fields) -> Finding:
    """A finding that a reviewer made: a sentence, and words for its roles."""
    kind = _given(fields, "kind") or ""
    known = vocabulary().get(kind)
    if known is None:
        raise UsageError(kind, "is no kind of finding", f"There is: {', '.join(vocabulary())}")
    document = document_named(connection, fields.get("document", ""))
    start, end = _sentence(document, fields)
    roles = {}
    for role in known.roles:
        words = _given(fields, f"role-{role}")
        if words is None:
            continue
        at = document.text.find(words, start, end)
        at = at if at >= 0 else document.text.find(words)
        if at < 0:
            raise UsageError(role, f"“{words}” does not stand in the document", "Copy the words")
        typed = _given(fields, f"value-{role}")
        roles[role] = [(at, at + len(words), parse_value(role, typed) if typed else None)]
    return Finding.cut(
        document, kind, roles=roles, evidence=[(start, end)], type=_given(fields, "type"),
        stage=_given(fields, "stage"), trigger=ADDED,
    )  # fmt: skip


def _sentence(document: Document, fields: Fields) -> tuple[int, int]:
    """Where the sentence of a finding stands: where it was marked, or where its words are found."""
    words, place = _lines(fields), _place(fields)
    inside = place is not None and 0 <= place[0] < place[1] <= len(document.text)
    if place and inside and (not words.strip() or document.text[slice(*place)] == words):
        return place
    wanted = words.strip()
    at = document.text.find(wanted) if wanted else -1
    if at < 0:
        raise UsageError(
            document.name, "the sentence does not stand in it to the letter", "Mark it in the text"
        )
    return at, at + len(wanted)
