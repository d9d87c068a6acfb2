"""Users of a desk with their roles: a file of names and hashed secrets.

Comes in: a file, or a new user for it. Goes out: users; a secret is shown once, when it is made,
and kept as a hash alone.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pactwatch.errors import UsageError
from pactwatch.review import clean_name
from pactwatch.web.secrets import hash_secret
from pactwatch.web.settings import ROLES, User

__all__ = ["AddedUser", "add_user", "read_users"]


def read_users(path: Path) -> tuple[User, ...]:
    """The users of a file.

    Raises:
        UsageError: it can't be read, or what stands in it is no user.
    """
    try:
        users = msgspec.json.decode(path.read_bytes(), type=tuple[User, ...])
    except (OSError, msgspec.MsgspecError, ValueError) as error:
        fault = f"is no file of users ({error})"
        raise UsageError(str(path), fault, "Make one: --add-user NAME ROLE") from error
    for user in users:
        _check(path, user)
    if len({user.name.casefold() for user in users}) < len(users):
        raise UsageError(str(path), "two users have one name", "Name them differently")
    return users


def _check(path: Path, user: User) -> None:
    salt, _, key = user.secret.partition("$")
    try:
        whole = len(bytes.fromhex(salt)) == 16 and len(bytes.fromhex(key)) == 64
    except ValueError:
        whole = False
    if not whole:
        raise UsageError(f"{path}, {user.name}", "the secret is no hash", "Add the user anew")
    _check_name(user.name, user.role)


def _check_name(name: str, role: str) -> None:
    if clean_name(name) != name:
        raise UsageError("--add-user", "a name is one line of plain text", "Shorten it")
    if role not in ROLES:
        raise UsageError("--add-user", f"{role!r} is no role", f"There is: {', '.join(ROLES)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedUser:
    """A user with the secret that is shown once, and who bore the name before."""

    user: User
    secret: str
    before: User | None


def add_user(path: Path, name: str, role: str, *, replace: bool = False) -> AddedUser:
    """Add a user; or give one that is there a new secret and role, if that is meant.

    The file is readable by its owner alone.

    Raises:
        UsageError: the name or the role is none, somebody bears the name and is not to be replaced,
            or the file can't be read or written.
    """
    _check_name(name, role)
    users = read_users(path) if path.exists() else ()
    before = next((user for user in users if user.name.casefold() == name.casefold()), None)
    if before is not None and not replace:
        raise UsageError(
            before.name,
            f"is a user already, as {before.role}; the secret that is in use would hold no longer",
            f"For a new secret, and the role {role}: --replace",
        )
    secret = secrets.token_urlsafe(18)
    made = User(name=name, role=role, secret=hash_secret(secret))
    kept = [*(user for user in users if user is not before), made]
    text = msgspec.json.format(msgspec.json.encode(kept), indent=1) + b"\n"
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(text)
        os.replace(fresh, path)
    except OSError as error:
        raise UsageError(str(path), f"can't be written ({error.strerror})") from error
    return AddedUser(user=made, secret=secret, before=before)
