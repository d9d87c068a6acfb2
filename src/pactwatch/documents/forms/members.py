"""What archives have in common: names made harmless, what is left out silently or with a word, and
members read within bounds.

Comes in: names and open members as hostile archives hold them. Goes out: names that lead nowhere,
bytes up to the bound of one document, and problems that count what could not be read. Nothing is
written to disk, so a name is never more than a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pactwatch.documents.decoding import storable
from pactwatch.documents.given import Given
from pactwatch.documents.limits import MOST_BYTES
from pactwatch.model import Problem

__all__ = ["ASSET", "TOO_LARGE", "LeftOut", "Names", "decode_name", "harmless", "is_asset",
           "is_clutter"]  # fmt: skip

TOO_LARGE = (
    f"larger than {MOST_BYTES / 1e6:,.0f} MB unpacked",
    "Split it into documents",
)
"""Fault and next step of a member beyond the bound of one document."""

ASSET = ("parts of pages, sounds, films or programs", "Nothing to do")
"""Fault and next step of members that are no reports by their names; told together."""

_ASSETS = (".css", ".js", ".mjs", ".map", ".svg", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".ico",
           ".mp3", ".mp4", ".m4a", ".wav", ".ogg", ".webm", ".avi", ".mov", ".mkv", ".exe", ".dll",
           ".so", ".pyc", ".class", ".o")  # fmt: skip
_LONGEST_NAME = 240  # characters; file systems hold 255 bytes
_NAMED = 3  # members named each in a problem of its own, before they are only counted
_CLUTTER = frozenset(("__macosx", "thumbs.db", "desktop.ini"))
_CONTROLS = re.compile("[\x00-\x1f\x7f]")
_DRIVE = re.compile(r"^[A-Za-z]:")
_CJK = "[\u3005-\u3007\u3040-\u30ff\u4e00-\u9fff]"
_FOREIGN = re.compile(rf"(?!{_CJK})[^\x00-\x7f]|[A-Za-z]{_CJK}(?!{_CJK})|(?<!{_CJK}){_CJK}[A-Za-z]")


def harmless(name: str) -> str:
    """A member's name as a relative path that stays where it is: no drive, no root, no "..", no
    control characters, and no address."""
    parts = _CONTROLS.sub("", storable(name)).replace("\\", "/").split("/")
    kept = [_DRIVE.sub("", part) if at == 0 else part for at, part in enumerate(parts)]
    kept = [part.strip() for part in kept if part.strip() not in ("", ".", "..")]
    path = "/".join(kept) or "unnamed"
    if len(path) > _LONGEST_NAME:
        path = f"{path[: _LONGEST_NAME - 61]}…{path[-60:]}"
    return path


def is_clutter(name: str) -> bool:
    """Tell whether a name is hidden, or a file that an operating system adds for itself."""
    return any(part.startswith(".") or part.lower() in _CLUTTER for part in name.split("/"))


def is_asset(name: str) -> bool:
    """Tell whether a name is that of a part of a page, a sound, a film or a program."""
    return name.lower().endswith(_ASSETS)


def decode_name(raw: bytes) -> str:
    """Decode a member's name of unknown encoding: UTF-8, else Shift-JIS or GBK if that gives words
    of theirs only, else the code page of DOS, which the ZIP format prescribes."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass  # older archives; what follows looks at the letters
    for encoding in ("cp932", "gb18030"):
        try:
            name = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _FOREIGN.search(name):
            return name
    return raw.decode("cp437")


class Names:
    """Names given within one container: the same name twice gets a number."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def give(self, name: str) -> str:
        self._seen[name] += 1
        return name if self._seen[name] == 1 else f"{name} ({self._seen[name]})"


class LeftOut:
    """Members that could not be read, told in few problems however many they are."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._names: dict[tuple[str, str], list[str]] = {}
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, name: str, fault: str, next_step: str) -> None:
        """Count a member with what is wrong with it."""
        key = (fault, next_step)
        self._counts[key] += 1
        names = self._names.setdefault(key, [])
        if len(names) <= _NAMED:
            names.append(name)

    def problems(self) -> Iterator[Problem]:
        """A problem for each member, or one for all with the same fault if they are many."""
        for (fault, step), names in self._names.items():
            count = self._counts[fault, step]
            if count <= _NAMED:
                for name in names:
                    yield Problem(name=f"{self._given.name}/{name}", fault=fault, next_step=step)
            else:
                listed = ", ".join(names[:_NAMED])
                yield Problem(
                    name=self._given.name,
                    fault=f"{count:,} of its files left out ({listed} …): {fault}",
                    next_step=step,
                )
