"""Addresses alone: a text with one in each line, a shortcut of Windows or macOS, saved bookmarks.

Comes in: the file. Goes out: a `Link` for each address, in the order of the file and each once.
"""

from __future__ import annotations

import plistlib
import re
from collections.abc import Iterator
from html import unescape

from pactwatch.documents.decoding import decode
from pactwatch.documents.forms.values import is_address
from pactwatch.documents.given import Given, Hints, Item, Link
from pactwatch.errors import DocumentError
from pactwatch.model import Problem

__all__ = ["are_addresses", "read"]

_SECTION = re.compile(r"^\s*\[(?:InternetShortcut|Desktop Entry)\]", re.I | re.M)
_SHORTCUT = re.compile(r"^\s*url\s*=\s*(\S+)\s*$", re.I | re.M)
_BOOKMARK = re.compile(r"<a\s[^>]{0,5000}?href\s*=\s*[\"']?([^\"'\s>]+)[^>]{0,5000}>([^<]{0,1000})",
                       re.I)  # fmt: skip


def are_addresses(words: str) -> bool:
    """Tell whether a text is a list of addresses: one in each line, but for comments ("# …")."""
    lines = [line.strip() for line in words.splitlines()]
    named = [line for line in lines if line and not line.startswith("#")]
    return bool(named) and all(is_address(line) for line in named)


def read(given: Given) -> Iterator[Item]:
    """Read a list of addresses.

    Raises:
        DocumentError: there is none in it.
    """
    found: dict[str, str | None] = {}
    unknown: list[tuple[int, str]] = []
    data = given.read()
    if data.startswith(b"bplist00") or b"<plist" in data[:1000]:
        found[_webloc(given, data)] = None
    else:
        words = decode(given.name, data, declared=given.charset)
        if "NETSCAPE-Bookmark" in words[:200]:
            for address, title in _BOOKMARK.findall(words):
                found.setdefault(unescape(address), " ".join(unescape(title).split()) or None)
        elif _SECTION.search(words[:2000]):
            found.update(dict.fromkeys(_SHORTCUT.findall(words)[-1:]))
        else:
            for number, line in enumerate(words.splitlines(), start=1):
                address = line.strip()
                if not address or address.startswith("#"):
                    continue
                if is_address(address):
                    found.setdefault(address)
                else:
                    unknown.append((number, address))
    links = [(address, title) for address, title in found.items() if is_address(address)]
    if not links:
        raise DocumentError(given.name, "no address in it", "Write one in each line")
    for address, title in links:
        hints = Hints(place="list", address=address, title=title) if title else Hints()
        yield Link(address=address, hints=hints)
    for number, words in unknown[:3]:
        fault, step = f"no address: “{words[:60]}”", "Write one in each line"
        yield Problem(name=f"{given.name}/{number}", fault=fault, next_step=step)
    if len(unknown) > 3:
        fault = f"{len(unknown) - 3:,} more lines are no addresses"
        yield Problem(name=given.name, fault=fault, next_step="Write one in each line")


def _webloc(given: Given, data: bytes) -> str:
    try:
        value = plistlib.loads(data)
    except Exception as error:  # plistlib raises what its parsers raise: expat, struct, index …
        raise DocumentError(given.name, "a broken shortcut", "Write the address into a .txt") from (
            error
        )
    address = value.get("URL") if isinstance(value, dict) else None
    return address if isinstance(address, str) else ""
