"""Addresses fetched safely and politely.

Comes in: an address. Goes out: its bytes with their content type and where they came from in the
end, or the word that nothing has changed. Robots rules are respected (RFC 9309), each host is asked
at most once a second, redirects, size and time are bounded, what fails for the moment is tried
again, and no machine of the local network is asked unless the user says so, also not by way of a
redirect.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import httpx
from protego import Protego

from pactwatch.documents.answers import Answer, Unchanged, Validators
from pactwatch.documents.asking import AGENT, Reply, ask
from pactwatch.documents.limits import MOST_BYTES, MOST_SECONDS
from pactwatch.errors import DocumentError

__all__ = ["Fetcher"]

_MOST_REDIRECTS = 5
_MOST_TRIES = 3
_MOST_ROBOTS = 500_000  # bytes of a robots.txt (RFC 9309, 2.5)
_PAUSE = 1.0
_LONGEST_PAUSE = 15.0  # seconds that a server may ask us to wait
_PASSING = frozenset((429, 500, 502, 503, 504))
_NO_ANSWER = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, UnicodeError,
              ValueError, zlib.error)  # fmt: skip


class Fetcher:
    """Fetches addresses, and remembers what it was told of them; `close` it, or use `with`.

    Args:
        allow_private: Fetch from the local machine and network too.
        known: What servers said of pages fetched before, by the address where they were in the end.
        pause: Seconds between two requests to one host.
        seconds: Bound for one address, with all its redirects and tries.

    Attributes:
        learnt: By the address asked for: where its page was in the end, and what the server said
            of it.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        known: Mapping[str, Validators] | None = None,
        pause: float = _PAUSE,
        seconds: float = MOST_SECONDS,
    ) -> None:
        self.learnt: dict[str, tuple[str, Validators]] = {}
        self._allow_private = allow_private
        self._known = known or {}
        self._pause = pause
        self._seconds = seconds
        self._client: httpx.Client | None = None
        self._robots: dict[str, Protego] = {}
        self._silent: dict[str, tuple[str, str]] = {}  # origins that gave no robots.txt, and why
        self._free: dict[str, float] = {}  # host → when it may be asked again

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def fetch(self, address: str) -> Answer | Unchanged:
        """Fetch one address.

        Raises:
            DocumentError: it is refused by us or by its robots.txt, does not answer, answers with
                an error, or gives too much.
        """
        try:
            return self._fetch(address)
        except _NO_ANSWER as error:
            fault = f"is no address that can be asked ({str(error) or type(error).__name__})"
            raise DocumentError(address, fault, "Check the address") from error

    def _fetch(self, address: str) -> Answer | Unchanged:
        deadline = time.monotonic() + self._seconds
        here = address
        for _ in range(_MOST_REDIRECTS + 1):
            self._heed_robots(address, here, deadline)
            known = self._known.get(here, Validators())
            headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
            told = {name: value for name, value in headers.items() if value}
            reply = self._patiently(address, here, told, MOST_BYTES, deadline)
            if reply.status == 304 and told:
                return Unchanged(address=address)
            if reply.location is None:
                return self._answer(address, here, reply)
            here = urljoin(here, reply.location)
        raise DocumentError(address, "too many redirects", "Save the page as a file instead")

    def _answer(self, asked: str, here: str, reply: Reply) -> Answer:
        if reply.status != 200:
            raise DocumentError(
                asked,
                f"the server answers {reply.status}",
                "Open it in a browser and save the page",
            )
        validators = Validators(
            etag=reply.headers.get("etag"), last_modified=reply.headers.get("last-modified")
        )
        self.learnt[asked] = (here, validators)
        return Answer(
            address=here,
            data=reply.body,
            media_type=reply.headers.get("content-type", "").partition(";")[0].strip().lower(),
            charset=reply.charset,
            retrieved=datetime.now(UTC).isoformat(timespec="seconds"),
        )

    def _heed_robots(self, asked: str, here: str, deadline: float) -> None:
        """Read the robots.txt of a host once, and keep to it.

        Raises:
            DocumentError: it forbids the address, or can't be had (RFC 9309, 2.3.1.4).
        """
        origin = urljoin(here, "/")
        if origin in self._silent:
            raise DocumentError(asked, *self._silent[origin])
        try:
            self._learn_robots(asked, origin, deadline)
        except DocumentError as error:  # one host that does not answer is asked once
            self._silent[origin] = (error.fault, error.next_step)
            raise
        if not self._robots[origin].can_fetch(here, AGENT):
            raise DocumentError(
                asked,
                "its robots.txt asks programs to stay away",
                "Open it in a browser and save the page",
            )

    def _learn_robots(self, asked: str, origin: str, deadline: float) -> None:
        if origin not in self._robots:
            place = urljoin(origin, "robots.txt")
            for _ in range(_MOST_REDIRECTS + 1):
                reply = self._patiently(asked, place, {}, _MOST_ROBOTS, deadline)
                if reply.location is None:
                    break
                place = urljoin(place, reply.location)
            if reply.status >= 500 or reply.status == 429:
                fault = f"its robots.txt can't be read (the server answers {reply.status})"
                raise DocumentError(asked, fault, "Try later")
            rules = reply.body.decode("utf-8", "replace") if reply.status == 200 else ""
            self._robots[origin] = Protego.parse(rules)

    def _patiently(
        self, asked: str, here: str, headers: Mapping[str, str], most: int, deadline: float
    ) -> Reply:
        """Ask an address, and again after a pause where the fault may pass."""
        pause = self._pause
        for attempt in range(_MOST_TRIES):
            last = attempt == _MOST_TRIES - 1
            self._wait(here, deadline)
            try:
                reply = ask(
                    self._open(),
                    asked,
                    here,
                    headers=headers,
                    most=most,
                    deadline=deadline,
                    allow_private=self._allow_private,
                    attempt=attempt,
                )
            except _NO_ANSWER as error:
                if last or time.monotonic() + pause > deadline or not _may_pass(error):
                    what = str(error) or type(error).__name__
                    step = "Check the address, or try later"
                    raise DocumentError(asked, f"no answer ({what})", step) from error
            else:
                wait = _asked_wait(reply, pause)
                if reply.status not in _PASSING or last or time.monotonic() + wait > deadline:
                    return reply
                pause = wait
            self._free[_host(here)] = time.monotonic() + pause
            pause *= 2
        raise AssertionError("the last try returns or raises")

    def _open(self) -> httpx.Client:
        if self._client is None:
            # No connection is used again: it belongs to a numeric address, and so perhaps to the
            # certificate of another host there.
            limits = httpx.Limits(max_keepalive_connections=0)
            self._client = httpx.Client(follow_redirects=False, trust_env=False, limits=limits)
        return self._client

    def _wait(self, here: str, deadline: float) -> None:
        """Wait until the host may be asked again."""
        host = _host(here)
        now = time.monotonic()
        free = self._free.get(host, now)
        if free > now:
            time.sleep(min(free - now, max(0.0, deadline - now)))
        delay = next(
            (r.crawl_delay(AGENT) for origin, r in self._robots.items() if _host(origin) == host),
            None,
        )
        pause = max(self._pause, min(float(delay or 0), _LONGEST_PAUSE))
        self._free[host] = time.monotonic() + pause


def _host(address: str) -> str:
    return httpx.URL(address).host


def _may_pass(error: Exception) -> bool:
    """Whether another try may do better: not for addresses that are wrong as such."""
    return isinstance(error, (httpx.TransportError, OSError)) and not isinstance(
        error, httpx.UnsupportedProtocol
    )


def _asked_wait(reply: Reply, pause: float) -> float:
    """Seconds that the server asks us to wait (RFC 9110, 10.2.3), bounded."""
    told = reply.headers.get("retry-after", "")
    if told.isdigit():
        seconds = float(told)
    else:
        try:
            seconds = (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds()
        except (TypeError, ValueError):
            return pause
    return min(max(seconds, pause), _LONGEST_PAUSE)
