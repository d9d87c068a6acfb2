"""One request to one address, bounded in size and time.

Comes in: an address whose host was found public. Goes out: status, headers and body, unpacked.
No cookies, no log-in, no proxy, no redirect: `fetching` decides what follows.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import httpx

from pactwatch.documents.hosts import resolve
from pactwatch.errors import DocumentError

__all__ = ["AGENT", "Reply", "ask"]

AGENT = "pactwatch"
"""The name under which robots.txt files know us."""

_HEADERS = {
    "User-Agent": f"{AGENT}/0.1 (reads reports about agreements between governments)",
    "Accept": "text/html,application/xhtml+xml,application/pdf,text/plain,*/*;q=0.5",
    "Accept-Encoding": "gzip",
}
_TIMEOUT = httpx.Timeout(15.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server answered to one request.

    Attributes:
        body: Empty for redirects, errors and "not modified".
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    charset: str | None

    @property
    def location(self) -> str | None:
        """Where it redirects to."""
        redirects = (301, 302, 303, 307, 308)
        return self.headers.get("location") if self.status in redirects else None


def ask(
    client: httpx.Client,
    asked: str,
    here: str,
    *,
    headers: Mapping[str, str],
    most: int,
    deadline: float,
    allow_private: bool,
    attempt: int = 0,
) -> Reply:
    """Ask one address once.

    Args:
        asked: The address that the user named, for messages.
        here: The address to ask.
        most: Bytes of the body at most, packed or unpacked.
        deadline: `time.monotonic` by which all must be there.
        attempt: Which try this is; another numeric address of the host is taken each time.

    Raises:
        DocumentError: the address is refused, or gives too much.
        httpx.HTTPError, OSError: there is no answer, or only a part of it.
    """
    client.cookies.clear()
    url = httpx.URL(here)
    numeric = resolve(asked, url, allow_private=allow_private)
    request = client.build_request(
        "GET",
        url.copy_with(host=numeric[attempt % len(numeric)], fragment=None),
        headers={**_HEADERS, **headers, "Host": url.netloc.decode("ascii")},
        extensions={"sni_hostname": url.raw_host.decode("ascii"), "timeout": _bounded(deadline)},
    )
    response = client.send(request, stream=True)
    try:
        body = b""
        if response.status_code == 200:
            body = b"".join(_unpacked(asked, response, most, deadline))
        return Reply(
            status=response.status_code,
            headers={name.lower(): value for name, value in response.headers.items()},
            body=body,
            charset=response.charset_encoding,
        )
    finally:
        response.close()


def _bounded(deadline: float) -> dict[str, float | None]:
    """The bounds of each step, none beyond the deadline of all of them."""
    left = max(0.1, deadline - time.monotonic())
    return {step: min(left, most or left) for step, most in _TIMEOUT.as_dict().items()}


def _unpacked(asked: str, response: httpx.Response, most: int, deadline: float) -> Iterator[bytes]:
    """The body in pieces, unpacked here with a bound: a library's own unpacking has none."""
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip", "deflate", ""):
        raise DocumentError(asked, f"packed in a way that was not asked for ({coding})",
                            "Save the page as a file instead")  # fmt: skip
    packed = coding not in ("identity", "")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32) if packed else None
    length = 0
    for chunk in response.iter_raw():
        piece = unpack.decompress(chunk, most + 1 - length) if unpack else chunk
        length += len(piece)
        if length > most or (unpack and unpack.unconsumed_tail):
            raise DocumentError(asked, f"more than {most / 1e6:,.0f} MB",
                                "Save the part that matters as a file")  # fmt: skip
        if time.monotonic() > deadline:
            raise DocumentError(asked, "not loaded in time", "Try later, or save it as a file")
        yield piece
    if unpack and not unpack.eof:
        raise httpx.RemoteProtocolError("the packed body ends too early")
