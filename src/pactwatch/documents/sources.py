"""What there is to read: one source a file or address, listed cheaply and in order.

Comes in: a file, a folder or an address. Goes out: `Source` values, sorted by name. Nothing is
opened, fetched or decoded here, so that a listing of a large folder is quick; a link that leads
nowhere is listed like any file, and reading it tells what is wrong.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pactwatch.errors import UsageError

__all__ = ["Source", "list_sources"]

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing to read; small, and fit to be sent to a worker process.

    Attributes:
        name: File name relative to the folder that was named (with "/"), or the address.
        path: Where the file lies; None for an address.
        folder: The folder that was named, out of which no link may lead; None for a single file.
        address: The address, for a page of the web.
    """

    name: str
    path: Path | None = None
    folder: Path | None = None
    address: str | None = None


def list_sources(source: str | Path) -> Iterator[Source]:
    """List what a file, folder or address holds, sorted by name, without hidden files.

    Folders are walked to the bottom. Links to folders are not followed: what they show inside the
    folder is read where it lies, and a link that leads outside is listed, so that reading it
    reports it.

    Raises:
        UsageError: there is no such file or folder, or the address is not of the web.
    """
    scheme = _SCHEME.match(source) if isinstance(source, str) else None
    if scheme and not os.path.lexists(source):
        if scheme[1].lower() not in ("http", "https"):
            raise UsageError(str(source), "not an address of the web", "Use http:// or https://")
        return iter((Source(name=str(source), address=str(source)),))
    path = Path(source).expanduser()
    if not os.path.lexists(path):
        raise UsageError(str(source), "no such file or folder", "Check the spelling of the path")
    if not path.is_dir():
        return iter((Source(name=_storable(path.name), path=path),))
    return iter(_list_folder(path))


def _list_folder(folder: Path) -> list[Source]:
    found: list[Path] = []
    unlisted: list[OSError] = []
    for here, folders, files in os.walk(folder, onerror=unlisted.append):
        place = Path(here)
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [place / name for name in files if not name.startswith(".")]
        found += [
            place / name
            for name in folders
            if (place / name).is_symlink() and not leads_inside(place / name, folder)
        ]
    found += [Path(error.filename) for error in unlisted]
    named = [(_storable(path.relative_to(folder).as_posix()), path) for path in found]
    return [Source(name=name, path=path, folder=folder) for name, path in sorted(named)]


def leads_inside(path: Path, folder: Path) -> bool:
    """Tell whether a path, all links followed, still lies in the folder."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _storable(name: str) -> str:
    """A file name as it can be stored: bytes that are no UTF-8 become the replacement character."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
