"""Who may look at the desk, under which names it is asked for, and within which bounds.

Comes in: what the command line says. Goes out: `Settings`, checked. Without a secret the desk is
for this machine alone.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from pactwatch.errors import UsageError

__all__ = ["ROLES", "Settings", "User", "checked", "is_loopback"]

ROLES = ("reader", "reviewer", "editor")
"""Who may look; decide as well; add documents and build as well. Each may do what those before it
may."""

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody who may sign in.

    Attributes:
        name: Under which they decide.
        role: One of `ROLES`.
        secret: Its salted hash (scrypt).
    """

    name: str
    role: str
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a desk is served.

    Attributes:
        name: Title of the dossier.
        host: Address to listen on.
        port: 0 for any that is free.
        token: Secret that everybody must give who wants in, or None on this machine alone.
        hosts: Names under which it may be asked for, besides its own address: guards against pages
            that point a name of theirs at this machine (DNS rebinding).
        secure: It is asked for over HTTPS, so cookies never travel otherwise.
        largest_form: Bytes of a form or other body; larger ones are refused unread.
        largest_upload: Bytes of a body at addresses that take files.
        hours: After which a session ends.
        upload_paths: Addresses that take files.
        users: People who sign in with a name and a secret of their own.
        codebook, pipeline: With which builds from the desk read.
        who: Under which name decisions are kept where nobody signs in.
    """

    name: str = "dossier"
    host: str = "127.0.0.1"
    port: int = 8765
    token: str | None = None
    hosts: tuple[str, ...] = ()
    secure: bool = False
    largest_form: int = 64 * 1024
    largest_upload: int = 64 * 1024 * 1024
    hours: float = 12.0
    upload_paths: frozenset[str] = frozenset({"/build", "/decisions/import"})
    users: tuple[User, ...] = ()
    codebook: tuple[str, ...] = ()
    pipeline: str | None = None
    who: str = "local"

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """Names, without ports, that a request may ask for."""
        own = LOOPBACK if is_loopback(self.host) else (self.host,)
        return frozenset(name.lower() for name in (*own, *self.hosts))


def is_loopback(host: str) -> bool:
    """Whether an address can be reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


SHORTEST = 12  # characters of a token; at five tries a minute no shorter one need be feared


def checked(settings: Settings) -> Settings:
    """Settings that are safe to serve with.

    Raises:
        UsageError: others could reach the desk and nothing keeps them out, or the token is short.
    """
    if not is_loopback(settings.host) and settings.token is None and not settings.users:
        raise UsageError(
            f"--host {settings.host}",
            "others could reach the desk, and nothing keeps them out",
            "Add --token or --users, or leave out --host",
        )
    if settings.token is not None and len(settings.token) < SHORTEST:
        raise UsageError(
            "--token", "is too short", f"Use {SHORTEST} characters or more; or --token auto"
        )
    if settings.host in ("0.0.0.0", "::") and not settings.hosts:
        raise UsageError(
            f"--host {settings.host}",
            "it is not said under which name the desk is asked for",
            "Add --host-name desk.example",
        )
    return settings
