"""The routes of the desk, and the server.

Comes in: a dossier and settings. Goes out: a Starlette application behind its guard. Routes that
only read stand in `reading`; rooms that let people decide or add bring routes of their own to
`make_app`, and ask `Guard.form` for the role they need.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from pactwatch.charts.bundle import FILES, bundle_file
from pactwatch.errors import DossierError
from pactwatch.store import Database
from pactwatch.store.queries_overview import ledger_stamp
from pactwatch.web.guard import Guard, Refusal, Spent, own_path
from pactwatch.web.links import Links
from pactwatch.web.looking import Look, Memory, Missing, Moved
from pactwatch.web.rendering import Site, as_csv, as_html, as_json
from pactwatch.web.settings import Settings
from pactwatch.web.views import actors, beside, charts, document, documents, overview, record
from pactwatch.web.views import records as tables
from pactwatch.web.views import search as searching

__all__ = ["DOWNLOADS", "PAGES", "Desk", "answer", "make_app", "page_routes", "serve", "warm"]

STATIC = {"desk.css": "text/css", "desk.js": "text/javascript", "charts.js": "text/javascript",
          "search.js": "text/javascript", "words.js": "text/javascript",
          "explore.js": "text/javascript", "columns.js": "text/javascript",
          "review.js": "text/javascript", "build.js": "text/javascript",
          "icon.svg": "image/svg+xml"}  # fmt: skip

PAGES: dict[str, tuple[str, Callable[..., Any]]] = {
    "": ("overview.html.j2", overview.overview),
    "records": ("records.html.j2", tables.records),
    "record/{id}": ("record.html.j2", record.record),
    "contested": ("contested.html.j2", tables.contests),
    "actors": ("actors.html.j2", actors.actors),
    "actor/{id}": ("actor.html.j2", actors.actor),
    "documents": ("documents.html.j2", documents.documents),
    "document/{id}": ("document.html.j2", document.document),
    "beside/{id}/{other}": ("beside.html.j2", beside.beside),
    "search": ("search.html.j2", searching.search),
    "time": ("time.html.j2", charts.time),
    "flows": ("flows.html.j2", charts.flows),
    "network": ("network.html.j2", charts.network),
    "map": ("map.html.j2", charts.where),
}
"""Pages that read: path → template and view. Each has a twin at its path with ".json"."""

DOWNLOADS: dict[str, Callable[[Look], Any]] = {
    "records": tables.all_records,
    "contested": tables.all_contests,
    "actors": actors.all_actors,
    "documents": documents.all_documents,
    "time": lambda look: charts.time(look).steps,
    "flows": lambda look: charts.flows(look).rows,
    "network": lambda look: charts.network(look).ties,
    "map": lambda look: charts.where(look).places,
    "search": lambda look: searching.search(look).quotations,
}
"""Tables to download whole, as CSV or as lines of JSON: path → rows."""


@dataclass(slots=True, kw_only=True)
class Desk:
    """What routes share.

    Attributes:
        links_more: Entries of the navigation that other rooms bring: (path, words, least role).
    """

    database: Database
    settings: Settings
    memory: Memory = field(default_factory=Memory)
    links_more: tuple[tuple[str, str, str], ...] = ()

    def site(self, request: Request, *, stamp: str = "") -> Site:
        """What every page shows, to whoever asks.

        Args:
            stamp: Of the ledger that the page is made of.
        """
        guard: Guard = request.state.guard
        session = guard.session(request)
        told, draft = (session.told, session.draft) if session is not None else (None, {})
        if session is not None:
            session.told, session.draft = None, {}
        return Site(
            name=self.settings.name,
            who=None if session is None else session.who,
            signed_in=not guard.local and session is not None and session.role is not None,
            by_name=guard.by_name,
            role=None if session is None else session.role,
            token=guard.token(request),
            links_more=tuple(
                (path, words) for path, words, role in self.links_more if guard.may(request, role)
            ),
            told=told,
            draft=draft,
            stamp=stamp,
        )

    def html(
        self,
        request: Request,
        template: str,
        page: object,
        *,
        path: str,
        status: int = 200,
        stamp: str = "",
    ) -> Response:
        """A page of this desk as an answer."""
        site = self.site(request, stamp=stamp)
        body = as_html(template, page, links=Links(), site=site, path=path)
        return answer(request, body.encode("utf-8", "replace"), "text/html", status)


def make_app(
    database: Database,
    settings: Settings,
    *,
    routes: Callable[[Desk], Sequence[BaseRoute]] | None = None,
    links_more: tuple[tuple[str, str, str], ...] = (),
) -> Starlette:
    """The application of a dossier.

    Args:
        routes: Brings the routes of rooms that let people decide or add.
        links_more: Their entries in the navigation: (path, words, least role).
    """
    desk = Desk(database=database, settings=settings, links_more=links_more)
    own = [*(routes(desk) if routes else ()), *_signing(desk), *_reading(desk)]

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refusal)
        words = f"{str(error)[:300]}."
        if not isinstance(error, Spent):
            return _words(request, desk, error.status, words)
        guard: Guard = request.state.guard
        back = guard.keep_unsent(request, error.fields)
        return _words(request, desk, error.status, words, back=back)

    async def missing(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        words = "There is no such page." if status == 404 else str(getattr(error, "detail", ""))
        return _words(request, desk, status, words)

    async def broken(request: Request, error: Exception) -> Response:
        assert isinstance(error, DossierError)
        return _words(request, desk, 503, str(error))

    app = Starlette(
        routes=own,
        middleware=[Middleware(Guard, settings=settings)],
        exception_handlers={
            Refusal: refused, Missing: missing, HTTPException: missing, DossierError: broken,
        },
    )  # fmt: skip
    app.state.desk = desk
    return app


def _words(
    request: Request, desk: Desk, status: int, words: str, *, back: str | None = None
) -> Response:
    """A refusal or a fault, as a page or as JSON.

    Args:
        back: Page of the form that was refused; what the form says is kept for it.
    """
    if request.url.path.endswith((".json", ".csv")):
        return answer(request, as_json({"fault": words}), "application/json", status)
    session = request.state.guard.session(request)
    draft = session.draft if back and session is not None else {}
    page = {"words": words, "status": status, "back": back, "kept": bool(draft)}
    shown = desk.html(request, "words.html.j2", page, path="-", status=status)
    if session is not None:
        session.draft = draft  # for the page that is gone back to, not for this one
    return shown


def _reading(desk: Desk) -> list[BaseRoute]:
    found: list[BaseRoute] = []
    for path in DOWNLOADS:
        found.append(Route(f"/{path}.csv", _download(desk, path, "csv")))
        found.append(Route(f"/{path}.jsonl", _download(desk, path, "jsonl")))
    for path, (template, view) in PAGES.items():
        found += page_routes(desk, path, template, view)
    found.append(Route("/charts/{name}.json", _chart(desk)))
    found.append(Route("/static/{name}", _file))
    return found


def page_routes(
    desk: Desk, path: str, template: str, view: Callable[..., Any], role: str = "reader"
) -> list[BaseRoute]:
    """A page of a view, and its twin in JSON.

    Args:
        role: The least role of those who may see it.
    """
    return [
        Route(f"/{path or 'index'}.json", _page(desk, path, None, view, role), methods=["GET"]),
        Route(f"/{path}", _page(desk, path, template, view, role), methods=["GET"]),
    ]


def _look(desk: Desk, request: Request, connection: Any) -> Look:
    session = request.state.guard.session(request)
    return Look(
        connection=connection,
        ask=dict(request.query_params),
        memory=desk.memory,
        who=session.who if session is not None else None,
    )


def _page(desk: Desk, path: str, template: str | None, view: Callable[..., Any], role: str) -> Any:
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]

    def endpoint(request: Request) -> Response:
        if not request.state.guard.may(request, role):
            raise Refusal("page", f"needs the role {role}")
        given = [request.path_params[name] for name in names]
        with desk.database.reading() as connection:
            page = view(_look(desk, request, connection), *given)
            stamp = ledger_stamp(connection)
        if isinstance(page, Moved):
            return RedirectResponse(f"/{page.path}{'' if template else '.json'}", 303)
        if template is None:
            return answer(request, as_json(page), "application/json")
        return desk.html(request, template, page, path=path, stamp=stamp)

    return endpoint


def _download(desk: Desk, path: str, suffix: str) -> Any:
    rows = DOWNLOADS[path]

    def endpoint(request: Request) -> Response:
        with desk.database.reading() as connection:
            found = [asdict(row) for row in rows(_look(desk, request, connection))]
        headers = {"content-disposition": f'attachment; filename="{path}.{suffix}"'}
        if suffix == "csv":
            names = list(found[0]) if found else []
            body = as_csv(names, ([flat(value) for value in row.values()] for row in found))
            return Response(body, media_type="text/csv; charset=utf-8", headers=headers)
        import msgspec

        lines = b"".join(msgspec.json.encode(row) + b"\n" for row in found)
        return Response(lines, media_type="application/x-ndjson", headers=headers)

    return endpoint


def flat(value: object) -> object:
    if isinstance(value, tuple | list):
        return "; ".join(str(item[0] if isinstance(item, tuple | list) else item) for item in value)
    return value


def _chart(desk: Desk) -> Any:
    def endpoint(request: Request) -> Response:
        with desk.database.reading() as connection:
            look = _look(desk, request, connection)
            found = charts.chart(look, request.path_params["name"], Links())
        return answer(request, as_json(found), "application/json")

    return endpoint


@cache
def static_file(name: str) -> tuple[bytes, str]:
    """A file of the package that pages load, with its media type.

    Raises:
        KeyError: there is none of this name.
    """
    if name in FILES:
        return bundle_file(name), FILES[name]
    return (resources.files(__package__) / "static" / name).read_bytes(), STATIC[name]


@cache
def _packed(name: str) -> bytes:
    return gzip.compress(static_file(name)[0], 9, mtime=0)


def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in FILES and name not in STATIC:
        raise Missing(name[:80], "is no file of the desk")
    body, kind = static_file(name)
    headers = {"cache-control": "public, max-age=3600", "vary": "accept-encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        body = _packed(name)
        headers["content-encoding"] = "gzip"
    return Response(body, media_type=kind, headers=headers)


SMALL = 1400  # bytes: what fits one packet gains nothing from packing


def answer(request: Request, body: bytes, kind: str, status: int = 200) -> Response:
    """An answer, packed where that is worth it."""
    headers = {"vary": "accept-encoding"}
    if len(body) > SMALL and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, 4, mtime=0)
        headers["content-encoding"] = "gzip"
    return Response(body, status, headers, media_type=kind)


def _signing(desk: Desk) -> list[BaseRoute]:
    """Signing in and out; where nobody needs to sign in, they lead to the overview."""

    async def page(request: Request) -> Response:
        guard: Guard = request.state.guard
        to = own_path(request.query_params.get("to", ""))
        if guard.may(request, "reader"):
            return RedirectResponse(to or "/", 303)
        return desk.html(request, "sign-in.html.j2", {"fault": None, "to": to}, path="-")

    async def sign_in(request: Request) -> Response:
        guard: Guard = request.state.guard
        fields = await guard.form(request, None)
        to = own_path(fields.get("to", ""))
        try:
            # Hashing takes its time on purpose: not on the thread that serves everybody.
            key = await run_in_threadpool(
                guard.sign_in, request, fields.get("name", "")[:200], fields.get("token", "")[:1000]
            )
        except Refusal as error:
            again = {"fault": f"{error}.", "to": to}
            return desk.html(request, "sign-in.html.j2", again, path="-", status=error.status)
        return RedirectResponse(to or "/", 303, {"set-cookie": guard.set_cookie(key)})

    async def sign_out(request: Request) -> Response:
        guard: Guard = request.state.guard
        await guard.form(request, "reader")
        guard.sessions.end(request.cookies.get(guard.cookie))
        return RedirectResponse("/sign-in", 303)

    return [
        Route("/sign-in", page, methods=["GET"]),
        Route("/sign-in", sign_in, methods=["POST"]),
        Route("/sign-out", sign_out, methods=["POST"]),
    ]


WARMED = ("", "records", "flows", "network", "map", "time")


def warm(desk: Desk) -> None:
    """Count once what pages count over the whole ledger, so that nobody waits for it."""
    for path in WARMED:
        with desk.database.reading() as connection:
            PAGES[path][1](Look(connection=connection, memory=desk.memory))


def serve(
    database: Database,
    settings: Settings,
    *,
    rooms: Callable[[Desk], Sequence[BaseRoute]] | None = None,
    links_more: tuple[tuple[str, str, str], ...] = (),
    started: Callable[[str], None] | None = None,
    certificate: str | None = None,
    key: str | None = None,
) -> None:
    """Serve a dossier until the process is stopped.

    Args:
        rooms, links_more: As of `make_app`.
        started: Is told the address once the desk listens.
        certificate, key: Files for HTTPS.
    """
    import socket

    import uvicorn

    from pactwatch.errors import UsageError

    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        fault = f"can't listen there ({error.strerror or error})"
        raise UsageError(
            f"{settings.host}:{settings.port}", fault, "Choose another: --port 0"
        ) from error
    listener.listen()
    app = make_app(database, settings, routes=rooms, links_more=links_more)
    threading.Thread(target=warm, args=(app.state.desk,), daemon=True).start()
    port = listener.getsockname()[1]
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    if started is not None:
        started(f"{'https' if certificate else 'http'}://{host}:{port}/")
    config = uvicorn.Config(
        app, log_level="warning", server_header=False, ws="none",
        ssl_certfile=certificate, ssl_keyfile=key, timeout_graceful_shutdown=2,
    )  # fmt: skip
    try:
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        listener.close()
