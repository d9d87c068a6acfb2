"""The routes that add sources and build, from the desk.

Comes in: files and addresses, in a form. Goes out: a build behind the desk, its progress, and its
report. Files go into a folder beside the dossier for as long as they are read; addresses are
fetched under the rules of `documents`: of the web alone, never of this machine or its network.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from pactwatch.errors import UsageError
from pactwatch.model import Problem
from pactwatch.store.documents import origins
from pactwatch.store.history import problems
from pactwatch.web.app import Desk, page_routes
from pactwatch.web.guard import Guard, Refusal
from pactwatch.web.jobs import Builder, BuildState, Order
from pactwatch.web.looking import DATE, Look
from pactwatch.web.uploads import PLACE, taken

__all__ = ["BuildPage", "adding"]

MOST_ADDRESSES = 200
SHOWN = 100  # sources that could not be read when last tried


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildPage:
    """How far the build is.

    Attributes:
        problems: What could not be read when last tried.
        most: Bytes of a form.
    """

    state: BuildState
    problems: tuple[Problem, ...]
    most: int


def adding(desk: Desk, builder: Builder) -> list[BaseRoute]:
    """All routes that add and build."""
    settings = desk.settings

    def page(look: Look) -> BuildPage:
        return BuildPage(
            state=builder.state,
            problems=tuple(problems(look.connection)[:SHOWN]),
            most=settings.largest_upload,
        )

    async def build(request: Request) -> Response:
        guard: Guard = request.state.guard
        session = guard.session(request)
        guard.same_origin(request)
        if not guard.may(request, "editor"):
            raise Refusal("form", "needs the role editor")
        folder, fields, begun = _folder(desk.database.path), dict[str, str](), False
        try:
            builder.reserve((session.who if session else None) or "")
        except UsageError as error:
            return _back(request, f"Not done: {error}.")
        try:
            await run_in_threadpool(_empty, folder)
            upload = await taken(request, guard, "editor", folder)
            fields = upload.fields
            files, notes = await run_in_threadpool(
                _placed, desk, folder, upload.files, fields.get("versions") == "yes"
            )
            order = _order(desk, files, notes, fields)
            builder.begin(order, folder)
            begun = True
        except UsageError as error:
            return _back(request, f"Not done: {error}.", fields)
        except OSError as error:
            return _back(request, f"Not done: the files can't be kept here ({error.strerror}).")
        finally:
            if not begun:
                builder.release()
                shutil.rmtree(folder, ignore_errors=True)
        return _back(request, None)

    async def stop(request: Request) -> Response:
        guard: Guard = request.state.guard
        await guard.form(request, "editor")
        await run_in_threadpool(builder.stop)
        return _back(request, "The build is being stopped. What is read is kept.")

    return [
        Route("/build", build, methods=["POST"]),
        Route("/build/stop", stop, methods=["POST"]),
        *page_routes(desk, "build", "build.html.j2", page, "editor"),
    ]


def _folder(dossier: Path) -> Path:
    """Where files lie while they are read. Always the same: so a file that was there before is
    known again."""
    return dossier.with_name(f"{dossier.name}.uploads")


def _empty(folder: Path) -> None:
    """Make the folder anew; what a killed desk has left there goes."""
    if folder.is_symlink():
        raise UsageError(str(folder), "is a link", "Remove it")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)


def _placed(
    desk: Desk, folder: Path, files: tuple[Path, ...], versions: bool
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Files where they are to be read, and what is to be said of them.

    A document is another version of the one that was read from the same place. So a file that is
    said to be a new version is put in the place of the earlier one; any other keeps its own, and
    stands beside it.

    Raises:
        UsageError: a new version could be one of several files.
    """
    with desk.database.reading() as connection:
        known = origins(connection)
    placed, notes = [], []
    for path in files:
        own = path.relative_to(folder.parent).as_posix()
        place = re.compile(
            rf"{re.escape(folder.name)}/([0-9a-f]{{{PLACE}}}/)?{re.escape(path.name)}"
        )
        earlier = [origin for origin in known if place.fullmatch(origin)]
        if own not in earlier and earlier and versions:
            if len(earlier) > 1:
                raise UsageError(
                    path.name, f"is the name of {len(earlier)} different files here",
                    "Add it without “new version”, and set aside the document that it replaces",
                )  # fmt: skip
            wanted = folder.parent / earlier[0]
            if wanted in placed:
                raise UsageError(path.name, "is the name of two of these files", "Add one alone")
            wanted.parent.mkdir(mode=0o700, exist_ok=True)
            path = path.replace(wanted)
        elif own not in earlier and earlier:
            notes.append(f"A file called {path.name} was added before; if this is another, both "
                         "are kept.")  # fmt: skip
        placed.append(path)
    return tuple(placed), tuple(notes)


def _back(request: Request, told: str | None, draft: dict[str, str] | None = None) -> Response:
    session = request.state.guard.session(request)
    if session is not None and told:
        session.told, session.draft = told, draft or {}
    return RedirectResponse("/build", 303)


def _order(
    desk: Desk, files: tuple[Path, ...], notes: tuple[str, ...], fields: dict[str, str]
) -> Order:
    addresses = tuple(dict.fromkeys(fields.get("addresses", "").split()))
    if len(addresses) > MOST_ADDRESSES:
        raise UsageError(
            "addresses", f"more than {MOST_ADDRESSES}", "Give a feed or a list of them"
        )
    bad = [address[:120] for address in addresses if _host(address) is None]
    if bad:
        raise UsageError(
            ", ".join(bad)[:200], "is no address of the web: nothing was read",
            "Use http:// or https://, or take it out",
        )  # fmt: skip
    published = fields.get("published", "").strip() or None
    if published is not None and not DATE.fullmatch(published):
        raise UsageError(published[:40], "is no date", "As 2019-05-31")
    return Order(
        dossier=str(desk.database.path.absolute()),
        files=tuple(str(path.absolute()) for path in files),
        addresses=addresses,
        notes=notes,
        published=published,
        follow=fields.get("follow") == "yes",
        codebook=desk.settings.codebook,
        pipeline=desk.settings.pipeline,
    )


def _host(address: str) -> str | None:
    """The host of an address of the web; None where it is none. Never a path of this machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    return host if parts.scheme.lower() in ("http", "https") and host else None
