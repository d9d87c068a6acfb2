"""`pactwatch serve` and `pactwatch publish`: a dossier in the browser, served here or as a site.

Comes in: a dossier's file and how to serve it. Goes out: a running desk, or a folder of pages.
"""

from __future__ import annotations

import getpass
import secrets
from pathlib import Path
from typing import Annotated

import typer

from pactwatch.cli.options import AsJson, DossierArgument
from pactwatch.cli.printing import Screen, note, print_json
from pactwatch.errors import UsageError
from pactwatch.report.words import count

__all__ = ["publish", "serve"]


def serve(
    dossier: DossierArgument,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Address to listen on; others need --token.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, metavar="PORT", help="0 for any that is free.")
    ] = 8765,
    token: Annotated[
        str | None,
        typer.Option(
            metavar="SECRET",
            envvar="PACTWATCH_TOKEN",
            show_envvar=True,
            help="A secret that everybody must give; “auto” makes one and prints it.",
        ),
    ] = None,
    host_name: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A name the desk is asked for by; may be given again."),
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Certificate (PEM), for HTTPS.")
    ] = None,
    key: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Key of the certificate (PEM).")
    ] = None,
    behind_https: Annotated[
        bool,
        typer.Option("--behind-https", help="A server before this one speaks HTTPS to the world."),
    ] = False,
    users: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="People who sign in with a secret of their own."),
    ] = None,
    new_user: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--add-user",
            metavar="NAME ROLE",
            help="Add somebody to the file of --users (reader, reviewer or editor), print the "
            "secret, and end.",
        ),
    ] = None,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace", help="With --add-user: also somebody who is in the file already."
        ),
    ] = False,
    who: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="NAME",
            envvar="PACTWATCH_WHO",
            help="Who decides where nobody signs in; your login name if left out.",
        ),
    ] = None,
    codebook: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="For builds from the desk: as of pactwatch build."),
    ] = None,
    pipeline: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="For builds from the desk: as of pactwatch build."),
    ] = None,
) -> None:
    """Open the desk: look at a dossier in the browser, follow every value to its words, decide."""
    from pactwatch.store import open_database
    from pactwatch.web.app import serve as run
    from pactwatch.web.rooms import LINKS, Rooms
    from pactwatch.web.settings import Settings, checked, is_loopback
    from pactwatch.web.users import add_user, read_users

    if new_user is not None:
        if users is None:
            raise UsageError("--add-user", "needs the file of users", "Add --users FILE")
        added = add_user(users, *new_user, replace=replace)
        print(added.secret)
        name, before = added.user.name, added.before
        note(f"This is the secret of {name}; it is shown once, and kept as a hash.")
        if before is not None:
            note(
                f"{before.name} was a user already: the secret of before holds no longer; "
                f"the role was {before.role} and is {added.user.role}."
            )
        return
    if token == "auto":
        token = secrets.token_urlsafe(18)
        note(("Token: ", "bold"), token)
    settings = checked(
        Settings(
            name=dossier.stem,
            host=host,
            port=port,
            token=token,
            hosts=tuple(host_name or ()),
            secure=certificate is not None or behind_https,
            users=read_users(users) if users is not None else (),
            who=_name(who),
            codebook=tuple(str(path.absolute()) for path in codebook or ()),
            pipeline=pipeline,
        )
    )
    if not is_loopback(host) and not settings.secure:
        note(
            ("Note: ", "bold"),
            "without HTTPS, others on the way can read what is shown. See --certificate.",
        )
    database = open_database(dossier.expanduser(), create=False)
    rooms = Rooms(database)
    try:
        run(
            database,
            settings,
            rooms=rooms.routes,
            links_more=LINKS,
            started=lambda address: note(f"The desk is at {address}  (Ctrl-C ends it)"),
            certificate=str(certificate) if certificate else None,
            key=str(key) if key else None,
        )
    finally:
        rooms.close()
        database.close()


def _name(given: str | None) -> str:
    """Under which name decisions are kept where nobody signs in."""
    from pactwatch.review import clean_name

    try:
        name = given if given is not None else getpass.getuser()
    except (OSError, KeyError):
        name = "local"
    found = clean_name(name)
    if found is None:
        raise UsageError("--as", "a name is one line of plain text", "Shorten it")
    return found


def publish(
    dossier: DossierArgument,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    name: Annotated[
        str | None,
        typer.Option(metavar="TITLE", help="Title of the site; the file's name if left out."),
    ] = None,
    quotes_only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="A publisher or document whose text may not be republished: only its quotations "
            "are written. May be given again; “all” for every document.",
        ),
    ] = None,
    reviewers: Annotated[
        bool,
        typer.Option("--reviewers", help="Name those who decided; else each is “a reviewer”."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write the desk's pages as a static site, search and filters included, for any web server.

    What an earlier publish wrote there and this one does not is removed; other files stay.
    """
    from pactwatch.store import open_database
    from pactwatch.web.publishing import publish as write

    database = open_database(dossier.expanduser(), create=False)
    try:
        done = write(
            database,
            folder,
            name=name or dossier.stem,
            quotes_only=tuple(quotes_only or ()),
            reviewers=reviewers,
        )
    finally:
        database.close()
    if as_json:
        found = {"folder": str(folder), "pages": done.pages, "files": done.files}
        print_json([{**found, "bytes": done.size, "removed": done.removed, "merged": done.merged}])
        return
    size = max(1, done.size // 1_000_000)
    screen = Screen()
    screen.line(f"Site: {folder} ({done.pages:,} pages, {size:,} MB). Put it on any web server.")
    if done.withheld:
        screen.line(f"Of {done.withheld:,} documents only the quotations were written.")
    if done.removed:
        screen.line(f"Removed {count(done.removed, 'file')} of an earlier publish.")
    if done.merged:
        screen.line(f"{count(done.merged, 'record')} merged: the former address names the other.")
