"""What comes of asking an address.

Comes in: nothing. Goes out: the values that `Fetcher` gives.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Answer", "Unchanged", "Validators"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an address gave.

    Attributes:
        address: Where it came from after all redirects.
        data: The body, unpacked, at most `MOST_BYTES`.
        media_type: As the server names it, without parameters; "" if it does not.
        charset: The encoding the server names, if any.
        retrieved: ISO 8601 time (UTC) of the answer.
    """

    address: str
    data: bytes
    media_type: str
    charset: str | None
    retrieved: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server wants to hear again, to tell whether a page has changed (RFC 9110, 13.1)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """The server says that a page is as it was when last fetched."""

    address: str
