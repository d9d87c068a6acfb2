"""The routes by which people decide: on the queue, on a record, an actor or a document, in the log.

Comes in: forms. Goes out: decisions in the dossier, and the page that the form came from, or the
one that has now what was decided on, with what was done. A form that is refused is filled in again,
on its own page. What a decision is and does, `reviewing` says.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from pactwatch.errors import PactwatchError, UsageError
from pactwatch.report.rulings import action_words
from pactwatch.report.words import count, shorten
from pactwatch.review import Decision, clean_name
from pactwatch.reviewing import Decided, Reviewable, Ruled, holders_of
from pactwatch.store.decisions import decision_named
from pactwatch.store.queries import record_identity
from pactwatch.store.queries_actors import actor_identity
from pactwatch.store.queries_decisions import latest_of
from pactwatch.web.app import Desk, page_routes
from pactwatch.web.forms import request_of
from pactwatch.web.guard import Guard, Refusal, own_path
from pactwatch.web.renewing import Renewer
from pactwatch.web.uploads import taken
from pactwatch.web.views.review import decide, review
from pactwatch.web.views.rulings import decisions

__all__ = ["deciding"]

WAIT = (
    1.5  # seconds that an answer waits for the ledger, so that a small one is settled on the page
)
LARGEST = 16_000_000  # bytes of a file of decisions
PAGES = ("/review", "/record/", "/actor/", "/document/", "/decide/", "/decisions")
"""Pages that forms come from, and lead back to."""

_MOVING = frozenset({"reject", "same", "different", "rename"})
"""Of a whole record or actor, what can leave nothing at its address."""

Answer = tuple[str, str]
"""What was done, in words, and the page to lead to."""


def deciding(desk: Desk, dossier: Reviewable, renewer: Renewer) -> list[BaseRoute]:
    """All routes of review."""

    def settled(done: Decided, fields: Mapping[str, str]) -> Answer:
        in_time = renewer.ask(wait=WAIT)
        with desk.database.reading() as connection:
            undone = _undone(connection, done.decision)
            told = _told(done, undone, settled=in_time, fault=renewer.fault)
            decision = undone or done.decision
            return told, _landing(connection, _back(fields), decision, settled=in_time)

    async def decided(asked: Request) -> Response:
        guard: Guard = asked.state.guard
        fields = await guard.form(asked, "reviewer")

        def run() -> Answer:
            with desk.database.reading() as connection:
                request = request_of(connection, fields)
            return settled(dossier.decide(request, who=_who(asked), renew=False), fields)

        return await _answered(asked, fields, run)

    async def undone(asked: Request) -> Response:
        guard: Guard = asked.state.guard
        fields = await guard.form(asked, "reviewer")

        def run() -> Answer:
            who = _who(asked)
            wanted = fields.get("decision", "")
            if not wanted:
                with desk.database.reading() as connection:
                    latest = latest_of(connection, who)
                if latest is None:
                    raise UsageError("undo", f"{who} has nothing left to undo")
                wanted = latest.id
            done = dossier.undo(wanted, who=who, reason=fields.get("reason", ""), renew=False)
            return settled(done, fields)

        return await _answered(asked, fields, run)

    async def named(asked: Request) -> Response:
        guard: Guard = asked.state.guard
        fields = await guard.form(asked, "reviewer")
        if guard.by_name:
            raise Refusal("name", "is that of the user who has signed in")

        def run() -> Answer:
            name, session = clean_name(fields.get("name", "")), guard.session(asked)
            if name is None or session is None:
                raise UsageError("name", "is one line of plain text", "Shorten it")
            session.who = name
            return f"You decide as {name}.", _back(fields)

        return await _answered(asked, fields, run)

    async def joined(asked: Request) -> Response:
        guard: Guard = asked.state.guard
        with tempfile.TemporaryDirectory() as folder:
            upload = await taken(asked, guard, "editor", Path(folder), most=1)

            def run() -> Answer:
                if not upload.files:
                    raise UsageError("import", "no file was chosen", "Choose a file of decisions")
                path = upload.files[0]
                if path.stat().st_size > LARGEST:
                    raise UsageError(path.name, "is too large for a file of decisions")
                with path.open("rb") as file:
                    if file.read(6) == b"SQLite":
                        raise UsageError(
                            path.name, "is a dossier, and no file of decisions",
                            "Export its decisions, or join it: pactwatch decisions import",
                        )  # fmt: skip
                report = dossier.import_decisions(path, renew=False)
                renewer.ask(wait=WAIT)
                told = f"{count(report.decisions, 'decision')} in {path.name}: {report.added} new."
                return told, _back(upload.fields)

            return await _answered(asked, upload.fields, run)

    def exported(asked: Request) -> Response:
        headers = {"content-disposition": 'attachment; filename="decisions.jsonl"'}
        text = dossier.export_decisions()
        return Response(text, media_type="application/x-ndjson", headers=headers)

    return [
        Route("/decisions.jsonl", exported, methods=["GET"]),
        Route("/decide", decided, methods=["POST"]),
        Route("/undo", undone, methods=["POST"]),
        Route("/name", named, methods=["POST"]),
        Route("/decisions/import", joined, methods=["POST"]),
        *page_routes(desk, "review", "review.html.j2", review),
        *page_routes(desk, "decisions", "decisions.html.j2", decisions),
        *page_routes(desk, "decide/{id}", "decide.html.j2", decide),
    ]


def _who(asked: Request) -> str:
    guard: Guard = asked.state.guard
    session = guard.session(asked)
    return (session.who if session else None) or "token"


def _back(fields: Mapping[str, str], name: str = "back") -> str:
    """The page that a form came from, or leads to; never another site."""
    address = own_path(fields.get(name, "")) or ""
    return address if urlsplit(address).path.startswith(PAGES) else "/review"


async def _answered(
    asked: Request, fields: Mapping[str, str], run: Callable[[], Answer]
) -> Response:
    """Do it, and lead on with what was done, or back to the form, filled in again."""
    guard: Guard = asked.state.guard
    session = guard.session(asked)
    assert session is not None  # its form was taken
    try:
        told, place = await run_in_threadpool(run)
    except PactwatchError as error:
        session.told, session.draft = f"Not done: {error}.", dict(fields)
        place = _back(fields, "here" if fields.get("here") else "back")
    else:
        session.told = told
    return RedirectResponse(place, 303)


def _undone(connection: Connection, decision: Decision) -> Decision | None:
    """The decision that another takes back, or whose undoing it takes back; None for any other."""
    undone = None
    while decision.undoes is not None:
        undone = decision = decision_named(connection, decision.undoes)
    return undone


def _landing(connection: Connection, back: str, decision: Decision, *, settled: bool) -> str:
    """The page to lead to: the one that the form names; where that is of something that is no
    more, the page of what has now what was decided on; else, and where that is not known before
    the ledger is settled, the log."""
    _, kind, name = (*urlsplit(back).path.split("/", 2), "", "")[:3]
    going = decision.field is None and decision.action in _MOVING
    if kind in ("record", "actor") and going and not settled:
        return "/decisions"
    if kind == "record" and record_identity(connection, name) is None:
        held = holders_of(connection, decision.about).records
        return f"/record/{held[0]}" if held else "/decisions"
    if kind == "actor" and actor_identity(connection, name) is None:
        held = holders_of(connection, decision.about).actors
        return f"/actor/{held[0]}" if held else "/decisions"
    return back


def _called(one: Ruled) -> str:
    return f"“{shorten(one.label, 80)}” ({one.number})"


def _told(done: Decided, undone: Decision | None, *, settled: bool, fault: str | None) -> str:
    two = " and ".join(_called(one) for one in (done.about, done.other) if one is not None)
    said = action_words(done.decision, undone)
    words = f"{said}{': ' if two else ''}{two}, by {done.decision.who}."
    if fault:
        return f"{words} It is kept; the ledger could not be settled yet: {fault}"
    return words if settled else f"{words} It is kept; the ledger is being settled."
