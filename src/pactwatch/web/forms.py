"""What a form of review says, as a reviewer says it.

Comes in: the fields of a form. Goes out: a request to decide. Words are taken where they were
marked in a text only if they stand there to the letter; else they are looked for as typed. It
decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from pactwatch.errors import UsageError
from pactwatch.model import Document, Finding
from pactwatch.review import ADDED, parse_value, vocabulary
from pactwatch.reviewing import Request
from pactwatch.store import tables as t
from pactwatch.store.documents import document_named

__all__ = ["request_of"]

Fields = Mapping[str, str]


def request_of(connection: Connection, fields: Fields) -> Request:
    """What the form asks for.

    Raises:
        UsageError: something is missing, or the words don't stand in the document.
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
        other=_named(fields.get("other", "")) if two else None,
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
    if about.startswith("claim-"):
        query = select(t.claim.c.field).where(t.claim.c.id == about)
        field = connection.execute(query).scalar_one_or_none()
    if field is None:
        raise UsageError(action, "which field?", "Choose a value, or a field")
    if words is not None and finding is not None:
        if action == "correct" and about.startswith("claim-"):
            claim = about
        about = finding
    return Request(
        action=action, about=about, field=field, claim=claim, words=words, value=value,
        reason=reason,
    )  # fmt: skip


def _given(fields: Fields, name: str) -> str | None:
    return fields.get(name, "").strip() or None


def _named(words: str) -> str | None:
    """An id or number, also where the address of its page is given."""
    return words.strip().rstrip("/").partition("#")[0].rpartition("/")[2] or None


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
    if place is not None and name is not None:
        document = document_named(connection, name)
        if not words.strip() or document.text[slice(*place)] == words:
            return place
    return words.strip() or None


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
